"""The database in other forms. ``papers.json`` is described by ``papers.schema.json`` in the
same folder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sphinx_mmu.library.library import Library
from sphinx_mmu.library.results import COLUMNS, Result
from sphinx_mmu.model.evidence import evidence
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.vocabulary.vocabulary import Facet

SCHEMA = 1
"""The version of the form of ``papers.json``; counted up when a reader of the old form would break.
"""


def papers_json(
    library: Library,
    address: Callable[[str], str],
    exports: Sequence[Mapping[str, object]] = (),
) -> str:
    """All papers and the vocabulary as JSON text, the same bytes for the same data; each item of a
    list is on a line of its own.

    ``address`` gives the page of a key, relative to the site's root, empty where there is none.
    ``exports`` lists files with the papers in other formats.
    """
    data = {
        "schema": SCHEMA,
        "revision": library.revision,
        "facets": [_facet(library, f) for f in library.facets.values()],
        "papers": [
            _paper(p, library, address(p.key)) for p in library.papers.papers
        ],
        "results": [_result(row) for row in library.results.rows],
        "exports": list(exports),
    }
    parts = (f"{_json(name)}: {_listed(part)}" for name, part in data.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _listed(value: object) -> str:
    if not isinstance(value, list):
        return _json(value)
    return "[\n" + ",\n".join(map(_json, value)) + "\n]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _facet(library: Library, facet: Facet) -> dict[str, Any]:
    values = [t.value for t in facet.terms] or sorted(
        library.papers.values(facet.name)
    )
    return {
        "name": facet.name,
        "label": facet.label,
        "description": facet.description,
        "values": [_value(library, facet.name, value) for value in values],
    }


def _value(library: Library, facet: str, value: str) -> dict[str, Any]:
    term = library.vocabulary.term(f"{facet}:{value}")
    found = library.papers.tagged(facet, value) or 0
    return {
        "value": value,
        "label": term.label if term else library.term_label(facet, value),
        "definition": term.definition if term else "",
        "count": found.bit_count(),
    }


def _paper(paper: Paper, library: Library, url: str) -> dict[str, Any]:
    return {
        "key": paper.key,
        "type": paper.type,
        "title": paper.title,
        "short": paper.short,
        "label": library.labels[paper.key],
        "authors": [a.name for a in paper.authors],
        "year": paper.year,
        "date": paper.date,
        "venue": paper.venue,
        "venue_short": paper.venue_short,
        "published": paper.published,
        "tags": {f: list(v) for f, v in paper.tags.items()},
        "keywords": list(paper.keywords),
        "links": {link.kind: link.url for link in paper.links},
        "url": url,
        "summary": " ".join(paper.fields.get("summary", "").split()),
        "facts": {
            n: paper.fields[n]
            for n in library.vocabulary.placed
            if paper.fields.get(n)
        },
        "sources": _sources(paper),
        "relations": list(_relations(paper, library)),
    }


def _result(row: Result) -> dict[str, object]:
    return {name: getattr(row, name) for name in (*COLUMNS, "number")}


def _relations(paper: Paper, library: Library) -> Iterator[dict[str, Any]]:
    """What an entry has relations to, and the texts that state them."""
    for name, forth in library.relations.forth.items():
        for key, reasons in forth.get(paper.key, {}).items():
            yield {
                "name": name,
                "key": key,
                "urls": [r.url for r in reasons if r.url],
            }


def _sources(paper: Paper) -> list[dict[str, Any]]:
    """The texts that values of an entry were read from, each with the fields it was read for."""
    known, _faults = evidence(paper.fields)
    return [
        {
            "what": source.what,
            "url": source.url,
            "remark": source.remark,
            "fields": list(known.read_from(source)),
        }
        for source in known.sources
    ]
