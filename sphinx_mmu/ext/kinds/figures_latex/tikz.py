"""Drawings of figures as TikZ: the shapes of ``svg.py`` with the looks of ``mmu-figures.css``, on
white paper.

Source of the form: the manual of PGF and TikZ. Links are left out: the table below a drawing has
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any
from xml.etree import ElementTree as ET

from sphinx.writers.latex import LaTeXTranslator

from sphinx_mmu.ext.kinds.figures_html._frame import Frame
from sphinx_mmu.ext.kinds.figures_html.sparklines import sparks_drawings
from sphinx_mmu.ext.state.domain import MmuDomain
from sphinx_mmu.figures.context import papers_text
from sphinx_mmu.figures.sparklines import Sparks
from sphinx_mmu.figures.svg import num

SCALE = 0.6
"""Points a unit of a drawing: the widest is then as wide as the text of a page."""
_ACCENT = "0B5CAD"
_ROW = 4
"""Small multiples that are drawn side by side."""

_SHAPES = {
    "rail": "draw=black!50,line width=1.8pt",
    "axis": "draw=black!50",
    "hair": "draw=black!18",
    "dash": "draw=black!50,line width=1.2pt,dash pattern=on 3pt off 2.4pt",
    "dots": "draw=black!50,dotted",
    "stem": "draw=mmu,line width=1.2pt",
    "ink": "fill=black!50",
    "plate": "fill=white,draw=black!50,line width=1.8pt",
    "card": "fill=mmu!8",
    "track": "fill=mmu!22",
    "fill": "fill=mmu",
    "bar": "fill=mmuaccent",
    "hatch": "fill=mmuaccent!45",
    "cross": "fill=mmuaccent!70",
    "pale": "fill=mmuaccent!14,draw=mmuaccent",
    "open": "fill=white,draw=mmuaccent",
}
"""How a shape of a class looks; one that is not here is only there to be hit."""
_TEXTS = {
    "soft": "text=black!65",
    "tint": "text=mmu",
    "on": "text=white",
    "halo": "fill=white,inner sep=0.8pt",
}
_ANCHORS = {"middle": "base", "end": "base east"}
_TOKEN = re.compile(r"[A-Za-z]|-?[\d.]+")
_POINTS = {"M": 1, "L": 1, "l": 1, "q": 2, "C": 3, "Q": 2}
"""Commands of a path in svg.py → how many points follow; H, V, h and v take one number, z none."""


class Unlinked(Frame):
    """A frame whose parts lead nowhere."""

    def __init__(self) -> None:
        self.figure_id = "mmu"

    def papers(self, *_what: object) -> str:
        """No address."""
        return ""

    term = entry = papers


def wide(
    draw: Callable[[Frame, Any], list[str]],
) -> Callable[[Any, LaTeXTranslator, MmuDomain], list[str]]:
    """What draws a figure in its wide form, the first that ``draw`` gives."""

    def drawing(
        figure: Any, translator: LaTeXTranslator, domain: MmuDomain
    ) -> list[str]:
        painter = _Painter(translator.encode, domain)
        return [painter.drawing(draw(Unlinked(), figure)[0])]

    return drawing


def panels(
    figure: Sparks, translator: LaTeXTranslator, domain: MmuDomain
) -> list[str]:
    """Small multiples in rows, with their names."""
    painter = _Painter(translator.encode, domain)
    return painter.panels(figure, sparks_drawings(Unlinked(), figure))


class _Painter:
    """Turns drawings into TikZ. Colours: ``mmu`` of the term at hand, ``mmuaccent`` of what is
    about none.
    """

    def __init__(self, encode: Callable[[str], str], domain: MmuDomain) -> None:
        self.encode = encode
        self.colours = {}
        for facet in domain.library.facets.values():
            for term in facet.terms if facet.numbered else ():
                if term.depth == 1 and term.colour:
                    self.colours[f"mmu-c{term.order}"] = six_digits(
                        term.colour[0]
                    )

    def panels(self, figure: Sparks, svgs: list[str]) -> list[str]:
        """One drawing, or rows of them with name and number above each."""
        boxes = []
        for panel, svg in zip(figure.panels, svgs, strict=True):
            name = self.encode(panel.mark.label)
            count = self.encode(papers_text(panel.papers))
            drawing = self.drawing(
                f'<g class="mmu-c{panel.mark.number}">{svg}</g>'
            )
            if len(svgs) == 1:
                return [drawing]
            boxes.append(
                f"\\begin{{minipage}}[b]{{0.24\\linewidth}}\\raggedright\\small {name}\\\\"
                f" {count}\\par\n{drawing}\\end{{minipage}}\\hfill\n"
            )
        return [
            "".join(boxes[i : i + _ROW]) for i in range(0, len(boxes), _ROW)
        ]

    def drawing(self, svg: str) -> str:
        """A picture that is never wider than the text."""
        shapes = "".join(self._shapes(ET.fromstring(svg)))  # noqa: S314 -- written by svg.py
        return (
            f"\\definecolor{{mmuaccent}}{{HTML}}{{{_ACCENT}}}\\colorlet{{mmu}}{{mmuaccent}}%\n\\begin{{adjustbox}}{{max"
            " width=\\linewidth,max"
            f" totalheight=0.9\\textheight}}\n\\begin{{tikzpicture}}[x={SCALE}pt,y=-{SCALE}pt,line"
            f" width=0.6pt]\n{shapes}\\end{{tikzpicture}}\n\\end{{adjustbox}}\n"
        )

    def _shapes(self, element: ET.Element) -> Iterator[str]:
        css, get = element.get("class", ""), element.get

        def numbers(*names: str) -> Iterator[float]:
            return (float(get(name, 0)) for name in names)

        look = _SHAPES.get(css, "")
        inner = chain.from_iterable(map(self._shapes, element))
        match element.tag:
            case "title" | "desc" | "pattern":
                return
            case "svg":
                size = f"({get('width')},{get('height')})"
                yield f"\\path[use as bounding box] (0,0) rectangle {size};\n"
                yield from inner
            case "rect" if look:
                x, y, w, h, radius = numbers("x", "y", "width", "height", "rx")
                if (get("fill") or "").endswith("-cross)"):
                    look = _SHAPES["cross"]
                if radius:
                    look += f",rounded corners={num(radius * SCALE)}pt"
                yield f"\\path[{look}] {_point(x, y)} rectangle {_point(x + w, y + h)};\n"
            case "circle" if look:
                x, y, radius = numbers("cx", "cy", "r")
                yield f"\\path[{look}] {_point(x, y)} circle ({num(radius * SCALE)}pt);\n"
            case "path" if look:
                yield f"\\path[{look}] {_way(get('d', ''))};\n"
            case "text":
                yield from self._texts(element)
            case _:
                yield self._scope("".join(inner), self.colours.get(css))

    def _scope(self, inner: str, colour: str | None) -> str:
        """What is in a group, in the colour of its term if it has one."""
        defined = f"\\definecolor{{mmu}}{{HTML}}{{{colour}}}"
        scope = f"\\begin{{scope}}{defined}\n{inner}\\end{{scope}}\n"
        return scope if colour else inner

    def _texts(self, element: ET.Element) -> Iterator[str]:
        size = float(element.get("font-size", 12)) * SCALE
        bold = "\\bfseries" if element.get("font-weight") else ""
        anchor = _ANCHORS.get(element.get("text-anchor", ""), "base west")
        css = _TEXTS.get(element.get("class", ""))
        look = f"anchor={anchor},inner sep=0pt{f',{css}' if css else ''}"
        font = f"\\sffamily{bold}\\fontsize{{{num(size)}}}{{{num(size * 1.2)}}}\\selectfont"
        for line in (element, *element):
            words = (line.text or "").strip()
            if words:
                at = _point(float(line.get("x", 0)), float(line.get("y", 0)))
                yield f"\\node[{look},font={{{font}}}] at {at} {{{self.encode(words)}}};\n"


def six_digits(colour: str) -> str:
    """A colour ``#rgb`` or ``#rrggbb`` as LaTeX has it."""
    digits = colour.removeprefix("#").upper()
    if len(digits) == len("rgb"):
        return "".join(digit * 2 for digit in digits)
    return digits


