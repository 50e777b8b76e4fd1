"""The script with the records of a collection, for filters in the browser;
``client/records.js`` unpacks it.

A page from a disk may load scripts, but no JSON. Names from the data are never names of properties,
since some have a meaning in JavaScript and numbers change the order: they are in lists of pairs.
The records are stored by column, which browsers parse faster and servers compress better than rows.
A column of texts is one string with ``END`` between them, or one text that all papers share. A
column of few values has the ``values`` and, in ``at``, the index of each paper's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import attrgetter
from os.path import commonprefix
from typing import Any

from sphinx_mmu.bib.fields import PROVENANCE
from sphinx_mmu.library.collection import (
    DERIVED,
    Collection,
    asked,
    ordered_values,
)
from sphinx_mmu.library.library import Library, author_year
from sphinx_mmu.messages import _
from sphinx_mmu.model.links import KINDS
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import Person, listed, shortened
from sphinx_mmu.model.publication import is_published
from sphinx_mmu.views.cells import Line, Part
from sphinx_mmu.views.columns import AUTHORS, BYLINE, STANDARD, column
from sphinx_mmu.vocabulary.vocabulary import Facet

END = "\x7f"
_SAME = 0x80
_MARKS = re.compile("[\x7f-\x9f]")
"""``END``, and what stands for a text that repeats another one of the record: ``_SAME`` and on."""
_ESCAPES = {
    "</": "<\\/",
    "<!--": "<\\u0021--",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
"""What ends a script or a line where a page or an old browser reads it; within strings, both mean
the same.
"""
_NOT_AS_FIELDS = frozenset(
    {"title", "author", "abstract", "keywords", "shorttitle"}
)
"""Fields that a record has in another form."""
_FIELDS_TOO = frozenset({"author", "abstract"})
"""Those of them that a column shows as they are."""
DRAWN = frozenset(
    "paper title name authors venue date year links type key tags keywords".split()
)
"""Standard columns whose cells the script makes from a record, as it does those of facets and
fields: at 10,000 papers that halves what readers wait for. Cells of others are in the records.
"""
_RARE = 10
"""A field that fewer than one in so many papers have is no column."""
_Address = Callable[[str, str], str]
"""Where an entry (of a key), a term or its feed (of a tag), or the explorer is, or nothing."""


def data_script(
    library: Library,
    collection: Collection,
    name: str,
    address: _Address,
    columns: Iterable[str] = (),
) -> str:
    """A script that gives a page the records of a collection.

    ``columns`` are those of the tables that the script draws: they may show fields that are not
    published otherwise, or cells that the script does not make from a record.
    """
    shown = frozenset(columns)
    kinds = _link_kinds(collection.papers)
    data = {
        **_about(library, collection, kinds, address),
        **_columns_of_texts(library, collection.papers, address),
        **_columns_of_codes(library, collection, kinds, shown),
        "made": [
            [n, _made(n, collection.papers, library, address)]
            for n in _sent(library, sorted(shown))
        ],
    }
    return f"(window.mmu??={{}}).{name}={script_text(data)};\n"


def _facets_of(library: Library, collection: Collection) -> list[Facet]:
    known = collection.facets()
    return [f for f in library.facets.values() if f.name in known]


def _about(
    library: Library,
    collection: Collection,
    kinds: _Kinds,
    address: _Address,
) -> dict[str, Any]:
    """What records refer to: facets and their values, fields, kinds of links, addresses."""
    papers = collection.papers

    def filled(name: str) -> bool:
        return any(paper.fields.get(name) for paper in papers)

    return {
        "revision": library.revision,
        "size": len(papers),
        "facets": [
            _facet(library, f, ordered_values(collection, f), address)
            for f in _facets_of(library, collection)
        ],
        "searched": list(filter(filled, searched_fields(library))),
        "separators": list(library.vocabulary.separators.items()),
        "kinds": [
            [kind, label, prefix, KINDS[kind].rank]
            for (kind, label), prefix in kinds.items()
        ],
        "asked": list(asked().items()),
        "explorer": address("explorer", ""),
        "feed": address("feed", ""),
        "feeds": {name: _feeds(collection, name, address) for name in DERIVED},
    }


def _columns_of_texts(
    library: Library, papers: Sequence[Paper], address: _Address
) -> dict[str, Any]:
    """One text for each paper in each column."""
    return {
        "key": _texts(p.key for p in papers),
        "title": _texts(p.title for p in papers),
        "short": _texts(p.short for p in papers),
        "label": _texts(
            ""
            if p.short
            else library.labels[p.key].removeprefix(author_year(p))
            for p in papers
        ),
        "people": _texts("\n".join(map(_person, p.authors)) for p in papers),
        "lists": [[most, _lists(papers, most)] for most in (BYLINE, AUTHORS)],
        "abstract": _texts(p.abstract for p in papers),
        "url": _texts(address("entry", p.key) for p in papers),
        "uneven": [
            name
            for name in ("title", "short", "abstract")
            if _uneven(papers, name)
        ],
    }


def _columns_of_codes(
    library: Library,
    collection: Collection,
    kinds: _Kinds,
    shown: frozenset[str],
) -> dict[str, Any]:
    """One number for each paper in each column: values that papers share are listed once."""
    papers = collection.papers
    return {
        "type": _coded(p.type for p in papers),
        "date": _coded(p.date for p in papers),
        "published": _coded(p.published or "" for p in papers),
        "venue": _coded(
            (p.venue_short, p.venue, int(is_published(p))) for p in papers
        ),
        "words": _coded(p.keywords for p in papers),
        "tags": [_tags(collection, f) for f in _facets_of(library, collection)],
        "derived": _derived(library, collection),
        "results": _results(library, collection),
        "linked": _numbered(kinds, (map(_KIND, p.links) for p in papers)),
        "links": _texts("\n".join(_rests(p, kinds)) for p in papers),
        "shape": _coded(_shape(p, shown) for p in papers),
        "entry": list(_entries(papers, kinds, shown).items()),
    }


def script_text(data: Any) -> str:
    """Data as they are written in a script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return text


