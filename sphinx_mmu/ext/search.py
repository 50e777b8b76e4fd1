"""The search page and the page for addresses that lead nowhere.

Sphinx's own search does the searching: it needs no server and works from a folder. What is added,
through its hook for scores, is in ``mmu-search.js``; this module writes what that script knows of
the pages, and the links for readers where there is no script or no page.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _

from sphinx_mmu.ext._shared import esc, write_if_changed
from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.publication import venue_text
from sphinx_mmu.views.kinds import restored

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SCRIPT, STYLES, KINDS = "mmu-search.js", "mmu-search.css", "mmu-kinds.js"

GUIDES = frozenset(
    "contribute contributing extension guide guides help howto tutorial tutorials".split()
)
"""Folders whose pages are guides. A page may say itself what it is, by ``mmu-kind`` in its
metadata.
"""


# --- what each page is


def page_kind(app: Sphinx, docname: str) -> str:
    """What to call a page that is no paper's."""
    env, domain = app.env, domain_of(app.env)
    if given := env.metadata[docname].get("mmu-kind"):
        return str(given)
    explorer = app.config.mmu_explorer
    folder = posixpath.dirname(explorer)
    if (
        docname in domain.site.facet_pages
        or docname == explorer
        or (folder and docname.startswith(f"{folder}/"))
    ):
        return str(_("List"))
    if not GUIDES.isdisjoint(docname.split("/")[:-1]):
        return str(_("Guide"))
    return str(
        _("Chapter")
        if docname != env.config.root_doc and docname in domain.data["views"]
        else _("Page")
    )


def _paper(paper: Paper) -> list[str]:
    """What a hit shows of a paper: short name, title, authors, venue."""
    return [
        paper.short,
        paper.title,
        ", ".join(person.name for person in paper.authors),
        venue_text(paper),
    ]


def _things(env: BuildEnvironment, domain: MmuDomain) -> Iterator[tuple[str, str, str, str]]:
    """What has a place on a page, as (docname, anchor, kind, label)."""
    for name, label, kind, docname, anchor, _priority in domain.get_objects():
        if kind == "term":
            facet = domain.library.facets.get(name.partition(":")[0])
            yield docname, anchor, facet.label if facet else str(_("Term")), label
        elif kind != "paper":
            yield docname, anchor, str(domain.object_types[kind].lname).capitalize(), label
    for name, _label, kind, docname, anchor, _priority in env.domains.standard_domain.get_objects():
        if kind == "term":
            yield docname, anchor, str(_("Glossary")), name


def kinds(app: Sphinx) -> dict[str, Any]:
    """Everything that the script of the search page needs to know."""
    env, domain = app.env, domain_of(app.env)
    by_key = domain.library.papers.by_key
    pages = sorted(env.found_docs - domain.site.page_keys.keys())
    things: dict[str, dict[str, list[str]]] = {}
    for docname, anchor, kind, label in sorted(_things(env, domain)):
        things.setdefault(docname, {})[anchor] = [kind, label]
    return {
        "paper": str(_("Paper")),
        "chapter": str(_("Chapter")),
        "within": str(_("in")),
        "filter": str(_("Only papers, to filter further:")),
        "explorer": _explorer(app, domain),
        "papers": {
            docname: _paper(by_key[key]) for docname, key in sorted(domain.site.page_keys.items())
        },
        "pages": {
            docname: [page_kind(app, docname), env.titles[docname].astext()] for docname in pages
        },
        "things": things,
    }


def _explorer(app: Sphinx, domain: MmuDomain) -> str:
    """The address of the explorer of papers, from the site's root; empty where there is none."""
    name = app.config.mmu_explorer
    requests = [restored(r) for r in domain.data["views"].get(name, ())]
    explored = any(r.kind == "papers" and r.facets and r.collection == "papers" for r in requests)
    return app.builder.get_target_uri(name) if explored and domain.has_page(name) else ""


def _add_search(app: Sphinx) -> None:
    """Bring script, data and style to the page that is being written, the search page."""
    data = json.dumps(kinds(app), ensure_ascii=False, separators=(",", ":"))
    write_if_changed(Path(app.outdir) / "_static" / KINDS, f"window.mmuKinds={data};\n")
    app.add_js_file(KINDS, defer="defer")
    app.add_js_file(SCRIPT, defer="defer")
    app.add_css_file(STYLES)


# --- links for readers


def ways(app: Sphinx) -> list[tuple[str, str]]:
    """Pages that lead on where nothing was found, as (docname, title)."""
    names = dict.fromkeys((app.config.mmu_explorer, "glossary", app.config.root_doc))
    return [(name, app.env.titles[name].astext()) for name in names if name in app.env.titles]


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


def _is_not_found(app: Sphinx, pagename: str, doctree: nodes.document | None) -> bool:
    """Whether this is the page that sphinx-notfound-page makes, with the text that it has by
    default.
    """
    config = app.config
    if doctree is not None or pagename != getattr(config, "notfound_pagename", None):
        return False
    return bool(config.notfound_context == config.values["notfound_context"].default)


def page_search(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Fill the search page and the page for addresses that lead nowhere."""
    if not (app.config.mmu_site_search and domain_of(app.env).site.is_html):
        return
    if template == "search.html":
        context["mmu_ways"] = ways(app)
        _add_search(app)
    elif _is_not_found(app, pagename, doctree):
        context["mmu_ways"] = ways(app)
        context["body"] = not_found(context)
        context["pageurl"] = None  # it is served for any address
        context["metatags"] = (
            context.get("metatags", "") + '\n<meta name="robots" content="noindex" />\n'
        )


def setup_search(app: Sphinx) -> None:
    """Connect the handler, after those that give a page its ways."""
    app.connect("html-page-context", page_search)
