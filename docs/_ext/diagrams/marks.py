"""Marks of kinds and cells of weights: each has a form of its own besides its colour."""

from __future__ import annotations

from diagrams.pen import Pen


def mark(pen: Pen, name: str, x: float, y: float) -> None:
    """The mark of a kind around a point: 16 units wide."""
    _MARKS[name](pen.at(x, y))


def _forget(pen: Pen) -> None:
    pen.line("forget-head", (0, -9), (9, 0), (0, 9), (-9, 0), closed=True)
    pen.lines("mark-line", ((-3, -3), (3, 3)), ((-3, 3), (3, -3)))


def _retain(pen: Pen) -> None:
    pen.circle(0, 0, 8, "retain-head")
    pen.line("mark-line", (-3.8, 0.2), (-1.2, 3), (3.8, -2.8))


def _prompt(pen: Pen) -> None:
    pen.line(
        "thin",
        (-8, -7),
        (8, -7),
        (8, 4),
        (0, 4),
        (-4, 8),
        (-4, 4),
        (-8, 4),
        closed=True,
    )
    pen.lines("thin", ((-4.5, -3.2), (4.5, -3.2)), ((-4.5, 0.4), (2, 0.4)))


def _frozen(pen: Pen) -> None:
    pen.curve("thin-frozen", (-4, 0), (-4, -9.5), (4, -9.5), (4, 0))
    pen.rect(-6.5, -1, 13, 9.5, "frozen-head", 1.5)
    pen.circle(0, 3.2, 1.5, "ground-head")


def _changed(pen: Pen) -> None:
    pen.line(
        "changed-head",
        (-7.5, 8),
        (-6, 2.6),
        (2.6, -6),
        (6.6, -2),
        (-2, 6.6),
        closed=True,
    )
    pen.line(
        "changed-head",
        (3.7, -7.1),
        (5, -8.4),
        (8.8, -4.4),
        (7.6, -3.1),
        closed=True,
    )


_MARKS = {
    "forget": _forget,
    "retain": _retain,
    "prompt": _prompt,
    "frozen": _frozen,
    "changed": _changed,
}
MARKS = frozenset(_MARKS)


CELL = 17.0
_CELLS = {
    "f": "frozen-cell",
    "c": "changed-cell",
    "d": "changed-mid",
    "p": "plain-cell",
    "t": "forget-cell",
    "k": "retain-cell",
    "x": "cut-cell",
}


def draw_cell(pen: Pen, letter: str) -> None:
    """A weight or unit.

    f frozen (hatched), c changed, d changed a little, p plain, t target, k kept, x cut.
    """
    pen.rect(0, 0, CELL, CELL, _CELLS[letter], 2)
    match letter:
        case "f":
            pen.hatch(0, 0, CELL, CELL)
        case "t":
            pen.lines("mark-line", ((5, 5), (12, 12)), ((5, 12), (12, 5)))
        case "k":
            pen.line("mark-line", (4.5, 8.8), (7.4, 11.8), (12.5, 5.5))
        case "x":
            pen.lines("thin-changed", ((4, 4), (13, 13)), ((4, 13), (13, 4)))
        case _:
            pass
