"""The results that a page asks for: which of them, and in which tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.results import Result, unknown_benchmark
from sphinx_mmu.problems import Code, Problem, suggestion
from sphinx_mmu.views.base import View, ViewContext
from sphinx_mmu.views.result_tables import (
    ResultTable,
    by_benchmark,
    by_condition,
    cut,
)


class ResultsRequest(NamedTuple):
    """Results on one benchmark, or of one work with ``work``.

    Each of ``tasks``, ``settings``, ``models``, ``metrics`` and ``measured_by`` keeps what it
    names, all if it is empty; ``filters`` keep the listed papers that match, and baselines.
    """

    kind: str = "results"
    benchmark: str = ""
    work: str = ""
    tasks: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    measured_by: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    limit: int = 0
    empty_ok: bool = False


@dataclass(frozen=True)
class ResultsView(View):
    """Tables of results."""

    tables: tuple[ResultTable, ...] = ()


def results_view(context: ViewContext, request: ResultsRequest) -> ResultsView:
    """Select the results that a request asks for, and arrange them in tables."""
    library = context.library
    problems = list(_unknown(library, request))
    found, faults = evaluate.select(request.filters, library.papers)
    problems += faults
    kept = None
    if request.filters:
        baselines = library.vocabulary.names.get("baseline", {})
        kept = {*baselines, *(paper.key for paper in library.papers.of(found))}
    rows = [
        row
        for row in _candidates(library, request)
        if _is_chosen(row, request) and (kept is None or row.work in kept)
    ]
    arranged = by_benchmark if request.work else by_condition
    if not rows and not problems and not request.empty_ok:
        name = (
            f"of {request.work!r}"
            if request.work
            else f"on {request.benchmark!r}"
        )
        problems.append(Problem(Code.EMPTY_RESULT, f"no result {name} matches"))
    tables = tuple(
        cut(table, request.limit) for table in arranged(library, rows)
    )
    return ResultsView(
        request, len(rows), problems=tuple(problems), tables=tables
    )


_CHOICES = (
    ("task", "tasks", "task"),
    ("setting", "settings", "setting"),
    ("model", "models", "model"),
    ("metrics", "metrics", "metric"),
    ("measured-by", "measured_by", "measured_by"),
)
"""Options that choose among results, the fields of a request with their values, and the columns."""


def _unknown(library: Library, request: ResultsRequest) -> Iterable[Problem]:
    names = library.vocabulary.names
    known = {**names.get("benchmark", {}), **library.results.by_benchmark}
    if request.benchmark and request.benchmark not in known:
        yield unknown_benchmark(request.benchmark, known)
        return
    rows = _candidates(library, request)
    for option, field, column in _CHOICES:
        there = {getattr(row, column) for row in rows}
        for name in getattr(request, field):
            if name not in there:
                hint = suggestion(name, sorted(there))
                message = f":{option}: {name!r} is in none of these results"
                yield Problem(Code.BAD_OPTION, message, hint=hint)


def _candidates(library: Library, request: ResultsRequest) -> Sequence[Result]:
    if request.work:
        return library.results.by_work.get(request.work, ())
    return library.results.by_benchmark.get(request.benchmark, ())


def _is_chosen(row: Result, request: ResultsRequest) -> bool:
    for _option, field, column in _CHOICES:
        wanted = getattr(request, field)
        if wanted and getattr(row, column) not in wanted:
            return False
    return True
