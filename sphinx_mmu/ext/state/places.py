"""Where entries and terms are: the places that pages give them, and the best of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sphinx_mmu.ext.common.reporting import warn
from sphinx_mmu.problems import Code, Problem

IN_A_LIST = 2
"""The rank of a target that is only an item of a list."""


class Place(NamedTuple):
    """Where something is. The best place has the least ``rank``: 0 a section, 1 a page made for it,
    2 a list.
    """

    rank: int
    docname: str
    anchor: str
    line: int = 0


class Places:
    """The places of every object on all pages.

    ``on_pages`` are those of each page as plain tuples, and ``has_page`` says whether the output
    has a page.
    """

    def __init__(
        self,
        on_pages: Mapping[str, Iterable[tuple[str, str, tuple[Any, ...]]]],
        has_page: Callable[[str], bool],
    ) -> None:
        self._on_pages, self._has_page = on_pages, has_page
        self._found: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for places in on_pages.values():
            for kind, name, place in places:
                self._found[kind, name].append(Place(*place))

    def best(self, kind: str, name: str) -> Place | None:
        """The best place of an object, the same in every build."""
        places = self._found.get((kind, name), ())
        return min(
            (p for p in places if self._has_page(p.docname)), default=None
        )

    def is_best(self, kind: str, name: str, docname: str, anchor: str) -> bool:
        """Whether links to an object lead to this anchor of this page."""
        place = self.best(kind, name)
        return place is not None and (place.docname, place.anchor) == (
            docname,
            anchor,
        )

    def terms_of(self, docname: str) -> list[str]:
        """The tags of the terms whose place is on a page."""
        found = []
        for kind, name, _place in self._on_pages.get(docname, ()):
            best = self.best(kind, name)
            if kind == "term" and best and best.docname == docname:
                found.append(name)
        return sorted(found)

    def known(self) -> list[tuple[str, str]]:
        """Every object that has a place, by kind and name, in order."""
        return sorted(self._found)

    def check(self) -> None:
        """Warn of terms and catalogue rows that two pages define. Lists may name a term as often as
        they like.
        """
        twice: dict[tuple[str, tuple[str, int]], list[tuple[str, str]]] = {}
        for (kind, name), places in sorted(self._found.items()):
            rivals = sorted(place for place in places if place.rank == 0)
            if len(rivals) > 1:
                pages = dict.fromkeys(place.docname for place in rivals)
                again = "twice " if len(pages) == 1 else ""
                where = f"{again}on {' and '.join(pages)}"
                line = rivals[1].docname, rivals[1].line
                twice.setdefault((where, line), []).append((kind, name))
        for (where, line), objects in twice.items():
            (kind, name), *others = objects
            more = f" and {len(others)} more are" if others else " is"
            message = f"{kind} {name!r}{more} defined {where}"
            warn(Problem(Code.DUPLICATE_TARGET, message, key=name), line)
