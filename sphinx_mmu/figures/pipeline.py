"""Pipeline: the terms of a numbered facet as stations along a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sphinx_mmu.figures.context import DataTable, FigureContext, TermRef, listed
from sphinx_mmu.figures.directions import listed_facts
from sphinx_mmu.library.collection import union
from sphinx_mmu.messages import _, counted
from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.vocabulary.vocabulary import Facet

_STATE = re.compile(r"\s*(\d+)\s+(\S.*?)\s*")
_BYPASS = re.compile(r"\s*(\d+)\s+(\d+)\s+(\S.*?)\s*")


# --- the terms in order


class Station(NamedTuple):
    """A term on the way, with the number of its papers and a fact about it."""

    mark: TermRef
    papers: int
    line: str


class State(NamedTuple):
    """What there is after so many stations."""

    after: int
    label: str


class Bypass(NamedTuple):
    """A way round: it leaves after so many stations and comes back after so many more."""

    first: int
    last: int
    label: str


class Pipeline(NamedTuple):
    """The top terms of a facet along a line, each with a fact that ``line`` is the label of.
    ``total`` counts a paper of two of them once.
    """

    label: str
    line: str
    stations: tuple[Station, ...]
    total: int
    states: tuple[State, ...]
    bypass: Bypass | None

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        most = max(self.stations, key=lambda station: station.papers)
        least = min(self.stations, key=lambda station: station.papers)
        if most.papers == least.papers:
            return counted(
                "{values}: {n} paper each.",
                "{values}: {n} papers each.",
                most.papers,
                values=listed(station.mark.label for station in self.stations),
            )
        return _(
            "{most} has the most papers, {high} of {total}; {least} the fewest, {low}.",
            most=most.mark.label,
            high=most.papers,
            total=self.total,
            least=least.mark.label,
            low=least.papers,
        )

    def table(self) -> DataTable:
        """The numbers behind it."""
        rows = tuple(
            (s.mark.label, s.line, str(s.papers)) for s in self.stations
        )
        marks = tuple(s.mark for s in self.stations)
        if any(s.line for s in self.stations):
            return DataTable((self.label, self.line, _("Papers")), rows, marks)
        counts = tuple((name, count) for name, _line, count in rows)
        return DataTable((self.label, _("Papers")), counts, marks)


def pipeline(context: FigureContext, subject: str) -> Pipeline | None:
    """The top terms of a facet, the states between them, and a bypass around some of them."""
    facet = context.facet(subject)
    if facet is None:
        return None
    name = context.options.get("line") or facet.line_fact
    values = context.term_refs(facet, context.values(facet))
    stations = tuple(
        Station(mark, papers.bit_count(), _line(context, mark.tag, name))
        for mark, papers in values
    )
    every = union(papers for _mark, papers in values)
    if not every:
        return None
    _check_line(context, facet)
    return Pipeline(
        facet.label,
        context.library.field_label(name),
        stations,
        every.bit_count(),
        tuple(_states(context, len(stations))),
        _bypass(context, len(stations)),
    )


def _line(context: FigureContext, tag: str, name: str) -> str:
    term = context.library.vocabulary.term(tag)
    return term.fact(name) if term else ""


def _check_line(context: FigureContext, facet: Facet) -> None:
    """A fact that no term has is a mistake."""
    name = context.options.get("line", "")
    known = {"definition", *facet.facts}
    if name and name not in known:
        hint = did_you_mean(name, sorted(known)) or listed_facts(known)
        context.bad(
            f":line: no term of {facet.name!r} has the fact {name!r}", hint
        )


def _states(context: FigureContext, most: int) -> Iterator[State]:
    parts = map(str.strip, context.options.get("states", "").split(";"))
    for part in filter(None, parts):
        found = _STATE.fullmatch(part)
        if found and int(found[1]) <= most:
            yield State(int(found[1]), found[2])
        else:
            hint = (
                f"write the number of stations before it, 0 to {most}, and a name, such as '0 Data;"
                " 1 Model'"
            )
            context.bad(f":states: cannot be {part!r}", hint)


def _bypass(context: FigureContext, most: int) -> Bypass | None:
    text = context.options.get("bypass", "")
    found = _BYPASS.fullmatch(text)
    if found and int(found[1]) < int(found[2]) <= most:
        return Bypass(int(found[1]), int(found[2]), found[3])
    if text:
        hint = "write where it leaves, where it returns, and a text, such as '1 4 no training'"
        context.bad(f":bypass: cannot be {text!r}", hint)
    return None
