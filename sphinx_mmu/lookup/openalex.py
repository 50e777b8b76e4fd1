"""OpenAlex's works, by DOI or by title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinx_mmu.lookup.client import Client
from sphinx_mmu.lookup.service_work import (
    ServiceWork,
    check_same,
    clean,
    listed,
    needed,
    people,
    table,
)

_TYPES = {
    "article": "article",
    "book": "book",
    "book-chapter": "incollection",
    "dissertation": "phdthesis",
}


def fetch(client: Client, doi: str) -> ServiceWork | None:
    """OpenAlex's metadata for a DOI; None if it does not know it."""
    answer = client.get(
        "openalex", f"/works/doi:{doi}", accept="application/json"
    )
    if answer.missing:
        return None
    record = _record(answer.json())
    check_same("OpenAlex", "doi", doi, record.doi)
    return record


def search(client: Client, title: str) -> Iterator[ServiceWork]:
    """The works that OpenAlex finds for a title."""
    wanted = "".join(c if c.isalnum() else " " for c in title)
    answer = client.get(
        "openalex",
        "/works",
        {"filter": f"title.search:{wanted}", "per-page": "5"},
        "application/json",
    )
    results = needed("OpenAlex", table(answer.json()).get("results"), list)
    yield from map(_record, results)


def _record(work: Any) -> ServiceWork:
    work = needed("OpenAlex", work, dict)
    source = table(table(work.get("primary_location")).get("source"))
    kind = clean(source.get("type"))
    preprint = kind == "repository" or work.get("type") == "preprint"
    published = (
        "inproceedings"
        if kind == "conference"
        else _TYPES.get(clean(work.get("type")), "misc")
    )
    persons = [
        table(table(a).get("author")) for a in listed(work.get("authorships"))
    ]
    return ServiceWork(
        source=f"OpenAlex, {clean(work.get('id'))}",
        type="misc" if preprint else published,
        title=clean(work.get("title") or work.get("display_name")),
        authors=people(clean(one.get("display_name")) for one in persons),
        venue="" if preprint else clean(source.get("display_name")),
        year=clean(work.get("publication_year")),
        origdate=clean(work.get("publication_date"))[:7],
        doi=clean(work.get("doi")).lower().removeprefix("https://doi.org/"),
        withdrawn=bool(work.get("is_retracted")),
        preprint=preprint,
    )
