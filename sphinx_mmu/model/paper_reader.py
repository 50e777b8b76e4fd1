"""Reads the paper that an entry describes.

Everything is made from one entry alone and never changed after. Nothing raises: what cannot be
understood is a problem at its line, and the rest counts.
"""

from __future__ import annotations

import re

from sphinx_mmu.bib.dates import Dates, iso_day, read_dates, year_of
from sphinx_mmu.bib.fields import VERBATIM
from sphinx_mmu.bib.latex import plain_text, unescaped
from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.model import links, publication
from sphinx_mmu.model.evidence import evidence
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import (
    ET_AL,
    NAME_PARTS,
    Person,
    person_from,
    several_names,
    split_names,
)
from sphinx_mmu.model.tags import no_tag, split_words, tag_value
from sphinx_mmu.problems import Code, Problem

_TAG = re.compile(r"([A-Za-z][\w-]*):(?!//)(\S.*|)")
_AS_WRITTEN = VERBATIM | links.fields()


def paper_from(entry: RawEntry) -> tuple[Paper, tuple[Problem, ...]]:
    """The paper that an entry describes, and what is wrong with it."""
    reader = _Reader(entry)
    authors = reader.people()
    dates = reader.dates()
    tags, keywords = reader.keywords()
    fields = reader.fields
    if not fields.get("title"):
        reader.problem(Code.MISSING_TITLE, "the entry has no title", "title")
    reader.check_evidence()
    result = Paper(
        key=entry.key,
        type=entry.type,
        title=fields.get("title") or entry.key,
        short=fields.get("shorttitle", ""),
        authors=authors,
        year=year_of(dates.first),
        date=dates.first,
        added=reader.added() or dates.first,
        published=year_of(dates.issued),
        issued=dates.issued,
        venue=publication.venue(fields),
        venue_short=publication.venue_short(fields),
        tags=tags,
        keywords=keywords,
        links=links.read(fields, reader.report),
        abstract=fields.get("abstract", ""),
        fields=fields,
        entry=entry,
    )
    return result, tuple(reader.problems)


class _Reader:
    """One entry's fields as text, and the problems found while reading them."""

    def __init__(self, entry: RawEntry) -> None:
        self.entry = entry
        self.problems: list[Problem] = []
        self.fields = {
            name: unescaped(field.value)
            if name in _AS_WRITTEN
            else plain_text(field.value)
            for name, field in entry.fields.items()
        }

    def problem(
        self, code: Code, message: str, field: str, hint: str = ""
    ) -> None:
        line = self.entry.line_of(field)
        self.problems.append(self.entry.problem(code, message, line, hint))

    def report(self, field: str, message: str, hint: str) -> None:
        """Take what is wrong with the address in a field."""
        self.problem(Code.BAD_URL, f"{field}: {message}", field, hint)

    def people(self) -> tuple[Person, ...]:
        """The authors, or else the editors."""
        named = [name for name in ("author", "editor") if self.fields.get(name)]
        if not named:
            return ()
        field = named[0]
        split = split_names(self.entry.value(field))
        names = [name.strip(" ,") for name in split]
        people = []
        bad = []
        for name in names:
            several = several_names(name)
            people += [person_from(one.strip()) for one in several]
            if name.count(",") >= NAME_PARTS or len(several) > 1:
                bad.append(name)
        cut = [name.strip() for name in split if name.rstrip().endswith(",")]
        if bad:
            message = f"{field}: '{plain_text(bad[0])}' is more than one name"
            hint = (
                "write 'and others' for 'et al.'"
                if ET_AL.fullmatch(bad[0])
                else ""
            )
            self.problem(Code.BAD_NAME, message, field, hint)
        elif cut:
            message = f"{field}: '{plain_text(cut[0])}' ends with a comma"
            self.problem(
                Code.BAD_NAME, message, field, "join names with 'and' alone"
            )
        elif None in people:
            self.problem(Code.BAD_NAME, f"{field}: a name is empty", field)
        return tuple(one for one in people if one)

    def dates(self) -> Dates:
        """The dates of the first public version and of publication. A value that is not a date is
        reported.
        """
        dates, faults = read_dates(self.fields)
        for name, message, hint in faults:
            self.problem(Code.BAD_DATE, message, name, hint)
        if not dates.written and self.entry.type != "dataset":
            self.problem(Code.MISSING_YEAR, "the entry has no year", "year")
        return dates

    def added(self) -> str:
        """When the entry became part of the database; the day of its last check is looked at,
        too.
        """
        days = {}
        for name in ("added", "checked"):
            written = self.fields.get(name, "")
            days[name] = iso_day(written)
            if written and not days[name]:
                self.problem(
                    Code.BAD_DATE, f"{name}: '{written}' is not a date", name
                )
        return days["added"]

    def check_evidence(self) -> None:
        """Report sources of values that cannot be read."""
        for name, message, hint in evidence(self.fields)[1]:
            self.problem(Code.BAD_SOURCE, message, name, hint)

    def keywords(self) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
        """The tags by facet, and the keywords that are no tags."""
        tags: dict[str, dict[str, None]] = {}
        plain: dict[str, None] = {}
        for word in split_words(self.fields.get("keywords", ""), ",;"):
            tag = _TAG.fullmatch(word)
            if not tag:
                plain[word] = None
            elif value := tag_value(tag[2]):
                tags.setdefault(tag[1], {})[value] = None
            else:
                self.problems.append(
                    no_tag(self.entry, "keywords", tag[1], tag[2])
                )
        return {facet: tuple(values) for facet, values in tags.items()}, tuple(
            plain
        )
