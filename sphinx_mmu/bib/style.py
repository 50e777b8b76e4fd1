"""Brings the entries of a .bib text into the canonical form, and leaves everything else as it is.

What changes: the type and the names of fields become lower case; fields are sorted by
:data:`sphinx_mmu.bib.writer.ORDER`, one per line, aligned, in braces, without a comma after the
last; entries separated only by blanks get one empty line between them. What does not: the order of
entries, the text of values, abbreviations and what is joined with them, fields given twice,
``@string``, ``@preamble``, ``@comment`` and free text, and entries that cannot be read without
guessing. Line ends are all like the first one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from sphinx_mmu.bib import reader, writer

_BLANKS = " \t\n\r\f\v"
_BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")
_HEAD = re.compile(r"@\s*([^\s{(]+)\s*(?:\{\s*([^\s,{}=]+)|\(\s*([^\s,{}=)]+))\s*")
_FIELD = re.compile(r"[\s,]*([^\s,={}]+)\s*=\s*")
_END = re.compile(r"[\s,]*[})]\Z")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r'["{}]')


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is written: ``fields`` are names and values with delimiters, in order,
    ``line`` is its first.
    """

    kind: str
    key: str
    fields: tuple[tuple[str, str], ...]
    source: str
    line: int

    @property
    def text(self) -> str:
        """The entry in canonical form, without a line end behind it."""
        return writer.ordered(self.kind, self.key, self.fields).rstrip("\n")

    def value(self, name: str) -> str:
        """The text of a field between its delimiters, empty if there is none."""
        return next(
            (v[1:-1] if v.startswith("{") else v for n, v in self.fields if n == name),
            "",
        )

    def having(self, **values: str) -> Written:
        """The entry with these fields changed or added; one that is empty is taken out.

        Of a field that is given twice the first is changed, which is the one that counts.
        """
        kept, known = [], set[str]()
        for name, value in self.fields:
            new_here = name in values and name not in known
            known.add(name)
            if values.get(name, name):
                kept.append(
                    (name, writer.braced(name, values[name]) if new_here else value)
                )
        new = [
            (n, writer.braced(n, v)) for n, v in values.items() if v and n not in known
        ]
        return replace(self, fields=(*kept, *new))


@dataclass(frozen=True, slots=True)
class Layout:
    """A text in canonical form, and the lines of entries that had to stay as they are."""

    text: str
    left: tuple[int, ...] = ()


def laid_out(text: str) -> Layout:
    """The text with its entries in canonical form; reading it gives the same as reading the old
    one.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    end = _LINE_END.search(text)
    old = _LINE_END.sub("\n", text.removeprefix(_BOM))
    new, left = _rewritten(old)
    if _meaning(new) != _meaning(old):  # a fault that reaches over several entries
        new, left = old, [span.line for span in reader.spans(old)]
    return Layout(mark + new.replace("\n", end[0] if end else "\n"), tuple(left))


def _rewritten(old: str) -> tuple[str, list[int]]:
    """The new text, and the lines of the old one in which entries begin that had to stay."""
    parts: list[str] = []
    left: list[int] = []
    position, kept = 0, False
    for span in reader.spans(old):
        source = old[span.start : span.end]
        new = "" if span.faulty else _entry(source)
        if not new:
            left.append(span.line)
        blank = "\n\n" if position else ""
        parts += [
            _gap(old[position : span.start], blank, keep=kept or not new),
            new or source,
        ]
        position, kept = span.end, not new
    return "".join(
        [*parts, _gap(old[position:], "\n" if position else "", keep=kept)]
    ), left


def _gap(text: str, blank: str, *, keep: bool) -> str:
    """What lies between two entries: free text as it is, blanks as the canonical form has them."""
    return text if keep or text.strip(_BLANKS) else blank


def rewritten(text: str, change: Callable[[Written], Written | None]) -> str:
    """The text with each entry that ``change`` gives another form of, and without those that it
    gives None for.

    Entries that cannot be read without guessing are not shown to it; those that it returns as they
    are stay as they are, byte for byte.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    end = _LINE_END.search(text)
    old = _LINE_END.sub("\n", text.removeprefix(_BOM))
    parts, position = [], 0
    for span in reader.spans(old):
        entry = None if span.faulty else written(old[span.start : span.end], span.line)
        new = change(entry) if entry else None
        if not entry or new == entry:
            continue
        parts += [old[position : span.start], new.text if new else ""]
        # Other text in the line of a deleted entry remains in that line.
        alone = span.start == 0 or old[span.start - 1] == "\n"
        after = len(old) - len(old[span.end :].lstrip(_BLANKS))
        position = after if alone and not new else span.end
    return mark + "".join([*parts, old[position:]]).replace(
        "\n", end[0] if end else "\n"
    )


def written(source: str, line: int = 1) -> Written | None:
    """The parts of an entry; None if its canonical form would not mean the same."""
    head = _HEAD.match(source)
    fields = _fields(source, head.end()) if head else None
    if not head or fields is None:
        return None
    entry = Written(head[1].lower(), head[2] or head[3], tuple(fields), source, line)
    return entry if _meaning(entry.text) == _meaning(source) else None


def _entry(source: str) -> str:
    """The entry in canonical form; empty if that would not mean the same."""
    entry = written(source)
    return entry.text if entry else ""


def _fields(source: str, position: int) -> list[tuple[str, str]] | None:
    """Names and values from a place on, values with the delimiters of the canonical form; None if
    there is more.
    """
    found = []
    while field := _FIELD.match(source, position):
        value, position = _value(field[1].lower(), source, field.end())
        if not value:
            return None
        found.append((field[1].lower(), value))
    return found if _END.match(source, position) else None


def _value(name: str, source: str, start: int) -> tuple[str, int]:
    """A value and the place behind it: what is joined stays as it is written."""
    parts, position = [], start
    while end := _part(source, position):
        parts.append(source[position:end])
        joint = reader.JOINT.match(source, end)
        if not joint:
            plain = len(parts) == 1 and (
                parts[0].isdecimal() or parts[0].startswith(("{", '"'))
            )
            return writer.braced(name, _inner(parts[0])) if plain else source[
                start:end
            ], end
        position = joint.end()
    return "", position


def _inner(part: str) -> str:
    return part if part.isdecimal() else part[1:-1].strip(_BLANKS)


def _part(source: str, start: int) -> int:
    """The end of a text in braces or quotes, a number or an abbreviation; 0 if there is none."""
    opening = source[start : start + 1]
    if opening not in {"{", '"'}:
        word = reader.BARE.match(source, start)
        return word.end() if word else 0
    depth, stops = 0, _QUOTE if opening == '"' else _BRACE
    for stop in stops.finditer(source, start + (opening == '"')):
        depth += {"{": 1, "}": -1}.get(stop[0], 0)
        if depth == 0 and stop[0] == ('"' if opening == '"' else "}"):
            return stop.end()
    return 0


def _meaning(text: str) -> object:
    """What the parser reads from a text, and its problems without positions."""
    entries, problems = reader.parse(text, "")
    seen = [
        (e.type, e.key, sorted((f.name, f.value) for f in e.fields.values()))
        for e in entries
    ]
    return seen, Counter((problem.code, problem.key) for problem in problems)
