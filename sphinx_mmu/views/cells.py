"""The contents of cells: small values that every renderer can print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import _, filled, lower_first
from sphinx_mmu.model.links import Link
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person
from sphinx_mmu.model.publication import venue_text
from sphinx_mmu.vocabulary.vocabulary import Facet, Term, pretty


class Part(NamedTuple):
    """A run of text. ``kind`` is its meaning and ``target`` where it leads.

    Kinds: text, muted, time, tick, math (``text`` is TeX; of terms only), url (``target`` an
    address), entry and title (a key), term (a tag: where it is explained), tag (a tag: the papers
    that have it), badge (a tag, ``text`` its number). ``lead`` are bold words in front.
    """

    kind: str
    text: str
    target: str = ""
    lead: str = ""


class Line(NamedTuple):
    """Parts on a line of its own within a cell. ``role`` is what styles it: by, tagline, or
    nothing.
    """

    parts: tuple[Part, ...]
    role: str = ""

    @property
    def text(self) -> str:
        """What it reads, without links."""
        return "".join(part.text for part in self.parts)


Cell = tuple[Line, ...]


class Row(NamedTuple):
    """One entry as a view shows it: its key and a cell for each column of the view."""

    key: str
    cells: tuple[Cell, ...]


class Detail(NamedTuple):
    """A labelled row: its content and its source, which part of a term's section it is, and the
    section of a paper's page that shows it.
    """

    label: str
    cell: Cell
    note: str = ""
    part: str = "facts"
    section: str = ""


# --- cells


def unknown() -> Part:
    """What a cell shows for which no value is recorded, so that it is not empty."""
    return Part("muted", _("not recorded"))


def text_cell(text: str, kind: str = "text") -> Cell:
    """A cell of plain text; an empty one shows that nothing is recorded."""
    return _one_part(Part(kind, text) if text else unknown())


@lru_cache(maxsize=4096)
def _one_part(part: Part) -> Cell:
    return in_line(part)


def in_line(*parts: Part) -> Cell:
    """A cell of one line."""
    return (Line(parts),)


def known_text(cell: Cell) -> str:
    """Give the text of a cell; empty if nothing is recorded."""
    parts = list(chain.from_iterable(line.parts for line in cell))
    if parts == [unknown()]:
        return ""
    return "".join(part.lead + part.text for part in parts)


def joined(parts: Sequence[Part], separator: str = ", ") -> tuple[Part, ...]:
    """Parts with a separator between them."""
    glue = Part("text", separator)
    found = list[Part]()
    for part in parts:
        found += (glue, part) if found else (part,)
    return tuple(found)


def sentence(text: str, **values: str | Sequence[Part]) -> tuple[Part, ...]:
    """The parts of a translated text, with texts or parts in its places."""
    return tuple(
        Part("text", piece) if isinstance(piece, str) else piece
        for piece in filled(text, **values)
    )


def listed_cell(parts: Sequence[Part], separator: str = ", ") -> Cell:
    """Parts on one line; a cell that shows that nothing is recorded if there are none."""
    return in_line(*joined(parts, separator)) if parts else text_cell("")


def entry_part(key: str, library: Library) -> Part:
    """A link to an entry by its short name; a key that no entry has is plain text."""
    label = library.labels.get(key)
    return Part("entry", label, key) if label else Part("text", key)


def term_part(tag: str, library: Library) -> Part:
    """A link to the place of a term."""
    facet, _, value = tag.partition(":")
    return Part("term", library.term_label(facet, value), tag)


def author_part(person: Person) -> Part:
    """A link to the page of an author."""
    if person == OTHERS:
        return Part("text", person.name)
    return Part("term", person.name, f"author:{person.name}")


def venue_part(paper: Paper) -> Part:
    """Venue and year of publication, as a link to the page of the venue."""
    text = venue_text(paper)
    return (
        Part("term", text, f"venue:{paper.venue_short}") if text else unknown()
    )


def badge(term: Term) -> Part:
    """The number badge of a term at the top of a numbered facet."""
    return Part("badge", str(term.order), term.tag, term.short or term.label)


def title_part(paper: Paper) -> Part:
    """The title as a link, the short name bold in front of it, but never twice."""
    if not paper.short:
        return Part("title", paper.title, paper.key)
    if paper.title.casefold().startswith(paper.short.casefold()):
        size = len(paper.short)
        if not paper.title[size : size + 1].isalnum():
            return Part(
                "title", paper.title[size:], paper.key, paper.title[:size]
            )
    return Part("title", f" · {paper.title}", paper.key, paper.short)


def links_cell(links: Iterable[Link]) -> Cell:
    """Links side by side."""
    return listed_cell(
        [Part("url", link.label, link.url) for link in links], " "
    )


def terms_cell(tags: Sequence[str], library: Library) -> Cell:
    """Links to terms; nothing if there are none."""
    return (
        listed_cell([term_part(tag, library) for tag in tags]) if tags else ()
    )


def keys_cell(keys: Sequence[str], library: Library) -> Cell:
    """Links to entries; nothing if there are none."""
    return (
        listed_cell([entry_part(key, library) for key in keys]) if keys else ()
    )


def path_parts(
    facet: Facet,
    value: str,
    library: Library,
    *,
    skip: int = 0,
    after_badge: str = " ",
) -> tuple[Part, ...]:
    """A value with its parents, but for the first ``skip``: 'A › b', the top one as a badge in a
    numbered facet.
    """
    if not value:
        return (Part("text", _("No {facet}", facet=lower_first(facet.label))),)
    term = library.vocabulary.term(f"{facet.name}:{value}")
    if term is None:
        return (Part("text", pretty(value)),)
    path = library.vocabulary.path(term)
    if not facet.numbered:
        return joined(
            [Part("term", t.label, t.tag) for t in path[skip:]], " › "
        )
    rest = joined(
        [Part("term", t.label, t.tag) for t in path[1:] or path], " › "
    )
    return (
        badge(path[0]),
        Part("text", after_badge if path[1:] else " "),
        *rest,
    )
