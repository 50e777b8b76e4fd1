"""Drawing primitives: shapes with classes, written as SVG or as TikZ."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal, NamedTuple

from diagrams.looks import tikz, tikz_colours
from diagrams.measure import num, width, wrap

SIZE, MATH, SUB = 13.5, 17.0, 13.5
"""Sizes of words, of formulas, and of their indices, which are no smaller than words."""
LEADING = 17.0
SCALE = 0.6
"""Points of LaTeX in a unit."""

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

_PIECE = re.compile(r"([_^])(?:\{([^}]*)\}|(.))|([^_^]+)")
_TEX = {
    "ℒ": r"\mathcal{L}",
    "𝒥": r"\mathcal{J}",
    "ε": r"\epsilon ",
    "ϵ": r"\varepsilon ",
    "θ": r"\theta ",
    "α": r"\alpha ",
    "β": r"\beta ",
    "γ": r"\gamma ",
    "Ω": r"\Omega ",
    "η": r"\eta ",
    "λ": r"\lambda ",
    "∇": r"\nabla ",
    "Δ": r"\Delta ",
    "⊙": r"\odot ",
    "≤": r"\le ",
    "−": "-",
    "·": r"\cdot ",
    "Π": r"\Pi ",
    "τ": r"\tau ",
    "⊤": r"\top ",
    "∈": r"\in ",
    "′": "'",
    "→": r"\to ",
    "×": r"\times ",
    "‖": r"\|",
    "↦": r"\mapsto ",
    "≈": r"\approx ",
    "∥": r"\|",
    "…": r"\ldots ",
}
_LETTER = re.compile(r"[A-Za-z]{2,}|.")
_HAT = {"\u0302": r"\hat", "\u0303": r"\tilde"}


class Shape(NamedTuple):
    """A shape or a line of text. ``points`` of a path are its commands, each with its points."""

    kind: Literal["rect", "circle", "path", "text", "math"]
    css: str
    numbers: tuple[float, ...] = ()
    ways: tuple[tuple[str, tuple[Point, ...]], ...] = ()
    text: str = ""
    anchor: Anchor = "start"
    bold: bool = False


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a formula, each with its sign: ``_`` lowered, ``^`` raised, none on the line."""
    for sign, group, letter, plain in _PIECE.findall(text):
        yield (sign, group or letter) if sign else ("", plain)


def math_width(text: str, size: float = MATH) -> float:
    """The most units that a formula takes."""
    bare = {"": size, "_": SUB, "^": SUB}
    return sum(width(_bare(part), bare[sign]) for sign, part in pieces(text))


def _bare(text: str) -> str:
    return "".join(letter for letter in text if letter not in _HAT)


