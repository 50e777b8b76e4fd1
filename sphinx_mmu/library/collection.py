"""Entries of one kind, indexed: the sets that filters are evaluated over. Never changed after they
are made.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Collection as CollectionABC
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import chain

from sphinx_mmu.filters.syntax import Range, fold
from sphinx_mmu.messages import _, marked
from sphinx_mmu.model.links import KINDS
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS
from sphinx_mmu.model.publication import is_published
from sphinx_mmu.vocabulary.vocabulary import Facet, Vocabulary

SEARCHED = ("title", "short", "author", "venue", "abstract")
"""What free words of a filter look at."""

DERIVED: Mapping[str, str] = {
    "year": marked("First public"),
    "published": marked("Published"),
    "venue": marked("Venue"),
    "author": marked("Author"),
    "type": marked("Type"),
    "has": marked("Has"),
    "key": marked("Key"),
    "keyword": marked("Keyword"),
    "results": marked("Results"),
}
"""The facets that follow from an entry, with their labels. That of results is there if there are
any.
"""
_VENUE_YEAR = re.compile(r"/(?=\d{4}$)")


def asked() -> Mapping[str, str]:
    """What a filter may ask for with ``has:`` though no entry may have it, each with what a paper
    then has in words.
    """
    things = {kind.name: _(kind.thing) for kind in KINDS.values()}
    return {**things, "abstract": _("an abstract")}


def bits(positions: Iterable[int]) -> int:
    """A set of positions as one integer, bit *i* for position *i*."""
    found = bytearray()
    for position in positions:
        if position >> 3 >= len(found):
            found.extend(
                bytes((position >> 3) + 1 - len(found) + (len(found) >> 1))
            )
        found[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(found, "little")


def positions(found: int) -> Iterator[int]:
    """The positions in a set made by :func:`bits`, ascending."""
    for index, byte in enumerate(
        found.to_bytes((found.bit_length() + 7) // 8, "little")
    ):
        if byte:
            yield from (index * 8 + bit for bit in range(8) if byte >> bit & 1)


def union(sets: Iterable[int]) -> int:
    """The positions that are in any of the sets."""
    return reduce(operator.or_, sets, 0)


class Collection:
    """Entries of one kind with the sets a filter needs. Sets are integers: bit *i* stands for paper
    *i*.
    """

    def __init__(
        self,
        papers: Sequence[Paper],
        vocabulary: Vocabulary,
        results: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self.papers = tuple(papers)
        self.vocabulary = vocabulary
        self.results = results or {}
        """The benchmarks that entries have results on, by key, each once."""
        self.by_key: Mapping[str, Paper] = {p.key: p for p in self.papers}
        self.position: Mapping[str, int] = {
            p.key: i for i, p in enumerate(self.papers)
        }
        self._folded: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self.papers)

    def of(self, found: int) -> list[Paper]:
        """The entries of a set, in the order of the file."""
        return [self.papers[i] for i in positions(found)]

    @cached_property
    def unpublished(self) -> CollectionABC[str]:
        """The names of fields that entries have and no output shows."""
        return set(
            chain.from_iterable(paper.unpublished for paper in self.papers)
        )

    @property
    def everything(self) -> int:
        """The set of all entries."""
        return (1 << len(self.papers)) - 1

    @cached_property
    def _sets(self) -> dict[str, dict[str, int]]:
        """Facet → value → set; a value's set has its children's papers too."""
        found: dict[str, dict[str, list[int]]] = {
            name: {} for name in DERIVED if name != "results" or self.results
        }
        for facet in self.vocabulary.facets.values():
            found[facet.name] = {term.value: [] for term in facet.terms}
        for name in asked():
            found["has"].setdefault(name, [])
        for i, paper in enumerate(self.papers):
            benchmarks = self.results.get(paper.key, ())
            results = (("results", benchmark) for benchmark in benchmarks)
            for name, value in dict.fromkeys(
                (*tags_of(paper), *derived(paper), *results)
            ):
                found.setdefault(name, {}).setdefault(value, []).append(i)
        sets = {}
        for name, values in found.items():
            sets[name] = {value: bits(at) for value, at in values.items()}
        return sets

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """Facet → value or label, ignoring case → value as it is written. Of values that share a
        label it is the first one's.
        """
        names = {}
        for facet, values in self._sets.items():
            labels = {label.casefold(): v for label, v in self._labels(facet)}
            names[facet] = {**labels, **{v.casefold(): v for v in values}}
        return names

    def _labels(self, facet: str) -> Iterator[tuple[str, str]]:
        """The labels of a facet with their values, from the last to the first."""
        declared = self.vocabulary.facets.get(facet) or Facet(facet, facet)
        for term in reversed(declared.terms):  # before the shorter ones
            yield term.label, term.value
        for value in reversed(ordered_values(self, declared)):
            if facet == "venue":
                yield venue_label(value), value
            elif facet not in DERIVED:
                yield self.vocabulary.label(facet, value), value

    def facets(self) -> CollectionABC[str]:
        """Names of tag facets and of the ones derived from standard fields."""
        return self._sets.keys()

    def values(self, facet: str) -> CollectionABC[str]:
        """The values that a facet has: of the vocabulary and of the entries."""
        return self._sets.get(facet, {}).keys()

    def tagged(self, facet: str, value: str) -> int | None:
        """The entries with a value or a child of it; None where the facet has no such value."""
        sets = self._sets.get(facet, {})
        if value not in sets:
            term = self.vocabulary.term(f"{facet}:{value}")
            known = self._names.get(facet, {}).get(value.casefold(), value)
            value = term.value if term else known
        if value in sets:
            return sets[value]
        if facet == "venue":
            full = fold(value)
            named = (
                i for i, p in enumerate(self.papers) if fold(p.venue) == full
            )
            return bits(named) or None
        return 0 if facet in ("year", "published") and value.isdigit() else None

    def venue_names(self, short: str) -> tuple[str, ...]:
        """The full names of a venue, as entries have them."""
        names = (p.venue for p in self.papers if p.venue_short == short)
        return tuple(name for name in dict.fromkeys(names) if name != short)

    def any(self, facet: str) -> int:
        """The entries that have at least one value of the facet."""
        return union(self._sets.get(facet, {}).values())

    def text(self, needle: str, field: str | None, prefix: bool) -> int:  # noqa: FBT001 -- see the protocol
        """The entries whose text has a needle, folded; with ``prefix`` only where a word
        begins.
        """
        wanted = fold(needle)
        texts = enumerate(self._texts(field or ""))
        if not prefix:
            return bits(i for i, text in texts if wanted in text)
        begun = re.compile(rf"(?<![^\W_]){re.escape(wanted)}")
        return bits(i for i, text in texts if begun.search(text))

    def _texts(self, field: str) -> list[str]:
        if field not in self._folded:
            self._folded[field] = [
                fold(_text_of(p, field)) for p in self.papers
            ]
        return self._folded[field]

    def dates(self, within: Range) -> int:
        """The entries first public, or ``published``, within bounds; a bound of fewer parts means
        all that begins with it.
        """
        low = within.low or ""
        high = within.high or ""
        after = operator.ge if within.low_closed else operator.gt
        before = operator.le if within.high_closed else operator.lt
        published = within.facet == "published"
        dates = (
            year_published(p) if published else p.date for p in self.papers
        )
        return bits(
            i
            for i, date in enumerate(dates)
            if date
            and after(date[: len(low)], low)
            and before(date[: len(high)], high)
        )


def venue_label(value: str) -> str:
    """What to print for a venue: 'CVPR 2024' for 'CVPR/2024'."""
    return _VENUE_YEAR.sub(" ", value)


def with_parents(value: str) -> tuple[str, ...]:
    """A value and its parents: 'a/b' gives 'a', 'a/b'."""
    parts = value.split("/")
    return tuple("/".join(parts[: n + 1]) for n in range(len(parts)))


def year_published(paper: Paper) -> str:
    """The year in which a work appeared; empty for a preprint."""
    return str(paper.published or "") if is_published(paper) else ""


def tags_of(paper: Paper) -> Iterator[tuple[str, str]]:
    """The tags of an entry with those above them, as (facet, value)."""
    for facet, values in paper.tags.items():
        for value in values:
            yield from ((facet, one) for one in with_parents(value))


def derived(paper: Paper) -> Iterator[tuple[str, str]]:
    """The facets that follow from standard fields, as (facet, value)."""
    yield "key", paper.key
    yield "type", paper.type
    if paper.year is not None:
        yield "year", str(paper.year)
    if published := year_published(paper):
        yield "published", published
    if paper.venue_short:
        yield "venue", paper.venue_short
    if paper.venue_short and paper.published is not None:
        yield "venue", f"{paper.venue_short}/{paper.published}"
    yield from (("author", one.name) for one in paper.authors if one != OTHERS)
    yield from (("keyword", word) for word in paper.keywords)
    yield from (("has", name) for name in paper.fields)
    yield from (("has", link.kind) for link in paper.links)


def _text_of(paper: Paper, field: str) -> str:
    match field:
        case "":
            return "\n".join(_text_of(paper, name) for name in SEARCHED)
        case "title" | "short" | "abstract":
            return " ".join(str(getattr(paper, field)).split())
        case "author":
            return "\n".join(a.name for a in paper.authors)
        case "venue":
            return f"{paper.venue_short}\n{paper.venue}"
        case "keywords":  # as records have them, whatever order the entry is in
            words = list[str]()
            for facet in sorted(paper.tags):
                words += [f"{facet}:{value}" for value in paper.tags[facet]]
            return ", ".join((*words, *paper.keywords))
        case "shorttitle":
            return paper.short
        case _:
            return paper.fields.get(field, "")


def ordered_values(collection: Collection, facet: Facet) -> list[str]:
    """The values of a facet with their parents: the vocabulary's in its order, then the others by
    name.
    """
    known = [t.value for t in facet.terms]
    return known + sorted(set(collection.values(facet.name)) - set(known))
