"""The text of a vocabulary file as tables of plain values, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sphinx_mmu.model.tags import TAG_LEVELS

_HEADER = re.compile(
    r"\[{1,2}(?P<kind>\w+)\.(?P<quote>[\"']?)(?P<name>.+?)(?P=quote)\]{1,2}\s*(?:#.*)?"
)
_FIRST_WORD = re.compile(r"[ \t]*\[*[ \t]*[\"']?([\w-]+)")
_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_DEEP_KEY = re.compile(
    rf"(?<![\w.-]){_PART}(?:\.[ \t]*+{_PART}){{{TAG_LEVELS},}}+([=\]]?)"
)
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")

_TOML_HINTS = {
    "Illegal character '\\n'": "close the text with a quotation mark",
    "Unclosed array": "separate the texts with commas, and write ] after the last",
    "Invalid value": "put texts in quotes; true and false have no capitals",
    "Expected ']' at the end of a table declaration": (
        'close it with ]; a name with colons or spaces needs quotes: [term."facet:value"]'
    ),
    "Unescaped '\\' in a string": "put a text with backslashes in single quotes",
    "Cannot overwrite a value": "delete one of the two",
    "Expected '=' after a key in a key/value pair": 'write key = "value"',
    "Expected newline or end of document after a statement": (
        "write each key in a line of its own, without a comma"
    ),
}
"""What to write instead, by the message of tomllib."""


def parse(
    text: str, report: Callable[[str, int, str], None]
) -> Iterator[tuple[dict[str, Any], int]]:
    """The whole text, with 0, or after a fault each of its tables by itself, with its line, so
    that one fault costs one table. A fault is reported as (message, line, hint).
    """
    try:
        yield _loaded(text), 0
    except (ValueError, RecursionError):
        line = 1
        for part in re.split(r"^(?=\[)", text, flags=re.MULTILINE):
            try:
                yield _loaded(part), line
            except (ValueError, RecursionError) as error:
                fault, offset = _fault(error)
                hint = _TOML_HINTS.get(fault, "")
                report(f"TOML: {fault}", line + offset, hint)
            line += part.count("\n")


def _loaded(text: str) -> dict[str, Any]:
    """A TOML text as plain values. Raises ValueError or RecursionError."""
    for found in _DEEP_KEY.finditer(text):
        # The time to read such a key grows with the square of its parts.
        if found[1]:
            line = text.count("\n", 0, found.start()) + 1
            message = f"a key has more than {TAG_LEVELS} parts (at line {line}, column 1)"
            raise tomllib.TOMLDecodeError(message)
    return tomllib.loads(text)


def _fault(error: Exception) -> tuple[str, int]:
    """What is wrong with a TOML text, and how many lines below its first."""
    if isinstance(error, RecursionError):
        return "lists or tables are nested too deep", 0
    if not isinstance(error, tomllib.TOMLDecodeError):
        # of a number with thousands of digits
        return "a number is too long; put it in quotes", 0
    found = _AT_LINE.search(str(error))
    return _AT_LINE.sub("", str(error)), int(found[1]) - 1 if found else 0


def lines_of_headers(text: str) -> Mapping[tuple[str, str], int]:
    """Kind and name of each table with its line; for what is no such table, the first line that
    begins with a word, as (word, "").
    """
    lines: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if found := _HEADER.fullmatch(line):
            lines[found["kind"], found["name"]] = number
        if found := _FIRST_WORD.match(line):
            lines.setdefault((found[1], ""), number)
    return lines
