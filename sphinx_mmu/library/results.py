"""Results: values that works reached on benchmarks, read from CSV files, one line a value.

The form is RFC 4180 with a header; :data:`COLUMNS` are its columns, in any order. ``work`` is the
key of an entry or a baseline of the vocabulary, ``benchmark`` the key of an entry or a declared
benchmark, ``metric`` and ``task`` are declared, and ``measured_by`` is ``authors``, the key of an
entry or a declared source.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

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
        return _grouped(self.rows, lambda row: row.work)

    @cached_property
    def by_benchmark(self) -> Mapping[str, tuple[Result, ...]]:
        """The results on each benchmark."""
        return _grouped(self.rows, lambda row: row.benchmark)


def _grouped(
    rows: Iterable[Result], name: Callable[[Result], str]
) -> Mapping[str, tuple[Result, ...]]:
    found: dict[str, list[Result]] = defaultdict(list)
    for row in rows:
        found[name(row)].append(row)
    return {key: tuple(group) for key, group in found.items()}


def read_results(
    path: Path, shown: str, vocabulary: Vocabulary, known: Callable[[str], bool]
) -> tuple[list[Result], list[Problem]]:
    """Read one file, shown as ``shown`` in messages. A line that cannot be used is a problem.

    ``known`` tests whether a key is that of an entry.
    """
    reading = _Reading(shown, vocabulary, known)
    results = list(reading.results(path))
    reading.strange_names()
    return results, reading.problems


_NAMES = (
    ("work", "baseline", True),
    ("benchmark", "benchmark", True),
    ("measured_by", "source", True),
    ("metric", "metric", False),
    ("task", "task", False),
)
"""Column, the kind of names declared for it, and whether it may have the key of an entry."""


class _Reading:
    """One file of results while it is read."""

    def __init__(self, shown: str, vocabulary: Vocabulary, known: Callable[[str], bool]) -> None:
        self.shown, self.vocabulary, self.known = shown, vocabulary, known
        self.problems: list[Problem] = []
        self.lines: dict[tuple[str, ...], int] = {}
        self.strangers: dict[tuple[str, str], list[int]] = {}

    def say(self, message: str, line: int, hint: str = "") -> None:
        self.problems.append(Problem(Code.RESULT, message, self.shown, line, hint=hint))

    def results(self, path: Path) -> Iterator[Result]:
        """Each line that can be used."""
        try:
            text = read_file(path, LONGEST_FILE).decode("utf-8-sig")
        except UnicodeDecodeError:
            self.problems.append(Problem(Code.ENCODING, "the results are not UTF-8", self.shown))
            return
        except OSError as error:
            message = f"cannot read the results: {error.strerror}"
            self.problems.append(Problem(Code.MISSING_FILE, message, self.shown))
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
        result = Result(**texts, number=number, file=self.shown, line=line)
        first = self.lines.setdefault(result.cell, line)
        if first != line:
            self.say(f"the same value is on line {first} already", line, "delete one of the two")
            return None
        return result

    def _unknown(self, texts: Mapping[str, str], line: int) -> bool:
        """Whether a name of the line is not declared; each is noted with its lines."""
        strange = False
        for column, kind, entries in _NAMES:
            name = texts[column]
            optional = column == "task" or (column == "measured_by" and name == AUTHORS)
            if name in self.vocabulary.names.get(kind, {}) or (optional and name in {"", AUTHORS}):
                continue
            if not (entries and self.known(name)):
                self.strangers.setdefault((column, name), []).append(line)
                strange = True
        return strange

    def strange_names(self) -> None:
        """Report each undeclared name once, at its first line."""
        for (column, name), lines in self.strangers.items():
            kind, entries = next((k, e) for c, k, e in _NAMES if c == column)
            declared = self.vocabulary.names.get(kind, {})
            what = f"no entry and no declared {kind}" if entries else f"no declared {kind}"
            more = f" (and on {len(lines) - 1} more lines)" if len(lines) > 1 else ""
            hint = did_you_mean(name, declared) or f"add [{kind}.{name}] to the vocabulary"
            self.say(f"{column}: {name!r} is {what}{more}", lines[0], hint)


def _number(text: str) -> float | None:
    """The number that a printed value means; a minus sign may be typographic."""
    try:
        number = float(text.replace("\N{MINUS SIGN}", "-").replace(",", "").rstrip("%").strip())
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None
