"""Figures of a facet's terms: in order, as a tree with their papers, and by which way is better."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sphinx_mmu.collection import positions
from sphinx_mmu.model import Paper
from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.source import Mark, Sheet, Source, listed, plural
from sphinx_mmu.vocabulary import Facet, Term

_STATE = re.compile(r"\s*(\d+)\s+(\S.*?)\s*")
_BYPASS = re.compile(r"\s*(\d+)\s+(\d+)\s+(\S.*?)\s*")


# --- the terms in order


class Station(NamedTuple):
    """A term on the way, with the number of its papers and what it acts on."""

    mark: Mark
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
    """The top terms of a facet along a line. ``total`` counts a paper of two of them once."""

    label: str
    stations: tuple[Station, ...]
    total: int
    states: tuple[State, ...]
    bypass: Bypass | None

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        return _most_and_fewest([(s.mark.label, s.papers) for s in self.stations], self.total)

    def sheet(self) -> Sheet:
        """The numbers behind it."""
        rows = tuple((s.mark.label, s.line, str(s.papers)) for s in self.stations)
        if any(s.line for s in self.stations):
            return Sheet((self.label, "Acts on", "Papers"), rows)
        return Sheet((self.label, "Papers"), tuple((name, count) for name, _line, count in rows))


def pipeline(source: Source, subject: str) -> Pipeline | None:
    """The top terms of a facet, what stands between them, and a way round some of them."""
    facet = source.facet(subject)
    if facet is None:
        return None
    stations, every = [], 0
    for value in source.values(facet):
        papers = source.papers(facet, value)
        every |= papers
        line = _line(source, f"{facet.name}:{value}", source.options.get("line") or "acts")
        stations.append(Station(source.mark(facet, value), papers.bit_count(), line))
    if not every:
        return None
    _check_line(source, facet)
    states = tuple(_states(source, len(stations)))
    return Pipeline(facet.label, tuple(stations), every.bit_count(), states, _bypass(source, len(stations)))


def _line(source: Source, tag: str, name: str) -> str:
    term = source.library.vocabulary.term(tag)
    if term is None:
        return ""
    fact = term.definition if name == "definition" else term.facts.get(name, "")
    return fact if isinstance(fact, str) else ", ".join(fact)


def _check_line(source: Source, facet: Facet) -> None:
    """A fact that no term has is a mistake."""
    name, known = source.options.get("line", ""), {"definition", *(fact for t in facet.terms for fact in t.facts)}
    if name and name not in known:
        hint = did_you_mean(name, sorted(known)) or _listed_or_none(known)
        source.bad(f":line: no term of {facet.name!r} has the fact {name!r}", hint)


def _states(source: Source, most: int) -> Iterator[State]:
    for part in filter(None, (p.strip() for p in source.options.get("states", "").split(";"))):
        found = _STATE.fullmatch(part)
        if found and int(found[1]) <= most:
            yield State(int(found[1]), found[2])
        else:
            hint = f"write the number of stations before it, 0 to {most}, and a name, such as '0 Data; 1 Model'"
            source.bad(f":states: cannot be {part!r}", hint)


def _bypass(source: Source, most: int) -> Bypass | None:
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
        return f"{listed([name for name, _ in counts])}: {plural(most[1], 'paper')} each."
    return f"{most[0]} has the most papers, {most[1]} of {total}; {least[0]} the fewest, {least[1]}."


# --- the tree


class Leaf(NamedTuple):
    """A paper: its key, its short name, and the place of what put it there among :attr:`Tree.origins`, from 1."""

    key: str
    label: str
    origin: int


class Branch(NamedTuple):
    """A term with the papers that are right at it, newest first, and the terms below it. ``papers`` counts them all."""

    mark: Mark
    papers: int
    leaves: tuple[Leaf, ...]
    branches: tuple[Branch, ...]


class Tree(NamedTuple):
    """Two levels of a facet's terms and their papers. ``origins`` are who placed a paper, ``most`` a branch shows."""

    label: str
    branches: tuple[Branch, ...]
    origins: tuple[str, ...]
    total: int
    most: int

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        lowest = [b for top in self.branches for b in (top.branches or (top,))]
        most = max(lowest, key=lambda b: b.papers)
        text = f"{plural(self.total, 'paper')} on {plural(len(lowest), 'branch', 'branches')}"
        return f"{text}; the largest is {most.mark.label} with {most.papers}." if len(lowest) > 1 else f"{text}."

    def placed(self) -> str:
        """How many papers were placed by whom, in words; each has a mark, but the first."""
        if not self.origins:
            return ""
        counts = Counter({leaf.key: leaf.origin for leaf in _leaves(self.branches)}.values())
        marks = {n: f" {sign(n)}" if sign(n) else "" for n in counts}
        parts = (f"{label}{marks[n]} ({counts[n]})" for n, label in enumerate(self.origins, 1) if counts[n])
        return f"Placed by: {'; '.join(parts)}."

    def sheet(self) -> Sheet:
        """The numbers behind it."""
        pairs = ((top, below) for top in self.branches for below in top.branches or (top,))
        rows = tuple((top.mark.label, below.mark.label, str(below.papers)) for top, below in pairs)
        return Sheet((self.label, "Branch", "Papers"), rows)


