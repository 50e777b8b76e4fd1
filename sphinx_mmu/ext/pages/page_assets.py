"""What pages load: the style sheets and scripts of every page, those of what is on a page, and the
scripts that help readers of ordinary pages.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from sphinx.application import Sphinx

from sphinx_mmu.ext.common.output_files import write_if_changed
from sphinx_mmu.ext.kinds.every import KINDS
from sphinx_mmu.ext.kinds.figures import FIGURES_CSS
from sphinx_mmu.ext.pages.site_files import (
    COLOURS,
    MESSAGES,
    PACKAGE,
    colours_css,
    messages_script,
    static_folder,
)
from sphinx_mmu.ext.render.scripts import add_script
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.ext.state.explorers import explorers
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.texts import BibtexRequest

_BIBTEX = "highlight-bibtex "
"""A block of BibTeX that an author wrote."""


def add_assets(app: Sphinx) -> None:
    """The style sheets and scripts; of these an EPUB, whose readers know little CSS, has one."""
    domain, paths = domain_of(app.env), app.config.html_static_path
    if app.builder.name == "epub":
        sheet = PACKAGE / "static/mmu-epub.css"
        app.config.html_static_path = [*paths, str(sheet)]
        app.add_css_file(sheet.name)
    if not domain.site.is_html:
        return
    folder = static_folder(app)
    write_if_changed(folder / COLOURS, colours_css(domain))
    app.config.html_static_path = [
        *paths,
        str(PACKAGE / "static"),
        str(folder),
    ]
    if not domain.site.one_document and messages_script():
        # before other scripts
        app.add_js_file(MESSAGES, loading_method="defer", priority=400)
    app.add_css_file("mmu.css")
    app.add_css_file(COLOURS)


def page_assets(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: object,
) -> None:
    """Bring to a page what it loads, each only where something on the page wants it."""
    domain = domain_of(app.env)
    if not domain.site.is_html:
        return
    requests = domain.requests(pagename)
    if _BIBTEX in context.get("body", ""):
        requests.append(BibtexRequest())
    names = {request.kind for request in requests}
    kinds = [KINDS[name] for name in sorted(names)]
    if domain.site.one_document:
        app.add_css_file(FIGURES_CSS)
    for name in chain.from_iterable(one.styles for one in kinds):
        app.add_css_file(name)
    if domain.site.one_document:
        return
    _add_explorers(app, explorers(domain, pagename))
    if any(one.records for one in kinds):
        add_script(app, "mmu-papers.js")
    for name in chain.from_iterable(one.scripts for one in kinds):
        add_script(app, name)
    named = any(one.names_papers for one in kinds)
    if domain.site.page_names and named:
        add_script(app, "mmu-cards.js")  # loads the records when it needs them
    _add_comparison(app, domain.requests_of(pagename, PapersRequest))


def _add_explorers(app: Sphinx, shown: list[PapersRequest]) -> None:
    """The records and the script of explorers."""
    for collection in sorted({request.collection for request in shown}):
        add_script(app, f"mmu-{collection}.js")
    if shown:
        add_script(app, "mmu-explorer.js")
        app.add_css_file("mmu-explorer.css")


def _add_comparison(app: Sphinx, lists: list[PapersRequest]) -> None:
    """What lets readers choose papers of a list to compare, where a page compares them."""
    domain, page = domain_of(app.env), app.config.mmu_compare
    if domain.has_page(page) and any(
        one.collection == "papers" and (one.facets or one.catalogue)
        for one in lists
    ):
        address = domain.site.address(page)
        add_script(app, "mmu-compare.js", **{"data-mmu-page": address})
        app.add_css_file("mmu-compare.css")


def setup(app: Sphinx) -> None:
    """Connect to the beginning, and to pages that are written."""
    app.connect("builder-inited", add_assets)
    app.connect("html-page-context", page_assets)
