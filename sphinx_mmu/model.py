"""What an entry says, as plain values: text instead of TeX, people, dates, links and tags.

Everything here is made from one entry alone and never changed after. Nothing raises: what cannot be
understood is a problem at its line, and the rest counts.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date as calendar_date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pybtex.errors
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person as BibtexPerson
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, SpecialsTextSpec, get_default_latex_context_db

from sphinx_mmu import identifiers
from sphinx_mmu.bib import RawEntry
from sphinx_mmu.problems import Code, Problem

VENUE_FIELDS = ("booktitle", "journaltitle", "journal", "school", "institution", "publisher", "howpublished")
"""The fields that name where a work appeared, the first that is there counts."""

VERBATIM = frozenset({"url", "doi", "eprint", "code", "project", "openreview", "anthology", "file", "pdf"})
"""Fields that hold no TeX text but addresses and identifiers."""

DATES = frozenset({"date", "year", "origdate", "eventdate", "urldate", "added", "checked"})
"""Fields that hold a date."""


@dataclass(frozen=True, slots=True)
class Person:
    """One name; ``family`` holds 'von' and 'Jr' as people print them."""

    given: str
    family: str

    @property
    def name(self) -> str:
        """The whole name, the given name first."""
        return f"{self.given} {self.family}".strip()


OTHERS = Person("", "et al.")
"""Stands last where an author list ends in 'and others'."""


@dataclass(frozen=True, slots=True)
class Link:
    """One address: ``kind`` is paper, arxiv, doi, openreview, anthology, code or project."""

    kind: str
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One entry; ``date`` is its first public version and ``year`` the year of that.

    ``added`` is when it became part of the database (the field ``added``); without that it is ``date``. ``published``
    is the year of publication and ``issued`` its date, as far as that is known. ``unpublished`` are the texts of
    fields that nothing shows unless a page asks for one as a column; ``fields`` and ``entry`` lack them.
    """

    key: str
    type: str
    title: str
    short: str
    authors: tuple[Person, ...]
    year: int | None
    date: str
    added: str
    published: int | None
    issued: str
    venue: str
    venue_short: str
    tags: Mapping[str, tuple[str, ...]]
    keywords: tuple[str, ...]
    links: tuple[Link, ...]
    abstract: str
    fields: Mapping[str, str]
    entry: RawEntry
    unpublished: Mapping[str, str] = field(default_factory=dict)


class Dates(NamedTuple):
    """The dates of an entry, each as far as it is known (2024, 2024-05 or 2024-05-17) or empty.

    ``first`` is that of the first public version, ``issued`` that of publication.
    """

    first: str
    issued: str


def dates(entry: RawEntry) -> Dates:
    """When an entry was first public, and when it was published: the one answer that all outputs give."""
    told = {name: field for name, field in entry.fields.items() if name in DATES or name == "month"}
    return _Reader(replace(entry, fields=told)).dates()


def paper(entry: RawEntry) -> tuple[Paper, tuple[Problem, ...]]:
    """The paper that an entry describes, and what is wrong with it."""
    reader = _Reader(entry)
    authors = reader.people()
    date, issued = reader.dates()
    tags, keywords = reader.keywords()
    fields = reader.fields
    if not fields.get("title"):
        reader.problem(Code.MISSING_TITLE, "the entry has no title", "title")
    venue = reader.venue()
    result = Paper(
        key=entry.key, type=entry.type, title=fields.get("title") or entry.key, short=fields.get("shorttitle", ""),
        authors=authors, year=int(date[:4]) if date else None, date=date,
        added=reader.added() or date, published=int(issued[:4]) if issued else None, issued=issued, venue=venue,
        venue_short=fields.get("venue") or fields.get("shortjournal") or _PREPRINT.sub("arXiv", venue),
        tags=tags, keywords=keywords, links=tuple(reader.links()),
        abstract=fields.get("abstract", ""), fields=fields, entry=entry,
    )  # fmt: skip
    return result, tuple(reader.problems)


# --- TeX as text

_MARKUP = re.compile(r"[\\${}~]|--|``|''")
_SIGNS = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "))
_BRACES = str.maketrans("", "", "{}")
_ESCAPE = re.compile(r"\{\\([&%#_$])\}|\\([&%#_${}])")
_HREF = re.compile(r"\\href\s*\{[^{}]*\}")
_PERCENT = re.compile(r"(?<!\\)%")
_MONEY = re.compile(r"(?<!\\)\$(?=\d[^$\\^_{}]*[A-Za-z]{3})")
_DOLLAR = re.compile(r"(?<!\\)\$")