def sign(origin: int) -> str:
    """The mark of a paper by who placed it: none for the first, then as footnotes have them."""
    return ("", "", "*", "†", "‡")[origin] if origin < 5 else "§"  # noqa: PLR2004 -- as many as there are signs


def cut(leaves: tuple[Leaf, ...], most: int) -> tuple[tuple[Leaf, ...], int]:
    """The first papers of a branch and how many more there are; one more is no reason to leave it out."""
    return (leaves, 0) if len(leaves) <= most + 1 else (leaves[:most], len(leaves) - most)


def _leaves(branches: tuple[Branch, ...]) -> Iterator[Leaf]:
    for branch in branches:
        yield from branch.leaves
        yield from _leaves(branch.branches)


def tree(source: Source, subject: str) -> Tree | None:
    """The terms of a facet, or below a term (``facet:value``), with their papers."""
    name, _, value = subject.partition(":")
    facet = source.facet(name)
    if facet is None or (value and not source.known(facet, value)):
        return None
    by = source.options.get("placed-by", "")
    origin = source.facet(by) if by else None
    origins = source.values(origin) if origin else []
    maker = _Grower(source, facet, origin.name if origin else "", origins)
    branches = tuple(b for v in ([value] if value else source.values(facet)) if (b := maker.branch(v)).papers)
    if not branches:
        return None
    every = {leaf.key for leaf in _leaves(branches)}
    labels = tuple(source.library.term_label(by, v) for v in origins)
    return Tree(facet.label, branches, labels, len(every), source.number("limit", 24))


class _Grower(NamedTuple):
    """Makes the branches of one tree."""

    source: Source
    facet: Facet
    origin: str
    origins: list[str]

    def branch(self, value: str, depth: int = 1) -> Branch:
        """A term with what is below it; of terms further down only the papers."""
        papers = self.source.papers(self.facet, value)
        below = self.source.values(self.facet, value) if depth == 1 else []
        branches = [b for v in below if (b := self.branch(v, depth + 1)).papers]
        for child in below:
            papers &= ~self.source.papers(self.facet, child)
        leaves = tuple(self._leaf(p) for p in self._newest_first(papers))
        count = self.source.papers(self.facet, value).bit_count()
        mark = self.source.mark(self.facet, value)
        if branches and leaves:  # papers that are at the term itself and at none below it
            branches.append(Branch(mark._replace(label="Not divided further"), len(leaves), leaves, ()))
            leaves = ()
        return Branch(mark, count, leaves, tuple(branches))

    def _newest_first(self, papers: int) -> list[Paper]:
        found = [self.source.library.papers.papers[i] for i in positions(papers)]
        return sorted(sorted(found, key=lambda p: p.key), key=lambda p: p.date, reverse=True)

    def _leaf(self, paper: Paper) -> Leaf:
        values = paper.tags.get(self.origin, ())
        place = self.origins.index(values[0]) + 1 if values and values[0] in self.origins else 0
        return Leaf(paper.key, self.source.library.labels[paper.key], place)


# --- which way is better

WAYS = ("fall", "rise", "stay")
"""What a value should do."""
_WORDS = ("lower", "higher", "unchanged")
"""How a fact says so, unless an option tells other words."""


class Goal(NamedTuple):
    """Which way one value of a term should go: a place in :data:`WAYS`, and on what, where a term has several."""

    way: str
    on: str


class Measure(NamedTuple):
    """A term whose values should go some way. ``stated`` tells what the source says from what follows by reading."""

    mark: Mark
    name: str
    goals: tuple[Goal, ...]
    stated: bool


class Dimension(NamedTuple):
    """A top term and the measures below it."""

    mark: Mark
    measures: tuple[Measure, ...]


