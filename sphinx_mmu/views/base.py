"""What all kinds of views share: the view itself, its fingerprint, and the rows that many views
show.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.problems import Problem
from sphinx_mmu.views.cells import Cell
from sphinx_mmu.views.columns import Column, Maker, column

VIEW_VERSION = 1
"""Increased when the code renders something new from the same data."""


class Request(Protocol):
    """What a directive or role asks: a named tuple of plain values, which can be stored and
    compared.

    Each kind of view has its own type of request. The first field is the name of the kind.
    """

    @property
    def kind(self) -> str:
        """The name of the kind of view."""

    def __iter__(self) -> Any: ...
    def __hash__(self) -> int: ...
    def __lt__(self, other: Any) -> bool: ...


class Row(NamedTuple):
    """One entry as a view shows it: its key and a cell for each column of the view."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class View:
    """What a request shows.

    ``count`` is the number of matches, ``text`` the whole content of views that are one text.
    """

    request: Any
    count: int = 0
    text: str = ""
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    derived_tags: tuple[str, ...] = field(default=(), repr=False)
    """The values of derived facets that the view leads to, where these are not all there are."""
    beside: object = None
    """What a page shows with the view that no other printed field has."""

    @cached_property
    def fingerprint(self) -> str:
        """A digest of everything that is rendered from the view: a page is read again exactly when
        that of one of its views changes. Fields with ``repr=False`` are not in it.
        """
        return digest(self)


def digest(*values: object) -> str:
    """Hash values; equal if the values have the same ``repr``. 24 hexadecimal digits."""
    return blake2b(
        repr((VIEW_VERSION, *values)).encode(), digest_size=12
    ).hexdigest()


class ViewContext:
    """A library, with the columns and rows that several views of it share."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._makers: dict[str, tuple[Column, Maker] | None] = {}
        self._rows: dict[tuple[str, ...], dict[str, tuple[Row, bytes]]] = {}

    def column(self, name: str) -> tuple[Column, Maker] | None:
        """Look up a column by name; None if nothing provides it."""
        if name not in self._makers:
            self._makers[name] = column(name, self.library)
        return self._makers[name]

    def row(self, names: tuple[str, ...], paper: Paper) -> tuple[Row, bytes]:
        """Give the row of a paper in these columns, and a digest of it. Columns that do not exist
        are left out.
        """
        known = self._rows.setdefault(names, {})
        if paper.key not in known:
            makers = [
                found[1] for name in names if (found := self.column(name))
            ]
            row = Row(
                paper.key, tuple(make(paper, self.library) for make in makers)
            )
            mark = blake2b(json.dumps(row).encode(), digest_size=12).digest()
            known[paper.key] = (row, mark)
        return known[paper.key]
