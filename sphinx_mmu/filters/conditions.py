"""The text of filters: made from tags, joined, and recognised as a single tag."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence

from sphinx_mmu.filters.syntax import FilterError, Match, parse, quoted

_SIMPLE = re.compile(r'[\w-]+:(?:[\w./-]+|"[^"\\]*")')
"""A condition that needs no parentheses."""


def condition(tag: str) -> str:
    """Give the filter of the papers that have a tag."""
    facet, _colon, value = tag.partition(":")
    return f"{facet}:{quoted(value)}"


def conjunction(filters: Sequence[str]) -> str:
    """Give the filter of the papers that match all filters."""
    if len(filters) == 1:
        return filters[0]
    return " ".join(
        text if _SIMPLE.fullmatch(text) else f"({text})" for text in filters
    )


def only_tag(filters: Sequence[str]) -> str | None:
    """The one tag that filters ask for, empty where there are none; None of any other filter."""
    if not filters:
        return ""
    with contextlib.suppress(FilterError):
        node = parse(filters[0])
        if len(filters) == 1 and isinstance(node, Match) and not node.prefix:
            return f"{node.facet}:{node.value}"
    return None
