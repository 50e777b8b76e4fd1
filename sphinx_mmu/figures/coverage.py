"""Coverage: which papers have which values of a facet, as dots."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_mmu.figures.context import DataTable, FigureContext, TermRef, listed
from sphinx_mmu.figures.crosstab import Name
from sphinx_mmu.library.collection import positions
from sphinx_mmu.messages import _
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.vocabulary.vocabulary import Catalogue, Facet

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
    columns: tuple[TermRef, ...]
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
        return tuple(
            sum(row.has[j] for row in self.rows) for j in range(len(self.columns))
        )

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        sums, size = self.sums(), len(self.rows)
        holes = [
            mark.label for mark, n in zip(self.columns, sums, strict=True) if not n
        ]
        if holes:
            noun = self.noun[0] if size == 1 else self.noun[1]
            return _(
                "None of the {entries} covers {values}.",
                entries=f"{size} {noun}",
                values=listed(holes, either=True),
            )
        least = min(range(len(sums)), key=sums.__getitem__)
        return _(
            "Each column is covered; {value} the least, by {number} of {all}.",
            value=self.columns[least].label,
            number=sums[least],
            all=size,
        )

    def sheet(self) -> DataTable:
        """The same in words."""
        rows = (
            (row.name.label, *((_("yes") if has else "–") for has in row.has))
            for row in self.rows
        )
        return DataTable((self.label, *(c.label for c in self.columns)), tuple(rows))


MOST = 24
"""How many columns there are at most: the ones that most papers have."""


def coverage(source: FigureContext, subject: str) -> Coverage | None:
    """The entries of a catalogue, or of the filter alone, by the values of facets."""
    catalogues = source.library.vocabulary.catalogues
    if subject and subject not in catalogues:
        source.bad(
            f"there is no catalogue {subject!r}", did_you_mean(subject, catalogues)
        )
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
    noun = (
        (catalogue.label.lower(), catalogue.plural)
        if catalogue.name
        else (_("paper"), _("papers"))
    )
    label = catalogue.label or _("Paper")
    left_out = sum(max(0, len(group) - MOST) for group in columns)
    return Coverage(
        label,
        noun,
        marks,
        tuple(f.label for f in facets),
        starts,
        tuple(maker.blocks(entries)),
        left_out,
    )


def _columns(source: FigureContext, facet: Facet) -> list[TermRef]:
    """The values that any paper has, the most frequent first, whatever the filter."""
    everywhere = [
        (v, source.library.papers.tagged(facet.name, v) or 0)
        for v in source.values(facet)
    ]
    used = sorted(
        ((v, papers) for v, papers in everywhere if papers),
        key=lambda e: -e[1].bit_count(),
    )
    return [source.mark(facet, v) for v, _papers in used]


class _Rows(NamedTuple):
    source: FigureContext
    catalogue: Catalogue
    marks: tuple[TermRef, ...]

    def blocks(self, entries: list[Paper]) -> list[Block]:
        """The entries by the groups of the catalogue."""
        facet = self.source.library.facets.get(self.catalogue.group_by)
        groups: dict[str, list[Paper]] = (
            {value: [] for value in self.source.values(facet)} if facet else {}
        )
        for paper in entries:
            values = paper.tags.get(facet.name, ()) if facet else ()
            groups.setdefault(values[0].partition("/")[0] if values else "", []).append(
                paper
            )
        heads = {
            v: self.source.mark(facet, v).label if facet and v else "" for v in groups
        }
        return [
            Block(heads[v], tuple(map(self.row, own)))
            for v, own in groups.items()
            if own
        ]

    def row(self, paper: Paper) -> Covered:
        """One entry, by the name that its catalogue has for it."""
        label = (
            paper.fields.get(self.catalogue.title, "")
            or self.source.library.labels[paper.key]
        )
        at = 1 << self.source.library.papers.position[paper.key]
        tags = (mark.tag.partition(":") for mark in self.marks)
        has = tuple(
            bool((self.source.library.papers.tagged(f, v) or 0) & at)
            for f, _colon, v in tags
        )
        return Covered(Name(paper.key, label), has)
