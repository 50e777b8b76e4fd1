"""Copies of .bib files for sphinxcontrib-bibtex and pybtex, which stop at a fault."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

import pybtex.errors
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person as BibtexPerson
from pybtex.richtext import Text

from sphinx_mmu.bib.addresses import web_address
from sphinx_mmu.bib.dates import DATES, dates_of
from sphinx_mmu.bib.fields import VERBATIM
from sphinx_mmu.bib.latex import plain_text
from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.bib.values import (
    PEOPLE,
    SIGN,
    braced,
    portable,
    without_commands,
)
from sphinx_mmu.bib.writer import in_lines
from sphinx_mmu.problems import Code, Problem

_REQUIRED = {
    "article": ("journal",),
    "inproceedings": ("booktitle",),
    "incollection": ("booktitle",),
    "book": ("publisher",),
    "techreport": ("institution",),
    "phdthesis": ("school",),
    "mastersthesis": ("school",),
}
"""The fields without which BibTeX styles complain of a type, besides author, title and year."""


def well_formed(entries: Iterable[RawEntry], fields: Collection[str]) -> str:
    """A copy for programs that stop at a fault: these fields only, keys unique, no type without its
    fields.
    """
    return "\n".join(_clean(entry, fields) for entry in _unique(entries)[0])


def dropped(entries: Iterable[RawEntry]) -> Iterator[Problem]:
    """What is left out of a copy though the site shows it: entries whose keys differ in capitals
    only.
    """
    for entry, first in _unique(entries)[1]:
        if entry.key == first.key:  # reported when the file is read
            continue
        place = f"{first.key!r} in {first.file}:{first.line}"
        message = f"the key {entry.key!r} differs from {place} in capitals only"
        hint = "rename one: BibTeX treats both as one key"
        yield entry.problem(Code.DUPLICATE_KEY, message, entry.line, hint)


def _unique(
    entries: Iterable[RawEntry],
) -> tuple[list[RawEntry], list[tuple[RawEntry, RawEntry]]]:
    """Each entry with the first one whose key BibTeX considers the same, or with itself."""
    first: dict[str, RawEntry] = {}
    others = []
    for entry in entries:
        known = first.setdefault(entry.key.lower(), entry)
        if known is not entry:
            others.append((entry, known))
    return list(first.values()), others


def _clean(entry: RawEntry, fields: Collection[str]) -> str:
    wanted = {*fields, "date", "journaltitle"}
    own = [field for name, field in entry.fields.items() if name in wanted]
    values = {field.name: _printed(field.name, field.value) for field in own}
    if "journaltitle" in values:
        values.setdefault("journal", values["journaltitle"])
    issued = dates_of(entry).issued
    values |= {"date": issued if "date" in values else "", "year": issued[:4]}
    # Styles make a link of it.
    values["url"] = web_address(values.get("url", ""))
    kept = {
        name: value
        for name, value in values.items()
        if value.strip(" {}") and name in fields
    }
    complete = {
        *_REQUIRED.get(entry.type, ("?",)),
        "author",
        "title",
        "year",
    } <= kept.keys()
    written = [(name, braced(name, value)) for name, value in kept.items()]
    return in_lines(entry.type if complete else "misc", entry.key, written)


_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"\\(?:url|href)\s*\{([^{}]*)\}")
_LOOSE_BACKSLASH = re.compile(r"(?<!\\)\\+(?=[\s{}]|\Z)")
_LOOSE_IN_NAME = re.compile(r"(?<!\\)\\+(?=,)")
_RISKY = re.compile(r"\\(?![&%#_])|\$")
"""What pybtex may not be able to read: any command but these, and formulas."""
_NO_LETTERS = re.compile(r"[^\w ]+")


def _printed(name: str, value: str) -> str:
    """The value as pybtex prints it; TeX that it cannot read gives way to the text that the site
    shows.

    Nor does it keep addresses within text that are none of the web. Labels are cut from the field
    ``key``.
    """
    if name == "key":
        return _NO_LETTERS.sub("", plain_text(value))
    if name in VERBATIM or name in DATES or not SIGN.search(value):
        return portable(name, value)
    value = _ADDRESS.sub(
        lambda found: (
            found[0] if _WEB.match(found[1]) else braced(name, found[1])
        ),
        value,
    )
    value = portable(name, _LOOSE_BACKSLASH.sub("", value))
    if not _RISKY.search(value):
        return value
    if name in PEOPLE:
        names = split_name_list(_LOOSE_IN_NAME.sub("", value))
        return " and ".join(
            one if _is_name(one) else braced(name, _plain(one)) for one in names
        )
    return value if _is_tex(value) else _plain(value)


def _is_tex(value: str) -> bool:
    """Whether pybtex can read TeX."""
    try:
        Text.from_latex(value)
    except Exception:  # noqa: BLE001 -- a codec and a parser that stumble in many ways
        return False
    return True


def _is_name(value: str) -> bool:
    """Whether pybtex can read each part of a name."""
    try:
        with pybtex.errors.capture() as complaints:
            name = BibtexPerson(value)
    except Exception:  # noqa: BLE001 -- as above
        return False
    parts = chain(
        name.first_names,
        name.middle_names,
        name.prelast_names,
        name.last_names,
        name.lineage_names,
    )
    return not complaints and all(map(_is_tex, parts))


_NO_SIGN = re.compile(r"[^\w\s.,;:()'-]")


def _plain(value: str) -> str:
    """The text that TeX means, without any command of its own."""
    text = plain_text(value)
    written = without_commands(text)
    return written if _is_tex(written) else _NO_SIGN.sub("", text)
