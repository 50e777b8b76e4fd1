"""Figures in words and tables: what EPUB, text and the other builders show, and LaTeX beside its
drawings.
"""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinx_mmu.ext.docutils_pieces import (
    Nodes,
    Piece,
    bullets,
    joined,
    paragraph,
    row,
    table,
)
from sphinx_mmu.ext.docutils_view import Expander
from sphinx_mmu.figures.context import DataTable, TermRef
from sphinx_mmu.figures.coverage import Coverage
from sphinx_mmu.figures.crosstab import Crossing
from sphinx_mmu.figures.directions import Directions
from sphinx_mmu.figures.gap_map import GapMap
from sphinx_mmu.figures.pipeline import Pipeline
from sphinx_mmu.figures.tree import Branch, Tree, sign
from sphinx_mmu.messages import _
from sphinx_mmu.views.cells import Part
from sphinx_mmu.views.figures import Figure

MOST = 8
"""Columns that a page has room for; wider tables become lists."""
_WIDEST = 40
_NOTHING = frozenset({"", "0", "–"})


# --- numbers


def numbers_nodes(
    expander: Expander, figure: Figure, terms: Iterable[TermRef] = ()
) -> Nodes:
    """Write the numbers of a figure as a table; ``terms`` are what its rows are about."""
    sheet, marks = figure.sheet(), list(terms)
    if len(sheet.heads) > MOST:
        return [_outline(sheet)]
    rows = []
    for i, (first, *rest) in enumerate(sheet.rows):
        name = _term(expander, marks[i], first) if marks else first
        rows.append(row([name, *rest]))
    heads = []
    for head, *column in zip(sheet.heads, *sheet.rows, strict=True):
        heads.append((head, min(_WIDEST, max(map(len, (head, *column))))))
    return [table(heads, rows)]


def pipeline_nodes(expander: Expander, figure: Pipeline) -> Nodes:
    """Write the stations with their numbers."""
    return numbers_nodes(expander, figure, (s.mark for s in figure.stations))


def directions_nodes(expander: Expander, figure: Directions) -> Nodes:
    """Write the measures with their directions."""
    return numbers_nodes(expander, figure, (m.mark for m in figure.measures()))


def gap_map_nodes(_expander: Expander, figure: GapMap) -> Nodes:
    """Write the counts as a table, however wide."""
    first, *others = figure.sheet().heads
    heads = [(first, 24), *((head, 8) for head in others)]
    return [table(heads, map(row, figure.sheet().rows))]


def _outline(sheet: DataTable) -> nodes.bullet_list:
    """A table that is too wide: what is in each row, by the heads of its columns."""
    items = []
    for first, *texts in sheet.rows:
        filled = []
        for head, text in zip(sheet.heads[1:], texts, strict=True):
            if text not in _NOTHING:
                filled.append(f"{head} {text}")
        items.append([paragraph(f"{first}: {', '.join(filled) or _('none')}")])
    return bullets(items)


# --- names


def crossing_nodes(expander: Expander, figure: Crossing) -> Nodes:
    """Write names in the cells of a table; of one that is too wide, lists."""
    if len(figure.columns) >= MOST:
        return numbers_nodes(expander, figure)
    heads = [(figure.rows_label, 16), *((c.label, 14) for c in figure.columns)]
    rows = []
    for mark, cells in zip(figure.rows, figure.cells, strict=True):
        line = [_term(expander, mark)]
        for names in cells:
            shown = _names(expander, names[: figure.most])
            if len(names) > figure.most:
                shown.append(f", {_('{n} more', n=len(names) - figure.most)}")
            line.append(paragraph(*(shown or [_("none")])))
        rows.append(row(line))
    return [table(heads, rows)]


def coverage_nodes(expander: Expander, figure: Coverage) -> Nodes:
    """List each entry with what it covers, by the groups of the catalogue."""
    items: list[Nodes] = []
    for block in figure.blocks:
        own: list[Nodes] = []
        for entry in block.rows:
            marked = zip(figure.columns, entry.has, strict=True)
            covered = ", ".join(column.label for column, has in marked if has)
            name = _names(expander, [entry.name])
            own.append([paragraph(*name, f": {covered or _('none')}")])
        items += (
            [[paragraph(block.heading), bullets(own)]] if block.heading else own
        )
    return [bullets(items)]


def tree_nodes(expander: Expander, figure: Tree) -> Nodes:
    """List the terms with their papers, and below them the same for the terms that they have."""
    return [_branches(expander, figure.branches)]


def _branches(
    expander: Expander, branches: tuple[Branch, ...]
) -> nodes.bullet_list:
    return bullets(_branch(expander, branch) for branch in branches)


def _branch(expander: Expander, branch: Branch) -> Nodes:
    number = (
        f"{branch.mark.number} "
        if branch.mark.number and branch.branches
        else ""
    )
    head = [number, _term(expander, branch.mark), f" ({branch.papers})"]
    if branch.leaves:
        names = [
            (leaf.key, leaf.label + sign(leaf.origin)) for leaf in branch.leaves
        ]
        head += [": ", *_names(expander, names)]
    below = [_branches(expander, branch.branches)] if branch.branches else []
    return [paragraph(*head), *below]


# --- pieces


def _term(expander: Expander, mark: TermRef, text: str = "") -> Piece:
    """A link to a term, or the bare name of what is none."""
    label = text or mark.label
    return expander.part(Part("term", label, mark.tag)) if mark.tag else label


def _names(expander: Expander, names: Iterable[tuple[str, str]]) -> list[Piece]:
    """Links to entries, with commas between them."""
    return joined(
        expander.part(Part("entry", label, key)) for key, label in names
    )
