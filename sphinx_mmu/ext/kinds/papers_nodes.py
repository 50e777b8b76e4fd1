"""Papers as docutils nodes, for every builder but those that write HTML pages."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from sphinx_mmu.ext.common.docutils_pieces import (
    Nodes,
    bullets,
    paragraph,
    put_target,
    table,
)
from sphinx_mmu.ext.common.nodes import Spot
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.messages import _
from sphinx_mmu.views.cells import Cell, Line, known_text
from sphinx_mmu.views.papers import Group, PapersView


def papers_nodes(renderer: NodeRenderer, view: PapersView, spot: Spot) -> Nodes:
    """Write a list of papers: the number of matches, then a table or list for each group."""
    found: Nodes = []
    if not view.request.card:
        found.append(paragraph(_count_text(view), translatable=False))
    write = _table if view.request.is_table else _list
    for group in view.groups:
        if group.heading:
            found.append(
                nodes.rubric("", "", *renderer.line_nodes(group.heading))
            )
        if group.rows:
            found.append(write(renderer, view, group, spot.anchors))
    return found


def _count_text(view: PapersView) -> str:
    text = f"{view.count} {view.unit}" if view.count else _("Nothing matches.")
    if view.shown < view.count:
        text = _("{count}, the first {n} shown", count=text, n=view.shown)
    return f"{view.request.caption} · {text}" if view.request.caption else text


def _table(
    renderer: NodeRenderer,
    view: PapersView,
    group: Group,
    anchors: dict[str, str],
) -> nodes.table:
    rows = []
    narrow = renderer.domain.site.builder.name == "latex"
    for paper in group.rows:
        row = nodes.row()
        for column, cell in zip(view.columns, paper.cells, strict=True):
            badges = narrow and column.role == "badge"
            shown = tuple(_bare(cell)) if badges else cell
            row += nodes.entry("", *renderer.cell(shown))
        put_target(row, anchors.pop(paper.key, ""))
        rows.append(row)
    return table(((c.label, c.width) for c in view.columns), rows)


def _bare(cell: Cell) -> Iterator[Line]:
    """Badges without their words: in TeX a column cannot grow, and long words run out of it."""
    for line in cell:
        parts = tuple(part._replace(lead="") for part in line.parts)
        yield line._replace(parts=parts)


def _list(
    renderer: NodeRenderer,
    view: PapersView,
    group: Group,
    anchors: dict[str, str],
) -> nodes.bullet_list:
    make = _card if view.request.format == "cards" else _line
    names = [column.name for column in view.columns]
    found = bullets(
        make(renderer, dict(zip(names, row.cells, strict=True)))
        for row in group.rows
    )
    for row, item in zip(
        group.rows, found.findall(nodes.list_item), strict=True
    ):
        put_target(item, anchors.pop(row.key, ""))
    return found


def _line(renderer: NodeRenderer, cells: dict[str, Cell]) -> Nodes:
    date, title = known_text(cells["date"]), cells["title"][0].parts
    before = f"{date} " if date else ""
    return [paragraph(before, *renderer.line_nodes(title))]


def _card(renderer: NodeRenderer, cells: dict[str, Cell]) -> Nodes:
    venue, links = (
        renderer.line_nodes(cells[name][0].parts) for name in ("venue", "links")
    )
    foot = paragraph(*venue, f" {known_text(cells['date'])} ", *links)
    return [*renderer.cell(cells["paper"]), foot]
