"""The scripts that help readers of ordinary pages: what figures and references let one take away,
gap maps to choose, cards of papers, comparing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.ext.registry import ASSETS, NO_ASSETS, add_script

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_NAMING = frozenset({"name", "paper", "papers"})
"""Kinds of views that lead to pages of papers."""
_BIBTEX = 'class="highlight-bibtex '
"""A block of BibTeX that an author wrote."""


def reader_scripts(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: object,
) -> None:
    """The scripts of a page, each only where something on the page wants it."""
    domain = domain_of(app.env)
    if not domain.site.is_html or domain.site.one_document:
        return
    requests = domain.requests(pagename)
    papers = [r for r in requests if r.kind == "papers"]
    kinds = {r.kind for r in requests}
    if _BIBTEX in context.get("body", ""):
        kinds.add("bibtex")
    assets = [ASSETS.get(kind, NO_ASSETS) for kind in sorted(kinds)]
    if any(asset.records for asset in assets):
        add_script(app, "mmu-papers.js")
    for asset in assets:
        for name in asset.scripts:
            add_script(app, name)
    if domain.site.page_names and kinds & _NAMING:
        add_script(app, "mmu-cards.js")  # loads the records when it needs them
    page = _compare_page(app, domain)
    compared = page and any(
        r.facets or r.catalogue for r in papers if r.collection == "papers"
    )
    if compared:
        add_script(app, "mmu-compare.js", **{"data-mmu-page": page})
    if compared or "compare" in kinds:
        app.add_css_file("mmu-compare.css")


def _compare_page(app: Sphinx, domain: MmuDomain) -> str:
    """The address of the page that compares, from the site's root; empty where there is none."""
    name = app.config.mmu_compare
    return domain.site.address(name) if domain.has_page(name) else ""


def setup_scripts(app: Sphinx) -> None:
    """Connect to pages as they are written, after the explorer's scripts."""
    app.connect("html-page-context", reader_scripts, priority=600)
