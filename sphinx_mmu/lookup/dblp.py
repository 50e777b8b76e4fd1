"""DBLP's search of publications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sphinx_mmu.lookup.client import Client
from sphinx_mmu.lookup.service_work import (
    ServiceWork,
    clean,
    first,
    listed,
    needed,
    people,
    table,
)

_TYPES = {
    "Conference and Workshop Papers": "inproceedings",
    "Journal Articles": "article",
    "Books and Theses": "book",
}
_NUMBER = re.compile(r"\s\d{4}$")


def search(client: Client, title: str, author: str) -> Iterator[ServiceWork]:
    """The works that DBLP finds for a title and an author."""
    answer = client.get(
        "dblp",
        "/search/publ/api",
        {"q": f"{title} {author}", "format": "json", "h": "5"},
    )
    found = table(table(answer.json()).get("result")).get("hits")
    for hit in listed(needed("DBLP", found, dict).get("hit")):
        if info := table(table(hit).get("info")):
            yield _record(info)


def _record(info: Mapping[str, Any]) -> ServiceWork:
    authors = table(info.get("authors")).get("author", [])
    names = authors if isinstance(authors, list) else [authors]
    place = first(info.get("venue"))
    preprint = (
        place == "CoRR"
        or clean(info.get("type")) == "Informal and Other Publications"
    )
    return ServiceWork(
        source=f"DBLP, {clean(info.get('url'))}",
        type=_TYPES.get(clean(info.get("type")), "misc"),
        title=clean(info.get("title")).removesuffix("."),
        authors=people(
            _NUMBER.sub("", clean(n.get("text") if isinstance(n, dict) else n))
            for n in names
        ),
        short_venue="" if preprint else place,
        year=clean(info.get("year")),
        volume=clean(info.get("volume")),
        number=clean(info.get("number")),
        pages=clean(info.get("pages")).replace("-", "--"),
        doi=clean(info.get("doi")).lower(),
        url=clean(info.get("ee")),
        preprint=preprint,
    )
