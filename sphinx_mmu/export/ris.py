"""Papers as RIS, which reference managers read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinx_mmu.export._shared import CRLF, name_of, notes_of
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import publication, reference
from sphinx_mmu.model.paper import Paper


def ris(paper: Paper, _library: Library) -> str:
    """A reference as reference managers read it: CR LF, one line a value."""
    values = ((tag, reference.line(value)) for tag, value in _ris_values(paper))
    lines = (f"{tag}  - {value}{CRLF}" for tag, value in values if value)
    return f"{''.join(lines)}ER  - {CRLF}"


def _ris_values(paper: Paper) -> Iterator[tuple[str, str]]:
    kind = reference.kind(paper)
    published = publication.issued(paper)
    year, month, day = (*published.split("-"), "", "")[:3]
    first, last = _pages(paper)
    authors, editors = reference.people(paper)
    yield "TY", kind.ris
    yield "ID", paper.key
    yield "TI", reference.title(paper)
    yield "ST", paper.short
    yield from (("AU", name_of(one)) for one in authors or editors)
    yield from (("A2", name_of(one)) for one in editors if authors)
    yield "PY", year
    yield "DA", f"{year}/{month}/{day}/" if month else ""
    yield "T2", reference.container(paper)
    yield "J2", reference.container(paper) and paper.venue_short
    yield "VL", reference.field(paper, "volume")
    yield (
        "IS",
        "" if publication.is_preprint(paper) else reference.number(paper),
    )
    yield "SP", first
    yield "EP", last
    yield "ET", reference.field(paper, "edition")
    yield "PB", reference.publisher(paper)
    yield "CY", reference.field(paper, "address", "location")
    yield "SN", reference.field(paper, "isbn", "issn")
    yield "M3", kind.genre
    yield "DO", reference.doi(paper)
    yield (
        "AN",
        f"arXiv:{reference.arxiv(paper)}" if reference.arxiv(paper) else "",
    )
    # A semicolon separates addresses.
    yield from (
        ("UR", url.replace(";", "%3B")) for url in reference.addresses(paper)
    )
    yield "AB", paper.abstract
    yield from (("KW", word) for word in paper.keywords)
    yield from (
        ("N1", note) for note in notes_of(paper, reference.addresses(paper))
    )
    yield (
        "N1",
        f"First public version: {paper.date}"
        if paper.date != published
        else "",
    )


def _pages(paper: Paper) -> tuple[str, str]:
    """First and last page; several ranges stay as they are written."""
    pages = reference.field(paper, "pages")
    found = re.fullmatch(r"([^\s,–—-]+)\s*[–—-]+\s*([^\s,–—-]+)", pages)
    return (found[1], found[2]) if found else (pages, "")
