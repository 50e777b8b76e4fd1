"""Everything with a name from A to Z: papers, authors, venues and terms, for readers without
scripts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_mmu.filters.syntax import fold
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.people import OTHERS, Person
from sphinx_mmu.views.base import View, ViewContext
from sphinx_mmu.views.cells import (
    Line,
    Part,
    author_part,
    entry_part,
    joined,
    term_part,
)

INDEX_PARTS = ("papers", "authors", "venues", "terms")
"""What an index can list, in this order unless a page asks for another."""
OTHER_SIGNS = "#"
"""Under what names are listed that begin with no letter."""


_SIGNS = re.compile(r"^[^\w]+")
"""Quotation marks and the like, which say nothing of where a name belongs."""


class IndexRequest(NamedTuple):
    """Names from A to Z."""

    kind: str = "index"
    parts: tuple[str, ...] = INDEX_PARTS

    def view(self, context: ViewContext) -> IndexView:
        """List what each part asks for."""
        makers = {
            "papers": _papers,
            "authors": _authors,
            "venues": _venues,
            "terms": _terms,
        }
        listed = ((name, makers[name](context.library)) for name in self.parts)
        parts = tuple((name, _letters(named)) for name, named in listed)
        return IndexView(self, parts=parts)


class Letter(NamedTuple):
    """The names that begin with a letter, a line each."""

    letter: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class IndexView(View):
    """What an index shows: of each part its letters."""

    parts: tuple[tuple[str, tuple[Letter, ...]], ...] = ()


def _letters(named: Iterable[tuple[str, Line]]) -> tuple[Letter, ...]:
    """Lines with what they are sorted by, under the letters that this begins with."""
    found: dict[str, list[Line]] = defaultdict(list)
    plain = ((_SIGNS.sub("", fold(name)), line) for name, line in named)
    for name, line in sorted(plain):
        first = name[:1].upper()
        found[first if first.isalpha() else OTHER_SIGNS].append(line)
    return tuple(
        Letter(letter, tuple(found[letter])) for letter in sorted(found)
    )


def _papers(library: Library) -> Iterator[tuple[str, Line]]:
    """Papers by short name, or by title; one with a short name is under its title as well."""
    for paper in library.papers.papers:
        yield paper.title, Line((Part("title", paper.title, paper.key),))
        if paper.short and not fold(paper.title).startswith(fold(paper.short)):
            title = Part("title", f" · {paper.title}", paper.key, paper.short)
            yield paper.short, Line((title,))


def _authors(library: Library) -> Iterator[tuple[str, Line]]:
    """Authors by family name, each with all that they wrote."""
    keys: dict[Person, list[str]] = defaultdict(list)
    for paper in library.papers.papers:
        for person in paper.authors:
            if person != OTHERS:
                keys[person].append(paper.key)
    for person, written in keys.items():
        name = (
            f"{person.family}, {person.given}"
            if person.given
            else person.family
        )
        part = author_part(person)._replace(text=name)
        yield name, _with_entries(part, written, library)


def _venues(library: Library) -> Iterator[tuple[str, Line]]:
    """Venues by short name, with what appeared there."""
    keys: dict[str, list[str]] = defaultdict(list)
    for paper in library.papers.papers:
        if paper.venue_short:
            keys[paper.venue_short].append(paper.key)
    for name, published in keys.items():
        venue = Part("term", name, f"venue:{name}")
        yield name, _with_entries(venue, published, library)


def _terms(library: Library) -> Iterator[tuple[str, Line]]:
    """Terms by label, with the facet that they belong to."""
    for facet in library.facets.values():
        for term in facet.terms:
            if not facet.provenance:
                part = term_part(term.tag, library)._replace(text=term.label)
                yield term.label, Line((part, Part("muted", f" {facet.label}")))


def _with_entries(part: Part, keys: Iterable[str], library: Library) -> Line:
    ordered = sorted(
        dict.fromkeys(keys), key=lambda key: fold(library.labels[key])
    )
    entries = joined([entry_part(key, library) for key in ordered])
    return Line((part, Part("text", ": "), *entries))
