"""Lists of papers as table, list or cards, with groups and the facets that
readers can filter by.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.collection import Collection
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import counted, lower_first
from sphinx_mmu.problems import (
    Code,
    Problem,
    did_you_mean,
    no_facet,
)
from sphinx_mmu.views.arranged import grouped, sort_papers
from sphinx_mmu.views.base import View, ViewContext
from sphinx_mmu.views.cells import Part, Row
from sphinx_mmu.views.columns import Column, column_names, default_columns

PAPER_FORMATS = ("table", "list", "cards")
_SEVERAL = 100
"""A number with the usual plural."""


class PapersRequest(NamedTuple):
    """The entries of a collection that match all ``filters``.

    ``columns`` are those of a table (empty: the usual ones), ``limit`` is the number of rows (0:
    all), ``catalogue`` the name of a catalogue whose labels are used, ``facets`` those of an
    explorer.
    """

    kind: str = "papers"
    collection: str = "papers"
    filters: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sort: str = "-date"
    group_by: str = ""
    limit: int = 0
    format: str = "table"
    caption: str = ""
    catalogue: str = ""
    card: bool = False
    facets: tuple[str, ...] = ()
    empty_ok: bool = False


class Group(NamedTuple):
    """Rows under one heading; the heading of an ungrouped view is empty."""

    heading: tuple[Part, ...]
    rows: tuple[Row, ...]


class Offer(NamedTuple):
    """A facet of an explorer: its name, its label, and (value, label, number of papers) of what it
    offers.
    """

    facet: str
    label: str
    values: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class PapersView(View):
    """Rows in groups. ``shown`` of the ``count`` matches are in the groups; ``unit`` is what that
    many rows are called, and ``units`` what one and several are.
    """

    shown: int = 0
    columns: tuple[Column, ...] = ()
    groups: tuple[Group, ...] = field(default=(), repr=False)
    unit: str = ""
    units: tuple[str, str] = ("", "")
    offers: tuple[Offer, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all rows in order; one for each group that a paper is in."""
        rows = chain.from_iterable(group.rows for group in self.groups)
        return tuple(row.key for row in rows)


def papers_view(context: ViewContext, request: PapersRequest) -> PapersView:
    """Select, sort, cut and group the entries that a request asks for."""
    library = context.library
    collection = library.collection(request.collection)
    found, faults = evaluate.select(request.filters, collection)
    problems = list(faults)
    columns = _columns(context, request, problems)
    papers = sort_papers(collection.of(found), request.sort, problems)
    shown = papers[: request.limit] if request.limit else papers
    parts = grouped(library, shown, request.group_by, problems)
    if not papers and not problems and not request.empty_ok:
        problems.append(nothing_found(request.filters, request.collection))

    names = tuple(c.name for c in columns)
    groups = []
    marks = []
    for heading, members in parts:
        made = [context.columns.row(names, paper) for paper in members]
        groups.append(Group(heading, tuple(row for row, _mark in made)))
        marks.append((heading, [mark for _row, mark in made]))
    offers = [
        _offer(library, name, collection, found, problems)
        for name in request.facets
    ]
    return PapersView(
        request,
        len(papers),
        problems=tuple(problems),
        found=found,
        beside=marks,
        shown=len(shown),
        columns=tuple(columns),
        groups=tuple(groups),
        unit=_unit(library, request, len(papers)),
        units=(_unit(library, request, 1), _unit(library, request, _SEVERAL)),
        offers=tuple(offer for offer in offers if offer.values),
    )


def nothing_found(filters: tuple[str, ...], collection: str) -> Problem:
    """Make the problem of a view without any match."""
    if filters:
        text = " AND ".join(filters)
        return Problem(
            Code.EMPTY_RESULT, f"no entry matches the filter {text!r}"
        )
    message = f"there are no {collection} to show"
    return Problem(Code.EMPTY_RESULT, message, hint="check conf.py")


# --- columns


def _columns(
    context: ViewContext, request: PapersRequest, problems: list[Problem]
) -> list[Column]:
    """Look up the columns that the format shows. An unknown one is a problem, whatever the
    format.
    """
    library = context.library
    usual = default_columns(library)
    asked = request.columns or usual
    unknown = (name for name in asked if not context.columns.find(name))
    problems += [_unknown_column(library, name) for name in unknown]
    if request.format == "cards":
        return _known(context, usual)
    if request.format == "list":
        badges = [f.name for f in library.facets.values() if f.numbered]
        return _known(context, (*badges, "date", "title"))
    columns = _known(context, asked) or _known(context, usual)
    catalogue = library.vocabulary.catalogues.get(request.catalogue)
    if catalogue:
        columns[0] = columns[0]._replace(label=catalogue.label)
    return columns


def _known(context: ViewContext, names: Iterable[str]) -> list[Column]:
    return list(filter(None, map(context.columns.find, names)))


def _unknown_column(library: Library, name: str) -> Problem:
    facet, colon, _value = name.partition(":")
    choices = list(column_names(library))
    if colon:
        papers = library.papers
        choices = []
        for known in (facet,) if facet in papers.facets() else papers.facets():
            choices += [f"{known}:{value}" for value in papers.values(known)]
    hint = did_you_mean(name, choices)
    return Problem(
        Code.UNKNOWN_COLUMN, f"there is no column {name!r}", hint=hint
    )


def _unit(library: Library, request: PapersRequest, count: int) -> str:
    """What so many rows are called."""
    catalogue = library.vocabulary.catalogues.get(request.catalogue)
    if catalogue:
        return lower_first(catalogue.label) if count == 1 else catalogue.plural
    if request.collection == "datasets":
        return counted("dataset", "datasets", count)
    return counted("paper", "papers", count)


def _offer(
    library: Library,
    name: str,
    collection: Collection,
    found: int,
    problems: list[Problem],
) -> Offer:
    """Count the values of a facet that papers of the view have."""
    facet = library.facet(name)
    if facet is None:
        problems.append(no_facet(name, library.facet_names()))
        return Offer(name, name, ())
    values = []
    for value in collection.values(name):
        papers = (collection.tagged(name, value) or 0) & found
        if papers:
            values.append(
                (value, library.term_label(name, value), papers.bit_count())
            )
    if name in ("year", "published"):
        values.sort(reverse=True)
    elif name not in library.facets:
        values.sort(key=lambda found: (-found[2], found[1]))
    return Offer(name, facet.label, tuple(values))
