"""Papers as CSL-JSON, which citation processors read."""

from __future__ import annotations

import json
from typing import Any

from sphinx_mmu.export._shared import name_of, notes_of
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import publication, reference
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import Person


def csl(paper: Paper, _library: Library) -> str:
    """An item on one line, its keys always in the same order."""
    kind = reference.kind(paper)
    published = publication.issued(paper)
    container = reference.container(paper)
    texts = reference.addresses(paper)[:1]
    authors, editors = reference.people(paper)
    item: dict[str, Any] = {
        "id": paper.key,
        "type": kind.csl,
        "title": reference.title(paper),
        "title-short": reference.line(paper.short),
        "author": [_csl_name(one) for one in authors],
        "editor": [_csl_name(one) for one in editors],
        "issued": _csl_date(published),
        "available-date": _csl_date(paper.date)
        if paper.date != published
        else {},
        "container-title": container,
        "container-title-short": (
            paper.venue_short
            if container and paper.venue_short != container
            else ""
        ),
        "collection-title": reference.field(paper, "series"),
        "volume": reference.field(paper, "volume"),
        "issue"
        if kind.csl == "article-journal"
        else "number": reference.number(paper),
        "page": reference.field(paper, "pages"),
        "edition": reference.field(paper, "edition"),
        "publisher": reference.publisher(paper),
        "publisher-place": reference.field(paper, "address", "location"),
        "ISBN": reference.field(paper, "isbn"),
        "ISSN": reference.field(paper, "issn"),
        "genre": kind.genre,
        "DOI": reference.doi(paper),
        "URL": "".join(texts),
        "abstract": paper.abstract,
        "keyword": ", ".join(paper.keywords),
        "note": "\n".join(notes_of(paper, texts)),
    }
    return json.dumps(
        {name: value for name, value in item.items() if value},
        ensure_ascii=False,
    )


def _csl_name(person: Person) -> dict[str, str]:
    if person.given:
        return {"family": person.family, "given": person.given}
    return {"literal": name_of(person)}


def _csl_date(date: str) -> dict[str, list[list[int]]]:
    return (
        {"date-parts": [[int(part) for part in date.split("-")]]}
        if date
        else {}
    )
