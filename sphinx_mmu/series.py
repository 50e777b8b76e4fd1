"""Figures over time: papers by quarter, half-year, year or decade of their first public version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sphinx_mmu.collection import bits, positions
from sphinx_mmu.source import Mark, Sheet, Source, plural

QUARTERS = {"quarter": 1, "half": 2, "year": 4, "decade": 40}
"""Lengths of periods."""
_SPANS = (("quarter", 8), ("half", 16), ("year", 40))
"""The longest periods that so many years are shown by, unless an author says otherwise."""
_NAMED = 3
"""So many values of a facet are told from each other in one bar."""
SEVERAL, OTHERS = "several of these", "others"
"""The parts of a bar for papers with more than one of the named values, and with none."""
_UNITS = {"quarter": "Quarter", "half": "Half-year", "year": "Year", "decade": "Decade"}


# --- time


class Period(NamedTuple):
    """A stretch of time: its name, the name within its year (empty if it is as long), its first and last month."""

    name: str
    short: str
    low: str
    high: str


class Calendar(NamedTuple):
    """Periods of one length without a hole, each with its papers.

    ``undated`` papers are in none; ``vague`` ones have no month and stand in the first period of their year.
    """

    unit: str
    periods: tuple[Period, ...]
    papers: tuple[int, ...]
    undated: int
    vague: int

    def counts(self, found: int) -> tuple[int, ...]:
        """How many papers of a set are in each period."""
        return tuple((papers & found).bit_count() for papers in self.papers)


def calendar(source: Source, found: int) -> Calendar | None:
    """The periods that papers of a set were first public in."""
    dates = {i: date for i in positions(found) if (date := source.library.papers.papers[i].date)}
    if not dates:
        return None
    years = [int(date[:4]) for date in dates.values()]
    unit = source.choice("period", ("auto", *QUARTERS))
    if unit == "auto":
        span = max(years) - min(years) + 1
        unit = next((name for name, most in _SPANS if span <= most), "decade")
    length = QUARTERS[unit]
    places: dict[int, list[int]] = {}
    for i, date in dates.items():
        places.setdefault(_quarter(date) // length, []).append(i)
    first, last = (min(years) * 4) // length, (max(years) * 4 + 3) // length
    steps = range(first, last + 1)
    papers = tuple(bits(places.get(step, ())) for step in steps)
    vague = sum(len(date) == len("2024") for date in dates.values()) if length < QUARTERS["year"] else 0
    periods = tuple(_period(unit, step) for step in steps)
    return Calendar(unit, periods, papers, found.bit_count() - len(dates), vague)


def _quarter(date: str) -> int:
    """A number for the quarter of a date: the year's first where no month is known."""
    month = int(date[5:7]) if date[5:7].isdigit() else 1
    return int(date[:4]) * 4 + (month - 1) // 3


def _period(unit: str, step: int) -> Period:
    length = QUARTERS[unit]
    year, part = divmod(step * length, 4)
    if unit == "decade":
        return Period(f"{year}s", "", f"{year}", f"{year + 9}")
    if unit == "year":
        return Period(f"{year}", "", f"{year}", f"{year}")
    short = f"{'Q' if unit == 'quarter' else 'H'}{part // length + 1}"
    return Period(f"{year} {short}", short, f"{year}-{part * 3 + 1:02}", f"{year}-{(part + length) * 3:02}")


# --- the timeline


class Bar(NamedTuple):
    """The papers of a period, by the series of the timeline."""

    period: Period
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


class Span(NamedTuple):
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
    """Papers over time. ``series`` name the parts of a bar: every paper is in exactly one of them."""

    unit: str
    spans: tuple[Span, ...]
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
        return tuple(map(sum, zip(*(bar.counts for bar in self.bars), strict=True)))

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        peak = max(range(len(self.spans)), key=lambda i: (self.spans[i].total, i))
        name, since = self.spans[peak].name, sum(span.total for span in self.spans[peak:])
        if len(self.spans) == 1:
            return f"All {self.total} papers are from {name}." if self.total > 1 else f"The one paper is from {name}."
        if peak == 0:
            return f"{self.spans[0].total} of {plural(self.total, 'paper')} are from {name}, more than ever since."
        if peak == len(self.spans) - 1:
            before = max(span.total for span in self.spans[:-1])
            as_ever = "as many as ever" if since == before else "more than ever before"
            return f"{since} of {plural(self.total, 'paper')} are from {name}, {as_ever}."
        return f"{since} of {plural(self.total, 'paper')} are from {name} or later."

    def note(self) -> str:
        """What the picture cannot show, in a sentence or two."""
        vague = f"{plural(self.vague, 'paper')} without a month counted at the start of the year." if self.vague else ""
        undated = f"{plural(self.undated, 'paper')} without a date left out." if self.undated else ""
        return " ".join(filter(None, (vague, undated)))

    def sheet(self) -> Sheet:
        """The numbers behind it."""
        several = self.series if len(self.series) > 1 else ()
        rows = ((b.period.name, *(map(str, b.counts) if several else ()), str(b.total)) for b in self.bars)
        return Sheet((_UNITS[self.unit], *several, "All"), tuple(rows))


