"""Figures as html, one module each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sphinx_mmu.branches import Directions, Pipeline, Tree
from sphinx_mmu.crossing import Coverage, Crossing
from sphinx_mmu.ext.figures._frame import Frame
from sphinx_mmu.ext.figures.gapmap import matrix_html
from sphinx_mmu.ext.figures.pipeline import pipeline_html
from sphinx_mmu.ext.figures.sparks import sparks_html
from sphinx_mmu.ext.figures.tables import coverage_html, crossing_html, directions_html
from sphinx_mmu.ext.figures.timeline import timeline_html
from sphinx_mmu.ext.figures.tree import tree_html
from sphinx_mmu.series import Sparks, Timeline
from sphinx_mmu.views import View

if TYPE_CHECKING:
    from sphinx_mmu.ext.render import Renderer

__all__ = ["figure_html", "matrix_html"]

_DRAWN: dict[type, Callable[[Frame, Any], str]] = {
    Pipeline: pipeline_html,
    Tree: tree_html,
    Directions: directions_html,
    Timeline: timeline_html,
    Sparks: sparks_html,
    Crossing: crossing_html,
    Coverage: coverage_html,
}


def figure_html(renderer: Renderer, view: View, fid: str) -> str:
    """A figure with a caption that says what it shows, and its data."""
    if view.figure is None:
        return f'<div class="mmu-view">{renderer.empty(view)}</div>\n'
    return _DRAWN[type(view.figure)](Frame(renderer, view, fid), view.figure)
