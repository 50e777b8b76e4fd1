"""What formats of references share."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_mmu.model import reference
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person

CRLF = "\r\n"


def name_of(person: Person) -> str:
    """The family name first; a single name as it is."""
    return (
        "others"
        if person == OTHERS
        else ", ".join(filter(None, (person.family, person.given)))
    )


def notes_of(paper: Paper, shown: Sequence[str]) -> list[str]:
    """The entry's note, and the links that have no field of their own."""
    found = [
        f"{link.label}: {link.url}"
        for link in paper.links
        if link.kind != "doi" and link.url not in shown
    ]
    return [*filter(None, [reference.field(paper, "note")]), *found]
