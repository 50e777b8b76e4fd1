"""Which tags a new entry usually has, and the file where it goes."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain

from sphinx_mmu.library.library import Library


def usual_tags(library: Library) -> tuple[str, ...]:
    """List the tags that new entries have where none is given: the first of each ``new``."""
    facets = library.vocabulary.facets.values()
    return tuple(facet.default_tag for facet in facets if facet.default_tag)


def file_for(tags: Collection[str], library: Library) -> str:
    """Name the first .bib file with an entry that has one of the tags which the vocabulary keeps
    for new entries. Empty if there is none.
    """
    facets = library.vocabulary.facets.values()
    terms = chain.from_iterable(facet.terms for facet in facets if facet.new)
    wanted = [(term.facet, term.value) for term in terms if term.tag in tags]
    for paper in library.papers.papers:
        if any(value in paper.tags.get(facet, ()) for facet, value in wanted):
            return paper.entry.file
    return ""
