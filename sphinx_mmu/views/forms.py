"""Pages that a script makes: papers side by side, and a form for a new paper. The view has the
words they need.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from sphinx_mmu.library.library import Library
from sphinx_mmu.library.new_works import file_for
from sphinx_mmu.library.relations import keys_in
from sphinx_mmu.model import identifiers
from sphinx_mmu.views.base import View, ViewContext
from sphinx_mmu.views.compared import often_compared, shared_results


class CompareRequest(NamedTuple):
    """Papers side by side."""

    kind: str = "compare"

    def view(self, context: ViewContext) -> FormView:
        """Give what the fields and the related entries are called, and results."""
        library = context.library
        data = {
            "fields": _field_words(library),
            "first": first_rows(library),
            "names": _related_names(library),
            "results": shared_results(library),
            "often": often_compared(library),
        }
        return FormView(self, data=tuple(data.items()))


class AddPaperRequest(NamedTuple):
    """A form for a new paper."""

    kind: str = "add-paper"

    def view(self, context: ViewContext) -> FormView:
        """Give the words by which the form proposes tags, the field that says who set them, the
        file of each list that takes new entries, and the patterns of identifiers.
        """
        library = context.library
        data = {
            "words": _tag_words(library),
            "source": library.vocabulary.source_field,
            "files": _files(library),
            "identifiers": identifiers.patterns(),
        }
        return FormView(self, data=tuple(data.items()))


FieldWord = tuple[str, str, str]
"""A field's name, its label, and what separates its parts."""
TermWords = tuple[str, str, tuple[str, ...]]
"""A term's tag, its label, and the words for it in a title."""


class FacetWords(NamedTuple):
    """A facet of a form: whether one value only, the terms, the tag that a new entry has usually,
    and whether every paper has a tag of it.
    """

    label: str
    single: bool
    terms: tuple[TermWords, ...]
    usual: str
    always: bool


@dataclass(frozen=True)
class FormView(View):
    """What the script of a form needs to know, by name."""

    data: tuple[tuple[str, object], ...] = ()


def first_rows(library: Library) -> tuple[str, ...]:
    """Name the facets and fields that come first where papers are side by side: the summary, and
    those in the sections of a paper's page.
    """
    vocabulary = library.vocabulary
    names = ["summary"]
    for section in vocabulary.sections:
        names += [
            f.name for f in library.facets.values() if f.section == section
        ]
        names += [
            name
            for name, place in vocabulary.placed.items()
            if place == section
        ]
    return tuple(names)


def _field_words(library: Library) -> tuple[FieldWord, ...]:
    """List the fields of entries that the vocabulary names.

    Fields that have the values of a facet are left out. The parts of a relation are keys.
    """
    vocabulary = library.vocabulary
    facet_fields = {
        facet.field or facet.name for facet in library.facets.values()
    }
    labels = {"summary": library.field_label("summary"), **vocabulary.fields}
    separators = dict(vocabulary.separators)
    for relation in vocabulary.relations.values():
        labels[relation.name] = relation.label
        separators[relation.name] = ","
    return tuple(
        (name, label, separators.get(name, ""))
        for name, label in labels.items()
        if name not in facet_fields
    )


def _related_names(library: Library) -> dict[str, str]:
    """Map the keys that papers name in relations, and that are no papers themselves, to their
    labels.
    """
    names = {}
    for paper in library.papers.papers:
        for relation in library.vocabulary.relations:
            for key in keys_in(paper, relation):
                if key in library.labels and key not in library.papers.by_key:
                    names[key] = library.labels[key]
    return names


def _tag_words(library: Library) -> tuple[FacetWords, ...]:
    """List the facets that a new paper may have tags of."""
    found = []
    for facet in library.vocabulary.facets.values():
        if not facet.terms or facet.field:
            continue
        terms = [
            (t.tag, t.label, () if facet.new else t.words)
            for t in facet.offered
        ]
        always = all(
            facet.name in paper.tags for paper in library.papers.papers
        )
        usual = facet.default_tag
        found.append(
            FacetWords(facet.label, facet.single, tuple(terms), usual, always)
        )
    return tuple(found)


def _files(library: Library) -> dict[str, str]:
    """Map the tags that decide to which file a new entry goes to that file."""
    facets = library.vocabulary.facets.values()
    offered = chain.from_iterable(
        facet.offered for facet in facets if facet.new
    )
    tags = (term.tag for term in offered)
    return {tag: file for tag in tags if (file := file_for((tag,), library))}
