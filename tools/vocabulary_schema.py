"""The vocabulary's form as JSON Schema, for editors that complete and check TOML. It is made from
``SHAPES``.

``sphinx_mmu/vocabulary/vocabulary.schema.json`` is what :func:`vocabulary_schema` gives; a test
compares them. An editor is led to it by a first line ``#:schema vocabulary.schema.json``, as Taplo
and its kin read it.

Source of the form: JSON Schema, draft 2020-12.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sphinx_mmu.vocabulary.shapes import FACT, SHAPES, Shape

_TEXT = {"type": ["string", "number"]}
_TEXTS = {"type": "array", "items": _TEXT}
_COLOUR = {"type": "string", "pattern": "^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"}
_TYPES: Mapping[str, Mapping[str, Any]] = {
    "text": _TEXT,
    "true or false": {"type": "boolean"},
    "a list of texts": _TEXTS,
    "a pair of colours": {
        "type": "object",
        "properties": {"light": _COLOUR, "dark": _COLOUR},
        "required": ["light", "dark"],
        "additionalProperties": False,
    },
    "papers or datasets": {"enum": ["papers", "datasets"]},
    FACT: {"anyOf": [_TEXT, _TEXTS]},
}


def vocabulary_schema() -> dict[str, Any]:
    """What a file of the vocabulary may contain. Tags, parents and filters need more than a schema:
    the reader checks.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A vocabulary of sphinx_mmu",
        "type": "object",
        "properties": {kind: _tables(kind) for kind in SHAPES},
        "additionalProperties": False,
    }


def schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(vocabulary_schema(), indent=2, ensure_ascii=False) + "\n"


def _tables(kind: str) -> dict[str, Any]:
    table = {
        "type": "object",
        "properties": {
            key: _type(shape) for key, shape in SHAPES[kind].items()
        },
        "additionalProperties": _TYPES[FACT] if kind == "term" else False,
    }
    names = (
        {"propertyNames": {"pattern": "^[^:]+:[^/]+(/[^/]+)*$"}}
        if kind == "term"
        else {}
    )
    return {"type": "object", **names, "additionalProperties": table}


def _type(shape: Shape) -> Mapping[str, Any]:
    if isinstance(shape, str):
        return _TYPES[shape]
    properties = {key: _TYPES[kind] for key, kind in shape.items()}
    return {
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        },
    }
