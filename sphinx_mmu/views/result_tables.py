"""Results as tables: works in rows, metrics in columns, and only what can be compared together.

One table has one task, one model and one party that measured. A setting is a variant of a work and
a row of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sphinx_mmu.library.library import Library
from sphinx_mmu.library.results import AUTHORS, Result, grouped
from sphinx_mmu.messages import _, marked
from sphinx_mmu.views.cells import Line, Part, entry_part, sentence
from sphinx_mmu.views.result_notes import Common, NotePlace, notes_of
from sphinx_mmu.views.result_order import (
    best_of,
    is_reference,
    metric_of,
    metrics_of,
    ranked,
)
from sphinx_mmu.vocabulary.declared import Declared

_DIRECTIONS = {
    "": ("", ""),
    "lower": ("↓", marked("lower is better")),
    "higher": ("↑", marked("higher is better")),
}
"""The sign of each direction, and what it means."""


class ResultColumn(NamedTuple):
    """One metric; ``unit`` is empty if its label has it, ``direction`` is a sign and what it means.
    ``notes`` number the footnotes of all its values.
    """

    metric: Part
    unit: str
    direction: tuple[str, str]
    notes: tuple[int, ...] = ()


class ResultValue(NamedTuple):
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
    values: tuple[ResultValue | None, ...]
    notes: tuple[int, ...] = ()
    reference: bool = False


class Origin(NamedTuple):
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
    written: Origin
    unit: str
    head: str
    hidden: int = 0


# --- names


def name_part(library: Library, kind: str, name: str) -> Part:
    """A name of results, linked to its entry or its address. ``kind`` is that of a declared one."""
    known = library.vocabulary.named(kind, name)
    if known is None:
        return entry_part(name, library)
    return Part("url" if known.url else "text", known.label, known.url)


def _column(library: Library, metric: str) -> ResultColumn:
    known = metric_of(library, metric)
    part = Part("term" if known.term else "text", known.label, known.term)
    unit = "" if known.unit in known.label else known.unit
    return ResultColumn(part, unit, direction_of(library, known))


def direction_of(library: Library, metric: Declared) -> tuple[str, str]:
    """The sign of the direction of a metric and what it means, both empty without one."""
    if metric.direction in _DIRECTIONS:
        sign, words = _DIRECTIONS[metric.direction]
        return sign, words and _(words)
    label = library.name_label("baseline", metric.direction)
    return "→", _("closest to “{reference}” is best", reference=label)


def measured_line(library: Library, name: str) -> Line:
    """Who measured, in words."""
    if name == AUTHORS:
        return Line((Part("text", _("measured by the authors of each work")),))
    source = (name_part(library, "source", name),)
    return Line(sentence(_("measured by {source}"), source=source))


def _work(library: Library, result: Result) -> Line:
    setting = (Part("muted", f" {result.setting}"),) if result.setting else ()
    return Line((name_part(library, "baseline", result.work), *setting))


def _task(library: Library, result: Result) -> Line:
    names = (
        library.name_label("task", result.task),
        result.model,
        result.setting,
    )
    return Line((Part("text", " · ".join(filter(None, names)) or _("all")),))


# --- tables


def by_condition(
    library: Library, results: Iterable[Result]
) -> list[ResultTable]:
    """A table for each task, model and party that measured: works, with their settings, in rows."""
    tables = []
    for group in grouped(results, lambda r: r.condition).values():
        rows = grouped(group, lambda r: (r.work, r.setting)).values()
        names = [
            (_work(library, row[0]), row)
            for row in ranked(library, group, rows)
        ]
        title = Line(tuple(title_parts(library, group[0])))
        tables.append(
            _table(library, title, group, names, best_of(library, group))
        )
    return tables


def title_parts(library: Library, result: Result) -> Iterable[Part]:
    """The benchmark, task and model of results that can be compared."""
    yield name_part(library, "benchmark", result.benchmark)
    for word in (library.name_label("task", result.task), result.model):
        if word:
            yield Part("text", f" · {word}")


def by_benchmark(
    library: Library, results: Iterable[Result]
) -> list[ResultTable]:
    """A table of one work for each benchmark and party that measured: conditions in rows."""
    tables = []
    for group in grouped(
        results, lambda r: (r.benchmark, r.measured_by)
    ).values():
        title = Line((name_part(library, "benchmark", group[0].benchmark),))
        rows = grouped(group, lambda r: (r.task, r.model, r.setting)).values()
        names = [(_task(library, row[0]), row) for row in rows]
        tables.append(
            _table(library, title, group, names)._replace(head=_("Task"))
        )
    return tables


def _table(
    library: Library,
    title: Line,
    results: Sequence[Result],
    rows: Sequence[tuple[Line, Sequence[Result]]],
    best: Collection[Result] = (),
) -> ResultTable:
    """A table of results, which are in rows with names; the ``best`` of them are marked."""
    metrics = metrics_of(library, results)
    columns = [_column(library, metric) for metric in metrics]
    unit = _shared_unit(columns)
    cells: dict[NotePlace, Result] = {}
    for number, (_name, row) in enumerate(rows):
        cells |= {(number, metrics.index(r.metric)): r for r in row}
    notes = notes_of(
        cells,
        [name.text for name, _row in rows],
        [c.metric.text for c in columns],
    )
    shown = []
    for number, (name, row) in enumerate(rows):
        found = [cells.get((number, column)) for column in range(len(columns))]
        values = tuple(
            ResultValue(r.value, r.spread, r in best, notes.of(number, column))
            if r
            else None
            for column, r in enumerate(found)
        )
        reference = is_reference(library, row[0].work)
        shown.append(ResultRow(name, values, notes.of(number, None), reference))
    return ResultTable(
        title,
        measured_line(library, results[0].measured_by),
        tuple(
            column._replace(
                unit="" if unit else column.unit, notes=notes.of(None, number)
            )
            for number, column in enumerate(columns)
        ),
        tuple(shown),
        tuple(notes.common),
        tuple(notes.numbered),
        tuple(_sources(results)),
        _written(results, metrics),
        unit,
        _("Work"),
    )


_NAMED = ("work", "benchmark", "task", "model", "measured_by")
"""The columns by which results are looked up in their file, besides the metric."""


def _written(results: Sequence[Result], metrics: Sequence[str]) -> Origin:
    names = []
    for column in _NAMED:
        values = {getattr(result, column) for result in results}
        if len(values) == 1 and any(values):
            names.append((column, values.pop()))
    first = min(results, key=lambda result: (result.file, result.line))
    return Origin(
        first.file, first.line, (*names, ("metric", ", ".join(metrics)))
    )


def _shared_unit(columns: Sequence[ResultColumn]) -> str:
    units = {column.unit for column in columns}
    return units.pop() if len(units) == 1 and len(columns) > 1 else ""


def _sources(rows: Iterable[Result]) -> Iterable[Part]:
    """The addresses that the values were read from, each once."""
    found: dict[str, str] = {}
    for row in rows:
        if row.source:
            found.setdefault(row.source, row.date)
    for number, (url, date) in enumerate(found.items(), 1):
        text = _("source {n}", n=number)
        yield Part("url", f"{text}, {date}" if date else text, url)


def cut(table: ResultTable, limit: int) -> ResultTable:
    """The first ``limit`` rows of a table, all if it is 0."""
    if not limit or len(table.rows) <= limit:
        return table
    return table._replace(
        rows=table.rows[:limit], hidden=len(table.rows) - limit
    )
