"""What other services know about an entry and the entry lacks, each with its source. Nothing is
written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sphinx_mmu.bib.style import SourceEntry
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.same_work import letters, same_people, same_title
from sphinx_mmu.lookup import arxiv, crossref, dblp, openalex
from sphinx_mmu.lookup.answers import ServiceError
from sphinx_mmu.lookup.client import Client
from sphinx_mmu.lookup.new_entry import as_tex, known_venue, names
from sphinx_mmu.lookup.service_work import AnotherWorkError, ServiceWork
from sphinx_mmu.model import links
from sphinx_mmu.model.identifiers import ARXIV_DOI, same
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person, family
from sphinx_mmu.model.publication import is_published
from sphinx_mmu.model.reference import arxiv as arxiv_of
from sphinx_mmu.model.reference import doi as doi_of

TYPE = "@type"
"""A pseudo-field for the type of an entry."""
_DEAD = frozenset({404, 410})
_MOST_FAILURES = 3


class Finding(NamedTuple):
    """One finding from a service. Without ``field`` there is nothing to write: a person has to
    look.
    """

    key: str
    what: str
    source: str
    field: str = ""
    old: str = ""
    new: str = ""

    @property
    def name(self) -> str:
        """What the field is called in words."""
        return self.field.removeprefix("@")


@dataclass
class Round:
    """One round of questions, to all services or to some. One that fails three times in a row is
    not asked again.
    """

    client: Client
    library: Library
    services: Sequence[str] = ()
    failures: dict[str, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def findings(self, paper: Paper) -> tuple[Finding, ...]:
        """Findings about a paper; each field once, from the most trusted service that has it."""
        found: dict[str, Finding] = {}
        for service in self.services or ASKED:
            if self.failures.get(service, 0) >= _MOST_FAILURES:
                continue
            try:
                reported = tuple(ASKED[service](paper, self))
            except AnotherWorkError as error:
                found.setdefault(
                    str(error), Finding(paper.key, str(error), service)
                )
            except ServiceError as error:
                self._failed(service, paper, error)
            else:
                self.failures[service] = 0
                for one in reported:
                    found.setdefault(one.field or one.what, one)
        return tuple(found.values())

    def _failed(self, service: str, paper: Paper, error: ServiceError) -> None:
        self.failures[service] = self.failures.get(service, 0) + 1
        self.troubles.append(f"{paper.key}: {error}")
        if self.failures[service] == _MOST_FAILURES:
            self.troubles.append(
                f"{service} failed {_MOST_FAILURES} times in a row and is not queried again"
            )


def changed(
    entry: SourceEntry, findings: Iterable[Finding], date: str
) -> SourceEntry:
    """The entry with findings written into it, with their sources and the day."""
    values: dict[str, str] = {}
    sources = [entry.value("sources")] if entry.value("sources") else []
    kind = entry.kind
    for one in findings:
        if one.field == TYPE:
            kind = one.new
        elif one.field:
            values[one.field] = as_tex(one.field, one.new)
            sources.append(as_tex("sources", f"{one.field}: {one.source}"))
    values |= {"sources": "; ".join(sources), "checked": date}
    new = entry.having(**values)
    return SourceEntry(kind, new.key, new.fields, new.source, new.line)


# --- who is asked what


def _crossref(paper: Paper, asked: Round) -> Iterator[Finding]:
    doi = doi_of(paper)
    if doi and not doi.lower().startswith(ARXIV_DOI):
        record = crossref.fetch(asked.client, doi)
        if not record:
            yield Finding(
                paper.key,
                f"the DOI {doi} is not registered",
                "Crossref and doi.org",
            )
        elif _another(paper, record):
            yield Finding(
                paper.key,
                f"the DOI {doi} is that of another work, '{record.title}'",
                record.source,
            )
        else:
            yield from _compared(paper, record, asked.library)
    else:
        yield from _matching(
            paper,
            crossref.search(asked.client, paper.title, _first(paper)),
            asked.library,
        )


def _dblp(paper: Paper, asked: Round) -> Iterator[Finding]:
    yield from _matching(
        paper,
        dblp.search(asked.client, paper.title, _first(paper)),
        asked.library,
    )


def _openalex(paper: Paper, asked: Round) -> Iterator[Finding]:
    doi = doi_of(paper)
    if doi:
        record = openalex.fetch(asked.client, doi)
        if record and record.withdrawn and not _another(paper, record):
            yield Finding(paper.key, "it is retracted", record.source)
    else:
        yield from _matching(
            paper, openalex.search(asked.client, paper.title), asked.library
        )


def _arxiv(paper: Paper, asked: Round) -> Iterator[Finding]:
    number = arxiv_of(paper)
    if not number:
        return
    record = arxiv.fetch(asked.client, number)
    if not record:
        yield Finding(paper.key, f"arXiv has no {number}", "arXiv")
        return
    if _another(paper, record):
        yield Finding(
            paper.key,
            f"arXiv's {number} is another work, '{record.title}'",
            record.source,
        )
        return
    if record.withdrawn:
        yield Finding(paper.key, "its authors have withdrawn it", record.source)
    if record.doi and not doi_of(paper):
        yield _field(paper, "doi", record.doi, "a DOI", record)
    if record.journal_ref and not is_published(paper):
        yield Finding(
            paper.key, f"now published: {record.journal_ref}", record.source
        )
    if record.code and not paper.fields.get("code"):
        yield _field(paper, "code", record.code, "code", record)
    yield from _authors(paper, record)


def _links(paper: Paper, asked: Round) -> Iterator[Finding]:
    for name in links.address_fields():
        url = next(
            (
                link.url
                for link in paper.links
                if link.url == paper.fields.get(name)
            ),
            "",
        )
        if not url:
            continue
        status, target, refused = asked.client.follow(url)
        change: tuple[str, ...] = ()
        if refused:
            what = refused
        elif status in _DEAD:
            what = f"the link is dead, {url} answers {status}"
        elif not status:
            what = f"{url} does not answer"
        elif target != url:
            what, change = "the link has moved", (name, url, target)
        else:
            continue
        yield Finding(
            paper.key, f"{name}: {what}", "the address itself", *change
        )


ASKED: Mapping[str, Callable[[Paper, Round], Iterator[Finding]]] = {
    "crossref": _crossref,
    "dblp": _dblp,
    "openalex": _openalex,
    "arxiv": _arxiv,
    "links": _links,
}
"""Who is asked what, in the order in which they are believed."""


# --- an entry beside a record


def _first(paper: Paper) -> str:
    return family(paper.authors[0]) if paper.authors else ""


def _field(
    paper: Paper, name: str, new: str, what: str, record: ServiceWork
) -> Finding:
    return Finding(
        paper.key, what, record.source, name, paper.fields.get(name, ""), new
    )


def _another(paper: Paper, record: ServiceWork) -> bool:
    """Whether an identifier leads to another work: versions of one may differ in title or in
    people, not in both.
    """
    alike = same_title(
        letters(paper.title), letters(record.title)
    ) or same_people(paper.authors, record.authors)
    return bool(record.title) and not alike


def _matching(
    paper: Paper, records: Iterable[ServiceWork], library: Library
) -> Iterator[Finding]:
    """Findings from the first published record with the title and the authors of a paper, unless it
    has another DOI.
    """
    doi = doi_of(paper)
    for record in records:
        if (
            doi
            and record.doi
            and is_published(paper)
            and not same("doi", doi, record.doi)
        ):
            continue
        alike = same_title(letters(paper.title), letters(record.title))
        theirs = record.authors and same_people(paper.authors, record.authors)
        if alike and theirs and not record.preprint:
            yield from _compared(paper, record, library)
            return


def _compared(
    paper: Paper, record: ServiceWork, library: Library
) -> Iterator[Finding]:
    """What a record of the published version adds to the entry or contradicts in it."""
    if record.withdrawn:
        yield Finding(paper.key, "it is retracted", record.source)
    if record.preprint:
        return
    if not is_published(paper) and (record.venue or record.short_venue):
        yield from _published(paper, record, library)
    if (
        record.doi
        and not doi_of(paper)
        and not record.doi.startswith(ARXIV_DOI)
    ):
        yield _field(paper, "doi", record.doi, "a DOI", record)
    if (
        record.year
        and is_published(paper)
        and str(paper.published or "") != record.year
    ):
        yield _field(paper, "year", record.year, "another year", record)
    if record.pages and not paper.fields.get("pages") and is_published(paper):
        yield _field(paper, "pages", record.pages, "pages", record)
    yield from _authors(paper, record)


def _published(
    paper: Paper, record: ServiceWork, library: Library
) -> Iterator[Finding]:
    place = record.venue or record.short_venue
    what = f"now published at {place} {record.year}".rstrip()
    kind = record.type if record.type != "misc" else paper.type
    name = "journal" if kind == "article" else "booktitle"
    if kind != paper.type:
        yield Finding(paper.key, what, record.source, TYPE, paper.type, kind)
    values = {
        name: record.venue,
        "venue": record.short_venue or known_venue(record.venue, library),
        "year": record.year,
        "volume": record.volume,
        "number": record.number,
        "pages": record.pages,
    }
    for field_name, value in values.items():
        if value and value != paper.fields.get(field_name):
            yield _field(paper, field_name, value, what, record)


def _authors(paper: Paper, record: ServiceWork) -> Iterator[Finding]:
    """Another list of authors. Names count by family name, since services shorten given names."""
    if (
        not record.authors
        or not paper.fields.get("author")
        or paper.authors[-1] == OTHERS
    ):
        return
    if _families(paper.authors) != _families(record.authors):
        yield _field(
            paper,
            "author",
            names(record.authors),
            "another list of authors",
            record,
        )


def _families(people: Sequence[Person]) -> list[str]:
    return [(letters(family(p)).split() or [""])[-1] for p in people]
