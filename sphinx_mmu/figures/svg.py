"""Elements of drawings: measured text, shapes, links. Strings that are the same on every machine.

Colours are classes, never values, so that a theme sets them. Font sizes are part of the drawing,
because line breaks depend on them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

WIDE, NARROW = 736, 320
"""The widths of the two forms of a drawing: beside a text, and on a phone."""

_WIDTHS = {
    character: width
    for width, characters in {
        28: "'ijlIJ",
        33: " \u00a0,./:;\\|",
        36: "f-",
        40: "()[]t!",
        43: 'r"',
        52: "sz*_`?",
        55: "cL",
        59: "Fkvxy",
        61: "PTYaoe′",
        64: "ESbdghnpqu$0123456789{}K",
        69: "AVBRXZC",
        76: "UHNDG",
        79: "&OQ",
        84: "w#+<=>^~M×",
        98: "%m@W…—",
    }.items()
    for character in characters
}
"""Advance widths of DejaVu Sans in hundredths of the font size, as its table ``hmtx`` has them;
similar ones are rounded to one value. It is the widest face in common use, so what fits fits in
all.
"""
_OTHER, _SQUARE, _CJK = 70, 100, 0x2E80
"""The width of other characters, of ideographs, and where in Unicode these begin."""
_BOLD = 1.13
"""How much wider the letters and digits of DejaVu Sans Bold are, on average."""
_BLANK = '<tspan font-size="0"> </tspan>'
"""A blank that takes no room: for the name of a link and for copying."""
_PIECES = re.compile(r"[ \n]*[^ \n/-]*[/-]?")


def width(text: str, size: float = 12, *, bold: bool = False) -> float:
    """The most user units that a line takes; an unknown letter counts as a wide one, an ideograph
    as a square.
    """
    hundredths = sum(
        _WIDTHS.get(c, _OTHER if ord(c) < _CJK else _SQUARE) for c in text
    )
    return hundredths / 100 * size * (_BOLD if bold else 1)


def wrap(
    text: str, room: float, size: float = 12, *, bold: bool = False
) -> list[str]:
    """Lines no wider than ``room``: broken at blanks, after hyphens and slashes, else within a
    word.
    """

    def fits(line: str) -> bool:
        return width(line.strip(), size, bold=bold) <= room

    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and not fits(lines[-1] + piece):
            lines.append("")
        rest = piece if lines[-1] else piece.lstrip()
        while len(rest) > 1 and not fits(rest):
            cut = max(
                i for i in range(1, len(rest)) if i == 1 or fits(rest[:i] + "-")
            )
            lines[-1:] = [f"{rest[:cut]}-", ""]
            rest = rest[cut:]
        lines[-1] += rest
    return [line for line in lines if line]


def clipped(text: str, room: float) -> str:
    """A text in one line: what does not fit is replaced by an ellipsis."""
    if width(text) <= room:
        return text
    while text and width(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def num(number: float) -> str:
    """A number with at most one decimal."""
    return f"{number:.1f}".rstrip("0").rstrip(".") if number else "0"


def text(
    x: float,
    y: float,
    lines: str | Sequence[str],
    size: float = 12,
    css: str = "",
    anchor: str = "",
    *,
    bold: bool = False,
) -> str:
    """A text of one or more lines. ``x`` and ``y`` are the start of the first baseline (with the
    ``anchor`` middle or end, its middle or end) and ``size`` the font size, all in user units;
    ``css`` are classes.
    """
    lines = [lines] if isinstance(lines, str) else lines
    look = f' font-size="{num(size)}"' + (' font-weight="600"' if bold else "")
    look += f' class="{css}"' if css else ""
    look += f' text-anchor="{anchor}"' if anchor else ""
    if len(lines) == 1:
        return (
            f'<text x="{num(x)}" y="{num(y)}"{look}>{escape(lines[0])}</text>'
        )
    content = ""
    for i, line in enumerate(lines):
        if i and not lines[i - 1].endswith("-"):
            content += _BLANK
        place = f'x="{num(x)}" y="{num(y + i * leading(size))}"'
        content += f"<tspan {place}>{escape(line)}</tspan>"
    return f"<text{look}>{content}</text>"


def leading(size: float) -> float:
    """The distance of baselines in user units."""
    return size * 1.3


def rect(
    x: float, y: float, w: float, h: float, css: str = "", radius: int = 0
) -> str:
    """A rectangle with its upper left corner at ``x``, ``y`` and rounded by ``radius``, all in user
    units; ``css`` are classes.
    """
    look = (f' rx="{radius}"' if radius else "") + (
        f' class="{css}"' if css else ""
    )
    return f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"{look}/>'


def circle(x: float, y: float, radius: float, css: str) -> str:
    """A disc around ``x``, ``y``, in user units; ``css`` are classes."""
    return (
        f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(radius)}" class="{css}"/>'
    )


def path(d: str, css: str) -> str:
    """The path with the commands ``d``, in user units; ``css`` are classes."""
    return f'<path d="{d}" class="{css}"/>'


def _spoken(tag: str, text: str, figure_id: str = "") -> str:
    """Text for screen readers, which is not drawn; the class keeps Sphinx's search highlighting,
    which fails at text without a position, away from it.
    """
    name = f' id="{figure_id}"' if figure_id else ""
    return f'<{tag}{name} class="nohighlight">{escape(text)}</{tag}>'


def link(address: str, body: str, name: str = "") -> str:
    """A link around what is drawn, or only that without an address. ``name`` where that does not
    read as one.
    """
    title = _spoken("title", name) if name else ""
    if not address:
        return f"<g>{title}{body}</g>" if title else body
    return f'<a href="{escape(address)}">{title}{body}</a>'


def disc(x: float, y: float, number: int, radius: float = 11) -> str:
    """A number in the colour of its term: the mark that carries the same meaning without colour."""
    size = radius + 2 if number < 10 else radius  # noqa: PLR2004 -- two digits need room
    return circle(x, y, radius, "fill") + text(
        x, y + radius * 0.4, str(number), size, "on", "middle", bold=True
    )


def svg(
    figure_id: str,
    w: float,
    h: float,
    title: str,
    desc: str,
    body: str,
    css: str = "",
    *,
    links: bool = True,
) -> str:
    """A drawing with name and description. An image hides what is inside, so one with links is a
    group.
    """
    role = "group" if links else "img"
    look = f' class="{css}"' if css else ""
    return (
        f'<svg viewBox="0 0 {num(w)} {num(h)}" width="{num(w)}" height="{num(h)}" role="{role}"'
        f' aria-labelledby="{figure_id}-t" aria-describedby="{figure_id}-d"{look}>'
        f"{_spoken('title', title, f'{figure_id}-t')}"
        f"{_spoken('desc', desc, f'{figure_id}-d')}{body}</svg>\n"
    )
