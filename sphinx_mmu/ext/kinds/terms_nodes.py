"""Lists of terms as docutils nodes; tables of terms are nodes in every builder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_mmu.ext.docutils_view import Expander, put_target
from sphinx_mmu.ext.responsive_tables import BARE, LABELLED
from sphinx_mmu.views.columns import Part, badge
from sphinx_mmu.views.terms import TermItem, TermsView

if TYPE_CHECKING:
    from sphinx_mmu.ext.registry import Spot

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


def terms_nodes(expander: Expander, view: TermsView, spot: Spot) -> list[nodes.Node]:
    """Write a list of terms; cards have the definitions."""
    return [_list(expander, view, view.items, spot.anchors)] if view.items else []


def _list(
    expander: Expander,
    view: TermsView,
    items: tuple[TermItem, ...],
    anchors: dict[str, str],
) -> nodes.bullet_list:
    found = [_item(expander, view, item, anchors) for item in items]
    return nodes.bullet_list("", *found, classes=["mmu-list"])


def _item(
    expander: Expander, view: TermsView, item: TermItem, anchors: dict[str, str]
) -> nodes.list_item:
    term = item.term
    label = expander.part(Part("term", term.label, term.tag))
    line = nodes.paragraph("", "", label, nodes.Text(f" ({item.papers})"))
    if view.numbered and term.depth == 1:
        line.insert(0, nodes.Text(f"{badge(term).text} "))
    found = nodes.list_item("", line)
    put_target(found, anchors.get(term.tag, ""))
    if view.request.format == "cards" and term.definition:
        found += nodes.paragraph("", term.definition)
    if item.children:
        found += _list(expander, view, item.children, anchors)
    return found


def terms_table(
    expander: Expander, view: TermsView, docname: str, anchors: dict[str, str]
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
        put_target(row, anchors.get(tag, ""), **{"mmu-term": (tag, docname)})
        rows.append(row)
    heads = [(label, _WIDTHS.get(name, _WIDTH)) for name, label in view.heads]
    table = expander.table(heads, rows)
    table["classes"].append(LABELLED)
    return table
