"""Small multiples: each term's papers over time, all on one scale."""

from __future__ import annotations

from math import ceil

from sphinx_mmu.ext.common.markup import esc, link
from sphinx_mmu.ext.kinds.figures_html._frame import (
    Frame,
    Look,
    colour,
    number_mark,
)
from sphinx_mmu.figures.context import papers_text
from sphinx_mmu.figures.sparklines import Panel, Sparks
from sphinx_mmu.figures.svg import num, path, rect, svg, text, width
from sphinx_mmu.messages import _

_GRID, _ALONE = 136, 340
"""The width of a panel among others, and of one alone."""
_BASE, _PLOT, _SIZE = 62, 44, 11


def sparks_drawings(frame: Frame, figure: Sparks) -> list[str]:
    """The drawing of each panel."""
    w = _GRID if len(figure.panels) > 1 else _ALONE
    return [
        _drawing(f"{frame.figure_id}-{i}", figure, panel, w)
        for i, panel in enumerate(figure.panels)
    ]


def sparks_look(frame: Frame, figure: Sparks) -> Look:
    """A list of panels, or one of them for the head of a chapter."""
    css, how = "sparks", _("The number labels the highest bar.")
    alone, items = len(figure.panels) == 1, ""
    if alone:
        css, how = "sparks mmu-alone", _scale(figure)
    drawings = sparks_drawings(frame, figure)
    for panel, drawing in zip(figure.panels, drawings, strict=True):
        label = esc(panel.mark.label)
        name = f"{number_mark(panel.mark)}{link(frame.term(panel.mark), '', label)}"
        count = (
            f'<span class="mmu-hint">{esc(papers_text(panel.papers))}</span>'
        )
        head = "" if alone else f"<span>{name}</span>{count}"
        items += f'<li class="{colour(panel.mark)}">{head}{drawing}</li>\n'
    return Look(css, how, f'<ul class="mmu-grid">{items}</ul>\n')


def _scale(figure: Sparks) -> str:
    if figure.top <= max(figure.panels[0].counts):
        return ""
    return _(
        "The dotted line marks the highest bar among all terms of this level, {n}.",
        n=figure.top,
    )


def _drawing(figure_id: str, figure: Sparks, panel: Panel, w: float) -> str:
    slot, unit = w / len(panel.counts), _PLOT / figure.top
    gap = min(1.0, slot / 5)
    body = path(f"M0 {_BASE + 0.5}H{num(w)}", "axis")
    for i, value in enumerate(panel.counts):
        if value:
            x, high = i * slot + gap, value * unit
            body += rect(x, _BASE - high, slot - 2 * gap, high, "fill")
    highest = max(panel.counts)
    if len(figure.panels) == 1 and figure.top > highest:
        body += path(f"M0 {_BASE - _PLOT}H{num(w)}", "dots")
    if highest:
        number, y = str(highest), _BASE - highest * unit - 4
        half = width(number, 12, bold=True) / 2
        middle = (panel.counts.index(highest) + 0.5) * slot
        x = min(max(middle, half), w - half)
        body += text(x, y, number, 12, "tint", "middle", bold=True)
    body += "".join(_years(figure, slot, w))
    title = _("{term}: papers over time", term=panel.mark.label)
    desc = _(
        "{papers} from {first} to {last}; at most {number}",
        papers=papers_text(panel.papers),
        first=figure.periods[0].name,
        last=figure.periods[-1].name,
        number=highest,
    )
    return svg(figure_id, w, _BASE + 18, title, desc, body, links=False)


def _years(figure: Sparks, slot: float, w: float) -> list[str]:
    """Names of years below the axis: as many as there is room for."""
    starts = [
        (i, p.name.partition(" ")[0])
        for i, p in enumerate(figure.periods)
        if not p.short or p.short.endswith("1")
    ]
    per_start = slot * len(figure.periods) / len(starts)
    every = ceil(
        (max(width(name, _SIZE) for _i, name in starts) + 8) / per_start
    )
    shown = [(i * slot, name) for i, name in starts[::every]]
    return [
        text(x, _BASE + 15, name, _SIZE, "soft")
        for x, name in shown
        if x + width(name, _SIZE) <= w
    ]
