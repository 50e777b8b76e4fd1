"""Tables, lists, cards and stations of terms as docutils nodes, which every builder writes."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinx_mmu.ext.common.docutils_pieces import (
    Nodes,
    Piece,
    bullets,
    inline,
    paragraph,
    put_target,
    table,
)
from sphinx_mmu.ext.common.nodes import Spot, mmu_count
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.render.responsive_tables import BARE, LABELLED
from sphinx_mmu.filters.conditions import condition
from sphinx_mmu.messages import counted
from sphinx_mmu.views.cells import Part, badge
from sphinx_mmu.views.terms import TermItem, TermsView
from sphinx_mmu.vocabulary.vocabulary import Term

_WIDTHS = {
    "label": 18,
    "definition": 40,
    "formula": 48,
    "symbols": 24,
    "cites": 18,
    "papers": 6,
    "section": 6,
}
"""Widths of columns in characters."""
_WIDTH = 12
_DOTS = 200
"""A station with more papers has no dots."""


def terms_nodes(renderer: NodeRenderer, view: TermsView, spot: Spot) -> Nodes:
    """Write a list of terms in the format that its request asks for, each a target. Stations are
    for HTML pages alone; other builders have a plain list.
    """
    if not view.items:
        return []
    terms = _List(renderer, view, spot)
    if view.request.format == "pipe" and terms.is_html:
        return [terms.stations()]
    return [terms.listed(view.items)]


class _List:
    """One list of terms, with the lists of those below them."""

    def __init__(
        self, renderer: NodeRenderer, view: TermsView, spot: Spot
    ) -> None:
        self.renderer, self.view, self.anchors = renderer, view, spot.anchors
        self.is_html = renderer.domain.site.is_html

    def listed(self, items: Iterable[TermItem]) -> nodes.bullet_list:
        """Terms with the numbers of their papers, on cards with their definitions."""
        cards = self.view.request.format == "cards"
        found = bullets((), "mmu-cards" if cards else "mmu-list")
        for item in items:
            term = item.term
            numbered = self.view.numbered and term.depth == 1
            number = self._papers(item, nodes.Text(f"{item.papers}"))
            count = [number] if self.is_html else ["(", number, ")"]
            name = self._name(term, term.label, numbered=numbered)
            own: Nodes = [paragraph(*name, " ", inline(*count, css="mmu-n"))]
            if cards and term.definition:
                own.append(paragraph(term.definition, css="mmu-by"))
            if item.children:
                own.append(self.listed(item.children))
            found += self._item(term, own, numbered=numbered)
        return found

    def stations(self) -> nodes.enumerated_list:
        """Terms as steps on the way, each with what is said of it, those below it, and dots for its
        papers. The last are for those who look at them.
        """
        found = nodes.enumerated_list("", classes=["mmu-pipe"])
        for item in self.view.items:
            term, count = item.term, item.papers
            name = self._name(term, term.short or term.label, numbered=True)
            own: Nodes = [paragraph(*name, css="mmu-step")]
            if item.line:
                own.append(paragraph(item.line, css="mmu-line"))
            if item.children:
                below = (self._below(child.term) for child in item.children)
                own.append(bullets(below, "simple"))
            words = nodes.Text(f" {counted('paper', 'papers', count)}")
            papers = self._papers(item, nodes.strong("", f"{count}"), words)
            own.append(paragraph(papers, css="mmu-n"))
            if count <= _DOTS:
                dots = (
                    f'<p class="mmu-dots" aria-hidden="true">{"■" * count}</p>'
                )
                own.append(nodes.raw("", dots, format="html"))
            found += self._item(term, own, numbered=True)
        return found

    def _item(
        self, term: Term, content: Nodes, *, numbered: bool
    ) -> nodes.list_item:
        css = [f"mmu-c{term.order}"] if numbered else []
        found = nodes.list_item("", *content, classes=css)
        put_target(found, self.anchors.get(term.tag, ""))
        return found

    def _below(self, term: Term) -> Nodes:
        line = paragraph(term.short or term.label)
        put_target(line, self.anchors.get(term.tag, ""))
        return [line]

    def _name(self, term: Term, label: str, *, numbered: bool) -> list[Piece]:
        part, number = self.renderer.part, badge(term)._replace(lead="")
        name = part(Part("term", label, term.tag))
        return [part(number), " ", name] if numbered else [name]

    def _papers(self, item: TermItem, *said: nodes.Node) -> mmu_count:
        """How many papers a term has, as the link to them."""
        return mmu_count("", "", *said, filter=condition(item.term.tag))


def terms_table(
    renderer: NodeRenderer, view: TermsView, anchors: dict[str, str]
) -> nodes.table:
    """Write a table of terms, each row a target."""
    rows = []
    for item in view.flat():
        cells = []
        for (name, _label), cell in zip(view.heads, item.cells, strict=True):
            classes = [BARE] if name == "definition" else []
            cells.append(nodes.entry("", *renderer.cell(cell), classes=classes))
        row = nodes.row("", *cells)
        tag = item.term.tag
        put_target(
            row, anchors.get(tag, ""), **{"mmu-term": (tag, renderer.docname)}
        )
        rows.append(row)
    heads = [(label, _WIDTHS.get(name, _WIDTH)) for name, label in view.heads]
    return table(heads, rows, f"longtable colwidths-given {LABELLED}")
