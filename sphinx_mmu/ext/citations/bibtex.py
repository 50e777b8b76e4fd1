"""Compatibility with sphinxcontrib-bibtex: it gets well-formed copies, and pages with stale labels
are written again.

A copy contains the fields that styles print. Files that this extension does not read are left
alone.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import RoleFunction

from sphinx_mmu.bib import reader
from sphinx_mmu.bib.copies import dropped, well_formed
from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.bib.writer import PRINTED
from sphinx_mmu.ext.common.output_files import write_if_changed
from sphinx_mmu.ext.common.reporting import warn
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.views.base import digest

_FOLDER = "mmu-bibtex"
"""Where the copies are, among the doctrees."""
_NAMES = frozenset(
    {
        "type",
        "key",
        "cited",
        "docname",
        "docnames",
        "author",
        "editor",
        "True",
        "False",
    }
)
"""What a filter of sphinxcontrib-bibtex may name besides fields."""


def add_copies(app: Sphinx) -> None:
    """Point sphinxcontrib-bibtex to copies that our lenient reader wrote: a broken entry then costs
    one warning.
    """
    config = app.config
    if not config.mmu_bibtex_copies or not getattr(
        config, "bibtex_bibfiles", None
    ):
        return
    seen: set[str] = set()
    copies: list[str] = []
    read: list[RawEntry] = []
    papers, datasets = config.mmu_bibfiles, config.mmu_dataset_bibfiles
    ours = {*papers, *datasets, *config.mmu_background_bibfiles}
    for number, name in enumerate(config.bibtex_bibfiles):
        if name not in ours:
            copies.append(name)
            continue
        entries, _ = reader.read(Path(app.confdir) / name, name)
        kept = [e for e in entries if e.key.lower() not in seen]
        seen.update(e.key.lower() for e in kept)
        copy = Path(app.doctreedir) / _FOLDER / f"{number}-{Path(name).name}"
        write_if_changed(copy, well_formed(kept, PRINTED))
        copies.append(str(copy))
        read += entries
    for problem in dropped(read):
        warn(problem)
    config.bibtex_bibfiles = copies


def wrap_cite_roles(app: Sphinx) -> None:
    """Let keys that the roles of sphinxcontrib-bibtex cannot read cost one warning: they would end
    the build.
    """
    if "sphinxcontrib.bibtex" in app.extensions:
        roles = app.env.get_domain("cite").roles
        roles.update({name: _guarded(role) for name, role in roles.items()})


def _guarded(role: RoleFunction) -> RoleFunction:
    def run(
        name: str,
        rawtext: str,
        text: str,
        line: int,
        inliner: Inliner,
        *more: Any,
        **options: Any,
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            return role(name, rawtext, text, line, inliner, *more, **options)
        except ValueError:
            fault = f"the keys {text!r} cannot be read"
            hint = "separate keys with commas, and write no space within a key"
            place = inliner.reporter.get_source_and_line(line)
            where = f"{place[0]}:{place[1]}"
            warn(Problem(Code.UNKNOWN_KEY, fault, hint=hint), where)
            return [nodes.literal("", text)], []

    return run


def check_filters(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of a list of references that asks for fields which the copies lack: it would be empty
    without a word.
    """
    hint = "set mmu_bibtex_copies = False"
    cite = env.domaindata.get("cite", {})
    for key, references in cite.get("bibliographies", {}).items():
        parts = ast.walk(references.filter_)
        named = {part.id for part in parts if isinstance(part, ast.Name)}
        lacking = ", ".join(sorted(named - PRINTED - _NAMES))
        copied = any(
            Path(name).parent.name == _FOLDER for name in references.bibfiles
        )
        if lacking and copied:
            fault = (
                f"a filter of references asks for {lacking}, which copies for"
                " sphinxcontrib-bibtex lack"
            )
            problem = Problem(Code.CONFIG, fault, hint=hint)
            warn(problem, (key.docname, references.line))


def citation_labels(env: BuildEnvironment) -> dict[str, str]:
    """Of each page with citations a digest of the labels that they print and the places that they
    lead to.
    """
    cite = env.domaindata.get("cite", {})
    labels = {}
    for citation in cite.get("citations", ()):
        label = str(getattr(citation.formatted_entry, "label", ""))
        place = citation.bibliography_key.docname, citation.citation_id
        labels[citation.key] = (label, *place)
    shown = defaultdict(list)
    for cited in cite.get("citation_refs", ()):
        for target in cited.targets:
            shown[cited.docname].append((target.key, labels.get(target.key)))
    return {d: digest(sorted(pairs, key=repr)) for d, pairs in shown.items()}


def cited_keys(env: BuildEnvironment) -> Iterator[tuple[str, set[str]]]:
    """What ``{cite}`` names on each page."""
    cite = env.domaindata.get("cite", {})
    for cited in cite.get("citation_refs", ()):
        yield cited.docname, {target.key for target in cited.targets}


def citation_places(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """Where a list of references has each work that is in one: its page, and its anchor there."""
    citations = env.domaindata.get("cite", {}).get("citations", ())
    return {
        c.key: (c.bibliography_key.docname, c.citation_id) for c in citations
    }


def setup(app: Sphinx) -> None:
    """Connect to what sphinxcontrib-bibtex reads and has read."""
    app.connect("builder-inited", add_copies, priority=100)
    app.connect("builder-inited", wrap_cite_roles)
    app.connect("env-updated", check_filters, priority=900)
