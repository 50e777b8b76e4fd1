"""Results as tables: works in rows, metrics in columns, and only what can be compared together.

One table has one task, one model and one party that measured. Another setting is another column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.collection import positions
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.results import AUTHORS, Result
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
    """One metric in one setting."""

    metric: Part
    unit: str
    direction: str
    setting: str = ""


class Value(NamedTuple):
    """One value as printed; ``note`` is the number of its footnote, 0 without one."""

    text: str
    spread: str = ""
    best: bool = False
    note: int = 0


class ResultRow(NamedTuple):
    """A work, or in the results of one work a task, with a value for each column."""

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
    tables = _by_work(library, rows) if request.work else _by_condition(library, rows)
    if not rows and not problems and not request.empty_ok:
        name = request.work or request.benchmark
        problems.append(Problem(Code.EMPTY_RESULT, f"no result of {name!r} matches"))
    shown = tuple(_cut(table, request.limit) for table in tables)
    mark = digest("results", request, shown)
    return ResultsView(request, mark, len(rows), problems=tuple(problems), tables=shown)


# --- which results


def _unknown(library: Library, request: ResultsRequest) -> Iterable[Problem]:
    names = library.vocabulary.names
    known = {**names.get("benchmark", {}), **library.results.by_benchmark}
    if request.benchmark and request.benchmark not in known:
        hint = did_you_mean(request.benchmark, known)
        message = f"there are no results on {request.benchmark!r}"
        yield Problem(Code.UNKNOWN_KEY, message, hint=hint)
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


def _column(library: Library, metric: str, setting: str) -> ResultColumn:
    known = _metric(library, metric)
    part = Part("term", known.label, known.term) if known.term else Part("text", known.label)
    return ResultColumn(part, known.unit, known.direction, setting)


def _measured(library: Library, name: str) -> Line:
    if name == AUTHORS:
        return Line((Part("text", "measured by the authors of each work"),))
    return Line((Part("text", "measured by "), name_part(library, "source", name)))


# --- tables


def _by_condition(library: Library, rows: Sequence[Result]) -> list[ResultTable]:
    """A table for each task, model and party that measured."""
    groups: dict[tuple[str, str, str], list[Result]] = {}
    for row in rows:
        groups.setdefault((row.task, row.model, row.measured_by), []).append(row)
    return [_condition(library, *names, group) for names, group in groups.items()]


def _condition(
    library: Library, task: str, model: str, measured_by: str, rows: Sequence[Result]
) -> ResultTable:
    parts = [name_part(library, "task", task)] if task else []
    parts += [Part("text", f"{' · ' if parts else ''}{model}")] if model else []
    columns = _columns(library, rows)
    works = {row.work: name_part(library, "baseline", row.work) for row in rows}
    order = _ranked(library, rows, columns)
    return _table(
        library, Line(tuple(parts)), measured_by, rows, [(work, works[work]) for work in order]
    )


def _by_work(library: Library, rows: Sequence[Result]) -> list[ResultTable]:
    """A table for each benchmark and party that measured, its tasks and models in rows."""
    groups: dict[tuple[str, str], list[Result]] = {}
    for row in rows:
        groups.setdefault((row.benchmark, row.measured_by), []).append(row)
    tables = []
    for (benchmark, measured_by), group in groups.items():
        names: dict[str, Part] = {}
        for row in group:
            label = " · ".join(filter(None, (_label(library, "task", row.task), row.model)))
            names.setdefault(f"{row.task}\n{row.model}", Part("text", label or "all"))
        title = Line((name_part(library, "benchmark", benchmark),))
        tables.append(_table(library, title, measured_by, group, list(names.items())))
    return tables


def _label(library: Library, kind: str, name: str) -> str:
    known = _declared(library, kind, name)
    return known.label if known else name


def _columns(library: Library, rows: Iterable[Result]) -> list[tuple[str, str]]:
    """Each metric and setting that has a value: metrics as declared, settings as they appear."""
    found = dict.fromkeys((row.metric, row.setting) for row in rows)
    settings = list(dict.fromkeys(setting for _metric, setting in found))
    return sorted(found, key=lambda c: (settings.index(c[1]), _metric(library, c[0]).order, c[0]))


def _ranked(
    library: Library, rows: Sequence[Result], columns: Sequence[tuple[str, str]]
) -> list[str]:
    """Works by the first column, the best first; references above, works without a value below."""
    first = {row.work: row.number for row in rows if (row.metric, row.setting) == columns[0]}
    sign = -1 if _metric(library, columns[0][0]).direction == "higher" else 1

    def rank(work: str) -> tuple[bool, bool, float, str]:
        known = _declared(library, "baseline", work)
        label = name_part(library, "baseline", work).text.casefold()
        value = sign * first[work] if work in first else 0.0
        return (not (known and known.reference), work not in first, value, label)

    return sorted(dict.fromkeys(row.work for row in rows), key=rank)


def _table(
    library: Library,
    title: Line,
    measured_by: str,
    results: Sequence[Result],
    names: Sequence[tuple[str, Part]],
) -> ResultTable:
    columns = _columns(library, results)
    of_work = len({row.work for row in results}) == 1
    values = {(_row_name(row, of_work, names), row.metric, row.setting): row for row in results}
    best = {column: _best(library, results, column) for column in columns}
    notes = list(dict.fromkeys(row.note for row in results if row.note))
    rows = []
    for name, part in names:
        cells = []
        for column in columns:
            row = values.get((name, *column))
            cells.append(_value(row, best[column], notes) if row else None)
        rows.append(ResultRow(Line((part,)), tuple(cells)))
    return ResultTable(
        title,
        _measured(library, measured_by),
        tuple(_column(library, *column) for column in columns),
        tuple(rows),
        tuple(notes),
        tuple(_sources(results)),
    )


def _row_name(row: Result, of_work: bool, names: Sequence[tuple[str, Part]]) -> str:  # noqa: FBT001
    task = f"{row.task}\n{row.model}"
    return task if of_work and any(name == task for name, _part in names) else row.work


def _value(row: Result, best: float | None, notes: Sequence[str]) -> Value:
    note = notes.index(row.note) + 1 if row.note else 0
    return Value(row.value, row.spread, row.number == best, note)


def _best(library: Library, rows: Sequence[Result], column: tuple[str, str]) -> float | None:
    """The best value of a column among competitors, if there are two of these and a direction."""
    direction = _metric(library, column[0]).direction
    numbers: dict[str, float] = {}
    references: dict[str, float] = {}
    for row in rows:
        if (row.metric, row.setting) == column:
            known = _declared(library, "baseline", row.work)
            group = references if known and known.reference else numbers
            group[row.work] = row.number
    if len(numbers) < 2:  # noqa: PLR2004 -- a best one needs another
        return None
    match direction:
        case "lower":
            return min(numbers.values())
        case "higher":
            return max(numbers.values())
        case "retrained" if "retrained" in references:
            goal = references["retrained"]
            return min(numbers.values(), key=lambda number: abs(number - goal))
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
