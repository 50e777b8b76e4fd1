"""Crosstab: two facets crossed, with the papers of each cell by name."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_mmu.figures.context import DataTable, FigureContext, TermRef
from sphinx_mmu.library.collection import positions
from sphinx_mmu.messages import _, counted

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
        meets = [
            (c, sum(bool(row[j]) for row in self.cells))
            for j, c in enumerate(self.columns)
            if c.tag
        ]
        (most, high), *rest = sorted(meets, key=lambda m: -m[1])
        rows, value = len(self.rows), most.label
        if high == rows > 1:
            text = _("{value} has papers in each of the {n} rows", value=value, n=rows)
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

    def sheet(self) -> DataTable:
        """The same as a table of texts."""
        rows = zip(self.rows, self.cells, strict=True)
        heads = (self.rows_label, *(c.label for c in self.columns))
        return DataTable(
            heads,
            tuple(
                (mark.label, *(self.text(cell) for cell in cells))
                for mark, cells in rows
            ),
        )

    def text(self, cell: tuple[Name, ...]) -> str:
        """A cell in words."""
        more = len(cell) - self.most
        rest = [_("{n} more", n=more)] if more > 0 else []
        return ", ".join([*(name.label for name in cell[: self.most]), *rest]) or _(
            "none"
        )


def crossing(source: FigureContext, _subject: str) -> Crossing | None:
    """Two facets crossed, with a last column for papers that have nothing of the second."""
    usual = zip(("rows", "columns"), [*source.library.facets, "", ""], strict=False)
    names = [source.options.get(name) or default for name, default in usual]
    if "" in names or names[0] == names[1]:
        source.bad("crossing needs two facets", "name them with :rows: and :columns:")
        return None
    rows, columns = map(source.facet, names)
    if rows is None or columns is None:
        return None
    down = [(source.mark(rows, v), source.papers(rows, v)) for v in source.values(rows)]
    across = [
        (source.mark(columns, v), source.papers(columns, v))
        for v in source.values(columns)
    ]
    rest = source.found
    for _mark, papers in across:
        rest &= ~papers
    down = [(mark, papers) for mark, papers in down if papers]
    across = [(mark, papers) for mark, papers in across if papers]
    if any(papers & rest for _mark, papers in down):
        across.append((TermRef("", _("No {facet}", facet=columns.label.lower())), rest))
    if not down or not any(mark.tag for mark, _papers in across):
        return None
    cells = tuple(tuple(_names(source, r & c) for _c, c in across) for _r, r in down)
    marks = (
        tuple(mark for mark, _papers in down),
        tuple(mark for mark, _papers in across),
    )
    return Crossing(rows.label, columns.label, *marks, cells, source.number("limit", 6))


def _names(source: FigureContext, papers: int) -> tuple[Name, ...]:
    found = (source.library.papers.papers[i].key for i in positions(papers))
    names = (Name(key, source.library.labels[key]) for key in found)
    return tuple(sorted(names, key=lambda n: (n.label.casefold(), n.key)))
