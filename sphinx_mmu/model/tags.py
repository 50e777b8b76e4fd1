"""Tags and other values that a field lists, and the lines that they are on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache

from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.problems import Code, Problem

_LISTED = re.compile(r"[^\s,;{}\"=][^,;{}\"=]*")
TAG_LEVELS = 32
"""The most levels of a tag or term."""


def split_words(text: str, separators: str = ",") -> Iterator[str]:
    """The values that a field lists, each in one line whatever blanks and blank lines it is written
    with.
    """
    for part in re.split(f"[{separators}]", text):
        if word := " ".join(part.split()):
            yield word


def tag_value(value: str) -> str:
    """A tag's value without blanks around its slashes; nothing if a part is empty, or it is too
    deep.
    """
    parts = [part.strip() for part in value.split("/")]
    return "/".join(parts) if all(parts) and len(parts) <= TAG_LEVELS else ""


def no_tag(entry: RawEntry, field: str, facet: str, value: str) -> Problem:
    """What is wrong with a tag that :func:`tag_value` refuses, and what to write instead."""
    prefix = f"{facet}:" if field == "keywords" else ""
    line = line_of(entry, field, prefix + value)
    parts = [part.strip() for part in value.split("/") if part.strip()]
    if len(parts) > TAG_LEVELS:
        has = f"{prefix + value!r} has {len(parts)}"
        message = f"{field}: a tag has at most {TAG_LEVELS} levels, and {has}"
        return entry.problem(Code.LIMIT, message, line)
    message = f"{field}: a part of {prefix + value!r} is empty"
    hint = f"write {prefix}{'/'.join(parts) or 'value'}"
    return entry.problem(Code.UNKNOWN_TAG, message, line, hint)


def line_of(entry: RawEntry, field: str, text: str) -> int:
    """The line of a text within a field of an entry, as far as the source shows it."""
    start = entry.line_of(field)
    breaks = _breaks(entry.source)
    above = min(max(start - entry.line, 0), len(breaks))
    begin = breaks[above - 1] if above else 0
    at = _words(entry.source, begin).get(text, -1)
    if at < 0:
        at = entry.source.find(text, begin)
    return start if at < 0 else entry.line + bisect_left(breaks, at)


@lru_cache(maxsize=16)
def _words(source: str, begin: int) -> Mapping[str, int]:
    """Where each tag or key that is listed from a place on occurs first, tags without their facet
    too.
    """
    places: dict[str, int] = {}
    for found in _LISTED.finditer(source, begin):
        word = " ".join(found[0].split())
        for name in (word, word.partition(":")[2]):
            places.setdefault(name, found.start())
    return places


@lru_cache(maxsize=16)
def _breaks(source: str) -> list[int]:
    return [found.start() for found in re.finditer("\n", source)]
