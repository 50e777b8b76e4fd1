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
from sphinx_mmu.bib.reader import EntrySpan, Given
from sphinx_mmu.bib.values import braced

_BLANKS = " \t\n\r\f\v"
_BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class SourceEntry:
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
            (
                v[1:-1] if v.startswith("{") else v
                for n, v in self.fields
                if n == name
            ),
            "",
        )

    def having(self, **values: str) -> SourceEntry:
        """The entry with these fields changed or added; one that is empty is taken out.

        Of a field that is given twice the first is changed, which is the one that counts.
        """
        kept, known = [], set[str]()
        for name, value in self.fields:
            new_here = name in values and name not in known
            known.add(name)
            if values.get(name, name):
                kept.append(
                    (
                        name,
                        braced(name, values[name]) if new_here else value,
                    )
                )
        new = [
            (n, braced(n, v)) for n, v in values.items() if v and n not in known
        ]
        return replace(self, fields=(*kept, *new))


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text in canonical form, and the lines of entries that had to stay as they are."""

    text: str
    left: tuple[int, ...] = ()


def formatted(text: str) -> Formatted:
    """The text with its entries in canonical form; reading it gives the same as reading the old
    one.
    """
    old, whole = _in_lines(text)
    new, left = _rewritten(old)
    # A fault that reaches over several entries.
    if _meaning(new) != _meaning(old):
        new, left = old, [span.line for span in reader.spans(old)]
    return Formatted(whole(new), tuple(left))


def _in_lines(text: str) -> tuple[str, Callable[[str], str]]:
    """The text with line ends LF alone, and what gives such a text the mark and line ends of it."""
    mark = _BOM if text.startswith(_BOM) else ""
    found = _LINE_END.search(text)
    end = found[0] if found else "\n"
    lines = _LINE_END.sub("\n", text.removeprefix(_BOM))
    return lines, lambda new: mark + new.replace("\n", end)


def _rewritten(old: str) -> tuple[str, list[int]]:
    """The new text, and the lines of the old one in which entries begin that had to stay."""
    parts: list[str] = []
    left: list[int] = []
    position, kept = 0, False
    for span in reader.spans(old):
        entry = _written(span, old)
        if not entry:
            left.append(span.line)
        blank = "\n\n" if position else ""
        parts += [
            _gap(old[position : span.start], blank, keep=kept or not entry),
            entry.text if entry else old[span.start : span.end],
        ]
        position, kept = span.end, not entry
    end = _gap(old[position:], "\n" if position else "", keep=kept)
    return "".join([*parts, end]), left


def _gap(text: str, blank: str, *, keep: bool) -> str:
    """What lies between two entries: free text as it is, blanks as the canonical form has them."""
    return text if keep or text.strip(_BLANKS) else blank


def rewritten(
    text: str, change: Callable[[SourceEntry], SourceEntry | None]
) -> str:
    """The text with each entry that ``change`` gives another form of, and without those that it
    gives None for.

    Entries that cannot be read without guessing are not shown to it; those that it returns as they
    are stay as they are, byte for byte.
    """
    old, whole = _in_lines(text)
    parts, position = [], 0
    for span in reader.spans(old):
        entry = _written(span, old)
        new = change(entry) if entry else None
        if not entry or new == entry:
            continue
        parts += [old[position : span.start], new.text if new else ""]
        # Other text in the line of a deleted entry remains in that line.
        alone = span.start == 0 or old[span.start - 1] == "\n"
        after = len(old) - len(old[span.end :].lstrip(_BLANKS))
        position = after if alone and not new else span.end
    return whole("".join([*parts, old[position:]]))


def _written(span: EntrySpan, text: str) -> SourceEntry | None:
    """The entry at a place; None if its canonical form would not mean the same."""
    if span.faulty:
        return None
    source = text[span.start : span.end]
    fields = tuple((one.name, _delimited(one)) for one in span.fields)
    entry = SourceEntry(span.kind, span.key, fields, source, span.line)
    return entry if _meaning(entry.text) == _meaning(source) else None


def _delimited(field: Given) -> str:
    """A value between braces; what is joined stays as it is written."""
    if not field.single:
        return field.written
    number = field.written.isdecimal()
    text = field.written if number else field.written[1:-1].strip(_BLANKS)
    return braced(field.name, text)


def _meaning(text: str) -> object:
    """What the parser reads from a text, and its problems without positions."""
    entries, problems = reader.parse(text, "")
    seen = []
    for entry in entries:
        fields = sorted((f.name, f.value) for f in entry.fields.values())
        seen.append((entry.type, entry.key, fields))
    return seen, Counter((problem.code, problem.key) for problem in problems)
