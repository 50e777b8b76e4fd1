"""What a filter means: the set of papers that match it, and which of its names do not exist.

A filter is read by :func:`parse` (the language is in ``grammar.lark``), compared with what there is
to filter by :func:`check`, and evaluated over indexed sets by :func:`evaluate`. Nothing here knows
where the papers come from: an :class:`Index` does.
"""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

from sphinx_mmu.filters.syntax import (
    DATE_FACETS,
    All,
    And,
    FilterError,
    Has,
    Leaf,
    Match,
    Node,
    Not,
    Or,
    Range,
    all_of,
    any_of,
    fold,
    parse,
    quoted,
    to_text,
)
from sphinx_mmu.problems import Code, Problem, did_you_mean

__all__ = [
    "TEXT_FIELDS",
    "All",
    "And",
    "FilterError",
    "FilterFault",
    "Has",
    "Index",
    "Leaf",
    "Match",
    "Node",
    "Not",
    "Or",
    "Range",
    "all_of",
    "any_of",
    "check",
    "evaluate",
    "fold",
    "leaves",
    "parse",
    "quoted",
    "select",
    "to_text",
]

TEXT_FIELDS = frozenset({"title", "short", "author", "abstract"})
"""Names that always mean a part of the text, also where a facet has the same name. The whole name
of an author means that one alone.
"""


class Index(Protocol):
    """What a filter is evaluated over. A set of papers is an integer: bit *i* is the paper at
    index *i*.
    """

    @property
    def everything(self) -> int:
        """The set of all papers."""

    @property
    def unpublished(self) -> Collection[str]:
        """Names of fields that papers have and a filter cannot ask for."""

    def facets(self) -> Collection[str]:
        """Names of tag facets and of derived ones, such as year, venue and author."""

    def values(self, facet: str) -> Collection[str]:
        """The known values of a facet; of ``has``, every field and kind of link that some paper
        has.
        """

    def tagged(self, facet: str, value: str) -> int | None:
        """Papers with this value or a child of it, ignoring case; None if the facet has no such
        value.
        """

    def any(self, facet: str) -> int:
        """Papers with at least one value of the facet."""

    def text(self, needle: str, field: str | None, prefix: bool) -> int:  # noqa: FBT001 -- passed on from a node
        """Papers whose folded text contains the needle, with ``prefix`` at the start of a word.

        The field is title, short, author, venue, abstract or any field of an entry; None means all
        five.
        """

    def dates(self, within: Range) -> int:
        """Papers with a date within a range of ISO dates, each a year, a month or a day. The date
        is that of the first public version, or the year of publication if the facet is
        ``published``.

        A bound includes all of its year or month; a paper's date of fewer parts counts as their
        beginning. A paper without a date is never among them.
        """


# --- Evaluating


def evaluate(node: Node, index: Index) -> int:
    """The set of papers that match a filter. What the index does not know matches nothing."""
    match node:
        case Not(part):
            return index.everything & ~evaluate(part, index)
        case And(parts):
            return reduce(
                operator.and_, (evaluate(p, index) for p in parts), index.everything
            )
        case Or(parts):
            return reduce(operator.or_, (evaluate(p, index) for p in parts), 0)
        case Range():
            return index.dates(node)
        case Match():
            return _matches(node, index)
        case _:
            return (
                _has(node.facet, index) if isinstance(node, Has) else index.everything
            )


def _has(name: str, index: Index) -> int:
    facet = _facet(name, index)
    return (
        index.any(facet) if facet else index.tagged("has", _FIELD.get(name, name)) or 0
    )


_FIELD = {"short": "shorttitle"}


def _facet(name: str, index: Index) -> str | None:
    """The facet of that name, ignoring case, as the index writes it."""
    facets = index.facets()
    return (
        name
        if name in facets
        else next((f for f in facets if f.lower() == name.lower()), None)
    )


def _matches(node: Match, index: Index) -> int:
    facet = None if node.facet in TEXT_FIELDS else _facet(node.facet, index)
    if node.facet == "author" and not node.prefix:
        whole = index.tagged("author", node.value)
        if whole is not None:
            return whole
    if not facet:
        return index.text(fold(node.value), node.facet or None, node.prefix)
    if not node.prefix:
        return index.tagged(facet, node.value) or 0
    return reduce(
        operator.or_,
        (index.tagged(facet, v) or 0 for v in _beginning(node, facet, index)),
        0,
    )


def _beginning(node: Match, facet: str, index: Index) -> list[str]:
    """The values that begin with a prefix."""
    start = fold(node.value)
    return [v for v in index.values(facet) if node.prefix and fold(v).startswith(start)]


# --- Checking


@dataclass(frozen=True, slots=True)
class FilterFault:
    """A facet or value of a filter that does not exist, so that its condition matches nothing."""

    code: Code
    message: str
    hint: str


def check(node: Node, index: Index) -> tuple[FilterFault, ...]:
    """What a filter names and the index does not have, each once, in the order of the filter."""
    return tuple(
        dict.fromkeys(f for leaf in leaves(node) for f in _faults(leaf, index))
    )


def select(filters: Iterable[str], index: Index) -> tuple[int, tuple[Problem, ...]]:
    """The set of papers that match all filters, and what is wrong with those. No filter matches
    all.
    """
    found, problems = index.everything, []
    for text in filters:
        try:
            node = parse(text)
        except FilterError as error:
            hint = "\n".join(part for part in (error.hint, error.caret) if part)
            problems.append(
                Problem(
                    Code.FILTER_SYNTAX,
                    f"cannot read the filter: {error.message}",
                    hint=hint,
                )
            )
            found = 0
        else:
            problems += [
                Problem(f.code, f.message, hint=f.hint) for f in check(node, index)
            ]
            found &= evaluate(node, index)
    return found, tuple(problems)


def leaves(node: Node) -> Iterator[Leaf]:
    """The conditions of a filter, from left to right."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield node


def _faults(leaf: Leaf, index: Index) -> Iterator[FilterFault]:
    if not isinstance(leaf, Match | Has) or not leaf.facet or leaf.facet in TEXT_FIELDS:
        return
    facet = _facet(leaf.facet, index)
    if not facet:
        if index.tagged("has", leaf.facet) is None:
            known = {*index.facets(), *TEXT_FIELDS, *DATE_FACETS}
            hint = (
                did_you_mean(leaf.facet, sorted(known))
                or "put it in quotes if it is text to look for"
            )
            if leaf.facet in index.unpublished:
                hint = f"the field {leaf.facet!r} is not published: name it in mmu_publish_fields"
            yield FilterFault(
                Code.UNKNOWN_FACET, f"there is no facet {leaf.facet!r}", hint
            )
        elif isinstance(leaf, Match) and not index.text(
            leaf.value, leaf.facet, leaf.prefix
        ):
            message = f"no entry has {leaf.value!r} in the field {leaf.facet!r}"
            hint = (
                "write it as entries do: another work by its key, which its page shows"
            )
            yield FilterFault(Code.UNKNOWN_VALUE, message, hint)
    elif isinstance(leaf, Match) and index.tagged(facet, leaf.value) is None:
        if _beginning(leaf, facet, index):
            return
        value = f"that begins with {leaf.value!r}" if leaf.prefix else repr(leaf.value)
        hint = did_you_mean(leaf.value, sorted(index.values(facet)))
        yield FilterFault(Code.UNKNOWN_VALUE, f"{facet} has no value {value}", hint)
