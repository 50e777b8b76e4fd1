"""The remarks on the values of a table of results, each once and as high as it goes: at the table,
at rows or columns, or at values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sphinx_mmu.library.results import Result

NotePlace = tuple[int, int]
"""The row and the column of a value."""
_Mark = tuple[int | None, int | None]
"""The same; None for one of the two is the whole row or column."""


class Common(NamedTuple):
    """What is remarked on all values, or on all but those of the rows or columns ``besides``."""

    remark: str
    besides: tuple[str, ...] = ()


class Notes:
    """The remarks of a table: ``common`` ones, and ``numbered`` ones with places."""

    def __init__(self) -> None:
        self.common: list[Common] = []
        self.numbered: list[str] = []
        self._places: dict[_Mark, tuple[int, ...]] = {}

    def of(self, row: int | None, column: int | None) -> tuple[int, ...]:
        """The numbers at a value, or at a whole row or column if the other is None."""
        return self._places.get((row, column), ())

    def number(self, remark: str, places: Iterable[_Mark]) -> None:
        """Give a remark the next number, and put that at places."""
        self.numbered.append(remark)
        for place in places:
            self._places[place] = (*self.of(*place), len(self.numbered))


def notes_of(
    cells: Mapping[NotePlace, Result],
    rows: Sequence[str],
    columns: Sequence[str],
) -> Notes:
    """Place the remarks of results: at all or most rows or columns, at a few of them, or at values.
    ``rows`` and ``columns`` are their names.
    """
    having: dict[str, set[NotePlace]] = {}
    for place in sorted(cells):
        for remark in cells[place].remarks:
            having.setdefault(remark, set()).add(place)
    notes = Notes()
    for remark, places in having.items():
        whole_rows, whole_columns = (
            _whole(axis, cells, places) for axis in (0, 1)
        )
        if 2 * len(whole_rows) > len(rows):
            notes.common.append(Common(remark, _besides(rows, whole_rows)))
        elif 2 * len(whole_columns) > len(columns):
            notes.common.append(
                Common(remark, _besides(columns, whole_columns))
            )
        elif whole_rows:
            notes.number(remark, [(row, None) for row in sorted(whole_rows)])
        elif whole_columns:
            notes.number(
                remark, [(None, column) for column in sorted(whole_columns)]
            )
        else:
            notes.number(remark, sorted(places))
    return notes


def _whole(
    axis: int, cells: Iterable[NotePlace], having: set[NotePlace]
) -> set[int]:
    """The rows (0) or columns (1) that together are what has a remark; none if it has only parts of
    some.
    """
    touched = {place[axis] for place in having}
    return (
        touched
        if {place for place in cells if place[axis] in touched} == having
        else set()
    )


def _besides(names: Sequence[str], numbers: set[int]) -> tuple[str, ...]:
    """The names of all but these."""
    return tuple(
        name for number, name in enumerate(names) if number not in numbers
    )