def searched_fields(library: Library) -> list[str]:
    """The fields of entries about the content of a work, and not about who placed it."""
    names = dict.fromkeys((*library.vocabulary.fields, "summary"))
    others = PROVENANCE.union(library.vocabulary.provenance)
    return [name for name in names if name not in others]


# --- columns


def _texts(found: Iterable[str]) -> str:
    texts = [_MARKS.sub(" ", text) for text in found]
    return texts[0] if len(set(texts)) == 1 else END.join(texts)


def _coded(found: Iterable[Hashable]) -> dict[str, Any]:
    numbers: dict[Hashable, int] = {}
    at = [numbers.setdefault(value, len(numbers)) for value in found]
    return {"values": list(numbers), "at": " ".join(map(str, at))}


def _numbered(
    names: Iterable[Hashable], found: Iterable[Iterable[Hashable]]
) -> dict[str, Any]:
    """A column of the names that each paper has, as their numbers."""
    numbers = {name: n for n, name in enumerate(names)}
    return _coded(tuple(map(numbers.__getitem__, own)) for own in found)


def _sent(library: Library, names: Iterable[str]) -> list[str]:
    """The columns whose cells a record has as they are."""
    own = (
        {*STANDARD, *library.vocabulary.relations}
        - DRAWN
        - library.facets.keys()
    )
    return [name for name in names if name in own]


def _made(
    name: str,
    papers: Iterable[Paper],
    library: Library,
    address: _Address,
) -> dict[str, Any]:
    """The cells of a column: lines of a role and parts, these with the addresses that they lead
    to.
    """

    def plain(part: Part) -> tuple[str, ...]:
        kind = "entry" if part.kind == "title" else part.kind
        led = (
            address(kind, part.target)
            if kind in {"entry", "term"}
            else part.target
        )
        return (part.kind, part.text, led, part.lead)

    def written(line: Line) -> tuple[object, ...]:
        return (line.role, *map(plain, line.parts))

    found = column(name, library)
    cells = [found[1](paper, library) for paper in papers] if found else []
    return _coded(tuple(map(written, cell)) for cell in cells)


def _uneven(papers: Iterable[Paper], name: str) -> bool:
    """Whether searching has to squeeze blanks first."""
    texts = (getattr(paper, name) for paper in papers)
    return any(text != " ".join(text.split()) for text in texts)


def _person(person: Person) -> str:
    return f"{person.given}\t{person.family}".removeprefix("\t")


def _lists(papers: Iterable[Paper], most: int) -> str:
    """Shortened lists of authors, where these are other than family names alone."""
    found = []
    for paper in papers:
        text = listed(paper.authors, most)
        families = [a.family for a in paper.authors]
        found.append("" if text == shortened(families, most) else text)
    return _texts(found)


def _tags(collection: Collection, facet: Facet) -> dict[str, Any]:
    found = (paper.tags.get(facet.name, ()) for paper in collection.papers)
    return _numbered(ordered_values(collection, facet), found)


