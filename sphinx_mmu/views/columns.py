"""The columns of tables, each with what makes its cells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from sphinx_mmu.library.library import Library
from sphinx_mmu.library.relations import keys_in
from sphinx_mmu.messages import _, counted, lower_first, marked
from sphinx_mmu.model.links import brief
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import listed
from sphinx_mmu.model.publication import venue_text
from sphinx_mmu.views.cells import (
    Cell,
    Line,
    Part,
    Row,
    badge,
    in_line,
    joined,
    keys_cell,
    links_cell,
    listed_cell,
    terms_cell,
    text_cell,
    title_part,
)
from sphinx_mmu.vocabulary.vocabulary import Facet

BYLINE, AUTHORS = 3, 20
"""How many authors are named below a title, and in the column of authors."""
_DOT = "\N{NO-BREAK SPACE}· "
"""Between the tags of a row: no line begins with the dot."""


class Column(NamedTuple):
    """A column of a table. ``width`` is in characters, for writers that need one; ``role`` styles
    it.
    """

    name: str
    label: str
    role: str = ""
    width: int = 16


Maker = Callable[[Paper, Library], Cell]


def summary(paper: Paper, library: Library) -> str:
    """The tags of a paper in one line of words."""
    return " · ".join(
        Line(parts).text for parts in _summary_parts(paper, library)
    )


def _summary_parts(
    paper: Paper, library: Library
) -> Iterator[tuple[Part, ...]]:
    """The parts of the summary, those of one facet after the other."""
    for facet in library.facets.values():
        if tags := _summary_tags(facet, paper, library):
            verb = (Part("text", f"{facet.verb} "),) if facet.verb else ()
            yield (*verb, *joined(tags))


def _summary_tags(facet: Facet, paper: Paper, library: Library) -> list[Part]:
    if library.vocabulary and not facet.summary:
        return []
    values = [v for v in paper.tags.get(facet.name, ()) if v not in facet.usual]
    if facet.numbered:  # the badge already names the top term
        values = [v for v in values if "/" in v]
    shown = lower_first if facet.verb else str
    kind = "tag" if paper.key in library.papers.by_key else "text"
    return [
        Part(
            kind, shown(library.term_label(facet.name, v)), f"{facet.name}:{v}"
        )
        for v in values
    ]


def _paper(paper: Paper, library: Library) -> Cell:
    authors = Line((Part("text", listed(paper.authors, BYLINE)),), "by")
    tags: list[Part] = []
    for parts in _summary_parts(paper, library):
        tags += (Part("text", _DOT), *parts) if tags else parts
    tagline = (Line(tuple(tags), "tagline"),) if tags else ()
    return (*in_line(title_part(paper)), authors, *tagline)


def _terms(facets: Iterable[str], paper: Paper, library: Library) -> Cell:
    tags: list[str] = []
    for facet in facets:
        tags += [f"{facet}:{value}" for value in paper.tags.get(facet, ())]
    return terms_cell(tags, library) or text_cell("")


def _badges(facet: str, paper: Paper, library: Library) -> Cell:
    values = paper.tags.get(facet, ())
    tops = dict.fromkeys(
        f"{facet}:{value.partition('/')[0]}" for value in values
    )
    terms = [library.vocabulary.term(tag) for tag in tops]
    parts = [badge(t) for t in terms if t]
    return listed_cell(parts or [Part("muted", "–")], " ")


def _keys(field: str, paper: Paper, library: Library) -> Cell:
    return keys_cell(keys_in(paper, field), library) or text_cell("")


def _field(field: str, paper: Paper, library: Library) -> Cell:
    """A field; one that is not published too, since a page asks for it by name."""
    text = paper.fields.get(field) or paper.unpublished.get(field, "")
    separator = library.vocabulary.separators.get(field)
    parts = (
        [p.strip() for p in text.split(separator) if p.strip()]
        if separator
        else []
    )
    if len(parts) < 2:  # noqa: PLR2004 -- a text that is not divided
        return text_cell(text)
    return tuple(Line((Part("text", p),)) for p in parts)


def _named(field: str, paper: Paper, library: Library) -> Cell:
    name = paper.fields.get(field) or library.labels[paper.key]
    return in_line(Part("title", "", paper.key, name))


def _values(paper: Paper, library: Library) -> Cell:
    names = library.benchmarks_of(paper.key)
    n = sum(len(library.results.by_benchmark[name]) for name in names)
    if not n:
        return text_cell("")
    text = counted("{n} value", "{n} values", n)
    return in_line(Part("term", text, f"results:{names[0]}"))


STANDARD: dict[str, tuple[Column, Maker]] = {
    "paper": (Column("paper", marked("Paper"), "paper", 48), _paper),
    "title": (
        Column("title", marked("Paper"), "paper", 48),
        lambda p, _lib: in_line(title_part(p)),
    ),
    "name": (
        Column("name", marked("Name"), "paper"),
        lambda p, lib: _named("", p, lib),
    ),
    "authors": (
        Column("authors", marked("Authors"), "", 24),
        lambda p, _lib: text_cell(listed(p.authors, AUTHORS)),
    ),
    "venue": (
        Column("venue", marked("Venue"), "venue", 14),
        lambda p, _lib: text_cell(venue_text(p)),
    ),
    "date": (
        Column("date", marked("Date"), "date", 10),
        lambda p, _lib: text_cell(p.date, "time"),
    ),
    "year": (
        Column("year", marked("Year"), "date", 6),
        lambda p, _lib: text_cell(str(p.year or ""), "time"),
    ),
    "links": (
        Column("links", marked("Links"), "links", 12),
        lambda p, _lib: links_cell(brief(p.links)),
    ),
    "type": (
        Column("type", marked("Type"), "", 10),
        lambda p, _lib: text_cell(p.type),
    ),
    "key": (Column("key", marked("Key")), lambda p, _lib: text_cell(p.key)),
    "values": (Column("values", marked("Recorded values"), "", 10), _values),
    "tags": (
        Column("tags", marked("Tags"), "", 24),
        lambda p, lib: _terms(lib.facets, p, lib),
    ),
    "keywords": (
        Column("keywords", marked("Keywords"), "", 20),
        lambda p, _lib: text_cell(", ".join(p.keywords)),
    ),
}


def default_columns(library: Library) -> tuple[str, ...]:
    """The columns of a table that names none: a badge per numbered facet, paper, venue, date,
    links.
    """
    return (
        *(f.name for f in library.facets.values() if f.numbered),
        "paper",
        "venue",
        "date",
        "links",
    )


def column_names(library: Library) -> tuple[str, ...]:
    """Every column there is, for suggestions."""
    declared = (*STANDARD, *library.facets, *library.vocabulary.fields)
    return tuple(dict.fromkeys((*declared, *sorted(library.fields))))


def column(name: str, library: Library) -> tuple[Column, Maker] | None:
    """The column of a name, with what makes its cells; None if nothing provides it."""
    facet_name, colon, value = name.partition(":")
    if colon:
        return _tick_column(facet_name, value, library)
    if name in STANDARD:
        found, maker = STANDARD[name]
        return found._replace(label=_(found.label)), maker
    if name in library.facets:
        facet = library.facets[name]
        if facet.numbered:
            badges = Column(name, facet.label, "badge", 6)
            return badges, lambda p, lib: _badges(name, p, lib)
        return Column(name, facet.label), lambda p, lib: _terms([name], p, lib)
    label = library.field_label(name)
    if name in library.vocabulary.relations:
        relation = library.vocabulary.relations[name]
        return Column(name, relation.label, "", 20), lambda p, lib: _keys(
            name, p, lib
        )
    if name in {c.title for c in library.vocabulary.catalogues.values()}:
        return Column(name, label, "paper", 20), lambda p, lib: _named(
            name, p, lib
        )
    unpublished = (name in paper.unpublished for paper in library.listed)
    if name in column_names(library) or any(unpublished):
        return Column(name, label, "", 18), lambda p, lib: _field(name, p, lib)
    return None


class Columns:
    """The columns and rows that several views of a library share, each made once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._makers: dict[str, tuple[Column, Maker] | None] = {}
        self._rows: dict[tuple[str, ...], dict[str, tuple[Row, bytes]]] = {}

    def find(self, name: str) -> Column | None:
        """Look up a column by name; None if nothing provides it."""
        found = self._find(name)
        return found[0] if found else None

    def _find(self, name: str) -> tuple[Column, Maker] | None:
        if name not in self._makers:
            self._makers[name] = column(name, self._library)
        return self._makers[name]

    def row(self, names: tuple[str, ...], paper: Paper) -> tuple[Row, bytes]:
        """Give the row of a paper in these columns, and a digest of it. Columns that do not exist
        are left out.
        """
        known = self._rows.setdefault(names, {})
        if paper.key not in known:
            makers = [found[1] for name in names if (found := self._find(name))]
            cells = tuple(make(paper, self._library) for make in makers)
            row = Row(paper.key, cells)
            mark = blake2b(json.dumps(row).encode(), digest_size=12).digest()
            known[paper.key] = (row, mark)
        return known[paper.key]


def _tick_column(
    facet: str, value: str, library: Library
) -> tuple[Column, Maker] | None:
    sets = {
        c: c.tagged(facet, value) for c in (library.papers, library.datasets)
    }
    if all(papers is None for papers in sets.values()):
        return None
    label = library.term_label(facet, value)
    found = set[str]()
    for collection, papers in sets.items():
        found.update(paper.key for paper in collection.of(papers or 0))

    def tick(paper: Paper, _library: Library) -> Cell:
        return in_line(Part("tick", "yes" if paper.key in found else "no"))

    return Column(f"{facet}:{value}", label, "tick", 8), tick
