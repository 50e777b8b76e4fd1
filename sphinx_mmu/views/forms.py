"""Pages that a script makes: papers side by side, and a form for a new paper. The view has the
words they need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sphinx_mmu.library.library import Library
from sphinx_mmu.library.relations import keys_in
from sphinx_mmu.views.base import View, ViewContext, digest
from sphinx_mmu.views.results import shared_results
from sphinx_mmu.vocabulary.vocabulary import Term


class CompareRequest(NamedTuple):
    """Papers side by side."""

    kind: str = "compare"


class AddPaperRequest(NamedTuple):
    """A form for a new paper."""

    kind: str = "add-paper"


FieldWord = tuple[str, str, str]
"""A field's name, its label, and what separates its parts."""
TermWords = tuple[str, str, tuple[str, ...]]
"""A term's tag, its label, and the words for it in a title."""


@dataclass(frozen=True)
class FormView(View):
    """What the script of a form needs to know, by name."""

    data: tuple[tuple[str, object], ...] = ()


def compare_view(context: ViewContext, request: CompareRequest) -> FormView:
    """Give what the fields and the related entries are called, and results."""
    library = context.library
    data = {
        "fields": _field_words(library),
        "names": _related_names(library),
        "results": shared_results(library),
    }
    return FormView(request, digest("compare", data), data=tuple(data.items()))


def add_paper_view(context: ViewContext, request: AddPaperRequest) -> FormView:
    """Give the words by which the form proposes tags, and the field that says who set them."""
    library = context.library
    data = {"words": _tag_words(library), "source": library.vocabulary.source_field}
    return FormView(request, digest("add-paper", data), data=tuple(data.items()))


def _field_words(library: Library) -> tuple[FieldWord, ...]:
    """List the fields of entries that the vocabulary names.

    Fields that have the values of a facet are left out. The parts of a relation are keys.
    """
    vocabulary = library.vocabulary
    facet_fields = {facet.field or facet.name for facet in library.facets.values()}
    labels = dict(vocabulary.fields)
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


def _tag_words(library: Library) -> tuple[tuple[str, bool, tuple[TermWords, ...]], ...]:
    """List the facets that a new paper may have tags of: label, whether one value only, and the
    terms.
    """
    found = []
    for facet in library.vocabulary.facets.values():
        if facet.terms and not facet.field:
            terms = tuple((term.tag, term.label, _words(term)) for term in facet.terms)
            found.append((facet.label, facet.single, terms))
    return tuple(found)


def _words(term: Term) -> tuple[str, ...]:
    words = (term.label, term.short, *term.aliases, term.value.rpartition("/")[2])
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))
