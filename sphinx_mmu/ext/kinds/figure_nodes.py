"""Tables and lists of figures as docutils nodes, which every builder writes: on pages for browsers
in the frame of the figure, and elsewhere below its words.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import zip_longest

from docutils import nodes

from sphinx_mmu.ext.common.docutils_pieces import (
    Nodes,
    Piece,
    bullets,
    entry,
    inline,
    paragraph,
    row,
)
from sphinx_mmu.ext.common.markup import esc
from sphinx_mmu.ext.common.nodes import mmu_fold
from sphinx_mmu.ext.kinds.figures_html._frame import (
    MOST,
    Frame,
    Look,
    colour,
    number_mark,
)
from sphinx_mmu.figures.coverage import Coverage
from sphinx_mmu.figures.crosstab import Crossing
from sphinx_mmu.figures.directions import Dimension, Directions, Goal
from sphinx_mmu.figures.gap_map import GapMap
from sphinx_mmu.figures.tree import Branch, Tree, cut, sign
from sphinx_mmu.filters.conditions import condition
from sphinx_mmu.messages import _, counted, lower_first
from sphinx_mmu.views.cells import Part
from sphinx_mmu.views.figures import NumberedFigure

_WIDEST = 40
_LISTED = 10
"""How many times as many papers of a branch the list of a tree has as its drawing."""


# --- numbers


def numbers_nodes(
    frame: Frame, figure: NumberedFigure, most: int = MOST
) -> Nodes:
    """Write the numbers of a figure as a table, folded on pages for browsers."""
    numbers, rows = figure.table(), []
    for (first, *rest), mark in zip_longest(numbers.rows, numbers.marks):
        name = frame.name(mark, first) if mark else first
        rows.append(row([name, *rest]))
    heads = []
    for head, *column in zip(numbers.heads, *numbers.rows, strict=True):
        heads.append((head, min(_WIDEST, max(map(len, (head, *column))))))
    label = _("The numbers as a table")
    made = frame.table(label, "mmu-data", heads, rows, most=most)
    return [mmu_fold("", made, label=label) if frame.is_html else made]


def gap_map_nodes(frame: Frame, figure: GapMap) -> Nodes:
    """Write the counts as a table, however wide. A page for browsers has it as its script draws it
    anew.
    """
    most = len(figure.table().heads)
    return [] if frame.is_html else numbers_nodes(frame, figure, most)


# --- names


def crossing_look(_frame: Frame, _figure: Crossing) -> Look:
    """How to read it."""
    return Look("crossing", _("A name leads to its paper."))


def crossing_nodes(frame: Frame, figure: Crossing) -> Nodes:
    """Write names in the cells of a table; on a phone each row is a card."""
    # the column of papers that have none of the facet is no term
    none = f"-{figure.columns[0].tag.partition(':')[0]}:*"
    heads: list[tuple[Piece, int]] = [(figure.rows_label, 16)]
    heads += [(entry(frame.head(c), colour(c)), 14) for c in figure.columns]
    rows = []
    for mark, cells in zip(figure.rows, figure.cells, strict=True):
        line: list[Piece] = [frame.head(mark)]
        for column, names in zip(figure.columns, cells, strict=True):
            tags = (mark.tag, column.tag)
            where = [condition(tag) if tag else none for tag in tags]
            more = len(names) - figure.most
            shown = frame.names(names[: figure.most], more, *where)
            css = colour(column) if names else "mmu-none"
            line.append(entry(shown, css, label=column.label))
        rows.append(row(line))
    label = f"{figure.rows_label} × {figure.columns_label}"
    return [frame.table(label, "mmu-cross", heads, rows)]


def coverage_look(_frame: Frame, figure: Coverage) -> Look:
    """How to read it, and what it leaves out."""
    facets = ", ".join(map(lower_first, figure.facets))
    how = _(
        "Columns: {facets}; the ones with the most papers first.", facets=facets
    )
    if figure.left_out:
        how += " " + counted(
            "{n} column with fewer papers is left out.",
            "{n} columns with fewer papers are left out.",
            figure.left_out,
        )
    return Look("coverage", how)


def coverage_nodes(frame: Frame, figure: Coverage) -> Nodes:
    """Write dots in the cells of a table with totals; elsewhere than on pages for browsers a list
    of entries with what each covers, by the groups of the catalogue.
    """
    columns = enumerate(figure.columns)
    edges = ["mmu-edge" * (j in figure.starts) for j, _mark in columns]
    heads: list[tuple[Piece, int]] = [(figure.label, 24)]
    for mark, edge in zip(figure.columns, edges, strict=True):
        heads.append((entry(frame.head(mark), edge), 4))
    bodies = []
    for block in figure.blocks:
        rows = []
        if block.heading:
            head = entry(inline(block.heading), morecols=len(edges))
            rows.append(row([head], classes=["mmu-group"]))
        for (key, label), has in block.rows:
            link = frame.renderer.part(Part("entry", label, key))
            name = paragraph(link)
            rows.append(nodes.row("", name, marks=has, edges=edges))
        bodies.append(rows)
    feet: list[Piece] = [figure.noun[1]]
    for total, edge in zip(figure.sums(), edges, strict=True):
        css = f"mmu-sum {edge}" if total else "mmu-gap"
        feet.append(entry(f"{total or _('none')}", css))
    label = f"{figure.label}: {_('what each covers')}"
    css = "mmu-map mmu-cover"
    made = frame.table(label, css, heads, *bodies, foot=row(feet), most=0)
    return [made]


# --- lists


def tree_nodes(frame: Frame, figure: Tree) -> Nodes:
    """List the terms with their papers, and below them the same for the terms that they have; on
    pages for browsers readers unfold the top terms.
    """
    items: list[Nodes] = []
    for top in figure.branches:
        below = _below(frame, figure, top)
        label, badge = f"{top.mark.label} ({top.papers})", number_mark(top.mark)
        folded = mmu_fold("", below, label=label, badge=badge)
        name = paragraph(*frame.head(top.mark), f" ({top.papers})")
        items.append([folded] if frame.is_html else [name, below])
    return [bullets(items, "mmu-tree")]


def _below(frame: Frame, figure: Tree, branch: Branch) -> nodes.Element:
    """The terms below a term with their papers, or else its own papers."""
    if branch.branches:
        items = []
        for one in branch.branches:
            size = inline(f" ({one.papers})", css="mmu-n")
            name = paragraph(frame.name(one.mark), size)
            items.append([name, _below(frame, figure, one)])
        return bullets(items)
    shown, more = branch.leaves, 0
    if frame.is_html:
        shown, more = cut(shown, figure.most * _LISTED)
    names = [(leaf.key, leaf.label + sign(leaf.origin)) for leaf in shown]
    return frame.names(names, more, condition(branch.mark.tag))


def directions_look(_frame: Frame, figure: Directions) -> Look:
    """How to read it, and what is at the left and at the right; who hears it hears that with each
    dimension.
    """
    how = _("A name leads to its definition.")
    if figure.basis:
        basis = lower_first(figure.basis)
        how += " " + _(
            "Full mark: {basis}; hollow mark: all others.", basis=basis
        )
    sides = _sides()
    heads = " ".join(f"<span>{esc(sides[w])}</span>" for w in ("fall", "rise"))
    drawn = f'<div class="mmu-fly-head" aria-hidden="true">{heads}</div>\n'
    return Look("directions", how, drawn)


def directions_nodes(frame: Frame, figure: Directions) -> Nodes:
    """Write the measures with their directions. On pages for browsers what should fall is at the
    left, what should rise at the right, the dimension and all else between.
    """
    numbers = numbers_nodes(frame, figure)
    if not frame.is_html:
        return numbers
    items = (_dimension(frame, one) for one in figure.dimensions)
    return [bullets(items, "mmu-fly"), *numbers]


def _sides() -> dict[str, str]:
    return {
        "fall": f"▼ {_('lower is better')}",
        "rise": f"▲ {_('higher is better')}",
        "stay": _("should not change"),
        "open": _("not recorded"),
    }


def _dimension(frame: Frame, dimension: Dimension) -> Nodes:
    placed = defaultdict(list)
    for measure in dimension.measures:
        short, name = measure.mark.label, measure.name
        lead, text = ("", name) if short == name else (short, f" {name}")
        for way, on in measure.goals or (Goal("open", ""),):
            line = [frame.name(measure.mark, text, lead)]
            if on and len(measure.goals) > 1:
                line.append(inline(f" {on}", css="mmu-n"))
            css = "" if measure.stated else "mmu-hollow"
            placed[way].append([paragraph(*line, css=css)])
    count = counted("{n} measure", "{n} measures", len(dimension.measures))
    mark = paragraph(frame.name(dimension.mark))
    found = [_part("mmu-dim", mark, paragraph(count, css="mmu-n"))]
    for way, head in _sides().items():
        if placed[way]:
            said = paragraph(head, css="mmu-side")
            found.append(_part(f"mmu-{way}", said, bullets(placed[way])))
    return found


def _part(css: str, *content: nodes.Node) -> nodes.Node:
    return nodes.container("", *content, classes=[css])
