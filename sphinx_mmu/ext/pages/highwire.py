"""Highwire tags: ``citation_*``, which reference managers and scholarly search engines read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinx_mmu.model import links, publication
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person

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
_FACTS = ("volume", "number", "publisher", "isbn", "issn")


def highwire(paper: Paper) -> Iterator[tuple[str, str]]:
    """The ``citation_*`` tags of a paper, as (name, content)."""
    if publication.is_preprint(paper):
        # Zotero would take what names no journal for an article of one
        yield "DC.type", "preprint"
    yield "citation_title", paper.title
    for person in people_of(paper):
        given = f", {person.given}" if person.given else ""
        yield "citation_author", f"{person.family}{given}"
    if paper.date:
        yield (
            "citation_publication_date",
            publication.issued(paper).replace("-", "/"),
        )
        yield "citation_online_date", paper.date.replace("-", "/")
    if tag := place_tag(paper):
        yield f"citation_{tag}", publication.place(paper).name
    for name in _FACTS:
        if value := paper.fields.get(name):
            yield f"citation_{'issue' if name == 'number' else name}", value
    pages = filter(None, re.split(r"[-–—]+", paper.fields.get("pages", "")))
    yield from zip(
        ("citation_firstpage", "citation_lastpage"), pages, strict=False
    )
    said = paper.abstract or paper.fields.get("summary", "")
    if said := " ".join(said.split()):
        # without it, Zotero takes the description for one
        yield "citation_abstract", said
    yield from addresses(paper)


def people_of(paper: Paper) -> list[Person]:
    """The authors of a paper by name."""
    return [person for person in paper.authors if person != OTHERS]


def place_tag(paper: Paper) -> str:
    """Highwire's name for the place where a work appeared; empty where none is known."""
    field = publication.place(paper).field
    if field == "venue":
        return (
            "journal_title" if paper.type == "article" else "conference_title"
        )
    chapter = field == "booktitle" and paper.type in _CHAPTERS
    return "inbook_title" if chapter else _PLACES[field]


def addresses(paper: Paper) -> Iterator[tuple[str, str]]:
    """The tags for a paper's identifiers and texts."""
    for name, kind in (("doi", "doi"), ("arxiv_id", "arxiv")):
        if found := links.identifier(paper.links, kind):
            yield f"citation_{name}", found
    texts = [link.url for link in links.texts(paper.links)]
    if page := next((url for url in texts if not links.is_pdf(url)), ""):
        yield "citation_abstract_html_url", page
    if pdf := next(links.pdfs(paper.links), ""):
        yield "citation_pdf_url", pdf
