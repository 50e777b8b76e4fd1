"""What LaTeX alone needs: the order of pages in one document, figures as drawings, and tables that
fit a sheet.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.latex import LaTeXTranslator

from sphinx_mmu.ext.common.docutils_pieces import enclosing
from sphinx_mmu.ext.common.nodes import mmu_drawing
from sphinx_mmu.ext.kinds.figures import FIGURE_KINDS
from sphinx_mmu.ext.state.domain import domain_of

_ONE_ENVIRONMENT = re.compile(
    r"\\begin\{(\w+\*?)\}(?:(?!\\(?:begin|end)\{\1\}).)*\\end\{\1\}", re.DOTALL
)


class ArrangePages(SphinxPostTransform):
    """Leave out pages that are not printed, and put the others behind the sections of the page that
    includes them.

    Sphinx puts them where the toctree is. At the end of a page, where most are, that is inside its
    last section, and whole chapters would be parts of this.
    """

    default_priority = 5  # before references are resolved
    builders = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Go through the pages in their order."""
        site = domain_of(self.env).site
        builder: Any = site.builder
        for page in list(self.document.findall(addnodes.start_of_file)):
            if site.leaves_out(page["docname"]):
                page.parent.remove(page)
                # of a link to a page that the builder does not have, the words remain
                left_out = page.findall(addnodes.start_of_file)
                builder.docnames -= {inner["docname"] for inner in left_out}
            else:
                _put_behind_sections(page)


def _put_behind_sections(page: addnodes.start_of_file) -> None:
    kinds = (nodes.section, addnodes.start_of_file)
    sections, around = [], enclosing(page, *kinds)
    while isinstance(around, nodes.section):
        sections.append(around)
        around = enclosing(around, *kinds)
    if len(sections) > 1:
        page.parent.remove(page)
        sections[-1].append(page)


_NO_WIDER = r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}"


def visit_drawing(translator: LaTeXTranslator, node: mmu_drawing) -> None:
    """Write the parts of a figure, one below the other, and continue after them."""
    domain, draw = (
        domain_of(translator.builder.env),
        FIGURE_KINDS[node["kind"]].latex,
    )
    assert draw is not None  # noqa: S101 -- for the type checker: others have no such node
    for part in draw(node["figure"], translator, domain):
        translator.body.append(f"\n\\par\\noindent\n{part}\\par\\medskip\n")
    raise nodes.SkipNode


def on_doctree_resolved(
    app: Sphinx, doctree: nodes.document, _docname: str
) -> None:
    """Make what LaTeX can set of what is there, and ask for packages where they are wanted: a small
    TeX lacks them.
    """
    if app.builder.name != "latex":
        return
    for formula in list(doctree.findall(nodes.math_block)):
        if not formula.get("label") and enclosing(formula, nodes.entry):
            formula.replace_self(_undisplayed(formula))
    for table in doctree.findall(nodes.table):
        if "mmu-scores" in table["classes"]:
            _fit(table)
    for node in doctree.findall(mmu_drawing):
        for package, options in FIGURE_KINDS[node["kind"]].packages.items():
            if not app.registry.has_latex_package(package):
                app.add_latex_package(package, options)


def _undisplayed(formula: nodes.math_block) -> nodes.paragraph:
    """A formula in a line of its own, no wider than the cell. In a display, its columns would be
    taken for those of the table.
    """
    tex = formula.astext().strip()
    if "&" in tex and not _ONE_ENVIRONMENT.fullmatch(tex):
        tex = f"\\begin{{aligned}}[c]{tex}\\end{{aligned}}"
    line = f"{_NO_WIDER}{{\\(\\displaystyle {tex}\\)}}"
    return nodes.paragraph("", "", nodes.raw("", line, format="latex"))


def _fit(table: nodes.table) -> None:
    """Give columns the widths of their kinds, and leave out texts for screen readers."""
    given = {"colwidths-auto": "colwidths-given"}
    table["classes"] = [given.get(name, name) for name in table["classes"]]
    for heard in list(table.findall(nodes.inline)):
        if "mmu-sr" in heard["classes"]:
            heard.parent.remove(heard)


def setup(app: Sphinx) -> None:
    """Connect to the writer of LaTeX."""
    app.add_node(mmu_drawing, latex=(visit_drawing, None))
    app.add_post_transform(ArrangePages)
    app.connect("doctree-resolved", on_doctree_resolved)
