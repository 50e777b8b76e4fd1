"""The data of an entry as plain values: text instead of TeX, people, dates, links and tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.model.links import Link
from sphinx_mmu.model.people import Person


@dataclass(frozen=True, slots=True)
class Paper:
    """One entry; ``date`` is its first public version and ``year`` the year of that.

    ``added`` is when it became part of the database (the field ``added``); without that it is
    ``date``. ``published`` is the year of publication and ``issued`` its date, as far as that is
    known. ``unpublished`` are the texts of fields that nothing shows unless a page asks for one as
    a column; ``fields`` and ``entry`` lack them.
    """

    key: str
    type: str
    title: str
    short: str
    authors: tuple[Person, ...]
    year: int | None
    date: str
    added: str
    published: int | None
    issued: str
    venue: str
    venue_short: str
    tags: Mapping[str, tuple[str, ...]]
    keywords: tuple[str, ...]
    links: tuple[Link, ...]
    abstract: str
    fields: Mapping[str, str]
    entry: RawEntry
    unpublished: Mapping[str, str] = field(default_factory=dict)
