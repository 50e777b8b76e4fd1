"""A new entry from the metadata of a service or a pasted entry: cleaned, and with a key."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pylatexenc.latex2text import LatexNodes2Text
from rapidfuzz import fuzz, process

from sphinx_mmu.bib.fields import VERBATIM
from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.bib.style import SourceEntry
from sphinx_mmu.bib.values import braced, escaped
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.same_work import identifiers, letters
from sphinx_mmu.lookup.service_work import ServiceWork
from sphinx_mmu.model.identifiers import read, recognised
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.model.people import OTHERS, Person, family

_STOP = frozenset(
    "a an the on in of to for and from with at by as is are".split()
)
_NAME = re.compile(r"(\S{2,30})\s*:\s")
_CAPITAL = re.compile(
    r"(?<![{\w])([\w-]*(?:[a-z0-9][A-Z]|[A-Z]{2})[\w-]*)(?![}\w])"
)
_SEVERAL = re.compile(r",|\band\b", re.IGNORECASE)
"""What would make more names, or more parts, of a part of a name."""
_AS_IT_IS = re.compile(r"\$|\\(?:url|href)\b")
_EDITION = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)?|\w*(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth|teenth|tieth))\b"
)
_LIKE_A_VENUE = 90
_VERBATIM = VERBATIM | {"keywords"}
_TEX = LatexNodes2Text(
    keep_braced_groups=True, math_mode="verbatim", keep_comments=True
)


def from_record(
    record: ServiceWork, library: Library, added: str
) -> SourceEntry:
    """The entry of a work that a service knows."""
    short = _NAME.match(record.title)
    values = {
        "title": protected(record.title),
        "shorttitle": short[1]
        if short and _CAPITAL.fullmatch(short[1])
        else "",
        "author": names(record.authors),
        "booktitle": record.venue
        if record.type in {"inproceedings", "incollection"}
        else "",
        "journal": record.venue if record.type == "article" else "",
        "volume": record.volume,
        "number": record.number,
        "pages": record.pages,
        "publisher": record.publisher
        if record.type in {"book", "incollection"}
        else "",
        "venue": record.short_venue or known_venue(record.venue, library),
        "year": record.year,
        "eprint": record.eprint,
        "eprinttype": "arxiv" if record.eprint else "",
        "doi": record.doi,
        "openreview": record.openreview,
        "url": ""
        if record.doi or record.eprint or record.openreview
        else record.url,
        "code": record.code,
        "origdate": record.origdate,
        "added": added,
    }
    fields = tuple((n, braced(n, as_tex(n, v))) for n, v in values.items() if v)
    key = new_key(
        record.authors, record.origdate or record.year, record.title, library
    )
    return SourceEntry(record.type, key, fields, "", 1)


def from_bibtex(entry: RawEntry, library: Library, added: str) -> SourceEntry:
    """The entry as it was pasted: LaTeX as Unicode, a key of this project's scheme, all fields
    kept.
    """
    paper, _ = paper_from(entry)
    fields = {
        n: f.value if n in _VERBATIM else _unicode(f.value)
        for n, f in entry.fields.items()
    }
    doi = fields.get("doi", "")
    fields["doi"] = read("doi", doi) or doi
    own = dict(sorted(name.split(":", 1) for name in identifiers(paper)))
    if "arxiv" in own:
        fields |= {"eprint": own["arxiv"], "eprinttype": "arxiv"}
        fields.pop("archiveprefix", None)
    if "openreview" in own:
        fields["openreview"] = own["openreview"]
    if recognised(fields.get("url", "")) and own.keys() - {"anthology"}:
        fields["url"] = ""  # the identifier leads there
    fields.setdefault("origdate", paper.date)
    fields["added"] = added
    place = (
        paper.venue
        if entry.type in {"inproceedings", "incollection", "article"}
        else ""
    )
    fields.setdefault("venue", known_venue(place, library))
    key = new_key(paper.authors, paper.date, paper.title, library)
    return SourceEntry(
        entry.type,
        key,
        tuple((n, braced(n, v)) for n, v in fields.items() if v),
        "",
        1,
    )


def protected(title: str) -> str:
    """A title with braces around words whose capitals must stay."""
    return _CAPITAL.sub(r"{\1}", title)


def names(people: Sequence[Person]) -> str:
    """An author list as BibTeX has it."""
    return " and ".join(map(_name, people))


def _name(person: Person) -> str:
    if person == OTHERS:
        return "others"
    parts = [part for part in (person.family, person.given) if part]
    if len(parts) == 1:
        return braced("author", parts[0])
    return ", ".join(
        braced("author", part) if _SEVERAL.search(part) else part
        for part in parts
    )


def as_tex(name: str, value: str) -> str:
    """The text of a field as TeX."""
    return value if name in _VERBATIM else escaped(value)


def _unicode(value: str) -> str:
    """LaTeX's accents as letters; braces stay, and so do texts with formulas or addresses."""
    if "\\" not in value or _AS_IT_IS.search(value):
        return value
    try:
        plain = str(
            _TEX.latex_to_text(
                value.replace("%", "\\%").replace("\\\\%", "\\%")
            )
        )
    except Exception:  # noqa: BLE001 -- a library that guesses at TeX may stumble in any way
        return value
    balanced = plain.count("{") == plain.count("}")
    return (
        escaped(re.sub(r"\{(\w)\}", r"\1", plain))
        if balanced and plain.strip()
        else value
    )


# --- the key


def new_key(
    people: Sequence[Person], date: str, title: str, library: Library
) -> str:
    """Family name, year, first telling word of the title; further words where the key is taken."""
    name = family(people[0]) if people else "anonymous"
    start = _plain(name) + (date[:4] if date[:4].isdecimal() else "nodate")
    words = [w for w in map(_plain, title.split()) if w]
    telling = [w for w in words if w not in _STOP] or words or ["untitled"]
    for number in range(1, len(telling) + 1):
        key = start + "".join(telling[:number])
        if not library.find(key):
            return key
    number = 2
    while library.find(f"{start}{telling[0]}{number}"):
        number += 1
    return f"{start}{telling[0]}{number}"


def _plain(text: str) -> str:
    return re.sub("[^a-z0-9]", "", letters(text).replace(" ", ""))


# --- the venue


def known_venue(place: str, library: Library) -> str:
    """The short name that entries of the same venue have."""
    wanted = _series(place)
    if not wanted:
        return ""
    named = {
        _series(p.venue): p.fields["venue"]
        for p in library.papers.papers
        if p.fields.get("venue") and p.venue
    }
    found = process.extractOne(
        wanted, named.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE_A_VENUE
    )
    return named[found[0]] if found else ""


def _series(place: str) -> str:
    """The name of a venue without year and number of the edition."""
    return " ".join(_EDITION.sub(" ", letters(place)).split())
