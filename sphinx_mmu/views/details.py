"""The details of one term or one paper, as labelled rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.library import Library, term_papers
from sphinx_mmu.library.relations import Reason, add
from sphinx_mmu.messages import _, counted
from sphinx_mmu.model import links, publication
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.views.columns import (
    Cell,
    Line,
    Part,
    badge,
    column,
    entry_part,
    in_line,
    joined,
    listed_cell,
    lower_first,
    term_part,
    text_cell,
    title_part,
)
from sphinx_mmu.vocabulary.vocabulary import Facet, Term, pretty

TERM_PARTS = (
    "definition",
    "formula",
    "tradeoffs",
    "facts",
    "children",
    "highlights",
    "related",
    "cites",
    "papers",
)
"""What a term's section can show, in order."""

_REASONS = 3
"""How many shared tags are named as the reason of a neighbour."""


class Row(NamedTuple):
    """A row of details: label, what it says, who says so, which of :data:`TERM_PARTS` it is, and
    the section of a paper's page that shows it.
    """

    label: str
    cell: Cell
    note: str = ""
    part: str = "facts"
    section: str = ""


# --- terms


def term_columns(facet: Facet) -> tuple[str, ...]:
    """Every column that a table of a facet's terms can have."""
    return (
        "label",
        "short",
        "definition",
        "formula",
        "symbols",
        "papers",
        "cites",
        "section",
        *facet.facts,
    )


def term_cell(name: str, term: Term, library: Library) -> Cell:
    """What a table of terms shows in one column of one term; empty if nothing is recorded."""
    match name:
        case "label":
            return in_line(Part("term", "", term.tag, term.label))
        case "papers":
            return text_cell(str(term_papers(library, term).bit_count()))
        case "formula":
            formula = Line((Part("math", term.formula),), "display")
            return (formula,) if term.formula else ()
        case "symbols":
            return tuple(
                Line(
                    (Part("math", s.symbol), Part("text", f" {s.meaning}")),
                    "symbol",
                )
                for s in term.symbols
            )
        case "cites":
            return _keys(term.cites, library)
        case "definition" | "section" | "short":
            said = getattr(term, name)
        case _:
            said = term.facts.get(name, "")
    texts = (said,) if isinstance(said, str) else said
    return tuple(Line((Part("text", text),)) for text in texts if text)


def term_sheet(term: Term, library: Library) -> tuple[Row, ...]:
    """The facts of a term. Rows without anything to say are left out."""
    definition, formula, symbols, cites = (
        term_cell(name, term, library)
        for name in ("definition", "formula", "symbols", "cites")
    )
    rows = [
        Row(_("Definition"), definition, part="definition"),
        Row(
            _("Formula"),
            (*formula, *symbols) if formula else (),
            part="formula",
        ),
        Row(_("For"), _tradeoffs(term, "strength"), part="tradeoffs"),
        Row(_("Against"), _tradeoffs(term, "cost"), part="tradeoffs"),
        *(
            Row(library.field_label(name), term_cell(name, term, library))
            for name in term.facts
        ),
        Row(_("Divides into"), _children(term, library), part="children"),
        *_highlights(term, library),
        Row(_("See also"), _terms(term.related, library), part="related"),
        Row(_("Named there"), cites, part="cites"),
        Row(library.field_label("section"), _section(term.section)),
    ]
    return tuple(row for row in rows if row.cell)


def _tradeoffs(term: Term, kind: str) -> Cell:
    points = (t for t in term.tradeoffs if t.kind == kind)
    return tuple(
        Line((Part("text", f"{t.text} "), Part("muted", t.basis)))
        for t in points
    )


def _children(term: Term, library: Library) -> Cell:
    lines = []
    for child in library.vocabulary.children(term):
        count = term_papers(library, child).bit_count()
        parts = (term_part(child.tag, library), Part("muted", f" {count}"))
        lines.append(Line(parts))
    return tuple(lines)


def _terms(tags: Sequence[str], library: Library) -> Cell:
    return (
        listed_cell([term_part(tag, library) for tag in tags]) if tags else ()
    )


def _keys(keys: Sequence[str], library: Library) -> Cell:
    return (
        listed_cell([entry_part(key, library) for key in keys]) if keys else ()
    )


