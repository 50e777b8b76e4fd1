"""Results: tables of what works reached on a benchmark, as docutils nodes in every builder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from operator import attrgetter

from docutils import nodes
from sphinx import addnodes

from sphinx_mmu.ext.common.docutils_pieces import (
    Nodes,
    Piece,
    inline,
    joined,
    paragraph,
    pieces,
    reference,
    row,
    table,
)
from sphinx_mmu.ext.common.nodes import FOUND_BY, mmu_fold
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.messages import _, counted, filled
from sphinx_mmu.views.result_notes import Common
from sphinx_mmu.views.result_tables import (
    Origin,
    ResultColumn,
    ResultTable,
    ResultValue,
)
from sphinx_mmu.views.results import ResultsRequest

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

    def show(self) -> Nodes:
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
        view = self.note(request)
        if not view.tables:
            return [paragraph(_("No result is recorded."), css="mmu-nr")]
        return explained(self.renderer(), view.tables)

    def phrases(self, name: str) -> tuple[str, ...]:
        """The texts of an option, separated by semicolons."""
        parts = (" ".join(part.split()) for part in self.text(name).split(";"))
        return tuple(filter(None, parts))


def explained(renderer: NodeRenderer, tables: Sequence[ResultTable]) -> Nodes:
    """Tables, with the meaning of bold above the first table of a page that has bold values."""
    said = renderer.domain.env.current_document
    written = results_nodes(renderer, tables)
    if said.get(_LEGEND) or not any(map(_has_best, tables)):
        return written
    said[_LEGEND] = True
    text = _(
        "Bold: the best value of its column alone, references (rows above a line) left out. "
        "A work may have it and do badly in other columns."
    )
    return [paragraph(text, css="mmu-hint"), *written]


def _has_best(scores: ResultTable) -> bool:
    """Whether any value of a table is bold."""
    values = chain.from_iterable(line.values for line in scores.rows)
    return any(value and value.best for value in values)


def results_nodes(
    renderer: NodeRenderer, tables: Iterable[ResultTable]
) -> Nodes:
    """Write tables, each with who measured, and its notes."""
    found: Nodes = []
    for scores in tables:
        found += [_table(renderer, scores), *_foot(renderer, scores)]
    return renderer.placed(found)


def _table(renderer: NodeRenderer, scores: ResultTable) -> nodes.table:
    width = _NUMBER if len(scores.columns) < 6 else 7  # noqa: PLR2004 -- room of a printed page
    heads: list[tuple[Piece, int]] = [(scores.head, _NAME)]
    heads += [(_head(renderer, column), width) for column in scores.columns]
    rows = []
    for line in scores.rows:
        name = paragraph(
            *renderer.line_nodes(line.name.parts), *_marks(line.notes)
        )
        classes = ["mmu-reference"] if line.reference else []
        rows.append(row([name, *map(_value, line.values)], classes=classes))
    node = table(heads, rows, "mmu-scores colwidths-auto")
    next(node.findall(nodes.colspec))["stub"] = 1
    caption = pieces(_caption(renderer, scores))
    node.insert(0, nodes.title("", "", *caption, translatable=False))
    node[FOUND_BY] = _found_by(scores)
    return node


def _found_by(scores: ResultTable) -> tuple[str, str]:
    """The title of a table for the search, and its text: nobody looks for values."""
    works = dict.fromkeys(line.name.text for line in scores.rows)
    metrics = (column.metric.text for column in scores.columns)
    text = f"{', '.join(works)}: {'; '.join(metrics)}; {scores.measured.text}"
    return scores.title.text, text


def _caption(renderer: NodeRenderer, scores: ResultTable) -> list[Piece]:
    parts = renderer.line_nodes(scores.title.parts)
    measured: list[Piece] = [*renderer.line_nodes(scores.measured.parts)]
    if scores.unit:
        text = _("{measured}; unit of every column: {unit}")
        measured = filled(text, measured=measured, unit=scores.unit)
    return [*parts, " – " if parts else "", *measured]


def _head(renderer: NodeRenderer, column: ResultColumn) -> nodes.paragraph:
    line: list[Piece] = [renderer.part(column.metric)]
    if column.unit:
        line.append(f" ({column.unit})")
    sign, words = column.direction
    if sign:
        line.append(f"\N{NO-BREAK SPACE}{sign}")
        line.append(inline(f" {words}", css="mmu-sr"))
    return paragraph(*line, *_marks(column.notes))


def _value(value: ResultValue | None) -> nodes.paragraph:
    if value is None:
        return paragraph(inline("–", css="mmu-nr"))
    found: list[Piece] = [
        nodes.strong("", value.text) if value.best else value.text
    ]
    if value.spread:
        sign = "" if value.spread.startswith("±") else "± "
        found.append(inline(f" {sign}{value.spread}", css="mmu-spread"))
    return paragraph(*found, *_marks(value.notes))


def _marks(notes: Iterable[int]) -> Nodes:
    numbers = ", ".join(map(str, notes))
    return [nodes.superscript("", numbers)] if numbers else []


def _foot(renderer: NodeRenderer, scores: ResultTable) -> Nodes:
    """What keeps the values from being compared with others, and where they are from; folded."""
    notes: Nodes = [paragraph(text) for text in _common(scores.common)]
    for number, note in enumerate(scores.notes, 1):
        mark = nodes.superscript("", str(number))
        notes.append(paragraph(mark, f" {note[:1].upper()}{note[1:]}."))
    if scores.sources:
        sources = joined(renderer.line_nodes(scores.sources), "; ")
        notes.append(
            paragraph(*filled(_("Values from: {sources}"), sources=sources))
        )
    place = _place(renderer, scores.written)
    label = (
        _("Notes and sources")
        if scores.common or scores.notes
        else _("Sources")
    )
    found: Nodes = (
        [mmu_fold("", *notes, *place, label=label)] if notes else place
    )
    if scores.hidden:
        more = counted(
            "{n} more row is in results.csv.",
            "{n} more rows are in results.csv.",
            scores.hidden,
        )
        found.insert(0, paragraph(more, css="mmu-nr"))
    return found


def _place(renderer: NodeRenderer, written: Origin) -> Nodes:
    """Where the values of a table can be corrected, and by which names they are found there: for
    readers at a screen, who can follow the link.
    """
    address = renderer.domain.line_url(written.file, written.line)
    if not address:
        return []
    where = _("{file}, from line {n} on", file=written.file, n=written.line)
    names: list[Piece] = []
    for column, name in written.names:
        before = "; " if names else ""
        names += [before, nodes.literal("", column), f" {name}"]
    line = filled(
        _(
            "Is a value wrong? The values are in {place}, under these names: {names}"
        ),
        place=[reference(where, address)],
        names=names,
    )
    return [
        addnodes.only(
            "", paragraph(*line, css="mmu-fix"), expr="html and not epub"
        )
    ]


def _common(remarks: Iterable[Common]) -> Iterable[str]:
    """Sentences: those on the same values are one."""
    besides = attrgetter("besides")
    for names, group in groupby(sorted(remarks, key=besides), key=besides):
        others = names and _("All but {names}", names=", ".join(names))
        remark = "; ".join(common.remark for common in group)
        yield f"{others or _('All values')}: {remark}."
