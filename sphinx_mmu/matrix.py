"""Two facets crossed: how many papers have both values, and where that is surprisingly none."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_mmu.library import Collection, Library, ordered_values

MOST = 24
"""How many values an axis shows: the ones with the most papers."""


class Value(NamedTuple):
    """One row or column: the value, its label, its papers as a set, and how many those are."""

    value: str
    label: str
    papers: int
    size: int


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
            values.append(Value(value, library.term_label(name, value), papers, papers.bit_count()))
    largest = {v.value for v in sorted(values, key=lambda v: -v.size)[:MOST]}
    shown = tuple(v for v in values if v.value in largest)
    return Axis(name, facet.label, shown, len(values) - len(shown))


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


def finding(matrix: Matrix) -> str:
    """What the picture shows, in a sentence."""
    size = len(matrix.rows.values) * len(matrix.columns.values)
    if not matrix.gaps:
        return f"No gap: no empty cell of {size} stands where the totals let expect papers."
    first = matrix.gaps[0]
    row, column = matrix.rows.values[first.row].label, matrix.columns.values[first.column].label
    number = f"{len(matrix.gaps)} gaps" if len(matrix.gaps) > 1 else "One gap"
    return f"{number} among {size} combinations; the widest is {row} × {column}."
