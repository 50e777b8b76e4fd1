"""The explorer: a table with facets that is complete without a script."""

from __future__ import annotations

from sphinx_mmu.ext.common.markup import ROOT, esc, link
from sphinx_mmu.ext.render.html_view import Renderer, data_attributes
from sphinx_mmu.ext.state.explorers import index_pages
from sphinx_mmu.ext.state.places import Place
from sphinx_mmu.messages import _
from sphinx_mmu.views.papers import Offer, PapersView

_LONG, _MOST = 20, 100
"""How many values of a facet readers without scripts see unfolded, and how many are listed."""


def explorer_html(
    renderer: Renderer,
    view: PapersView,
    table: str,
    files: str,
    shown: str = "",
) -> str:
    """A table with what a reader without scripts filters by: links. A script puts its controls in
    their place.

    ``shown`` describes how much of a paged table there is.
    """
    request = view.request
    kind = "catalogue" if request.catalogue else "table"
    data = {
        "collection": request.collection,
        "base": " AND ".join(f"({f})" for f in request.filters),
        "columns": " ".join(c.name for c in view.columns),
        "labels": "\t".join(c.label for c in view.columns),
        "facets": " ".join(offer.facet for offer in view.offers),
        "sort": request.sort,
        "group": request.group_by,
        "unit": view.units[0],
        "units": view.units[1],
        "directive": f"{request.catalogue or 'paper'}-{kind}",
    }
    hint = f'<p class="mmu-hint">{esc(request.caption)}</p>'
    caption = hint if request.caption else ""
    links = "".join(_offer(renderer, offer) for offer in view.offers)
    why = _(
        "Search, filters and sorting need JavaScript, which is not running here."
    )
    instead = _(
        "These lists are filtered already, and the files below have every row."
    )
    rail = (
        f'<nav class="mmu-static" aria-label="{esc(_("Ready-made lists"))}">'
        f'<p class="mmu-hint">{esc(why)} {esc(instead)}</p>{links}</nav>'
        if links
        else ""
    )
    return (
        '<div class="mmu-view mmu-wide mmu-explorer" data-mmu-explorer'
        f' data-mmu-root="{ROOT}"{data_attributes(data)}><div class="mmu-rail">{rail}</div><div'
        f' class="mmu-results">{caption}<div class="mmu-bar"><p class="mmu-count"><b'
        f" data-mmu-count>{view.count:,}</b>"
        f" {esc(view.unit)}{shown and f', {shown}'}{renderer.feed(view)}</p></div>{table}{files}"
        "</div></div>\n"
    )


def _offer(renderer: Renderer, offer: Offer) -> str:
    """The values of a facet that have a page, as links with their numbers; many are folded, and
    of more than :data:`_MOST` the index has the others.
    """
    items = []
    for value, label, count in offer.values:
        if address := renderer.term(f"{offer.facet}:{value}"):
            css = ' class="mmu-sub"' if "/" in value else ""
            name = link(address, "", esc(label))
            items.append(
                f'<li{css}>{name} <span class="mmu-n">{count}</span></li>'
            )
    listed = f"<ul>{''.join(items[:_MOST])}</ul>{_others(renderer, len(items) - _MOST)}"
    if len(items) > _LONG:
        return (
            f"<details><summary>{esc(offer.label)}</summary>{listed}</details>"
        )
    return (
        f'<p class="mmu-legend">{esc(offer.label)}</p>{listed}' if items else ""
    )


def _others(renderer: Renderer, rest: int) -> str:
    if rest < 1:
        return ""
    pages = index_pages(renderer.domain)
    address = renderer.href(Place(0, pages[0], "")) if pages else ""
    return f"<p>{link(address, '', esc(_('and {n} more', n=rest)))}</p>"
