"""The page of one paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sphinx_mmu.model.evidence import NO_EVIDENCE, Evidence, evidence
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.publication import venue_text
from sphinx_mmu.views.base import View, ViewContext, digest
from sphinx_mmu.views.columns import Cell, Part
from sphinx_mmu.views.details import Row, all_links, neighbours, paper_sheet, related
from sphinx_mmu.views.texts import no_entry


class PaperRequest(NamedTuple):
    """The page of one paper."""

    kind: str = "paper"
    key: str = ""


@dataclass(frozen=True)
class PaperView(View):
    """Everything that the page of a paper shows, except what other pages write about it."""

    paper: Paper | None = None
    venue: Cell = ()
    links: Cell = ()
    rows: tuple[Row, ...] = ()
    summary: str = ""
    evidence: Evidence = NO_EVIDENCE
    related: tuple[tuple[Part, str], ...] = ()


def paper_view(context: ViewContext, request: PaperRequest) -> PaperView:
    """Gather what a paper's page shows, and the labels of its neighbours in the file."""
    library = context.library
    paper = library.papers.by_key.get(request.key)
    if paper is None:
        problems = () if library.find(request.key) else (no_entry(library, request.key),)
        return PaperView(request, digest("paper", request, None), problems=problems)
    links, rows, near = all_links(paper), paper_sheet(paper, library), related(paper, library)
    sources, _faults = evidence(paper.fields)
    summary = " ".join(paper.fields.get("summary", "").split())
    beside = [(key, library.labels.get(key)) for key in neighbours(paper, library)]
    shown = (
        paper.title,
        paper.short,
        paper.authors,
        paper.date,
        venue_text(paper),
        paper.links,
        paper.abstract,
        sorted(paper.fields.items()),
        rows,
        near,
        beside,
    )
    return PaperView(
        request,
        digest("paper", request, shown),
        1,
        paper.short or paper.title,
        paper=paper,
        venue=context.cells(("venue",), paper)[0],
        links=links,
        rows=rows,
        summary=summary,
        evidence=sources,
        related=near,
    )
