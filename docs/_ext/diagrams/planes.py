"""Drawings that one diagram has: planes, routes, bars, scales."""

from __future__ import annotations

import math
from itertools import pairwise

from diagrams.art import Fixed
from diagrams.marks import CELL, draw_cell, mark
from diagrams.pen import Pen


def _dot(pen: Pen, x: float, y: float, css: str = "flow-head") -> None:
    pen.circle(x, y, 5, css)


# --- constrained updates


_CENTRE, _RADII = (118.0, 130.0), (104.0, 84.0)


def _border(y: float) -> float:
    """How far right the target is gone, at a height."""
    return 160 + 0.0022 * (y - 110) ** 2


def _constrained(pen: Pen) -> None:
    pen.rect(0, 0, 300, 226, "panel", 4)
    border = [(_border(y), y) for y in range(1, 226, 8)]
    pen.line("forget-area", *border, (299, 225), (299, 1), closed=True)
    turns = [2 * math.pi * i / 72 for i in range(72)]
    within = [
        (
            _CENTRE[0] + _RADII[0] * math.cos(t),
            _CENTRE[1] + _RADII[1] * math.sin(t),
        )
        for t in turns
    ]
    both = [p for p in within[-36:] + within[:36] if p[0] >= _border(p[1])]
    inner = [p for p in border if both[0][1] < p[1] < both[-1][1]]
    pen.line("changed-area", *both, *reversed(inner), closed=True)
    for radius in (18, 38):
        pen.ellipse(104, 130, radius * 1.25, radius, "thin-retain")
    pen.line("thin-frozen", *within, closed=True)
    pen.line("forget-flow", *border)
    pen.arrow("changed", (109, 129), (154, 126))
    _dot(pen, 104, 130, "frozen-head")
    _dot(pen, 161, 125, "changed-head")
    pen.math(52, 136, "θ_0", anchor="end", css="frozen-words")
    pen.math(170, 124, "θ′", css="changed-words")
    pen.line("thin-changed", (186, 150), (214, 184))
    pen.text(292, 196, "both limits", "changed-words", "end")
    pen.text(292, 213, "met", "changed-words", "end")
    pen.math(292, 22, "C_f ≤ 0", css="forget-words", anchor="end")
    pen.text(292, 41, "target gone", "forget-words", "end")
    pen.math(10, 22, "C_i ≤ 0", css="frozen-words")
    pen.text(10, 41, "model intact", "frozen-words")
    pen.text(104, 190, "retain risk low", "retain-words", "middle")


CONSTRAINED = Fixed(300, 226, _constrained)


# --- weight-space arithmetic


def _task_vector(pen: Pen) -> None:
    pen.rect(0, 0, 300, 160, "panel", 4)
    pen.line("guide", (150, 98), (254, 40))
    pen.arrow("forget", (150, 98), (246, 44))
    pen.arrow("changed", (150, 98), (68, 144))
    _dot(pen, 150, 98, "frozen-head")
    _dot(pen, 251, 41, "forget-head")
    _dot(pen, 63, 147, "changed-head")
    pen.math(156, 120, "θ", css="frozen-words")
    pen.math(262, 32, "θ_{ft}", css="forget-words")
    pen.math(54, 142, "θ′", css="changed-words", anchor="end")
    pen.math(186, 62, "τ", css="forget-words", anchor="end")
    pen.math(96, 116, "−λ τ", css="changed-words", anchor="end")
    pen.text(292, 148, "away from the target", "changed-words", "end")
    pen.text(10, 24, "towards the target", "forget-words")


TASK_VECTOR = Fixed(300, 160, _task_vector)


# --- projection


def _projection(pen: Pen) -> None:
    pen.rect(0, 0, 210, 176, "panel", 4)
    pen.arrow("forget", (40, 140), (40, 16))
    pen.arrow("soft", (40, 140), (200, 140), head=9)
    pen.line("guide", (130, 48), (130, 132))
    pen.line("guide", (44, 48), (130, 48))
    pen.arrow("flow", (40, 140), (130, 48))
    pen.arrow("changed", (40, 140), (130, 140))
    pen.arrow("changed", (130, 58), (130, 112), head=8)
    pen.text(50, 22, "target: span of U", "forget-words")
    pen.math(140, 52, "h", css="words")
    pen.math(96, 162, "h′", css="changed-words")
    pen.text(202, 162, "the rest", "soft-words", "end")
    pen.text(140, 82, "removed", "changed-words")
    pen.math(140, 102, "U U^⊤ h", css="changed-words")


PROJECTION = Fixed(210, 176, _projection)


# --- guidance


def _guidance(pen: Pen) -> None:
    pen.rect(0, 0, 236, 206, "panel", 4)
    pen.ellipse(180, 30, 48, 22, "forget-area")
    pen.ellipse(180, 30, 48, 22, "thin-forget")
    mark(pen, "forget", 152, 30)
    pen.text(166, 35, "target", "forget-words")
    pen.arrow("flow", (26, 172), (138, 60))
    pen.arrow("soft", (138, 60), (186, 96))
    pen.arrow("changed", (186, 96), (178, 154))
    pen.arrow("changed", (26, 172), (172, 159))
    _dot(pen, 26, 172)
    pen.math(14, 197, "x_t")
    pen.math(74, 108, "ϵ_θ", anchor="end")
    pen.math(174, 80, "a_t[…]", css="soft-words")
    pen.math(174, 130, "−b_t M_t d_t", css="changed-words", anchor="end")
    pen.math(104, 190, "ϵ̂_t", css="changed-words")


