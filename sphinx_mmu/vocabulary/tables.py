"""The tables of all vocabulary files, each key with a value that fits it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sphinx_mmu.bib.reader import without_controls
from sphinx_mmu.files import read_file
from sphinx_mmu.problems import (
    Code,
    Problem,
    misspelt,
    suggestion,
    unreadable,
)
from sphinx_mmu.vocabulary.shapes import SHAPES
from sphinx_mmu.vocabulary.toml import lines_of_headers, parse
from sphinx_mmu.vocabulary.values import MisfitError, read_value

LONGEST_FILE = 10_000_000
"""The most bytes of a vocabulary file."""


class Tables:
    """Kind → name → table, and a problem for each thing in the files that means nothing."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.by_kind: dict[str, dict[str, dict[str, Any]]] = {
            kind: {} for kind in SHAPES
        }
        self.places: dict[tuple[str, str], tuple[str, int]] = {}

    def say(
        self, message: str, file: str, line: int, key: str = "", hint: str = ""
    ) -> None:
        """Report what is wrong at a line."""
        self.problems.append(
            Problem(Code.VOCABULARY, message, file, line, key, hint)
        )

    def say_of(self, kind: str, name: str, message: str, hint: str) -> None:
        """Report what is wrong with a table, at its place."""
        self.say(message, *self.places[kind, name], name, hint)

    def refuse(
        self, kind: str, name: str, key: str, message: str, hint: str
    ) -> None:
        """Report what is wrong with the value of a key, and leave it out."""
        self.say_of(kind, name, message, hint)
        del self.by_kind[kind][name][key]

    def read(self, path: Path, name: str) -> None:
        """Take the tables of a file, called ``name`` in messages."""
        try:
            text = read_file(path, LONGEST_FILE).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(unreadable(error, name))
            return
        text = text.replace("\r\n", "\n")
        lines = lines_of_headers(text)

        def report(message: str, line: int, hint: str) -> None:
            self.say(message, name, line, hint=hint)

        for table, line in parse(text, report):
            for kind, tables in table.items():
                self._note(kind, tables, name, {} if line else lines, line)

    def _note(
        self,
        kind: str,
        tables: Any,
        file: str,
        lines: Mapping[tuple[str, str], int],
        line: int,
    ) -> None:
        """Take the tables of a kind: one at ``line``, or several at those of ``lines``."""
        if kind not in self.by_kind:
            message = f"a vocabulary has no tables [{kind}.…]"
            hint = suggestion(kind, self.by_kind)
        elif not isinstance(tables, dict):
            message, hint = f"{kind!r} is not a table", f"write [{kind}.name]"
        else:
            for name, table in tables.items():
                known = lines.get((kind, name)) or lines.get((name, ""), 0)
                self._note_table(kind, name, table, (file, line or known))
            return
        self.say(message, file, line or lines.get((kind, ""), 0), kind, hint)

    def _note_table(
        self, kind: str, written: str, given: Any, place: tuple[str, int]
    ) -> None:
        name = without_controls(written)
        title = f"[{kind}.{name}]"
        try:
            table = _without_controls(given)
            clean = (name, table) == (written, given)
        except RecursionError:
            self.say(f"{title} is nested too deep", *place, name)
            return
        if not clean:
            message = f"{title} has a control character"
            self.problems.append(
                Problem(Code.CONTROL_CHARACTER, message, *place, name)
            )
        if not isinstance(table, dict):
            hint = f"write [{kind}.name] above its keys, once for each name"
            self.say(f"{title} is not a table", *place, name, hint)
            return
        if name in self.by_kind[kind]:
            file, line = self.places[kind, name]
            message = f"{title} is declared twice; first in {file}:{line}"
            self.say(message, *place, name, "delete one of the two")
            return
        kept = self.by_kind[kind][name] = {}
        self.places[kind, name] = place
        for key, value in table.items():
            try:
                kept[key] = read_value(kind, name, key, value)
            except MisfitError as error:
                self.say_of(kind, name, str(error), error.hint)
            if kind == "term" and key not in SHAPES["term"]:
                self._check_fact(name, key, table)

    def _check_fact(
        self, name: str, key: str, table: Mapping[str, Any]
    ) -> None:
        """Report a fact whose name is nearly that of a key which the term lacks."""
        usual = frozenset(SHAPES["term"].keys() - table.keys())
        if meant := misspelt(key, usual):
            message = f"{key!r} of [term.{name}] is read as a fact"
            place = (*self.places["term", name], name)
            hint = f"did you mean '{meant}'?"
            self.problems.append(
                Problem(Code.MISSPELT_FIELD, message, *place, hint)
            )

    def given(self, kind: str, key: str) -> dict[str, Any]:
        """The name of each table of a kind that has a key, with its value."""
        return {
            name: table[key]
            for name, table in self.by_kind[kind].items()
            if table.get(key)
        }


def _without_controls(value: Any) -> Any:
    """A value of TOML, all of whose texts are fit for pages."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list):
        return [_without_controls(one) for one in value]
    if isinstance(value, dict):
        return {
            without_controls(key): _without_controls(one)
            for key, one in value.items()
        }
    return value
