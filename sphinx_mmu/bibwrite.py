"""Writes entries: in the canonical form, as others cite them, and as strict programs read them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from pybtex.bibtex.utils import split_name_list

from sphinx_mmu.bib import RawEntry

ORDER = (
    "title", "shorttitle", "author", "editor", "booktitle", "journal", "volume", "number", "pages",
    "publisher", "venue", "year", "month", "eprint", "eprinttype", "eprintclass", "doi", "openreview", "url",
    "code", "project", "origdate", "added", "checked", "sources", "benchname", "benchmodality", "benchtarget",
    "benchtask", "benchstats", "benchobjective", "size", "introducedby", "usedby", "datasets", "abstract", "note",
    "tagnote", "", "keywords", "tagsource",
)  # fmt: skip
"""The order of fields in the canonical form; the empty name is the place of all others."""

REQUIRED = {
    "article": ("journal",), "inproceedings": ("booktitle",), "incollection": ("booktitle",),
    "book": ("publisher",), "techreport": ("institution",), "phdthesis": ("school",), "mastersthesis": ("school",),
}  # fmt: skip
"""The fields without which BibTeX styles complain of a type, besides author, title and year."""

_WIDTH = max(map(len, ORDER))
_RANK = {name: rank for rank, name in enumerate(ORDER)}
_COMMAS = 2  # how many a name may have

_LOOSE_BACKSLASH = re.compile(r"\\+(?=[\s{}]|\Z)")
_LOOSE_IN_NAME = re.compile(r"\\+(?=,)")
_COMMENT_SIGN = re.compile(r"(?<!\\)%")
_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"\\(?:url|href)\s*\{([^{}]*)\}")
_VERBATIM = frozenset({"url", "doi", "eprint"})


def canonical(entry: RawEntry) -> str:
    """The one form in which files of this project keep an entry, so that changes are minimal diffs."""
    return ordered(entry.type, entry.key, [(f.name, f"{{{f.value}}}") for f in entry.fields.values()])


def ordered(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """An entry in the canonical form, from names and values with their delimiters."""
    unknown = _RANK[""]
    return _written(kind, key, sorted(fields, key=lambda field: _RANK.get(field[0], unknown)))


PRINTED = frozenset([
    "address", "author", "booktitle", "chapter", "crossref", "date", "doi", "edition", "editor", "eprint",
    "eprintclass", "eprinttype", "archiveprefix", "howpublished", "institution", "isbn", "issn", "journal",
    "journaltitle", "key", "location", "month", "note", "number", "organization", "pages", "primaryclass",
    "publisher", "pubstate", "school", "series", "subtitle", "title", "translator", "type", "url", "urldate",
    "version", "volume", "year",
])  # fmt: skip
"""The fields that bibliography styles print. Any other, tags above all, may change without touching a citation."""

_INHERITED = frozenset([
    "address", "booktitle", "date", "editor", "isbn", "issn", "journal", "journaltitle", "location", "month", "number",
    "organization", "publisher", "series", "venue", "volume", "year",
])  # fmt: skip
"""What an entry takes over from the one that its ``crossref`` names."""


def inherit(entry: RawEntry, parent: RawEntry) -> RawEntry:
    """The entry with what it lacks and its ``crossref`` has, as BibTeX and biblatex do. That reference is gone."""
    given = {"date", "year", "month"} if entry.fields.keys() & {"date", "year"} else set()
    found = {name: value for name, value in parent.fields.items() if name in _INHERITED - given}
    if "title" in parent.fields and entry.type.startswith("in"):
        found.setdefault("booktitle", parent.fields["title"])
    own = {name: value for name, value in entry.fields.items() if name != "crossref"}
    return replace(entry, fields=found | own)


def citable(entry: RawEntry) -> str:
    """The entry with the fields that styles print, to be pasted into a paper."""
    return canonical(replace(entry, fields={n: f for n, f in entry.fields.items() if n in PRINTED}))


def well_formed(entries: Iterable[RawEntry], fields: Collection[str]) -> str:
    """A copy for programs that stop at a fault: these fields only, keys unique, no type without its fields."""
    unique: dict[str, RawEntry] = {}
    for entry in entries:
        unique.setdefault(entry.key.lower(), entry)
    return "\n".join(_clean(entry, fields) for entry in unique.values())


def _clean(entry: RawEntry, fields: Collection[str]) -> str:
    values = {name: _printable(name, field.value) for name, field in entry.fields.items()}
    if "journaltitle" in values:
        values.setdefault("journal", values["journaltitle"])
    if "date" in values:
        values.setdefault("year", values["date"][:4])
    if not _WEB.match(values.get("url", "")):  # styles make a link of it
        values.pop("url", None)
    kept = {name: value for name, value in values.items() if value.strip(" {}") and name in fields}
    complete = {*REQUIRED.get(entry.type, ("?",)), "author", "title", "year"} <= kept.keys()
    braced = [(name, f"{{{value}}}") for name, value in kept.items()]
    return _written(entry.type if complete else "misc", entry.key, braced)


def _printable(name: str, value: str) -> str:
    """The value without what stops pybtex: loose backslashes and comment signs, names of more than three parts.

    Nor does it keep addresses within text that are none of the web.
    """
    value = _ADDRESS.sub(lambda found: found[0] if _WEB.match(found[1]) else f"{{{found[1]}}}", value)
    if name not in _VERBATIM and ("\\" in value or "%" in value):
        value = _COMMENT_SIGN.sub(r"\\%", _LOOSE_BACKSLASH.sub("", value))
    if name not in {"author", "editor"}:
        return value
    names = _LOOSE_IN_NAME.sub("", value)
    if names.count(",") <= _COMMAS:
        return names
    return " and ".join(f"{{{one}}}" if one.count(",") > _COMMAS else one for one in split_name_list(names))


def _written(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    lines = ",\n".join(f"  {name:<{_WIDTH}} = {value}" for name, value in fields)
    end = "\n" if lines else ""
    return f"@{kind}{{{key},\n{lines}{end}}}\n"
