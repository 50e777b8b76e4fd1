"""Figures from the data as html: plain markup whose cells lead to the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.locale import _

from sphinx_mmu.cells import Part
from sphinx_mmu.ext._shared import esc, link
from sphinx_mmu.matrix import Axis, Matrix, Value, finding, shades
from sphinx_mmu.query import quoted
from sphinx_mmu.views import View

if TYPE_CHECKING:
    from sphinx_mmu.ext.render import Renderer


def matrix_html(renderer: Renderer, view: View) -> str:
    """The gap map: a table of numbers that lead to their papers; gaps are called so in words."""
    crossed = view.matrix
    if crossed is None:
        return f'<div class="mmu-view">{renderer.empty(view)}</div>\n'
    heads = "".join(f'<th scope="col">{_axis_link(renderer, crossed.columns, v)}</th>' for v in crossed.columns.values)
    gaps = {(g.row, g.column) for g in crossed.gaps}
    shade = shades(crossed)
    rows = []
    for i, row in enumerate(crossed.rows.values):
        cells = "".join(_matrix_cell(renderer, view, crossed, i, j, shade, gaps) for j in range(len(crossed.cells[i])))
        head = f'<th scope="row">{_axis_link(renderer, crossed.rows, row)}</th>'
        rows.append(f'<tr>{head}{cells}<td class="mmu-sum">{row.size}</td></tr>')
    feet = "".join(f'<td class="mmu-sum">{v.size}</td>' for v in crossed.columns.values)
    all_papers = esc(_("all papers"))
    settings = {"rows": view.request.columns[0], "columns": view.request.columns[1], "expect": view.request.limit}
    settings["base"] = " AND ".join(f"({f})" for f in view.request.filters)
    data = "".join(f' data-mmu-{name}="{esc(str(value))}"' for name, value in settings.items())
    data += f' data-mmu-explorer-page="{esc(renderer.explorer(()))}"'
    caption = esc(view.request.caption or _("Papers by two facets"))
    return (
        f'<figure class="mmu-fig mmu-gapmap" data-mmu-map{data}>'
        f"<figcaption><b>{esc(finding(crossed))}</b> {caption}</figcaption>"
        f'<div class="mmu-scroll" tabindex="0" role="group" aria-label="{caption}">'
        f'<table class="mmu-map"><thead><tr><th scope="col">{esc(crossed.rows.label)}</th>{heads}'
        f'<th scope="col">{all_papers}</th></tr></thead><tbody>{"".join(rows)}</tbody><tfoot><tr>'
        f'<th scope="row">{all_papers}</th>{feet}<td class="mmu-sum">{crossed.total}</td></tr></tfoot></table>'
        "</div>"
        f"{_legend(renderer, view, crossed)}</figure>\n"
    )


def _legend(renderer: Renderer, view: View, crossed: Matrix) -> str:
    rule = _("gap: none, where the totals let expect %d or more") % view.request.limit
    left_out = crossed.rows.left_out + crossed.columns.left_out
    more = f" {_('%d values with fewer papers are left out.') % left_out}" if left_out else ""
    return f'<p class="mmu-hint">{esc(rule)}.{esc(more)}</p>'


def _axis_link(renderer: Renderer, axis: Axis, value: Value) -> str:
    return renderer.part(Part("term", value.label, f"{axis.facet}:{value.value}"))


def _matrix_cell(
    renderer: Renderer, view: View, crossed: Matrix, i: int, j: int, shade: dict[int, int], gaps: set[tuple[int, int]]
) -> str:
    count, row, column = crossed.cells[i][j], crossed.rows.values[i], crossed.columns.values[j]
    if not count:
        return f'<td class="mmu-gap">{esc(_("gap"))}</td>' if (i, j) in gaps else "<td>0</td>"
    filters = (
        *view.request.filters,
        f"{crossed.rows.facet}:{quoted(row.value)}",
        f"{crossed.columns.facet}:{quoted(column.value)}",
    )
    words = f'<span class="mmu-sr"> {esc(row.label)} × {esc(column.label)}</span>'
    return f'<td class="mmu-q{shade[count]}">{link(renderer.explorer(filters), "", f"{count}{words}")}</td>'
