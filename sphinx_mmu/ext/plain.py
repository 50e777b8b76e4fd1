"""Figures without drawings: what EPUB, text, LaTeX and the other builders show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import _

from sphinx_mmu.source import Sheet
from sphinx_mmu.views import View

if TYPE_CHECKING:
    from sphinx_mmu.ext.expand import Expander


def figure_nodes(expander: Expander, view: View) -> list[nodes.Node]:
    """What the figure shows in words, and its data."""
    if view.figure is None:
        return [nodes.paragraph("", _("Nothing matches."))]
    finding = " ".join(filter(None, (view.figure.finding(), view.request.caption)))
    return [nodes.paragraph("", finding), _table(expander, view.figure.sheet())]


def _table(expander: Expander, sheet: Sheet) -> nodes.table:
    widths = [max(len(row[i]) for row in (sheet.heads, *sheet.rows)) for i in range(len(sheet.heads))]
    rows = (nodes.row("", *(nodes.entry("", nodes.paragraph("", t)) for t in row)) for row in sheet.rows)
    return expander.table([(head, min(40, w)) for head, w in zip(sheet.heads, widths, strict=True)], rows)
