"""OpenReview's API, in its second version and, for older forums, in its first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sphinx_mmu.bib import reader
from sphinx_mmu.bib.latex import plain_text
from sphinx_mmu.lookup.client import Client, ServiceError
from sphinx_mmu.lookup.service_work import (
    ServiceWork,
    check_same,
    clean,
    code_in,
    listed,
    people,
)

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
        answer = client.get(service, "/notes", {"id": identifier}, "application/json")
        data = answer.json() if not answer.missing else {}
        notes = data.get("notes") if isinstance(data, dict) else None
        if notes and isinstance(notes, list) and isinstance(notes[0], dict):
            told = [str(notes[0].get(name) or "") for name in ("id", "forum")]
            check_same("OpenReview", "openreview", identifier, *told)
            return _record(notes[0], identifier)
        if not answer.missing and not isinstance(notes, list):
            raise ServiceError("OpenReview answered in an unknown form")
    return None


def _record(note: Mapping[str, Any], identifier: str) -> ServiceWork:
    content = note.get("content")
    if not isinstance(content, dict):
        raise ServiceError("OpenReview answered in an unknown form")
    values = {
        name: v.get("value") if isinstance(v, dict) else v
        for name, v in content.items()
    }
    venue = clean(values.get("venue"))
    accepted = bool(venue) and not _NO_PLACE.search(venue)
    found = reader.parse(str(values.get("_bibtex") or ""), "")[0]
    fields = (
        {n: clean(plain_text(f.value)) for n, f in found[0].fields.items()}
        if found
        else {}
    )
    year = _YEAR.search(venue)
    return ServiceWork(
        source=f"OpenReview, https://openreview.net/forum?id={identifier}",
        type=found[0].type if found and accepted else "misc",
        title=clean(values.get("title")),
        authors=people(map(str, listed(values.get("authors")))),
        venue=(fields.get("booktitle") or fields.get("journal") or "")
        if accepted
        else "",
        short_venue=_YEAR.sub("", _DECISION.sub("", venue)).strip(" -,:")
        if accepted
        else "",
        year=(
            (year[0] if year else fields.get("year", ""))
            if accepted
            else _month(note, "cdate")[:4]
        ),
        origdate=_month(note, "pdate")
        or _month(note, "odate")
        or _month(note, "cdate"),
        openreview=identifier,
        code=code_in(str(values.get("code") or ""), str(values.get("abstract") or "")),
        abstract=clean(values.get("abstract")),
        withdrawn=bool(_WITHDRAWN.search(venue)),
    )


def _month(note: Mapping[str, Any], name: str) -> str:
    milliseconds = note.get(name)
    if not isinstance(milliseconds, int | float) or milliseconds <= 0:
        return ""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m")
    except (ValueError, OverflowError, OSError):
        return ""
