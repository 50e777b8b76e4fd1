"""The scripts that help readers of ordinary pages: what figures and references let one take away,
gap maps to choose, cards of papers, comparing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.ext.registry import ASSETS, NO_ASSETS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_RECORDS = ("mmu-records.js", "mmu-query.js")
_NAMING = frozenset({"name", "paper", "papers"})
"""Kinds of views that lead to pages of papers."""
_BIBTEX = 'class="highlight-bibtex '
"""A block of BibTeX that an author wrote."""


def reader_scripts(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """The scripts of a page, each only where something on the page wants it."""
    domain = domain_of(app.env)
    if not domain.site.is_html or domain.site.one_document:
        return
    requests = domain.requests(pagename)
    papers = [r for r in requests if r.kind == "papers"]
    explored = any(r.facets for r in papers)
    kinds = {r.kind for r in requests}
    if _BIBTEX in context.get("body", ""):
        kinds.add("bibtex")
    assets = [ASSETS.get(kind, NO_ASSETS) for kind in sorted(kinds)]
    if any(asset.records for asset in assets):  # the script of explorers has the other two
        _add(app, "mmu-papers.js", *(() if explored else _RECORDS))
    for asset in assets:
        _add(app, *asset.scripts)
    if domain.site.page_names and kinds & _NAMING:
        _add(app, "mmu-cards.js")  # loads the records when it needs them
    page: dict[str, Any] = {"data-mmu-page": _compare_page(app, domain)}
    compared = any(r.facets or r.catalogue for r in papers if r.collection == "papers")
    if "compare" in kinds or (page["data-mmu-page"] and compared):
        app.add_js_file("mmu-compare.js", loading_method="defer", **page)
        app.add_css_file("mmu-compare.css")


def _add(app: Sphinx, *names: str) -> None:
    for name in names:
        app.add_js_file(name, loading_method="defer")


def _compare_page(app: Sphinx, domain: MmuDomain) -> str:
    """The address of the page that compares, from the site's root; empty where there is none."""
    name = app.config.mmu_compare
    return domain.site.address(name) if domain.has_page(name) else ""


def setup_scripts(app: Sphinx) -> None:
    """Connect to pages as they are written, after the explorer's scripts."""
    app.connect("html-page-context", reader_scripts, priority=600)
