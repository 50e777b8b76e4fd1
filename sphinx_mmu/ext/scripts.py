"""The scripts that help readers of ordinary pages: gap maps to choose, cards of papers, comparing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.views import Request

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_RECORDS = ("mmu-records.js", "mmu-query.js")
_NAMING = frozenset({"name", "paper", "papers"})
"""Kinds of views that lead to pages of papers."""


def reader_scripts(app: Sphinx, pagename: str, _template: str, _context: dict[str, object], _doctree: object) -> None:
    """The scripts of a page, each only where something on the page wants it."""
    domain = domain_of(app.env)
    requests = [Request(*r) for r in domain.data["views"].get(pagename, ())]
    if not domain.as_string or domain.one_document or not requests:
        return
    kinds = {r.kind for r in requests}
    if kinds & {"matrix", "compare", "add-paper"}:
        explored = any(r.facets for r in requests)  # the script of explorers has all of these
        _add(app, "mmu-papers.js", *(() if explored else _RECORDS))
    if "matrix" in kinds:
        _add(app, "mmu-map.js")
    if domain.page_names and kinds & _NAMING:
        _add(app, "mmu-cards.js")  # loads the records when it needs them
    if "add-paper" in kinds:
        _add(app, "mmu-add.js")
        app.add_css_file("mmu-add.css")
    page: dict[str, Any] = {"data-mmu-page": _compare_page(app, domain)}
    if "compare" in kinds or (
        page["data-mmu-page"] and any(r.kind == "papers" and (r.variant == "benchmark" or r.facets) for r in requests)
    ):
        app.add_js_file("mmu-compare.js", loading_method="defer", **page)
        app.add_css_file("mmu-compare.css")


def _add(app: Sphinx, *names: str) -> None:
    for name in names:
        app.add_js_file(name, loading_method="defer")


def _compare_page(app: Sphinx, domain: MmuDomain) -> str:
    """The address of the page that compares, from the site's root; empty where there is none."""
    name = app.config.mmu_compare
    return app.builder.get_target_uri(name) if domain.has_page(name) else ""


def setup_scripts(app: Sphinx) -> None:
    """Connect to pages as they are written, after the explorer's scripts."""
    app.connect("html-page-context", reader_scripts, priority=600)
