"""Two facets crossed: how many papers have both values, and where that is surprisingly none."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_mmu.cells import Part, badge
from sphinx_mmu.collection import Collection, ordered_values
from sphinx_mmu.library import Library
from sphinx_mmu.vocabulary import Facet

MOST = 24
"""How many values an axis shows: the ones with the most papers."""


class Value(NamedTuple):
    """One row or column: the value, its label, its papers as a set, how many those are, and its number badge."""

    value: str
    label: str
    papers: int
    size: int
    mark: Part | None = None


class Axis(NamedTuple):
    """One side of a matrix: a facet at one depth. ``left_out`` values had too few papers to be shown."""

    facet: str
    label: str
    values: tuple[Value, ...]
    left_out: int


class Gap(NamedTuple):
    """A cell without papers, and how many would stand there if only the totals mattered."""

    row: int
    column: int
    expected: float


class Matrix(NamedTuple):
    """Counts of papers by two facets. A paper with several values counts in each of their cells, once in totals."""

    rows: Axis
    columns: Axis
    cells: tuple[tuple[int, ...], ...]
    total: int
    gaps: tuple[Gap, ...]


def axis(library: Library, collection: Collection, found: int, spec: str) -> Axis | None:
    """The values of a facet that papers of a set have. ``stage/2`` means the terms of the second level."""
    name, _, depth = spec.partition("/")
    facet = library.facets.get(name)
    if facet is None or (depth and not depth.isdigit()):
        return None
    level = int(depth or 1)
    values = []
    for value in ordered_values(collection, facet):
        papers = (collection.tagged(name, value) or 0) & found
        if papers and value.count("/") + 1 == level:
            label, mark = library.term_label(name, value), _mark(library, facet, value)
            values.append(Value(value, label, papers, papers.bit_count(), mark))
    largest = {v.value for v in sorted(values, key=lambda v: -v.size)[:MOST]}
    shown = tuple(v for v in values if v.value in largest)
    return Axis(name, facet.label, shown, len(values) - len(shown))


def _mark(library: Library, facet: Facet, value: str) -> Part | None:
    """The badge of the top term that a value of a numbered facet is, or is below of."""
    top = library.vocabulary.term(f"{facet.name}:{value.partition('/')[0]}") if facet.numbered else None
    return badge(top) if top else None


def cross(rows: Axis, columns: Axis, found: int, expect: float) -> Matrix:
    """Count every cell; an empty one is a gap where row × column ÷ all is ``expect`` or more."""
    total = found.bit_count()
    cells = tuple(tuple((r.papers & c.papers).bit_count() for c in columns.values) for r in rows.values)
    gaps = (
        Gap(i, j, r.size * c.size / total)
        for i, r in enumerate(rows.values)
        for j, c in enumerate(columns.values)
        if not cells[i][j] and r.size * c.size >= expect * total
    )
    return Matrix(rows, columns, cells, total, tuple(sorted(gaps, key=lambda g: (-g.expected, g.row, g.column))))


def shades(matrix: Matrix) -> dict[int, int]:
    """Count → shade from 1 to 5: fifths of the filled cells, equal counts alike."""
    filled = sorted(n for row in matrix.cells for n in row if n)
    return {n: 1 + 5 * filled.index(n) // len(filled) for n in filled}


def scale(matrix: Matrix) -> tuple[tuple[int, int, int], ...]:
    """What the shades mean: each with the least and the greatest count that has it."""
    known: dict[int, list[int]] = {}
    for count, shade in sorted(shades(matrix).items()):
        known.setdefault(shade, []).append(count)
    return tuple((shade, counts[0], counts[-1]) for shade, counts in known.items())


def finding(matrix: Matrix) -> str:
    """What the picture shows, in a sentence."""
    size = len(matrix.rows.values) * len(matrix.columns.values)
    if not matrix.gaps:
        return f"No gap among {size} combinations: every cell has papers where the totals suggest some."
    number = f"{len(matrix.gaps)} gaps" if len(matrix.gaps) > 1 else "One gap"
    return f"{number} among {size} combinations; the widest is {pair(matrix, matrix.gaps[0])}."


def pair(matrix: Matrix, gap: Gap) -> str:
    """The name of a cell."""
    return f"{matrix.rows.values[gap.row].label} × {matrix.columns.values[gap.column].label}"


def widest(matrix: Matrix, most: int = 5) -> str:
    """The first of the gaps with the number of papers that the totals suggest there, in words; "" without gaps."""
    return "; ".join(f"{pair(matrix, g)}, {tenths(g.expected)} expected" for g in matrix.gaps[:most])


def tenths(number: float) -> str:
    """A number with one decimal, rounded as the script does it."""
    rounded = int(number * 10 + 0.5)
    return f"{rounded // 10}.{rounded % 10}"