def text(tex: str) -> str:
    """TeX as Unicode text. Nothing is lost: a command that is not known stays as it is written."""
    if _MARKUP.search(tex):
        tex = _converted(tex) if "\\" in tex or "$" in tex else _unmarked(tex)
    paragraphs = re.split(r"\n\s*\n", tex) if "\n\n" in tex else (tex,)
    return "\n\n".join(" ".join(one.split()) for one in paragraphs)


def _unmarked(tex: str) -> str:
    for mark, sign in _SIGNS:
        tex = tex.replace(mark, sign)
    return tex.translate(_BRACES)


def _unescaped(tex: str) -> str:
    return _ESCAPE.sub(lambda found: found[1] or found[2], tex)


@lru_cache(maxsize=4096)
def _converted(tex: str) -> str:
    tex = _MONEY.sub(r"\\$", tex)
    if len(_DOLLAR.findall(tex)) % 2:  # then they do not enclose a formula
        tex = _DOLLAR.sub(r"\\$", tex)
    try:
        converted = str(_LATEX.latex_to_text(_HREF.sub("", _PERCENT.sub(r"\\%", tex))))
    except Exception:  # noqa: BLE001 -- a library that guesses at TeX may stumble in any way
        converted = "%s"
    return _unmarked(_unescaped(tex)) if "%s" in converted else converted


def _as_written(node: Any, l2tobj: LatexNodes2Text) -> str:
    """A command without a meaning here: its arguments, or itself where it has none."""
    arguments = [one for one in (node.nodeargd.argnlist if node.nodeargd else None) or () if one]
    if arguments:
        return " ".join(l2tobj.nodelist_to_text([one]) for one in arguments)
    in_front_of_a_group = node.parsing_state.s.startswith("{", node.pos + node.len)
    return "" if in_front_of_a_group else f"\\{node.macroname}{node.macro_post_space}"


def _latex() -> LatexNodes2Text:
    """A converter that keeps what pylatexenc's own drops or makes up."""
    kept = "title author date today mbox input include cite citet citep footnote url includegraphics".split()
    silent = "bf it rm sc sf tt em sl bfseries itshape normalfont small large - / null protect relax".split()
    signs = {"TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "\\": " ", "S": "§", "|": "‖", "copyright": "©"}
    macros = [MacroTextSpec(name, simplify_repl=_as_written) for name in kept]
    macros += [MacroTextSpec(name, simplify_repl=sign) for name, sign in (signs | dict.fromkeys(silent, "")).items()]
    known = get_default_latex_context_db()
    known.add_context_category("sphinx-mmu", macros=macros, specials=[SpecialsTextSpec("&", "&")], prepend=True)
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_as_written))
    return LatexNodes2Text(latex_context=known, math_mode="text", keep_comments=True)


_LATEX = _latex()
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # what it cannot read is shown as it is written

# --- names

_AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_PARTS = 3  # a name has at most three parts between commas


@lru_cache(maxsize=65536)
def person(tex: str) -> Person | None:
    """The person that a name in BibTeX's syntax means; None if it names nobody."""
    if tex.lower() in {"others", "et al.", "et al"}:
        return OTHERS
    if tex.isascii() and tex.count(",") == 1 and not _MARKUP.search(tex):
        family, _, given = tex.partition(",")
        given, family = " ".join(given.split()), " ".join(family.split())
    else:
        given, family = _parsed(tex)
    if not family:
        return Person("", given) if given else None
    return Person(given, family)


def _parsed(tex: str) -> tuple[str, str]:
    try:
        with pybtex.errors.capture():
            name = BibtexPerson(tex)
    except Exception:  # noqa: BLE001 -- whatever pybtex stumbles over, the name is shown
        return "", text(tex)
    family = " ".join([*name.prelast_names, *name.last_names, *name.lineage_names])
    return text(" ".join([*name.first_names, *name.middle_names])), text(family)


def _several(name: str) -> list[str]:
    """The names in what ought to be one."""
    if "{" in name:
        return [name]
    if ";" in name:
        return name.split(";")
    parts = [part.strip() for part in name.split(",")]
    return parts if len(parts) > _PARTS and all(" " in part for part in parts) else [name]


# --- dates

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[\d:.Z+-]*)?[?~%]?(?:/.*)?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(0?[1-9]|1[0-2])\b")


def day(written: str) -> str:
    """The day, month or year that an ISO or biblatex date begins with; empty if it is none."""
    found = _DATE.fullmatch(written)
    if not found:
        return ""
    year, month, day = found.groups()
    if month and "21" <= month <= "24":  # biblatex's seasons
        return str(year)
    try:
        calendar_date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(part for part in (year, month, day) if part)


def _month(written: str) -> str:
    if name := _MONTH.search(written):
        return f"{_MONTHS.index(name[1].lower()) + 1:02}"
    number = _MONTH_NUMBER.match(written)
    return f"{int(number[1]):02}" if number else ""


