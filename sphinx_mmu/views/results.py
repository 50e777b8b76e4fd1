"""Results as tables: works in rows, metrics in columns, and only what can be compared together.

One table has one task, one model and one party that measured. A setting is a variant of a work and
a row of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.collection import positions
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.results import AUTHORS, Result, grouped, unknown_benchmark
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


class Value(NamedTuple):
    """One value as printed, with the numbers of its footnotes."""

    text: str
    spread: str = ""
    best: bool = False
    notes: tuple[int, ...] = ()


class ResultRow(NamedTuple):
    """A work with its setting, or of one work a task, with a value for each column."""

    name: Line
    values: tuple[Value | None, ...]


class Written(NamedTuple):
    """Where the values of a table are written: the file, the line of the first of them, and the
    names there, by column.
    """

    file: str
    line: int
    names: tuple[tuple[str, str], ...]


class ResultTable(NamedTuple):
    """Values that can be compared. ``title`` names the task and model; ``hidden`` rows are left
    out. What the notes of all values have in common is ``shared``, and ``notes`` has the rest.
    """

    title: Line
    measured: Line
    columns: tuple[ResultColumn, ...]
    rows: tuple[ResultRow, ...]
    shared: str
    notes: tuple[str, ...]
    sources: tuple[Part, ...]
    written: Written
    hidden: int = 0
    head: str = "Work"


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
    return kept is None or row.work in kept or bool(library.vocabulary.named("baseline", row.work))


# --- names


def name_part(library: Library, kind: str, name: str) -> Part:
    """A name of results, linked to its entry or its address. ``kind`` is that of a declared one."""
    known = library.vocabulary.named(kind, name)
    if known:
        return Part("url", known.label, known.url) if known.url else Part("text", known.label)
    return entry_part(name, library)


def _metric(library: Library, name: str) -> Declared:
    return library.vocabulary.names["metric"][name]


def _column(library: Library, metric: str) -> ResultColumn:
    known = _metric(library, metric)
    part = Part("term", known.label, known.term) if known.term else Part("text", known.label)
    return ResultColumn(part, known.unit, known.direction)


def _measured(library: Library, name: str) -> Line:
    if name == AUTHORS:
        return Line((Part("text", "measured by the authors of each work"),))
    return Line((Part("text", "measured by "), name_part(library, "source", name)))


def _work(library: Library, result: Result) -> Line:
    setting = (Part("muted", f" {result.setting}"),) if result.setting else ()
    return Line((name_part(library, "baseline", result.work), *setting))


def _task(library: Library, result: Result) -> Line:
    names = (library.name_label("task", result.task), result.model, result.setting)
    return Line((Part("text", " · ".join(filter(None, names)) or "all"),))


# --- tables

_Rows = Iterable[Sequence[Result]]
"""The results of each row."""


def _by_condition(library: Library, results: Iterable[Result]) -> list[ResultTable]:
    """A table for each task, model and party that measured: works, with their settings, in rows."""
    tables = []
    for group in grouped(results, _condition).values():
        rows = grouped(group, lambda r: (r.work, r.setting)).values()
        names = [(_work(library, row[0]), row) for row in _ranked(library, group, rows)]
        title = Line(tuple(_title(library, group[0])))
        tables.append(_table(library, title, group, names, _best(library, group)))
    return tables


def _condition(result: Result) -> tuple[str, str, str]:
    """What results on one benchmark have in common that can be compared."""
    return result.task, result.model, result.measured_by


def _title(library: Library, result: Result) -> Iterable[Part]:
    yield name_part(library, "benchmark", result.benchmark)
    for word in (library.name_label("task", result.task), result.model):
        if word:
            yield Part("text", f" · {word}")


def _by_benchmark(library: Library, results: Iterable[Result]) -> list[ResultTable]:
    """A table of one work for each benchmark and party that measured: conditions in rows."""
    tables = []
    for group in grouped(results, lambda r: (r.benchmark, r.measured_by)).values():
        title = Line((name_part(library, "benchmark", group[0].benchmark),))
        rows = grouped(group, lambda r: (r.task, r.model, r.setting)).values()
        names = [(_task(library, row[0]), row) for row in rows]
        tables.append(_table(library, title, group, names)._replace(head="Task"))
    return tables


def _table(
    library: Library,
    title: Line,
    results: Sequence[Result],
    rows: Iterable[tuple[Line, Sequence[Result]]],
    best: Collection[Result] = (),
) -> ResultTable:
    """A table of results, which are in rows with names; the ``best`` of them are marked."""
    metrics = _metrics(library, results)
    shared, own = _divided(result.note for result in results)
    notes = tuple(dict.fromkeys(part for parts in own.values() for part in parts))
    numbers = {note: tuple(sorted(notes.index(p) + 1 for p in own[note])) for note in own}
    shown = []
    for name, row in rows:
        found = {r.metric: Value(r.value, r.spread, r in best, numbers[r.note]) for r in row}
        shown.append(ResultRow(name, tuple(map(found.get, metrics))))
    return ResultTable(
        title,
        _measured(library, results[0].measured_by),
        tuple(_column(library, metric) for metric in metrics),
        tuple(shown),
        shared,
        notes,
        tuple(_sources(results)),
        _written(results, metrics),
    )


def _divided(notes: Iterable[str]) -> tuple[str, dict[str, list[str]]]:
    """Notes by their parts between semicolons: those that all have, and the others of each."""
    parts = {note: note.split("; ") for note in notes}
    first = next(iter(parts.values()))
    shared = [part for part in first if all(part in said for said in parts.values())]
    own = {
        note: [part for part in said if part and part not in shared] for note, said in parts.items()
    }
    return "; ".join(shared), own


_NAMED = ("work", "benchmark", "task", "model", "measured_by")
"""The columns by which results are looked up in their file, besides the metric."""


def _written(results: Sequence[Result], metrics: Sequence[str]) -> Written:
    names = []
    for column in _NAMED:
        values = {getattr(result, column) for result in results}
        if len(values) == 1 and any(values):
            names.append((column, values.pop()))
    first = min(results, key=lambda result: (result.file, result.line))
    return Written(first.file, first.line, (*names, ("metric", ", ".join(metrics))))


def _metrics(library: Library, results: Iterable[Result]) -> list[str]:
    """The metrics of results, as they are declared."""
    return sorted({r.metric for r in results}, key=lambda name: _metric(library, name).order)


def _note_number(note: str, notes: Sequence[str]) -> int:
    return notes.index(note) + 1 if note in notes else 0


# --- which values are better


def _is_reference(library: Library, work: str) -> bool:
    known = library.vocabulary.named("baseline", work)
    return bool(known and known.reference)


def _distance(
    library: Library, metric: str, results: Iterable[Result]
) -> Callable[[float], float] | None:
    """How far from good a value of a metric is; None if nothing says which values are better."""
    match _metric(library, metric).direction:
        case "lower":
            return lambda number: number
        case "higher":
            return lambda number: -number
        case "retrained" if _is_reference(library, "retrained"):
            goals = [r.number for r in results if (r.work, r.metric) == ("retrained", metric)]
            return (lambda number: abs(number - goals[-1])) if goals else None
        case _:
            return None


def _best(library: Library, results: Iterable[Result]) -> set[Result]:
    """The best results of each metric among competitors, if there are two of these."""
    found: set[Result] = set()
    for metric, values in grouped(results, lambda r: r.metric).items():
        distance = _distance(library, metric, values)
        rivals = [r for r in values if not _is_reference(library, r.work)]
        if distance and len(rivals) > 1:
            best = min((r.number for r in rivals), key=distance)
            found.update(r for r in rivals if r.number == best)
    return found


def _ranked(library: Library, results: Sequence[Result], rows: _Rows) -> _Rows:
    """Rows by the first metric, the best first; references above, rows without a value below."""
    metric = _metrics(library, results)[0]
    distance = _distance(library, metric, results)

    def rank(row: Sequence[Result]) -> tuple[bool, bool, float, str]:
        values = [r.number for r in row if r.metric == metric]
        far = distance(values[0]) if values and distance else sum(values)
        label = "".join(part.text for part in _work(library, row[0]).parts).casefold()
        return (not _is_reference(library, row[0].work), not values, far, label)

    return sorted(rows, key=rank)


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


# --- papers side by side


class SharedMetric(NamedTuple):
    """A metric by which two or more papers were measured under one condition.

    Each of ``values`` has the key of a paper, what was measured, and the number of its note, 0
    without one.
    """

    label: str
    values: tuple[tuple[str, str, int], ...]


class SharedResults(NamedTuple):
    """What can be compared: one benchmark, task, model and party that measured, in ``title``."""

    title: str
    metrics: tuple[SharedMetric, ...]
    notes: tuple[str, ...]


def shared_results(library: Library) -> tuple[SharedResults, ...]:
    """List the values that two or more papers have under one condition, by benchmark."""
    found = []
    for results in library.results.by_benchmark.values():
        papers = [result for result in results if result.work in library.papers.by_key]
        for group in grouped(papers, _condition).values():
            notes = tuple(dict.fromkeys(result.note for result in group if result.note))
            metrics = tuple(_shared_metrics(library, group, notes))
            if metrics:
                measured = _measured(library, group[0].measured_by).parts
                parts = (*_title(library, group[0]), Part("text", ", "), *measured)
                title = "".join(part.text for part in parts)
                found.append(SharedResults(title, metrics, notes))
    return tuple(found)


_SETS, _IN_A_SET = 6, 4
"""How many sets of papers are offered, and how many papers a set has."""


def often_compared(library: Library) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Sets of papers that were measured together: of each benchmark those with the most metrics
    under the condition that has the most papers, with its name.
    """
    found = []
    for results in library.results.by_benchmark.values():
        papers = [result for result in results if result.work in library.papers.by_key]
        groups = grouped(papers, _condition).values()
        group = max(groups, key=lambda rows: len({r.work for r in rows}), default=())
        metrics = Counter(work for work, _metric_name in {(r.work, r.metric) for r in group})
        if len(metrics) > 1:
            title = "".join(part.text for part in _title(library, group[0]))
            ranked = sorted(metrics, key=lambda work: (-metrics[work], work))
            found.append((len(metrics), title, tuple(ranked[:_IN_A_SET])))
    found.sort(key=lambda one: -one[0])
    return tuple((title, keys) for _size, title, keys in found[:_SETS])


def _shared_metrics(
    library: Library, results: Sequence[Result], notes: Sequence[str]
) -> Iterable[SharedMetric]:
    by_metric = grouped(results, lambda r: r.metric)
    for name in _metrics(library, results):
        if len({r.work for r in by_metric[name]}) > 1:
            known = _metric(library, name)
            arrow = ARROWS.get(known.direction, "")
            label = f"{known.label}\N{NO-BREAK SPACE}{arrow}" if arrow else known.label
            values = [
                (r.work, _with_setting(r), _note_number(r.note, notes)) for r in by_metric[name]
            ]
            yield SharedMetric(label, tuple(values))


def _with_setting(result: Result) -> str:
    return f"{result.value} ({result.setting})" if result.setting else result.value
