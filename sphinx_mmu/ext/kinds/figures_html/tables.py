"""Figures that are tables or lists of their own: crossings, coverage, and which way is better."""

from __future__ import annotations

from sphinx_mmu.ext.common.markup import esc, link
from sphinx_mmu.ext.kinds.figures_html._frame import (
    Frame,
    colour,
    number_mark,
    scrolled,
)
from sphinx_mmu.figures.context import TermRef
from sphinx_mmu.figures.coverage import Block, Coverage
from sphinx_mmu.figures.crosstab import Crossing, Name
from sphinx_mmu.figures.directions import WAYS, Dimension, Directions, Measure
from sphinx_mmu.filters.conditions import condition
from sphinx_mmu.messages import _, counted
from sphinx_mmu.views.cells import lower_first

# --- terms by terms, with the papers in the cells


def crossing_html(frame: Frame, figure: Crossing) -> str:
    """A table; on a phone each row is a card that leaves out what is empty."""
    heads = "".join(
        f'<th role="columnheader" scope="col" class="{colour(c)}">{_head(frame, c)}</th>'
        for c in figure.columns
    )
    rows = ""
    for row, cells in zip(figure.rows, figure.cells, strict=True):
        texts = ""
        for column, names in zip(figure.columns, cells, strict=True):
            css, label = (
                colour(column) if names else "mmu-none",
                esc(column.label),
            )
            cell = _crossing_cell(frame, figure, (row, column), names)
            texts += f'<td role="cell" class="{css}" data-mmu-l="{label}">{cell}</td>'
        head = f'<th role="rowheader" scope="row">{_head(frame, row)}</th>'
        rows += f'<tr role="row">{head}{texts}</tr>\n'
    caption = f"{figure.rows_label} × {figure.columns_label}"
    table = (
        f'<table class="mmu-cross" role="table" aria-label="{esc(caption)}"><thead role="rowgroup">'
        f'<tr role="row"><th role="columnheader" scope="col">{esc(figure.rows_label)}</th>{heads}'
        f'</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )
    body, how = f"{scrolled(caption, table)}\n", _("A name leads to its paper.")
    return frame.html("crossing", figure, how, body, numbers=False)


def _head(frame: Frame, mark: TermRef) -> str:
    return f"{number_mark(mark)}{frame.term_link(mark)}"


def _crossing_cell(
    frame: Frame,
    figure: Crossing,
    marks: tuple[TermRef, ...],
    names: tuple[Name, ...],
) -> str:
    if not names:
        return esc(_("none"))
    items = [frame.entry_link(*name) for name in names[: figure.most]]
    if len(names) > figure.most:
        # the column of papers that have none of the facet is no term
        none = f"-{figure.columns[0].tag.partition(':')[0]}:*"
        where = [condition(mark.tag) if mark.tag else none for mark in marks]
        items.append(frame.more_link(len(names) - figure.most, *where))
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


# --- what entries cover


def coverage_html(frame: Frame, figure: Coverage) -> str:
    """Scrollable dot matrix; the footer shows totals ("none" for zero)."""
    heads = feet = ""
    for j, (column, total) in enumerate(
        zip(figure.columns, figure.sums(), strict=True)
    ):
        edge = " mmu-edge" if j in figure.starts else ""
        heads += (
            f'<th scope="col"{_edge(figure, j)}>{_head(frame, column)}</th>'
        )
        sums = f'<td class="mmu-sum{edge}">{total}</td>'
        feet += sums if total else f'<td class="mmu-gap">{esc(_("none"))}</td>'
    bodies = "".join(_block(frame, figure, block) for block in figure.blocks)
    table = (
        f'<table class="mmu-map mmu-cover"><thead><tr><th scope="col">{esc(figure.label)}</th>'
        f"{heads}</tr></thead>{bodies}<tfoot><tr><th"
        f' scope="row">{esc(figure.noun[1])}</th>{feet}</tr></tfoot></table>'
    )
    body = scrolled(f"{figure.label}: {_('what each covers')}", table) + "\n"
    facets = ", ".join(figure.facets).lower()
    how = _(
        "Columns: {facets}; the ones with the most papers first.", facets=facets
    )
    if figure.left_out:
        how += " " + counted(
            "{n} column with fewer papers is left out.",
            "{n} columns with fewer papers are left out.",
            figure.left_out,
        )
    return frame.html("coverage", figure, how, body, numbers=False)


def _edge(figure: Coverage, column: int) -> str:
    return ' class="mmu-edge"' if column in figure.starts else ""


def _block(frame: Frame, figure: Coverage, block: Block) -> str:
    head = (
        '<tr class="mmu-group"><th scope="rowgroup"'
        f' colspan="{len(figure.columns) + 1}"><span>{esc(block.heading)}</span></th></tr>\n'
    )
    dot = f'<span class="mmu-dot"></span><span class="mmu-sr">{esc(_("yes"))}</span>'
    rows = ""
    for row in block.rows:
        cells = "".join(
            f"<td{_edge(figure, j)}>{dot if has else ''}</td>"
            for j, has in enumerate(row.has)
        )
        name = frame.entry_link(*row.name)
        rows += f'<tr><th scope="row">{name}</th>{cells}</tr>\n'
    return f"<tbody>{head if block.heading else ''}{rows}</tbody>"


# --- which way is better

_ARROWS = {
    ("fall", True): "▼",
    ("fall", False): "▽",
    ("rise", True): "▲",
    ("rise", False): "△",
    ("stay", True): "■",
    ("stay", False): "□",
}


def directions_html(frame: Frame, figure: Directions) -> str:
    """What should fall at the left, what should rise at the right, the dimension and all else
    between.
    """
    sides = {
        "fall": f"▼ {_('lower is better')}",
        "rise": f"▲ {_('higher is better')}",
        "stay": _("should not change"),
    }
    items = "".join(_dimension(frame, d, sides) for d in figure.dimensions)
    heads = "".join(
        f"<span>{esc(sides[way])}</span>" for way in ("fall", "rise")
    )
    head = f'<div class="mmu-fly-head" aria-hidden="true">{heads}</div>'
    how = _("A name leads to its definition.")
    if figure.basis:
        basis = lower_first(figure.basis)
        how += " " + _(
            "Full mark: {basis}; hollow mark: all others.", basis=basis
        )
    body = f'{head}<ul class="mmu-fly">{items}</ul>\n'
    return frame.html("directions", figure, how, body)


def _dimension(
    frame: Frame, dimension: Dimension, sides: dict[str, str]
) -> str:
    name = frame.term_link(dimension.mark)
    count = esc(counted("{n} measure", "{n} measures", len(dimension.measures)))
    parts = "".join(_side(frame, dimension, way, sides[way]) for way in WAYS)
    unknown = "".join(
        f"<li>{_measure_name(frame, m)}</li>"
        for m in dimension.measures
        if not m.goals
    )
    if unknown:
        title = esc(_("not recorded"))
        parts += (
            f'<div class="mmu-open-goal"><b>{title}</b><ul>{unknown}</ul></div>'
        )
    head = f'<div class="mmu-dim">{name}<br><small>{count}</small></div>'
    return f"<li>{head}{parts}</li>\n"


def _side(frame: Frame, dimension: Dimension, way: str, head: str) -> str:
    items = ""
    for measure in dimension.measures:
        for goal in (g for g in measure.goals if g.way == way):
            sign = _ARROWS[way, measure.stated]
            arrow = f'<span class="mmu-arrow" aria-hidden="true">{sign}</span> '
            on = (
                f" <i>{esc(goal.on)}</i>"
                if goal.on and len(measure.goals) > 1
                else ""
            )
            items += f"<li>{arrow}{_measure_name(frame, measure)}{on}</li>"
    side = f'<div class="mmu-{way}"><b>{esc(head)}</b><ul>{items}</ul></div>'
    return side if items else ""


def _measure_name(frame: Frame, measure: Measure) -> str:
    short = measure.mark.label
    both = short != measure.name
    name = (
        f"<b>{esc(short)}</b> {esc(measure.name)}"
        if both
        else esc(measure.name)
    )
    return link(frame.term(measure.mark), "", name)
