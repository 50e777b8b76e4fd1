"""The place of a new entry in its file, and whether the library has it already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sphinx_mmu.bib import reader
from sphinx_mmu.bib.style import SourceEntry
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.same_work import identifiers, same_work
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.vocabulary.vocabulary import Facet


def known_works(library: Library) -> Iterator[Paper]:
    """The works that a new entry could be: those of the lists, and those that are only cited."""
    yield from (*library.papers.papers, *library.background.papers)


def already_there(paper: Paper, library: Library) -> Paper | None:
    """The entry that is this work, if there is one."""
    own = identifiers(paper)
    for other in known_works(library):
        if own & identifiers(other) or same_work(paper, other):
            return other
    return None


def paper_of(entry: SourceEntry) -> Paper:
    """The paper that an entry describes."""
    (raw,), _ = reader.parse(entry.text, "")
    return paper_from(raw)[0]


def inserted(
    text: str, entry: SourceEntry, papers: Sequence[Paper], library: Library
) -> str:
    """The text with the entry at its place: in the part of its tag, among its dates. All else
    stays, byte for byte.
    """
    before = _follower(paper_of(entry), papers, library)
    end = "\r\n" if "\r\n" in text else "\n"
    block = entry.text.replace("\n", end)
    if before is None:
        stripped = text.rstrip()
        return f"{stripped}{end * 2 if stripped else ''}{block}{end}"
    at = _offset(text, before.entry.line)
    return f"{text[:at]}{block}{end * 2}{text[at:]}"


def _offset(text: str, line: int) -> int:
    ends = [found.end() for found in re.finditer(r"\r\n|\r|\n", text)]
    return (
        ends[line - 2]
        if line > 1
        else len(text) - len(text.removeprefix("\ufeff"))
    )


def _follower(
    new: Paper, papers: Sequence[Paper], library: Library
) -> Paper | None:
    """The paper before which the new one is inserted; None for the end of the file."""
    facet = parts_of(papers, library)
    mine = new.tags.get(facet.name, ()) if facet else ()
    part = [
        p for p in papers if not facet or p.tags.get(facet.name, ()) == mine
    ]
    if not part:
        return None
    after = papers.index(part[-1]) + 1
    next_part = papers[after] if after < len(papers) else None
    dates = [(a.date, b.date) for a, b in pairwise(part) if a.date != b.date]
    falling = sum(a > b for a, b in dates)
    if 2 * falling >= len(dates):
        return next((p for p in part if p.date <= new.date), next_part)
    return next_part


def parts_of(papers: Sequence[Paper], library: Library) -> Facet | None:
    """The facet by whose values the entries of a file are grouped."""
    facets = library.vocabulary.facets.values()
    for facet in (f for f in facets if f.single and not f.provenance):
        runs: list[tuple[str, ...]] = []
        for paper in papers:
            values = paper.tags.get(facet.name, ())
            if not runs or runs[-1] != values:
                runs.append(values)
        if 1 < len(runs) == len(set(runs)):
            return facet
    return None
