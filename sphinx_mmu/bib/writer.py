"""Writes entries: in the canonical form, and for other programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pybtex.database.input.bibtex import month_names

from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.bib.values import braced, portable

ORDER = (
    *"""title shorttitle author editor booktitle journal volume number pages publisher venue
    year month eprint eprinttype eprintclass doi openreview url code data project origdate
    added checked sources abstract note""".split(),
    "",
    "keywords",
    "tagsource",
)
"""The order of fields in the canonical form; the empty name is the place of all others, which keep
their own.
"""

PRINTED = frozenset(
    """address author booktitle chapter crossref date doi edition editor eprint eprintclass
    eprinttype archiveprefix howpublished institution isbn issn journal journaltitle key
    location month note number organization pages primaryclass publisher pubstate school
    series subtitle title translator type url urldate version volume year""".split()
)
"""The fields that bibliography styles print. Any other, tags above all, may change without touching
a citation.
"""

_INHERITED = frozenset(
    """address booktitle date editor isbn issn journal journaltitle location month number
    organization publisher series venue volume year""".split()
)
"""What an entry takes over from the one that its ``crossref`` names."""

_WIDTH = 14
"""Of the longest names of standard fields that are common: ``booktitleaddon``."""
_RANK = {name: rank for rank, name in enumerate(ORDER)}


def canonical(entry: RawEntry) -> str:
    """The one form in which files of this project keep an entry, so that changes are minimal
    diffs.
    """
    fields = [(f.name, braced(f.name, f.value)) for f in entry.fields.values()]
    return ordered(entry.type, entry.key, fields)


def ordered(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """An entry in the canonical form, from names and values with their delimiters."""
    unknown = _RANK[""]
    return in_lines(
        kind,
        key,
        sorted(fields, key=lambda field: _RANK.get(field[0], unknown)),
    )


_TYPE = re.compile(r"[A-Za-z]+")
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*")
_MONTHS = {month: abbreviation for abbreviation, month in month_names.items()}


def exported(entry: RawEntry, key: str = "") -> str:
    """The entry in the canonical form, for other programs, under another key if one is given."""
    fields = []
    for name, field in entry.fields.items():
        if _FIELD_NAME.fullmatch(name):
            month = _MONTHS.get(field.value) if name == "month" else None
            fields.append(
                (name, month or braced(name, portable(name, field.value)))
            )
    return ordered(
        entry.type if _TYPE.fullmatch(entry.type) else "misc",
        key or entry.key,
        fields,
    )


def inherit(entry: RawEntry, parent: RawEntry) -> RawEntry:
    """The entry with what it lacks and its ``crossref`` has, as BibTeX and biblatex do. That
    reference is gone.
    """
    given = (
        {"date", "year", "month"}
        if entry.fields.keys() & {"date", "year"}
        else set()
    )
    found = {
        name: value
        for name, value in parent.fields.items()
        if name in _INHERITED - given
    }
    if "title" in parent.fields and entry.type.startswith("in"):
        found.setdefault("booktitle", parent.fields["title"])
    own = {
        name: value
        for name, value in entry.fields.items()
        if name != "crossref"
    }
    return replace(entry, fields=found | own)


def in_lines(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """An entry with these fields in this order, each in a line."""
    lines = ",\n".join(
        f"  {name:<{_WIDTH}} = {value}" for name, value in fields
    )
    end = "\n" if lines else ""
    return f"@{kind}{{{key},\n{lines}{end}}}\n"
