"""Papers as docutils nodes, for every builder but those that write HTML pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_mmu.ext.docutils_view import Expander, put_target
from sphinx_mmu.ext.kinds.papers_html import unit_of
from sphinx_mmu.messages import _
from sphinx_mmu.views.columns import Cell, known_text
from sphinx_mmu.views.papers import Group, PapersView

if TYPE_CHECKING:
    from sphinx_mmu.ext.registry import Spot


def papers_nodes(expander: Expander, view: PapersView, spot: Spot) -> list[nodes.Node]:
    """Write a list of papers: the number of matches, then a table or list for each group."""
    found: list[nodes.Node] = []
    if not view.request.card:
        found.append(nodes.paragraph("", _count_text(view), translatable=False))
    for group in view.groups:
        if group.heading:
            found.append(nodes.rubric("", "", *expander.line_nodes(group.heading)))
        if group.rows and view.request.format == "table":
            found.append(_table(expander, view, group, spot.anchors))
        elif group.rows:
            found.append(_list(expander, view, group, spot.anchors))
    return found


def _count_text(view: PapersView) -> str:
    text = f"{view.count} {unit_of(view)}" if view.count else _("Nothing matches.")
    if view.shown < view.count:
        text += f", {_('the first {n} shown', n=view.shown)}"
    return f"{view.request.caption} · {text}" if view.request.caption else text


def _table(
    expander: Expander, view: PapersView, group: Group, anchors: dict[str, str]
) -> nodes.table:
    rows = []
    narrow = expander.domain.site.builder.name == "latex"
    for row in group.rows:
        given = zip(view.columns, row.cells, strict=True)
        shown = (
            _bare(cell) if narrow and c.role == "badge" else cell for c, cell in given
        )
        cells = [nodes.entry("", *expander.cell(cell)) for cell in shown]
        rows.append(nodes.row("", *cells))
        put_target(rows[-1], anchors.pop(row.key, ""))
    return expander.table(
        [(column.label, column.width) for column in view.columns], rows
    )


def _bare(cell: Cell) -> Cell:
    """Badges without their words: in TeX a column cannot grow, and long words run out of it."""
    return tuple(
        line._replace(parts=tuple(part._replace(lead="") for part in line.parts))
        for line in cell
    )


def _list(
    expander: Expander, view: PapersView, group: Group, anchors: dict[str, str]
) -> nodes.bullet_list:
    make = _card if view.request.format == "cards" else _line
    items = []
    for row in group.rows:
        cells = {c.name: cell for c, cell in zip(view.columns, row.cells, strict=True)}
        items.append(nodes.list_item("", *make(expander, cells)))
        put_target(items[-1], anchors.pop(row.key, ""))
    return nodes.bullet_list("", *items, classes=["mmu-list"])


def _line(expander: Expander, cells: dict[str, Cell]) -> list[nodes.Node]:
    date = known_text(cells["date"])
    before = [nodes.Text(f"{date} ")] if date else []
    return [
        nodes.paragraph("", "", *before, *expander.line_nodes(cells["title"][0].parts))
    ]


def _card(expander: Expander, cells: dict[str, Cell]) -> list[nodes.Node]:
    foot = [
        *expander.line_nodes(cells["venue"][0].parts),
        nodes.Text(f" {known_text(cells['date'])} "),
        *expander.line_nodes(cells["links"][0].parts),
    ]
    return [*expander.cell(cells["paper"]), nodes.paragraph("", "", *foot)]
