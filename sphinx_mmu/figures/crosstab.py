"""Crosstab: two facets crossed, with the papers of each cell by name."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_mmu.figures.context import FigureContext, TermRef
from sphinx_mmu.library.collection import union
from sphinx_mmu.messages import _, counted, lower_first
from sphinx_mmu.vocabulary.vocabulary import Facet

# --- terms by terms


class Name(NamedTuple):
    """A paper by its short name."""

    key: str
    label: str


class Crossing(NamedTuple):
    """The papers of two terms in each cell, in order of names; ``most`` are named. A mark without a
    tag: no term.
    """

    rows_label: str
    columns_label: str
    rows: tuple[TermRef, ...]
    columns: tuple[TermRef, ...]
    cells: tuple[tuple[tuple[Name, ...], ...], ...]
    most: int

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        meets = []
        for j, mark in enumerate(self.columns):
            if mark.tag:
                filled = [row for row in self.cells if row[j]]
                meets.append((mark, len(filled)))
        (most, high), *rest = sorted(meets, key=lambda m: -m[1])
        rows = len(self.rows)
        value = most.label
        if high == rows > 1:
            text = _(
                "{value} has papers in each of the {n} rows",
                value=value,
                n=rows,
            )
        else:
            text = counted(
                "{value} has papers in {number} of {n} row",
                "{value} has papers in {number} of {n} rows",
                rows,
                value=value,
                number=high,
            )
        if not rest:
            return f"{text}."
        (least, low) = rest[-1]
        return _(
            "{finding}, {value} in {number}.",
            finding=text,
            value=least.label,
            number=low,
        )


def crossing(context: FigureContext, _subject: str) -> Crossing | None:
    """Two facets crossed, with a last column for papers that have nothing of the second."""
    facets = [context.facet(name) for name in context.sides("crossing")]
    rows, columns = facets or (None, None)
    if rows is None or columns is None:
        return None
    down, across = _used(context, rows), _used(context, columns)
    rest = context.found & ~union(papers for _mark, papers in across)
    if any(papers & rest for _mark, papers in down):
        across.append(
            (
                TermRef("", _("No {facet}", facet=lower_first(columns.label))),
                rest,
            )
        )
    if not down or not any(mark.tag for mark, _papers in across):
        return None
    left = tuple(mark for mark, _papers in down)
    top = tuple(mark for mark, _papers in across)
    cells = []
    for _mark, papers in down:
        row = (_names(context, papers & others) for _mark, others in across)
        cells.append(tuple(row))
    most = context.number("limit", 6)
    return Crossing(rows.label, columns.label, left, top, tuple(cells), most)


def _used(context: FigureContext, facet: Facet) -> list[tuple[TermRef, int]]:
    """The values that papers of the filter have, with these."""
    marked = context.term_refs(facet, context.values(facet))
    return [(mark, papers) for mark, papers in marked if papers]


def _names(context: FigureContext, papers: int) -> tuple[Name, ...]:
    found = context.library.papers.of(papers)
    names = (
        Name(paper.key, context.library.labels[paper.key]) for paper in found
    )
    return tuple(sorted(names, key=lambda n: (n.label.casefold(), n.key)))
