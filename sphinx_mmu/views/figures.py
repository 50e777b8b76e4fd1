"""Figures: data that are drawn, each with a sentence that says what it shows and a table of its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sphinx_mmu import branches, crossing, matrix, query, series
from sphinx_mmu.source import Sheet, Source
from sphinx_mmu.views.base import View, ViewContext, digest
from sphinx_mmu.views.papers import nothing_found


class Figure(Protocol):
    """The data of a drawing."""

    def finding(self) -> str:
        """Say in a sentence what the figure shows."""

    def sheet(self) -> Sheet:
        """Give the numbers as a table."""


FIGURES: dict[str, Callable[[Source, str], Figure | None]] = {
    "gap-map": matrix.gap_map,
    "pipeline": branches.pipeline,
    "tree": branches.tree,
    "directions": branches.directions,
    "timeline": series.timeline,
    "sparks": series.sparks,
    "crossing": crossing.crossing,
    "coverage": crossing.coverage,
}
"""Kinds of figures, and what makes the data of each from papers and a subject."""


class FigureRequest(NamedTuple):
    """A figure of the papers that match ``filters``.

    ``subject`` is the facet, term or catalogue it is about, ``options`` are its own options by name.
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
    found, faults = query.select(request.filters, context.library.papers)
    source = Source(context.library, found, dict(request.options), empty_ok=request.empty_ok)
    figure = FIGURES[request.kind](source, request.subject)
    problems = [*faults, *source.problems]
    if figure is None and not problems and not request.empty_ok:
        problems.append(nothing_found(request.filters, "papers"))
    mark = digest("figure", request, figure)
    return FigureView(request, mark, found.bit_count(), problems=tuple(problems), figure=figure)