# --- identifiers

_ARXIV_IN_TEXT = re.compile(r"(?:arxiv:\s*|abs/)(\d{4}\.\d{4,5})", re.IGNORECASE)
_PREPRINT = re.compile(r"(?:arxiv\b.*|corr)", re.IGNORECASE | re.DOTALL)
_URL_IN_TEXT = re.compile(r"https?://[^\s{}<>]+")
OPENREVIEW = identifiers.address("openreview", "")
_TAG = re.compile(r"([A-Za-z][\w-]*):(?!//)(\S.*|)")


def web_address(written: str) -> str:
    """The whole http or https address that a field holds; empty if it holds none."""
    url = written.removeprefix("\\url").strip("{} ")
    return url if _web(url) else ""


def _web(url: str) -> bool:
    """Whether this is a whole web address."""
    if any(c.isspace() or c in '<>"\\`{}|^' or ord(c) < 32 for c in url):  # noqa: PLR2004 -- control characters
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)


# --- tags

_LISTED = re.compile(r"[^\s,;{}\"=][^,;{}\"=]*")
LEVELS = 32
"""The most levels of a tag or term."""


def words(text: str, separators: str = ",") -> Iterator[str]:
    """The values that a field lists, each in one line whatever blanks and blank lines it is written with."""
    for part in re.split(f"[{separators}]", text):
        if word := " ".join(part.split()):
            yield word


def tidy(value: str) -> str:
    """A tag's value without blanks around its slashes; nothing if a part is empty, or it is too deep."""
    parts = [part.strip() for part in value.split("/")]
    return "/".join(parts) if all(parts) and len(parts) <= LEVELS else ""


def no_tag(entry: RawEntry, field: str, facet: str, value: str) -> Problem:
    """What is wrong with a tag that :func:`tidy` refuses, and what to write instead."""
    prefix = f"{facet}:" if field == "keywords" else ""
    line = line_of(entry, field, prefix + value)
    parts = [part.strip() for part in value.split("/") if part.strip()]
    if len(parts) > LEVELS:
        message = f"{field}: a tag has at most {LEVELS} levels, and {prefix + value!r} has {len(parts)}"
        return Problem(Code.LIMIT, message, entry.file, line, entry.key)
    message = f"{field}: a part of {prefix + value!r} is empty"
    hint = f"write {prefix}{'/'.join(parts) or 'value'}"
    return Problem(Code.UNKNOWN_TAG, message, entry.file, line, entry.key, hint)


def line_of(entry: RawEntry, field: str, text: str) -> int:
    """The line of a text within a field of an entry, as far as the source shows it."""
    start = entry.fields[field].line if field in entry.fields else entry.line
    breaks = _breaks(entry.source)
    above = min(max(start - entry.line, 0), len(breaks))
    begin = breaks[above - 1] if above else 0
    at = _words(entry.source, begin).get(text, -1)
    if at < 0:
        at = entry.source.find(text, begin)
    return start if at < 0 else entry.line + bisect_left(breaks, at)


@lru_cache(maxsize=16)
def _words(source: str, begin: int) -> Mapping[str, int]:
    """Where each tag or key that is listed from a place on stands first, tags without their facet too."""
    places: dict[str, int] = {}
    for found in _LISTED.finditer(source, begin):
        word = " ".join(found[0].split())
        for name in (word, word.partition(":")[2]):
            places.setdefault(name, found.start())
    return places


@lru_cache(maxsize=16)
def _breaks(source: str) -> list[int]:
    return [found.start() for found in re.finditer("\n", source)]


