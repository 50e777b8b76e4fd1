"""The page of one paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.relations import Reason, add
from sphinx_mmu.messages import _, counted
from sphinx_mmu.model import identifiers, links, publication
from sphinx_mmu.model.evidence import Evidence, Source, evidence
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.views.base import View, ViewContext
from sphinx_mmu.views.cells import (
    Cell,
    Detail,
    Line,
    Part,
    author_part,
    entry_part,
    in_line,
    joined,
    keys_cell,
    links_cell,
    lower_first,
    path_parts,
    term_part,
    text_cell,
    title_part,
    venue_part,
)
from sphinx_mmu.views.columns import column
from sphinx_mmu.views.texts import no_entry
from sphinx_mmu.vocabulary.vocabulary import Facet


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

    paper: Paper | None = field(default=None, repr=False)
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
        paper=paper,
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


# --- details

_REASONS = 3
"""How many shared tags are named as the reason of a neighbour."""


def paper_details(paper: Paper, library: Library) -> tuple[Detail, ...]:
    """Tags, labelled fields and relations of a paper."""
    rows = [
        *_tag_rows(paper, library),
        *_relation_rows(paper, library),
        *_field_rows(paper, library),
        *_version_rows(paper, library),
    ]
    if paper.keywords:
        rows.append(Detail(_("Keywords"), text_cell(", ".join(paper.keywords))))
    return tuple(rows)


def _version_rows(paper: Paper, library: Library) -> Iterator[Detail]:
    """The preprint and the published version of one work, and other entries that have the same
    preprint.
    """
    preprint = next((k for k in paper.links if k.kind == "arxiv"), None)
    if preprint is None:
        return
    date = identifiers.posted(links.identifier(paper.links, "arxiv"))
    posted = _("Preprint, {date}: ", date=date) if date else _("Preprint: ")
    found = [
        Line((Part("text", posted), Part("url", preprint.label, preprint.url)))
    ]
    if publication.is_published(paper):
        elsewhere = (
            k
            for k in links.texts(paper.links)
            if not identifiers.read("arxiv", k.url)
        )
        parts = joined([Part("url", k.label, k.url) for k in elsewhere])
        where = _("Published, {venue}", venue=publication.venue_text(paper))
        where += ": " if parts else ""
        found.append(Line((Part("text", where), *parts)))
    same = library.same_preprint.get(preprint.url, ())
    if others := [entry_part(key, library) for key in same if key != paper.key]:
        found.append(
            Line((Part("text", _("Listed as well as ")), *joined(others)))
        )
    if len(found) > 1:
        yield Detail(_("Versions"), tuple(found))


def _tag_rows(paper: Paper, library: Library) -> Iterator[Detail]:
    for facet in library.facets.values():
        values = paper.tags.get(facet.name, ())
        if values and not facet.provenance and not facet.relation:
            parts: list[Part] = []
            for value in values:
                parts += [Part("text", ", ")] if parts else []
                parts += _tag_parts(facet, value, library)
            note = _sources(paper, library) if facet.numbered else ""
            yield Detail(
                facet.label, (Line(tuple(parts)),), note, section=facet.section
            )


def _tag_parts(facet: Facet, value: str, library: Library) -> tuple[Part, ...]:
    if facet.numbered:
        return path_parts(facet, value, library, after_badge=" › ")
    return (term_part(f"{facet.name}:{value}", library),)


def _sources(paper: Paper, library: Library) -> str:
    """Who assigned the tags: the values of the facets that record this."""
    labels = list[str]()
    for name, facet in library.facets.items():
        values = paper.tags.get(name, ()) if facet.provenance else ()
        labels += [library.term_label(name, value) for value in values]
    return ", ".join(labels)


def _field_rows(paper: Paper, library: Library) -> Iterator[Detail]:
    facets = {facet.field for facet in library.facets.values()}
    titles = {one.title for one in library.vocabulary.catalogues.values()}
    for name, label in library.vocabulary.fields.items():
        text = paper.fields.get(name, "")
        is_name = name in titles and text == paper.short
        found = column(name, library) if text and name not in facets else None
        if found and not is_name:
            section = library.vocabulary.placed.get(name, "")
            yield Detail(label, found[1](paper, library), section=section)


def _relation_rows(paper: Paper, library: Library) -> Iterator[Detail]:
    """A row for each label: two relations may say the same thing from either end. Where texts state
    relations, the newest work is the first. What is introduced is not listed as used as well.
    """
    found: dict[str, tuple[str, dict[str, tuple[Reason, ...]]]] = {}
    for relation in library.vocabulary.relations.values():
        for label, others in library.relations.of(paper.key, relation):
            if others and label:
                _section, known = found.setdefault(
                    label, (relation.section, {})
                )
                add(known, others)
    named: set[str] = set()
    for label, (section, others) in found.items():
        if any(others.values()):
            entries = ((key, library.find(key)) for key in others)
            dates = {key: entry.date if entry else "" for key, entry in entries}
            newest = sorted(dates, key=dates.__getitem__, reverse=True)
            cell = tuple(_stated(key, others[key], library) for key in newest)
        else:
            cell = keys_cell(
                [key for key in others if key not in named], library
            )
            named.update(others)
        cell = (*_listed_by(paper, label, library), *cell)
        if cell:
            yield Detail(label, cell, section=section)


def _listed_by(paper: Paper, label: str, library: Library) -> Iterator[Line]:
    """The way to the list of the papers that have a relation to this one, where it is a value of a
    facet.
    """
    for facet in library.facets.values():
        relation = library.vocabulary.relations.get(facet.relation)
        value = library.labels[paper.key]
        papers = library.papers.tagged(facet.name, value) or 0
        if relation and relation.inverse == label and papers:
            n = papers.bit_count()
            text = counted("{n} paper as a list", "{n} papers as a list", n)
            yield Line((Part("term", text, f"{facet.name}:{value}"),), "by")


def _stated(key: str, reasons: Iterable[Reason], library: Library) -> Line:
    """An entry, and the texts that state the relation to it."""
    texts = joined([_reason(reason, library) for reason in reasons])
    colon = (Part("text", ": "),) if texts else ()
    return Line((entry_part(key, library), *colon, *texts), "stated")


def _reason(reason: Reason, library: Library) -> Part:
    names = (
        library.name_label("benchmark", name) for name in reason.benchmarks
    )
    text = reason.what or _(
        "results on {benchmarks}", benchmarks=", ".join(names)
    )
    return Part("url", text, reason.url) if reason.url else Part("text", text)


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
