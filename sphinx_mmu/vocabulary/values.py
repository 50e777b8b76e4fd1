"""The value of a key of a table, as the vocabulary has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sphinx_mmu.model import formulas
from sphinx_mmu.problems import did_you_mean, suggestion
from sphinx_mmu.vocabulary.shapes import (
    FACT,
    FITS,
    FORMS,
    SHAPES,
    SIDES,
    is_text,
    table_form,
)
from sphinx_mmu.vocabulary.vocabulary import Highlight, Symbol, TradeOff

_ROWS = {"highlights": Highlight, "symbols": Symbol, "tradeoffs": TradeOff}
"""What each list of tables describes; its keys are the attributes, in order."""


class MisfitError(ValueError):
    """A key or value that a table cannot have; ``hint`` says what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def read_value(kind: str, name: str, key: str, value: Any) -> Any:
    """The value of a key as the object has it that its table describes.

    Raises :class:`MisfitError` if the key is not known or the value is not one of it.
    """
    table, known = f"[{kind}.{name}]", SHAPES[kind]
    shape = known.get(key, FACT if kind == "term" else "")
    if not shape:
        hint = suggestion(key, known)
        raise MisfitError(f"{table} has no key {key!r}", hint)
    if isinstance(shape, str):
        if not FITS[shape](value):
            near = did_you_mean(key, known) if shape == FACT else ""
            hint = near or f"write {key} = {FORMS[shape]}"
            if shape in {"text", FACT} and not isinstance(
                value, bool | list | dict
            ):
                hint = "put it in quotes"  # a date, or a number that has no end
            raise MisfitError(f"{key!r} of {table} must be {shape}", hint)
        if key == "formula":
            _check_formula(str(value), table, display=True)
        return _plain(value)
    return _read_rows(table, key, shape, value)


def _read_rows(
    table: str, key: str, shape: Mapping[str, str], value: Any
) -> tuple[Any, ...]:
    """What the tables in a list describe. Raises :class:`MisfitError`."""
    if not isinstance(value, list) or not all(
        isinstance(row, dict) for row in value
    ):
        hint = f"write {key} = [{table_form(shape)}]"
        raise MisfitError(f"{key!r} of {table} must be a list of tables", hint)
    for row in value:
        if not row.keys() <= shape.keys() or not all(
            map(is_text, row.values())
        ):
            message = f"a table in {key!r} of {table} does not fit"
            raise MisfitError(message, f"write {table_form(shape)}")
    rows = []
    for given in value:
        texts = (str(given.get(name, "")) for name in shape)
        row = _ROWS[key](*texts)
        if isinstance(row, TradeOff) and row.kind not in SIDES:
            message = (
                f"a trade-off of {table} cannot have the kind {row.kind!r}"
            )
            raise MisfitError(message, f"one of: {', '.join(SIDES)}")
        if isinstance(row, Symbol):
            _check_formula(row.symbol, table, display=False)
        rows.append(row)
    return tuple(rows)


def _check_formula(tex: str, table: str, *, display: bool) -> None:
    try:
        formulas.check(tex, display=display)
    except formulas.FormulaError as error:
        message = f"a formula of {table} cannot be used: {error}"
        raise MisfitError(message, error.hint) from error


def _plain(value: Any) -> Any:
    """Numbers as texts, lists as tuples, and a pair of colours as one."""
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return tuple(map(str, value))
    return (
        (value["light"], value["dark"])
        if isinstance(value, dict)
        else str(value)
    )
