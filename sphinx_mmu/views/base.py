"""What all kinds of views share: requests, the view itself and its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

from sphinx_mmu.library.library import Library
from sphinx_mmu.problems import Problem
from sphinx_mmu.views.columns import Columns

VIEW_VERSION = 1
"""Increased when the code renders something new from the same data."""

V = TypeVar("V", bound="View")
V_co = TypeVar("V_co", bound="View", covariant=True)


class Request(Protocol[V_co]):
    """What a directive or role asks: a named tuple of plain values, which can be stored and
    compared.

    Each kind of view has its own type of request. The first field is the name of the kind.
    """

    @property
    def kind(self) -> str:
        """The name of the kind of view."""

    def view(self, context: ViewContext) -> V_co:
        """Make what it shows from the library."""

    def __iter__(self) -> Any: ...
    def __hash__(self) -> int: ...
    def __lt__(self, other: Any) -> bool: ...


@dataclass(frozen=True)
class View:
    """What a request shows.

    ``count`` is the number of matches, ``text`` the whole content of views that are one text.
    """

    request: Request[View]
    count: int = 0
    text: str = ""
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    derived_tags: tuple[str, ...] = field(default=(), repr=False)
    """The values of derived facets that the view leads to, where these are not all there are."""
    found: int = field(default=0, repr=False)
    """The positions of the matches, as bits, where these are papers."""
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
        self.library, self.columns = library, Columns(library)
