"""Quarters, halves, years or decades from the first paper of a figure to the last."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_mmu.figures.context import FigureContext
from sphinx_mmu.library.collection import bits, positions
from sphinx_mmu.messages import _, marked

QUARTERS = {"quarter": 1, "half": 2, "year": 4, "decade": 40}
"""Lengths of periods."""
_SPANS = (("quarter", 8), ("half", 16), ("year", 40))
"""The period by which so many years are shown, unless an author chooses another."""
SEVERAL, OTHERS = marked("several of these"), marked("others")
"""The parts of a bar for papers with more than one of the named values, and with none."""
UNITS = {
    "quarter": marked("Quarter"),
    "half": marked("Half-year"),
    "year": marked("Year"),
    "decade": marked("Decade"),
}
"""What periods are called."""
PER_UNIT = {
    "quarter": marked("a quarter"),
    "half": marked("a half-year"),
    "year": marked("a year"),
    "decade": marked("a decade"),
}


# --- time


class Period(NamedTuple):
    """A stretch of time: its name, the name within its year (empty if it is as long), its first and
    last month.
    """

    name: str
    short: str
    low: str
    high: str


class Calendar(NamedTuple):
    """Periods of one length without a hole, each with its papers.

    ``undated`` papers are in none; ``vague`` ones have no month and are counted in the first period
    of their year.
    """

    unit: str
    periods: tuple[Period, ...]
    papers: tuple[int, ...]
    undated: int
    vague: int

    def counts(self, found: int) -> tuple[int, ...]:
        """How many papers of a set are in each period."""
        return tuple((papers & found).bit_count() for papers in self.papers)


def calendar(context: FigureContext, found: int) -> Calendar | None:
    """The periods that papers of a set were first public in."""
    dates = {
        i: date
        for i in positions(found)
        if (date := context.library.papers.papers[i].date)
    }
    if not dates:
        return None
    years = [int(date[:4]) for date in dates.values()]
    unit = context.choice("period", ("auto", *QUARTERS))
    if unit == "auto":
        span = max(years) - min(years) + 1
        unit = next((name for name, most in _SPANS if span <= most), "decade")
    length = QUARTERS[unit]
    places: dict[int, list[int]] = {}
    for i, date in dates.items():
        places.setdefault(_quarter(date) // length, []).append(i)
    first = (min(years) * 4) // length
    last = (max(years) * 4 + 3) // length
    steps = range(first, last + 1)
    papers = tuple(bits(places.get(step, ())) for step in steps)
    years_alone = sum(len(date) == len("2024") for date in dates.values())
    vague = years_alone if length < QUARTERS["year"] else 0
    periods = tuple(_period(unit, step) for step in steps)
    return Calendar(
        unit, periods, papers, found.bit_count() - len(dates), vague
    )


def _quarter(date: str) -> int:
    """A number for the quarter of a date: the year's first where no month is known."""
    month = int(date[5:7]) if date[5:7].isdigit() else 1
    return int(date[:4]) * 4 + (month - 1) // 3


def _period(unit: str, step: int) -> Period:
    length = QUARTERS[unit]
    year, part = divmod(step * length, 4)
    if unit == "decade":
        return Period(_("{year}s", year=year), "", f"{year}", f"{year + 9}")
    if unit == "year":
        return Period(f"{year}", "", f"{year}", f"{year}")
    number = part // length + 1
    short = _("Q{n}", n=number) if unit == "quarter" else _("H{n}", n=number)
    low = f"{year}-{part * 3 + 1:02}"
    high = f"{year}-{(part + length) * 3:02}"
    return Period(f"{year} {short}", short, low, high)
