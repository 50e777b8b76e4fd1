"""Results: values that works reached on benchmarks, with their conditions and sources."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from sphinx_mmu.problems import Code, Problem, did_you_mean

AUTHORS = "authors"
"""Who measured, where the authors of the work did."""
_FEW = 12
"""How many names a message lists."""


@dataclass(frozen=True, slots=True)
class Result:
    """One value, all as written but ``number``. ``task``, ``setting``, ``model``, ``spread``,
    ``source`` (an address), ``place`` (where in the source), ``date`` and ``note`` (remarks
    separated by semicolons) may be empty.
    """

    work: str
    benchmark: str
    task: str
    setting: str
    model: str
    metric: str
    value: str
    spread: str
    measured_by: str
    source: str
    place: str
    date: str
    note: str
    number: float
    file: str = field(default="", repr=False)
    line: int = field(default=0, repr=False)

    @property
    def remarks(self) -> tuple[str, ...]:
        """The remarks of the note, each once."""
        return tuple(
            dict.fromkeys(filter(None, map(str.strip, self.note.split(";"))))
        )

    @property
    def condition(self) -> tuple[str, str, str]:
        """What results on one benchmark have in common that can be compared: task, model and who
        measured.
        """
        return self.task, self.model, self.measured_by

    @property
    def cell(self) -> tuple[str, ...]:
        """What no two results may share."""
        return (
            self.work,
            self.benchmark,
            self.task,
            self.setting,
            self.model,
            self.metric,
            self.measured_by,
        )


COLUMNS: tuple[str, ...] = Result.__match_args__[
    : Result.__match_args__.index("number")
]
"""The columns of a file of results."""


class Results:
    """All results of a library, in the order of the files."""

    def __init__(self, rows: Iterable[Result] = ()) -> None:
        self.rows = tuple(rows)

    @cached_property
    def by_work(self) -> Mapping[str, tuple[Result, ...]]:
        """The results of each work."""
        return grouped(self.rows, lambda row: row.work)

    @cached_property
    def by_benchmark(self) -> Mapping[str, tuple[Result, ...]]:
        """The results on each benchmark."""
        return grouped(self.rows, lambda row: row.benchmark)

    @property
    def benchmarks(self) -> Mapping[str, tuple[str, ...]]:
        """The benchmarks that each work has results on, each once."""
        found = {}
        for work, rows in self.by_work.items():
            names = dict.fromkeys(row.benchmark for row in rows)
            found[work] = tuple(names)
        return found


def unknown_benchmark(name: str, known: Collection[str]) -> Problem:
    """The problem that there are no results on a benchmark; ``known`` are the others."""
    if not known:
        hint = "no file of mmu_results has a usable line"
    elif len(known) <= _FEW:
        hint = f"one of: {', '.join(sorted(known))}"
    else:
        hint = "the names are in the column benchmark of the results"
    message = f"there are no results on {name!r}"
    return Problem(
        Code.UNKNOWN_KEY, message, hint=did_you_mean(name, known) or hint
    )


_Key = TypeVar("_Key", bound=Hashable)


def grouped(
    rows: Iterable[Result], key: Callable[[Result], _Key]
) -> Mapping[_Key, tuple[Result, ...]]:
    """Results in groups, in the order in which these begin."""
    found: dict[_Key, list[Result]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {name: tuple(group) for name, group in found.items()}
