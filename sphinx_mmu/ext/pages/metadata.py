"""Metadata of pages: of a paper's page Highwire tags, JSON-LD, Open Graph, and a description in
plain words; of a facet value's page and of the first page JSON-LD.

Whatever shows a preview of a link reads Open Graph. Where ``sphinxext.opengraph`` is loaded it
writes these tags, and gets from here what they should say.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from html import escape
from typing import Any

from sphinx.application import Sphinx

from sphinx_mmu.ext.common.markup import add_to_head, esc
from sphinx_mmu.ext.pages.highwire import highwire
from sphinx_mmu.ext.pages.schema_org import (
    dataset,
    linked_data,
    listed_data,
    script,
    tag_labels,
)
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import publication
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import cited
from sphinx_mmu.views.papers import PapersRequest

OPENGRAPH = "sphinxext.opengraph"

_LENGTH = 300
"""More of a description no search engine shows."""
_BYLINE = 3
"""How many authors a description names."""
_TEX = re.compile(r"\\(?=[A-Za-z])|[{}]|\$(?!\d)")


# --- description


def description(paper: Paper, library: Library) -> str:
    """Who, where, and the summary or abstract, or without one the tags; at least the title. Plain
    words in one line.
    """
    names = cited(paper.authors, _BYLINE)
    where = publication.venue_text(paper) or paper.date
    parts = [part.rstrip(".") for part in (names, where) if part]
    said = paper.fields.get("summary") or paper.abstract
    parts.append(" ".join(said.split()) or ". ".join(_sayings(paper, library)))
    text = ". ".join(filter(None, parts)) or paper.title
    return textwrap.shorten(_TEX.sub("", text), _LENGTH, placeholder=" …")


def _sayings(paper: Paper, library: Library) -> Iterator[str]:
    """'Facet: a. Other facet: b, c', of the facets that sum a paper up."""
    facets = library.facets.values()
    chosen = [f for f in facets if f.summary]
    for facet in chosen or [f for f in facets if not f.provenance]:
        if labels := tag_labels(facet.name, paper, library):
            yield f"{facet.label}: {', '.join(labels)}"


# --- on the page


def page_meta(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: object,
) -> None:
    """Put into the head of the first page the description of the data, if the site's address is
    known, and into that of a facet value's page what it is about and the list of its papers.
    """
    domain, page = domain_of(app.env), context.get("pageurl") or ""
    library = domain.library
    if not domain.site.is_html:
        return
    if tag := domain.site.facet_pages.get(pagename):
        shown, *_others = domain.requests_of(pagename, PapersRequest)
        papers = [
            library.papers.by_key[key] for key in domain.views.of(shown).keys
        ]
        name = domain.facet_label(pagename)
        data = listed_data(name, tag, papers, library, page)
        add_to_head(context, script(data), "")
    if pagename == app.config.root_doc and (said := data_meta(app)):
        add_to_head(context, said, "")


def data_meta(app: Sphinx) -> str:
    """The description of the data; empty where the address of the site is not known, and in other
    forms than HTML.
    """
    config, domain = app.config, domain_of(app.env)
    if not domain.site.is_html or not domain.site.base:
        return ""
    given = (config.project, config.author, domain.site.base)
    return script(dataset(domain.library, *given))


def paper_meta(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: object,
) -> None:
    """Put everything into the head of a paper's page."""
    domain = domain_of(app.env)
    paper = domain.library.papers.by_key.get(
        domain.site.page_keys.get(pagename, "")
    )
    if paper is None or not domain.site.is_html:
        return
    page = context.get("pageurl") or ""
    said = description(paper, domain.library)
    graph = {
        "og:title": paper.title,
        "og:type": "article",
        "og:description": said,
    }
    lines = [_tag("name", "description", said)]
    if OPENGRAPH in app.extensions:
        # it takes these from the page's own metadata, and minds no signs but quotes
        given = {
            name: escape(text, quote=False) for name, text in graph.items()
        }
        context["meta"] = {**(context.get("meta") or {}), **given}
    else:
        graph["og:site_name"] = app.config.project
        if page:
            graph["og:url"] = page
        lines += [_tag("property", *pair) for pair in graph.items()]
    lines += [_tag("name", *pair) for pair in highwire(paper)]
    data = linked_data(paper, domain.library, page)
    add_to_head(context, *lines, script(data), "")


def _tag(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{esc(content)}" />'


def setup(app: Sphinx) -> None:
    """Connect to pages that are written."""
    app.connect("html-page-context", paper_meta, priority=400)
    app.connect("html-page-context", page_meta)
