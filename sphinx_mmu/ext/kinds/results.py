"""Results: tables of what works reached on a benchmark, as docutils nodes in every builder."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_mmu.ext.docutils_view import Expander
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.nodes import FOUND_BY, mmu_fold
from sphinx_mmu.messages import _, counted
from sphinx_mmu.views.result_notes import Common
from sphinx_mmu.views.results import (
    ARROWS,
    WORDS,
    ResultColumn,
    ResultsRequest,
    ResultsView,
    ResultTable,
    Value,
    Written,
)

if TYPE_CHECKING:
    from docutils.nodes import Node

_NAME, _NUMBER = 24, 10
"""Widths of columns in characters."""
_LEGEND = "mmu_results_legend"
"""Whether the page that is read has the legend."""


class ResultsDirective(MmuDirective):
    """What works reached on a benchmark: one table for each task, model and party that measured."""

    subject = True
    needs = "a benchmark"
    names = (
        "task",
        "setting",
        "model",
        "metrics",
        "measured-by",
        "filter",
        "limit",
        "empty",
    )
    facet_options = True

    def show(self) -> list[Node]:
        """Ask, and write the tables."""
        request = ResultsRequest(
            benchmark=self.arguments[0],
            tasks=self.words("task"),
            settings=self.phrases("setting"),
            models=self.phrases("model"),
            metrics=self.words("metrics"),
            measured_by=self.words("measured-by"),
            filters=self.filters(),
            limit=self.number("limit"),
            empty_ok=self.flag("empty"),
        )
        view: ResultsView = self.note(request)
        if not view.tables:
            return [
                nodes.paragraph("", _("No result is recorded."), classes=["mmu-nr"])
            ]
        return explained(self.expander(), view.tables)

    def phrases(self, name: str) -> tuple[str, ...]:
        """The texts of an option, separated by semicolons."""
        parts = (" ".join(part.split()) for part in self.text(name).split(";"))
        return tuple(filter(None, parts))


def _has_best(table: ResultTable) -> bool:
    return any(value and value.best for row in table.rows for value in row.values)


def explained(expander: Expander, tables: Iterable[ResultTable]) -> list[Node]:
    """Tables, with what bold says above the first table of a page that has it."""
    said, written = (
        expander.domain.env.current_document,
        results_nodes(expander, tables),
    )
    if said.get(_LEGEND) or not any(_has_best(table) for table in tables):
        return written
    said[_LEGEND] = True
    text = _(
        "Bold: the best value of its column alone, references (rows above a line) left out. "
        "A work may have it and do badly in other columns."
    )
    return [nodes.paragraph("", text, classes=["mmu-hint"]), *written]


def results_nodes(expander: Expander, tables: Iterable[ResultTable]) -> list[Node]:
    """Write tables, each with who measured, and its notes."""
    found: list[Node] = []
    for table in tables:
        found += _table_nodes(expander, table)
    return expander.placed(found)


def _table_nodes(expander: Expander, table: ResultTable) -> list[Node]:
    width = _NUMBER if len(table.columns) < 6 else 7  # noqa: PLR2004 -- room of a printed page
    group = nodes.tgroup("", cols=len(table.columns) + 1)
    group += nodes.colspec("", colwidth=_NAME, stub=1)
    group += [nodes.colspec("", colwidth=width) for _column in table.columns]
    head = nodes.row("", nodes.entry("", nodes.paragraph("", table.head)))
    head += [nodes.entry("", *_head(expander, column)) for column in table.columns]
    group += nodes.thead("", head)
    body = nodes.tbody()
    for row in table.rows:
        name = [*expander.line_nodes(row.name.parts), *_marks(row.notes)]
        line = nodes.row(
            "", _entry(*name), classes=["mmu-reference"] if row.reference else []
        )
        line += [_entry(*_value(value)) for value in row.values]
        body += line
    group += body
    caption = nodes.title("", "", *_caption(expander, table), translatable=False)
    node = nodes.table(
        "", caption, group, classes=["mmu-table", "mmu-scores", "colwidths-auto"]
    )
    node[FOUND_BY] = _found_by(table)
    return [node, *_foot(expander, table)]


def _found_by(table: ResultTable) -> tuple[str, str]:
    """The title of a table for the search, and its text: nobody looks for values."""
    works = dict.fromkeys(row.name.text for row in table.rows)
    metrics = (column.metric.text for column in table.columns)
    text = f"{', '.join(works)}: {'; '.join(metrics)}; {table.measured.text}"
    return table.title.text, text


def _caption(expander: Expander, table: ResultTable) -> list[Node]:
    parts = expander.line_nodes(table.title.parts)
    dash = [nodes.Text(" – ")] if parts else []
    unit = (
        [nodes.Text(_("; unit of every column: {unit}", unit=table.unit))]
        if table.unit
        else []
    )
    return [*parts, *dash, *expander.line_nodes(table.measured.parts), *unit]


def _entry(*content: Node) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", *content))


def _head(expander: Expander, column: ResultColumn) -> list[Node]:
    line = nodes.paragraph("", "", expander.part(column.metric))
    if column.unit:
        line += nodes.Text(f" ({column.unit})")
    if column.direction:
        line += nodes.Text(f"\N{NO-BREAK SPACE}{ARROWS[column.direction]}")
        line += nodes.inline("", f" {_(WORDS[column.direction])}", classes=["mmu-sr"])
    line += _marks(column.notes)
    return [line]


def _value(value: Value | None) -> list[Node]:
    if value is None:
        return [nodes.inline("", "–", classes=["mmu-nr"])]
    text = nodes.strong("", value.text) if value.best else nodes.Text(value.text)
    found: list[Node] = [text]
    if value.spread:
        found.append(
            nodes.inline("", f" {_spread(value.spread)}", classes=["mmu-spread"])
        )
    return [*found, *_marks(value.notes)]


def _marks(notes: Iterable[int]) -> list[Node]:
    numbers = ", ".join(map(str, notes))
    return [nodes.superscript("", numbers)] if numbers else []


def _spread(text: str) -> str:
    return text if text.startswith("±") else f"± {text}"


def _foot(expander: Expander, table: ResultTable) -> list[Node]:
    """What keeps the values from being compared with others, and where they are from; folded."""
    notes: list[Node] = [nodes.paragraph("", text) for text in _common(table.common)]
    for number, note in enumerate(table.notes, 1):
        mark = nodes.superscript("", str(number))
        notes.append(
            nodes.paragraph("", "", mark, nodes.Text(f" {note[:1].upper()}{note[1:]}."))
        )
    if table.sources:
        line = nodes.paragraph("", _("Values from: "))
        for number, source in enumerate(table.sources):
            line += [nodes.Text("; ")] if number else []
            line += expander.part(source)
        notes.append(line)
    place = _place(expander, table.written)
    label = _("Notes and sources") if table.common or table.notes else _("Sources")
    found: list[Node] = [mmu_fold("", *notes, *place, label=label)] if notes else place
    if table.hidden:
        more = counted(
            "{n} more row is in results.csv.",
            "{n} more rows are in results.csv.",
            table.hidden,
        )
        found.insert(0, nodes.paragraph("", more, classes=["mmu-nr"]))
    return found


def _place(expander: Expander, written: Written) -> list[Node]:
    """Where the values of a table can be corrected, and by which names they are found there: for
    readers at a screen, who can follow the link.
    """
    address = expander.domain.line_url(written.file, written.line)
    if not address:
        return []
    where = _("{file}, from line {n} on", file=written.file, n=written.line)
    line = nodes.paragraph(
        "", _("Is a value wrong? The values are in "), classes=["mmu-fix"]
    )
    line += nodes.reference("", where, refuri=address, internal=False)
    for number, (column, name) in enumerate(written.names):
        line += [
            nodes.Text("; " if number else _(", under these names: ")),
            nodes.literal("", column),
            nodes.Text(f" {name}"),
        ]
    return [addnodes.only("", line, expr="html and not epub")]


def _common(remarks: Iterable[Common]) -> Iterable[str]:
    """Sentences: those on the same values are one."""
    for besides, group in groupby(sorted(remarks, key=_besides), key=_besides):
        whose = (
            _("All but {names}", names=", ".join(besides))
            if besides
            else _("All values")
        )
        yield f"{whose}: {'; '.join(common.remark for common in group)}."


def _besides(common: Common) -> tuple[str, ...]:
    return common.besides


DIRECTIVES = {"results": ResultsDirective}
