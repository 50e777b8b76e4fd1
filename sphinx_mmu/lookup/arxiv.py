"""arXiv's API: an Atom feed with an entry for each identifier."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from sphinx_mmu.lookup.answers import ServiceError
from sphinx_mmu.lookup.client import Client
from sphinx_mmu.lookup.service_work import ServiceWork, clean, code_in, people
from sphinx_mmu.model.identifiers import address, same, unversioned

_ATOM = {
    "a": "http://www.w3.org/2005/Atom",
    "x": "http://arxiv.org/schemas/atom",
}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|submission|manuscript|preprint|version)\b.{0,40}\bwithdrawn\b",
    re.IGNORECASE,
)


def fetch(client: Client, identifier: str) -> ServiceWork | None:
    """Metadata from arXiv for an identifier, with or without a version; None if it is unknown."""
    wanted = unversioned(identifier)
    answer = client.get(
        "arxiv",
        "/api/query",
        {"id_list": wanted, "max_results": "1"},
        "application/atom+xml",
    )
    for entry in _feed(answer.text).findall("a:entry", _ATOM):
        if same("arxiv", wanted, _text(entry, "a:id")):
            return _record(entry, wanted)
    return None


def _feed(text: str) -> ET.Element:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ServiceError("arXiv did not answer with an Atom feed")
    try:
        return ET.fromstring(_DECLARATION.sub("", text))  # noqa: S314 -- entities are refused above
    except ET.ParseError as error:
        raise ServiceError("arXiv did not answer with an Atom feed") from error


def _text(entry: ET.Element, path: str) -> str:
    return clean(entry.findtext(path, "", _ATOM))


def _record(entry: ET.Element, identifier: str) -> ServiceWork:
    published = _text(entry, "a:published")
    comment, abstract = _text(entry, "x:comment"), _text(entry, "a:summary")
    return ServiceWork(
        source=f"arXiv, {address('arxiv', identifier)}",
        title=_text(entry, "a:title"),
        authors=people(
            name.text or "" for name in entry.findall("a:author/a:name", _ATOM)
        ),
        year=published[:4],
        origdate=published[:7],
        eprint=identifier,
        doi=_text(entry, "x:doi"),
        code=code_in(comment, abstract),
        abstract=abstract,
        withdrawn=bool(_WITHDRAWN.search(f"{comment} {abstract[:200]}")),
        journal_ref=_text(entry, "x:journal_ref"),
    )
