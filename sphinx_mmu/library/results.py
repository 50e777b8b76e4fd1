"""Results: values that works reached on benchmarks, read from CSV files, one line a value.

The form is RFC 4180 with a header; :data:`COLUMNS` are its columns, in any order. ``work`` is the
key of an entry or a baseline of the vocabulary, ``benchmark`` the key of an entry or a declared
benchmark, ``metric`` and ``task`` are declared, and ``measured_by`` is ``authors``, the key of an
entry or a declared source.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from sphinx_mmu.files import read_file
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.vocabulary.vocabulary import Vocabulary

LONGEST_FILE = 50_000_000
"""Bytes that a file of results may have."""
COLUMNS = (
    "work",
    "benchmark",
    "task",
    "setting",
    "model",
    "metric",
    "value",
    "spread",
    "measured_by",
    "source",
    "place",
    "date",
    "note",
)
"""The columns of a file of results."""
REQUIRED = ("work", "benchmark", "metric", "value")
AUTHORS = "authors"
"""Who measured, where the authors of the work did."""


@dataclass(frozen=True, slots=True)
class Result:
    """One value, all as written but ``number``. ``task``, ``setting``, ``model``, ``spread``,
    ``source`` (an address), ``place`` (where in the source), ``date`` and ``note`` may be empty.
    """

    work: str
    benchmark: str
    task: str
    setting: str
    model: str
    metric: str
    value: str
    spread: str
    measured_by: str
    source: str
    place: str
    date: str
    note: str
    number: float
    file: str = field(default="", repr=False)
    line: int = field(default=0, repr=False)

    @property
    def cell(self) -> tuple[str, ...]:
        """What no two results may share."""
        return (
            self.work,
            self.benchmark,
            self.task,
            self.setting,
            self.model,
            self.metric,
            self.measured_by,
        )


class Results:
    """All results of a library, in the order of the files."""

    def __init__(self, rows: Iterable[Result] = ()) -> None:
        self.rows = tuple(rows)

    @cached_property
    def by_work(self) -> Mapping[str, tuple[Result, ...]]:
        """The results of each work."""
        return grouped(self.rows, lambda row: row.work)

    @cached_property
    def by_benchmark(self) -> Mapping[str, tuple[Result, ...]]:
        """The results on each benchmark."""
        return grouped(self.rows, lambda row: row.benchmark)


_Key = TypeVar("_Key", bound=Hashable)


def grouped(
    rows: Iterable[Result], key: Callable[[Result], _Key]
) -> Mapping[_Key, tuple[Result, ...]]:
    """Results in groups, in the order in which these begin."""
    found: dict[_Key, list[Result]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {name: tuple(group) for name, group in found.items()}


def read_results(
    paths: Iterable[tuple[Path, str]], vocabulary: Vocabulary, entries: Container[str]
) -> tuple[Results, tuple[Problem, ...]]:
    """Read files, given as (path, name for messages). A line that cannot be used is a problem.

    ``entries`` are the keys of all entries.
    """
    reader = _Reader(vocabulary, entries)
    results = [result for path, name in paths for result in reader.results(path, name)]
    reader.strange_names()
    return Results(results), tuple(reader.problems)


class _Named(NamedTuple):
    """A column of names: the kind of those declared for it, whether an entry's key may be one, and
    what needs no declaration.
    """

    column: str
    kind: str
    entries: bool = False
    free: str | None = None


_NAMED = (
    _Named("work", "baseline", entries=True),
    _Named("benchmark", "benchmark", entries=True),
    _Named("measured_by", "source", entries=True, free=AUTHORS),
    _Named("metric", "metric"),
    _Named("task", "task", free=""),
)


class _Reader:
    """Reads files of results, one after the other."""

    def __init__(self, vocabulary: Vocabulary, entries: Container[str]) -> None:
        self.vocabulary, self.entries = vocabulary, entries
        self.file = ""
        self.problems: list[Problem] = []
        self.seen: dict[tuple[str, ...], Result] = {}
        self.strangers: dict[tuple[_Named, str], list[tuple[str, int]]] = {}

    def say(self, message: str, line: int, hint: str = "") -> None:
        self.problems.append(Problem(Code.RESULT, message, self.file, line, hint=hint))

    def results(self, path: Path, name: str) -> Iterator[Result]:
        """Each line of a file that can be used."""
        self.file = name
        try:
            text = read_file(path, LONGEST_FILE).decode("utf-8-sig")
        except UnicodeDecodeError:
            self.problems.append(Problem(Code.ENCODING, "the results are not UTF-8", name))
            return
        except OSError as error:
            message = f"cannot read the results: {error.strerror}"
            self.problems.append(Problem(Code.MISSING_FILE, message, name))
            return
        rows = csv.reader(io.StringIO(text, newline=""))
        heads: list[str] = []
        line = 1
        try:
            for cells in rows:
                if not heads:
                    heads = [cell.strip() for cell in cells]
                    if not self._usable(heads):
                        return
                elif any(cells):
                    result = self._result(dict(zip(heads, cells, strict=False)), line)
                    if result:
                        yield result
                line = rows.line_num + 1
        except csv.Error as error:
            self.say(f"the line is no CSV: {error}", line)

    def _usable(self, heads: list[str]) -> bool:
        for name in heads:
            if name not in COLUMNS:
                hint = did_you_mean(name, COLUMNS)
                self.say(f"there is no column {name!r} of results", 1, hint)
        lacking = [name for name in REQUIRED if name not in heads]
        if lacking:
            self.say(f"the header lacks {', '.join(lacking)}", 1, "write it into the first line")
        return not lacking

    def _result(self, cells: Mapping[str, str], line: int) -> Result | None:
        texts = {name: " ".join(cells.get(name, "").split()) for name in COLUMNS}
        texts["measured_by"] = texts["measured_by"] or AUTHORS
        number = _number(texts["value"])
        strange = self._unknown(texts, line)
        faults = []
        if number is None:
            faults.append((f"value: {texts['value']!r} is no number", "write what was measured"))
        source = texts["source"]
        if source and not source.startswith(("https://", "http://")):
            faults.append((f"source: {source!r} is no http or https address", ""))
        for message, hint in faults:
            self.say(message, line, hint)
        if faults or strange or number is None:
            return None
        result = Result(**texts, number=number, file=self.file, line=line)
        first = self.seen.setdefault(result.cell, result)
        if first is not result:
            here = first.file == self.file
            place = f"on line {first.line}" if here else f"in {first.file}:{first.line}"
            self.say(f"the same value is {place} already", line, "delete one of the two")
            return None
        return result

    def _unknown(self, texts: Mapping[str, str], line: int) -> bool:
        """Whether a name of the line is not declared; each is noted with its places."""
        strange = False
        for named in _NAMED:
            name = texts[named.column]
            if name == named.free or self.vocabulary.named(named.kind, name):
                continue
            if not (named.entries and name in self.entries):
                self.strangers.setdefault((named, name), []).append((self.file, line))
                strange = True
        return strange

    def strange_names(self) -> None:
        """Report each undeclared name once, at its first place."""
        for (named, name), places in self.strangers.items():
            kind = named.kind
            what = f"no entry and no declared {kind}" if named.entries else f"no declared {kind}"
            more = f" (and on {len(places) - 1} more lines)" if len(places) > 1 else ""
            declared = self.vocabulary.names.get(kind, {})
            hint = did_you_mean(name, declared) or f"add [{kind}.{name}] to the vocabulary"
            message = f"{named.column}: {name!r} is {what}{more}"
            self.problems.append(Problem(Code.RESULT, message, *places[0], hint=hint))


def _number(text: str) -> float | None:
    """The number that a printed value means; a minus sign may be typographic."""
    try:
        number = float(text.replace("\N{MINUS SIGN}", "-").replace(",", "").rstrip("%").strip())
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None
