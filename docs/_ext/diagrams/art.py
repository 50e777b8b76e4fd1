"""Drawings within boxes: pictures, results, cells of a network, planes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from diagrams.marks import CELL, draw_cell, mark
from diagrams.pen import LEADING, Pen, paragraph

PICTURE = (62.0, 48.0)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A drawing of one size."""

    w: float
    h: float
    paint: Callable[[Pen], None]

    def size(self, room: float) -> tuple[float, float]:
        """Width and height."""
        return self.w, self.h

    def draw(self, pen: Pen, room: float) -> None:
        """Draw it."""
        self.paint(pen)


# --- pictures: the example of all diagrams, a landscape in a style to be forgotten, a boat to keep


def _frame(pen: Pen, area: str) -> None:
    pen.rect(0, 0, *PICTURE, "frame", 3)
    pen.rect(2, 2, PICTURE[0] - 4, PICTURE[1] - 4, area, 2)


def _hill(pen: Pen, css: str) -> None:
    pen.curve(
        css, (2, 38), (14, 26), (24, 28), (34, 36), (44, 42), (52, 34), (60, 32)
    )


def style(pen: Pen) -> None:
    """A landscape in the style to be forgotten: a sky of whirls."""
    _frame(pen, "forget-area")
    for x, y in ((16, 15), (42, 19)):
        pen.curve(
            "thin-forget",
            (x + 1, y),
            (x + 1, y - 3),
            (x - 4, y - 3),
            (x - 4, y + 1),
            (x - 4, y + 6),
            (x + 5, y + 6),
            (x + 6, y - 1),
            (x + 6, y - 8),
            (x - 6, y - 9),
            (x - 10, y),
        )
    pen.curve(
        "thin-forget",
        (26, 8),
        (32, 2),
        (40, 4),
        (44, 8),
        (48, 12),
        (54, 9),
        (58, 6),
    )
    _hill(pen, "thin-forget")
    pen.curve(
        "thin-forget",
        (2, 44),
        (14, 33),
        (24, 35),
        (34, 42),
        (44, 47),
        (52, 40),
        (60, 38),
    )


def plain(pen: Pen) -> None:
    """The same landscape, plain."""
    _frame(pen, "wash-area")
    pen.circle(46, 14, 6, "plain-cell")
    _hill(pen, "thin")


def boat(pen: Pen) -> None:
    """A boat: what has to stay."""
    _frame(pen, "retain-area")
    pen.line("retain-head", (16, 32), (46, 32), (40, 39), (22, 39), closed=True)
    pen.line("thin-retain", (30, 32), (30, 8), (44, 28), (30, 28))
    pen.line("thin-retain", (27, 12), (27, 28), (18, 28), closed=True)
    pen.curve(
        "thin-retain",
        (4, 42),
        (12, 39),
        (16, 45),
        (24, 42),
        (32, 39),
        (38, 45),
        (46, 42),
        (52, 40),
        (56, 43),
        (58, 42),
    )


def face(pen: Pen) -> None:
    """A person."""
    _frame(pen, "forget-area")
    pen.circle(31, 18, 9, "forget-head")
    pen.path(
        "forget-head",
        ("M", [(13, 46)]),
        ("C", [(15, 24), (47, 24), (49, 46)]),
        ("Z", []),
    )


def someone(pen: Pen) -> None:
    """A person that nobody would recognise."""
    _frame(pen, "wash-area")
    pen.circle(31, 18, 9, "plain-cell")
    pen.path(
        "plain-cell",
        ("M", [(13, 46)]),
        ("C", [(15, 24), (47, 24), (49, 46)]),
        ("Z", []),
    )
    pen.math(31, 24, "?", anchor="middle")


def cloaked(pen: Pen) -> None:
    """The same person with something added that the eye hardly sees."""
    face(pen)
    speckle(pen, "changed-head")


def speckle(pen: Pen, css: str = "changed-head", count: int = 26) -> None:
    """Grains over a picture, always the same."""
    seed = 7
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) % 2**31
        x, y = 4 + seed // 64 % 530 / 10, 4 + seed // 4096 % 400 / 10
        pen.rect(x, y, 2.2, 2.2, css)


def noise(pen: Pen) -> None:
    """A picture that is noise."""
    _frame(pen, "wash-area")
    speckle(pen, "soft-head", 90)


PICTURES = {
    "style": style,
    "plain": plain,
    "boat": boat,
    "face": face,
    "someone": someone,
    "cloaked": cloaked,
    "noise": noise,
}


def picture(name: str) -> Fixed:
    """One picture."""
    return Fixed(*PICTURE, PICTURES[name])


def pictures(*names: str, gap: float = 8) -> Fixed:
    """Pictures side by side."""

    def paint(pen: Pen) -> None:
        for i, name in enumerate(names):
            PICTURES[name](pen.at(i * (PICTURE[0] + gap), 0))

    return Fixed(len(names) * (PICTURE[0] + gap) - gap, PICTURE[1], paint)


