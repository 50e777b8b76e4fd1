"""Pages to be written again though nothing that they read has changed: what links and labels say is known at the end.

Each output, a builder and its folder, has pages of its own to keep true, so each has its own memory.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_mmu.ext.bibtex import citation_labels
from sphinx_mmu.ext.domain import domain_of
from sphinx_mmu.ext.output import colours_css
from sphinx_mmu.views import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def stale_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Pages whose links, mentions, citations or style sheets are no longer those they were written with."""
    domain = domain_of(env)
    output = f"{app.builder.name} {app.outdir}"
    sheet = colours_css(domain) if domain.as_string else ""  # each page names the checksum of its style sheets
    targets, labels = domain.targets(), citation_labels(env)
    new = {d: digest(sheet, targets.get(d), labels.get(d)) for d in sorted(env.found_docs)}
    old = domain.data["outputs"].get(output)
    domain.data["outputs"][output] = new
    if old is None:  # all is written; but Sphinx stores an environment only if some page is named here or was read
        return [env.config.root_doc]
    changed = {docname for docname, mark in new.items() if old.get(docname, mark) != mark}
    return sorted((changed | _older_than_read(app, env)) & env.found_docs)


def _older_than_read(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Pages whose output is older than their last reading: another builder read them, or a build was killed."""
    path = getattr(app.builder, "get_outfilename", None)
    if app.builder.format != "html" or path is None or app.builder.name == "singlehtml":
        return set()
    outputs = {docname: Path(path(docname)) for docname in domain_of(env).data["views"]}
    return {
        d for d, out in outputs.items() if out.is_file() and out.stat().st_mtime_ns // 1000 < env.all_docs.get(d, 0)
    }
