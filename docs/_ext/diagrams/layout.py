"""Boxes on a grid, arrows, groups and the key: each description is arranged twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Literal, NamedTuple, Protocol

from diagrams.marks import CELL, MARKS, draw_cell, mark
from diagrams.measure import width
from diagrams.pen import LEADING, MATH, SIZE, Pen, Point, paragraph

WIDE, NARROW = 736, 320
"""Units: as wide as the text beside a sidebar, and as the screen of a small phone."""

Kind = Literal[
    "forget", "retain", "prompt", "plain", "frozen", "changed", "bare"
]
Look = Literal["flow", "forget", "retain", "changed", "soft"]

PAD, RADIUS, MARK = 9.0, 6, 22.0
_SOME = 1.0
_STRETCHED = 0.75
"""A box that fills more than this of its row fills the row."""


class Art(Protocol):
    """A drawing within a box, as wide as it wants to be in the room that there is."""

    def size(self, room: float) -> tuple[float, float]:
        """Width and height in a room of that width."""

    def draw(self, pen: Pen, room: float) -> None:
        """Draw from the origin of the pen."""


@dataclass(frozen=True, slots=True)
class Box:
    """One thing: the mark of its kind, and a heading, a drawing, a formula, words if given."""

    kind: Kind
    head: str = ""
    text: str = ""
    math: str | tuple[str, ...] = ""
    art: Art | None = None

    def _parts(self, w: float) -> tuple[list[str], list[str], tuple[str, ...]]:
        inner = w - 2 * self.pad
        marked = inner - (MARK if self.kind in MARKS else 0)
        formulas = (self.math,) if isinstance(self.math, str) else self.math
        heads = paragraph(self.head, marked, bold=True) if self.head else []
        return (
            heads,
            paragraph(self.text, inner) if self.text else [],
            tuple(filter(None, formulas)),
        )

    @property
    def pad(self) -> float:
        """The room between edge and content."""
        return 0 if self.kind == "bare" else PAD

    def height(self, w: float) -> float:
        """How high it is if it is that wide."""
        heads, words, formulas = self._parts(w)
        art = self.art.size(w - 2 * self.pad)[1] if self.art else 0
        blocks = [
            max(len(heads) * LEADING, LEADING if self.kind in MARKS else 0),
            art,
            len(formulas) * (MATH * 1.5),
            len(words) * LEADING,
        ]
        filled = [b for b in blocks if b]
        return sum(filled) + 6 * max(0, len(filled) - 1) + 2 * self.pad

    def draw(self, pen: Pen, w: float, h: float) -> None:
        """Draw it from the origin of the pen."""
        if self.kind != "bare":
            pen.rect(0, 0, w, h, f"{self.kind}-box", RADIUS)
        heads, words, formulas = self._parts(w)
        left, y, inner = self.pad, self.pad, w - 2 * self.pad
        if self.kind in MARKS:
            mark(pen, self.kind, left + 8, y + LEADING / 2)
        indent = MARK if self.kind in MARKS else 0
        for i, line in enumerate(heads):
            pen.text(left + indent, y + 13 + i * LEADING, line, bold=True)
        if heads or self.kind in MARKS:
            y += max(1, len(heads)) * LEADING + 6
        if self.art:
            art_w, art_h = self.art.size(inner)
            self.art.draw(
                pen.at(
                    left + (0 if self.kind == "bare" else (inner - art_w) / 2),
                    y,
                ),
                inner,
            )
            y += art_h + 6
        for formula in formulas:
            if self.art:
                pen.math(w / 2, y + MATH, formula, anchor="middle")
            else:
                pen.math(left, y + MATH, formula)
            y += MATH * 1.5
        y += 6 if formulas else 0
        for i, line in enumerate(words):
            pen.text(left, y + 13 + i * LEADING, line)


class Arrow(NamedTuple):
    """An arrow from one box to another.

    It leaves and enters boxes by the sides that face each other. ``lane`` is a part of the width of
    the box: there the arrow goes straight down in the narrow form, past what lies between.
    """

    start: str
    end: str
    look: Look = "flow"
    math: str = ""
    lane: float = 0


class Group(NamedTuple):
    """A line around boxes with a label; arrows may lead from it and to it by its name."""

    name: str
    names: tuple[str, ...]
    label: str


class Grid(NamedTuple):
    """Where boxes are: rows of names, relative widths of columns, gaps of columns and rows."""

    rows: tuple[str, ...]
    columns: tuple[float, ...]
    gap: tuple[float, float] = (34, 16)


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing, what it is called, what to see in it, and all of it in words."""

    title: str
    caption: str
    words: str
    boxes: Mapping[str, Box]
    arrows: tuple[Arrow, ...]
    wide: Grid
    narrow: Grid
    groups: tuple[Group, ...] = ()


