"""Figures that are tables or lists of their own: crossings, coverage, and which way is better."""

from __future__ import annotations

from sphinx_mmu.ext._shared import esc, link
from sphinx_mmu.ext.kinds.figures_html._frame import (
    Frame,
    colour,
    condition,
    number_mark,
)
from sphinx_mmu.figures.context import TermRef
from sphinx_mmu.figures.coverage import Coverage
from sphinx_mmu.figures.crosstab import Crossing, Name
from sphinx_mmu.figures.directions import WAYS, Dimension, Directions, Measure
from sphinx_mmu.messages import _, counted
from sphinx_mmu.views.columns import lower_first

# --- terms by terms, with the papers in the cells


def crossing_html(frame: Frame, figure: Crossing) -> str:
    """A table; on a phone each row is a card that leaves out what is empty."""
    heads = "".join(
        f'<th role="columnheader" scope="col" class="{colour(c)}">{_head(frame, c)}</th>'
        for c in figure.columns
    )
    rows = "".join(_crossing_row(frame, figure, i) for i in range(len(figure.rows)))
    caption = esc(f"{figure.rows_label} × {figure.columns_label}")
    body = (
        f'<div class="mmu-scroll" tabindex="0" role="group" aria-label="{caption}"><table'
        f' class="mmu-cross" role="table" aria-label="{caption}"><thead role="rowgroup"><tr'
        ' role="row"><th role="columnheader"'
        f' scope="col">{esc(figure.rows_label)}</th>{heads}</tr></thead><tbody'
        f' role="rowgroup">{rows}</tbody></table></div>\n'
    )
    return frame.html(
        "crossing", figure.finding(), _("A name leads to its paper."), body
    )


def _head(frame: Frame, mark: TermRef) -> str:
    return number_mark(mark) + link(
        frame.term(mark) if mark.tag else "", "", esc(mark.label)
    )


def _crossing_row(frame: Frame, figure: Crossing, i: int) -> str:
    row, cells = figure.rows[i], []
    for column, names in zip(figure.columns, figure.cells[i], strict=True):
        css = colour(column) if names else "mmu-none"
        body = _crossing_cell(frame, figure, row, column, names)
        cells.append(
            f'<td role="cell" class="{css}" data-mmu-l="{esc(column.label)}">{body}</td>'
        )
    return (
        '<tr role="row"><th role="rowheader"'
        f' scope="row">{_head(frame, row)}</th>{"".join(cells)}</tr>\n'
    )


def _crossing_cell(
    frame: Frame,
    figure: Crossing,
    row: TermRef,
    column: TermRef,
    names: tuple[Name, ...],
) -> str:
    if not names:
        return esc(_("none"))
    items = [
        link(frame.entry(name.key), "", esc(name.label))
        for name in names[: figure.most]
    ]
    if len(names) > figure.most:
        where = (
            condition(row),
            condition(column)
            if column.tag
            else f"-{figure.columns[0].tag.partition(':')[0]}:*",
        )
        items.append(
            link(
                frame.papers(*where), "", esc(_("{n} more", n=len(names) - figure.most))
            )
        )
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


# --- what entries cover


def coverage_html(frame: Frame, figure: Coverage) -> str:
    """Scrollable dot matrix; the footer shows totals ("none" for zero)."""
    heads = "".join(
        f'<th scope="col"{_edge(figure, j)}>{_head(frame, c)}</th>'
        for j, c in enumerate(figure.columns)
    )
    bodies = "".join(_block(frame, figure, i) for i in range(len(figure.blocks)))
    feet = "".join(_foot(figure, j, total) for j, total in enumerate(figure.sums()))
    label = esc(f"{figure.label}: {_('what each covers')}")
    body = (
        f'<div class="mmu-scroll" tabindex="0" role="group" aria-label="{label}"><table'
        ' class="mmu-map mmu-cover"><thead><tr><th'
        f' scope="col">{esc(figure.label)}</th>{heads}</tr></thead>{bodies}<tfoot><tr><th'
        f' scope="row">{esc(figure.noun[1])}</th>{feet}</tr></tfoot></table></div>\n'
    )
    facets = ", ".join(figure.facets).lower()
    how = _("Columns: {facets}; the ones with the most papers first.", facets=facets)
    if figure.left_out:
        how += " " + counted(
            "{n} column with fewer papers is left out.",
            "{n} columns with fewer papers are left out.",
            figure.left_out,
        )
    return frame.html("coverage", figure.finding(), how, body)


