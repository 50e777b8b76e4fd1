"""Result plot: two metrics of one benchmark against each other, a point for each work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sphinx_mmu.figures.context import DataTable, FigureContext, listed
from sphinx_mmu.library.results import (
    AUTHORS,
    Result,
    grouped,
    unknown_benchmark,
)
from sphinx_mmu.messages import _, counted
from sphinx_mmu.problems import suggestion

_AXES = ("x", "y")
_FEWEST = 2
"""Points that a plot needs."""


class PlotAxis(NamedTuple):
    """A metric as an axis: its label with unit, which values are better, and whether it is
    logarithmic.
    """

    label: str
    direction: str = ""
    logarithmic: bool = False


class Point(NamedTuple):
    """A work with its two values, as numbers and as printed; ``key`` is empty for a baseline."""

    label: str
    key: str
    x: float
    y: float
    x_text: str
    y_text: str
    reference: bool = False


class ResultPlot(NamedTuple):
    """What a plot shows. ``condition`` names task and model, ``measured`` who measured."""

    benchmark: str
    condition: str
    measured: str
    x: PlotAxis
    y: PlotAxis
    points: tuple[Point, ...]

    def finding(self) -> str:
        """Name the works that are best on either axis."""
        rivals = [point for point in self.points if not point.reference]
        winners = [
            (axis, _best(rivals, n, axis))
            for n, axis in enumerate((self.x, self.y))
        ]
        parts = [_winners(axis, best) for axis, best in winners if best]
        both = [p for p in winners[0][1] if p in winners[1][1]]
        if both:
            return counted(
                "{works} is best on both axes.",
                "{works} are best on both axes.",
                len(both),
                works=listed(p.label for p in both),
            )
        if len(parts) < len(winners):
            return _(
                "{n} works by {x} and {y}.",
                n=len(self.points),
                x=self.x.label,
                y=self.y.label,
            )
        return _(
            "{first}, {second}; none is best on both axes.",
            first=parts[0],
            second=parts[1],
        )

    def table(self) -> DataTable:
        """Give the values as a table."""
        rows = ((p.label, p.x_text, p.y_text) for p in self.points)
        return DataTable((_("Work"), self.x.label, self.y.label), tuple(rows))


def _winners(axis: PlotAxis, best: Sequence[Point]) -> str:
    """Which works have the best value on an axis."""
    words = {"works": listed(p.label for p in best), "axis": axis.label}
    if axis.direction == "lower":
        return counted(
            "{works} has the lowest {axis}",
            "{works} have the lowest {axis}",
            len(best),
            **words,
        )
    return counted(
        "{works} has the highest {axis}",
        "{works} have the highest {axis}",
        len(best),
        **words,
    )


def _best(points: Iterable[Point], which: int, axis: PlotAxis) -> list[Point]:
    """The points with the best value on an axis; none if no direction is declared."""
    values = [((p.x, p.y)[which], p) for p in points]
    if not values or axis.direction not in {"lower", "higher"}:
        return []
    goal = (
        min(values)[0]
        if axis.direction == "lower"
        else max(v for v, _p in values)
    )
    return [p for v, p in values if v == goal]


def result_plot(context: FigureContext, subject: str) -> ResultPlot | None:
    """Two metrics of a benchmark under one condition, from the results of the library."""
    rows = _rows(context, subject)
    names = [context.options.get(name, "") for name in _AXES]
    metrics = list(dict.fromkeys(row.metric for row in rows))
    for option, name in zip(_AXES, names, strict=True):
        if rows and name not in metrics:
            fault = f"cannot be {name!r}" if name else "is missing"
            context.bad(f":{option}: {fault}", suggestion(name, metrics))
    if names[0] in metrics and names[0] == names[1]:
        context.bad(
            ":x: and :y: are the same metric", f"two of: {', '.join(metrics)}"
        )
    for word in context.words("log"):
        if word not in _AXES:
            context.bad(f":log: cannot be {word!r}", "one of: x, y")
    conditions = dict.fromkeys(row.condition for row in rows)
    if len(conditions) > 1:
        several = "; ".join(" · ".join(filter(None, one)) for one in conditions)
        message = (
            f"the results on {subject!r} are of several conditions: {several}"
        )
        context.bad(message, "choose with :task:, :model: or :measured-by:")
    if context.problems or not rows:
        return None
    points = _points(context, rows, names)
    if len(points) < _FEWEST:
        message = (
            f"fewer than {_FEWEST} works have both {names[0]} and {names[1]}"
        )
        context.bad(message, "choose other metrics or another condition")
        return None
    first = rows[0]
    label = context.library.name_label
    condition = " · ".join(
        filter(None, (label("task", first.task), first.model))
    )
    return ResultPlot(
        label("benchmark", subject),
        condition,
        ""
        if first.measured_by == AUTHORS
        else label("source", first.measured_by),
        _axis(context, names[0], points, 0),
        _axis(context, names[1], points, 1),
        points,
    )


def _rows(context: FigureContext, benchmark: str) -> list[Result]:
    known = context.library.results.by_benchmark
    if benchmark not in known:
        context.problems.append(unknown_benchmark(benchmark, known))
        return []
    rows = list(known[benchmark])
    for option in ("task", "model", "measured-by"):
        column = option.replace("-", "_")
        wanted = context.options.get(option, "")
        there = dict.fromkeys(getattr(row, column) for row in rows)
        if wanted and wanted not in there:
            hint = suggestion(wanted, there)
            context.bad(
                f":{option}: {wanted!r} is in none of these results", hint
            )
        rows = [row for row in rows if wanted in {"", getattr(row, column)}]
    return rows


def _points(
    context: FigureContext, rows: Sequence[Result], names: Sequence[str]
) -> tuple[Point, ...]:
    points = []
    variants = grouped(rows, lambda row: (row.work, row.setting))
    for (work, setting), own in variants.items():
        found = {row.metric: row for row in own}
        if not found.keys() >= set(names):
            continue
        x, y = (found[name] for name in names)
        known = context.library.vocabulary.named("baseline", work)
        label = (
            f"{context.library.name_label('baseline', work)} {setting}".rstrip()
        )
        key, reference = ("", known.reference) if known else (work, False)
        values = (x.number, y.number, x.value, y.value)
        points.append(Point(label, key, *values, reference))
    return tuple(sorted(points, key=lambda p: (p.reference, p.x, p.y, p.label)))


def _axis(
    context: FigureContext, name: str, points: Sequence[Point], which: int
) -> PlotAxis:
    known = context.library.vocabulary.names["metric"][name]
    unit = (
        f" ({known.unit})"
        if known.unit and known.unit not in known.label
        else ""
    )
    logarithmic = _AXES[which] in context.words("log")
    if logarithmic and min((p.x, p.y)[which] for p in points) <= 0:
        hint = "a logarithmic axis needs values above 0"
        context.bad(f":log: cannot be {_AXES[which]!r}", hint)
        logarithmic = False
    return PlotAxis(f"{known.label}{unit}", known.direction, logarithmic)
