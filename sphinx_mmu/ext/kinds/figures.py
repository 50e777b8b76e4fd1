"""Figures: how each is asked for and written. Its data are made in
:mod:`sphinx_mmu.views.figures`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sphinx.writers.latex import LaTeXTranslator

from sphinx_mmu.ext.common.docutils_pieces import Nodes, paragraph
from sphinx_mmu.ext.common.names import short_hash
from sphinx_mmu.ext.common.nodes import Spot, mmu_drawing, mmu_figure
from sphinx_mmu.ext.kinds import figure_nodes as as_nodes
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.kinds.figures_html._frame import Frame, Look
from sphinx_mmu.ext.kinds.figures_html.gap_map import gap_map_look
from sphinx_mmu.ext.kinds.figures_html.pipeline import (
    pipeline_drawings,
    pipeline_look,
)
from sphinx_mmu.ext.kinds.figures_html.result_plot import (
    result_plot_drawings,
    result_plot_look,
)
from sphinx_mmu.ext.kinds.figures_html.sparklines import sparks_look
from sphinx_mmu.ext.kinds.figures_html.timeline import (
    timeline_drawings,
    timeline_look,
)
from sphinx_mmu.ext.kinds.figures_html.tree import tree_look
from sphinx_mmu.ext.kinds.figures_latex.forest import forest
from sphinx_mmu.ext.kinds.figures_latex.tikz import panels, wide
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.state.domain import MmuDomain
from sphinx_mmu.figures.tree import Tree
from sphinx_mmu.messages import _
from sphinx_mmu.views.figures import FigureRequest, FigureView

FIGURES_CSS = "mmu-figures.css"
_TIKZ: dict[str, str | None] = {"adjustbox": None, "tikz": None}


class FigureKind(NamedTuple):
    """One kind of figure on Sphinx's side.

    ``subject`` is what its argument has to be (empty: it takes none), ``optional`` whether it may
    be left out. ``look`` and ``nodes`` are what pages for browsers have of it, and ``nodes`` what
    others have. ``options`` are its own, besides ``caption`` and, if it is made of papers, their
    filters. ``latex`` draws it there with ``packages``; ``whole``: the drawing has all its
    data. ``note`` gives a further sentence to those who read it as words.
    """

    meaning: str
    look: Callable[[Frame, Any], Look]
    nodes: Callable[[Frame, Any], Nodes]
    options: tuple[str, ...] = ()
    subject: str = ""
    optional: bool = False
    of_papers: bool = True
    latex: Callable[[Any, LaTeXTranslator, MmuDomain], list[str]] | None = None
    packages: Mapping[str, str | None] = _TIKZ
    whole: bool = False
    note: Callable[[Any], str] = lambda _figure: ""
    scripts: tuple[str, ...] = ()


FIGURE_KINDS = {
    "gap-map": FigureKind(
        "Two facets crossed: counts that lead to the papers, and gaps in words.",
        gap_map_look,
        as_nodes.gap_map_nodes,
        options=("rows", "columns", "expect"),
        scripts=("mmu-map.js",),
    ),
    "pipeline": FigureKind(
        "The top terms of a facet along a line.",
        pipeline_look,
        as_nodes.numbers_nodes,
        options=("line", "states", "bypass"),
        subject="a facet",
        latex=wide(pipeline_drawings),
    ),
    "taxonomy-tree": FigureKind(
        "The terms of a facet with their papers.",
        tree_look,
        as_nodes.tree_nodes,
        options=("limit", "placed-by"),
        subject="a facet",
        latex=forest,
        packages=_TIKZ | {"forest": "edges"},
        whole=True,
        note=Tree.placed,
    ),
    "timeline": FigureKind(
        "Papers over time.",
        timeline_look,
        as_nodes.numbers_nodes,
        options=("series", "period"),
        latex=wide(timeline_drawings),
    ),
    "sparks": FigureKind(
        "Each term's papers over time.",
        sparks_look,
        as_nodes.numbers_nodes,
        options=("period",),
        subject="a facet",
        latex=panels,
    ),
    "direction-map": FigureKind(
        "What should fall and what should rise.",
        as_nodes.directions_look,
        as_nodes.directions_nodes,
        options=("facts", "fall", "rise", "stay", "stated"),
        subject="a facet",
        of_papers=False,
    ),
    "crossing": FigureKind(
        "Two facets crossed, with the papers in the cells.",
        as_nodes.crossing_look,
        as_nodes.crossing_nodes,
        options=("rows", "columns", "limit"),
    ),
    "coverage": FigureKind(
        "What entries cover.",
        as_nodes.coverage_look,
        as_nodes.coverage_nodes,
        options=("columns",),
        subject="a catalogue",
        optional=True,
    ),
    "result-plot": FigureKind(
        "Two metrics of a benchmark against each other.",
        result_plot_look,
        as_nodes.numbers_nodes,
        options=("x", "y", "task", "model", "measured-by", "log"),
        subject="a benchmark",
        of_papers=False,
        latex=wide(result_plot_drawings),
    ),
}
"""Every kind of figure, by the name of its directive and of its kind of view."""


class FigureDirective(MmuDirective):
    """A figure from the data. Where its data are made, its own options are checked."""

    kind: str = ""

    def show(self) -> Nodes:
        """Ask, remember, leave one node with an id for its parts."""
        subject = self.arguments[0] if self.arguments and self.subject else ""
        request = FigureRequest(
            self.kind,
            subject,
            filters=self.filters(self._preset(subject)),
            options=tuple(self._own_options()),
            caption=self.caption(),
            empty_ok=self.flag("empty"),
        )
        node = self.view_node(request)
        number = self.env.new_serialno("mmu-figure")
        node["figure_id"] = f"mmu-fig-{short_hash(self.docname)}-{number}"
        return [node]

    def _preset(self, subject: str) -> str:
        """The filter of the catalogue that the figure is about."""
        presets = self.domain.library.vocabulary.catalogues
        found = (
            presets.get(subject) if FIGURE_KINDS[self.kind].optional else None
        )
        return found.filter if found else ""

    def _own_options(self) -> Iterable[tuple[str, str]]:
        for name in FIGURE_KINDS[self.kind].options:
            if text := self.text(name):
                yield name, text


def figure_directive(name: str) -> type[FigureDirective]:
    """Make the directive of a kind of figure."""
    kind = FIGURE_KINDS[name]
    usual = ("filter", "caption", "empty") if kind.of_papers else ("caption",)
    attributes = {
        "__doc__": kind.meaning,
        "kind": name,
        "names": (*kind.options, *usual),
        "facet_options": kind.of_papers,
        "subject": bool(kind.subject),
        "needs": "" if kind.optional else kind.subject,
    }
    return type(f"{name.title()}Directive", (FigureDirective,), attributes)


def figure_nodes(renderer: NodeRenderer, view: FigureView, spot: Spot) -> Nodes:
    """Write what a figure shows in words, its drawing where the builder can draw it, and its
    data.
    """
    kind, figure = FIGURE_KINDS[view.request.kind], view.figure
    if figure is None:
        return [paragraph(_("Nothing matches."), css="mmu-empty")]
    frame = Frame(renderer, view, spot.figure_id)
    if frame.is_html:
        around = {"frame": frame, "look": kind.look(frame, figure)}
        return [mmu_figure("", *kind.nodes(frame, figure), **around)]
    words = (figure.finding(), view.request.caption, kind.note(figure))
    found: Nodes = [paragraph(" ".join(filter(None, words)))]
    drawn = kind.latex and renderer.domain.site.builder.name == "latex"
    if drawn:
        found.append(mmu_drawing("", figure=figure, kind=view.request.kind))
    if not drawn or not kind.whole:
        found += kind.nodes(frame, figure)
    return found
