"""JSON-LD, which general search engines read: a paper, a page that lists papers, and the files with
all data in the words of schema.org.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.ext.pages.highwire import people_of, place_tag
from sphinx_mmu.ext.render.downloads import FILES, file_of
from sphinx_mmu.ext.render.html_view import as_json
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import _, counted
from sphinx_mmu.model import links, publication
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import Person


def script(data: Mapping[str, Any]) -> str:
    """JSON-LD as an element; no text of an entry can end it."""
    text = as_json(data)
    for sign in "<>&":  # in JSON they occur in strings only
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def _known(found: dict[str, Any]) -> dict[str, Any]:
    """What there is a value of."""
    return {name: value for name, value in found.items() if value}


# --- a paper


def linked_data(
    paper: Paper, library: Library, page: str = ""
) -> dict[str, Any]:
    """A paper in the words of schema.org; ``page`` is the absolute address of its page, where that
    is known.
    """
    works = [link.url for link in links.texts(paper.links)]
    found = {
        "@context": "https://schema.org",
        "@type": publication.kind(paper).schema,
        "@id": works[0] if works else "",
        "name": paper.title,
        "headline": paper.title,
        "alternateName": paper.short,
        "author": [_person(person) for person in people_of(paper)],
        "datePublished": publication.issued(paper),
        "dateCreated": paper.date,
        "isPartOf": _whole(paper),
        "pagination": paper.fields.get("pages", ""),
        "publisher": _organization(paper.fields.get("publisher", "")),
        "abstract": paper.abstract,
        "keywords": [*_labels(paper, library), *paper.keywords],
        "identifier": [
            {
                "@type": "PropertyValue",
                "propertyID": links.KINDS[kind].label,
                "value": value,
            }
            for kind in ("doi", "arxiv")
            if (value := links.identifier(paper.links, kind))
        ],
        "url": works[0] if works else "",
        "sameAs": works[1:],
        "mainEntityOfPage": page,
    }
    return _known(found)


def _whole(paper: Paper) -> dict[str, Any]:
    """What the work is part of, or written for: an issue of a volume of a journal, as far as these
    are known.
    """
    tag = place_tag(paper)
    if not tag:
        return {}
    journal = "journal" in tag
    kind, name = (
        "Periodical" if journal else "Book",
        publication.place(paper).name,
    )
    whole: dict[str, Any] = {"@type": kind, "name": name}
    if volume := paper.fields.get("volume"):
        part = {"@type": "PublicationVolume", "volumeNumber": volume}
        whole = {**part, "isPartOf": whole}
    if journal and (issue := paper.fields.get("number")):
        part = {"@type": "PublicationIssue", "issueNumber": issue}
        whole = {**part, "isPartOf": whole}
    return whole


def _person(person: Person) -> dict[str, str]:
    """One name alone is taken for that of a body, as BibTeX writes them."""
    if not person.given:
        return _organization(person.family)
    return {
        "@type": "Person",
        "name": person.name,
        "givenName": person.given,
        "familyName": person.family,
    }


def _organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name} if name else {}


def _labels(paper: Paper, library: Library) -> list[str]:
    labels = []
    for facet in library.facets.values():
        if not facet.provenance:
            labels += tag_labels(facet.name, paper, library)
    return labels


def tag_labels(facet: str, paper: Paper, library: Library) -> list[str]:
    """The values of a facet that a paper has, as their terms are called."""
    found = []
    for value in paper.tags.get(facet, ()):
        term = library.vocabulary.term(f"{facet}:{value}")
        found.append(term.label if term else library.term_label(facet, value))
    return found


# --- a page with papers


def listed_data(
    name: str,
    tag: str,
    papers: Sequence[Paper],
    library: Library,
    page: str = "",
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
    return _known(found)


def _about(
    tag: str, papers: Sequence[Paper], library: Library
) -> dict[str, str]:
    """A person or a body, a publication, or else a term."""
    facet, _colon, value = tag.partition(":")
    label = library.term_label(facet, value)
    people = chain.from_iterable(map(people_of, papers))
    match facet:
        case "author":
            return next(
                (_person(one) for one in people if one.name == value), {}
            )
        case "venue":
            names = library.papers.venue_names(value)
            known = {"@type": "CreativeWorkSeries", "name": label}
            return {**known, "alternateName": names[0]} if names else known
    return {"@type": "DefinedTerm", "name": label}


def _listed(paper: Paper) -> dict[str, str]:
    """Only what the row of the paper shows: the page is written anew when that changes."""
    url = next((link.url for link in links.brief(paper.links)), "")
    return _known({"@type": "CreativeWork", "name": paper.title, "url": url})


# --- all data


def dataset(
    library: Library, project: str, author: str, base: str
) -> dict[str, Any]:
    """The files with the whole database in the words of schema.org; ``base`` is the address of the
    site.
    """
    facets = [
        facet.label for facet in library.facets.values() if not facet.provenance
    ]
    forms = {"papers.json": "application/json"} | {
        file_of("all", name): FORMATS[name].media_type for name in FILES
    }
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": _("{project}: all papers", project=project),
        "description": counted(
            "Bibliographic data, links and tags of {n} paper.",
            "Bibliographic data, links and tags of {n} papers.",
            len(library.papers.papers),
        ),
        "creditText": author,
        "keywords": facets,
        "url": base,
        "version": library.revision,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{base}{name}",
                "encodingFormat": form,
            }
            for name, form in forms.items()
        ],
    }
    return _known(found)
