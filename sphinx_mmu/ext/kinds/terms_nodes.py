"""Tables, lists, cards and stations of terms as docutils nodes, which every builder writes."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinx_mmu.ext.docutils_pieces import (
    Nodes,
    Piece,
    bullets,
    inline,
    paragraph,
    put_target,
    table,
)
from sphinx_mmu.ext.docutils_view import Expander
from sphinx_mmu.ext.html_view import condition
from sphinx_mmu.ext.nodes import mmu_count, mmu_dots
from sphinx_mmu.ext.registry import Spot
from sphinx_mmu.ext.responsive_tables import BARE, LABELLED
from sphinx_mmu.messages import _
from sphinx_mmu.views.cells import Part, badge
from sphinx_mmu.views.terms import TermItem, TermsView

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
_CLASSES = {"pipe": "mmu-pipe", "cards": "mmu-cards"}
"""The classes of lists in formats other than a plain list."""
_DOTS = 200
"""A station with more papers has no dots."""


def terms_nodes(expander: Expander, view: TermsView, spot: Spot) -> Nodes:
    """Write a list of terms in the format that its request asks for, each a target."""
    return (
        [_List(expander, view, spot).listed(view.items)] if view.items else []
    )


class _List:
    """One list of terms, with the lists of those below them. In builders that write no HTML pages,
    stations are a plain list.
    """

    def __init__(self, expander: Expander, view: TermsView, spot: Spot) -> None:
        self.expander, self.view, self.anchors = expander, view, spot.anchors
        self.is_html = expander.domain.site.is_html
        self.format = view.request.format
        if self.format == "pipe" and not self.is_html:
            self.format = "list"

    def listed(self, items: Iterable[TermItem]) -> nodes.bullet_list:
        """Terms side by side."""
        found = bullets((), _CLASSES.get(self.format, "mmu-list"))
        for item in items:
            station = self.format == "pipe"
            body = self._station(item) if station else self._item(item)
            own = nodes.list_item("", *body)
            if self._numbered(item):
                own["classes"].append(f"mmu-c{item.term.order}")
            put_target(own, self.anchors.get(item.term.tag, ""))
            found += own
        return found

    def _numbered(self, item: TermItem) -> bool:
        return self.view.numbered and item.term.depth == 1

    def _item(self, item: TermItem) -> Nodes:
        """The term with the number of its papers, on cards its definition, and those below it."""
        term = item.term
        number = self._papers(item, nodes.Text(f"{item.papers}"))
        count = [number] if self.is_html else ["(", number, ")"]
        name = self._name(item, term.label)
        found: Nodes = [paragraph(*name, " ", inline(*count, css="mmu-n"))]
        if self.format == "cards" and term.definition:
            found.append(paragraph(term.definition, css="mmu-by"))
        if item.children:
            found.append(self.listed(item.children))
        return found

    def _station(self, item: TermItem) -> Nodes:
        """A step on the way: the term, what is said of it, the terms below it, and its papers."""
        term = item.term
        name = self._name(item, term.short or term.label)
        found: Nodes = [paragraph(*name, css="mmu-step")]
        if item.line:
            found.append(paragraph(item.line, css="mmu-line"))
        below = []
        for child in (under.term for under in item.children):
            line = paragraph(child.short or child.label)
            put_target(line, self.anchors.get(child.tag, ""))
            below.append([line])
        found += [bullets(below, "")] if below else []
        number = nodes.strong("", f"{item.papers}")
        papers = self._papers(item, number, nodes.Text(f" {_('papers')}"))
        found.append(paragraph(papers, css="mmu-n"))
        if item.papers <= _DOTS:
            found.append(mmu_dots("", number=item.papers))
        return found

    def _name(self, item: TermItem, label: str) -> list[Piece]:
        part, number = self.expander.part, badge(item.term)._replace(lead="")
        name = part(Part("term", label, item.term.tag))
        return [part(number), " ", name] if self._numbered(item) else [name]

    def _papers(self, item: TermItem, *said: nodes.Node) -> mmu_count:
        """How many papers a term has, as the link to them."""
        return mmu_count("", "", *said, filter=condition(item.term.tag))


def terms_table(
    expander: Expander, view: TermsView, anchors: dict[str, str]
) -> nodes.table:
    """Write a table of terms, each row a target."""
    rows = []
    for item in view.flat():
        cells = []
        for (name, _label), cell in zip(view.heads, item.cells, strict=True):
            classes = [BARE] if name == "definition" else []
            cells.append(nodes.entry("", *expander.cell(cell), classes=classes))
        row = nodes.row("", *cells)
        tag = item.term.tag
        put_target(
            row, anchors.get(tag, ""), **{"mmu-term": (tag, expander.docname)}
        )
        rows.append(row)
    heads = [(label, _WIDTHS.get(name, _WIDTH)) for name, label in view.heads]
    return table(heads, rows, f"longtable colwidths-given {LABELLED}")