def timeline(source: Source, _subject: str) -> Timeline | None:
    """The papers of the filter over time, by the values of a facet or by a few tags."""
    time = calendar(source, source.found)
    if time is None:
        return None
    series = _series(source)
    counts = list(zip(*(time.counts(papers) for _label, papers in series), strict=True))
    bars = [Bar(period, numbers) for period, numbers in zip(time.periods, counts, strict=True)]
    labels = tuple(label for label, _papers in series)
    return Timeline(time.unit, tuple(_spans(bars)), labels, time.undated, time.vague)


def _spans(bars: Sequence[Bar]) -> Iterable[Span]:
    years: dict[str, list[Bar]] = {}
    for bar in bars:
        years.setdefault(bar.period.name.partition(" ")[0], []).append(bar)
    for name, own in years.items():
        low, high = own[0].period.low, own[-1].period.high
        whole = not own[0].period.short
        yield Span(name, low if whole else name, high if whole else name, tuple(own))


def _series(source: Source) -> list[tuple[str, int]]:
    """The parts of a bar: papers with one of the named values, with several, with none."""
    named = _named(source)
    if not named:
        return [("Papers", source.found)]
    found, several, rest = [], 0, source.found
    for i, (label, papers) in enumerate(named):
        others = 0
        for j, (_label, other) in enumerate(named):
            others |= other if i != j else 0
        found.append((label, papers & ~others))
        several |= papers & others
        rest &= ~papers
    return [*found, *((label, papers) for label, papers in ((SEVERAL, several), (OTHERS, rest)) if papers)]


def _named(source: Source) -> list[tuple[str, int]]:
    """The values that have a part of their own: of tags in their order, of a facet the ones with the most papers."""
    found = []
    for word in source.words("series"):
        name, colon, value = word.partition(":")
        facet = source.facet(name)
        if facet and (not colon or source.known(facet, value)):
            values = [value] if colon else source.values(facet)
            found += [(source.mark(facet, v).label, source.papers(facet, v)) for v in values]
    largest = sorted((f for f in found if f[1]), key=lambda f: -f[1].bit_count())[:_NAMED]
    return [f for f in found if f in largest]


# --- small multiples


class Panel(NamedTuple):
    """A term over time."""

    mark: Mark
    papers: int
    counts: tuple[int, ...]


class Sparks(NamedTuple):
    """Terms over time, on one scale: ``top`` is the highest bar of any of them, ``every`` tells all papers of them."""

    label: str
    unit: str
    periods: tuple[Period, ...]
    panels: tuple[Panel, ...]
    top: int
    every: int

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        unit = "half-year" if self.unit == "half" else self.unit
        first, *rest = sorted(self.panels, key=lambda p: -max(p.counts))
        if not rest:
            best = first.counts.index(max(first.counts))
            share = f"{first.papers} of {plural(self.every, 'paper')}"
            return f"{first.mark.label}: {share}; at most {first.counts[best]} a {unit}, in {self.periods[best].name}."
        text = f"{first.mark.label}: up to {plural(max(first.counts), 'paper')} a {unit}"
        return f"{text}; no other has passed {max(rest[0].counts)}."

    def sheet(self) -> Sheet:
        """The numbers behind it: a column for each term, or of one term the years with their parts."""
        if len(self.panels) == 1 and self.periods[0].short:
            return self._years()
        rows = ((p.name, *(str(panel.counts[i]) for panel in self.panels)) for i, p in enumerate(self.periods))
        return Sheet((_UNITS[self.unit], *(p.mark.label for p in self.panels)), tuple(rows))

    def _years(self) -> Sheet:
        parts = 4 // QUARTERS[self.unit]
        counts = [str(n) for n in self.panels[0].counts]
        starts = range(0, len(counts), parts)
        rows = ((self.periods[i].name.partition(" ")[0], *counts[i : i + parts]) for i in starts)
        return Sheet((_UNITS["year"], *(p.short for p in self.periods[:parts])), tuple(rows))


def sparks(source: Source, subject: str) -> Sparks | None:
    """The top terms of a facet over time, or one term (``facet:value``) on the scale of those beside it."""
    name, _, value = subject.partition(":")
    facet = source.facet(name)
    if facet is None or (value and not source.known(facet, value)):
        return None
    beside = [(v, source.papers(facet, v)) for v in source.values(facet, value.rpartition("/")[0])]
    every = 0
    for _value, papers in beside:
        every |= papers
    time = calendar(source, every)
    if time is None:
        return None
    panels = [Panel(source.mark(facet, v), papers.bit_count(), time.counts(papers)) for v, papers in beside]
    top = max(max(p.counts) for p in panels)
    shown = tuple(p for p in panels if (p.mark.tag == subject if value else p.papers))
    return Sparks(facet.label, time.unit, time.periods, shown, top, every.bit_count())
