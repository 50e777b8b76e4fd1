"""Figures from the data as html: plain markup whose cells lead to the papers. ``mmu-map.js`` draws the same anew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sphinx.locale import _

from sphinx_mmu.cells import Part
from sphinx_mmu.collection import ordered_values
from sphinx_mmu.ext._shared import ROOT, esc, link
from sphinx_mmu.matrix import Axis, Matrix, Value, finding, scale, shades, tenths, widest
from sphinx_mmu.query import quoted
from sphinx_mmu.views import View

if TYPE_CHECKING:
    from sphinx_mmu.ext.render import Renderer


def matrix_html(renderer: Renderer, view: View) -> str:
    """The gap map: a table of numbers that lead to their papers; gaps are called so in words."""
    if view.matrix is None:
        return f'<div class="mmu-view">{renderer.empty(view)}</div>\n'
    caption = esc(view.request.caption or _("Papers by two facets."))
    return (
        f'<figure class="mmu-fig mmu-gapmap mmu-wide" data-mmu-map{_settings(renderer, view)}>'
        f"<figcaption><b>{esc(finding(view.matrix))}</b> <span>{caption}</span></figcaption>"
        f'<div class="mmu-scroll" tabindex="0" role="group" aria-label="{caption}">'
        f"{_Table(renderer, view, view.matrix).html()}</div>{_legend(view, view.matrix)}</figure>\n"
    )


def _settings(renderer: Renderer, view: View) -> str:
    """What a script needs to draw the map for other facets and filters."""
    request = view.request
    data = {
        "rows": request.columns[0],
        "columns": request.columns[1],
        "expect": str(request.limit),
        "filters": _json(list(request.filters)),
        "explorer-page": renderer.explorer(()),
        "root": ROOT,
        "places": _json(_places(renderer)),
    }
    return "".join(f' data-mmu-{name}="{esc(value)}"' for name, value in data.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _places(renderer: Renderer) -> dict[str, str]:
    """Tag → where the site explains it, from the site's root."""
    library = renderer.domain.library
    tags = (f"{f.name}:{v}" for f in library.facets.values() for v in ordered_values(library.papers, f))
    places = ((tag, renderer.domain.place("term", tag)) for tag in tags)
    return {tag: renderer.href(place).removeprefix(ROOT) for tag, place in places if place}


class _Table(NamedTuple):
    """The table of one matrix."""

    renderer: Renderer
    view: View
    crossed: Matrix

    def html(self) -> str:
        """Head, a row per value, and the totals."""
        rows, columns = self.crossed.rows, self.crossed.columns
        shade, gaps = shades(self.crossed), {(g.row, g.column): tenths(g.expected) for g in self.crossed.gaps}
        heads = "".join(self._head("col", columns, v) for v in columns.values)
        body = ""
        for i, row in enumerate(rows.values):
            cells = "".join(self._cell(i, j, shade, gaps.get((i, j), "")) for j in range(len(columns.values)))
            body += f"<tr>{self._head('row', rows, row)}{cells}{self._sum(rows, row)}</tr>"
        feet = "".join(self._sum(columns, v) for v in columns.values)
        every, total = esc(_("all papers")), self._link(str(self.crossed.total))
        return (
            f'<table class="mmu-map"><thead><tr><th scope="col">{esc(rows.label)}</th>{heads}'
            f'<th scope="col">{every}</th></tr></thead><tbody>{body}</tbody><tfoot><tr>'
            f'<th scope="row">{every}</th>{feet}<td class="mmu-sum">{total}</td></tr></tfoot></table>'
        )

    def _head(self, scope: str, axis: Axis, value: Value) -> str:
        mark = f"{self.renderer.part(value.mark)} " if value.mark else ""
        label = self.renderer.part(Part("term", value.label, f"{axis.facet}:{value.value}"))
        return f'<th scope="{scope}">{mark}{label}</th>'

    def _link(self, text: str, *conditions: tuple[Axis, Value]) -> str:
        """A number that leads to its papers, with the names of the values for those who only hear it."""
        words = " × ".join(value.label for _axis, value in conditions)
        filters = (f"{axis.facet}:{quoted(value.value)}" for axis, value in conditions)
        spoken = f'{text}<span class="mmu-sr"> {esc(words)}</span>' if words else text
        return link(self.renderer.explorer((*self.view.request.filters, *filters)), "", spoken)

    def _sum(self, axis: Axis, value: Value) -> str:
        return f'<td class="mmu-sum">{self._link(str(value.size), (axis, value))}</td>'

    def _cell(self, i: int, j: int, shade: dict[int, int], expected: str) -> str:
        count, rows, columns = self.crossed.cells[i][j], self.crossed.rows, self.crossed.columns
        if count:
            text = self._link(str(count), (rows, rows.values[i]), (columns, columns.values[j]))
            return f'<td class="mmu-q{shade[count]}">{text}</td>'
        if not expected:
            return "<td>0</td>"
        words = f" {rows.values[i].label} × {columns.values[j].label}, {_('%s expected') % expected}"
        return f'<td class="mmu-gap">{esc(_("gap"))}<span class="mmu-sr">{esc(words)}</span></td>'


def _legend(view: View, crossed: Matrix) -> str:
    steps = "".join(f'<span class="mmu-q{shade}">{_from_to(low, high)}</span>' for shade, low, high in scale(crossed))
    rule = _("none, though the totals suggest %d or more") % view.request.limit
    left_out = crossed.rows.left_out + crossed.columns.left_out
    more = f" {_('%d values with fewer papers are left out.') % left_out}" if left_out else ""
    gaps = f" {_('Widest gaps')}: {widest(crossed)}." if len(crossed.gaps) > 1 else ""
    return (
        f'<p class="mmu-hint mmu-scale">{steps} {esc(_("papers"))} <span class="mmu-gap">{esc(_("gap"))}</span> '
        f"{esc(rule)}.{esc(more)}</p>" + (f'<p class="mmu-hint">{esc(gaps.strip())}</p>' if gaps else "")
    )


def _from_to(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
