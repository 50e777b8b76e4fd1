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
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_mmu.ext._shared import esc
from sphinx_mmu.ext.domain import domain_of
from sphinx_mmu.ext.pages.highwire import highwire
from sphinx_mmu.ext.pages.schema_org import (
    dataset,
    linked_data,
    listed_data,
    script,
    tag_labels,
)
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import publication
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import cited

if TYPE_CHECKING:
    from sphinx.application import Sphinx

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
    for facet in [f for f in facets if f.summary] or [
        f for f in facets if not f.provenance
    ]:
        labels = tag_labels(facet.name, paper, library)
        if labels:
            yield f"{facet.label}: {', '.join(labels)}"


# --- on the page


def site_meta(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document,
) -> None:
    """Put the description of the data into the head of the first page, if the site's address is
    known.
    """
    library, site = domain_of(app.env).library, domain_of(app.env).site
    if pagename == app.config.root_doc and site.base and site.is_html:
        data = dataset(library, app.config.project, app.config.author, site.base)
        _add_to_head(context, script(data))


def list_meta(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document,
) -> None:
    """Put what it is about, and the list of its papers, into the head of a facet value's page."""
    domain = domain_of(app.env)
    tag = domain.site.facet_pages.get(pagename)
    if tag is None or not domain.site.is_html:
        return
    shown = next(r for r in domain.requests(pagename) if r.kind == "papers")
    papers = [domain.library.papers.by_key[key] for key in domain.views.of(shown).keys]
    name, page = domain.facet_label(pagename), context.get("pageurl") or ""
    _add_to_head(context, script(listed_data(name, tag, papers, domain.library, page)))


def paper_meta(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document,
) -> None:
    """Put everything into the head of a paper's page."""
    domain = domain_of(app.env)
    paper = domain.library.papers.by_key.get(domain.site.page_keys.get(pagename, ""))
    if paper is None or not domain.site.is_html:
        return
    page = context.get("pageurl") or ""
    said = description(paper, domain.library)
    graph = {"og:title": paper.title, "og:type": "article", "og:description": said}
    lines = [_tag("name", "description", said)]
    if OPENGRAPH in app.extensions:
        # it takes these from the page's own metadata, and minds no signs but quotes
        given = {name: escape(text, quote=False) for name, text in graph.items()}
        context["meta"] = {**(context.get("meta") or {}), **given}
    else:
        graph |= {"og:site_name": app.config.project} | (
            {"og:url": page} if page else {}
        )
        lines += [_tag("property", *pair) for pair in graph.items()]
    lines += [_tag("name", *pair) for pair in highwire(paper)]
    _add_to_head(context, *lines, script(linked_data(paper, domain.library, page)))


def _add_to_head(context: dict[str, Any], *lines: str) -> None:
    context["metatags"] = "\n".join([context.get("metatags", ""), *lines, ""])


def _tag(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{esc(content)}" />'


def setup_meta(app: Sphinx) -> None:
    """Connect the handlers, that of papers ahead of ``sphinxext.opengraph``'s."""
    app.connect("html-page-context", paper_meta, priority=400)
    app.connect("html-page-context", list_meta)
    app.connect("html-page-context", site_meta)
