"""Results as tables: works in rows, metrics in columns, and only what can be compared together.

One table has one task, one model and one party that measured. A setting is a variant of a work and
a row of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
    """One metric; ``unit`` is empty if its label has it. ``notes`` number the footnotes of all its
    values.
    """

    metric: Part
    unit: str
    direction: str
    notes: tuple[int, ...] = ()


class Value(NamedTuple):
    """One value as printed, with the numbers of its footnotes."""

    text: str
    spread: str = ""
    best: bool = False
    notes: tuple[int, ...] = ()


class ResultRow(NamedTuple):
    """A work with its setting, or of one work a task, with a value for each column. ``notes``
    number the footnotes of all its values.
    """

    name: Line
    values: tuple[Value | None, ...]
    notes: tuple[int, ...] = ()
    reference: bool = False


class Common(NamedTuple):
    """What is remarked on all values, or on all but those of the rows or columns ``besides``."""

    remark: str
    besides: tuple[str, ...] = ()


class Written(NamedTuple):
    """Where the values of a table are written: the file, the line of the first of them, and the
    names there, by column.
    """

    file: str
    line: int
    names: tuple[tuple[str, str], ...]


class ResultTable(NamedTuple):
    """Values that can be compared. ``title`` names the task and model; ``unit`` is that of every
    column, which then has none; ``hidden`` rows are left out.
    """

    title: Line
    measured: Line
    columns: tuple[ResultColumn, ...]
    rows: tuple[ResultRow, ...]
    common: tuple[Common, ...]
    notes: tuple[str, ...]
    sources: tuple[Part, ...]
    written: Written
    unit: str = ""
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
    return ResultColumn(part, "" if known.unit in known.label else known.unit, known.direction)


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
    columns = [_column(library, metric) for metric in metrics]
    unit = _shared_unit(columns)
    names, lines = [], []
    cells: dict[_Place, Result] = {}
    for number, (name, row) in enumerate(rows):
        names.append(name)
        lines.append({r.metric: r for r in row})
        cells |= {(number, metrics.index(r.metric)): r for r in row}
    notes = _notes(cells, ([name.text for name in names], [c.metric.text for c in columns]))
    shown = []
    for number, (name, line) in enumerate(zip(names, lines, strict=True)):
        found = [line.get(metric) for metric in metrics]
        values = tuple(
            Value(r.value, r.spread, r in best, notes.of(number, column)) if r else None
            for column, r in enumerate(found)
        )
        reference = _is_reference(library, next(iter(line.values())).work)
        shown.append(ResultRow(name, values, notes.of(number, None), reference))
    return ResultTable(
        title,
        _measured(library, results[0].measured_by),
        tuple(
            column._replace(unit="" if unit else column.unit, notes=notes.of(None, number))
            for number, column in enumerate(columns)
        ),
        tuple(shown),
        tuple(notes.common),
        tuple(notes.numbered),
        tuple(_sources(results)),
        _written(results, metrics),
        unit,
    )


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


def _shared_unit(columns: Sequence[ResultColumn]) -> str:
    units = {column.unit for column in columns}
    return units.pop() if len(units) == 1 and len(columns) > 1 else ""


def _metrics(library: Library, results: Iterable[Result]) -> list[str]:
    """The metrics of results, as they are declared."""
    return sorted({r.metric for r in results}, key=lambda name: _metric(library, name).order)


# --- notes

_Place = tuple[int, int]
"""The row and the column of a value."""


class _Notes:
    """The remarks of a table, each once: ``common`` ones, and ``numbered`` ones with places."""

    def __init__(self) -> None:
        self.common: list[Common] = []
        self.numbered: list[str] = []
        self.places: dict[tuple[int | None, int | None], tuple[int, ...]] = {}

    def add(self, remark: str, places: Iterable[tuple[int | None, int | None]]) -> None:
        self.numbered.append(remark)
        for place in places:
            self.places[place] = (*self.of(*place), len(self.numbered))

    def of(self, row: int | None, column: int | None) -> tuple[int, ...]:
        """The numbers at a value, or at a whole row or column if the other is None."""
        return self.places.get((row, column), ())


def _notes(cells: Mapping[_Place, Result], names: tuple[Sequence[str], Sequence[str]]) -> _Notes:
    """Place each remark as high as it goes: at all or most rows or columns, at a few, or at
    values. ``names`` are those of the rows and of the columns.
    """
    having: dict[str, set[_Place]] = {}
    for place in sorted(cells):
        for remark in cells[place].remarks:
            having.setdefault(remark, set()).add(place)
    notes = _Notes()
    for remark, places in having.items():
        rows, columns = (_whole(axis, cells, places) for axis in (0, 1))
        most = next(
            (
                Common(remark, tuple(n for i, n in enumerate(every) if i not in some))
                for some, every in ((rows, names[0]), (columns, names[1]))
                if 2 * len(some) > len(every)
            ),
            None,
        )
        if most:
            notes.common.append(most)
        elif rows:
            notes.add(remark, [(row, None) for row in sorted(rows)])
        elif columns:
            notes.add(remark, [(None, column) for column in sorted(columns)])
        else:
            notes.add(remark, sorted(places))
    return notes


def _whole(axis: int, cells: Iterable[_Place], having: set[_Place]) -> set[int]:
    """The rows (0) or columns (1) that together are what has a remark; none if it has only parts of
    some.
    """
    touched = {place[axis] for place in having}
    return touched if {place for place in cells if place[axis] in touched} == having else set()


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
        label = _work(library, row[0]).text.casefold()
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


def shared_results(library: Library) -> tuple[SharedResults, ...]:
    """List the values that two or more papers have under one condition, by benchmark."""
    found = []
    for results in library.results.by_benchmark.values():
        papers = [result for result in results if result.work in library.papers.by_key]
        for group in grouped(papers, _condition).values():
            notes = tuple(dict.fromkeys(filter(None, (result.remarks for result in group))))
            metrics = tuple(_shared_metrics(library, group, notes))
            if metrics:
                measured = _measured(library, group[0].measured_by).parts
                parts = (*_title(library, group[0]), Part("text", ", "), *measured)
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
    for results in library.results.by_benchmark.values():
        papers = [result for result in results if result.work in library.papers.by_key]
        groups = grouped(papers, _condition).values()
        group = max(groups, key=lambda rows: len({r.work for r in rows}), default=())
        metrics = Counter(work for work, _metric_name in {(r.work, r.metric) for r in group})
        if len(metrics) > 1:
            title = Line(tuple(_title(library, group[0]))).text
            ranked = sorted(metrics, key=lambda work: (-metrics[work], work))
            found.append((len(metrics), title, tuple(ranked[:_IN_A_SET])))
    found.sort(key=lambda one: -one[0])
    return tuple((title, keys) for _size, title, keys in found[:_SETS])


def _shared_metrics(
    library: Library, results: Sequence[Result], notes: Sequence[tuple[str, ...]]
) -> Iterable[SharedMetric]:
    by_metric = grouped(results, lambda r: r.metric)
    for name in _metrics(library, results):
        if len({r.work for r in by_metric[name]}) > 1:
            known = _metric(library, name)
            arrow = ARROWS.get(known.direction, "")
            label = f"{known.label}\N{NO-BREAK SPACE}{arrow}" if arrow else known.label
            values = [
                (r.work, _with_setting(r), notes.index(r.remarks) + 1 if r.remarks else 0)
                for r in by_metric[name]
            ]
            yield SharedMetric(label, tuple(values))


def _with_setting(result: Result) -> str:
    return f"{result.value} ({result.setting})" if result.setting else result.value
