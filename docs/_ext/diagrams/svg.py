"""Diagrams as SVG: within a page, both forms; and as a file of its own."""

from __future__ import annotations

from html import escape

from diagrams.layout import Diagram, arrange
from diagrams.looks import standalone_style
from diagrams.measure import num
from diagrams.pen import svg_shapes


def forms(diagram: Diagram, fid: str) -> str:
    """The wide and the narrow form. The style sheet hides one, which then is not read out."""
    return "".join(_svg(diagram, f"{fid}-{form}", form) for form in ("wide", "narrow"))


def _svg(diagram: Diagram, fid: str, form: str) -> str:
    sheet = arrange(diagram, narrow=form == "narrow")
    w, h = num(sheet.w), num(sheet.h)
    return (
        f'<svg class="dg-{form}" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
        f' aria-labelledby="{fid}-t" aria-describedby="{fid}-d">'
        f'<title id="{fid}-t" class="nohighlight">{escape(diagram.title)}</title>'
        f'<desc id="{fid}-d" class="nohighlight">{escape(diagram.words)}</desc>'
        f"{svg_shapes(sheet.pen.shapes)}</svg>\n"
    )


def file(diagram: Diagram, *, narrow: bool = False, dark: bool = False) -> str:
    """A file of its own, with its colours in it."""
    sheet = arrange(diagram, narrow=narrow)
    w, h = num(sheet.w), num(sheet.h)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}"'
        ' role="img">'
        f"<title>{escape(diagram.title)}</title><desc>{escape(diagram.words)}</desc>"
        f"<style>{standalone_style(dark=dark)}</style>{svg_shapes(sheet.pen.shapes)}</svg>\n"
    )
