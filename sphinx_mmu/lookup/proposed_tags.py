"""Tags that a new entry may have, by the words of its title and abstract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from statistics import fmean

from sphinx_mmu.bib.style import SourceEntry
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.new_works import usual_tags
from sphinx_mmu.library.same_work import letters
from sphinx_mmu.model.tags import split_words
from sphinx_mmu.vocabulary.vocabulary import Term

PROPOSED = "proposed"
_TITLE_WEIGHT = 3
_ENOUGH = 2


def proposals(title: str, abstract: str, library: Library) -> list[str]:
    """Tags whose label, short label or alias a title and an abstract name; one for facets that
    allow one. Of facets that say what new entries get, the usual one.
    """
    head, body = f" {letters(title)} ", f" {letters(abstract)} "
    found = list(usual_tags(library))
    for facet in library.vocabulary.facets.values():
        if facet.field or facet.new or not facet.terms:
            continue
        scores = {term.tag: _score(term, head, body) for term in facet.terms}
        named = [tag for tag, score in scores.items() if score]
        if facet.single:
            best = sorted(named, key=lambda tag: -scores[tag])[:1]
            named = [tag for tag in best if scores[tag] >= _ENOUGH]
        found += _deepest(named)
    return found


def _score(term: Term, head: str, body: str) -> int:
    words = set(map(letters, term.words))
    return max(
        (_TITLE_WEIGHT * _count(w, head) + _count(w, body) for w in words if w),
        default=0,
    )


def _count(word: str, text: str) -> int:
    return text.count(f" {word} ") + text.count(f" {word}s ")


def _deepest(tags: Sequence[str]) -> Iterator[str]:
    """Without the parents of what is there, since a tag implies them."""
    for tag in tags:
        if not any(other.startswith(f"{tag}/") for other in tags):
            yield tag


def tagged(
    entry: SourceEntry,
    tags: Sequence[str],
    proposed: Sequence[str],
    library: Library,
    *,
    sure: bool = True,
) -> SourceEntry:
    """The entry with tags: those given, and those proposed for facets that nobody gave, marked as
    proposals.

    With ``sure=False``, whatever tags it has are proposals.
    """
    own = list(split_words(entry.value("keywords")))
    given = {tag.partition(":")[0] for tag in (*tags, *own)}
    new = [tag for tag in proposed if tag.partition(":")[0] not in given]
    order = _order(library)
    words = sorted(
        dict.fromkeys((*tags, *new)),
        key=lambda tag: order.get(tag.partition(":")[0], inf),
    )
    entry = entry.having(keywords=", ".join(dict.fromkeys((*words, *own))))
    if not new and sure:
        return entry
    facet = next(
        (f for f in library.vocabulary.facets.values() if f.provenance), None
    )
    if (
        not facet
        or facet.open
        or library.vocabulary.term(f"{facet.name}:{PROPOSED}")
    ):
        return entry.having(**{library.vocabulary.source_field: PROPOSED})
    return entry.having(
        tagnote="Tags proposed by words of title and abstract; nobody has read them yet"
    )


def _order(library: Library) -> Mapping[str, float]:
    """The usual position of each facet's tags in an entry."""
    places: dict[str, list[int]] = defaultdict(list)
    for paper in library.papers.papers:
        for n, name in enumerate(paper.tags):
            places[name].append(n)
    return {name: fmean(found) for name, found in places.items()}
