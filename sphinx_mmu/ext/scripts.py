"""What pages load: the style sheets and scripts of what is on them, and the scripts that help
readers of ordinary pages.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from sphinx_mmu.ext.domain import domain_of
from sphinx_mmu.ext.explorers import explorers
from sphinx_mmu.ext.kinds.figures import FIGURES_CSS
from sphinx_mmu.ext.registry import ASSETS, add_script

_NAMING = frozenset({"name", "paper", "papers"})
"""Kinds of views that lead to pages of papers."""
_BIBTEX = 'class="highlight-bibtex '
"""A block of BibTeX that an author wrote."""


def page_assets(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    """Bring to a page what it loads, each only where something on the page wants it."""
    domain = domain_of(app.env)
    if not domain.site.is_html:
        return
    requests = domain.requests(pagename)
    styles = [FIGURES_CSS] if domain.site.one_document else []
    for request in requests:
        styles += ASSETS[request.kind].styles
    for name in dict.fromkeys(styles):
        app.add_css_file(name)
    if domain.site.one_document:
        return
    shown = explorers(domain, pagename)
    for collection in sorted({request.collection for request in shown}):
        add_script(app, f"mmu-{collection}.js")
    if shown:
        add_script(app, "mmu-explorer.js")
        app.add_css_file("mmu-explorer.css")
    kinds = {request.kind for request in requests}
    if _BIBTEX in context.get("body", ""):
        kinds.add("bibtex")
    _add_scripts(app, kinds)
    if domain.site.page_names and kinds & _NAMING:
        add_script(app, "mmu-cards.js")  # loads the records when it needs them
    _add_comparison(app, requests)


def _add_scripts(app: Sphinx, kinds: set[str]) -> None:
    """The scripts of some kinds of views."""
    assets = [ASSETS[kind] for kind in sorted(kinds)]
    if any(asset.records for asset in assets):
        add_script(app, "mmu-papers.js")
    for asset in assets:
        for name in asset.scripts:
            add_script(app, name)


def _add_comparison(app: Sphinx, requests: list[Any]) -> None:
    """What lets readers choose papers of a list to compare, where a page compares them."""
    domain, page = domain_of(app.env), app.config.mmu_compare
    lists = [
        r for r in requests if r.kind == "papers" and r.collection == "papers"
    ]
    chosen = domain.has_page(page) and any(
        r.facets or r.catalogue for r in lists
    )
    if chosen:
        address = domain.site.address(page)
        add_script(app, "mmu-compare.js", **{"data-mmu-page": address})
    if chosen or any(r.kind == "compare" for r in requests):
        app.add_css_file("mmu-compare.css")
