"""Directions: which way each measure should move, for several goals."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sphinx_mmu.figures.context import DataTable, FigureContext, TermRef, listed
from sphinx_mmu.messages import _, counted, lower_first, marked
from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.vocabulary.vocabulary import Facet, Term

# --- which way is better

WAYS = ("fall", "rise", "stay")
"""What a value should do."""
_WORDS = {
    "fall": marked("lower"),
    "rise": marked("higher"),
    "stay": marked("unchanged"),
}
"""The word for each direction, also in facts unless an option gives others."""


class Goal(NamedTuple):
    """Which way one value of a term should go: a place in :data:`WAYS`, and on what, where a term
    has several.
    """

    way: str
    on: str


class Measure(NamedTuple):
    """A term whose values should go some way. ``stated`` is true if the source gives the
    direction, and false if it was inferred.
    """

    mark: TermRef
    name: str
    goals: tuple[Goal, ...]
    stated: bool


class Dimension(NamedTuple):
    """A top term and the measures below it."""

    mark: TermRef
    measures: tuple[Measure, ...]


class Directions(NamedTuple):
    """What should fall and what should rise. ``basis`` applies to full marks, and not to hollow
    ones.
    """

    label: str
    dimensions: tuple[Dimension, ...]
    basis: str

    def measures(self) -> list[Measure]:
        """All of them."""
        return [m for d in self.dimensions for m in d.measures]

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        every = self.measures()
        counts: Counter[str] = Counter()
        both = 0
        for measure in every:
            ways = {goal.way for goal in measure.goals}
            counts.update(ways or {"open"})
            both += ways >= {"fall", "rise"}
        wishes = {
            "fall": _("{n} should fall", n=counts["fall"]),
            "rise": _("{n} should rise", n=counts["rise"]),
            "stay": _("{n} should not change", n=counts["stay"]),
        }
        sentences = [
            counted(
                "Of {n} measure, {parts}.",
                "Of {n} measures, {parts}.",
                len(every),
                parts=listed(
                    wish for way, wish in wishes.items() if counts[way]
                ),
            )
        ]
        if both:
            sentences.append(
                counted(
                    "{n} of these is counted both ways, as the direction depends on what is"
                    " measured.",
                    "{n} of these are counted both ways, as the direction depends on what is"
                    " measured.",
                    both,
                )
            )
        if counts["open"]:
            sentences.append(
                _("For {n} no direction is recorded.", n=counts["open"])
            )
        return " ".join(sentences)

    def table(self) -> DataTable:
        """The numbers behind it."""
        rows = []
        for dimension in self.dimensions:
            for measure in dimension.measures:
                better = "; ".join(map(goal_text, measure.goals)) or _(
                    "not recorded"
                )
                basis = (self._basis(measure),) if self.basis else ()
                rows.append(
                    (measure.name, dimension.mark.label, better, *basis)
                )
        heads = (
            _("Measure"),
            self.label,
            _("Better"),
            *filter(None, (self.basis,)),
        )
        marks = tuple(measure.mark for measure in self.measures())
        return DataTable(heads, tuple(rows), marks)

    def _basis(self, measure: Measure) -> str:
        return (
            "" if not measure.goals else _("yes") if measure.stated else _("no")
        )


def goal_text(goal: Goal) -> str:
    """A goal in words."""
    word = _(_WORDS[goal.way])
    return f"{word} ({goal.on})" if goal.on else word


def directions(context: FigureContext, subject: str) -> Directions | None:
    """The terms below each top term, by facts that give the better direction of their values."""
    facet = context.facet(subject)
    if facet is None:
        return None
    facts = context.words("facts", "direction")
    known = set(facet.facts)
    for name in facts:
        if name not in known:
            message = f":facts: no term of {subject!r} has the fact {name!r}"
            context.bad(message, listed_facts(known))
    _check_ways(context, facet, facts, known)
    dimensions = []
    for top in facet.terms:
        below = [t for t in facet.terms if t.value.startswith(f"{top.value}/")]
        if top.depth == 1 and below:
            measures = tuple(
                _measure(context, facet, facts, term) for term in below
            )
            dimensions.append(
                Dimension(context.term_ref(facet, top.value), measures)
            )
    label = ""
    basis = context.words("stated")
    if len(basis) > 1:
        label = f"{context.library.field_label(basis[0])} {basis[1]}"
    result = Directions(facet.label, tuple(dimensions), label)
    if any(measure.goals for measure in result.measures()):
        return result
    if not context.problems:
        hint = "write words of these facts after :fall:, :rise: or :stay:"
        context.bad(
            f"no term of {subject!r} has a direction in {listed(facts)}", hint
        )
    return None


def _check_ways(
    context: FigureContext,
    facet: Facet,
    facts: tuple[str, ...],
    known: set[str],
) -> None:
    """A word that nearly matches a fact is a mistake, and so is a word for two directions."""
    said: set[str] = set()
    for term in facet.terms:
        said.update(
            str(term.facts[name]) for name in facts if name in term.facts
        )
    given: dict[str, str] = {}
    for way in WAYS:
        for word in context.words(way):
            if word not in said and (hint := did_you_mean(word, sorted(said))):
                context.bad(
                    f":{way}: no term of {facet.name!r} has {word!r}", hint
                )
            elif word in given:
                context.bad(
                    f":{way}: {word!r} is already given for :{given[word]}:"
                )
            given.setdefault(word, way)
    stated = context.words("stated")
    if stated and (len(stated) == 1 or stated[0] not in known):
        message = f":stated: cannot be {' '.join(stated)!r}"
        context.bad(message, "write a fact and its value")


def listed_facts(names: set[str]) -> str:
    """The existing facts, as a hint lists them."""
    return (
        f"facts are: {', '.join(sorted(names))}"
        if names
        else "its terms have no facts"
    )


def _measure(
    context: FigureContext, facet: Facet, facts: tuple[str, ...], term: Term
) -> Measure:
    """The goals of a term, by the words of its facts."""
    goals = []
    for name in facts:
        value = str(term.facts.get(name, ""))
        label = lower_first(context.library.field_label(name))
        for way, word in _WORDS.items():
            if value in context.words(way, word):
                goals.append(Goal(way, label if len(facts) > 1 else ""))
                break
    stated = context.words("stated")
    is_stated = len(stated) < 2 or term.facts.get(stated[0]) == stated[1]  # noqa: PLR2004 -- a fact and its value
    mark = context.term_ref(facet, term.value)
    return Measure(mark, term.label, tuple(goals), is_stated)