def _derived(library: Library, collection: Collection) -> list[tuple[str, str]]:
    """The derived facets that readers can filter by, each with its label."""
    names = (name for name in DERIVED if name not in library.facets)
    return [
        (name, _(DERIVED[name]))
        for name in names
        if name in collection.facets()
    ]


def _feeds(
    collection: Collection, facet: str, address: _Address
) -> dict[str, str]:
    """Those values of a derived facet that have a feed, with its address."""
    feeds = (
        (v, address("feed", f"{facet}:{v}")) for v in collection.values(facet)
    )
    return {value: way for value, way in feeds if way}


def _results(library: Library, collection: Collection) -> dict[str, Any]:
    """Of each paper the numbers of the benchmarks that it has results on, and the names of
    these.
    """
    names = collection.values("results")
    tried = (collection.results.get(p.key, ()) for p in collection.papers)
    return {
        "names": [
            (name, library.term_label("results", name)) for name in names
        ],
        **_numbered(names, tried),
    }


# --- links and fields

_Kinds = Mapping[tuple[str, str], str]
_KIND = attrgetter("kind", "label")


def _link_kinds(papers: Iterable[Paper]) -> _Kinds:
    """(kind, label) of links → what all its addresses begin with."""
    urls: dict[tuple[str, str], list[str]] = {}
    for paper in papers:
        for link in paper.links:
            urls.setdefault((link.kind, link.label), []).append(link.url)
    return {kind: commonprefix(found) for kind, found in urls.items()}  # noqa: RUF071 -- of addresses, not of paths


def _rests(paper: Paper, kinds: _Kinds) -> list[str]:
    return [
        link.url.removeprefix(kinds[link.kind, link.label])
        for link in paper.links
    ]


def _fields(paper: Paper, shown: frozenset[str]) -> dict[str, str]:
    """The texts of the fields that a record has as such."""
    other = _NOT_AS_FIELDS - (shown & _FIELDS_TOO)
    found = {
        name: text for name, text in paper.fields.items() if name not in other
    }
    return found | {
        name: text for name, text in paper.unpublished.items() if name in shown
    }


def _shape(
    paper: Paper, shown: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the paper has, and which fields."""
    has = {*paper.fields, *(link.kind for link in paper.links)}
    return tuple(sorted(has)), tuple(_fields(paper, shown))


def _entries(
    papers: Iterable[Paper], kinds: _Kinds, shown: frozenset[str]
) -> dict[str, str | dict[int, str]]:
    """Field → its texts, or position → its text where it is rare. One that repeats another is a
    sign for that.
    """
    found: dict[str, dict[int, str]] = {}
    size = 0
    for i, paper in enumerate(papers):
        size = i + 1
        rests = _rests(paper, kinds)
        dates = (paper.date, paper.date[:4])
        urls = (link.url for link in paper.links)
        same = [paper.venue, paper.venue_short, *dates, *rests, *urls]
        for name, text in _fields(paper, shown).items():
            known = text and text in same
            written = (
                chr(_SAME + same.index(text))
                if known
                else _MARKS.sub(" ", text)
            )
            found.setdefault(name, {})[i] = written
    return {
        n: t if len(t) * _RARE < size else _column(t, size)
        for n, t in found.items()
    }


def _column(texts: Mapping[int, str], size: int) -> str:
    """A paper without the field has any text, since its shape marks the field as missing."""
    shared = set(texts.values())
    every = (texts.get(i, "") for i in range(size))
    return shared.pop() if len(shared) == 1 else END.join(every)


# --- the vocabulary


def _facet(
    library: Library,
    facet: Facet,
    values: Iterable[str],
    address: _Address,
) -> dict[str, Any]:
    def record(value: str) -> dict[str, Any]:
        tag = f"{facet.name}:{value}"
        term = library.vocabulary.term(tag)
        label = library.term_label(facet.name, value)
        ways = {"url": address("term", tag), "feed": address("feed", tag)}
        names = [term.label, *term.aliases] if term else []
        return {
            "value": value,
            "label": label,
            **{name: way for name, way in ways.items() if way},
            "order": term.order if term else 0,
            "aliases": [name for name in names if name != label],
        }

    return {
        "name": facet.name,
        "label": facet.label,
        "open": facet.open,
        "numbered": facet.numbered,
        "summary": facet.summary or not library.vocabulary,
        "verb": facet.verb,
        "relates": facet.relates,
        "usual": list(facet.usual),
        "values": list(map(record, values)),
    }
