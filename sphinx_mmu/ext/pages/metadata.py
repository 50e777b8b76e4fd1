"""What a paper's page says to machines: Highwire tags, JSON-LD, Open Graph, and a description in
plain words.

Reference managers and scholarly search engines read the tags ``citation_*``, general search engines
JSON-LD, and whatever shows a preview of a link Open Graph. Where ``sphinxext.opengraph`` is loaded
it writes the last of them, and gets from here what it should say.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes

from sphinx_mmu.export.formats import issued
from sphinx_mmu.ext._shared import esc
from sphinx_mmu.ext.domain import domain_of
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import OPENREVIEW, Paper
from sphinx_mmu.model.people import OTHERS, Person
from sphinx_mmu.views.columns import venue_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx

OPENGRAPH = "sphinxext.opengraph"
ARXIV, DOI = "https://arxiv.org/abs/", "https://doi.org/"

_LENGTH = 300
"""More of a description no search engine shows."""
_BYLINE = 3
"""How many authors a description names."""
_TEX = re.compile(r"\\(?=[A-Za-z])|[{}]|\$(?!\d)")
_PREPRINT = re.compile(r"\s*(?:arxiv|corr)\b.*", re.IGNORECASE | re.DOTALL)
_PLACES = {
    "booktitle": "conference_title",
    "journaltitle": "journal_title",
    "journal": "journal_title",
    "school": "dissertation_institution",
    "institution": "technical_report_institution",
}
"""The field that names where a work appeared → Highwire's name for such a place; the first that is
there counts.
"""
_CHAPTERS = frozenset({"inbook", "incollection"})
_FACTS = {
    "volume": "volume",
    "number": "issue",
    "publisher": "publisher",
    "isbn": "isbn",
    "issn": "issn",
}
_TYPES = dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "Thesis") | {
    "book": "Book",
    "inbook": "Chapter",
    "incollection": "Chapter",
    "techreport": "Report",
    "report": "Report",
}
"""Types of entries that are no ``ScholarlyArticle`` to schema.org."""


# --- Highwire


def highwire(paper: Paper) -> Iterator[tuple[str, str]]:
    """The ``citation_*`` tags of a paper, as (name, content)."""
    yield "citation_title", paper.title
    yield from (("citation_author", _inverted(person)) for person in _people(paper))
    if paper.date:
        yield "citation_publication_date", issued(paper).replace("-", "/")
        yield "citation_online_date", paper.date.replace("-", "/")
    field, place = _place(paper)
    if field:
        kind = (
            "inbook_title" if paper.type in _CHAPTERS and field == "booktitle" else _PLACES[field]
        )
        yield f"citation_{kind}", place
    for name, tag in _FACTS.items():
        if paper.fields.get(name):
            yield f"citation_{tag}", paper.fields[name]
    pages = [part for part in re.split(r"[-–—]+", paper.fields.get("pages", "")) if part]
    yield from zip(("citation_firstpage", "citation_lastpage"), pages, strict=False)
    yield from _addresses(paper)


def _inverted(person: Person) -> str:
    return f"{person.family}, {person.given}" if person.given else person.family


def _people(paper: Paper) -> list[Person]:
    return [person for person in paper.authors if person != OTHERS]


def _place(paper: Paper) -> tuple[str, str]:
    """Where a work appeared, as (field, name); an archive of preprints is no such place."""
    found = ((name, paper.fields.get(name, "")) for name in _PLACES)
    return next(
        ((name, place) for name, place in found if place and not _PREPRINT.fullmatch(place)),
        ("", ""),
    )


def _addresses(paper: Paper) -> Iterator[tuple[str, str]]:
    links = _links(paper)
    for name, kind, base in (("doi", "doi", DOI), ("arxiv_id", "arxiv", ARXIV)):
        if kind in links:
            yield f"citation_{name}", unquote(links[kind].removeprefix(base))
    page = next(
        (
            url
            for kind, url in links.items()
            if kind not in ("code", "project") and not _is_pdf(url)
        ),
        "",
    )
    if page:
        yield "citation_abstract_html_url", page
    if pdf := next(_pdfs(links), ""):
        yield "citation_pdf_url", pdf


def _links(paper: Paper) -> dict[str, str]:
    return {link.kind: link.url for link in paper.links}


def _is_pdf(url: str) -> bool:
    return url.lower().endswith(".pdf")


def _pdfs(links: Mapping[str, str]) -> Iterator[str]:
    """Addresses of the text itself, the version of record first."""
    if _is_pdf(links.get("paper", "")):
        yield links["paper"]
    if url := links.get("anthology"):
        yield f"{url.rstrip('/')}.pdf"
    if url := links.get("openreview"):
        yield url.replace(OPENREVIEW, OPENREVIEW.replace("/forum?", "/pdf?"))
    if url := links.get("arxiv"):
        yield url.replace(ARXIV, "https://arxiv.org/pdf/")


# --- JSON-LD


def linked_data(paper: Paper, library: Library, page: str = "") -> dict[str, Any]:
    """A paper in the words of schema.org; ``page`` is the absolute address of its page, where that
    is known.
    """
    links, place = _links(paper), _place(paper)
    works = [url for kind, url in links.items() if kind not in ("code", "project")]
    identifiers = dict(_addresses(paper))
    found = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(paper.type, "ScholarlyArticle"),
        "@id": works[0] if works else "",
        "name": paper.title,
        "alternateName": paper.short,
        "author": [_person(person) for person in _people(paper)],
        "datePublished": issued(paper),
        "dateCreated": paper.date,
        "isPartOf": (
            {"@type": "Periodical" if "journal" in place[0] else "Book", "name": place[1]}
            if place[1]
            else ""
        ),
        "volumeNumber": paper.fields.get("volume", ""),
        "pagination": paper.fields.get("pages", ""),
        "publisher": _organization(paper.fields.get("publisher", "")),
        "abstract": paper.abstract,
        "keywords": [*_labels(paper, library), *paper.keywords],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": label, "value": identifiers[name]}
            for label, name in (("DOI", "citation_doi"), ("arXiv", "citation_arxiv_id"))
            if name in identifiers
        ],
        "url": works[0] if works else "",
        "sameAs": works[1:],
        "mainEntityOfPage": page,
    }
    return {name: value for name, value in found.items() if value}


def _person(person: Person) -> dict[str, str]:
    """One name alone is taken for that of a body, as BibTeX writes them."""
    if not person.given:
        return {"@type": "Organization", "name": person.family}
    names = {"name": person.name, "givenName": person.given, "familyName": person.family}
    return {"@type": "Person", **names}


def _organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name} if name else {}


def _labels(paper: Paper, library: Library) -> list[str]:
    facets = (facet.name for facet in library.facets.values() if not facet.provenance)
    return [label for name in facets for label in _tag_labels(name, paper, library)]


def _tag_labels(facet: str, paper: Paper, library: Library) -> list[str]:
    terms = (
        (value, library.vocabulary.term(f"{facet}:{value}")) for value in paper.tags.get(facet, ())
    )
    return [term.label if term else library.term_label(facet, value) for value, term in terms]


def script(data: Mapping[str, Any]) -> str:
    """JSON-LD as an element; no text of an entry can end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":  # in JSON they occur in strings only
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


