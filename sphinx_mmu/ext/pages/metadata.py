"""Metadata of a paper's page: Highwire tags, JSON-LD, Open Graph, and a description in plain words.

Reference managers and scholarly search engines read the tags ``citation_*``, general search engines
JSON-LD, and whatever shows a preview of a link Open Graph. Where ``sphinxext.opengraph`` is loaded
it writes the last of them, and gets from here what it should say.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _

from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.ext._shared import esc
from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.ext.downloads import FILES, FOLDER
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import links, publication
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person, cited

if TYPE_CHECKING:
    from sphinx.application import Sphinx

OPENGRAPH = "sphinxext.opengraph"

_LENGTH = 300
"""More of a description no search engine shows."""
_BYLINE = 3
"""How many authors a description names."""
_TEX = re.compile(r"\\(?=[A-Za-z])|[{}]|\$(?!\d)")
_PLACES = {
    "booktitle": "conference_title",
    "journaltitle": "journal_title",
    "journal": "journal_title",
    "school": "dissertation_institution",
    "institution": "technical_report_institution",
    "": "",
}
"""The field that names where a work appeared → Highwire's name for such a place."""
_CHAPTERS = frozenset({"inbook", "incollection"})
_FACTS = {
    "volume": "volume",
    "number": "issue",
    "publisher": "publisher",
    "isbn": "isbn",
    "issn": "issn",
}


# --- Highwire


def highwire(paper: Paper) -> Iterator[tuple[str, str]]:
    """The ``citation_*`` tags of a paper, as (name, content)."""
    if publication.is_preprint(paper):
        yield "DC.type", "preprint"  # Zotero would take what names no journal for an article of one
    yield "citation_title", paper.title
    yield from (("citation_author", _inverted(person)) for person in _people(paper))
    if paper.date:
        yield "citation_publication_date", publication.issued(paper).replace("-", "/")
        yield "citation_online_date", paper.date.replace("-", "/")
    if tag := _place_tag(paper):
        yield f"citation_{tag}", publication.place(paper).name
    for name, tag in _FACTS.items():
        if paper.fields.get(name):
            yield f"citation_{tag}", paper.fields[name]
    pages = [part for part in re.split(r"[-–—]+", paper.fields.get("pages", "")) if part]
    yield from zip(("citation_firstpage", "citation_lastpage"), pages, strict=False)
    if said := _said(paper):
        yield "citation_abstract", said  # without it, Zotero takes the description for one
    yield from _addresses(paper)


def _said(paper: Paper) -> str:
    """The abstract, or the summary of a work whose abstract is not recorded."""
    return " ".join((paper.abstract or paper.fields.get("summary", "")).split())


def _inverted(person: Person) -> str:
    return f"{person.family}, {person.given}" if person.given else person.family


def _people(paper: Paper) -> list[Person]:
    return [person for person in paper.authors if person != OTHERS]


def _place_tag(paper: Paper) -> str:
    """Highwire's name for the place where a work appeared; empty where none is known."""
    field = publication.place(paper).field
    if field == "venue":
        return "journal_title" if paper.type == "article" else "conference_title"
    return "inbook_title" if field == "booktitle" and paper.type in _CHAPTERS else _PLACES[field]


def _addresses(paper: Paper) -> Iterator[tuple[str, str]]:
    for name, kind in (("doi", "doi"), ("arxiv_id", "arxiv")):
        if found := links.identifier(paper.links, kind):
            yield f"citation_{name}", found
    texts = [link.url for link in links.texts(paper.links)]
    if page := next((url for url in texts if not links.is_pdf(url)), ""):
        yield "citation_abstract_html_url", page
    if pdf := next(links.pdfs(paper.links), ""):
        yield "citation_pdf_url", pdf


# --- JSON-LD


