"""Lists of terms as HTML: nested lists, cards, and stations along a line."""

from __future__ import annotations

from sphinx_mmu.ext._shared import esc, link
from sphinx_mmu.ext.html_view import Renderer, condition, id_attribute
from sphinx_mmu.ext.registry import Spot
from sphinx_mmu.messages import _
from sphinx_mmu.views.cells import Part, badge
from sphinx_mmu.views.terms import TermItem, TermsView

_DOTS = 200
"""A station with more papers has no dots."""


def terms_html(renderer: Renderer, view: TermsView, spot: Spot) -> str:
    """Render a list of terms in the format that its request asks for."""
    if view.request.format == "pipe":
        stations = [
            _station(renderer, item, spot.anchors) for item in view.items
        ]
        return f'<ol class="mmu-pipe">{"".join(stations)}</ol>\n'
    return _list(renderer, view, view.items, spot.anchors)


def _list(
    renderer: Renderer,
    view: TermsView,
    items: tuple[TermItem, ...],
    anchors: dict[str, str],
) -> str:
    css = "mmu-cards" if view.request.format == "cards" else "mmu-list"
    texts = "".join([_item(renderer, view, item, anchors) for item in items])
    return f'<ul class="{css}">{texts}</ul>\n'


def _item(
    renderer: Renderer, view: TermsView, item: TermItem, anchors: dict[str, str]
) -> str:
    term = item.term
    number = css = definition = below = ""
    if view.numbered and term.depth == 1:
        number = f"{renderer.part(badge(term))} "
        css = f' class="mmu-c{term.order}"'
    if view.request.format == "cards":
        definition = f'<span class="mmu-by">{esc(term.definition)}</span>'
    if item.children:
        below = _list(renderer, view, item.children, anchors)
    anchor = id_attribute(anchors.get(term.tag, ""))
    label = renderer.part(Part("term", term.label, term.tag))
    papers = _led(renderer, item, str(item.papers))
    return (
        f"<li{anchor}{css}>{number}{label} <span"
        f' class="mmu-n">{papers}</span>{definition}{below}</li>'
    )


def _led(renderer: Renderer, item: TermItem, text: str) -> str:
    """The number of papers of a term, as the link to them."""
    return link(renderer.counted((condition(item.term.tag),)), "", text)


def _station(
    renderer: Renderer, item: TermItem, anchors: dict[str, str]
) -> str:
    term = item.term
    name = (
        f'<span class="mmu-badge">{term.order}</span><span'
        f' class="mmu-step">{esc(term.short or term.label)}</span>'
    )
    address = renderer.term(term.tag)
    head = link(address, "", name) if address else f"<span>{name}</span>"
    line = (
        f'<span class="mmu-line">{esc(item.line)}</span>' if item.line else ""
    )
    children = ""
    for child in (below.term for below in item.children):
        anchor = id_attribute(anchors.get(child.tag, ""))
        children += f"<li{anchor}>{esc(child.short or child.label)}</li>"
    dots = (
        f'<span class="mmu-dots" aria-hidden="true">{"■" * item.papers}</span>'
    )
    papers = _led(renderer, item, f"<b>{item.papers}</b> {esc(_('papers'))}")
    return (
        f'<li class="mmu-c{term.order}"{id_attribute(anchors.get(term.tag, ""))}>{head}{line}'
        f'<ul>{children}</ul><span class="mmu-n">{papers}</span>'
        f"{dots if item.papers <= _DOTS else ''}</li>"
    )
