"""Small multiples: each term's papers over time, all on one scale."""

from __future__ import annotations

from math import ceil

from sphinx_mmu.ext._shared import esc, link
from sphinx_mmu.ext.kinds.figures_html._frame import Frame, colour, number_mark
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
        _drawing(f"{frame.fid}-{i}", figure, panel, w)
        for i, panel in enumerate(figure.panels)
    ]


def sparks_html(frame: Frame, figure: Sparks) -> str:
    """A list of panels, or one of them for the head of a chapter."""
    drawings = sparks_drawings(frame, figure)
    items = "".join(
        _item(frame, figure, i, drawing) for i, drawing in enumerate(drawings)
    )
    how = (
        _("The number is that of the highest bar.")
        if len(figure.panels) > 1
        else _scale(figure)
    )
    css = "sparks" if len(figure.panels) > 1 else "sparks mmu-alone"
    body = f'<ul class="mmu-grid">{items}</ul>\n'
    return frame.html(css, figure.finding(), how, body, frame.data(figure.sheet()))


def _scale(figure: Sparks) -> str:
    highest = max(figure.panels[0].counts)
    return (
        _(
            "The dotted line marks the highest bar among all terms of this level, {n}.",
            n=figure.top,
        )
        if figure.top > highest
        else ""
    )


def _item(frame: Frame, figure: Sparks, i: int, drawing: str) -> str:
    panel = figure.panels[i]
    if len(figure.panels) == 1:
        return f'<li class="{colour(panel.mark)}">{drawing}</li>\n'
    name = number_mark(panel.mark) + link(
        frame.term(panel.mark), "", esc(panel.mark.label)
    )
    count = f'<span class="mmu-hint">{esc(papers_text(panel.papers))}</span>'
    return (
        f'<li class="{colour(panel.mark)}"><span>{name}</span>{count}{drawing}</li>\n'
    )


def _drawing(fid: str, figure: Sparks, panel: Panel, w: float) -> str:
    slot, unit = w / len(panel.counts), _PLOT / figure.top
    gap = min(1.0, slot / 5)
    body = path(f"M0 {_BASE + 0.5}H{num(w)}", "axis")
    for i, value in enumerate(panel.counts):
        if value:
            body += rect(
                i * slot + gap,
                _BASE - value * unit,
                slot - 2 * gap,
                value * unit,
                "fill",
            )
    peak = panel.counts.index(max(panel.counts))
    highest, half = panel.counts[peak], width(str(max(panel.counts)), 12, bold=True) / 2
    if len(figure.panels) == 1 and figure.top > highest:
        body += path(f"M0 {_BASE - _PLOT}H{num(w)}", "dots")
    if highest:
        x = min(max((peak + 0.5) * slot, half), w - half)
        body += text(
            x, _BASE - highest * unit - 4, str(highest), 12, "tint", "middle", bold=True
        )
    body += "".join(_years(figure, slot, w))
    title = _("{term}: papers over time", term=panel.mark.label)
    desc = _(
        "{papers} from {first} to {last}; at most {number}",
        papers=papers_text(panel.papers),
        first=figure.periods[0].name,
        last=figure.periods[-1].name,
        number=highest,
    )
    return svg(fid, w, _BASE + 18, title, desc, body, links=False)


def _years(figure: Sparks, slot: float, w: float) -> list[str]:
    """Names of years below the axis: as many as there is room for."""
    starts = [
        (i, p.name.partition(" ")[0])
        for i, p in enumerate(figure.periods)
        if not p.short or p.short.endswith("1")
    ]
    per_start = slot * len(figure.periods) / len(starts)
    every = ceil((max(width(name, _SIZE) for _i, name in starts) + 8) / per_start)
    shown = [(i * slot, name) for i, name in starts[::every]]
    return [
        text(x, _BASE + 15, name, _SIZE, "soft")
        for x, name in shown
        if x + width(name, _SIZE) <= w
    ]
