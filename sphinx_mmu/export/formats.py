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

from sphinx_mmu.bib import writer
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import marked
from sphinx_mmu.model import citation, links, publication, reference
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person, listed
from sphinx_mmu.views.cells import title_part
from sphinx_mmu.views.columns import summary

CRLF = "\r\n"

# --- what the formats share


def _name(person: Person) -> str:
    """The family name first; a single name as it is."""
    return (
        "others"
        if person == OTHERS
        else ", ".join(filter(None, (person.family, person.given)))
    )


def _notes(paper: Paper, shown: Sequence[str]) -> list[str]:
    """The entry's note, and the links that have no field of their own."""
    found = [
        f"{link.label}: {link.url}"
        for link in paper.links
        if link.kind != "doi" and link.url not in shown
    ]
    return [*filter(None, [reference.field(paper, "note")]), *found]


# --- BibTeX


def _bibtex(paper: Paper, library: Library) -> str:
    """The fields that other programs know, written anew, whatever the file looks like: other
    programs read less of what is faulty than we do.
    """
    return writer.exported(
        reference.exported_entry(paper), library.citekeys.get(paper.key, "")
    )


def _bibtex_all(paper: Paper, library: Library) -> str:
    """All published fields, tags and notes among them."""
    return writer.exported(paper.entry, library.citekeys.get(paper.key, ""))


# --- RIS


def _ris(paper: Paper, _library: Library) -> str:
    """A reference as reference managers read it: CR LF, one line a value."""
    values = ((tag, reference.line(value)) for tag, value in _ris_values(paper))
    lines = (f"{tag}  - {value}{CRLF}" for tag, value in values if value)
    return f"{''.join(lines)}ER  - {CRLF}"


def _ris_values(paper: Paper) -> Iterator[tuple[str, str]]:
    kind = reference.kind(paper)
    published = publication.issued(paper)
    year, month, day = (*published.split("-"), "", "")[:3]
    first, last = _pages(paper)
    authors, editors = reference.people(paper)
    yield "TY", kind.ris
    yield "ID", paper.key
    yield "TI", reference.title(paper)
    yield "ST", paper.short
    yield from (("AU", _name(one)) for one in authors or editors)
    yield from (("A2", _name(one)) for one in editors if authors)
    yield "PY", year
    yield "DA", f"{year}/{month}/{day}/" if month else ""
    yield "T2", reference.container(paper)
    yield "J2", reference.container(paper) and paper.venue_short
    yield "VL", reference.field(paper, "volume")
    yield (
        "IS",
        "" if publication.is_preprint(paper) else reference.number(paper),
    )
    yield "SP", first
    yield "EP", last
    yield "ET", reference.field(paper, "edition")
    yield "PB", reference.publisher(paper)
    yield "CY", reference.field(paper, "address", "location")
    yield "SN", reference.field(paper, "isbn", "issn")
    yield "M3", kind.genre
    yield "DO", reference.doi(paper)
    yield (
        "AN",
        f"arXiv:{reference.arxiv(paper)}" if reference.arxiv(paper) else "",
    )
    # A semicolon separates addresses.
    yield from (
        ("UR", url.replace(";", "%3B")) for url in reference.addresses(paper)
    )
    yield "AB", paper.abstract
    yield from (("KW", word) for word in paper.keywords)
    yield from (
        ("N1", note) for note in _notes(paper, reference.addresses(paper))
    )
    yield (
        "N1",
        f"First public version: {paper.date}"
        if paper.date != published
        else "",
    )


def _pages(paper: Paper) -> tuple[str, str]:
    """First and last page; several ranges stay as they are written."""
    pages = reference.field(paper, "pages")
    found = re.fullmatch(r"([^\s,–—-]+)\s*[–—-]+\s*([^\s,–—-]+)", pages)
    return (found[1], found[2]) if found else (pages, "")


# --- CSL-JSON


def _csl(paper: Paper, _library: Library) -> str:
    """An item on one line, its keys always in the same order."""
    kind = reference.kind(paper)
    published = publication.issued(paper)
    container = reference.container(paper)
    texts = reference.addresses(paper)[:1]
    authors, editors = reference.people(paper)
    item: dict[str, Any] = {
        "id": paper.key,
        "type": kind.csl,
        "title": reference.title(paper),
        "title-short": reference.line(paper.short),
        "author": [_csl_name(one) for one in authors],
        "editor": [_csl_name(one) for one in editors],
        "issued": _csl_date(published),
        "available-date": _csl_date(paper.date)
        if paper.date != published
        else {},
        "container-title": container,
        "container-title-short": (
            paper.venue_short
            if container and paper.venue_short != container
            else ""
        ),
        "collection-title": reference.field(paper, "series"),
        "volume": reference.field(paper, "volume"),
        "issue"
        if kind.csl == "article-journal"
        else "number": reference.number(paper),
        "page": reference.field(paper, "pages"),
        "edition": reference.field(paper, "edition"),
        "publisher": reference.publisher(paper),
        "publisher-place": reference.field(paper, "address", "location"),
        "ISBN": reference.field(paper, "isbn"),
        "ISSN": reference.field(paper, "issn"),
        "genre": kind.genre,
        "DOI": reference.doi(paper),
        "URL": "".join(texts),
        "abstract": paper.abstract,
        "keyword": ", ".join(paper.keywords),
        "note": "\n".join(_notes(paper, texts)),
    }
    return json.dumps(
        {name: value for name, value in item.items() if value},
        ensure_ascii=False,
    )


def _csl_name(person: Person) -> dict[str, str]:
    if person.given:
        return {"family": person.family, "given": person.given}
    return {"literal": _name(person)}


