"""Pipeline: the terms of a numbered facet as stations along a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sphinx_mmu.figures.context import DataTable, FigureContext, TermRef, listed
from sphinx_mmu.figures.directions import listed_facts
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
        return _most_and_fewest(
            [(s.mark.label, s.papers) for s in self.stations], self.total
        )

    def sheet(self) -> DataTable:
        """The numbers behind it."""
        rows = tuple((s.mark.label, s.line, str(s.papers)) for s in self.stations)
        if any(s.line for s in self.stations):
            return DataTable((self.label, self.line, _("Papers")), rows)
        return DataTable(
            (self.label, _("Papers")),
            tuple((name, count) for name, _line, count in rows),
        )


def pipeline(source: FigureContext, subject: str) -> Pipeline | None:
    """The top terms of a facet, the states between them, and a bypass around some of them."""
    facet = source.facet(subject)
    if facet is None:
        return None
    stations, every = [], 0
    name = source.options.get("line") or facet.line_fact
    for value in source.values(facet):
        papers = source.papers(facet, value)
        every |= papers
        line = _line(source, f"{facet.name}:{value}", name)
        stations.append(Station(source.mark(facet, value), papers.bit_count(), line))
    if not every:
        return None
    _check_line(source, facet)
    states = tuple(_states(source, len(stations)))
    return Pipeline(
        facet.label,
        source.library.field_label(name),
        tuple(stations),
        every.bit_count(),
        states,
        _bypass(source, len(stations)),
    )


def _line(source: FigureContext, tag: str, name: str) -> str:
    term = source.library.vocabulary.term(tag)
    if term is None:
        return ""
    fact = term.definition if name == "definition" else term.facts.get(name, "")
    return fact if isinstance(fact, str) else ", ".join(fact)


def _check_line(source: FigureContext, facet: Facet) -> None:
    """A fact that no term has is a mistake."""
    name = source.options.get("line", "")
    known = {"definition", *(fact for t in facet.terms for fact in t.facts)}
    if name and name not in known:
        hint = did_you_mean(name, sorted(known)) or listed_facts(known)
        source.bad(f":line: no term of {facet.name!r} has the fact {name!r}", hint)


def _states(source: FigureContext, most: int) -> Iterator[State]:
    for part in filter(
        None, (p.strip() for p in source.options.get("states", "").split(";"))
    ):
        found = _STATE.fullmatch(part)
        if found and int(found[1]) <= most:
            yield State(int(found[1]), found[2])
        else:
            hint = (
                f"write the number of stations before it, 0 to {most}, and a name, such as '0 Data;"
                " 1 Model'"
            )
            source.bad(f":states: cannot be {part!r}", hint)


def _bypass(source: FigureContext, most: int) -> Bypass | None:
    text = source.options.get("bypass", "")
    found = _BYPASS.fullmatch(text)
    if found and int(found[1]) < int(found[2]) <= most:
        return Bypass(int(found[1]), int(found[2]), found[3])
    if text:
        hint = "write where it leaves, where it returns, and a text, such as '1 4 no training'"
        source.bad(f":bypass: cannot be {text!r}", hint)
    return None


def _most_and_fewest(counts: list[tuple[str, int]], total: int) -> str:
    most = max(counts, key=lambda c: c[1])
    least = min(counts, key=lambda c: c[1])
    if most[1] == least[1]:
        return counted(
            "{values}: {n} paper each.",
            "{values}: {n} papers each.",
            most[1],
            values=listed(name for name, _count in counts),
        )
    return _(
        "{most} has the most papers, {high} of {total}; {least} the fewest, {low}.",
        most=most[0],
        high=most[1],
        total=total,
        least=least[0],
        low=least[1],
    )