# --- description


def description(paper: Paper, library: Library) -> str:
    """Who, where, and the summary or abstract, or without one the tags; at least the title. Plain
    words in one line.
    """
    people = [person.name for person in paper.authors]
    names = ", ".join(people[:_BYLINE]) + (" et al." if len(people) > _BYLINE else "")
    where = venue_text(paper) or paper.date
    parts = [part.rstrip(".") for part in (names, where) if part]
    said = paper.fields.get("summary") or paper.abstract
    parts.append(" ".join(said.split()) or ". ".join(_sayings(paper, library)))
    text = ". ".join(filter(None, parts)) or paper.title
    return textwrap.shorten(_TEX.sub("", text), _LENGTH, placeholder=" …")


def _sayings(paper: Paper, library: Library) -> Iterator[str]:
    """'Stage: a. Target: b, c', of the facets that sum a paper up."""
    facets = library.facets.values()
    for facet in [f for f in facets if f.summary] or [f for f in facets if not f.provenance]:
        labels = _tag_labels(facet.name, paper, library)
        if labels:
            yield f"{facet.label}: {', '.join(labels)}"


# --- on the page


def page_meta(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document
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
    if (
        OPENGRAPH in app.extensions
    ):  # it takes these from the page's own metadata, and minds no signs but quotes
        given = {name: escape(text, quote=False) for name, text in graph.items()}
        context["meta"] = {**(context.get("meta") or {}), **given}
    else:
        graph |= {"og:site_name": app.config.project} | ({"og:url": page} if page else {})
        lines += [_tag("property", *pair) for pair in graph.items()]
    lines += [_tag("name", *pair) for pair in highwire(paper)]
    lines.append(script(linked_data(paper, domain.library, page)))
    context["metatags"] = context.get("metatags", "") + "\n" + "\n".join(lines) + "\n"


def _tag(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{esc(content)}" />'


def setup_meta(app: Sphinx) -> None:
    """Connect the handler, ahead of ``sphinxext.opengraph``'s."""
    app.connect("html-page-context", page_meta, priority=400)
