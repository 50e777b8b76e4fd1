"""Files that the build writes beside the pages: scripts with data, papers.json, schemas, the
colours of the vocabulary.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_mmu.export.client_data import data_script, script_text
from sphinx_mmu.export.papers_json import papers_json
from sphinx_mmu.export.results_csv import results_csv
from sphinx_mmu.ext.common.output_files import write_if_changed
from sphinx_mmu.ext.kinds.every import KINDS
from sphinx_mmu.ext.pages.search_index import is_searched
from sphinx_mmu.ext.render.downloads import export_script, listing, write_files
from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
from sphinx_mmu.ext.state.explorers import explorers
from sphinx_mmu.messages import _
from sphinx_mmu.views.base import digest

COLOURS = "mmu-colours.css"
PACKAGE = files("sphinx_mmu")
MESSAGES = "mmu-messages.js"
_MADE = (
    "mmu-papers.js",
    "mmu-papers-export.js",
    "mmu-datasets.js",
    "mmu-datasets-export.js",
    MESSAGES,
)
"""The scripts with data."""

_LOOKED_UP = re.compile(
    r"""(?<![\w$.])_\(\s*("(?:[^"\\\n]|\\.)+"|'(?:[^'\\\n]|\\.)+')"""
)
"""A text that a script looks up."""


def script_texts() -> list[str]:
    """The texts that the package's scripts look up."""
    found: set[str] = set()
    for file in (PACKAGE / "static").iterdir():
        if file.name.endswith(".js"):
            texts = _LOOKED_UP.findall(file.read_text("utf-8"))
            found.update(map(ast.literal_eval, texts))
    return sorted(found)


def messages_script() -> str:
    """The translations of texts of scripts; empty without a catalogue."""
    found = {text: said for text in script_texts() if (said := _(text)) != text}
    return (
        f"(window.mmu??={{}}).messages={script_text(found)};\n" if found else ""
    )


def colours_css(domain: MmuDomain) -> str:
    """Custom properties for the coloured terms of numbered facets, ``--mmu-c1`` and on, light and
    dark, and the classes that use them.
    """
    orders, pairs, classes = set(), "", ""
    for facet in domain.library.facets.values():
        for term in facet.terms if facet.numbered else ():
            if term.depth == 1:
                orders.add(term.order)
                if term.colour:
                    light, dark = term.colour
                    pairs += f"--mmu-c{term.order}:light-dark({light},{dark});"
    for order in sorted(orders):
        classes += (
            f".mmu-c{order}{{--mmu-c:var(--mmu-c{order},var(--mmu-mut))}}\n"
        )
    body = f"body{{{pairs}}}" if pairs else ""
    return f"{body}\n{classes}"


def records_script(domain: MmuDomain, name: str, drawn: set[str]) -> str:
    """The records of a collection for the explorers, with the addresses of their pages, and with
    the cells of the columns that are ``drawn``.
    """
    explorer, feeds = domain.env.config.mmu_explorer, domain.site.feeds

    def address(kind: str, target: str) -> str:
        if kind in ("explorer", "feed") and name != "papers":
            return ""
        if kind == "explorer":
            return (
                domain.site.address(explorer)
                if domain.has_page(explorer)
                else ""
            )
        if kind == "feed":
            return feeds[target].file if target in feeds else ""
        entry = kind == "entry"
        place = (
            domain.entry_place(target)
            if entry
            else domain.places.best(kind, target)
        )
        return domain.site.address(place.docname, place.anchor) if place else ""

    papers = domain.library.collection(name)
    return data_script(domain.library, papers, name, address, drawn)


def write_scripts(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the scripts with records, and with the texts for downloads, of the collections that
    pages ask for.
    """
    domain = domain_of(env)
    if not domain.site.has_pages:
        return
    explored: defaultdict[str, set[str]] = defaultdict(set)
    loaded = {"papers"} if domain.site.page_names or is_searched(app) else set()
    for docname in domain.data["views"]:
        if any(KINDS[r.kind].records for r in domain.requests(docname)):
            loaded.add("papers")
        for request in explorers(domain, docname):
            explored[request.collection].update(request.columns)
    texts: dict[str, str] = {}
    for name in sorted(loaded.union(explored)):
        text = records_script(domain, name, explored.get(name, set()))
        texts[f"mmu-{name}.js"] = text
        domain.site.record_marks[name] = digest(text)
    for name in sorted(explored):
        texts[f"mmu-{name}-export.js"] = export_script(domain.library, name)
    if messages := messages_script():
        texts[MESSAGES] = messages
    for file in _MADE:
        if file in texts:
            write_if_changed(static_folder(app) / file, texts[file])
        else:  # of an earlier build that had more to show
            (static_folder(app) / file).unlink(missing_ok=True)
            (Path(app.outdir) / "_static" / file).unlink(missing_ok=True)


def static_folder(app: Sphinx) -> Path:
    """Where made files wait until Sphinx copies them."""
    return Path(app.doctreedir) / "mmu-static"


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write ``papers.json`` and the schemas of data and vocabulary to the root of an html site."""
    domain = domain_of(app.env)
    if exception or not domain.site.is_html:
        return

    def address(key: str) -> str:
        place = domain.places.best("paper", key)
        return domain.site.address(place.docname) if place else ""

    write_files(app, domain)
    library, root = domain.library, Path(app.outdir)
    data = papers_json(library, address, listing(domain))
    write_if_changed(root / "papers.json", data)
    if library.results.rows:
        write_if_changed(root / "results.csv", results_csv(library.results))
    for name in (
        "export/papers.schema.json",
        "vocabulary/vocabulary.schema.json",
    ):
        schema = PACKAGE / name
        write_if_changed(root / schema.name, schema.read_text("utf-8"))


def setup(app: Sphinx) -> None:
    """Connect to when all pages are read, and when they are written."""
    app.connect("env-updated", write_scripts, priority=900)
    app.connect("build-finished", write_data, priority=900)
