"""The search page, the search that opens over any page, and the page for addresses that do not
exist.

What is found and in which order is decided by ``mmu-find.js``, here and wherever else there is a
field; ``mmu-search.js`` puts it in the place of Sphinx's own list. This module brings these
scripts, and the links for readers where there is no script or no page.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_mmu.ext.common.markup import add_to_head, esc
from sphinx_mmu.ext.pages.search_index import (
    DATA,
    is_searched,
    write_search_data,
)
from sphinx_mmu.ext.pages.search_sections import SearchSection, note_sections
from sphinx_mmu.ext.render.scripts import add_script
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.ext.state.explorers import index_pages
from sphinx_mmu.messages import _

SCRIPTS = ("mmu-find.js", "mmu-papers.js", DATA, "mmu-search.js")


def ways(app: Sphinx) -> list[tuple[str, str]]:
    """Pages that lead on where nothing was found, as (docname, title)."""
    domain = domain_of(app.env)
    lists = index_pages(domain)
    root = app.config.root_doc
    glossaries = sorted(
        docname
        for docname, found in domain.data["sections"].items()
        if any(SearchSection(*one).kind == "glossary" for one in found)
    )
    names = dict.fromkeys((app.config.mmu_explorer, *lists, *glossaries, root))
    found = {
        name: domain.title(name) for name in names if name in app.env.titles
    }
    return list({**found, root: _("Home")}.items())


def not_found(context: dict[str, Any]) -> str:
    """The text of the page for addresses that lead nowhere, with a search that needs no script to
    be asked.
    """
    pathto, parts = context["pathto"], [f"<h1>{esc(_('Page not found'))}</h1>"]
    parts.append(
        f"<p>{esc(_('There is no page at this address.'))}"
        f" {esc(_('It may have moved, or the link may be mistyped.'))}</p>"
    )
    if context["hasdoc"]("search"):
        parts.append(
            f'<form class="mmu-search" role="search" aria-label="{esc(_("Search this site"))}"'
            f' method="get" action="{esc(pathto("search"))}"><input type="search" name="q"'
            f' aria-label="{esc(_("Search"))}" /><button'
            f' type="submit">{esc(_("Search"))}</button></form>'
        )
    links = [
        f'<li><a href="{esc(pathto(name))}">{esc(title)}</a></li>'
        for name, title in context["mmu_ways"]
    ]
    return "\n".join([*parts, "<ul>", *links, "</ul>"])


def _is_not_found(
    app: Sphinx, pagename: str, doctree: nodes.document | None
) -> bool:
    """Whether this is the page that sphinx-notfound-page makes, with the text that it has by
    default.
    """
    config = app.config
    if doctree is not None or pagename != getattr(
        config, "notfound_pagename", None
    ):
        return False
    return bool(
        config.notfound_context == config.values["notfound_context"].default
    )


def page_search(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Bring the search that opens over any page; fill the search page and the page for addresses
    that lead nowhere.
    """
    if not is_searched(app):
        return
    if template == "search.html":
        context["mmu_ways"] = ways(app)
        for name in SCRIPTS:
            add_script(app, name)
        app.add_css_file("mmu-search.css")
    elif _is_not_found(app, pagename, doctree):
        context["mmu_ways"] = ways(app)
        context["body"] = not_found(context)
        context["pageurl"] = None  # it is served for any address
        add_to_head(context, '<meta name="robots" content="noindex" />', "")
    address = domain_of(app.env).site.address("search")
    add_script(app, "mmu-palette.js", **{"data-mmu-search": address})
    app.add_css_file("mmu-palette.css")


def setup(app: Sphinx) -> None:
    """Connect to pages that are read or written, and to the end."""
    app.connect("doctree-read", note_sections, priority=800)
    app.connect("html-page-context", page_search)
    app.connect("build-finished", write_search_data, priority=900)
