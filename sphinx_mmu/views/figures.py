"""Figures: data that are drawn or listed, each with a sentence that states its finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sphinx_mmu.figures.context import DataTable, FigureContext
from sphinx_mmu.figures.coverage import coverage
from sphinx_mmu.figures.crosstab import crossing
from sphinx_mmu.figures.directions import directions
from sphinx_mmu.figures.gap_map import gap_map
from sphinx_mmu.figures.pipeline import pipeline
from sphinx_mmu.figures.result_plot import result_plot
from sphinx_mmu.figures.sparklines import sparks
from sphinx_mmu.figures.timeline import timeline
from sphinx_mmu.figures.tree import tree
from sphinx_mmu.filters import evaluate
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.views.base import View, ViewContext
from sphinx_mmu.views.papers import nothing_found


class Figure(Protocol):
    """The data of a figure."""

    def finding(self) -> str:
        """Describe in a sentence what the figure shows."""


class NumberedFigure(Figure, Protocol):
    """The data of a drawing of numbers."""

    def table(self) -> DataTable:
        """Give the numbers as a table."""


FIGURES: dict[str, Callable[[FigureContext, str], Figure | None]] = {
    "gap-map": gap_map,
    "pipeline": pipeline,
    "tree": tree,
    "directions": directions,
    "timeline": timeline,
    "sparks": sparks,
    "crossing": crossing,
    "coverage": coverage,
    "result-plot": result_plot,
}
"""Kinds of figures, and what makes the data of each from papers and a subject."""


_NOTHING_TO_SHOW = Problem(
    Code.EMPTY_RESULT,
    "none of the entries found has anything for the figure to show",
    hint="name another facet, or correct the filter",
)


class FigureRequest(NamedTuple):
    """A figure of the papers that match ``filters``.

    ``subject`` is the facet, term or catalogue it is about, ``options`` are its own options by
    name.
    """

    kind: str = ""
    subject: str = ""
    filters: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    caption: str = ""
    empty_ok: bool = False


@dataclass(frozen=True)
class FigureView(View):
    """The data of a figure; None if there are none, and ``count`` papers that it is made from."""

    figure: Figure | None = None


def figure_view(context: ViewContext, request: FigureRequest) -> FigureView:
    """Make the data of a figure."""
    library = context.library
    empty_ok = request.empty_ok
    options = dict(request.options)
    found, faults = evaluate.select(request.filters, library.papers)
    source = FigureContext(library, found, options, empty_ok=empty_ok)
    figure = FIGURES[request.kind](source, request.subject)
    problems = (*faults, *source.problems)
    if figure is None and not problems and not empty_ok:
        problems = (
            _NOTHING_TO_SHOW
            if found
            else nothing_found(request.filters, "papers"),
        )
    return FigureView(
        request, found.bit_count(), problems=problems, figure=figure
    )