class Place(NamedTuple):
    """Where a box is."""

    x: float
    y: float
    w: float
    h: float

    def grown(self, by: float) -> Place:
        """The place with a margin: arrows end before what has no border."""
        return Place(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def middle(self, side: str) -> Point:
        """The middle of a side."""
        return {
            "l": (self.x, self.y + self.h / 2),
            "r": (self.x + self.w, self.y + self.h / 2),
            "t": (self.x + self.w / 2, self.y),
            "b": (self.x + self.w / 2, self.y + self.h),
        }[side]


KEY = {
    "forget": "to be forgotten",
    "retain": "to be kept",
    "frozen": "frozen",
    "changed": "changed by the method",
    "prompt": "request",
}
"""The key of all drawings, in its order; what a drawing does not have is left out."""


# --- arranging


@dataclass(slots=True)
class Sheet:
    """A drawing that is arranged: its shapes and its size."""

    w: float
    h: float
    pen: Pen = field(default_factory=Pen)


def arrange(diagram: Diagram, *, narrow: bool = False) -> Sheet:
    """Draw a diagram in one of its two forms."""
    w, grid = (NARROW, diagram.narrow) if narrow else (WIDE, diagram.wide)
    places, bottom = _places(diagram, grid, w)
    sheet = Sheet(w, bottom)
    apart = {
        name: place.grown(5)
        for name, place in places.items()
        if diagram.boxes[name].kind == "bare"
    }
    around = _levelled(
        {group.name: _around(group, places) for group in diagram.groups}
    )
    for group in diagram.groups:
        place = around[group.name]
        sheet.pen.rect(*place, "group", RADIUS + 4)
        sheet.pen.text(place.x + PAD, place.y + 16, group.label, "soft-words")
    for name, place in places.items():
        diagram.boxes[name].draw(
            sheet.pen.at(place.x, place.y), place.w, place.h
        )
    _arrows(sheet.pen, diagram.arrows, places | apart | around, narrow=narrow)
    sheet.h = _key(sheet.pen, bottom + 12, w)
    return sheet


def _places(
    diagram: Diagram, grid: Grid, w: float
) -> tuple[dict[str, Place], float]:
    """Places of all boxes, and where the next thing may begin."""
    spans = _spans(grid)
    columns = _columns(grid, w, 2.0 + (PAD if diagram.groups else 0))
    sizes = {}
    for name, span in spans.items():
        (first, _), (last, wide) = columns[span.left], columns[span.right]
        sizes[name] = (
            last + wide - first,
            diagram.boxes[name].height(last + wide - first),
        )
    rows, bottom = _rows(
        diagram, grid, spans, {name: high for name, (_, high) in sizes.items()}
    )
    places = {}
    for name, span in spans.items():
        wide, high = sizes[name]
        top = rows[span.top][0]
        space = sum(rows[span.bottom]) - top
        bare = diagram.boxes[name].kind == "bare"
        if span.top == span.bottom and high > _STRETCHED * space and not bare:
            high = space
        places[name] = Place(
            columns[span.left][0], top + (space - high) / 2, wide, high
        )
    return {
        name: places[name] for name in diagram.boxes if name in places
    }, bottom


class _Span(NamedTuple):
    """The first and the last column and row of a box."""

    left: int
    top: int
    right: int
    bottom: int


def _spans(grid: Grid) -> dict[str, _Span]:
    spans: dict[str, _Span] = {}
    for r, row in enumerate(grid.rows):
        for c, name in enumerate(row.split()):
            if name != ".":
                left, top, right, bottom = spans.get(name, (c, r, c, r))
                spans[name] = _Span(
                    min(left, c), min(top, r), max(right, c), max(bottom, r)
                )
    return spans


def _columns(grid: Grid, w: float, margin: float) -> list[tuple[float, float]]:
    """Where each column begins, and how wide it is."""
    gap = grid.gap[0]
    part = (w - 2 * margin - gap * (len(grid.columns) - 1)) / sum(grid.columns)
    columns, x = [], margin
    for column in grid.columns:
        columns.append((x, column * part))
        x += column * part + gap
    return columns


def _rows(
    diagram: Diagram,
    grid: Grid,
    spans: Mapping[str, _Span],
    highs: Mapping[str, float],
) -> tuple[list[tuple[float, float]], float]:
    """Where each row begins and how high it is, and where the last one ends."""
    gap = grid.gap[1]
    heights = [0.0] * len(grid.rows)
    for name, span in sorted(
        spans.items(), key=lambda item: item[1].bottom - item[1].top
    ):
        count = span.bottom - span.top + 1
        lacking = (
            highs[name]
            - sum(heights[span.top : span.bottom + 1])
            - gap * (count - 1)
        )
        for r in range(span.top, span.bottom + 1):
            heights[r] += max(0, lacking) / count
    above, below = [0.0] * len(heights), [0.0] * len(heights)
    for group in diagram.groups:
        above[min(spans[name].top for name in group.names)] = LEADING + PAD
        below[max(spans[name].bottom for name in group.names)] = PAD
    rows, y = [], 2.0
    for r, high in enumerate(heights):
        rows.append((y + above[r], high))
        y += above[r] + high + below[r] + gap
    return rows, y - gap + 2


def _around(group: Group, places: Mapping[str, Place]) -> Place:
    """The place of a group: around its boxes, with room for its label."""
    inside = [places[name] for name in group.names]
    x, y = (
        min(p.x for p in inside) - PAD,
        min(p.y for p in inside) - PAD - LEADING,
    )
    right, bottom = (
        max(p.x + p.w for p in inside) + PAD,
        max(p.y + p.h for p in inside) + PAD,
    )
    return Place(x, y, right - x, bottom - y)


def _levelled(places: dict[str, Place]) -> dict[str, Place]:
    """Groups that are side by side begin and end at the same heights."""
    if not places or any(
        a.x < b.x + b.w and b.x < a.x + a.w
        for a, b in combinations(places.values(), 2)
    ):
        return places
    top, bottom = (
        min(p.y for p in places.values()),
        max(p.y + p.h for p in places.values()),
    )
    return {
        name: Place(p.x, top, p.w, bottom - top) for name, p in places.items()
    }


def _arrows(
    pen: Pen,
    arrows: Sequence[Arrow],
    places: Mapping[str, Place],
    *,
    narrow: bool,
) -> None:
    """Draw all arrows. Those that share a side of a box enter it at places of their own."""
    arrows = [
        arrow for arrow in arrows if {arrow.start, arrow.end} <= places.keys()
    ]
    sides = [facing(places[a.start], places[a.end]) for a in arrows]
    for arrow, side in zip(arrows, sides, strict=True):
        start, end = places[arrow.start], places[arrow.end]
        rivals = [
            a
            for a, s in zip(arrows, sides, strict=True)
            if (a.end, s[1]) == (arrow.end, side[1])
        ]
        axis = side[1] in "lr"
        rivals.sort(key=lambda a: places[a.start].middle(side[0])[axis])
        way = route(
            start, end, side, (rivals.index(arrow) + 1) / (len(rivals) + 1)
        )
        if narrow and arrow.lane:
            x = start.x + arrow.lane * start.w
            way = [(x, start.y + start.h), (x, end.y)]
        pen.arrow(arrow.look, *way)
        if arrow.math:
            _label(pen, arrow.math, way)


def facing(start: Place, end: Place) -> str:
    """The sides by which two boxes face each other."""
    if end.x >= start.x + start.w - _SOME:
        return "rl"
    if end.x + end.w <= start.x + _SOME:
        return "lr"
    return "bt" if end.y > start.y else "tb"


def route(
    start: Place, end: Place, sides: str, part: float = 0.5
) -> list[Point]:
    """The way of an arrow: straight where it can be, else with corners.

    ``part`` says how far along the side it then enters.
    """
    (x0, y0), (x1, y1) = start.middle(sides[0]), end.middle(sides[1])
    if sides in ("rl", "lr"):
        y = _common((start.y, start.h), (end.y, end.h), y0, y1)
        if y is not None:
            return [(x0, y), (x1, y)]
        y1 = end.y + part * end.h
        middle = (x0 + x1) / 2
        return [(x0, y0), (middle, y0), (middle, y1), (x1, y1)]
    x = _common((start.x, start.w), (end.x, end.w), x0, x1)
    if x is not None:
        return [(x, y0), (x, y1)]
    x1 = end.x + part * end.w
    middle = (y0 + y1) / 2
    return [(x0, y0), (x0, middle), (x1, middle), (x1, y1)]


def _common(
    start: tuple[float, float],
    end: tuple[float, float],
    first: float,
    second: float,
) -> float | None:
    """Where a straight line meets both sides: at the middle of one that lies within the other."""
    margin = 8
    for wanted in (first, second) if start[1] <= end[1] else (second, first):
        if all(
            low + margin <= wanted <= low + size - margin
            for low, size in (start, end)
        ):
            return wanted
    return None


def _label(pen: Pen, formula: str, way: Sequence[Point]) -> None:
    """A formula beside the longest stretch of a way."""
    stretches = list(pairwise(way))
    (x0, y0), (x1, y1) = max(
        stretches, key=lambda s: abs(s[0][0] - s[1][0]) + abs(s[0][1] - s[1][1])
    )
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    if abs(x0 - x1) < _SOME:
        pen.math(x + 8, y + 5, formula)
    else:
        pen.math(x - 3, y - 8, formula, anchor="middle")


def _key(pen: Pen, y: float, w: float) -> float:
    """The key, below a hairline: marks, and how cells look. Gives the height of all."""
    pen.line("hair-line", (2, y), (w - 2, y))
    left = x = 11.0
    y += 20
    for name, words in KEY.items():
        if not any(
            shape.css.startswith(name) or f"-{name}" in shape.css
            for shape in pen.shapes
        ):
            continue
        cell = {"frozen": "f", "changed": "c"}.get(name, "")
        room = 15 + (22 if cell else 0) + width(words, SIZE)
        if x + room > w and x > left:
            x, y = left, y + 23
        mark(pen, name, x, y)
        if cell:
            draw_cell(pen.at(x + 14, y - CELL / 2), cell)
        pen.text(x + room - width(words, SIZE), y + 5, words, "soft-words")
        x += room + 18
    return y + 14
