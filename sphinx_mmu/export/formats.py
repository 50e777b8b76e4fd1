"""Papers in the forms that other programs read: BibTeX, RIS, CSL-JSON, CSV, Markdown, and
references as text.

Every form is made of pieces, one a paper, which need nothing but a head, a separator and a tail to
be a whole file: a page can hold the pieces and put together a file for any selection. Line ends are
part of the text (RIS and CSV ask for CR LF), so write it as it is.

What all forms share: the date of a reference is that of its publication; the first public version,
where it is another, is given separately. An author list that ends in 'and others' ends in the name
``others``, which reference managers and citation processors know from BibTeX.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pybtex.bibtex.utils import split_name_list

from sphinx_mmu.bib import writer
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import links, publication
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person, cited, listed, person_from
from sphinx_mmu.views.columns import summary, title_part

CRLF = "\r\n"

# --- what the formats share

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def _line(text: str) -> str:
    """The text in one line, without control characters."""
    if not text:
        return ""
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(_CONTROL.sub("", line).split())


def _field(paper: Paper, *names: str) -> str:
    """The first of these fields that has a value, in one line."""
    return next((line for name in names if (line := _line(paper.fields.get(name, "")))), "")


def _title(paper: Paper) -> str:
    return _line(paper.title) or paper.key


def _link(paper: Paper, kind: str) -> str:
    return links.url(paper.links, kind)


def _doi(paper: Paper) -> str:
    return links.identifier(paper.links, "doi")


def _arxiv(paper: Paper) -> str:
    return links.identifier(paper.links, "arxiv")


def _texts(paper: Paper) -> list[str]:
    """The addresses where the work itself is found, besides its DOI."""
    return [link.url for link in links.texts(paper.links) if link.kind != "doi"]


def _people(paper: Paper) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Authors and editors: the model has editors only where there is no author."""
    if not paper.fields.get("author"):
        return (), _printable(paper.authors)
    editors = paper.entry.fields.get("editor")
    return _printable(paper.authors), _printable(
        map(person_from, split_name_list(editors.value if editors else ""))
    )


def _printable(people: Iterable[Person | None]) -> tuple[Person, ...]:
    lines = (Person(_line(one.given), _line(one.family)) for one in people if one)
    return tuple(one for one in lines if one.family)


def _name(person: Person) -> str:
    """The family name first; a single name as it is."""
    return "others" if person == OTHERS else ", ".join(filter(None, (person.family, person.given)))


def _kind(paper: Paper) -> publication.Kind:
    kind = publication.kind(paper)
    return kind._replace(genre=_line(kind.genre))


def _container(paper: Paper) -> str:
    return _line(publication.container(paper).name)


def _publisher(paper: Paper) -> str:
    return _line(publication.publisher(paper))


def _number(paper: Paper) -> str:
    return _line(publication.number(paper))


def _keywords(paper: Paper) -> list[str]:
    """Plain keywords, then tags as the entry writes them."""
    return [
        *paper.keywords,
        *(f"{facet}:{value}" for facet, values in paper.tags.items() for value in values),
    ]


def _notes(paper: Paper, shown: Sequence[str]) -> list[str]:
    """The entry's note, and the links that have no field of their own."""
    found = [
        f"{link.label}: {link.url}"
        for link in paper.links
        if link.kind != "doi" and link.url not in shown
    ]
    return [*filter(None, [_field(paper, "note")]), *found]


# --- BibTeX


def bibtex(papers: Iterable[Paper]) -> str:
    """The published fields of the entries in the canonical form, an empty line between them.

    They are written anew, whatever their file looks like: other programs read less of what is
    faulty than we do.
    """
    found = list(papers)
    keys = writer.citekeys(paper.key for paper in found)
    return "\n".join(writer.exported(paper.entry, keys[paper.key]) for paper in found)


def _bibtex(paper: Paper, library: Library) -> str:
    return writer.exported(paper.entry, library.citekeys.get(paper.key, ""))


