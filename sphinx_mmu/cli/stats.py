"""``sphinx-mmu stats``: numbers of papers by year, venue and facet, and what is missing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

import click

from sphinx_mmu.cli._shared import FILTER, FORMAT, Command, Database, database
from sphinx_mmu.cli.export import chosen
from sphinx_mmu.cli.output import console, styled
from sphinx_mmu.library.collection import tags_of
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.links import url
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.publication import is_preprint

_BAR = 24
_MOST_VENUES = 10


@click.command(
    cls=Command,
    examples=[
        ("sphinx-mmu stats", "the files that conf.py names"),
        (
            'sphinx-mmu stats --filter "topic:routing" --format json',
            "numbers for a selection, as JSON",
        ),
    ],
    exits={0: "the numbers were written"},
)
@database()
@FILTER
@FORMAT
def stats(database: Database, text: str, form: str) -> None:
    """Count papers: in all, by year, by venue and by each facet, and those without a value."""
    library = database.load()
    numbers = counts(library, chosen(library, text))
    if form == "json":
        click.echo(json.dumps(numbers, indent=2, ensure_ascii=False))
    else:
        _print(numbers)


def counts(
    library: Library, papers: Sequence[Paper]
) -> Mapping[str, Mapping[str, int]]:
    """Table → row → number; rows of facets are in the order of the vocabulary."""
    found: dict[str, Mapping[str, int]] = {
        "All": {
            "papers": len(papers),
            "datasets": len(library.datasets),
            "background": len(library.background),
            "with code": sum(bool(url(p.links, "code")) for p in papers),
            "with abstract": sum(bool(p.abstract) for p in papers),
            "preprints only": sum(is_preprint(p) for p in papers),
            "without any link": sum(not p.links for p in papers),
        },
        "Year": dict(
            sorted(Counter(str(p.year or "unknown") for p in papers).items())
        ),
        "Venue": dict(
            Counter(p.venue_short for p in papers if p.venue_short).most_common(
                _MOST_VENUES
            )
        ),
    }
    for facet in library.facets.values():
        used = Counter[str]()
        for paper in papers:
            used.update({v for name, v in tags_of(paper) if name == facet.name})
        order = [term.value for term in facet.terms] or sorted(
            used, key=lambda v: (-used[v], v)
        )
        rows = {value: used[value] for value in order if used[value]}
        none = sum(not p.tags.get(facet.name) for p in papers)
        if rows:
            found[facet.label] = rows | ({"(none)": none} if none else {})
    return found


def _print(numbers: Mapping[str, Mapping[str, int]]) -> None:
    screen = console()
    width = max(map(len, chain.from_iterable(numbers.values())), default=0)
    for n, (title, rows) in enumerate(numbers.items()):
        screen.print(styled((f"{'' if n == 0 else chr(10)}{title}", "bold")))
        most = max(rows.values(), default=0)
        for row, number in rows.items():
            bar = (
                "█" * round(_BAR * number / most)
                if most and title != "All"
                else ""
            )
            screen.print(
                styled(f"  {row:<{width}} {number:>6,} ", (bar, "cyan"))
            )
