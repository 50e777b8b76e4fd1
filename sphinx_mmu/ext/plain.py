"""Figures in words and tables: what EPUB, text and the other builders show, and LaTeX beside its drawings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import _

from sphinx_mmu.branches import Branch, Directions, Pipeline, Tree, sign
from sphinx_mmu.cells import Part
from sphinx_mmu.crossing import Coverage, Crossing, Name
from sphinx_mmu.ext.nodes import mmu_drawing
from sphinx_mmu.series import Sparks, Timeline
from sphinx_mmu.source import Mark, Sheet
from sphinx_mmu.views import Figure, View

if TYPE_CHECKING:
    from sphinx_mmu.ext.expand import Expander

MOST = 8
"""Columns that a page has room for; wider tables become lists."""
_DRAWN = (Pipeline, Timeline, Sparks, Tree)
"""The figures that LaTeX can draw; the others are tables anyway."""
_NOTHING = frozenset({"", "0", "–"})


def figure_nodes(expander: Expander, view: View) -> list[nodes.Node]:
    """What the figure shows in words, and its data with links."""
    figure = view.figure
    if figure is None:
        return [nodes.paragraph("", _("Nothing matches."))]
    placed = figure.placed() if isinstance(figure, Tree) else ""
    finding = " ".join(filter(None, (figure.finding(), view.request.caption, placed)))
    drawn = expander.domain.renderer.builder.name == "latex" and isinstance(figure, _DRAWN)
    drawing = [mmu_drawing("", figure=figure)] if drawn else []
    data = [] if drawn and isinstance(figure, Tree) else [_data(_Writer(expander), figure)]  # a tree has all names
    return [nodes.paragraph("", finding), *drawing, *data]


def _data(writer: _Writer, figure: Figure) -> nodes.Node:
    match figure:
        case Tree():
            return writer.branches(figure.branches)
        case Coverage():
            return writer.coverage(figure)
        case Crossing() if len(figure.columns) < MOST:
            return writer.crossing(figure)
        case _:
            sheet = figure.sheet()
            return writer.table(sheet, _marks(figure)) if len(sheet.heads) <= MOST else writer.outline(sheet)


def _marks(figure: Figure) -> list[Mark]:
    """The terms that the rows of a figure's table are about."""
    match figure:
        case Pipeline():
            return [station.mark for station in figure.stations]
        case Directions():
            return [measure.mark for measure in figure.measures()]
        case _:
            return []


class _Writer:
    """Makes nodes for one figure."""

    def __init__(self, expander: Expander) -> None:
        self.expander = expander

    def term(self, mark: Mark, text: str = "") -> nodes.Node:
        """A link to a term, or the bare name of what is none."""
        label = text or mark.label
        return self.expander.part(Part("term", label, mark.tag)) if mark.tag else nodes.Text(label)

    def names(self, names: Iterable[tuple[str, str]], more: int = 0) -> list[nodes.Node]:
        """Links to entries, with commas between them."""
        found: list[nodes.Node] = []
        for key, label in names:
            found += [nodes.Text(", ")] if found else []
            found.append(self.expander.part(Part("entry", label, key)))
        return [*found, nodes.Text(f", {_('%d more') % more}")] if more else found

    # --- tables
    def table(self, sheet: Sheet, marks: list[Mark]) -> nodes.table:
        """The table behind a drawing; the first cells lead to terms where rows are about some."""
        widths = [max(len(row[i]) for row in (sheet.heads, *sheet.rows)) for i in range(len(sheet.heads))]
        rows = []
        for i, texts in enumerate(sheet.rows):
            first = self.term(marks[i], texts[0]) if marks else nodes.Text(texts[0])
            rest: list[list[nodes.Node]] = [[nodes.Text(text)] for text in texts[1:]]
            rows.append(_row([[first], *rest]))
        return self.expander.table([(head, min(40, w)) for head, w in zip(sheet.heads, widths, strict=True)], rows)

    def crossing(self, figure: Crossing) -> nodes.table:
        """Names in cells."""
        heads = [(figure.rows_label, 16), *((c.label, 14) for c in figure.columns)]
        rows = []
        for mark, cells in zip(figure.rows, figure.cells, strict=True):
            rows.append(_row([[self.term(mark)], *(self._named(cell, figure.most) for cell in cells)]))
        return self.expander.table(heads, rows)

    def _named(self, cell: tuple[Name, ...], most: int) -> list[nodes.Node]:
        return self.names(cell[:most], max(0, len(cell) - most)) or [nodes.Text(_("none"))]

    # --- lists
    def outline(self, sheet: Sheet) -> nodes.bullet_list:
        """A table that is too wide: what is in each row, by the heads of its columns."""
        items = []
        for first, *texts in sheet.rows:
            filled = [f"{h} {t}" for h, t in zip(sheet.heads[1:], texts, strict=True) if t not in _NOTHING]
            items.append(_item([nodes.Text(f"{first}: {', '.join(filled) or _('none')}")]))
        return _list(items)

    def coverage(self, figure: Coverage) -> nodes.bullet_list:
        """Each entry with what it covers, by the groups of the catalogue."""
        items = []
        for block in figure.blocks:
            own = []
            for row in block.rows:
                has = (c.label for c, has in zip(figure.columns, row.has, strict=True) if has)
                own.append(_item([*self.names([row.name]), nodes.Text(f": {', '.join(has) or _('none')}")]))
            items += [_item([nodes.Text(block.heading)], _list(own))] if block.heading else own
        return _list(items)

    def branches(self, branches: tuple[Branch, ...]) -> nodes.bullet_list:
        """Terms with their papers, and below them the same for the terms that they have."""
        return _list([self._branch(branch) for branch in branches])

    def _branch(self, branch: Branch) -> nodes.list_item:
        number = f"{branch.mark.number} " if branch.mark.number and branch.branches else ""
        head = [nodes.Text(number), self.term(branch.mark), nodes.Text(f" ({branch.papers})")]
        if branch.leaves:
            names = [(leaf.key, leaf.label + sign(leaf.origin)) for leaf in branch.leaves]
            head += [nodes.Text(": "), *self.names(names)]
        return _item(head, self.branches(branch.branches) if branch.branches else None)


def _row(cells: Iterable[list[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


def _item(line: list[nodes.Node], below: nodes.Node | None = None) -> nodes.list_item:
    return nodes.list_item("", nodes.paragraph("", "", *line), *([below] if below is not None else []))


def _list(items: list[nodes.list_item]) -> nodes.bullet_list:
    return nodes.bullet_list("", *items, classes=["mmu-list"])
