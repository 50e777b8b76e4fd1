"""Figures from the data as html: plain markup whose cells lead to the papers. ``mmu-map.js`` draws
the same anew.
"""

from __future__ import annotations

from typing import NamedTuple

from sphinx_mmu.ext._shared import ROOT, esc, link
from sphinx_mmu.ext.html_view import Renderer, as_json, id_attribute
from sphinx_mmu.ext.kinds.figures_html._frame import Frame, without_script
from sphinx_mmu.figures.context import TermRef
from sphinx_mmu.figures.gap_map import Axis, GapMap, Value, tenths
from sphinx_mmu.filters.syntax import quoted
from sphinx_mmu.messages import _, counted
from sphinx_mmu.views.columns import Part
from sphinx_mmu.views.figures import FigureView


def gap_map_html(frame: Frame, figure: GapMap) -> str:
    """Render a table of numbers that lead to their papers; gaps are called so in words."""
    caption = esc(frame.view.request.caption or _("Papers by two facets."))
    table = _Table(frame.renderer, frame.view, figure).html()
    fixed = without_script(
        _("Choosing rows and columns needs JavaScript, which is not running here."),
        _(
            "The table is complete, and the names of its rows and columns lead to their papers."
        ),
    )
    return (
        f'<figure class="mmu-fig mmu-gapmap mmu-wide"{id_attribute(frame.fid)} data-mmu-map'
        f"{_settings(frame, figure)}><figcaption><b>{esc(figure.finding())}</b>"
        f" <span>{caption}</span></figcaption>"
        f'<div class="mmu-scroll" tabindex="0" role="group" aria-label="{caption}">'
        f"{table}</div>{_legend(figure)}{frame.foot()}{fixed}</figure>\n"
    )


def _settings(frame: Frame, figure: GapMap) -> str:
    """What a script needs to draw the map for other facets and filters."""
    data = {
        "rows": figure.rows.spec,
        "columns": figure.columns.spec,
        "expect": str(figure.expect),
        "filters": as_json(list(frame.view.request.filters)),
        "explorer-page": frame.renderer.explorer(()),
        "root": ROOT,
        "places": as_json(_places(frame.renderer, figure)),
    }
    return "".join(f' data-mmu-{name}="{esc(value)}"' for name, value in data.items())


def _places(renderer: Renderer, figure: GapMap) -> dict[str, str]:
    """Tag → where the site explains it, from the site's root."""
    places = ((tag, renderer.domain.place("term", tag)) for tag in figure.tags)
    return {
        tag: renderer.href(place).removeprefix(ROOT) for tag, place in places if place
    }


class _Table(NamedTuple):
    """The table of one matrix."""

    renderer: Renderer
    view: FigureView
    crossed: GapMap

    def html(self) -> str:
        """Head, a row per value, and the totals."""
        rows, columns = self.crossed.rows, self.crossed.columns
        shade, gaps = (
            self.crossed.shades(),
            {(g.row, g.column): tenths(g.expected) for g in self.crossed.gaps},
        )
        heads = "".join(self._head("col", columns, v) for v in columns.values)
        body = ""
        for i, row in enumerate(rows.values):
            cells = "".join(
                self._cell(i, j, shade, gaps.get((i, j), ""))
                for j in range(len(columns.values))
            )
            body += (
                f"<tr>{self._head('row', rows, row)}{cells}{self._sum(rows, row)}</tr>"
            )
        feet = "".join(self._sum(columns, v) for v in columns.values)
        every, total = esc(_("all papers")), self._link(str(self.crossed.total))
        return (
            f'<table class="mmu-map"><thead><tr><th scope="col">{esc(rows.label)}</th>{heads}<th'
            f' scope="col">{every}</th></tr></thead><tbody>{body}</tbody><tfoot><tr><th'
            f' scope="row">{every}</th>{feet}<td class="mmu-sum">{total}</td></tr></tfoot></table>'
        )

    def _head(self, scope: str, axis: Axis, value: Value) -> str:
        mark = self._badge(value.top) if value.top else ""
        label = self.renderer.part(
            Part("term", value.label, f"{axis.facet}:{value.value}")
        )
        return f'<th scope="{scope}">{mark}{label}</th>'

    def _badge(self, top: TermRef) -> str:
        return (
            f"{self.renderer.part(Part('badge', str(top.number), top.tag, top.label))} "
        )

    def _link(self, text: str, *conditions: tuple[Axis, Value]) -> str:
        """A number that leads to its papers, with the names of the values for those who only hear
        it.
        """
        words = " × ".join(value.label for _axis, value in conditions)
        filters = (f"{axis.facet}:{quoted(value.value)}" for axis, value in conditions)
        spoken = f'{text}<span class="mmu-sr"> {esc(words)}</span>' if words else text
        return link(
            self.renderer.explorer((*self.view.request.filters, *filters)), "", spoken
        )

    def _sum(self, axis: Axis, value: Value) -> str:
        return f'<td class="mmu-sum">{self._link(str(value.size), (axis, value))}</td>'

    def _cell(self, i: int, j: int, shade: dict[int, int], expected: str) -> str:
        count, rows, columns = (
            self.crossed.cells[i][j],
            self.crossed.rows,
            self.crossed.columns,
        )
        if count:
            text = self._link(
                str(count), (rows, rows.values[i]), (columns, columns.values[j])
            )
            return f'<td class="mmu-q{shade[count]}">{text}</td>'
        if not expected:
            return "<td>0</td>"
        pair = f"{rows.values[i].label} × {columns.values[j].label}"
        words = f" {pair}, {_('{number} expected', number=expected)}"
        return f'<td class="mmu-gap">{esc(_("gap"))}<span class="mmu-sr">{esc(words)}</span></td>'


def _legend(crossed: GapMap) -> str:
    steps = "".join(
        f'<span class="mmu-q{shade}">{_from_to(low, high)}</span>'
        for shade, low, high in crossed.scale()
    )
    rule = counted(
        "no paper, though at least {expect} would be expected ({n} paper is tagged in both)",
        "no paper, though at least {expect} would be expected ({n} papers are tagged in both)",
        crossed.both,
        expect=crossed.expect,
    )
    left_out, more, gaps = crossed.rows.left_out + crossed.columns.left_out, "", ""
    if left_out:
        more = " " + counted(
            "{n} value with fewer papers is left out.",
            "{n} values with fewer papers are left out.",
            left_out,
        )
    if len(crossed.gaps) > 1:
        gaps = _("Widest gaps: {gaps}.", gaps=crossed.widest())
    return (
        f'<p class="mmu-hint mmu-scale">{steps} {esc(_("papers"))} <span'
        f' class="mmu-gap">{esc(_("gap"))}</span> {esc(rule)}.{esc(more)}</p>'
        + (f'<p class="mmu-hint">{esc(gaps)}</p>' if gaps else "")
    )


def _from_to(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
