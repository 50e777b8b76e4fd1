"""Terms: the section of one, and lists of several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_mmu.ext.docutils_view import Expander
from sphinx_mmu.ext.domain import Place
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.kinds.terms_html import terms_html
from sphinx_mmu.ext.kinds.terms_nodes import terms_nodes, terms_table
from sphinx_mmu.ext.nodes import mmu_fold
from sphinx_mmu.ext.registry import RENDERINGS, Rendering
from sphinx_mmu.filters.syntax import quoted
from sphinx_mmu.messages import _
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.views.columns import Cell
from sphinx_mmu.views.details import TERM_PARTS, Row
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.terms import TERM_FORMATS, TermRequest, TermsRequest
from sphinx_mmu.vocabulary.vocabulary import Term

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx


class TermDirective(MmuDirective):
    """The section of a term: heading, the author's prose, the term's facts, its newest papers."""

    subject = body = True
    needs = "a term"
    names = ("heading", "show", "limit", "columns", "targets")

    def show(self) -> list[Node]:
        """Make the section, or with ``:heading: no`` only its contents."""
        body = self.text_nodes()
        tag = self.arguments[0]
        view = self.note(TermRequest(tag=tag))
        term = self.domain.library.vocabulary.term(tag)
        if term is None:
            return [nodes.paragraph("", tag), *body]
        shown = self._shown()
        inner = [*body, *self._facts(term, view.rows, shown)]
        if "papers" in shown and view.count:
            inner.append(self._papers(term))
        page_is_term = self.flag("heading")
        anchor = "" if page_is_term else self.anchor(term.tag)
        if not self.flag("targets") and (anchor or page_is_term):
            self.domain.note_place(
                "term", term.tag, Place(0, self.docname, anchor, self.lineno)
            )
        if page_is_term:
            return inner
        section = nodes.section(
            "", nodes.title(term.label, term.label), *inner, names=[]
        )
        if anchor:
            section["ids"].append(anchor)
        else:
            self.state.document.set_id(section)
        self.set_source_info(section)
        return [section]

    def _shown(self) -> tuple[str, ...]:
        if (
            self.text("show") == "nothing"
        ):  # the page or section shows everything itself
            return ()
        return self.chosen("show", TERM_PARTS)

    def _facts(
        self, term: Term, facts: Iterable[Row], shown: tuple[str, ...]
    ) -> list[Node]:
        rows = [row for row in facts if row.part in shown]
        top = self.domain.library.vocabulary.path(term)[0]
        return (
            [sheet(self.expander(), rows, f"mmu-term mmu-c{top.order}")] if rows else []
        )

    def _papers(self, term: Term) -> Node:
        request = PapersRequest(
            filters=(f"{term.facet}:{quoted(term.value)}",),
            limit=self.number("limit", 7),
            columns=self.words("columns") or ("date", "title", "venue", "links"),
            empty_ok=True,
        )
        self.note(request)
        return self.view_node(request)


def sheet(
    expander: Expander, rows: Iterable[Row], css: str = "", *, most: int | None = None
) -> nodes.definition_list:
    """Labelled rows as a definition list. Of the lines of a row those after ``most`` are folded."""
    found = nodes.definition_list("", classes=["simple", "mmu-sheet", *css.split()])
    for row in rows:
        term = nodes.term("", row.label)
        body = nodes.definition("", *_sheet_cell(expander, row.cell[:most]))
        if rest := row.cell[len(row.cell[:most]) :]:
            body += mmu_fold("", *expander.cell(rest), label=_("{n} more", n=len(rest)))
        if row.note:
            body += nodes.paragraph("", row.note, classes=["mmu-prov"])
        found += nodes.definition_list_item("", term, body)
    return found


def _sheet_cell(expander: Expander, cell: Cell) -> list[Node]:
    symbols = tuple(line for line in cell if line.role == "symbol")
    found = expander.cell(tuple(line for line in cell if line.role != "symbol"))
    if symbols:
        items = (nodes.list_item("", *expander.cell((line,))) for line in symbols)
        found.append(nodes.bullet_list("", *items, classes=["simple", "mmu-symbols"]))
    return found


class TermListDirective(MmuDirective):
    """The terms of a facet, or below a term, as table, list, cards or along a pipeline."""

    subject = True
    needs = "a facet"
    names = ("format", "under", "columns", "depth", "targets")

    def show(self) -> list[Node]:
        """Ask, register each term that has no section, leave one node."""
        form = self.choice("format", TERM_FORMATS)
        depth = self.number("depth", 2 if form == "pipe" else 1)
        columns = self.table_columns(form)
        request = TermsRequest(
            subject=self._subject(), depth=depth, format=form, columns=columns
        )
        view = self.note(request)
        anchors = self.targets("term", [item.term.tag for item in view.flat()], rank=2)
        if form == "table" and view.items:
            return [terms_table(self.expander(), view, self.docname, anchors)]
        return [self.view_node(request, anchors)]

    def _subject(self) -> str:
        """The facet, or the term of it that ``:under:`` names."""
        facet, colon, _value = self.arguments[0].partition(":")
        if colon:
            hint = f"write {facet}, and `:under: {self.arguments[0]}` below it"
            message = f"{self.name} takes a facet, not {self.arguments[0]!r}"
            self.warn(Problem(Code.BAD_OPTION, message, hint=hint))
        under = self.text("under", facet)
        if under.partition(":")[0] == facet:
            return under
        known = self.domain.library.vocabulary.facets.get(facet)
        near = did_you_mean(
            under, [term.value for term in known.terms] if known else ()
        )
        hint = (
            near.replace("'", f"'{facet}:", 1)
            or f"write one of its terms, as {facet}:value"
        )
        message = f":under: must be a term of {facet!r}, not {under!r}"
        self.warn(Problem(Code.BAD_OPTION, message, hint=hint))
        return facet


DIRECTIVES = {"term": TermDirective, "term-list": TermListDirective}


def setup_terms(app: Sphinx) -> None:
    """Register how lists of terms are written."""
    RENDERINGS["terms"] = Rendering(terms_html, terms_nodes)
