"""Results of papers side by side: what can be compared, and sets of papers that often are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sphinx_mmu.library.library import Library
from sphinx_mmu.library.results import Result, grouped
from sphinx_mmu.views.cells import Line, Part
from sphinx_mmu.views.result_order import metric_of, metrics_of
from sphinx_mmu.views.result_tables import (
    direction_of,
    measured_line,
    title_parts,
)


class SharedMetric(NamedTuple):
    """A metric by which two or more papers were measured under one condition.

    Each of ``values`` has the key of a paper, what was measured, and the number of its remarks, 0
    without any.
    """

    label: str
    values: tuple[tuple[str, str, int], ...]


class SharedResults(NamedTuple):
    """What can be compared: one benchmark, task, model and party that measured, in ``title``.
    ``notes`` are the different remarks that values have together.
    """

    title: str
    metrics: tuple[SharedMetric, ...]
    notes: tuple[tuple[str, ...], ...]


def _by_benchmark(library: Library) -> Iterator[Collection[Sequence[Result]]]:
    """Of each benchmark the results of papers, a group for each condition."""
    for results in library.results.by_benchmark.values():
        papers = [
            result for result in results if result.work in library.papers.by_key
        ]
        yield grouped(papers, lambda r: r.condition).values()


def shared_results(library: Library) -> tuple[SharedResults, ...]:
    """List the values that two or more papers have under one condition, by benchmark."""
    found = []
    for groups in _by_benchmark(library):
        for group in groups:
            remarks = (result.remarks for result in group)
            notes = tuple(dict.fromkeys(filter(None, remarks)))
            metrics = tuple(_shared_metrics(library, group, notes))
            if metrics:
                measured = measured_line(library, group[0].measured_by).parts
                parts = (
                    *title_parts(library, group[0]),
                    Part("text", ", "),
                    *measured,
                )
                title = Line(parts).text
                found.append(SharedResults(title, metrics, notes))
    return tuple(found)


_SETS, _IN_A_SET = 6, 4
"""How many sets of papers are offered, and how many papers a set has."""


def often_compared(library: Library) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Sets of papers that were measured together: of each benchmark those with the most metrics
    under the condition that has the most papers, with its name.
    """
    found = []
    for groups in _by_benchmark(library):
        group = max(
            groups, key=lambda rows: len({r.work for r in rows}), default=()
        )
        measured = {(result.work, result.metric) for result in group}
        metrics = Counter(work for work, _metric in measured)
        if len(metrics) > 1:
            title = Line(tuple(title_parts(library, group[0]))).text
            ranked = sorted(metrics, key=lambda work: (-metrics[work], work))
            found.append((len(metrics), title, tuple(ranked[:_IN_A_SET])))
    found.sort(key=lambda one: -one[0])
    return tuple((title, keys) for _size, title, keys in found[:_SETS])


def _shared_metrics(
    library: Library,
    results: Sequence[Result],
    notes: Sequence[tuple[str, ...]],
) -> Iterable[SharedMetric]:
    by_metric = grouped(results, lambda r: r.metric)
    for name in metrics_of(library, results):
        if len({r.work for r in by_metric[name]}) > 1:
            known = metric_of(library, name)
            arrow, _words = direction_of(library, known)
            label = (
                f"{known.label}\N{NO-BREAK SPACE}{arrow}"
                if arrow
                else known.label
            )
            values = []
            for result in by_metric[name]:
                setting = f" ({result.setting})" if result.setting else ""
                note = notes.index(result.remarks) + 1 if result.remarks else 0
                values.append((result.work, f"{result.value}{setting}", note))
            yield SharedMetric(label, tuple(values))
