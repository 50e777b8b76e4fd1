"""Cells labelled with their column: on a narrow screen and on paper, the rows of a wide table are
cards.

It is done for tables with the class ``mmu-labelled``, those of terms and those that an author gives
it, and in builders of pages for a browser; for all others a table stays as docutils knows it.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

LABELLED, BARE = "mmu-labelled", "mmu-bare"
"""The class of such tables, and of cells whose meaning is plain, such as a definition below its
term.
"""


class mmu_cell(nodes.entry):  # noqa: N801 -- docutils' names
    """A cell of a table's body. Attribute: ``label``, the head of its column."""


class LabelCells(SphinxPostTransform):
    """Give the cells of labelled tables the heads of their columns."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Label every table that asks for it."""
        for table in self.document.findall(nodes.table):
            if LABELLED in table["classes"]:
                _label(table)


def _label(table: nodes.table) -> None:
    heads = []
    for thead in table.findall(nodes.thead):
        heads += [cell.astext() for cell in thead.findall(nodes.entry)]
    for row in list(table.findall(nodes.row)):
        cells = [cell for cell in row.children if isinstance(cell, nodes.entry)]
        # not where a cell spans columns, or there are two rows of heads
        if isinstance(row.parent, nodes.tbody) and len(cells) == len(heads):
            for head, cell in list(zip(heads, cells, strict=True))[1:]:
                spans = {"morecols", "morerows"} & set(cell.attributes)
                if BARE not in cell["classes"] and not spans:
                    given = {**cell.attributes, "label": head}
                    cell.replace_self(mmu_cell("", *cell.children, **given))


def visit_cell(translator: HTML5Translator, node: mmu_cell) -> None:
    """Write a cell with its label."""
    row: Any = node.parent
    row.column += 1  # as docutils counts, which has no type for it
    label = {"data-mmu-l": node["label"]}
    translator.body.append(translator.starttag(node, "td", "", **label))


def depart_cell(translator: HTML5Translator, _node: mmu_cell) -> None:
    """Close the cell."""
    translator.body.append("</td>\n")


def setup(app: Sphinx) -> None:
    """Register node and transform."""
    app.add_node(mmu_cell, html=(visit_cell, depart_cell))
    app.add_post_transform(LabelCells)
