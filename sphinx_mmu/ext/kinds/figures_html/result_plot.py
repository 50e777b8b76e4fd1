"""Two metrics against each other: points with names that do not overlap, or numbers."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor, log10
from typing import NamedTuple

from sphinx_mmu.ext.kinds.figures_html._frame import Frame, Look, round_step
from sphinx_mmu.figures.result_plot import PlotAxis, Point, ResultPlot
from sphinx_mmu.figures.svg import (
    NARROW,
    WIDE,
    circle,
    link,
    num,
    path,
    rect,
    text,
    width,
)
from sphinx_mmu.messages import _

_SIZE, _SMALL = 12, 11
_RADIUS = 5
_GAP = 9
"""From the centre of a point to its name."""
_TICKS = 5
"""About how many ticks an axis has."""


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes overlap."""
        across = self.x0 < other.x1 and other.x0 < self.x1
        return across and self.y0 < other.y1 and other.y0 < self.y1

    def within(self, other: Box) -> bool:
        """Whether this box is inside of another."""
        across = other.x0 <= self.x0 and self.x1 <= other.x1
        return across and other.y0 <= self.y0 and self.y1 <= other.y1


class _Scale:
    """Values of an axis as places on it, with round ticks."""

    def __init__(
        self, axis: PlotAxis, values: list[float], start: float, end: float
    ) -> None:
        self.logarithmic, self.start, self.end = axis.logarithmic, start, end
        low, high = self._at(min(values)), self._at(max(values))
        span = high - low or abs(high) or 1
        step = 1.0 if self.logarithmic else round_step(span / _TICKS)
        first = floor(low / step)
        last = max(ceil(high / step), first + 1)
        marks = [n * step for n in range(first, last + 1)]
        self.low, self.high = marks[0], marks[-1]
        self.ticks = [10.0**n for n in marks] if self.logarithmic else marks

    def _at(self, value: float) -> float:
        return log10(value) if self.logarithmic else value

    def __call__(self, value: float) -> float:
        """The place of a value."""
        share = (self._at(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def _tick_text(value: float) -> str:
    return f"{value:,.10g}"


class _Plot:
    """One form of the drawing."""

    def __init__(self, frame: Frame, figure: ResultPlot, form: str) -> None:
        self.frame, self.figure, self.form = frame, figure, form
        wide, height = (WIDE, 340) if form == "w" else (NARROW, 280)
        self.area = area = Box(56, 34, wide - 12, 34 + height)
        xs, ys = [p.x for p in figure.points], [p.y for p in figure.points]
        self.x = _Scale(figure.x, xs, area.x0 + 12, area.x1 - 12)
        self.y = _Scale(figure.y, ys, area.y1 - 12, area.y0 + 12)

    def svg(self) -> str:
        """The drawing with its axes, points, names, and the names that found no room."""
        body = "".join(self._axes())
        marks, names, listed = self._points()
        body += names + marks
        bottom = self.area.y1 + 46
        for line in listed:
            body += text(self.area.x0, bottom + 12, line, _SIZE)
            bottom += 18
        title = _(
            "{y} against {x}", y=self.figure.y.label, x=self.figure.x.label
        )
        desc = "; ".join(map(_values, self.figure.points))
        return self.frame.drawing(self.form, bottom + 6, title, desc, body)

    # --- axes
    def _axes(self) -> Iterator[str]:
        area, room = self.area, 0.0
        left, top, right, bottom = map(num, area)
        for value in self.x.ticks:
            at, label = self.x(value), _tick_text(value)
            half = width(label, _SMALL) / 2
            yield path(f"M{num(at)} {top}V{bottom}", "hair")
            if at - half >= room:
                yield text(at, area.y1 + 16, label, _SMALL, "soft", "middle")
                room = at + half + 6
        for value in self.y.ticks:
            at = self.y(value)
            yield path(f"M{left} {num(at)}H{right}", "hair")
            yield text(
                area.x0 - 6, at + 4, _tick_text(value), _SMALL, "soft", "end"
            )
        yield path(f"M{left} {top}V{bottom}H{right}", "axis")
        name = _named(self.figure.x, "←", "→")
        yield text(area.x1, area.y1 + 36, name, _SIZE, "name", "end")
        yield text(0, 16, _named(self.figure.y, "↓", "↑"), _SIZE, "name")

    # --- points
    def _points(self) -> tuple[str, str, list[str]]:
        """Discs, names beside them, and lines with the names that found no room."""
        points, marks, names = self.figure.points, "", ""
        places = [(self.x(p.x), self.y(p.y)) for p in points]
        taken = [_around(x, y) for x, y in places]
        listed: list[str] = []
        for point, (x, y) in zip(points, places, strict=True):
            css = "open" if point.reference else "bar"
            disc = circle(x, y, _RADIUS, css)
            found = self._free(point.label, x, y, taken)
            if found:
                box, anchor = found
                taken.append(box)
                at = box.x1 if anchor else box.x0
                names += text(
                    at, box.y1 - 3, point.label, _SIZE, "halo", anchor
                )
            else:
                number, above = str(len(listed) + 1), y - _RADIUS - 3
                disc += text(
                    x, above, number, _SMALL, "name", "middle", bold=True
                )
                listed.append(f"{number} {_values(point)}")
            hit = rect(x - 12, y - 12, 24, 24, "hit", 3)
            address = self.frame.entry(point.key) if point.key else ""
            marks += link(address, hit + disc, _said(self.figure, point))
        return marks, names, listed

    def _free(
        self, label: str, x: float, y: float, taken: list[Box]
    ) -> tuple[Box, str] | None:
        """The first place around a point where its name meets nothing, and the end of the name that
        is at the point.
        """
        own = _around(x, y)
        others = [one for one in taken if one != own]
        for box, anchor in _candidates(x, y, width(label, _SIZE)):
            if box.within(self.area) and not any(map(box.meets, others)):
                return box, anchor
        return None


def _around(x: float, y: float) -> Box:
    r = _RADIUS + 1
    return Box(x - r, y - r, x + r, y + r)


def _candidates(x: float, y: float, w: float) -> Iterator[tuple[Box, str]]:
    """Places for a name of width ``w``: right, left, then above and below on either side."""
    for dy in (0, -13, 13, -20, 20):
        top, bottom = y + dy - 8, y + dy + 7
        yield Box(x + _GAP, top, x + _GAP + w, bottom), ""
        yield Box(x - _GAP - w, top, x - _GAP, bottom), "end"


def _named(axis: PlotAxis, low: str, high: str) -> str:
    """The name of an axis, with an arrow towards what is better."""
    name = axis.label
    if axis.logarithmic:
        name = _("{axis}, logarithmic", axis=name)
    arrow = {"lower": low, "higher": high}.get(axis.direction)
    better = _("{arrow} better", arrow=arrow)
    return f"{name}  {better}" if arrow else name


def _values(point: Point) -> str:
    return f"{point.label}: {point.x_text}, {point.y_text}"


def _said(figure: ResultPlot, point: Point) -> str:
    return f"{point.label}: {figure.x.label} {point.x_text}, {figure.y.label} {point.y_text}"


def result_plot_drawings(frame: Frame, figure: ResultPlot) -> list[str]:
    """The forms of the drawing, the wide one first."""
    return [_Plot(frame, figure, form).svg() for form in "wn"]


def result_plot_look(frame: Frame, figure: ResultPlot) -> Look:
    """Both forms of the drawing."""
    drawings = "".join(result_plot_drawings(frame, figure))
    return Look("plot", how(figure), drawings)


def how(figure: ResultPlot) -> str:
    """Under which condition the values were measured, and by whom."""
    where = " · ".join(filter(None, (figure.benchmark, figure.condition)))
    sentences = [
        _(
            "{condition}, measured by {source}.",
            condition=where,
            source=figure.measured,
        )
        if figure.measured
        else _("{condition}, measured by the authors.", condition=where)
    ]
    if any(point.reference for point in figure.points):
        sentences.append(_("Open discs are references, not competitors."))
    return " ".join(sentences)
