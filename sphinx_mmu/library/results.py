"""Results: values that works reached on benchmarks, read from CSV files, one line a value.

The form is RFC 4180 with a header; :data:`COLUMNS` are its columns, in any order. ``work`` is the
key of an entry or a baseline of the vocabulary, ``benchmark`` the key of an entry or a declared
benchmark, ``metric`` and ``task`` are declared, and ``measured_by`` is ``authors``, the key of an
entry or a declared source.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sphinx_mmu.bib.reader import without_controls
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
_FEW = 12
"""How many names a message lists."""
_BEGIN = f"begin with the line: {','.join(COLUMNS)}"
_SAVE = "save the file as UTF-8"
_SIGNS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""What spreadsheets may put between columns in place of commas."""
_NUMBER_ALONE = "write the number alone; its spread and remarks have columns of their own"
_NUMBER = re.compile(
    r"[-+]?(?:(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?\s*%?",
    re.ASCII | re.IGNORECASE,
)


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


def unknown_benchmark(name: str, known: Collection[str]) -> Problem:
    """The problem that there are no results on a benchmark; ``known`` are the others."""
    hint = did_you_mean(name, known) or "the column benchmark of the results has the names"
    if not known:
        hint = "no file of mmu_results has a usable line"
    elif len(known) <= _FEW:
        hint = did_you_mean(name, known) or f"one of: {', '.join(sorted(known))}"
    return Problem(Code.UNKNOWN_KEY, f"there are no results on {name!r}", hint=hint)


def _grouped(
    rows: Iterable[Result], name: Callable[[Result], str]
) -> Mapping[str, tuple[Result, ...]]:
    found: dict[str, list[Result]] = defaultdict(list)
    for row in rows:
        found[name(row)].append(row)
    return {key: tuple(group) for key, group in found.items()}


