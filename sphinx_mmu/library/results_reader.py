"""Results, read from CSV files, one line a value.

The form is RFC 4180 with a header; :data:`sphinx_mmu.library.results.COLUMNS` are its columns, in
any order. ``work`` is the key of an entry or a baseline of the vocabulary, ``benchmark`` the key of
an entry or a declared benchmark, ``metric`` and ``task`` are declared, and ``measured_by`` is
``authors``, the key of an entry or a declared source.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sphinx_mmu.bib.addresses import is_web_address
from sphinx_mmu.bib.dates import iso_day
from sphinx_mmu.bib.reader import without_controls
from sphinx_mmu.files import read_file
from sphinx_mmu.library.results import AUTHORS, COLUMNS, Result, Results
from sphinx_mmu.problems import Code, Problem, did_you_mean, nearest, unreadable
from sphinx_mmu.vocabulary.vocabulary import Vocabulary

LONGEST_FILE = 50_000_000
"""Bytes that a file of results may have."""
_REQUIRED = ("work", "benchmark", "metric", "value")
_BEGIN = f"begin with the line: {','.join(COLUMNS)}"
_SIGNS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""What spreadsheets may put between columns in place of commas."""
_DELETE = "delete one of the two"
_NUMBER_ALONE = (
    "write the number alone; its spread and remarks have columns of their own"
)
_NUMBER = re.compile(
    r"[-+]?(?:(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?\s*%?",
    re.ASCII | re.IGNORECASE,
)


