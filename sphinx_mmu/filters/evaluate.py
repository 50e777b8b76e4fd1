"""What a filter means: the set of papers that match it, and which of its names do not exist.

A filter is read by :func:`parse` (the language is in ``grammar.lark``), compared with what there is
to filter by :func:`check`, and evaluated over indexed sets by :func:`evaluate`. Nothing here knows
where the papers come from: an :class:`Index` does.
"""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from itertools import chain
from typing import Protocol

from sphinx_mmu.filters.syntax import (
    DATE_FACETS,
    And,
    FilterError,
    Has,
    Leaf,
    Match,
    Node,
    Not,
    Or,
    Range,
    fold,
    parse,
)
from sphinx_mmu.problems import Code, Problem, did_you_mean

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
                operator.and_,
                (evaluate(p, index) for p in parts),
                index.everything,
            )
        case Or(parts):
            return reduce(operator.or_, (evaluate(p, index) for p in parts), 0)
        case Range():
            return index.dates(node)
        case Match():
            return _matches(node, index)
        case Has(name):
            if facet := _facet(name, index):
                return index.any(facet)
            field = "shorttitle" if name == "short" else name
            return index.tagged("has", field) or 0
        case _:
            return index.everything


def _facet(name: str, index: Index) -> str | None:
    """The facet of that name, ignoring case, as the index writes it."""
    facets = index.facets()
    alike = (facet for facet in facets if facet.lower() == name.lower())
    return name if name in facets else next(alike, None)


def _matches(node: Match, index: Index) -> int:
    facet = None if node.facet in TEXT_FIELDS else _facet(node.facet, index)
    if node.facet == "author" and not node.prefix:
        whole = index.tagged("author", node.value)
        if whole is not None:
            return whole
    if not facet:
        return index.text(fold(node.value), node.facet or None, node.prefix)
    values = _beginning(node, facet, index) if node.prefix else [node.value]
    return reduce(
        operator.or_, (index.tagged(facet, v) or 0 for v in values), 0
    )


def _beginning(node: Match, facet: str, index: Index) -> list[str]:
    """The values that begin with that of a condition."""
    start = fold(node.value)
    return [
        value for value in index.values(facet) if fold(value).startswith(start)
    ]


# --- Checking


def check(node: Node, index: Index) -> tuple[Problem, ...]:
    """The facets and values that a filter names and the index does not have, each once, in the
    order of the filter. Their conditions match nothing.
    """
    found = (_faults(leaf, index) for leaf in leaves(node))
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def select(
    filters: Iterable[str], index: Index
) -> tuple[int, tuple[Problem, ...]]:
    """The set of papers that match all filters, and what is wrong with those. No filter matches
    all.
    """
    found = index.everything
    problems = list[Problem]()
    for text in filters:
        try:
            node = parse(text)
        except FilterError as error:
            message = f"cannot read the filter: {error.message}"
            caret = f"\n{error.caret}" if text.strip() else ""
            hint = f"{error.hint}{caret}".removeprefix("\n")
            problems.append(Problem(Code.FILTER_SYNTAX, message, hint=hint))
            found = 0
        else:
            problems += check(node, index)
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


def _faults(leaf: Leaf, index: Index) -> Iterator[Problem]:
    if (
        not isinstance(leaf, Match | Has)
        or not leaf.facet
        or leaf.facet in TEXT_FIELDS
    ):
        return
    facet = _facet(leaf.facet, index)
    if not facet:
        if index.tagged("has", leaf.facet) is None:
            known = sorted({*index.facets(), *TEXT_FIELDS, *DATE_FACETS})
            quote = "put it in quotes if it is text to look for"
            hint = did_you_mean(leaf.facet, known) or quote
            if leaf.facet in index.unpublished:
                hint = f"the field {leaf.facet!r} is not published: name it in mmu_publish_fields"
            message = f"there is no facet {leaf.facet!r}"
            yield Problem(Code.UNKNOWN_FACET, message, hint=hint)
        elif isinstance(leaf, Match) and not _matches(leaf, index):
            message = f"no entry has {leaf.value!r} in the field {leaf.facet!r}"
            hint = "write it as entries do: another work by its key, which its page shows"
            yield Problem(Code.UNKNOWN_VALUE, message, hint=hint)
    elif isinstance(leaf, Match) and index.tagged(facet, leaf.value) is None:
        if leaf.prefix and _beginning(leaf, facet, index):
            return
        value = (
            f"that begins with {leaf.value!r}"
            if leaf.prefix
            else repr(leaf.value)
        )
        hint = did_you_mean(leaf.value, sorted(index.values(facet)))
        message = f"{facet} has no value {value}"
        yield Problem(Code.UNKNOWN_VALUE, message, hint=hint)
