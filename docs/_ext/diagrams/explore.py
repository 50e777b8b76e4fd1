"""Three toys: idealised models with one or two sliders. Nothing in them is measured.

Each is computed here for its default state, which is all there is without scripts. When a slider
moves, docs/_static/explore.js computes it by the same formulas.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from diagrams.layout import NARROW
from diagrams.marks import CELL
from diagrams.pen import Pen, Point
from diagrams.svg import inline

Values = Mapping[str, float]


class Slider(NamedTuple):
    """A number to choose."""

    name: str
    label: str
    low: float
    high: float
    step: float
    value: float


@dataclass(frozen=True, slots=True)
class Toy:
    """A model of its own, what it shows, and what it leaves out."""

    title: str
    caption: str
    words: str
    sliders: tuple[Slider, ...]
    height: float
    draw: Callable[[Pen, Values], None]
    reading: Callable[[Values], str]
    data: str = ""

    @property
    def defaults(self) -> dict[str, float]:
        """What is chosen where there are no scripts."""
        return {slider.name: slider.value for slider in self.sliders}


def percent(part: float) -> int:
    """A part of one as a whole number of hundredths; halves are rounded up, as in the script."""
    return math.floor(part * 100 + 0.5)


# --- guidance


_SIGMA = 0.6
_GRID = [-6 + i / 20 for i in range(181)]


def _normal(x: float, mean: float) -> float:
    return math.exp(-(((x - mean) / _SIGMA) ** 2) / 2) / (
        _SIGMA * math.sqrt(2 * math.pi)
    )


def guided(scale: float) -> list[float]:
    """Density of pictures under guidance away from the target, on the grid.

    Unguided, one half is like what is kept, around -1, the other like the target, around 1.
    Guidance multiplies the density by its ratio to that of the target, raised to the scale.
    """
    tilted = []
    for x in _GRID:
        ratio = 0.5 + 0.5 * math.exp(-2 * x / _SIGMA**2)
        both = 0.5 * _normal(x, -1) + 0.5 * _normal(x, 1)
        tilted.append(both * ratio**scale)
    mass = sum(tilted) / 20
    return [value / mass for value in tilted]


def _guidance_reading(values: Values) -> str:
    density = guided(values["scale"])
    target = sum(p for x, p in zip(_GRID, density, strict=True) if x > 0) / 20
    like = (
        sum(min(p, _normal(x, -1)) for x, p in zip(_GRID, density, strict=True))
        / 20
    )
    return (
        f"Scale {values['scale']:.2f}: {percent(target)}% of the pictures still show the target, "
        f"and the pictures overlap with kept ones by {percent(like)}%."
    )


def _curve(density: list[float]) -> list[Point]:
    return [
        (8 + (x + 6) * 304 / 9, 150 - p * 185)
        for x, p in zip(_GRID, density, strict=True)
    ]


def _draw_guidance(pen: Pen, values: Values) -> None:
    pen.line("thin", (8, 150), (312, 150))
    pen.line("thin-retain", *_curve([_normal(x, -1) for x in _GRID]))
    pen.line("forget-flow", *_curve([_normal(x, 1) for x in _GRID]))
    pen.line("changed-flow", *_curve(guided(values["scale"])))
    pen.text(177, 17, "kept", "retain-words", "middle")
    pen.text(244, 17, "target", "forget-words", "middle")
    pen.text(8, 60, "thick: with", "changed-words")
    pen.text(8, 77, "guidance", "changed-words")
    pen.text(8, 170, "unlike the target", "soft-words")
    pen.text(312, 170, "like the target", "soft-words", "end")


# --- forgetting against keeping


def _tradeoff_reading(values: Values) -> str:
    left, damage = tradeoff(values["push"], values["overlap"])
    return (
        f"Push {values['push']:.2f}, overlap {values['overlap']:.2f}: {percent(left)}% of the "
        f"target is left, and {percent(damage)}% of what is kept is lost."
    )


def tradeoff(push: float, overlap: float) -> tuple[float, float]:
    """What is left of the target and what is lost of the rest after a step against the target.

    Both are squared lengths. The overlap is the cosine between the two directions.
    """
    return (1 - push) ** 2, (overlap * push) ** 2


def _at(push: float, overlap: float) -> Point:
    left, damage = tradeoff(push, overlap)
    return 40 + damage * 250, 172 - left * 150


def _draw_tradeoff(pen: Pen, values: Values) -> None:
    pen.line("thin", (40, 14), (40, 172), (300, 172))
    pen.line(
        "changed-flow", *(_at(i / 20, values["overlap"]) for i in range(21))
    )
    pen.circle(*_at(values["push"], values["overlap"]), 7, "changed-cell")
    pen.text(48, 24, "target left", "forget-words")
    pen.text(276, 191, "lost of what is kept", "retain-words", "end")
    pen.text(290, 191, "1", "soft-words", "middle")
    pen.text(34, 27, "1", "soft-words", "end")
    pen.text(34, 177, "0", "soft-words", "end")


# --- the size of a mask


SIDE = 8
_TARGETS = frozenset({18, 19, 20, 26, 27, 28, 29, 35, 36, 37, 44, 45})


def scores() -> list[tuple[float, float]]:
    """For each weight how much it matters to the target, and noise that a bad map adds."""
    found, seed = [], 11
    for i in range(SIDE * SIDE):
        seed = (seed * 1103515245 + 12345) % 2**31
        row, column = divmod(i, SIDE)
        distance = math.hypot(row - 3.5, column - 3.5)
        truth = (0.9 if i in _TARGETS else 0.45) - distance / 20
        found.append((round(truth, 3), round(seed // 1024 % 1000 / 1000, 3)))
    return found


def masked(size: float, quality: float) -> set[int]:
    """The weights in the mask: those with the highest scores on a map of some quality."""
    part = quality / 100
    ranks = [
        (part * truth + (1 - part) * noise, -i)
        for i, (truth, noise) in enumerate(scores())
    ]
    return {-i for _, i in sorted(ranks, reverse=True)[: int(size)]}


def _mask_reading(values: Values) -> str:
    mask = masked(values["size"], values["quality"])
    return (
        f"Mask of {int(values['size'])} weights, map of {int(values['quality'])}%: "
        f"{len(mask & _TARGETS)} of {len(_TARGETS)} weights that carry the target are edited, and "
        f"{len(mask - _TARGETS)} others with them."
    )


def _draw_mask(pen: Pen, values: Values) -> None:
    mask = masked(values["size"], values["quality"])
    for i in range(SIDE * SIDE):
        cell = pen.at(6 + i % SIDE * 21, 6 + i // SIDE * 21)
        _weight(cell, edited=i in mask, target=i in _TARGETS)
    for y, edited, target, words in (
        (6, True, True, ("target,", "edited")),
        (50, False, True, ("target, left", "as a residue")),
        (94, True, False, ("other, edited", "needlessly")),
        (138, False, False, ("other, frozen",)),
    ):
        cell = pen.at(190, y)
        _weight(cell, edited=edited, target=target)
        for k, line in enumerate(words):
            cell.text(24, 13 + 17 * k, line, "soft-words")


def _weight(pen: Pen, *, edited: bool, target: bool) -> None:
    """A weight: filled if it is edited, else frozen and hatched; crossed if it carries the target.

    The script relies on the order of the three shapes.
    """
    pen.rect(0, 0, CELL, CELL, "changed-cell" if edited else "frozen-cell", 2)
    pen.hatch(0, 0, CELL, CELL, css="none" if edited else "hatch")
    if target:
        look = "mark-line" if edited else "bold-forget"
        pen.lines(look, ((4.5, 4.5), (12.5, 12.5)), ((4.5, 12.5), (12.5, 4.5)))


TOYS = {
    "guidance": Toy(
        title="Guidance scale and erasure",
        caption=(
            "Illustration of an idealised model, not measured. Pictures are points on a line. "
            "Guidance away from the target first removes it, and then drives what is left away "
            "from all kept pictures."
        ),
        words=(
            "Three curves over a line of pictures, from unlike the target on the left to like it "
            "on the right. A thin curve for kept pictures has its peak left of the middle, a "
            "dashed one for the target right of it. The thick curve of guided pictures starts with "
            "a peak at both; the larger the scale, the lower its right peak, and the further its "
            "left peak moves away from kept pictures."
        ),
        sliders=(Slider("scale", "Guidance scale", 0, 1, 0.05, 0.2),),
        height=180,
        draw=_draw_guidance,
        reading=_guidance_reading,
    ),
    "trade-off": Toy(
        title="Forgetting against keeping",
        caption=(
            "Illustration of an idealised model, not measured. A step against the target shortens "
            "it and also damages what is kept, by as much as the two overlap."
        ),
        words=(
            "A curve from the upper left, where all of the target and all of the rest are there, "
            "down to the axis, where nothing of the target is left. A dot on it marks the push "
            "that was chosen. The larger the overlap of target and rest, the further right the "
            "curve ends: more is lost."
        ),
        sliders=(
            Slider("push", "Push against the target", 0, 1, 0.05, 0.6),
            Slider("overlap", "Overlap of target and rest", 0, 1, 0.05, 0.7),
        ),
        height=200,
        draw=_draw_tradeoff,
        reading=_tradeoff_reading,
    ),
    "mask": Toy(
        title="The size of a mask",
        caption=(
            "Illustration of an idealised model, not measured. A mask takes the weights with the "
            "highest scores. Too small a mask leaves part of the target, too large a one edits "
            "other weights, and a poor map does both."
        ),
        words=(
            "A grid of eight by eight weights, twelve of which, in the middle, are crossed: they "
            "carry the target. Filled cells are in the mask. A crossed cell that is not filled is "
            "left as a residue; a filled cell that is not crossed is edited needlessly."
        ),
        sliders=(
            Slider("size", "Weights in the mask", 0, 64, 1, 16),
            Slider("quality", "Quality of the map in per cent", 0, 100, 5, 80),
        ),
        height=178,
        draw=_draw_mask,
        reading=_mask_reading,
        data=" ".join(
            f"{truth:g},{noise:g},{int(i in _TARGETS)}"
            for i, (truth, noise) in enumerate(scores())
        ),
    ),
}


def toy_pen(toy: Toy) -> Pen:
    """The drawing of the default state."""
    pen = Pen()
    toy.draw(pen, toy.defaults)
    return pen


def toy_html(name: str, figure_id: str) -> str:
    """The drawing, sliders that stay hidden until the script is there, and a reading."""
    toy = TOYS[name]
    rows = "".join(
        f'<label for="{figure_id}-{s.name}">{escape(s.label)}</label>'
        f'<input type="range" id="{figure_id}-{s.name}" name="{s.name}" min="{s.low:g}"'
        f' max="{s.high:g}" step="{s.step:g}" value="{s.value:g}">\n'
        for s in toy.sliders
    )
    data = f' data-dg-scores="{toy.data}"' if toy.data else ""
    size = NARROW, toy.height
    return (
        inline(figure_id, (toy.title, toy.words), toy_pen(toy), size, "dg-toy")
        + f'<div class="dg-sliders" data-dg-toy="{name}"{data} hidden>{rows}</div>\n'
        f'<p class="dg-reading" role="status">{escape(toy.reading(toy.defaults))}</p>\n'
    )
