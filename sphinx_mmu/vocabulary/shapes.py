"""What a vocabulary file may contain: its tables, their keys, and the shape of each value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sphinx_mmu.vocabulary.declared import KINDS

Shape = str | Mapping[str, str]
"""What a key may contain: the name of one of the ``FITS``, or the keys of the tables in a list."""

SHAPES: Mapping[str, Mapping[str, Shape]] = {
    "facet": {
        "label": "text",
        "description": "text",
        "numbered": "true or false",
        "single": "true or false",
        "field": "text",
        "relation": "text",
        "of": "text",
        "highlights": {"label": "text", "filter": "text"},
        "summary": "true or false",
        "verb": "text",
        "line": "text",
        "usual": "a list of texts",
        "new": "a list of texts",
        "provenance": "true or false",
        "relates": "true or false",
        "section": "text",
    },
    "term": {
        "label": "text",
        "short": "text",
        "definition": "text",
        "formula": "text",
        "section": "text",
        "aliases": "a list of texts",
        "related": "a list of texts",
        "cites": "a list of texts",
        "symbols": {"symbol": "text", "meaning": "text"},
        "colour": "a pair of colours",
        "tradeoffs": {"kind": "text", "text": "text", "basis": "text"},
    },
    "field": {
        "label": "text",
        "separator": "text",
        "section": "text",
        "provenance": "true or false",
    },
    "section": {"label": "text"},
    "relation": {
        "label": "text",
        "inverse": "text",
        "section": "text",
        "results": "true or false",
        "tested": "true or false",
    },
    "catalogue": {
        "label": "text",
        "plural": "text",
        "title": "text",
        "filter": "text",
        "group-by": "text",
        "columns": "a list of texts",
        "sort": "text",
        "collection": "papers or datasets",
        "results": "true or false",
    },
    "rule": {"when": "text", "needs": "text", "message": "text"},
    **KINDS,
}
"""The parts of a vocabulary and the values of each of their keys. A term may have others
too: facts of its own.
"""

SIDES = ("strength", "cost")
"""The kinds of trade-offs."""
FACT = "text, a number or a list of texts"
"""The shape of the keys of a term that ``SHAPES`` does not name."""
FORMS = {
    "text": '"…"',
    FACT: '"…"',
    "true or false": "true",
    "a list of texts": '["…"]',
    "papers or datasets": '"papers"',
    "a pair of colours": '{ light = "#rrggbb", dark = "#rrggbb" }',
}
"""How the values of each shape are written."""
_LARGEST = 2**63
_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")


def table_form(shape: Mapping[str, str]) -> str:
    """How a table of texts is written."""
    wanted = ", ".join(f'{name} = "…"' for name in shape)
    return f"{{ {wanted} }}"


def is_text(value: Any) -> bool:
    """Whether this is a text or a number that other programs can read, too."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    # A number that has no end is not less than any.
    return isinstance(value, str) or abs(value) < _LARGEST


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(is_text(v) for v in value)


def _is_pair(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"light", "dark"}
        and all(
            isinstance(c, str) and _COLOUR.fullmatch(c) for c in value.values()
        )
    )


FITS: Mapping[str, Callable[[Any], bool]] = {
    "text": is_text,
    "true or false": lambda value: isinstance(value, bool),
    "a list of texts": _is_list,
    "a pair of colours": _is_pair,
    "papers or datasets": lambda value: value in ("papers", "datasets"),
    FACT: lambda value: is_text(value) or _is_list(value),
}
"""Whether a value has a shape."""