def _section(section: str) -> Cell:
    sign = "§" if section[:1].isdigit() else ""
    return text_cell(f"{sign}{section}") if section else ()


def _highlights(term: Term, library: Library) -> Iterator[Row]:
    own = term_papers(library, term)
    for highlight in library.facets[term.facet].highlights:
        found, _problems = evaluate.select((highlight.filter,), library.papers)
        keys = [paper.key for paper in library.papers.of(found & own)]
        yield Row(highlight.label, _keys(keys, library), part="highlights")


def path_parts(
    facet: Facet,
    value: str,
    library: Library,
    *,
    skip: int = 0,
    after_badge: str = " ",
) -> tuple[Part, ...]:
    """A value with its parents, but for the first ``skip``: 'A › b', the top one as a badge in a
    numbered facet.
    """
    if not value:
        return (Part("text", _("No {facet}", facet=facet.label.lower())),)
    term = library.vocabulary.term(f"{facet.name}:{value}")
    if term is None:
        return (Part("text", pretty(value)),)
    path = library.vocabulary.path(term)
    if not facet.numbered:
        return joined(
            [Part("term", t.label, t.tag) for t in path[skip:]], " › "
        )
    rest = joined(
        [Part("term", t.label, t.tag) for t in path[1:] or path], " › "
    )
    return (
        badge(path[0]),
        Part("text", after_badge if path[1:] else " "),
        *rest,
    )


# --- papers


def paper_sheet(paper: Paper, library: Library) -> tuple[Row, ...]:
    """Tags, labelled fields and relations of a paper."""
    rows = [
        *_tag_rows(paper, library),
        *_relation_rows(paper, library),
        *_field_rows(paper, library),
        *_version_rows(paper, library),
    ]
    if paper.keywords:
        rows.append(Row(_("Keywords"), text_cell(", ".join(paper.keywords))))
    return tuple(rows)


def _version_rows(paper: Paper, library: Library) -> Iterator[Row]:
    """The preprint and the published version of one work, and other entries that have the same
    preprint.
    """
    preprint = next((k for k in paper.links if k.kind == "arxiv"), None)
    if preprint is None:
        return
    date = _posted(preprint.url)
    posted = _("Preprint, {date}: ", date=date) if date else _("Preprint: ")
    found = [
        Line((Part("text", posted), Part("url", preprint.label, preprint.url)))
    ]
    if publication.is_published(paper):
        elsewhere = (
            k for k in links.texts(paper.links) if "arxiv" not in k.url.lower()
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
        yield Row(_("Versions"), tuple(found))


def _posted(address: str) -> str:
    """When a preprint was first posted: new numbers of arXiv begin with year and month."""
    number = re.search(r"/(\d\d)(0[1-9]|1[0-2])\.\d{4,5}", address)
    return f"20{number[1]}-{number[2]}" if number else ""


def _tag_rows(paper: Paper, library: Library) -> Iterator[Row]:
    for facet in library.facets.values():
        values = paper.tags.get(facet.name, ())
        if values and not facet.provenance and not facet.relation:
            parts: list[Part] = []
            for value in values:
                parts += [Part("text", ", ")] if parts else []
                parts += _tag_parts(facet, value, library)
            note = _sources(paper, library) if facet.numbered else ""
            yield Row(
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


def _field_rows(paper: Paper, library: Library) -> Iterator[Row]:
    facets = {facet.field for facet in library.facets.values()}
    titles = {one.title for one in library.vocabulary.catalogues.values()}
    for name, label in library.vocabulary.fields.items():
        text = paper.fields.get(name, "")
        is_name = name in titles and text == paper.short
        found = column(name, library) if text and name not in facets else None
        if found and not is_name:
            section = library.vocabulary.placed.get(name, "")
            yield Row(label, found[1](paper, library), section=section)


def _relation_rows(paper: Paper, library: Library) -> Iterator[Row]:
    """A row for each label: two relations may say the same thing from either end. Where texts state
    relations, the newest work is the first. What is introduced need not be said to be used.
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
            cell = _keys([key for key in others if key not in named], library)
            named.update(others)
        cell = (*_listed_by(paper, label, library), *cell)
        if cell:
            yield Row(label, cell, section=section)


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
