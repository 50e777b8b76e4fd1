"""The labelled rows of a paper: its tags, fields, relations and versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sphinx_mmu.library.library import Library
from sphinx_mmu.library.relations import Reason, add
from sphinx_mmu.messages import _, counted
from sphinx_mmu.model import identifiers, links, publication
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.views.cells import (
    Detail,
    Line,
    Part,
    entry_part,
    joined,
    keys_cell,
    path_parts,
    sentence,
    term_part,
    text_cell,
)
from sphinx_mmu.views.columns import column
from sphinx_mmu.vocabulary.vocabulary import Facet


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
    link = (Part("url", preprint.label, preprint.url),)
    found = [
        Line(
            sentence(_("Preprint, {date}: {link}"), date=date, link=link)
            if date
            else sentence(_("Preprint: {link}"), link=link)
        )
    ]
    if publication.is_published(paper):
        elsewhere = (
            k
            for k in links.texts(paper.links)
            if "arxiv" not in k.url.lower()  # nor one that renders it
        )
        parts = joined([Part("url", k.label, k.url) for k in elsewhere])
        venue = publication.venue_text(paper)
        found.append(
            Line(
                sentence(
                    _("Published, {venue}: {links}"), venue=venue, links=parts
                )
                if parts
                else sentence(_("Published, {venue}"), venue=venue)
            )
        )
    same = library.same_preprint.get(preprint.url, ())
    if others := [entry_part(key, library) for key in same if key != paper.key]:
        found.append(
            Line(
                sentence(_("Also listed as {entries}"), entries=joined(others))
            )
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
