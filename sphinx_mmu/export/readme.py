"""Sections of a README that the database writes: news, terms, a catalogue, lists of papers, counts.

A section is delimited by two comments, ``<!-- mmu:begin NAME option="value" -->`` and ``<!--
mmu:end -->``. The text between them is replaced; the rest of the file is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath

from sphinx_mmu.export.markdown import destination, escaped, markdown_title
from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.library import Library, term_papers
from sphinx_mmu.model.links import KINDS, Link
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.publication import venue_text
from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.vocabulary.vocabulary import Facet

_SECTION = re.compile(
    r"(?P<begin>(?<!\\)<!--\s*mmu:begin\s+(?P<name>[\w-]+)(?P<options>[^>]*?)\s*-->)(?P<body>.*?)"
    r"(?P<end><!--\s*mmu:end\s*-->)",
    re.DOTALL,
)
_BEGIN = re.compile(r"(?<!\\)<!--\s*mmu:begin\b")
_OPTION = re.compile(r'\s*([\w-]+)="([^"]*)"')
_NEWS = re.compile(
    r"^(?P<date>[^\s#][^\n]*)\n:[ \t]+(?P<text>[^\n]+(?:\n[ \t]+\S[^\n]*)*)",
    re.MULTILINE,
)
_LINK = re.compile(r"(\]\()(?!\w+:|/|#)([^)\s]+\))")


class ReadmeError(ValueError):
    """A section that cannot be made, and its line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class _Section:
    """One section: the folder of its file, and the options of its first comment."""

    library: Library
    folder: Path
    options: Mapping[str, str]

    def found(self) -> int:
        """The set of papers of the option ``filter``."""
        text = self.options.get("filter", "*")
        found, problems = evaluate.select([text], self.library.papers)
        if problems:
            raise ValueError(problems[0].text)
        if not found:
            raise ValueError(f"no entry matches the filter {text!r}")
        return found

    def papers(self) -> list[Paper]:
        """These papers, in the order of their file."""
        return self.library.papers.of(self.found())

    def facet(self) -> Facet:
        """The facet of the option ``facet``."""
        name = self.options.get("facet", "")
        if name not in self.library.facets:
            raise _unknown(
                f"there is no facet {name!r}", name, self.library.facets
            )
        return self.library.facets[name]


def _unknown(message: str, name: str, known: Iterable[str]) -> ValueError:
    return ValueError(
        f"{message}; {did_you_mean(name, known)}".removesuffix("; ")
    )


def with_sections(text: str, library: Library, folder: Path) -> str:
    """The text with each section made anew; ``folder`` is that of its file. Raises
    :class:`ReadmeError`.
    """

    def line(found: re.Match[str]) -> int:
        return text.count("\n", 0, found.start()) + 1

    whole = {found.start() for found in _SECTION.finditer(text)}
    for begin in _BEGIN.finditer(text):
        if begin.start() not in whole:
            raise ReadmeError(
                line(begin), "the section has no <!-- mmu:end -->"
            )

    def made(found: re.Match[str]) -> str:
        try:
            return (
                f"{found['begin']}{_body(found, library, folder)}{found['end']}"
            )
        except ValueError as error:
            raise ReadmeError(line(found), str(error)) from error

    return _SECTION.sub(made, text)


def _body(found: re.Match[str], library: Library, folder: Path) -> str:
    name = found["name"]
    if name not in _SECTIONS:
        raise _unknown(f"there is no section {name!r}", name, _SECTIONS)
    maker, known = _SECTIONS[name]
    options = dict(_OPTION.findall(found["options"]))
    strange = [option for option in options if option not in known]
    strange += _OPTION.sub("", found["options"]).split()
    if strange:
        message = f"the section {name!r} has no option {strange[0]!r}"
        raise _unknown(message, strange[0], known)
    body = "\n".join(maker(_Section(library, folder, options)))
    return body if name == "count" else f"\n\n{body}\n\n"


# --- the sections


def _count(section: _Section) -> Iterator[str]:
    yield f"{len(section.papers()):,}"