def _csl_date(date: str) -> dict[str, list[list[int]]]:
    return (
        {"date-parts": [[int(part) for part in date.split("-")]]}
        if date
        else {}
    )


# --- CSV

_COLUMNS: Mapping[str, Callable[[Paper], str]] = {
    "key": lambda paper: paper.key,
    "title": lambda paper: paper.title,
    "short": lambda paper: paper.short,
    "authors": lambda paper: "; ".join(one.name for one in paper.authors),
    "first_public_year": lambda paper: str(paper.year or ""),
    "first_public": lambda paper: paper.date,
    "published_year": lambda paper: str(paper.published or ""),
    "venue": lambda paper: paper.venue_short,
    "type": lambda paper: paper.type,
    "arxiv": reference.arxiv,
    "doi": reference.doi,
    "url": lambda paper: next(iter(reference.addresses(paper)), ""),
    "code": lambda paper: links.url(paper.links, "code"),
}
_MARK = "\ufeff"
"""Without it, spreadsheets take UTF-8 for another encoding."""
_FORMULA = re.compile("'*[=+@＝＋－＠-]")


def _csv_head(library: Library) -> str:
    facets = (
        f"tag:{name}" if name in _COLUMNS else name for name in library.facets
    )
    return _MARK + _row([*_COLUMNS, *facets])


def _csv(paper: Paper, library: Library) -> str:
    """A row of a table as RFC 4180 has it, with a column for the values of each facet."""
    values = [value(paper) for value in _COLUMNS.values()]
    tags = ["; ".join(paper.tags.get(name, ())) for name in library.facets]
    return _row(map(_harmless, [*values, *tags]))


def _harmless(value: str) -> str:
    """A value on one line. A spreadsheet would run one that begins with ``=``, ``+``, ``-`` or
    ``@`` as a formula: an apostrophe is put in front of it, and in front of a value that begins
    with apostrophes and one of these, so that taking one away gives the value back.
    """
    line = reference.line(value)
    return f"'{line}" if _FORMULA.match(line) else line


def _row(values: Iterable[str]) -> str:
    """A row in which each cell is quoted: some programs split at semicolons and tabs as well."""
    text = io.StringIO()
    csv.writer(text, lineterminator=CRLF, quoting=csv.QUOTE_ALL).writerow(
        values
    )
    return text.getvalue()


# --- Markdown


def _markdown(paper: Paper, library: Library) -> str:
    """An item of a list: title, authors, venue, tags in words, and every link."""
    title = markdown_title(paper)
    urls = reference.addresses(paper)
    first = urls[0] if urls else links.url(paper.links, "doi")
    where = publication.venue_text(paper) or publication.issued(paper)[:4]
    who = [escaped(part) for part in (listed(paper.authors), where) if part]
    others = [
        f"[{link.label}]({destination(link.url)})"
        for link in paper.links
        if link.url != first
    ]
    head = f"[{title}]({destination(first)})" if first else title
    tags = escaped(summary(paper, library))
    work = " – ".join(filter(None, [head, ", ".join(who)]))
    return f"- {' · '.join(filter(None, [work, tags, *others]))}\n"


def markdown_title(paper: Paper) -> str:
    """The title with the short name in bold."""
    part = title_part(paper)
    if not part.lead:
        return escaped(reference.title(paper))
    # CommonMark would see no end of bold text.
    if not part.lead[-1].isalnum() and part.text[:1] not in {"", " ", ":"}:
        return escaped(part.lead + part.text)
    rest = escaped(f"x{part.text}")[1:]
    return f"**{escaped(part.lead)}**{rest}"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, also at the beginning of a line."""
    line = re.sub(r"[\\`*_{}\[\]<>&~|$]", r"\\\g<0>", reference.line(text))
    return re.sub(r"^(\d*)(?=[-#+=:.()%])", r"\1\\", line)


def destination(url: str) -> str:
    """An address between parentheses."""
    return re.sub(
        r"&(?=#?\w+;)", r"\&", url.replace("(", "%28").replace(")", "%29")
    )


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
        return self.join(
            (self.one(paper, library) for paper in papers), library
        )


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format(
            "bibtex",
            "BibTeX",
            ".bib",
            "application/x-bibtex",
            _bibtex,
            separator="\n",
        ),
        Format(
            "bibtex-all",
            marked("BibTeX with tags"),
            ".tags.bib",
            "application/x-bibtex",
            _bibtex_all,
            separator="\n",
        ),
        Format(
            "ris",
            "RIS",
            ".ris",
            "application/x-research-info-systems",
            _ris,
            separator=CRLF,
        ),
        Format(
            "csl-json",
            "CSL-JSON",
            ".csl.json",
            "application/vnd.citationstyles.csl+json",
            _csl,
            lambda _: "[\n",
            ",\n",
            "\n]\n",
        ),
        Format("csv", "CSV", ".csv", "text/csv", _csv, _csv_head),
        Format("markdown", "Markdown", ".markdown", "text/markdown", _markdown),
        Format(
            "apa",
            "APA",
            ".apa.txt",
            "text/plain",
            lambda paper, _: f"{citation.apa(paper)}\n",
        ),
        Format(
            "acl",
            "ACL",
            ".acl.txt",
            "text/plain",
            lambda paper, _: f"{citation.acl(paper)}\n",
        ),
    )
}
"""Every form by its name, in the order in which readers are offered them, on the command line and
as files of the site. All are UTF-8.

Markdown is not ``.md``: Sphinx would take such a file for a page where the output lies among the
sources.
"""