def read_results(
    paths: Iterable[tuple[Path, str]],
    vocabulary: Vocabulary,
    entries: Collection[str],
) -> tuple[Results, tuple[Problem, ...]]:
    """Read files, given as (path, name for messages). A line that cannot be used is a problem.

    ``entries`` are the keys of all entries.
    """
    reader = _Reader(vocabulary, entries)
    results: list[Result] = []
    for path, name in paths:
        results += reader.results(path, name)
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

    def __init__(
        self, vocabulary: Vocabulary, entries: Collection[str]
    ) -> None:
        self.vocabulary = vocabulary
        self.entries = entries
        self.file = ""
        self.problems: list[Problem] = []
        self.seen: dict[tuple[str, ...], Result] = {}
        self.strangers: dict[tuple[_Named, str], list[tuple[str, int]]] = {}

    def say(
        self, message: str, line: int, hint: str = "", code: Code = Code.RESULT
    ) -> None:
        self.problems.append(Problem(code, message, self.file, line, hint=hint))

    def results(self, path: Path, name: str) -> Iterator[Result]:
        """Each line of a file that can be used."""
        self.file = name
        try:
            text = read_file(path, LONGEST_FILE).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(unreadable(error, name))
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
                pairs = list(zip(heads, cells, strict=False))
                first = dict(reversed(pairs))  # of two columns with one name
                if result := self._result(first, line):
                    yield result
        if not heads:
            self.say("the file is empty", 1, _BEGIN)

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Each row with its first line; a line that is not CSV is a problem, and the next is read.

        A mark that is never closed would otherwise swallow all that follows.
        """
        given = io.StringIO(
            text.replace("\r\n", "\n").replace("\r", "\n")
        ).readlines()
        lines = [without_controls(line) for line in given]
        if given != lines:
            pairs = enumerate(zip(given, lines, strict=True), 1)
            changed = next(n for n, (line, kept) in pairs if line != kept)
            message = "the line has a control character"
            self.say(message, changed, code=Code.CONTROL_CHARACTER)
        first = 0
        while first < len(lines):
            rows = csv.reader(
                (lines[i] for i in range(first, len(lines))), strict=True
            )
            begin = first
            try:
                for cells in rows:
                    yield begin + 1, cells
                    begin = first + rows.line_num
            except csv.Error as error:
                reason = str(error)
                hint = ""
                if '"' in lines[begin]:
                    reason = "a quotation mark is missing or out of place"
                    hint = "put the whole value in quotes, and double those within it"
                self.say(f"the line is not CSV: {reason}", begin + 1, hint)
                first = begin + 1
            else:
                return

    def _usable(self, heads: list[str], line: int) -> bool:
        if not {name.casefold() for name in heads} & set(COLUMNS):
            if not self._separated(heads, line):
                self.say(
                    "the first line does not name the columns", line, _BEGIN
                )
            return False
        absent = [name for name in COLUMNS if name not in heads]
        meant = set()
        for name in dict.fromkeys(filter(None, heads)):
            if name not in COLUMNS:
                meant.add(nearest(name, absent))
                every = f"the columns are: {', '.join(COLUMNS)}"
                hint = did_you_mean(name, absent) or every
                self.say(f"there is no column {name!r} of results", line, hint)
            elif heads.count(name) > 1:
                self.say(f"the column {name!r} is named twice", line, _DELETE)
        lacking = [name for name in _REQUIRED if name in absent]
        if missing := ", ".join(name for name in lacking if name not in meant):
            hint = "write it into the first line"
            self.say(f"the header lacks {missing}", line, hint)
        return not lacking

    def _separated(self, cells: Sequence[str], line: int) -> bool:
        """Whether a line has another sign between its values, with a problem if so."""
        if len(cells) > 1:
            return False
        words = next(
            (words for sign, words in _SIGNS.items() if sign in cells[0]), ""
        )
        if words:
            message = f"the values are separated by {words}"
            self.say(message, line, "separate them with commas")
        return bool(words)

    def _fits(
        self, heads: Sequence[str], cells: Sequence[str], line: int
    ) -> bool:
        """Whether each value of a line has a column."""
        if self._separated(cells, line):
            return False
        pairs = zip(heads, cells, strict=False)
        nameless = any(cell.strip() and not name for name, cell in pairs)
        if len(cells) == len(heads) and not nameless:
            return True
        given = f"{len(cells)} value{'' if len(cells) == 1 else 's'}"
        columns = len(list(filter(None, heads)))
        message = f"the line has {given} for {columns} columns"
        hint = "put a value that contains a comma in quotes"
        if len(cells) < len(heads) and not nameless:
            hint = "write a comma for each empty value, too"
        self.say(message, line, hint)
        return False

    def _result(self, cells: Mapping[str, str], line: int) -> Result | None:
        texts = {
            name: " ".join(cells.get(name, "").split()) for name in COLUMNS
        }
        texts["measured_by"] = texts["measured_by"] or AUTHORS
        empty = [name for name in _REQUIRED if not texts[name]]
        number = _number(texts["value"])
        strange = not empty and self._unknown(texts, line)
        faults = []
        if empty:
            verb = "is" if len(empty) == 1 else "are"
            hint = f"every line needs {', '.join(_REQUIRED[:-1])} and {_REQUIRED[-1]}"
            faults.append((f"{', '.join(empty)} {verb} empty", hint))
        if number is None and texts["value"]:
            hint = _NUMBER_ALONE
            if re.fullmatch(r"[-\N{MINUS SIGN}]?\d+,\d+\s*%?", texts["value"]):
                hint = f"write {texts['value'].replace(',', '.')}"
            faults.append((f"value: {texts['value']!r} is not a number", hint))
        source = texts["source"]
        if source and not is_web_address(source):
            hint = "write the whole address, beginning with https://"
            faults.append(
                (f"source: {source!r} is not an http or https address", hint)
            )
        for message, hint in faults:
            self.say(message, line, hint)
        if texts["date"] and not iso_day(texts["date"]):
            message = f"date: {texts['date']!r} is not a date, and is left out"
            self.say(message, line, "write it as 2024, 2024-03 or 2024-03-17")
            texts["date"] = ""
        if faults or strange or number is None:
            return None
        result = Result(**texts, number=number, file=self.file, line=line)
        first = self.seen.setdefault(result.cell, result)
        if first is not result:
            here = first.file == self.file
            place = (
                f"on line {first.line}"
                if here
                else f"in {first.file}:{first.line}"
            )
            self.say(f"the same value is already {place}", line, _DELETE)
            return None
        return result

    def _unknown(self, texts: Mapping[str, str], line: int) -> bool:
        """Whether a name of the line is not declared; each is noted with its places."""
        strange = False
        for named in _NAMED:
            name = texts[named.column]
            if name in {"", named.free} or self.vocabulary.named(
                named.kind, name
            ):
                continue
            if not (named.entries and name in self.entries):
                self.strangers.setdefault((named, name), []).append(
                    (self.file, line)
                )
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
            message = f"{named.column}: {name!r} is {what}"
            if others := len(places) - 1:
                message += (
                    f" (and on {others} more line{'s' if others > 1 else ''})"
                )
            hint = did_you_mean(name, known) or _declare(kind, name)
            self.problems.append(
                Problem(Code.RESULT, message, *places[0], hint=hint)
            )


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