def _point(x: float, y: float) -> str:
    return f"({num(x)},{num(y)})"


def _way(d: str) -> str:
    """A path of SVG as TikZ; of SVG's commands only those in ``_POINTS``."""
    tokens, parts = iter(_TOKEN.findall(d)), []
    x = y = 0.0

    def number() -> float:
        return float(next(tokens))

    for command in tokens:
        relative = command.islower()
        if command == "z":
            parts.append("-- cycle")
            continue
        if command in "HhVv":
            step = number()
            if command in "Hh":
                x = step + x * relative
            else:
                y = step + y * relative
            parts.append(f"-- {_point(x, y)}")
            continue
        points = [
            (number() + x * relative, number() + y * relative)
            for _ in range(_POINTS[command])
        ]
        parts.append(_stretch(command, (x, y), points))
        x, y = points[-1]
    return " ".join(parts)


def _stretch(
    command: str, start: tuple[float, float], points: list[tuple[float, float]]
) -> str:
    *controls, end = points
    if not controls:
        return _point(*end) if command == "M" else f"-- {_point(*end)}"
    if len(controls) == 1:  # a parabola as a cubic curve
        (cx, cy), thirds = controls[0], ((*start,), (*end,))
        controls = [
            (px + 2 * (cx - px) / 3, py + 2 * (cy - py) / 3)
            for px, py in thirds
        ]
    first, second = (_point(*control) for control in controls)
    return f".. controls {first} and {second} .. {_point(*end)}"
