"""Figures that cross: terms by terms with the papers in the cells, and entries by what they cover."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_mmu.collection import positions
from sphinx_mmu.model import Paper
from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.source import Mark, Sheet, Source, listed, plural
from sphinx_mmu.vocabulary import Catalogue, Facet

NONE = "none"
"""What stands in a cell without papers."""


# --- terms by terms


class Name(NamedTuple):
    """A paper by its short name."""

    key: str
    label: str


class Crossing(NamedTuple):
    """The papers of two terms in each cell, in order of names; ``most`` are named. A mark without a tag: no term."""

    rows_label: str
    columns_label: str
    rows: tuple[Mark, ...]
    columns: tuple[Mark, ...]
    cells: tuple[tuple[tuple[Name, ...], ...], ...]
    most: int

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        meets = [(c, sum(bool(row[j]) for row in self.cells)) for j, c in enumerate(self.columns) if c.tag]
        (most, high), *rest = sorted(meets, key=lambda m: -m[1])
        every = f"{high} of {plural(len(self.rows), 'row')}"
        every = f"each of the {len(self.rows)} rows" if high == len(self.rows) > 1 else every
        text = f"{most.label} has papers in {every}"
        return f"{text}, {rest[-1][0].label} in {rest[-1][1]}." if rest else f"{text}."

    def sheet(self) -> Sheet:
        """The same as a table of texts."""
        rows = zip(self.rows, self.cells, strict=True)
        heads = (self.rows_label, *(c.label for c in self.columns))
        return Sheet(heads, tuple((mark.label, *(self.text(cell) for cell in cells)) for mark, cells in rows))

    def text(self, cell: tuple[Name, ...]) -> str:
        """A cell in words."""
        more = [f"{len(cell) - self.most} more"] if len(cell) > self.most else []
        return ", ".join([*(name.label for name in cell[: self.most]), *more]) or NONE


def crossing(source: Source, _subject: str) -> Crossing | None:
    """Two facets crossed, with a last column for papers that have nothing of the second."""
    usual = zip(("rows", "columns"), [*source.library.facets, "", ""], strict=False)
    names = [source.options.get(name) or default for name, default in usual]
    if "" in names:
        source.bad("crossing needs two facets", "name them with :rows: and :columns:")
        return None
    rows, columns = map(source.facet, names)
    if rows is None or columns is None:
        return None
    down = [(source.mark(rows, v), source.papers(rows, v)) for v in source.values(rows)]
    across = [(source.mark(columns, v), source.papers(columns, v)) for v in source.values(columns)]
    rest = source.found
    for _mark, papers in across:
        rest &= ~papers
    down = [(mark, papers) for mark, papers in down if papers]
    across = [(mark, papers) for mark, papers in across if papers]
    if any(papers & rest for _mark, papers in down):
        across.append((Mark("", f"No {columns.label.lower()}"), rest))
    if not down or not any(mark.tag for mark, _papers in across):
        return None
    cells = tuple(tuple(_names(source, r & c) for _c, c in across) for _r, r in down)
    marks = (tuple(mark for mark, _papers in down), tuple(mark for mark, _papers in across))
    return Crossing(rows.label, columns.label, *marks, cells, source.number("limit", 6))


def _names(source: Source, papers: int) -> tuple[Name, ...]:
    found = (source.library.papers.papers[i].key for i in positions(papers))
    names = (Name(key, source.library.labels[key]) for key in found)
    return tuple(sorted(names, key=lambda n: (n.label.casefold(), n.key)))


# --- what entries cover


class Covered(NamedTuple):
    """An entry and which of the columns it has."""

    name: Name
    has: tuple[bool, ...]


class Block(NamedTuple):
    """Entries under one heading; the heading of an ungrouped figure is empty."""

    heading: str
    rows: tuple[Covered, ...]


class Coverage(NamedTuple):
    """Entries by the terms that they have. ``starts`` are the columns that a facet begins with."""

    label: str
    noun: tuple[str, str]
    columns: tuple[Mark, ...]
    facets: tuple[str, ...]
    starts: tuple[int, ...]
    blocks: tuple[Block, ...]
    left_out: int

    @property
    def rows(self) -> tuple[Covered, ...]:
        """All entries."""
        return tuple(row for block in self.blocks for row in block.rows)

    def sums(self) -> tuple[int, ...]:
        """How many entries have each column."""
        return tuple(sum(row.has[j] for row in self.rows) for j in range(len(self.columns)))

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        sums, size = self.sums(), len(self.rows)
        holes = [mark.label for mark, n in zip(self.columns, sums, strict=True) if not n]
        if holes:
            return f"None of the {plural(size, *self.noun)} covers {listed(holes, 'or')}."
        least = min(range(len(sums)), key=sums.__getitem__)
        return f"Each column is covered; {self.columns[least].label} the least, by {sums[least]} of {size}."

    def sheet(self) -> Sheet:
        """The same in words."""
        rows = ((row.name.label, *(("yes" if has else "–") for has in row.has)) for row in self.rows)
        return Sheet((self.label, *(c.label for c in self.columns)), tuple(rows))


MOST = 24
"""How many columns there are at most: the ones that most papers have."""


def coverage(source: Source, subject: str) -> Coverage | None:
    """The entries of a catalogue, or of the filter alone, by the values of facets."""
    catalogues = source.library.vocabulary.catalogues
    if subject and subject not in catalogues:
        source.bad(f"there is no catalogue {subject!r}", did_you_mean(subject, catalogues))
    catalogue = catalogues.get(subject, Catalogue(""))
    if not source.words("columns"):
        source.bad("coverage needs :columns:", "name one or more facets")
    facets = [f for name in source.words("columns") if (f := source.facet(name))]
    columns = [_columns(source, facet) for facet in facets]
    entries = [source.library.papers.papers[i] for i in positions(source.found)]
    if not entries or not any(columns):
        return None
    marks = tuple(mark for group in columns for mark in group[:MOST])
    starts = tuple(sum(len(g[:MOST]) for g in columns[:i]) for i in range(len(columns)))
    maker = _Rows(source, catalogue, marks)
    noun = (catalogue.label.lower(), catalogue.plural) if catalogue.name else ("paper", "papers")
    label = catalogue.label or "Paper"
    left_out = sum(max(0, len(group) - MOST) for group in columns)
    return Coverage(label, noun, marks, tuple(f.label for f in facets), starts, tuple(maker.blocks(entries)), left_out)


def _columns(source: Source, facet: Facet) -> list[Mark]:
    """The values that any paper has, the most frequent first, whatever the filter."""
    everywhere = [(v, source.library.papers.tagged(facet.name, v) or 0) for v in source.values(facet)]
    used = sorted(((v, papers) for v, papers in everywhere if papers), key=lambda e: -e[1].bit_count())
    return [source.mark(facet, v) for v, _papers in used]


class _Rows(NamedTuple):
    source: Source
    catalogue: Catalogue
    marks: tuple[Mark, ...]

    def blocks(self, entries: list[Paper]) -> list[Block]:
        """The entries by the groups of the catalogue."""
        facet = self.source.library.facets.get(self.catalogue.group_by)
        groups: dict[str, list[Paper]] = {value: [] for value in self.source.values(facet)} if facet else {}
        for paper in entries:
            values = paper.tags.get(facet.name, ()) if facet else ()
            groups.setdefault(values[0].partition("/")[0] if values else "", []).append(paper)
        heads = {v: self.source.mark(facet, v).label if facet and v else "" for v in groups}
        return [Block(heads[v], tuple(map(self.row, own))) for v, own in groups.items() if own]

    def row(self, paper: Paper) -> Covered:
        """One entry, by the name that its catalogue has for it."""
        label = paper.fields.get(self.catalogue.title, "") or self.source.library.labels[paper.key]
        at = 1 << self.source.library.papers.position[paper.key]
        tags = (mark.tag.partition(":") for mark in self.marks)
        has = tuple(bool((self.source.library.papers.tagged(f, v) or 0) & at) for f, _colon, v in tags)
        return Covered(Name(paper.key, label), has)
