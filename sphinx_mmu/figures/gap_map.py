"""The gap map: two facets crossed, how many papers have both values, and where there are
surprisingly none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sphinx_mmu.figures.context import DataTable, FigureContext, TermRef
from sphinx_mmu.library.collection import ordered_values
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import _, counted
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.vocabulary.vocabulary import Facet

_DEPTH = re.compile(r"[1-9][0-9]?")
MOST = 24
"""How many values an axis shows: the ones with the most papers."""


class Value(NamedTuple):
    """One row or column: the value, its label, its papers as a set and their number, and its
    numbered top term.
    """

    value: str
    label: str
    papers: int
    size: int
    top: TermRef | None = None


class Axis(NamedTuple):
    """One side of a map: a facet at one depth. ``left_out`` values had too few papers to be
    shown; ``papers`` is the set of those that have any value.
    """

    spec: str
    facet: str
    label: str
    values: tuple[Value, ...]
    left_out: int
    papers: int


class Gap(NamedTuple):
    """A cell without papers, and how many papers the totals suggest for it."""

    row: int
    column: int
    expected: float


class GapMap(NamedTuple):
    """Counts of papers by two facets. A paper with several values counts in each of their cells,
    once in totals.

    ``both`` papers have a value on either side. Among them, if the two sides were independent, a
    cell would have row total × column total ÷ ``both`` papers; a gap is an empty cell for which
    this is ``expect`` or more. ``tags`` are all that a reader may choose to cross instead.
    """

    rows: Axis
    columns: Axis
    cells: tuple[tuple[int, ...], ...]
    total: int
    both: int
    expect: int
    gaps: tuple[Gap, ...]
    tags: tuple[str, ...]

    def finding(self) -> str:
        """Describe in a sentence what the map shows."""
        size = len(self.rows.values) * len(self.columns.values)
        if not self.gaps:
            return _(
                "No gap among {size} combinations: every cell has papers where the totals suggest"
                " some.",
                size=size,
            )
        return counted(
            "One gap among {size} combinations: {pair}.",
            "{n} gaps among {size} combinations; the widest is {pair}.",
            len(self.gaps),
            size=size,
            pair=self.pair(self.gaps[0]),
        )

    def sheet(self) -> DataTable:
        """Give the counts as a table; a gap is called so."""
        gaps = {(gap.row, gap.column) for gap in self.gaps}
        rows = []
        for i, value in enumerate(self.rows.values):
            texts = [
                _("gap") if (i, j) in gaps else str(n)
                for j, n in enumerate(self.cells[i])
            ]
            rows.append((value.label, *texts))
        return DataTable(
            (self.rows.label, *(v.label for v in self.columns.values)), tuple(rows)
        )

    def pair(self, gap: Gap) -> str:
        """Name a cell."""
        return f"{self.rows.values[gap.row].label} × {self.columns.values[gap.column].label}"

    def widest(self, most: int = 5) -> str:
        """List the first gaps with the number of papers that the totals suggest; empty without
        gaps.
        """
        first = self.gaps[:most]
        return "; ".join(
            f"{self.pair(gap)}, {_('{number} expected', number=tenths(gap.expected))}"
            for gap in first
        )

    def shades(self) -> dict[int, int]:
        """Map each count to its shade from 1 to 5: fifths of the filled cells, equal counts
        alike.
        """
        filled = sorted(n for row in self.cells for n in row if n)
        return {n: 1 + 5 * filled.index(n) // len(filled) for n in filled}

    def scale(self) -> tuple[tuple[int, int, int], ...]:
        """List the shades, each with the least and the greatest count that has it."""
        known: dict[int, list[int]] = {}
        for count, shade in sorted(self.shades().items()):
            known.setdefault(shade, []).append(count)
        return tuple((shade, counts[0], counts[-1]) for shade, counts in known.items())


def gap_map(source: FigureContext, _subject: str) -> GapMap | None:
    """Cross the facets that the options ``rows`` and ``columns`` name (``stage/2``: its second
    level).
    """
    first, second = [*source.library.facets, "", ""][:2]
    specs = [
        source.options.get("rows") or first,
        source.options.get("columns") or second,
    ]
    if "" in specs or specs[0] == specs[1]:
        source.bad("a gap map needs two facets", "name them with :rows: and :columns:")
        return None
    axes = [_axis(source, spec) for spec in specs]
    rows, columns = axes
    if rows is None or columns is None:
        return None
    empty = next((a for a in axes if a and not a.values), None)
    if empty and source.found and not source.empty_ok:
        message = f"none of these papers has a value of {empty.spec!r}"
        source.problems.append(Problem(Code.EMPTY_RESULT, message))
    if empty:
        return None
    return _crossed(source, rows, columns, source.number("expect", 1))


def _axis(source: FigureContext, spec: str) -> Axis | None:
    """The values of a facet that papers have, at the depth that the spec names."""
    name, _slash, depth = spec.partition("/")
    facet = source.library.facets.get(name)
    if facet is None or (depth and not _DEPTH.fullmatch(depth)):
        hint = did_you_mean(name, source.library.facets)
        message = f"there is no facet {spec!r} to count by"
        source.problems.append(Problem(Code.UNKNOWN_FACET, message, hint=hint))
        return None
    level = int(depth or 1)
    values = []
    for value in ordered_values(source.library.papers, facet):
        papers = source.papers(facet, value)
        if papers and value.count("/") + 1 == level:
            label = source.library.term_label(name, value)
            top = _top(source, facet, value)
            values.append(Value(value, label, papers, papers.bit_count(), top))
    largest = {v.value for v in sorted(values, key=lambda v: -v.size)[:MOST]}
    shown = tuple(v for v in values if v.value in largest)
    papers = 0
    for one in values:
        papers |= one.papers
    return Axis(spec, name, facet.label, shown, len(values) - len(shown), papers)


def _top(source: FigureContext, facet: Facet, value: str) -> TermRef | None:
    """The top term of a value of a numbered facet."""
    tag = f"{facet.name}:{value.partition('/')[0]}"
    term = source.library.vocabulary.term(tag) if facet.numbered else None
    return TermRef(term.tag, term.short or term.label, term.order) if term else None


def _crossed(source: FigureContext, rows: Axis, columns: Axis, expect: int) -> GapMap:
    """Count every cell, and find the gaps among the papers that both sides have."""
    common = rows.papers & columns.papers
    both = common.bit_count()
    heights = [(row.papers & common).bit_count() for row in rows.values]
    widths = [(column.papers & common).bit_count() for column in columns.values]
    cells, gaps = [], []
    for i, row in enumerate(rows.values):
        counts = tuple(
            (row.papers & column.papers).bit_count() for column in columns.values
        )
        cells.append(counts)
        for j in range(len(columns.values)):
            product = heights[i] * widths[j]
            if not counts[j] and product and product >= expect * both:
                gaps.append(Gap(i, j, product / both))
    gaps.sort(key=lambda gap: (-gap.expected, gap.row, gap.column))
    total, tags = source.found.bit_count(), _tags(source.library)
    return GapMap(rows, columns, tuple(cells), total, both, expect, tuple(gaps), tags)


def _tags(library: Library) -> tuple[str, ...]:
    """Every value of every facet."""
    return tuple(
        f"{facet.name}:{value}"
        for facet in library.facets.values()
        for value in ordered_values(library.papers, facet)
    )


def tenths(number: float) -> str:
    """A number with one decimal, rounded as the script does it."""
    rounded = int(number * 10 + 0.5)
    return f"{rounded // 10}.{rounded % 10}"
