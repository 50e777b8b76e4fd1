"""The logo, the icon and the card of the site: ``python -m tools.pictures`` draws them.

They are made of the cells and pictures of the diagrams (docs/_ext/diagrams). Chromium makes the
card, a PNG, from an SVG with the font DejaVu Sans.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "docs/_static"
WIDTH, HEIGHT = 1200, 630

_KEPT, _GONE = "#6f5bd6", "#d4581c"
"""Colours that contrast with white and with black: one file serves a light and a dark page."""


def logo(title: str, gap: float) -> str:
    """Nine weights, one of which is gone: its outline is dashed and crossed out."""
    cell = (32 - 2 * gap) / 3
    shapes = []
    for i in range(9):
        x, y = (i % 3) * (cell + gap), (i // 3) * (cell + gap)
        if i == 5:  # noqa: PLR2004 -- not in the middle, so that it is no face
            shapes.append(_gone(x, y, cell))
        else:
            shapes.append(
                f'<rect x="{x:.5g}" y="{y:.5g}" width="{cell:.5g}" height="{cell:.5g}"'
                f' rx="2" fill="{_KEPT}"/>'
            )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 34 34" width="34" height="34">'
        f"<title>{escape(title)}</title>\n" + "\n".join(shapes) + "</svg>\n"
    )


def _gone(x: float, y: float, cell: float) -> str:
    inset = cell * 0.22
    left, top, right, bottom = (
        x + inset,
        y + inset,
        x + cell - inset,
        y + cell - inset,
    )
    return (
        f'<path d="M{left:.5g} {top:.5g}L{right:.5g} {bottom:.5g}'
        f'M{left:.5g} {bottom:.5g}L{right:.5g} {top:.5g}"'
        f' fill="none" stroke="{_GONE}" stroke-width="{cell * 0.27:.3g}" stroke-linecap="round"/>'
    )


def card() -> str:
    """What is shown where somebody links to the site: its name, and unlearning before and after."""
    sys.path.insert(0, str(ROOT / "docs/_ext"))
    from diagrams.art import PICTURES  # noqa: PLC0415 -- the path has to be set first
    from diagrams.looks import standalone_style  # noqa: PLC0415 -- as above
    from diagrams.marks import mark  # noqa: PLC0415 -- as above
    from diagrams.pen import Pen, svg_shapes  # noqa: PLC0415 -- as above

    pen = Pen()
    for y, kind, names in (
        (0, "forget", ("style", "plain")),
        (62, "retain", ("boat", "boat")),
    ):
        mark(pen, kind, 12, y + 24)
        for i, name in enumerate(names):
            PICTURES[name](pen.at(32 + i * 98, y))
        pen.arrow("flow", (99, y + 24), (125, y + 24))
    weights = logo("", 2).split("\n", 1)[1].removesuffix("</svg>\n")
    lines = (
        "How models of vision, language,",
        "video and audio can be made",
        "to forget: a living survey",
    )
    soft = 'class="dg-soft-words"'
    words = "".join(
        f'<text x="80" y="{422 + i * 46}" {soft} font-size="31">{escape(line)}</text>'
        for i, line in enumerate(lines)
    )
    words += "".join(
        f'<text x="{x}" y="190" {soft} font-size="28" text-anchor="middle">{when}</text>'
        for x, when in ((821, "before"), (1071, "after"))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}"><style>{standalone_style()}</style>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<rect width="{WIDTH}" height="14" fill="{_KEPT}"/>'
        f'<g transform="translate(80 112) scale(2.4)">{weights}</g>'
        '<text x="80" y="280" font-size="58" font-weight="700" class="dg-words">Multimodal</text>'
        '<text x="80" y="346" font-size="58" font-weight="700" class="dg-words">Unlearning</text>'
        f"{words}"
        f'<g transform="translate(660 212) scale(2.55)">{svg_shapes(pen.shapes)}</g></svg>\n'
    )


def png(svg: str, path: Path) -> None:
    """Let Chromium draw an SVG."""
    program = next(
        filter(None, map(shutil.which, ("chromium", "google-chrome")))
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "card.svg"
        source.write_text(svg, "utf-8")
        size = f"--window-size={WIDTH},{HEIGHT}"
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            size,
        ]
        command = [program, *options, f"--screenshot={path}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Write all three."""
    (STATIC / "logo.svg").write_text(logo("Multimodal Unlearning", 2), "utf-8")
    (STATIC / "favicon.svg").write_text(
        logo("Multimodal Unlearning", 1.4), "utf-8"
    )
    png(card(), STATIC / "social.png")


if __name__ == "__main__":
    main()
