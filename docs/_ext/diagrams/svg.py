"""Diagrams as SVG: within a page, both forms; and as a file of its own."""

from __future__ import annotations

from html import escape

from diagrams.layout import Diagram, arrange
from diagrams.looks import standalone_style
from diagrams.measure import num
from diagrams.pen import Pen, svg_shapes


def forms(diagram: Diagram, figure_id: str) -> str:
    """The wide and the narrow form. The style sheet hides one, which then is not read out."""
    found = []
    for form in ("wide", "narrow"):
        sheet = arrange(diagram, narrow=form == "narrow")
        labels = diagram.title, diagram.words
        found.append(
            inline(
                f"{figure_id}-{form}",
                labels,
                sheet.pen,
                (sheet.w, sheet.h),
                f"dg-{form}",
            )
        )
    return "".join(found)


def inline(
    figure_id: str,
    labels: tuple[str, str],
    pen: Pen,
    size: tuple[float, float],
    css: str,
) -> str:
    """A drawing within a page, with a name and a description."""
    w, h = map(num, size)
    title, words = map(escape, labels)
    return (
        f'<svg class="{css}" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
        f' aria-labelledby="{figure_id}-t" aria-describedby="{figure_id}-d">'
        f'<title id="{figure_id}-t" class="nohighlight">{title}</title>'
        f'<desc id="{figure_id}-d" class="nohighlight">{words}</desc>'
        f"{svg_shapes(pen.shapes)}</svg>\n"
    )


def file(title: str, words: str, pen: Pen, size: tuple[float, float]) -> str:
    """A file of its own, with its colours in it."""
    w, h = map(num, size)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}"'
        f' role="img"><title>{escape(title)}</title><desc>{escape(words)}</desc>'
        f"<style>{standalone_style()}</style>{svg_shapes(pen.shapes)}</svg>\n"
    )
