"""The ACL Anthology: a .bib file for each paper."""

from __future__ import annotations

from sphinx_mmu.bib import reader
from sphinx_mmu.lookup.answers import ServiceError
from sphinx_mmu.lookup.client import Client
from sphinx_mmu.lookup.service_work import ServiceWork, check_same, clean
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.model.people import Person

_EVENTS = {
    "main": "",
    "long": "",
    "short": "",
    "findings": "Findings",
    "demo": "Demo",
    "demos": "Demo",
    "srw": "SRW",
}


def fetch(client: Client, identifier: str) -> ServiceWork | None:
    """The Anthology's metadata for an identifier; None if it does not know it."""
    answer = client.get("anthology", f"/{identifier}.bib", accept="text/plain")
    if answer.missing:
        return None
    entries, _ = reader.parse(answer.text, "")
    if not entries:
        raise ServiceError("the ACL Anthology did not answer with BibTeX")
    entry = entries[0]
    paper, _ = paper_from(entry)
    fields = {name: clean(value) for name, value in paper.fields.items()}
    check_same(
        "the ACL Anthology", "anthology", identifier, fields.get("url", "")
    )
    return ServiceWork(
        source=f"ACL Anthology, https://aclanthology.org/{identifier}/",
        type=entry.type,
        title=clean(paper.title),
        authors=(
            tuple(
                Person(clean(p.given), clean(p.family)) for p in paper.authors
            )
            if fields.get("author")
            else ()
        ),
        venue=fields.get("booktitle") or fields.get("journal") or "",
        short_venue=_short(identifier),
        year=fields.get("year", ""),
        origdate=paper.date,
        volume=fields.get("volume", ""),
        pages=clean(entry.value("pages")),
        publisher=fields.get("publisher", ""),
        doi=fields.get("doi", ""),
        url=f"https://aclanthology.org/{identifier}/",
        abstract=fields.get("abstract", ""),
    )


def _short(identifier: str) -> str:
    """The usual name of a venue from an identifier: 2024.findings-acl.1 is ACL Findings."""
    _, _, rest = identifier.partition(".")
    event, _, part = rest.rpartition(".")[0].partition("-")
    if event == "findings":
        return f"{part.upper()} Findings"
    return f"{event.upper()} {_EVENTS.get(part, part)}".strip() if event else ""
