"""The page of one paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import _, lower_first
from sphinx_mmu.model.evidence import Evidence, Source, evidence
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.views.base import View, ViewContext
from sphinx_mmu.views.cells import (
    Cell,
    Detail,
    Part,
    author_part,
    in_line,
    joined,
    links_cell,
    title_part,
    venue_part,
)
from sphinx_mmu.views.paper_details import paper_details
from sphinx_mmu.views.texts import no_entry


class PaperRequest(NamedTuple):
    """The page of one paper."""

    kind: str = "paper"
    key: str = ""


RESULTS = "results"
"""The section of a paper's page with its results. The vocabulary may give it a place and a label;
otherwise it is the last.
"""


class PageSection(NamedTuple):
    """A section of a paper's page that the vocabulary declares. That of results has no rows."""

    name: str
    label: str
    rows: tuple[Detail, ...]


class Read(NamedTuple):
    """A text that was read, and what the values that are from it are called."""

    source: Source
    values: tuple[str, ...]


@dataclass(frozen=True)
class PaperView(View):
    """Everything that the page of a paper shows, except what other pages write about it. ``rows``
    are in no section; ``reader`` says who read the texts, and ``measured`` names the benchmarks of
    results that the work is or is the source of.
    """

    authors: tuple[Part, ...] = ()
    venue: Cell = ()
    links: Cell = ()
    rows: tuple[Detail, ...] = ()
    sections: tuple[PageSection, ...] = ()
    summary: str = ""
    read: tuple[Read, ...] = ()
    reader: str = ""
    related: tuple[tuple[Part, str], ...] = ()
    measured: tuple[str, ...] = ()
    is_benchmark: bool = False


def paper_view(context: ViewContext, request: PaperRequest) -> PaperView:
    """Gather what a paper's page shows, and the labels of its neighbours in the file."""
    library = context.library
    paper = library.papers.by_key.get(request.key)
    if paper is None:
        missing = not library.find(request.key)
        problems = (no_entry(library, request.key),) if missing else ()
        return PaperView(request, problems=problems)
    authors = [author_part(one) for one in paper.authors]
    venue = venue_part(paper)
    rows = paper_details(paper, library)
    known = evidence(paper.fields)[0]
    near = [
        (key, library.labels.get(key)) for key in neighbours(paper, library)
    ]
    fields = sorted(paper.fields.items())
    measured = library.benchmarks_of(paper.key)
    return PaperView(
        request,
        1,
        paper.short or paper.title,
        derived_tags=tuple(
            part.target for part in (*authors, venue) if part.target
        ),
        beside=(
            paper.title,
            paper.short,
            paper.authors,
            paper.date,
            paper.links,
            fields,
            near,
        ),
        authors=joined(authors),
        venue=in_line(venue),
        links=links_cell(paper.links),
        rows=tuple(row for row in rows if not row.section),
        sections=tuple(_sections(rows, library)),
        summary=" ".join(paper.fields.get("summary", "").split()),
        read=_read(known, library),
        reader=known.reader,
        related=related(paper, library),
        measured=measured,
        is_benchmark=_is_benchmark(paper, library),
    )


def _is_benchmark(paper: Paper, library: Library) -> bool:
    """Whether a catalogue of benchmarks lists the paper."""
    position = library.papers.position[paper.key]
    filters = (
        filter(None, [one.filter])
        for one in library.vocabulary.catalogues.values()
        if one.results and one.collection == "papers"
    )
    found = (evaluate.select(texts, library.papers)[0] for texts in filters)
    return any(papers >> position & 1 for papers in found)


def _sections(
    rows: Sequence[Detail], library: Library
) -> Iterator[PageSection]:
    declared = library.vocabulary.sections
    for name, label in {**declared, RESULTS: declared.get(RESULTS, "")}.items():
        inside = tuple(row for row in rows if row.section == name)
        if inside or name == RESULTS:
            yield PageSection(name, label, inside)


def _read(known: Evidence, library: Library) -> tuple[Read, ...]:
    return tuple(
        Read(source, tuple(map(library.value_label, known.read_from(source))))
        for source in known.sources
    )


_REASONS = 3
"""How many shared tags are named as the reason of a neighbour."""


def related(paper: Paper, library: Library) -> tuple[tuple[Part, str], ...]:
    """Neighbours by shared tags and by relations, each with its reason in words."""
    found = []
    for neighbour in library.neighbours.of(paper):
        tags = (
            library.term_label(*tag.split(":", 1))
            for tag in neighbour.shared[:_REASONS]
        )
        words = ", ".join(map(lower_first, tags))
        shares = _("shares {terms}", terms=words) if words else ""
        reasons = (lower_first(neighbour.relation), shares)
        found.append(
            (title_part(neighbour.paper), "; ".join(filter(None, reasons)))
        )
    return tuple(found)


def neighbours(paper: Paper, library: Library) -> tuple[str, str]:
    """The keys before and after a paper in the file, empty at the ends."""
    papers = library.papers.papers
    at = library.papers.position[paper.key]
    before = papers[at - 1].key if at else ""
    return before, papers[at + 1].key if at + 1 < len(papers) else ""
