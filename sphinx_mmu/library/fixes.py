"""Automatic fixes, each with a note of what was changed, for problems with only one correct answer.

Everything else is left for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sphinx_mmu.bib.style import SourceEntry, rewritten
from sphinx_mmu.vocabulary.vocabulary import Vocabulary

_DATES = ("date", "origdate", "added", "checked")
_DATE = re.compile(r"\{\s*(\d{4})[-/.](\d\d?)(?:[-/.](\d\d?))?\s*\}")
_EMPTY_NAME = re.compile(
    r"^\s*and\s+|\s+and\s*$|(?<=\sand)\s+and(?=\s)", re.IGNORECASE
)
_LAST_MONTH = 12
_BETWEEN = re.compile(r"[\s_-]+")


class Fix(NamedTuple):
    """What was fixed in the entry at a line."""

    line: int
    key: str
    what: str


def fixed(text: str, vocabulary: Vocabulary) -> tuple[str, tuple[Fix, ...]]:
    """The text of a .bib file with its fixes applied, and the list of these."""
    done: list[Fix] = []
    seen: dict[str, SourceEntry] = {}

    def change(entry: SourceEntry) -> SourceEntry | None:
        fixes = []
        for step in _STEPS:
            for new, what in step(entry, vocabulary):
                fixes.append(Fix(entry.line, entry.key, what))
                entry = new
        first = seen.setdefault(entry.key, entry)
        same = first.kind == entry.kind and sorted(first.fields) == sorted(
            entry.fields
        )
        if first is not entry and same:
            what = f"deleted, since line {first.line} has the same"
            done.append(Fix(entry.line, entry.key, what))
            return None
        done.extend(fixes)
        return entry

    return rewritten(text, change), tuple(done)


_Step = Callable[[SourceEntry, Vocabulary], Iterator[tuple[SourceEntry, str]]]


def _fields_given_twice(
    entry: SourceEntry, _: Vocabulary
) -> Iterator[tuple[SourceEntry, str]]:
    unique = tuple(dict.fromkeys(entry.fields))
    if unique != entry.fields:
        what = "a field that was given twice with the same text"
        yield replace(entry, fields=unique), what


def _dates(
    entry: SourceEntry, _: Vocabulary
) -> Iterator[tuple[SourceEntry, str]]:
    first = dict(reversed(entry.fields))  # of two fields with one name
    for name, value in first.items():
        found = _DATE.fullmatch(value) if name in _DATES else None
        if found and int(found[2]) <= _LAST_MONTH:
            rest = (f"{int(part):02}" for part in found.groups()[1:] if part)
            date = "-".join([found[1], *rest])
            if value != f"{{{date}}}":
                entry = entry.having(**{name: date})
                yield entry, f"{name} is written {date}"


def _names(
    entry: SourceEntry, _: Vocabulary
) -> Iterator[tuple[SourceEntry, str]]:
    for name in ("author", "editor"):
        value = entry.value(name)
        new = _EMPTY_NAME.sub("", value)
        if new != value:
            entry = entry.having(**{name: new})
            yield entry, f"an empty name in {name}"


def _tags(
    entry: SourceEntry, vocabulary: Vocabulary
) -> Iterator[tuple[SourceEntry, str]]:
    """A tag that the vocabulary has but for capitals, hyphens and blanks."""
    value = entry.value("keywords")
    words = [word.strip() for word in value.split(",")]
    new = {word: _tag(word, vocabulary) for word in words}
    wrong = {word: tag for word, tag in new.items() if tag != word}
    if wrong:
        keywords = ", ".join(dict.fromkeys(new[word] for word in words if word))
        what = "; ".join(f"{word} is {tag}" for word, tag in wrong.items())
        yield entry.having(keywords=keywords), what


def _tag(word: str, vocabulary: Vocabulary) -> str:
    if ":" not in word or vocabulary.term(word):
        return word
    wanted = _plain(word)
    found = [tag for tag in vocabulary.terms if _plain(tag) == wanted]
    return found[0] if len(found) == 1 else word


def _plain(tag: str) -> str:
    return _BETWEEN.sub("", tag).casefold()


_STEPS: tuple[_Step, ...] = (
    _fields_given_twice,
    _dates,
    _names,
    _tags,
    _fields_given_twice,
)
