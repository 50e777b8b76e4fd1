"""Lists of terms as HTML: nested lists, cards, and stations along a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_mmu.ext._shared import esc, link
from sphinx_mmu.ext.html_view import Renderer, id_attribute
from sphinx_mmu.filters.syntax import quoted
from sphinx_mmu.messages import _
from sphinx_mmu.views.columns import Part, badge
from sphinx_mmu.views.terms import TermItem, TermsView

if TYPE_CHECKING:
    from sphinx_mmu.ext.registry import Spot

_DOTS = 200
"""A station with more papers has no dots."""


def terms_html(renderer: Renderer, view: TermsView, spot: Spot) -> str:
    """Render a list of terms in the format that its request asks for."""
    if view.request.format == "pipe":
        stations = "".join(
            [_station(renderer, item, spot.anchors) for item in view.items]
        )
        return f'<ol class="mmu-pipe">{stations}</ol>\n'
    css = "mmu-cards" if view.request.format == "cards" else "mmu-list"
    return _list(renderer, view, view.items, css, spot.anchors)


def _list(
    renderer: Renderer,
    view: TermsView,
    items: tuple[TermItem, ...],
    css: str,
    anchors: dict[str, str],
) -> str:
    texts = "".join([_item(renderer, view, item, css, anchors) for item in items])
    return f'<ul class="{css}">{texts}</ul>\n'


def _item(
    renderer: Renderer,
    view: TermsView,
    item: TermItem,
    css: str,
    anchors: dict[str, str],
) -> str:
    term = item.term
    number = css_class = definition = below = ""
    if view.numbered and term.depth == 1:
        number = f"{renderer.part(badge(term))} "
        css_class = f' class="mmu-c{term.order}"'
    if css == "mmu-cards":
        definition = f'<span class="mmu-by">{esc(term.definition)}</span>'
    if item.children:
        below = _list(renderer, view, item.children, css, anchors)
    anchor = id_attribute(anchors.get(term.tag, ""))
    label = renderer.part(Part("term", term.label, term.tag))
    papers = _led(renderer, item, str(item.papers))
    return (
        f"<li{anchor}{css_class}>{number}{label} <span"
        f' class="mmu-n">{papers}</span>{definition}{below}</li>'
    )


def _led(renderer: Renderer, item: TermItem, text: str) -> str:
    """The number of papers of a term, as the link to them."""
    facet, value = item.term.facet, item.term.value
    return link(renderer.counted((f"{facet}:{quoted(value)}",)), "", text)


def _station(renderer: Renderer, item: TermItem, anchors: dict[str, str]) -> str:
    term = item.term
    name = (
        f'<span class="mmu-badge">{term.order}</span><span'
        f' class="mmu-step">{esc(term.short or term.label)}</span>'
    )
    place = renderer.domain.place("term", term.tag)
    head = (
        f'<a href="{esc(renderer.href(place))}">{name}</a>'
        if place
        else f"<span>{name}</span>"
    )
    line = f'<span class="mmu-line">{esc(item.line)}</span>' if item.line else ""
    children = ""
    for child in item.children:
        anchor = id_attribute(anchors.get(child.term.tag, ""))
        children += f"<li{anchor}>{esc(child.term.short or child.term.label)}</li>"
    dots = ""
    if item.papers <= _DOTS:
        dots = f'<span class="mmu-dots" aria-hidden="true">{"■" * item.papers}</span>'
    papers = _led(renderer, item, f"<b>{item.papers}</b> {esc(_('papers'))}")
    return (
        f'<li class="mmu-c{term.order}"{id_attribute(anchors.get(term.tag, ""))}>{head}{line}'
        f'<ul>{children}</ul><span class="mmu-n">{papers}</span>'
        f"{dots}</li>"
    )
