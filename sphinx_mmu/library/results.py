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
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from sphinx_mmu.bib.reader import without_controls
from sphinx_mmu.files import read_file
from sphinx_mmu.problems import Code, Problem, did_you_mean, nearest
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
    ``source`` (an address), ``place`` (where in the source), ``date`` and ``note`` (remarks
    separated by semicolons) may be empty.
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
    def remarks(self) -> tuple[str, ...]:
        """The remarks of the note, each once."""
        return tuple(dict.fromkeys(filter(None, map(str.strip, self.note.split(";")))))

    @property
    def condition(self) -> tuple[str, str, str]:
        """What results on one benchmark have in common that can be compared: task, model and who
        measured.
        """
        return self.task, self.model, self.measured_by

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

    @property
    def benchmarks(self) -> Mapping[str, tuple[str, ...]]:
        """The benchmarks that each work has results on, each once."""
        return {
            work: tuple(dict.fromkeys(row.benchmark for row in rows))
            for work, rows in self.by_work.items()
        }


def unknown_benchmark(name: str, known: Collection[str]) -> Problem:
    """The problem that there are no results on a benchmark; ``known`` are the others."""
    if not known:
        hint = "no file of mmu_results has a usable line"
    elif len(known) <= _FEW:
        hint = f"one of: {', '.join(sorted(known))}"
    else:
        hint = "the names are in the column benchmark of the results"
    message = f"there are no results on {name!r}"
    return Problem(Code.UNKNOWN_KEY, message, hint=did_you_mean(name, known) or hint)


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
    paths: Iterable[tuple[Path, str]], vocabulary: Vocabulary, entries: Collection[str]
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
    which name needs no declaration.
    """

    column: str
    kind: str
    entries: bool = False
    free: str = ""


_NAMED = (
    _Named("work", "baseline", entries=True),
    _Named("benchmark", "benchmark", entries=True),
    _Named("measured_by", "source", entries=True, free=AUTHORS),
    _Named("metric", "metric"),
    _Named("task", "task"),
)


class _Reader:
    """Reads files of results, one after the other."""

    def __init__(self, vocabulary: Vocabulary, entries: Collection[str]) -> None:
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
            message, hint = "the results are not UTF-8", "save the file as UTF-8"
            self.problems.append(Problem(Code.ENCODING, message, name, hint=hint))
            return
        except OSError as error:
            message = f"cannot read the results: {error.strerror}"
            hint = "see mmu_results in conf.py"
            self.problems.append(Problem(Code.MISSING_FILE, message, name, hint=hint))
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
                pairs = reversed(list(zip(heads, cells, strict=False)))
                result = self._result(dict(pairs), line)  # of columns of one name, the first
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
        changed = [n for n, line in enumerate(given) if line != lines[n]]
        if changed:
            message = "the line has a control character"
            problem = Problem(Code.CONTROL_CHARACTER, message, self.file, changed[0] + 1)
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
            if not self._separated(heads, line):
                self.say("the first line does not name the columns", line, _BEGIN)
            return False
        absent = [name for name in COLUMNS if name not in heads]
        meant = set()
        for name in dict.fromkeys(filter(None, heads)):
            if name not in COLUMNS:
                meant.add(nearest(name, absent))
                hint = did_you_mean(name, absent) or f"the columns are: {', '.join(COLUMNS)}"
                self.say(f"there is no column {name!r} of results", line, hint)
            elif heads.count(name) > 1:
                self.say(f"the column {name!r} is named twice", line, "delete one of the two")
        lacking = [name for name in REQUIRED if name in absent]
        missing = [name for name in lacking if name not in meant]
        if missing:
            self.say(f"the header lacks {', '.join(missing)}", line, "write it into the first line")
        return not lacking

    def _separated(self, cells: Sequence[str], line: int) -> bool:
        """Whether a line has another sign between its values, with a problem if so."""
        if len(cells) > 1:
            return False
        words = next((words for sign, words in _SIGNS.items() if sign in cells[0]), "")
        if words:
            self.say(f"the values are separated by {words}", line, "separate them by commas")
        return bool(words)

    def _fits(self, heads: Sequence[str], cells: Sequence[str], line: int) -> bool:
        """Whether each value of a line has a column."""
        if self._separated(cells, line):
            return False
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
        strange = not empty and self._unknown(texts, line)
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
        result = Result(**texts, number=number, file=self.file, line=line)
        first = self.seen.setdefault(result.cell, result)
        if first is not result:
            here = first.file == self.file
            place = f"on line {first.line}" if here else f"in {first.file}:{first.line}"
            self.say(f"the same value is already {place}", line, "delete one of the two")
            return None
        return result

    def _unknown(self, texts: Mapping[str, str], line: int) -> bool:
        """Whether a name of the line is not declared; each is noted with its places."""
        strange = False
        for named in _NAMED:
            name = texts[named.column]
            if name in {"", named.free} or self.vocabulary.named(named.kind, name):
                continue
            if not (named.entries and name in self.entries):
                self.strangers.setdefault((named, name), []).append((self.file, line))
                strange = True
        return strange

    def strange_names(self) -> None:
        """Report each undeclared name once, at its first place."""
        for (named, name), places in self.strangers.items():
            kind = named.kind
            known = [*self.vocabulary.names.get(kind, {})]
            what = f"not a declared {kind}"
            if named.entries:
                known += self.entries
                what = f"not an entry and {what}"
            others = len(places) - 1
            more = f" (and on {others} more line{'s' if others > 1 else ''})" if others else ""
            hint = did_you_mean(name, known) or _declare(kind, name)
            message = f"{named.column}: {name!r} is {what}{more}"
            self.problems.append(Problem(Code.RESULT, message, *places[0], hint=hint))


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
