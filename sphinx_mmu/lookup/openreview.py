"""OpenReview's API, in its second version and, for older forums, in its first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sphinx_mmu.bib import reader
from sphinx_mmu.bib.latex import plain_text
from sphinx_mmu.lookup.client import Client
from sphinx_mmu.lookup.service_work import (
    ServiceWork,
    check_same,
    clean,
    code_in,
    listed,
    needed,
    people,
    table,
)
from sphinx_mmu.model.identifiers import address

_DECISION = re.compile(
    r"\b(?:oral|poster|spotlight|notable|top[- ]?\d+%"
    r"|accept(?:ed)?|conditional|regular|long|short|main)\b.*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NO_PLACE = re.compile(
    r"submitted|under review|withdraw|reject|desk|corr", re.IGNORECASE
)
_WITHDRAWN = re.compile(r"withdraw", re.IGNORECASE)


def fetch(client: Client, identifier: str) -> ServiceWork | None:
    """OpenReview's metadata for a forum; None if it does not know it."""
    for service in ("openreview", "openreview1"):
        answer = client.get(
            service, "/notes", {"id": identifier}, "application/json"
        )
        if answer.missing:
            continue
        notes = needed("OpenReview", table(answer.json()).get("notes"), list)
        if notes and isinstance(notes[0], dict):
            identifiers = [
                clean(notes[0].get(name)) for name in ("id", "forum")
            ]
            check_same("OpenReview", "openreview", identifier, *identifiers)
            return _record(notes[0], identifier)
    return None


def _record(note: Mapping[str, Any], identifier: str) -> ServiceWork:
    content = needed("OpenReview", note.get("content"), dict)
    values = {
        name: v.get("value") if isinstance(v, dict) else v
        for name, v in content.items()
    }
    venue = clean(values.get("venue"))
    accepted = bool(venue) and not _NO_PLACE.search(venue)
    entries, _ = reader.parse(str(values.get("_bibtex") or ""), "")
    entry = entries[0] if accepted and entries else None
    fields = entry.fields if entry else {}
    texts = {name: clean(plain_text(one.value)) for name, one in fields.items()}
    short, year = _YEAR.sub("", _DECISION.sub("", venue)), _YEAR.search(venue)
    published = year[0] if year else texts.get("year", "")
    created = _month(note, "cdate")
    return ServiceWork(
        source=f"OpenReview, {address('openreview', identifier)}",
        type=entry.type if entry else "misc",
        title=clean(values.get("title")),
        authors=people(map(clean, listed(values.get("authors")))),
        venue=texts.get("booktitle") or texts.get("journal") or "",
        short_venue=short.strip(" -,:") if accepted else "",
        year=published if accepted else created[:4],
        origdate=_month(note, "pdate") or _month(note, "odate") or created,
        openreview=identifier,
        code=code_in(
            str(values.get("code") or ""), str(values.get("abstract") or "")
        ),
        abstract=clean(values.get("abstract")),
        withdrawn=bool(_WITHDRAWN.search(venue)),
    )


def _month(note: Mapping[str, Any], name: str) -> str:
    milliseconds = note.get(name)
    if not isinstance(milliseconds, int | float) or milliseconds <= 0:
        return ""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime(
            "%Y-%m"
        )
    except (ValueError, OverflowError, OSError):
        return ""
