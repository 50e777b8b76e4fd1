"""Crossref's REST API, and CSL-JSON from doi.org for DOIs of other agencies: nearly the same
items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sphinx_mmu.lookup.client import Client
from sphinx_mmu.lookup.service_work import (
    ServiceWork,
    check_same,
    clean,
    first,
    listed,
    needed,
    person,
    table,
)
from sphinx_mmu.model.people import Person

_CSL = "application/vnd.citationstyles.csl+json"
_TYPES = {
    "journal-article": "article",
    "article-journal": "article",
    "proceedings-article": "inproceedings",
    "paper-conference": "inproceedings",
    "book-chapter": "incollection",
    "chapter": "incollection",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "dataset": "dataset",
    "dissertation": "phdthesis",
    "thesis": "phdthesis",
    "report": "techreport",
}
_HEADING = re.compile(r"<jats:title>.*?</jats:title>")
_NUMBER = re.compile(r"[0-9]{1,4}")
_PREPRINTS = frozenset({"posted-content", "preprint"})


def fetch(client: Client, doi: str) -> ServiceWork | None:
    """Crossref's metadata for a DOI; those of doi.org, if Crossref does not know it; None if
    neither does.
    """
    answer = client.get("crossref", f"/works/{doi}", accept="application/json")
    if not answer.missing:
        return _checked(table(answer.json()).get("message"), "Crossref", doi)
    answer = client.get("doi", f"/{doi}", accept=_CSL)
    return None if answer.missing else _checked(answer.json(), "doi.org", doi)


def search(client: Client, title: str, author: str) -> Iterator[ServiceWork]:
    """The works that Crossref finds for a title and an author."""
    parameters = {
        "query.bibliographic": title,
        "query.author": author,
        "rows": "5",
    }
    answer = client.get("crossref", "/works", parameters, "application/json")
    found = needed("Crossref", table(answer.json()).get("message"), dict)
    for item in listed(found.get("items")):
        yield _record(item, "Crossref")


def _checked(item: Any, source: str, doi: str) -> ServiceWork:
    record = _record(item, source)
    check_same(source, "doi", doi, record.doi)
    return record


def _record(item: Any, source: str) -> ServiceWork:
    item = needed(source, item, dict)
    kind = str(item.get("type", ""))
    doi, venue = (
        clean(item.get("DOI")).lower(),
        first(item.get("container-title")),
    )
    date = _date(item, "issued") or _date(item, "published")
    preprint = kind in _PREPRINTS or item.get("subtype") == "preprint"
    updates = {
        clean(table(u).get("type")) for u in listed(item.get("update-to"))
    }
    titles = (item.get("title"), item.get("subtitle"))
    return ServiceWork(
        source=f"{source}, https://doi.org/{doi}",
        type="misc" if preprint else _TYPES.get(kind, "misc"),
        title=": ".join(filter(None, map(first, titles))),
        authors=tuple(_people(item.get("author"))),
        venue="" if preprint else venue,
        short_venue="" if preprint else _short(item),
        year=date[:4],
        origdate=(_date(item, "posted") or date)[:7],
        volume=clean(item.get("volume")),
        number=clean(item.get("issue")),
        pages=clean(item.get("page")).replace("-", "--").replace("----", "--"),
        publisher="" if preprint else clean(item.get("publisher")),
        doi=doi,
        abstract=clean(_HEADING.sub("", str(item.get("abstract") or ""))),
        withdrawn=not updates.isdisjoint({"withdrawal", "retraction"}),
        preprint=preprint,
    )


def _short(item: Mapping[str, Any]) -> str:
    """The acronym of the event, or the short name of the venue in one of the two spellings."""
    names = ("short-container-title", "container-title-short")
    found = [table(item.get("event")).get("acronym"), *map(item.get, names)]
    return next(filter(None, map(first, found)), "")


def _date(item: Mapping[str, Any], name: str) -> str:
    parts = listed(table(item.get(name)).get("date-parts"))
    numbers = map(str, listed(parts[0]) if parts else ())
    return "-".join(f"{int(n):02}" for n in numbers if _NUMBER.fullmatch(n))


def _people(authors: Any) -> Iterator[Person]:
    for author in map(table, listed(authors)):
        family, given = clean(author.get("family")), clean(author.get("given"))
        name = clean(author.get("name") or author.get("literal"))
        if family:
            yield Person(given, family)
        elif name:
            yield person(name) if not author.get("name") else Person("", name)
