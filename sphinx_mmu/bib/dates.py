"""Dates of entries: the formats that BibTeX and biblatex files have, and which date is which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as calendar_date
from typing import NamedTuple

from pybtex.database.input.bibtex import month_names

from sphinx_mmu.bib.latex import plain_text
from sphinx_mmu.bib.reader import RawEntry

DATES = frozenset(
    {"date", "year", "origdate", "eventdate", "urldate", "added", "checked"}
)
"""Fields with a date."""


class Dates(NamedTuple):
    """The dates of an entry, each as far as it is known (2024, 2024-05 or 2024-05-17) or empty.

    ``first`` is that of the first public version, ``issued`` that of publication, ``written``
    whether the entry has a field for either.
    """

    first: str
    issued: str
    written: bool


def dates_of(entry: RawEntry) -> Dates:
    """When an entry was first public, and when it was published: the one answer that all outputs
    give.
    """
    fields = {
        name: plain_text(field.value)
        for name, field in entry.fields.items()
        if name in _READ
    }
    return read_dates(fields)[0]


def read_dates(
    fields: Mapping[str, str],
) -> tuple[Dates, list[tuple[str, str, str]]]:
    """The dates that the fields of an entry (plain text) give, and each field that is wrong with
    what is wrong and, where it is not the same for all, what to write.
    """
    faults: list[tuple[str, str, str]] = []
    found: dict[str, str] = {}
    for name in ("origdate", "date", "year"):
        if written := fields.get(name):
            found[name] = iso_day(written)
            if not found[name]:
                faults.append((name, f"{name}: '{written}' is not a date", ""))
            elif name == "year" and "/" in written:
                message = (
                    f"year: '{written}' is several years; the first one counts"
                )
                faults.append((name, message, f"write {found[name]}"))
    if written := fields.get("month"):
        month, year = month_number(written), found.get("year", "")
        if not month:
            hint = "write its name, or a number from 1 to 12"
            faults.append(("month", f"month: '{written}' is not a month", hint))
        elif year and "-" not in year:
            found["year"] = f"{year}-{month}"
    first = next((date for date in found.values() if date), "")
    year, date = found.get("year", ""), found.get("date", "")
    agree = not year or date[:4] == year[:4]
    return Dates(
        first, max(year, date, key=len) if agree else year, bool(found)
    ), faults


def year_of(date: str) -> int | None:
    """The year of an ISO date, None if there is none."""
    return int(date[:4]) if date else None


# --- dates as they are written

_READ = (*DATES, "month")
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[\d:.Z+-]*)?[?~%]?(?:/.*)?", re.ASCII
)
_MONTHS = tuple(month_names)  # their abbreviations
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(0?[1-9]|1[0-2])\b")


def iso_day(written: str) -> str:
    """The day, month or year that an ISO or biblatex date begins with; empty if it is none."""
    found = _DATE.fullmatch(written)
    if not found:
        return ""
    year, month, day = found.groups()
    if month and "21" <= month <= "24":  # biblatex's seasons
        return str(year)
    try:
        calendar_date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(part for part in (year, month, day) if part)


def month_number(written: str) -> str:
    """A month as two digits, from its name in English, an abbreviation, or a number; empty if it is
    none.
    """
    if name := _MONTH.search(written):
        return f"{_MONTHS.index(name[1].lower()) + 1:02}"
    number = _MONTH_NUMBER.match(written)
    return f"{int(number[1]):02}" if number else ""
