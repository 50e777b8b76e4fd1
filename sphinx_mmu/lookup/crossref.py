"""Crossref's REST API, and CSL-JSON from doi.org for DOIs of other agencies: nearly the same
items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sphinx_mmu.lookup.client import Client, ServiceError
from sphinx_mmu.lookup.service_work import (
    ServiceWork,
    check_same,
    clean,
    listed,
    person,
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
        return _checked(_mapping(answer.json(), "message"), "Crossref", doi)
    answer = client.get("doi", f"/{doi}", accept=_CSL)
    return None if answer.missing else _checked(answer.json(), "doi.org", doi)


def search(client: Client, title: str, author: str) -> Iterator[ServiceWork]:
    """The works that Crossref finds for a title and an author."""
    parameters = {"query.bibliographic": title, "query.author": author, "rows": "5"}
    answer = client.get("crossref", "/works", parameters, "application/json")
    for item in listed(_mapping(answer.json(), "message").get("items")):
        yield _record(item, "Crossref")


def _mapping(data: Any, name: str) -> Mapping[str, Any]:
    found = data.get(name) if isinstance(data, dict) else None
    if not isinstance(found, dict):
        raise ServiceError("Crossref answered in an unknown form")
    return found


def _checked(item: Any, source: str, doi: str) -> ServiceWork:
    record = _record(item, source)
    check_same(source, "doi", doi, record.doi)
    return record


def _record(item: Any, source: str) -> ServiceWork:
    if not isinstance(item, dict):
        raise ServiceError(f"{source} answered in an unknown form")
    kind = str(item.get("type", ""))
    doi, venue = clean(item.get("DOI")).lower(), _first(item, "container-title")
    date = _date(item, "issued") or _date(item, "published")
    preprint = kind in _PREPRINTS or item.get("subtype") == "preprint"
    updates = [u for u in listed(item.get("update-to")) if isinstance(u, dict)]
    return ServiceWork(
        source=f"{source}, https://doi.org/{doi}",
        type="misc" if preprint else _TYPES.get(kind, "misc"),
        title=": ".join(
            filter(None, (_first(item, "title"), _first(item, "subtitle")))
        ),
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
        withdrawn=any(
            str(u.get("type")) in {"withdrawal", "retraction"} for u in updates
        ),
        preprint=preprint,
    )


def _first(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    if isinstance(value, list) and value:
        return clean(value[0])
    return clean(value) if isinstance(value, str) else ""


def _short(item: Mapping[str, Any]) -> str:
    event = item.get("event")
    acronym = clean(event.get("acronym")) if isinstance(event, dict) else ""
    return (
        acronym
        or _first(item, "short-container-title")
        or _first(item, "container-title-short")
    )


def _date(item: Mapping[str, Any], name: str) -> str:
    found = item.get(name)
    parts = listed(found.get("date-parts")) if isinstance(found, dict) else []
    numbers = [
        part
        for part in map(str, listed(parts[0]) if parts else ())
        if _NUMBER.fullmatch(part)
    ]
    return "-".join(f"{int(part):02}" for part in numbers)


def _people(authors: Any) -> Iterator[Person]:
    for author in listed(authors):
        if not isinstance(author, dict):
            continue
        family, given = clean(author.get("family")), clean(author.get("given"))
        name = clean(author.get("name") or author.get("literal"))
        if family:
            yield Person(given, family)
        elif name:
            yield person(name) if not author.get("name") else Person("", name)