GUIDANCE = Fixed(236, 206, _guidance)


# --- routes of a network

_COLUMNS, _ROWS = (0.0, 44.0, 88.0, 132.0), (0.0, 32.0, 64.0, 96.0)
_TARGET, _KEPT = (
    ((0, 0), (1, 0), (2, 1), (3, 0)),
    ((0, 3), (1, 2), (2, 2), (3, 3)),
)
_OTHER = (
    ((0, 0), (1, 2)),
    ((0, 3), (1, 3)),
    ((1, 3), (2, 3)),
    ((2, 3), (3, 3)),
)
_BEFORE = {
    (0, 0): "p",
    (0, 3): "p",
    (1, 0): "p",
    (1, 2): "p",
    (1, 3): "p",
    (2, 1): "p",
    (2, 2): "p",
    (2, 3): "p",
    (3, 0): "t",
    (3, 3): "k",
}
_AFTER = _BEFORE | {
    (1, 0): "x",
    (2, 1): "x",
    (1, 1): "c",
    (1, 2): "f",
    (2, 2): "f",
    (3, 0): "p",
}


def _at(node: tuple[int, int], side: float) -> tuple[float, float]:
    column, row = node
    return _COLUMNS[column] + side, _ROWS[row] + CELL / 2


def _routes(pen: Pen, *, edited: bool) -> None:
    pen.lines(
        "thin", *((_at(start, CELL), _at(end, 0)) for start, end in _OTHER)
    )
    target = [
        (_at(start, CELL), _at(end, 0)) for start, end in pairwise(_TARGET)
    ]
    if edited:
        pen.lines(
            "thin-changed",
            (_at((0, 0), CELL), _at((1, 1), 0)),
            (_at((1, 1), CELL), _at((2, 2), 0)),
        )
    else:
        pen.lines("forget-flow", *target)
    pen.lines(
        "retain-flow", *((_at(a, CELL), _at(b, 0)) for a, b in pairwise(_KEPT))
    )
    for (c, r), letter in (_AFTER if edited else _BEFORE).items():
        unit = pen.at(_COLUMNS[c], _ROWS[r])
        draw_cell(unit, letter)
        if letter == "c":
            unit.lines(
                "mark-line", ((8.5, 4), (8.5, 13)), ((4, 8.5), (13, 8.5))
            )


ROUTES = Fixed(149, 113, lambda pen: _routes(pen, edited=False))
ROUTES_EDITED = Fixed(149, 113, lambda pen: _routes(pen, edited=True))


# --- where in the layers, and how far outputs may go

_HEIGHTS = (12, 20, 52, 24, 10)


def _layer_bars(pen: Pen) -> None:
    for i, high in enumerate(_HEIGHTS):
        pen.rect(
            i * 24,
            58 - high,
            18,
            high,
            "forget-cell" if high == max(_HEIGHTS) else "plain-cell",
            1,
        )
    pen.line("thin", (-4, 59), (120, 59))


LAYER_BARS = Fixed(116, 62, _layer_bars)


def _band(pen: Pen) -> None:
    pen.rect(0, 12, 130, 32, "retain-area", 3)
    pen.line("guide", (0, 12), (130, 12))
    pen.line("guide", (0, 44), (130, 44))
    pen.line("thin-frozen", (0, 28), (130, 28))
    pen.curve(
        "changed-flow",
        (0, 28),
        (30, 12),
        (45, 20),
        (65, 30),
        (85, 42),
        (105, 40),
        (130, 24),
    )


BAND = Fixed(130, 56, _band)


# --- weights of pairs


def _weights(pen: Pen) -> None:
    for y, part, kind in ((0, 0.94, "retain"), (34, 0.12, "forget")):
        mark(pen, kind, 9, y + 9)
        pen.rect(24, y + 2, 100, 14, "plain-cell", 2)
        pen.rect(
            24,
            y + 2,
            100 * part,
            14,
            f"{kind}-cell" if kind == "forget" else "retain-head",
            2,
        )
    pen.text(24, 70, "0", "soft-words", "middle")
    pen.text(124, 70, "1", "soft-words", "middle")


WEIGHTS = Fixed(132, 74, _weights)


# --- how much of the condition is replaced


def _mixture(pen: Pen) -> None:
    pen.line("thin", (10, 26), (150, 26))
    pen.circle(112, 26, 7, "changed-cell")
    pen.math(10, 14, "c", anchor="middle")
    pen.math(150, 14, "T", anchor="middle")
    pen.math(112, 52, "α", css="changed-words", anchor="middle")
    pen.text(10, 50, "0", "soft-words", "middle")
    pen.text(150, 50, "1", "soft-words", "middle")


MIXTURE = Fixed(160, 56, _mixture)
