"""Figures in words and tables: what EPUB, text and the other builders show, and LaTeX beside its
drawings.
"""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinx_mmu.ext.common.docutils_pieces import (
    Nodes,
    Piece,
    bullets,
    joined,
    paragraph,
    row,
    table,
)
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
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
    renderer: NodeRenderer, figure: Figure, terms: Iterable[TermRef] = ()
) -> Nodes:
    """Write the numbers of a figure as a table; ``terms`` are what its rows are about."""
    numbers, marks = figure.table(), list(terms)
    if len(numbers.heads) > MOST:
        return [_outline(numbers)]
    rows = []
    for i, (first, *rest) in enumerate(numbers.rows):
        name = _term(renderer, marks[i], first) if marks else first
        rows.append(row([name, *rest]))
    heads = []
    for head, *column in zip(numbers.heads, *numbers.rows, strict=True):
        heads.append((head, min(_WIDEST, max(map(len, (head, *column))))))
    return [table(heads, rows)]


def pipeline_nodes(renderer: NodeRenderer, figure: Pipeline) -> Nodes:
    """Write the stations with their numbers."""
    return numbers_nodes(renderer, figure, (s.mark for s in figure.stations))


def directions_nodes(renderer: NodeRenderer, figure: Directions) -> Nodes:
    """Write the measures with their directions."""
    return numbers_nodes(renderer, figure, (m.mark for m in figure.measures()))


def gap_map_nodes(_renderer: NodeRenderer, figure: GapMap) -> Nodes:
    """Write the counts as a table, however wide."""
    first, *others = figure.table().heads
    heads = [(first, 24), *((head, 8) for head in others)]
    return [table(heads, map(row, figure.table().rows))]


def _outline(numbers: DataTable) -> nodes.bullet_list:
    """A table that is too wide: what is in each row, by the heads of its columns."""
    items = []
    for first, *texts in numbers.rows:
        filled = []
        for head, text in zip(numbers.heads[1:], texts, strict=True):
            if text not in _NOTHING:
                filled.append(f"{head} {text}")
        items.append([paragraph(f"{first}: {', '.join(filled) or _('none')}")])
    return bullets(items)


# --- names


def crossing_nodes(renderer: NodeRenderer, figure: Crossing) -> Nodes:
    """Write names in the cells of a table; of one that is too wide, lists."""
    if len(figure.columns) >= MOST:
        return numbers_nodes(renderer, figure)
    heads = [(figure.rows_label, 16), *((c.label, 14) for c in figure.columns)]
    rows = []
    for mark, cells in zip(figure.rows, figure.cells, strict=True):
        line = [_term(renderer, mark)]
        for names in cells:
            shown = _names(renderer, names[: figure.most])
            if len(names) > figure.most:
                shown.append(f", {_('{n} more', n=len(names) - figure.most)}")
            line.append(paragraph(*(shown or [_("none")])))
        rows.append(row(line))
    return [table(heads, rows)]


def coverage_nodes(renderer: NodeRenderer, figure: Coverage) -> Nodes:
    """List each entry with what it covers, by the groups of the catalogue."""
    items: list[Nodes] = []
    for block in figure.blocks:
        own: list[Nodes] = []
        for entry in block.rows:
            marked = zip(figure.columns, entry.has, strict=True)
            covered = ", ".join(column.label for column, has in marked if has)
            name = _names(renderer, [entry.name])
            own.append([paragraph(*name, f": {covered or _('none')}")])
        items += (
            [[paragraph(block.heading), bullets(own)]] if block.heading else own
        )
    return [bullets(items)]


def tree_nodes(renderer: NodeRenderer, figure: Tree) -> Nodes:
    """List the terms with their papers, and below them the same for the terms that they have."""
    return [_branches(renderer, figure.branches)]


def _branches(
    renderer: NodeRenderer, branches: tuple[Branch, ...]
) -> nodes.bullet_list:
    return bullets(_branch(renderer, branch) for branch in branches)


def _branch(renderer: NodeRenderer, branch: Branch) -> Nodes:
    number = (
        f"{branch.mark.number} "
        if branch.mark.number and branch.branches
        else ""
    )
    head = [number, _term(renderer, branch.mark), f" ({branch.papers})"]
    if branch.leaves:
        names = [
            (leaf.key, leaf.label + sign(leaf.origin)) for leaf in branch.leaves
        ]
        head += [": ", *_names(renderer, names)]
    below = [_branches(renderer, branch.branches)] if branch.branches else []
    return [paragraph(*head), *below]


# --- pieces


def _term(renderer: NodeRenderer, mark: TermRef, text: str = "") -> Piece:
    """A link to a term, or the bare name of what is none."""
    label = text or mark.label
    return renderer.part(Part("term", label, mark.tag)) if mark.tag else label


def _names(
    renderer: NodeRenderer, names: Iterable[tuple[str, str]]
) -> list[Piece]:
    """Links to entries, with commas between them."""
    return joined(
        renderer.part(Part("entry", label, key)) for key, label in names
    )