class _Reader:
    """One entry's fields as text, and the problems found while reading them."""

    def __init__(self, entry: RawEntry) -> None:
        self.entry = entry
        self.problems: list[Problem] = []
        self.fields = {
            name: _unescaped(field.value) if name in VERBATIM else text(field.value)
            for name, field in entry.fields.items()
        }

    def problem(self, code: Code, message: str, field: str, hint: str = "") -> None:
        line = self.entry.fields[field].line if field in self.entry.fields else self.entry.line
        self.problems.append(Problem(code, message, self.entry.file, line, self.entry.key, hint))

    def first(self, *names: str) -> str:
        """The first of these fields that is there."""
        return next((name for name in names if self.fields.get(name)), "")

    def people(self) -> tuple[Person, ...]:
        """The authors, or else the editors."""
        field = self.first("author", "editor")
        if not field:
            return ()
        raw = f" {' '.join(self.entry.fields[field].value.split())} "
        names = split_name_list(raw) if "{" in raw else _AND.split(raw)
        people = [person(one.strip()) for name in names for one in _several(name)]
        bad = next((name for name in names if name.count(",") >= _PARTS or len(_several(name)) > 1), "")
        if bad:
            self.problem(Code.BAD_NAME, f"{field}: '{text(bad)}' is more than one name", field)
        elif None in people:
            self.problem(Code.BAD_NAME, f"{field}: a name is empty", field)
        return tuple(one for one in people if one)

    def dates(self) -> Dates:
        """The dates of the first public version and of publication. A value that is not a date is reported."""
        found = {name: self.date(name) for name in ("origdate", "date", "year") if self.fields.get(name)}
        if found.get("year") and "-" not in found["year"] and self.fields.get("month"):
            month = _month(self.fields["month"])
            found["year"] += f"-{month}" if month else ""
            if not month:
                self.problem(Code.BAD_DATE, f"month: '{self.fields['month']}' is no month", "month")
        first = next((date for date in found.values() if date), "")
        if not found and self.entry.type != "dataset":
            self.problem(Code.MISSING_YEAR, "the entry has no year", "year")
        year, date = found.get("year", ""), found.get("date", "")
        agree = not year or date[:4] == year[:4]
        return Dates(first, max(year, date, key=len) if agree else year)

    def date(self, name: str) -> str:
        written = self.fields[name]
        date = day(written)
        if not date:
            self.problem(Code.BAD_DATE, f"{name}: '{written}' is no date", name)
        return date

    def added(self) -> str:
        """When the entry became part of the database; the day of its last check is looked at, too."""
        days = {name: self.date(name) for name in ("added", "checked") if self.fields.get(name)}
        return days.get("added", "")

    def venue(self) -> str:
        """Where the work appeared, in full."""
        places = (self.fields.get(name, "") for name in (*VENUE_FIELDS, "venue"))
        return next((place for place in places if place and "://" not in place), "")

    def keywords(self) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
        """The tags by facet, and the keywords that are no tags."""
        tags: dict[str, dict[str, None]] = {}
        plain: dict[str, None] = {}
        for word in words(self.fields.get("keywords", ""), ",;"):
            tag = _TAG.fullmatch(word)
            if not tag:
                plain[word] = None
            elif value := tidy(tag[2]):
                tags.setdefault(tag[1], {})[value] = None
            else:
                self.problems.append(no_tag(self.entry, "keywords", tag[1], tag[2]))
        return {facet: tuple(values) for facet, values in tags.items()}, tuple(plain)

    # --- links

    def links(self) -> Iterator[Link]:
        """All links in the order of their kinds, each address once."""
        candidates = [
            ("paper", self.address("url"), "Paper"),
            ("arxiv", self.arxiv(), "arXiv"),
            ("doi", self.identifier("doi"), "DOI"),
            ("openreview", self.identifier("openreview"), "OpenReview"),
            ("anthology", self.anthology(), "ACL Anthology"),
            ("code", self.address("code"), "Code"),
            ("project", self.address("project"), "Project page"),
        ]
        specific = {url for kind, url, _ in candidates if kind != "paper"}
        for kind, url, label in candidates:
            if url and not (kind == "paper" and url in specific):
                yield Link(kind, url, label)

    def address(self, field: str) -> str:
        url = self.fields.get(field, "").removeprefix("\\url").strip("{} ")
        if field == "url" and not url and (found := _URL_IN_TEXT.search(self.fields.get("howpublished", ""))):
            url = found[0]
        if not url or _web(url):
            return url
        self.problem(Code.BAD_URL, f"{field}: '{url}' is no http or https address", field)
        return ""

    def identifier(self, field: str) -> str:
        """The address of the identifier in the field of its kind."""
        value = self.fields.get(field, "")
        if not value:
            return ""
        if found := identifiers.read(field, value):
            return identifiers.address(field, found)
        self.problem(Code.BAD_URL, f"{field}: '{value}' is no such identifier", field)
        return ""

    def arxiv(self) -> str:
        kind = self.fields.get("eprinttype") or self.fields.get("archiveprefix") or ""
        eprint = identifiers.read("arxiv", self.fields.get("eprint", ""))
        if eprint and kind.lower() in {"", "arxiv"}:
            return identifiers.address("arxiv", eprint)
        if self.fields.get("eprint") and kind.lower() == "arxiv":
            self.problem(Code.BAD_URL, f"eprint: '{self.fields['eprint']}' is no arXiv identifier", "eprint")
            return ""
        found = _ARXIV_IN_TEXT.search(f"{self.fields.get('journal', '')} {self.fields.get('volume', '')}")
        return identifiers.address("arxiv", found[1]) if found else ""

    def anthology(self) -> str:
        if self.fields.get("anthology"):
            return self.identifier("anthology")
        url = self.fields.get("url", "")
        return url if _web(url) and urlsplit(url).hostname in {"aclanthology.org", "www.aclanthology.org"} else ""
