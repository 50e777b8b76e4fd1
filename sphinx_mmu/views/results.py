"""Results as tables: works in rows, metrics in columns, and only what can be compared together.

One table has one task, one model and one party that measured. A setting is a variant of a work and
a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.collection import positions
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.results import AUTHORS, Result, unknown_benchmark
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.views.base import View, ViewContext, digest
from sphinx_mmu.views.columns import Line, Part, entry_part
from sphinx_mmu.vocabulary.declared import Declared

ARROWS = {"lower": "↓", "higher": "↑", "retrained": "→"}
"""The sign of each direction."""
WORDS = {
    "lower": "lower is better",
    "higher": "higher is better",
    "retrained": "closest to the retrained model is best",
}


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


class ResultColumn(NamedTuple):
    """One metric."""

    metric: Part
    unit: str
    direction: str
    note: str = ""


class Value(NamedTuple):
    """One value as printed; ``note`` is the number of its footnote, 0 without one."""

    text: str
    spread: str = ""
    best: bool = False
    note: int = 0


class ResultRow(NamedTuple):
    """A work with its setting, or of one work a task, with a value for each column."""

    name: Line
    values: tuple[Value | None, ...]


class ResultTable(NamedTuple):
    """Values that can be compared. ``title`` names the task and model; ``hidden`` rows are left
    out.
    """

    title: Line
    measured: Line
    columns: tuple[ResultColumn, ...]
    rows: tuple[ResultRow, ...]
    notes: tuple[str, ...]
    sources: tuple[Part, ...]
    hidden: int = 0
    head: str = "Work"
    marked: bool = True
    """Whether values name their notes: they do unless all have the same."""


@dataclass(frozen=True)
class ResultsView(View):
    """Tables of results."""

    tables: tuple[ResultTable, ...] = ()


def results_view(context: ViewContext, request: ResultsRequest) -> ResultsView:
    """Select the results that a request asks for, and arrange them in tables."""
    library = context.library
    problems = [*_unknown(library, request)]
    found, faults = evaluate.select(request.filters, library.papers)
    problems += faults
    kept = {library.papers.papers[i].key for i in positions(found)} if request.filters else None
    rows = [row for row in _candidates(library, request) if _matches(library, row, request, kept)]
    tables = _by_benchmark(library, rows) if request.work else _by_condition(library, rows)
    if not rows and not problems and not request.empty_ok:
        name = f"of {request.work!r}" if request.work else f"on {request.benchmark!r}"
        problems.append(Problem(Code.EMPTY_RESULT, f"no result {name} matches"))
    shown = tuple(_cut(table, request.limit) for table in tables)
    mark = digest("results", request, shown)
    return ResultsView(request, mark, len(rows), problems=tuple(problems), tables=shown)


# --- which results


def _unknown(library: Library, request: ResultsRequest) -> Iterable[Problem]:
    names = library.vocabulary.names
    known = {**names.get("benchmark", {}), **library.results.by_benchmark}
    if request.benchmark and request.benchmark not in known:
        yield unknown_benchmark(request.benchmark, known)
        return
    rows = _candidates(library, request)
    for option, wanted, there in (
        ("task", request.tasks, {row.task for row in rows}),
        ("setting", request.settings, {row.setting for row in rows}),
        ("model", request.models, {row.model for row in rows}),
        ("metrics", request.metrics, {row.metric for row in rows}),
        ("measured-by", request.measured_by, {row.measured_by for row in rows}),
    ):
        for name in wanted:
            if name not in there:
                hint = did_you_mean(name, there) or f"one of: {', '.join(sorted(there))}"
                message = f":{option}: {name!r} is in none of these results"
                yield Problem(Code.BAD_OPTION, message, hint=hint)


def _candidates(library: Library, request: ResultsRequest) -> Sequence[Result]:
    if request.work:
        return library.results.by_work.get(request.work, ())
    return library.results.by_benchmark.get(request.benchmark, ())


def _matches(library: Library, row: Result, request: ResultsRequest, kept: set[str] | None) -> bool:
    chosen = (
        (row.task, request.tasks),
        (row.setting, request.settings),
        (row.model, request.models),
        (row.metric, request.metrics),
        (row.measured_by, request.measured_by),
    )
    if any(wanted and value not in wanted for value, wanted in chosen):
        return False
    return kept is None or row.work in kept or row.work in library.vocabulary.names["baseline"]


# --- names


def _declared(library: Library, kind: str, name: str) -> Declared | None:
    return library.vocabulary.names.get(kind, {}).get(name)


def name_part(library: Library, kind: str, name: str) -> Part:
    """A work, benchmark, task or source as a linked name."""
    known = _declared(library, kind, name)
    if known:
        return Part("url", known.label, known.url) if known.url else Part("text", known.label)
    return entry_part(name, library) if library.find(name) else Part("text", name)


def _metric(library: Library, name: str) -> Declared:
    return _declared(library, "metric", name) or Declared(name, name)


def _column(library: Library, metric: str) -> ResultColumn:
    known = _metric(library, metric)
    part = Part("term", known.label, known.term) if known.term else Part("text", known.label)
    return ResultColumn(part, known.unit, known.direction, known.note)


def _measured(library: Library, name: str) -> Line:
    if name == AUTHORS:
        return Line((Part("text", "measured by the authors of each work"),))
    return Line((Part("text", "measured by "), name_part(library, "source", name)))


# --- tables


class _Named(NamedTuple):
    """A row to be: what its results have in common, and its name."""

    row: tuple[str, ...]
    name: Line


def _by_condition(library: Library, results: Sequence[Result]) -> list[ResultTable]:
    """A table for each task, model and party that measured: works, with their settings, in rows."""
    groups: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        condition = (result.task, result.model, result.measured_by)
        groups.setdefault(condition, []).append(result)
    tables = []
    for (task, model, measured_by), group in groups.items():
        parts = [name_part(library, "benchmark", group[0].benchmark)]
        label = _declared(library, "task", task)
        words = (label.label if label else task, model)
        parts += [Part("text", f" · {word}") for word in words if word]
        rows = [_Named((result.work, result.setting), _work(library, result)) for result in group]
        ranked = _ranked(library, group, list(dict.fromkeys(rows)))
        tables.append(_table(library, Line(tuple(parts)), measured_by, group, ranked))
    return tables


def _work(library: Library, result: Result) -> Line:
    setting = (Part("muted", f" {result.setting}"),) if result.setting else ()
    return Line((name_part(library, "baseline", result.work), *setting))


def _by_benchmark(library: Library, results: Sequence[Result]) -> list[ResultTable]:
    """A table of one work for each benchmark and party that measured: conditions in rows."""
    groups: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        groups.setdefault((result.benchmark, result.measured_by), []).append(result)
    tables = []
    for (benchmark, measured_by), group in groups.items():
        title = Line((name_part(library, "benchmark", benchmark),))
        rows = dict.fromkeys(_Named(_condition(r), _task(library, r)) for r in group)
        table = _table(library, title, measured_by, group, list(rows))
        tables.append(table._replace(head="Task"))
    return tables


def _condition(result: Result) -> tuple[str, ...]:
    return (result.task, result.model, result.setting)


def _task(library: Library, result: Result) -> Line:
    known = _declared(library, "task", result.task)
    names = (known.label if known else result.task, result.model, result.setting)
    return Line((Part("text", " · ".join(filter(None, names)) or "all"),))


def _ranked(library: Library, results: Sequence[Result], rows: Sequence[_Named]) -> list[_Named]:
    """Rows by the first metric, the best first; references above, rows without a value below."""
    metric = _metrics(library, results)[0]
    first = {(r.work, r.setting): r.number for r in results if r.metric == metric}
    sign = -1 if _metric(library, metric).direction == "higher" else 1

    def rank(one: _Named) -> tuple[bool, bool, float, str]:
        known = _declared(library, "baseline", one.row[0])
        value = sign * first[one.row] if one.row in first else 0.0
        label = "".join(part.text for part in one.name.parts).casefold()
        return (not (known and known.reference), one.row not in first, value, label)

    return sorted(rows, key=rank)


def _metrics(library: Library, results: Iterable[Result]) -> list[str]:
    """The metrics of results, as they are declared."""
    names = dict.fromkeys(result.metric for result in results)
    return sorted(names, key=lambda name: (_metric(library, name).order, name))


def _table(
    library: Library,
    title: Line,
    measured_by: str,
    results: Sequence[Result],
    rows: Sequence[_Named],
) -> ResultTable:
    metrics = _metrics(library, results)
    of_works = bool(rows) and len(rows[0].row) == 2  # noqa: PLR2004 -- a work and its setting
    values = {((r.work, r.setting) if of_works else _condition(r), r.metric): r for r in results}
    best = {metric: _best(library, results, metric) if of_works else None for metric in metrics}
    notes = list(dict.fromkeys(result.note for result in results if result.note))
    marked = [] if len({result.note for result in results}) == 1 else notes
    shown = []
    for one in rows:
        found = [(metric, values.get((one.row, metric))) for metric in metrics]
        cells = [_value(r, best[metric], marked) if r else None for metric, r in found]
        shown.append(ResultRow(one.name, tuple(cells)))
    return ResultTable(
        title,
        _measured(library, measured_by),
        tuple(_column(library, metric) for metric in metrics),
        tuple(shown),
        tuple(notes),
        tuple(_sources(results)),
        marked=bool(marked),
    )


def _value(result: Result, best: float | None, marked: Sequence[str]) -> Value:
    note = marked.index(result.note) + 1 if result.note in marked else 0
    return Value(result.value, result.spread, result.number == best, note)


def _best(library: Library, results: Sequence[Result], metric: str) -> float | None:
    """The best value of a metric among competitors, if there are two of these and a direction."""
    numbers: list[float] = []
    references: dict[str, float] = {}
    for result in results:
        if result.metric == metric:
            known = _declared(library, "baseline", result.work)
            if known and known.reference:
                references[result.work] = result.number
            else:
                numbers.append(result.number)
    if len(numbers) < 2:  # noqa: PLR2004 -- a best one needs another
        return None
    match _metric(library, metric).direction:
        case "lower":
            return min(numbers)
        case "higher":
            return max(numbers)
        case "retrained" if "retrained" in references:
            goal = references["retrained"]
            return min(numbers, key=lambda number: abs(number - goal))
        case _:
            return None


def _sources(rows: Iterable[Result]) -> Iterable[Part]:
    """The addresses that the values were read from, each once."""
    found: dict[str, str] = {}
    for row in rows:
        if row.source:
            found.setdefault(row.source, row.date)
    for number, (url, date) in enumerate(found.items(), 1):
        yield Part("url", f"source {number}{f', {date}' if date else ''}", url)


def _cut(table: ResultTable, limit: int) -> ResultTable:
    if not limit or len(table.rows) <= limit:
        return table
    return table._replace(rows=table.rows[:limit], hidden=len(table.rows) - limit)
