"""Figures in words and tables: what EPUB, text and the other builders show, and LaTeX beside its
drawings.
"""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinx_mmu.ext.docutils_view import Expander
from sphinx_mmu.figures.context import DataTable, TermRef
from sphinx_mmu.figures.coverage import Coverage
from sphinx_mmu.figures.crosstab import Crossing, Name
from sphinx_mmu.figures.directions import Directions
from sphinx_mmu.figures.gap_map import GapMap
from sphinx_mmu.figures.pipeline import Pipeline
from sphinx_mmu.figures.tree import Branch, Tree, sign
from sphinx_mmu.messages import _
from sphinx_mmu.views.columns import Part
from sphinx_mmu.views.figures import Figure

MOST = 8
"""Columns that a page has room for; wider tables become lists."""
_WIDEST = 40
_NOTHING = frozenset({"", "0", "–"})


def placed(figure: Figure) -> str:
    """State who placed the papers of a tree; empty for other figures."""
    return figure.placed() if isinstance(figure, Tree) else ""


def names_everything(figure: Figure) -> bool:
    """Whether the drawing of a figure has all that its data have."""
    return isinstance(figure, Tree)


# --- numbers


def numbers_nodes(
    expander: Expander, figure: Figure, terms: Iterable[TermRef] = ()
) -> list[nodes.Node]:
    """Write the numbers of a figure as a table; ``terms`` are what its rows are about."""
    sheet = figure.sheet()
    if len(sheet.heads) > MOST:
        return [_outline(sheet)]
    marks = list(terms)
    rows = []
    for i, texts in enumerate(sheet.rows):
        first = _term(expander, marks[i], texts[0]) if marks else nodes.Text(texts[0])
        rest: list[list[nodes.Node]] = [[nodes.Text(text)] for text in texts[1:]]
        rows.append(_row([[first], *rest]))
    heads = []
    for i, head in enumerate(sheet.heads):
        width = max(len(head), *(len(row[i]) for row in sheet.rows))
        heads.append((head, min(_WIDEST, width)))
    return [expander.table(heads, rows)]


def pipeline_nodes(expander: Expander, figure: Pipeline) -> list[nodes.Node]:
    """Write the stations with their numbers."""
    return numbers_nodes(
        expander, figure, [station.mark for station in figure.stations]
    )


def directions_nodes(expander: Expander, figure: Directions) -> list[nodes.Node]:
    """Write the measures with their directions."""
    return numbers_nodes(
        expander, figure, [measure.mark for measure in figure.measures()]
    )


def gap_map_nodes(expander: Expander, figure: GapMap) -> list[nodes.Node]:
    """Write the counts as a table, however wide."""
    sheet = figure.sheet()
    heads = [(head, 8 if i else 24) for i, head in enumerate(sheet.heads)]
    rows = [_row([[nodes.Text(text)] for text in texts]) for texts in sheet.rows]
    return [expander.table(heads, rows)]


def _outline(sheet: DataTable) -> nodes.bullet_list:
    """A table that is too wide: what is in each row, by the heads of its columns."""
    items = []
    for first, *texts in sheet.rows:
        filled = []
        for head, text in zip(sheet.heads[1:], texts, strict=True):
            if text not in _NOTHING:
                filled.append(f"{head} {text}")
        items.append(_item([nodes.Text(f"{first}: {', '.join(filled) or _('none')}")]))
    return _list(items)


# --- names


def crossing_nodes(expander: Expander, figure: Crossing) -> list[nodes.Node]:
    """Write names in the cells of a table; of one that is too wide, lists."""
    if len(figure.columns) >= MOST:
        return numbers_nodes(expander, figure)
    heads = [
        (figure.rows_label, 16),
        *((column.label, 14) for column in figure.columns),
    ]
    rows = []
    for mark, cells in zip(figure.rows, figure.cells, strict=True):
        named = [_cell_names(expander, cell, figure.most) for cell in cells]
        rows.append(_row([[_term(expander, mark)], *named]))
    return [expander.table(heads, rows)]


def _cell_names(
    expander: Expander, cell: tuple[Name, ...], most: int
) -> list[nodes.Node]:
    names = _names(expander, cell[:most], max(0, len(cell) - most))
    return names or [nodes.Text(_("none"))]


def coverage_nodes(expander: Expander, figure: Coverage) -> list[nodes.Node]:
    """List each entry with what it covers, by the groups of the catalogue."""
    items: list[nodes.list_item] = []
    for block in figure.blocks:
        own = []
        for row in block.rows:
            covered = [
                c.label for c, has in zip(figure.columns, row.has, strict=True) if has
            ]
            text = nodes.Text(f": {', '.join(covered) or _('none')}")
            own.append(_item([*_names(expander, [row.name]), text]))
        if block.heading:
            items.append(_item([nodes.Text(block.heading)], _list(own)))
        else:
            items += own
    return [_list(items)]


def tree_nodes(expander: Expander, figure: Tree) -> list[nodes.Node]:
    """List the terms with their papers, and below them the same for the terms that they have."""
    return [_branches(expander, figure.branches)]


def _branches(expander: Expander, branches: tuple[Branch, ...]) -> nodes.bullet_list:
    return _list([_branch(expander, branch) for branch in branches])


def _branch(expander: Expander, branch: Branch) -> nodes.list_item:
    number = f"{branch.mark.number} " if branch.mark.number and branch.branches else ""
    count = nodes.Text(f" ({branch.papers})")
    head = [nodes.Text(number), _term(expander, branch.mark), count]
    if branch.leaves:
        names = [(leaf.key, leaf.label + sign(leaf.origin)) for leaf in branch.leaves]
        head += [nodes.Text(": "), *_names(expander, names)]
    return _item(
        head, _branches(expander, branch.branches) if branch.branches else None
    )


# --- pieces


def _term(expander: Expander, mark: TermRef, text: str = "") -> nodes.Node:
    """A link to a term, or the bare name of what is none."""
    label = text or mark.label
    return (
        expander.part(Part("term", label, mark.tag)) if mark.tag else nodes.Text(label)
    )


def _names(
    expander: Expander, names: Iterable[tuple[str, str]], more: int = 0
) -> list[nodes.Node]:
    """Links to entries, with commas between them."""
    found: list[nodes.Node] = []
    for key, label in names:
        if found:
            found.append(nodes.Text(", "))
        found.append(expander.part(Part("entry", label, key)))
    if more:
        found.append(nodes.Text(f", {_('{n} more', n=more)}"))
    return found


def _row(cells: Iterable[list[nodes.Node]]) -> nodes.row:
    return nodes.row(
        "", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells)
    )


def _item(line: list[nodes.Node], below: nodes.Node | None = None) -> nodes.list_item:
    rest = [] if below is None else [below]
    return nodes.list_item("", nodes.paragraph("", "", *line), *rest)


def _list(items: list[nodes.list_item]) -> nodes.bullet_list:
    return nodes.bullet_list("", *items, classes=["mmu-list"])