def read_results(
    path: Path, shown: str, vocabulary: Vocabulary, known: Collection[str]
) -> tuple[list[Result], list[Problem]]:
    """Read one file, shown as ``shown`` in messages. A line that cannot be used is a problem.

    ``known`` are the keys of entries.
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

    def __init__(self, shown: str, vocabulary: Vocabulary, known: Collection[str]) -> None:
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
            self.problems.append(
                Problem(Code.ENCODING, "the results are not UTF-8", self.shown, hint=_SAVE)
            )
            return
        except OSError as error:
            message = f"cannot read the results: {error.strerror}"
            self.problems.append(
                Problem(Code.MISSING_FILE, message, self.shown, hint="see mmu_results in conf.py")
            )
            return
        heads: list[str] = []
        for line, cells in self._rows(text):
            if not any(cell.strip() for cell in cells):
                continue
            if not heads:
                heads = [cell.strip() for cell in cells]
                if not self._usable(heads, line):
                    return
            elif self._fits(heads, cells, line):
                pairs = zip(heads, cells, strict=False)
                result = self._result(dict(reversed(list(pairs))), line)
                if result:
                    yield result
        if not heads:
            self.say("the file is empty", 1, _BEGIN)

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Each row with its first line; a line that is not CSV is a problem, and the next is read.

        A mark that is never closed would otherwise swallow all that follows.
        """
        given = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")).readlines()
        lines = [without_controls(line) for line in given]
        if (number := next((n for n, line in enumerate(given) if line != lines[n]), -1)) >= 0:
            message = "the line has a control character"
            problem = Problem(Code.CONTROL_CHARACTER, message, self.shown, number + 1)
            self.problems.append(problem)
        first = 0
        while first < len(lines):
            rows = csv.reader((lines[i] for i in range(first, len(lines))), strict=True)
            begin = first
            try:
                for cells in rows:
                    yield begin + 1, cells
                    begin = first + rows.line_num
            except csv.Error as error:
                quoted = '"' in lines[begin]
                reason = "a quotation mark is missing or out of place" if quoted else str(error)
                hint = "put the whole value in quotes, and double those within it" if quoted else ""
                self.say(f"the line is not CSV: {reason}", begin + 1, hint)
                first = begin + 1
            else:
                return

    def _usable(self, heads: list[str], line: int) -> bool:
        if not {name.casefold() for name in heads} & set(COLUMNS):
            found = (words for sign, words in _SIGNS.items() if sign in "".join(heads))
            if words := next(found, ""):
                self.say(f"the columns are separated by {words}", line, "separate them by commas")
            else:
                self.say("the first line does not name the columns", line, _BEGIN)
            return False
        meant = set()
        for name in dict.fromkeys(filter(None, heads)):
            if name not in COLUMNS:
                hint = did_you_mean(name, [c for c in COLUMNS if c not in heads])
                meant.add(hint)
                hint = hint or f"the columns are: {', '.join(COLUMNS)}"
                self.say(f"there is no column {name!r} of results", line, hint)
            elif heads.count(name) > 1:
                self.say(f"the column {name!r} is named twice", line, "delete one of the two")
        lacking = [name for name in REQUIRED if name not in heads]
        told = [name for name in lacking if not any(f"'{name}'" in hint for hint in meant)]
        if told:
            self.say(f"the header lacks {', '.join(told)}", line, "write it into the first line")
        return not lacking

    def _fits(self, heads: Sequence[str], cells: Sequence[str], line: int) -> bool:
        """Whether each value of a line has a column."""
        nameless = any(cell.strip() and not name for name, cell in zip(heads, cells, strict=False))
        if len(cells) <= len(heads) and not nameless:
            return True
        message = f"the line has {len(cells)} values for {len(list(filter(None, heads)))} columns"
        self.say(message, line, "put a value that contains a comma in quotes")
        return False

    def _result(self, cells: Mapping[str, str], line: int) -> Result | None:
        texts = {name: " ".join(cells.get(name, "").split()) for name in COLUMNS}
        texts["measured_by"] = texts["measured_by"] or AUTHORS
        empty = [name for name in REQUIRED if not texts[name]]
        number = _number(texts["value"])
        strange = self._unknown(texts, line)
        faults = []
        if empty:
            verb = "is" if len(empty) == 1 else "are"
            hint = f"every line needs {', '.join(REQUIRED[:-1])} and {REQUIRED[-1]}"
            faults.append((f"{', '.join(empty)} {verb} empty", hint))
        if number is None and texts["value"]:
            decimal = re.fullmatch(r"[-\N{MINUS SIGN}]?\d+,\d+\s*%?", texts["value"])
            hint = f"write {texts['value'].replace(',', '.')}" if decimal else _NUMBER_ALONE
            faults.append((f"value: {texts['value']!r} is not a number", hint))
        source = texts["source"]
        if source and not source.startswith(("https://", "http://")):
            hint = "write the whole address, beginning with https://"
            faults.append((f"source: {source!r} is not an http or https address", hint))
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
            own = column == "measured_by" and name == AUTHORS
            if not name or own or name in self.vocabulary.names.get(kind, {}):
                continue
            if not (entries and name in self.known):
                self.strangers.setdefault((column, name), []).append(line)
                strange = True
        return strange

    def strange_names(self) -> None:
        """Report each undeclared name once, at its first line."""
        for (column, name), lines in self.strangers.items():
            kind, entries = next((k, e) for c, k, e in _NAMES if c == column)
            declared = self.vocabulary.names.get(kind, {})
            what = (
                f"not an entry and not a declared {kind}" if entries else f"not a declared {kind}"
            )
            others = len(lines) - 1
            more = f" (and on {others} more line{'s' if others > 1 else ''})" if others else ""
            hint = did_you_mean(name, [*declared, *(self.known if entries else ())])
            self.say(f"{column}: {name!r} is {what}{more}", lines[0], hint or _declare(kind, name))


def _declare(kind: str, name: str) -> str:
    """What to do about a name that is nowhere declared."""
    table = name if re.fullmatch(r"[A-Za-z0-9_-]{1,60}", name) else '"…"'
    return f"add [{kind}.{table}] to the vocabulary"


def _number(text: str) -> float | None:
    """The number that a printed value means; a minus sign may be typographic, and a comma is that
    of thousands.
    """
    plain = text.replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(plain):
        return None
    number = float(plain.replace(",", "").rstrip("%").strip())
    return number if abs(number) < float("inf") else None
