"""Papers as HTML: tables, lists and cards. Strings, because a row costs 0.01 ms so and 0.8 ms as
nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sphinx_mmu.ext.common.markup import esc, link
from sphinx_mmu.ext.common.nodes import Spot
from sphinx_mmu.ext.kinds.explorer import explorer_html
from sphinx_mmu.ext.render.downloads import files_of
from sphinx_mmu.ext.render.html_view import Renderer, id_attribute
from sphinx_mmu.ext.render.paging import FIRST, is_paged, pager, shown_link
from sphinx_mmu.messages import _
from sphinx_mmu.views.cells import Cell, Row, known_text
from sphinx_mmu.views.columns import Column
from sphinx_mmu.views.papers import Group, PapersView

_CLASSES = {
    "paper": "mmu-c-paper",
    "badge": "mmu-c-badge",
    "venue": "mmu-c-venue",
    "date": "mmu-c-date",
    "links": "mmu-links",
    "tick": "mmu-tick",
    "": "mmu-k1",
}
"""The class of a column by its role."""


def papers_html(renderer: Renderer, view: PapersView, spot: Spot) -> str:
    """Render a list of papers in the format that its request asks for."""
    match view.request.format:
        case "table":
            return _table_view(renderer, view, spot)
        case "list":
            items = _grouped_items(renderer, view, _item, "mmu-news", spot)
        case _:
            items = _grouped_items(renderer, view, _card, "mmu-cards", spot)
    head = "" if view.request.card else _head_line(renderer, view)
    return f'<div class="mmu-view">{head}{"".join(items)}</div>\n'


def empty_html(unit: str) -> str:
    """Render that nothing matches; ``unit`` is what is not there."""
    nothing = esc(_("Nothing matches."))
    return f'<p class="mmu-empty"><b data-mmu-count>0</b> {esc(unit)}. {nothing}</p>'


def _head_line(renderer: Renderer, view: PapersView) -> str:
    """The number of matches, and how to see those that are left out."""
    if not view.count:
        return empty_html(view.unit)
    request, whole = view.request, view.shown == view.count
    papers = request.collection == "papers"
    text = f"<b data-mmu-count>{view.count:,}</b> {esc(view.unit)}"
    if papers and whole:
        text = link(renderer.counted(request.filters, view.found), "", text)
    if request.caption:
        text = f"{esc(request.caption)} · {text}"
    if not whole:
        text += f", {esc(_('the first {n} shown', n=view.shown))}"
    if papers and not whole and (address := renderer.explorer(request.filters)):
        text += f" · {link(address, '', esc(_('all of them')))}"
    return f'<p class="mmu-hint">{text}{renderer.feed(view)}</p>'


# --- tables


def _table_view(renderer: Renderer, view: PapersView, spot: Spot) -> str:
    if not view.count:
        return f'<div class="mmu-view">{empty_html(view.unit)}</div>\n'
    domain, docname = renderer.domain, spot.docname
    groups, pages, shown = view.groups, "", ""
    if is_paged(domain, view):
        groups = (Group((), view.groups[0].rows[:FIRST]),)
        pages = pager(domain, docname, view)
        shown = shown_link(domain, docname, view)
    table = table_html(renderer, view, groups, spot.anchors)
    files = files_of(domain.site, docname, view.request)
    if view.request.facets:
        return explorer_html(renderer, view, table + pages, files, shown)
    wide = " mmu-wide" if _table_class(view.columns) == "mmu-catalogue" else ""
    return f'<div class="mmu-view{wide}">{table}{pages}{files}</div>\n'


def table_html(
    renderer: Renderer,
    view: PapersView,
    groups: Iterable[Group],
    anchors: dict[str, str],
) -> str:
    """Render some groups of a view as a table; ``anchors`` are taken out as rows use them."""
    columns, request = view.columns, view.request
    heads = widths = ""
    for column in columns:
        css, label = _CLASSES[column.role], esc(column.label)
        heads += (
            f'<th role="columnheader" scope="col" class="{css}">{label}</th>'
        )
        widths += f'<col class="{css}">'
    bodies = "".join(
        [_table_body(renderer, view, group, anchors) for group in groups]
    )
    hint = "" if request.facets else _head_line(renderer, view)
    name = esc(request.caption or view.unit)
    return (
        f'{hint}<table class="mmu-table {_table_class(columns)}" role="table" aria-label="{name}">'
        f'<colgroup>{widths}</colgroup><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f"{bodies}</table>"
    )


def _table_class(columns: tuple[Column, ...]) -> str:
    """The look of a table: compact for the few standard columns, a catalogue for any others."""
    roles = {column.role for column in columns}
    if "" in roles or "tick" in roles:
        return "mmu-catalogue"
    return "" if "badge" in roles else "mmu-compact"


def _table_body(
    renderer: Renderer, view: PapersView, group: Group, anchors: dict[str, str]
) -> str:
    rows = []
    if group.heading:
        rows.append(
            '<tr role="row" class="mmu-group"><th role="columnheader" scope="colgroup" '
            f'colspan="{len(view.columns)}">{renderer.line(group.heading)} '
            f'<span class="mmu-n">{len(group.rows)}</span></th></tr>'
        )
    known = renderer.site.rows.setdefault(view.columns, {})
    for row in group.rows:
        text = known.get(row.key)
        if text is None:
            text = known[row.key] = _table_row(renderer, view.columns, row)
        rows.append(
            f'<tr role="row"{id_attribute(anchors.pop(row.key, ""))}{text}'
        )
    return f'<tbody role="rowgroup">{"".join(rows)}</tbody>'


def _table_row(
    renderer: Renderer, columns: tuple[Column, ...], row: Row
) -> str:
    texts = ""
    for column, cell in zip(columns, row.cells, strict=True):
        text, role = renderer.cell(cell), column.role
        label = (
            f' data-mmu-l="{esc(column.label)}"' if role in ("", "tick") else ""
        )
        if role == "paper":
            texts += f'<th role="rowheader" scope="row">{text}</th>'
        else:
            texts += (
                f'<td role="cell" class="{_CLASSES[role]}"{label}>{text}</td>'
            )
    return f' data-mmu-key="{esc(row.key)}">{texts}</tr>\n'


# --- lists and cards

_Item = Callable[[Renderer, dict[str, Cell], str], str]


def _grouped_items(
    renderer: Renderer, view: PapersView, item: _Item, css: str, spot: Spot
) -> Iterable[str]:
    badges = [column.name for column in view.columns if column.role == "badge"]
    for group in view.groups:
        if group.heading:
            number = f'<span class="mmu-n">{len(group.rows)}</span>'
            yield f'<p class="mmu-group">{renderer.line(group.heading)} {number}</p>'
        items = ""
        for row in group.rows:
            names = (column.name for column in view.columns)
            cells = dict(zip(names, row.cells, strict=True))
            numbers = "".join([renderer.cell(cells[name]) for name in badges])
            anchor = id_attribute(spot.anchors.pop(row.key, ""))
            body = item(renderer, cells, numbers)
            items += f'<li{anchor} data-mmu-key="{esc(row.key)}">{body}</li>'
        if items:
            yield f'<ul class="{css}">{items}</ul>'


def _item(renderer: Renderer, cells: dict[str, Cell], badges: str) -> str:
    date = esc(known_text(cells["date"]))
    title = renderer.cell(cells["title"])
    return f'<time class="mmu-c-date">{date}</time><span>{badges}</span><span>{title}</span>'


def _card(renderer: Renderer, cells: dict[str, Cell], badges: str) -> str:
    venue = known_text(cells["venue"])
    foot = f'<span class="mmu-venue">{esc(venue)}</span> ' if venue else ""
    return (
        f'{renderer.cell(cells["paper"])}<p class="mmu-foot">{badges} {foot}'
        f'<time class="mmu-c-date">{esc(known_text(cells["date"]))}</time> '
        f'<span class="mmu-links">{renderer.cell(cells["links"])}</span></p>'
    )
