"""The database in other forms. ``papers.json`` is described by ``papers.schema.json``, which stands beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from sphinx_mmu.cells import authors_text, venue_text
from sphinx_mmu.library import Collection, Library
from sphinx_mmu.model import Paper
from sphinx_mmu.vocabulary import Facet, Term

SCHEMA = 1
"""The version of the form of ``papers.json``; counted up when a reader of the old form would break."""


def papers_json(library: Library, address: Callable[[str], str]) -> str:
    """All papers and the vocabulary as JSON text, the same bytes for the same data.

    ``address`` gives the page of a key, relative to the site's root, empty where there is none.
    """
    data = {
        "schema": SCHEMA,
        "facets": [_facet(library, f) for f in library.facets.values()],
        "papers": [_paper(p, library, address(p.key)) for p in library.papers.papers],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def data_script(library: Library, collection: Collection, name: str, address: Callable[[str], str]) -> str:
    """A script that gives a page the records to filter: a page from a disk may load scripts, but no JSON.

    ``mmu-explorer.js`` unpacks it. Values of facets are numbers into the facet's list, names of fields a number
    into a list of lists; that keeps 10,000 papers small.
    """
    facets = list(library.facets.values())
    values = {f.name: {v: n for n, v in enumerate(_values(f, collection))} for f in facets}
    shapes: dict[tuple[str, ...], int] = {}
    rows = [_record(p, library, values, shapes, address(p.key)) for p in collection.papers]
    data = {
        "facets": [_script_facet(library, f, values[f.name]) for f in facets],
        "shapes": [list(shape) for shape in shapes],
        "rows": rows,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    quoted = text.replace("\\", r"\\").replace("'", r"\'")  # a string is read faster than an object
    return f"(window.mmu??={{}}).{name}=JSON.parse('{quoted}');\n"


def _values(facet: Facet, collection: Collection) -> list[str]:
    known = [t.value for t in facet.terms]
    used = {v for p in collection.papers for v in p.tags.get(facet.name, ())}
    return known + sorted(used - set(known))


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


_NOT_AS_FIELDS = frozenset({"title", "author", "abstract"})
"""Fields that a record has in another form, and that a filter never asks for as fields."""


def _record(
    paper: Paper,
    library: Library,
    values: dict[str, dict[str, int]],
    shapes: dict[tuple[str, ...], int],
    url: str,
) -> list[Any]:
    """One paper, in the order that ``mmu-explorer.js`` expects."""
    shape = tuple(sorted({*paper.fields, *(link.kind for link in paper.links)}))
    return [
        paper.key,
        paper.type,
        paper.title,
        paper.short,
        library.labels[paper.key],
        [a.name for a in paper.authors],
        authors_text(paper),
        paper.venue,
        paper.venue_short,
        venue_text(paper),
        paper.date,
        [[known[v] for v in paper.tags.get(name, ())] for name, known in values.items()],
        list(paper.keywords),
        [[link.kind, link.label, link.url] for link in paper.links],
        shapes.setdefault(shape, len(shapes)),
        paper.abstract,
        {name: text for name, text in paper.fields.items() if name not in _NOT_AS_FIELDS},
        url,
    ]


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
