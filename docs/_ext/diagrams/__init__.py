"""Explanatory diagrams of this site: the directive ``{diagram} direct-gradient`` shows one.

The descriptions are in :mod:`diagrams.catalogue`. :mod:`diagrams.layout` arranges each twice, for
wide and for narrow screens, :mod:`diagrams.pen` writes shapes as SVG and as TikZ, and
:mod:`diagrams.looks` has the colours.
"""

from __future__ import annotations

import difflib
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from diagrams.catalogue import DIAGRAMS
from diagrams.layout import arrange
from diagrams.looks import stylesheet
from diagrams.pen import tikz_picture
from diagrams.svg import file, forms

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

logger = logging.getLogger(__name__)

STYLES = "diagrams.css"


class diagram(nodes.General, nodes.Element):  # noqa: N801 -- nodes of docutils have small letters
    """A drawing, by its name; its caption is a paragraph in it."""


class DiagramDirective(SphinxDirective):
    """Shows a diagram by its name."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Give the node, or say that there is no such diagram."""
        name = self.arguments[0]
        if name not in DIAGRAMS:
            near = difflib.get_close_matches(name, DIAGRAMS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(DIAGRAMS)}"
            logger.warning(
                "there is no diagram %r; %s",
                name,
                hint,
                type="diagrams",
                subtype="unknown",
                location=self.get_location(),
            )
            return []
        shown = DIAGRAMS[name]
        digest = blake2b(self.env.current_document.docname.encode(), digest_size=3).hexdigest()
        node = diagram(name=name, fid=f"dg-{digest}-{self.env.new_serialno('diagram')}")
        node += nodes.paragraph("", shown.caption)
        self.set_source_info(node)
        return [node]


def visit_html(translator: HTML5Translator, node: diagram) -> None:
    """Open a figure with both forms. An EPUB has one, as a file: its readers know few styles."""
    builder, name = translator.builder, node["name"]
    if builder.name == "epub":
        path = Path(builder.outdir) / builder.imagedir / f"diagram-{name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file(DIAGRAMS[name], narrow=True), "utf-8")
        words = escape(DIAGRAMS[name].words)
        drawn = f'<img src="{builder.imgpath}/{path.name}" alt="{words}" />\n'
    else:
        drawn = forms(DIAGRAMS[name], node["fid"])
    translator.body.append(f'<figure class="dg">\n{drawn}<figcaption>\n')


def depart_html(translator: HTML5Translator, _node: diagram) -> None:
    """Close the figure."""
    translator.body.append("</figcaption>\n</figure>\n")


def visit_latex(translator: LaTeXTranslator, node: diagram) -> None:
    """Draw the wide form."""
    sheet = arrange(DIAGRAMS[node["name"]])
    drawn = tikz_picture(sheet.pen.shapes, sheet.w, sheet.h, translator.encode)
    translator.body.append(
        f"\n\\par\\medskip\\noindent\\begin{{minipage}}{{\\linewidth}}\n{drawn}\\par\\smallskip\\small\n"
    )


def depart_latex(translator: LaTeXTranslator, _node: diagram) -> None:
    """Close what holds drawing and caption together."""
    translator.body.append("\\end{minipage}\\par\\medskip\n")


def visit_words(_translator: nodes.NodeVisitor, _node: diagram) -> None:
    """Go on with the paragraphs."""


def on_doctree_resolved(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Describe diagrams where nothing can be drawn, and ask LaTeX for what it draws with."""
    found = list(doctree.findall(diagram))
    if app.builder.name == "latex" and found:
        app.add_latex_package("adjustbox")
        app.add_latex_package("tikz")
    elif app.builder.format not in ("html", "latex"):
        for node in found:
            node.append(nodes.paragraph("", DIAGRAMS[node["name"]].words))


def add_style(
    app: Sphinx,
    _page: str,
    _template: str,
    context: dict[str, object],
    doctree: nodes.document | None,
) -> None:
    """Ask for the style sheet on pages with a diagram."""
    if doctree is not None and next(iter(doctree.findall(diagram)), None) is not None:
        app.add_css_file(STYLES)


def write_style(app: Sphinx) -> None:
    """Write the style sheet beside the others."""
    if app.builder.format == "html":
        path = Path(app.outdir) / "_static" / STYLES
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(stylesheet(), "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and how a diagram is written."""
    words = (visit_words, visit_words)
    app.add_node(
        diagram,
        html=(visit_html, depart_html),
        latex=(visit_latex, depart_latex),
        text=words,
        man=words,
        texinfo=words,
    )
    app.add_directive("diagram", DiagramDirective)
    app.connect("builder-inited", write_style)
    app.connect("doctree-resolved", on_doctree_resolved)
    app.connect("html-page-context", add_style)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
