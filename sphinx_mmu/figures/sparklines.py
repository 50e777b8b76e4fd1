"""Sparklines: one small curve for each term of a facet."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_mmu.figures.calendar import (
    PER_UNIT,
    QUARTERS,
    UNITS,
    Period,
    calendar,
)
from sphinx_mmu.figures.context import DataTable, FigureContext, TermRef
from sphinx_mmu.library.collection import union
from sphinx_mmu.messages import _, counted

# --- small multiples


class Panel(NamedTuple):
    """A term over time."""

    mark: TermRef
    papers: int
    counts: tuple[int, ...]


class Sparks(NamedTuple):
    """Terms over time, on one scale: ``top`` is the highest bar of any of them, ``every`` is the
    number of their papers.
    """

    label: str
    unit: str
    periods: tuple[Period, ...]
    panels: tuple[Panel, ...]
    top: int
    every: int

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        unit = _(PER_UNIT[self.unit])
        first, *rest = sorted(self.panels, key=lambda p: -max(p.counts))
        if not rest:
            best = first.counts.index(max(first.counts))
            return counted(
                "{value}: {papers} of {n} paper; at most {number} {per_unit}, in {period}.",
                "{value}: {papers} of {n} papers; at most {number} {per_unit}, in {period}.",
                self.every,
                value=first.mark.label,
                papers=first.papers,
                number=first.counts[best],
                per_unit=unit,
                period=self.periods[best].name,
            )
        return counted(
            "{value}: up to {n} paper {per_unit}; none of the others exceeds {number}.",
            "{value}: up to {n} papers {per_unit}; none of the others exceeds {number}.",
            max(first.counts),
            value=first.mark.label,
            per_unit=unit,
            number=max(rest[0].counts),
        )

    def table(self) -> DataTable:
        """The numbers behind it: a column for each term, or of one term the years with their
        parts.
        """
        if len(self.panels) == 1 and self.periods[0].short:
            return self._years()
        rows = []
        for i, period in enumerate(self.periods):
            counts = [str(panel.counts[i]) for panel in self.panels]
            rows.append((period.name, *counts))
        heads = (
            _(UNITS[self.unit]),
            *(panel.mark.label for panel in self.panels),
        )
        return DataTable(heads, tuple(rows))

    def _years(self) -> DataTable:
        parts = 4 // QUARTERS[self.unit]
        counts = [str(n) for n in self.panels[0].counts]
        starts = range(0, len(counts), parts)
        rows = (
            (self.periods[i].name.partition(" ")[0], *counts[i : i + parts])
            for i in starts
        )
        heads = (_(UNITS["year"]), *(p.short for p in self.periods[:parts]))
        return DataTable(heads, tuple(rows))


def sparks(context: FigureContext, subject: str) -> Sparks | None:
    """The top terms of a facet over time, or one term (``facet:value``) on the scale of those
    beside it.
    """
    name, _colon, value = subject.partition(":")
    facet = context.facet(name)
    if facet is None or (value and not context.known(facet, value)):
        return None
    values = context.values(facet, value.rpartition("/")[0])
    beside = context.term_refs(facet, values)
    every = union(papers for _mark, papers in beside)
    time = calendar(context, every)
    if time is None:
        return None
    panels = [
        Panel(mark, papers.bit_count(), time.counts(papers))
        for mark, papers in beside
    ]
    top = max(max(p.counts) for p in panels)
    shown = tuple(
        p for p in panels if (p.mark.tag == subject if value else p.papers)
    )
    return Sparks(
        facet.label, time.unit, time.periods, shown, top, every.bit_count()
    )