@dataclass(slots=True)
class Pen:
    """Draws shapes from an origin of its own. Lengths are user units times ``scale``, and ``css``
    are the classes of a shape.
    """

    x: float = 0
    y: float = 0
    scale: float = 1
    shapes: list[Shape] = field(default_factory=list)

    def at(self, x: float, y: float, scale: float = 1) -> Pen:
        """A pen with another origin on the same sheet; words and widths of lines are not scaled."""
        return Pen(*self._to(x, y), self.scale * scale, self.shapes)

    def _to(self, x: float, y: float) -> Point:
        return self.x + x * self.scale, self.y + y * self.scale

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        css: str,
        radius: float = 0,
    ) -> None:
        """A rectangle with its upper left corner at ``x``, ``y``, rounded by ``radius``."""
        self.shapes.append(
            Shape(
                "rect",
                css,
                (*self._to(x, y), w * self.scale, h * self.scale, radius),
            )
        )

    def circle(self, x: float, y: float, radius: float, css: str) -> None:
        """A disc around ``x``, ``y``."""
        self.shapes.append(
            Shape("circle", css, (*self._to(x, y), radius * self.scale))
        )

    def path(self, css: str, *ways: tuple[str, Sequence[Point]]) -> None:
        """A path of commands M, L, C and Z, each with its points."""
        moved = tuple(
            (command, tuple(self._to(*point) for point in points))
            for command, points in ways
        )
        self.shapes.append(Shape("path", css, ways=moved))

    def line(self, css: str, *points: Point, closed: bool = False) -> None:
        """A line through points."""
        self.path(
            css,
            ("M", points[:1]),
            *(("L", [p]) for p in points[1:]),
            *([("Z", [])] if closed else []),
        )

    def lines(self, css: str, *pairs: tuple[Point, Point]) -> None:
        """Lines of one look as one path."""
        self.path(
            css,
            *(
                way
                for start, end in pairs
                for way in (("M", [start]), ("L", [end]))
            ),
        )

    def curve(self, css: str, start: Point, *controls: Point) -> None:
        """Cubic curves: three points for each."""
        threes = [
            ("C", controls[i : i + 3]) for i in range(0, len(controls), 3)
        ]
        self.path(css, ("M", [start]), *threes)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, css: str
    ) -> None:
        """An ellipse, of four cubic curves."""
        k = 0.5523  # 4/3 (√2 - 1): the usual approximation of a quarter of a circle
        self.path(
            css,
            ("M", [(x - rx, y)]),
            ("C", [(x - rx, y - ry * k), (x - rx * k, y - ry), (x, y - ry)]),
            ("C", [(x + rx * k, y - ry), (x + rx, y - ry * k), (x + rx, y)]),
            ("C", [(x + rx, y + ry * k), (x + rx * k, y + ry), (x, y + ry)]),
            ("C", [(x - rx * k, y + ry), (x - rx, y + ry * k), (x - rx, y)]),
            ("Z", []),
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        css: str = "words",
        anchor: Anchor = "start",
        *,
        bold: bool = False,
    ) -> None:
        """A line of words; ``y`` is its baseline."""
        self.shapes.append(
            Shape("text", css, (*self._to(x, y), SIZE), (), words, anchor, bold)
        )

    def math(
        self,
        x: float,
        y: float,
        formula: str,
        css: str = "words",
        anchor: Anchor = "start",
        *,
        size: float = MATH,
    ) -> None:
        """A formula in one line, in the notation of :func:`pieces`."""
        self.shapes.append(
            Shape("math", css, (*self._to(x, y), size), (), formula, anchor)
        )

    def hatch(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        step: float = 6,
        css: str = "hatch",
    ) -> None:
        """Slanted lines within a box, as one path: no pattern, so no id."""
        pairs = []
        offset = step / 2
        while offset < w + h:
            pairs.append(
                (
                    (x + max(0, offset - h), y + min(offset, h)),
                    (x + min(offset, w), y + max(0, offset - w)),
                )
            )
            offset += step
        self.lines(css, *pairs)

    def arrow(self, look: str, *points: Point, head: float = 9) -> None:
        """A line through points with a head at its end, in a look such as ``flow``."""
        line = "flow" if look == "flow" else f"{look}-flow"
        (x0, y0), (x1, y1) = points[-2:]
        angle = math.atan2(y1 - y0, x1 - x0)
        back = (
            x1 - (head - 2) * math.cos(angle),
            y1 - (head - 2) * math.sin(angle),
        )
        self.line(line, *points[:-1], back)
        self.head(look, (x1, y1), angle, head)

    def head(
        self, look: str, tip: Point, angle: float, head: float = 9
    ) -> None:
        """The head of an arrow that ends at a point in a direction."""
        sides = [
            (
                tip[0] - head * math.cos(angle + turn),
                tip[1] - head * math.sin(angle + turn),
            )
            for turn in (0.42, -0.42)
        ]
        self.line(f"{look}-head", tip, *sides, closed=True)


def paragraph(words: str, room: float, *, bold: bool = False) -> list[str]:
    """Lines that fit."""
    return [line.strip() for line in wrap(words, room, SIZE, bold=bold)]


# --- SVG


def svg_shapes(shapes: Sequence[Shape]) -> str:
    """The elements of SVG."""
    return "".join(map(_svg, shapes))


def _svg(shape: Shape) -> str:
    css = f'class="dg-{shape.css}"'
    match shape.kind:
        case "rect":
            x, y, w, h, radius = map(num, shape.numbers)
            corners = f' rx="{radius}"' if radius != "0" else ""
            return f'<rect x="{x}" y="{y}" width="{w}" height="{h}"{corners} {css}/>'
        case "circle":
            x, y, radius = map(num, shape.numbers)
            return f'<circle cx="{x}" cy="{y}" r="{radius}" {css}/>'
        case "path":
            d = "".join(
                command + " ".join(f"{num(x)} {num(y)}" for x, y in points)
                for command, points in shape.ways
            )
            return f'<path d="{d}" {css}/>'
        case _:
            return _svg_text(shape, css)