# --- RIS


def ris(papers: Iterable[Paper]) -> str:
    """RIS as reference managers read it: CR LF, one line a value, an empty line between
    references.
    """
    return CRLF.join(map(_ris, papers))


def _ris(paper: Paper) -> str:
    lines = ((tag, _line(value)) for tag, value in _ris_lines(paper))
    return "".join(f"{tag}  - {value}{CRLF}" for tag, value in lines if value) + f"ER  - {CRLF}"


def _ris_lines(paper: Paper) -> Iterator[tuple[str, str]]:
    kind, published = _kind(paper), publication.issued(paper)
    year, month, day = (*published.split("-"), "", "")[:3]
    first, last = _pages(paper)
    authors, editors = _people(paper)
    yield "TY", kind.ris
    yield "ID", paper.key
    yield "TI", _title(paper)
    yield "ST", paper.short
    yield from (("AU", _name(one)) for one in authors or editors)
    yield from (("A2", _name(one)) for one in editors if authors)
    yield "PY", year
    yield "DA", f"{year}/{month}/{day}/" if month else ""
    yield "T2", _container(paper)
    yield "J2", _container(paper) and paper.venue_short
    yield "VL", _field(paper, "volume")
    yield "IS", "" if publication.is_preprint(paper) else _number(paper)
    yield "SP", first
    yield "EP", last
    yield "ET", _field(paper, "edition")
    yield "PB", _publisher(paper)
    yield "CY", _field(paper, "address", "location")
    yield "SN", _field(paper, "isbn", "issn")
    yield "M3", kind.genre
    yield "DO", _doi(paper)
    yield "AN", f"arXiv:{_arxiv(paper)}" if _arxiv(paper) else ""
    # A semicolon separates addresses.
    yield from (("UR", url.replace(";", "%3B")) for url in _texts(paper))
    yield "AB", paper.abstract
    yield from (("KW", word) for word in _keywords(paper))
    yield from (("N1", note) for note in _notes(paper, _texts(paper)))
    yield "N1", f"First public version: {paper.date}" if paper.date != published else ""


def _pages(paper: Paper) -> tuple[str, str]:
    """First and last page; several ranges stay as they are written."""
    pages = _field(paper, "pages")
    found = re.fullmatch(r"([^\s,–—-]+)\s*[–—-]+\s*([^\s,–—-]+)", pages)
    return (found[1], found[2]) if found else (pages, "")


# --- CSL-JSON

_OPEN, _COMMA, _CLOSE = "[\n", ",\n", "\n]\n"


def csl_json(papers: Iterable[Paper]) -> str:
    """An array of CSL-JSON items, one a line, their keys always in the same order."""
    return f"{_OPEN}{_COMMA.join(map(_csl, papers))}{_CLOSE}"


def _csl(paper: Paper) -> str:
    kind, published = _kind(paper), publication.issued(paper)
    container, texts = _container(paper), _texts(paper)[:1]
    authors, editors = _people(paper)
    item: dict[str, Any] = {
        "id": paper.key,
        "type": kind.csl,
        "title": _title(paper),
        "title-short": _line(paper.short),
        "author": [_csl_name(one) for one in authors],
        "editor": [_csl_name(one) for one in editors],
        "issued": _csl_date(published),
        "available-date": _csl_date(paper.date) if paper.date != published else {},
        "container-title": container,
        "container-title-short": (
            paper.venue_short if container and paper.venue_short != container else ""
        ),
        "collection-title": _field(paper, "series"),
        "volume": _field(paper, "volume"),
        "issue" if kind.csl == "article-journal" else "number": _number(paper),
        "page": _field(paper, "pages"),
        "edition": _field(paper, "edition"),
        "publisher": _publisher(paper),
        "publisher-place": _field(paper, "address", "location"),
        "ISBN": _field(paper, "isbn"),
        "ISSN": _field(paper, "issn"),
        "genre": kind.genre,
        "DOI": _doi(paper),
        "URL": "".join(texts),
        "abstract": paper.abstract,
        "keyword": ", ".join(_keywords(paper)),
        "note": "\n".join(_notes(paper, texts)),
    }
    return json.dumps({name: value for name, value in item.items() if value}, ensure_ascii=False)


