"""The gap map as HTML: a table whose cells lead to the papers. ``mmu-map.js`` draws the same for
other facets and filters.
"""

from __future__ import annotations

from sphinx_mmu.ext.common.markup import ROOT, esc, link
from sphinx_mmu.ext.kinds.figures_html._frame import Frame, Look
from sphinx_mmu.ext.render.html_view import data_attributes
from sphinx_mmu.figures.gap_map import Axis, AxisValue, GapMap, tenths
from sphinx_mmu.filters.conditions import condition
from sphinx_mmu.messages import _, counted
from sphinx_mmu.views.cells import Part


def gap_map_look(frame: Frame, figure: GapMap) -> Look:
    """A table of numbers that lead to their papers; gaps are called so in words."""
    how = "" if frame.view.request.caption else _("Papers by two facets.")
    table = _Table(frame, figure).html()
    label = esc(frame.view.request.caption or how)
    drawing = (
        f'<div class="mmu-scroll" tabindex="0" role="group" aria-label="{label}">{table}</div>'
        f"{_legend(figure)}"
    )
    lacks = (
        _(
            "Choosing rows and columns, and saving the map, need JavaScript, which is not running"
            " here."
        ),
        _(
            "The table is complete, and the names of its rows and columns lead to their papers."
        ),
    )
    settings = f" data-mmu-map{_settings(frame, figure)}"
    return Look("gapmap mmu-wide", how, drawing, settings, lacks)


def _settings(frame: Frame, figure: GapMap) -> str:
    """What a script needs to draw the map for other facets and filters; ``places`` are where the
    site explains a tag, from the site's root.
    """
    places = {
        tag: address.removeprefix(ROOT)
        for tag in figure.tags
        if (address := frame.html.term(tag))
    }
    return data_attributes(
        {
            "rows": figure.rows.spec,
            "columns": figure.columns.spec,
            "expect": figure.expect,
            "filters": frame.view.request.filters,
            "explorer-page": frame.html.explorer(()),
            "root": ROOT,
            "places": places,
        }
    )


class _Table:
    """The table of a gap map."""

    def __init__(self, frame: Frame, figure: GapMap) -> None:
        self.frame, self.figure = frame, figure
        self.shades = figure.shades()
        self.gaps = {(g.row, g.column): tenths(g.expected) for g in figure.gaps}

    def html(self) -> str:
        """Head, a row per value, and the totals."""
        rows, columns = self.figure.rows, self.figure.columns
        heads = "".join(self._head("col", columns, v) for v in columns.values)
        body = ""
        for i, row in enumerate(rows.values):
            cells = "".join(
                self._cell(i, j) for j in range(len(columns.values))
            )
            head = self._head("row", rows, row)
            body += f"<tr>{head}{cells}{self._sum(rows, row)}</tr>"
        feet = "".join(self._sum(columns, v) for v in columns.values)
        every, total = esc(_("all papers")), self._link(str(self.figure.total))
        return (
            f'<table class="mmu-map"><thead><tr><th scope="col">{esc(rows.label)}</th>{heads}<th'
            f' scope="col">{every}</th></tr></thead><tbody>{body}</tbody><tfoot><tr><th'
            f' scope="row">{every}</th>{feet}<td class="mmu-sum">{total}</td></tr></tfoot></table>'
        )

    def _head(self, scope: str, axis: Axis, value: AxisValue) -> str:
        mark, part = "", self.frame.html.part
        if top := value.top:
            mark = (
                f"{part(Part('badge', str(top.number), top.tag, top.label))} "
            )
        label = part(Part("term", value.label, f"{axis.facet}:{value.value}"))
        return f'<th scope="{scope}">{mark}{label}</th>'

    def _link(self, text: str, *conditions: tuple[Axis, AxisValue]) -> str:
        """A number that leads to its papers, with the names of the values for those who only hear
        it.
        """
        words = " × ".join(value.label for _axis, value in conditions)
        filters = (
            condition(f"{axis.facet}:{value.value}")
            for axis, value in conditions
        )
        spoken = (
            f'{text}<span class="mmu-sr"> {esc(words)}</span>'
            if words
            else text
        )
        return link(self.frame.papers(*filters), "", spoken)

    def _sum(self, axis: Axis, value: AxisValue) -> str:
        return f'<td class="mmu-sum">{self._link(str(value.size), (axis, value))}</td>'

    def _cell(self, i: int, j: int) -> str:
        count = self.figure.cells[i][j]
        rows, columns = self.figure.rows, self.figure.columns
        row, column = rows.values[i], columns.values[j]
        if count:
            text = self._link(str(count), (rows, row), (columns, column))
            return f'<td class="mmu-q{self.shades[count]}">{text}</td>'
        if (i, j) not in self.gaps:
            return "<td>0</td>"
        expected = _("{number} expected", number=self.gaps[i, j])
        words = f" {row.label} × {column.label}, {expected}"
        return f'<td class="mmu-gap">{esc(_("gap"))}<span class="mmu-sr">{esc(words)}</span></td>'


def _legend(crossed: GapMap) -> str:
    steps = ""
    for shade, low, high in crossed.scale():
        counts = str(low) if low == high else f"{low}–{high}"
        steps += f'<span class="mmu-q{shade}">{counts}</span>'
    rule = counted(
        "no paper, though at least {expect} would be expected ({n} paper is tagged in both)",
        "no paper, though at least {expect} would be expected ({n} papers are tagged in both)",
        crossed.both,
        expect=crossed.expect,
    )
    left_out = crossed.rows.left_out + crossed.columns.left_out
    more = gaps = ""
    if left_out:
        more = " " + counted(
            "{n} value with fewer papers is left out.",
            "{n} values with fewer papers are left out.",
            left_out,
        )
    if len(crossed.gaps) > 1:
        widest = esc(_("Widest gaps: {gaps}.", gaps=crossed.widest()))
        gaps = f'<p class="mmu-hint">{widest}</p>'
    return (
        f'<p class="mmu-hint mmu-scale">{steps} {esc(_("papers"))} <span'
        f' class="mmu-gap">{esc(_("gap"))}</span> {esc(rule)}.{esc(more)}</p>{gaps}'
    )
