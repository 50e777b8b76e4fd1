"""Terms: the section of one, and lists of several."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from docutils.nodes import Node

from sphinx_mmu.ext.common.docutils_pieces import Nodes, bullets, paragraph
from sphinx_mmu.ext.common.nodes import mmu_fold
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.kinds.terms_nodes import terms_table
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.state.places import Place
from sphinx_mmu.filters.conditions import condition
from sphinx_mmu.messages import _
from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.views.cells import Cell, Detail
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.terms import (
    TERM_FORMATS,
    TERM_PARTS,
    TermRequest,
    TermsRequest,
)
from sphinx_mmu.vocabulary.vocabulary import Term

_STATION = 2
"""The levels of terms that a station shows."""


class TermDirective(MmuDirective):
    """The section of a term: heading, the author's prose, the term's facts, its newest papers."""

    subject = body = True
    needs = "a term"
    names = ("heading", "show", "limit", "columns", "targets")

    def show(self) -> Nodes:
        """Make the section, or with ``:heading: no`` only its contents."""
        body = self.text_nodes()
        tag = self.arguments[0]
        view = self.note(TermRequest(tag=tag))
        term = self.domain.library.vocabulary.term(tag)
        if term is None:
            return [paragraph(tag), *body]
        shown = self._shown()
        inner = [*body, *self._facts(term, view.rows, shown)]
        if "papers" in shown and view.count:
            inner.append(self._papers(term))
        page_is_term = self.flag("heading")
        anchor = "" if page_is_term else self.anchor(term.tag)
        if not self.flag("targets") and (anchor or page_is_term):
            place = Place(0, self.docname, anchor, self.lineno)
            self.domain.note_place("term", term.tag, place)
        if page_is_term:
            return inner
        title = nodes.title(term.label, term.label)
        section = nodes.section("", title, *inner, names=[])
        if anchor:
            section["ids"].append(anchor)
        else:
            self.state.document.set_id(section)
        self.set_source_info(section)
        return [section]

    def _shown(self) -> tuple[str, ...]:
        # with nothing, the page or section shows everything itself
        nothing = self.text("show") == "nothing"
        return () if nothing else self.chosen("show", TERM_PARTS)

    def _facts(
        self, term: Term, facts: Iterable[Detail], shown: tuple[str, ...]
    ) -> Nodes:
        rows = [row for row in facts if row.part in shown]
        css = f"mmu-term mmu-c{self.domain.library.vocabulary.path(term)[0].order}"
        return [details_nodes(self.renderer(), rows, css)] if rows else []

    def _papers(self, term: Term) -> Node:
        request = PapersRequest(
            filters=(condition(term.tag),),
            limit=self.number("limit", 7),
            columns=self.words("columns")
            or ("date", "title", "venue", "links"),
            empty_ok=True,
        )
        return self.view_node(request)


def details_nodes(
    renderer: NodeRenderer,
    rows: Iterable[Detail],
    css: str = "",
    *,
    most: int | None = None,
) -> nodes.definition_list:
    """Labelled rows as a definition list. Of the lines of a row those after ``most`` are folded."""
    found = nodes.definition_list(
        "", classes=["simple", "mmu-sheet", *css.split()]
    )
    for row in rows:
        body = nodes.definition("", *_detail_cell(renderer, row.cell[:most]))
        if rest := row.cell[len(row.cell[:most]) :]:
            body += mmu_fold(
                "", *renderer.cell(rest), label=_("{n} more", n=len(rest))
            )
        if row.note:
            body += paragraph(row.note, css="mmu-prov")
        found += nodes.definition_list_item("", nodes.term("", row.label), body)
    return found


def _detail_cell(renderer: NodeRenderer, cell: Cell) -> Nodes:
    symbols = tuple(line for line in cell if line.role == "symbol")
    found = renderer.cell(tuple(line for line in cell if line.role != "symbol"))
    if symbols:
        items = (renderer.cell((line,)) for line in symbols)
        found.append(bullets(items, "simple mmu-symbols"))
    return found


class TermListDirective(MmuDirective):
    """The terms of a facet, or below a term, as table, list, cards or along a pipeline."""

    subject = True
    needs = "a facet"
    names = ("format", "under", "columns", "depth", "targets")

    def show(self) -> Nodes:
        """Ask, register each term that has no section, leave one node."""
        form = self.choice("format", TERM_FORMATS)
        depth = self.number("depth", 2 if form == "pipe" else 1)
        if form == "pipe" and depth > _STATION:
            message = f":depth: of stations is at most {_STATION}, not {depth}"
            self.bad(message, "write `:format: list` for more levels")
            depth = _STATION
        columns = self.table_columns(form)
        request = TermsRequest(
            subject=self._subject(), depth=depth, format=form, columns=columns
        )
        view = self.domain.views.of(request)
        anchors = self.targets(
            "term", [item.term.tag for item in view.flat()], rank=2
        )
        # formulas of a table have to be there when the page is read: Sphinx notes which pages have
        # any
        if form == "table" and view.items:
            self.note(request)
            return [terms_table(self.renderer(), view, anchors)]
        return [self.view_node(request, anchors)]

    def _subject(self) -> str:
        """The facet, or the term of it that ``:under:`` names."""
        facet, colon, _value = self.arguments[0].partition(":")
        if colon:
            hint = f"write {facet}, and `:under: {self.arguments[0]}` below it"
            self.bad(
                f"{self.name} takes a facet, not {self.arguments[0]!r}", hint
            )
        under = self.text("under", facet)
        if under.partition(":")[0] == facet:
            return under
        known = self.domain.library.vocabulary.facets.get(facet)
        near = did_you_mean(
            under, [t.value for t in known.terms] if known else ()
        )
        meant = near.replace("'", f"'{facet}:", 1)
        hint = meant or f"write one of its terms, as {facet}:value"
        self.bad(f":under: must be a term of {facet!r}, not {under!r}", hint)
        return facet