def _csl_name(person: Person) -> dict[str, str]:
    if person.given:
        return {"family": person.family, "given": person.given}
    return {"literal": _name(person)}


def _csl_date(date: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else {}


# --- CSV

_COLUMNS: Mapping[str, Callable[[Paper], str]] = {
    "key": lambda paper: paper.key,
    "title": lambda paper: paper.title,
    "short": lambda paper: paper.short,
    "authors": lambda paper: "; ".join(one.name for one in paper.authors),
    "year": lambda paper: str(paper.year or ""),
    "date": lambda paper: paper.date,
    "published": lambda paper: str(paper.published or ""),
    "venue": lambda paper: paper.venue_short,
    "type": lambda paper: paper.type,
    "arxiv": _arxiv,
    "doi": _doi,
    "url": lambda paper: next(iter(_texts(paper)), ""),
    "code": lambda paper: _link(paper, "code"),
}
_FORMULA = re.compile("'*[=+@＝＋－＠-]")


def csv_table(papers: Iterable[Paper], library: Library) -> str:
    """A table as RFC 4180 has it: CR LF, a row of names, a column for each facet with its values.

    ``year`` and ``date`` are those of the first public version, as in the site's filters. A
    spreadsheet would run a value that begins with ``=``, ``+``, ``-`` or ``@`` as a formula: an
    apostrophe is put in front of it, and in front of a value that begins with apostrophes and one
    of these, so that taking one away gives the value back.
    """
    return _csv_head(library) + "".join(_csv(paper, library) for paper in papers)


def _csv_head(library: Library) -> str:
    return _row(
        [*_COLUMNS, *(f"tag:{name}" if name in _COLUMNS else name for name in library.facets)]
    )


def _csv(paper: Paper, library: Library) -> str:
    values = [value(paper) for value in _COLUMNS.values()]
    tags = ["; ".join(paper.tags.get(name, ())) for name in library.facets]
    return _row(
        [f"'{line}" if _FORMULA.match(line) else line for line in map(_line, [*values, *tags])]
    )


def _row(values: Iterable[str]) -> str:
    """A row in which each cell is quoted: some programs split at semicolons and tabs as well."""
    text = io.StringIO()
    csv.writer(text, lineterminator=CRLF, quoting=csv.QUOTE_ALL).writerow(values)
    return text.getvalue()


# --- Markdown


def markdown(papers: Iterable[Paper], library: Library) -> str:
    """A list with a line for each paper: title, authors, venue, tags in words, and every link."""
    return "".join(_markdown(paper, library) for paper in papers)


def _markdown(paper: Paper, library: Library) -> str:
    title, urls = markdown_title(paper), _texts(paper)
    first = urls[0] if urls else _link(paper, "doi")
    where = publication.venue_text(paper) or publication.issued(paper)[:4]
    who = [escaped(part) for part in (listed(paper.authors), where) if part]
    others = [
        f"[{link.label}]({destination(link.url)})" for link in paper.links if link.url != first
    ]
    head = f"[{title}]({destination(first)})" if first else title
    tags = escaped(summary(paper, library))
    work = " – ".join(filter(None, [head, ", ".join(who)]))
    return f"- {' · '.join(filter(None, [work, tags, *others]))}\n"


def markdown_title(paper: Paper) -> str:
    """The title with the short name in bold."""
    part = title_part(paper)
    if not part.lead:
        return escaped(_title(paper))
    if not part.lead[-1].isalnum() and part.text[:1] not in {"", " ", ":"}:
        return escaped(part.lead + part.text)  # CommonMark would see no end of bold text
    rest = escaped(f"x{part.text}")[1:]
    return f"**{escaped(part.lead)}**{rest}"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, also at the beginning of a line."""
    line = re.sub(r"[\\`*_{}\[\]<>&~|$]", r"\\\g<0>", _line(text))
    return re.sub(r"^(\d*)(?=[-#+=:.()%])", r"\1\\", line)


def destination(url: str) -> str:
    """An address between parentheses."""
    return re.sub(r"&(?=#?\w+;)", r"\&", url.replace("(", "%28").replace(")", "%29"))


# --- references as text

_MOST_NAMES = 10


def citation(paper: Paper) -> str:
    """A reference for a text: authors (year). Title. Where, which pages. Identifiers."""
    who, title = cited(_printable(paper.authors), _MOST_NAMES), _title(paper)
    year = publication.issued(paper)[:4] or "n.d."
    parts = [f"{who} ({year})", title] if who else [f"{title} ({year})"]
    sentences = (
        part if part[-1] in ".?!" else f"{part}." for part in (*parts, _where(paper)) if part
    )
    return " ".join([*sentences, *_identifiers(paper)])


def _where(paper: Paper) -> str:
    kind, container, pages = _kind(paper), _container(paper), _field(paper, "pages")
    if not container:
        known = () if publication.is_preprint(paper) else (kind.genre, _publisher(paper))
        return ", ".join(filter(None, known))
    volume, number = _field(paper, "volume"), _number(paper)
    part = f"{volume}({number})" if volume and number else volume or number
    journal = kind.csl == "article-journal"
    name = f"{container} {part}".strip() if journal else f"In {container}"
    return ", ".join(filter(None, [name, pages and (pages if journal else f"pages {pages}")]))


def _identifiers(paper: Paper) -> list[str]:
    """DOI and arXiv identifier; another address where there is neither."""
    arxiv = _arxiv(paper)
    found = [_link(paper, "doi"), f"arXiv:{arxiv}" if arxiv else ""]
    return [one for one in found if one] or _texts(paper)[:1]


# --- the list of forms


@dataclass(frozen=True, slots=True)
class Format:
    """One form: ``one`` makes the piece of a paper, and pieces make a file."""

    name: str
    label: str
    suffix: str
    media_type: str
    one: Callable[[Paper, Library], str]
    head: Callable[[Library], str] = lambda _: ""
    separator: str = ""
    tail: str = ""

    def join(self, pieces: Iterable[str], library: Library) -> str:
        """The file that consists of these pieces."""
        return f"{self.head(library)}{self.separator.join(pieces)}{self.tail}"

    def whole(self, papers: Iterable[Paper], library: Library) -> str:
        """The file of these papers."""
        return self.join((self.one(paper, library) for paper in papers), library)


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("bibtex", "BibTeX", ".bib", "application/x-bibtex", _bibtex, separator="\n"),
        Format(
            "ris",
            "RIS",
            ".ris",
            "application/x-research-info-systems",
            lambda paper, _: _ris(paper),
            separator=CRLF,
        ),
        Format(
            "csl-json",
            "CSL-JSON",
            ".csl.json",
            "application/vnd.citationstyles.csl+json",
            lambda paper, _: _csl(paper),
            lambda _: _OPEN,
            _COMMA,
            _CLOSE,
        ),
        Format("csv", "CSV", ".csv", "text/csv", _csv, _csv_head),
        Format("markdown", "Markdown", ".markdown", "text/markdown", _markdown),
        Format(
            "citation", "Reference", ".txt", "text/plain", lambda paper, _: f"{citation(paper)}\n"
        ),
    )
}
"""Every form by its name, in the order in which readers are offered them, on the command line and
as files of the site. All are UTF-8.

Markdown is not ``.md``: Sphinx would take such a file for a page where the output lies among the
sources.
"""
