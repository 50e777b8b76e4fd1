"""Coverage: which papers have which values of a facet, as dots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from typing import NamedTuple

from sphinx_mmu.figures.context import FigureContext, TermRef, listed
from sphinx_mmu.figures.crosstab import Name
from sphinx_mmu.messages import _, lower_first
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.vocabulary.vocabulary import Catalogue, Facet

# --- what entries cover


class Covered(NamedTuple):
    """An entry and which of the columns it has."""

    name: Name
    has: tuple[bool, ...]


class Block(NamedTuple):
    """Entries under one heading; the heading of an ungrouped figure is empty."""

    heading: str
    rows: tuple[Covered, ...]


class Coverage(NamedTuple):
    """Entries by the terms that they have. ``starts`` are the columns that a facet begins with."""

    label: str
    noun: tuple[str, str]
    columns: tuple[TermRef, ...]
    facets: tuple[str, ...]
    starts: tuple[int, ...]
    blocks: tuple[Block, ...]
    left_out: int

    @property
    def rows(self) -> tuple[Covered, ...]:
        """All entries."""
        return tuple(row for block in self.blocks for row in block.rows)

    def sums(self) -> tuple[int, ...]:
        """How many entries have each column."""
        return tuple(
            map(sum, zip(*(row.has for row in self.rows), strict=True))
        )

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        sums = self.sums()
        size = len(self.rows)
        holes = [
            mark.label
            for mark, n in zip(self.columns, sums, strict=True)
            if not n
        ]
        if holes:
            noun = self.noun[0] if size == 1 else self.noun[1]
            return _(
                "None of the {entries} covers {values}.",
                entries=f"{size} {noun}",
                values=listed(holes, either=True),
            )
        least = min(range(len(sums)), key=sums.__getitem__)
        return _(
            "Each column is covered; {value} the least, by {number} of {all}.",
            value=self.columns[least].label,
            number=sums[least],
            all=size,
        )


MOST = 24
"""How many columns there are at most: the ones that most papers have."""


def coverage(context: FigureContext, subject: str) -> Coverage | None:
    """The entries of a catalogue, or of the filter alone, by the values of facets."""
    catalogues = context.library.vocabulary.catalogues
    if subject and subject not in catalogues:
        context.bad(
            f"there is no catalogue {subject!r}",
            did_you_mean(subject, catalogues),
        )
    catalogue = catalogues.get(subject, Catalogue(""))
    if not context.words("columns"):
        context.bad("coverage needs :columns:", "name one or more facets")
    facets = [
        f for name in context.words("columns") if (f := context.facet(name))
    ]
    columns = [_columns(context, facet) for facet in facets]
    entries = context.library.papers.of(context.found)
    if not entries or not any(columns):
        return None
    shown = [group[:MOST] for group in columns]
    marks = tuple(chain.from_iterable(shown))
    noun = (_("paper"), _("papers"))
    if catalogue.name:
        noun = (lower_first(catalogue.label), catalogue.plural)
    return Coverage(
        catalogue.label or _("Paper"),
        noun,
        marks,
        tuple(f.label for f in facets),
        tuple(accumulate(map(len, shown[:-1]), initial=0)),
        tuple(_blocks(context, catalogue, marks, entries)),
        sum(map(len, columns)) - len(marks),
    )


def _columns(context: FigureContext, facet: Facet) -> list[TermRef]:
    """The values that any paper has, the most frequent first, whatever the filter."""
    sizes = {
        value: (
            context.library.papers.tagged(facet.name, value) or 0
        ).bit_count()
        for value in context.values(facet)
    }
    used = [value for value, size in sizes.items() if size]
    used.sort(key=lambda value: -sizes[value])
    return [context.term_ref(facet, value) for value in used]


def _blocks(
    context: FigureContext,
    catalogue: Catalogue,
    marks: Iterable[TermRef],
    entries: Iterable[Paper],
) -> Iterator[Block]:
    """The entries by the groups of the catalogue, each by the name that this has for it."""
    papers = context.library.papers
    labels = context.library.labels
    columns = [papers.tagged(*mark.tag.split(":", 1)) or 0 for mark in marks]
    facet = context.library.facets.get(catalogue.group_by)
    values = context.values(facet) if facet else ()
    groups: dict[str, list[Covered]] = {value: [] for value in values}
    for paper in entries:
        name = Name(
            paper.key, paper.fields.get(catalogue.title) or labels[paper.key]
        )
        at = 1 << papers.position[paper.key]
        has = tuple(bool(column & at) for column in columns)
        group = paper.tags.get(catalogue.group_by, ("",))[0].partition("/")[0]
        groups.setdefault(group, []).append(Covered(name, has))
    for value, rows in groups.items():
        if rows:
            heading = (
                context.term_ref(facet, value).label if facet and value else ""
            )
            yield Block(heading, tuple(rows))
