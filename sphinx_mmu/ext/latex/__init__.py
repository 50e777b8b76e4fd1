"""What LaTeX alone needs: figures as drawings, and formulas of several columns in tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_mmu.ext.domain import domain_of
from sphinx_mmu.ext.latex.forest import forest
from sphinx_mmu.ext.latex.tikz import drawings
from sphinx_mmu.ext.nodes import mmu_drawing
from sphinx_mmu.figures.tree import Tree

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.latex import LaTeXTranslator


_ONE_ENVIRONMENT = re.compile(
    r"\\begin\{(\w+\*?)\}(?:(?!\\(?:begin|end)\{\1\}).)*\\end\{\1\}", re.DOTALL
)


def visit_drawing(translator: LaTeXTranslator, node: mmu_drawing) -> None:
    """Write the parts of a figure, one below the other, and continue after them."""
    figure, domain = node["figure"], domain_of(translator.builder.env)
    draw = forest if isinstance(figure, Tree) else drawings
    translator.body += [
        f"\n\\par\\noindent\n{part}\\par\\medskip\n" for part in draw(figure, translator, domain)
    ]
    raise nodes.SkipNode


def on_doctree_resolved(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Make what LaTeX can set of what is there, and ask for packages where they are wanted: a small
    TeX lacks them.
    """
    if app.builder.name != "latex":
        return
    for formula in list(doctree.findall(nodes.math_block)):
        if "&" in formula.astext() and _in_a_cell(formula):
            formula.replace_self(_undisplayed(formula))
    figures = [node["figure"] for node in doctree.findall(mmu_drawing)]
    if figures:
        for package in ("adjustbox", "tikz"):
            if not app.registry.has_latex_package(package):
                app.add_latex_package(package)
    if any(isinstance(figure, Tree) for figure in figures):
        app.add_latex_package("forest", "edges")


def _in_a_cell(node: nodes.Node) -> bool:
    while node.parent and not isinstance(node, nodes.entry):
        node = node.parent
    return isinstance(node, nodes.entry)


def _undisplayed(formula: nodes.math_block) -> nodes.paragraph:
    """A formula of several columns in a line of its own: in a display they are taken for those of
    the table.
    """
    tex = formula.astext().strip()
    lines = (
        tex if _ONE_ENVIRONMENT.fullmatch(tex) else f"\\begin{{aligned}}[c]{tex}\\end{{aligned}}"
    )
    return nodes.paragraph("", "", nodes.math("", f"\\displaystyle {lines}"))


def setup_latex(app: Sphinx) -> None:
    """Connect to the writer of LaTeX."""
    app.add_node(mmu_drawing, latex=(visit_drawing, None))
    app.connect("doctree-resolved", on_doctree_resolved)
