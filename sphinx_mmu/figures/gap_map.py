"""The gap map: two facets crossed, how many papers have both values, and where there are
surprisingly none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sphinx_mmu.figures.context import DataTable, FigureContext, TermRef
from sphinx_mmu.library.collection import ordered_values, union
from sphinx_mmu.messages import _, counted
from sphinx_mmu.problems import Code, Problem, did_you_mean

_DEPTH = re.compile(r"[1-9][0-9]?")
MOST = 24
"""How many values an axis shows: the ones with the most papers."""


class AxisValue(NamedTuple):
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
    values: tuple[AxisValue, ...]
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

    def table(self) -> DataTable:
        """Give the counts as a table; a gap is called so."""
        gaps = {(gap.row, gap.column) for gap in self.gaps}
        rows = []
        for i, value in enumerate(self.rows.values):
            counts = enumerate(self.cells[i])
            texts = [_("gap") if (i, j) in gaps else str(n) for j, n in counts]
            rows.append((value.label, *texts))
        heads = (self.rows.label, *(v.label for v in self.columns.values))
        return DataTable(heads, tuple(rows))

    def pair(self, gap: Gap) -> str:
        """Name a cell."""
        return f"{self.rows.values[gap.row].label} × {self.columns.values[gap.column].label}"

    def widest(self) -> str:
        """List the first five gaps with the number of papers that the totals suggest; empty without
        gaps.
        """
        texts = []
        for gap in self.gaps[:5]:
            expected = _("{number} expected", number=tenths(gap.expected))
            texts.append(f"{self.pair(gap)}, {expected}")
        return "; ".join(texts)

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
        return tuple(
            (shade, counts[0], counts[-1]) for shade, counts in known.items()
        )


def gap_map(context: FigureContext, _subject: str) -> GapMap | None:
    """Cross the facets that the options ``rows`` and ``columns`` name (``topic/2``: its second
    level).
    """
    axes = [_axis(context, spec) for spec in context.sides("a gap map")]
    rows, columns = axes or (None, None)
    if rows is None or columns is None:
        return None
    for axis in (rows, columns):
        if not axis.values:
            if context.found and not context.empty_ok:
                message = f"none of these papers has a value of {axis.spec!r}"
                hint = "name other facets with :rows: and :columns:, or correct the filter"
                context.problems.append(
                    Problem(Code.EMPTY_RESULT, message, hint=hint)
                )
            return None
    return _crossed(context, rows, columns, context.number("expect", 1))


def _axis(context: FigureContext, spec: str) -> Axis | None:
    """The values of a facet that papers have, at the depth that the spec names."""
    name, _slash, depth = spec.partition("/")
    facet = context.library.facets.get(name)
    if facet is None or (depth and not _DEPTH.fullmatch(depth)):
        hint = did_you_mean(name, context.library.facets)
        message = f"there is no facet {spec!r} to count by"
        context.problems.append(Problem(Code.UNKNOWN_FACET, message, hint=hint))
        return None
    level = int(depth or 1)
    values = []
    for value in ordered_values(context.library.papers, facet):
        papers = context.papers(facet, value)
        if papers and value.count("/") + 1 == level:
            label = context.library.term_label(name, value)
            top = context.term_ref(facet, value.partition("/")[0])
            size = papers.bit_count()
            badge = top if top.number else None
            values.append(AxisValue(value, label, papers, size, badge))
    largest = {v.value for v in sorted(values, key=lambda v: -v.size)[:MOST]}
    shown = tuple(v for v in values if v.value in largest)
    papers = union(one.papers for one in values)
    return Axis(
        spec, name, facet.label, shown, len(values) - len(shown), papers
    )


def _crossed(
    context: FigureContext, rows: Axis, columns: Axis, expect: int
) -> GapMap:
    """Count every cell, and find the gaps among the papers that both sides have."""
    common = rows.papers & columns.papers
    both = common.bit_count()
    heights = [(row.papers & common).bit_count() for row in rows.values]
    widths = [(column.papers & common).bit_count() for column in columns.values]
    cells = []
    gaps = []
    for i, row in enumerate(rows.values):
        counts = tuple(
            (row.papers & column.papers).bit_count()
            for column in columns.values
        )
        cells.append(counts)
        for j in range(len(columns.values)):
            product = heights[i] * widths[j]
            if not counts[j] and product and product >= expect * both:
                gaps.append(Gap(i, j, product / both))
    gaps.sort(key=lambda gap: (-gap.expected, gap.row, gap.column))
    total = context.found.bit_count()
    tags = []
    for name, facet in context.library.facets.items():
        values = ordered_values(context.library.papers, facet)
        tags += [f"{name}:{value}" for value in values]
    return GapMap(
        rows,
        columns,
        tuple(cells),
        total,
        both,
        expect,
        tuple(gaps),
        tuple(tags),
    )


def tenths(number: float) -> str:
    """A number with one decimal, rounded as the script does it."""
    rounded = int(number * 10 + 0.5)
    return f"{rounded // 10}.{rounded % 10}"
