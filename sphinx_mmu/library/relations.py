"""Relations between entries, with what states them: fields of entries, and results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as CollectionABC
from typing import NamedTuple

from sphinx_mmu.library.results import Result
from sphinx_mmu.model.evidence import evidence
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.tags import split_words
from sphinx_mmu.vocabulary.vocabulary import Relation, Vocabulary


class Reason(NamedTuple):
    """A text that states a relation: what it is, and its address. ``benchmarks`` are those of the
    results in it, if it was not read for an entry.
    """

    what: str
    url: str
    benchmarks: tuple[str, ...] = ()


Reasons = Mapping[str, tuple[Reason, ...]]
"""The key of another entry → the texts that state the relation to it."""
_Pairs = dict[str, dict[str, tuple[Reason, ...]]]


class Relations:
    """The relations of all entries: ``forth`` and ``back`` are relation → key → :data:`Reasons`."""

    def __init__(
        self,
        entries: Sequence[Paper],
        vocabulary: Vocabulary,
        results: Iterable[Result] = (),
    ) -> None:
        self.declared = tuple(vocabulary.relations.values())
        known = {entry.key for entry in entries}
        rows = tuple(results)
        measured = _known(
            known, rows, lambda row: ((row.measured_by, row.work),)
        )
        tested = _known(
            known,
            rows,
            lambda row: ((row.work, key) for key in tests(row, vocabulary)),
        )
        self.forth: dict[str, _Pairs] = {}
        self.back: dict[str, _Pairs] = {}
        for relation in self.declared:
            forth = _Pairs()
            back = _Pairs()
            stated = list(_stated(entries, relation.name))
            if relation.results:
                stated += measured
            if relation.tested:
                stated += tested
            for one, other, reasons in stated:
                add(forth.setdefault(one, {}), {other: reasons})
                add(back.setdefault(other, {}), {one: reasons})
            self.forth[relation.name] = forth
            self.back[relation.name] = back

    def of(
        self, key: str, relation: Relation
    ) -> tuple[tuple[str, Reasons], ...]:
        """The entries that a relation leads to from an entry, and those it comes from, with the
        label of either direction.
        """
        forth = self.forth[relation.name].get(key, {})
        back = self.back[relation.name].get(key, {})
        return (relation.label, forth), (relation.inverse, back)


def add(found: dict[str, tuple[Reason, ...]], others: Reasons) -> None:
    """Add entries, and to those that are there already the texts that they lack."""
    for key, reasons in others.items():
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), *reasons)))


def keys_in(paper: Paper, field: str) -> tuple[str, ...]:
    """The keys that a relation field names, comma-separated."""
    return tuple(split_words(paper.fields.get(field, "")))


def _stated(
    entries: Iterable[Paper], relation: str
) -> Iterator[tuple[str, str, tuple[Reason, ...]]]:
    """Entries and the keys in a field of theirs, each with the texts that it, or the whole field,
    was read from.
    """
    for paper in entries:
        if keys := keys_in(paper, relation):
            known, _faults = evidence(paper.fields)
            for key in keys:
                texts = known.of(relation, key)
                reasons = (
                    Reason(text.what or text.url, text.url) for text in texts
                )
                yield paper.key, key, tuple(reasons)


def tests(result: Result, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The keys of what a work of a result was tested with: its benchmark and metric. That of a
    benchmark which is from no entry is its name.
    """
    benchmark = vocabulary.benchmark_entry(result.benchmark)
    metric = vocabulary.named("metric", result.metric)
    return (
        (benchmark, metric.entry) if metric and metric.entry else (benchmark,)
    )


def _known(
    entries: CollectionABC[str],
    results: Iterable[Result],
    pairs: Callable[[Result], Iterable[tuple[str, str]]],
) -> list[tuple[str, str, tuple[Reason, ...]]]:
    """The pairs of different entries in results, and where the results are."""
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for row in results:
        for one, other in pairs(row):
            if one != other and one in entries and other in entries:
                found.setdefault((one, other, row.source), {})[
                    row.benchmark
                ] = None
    return [
        (one, other, (Reason("", source, tuple(benchmarks)),))
        for (one, other, source), benchmarks in found.items()
    ]
