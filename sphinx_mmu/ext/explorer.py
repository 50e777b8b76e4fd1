"""The explorer: a table with facets, whole without a script, and the static pages of a table that is very long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sphinx.locale import _

from sphinx_mmu.ext._shared import ROOT, esc
from sphinx_mmu.views import Group, Offer, View

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from sphinx_mmu.ext.render import Renderer

FIRST = 100
"""Rows that a sliced table shows on its own page."""
SLICE = 500
"""Rows of each of its further pages."""


def explorer_html(renderer: Renderer, view: View, table: str, files: str) -> str:
    """A table with what a reader without scripts filters by: links. A script puts its controls in their place."""
    request, unit = view.request, view.unit or _("papers")
    data = {
        "collection": request.collection,
        "base": " AND ".join(f"({f})" for f in request.filters),
        "columns": " ".join(c.name for c in view.columns),
        "labels": "\t".join(c.label for c in view.columns),
        "facets": " ".join(offer.facet for offer in view.offers),
        "sort": request.sort,
        "group": request.group_by,
        "unit": unit,
        "directive": f"{request.variant or 'paper'}-{'catalogue' if request.variant else 'table'}",
    }
    settings = "".join(f' data-mmu-{name}="{esc(value)}"' for name, value in data.items())
    caption = f'<p class="mmu-hint">{esc(request.caption)}</p>' if request.caption else ""
    links = "".join(_offer(renderer, offer) for offer in view.offers)
    rail = f'<nav class="mmu-static" aria-label="{esc(_("Ready-made lists"))}">{links}</nav>' if links else ""
    return (
        f'<div class="mmu-view mmu-wide mmu-explorer" data-mmu-explorer data-mmu-root="{ROOT}"{settings}>'
        f'<div class="mmu-rail">{rail}</div><div class="mmu-results">{caption}<div class="mmu-bar">'
        f'<p class="mmu-count"><b data-mmu-count>{view.count}</b> {esc(data["unit"])}</p></div>'
        f"{table}{files}</div></div>\n"
    )


def _offer(renderer: Renderer, offer: Offer) -> str:
    """The values of a facet that have a page, as links with their numbers."""
    items = []
    for value, label, count in offer.values:
        place = renderer.domain.place("term", f"{offer.facet}:{value}")
        if place:
            css = ' class="mmu-sub"' if "/" in value else ""
            link = f'<a href="{esc(renderer.href(place))}">{esc(label)}</a>'
            items.append(f'<li{css}>{link} <span class="mmu-n">{count}</span></li>')
    return f'<p class="mmu-legend">{esc(offer.label)}</p><ul>{"".join(items)}</ul>' if items else ""


def sliced(view: View, most: int) -> bool:
    """Whether a table has so many rows that only the first stand on its page. 0 means that none has."""
    return bool(most) and view.shown > most and len(view.groups) == 1 and view.request.format == "table"


def slice_name(docname: str, number: int) -> str:
    """The name of a further page, from 1."""
    return f"{docname}-page-{number}"


def slices(view: View) -> Iterator[tuple[int, int, int]]:
    """The further pages of a table: number, first row and row after the last, both from 0."""
    for number, start in enumerate(range(0, view.shown, SLICE), 1):
        yield number, start, min(start + SLICE, view.shown)


def pager(view: View, docname: str, builder: Builder, current: int = 0) -> str:
    """Links to the further pages."""
    items = []
    for number, start, end in slices(view):
        here = ' aria-current="page"' if number == current else ""
        address = f"{ROOT}{builder.get_target_uri(slice_name(docname, number))}"
        items.append(f'<li><a href="{esc(address)}"{here}>{start + 1:,}–{end:,}</a></li>')
    return f'<nav class="mmu-pager" aria-label="{esc(_("All rows, page by page"))}"><ul>{"".join(items)}</ul></nav>'


def slice_pages(renderer: Renderer, docname: str, title: str, view: View) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The further pages of a table as Sphinx collects them: name, context and template."""
    for number, start, end in slices(view):
        name = slice_name(docname, number)
        rows = Group((), view.groups[0].papers[start:end])
        heading = f"{title}, {start + 1:,}–{end:,}"
        body = (
            f"<h1>{esc(heading)}</h1>"
            f'<div class="mmu-view">{renderer.table(view, [rows], {})}'
            f"{pager(view, docname, renderer.builder, number)}</div>"
        )
        yield name, {"title": heading, "body": renderer.relative(body, name)}, "page.html"
