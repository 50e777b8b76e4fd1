"""Lists of terms as docutils nodes; tables of terms are nodes in every builder."""

from __future__ import annotations

from docutils import nodes

from sphinx_mmu.ext.docutils_pieces import (
    Nodes,
    bullets,
    paragraph,
    put_target,
    table,
)
from sphinx_mmu.ext.docutils_view import Expander
from sphinx_mmu.ext.registry import Spot
from sphinx_mmu.ext.responsive_tables import BARE, LABELLED
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


def terms_nodes(expander: Expander, view: TermsView, spot: Spot) -> Nodes:
    """Write a list of terms; cards have the definitions."""
    return [_list(expander, view, view.items, spot)] if view.items else []


def _list(
    expander: Expander, view: TermsView, items: tuple[TermItem, ...], spot: Spot
) -> nodes.bullet_list:
    return bullets(_item(expander, view, item, spot) for item in items)


def _item(
    expander: Expander, view: TermsView, item: TermItem, spot: Spot
) -> Nodes:
    term = item.term
    numbered = view.numbered and term.depth == 1
    number = f"{badge(term).text} " if numbered else ""
    label = expander.part(Part("term", term.label, term.tag))
    line = paragraph(number, label, f" ({item.papers})")
    put_target(line, spot.anchors.get(term.tag, ""))
    found: Nodes = [line]
    if view.request.format == "cards" and term.definition:
        found.append(paragraph(term.definition))
    if item.children:
        found.append(_list(expander, view, item.children, spot))
    return found


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