class Directions(NamedTuple):
    """What should fall and what should rise. ``basis`` holds where a mark is full, and not where it is hollow."""

    label: str
    dimensions: tuple[Dimension, ...]
    basis: str

    def measures(self) -> list[Measure]:
        """All of them."""
        return [m for d in self.dimensions for m in d.measures]

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        every = self.measures()
        counts = Counter(way for m in every for way in {g.way for g in m.goals} or {"open"})
        both = sum({g.way for g in m.goals} >= {"fall", "rise"} for m in every)
        wishes = (("fall", "should fall"), ("rise", "should rise"), ("stay", "should stay as they are"))
        parts = [f"{counts[way]} {wish}" for way, wish in wishes if counts[way]]
        text = f"Of {plural(len(every), 'measure')}, {listed(parts)}"
        text += f", {both} of them either by what is measured" if both else ""
        return text + (f"; for {counts['open']} no direction is recorded." if counts["open"] else ".")

    def sheet(self) -> Sheet:
        """The numbers behind it."""
        rows = tuple(
            (m.name, d.mark.label, "; ".join(goal_text(g) for g in m.goals) or "not recorded", self._basis(m))
            for d in self.dimensions
            for m in d.measures
        )
        if self.basis:
            return Sheet(("Measure", self.label, "Better", self.basis), rows)
        return Sheet(("Measure", self.label, "Better"), tuple(row[:3] for row in rows))

    def _basis(self, measure: Measure) -> str:
        return "" if not measure.goals else "yes" if measure.stated else "no"


def goal_text(goal: Goal) -> str:
    """A goal in words."""
    word = {"fall": "lower", "rise": "higher", "stay": "unchanged"}[goal.way]
    return f"{word} ({goal.on})" if goal.on else word


def directions(source: Source, subject: str) -> Directions | None:
    """The terms below each top term, by facts that say which way their values should go."""
    facet = source.facet(subject)
    if facet is None:
        return None
    facts = source.words("facts", "direction")
    known = {name for t in facet.terms for name in t.facts}
    for name in facts:
        if name not in known:
            source.bad(f":facts: no term of {subject!r} has the fact {name!r}", hint=_listed_or_none(known))
    _check_ways(source, facet, facts, known)
    reader = _Reader(source, facet, facts)
    found = tuple(d for t in facet.terms if t.depth == 1 and (d := reader.dimension(t)).measures)
    basis = source.words("stated")
    label = f"{source.library.field_label(basis[0])} {basis[1]}" if len(basis) > 1 else ""
    return Directions(facet.label, found, label) if any(m.goals for d in found for m in d.measures) else None


def _check_ways(source: Source, facet: Facet, facts: tuple[str, ...], known: set[str]) -> None:
    """A word that is nearly what a fact says is a mistake, and so is a word for two ways."""
    said = {str(t.facts[name]) for t in facet.terms for name in facts if name in t.facts}
    words = [(way, word) for way in WAYS for word in source.words(way)]
    for at, (way, word) in enumerate(words):
        if word not in said and (hint := did_you_mean(word, sorted(said))):
            source.bad(f":{way}: no term of {facet.name!r} says {word!r}", hint)
        elif other := next((w for w, same in words[:at] if same == word), ""):
            source.bad(f":{way}: {word!r} stands for :{other}:")
    stated = source.words("stated")
    if stated and (len(stated) == 1 or stated[0] not in known):
        source.bad(f":stated: cannot be {' '.join(stated)!r}", "write a fact and its value")


def _listed_or_none(names: set[str]) -> str:
    return f"facts are: {', '.join(sorted(names))}" if names else "its terms have no facts"


class _Reader(NamedTuple):
    """Reads the goals of one facet's terms."""

    source: Source
    facet: Facet
    facts: tuple[str, ...]

    def dimension(self, top: Term) -> Dimension:
        below = [t for t in self.facet.terms if t.value.startswith(f"{top.value}/")]
        return Dimension(self.source.mark(self.facet, top.value), tuple(self.measure(t) for t in below))

    def measure(self, term: Term) -> Measure:
        found = [(name, self._way(str(term.facts.get(name, "")))) for name in self.facts]
        given = [(name, way) for name, way in found if way]
        on = {name: self.source.library.field_label(name).lower() if len(self.facts) > 1 else "" for name in self.facts}
        stated = self.source.words("stated")
        says = len(stated) < 2 or term.facts.get(stated[0]) == stated[1]  # noqa: PLR2004 -- a fact and its value
        goals = tuple(Goal(way, on[name]) for name, way in given)
        return Measure(self.source.mark(self.facet, term.value), term.label, goals, says)

    def _way(self, value: str) -> str:
        return next((way for way, word in zip(WAYS, _WORDS, strict=True) if value in self.source.words(way, word)), "")
