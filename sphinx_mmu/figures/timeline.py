"""Timeline: papers by date, as bars of a few series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from sphinx_mmu.figures.calendar import OTHERS, SEVERAL, UNITS, Period, calendar
from sphinx_mmu.figures.context import DataTable, FigureContext, papers_text
from sphinx_mmu.library.collection import union
from sphinx_mmu.messages import _, counted

_NAMED = 3
"""The number of values of a facet that are distinguished in one bar."""


# --- the timeline


class Bar(NamedTuple):
    """The papers of a period, by the series of the timeline."""

    period: Period
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


class BarGroup(NamedTuple):
    """A year with its bars, or a longer period with the one that it is."""

    name: str
    low: str
    high: str
    bars: tuple[Bar, ...]

    @property
    def total(self) -> int:
        """The papers of all bars."""
        return sum(bar.total for bar in self.bars)


class Timeline(NamedTuple):
    """Papers over time. ``series`` name the parts of a bar: every paper is in exactly one of
    them.
    """

    unit: str
    spans: tuple[BarGroup, ...]
    series: tuple[str, ...]
    undated: int
    vague: int

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All bars in order."""
        return tuple(bar for span in self.spans for bar in span.bars)

    @property
    def total(self) -> int:
        """The papers with a date."""
        return sum(span.total for span in self.spans)

    def sums(self) -> tuple[int, ...]:
        """The papers of each series."""
        return tuple(
            map(sum, zip(*(bar.counts for bar in self.bars), strict=True))
        )

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        peak = max(
            range(len(self.spans)), key=lambda i: (self.spans[i].total, i)
        )
        name = self.spans[peak].name
        since = sum(span.total for span in self.spans[peak:])
        if len(self.spans) == 1:
            return counted(
                "The one paper is from {period}.",
                "All {n} papers are from {period}.",
                self.total,
                period=name,
            )
        papers = papers_text(self.total)
        if peak == 0:
            return _(
                "{number} of {papers} are from {period}, more than in any later period.",
                number=self.spans[0].total,
                papers=papers,
                period=name,
            )
        if peak < len(self.spans) - 1:
            return _(
                "{number} of {papers} are from {period} or later.",
                number=since,
                papers=papers,
                period=name,
            )
        if since == max(span.total for span in self.spans[:-1]):
            return _(
                "{number} of {papers} are from {period}, as many as ever.",
                number=since,
                papers=papers,
                period=name,
            )
        return _(
            "{number} of {papers} are from {period}, more than ever before.",
            number=since,
            papers=papers,
            period=name,
        )

    def note(self) -> str:
        """What the picture cannot show, in a sentence or two."""
        found = []
        if self.vague:
            found.append(
                counted(
                    "{n} paper without a month is counted at the start of the year.",
                    "{n} papers without a month are counted at the start of the year.",
                    self.vague,
                )
            )
        if self.undated:
            found.append(
                counted(
                    "{n} paper without a date is left out.",
                    "{n} papers without a date are left out.",
                    self.undated,
                )
            )
        return " ".join(found)

    def table(self) -> DataTable:
        """The numbers behind it."""
        several = self.series if len(self.series) > 1 else ()
        rows = (
            (
                b.period.name,
                *(map(str, b.counts) if several else ()),
                str(b.total),
            )
            for b in self.bars
        )
        return DataTable((_(UNITS[self.unit]), *several, _("All")), tuple(rows))


def timeline(context: FigureContext, _subject: str) -> Timeline | None:
    """The papers of the filter over time, by the values of a facet or by a few tags."""
    time = calendar(context, context.found)
    if time is None:
        return None
    series = _series(context)
    counts = list(
        zip(*(time.counts(papers) for _label, papers in series), strict=True)
    )
    bars = list(map(Bar, time.periods, counts))
    labels = tuple(label for label, _papers in series)
    return Timeline(
        time.unit, tuple(_spans(bars)), labels, time.undated, time.vague
    )


def _spans(bars: Sequence[Bar]) -> Iterable[BarGroup]:
    years: dict[str, list[Bar]] = {}
    for bar in bars:
        years.setdefault(bar.period.name.partition(" ")[0], []).append(bar)
    for name, own in years.items():
        low = own[0].period.low
        high = own[-1].period.high
        whole = not own[0].period.short
        yield BarGroup(
            name, low if whole else name, high if whole else name, tuple(own)
        )


def _series(context: FigureContext) -> list[tuple[str, int]]:
    """The parts of a bar: papers with one of the named values, with several, with none."""
    named = _named(context)
    if not named:
        return [(_("Papers"), context.found)]
    sets = [papers for _label, papers in named]
    several = union(one & other for one, other in combinations(sets, 2))
    found = [(label, papers & ~several) for label, papers in named]
    quiet = ((_(SEVERAL), several), (_(OTHERS), context.found & ~union(sets)))
    return found + [(label, papers) for label, papers in quiet if papers]


def _named(context: FigureContext) -> list[tuple[str, int]]:
    """The values that have a part of their own: of tags in their order, of a facet the ones with
    the most papers.
    """
    found = []
    for word in context.words("series"):
        name, colon, value = word.partition(":")
        facet = context.facet(name)
        if facet and (not colon or context.known(facet, value)):
            values = [value] if colon else context.values(facet)
            found += [
                (mark.label, p)
                for mark, p in context.term_refs(facet, values)
                if p
            ]
    largest = sorted(found, key=lambda one: -one[1].bit_count())[:_NAMED]
    return [one for one in found if one in largest]