def _edge(figure: Coverage, column: int) -> str:
    return ' class="mmu-edge"' if column in figure.starts else ""


def _block(frame: Frame, figure: Coverage, i: int) -> str:
    block = figure.blocks[i]
    head = (
        '<tr class="mmu-group"><th scope="rowgroup"'
        f' colspan="{len(figure.columns) + 1}"><span>{esc(block.heading)}</span></th></tr>\n'
    )
    rows = ""
    for row in block.rows:
        dot = (
            f'<span class="mmu-dot"></span><span class="mmu-sr">{esc(_("yes"))}</span>'
        )
        cells = "".join(
            f"<td{_edge(figure, j)}>{dot if has else ''}</td>"
            for j, has in enumerate(row.has)
        )
        name = link(frame.entry(row.name.key), "", esc(row.name.label))
        rows += f'<tr><th scope="row">{name}</th>{cells}</tr>\n'
    return f"<tbody>{head if block.heading else ''}{rows}</tbody>"


def _foot(figure: Coverage, column: int, total: int) -> str:
    if total:
        return f'<td class="mmu-sum{" mmu-edge" if column in figure.starts else ""}">{total}</td>'
    return f'<td class="mmu-gap">{esc(_("none"))}</td>'


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
        "stay": _("should not move"),
    }
    items = "".join(_dimension(frame, d, sides) for d in figure.dimensions)
    heads = "".join(f"<span>{esc(sides[way])}</span>" for way in ("fall", "rise"))
    head = f'<div class="mmu-fly-head" aria-hidden="true">{heads}</div>'
    how = _("A name leads to its definition.")
    if figure.basis:
        basis = lower_first(figure.basis)
        how += " " + _("Full mark: {basis}; hollow mark: it does not.", basis=basis)
    body = f'{head}<ul class="mmu-fly">{items}</ul>\n'
    return frame.html(
        "directions", figure.finding(), how, body, frame.data(figure.sheet())
    )


def _dimension(frame: Frame, dimension: Dimension, sides: dict[str, str]) -> str:
    name = link(frame.term(dimension.mark), "", esc(dimension.mark.label))
    count = esc(counted("{n} measure", "{n} measures", len(dimension.measures)))
    parts = "".join(_side(frame, dimension, way, sides[way]) for way in WAYS)
    unknown = "".join(
        f"<li>{_measure_name(frame, m)}</li>" for m in dimension.measures if not m.goals
    )
    if unknown:
        title = esc(_("not recorded"))
        parts += f'<div class="mmu-open-goal"><b>{title}</b><ul>{unknown}</ul></div>'
    return (
        f'<li><div class="mmu-dim">{name}<br><small>{count}</small></div>{parts}</li>\n'
    )


def _side(frame: Frame, dimension: Dimension, way: str, head: str) -> str:
    items = ""
    for measure in dimension.measures:
        for goal in (g for g in measure.goals if g.way == way):
            sign = _ARROWS[way, measure.stated]
            arrow = f'<span class="mmu-arrow" aria-hidden="true">{sign}</span> '
            on = f" <i>{esc(goal.on)}</i>" if goal.on and len(measure.goals) > 1 else ""
            items += f"<li>{arrow}{_measure_name(frame, measure)}{on}</li>"
    return (
        f'<div class="mmu-{way}"><b>{esc(head)}</b><ul>{items}</ul></div>'
        if items
        else ""
    )


def _measure_name(frame: Frame, measure: Measure) -> str:
    short = measure.mark.label
    both = short != measure.name
    name = f"<b>{esc(short)}</b> {esc(measure.name)}" if both else esc(measure.name)
    return link(frame.term(measure.mark), "", name)