def _svg_text(shape: Shape, css: str) -> str:
    x, y, size = shape.numbers
    look = f'x="{num(x)}" y="{num(y)}" font-size="{num(size)}" {css}'
    look += f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    look += ' font-weight="600"' if shape.bold else ""
    if shape.kind == "text":
        return f"<text {look}>{escape(shape.text)}</text>"
    body, risen = "", 0.0
    for sign, part in pieces(shape.text):
        wanted = {"": 0.0, "_": 4.0, "^": -6.0}[sign]
        step = f' dy="{num(wanted - risen)}"' if wanted != risen else ""
        small = f' font-size="{num(SUB)}"' if sign else ""
        body += f"<tspan{step}{small}>{escape(part)}</tspan>"
        risen = wanted
    return f'<text {look} font-style="italic">{body}</text>'


# --- TikZ


def tikz_picture(
    shapes: Sequence[Shape], w: float, h: float, encode: Callable[[str], str]
) -> str:
    """A picture that is never wider than the text."""
    body = "".join(f"{_tikz(shape, encode)};\n" for shape in shapes)
    return (
        f"\\begingroup{tikz_colours()}%\n"
        "\\begin{adjustbox}{max width=\\linewidth,max totalheight=0.9\\textheight}\n"
        f"\\begin{{tikzpicture}}[x={SCALE}pt,y=-{SCALE}pt,line join=round]\n"
        f"\\path[use as bounding box] (0,0) rectangle ({num(w)},{num(h)});\n{body}"
        "\\end{tikzpicture}\n"
        "\\end{adjustbox}\\endgroup\n"
    )


def _tikz(shape: Shape, encode: Callable[[str], str]) -> str:
    look = tikz(shape.css, SCALE)
    match shape.kind:
        case "rect":
            x, y, w, h, radius = shape.numbers
            corners = (
                f",rounded corners={num(radius * SCALE)}pt" if radius else ""
            )
            return f"\\path[{look}{corners}] {_point((x, y))} rectangle {_point((x + w, y + h))}"
        case "circle":
            x, y, radius = shape.numbers
            return f"\\path[{look}] {_point((x, y))} circle ({num(radius * SCALE)}pt)"
        case "path":
            return (
                f"\\path[{look}] {' '.join(_way(*way) for way in shape.ways)}"
            )
        case _:
            return _node(shape, encode)


def _way(command: str, points: tuple[Point, ...]) -> str:
    match command:
        case "M":
            return _point(points[0])
        case "L":
            return " ".join(f"-- {_point(p)}" for p in points)
        case "C":
            first, second, end = map(_point, points)
            return f".. controls {first} and {second} .. {end}"
        case _:
            return "-- cycle"


def _node(shape: Shape, encode: Callable[[str], str]) -> str:
    x, y, size = shape.numbers
    anchor = {"start": "base west", "middle": "base", "end": "base east"}[
        shape.anchor
    ]
    colour = tikz(shape.css, SCALE).removeprefix("fill=")
    points = size * SCALE
    bold = "\\bfseries" if shape.bold else ""
    font = f"\\sffamily{bold}\\fontsize{{{num(points)}}}{{{num(points * 1.2)}}}\\selectfont"
    words = (
        encode(shape.text)
        if shape.kind == "text"
        else f"${tex_formula(shape.text)}$"
    )
    options = f"anchor={anchor},inner sep=0pt,text={colour},font={{{font}}}"
    return f"\\node[{options}] at {_point((x, y))} {{{words}}}"


def tex_formula(text: str) -> str:
    """A formula as TeX has it."""
    return "".join(
        f"{sign}{{{_tex_letters(part)}}}" if sign else _tex_letters(part)
        for sign, part in pieces(text)
    )


def _tex_letters(part: str) -> str:
    letters: list[str] = []
    for letter in _LETTER.findall(part):
        if len(letter) > 1:  # a word, not a product of letters
            letters.append(
                f"\\{letter}" if letter == "min" else f"\\mathrm{{{letter}}}"
            )
            continue
        if letter in _HAT:
            letters[-1] = f"{_HAT[letter]}{{{letters[-1]}}}"
        else:
            letters.append(_TEX.get(letter, letter if letter != " " else "\\ "))
    return "".join(letters)


def _point(point: Point) -> str:
    return f"({num(point[0])},{num(point[1])})"
