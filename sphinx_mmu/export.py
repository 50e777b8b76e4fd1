"""The database in other forms. ``papers.json`` is described by ``papers.schema.json``, which stands beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from os.path import commonprefix
from typing import Any

from sphinx_mmu.library import Collection, Library, ordered_values
from sphinx_mmu.model import Paper
from sphinx_mmu.vocabulary import Facet, Term

SCHEMA = 1
"""The version of the form of ``papers.json``; counted up when a reader of the old form would break."""


def papers_json(library: Library, address: Callable[[str], str], exports: Sequence[Mapping[str, object]] = ()) -> str:
    """All papers and the vocabulary as JSON text, the same bytes for the same data.

    ``address`` gives the page of a key, relative to the site's root, empty where there is none. ``exports`` tells
    of files with the papers in other forms.
    """
    data = {
        "schema": SCHEMA,
        "revision": library.revision,
        "facets": [_facet(library, f) for f in library.facets.values()],
        "papers": [_paper(p, library, address(p.key)) for p in library.papers.papers],
        "exports": list(exports),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def data_script(library: Library, collection: Collection, name: str, address: Callable[[str], str]) -> str:
    """A script that gives a page the records to filter: a page from a disk may load scripts, but no JSON.

    ``mmu-records.js`` unpacks it. What repeats is written once: values of facets are numbers into the facet's
    list, names of fields a number into a list of lists, links a kind and the rest of the address.
    """
    facets = list(library.facets.values())
    values = {f.name: {v: n for n, v in enumerate(ordered_values(collection, f))} for f in facets}
    shapes: dict[tuple[str, ...], int] = {}
    kinds = _link_kinds(collection)
    rows = [_record(p, library, values, shapes, kinds, address(p.key)) for p in collection.papers]
    data = {
        "revision": library.revision,
        "facets": [_script_facet(library, f, values[f.name]) for f in facets],
        "shapes": [list(shape) for shape in shapes],
        "kinds": [[kind, label, prefix] for (kind, label), (_, prefix) in kinds.items()],
        "rows": rows,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    quoted = text.replace("\\", r"\\").replace("'", r"\'")  # a string is read faster than an object
    return f"(window.mmu??={{}}).{name}=JSON.parse('{quoted}');\n"


def _link_kinds(collection: Collection) -> dict[tuple[str, str], tuple[int, str]]:
    """(kind, label) of links → its number, and what all its addresses begin with."""
    urls: dict[tuple[str, str], list[str]] = {}
    for paper in collection.papers:
        for link in paper.links:
            urls.setdefault((link.kind, link.label), []).append(link.url)
    prefixes = [commonprefix(found) for found in urls.values()]  # noqa: RUF071 -- of addresses, not of paths
    return {kind: (n, prefix) for n, (kind, prefix) in enumerate(zip(urls, prefixes, strict=True))}


def _script_facet(library: Library, facet: Facet, values: Iterable[str]) -> dict[str, Any]:
    terms = {value: library.vocabulary.term(f"{facet.name}:{value}") for value in values}
    return {
        "name": facet.name,
        "label": facet.label,
        "open": facet.open,
        "numbered": facet.numbered,
        "summary": facet.summary or not library.vocabulary,
        "verb": facet.verb,
        "usual": list(facet.usual),
        "values": [
            {
                "value": value,
                "label": library.term_label(facet.name, value),
                "order": term.order if term else 0,
                "aliases": list(term.aliases) if term else [],
            }
            for value, term in terms.items()
        ],
    }


_NOT_AS_FIELDS = frozenset({"title", "author", "abstract", "keywords", "shorttitle"})
"""Fields that a record has in another form."""


def _record(
    paper: Paper,
    library: Library,
    values: Mapping[str, Mapping[str, int]],
    shapes: dict[tuple[str, ...], int],
    kinds: Mapping[tuple[str, str], tuple[int, str]],
    url: str,
) -> list[Any]:
    """One paper, in the order that ``mmu-records.js`` expects; 0 stands for nothing, or for what can be derived."""
    shape = tuple(sorted({*paper.fields, *(link.kind for link in paper.links)}))
    links = [(kinds[link.kind, link.label], link.url) for link in paper.links]
    label = library.labels[paper.key]
    return [
        paper.key,
        paper.type,
        paper.title,
        paper.short or 0,
        0 if label == paper.short else label,
        [f"{a.given}\t{a.family}" if a.given else a.family for a in paper.authors],
        0 if paper.venue == paper.venue_short else paper.venue,
        paper.venue_short or 0,
        paper.published or 0,
        paper.date or 0,
        [[known[v] for v in paper.tags.get(name, ())] or 0 for name, known in values.items()],
        list(paper.keywords) or 0,
        [[number, address.removeprefix(prefix)] for (number, prefix), address in links] or 0,
        shapes.setdefault(shape, len(shapes)),
        paper.abstract or 0,
        _fields(paper, [address.removeprefix(prefix) for (_, prefix), address in links]),
        url or 0,
    ]


def _fields(paper: Paper, rests: Sequence[str]) -> dict[str, str | int]:
    """Entry fields. One that repeats another value of the record is that value's number."""
    same = [paper.venue, paper.venue_short, paper.date, paper.date[:4], *rests, *(link.url for link in paper.links)]
    found = {n: t for n, t in paper.fields.items() if n not in _NOT_AS_FIELDS}
    return {name: same.index(text) if text and text in same else text for name, text in found.items()}


def _facet(library: Library, facet: Facet) -> dict[str, Any]:
    values = [t.value for t in facet.terms] or sorted(library.papers.values(facet.name))
    return {
        "name": facet.name, "label": facet.label, "description": facet.description,
        "values": [_value(library, facet, v, library.vocabulary.term(f"{facet.name}:{v}")) for v in values],
    }  # fmt: skip


def _value(library: Library, facet: Facet, value: str, term: Term | None) -> dict[str, Any]:
    found = library.papers.tagged(facet.name, value) or 0
    return {
        "value": value, "label": term.label if term else library.term_label(facet.name, value),
        "definition": term.definition if term else "", "count": found.bit_count(),
    }  # fmt: skip


def _paper(paper: Paper, library: Library, url: str) -> dict[str, Any]:
    return {
        "key": paper.key, "type": paper.type, "title": paper.title, "short": paper.short,
        "label": library.labels[paper.key], "authors": [a.name for a in paper.authors], "year": paper.year,
        "date": paper.date, "venue": paper.venue, "venue_short": paper.venue_short, "published": paper.published,
        "tags": {f: list(v) for f, v in paper.tags.items()}, "keywords": list(paper.keywords),
        "links": {link.kind: link.url for link in paper.links}, "url": url,
    }  # fmt: skip
