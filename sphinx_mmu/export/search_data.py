"""The script with everything that a search looks through besides papers, whose records
``mmu-papers.js`` has already; ``client/find.js`` reads both.

A page from a disk may load scripts, but no JSON. The texts are those of the built pages: how they
are found and in which order is the script's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sphinx_mmu.export.client_data import script_text, searched_fields
from sphinx_mmu.filters.syntax import fold
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import _
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.views.cells import known_text
from sphinx_mmu.views.columns import column
from sphinx_mmu.vocabulary.vocabulary import Term

GROUPS = (
    "term",
    "glossary",
    "entry",
    "work",
    "section",
    "list",
    "page",
    "guide",
)
"""What documents are: a term of the vocabulary or of a glossary, an entry of a catalogue, a work
that is only cited, a section of a chapter, a list of papers, any other page, a page of a guide.
"""


@dataclass(frozen=True, slots=True, order=True)
class Document:
    """One thing that can be found. ``label`` names its kind, ``within`` the page it is on, and
    ``names`` are what else it is called.
    """

    address: str
    group: str
    label: str
    title: str
    within: str = ""
    names: tuple[str, ...] = ()
    text: str = ""


def search_script(
    documents: Iterable[Document],
    library: Library,
    explorer: str,
    guides: Iterable[str] = (),
    synonyms: Iterable[tuple[str, ...]] = (),
) -> str:
    """The script of a site. ``explorer`` is the address of the explorer of papers, empty without
    one; ``guides`` are words by which readers ask for guides, and ``synonyms`` names of one thing
    besides those that the vocabulary has.
    """
    listed = sorted(documents)
    labels = list(dict.fromkeys(document.label for document in listed))
    pages = list(dict.fromkeys(document.within for document in listed))
    data: dict[str, Any] = {
        "explorer": explorer,
        "paper": _("Paper"),
        "within": _("in"),
        "guides": _pattern(guides),
        "synonyms": list(
            dict.fromkeys((*vocabulary_synonyms(library), *synonyms))
        ),
        "groups": GROUPS,
        "labels": labels,
        "pages": pages,
        "documents": [
            (
                GROUPS.index(d.group),
                labels.index(d.label),
                pages.index(d.within),
                d.address,
                d.title,
                d.names,
                d.text,
            )
            for d in listed
        ],
    }
    return f"(window.mmu??={{}}).findData={script_text(data)};\n"


_LETTER, _OTHER = r"[\p{L}\p{N}_]", r"[^\p{L}\p{N}_]"


def _pattern(words: Iterable[str]) -> str:
    """The regular expression of the script that finds one of some words, empty for none."""
    escaped = (
        re.sub(r"[.+?^${}()|[\]\\/]", r"\\\g<0>", word) for word in words
    )
    every = "|".join(word.replace("*", f"{_LETTER}*") for word in escaped)
    return every and f"(?:^|{_OTHER})(?:{every})(?:{_OTHER}|$)"


# --- names


def term_names(term: Term) -> tuple[str, ...]:
    """What a term is called besides its label, each name once."""
    seen = {fold(term.label): ""}
    for name in (term.short, *term.aliases):
        if name:
            seen.setdefault(fold(name), name)
    return tuple(name for name in seen.values() if name)


def vocabulary_synonyms(library: Library) -> Iterator[tuple[str, ...]]:
    """The names of every term that has several."""
    for facet in library.facets.values():
        for term in facet.terms:
            if not facet.provenance and (names := term_names(term)):
                yield (term.label, *names)


# --- texts


def term_text(term: Term, library: Library, said: str = "") -> str:
    """The text about a term: its definition, the text of its section, its facts."""
    facts = [
        f"{library.field_label(name)}: {fact if isinstance(fact, str) else '; '.join(fact)}"
        for name, fact in term.facts.items()
    ]
    tradeoffs = [point.text for point in term.tradeoffs]
    # A section of its own shows these.
    known = [] if said else [*tradeoffs, *facts]
    parts = [part for part in (term.definition, said, *known) if part]
    return "\n".join(dict.fromkeys(parts))


def entry_text(paper: Paper, library: Library) -> str:
    """The tags and the labelled fields of an entry, a line each."""
    lines = []
    for facet in library.facets.values():
        if (tags := paper.tags.get(facet.name)) and not facet.provenance:
            labels = (library.term_label(facet.name, value) for value in tags)
            lines.append(f"{facet.label}: {', '.join(labels)}")
    for name in searched_fields(library):
        found = column(name, library) if paper.fields.get(name) else None
        cell = found[1](paper, library) if found else ()
        said = [known_text((line,)) for line in cell]
        if any(said):
            lines.append(f"{library.field_label(name)}: {'; '.join(said)}")
    return "\n".join(lines)


def work_text(paper: Paper) -> str:
    """Who wrote a work, and where it appeared."""
    people = ", ".join(person.name for person in paper.authors)
    where = f"{paper.venue} {paper.published or paper.year or ''}".strip()
    return "\n".join(part for part in (people, where) if part)