def linked_data(paper: Paper, library: Library, page: str = "") -> dict[str, Any]:
    """A paper in the words of schema.org; ``page`` is the absolute address of its page, where that
    is known.
    """
    works = [link.url for link in links.texts(paper.links)]
    identifiers = dict(_addresses(paper))
    found = {
        "@context": "https://schema.org",
        "@type": publication.kind(paper).schema,
        "@id": works[0] if works else "",
        "name": paper.title,
        "headline": paper.title,
        "alternateName": paper.short,
        "author": [_person(person) for person in _people(paper)],
        "datePublished": publication.issued(paper),
        "dateCreated": paper.date,
        "isPartOf": _whole(paper),
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


def _whole(paper: Paper) -> dict[str, Any]:
    """What the work is part of, or written for: an issue of a volume of a journal, as far as these
    are known.
    """
    tag = _place_tag(paper)
    if not tag:
        return {}
    journal = "journal" in tag
    whole: dict[str, Any] = {
        "@type": "Periodical" if journal else "Book",
        "name": publication.place(paper).name,
    }
    for kind, name, field in (
        ("PublicationVolume", "volumeNumber", "volume"),
        ("PublicationIssue", "issueNumber", "number" if journal else ""),
    ):
        if value := paper.fields.get(field, ""):
            whole = {"@type": kind, name: value, "isPartOf": whole}
    return whole


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


def dataset(library: Library, project: str, author: str, base: str) -> dict[str, Any]:
    """The files with the whole database in the words of schema.org; ``base`` is the address of the
    site.
    """
    facets = [facet.label for facet in library.facets.values() if not facet.provenance]
    forms = {"papers.json": "application/json"} | {
        f"{FOLDER}/all{FORMATS[name].suffix}": FORMATS[name].media_type for name in FILES
    }
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{project}: {_('all papers')}",
        "description": _("Bibliographic data, links and tags of %d papers.")
        % len(library.papers.papers),
        "creditText": author,
        "keywords": facets,
        "url": base,
        "version": library.revision,
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{base}{name}", "encodingFormat": form}
            for name, form in forms.items()
        ],
    }
    return {name: value for name, value in found.items() if value}


def script(data: Mapping[str, Any]) -> str:
    """JSON-LD as an element; no text of an entry can end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":  # in JSON they occur in strings only
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def listed_data(
    name: str, tag: str, papers: Sequence[Paper], library: Library, page: str = ""
) -> dict[str, Any]:
    """The page of a facet's value in the words of schema.org: what it is about, and a list of
    works; ``page`` is its absolute address, where that is known.
    """
    items = [
        {"@type": "ListItem", "position": number, "item": _listed(paper)}
        for number, paper in enumerate(papers, 1)
    ]
    found = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "@id": page,
        "name": name,
        "about": _about(tag, papers, library),
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(items),
            "itemListElement": items,
        },
        "url": page,
    }
    return {name: value for name, value in found.items() if value}


def _about(tag: str, papers: Sequence[Paper], library: Library) -> dict[str, str]:
    """A person or a body, a publication, or else a term."""
    facet, _colon, value = tag.partition(":")
    label = library.term_label(facet, value)
    people = (one for paper in papers for one in _people(paper))
    match facet:
        case "author":
            return next((_person(one) for one in people if one.name == value), {})
        case "venue":
            names = library.papers.venue_names(value)
            known = {"@type": "CreativeWorkSeries", "name": label}
            return {**known, "alternateName": names[0]} if names else known
    return {"@type": "DefinedTerm", "name": label}


def _listed(paper: Paper) -> dict[str, str]:
    """Only what the row of the paper shows: the page is written anew when that changes."""
    found = {
        "@type": "CreativeWork",
        "name": paper.title,
        "url": next((link.url for link in links.brief(paper.links)), ""),
    }
    return {name: value for name, value in found.items() if value}


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
    for facet in [f for f in facets if f.summary] or [f for f in facets if not f.provenance]:
        labels = _tag_labels(facet.name, paper, library)
        if labels:
            yield f"{facet.label}: {', '.join(labels)}"


# --- on the page


def site_meta(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document
) -> None:
    """Put the description of the data into the head of the first page, if the site's address is
    known.
    """
    domain, base = domain_of(app.env), app.config.html_baseurl
    if pagename != app.config.root_doc or not base or not domain.site.is_html:
        return
    data = dataset(domain.library, app.config.project, app.config.author, f"{base.rstrip('/')}/")
    context["metatags"] = f"{context.get('metatags', '')}\n{script(data)}\n"


def page_meta(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document
) -> None:
    """Put everything into the head of a paper's page, and a list into that of a facet's value."""
    domain = domain_of(app.env)
    if pagename in domain.site.facet_pages and domain.site.is_html:
        text = script(_facet_data(domain, pagename, context.get("pageurl") or ""))
        context["metatags"] = f"{context.get('metatags', '')}\n{text}\n"
        return
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


def _facet_data(domain: MmuDomain, pagename: str, page: str) -> dict[str, Any]:
    tag = domain.site.facet_pages[pagename]
    shown = next(r for r in domain.requests(pagename) if r.kind == "papers")
    papers = [domain.library.papers.by_key[key] for key in domain.views.of(shown).keys]
    return listed_data(domain.facet_label(pagename), tag, papers, domain.library, page)


def _tag(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{esc(content)}" />'


def setup_meta(app: Sphinx) -> None:
    """Connect the handler, ahead of ``sphinxext.opengraph``'s."""
    app.connect("html-page-context", page_meta, priority=400)
    app.connect("html-page-context", site_meta)