def exchange(first: str, second: str, scale: float = 0.85) -> Fixed:
    """One picture in place of another."""
    w, h = PICTURE[0] * scale, PICTURE[1] * scale

    def paint(pen: Pen) -> None:
        PICTURES[first](pen.at(0, 0, scale))
        PICTURES[second](pen.at(w + 24, 0, scale))
        pen.arrow("flow", (w + 3, h / 2), (w + 21, h / 2), head=8)

    return Fixed(2 * w + 24, h, paint)


@dataclass(frozen=True, slots=True)
class Large:
    """Pictures side by side, as large as there is room for."""

    names: tuple[str, ...]
    most: float = 1.6
    gap: float = 12

    def _scale(self, room: float) -> float:
        return min(
            self.most,
            (room - self.gap * (len(self.names) - 1))
            / len(self.names)
            / PICTURE[0],
        )

    def size(self, room: float) -> tuple[float, float]:
        """Width and height."""
        return room, PICTURE[1] * self._scale(room)

    def draw(self, pen: Pen, room: float) -> None:
        """Draw them in a row."""
        scale = self._scale(room)
        for i, name in enumerate(self.names):
            PICTURES[name](
                pen.at(i * (PICTURE[0] * scale + self.gap), 0, scale)
            )


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests, each with the mark of what it asks for."""

    lines: tuple[tuple[str, str], ...]

    def size(self, room: float) -> tuple[float, float]:
        """Width and height."""
        return room, len(self.lines) * 26 - 6

    def draw(self, pen: Pen, room: float) -> None:
        """Draw them one below the other."""
        for i, (kind, words) in enumerate(self.lines):
            mark(pen, kind, 8, 10 + i * 26)
            pen.text(22, 15 + i * 26, words)


# --- results


@dataclass(frozen=True, slots=True)
class Result:
    """What comes out, before and after: for the target, and for something else."""

    target: tuple[str, str] = ("style", "plain")
    other: tuple[str, str] = ("boat", "boat")
    asked: tuple[str, str] = ("“in that style”", "“a boat”")
    heads: tuple[str, str] = ("before", "after")

    def size(self, room: float) -> tuple[float, float]:
        """Two rows, or one of two if there is room."""
        high = self._high(min(room, _PAIR))
        return (
            (_PAIR * 2 + _BETWEEN, high)
            if room + 0.5 >= _PAIR * 2 + _BETWEEN
            else (_PAIR, high * 2 + 10)
        )

    def _high(self, room: float) -> float:
        lines = max(len(paragraph(words, room - 22)) for words in self.asked)
        return lines * LEADING + 4 + 16 + PICTURE[1]

    def draw(self, pen: Pen, room: float) -> None:
        """Draw both halves."""
        beside = self.size(room)[0] > _PAIR
        high = self._high(_PAIR)
        self._half(pen, "forget", self.asked[0], self.target, high)
        self._half(
            pen.at(_PAIR + _BETWEEN, 0) if beside else pen.at(0, high + 10),
            "retain",
            self.asked[1],
            self.other,
            high,
        )

    def _half(
        self,
        pen: Pen,
        kind: str,
        words: str,
        names: tuple[str, str],
        high: float,
    ) -> None:
        mark(pen, kind, 9, 9)
        for i, line in enumerate(paragraph(words, _PAIR - 22)):
            pen.text(22, 14 + i * LEADING, line)
        y = high - PICTURE[1]
        for i, name in enumerate(names):
            x = i * (_PAIR - PICTURE[0])
            pen.text(
                x + PICTURE[0] / 2, y - 5, self.heads[i], "soft-words", "middle"
            )
            PICTURES[name](pen.at(x, y))
        middle = y + PICTURE[1] / 2
        pen.arrow(
            "flow",
            (PICTURE[0] + 3, middle),
            (_PAIR - PICTURE[0] - 3, middle),
            head=8,
        )


_PAIR, _BETWEEN = 142.0, 14.0


# --- cells: the weights of a model


STEP = 21.0


def cells(*rows: str) -> Fixed:
    """A matrix of weights, by the letters of :func:`draw_cell`."""

    def paint(pen: Pen) -> None:
        for r, row in enumerate(rows):
            for c, letter in enumerate(row):
                draw_cell(pen.at(c * STEP, r * STEP), letter)

    return Fixed(
        len(rows[0]) * STEP - (STEP - CELL),
        len(rows) * STEP - (STEP - CELL),
        paint,
    )


def grains(pen: Pen) -> None:
    """What is added to a picture, alone."""
    pen.rect(0, 0, *PICTURE, "frame", 3)
    speckle(pen)


PICTURES["grains"] = grains
