"""What figures are made from: the papers of a filter, terms as figures show them, options as
authors write them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sphinx_mmu.library.collection import ordered_values
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import _, counted
from sphinx_mmu.problems import (
    Code,
    Problem,
    no_facet,
    no_value,
    suggestion,
    whole_number,
)
from sphinx_mmu.vocabulary.vocabulary import Facet


class TermRef(NamedTuple):
    """A value of a facet as figures show it. ``number`` is that of its badge, 0 where the facet has
    none.
    """

    tag: str
    label: str
    number: int = 0


class DataTable(NamedTuple):
    """The data behind a figure as a table; ``marks`` are the terms that its rows are about."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: tuple[TermRef, ...] = ()


class FigureContext:
    """The papers that a filter leaves, and what is found wrong while a figure is made of them."""

    def __init__(
        self,
        library: Library,
        found: int,
        options: Mapping[str, str] | None = None,
        *,
        empty_ok: bool = False,
    ) -> None:
        self.library = library
        self.found = found
        self.empty_ok = empty_ok
        self.options = options or {}
        self.problems: list[Problem] = []

    # --- options
    def bad(self, message: str, hint: str = "") -> None:
        """Remember that an option cannot be used."""
        self.problems.append(Problem(Code.BAD_OPTION, message, hint=hint))

    def words(self, name: str, default: str = "") -> tuple[str, ...]:
        """The words of an option, separated by spaces or commas."""
        return tuple(
            (self.options.get(name) or default).replace(",", " ").split()
        )

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """An option that allows a few values; the first one is the default."""
        value = self.options.get(name) or choices[0]
        if value in choices:
            return value
        self.bad(f":{name}: cannot be {value!r}", suggestion(value, choices))
        return choices[0]

    def number(self, name: str, default: int) -> int:
        """An option that is a whole number."""
        if not (value := self.options.get(name)):
            return default
        found = whole_number(name, value)
        if isinstance(found, int):
            return found
        self.problems.append(found)
        return default

    # --- facets and their values
    def sides(self, figure: str) -> list[str]:
        """What the options ``rows`` and ``columns`` name, by default the first two facets; it is a
        problem if they do not differ.
        """
        first, second, *_rest = [*self.library.facets, "", ""]
        names = [
            self.options.get("rows") or first,
            self.options.get("columns") or second,
        ]
        if "" not in names and names[0] != names[1]:
            return names
        hint = "name them with :rows: and :columns:"
        self.bad(f"{figure} needs two facets", hint)
        return []

    def facet(self, name: str) -> Facet | None:
        """A facet by name; one that does not exist is a problem."""
        found = self.library.facets.get(name)
        if found is None:
            self.problems.append(no_facet(name, self.library.facets))
        return found

    def values(self, facet: Facet, parent: str = "") -> list[str]:
        """The values of a facet at the top, or right below one, in the order of the vocabulary."""
        every = ordered_values(self.library.papers, facet)
        return [v for v in every if v.rpartition("/")[0] == parent]

    def known(self, facet: Facet, value: str) -> bool:
        """Whether a facet has a value; one that it lacks is a problem."""
        every = ordered_values(self.library.papers, facet)
        if value in every:
            return True
        self.problems.append(no_value(facet.name, value, every))
        return False

    def papers(self, facet: Facet, value: str) -> int:
        """The papers of the filter that have a value or one below it."""
        return (self.library.papers.tagged(facet.name, value) or 0) & self.found

    def term_ref(self, facet: Facet, value: str) -> TermRef:
        """A value as figures show it; below the top it has the number of its parent."""
        top = self.library.vocabulary.term(
            f"{facet.name}:{value.partition('/')[0]}"
        )
        number = top.order if top and facet.numbered else 0
        label = self.library.term_label(facet.name, value)
        return TermRef(f"{facet.name}:{value}", label, number)

    def term_refs(
        self, facet: Facet, values: Iterable[str]
    ) -> list[tuple[TermRef, int]]:
        """Values as figures show them, with their papers."""
        return [
            (self.term_ref(facet, v), self.papers(facet, v)) for v in values
        ]


def listed(names: Iterable[str], *, either: bool = False) -> str:
    """Names in a sentence: 'a, b and c', or with ``either`` 'a, b or c'."""
    *first, last = names
    if not first:
        return last
    before = ", ".join(first)
    if either:
        return _("{before} or {last}", before=before, last=last)
    return _("{before} and {last}", before=before, last=last)


def papers_text(number: int) -> str:
    """A number of papers in words."""
    return counted("{n} paper", "{n} papers", number)