def _news(section: _Section) -> Iterator[str]:
    """The dated items of a page, in the order of the page, newest first."""
    name = section.options.get("page", "")
    page = section.folder / name
    try:
        text = page.read_text("utf-8")
    except OSError as error:
        raise ValueError(
            f"cannot read the page {name!r}: {error.strerror}"
        ) from error
    limit = int(section.options.get("limit", "100"))
    base = PurePosixPath(name).parent
    for item in list(_NEWS.finditer(text))[:limit]:
        plain = " ".join(item["text"].split())
        words = _LINK.sub(lambda m: f"{m[1]}{normpath(base / m[2])}", plain)
        yield f"- **{item['date']}**: {words}"


def _terms(section: _Section) -> Iterator[str]:
    """The terms of a facet as a list, with definitions and numbers of papers."""
    facet = section.facet()
    library = section.library
    shown = section.found()
    for term in facet.terms:
        number = (term_papers(library, term) & shown).bit_count()
        papers = f"{number} {'paper' if number == 1 else 'papers'}"
        mark = f"{term.order}." if facet.numbered and term.depth == 1 else "-"
        definition = f": {escaped(term.definition)}" if term.definition else ""
        yield f"{'   ' * (term.depth - 1)}{mark} **{escaped(term.label)}**{definition} ({papers})"


def _catalogue(section: _Section) -> Iterator[str]:
    """Papers in groups by a facet, each with its links."""
    facet = section.facet()
    papers = section.papers()
    for number, term in enumerate(facet.terms):
        yield from ([""] if number else [])
        yield f"**{escaped(term.label)}**"
        yield ""
        for paper in papers:
            if term.value in paper.tags.get(facet.name, ()):
                yield f"- {markdown_title(paper)} {_badges(paper)}".rstrip()


def _table(section: _Section) -> Iterator[str]:
    """Papers as a table: date, title, values of the facet, venue, links."""
    facet = section.facet() if "facet" in section.options else None
    columns = [
        "Date",
        "Paper",
        *([facet.label] if facet else []),
        "Venue",
        "Links",
    ]
    yield _row(columns)
    yield _row(["---"] * len(columns))
    for paper in section.papers():
        tags = [_labels(paper, facet, section.library)] if facet else []
        venue = escaped(venue_text(paper))
        yield _row(
            [paper.date, markdown_title(paper), *tags, venue, _badges(paper)]
        )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _labels(paper: Paper, facet: Facet, library: Library) -> str:
    """The labels of the paper's values with those of their parents."""
    labels = []
    for value in paper.tags.get(facet.name, ()):
        term = library.vocabulary.term(f"{facet.name}:{value}")
        path = library.vocabulary.path(term) if term else ()
        names = " › ".join(t.short or t.label for t in path)
        labels.append(names or library.term_label(facet.name, value))
    return escaped(", ".join(labels))


def _list(section: _Section) -> Iterator[str]:
    """Papers as a list, one a line."""
    for paper in section.papers():
        venue = f" ({escaped(venue_text(paper))})".removesuffix(" ()")
        head = f"- **{paper.date}** {markdown_title(paper)}{venue}"
        yield f"{head} {_badges(paper)}".rstrip()


def _badges(paper: Paper) -> str:
    return " ".join(map(_badge, paper.links))


def _badge(link: Link) -> str:
    label, colour, logo = KINDS[link.kind].badge
    picture = f"https://img.shields.io/badge/{label.replace(' ', '%20')}-{colour}?style=flat-square"
    picture += f"&logo={logo}&logoColor=white" if logo else ""
    return f"[![{label}]({picture})]({destination(link.url)})"


_SECTIONS: Mapping[
    str, tuple[Callable[[_Section], Iterable[str]], frozenset[str]]
] = {
    "count": (_count, frozenset({"filter"})),
    "news": (_news, frozenset({"page", "limit"})),
    "terms": (_terms, frozenset({"facet", "filter"})),
    "catalogue": (_catalogue, frozenset({"facet", "filter"})),
    "table": (_table, frozenset({"facet", "filter"})),
    "list": (_list, frozenset({"filter"})),
}
