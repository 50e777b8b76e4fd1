"""A reference to a work: the parts that all forms of it share, and the entry that other programs
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pybtex.bibtex.utils import split_name_list

from sphinx_mmu.bib.reader import Field, RawEntry
from sphinx_mmu.bib.values import from_text
from sphinx_mmu.bib.writer import PRINTED
from sphinx_mmu.model import links, publication
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person, person_from

# --- the parts

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def line(text: str) -> str:
    """The text in one line, without control characters."""
    if not text:
        return ""
    found = " ".join(text.split())
    return (
        found
        if found.isprintable()
        else " ".join(_CONTROL.sub("", found).split())
    )


def field(paper: Paper, *names: str) -> str:
    """The first of these fields that has a value, in one line."""
    return next(
        (
            found
            for name in names
            if (found := line(paper.fields.get(name, "")))
        ),
        "",
    )


def title(paper: Paper) -> str:
    """The title, or the key of a work that has none."""
    return line(paper.title) or paper.key


def doi(paper: Paper) -> str:
    """The DOI without its address."""
    return links.identifier(paper.links, "doi")


def arxiv(paper: Paper) -> str:
    """The identifier in arXiv."""
    return links.identifier(paper.links, "arxiv")


def addresses(paper: Paper) -> list[str]:
    """The addresses where the work itself is found, besides its DOI: the entry's ``url`` first."""
    found = [
        link.url for link in links.texts(paper.links) if link.kind != "doi"
    ]
    return sorted(found, key=lambda url: url != paper.fields.get("url"))


def address(paper: Paper) -> str:
    """The first of these, or else the page about the work."""
    return next(iter(addresses(paper)), "") or links.url(paper.links, "project")


def people(paper: Paper) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Authors and editors: the model has editors only where there is no author."""
    if not paper.fields.get("author"):
        return (), _printable(paper.authors)
    editors = split_name_list(paper.entry.value("editor"))
    return _printable(paper.authors), _printable(map(person_from, editors))


def _printable(found: Iterable[Person | None]) -> tuple[Person, ...]:
    lines = (Person(line(one.given), line(one.family)) for one in found if one)
    named = tuple(one for one in lines if one.family)
    return () if named == (OTHERS,) else named


def kind(paper: Paper) -> publication.PublicationKind:
    """The type in the words of other programs."""
    found = publication.kind(paper)
    return found._replace(genre=line(found.genre))


def container(paper: Paper) -> str:
    """The journal, proceedings or book that the work is part of."""
    return line(publication.container(paper).name)


def publisher(paper: Paper) -> str:
    """Who published the work; the archive of a preprint."""
    return line(publication.publisher(paper))


def number(paper: Paper) -> str:
    """The number that the work has where it was published."""
    return line(publication.number(paper))


# --- the entry


def cited_entry(paper: Paper) -> RawEntry:
    """The entry with the fields that styles print, always with an address where one is known."""
    fields = {
        name: value
        for name, value in paper.entry.fields.items()
        if name in PRINTED
    }
    if "url" not in fields and (found := address(paper)):
        fields["url"] = Field("url", found, paper.entry.line)
    return replace(paper.entry, fields=fields)


def exported_entry(paper: Paper) -> RawEntry:
    """The same with what reference managers keep besides: short title, abstract, and keywords
    without the tags.
    """
    entry = cited_entry(paper)
    more = {
        n: f
        for n, f in paper.entry.fields.items()
        if n in {"shorttitle", "abstract"}
    }
    if paper.keywords:
        more["keywords"] = Field(
            "keywords", ", ".join(map(from_text, paper.keywords)), entry.line
        )
    return replace(entry, fields={**entry.fields, **more})
