"""Explanatory diagrams of this site, and toys: the directives ``diagram`` and ``explore``.

The descriptions of diagrams are in :mod:`diagrams.catalogue`, the toys in :mod:`diagrams.explore`.
:mod:`diagrams.layout` arranges each diagram twice, for wide and for narrow screens,
:mod:`diagrams.pen` writes shapes as SVG and as TikZ, and :mod:`diagrams.looks` has the colours.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from diagrams.catalogue import DIAGRAMS
from diagrams.explore import TOYS, toy_html, toy_pen
from diagrams.layout import NARROW, arrange
from diagrams.looks import stylesheet
from diagrams.pen import Pen, tikz_picture
from diagrams.svg import file, forms

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

logger = logging.getLogger(__name__)

STYLES, SCRIPT = "diagrams.css", "explore.js"
TAKEN = ("mmu-dom.js", "mmu-figure.js")
"""The scripts of sphinx_mmu by which readers copy and save figures."""


class drawn(nodes.General, nodes.Element):  # noqa: N801 -- nodes of docutils are lower case
    """A diagram or a toy, by its name; the caption is a paragraph in it."""


class DiagramDirective(SphinxDirective):
    """Shows a diagram by its name."""

    optional_arguments = 1
    final_argument_whitespace = True
    kind: ClassVar[str] = "diagram"
    shown: ClassVar[Mapping[str, Any]] = DIAGRAMS

    def run(self) -> list[Node]:
        """Give the node, or say that there is no such thing."""
        name = self.arguments[0] if self.arguments else ""
        if name not in self.shown:
            self._tell(name)
            return []
        digest = blake2b(
            self.env.current_document.docname.encode(), digest_size=3
        ).hexdigest()
        number = self.env.new_serialno("diagram")
        node = drawn(
            kind=self.kind, name=name, figure_id=f"dg-{digest}-{number}"
        )
        node += nodes.paragraph("", self.shown[name].caption)
        self.set_source_info(node)
        return [node]

    def _tell(self, name: str) -> None:
        near = difflib.get_close_matches(name, self.shown, n=1)
        hint = (
            f"did you mean {near[0]!r}?"
            if near
            else f"there are: {', '.join(self.shown)}"
        )
        fault = (
            f"there is no {self.kind} {name!r}"
            if name
            else f"{self.name} needs a name"
        )
        message = f"{fault}; {hint}"
        place = self.get_location()
        logger.warning(
            "%s", message, type="diagrams", subtype="unknown", location=place
        )


class ExploreDirective(DiagramDirective):
    """Shows a toy by its name."""

    kind = "toy"
    shown = TOYS


def visit_html(translator: HTML5Translator, node: drawn) -> None:
    """Open a figure. An EPUB has the drawing as a file: its readers know few styles."""
    builder, name = translator.builder, node["name"]
    if builder.name == "epub":
        path = (
            Path(builder.outdir)
            / builder.imagedir
            / f"{node['kind']}-{name}.svg"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_file(node), "utf-8")
        words = escape((DIAGRAMS | TOYS)[name].words)
        body = f'<img src="{builder.imgpath}/{path.name}" alt="{words}" />\n'
        if node["kind"] == "toy":
            body += f"<p>{escape(_reading(name))}</p>\n"
    elif node["kind"] == "toy":
        body = toy_html(name, node["figure_id"])
    else:
        body = forms(DIAGRAMS[name], node["figure_id"])
    start, title = '<figure class="dg">', ""
    if _is_taken(translator.builder):
        start = f'<figure class="dg mmu-fig mmu-{node["kind"]}-{name}" id="{node["figure_id"]}">'
        title = f"<b>{escape((DIAGRAMS | TOYS)[name].title)}.</b>\n"
    translator.body.append(f"{start}\n{body}<figcaption>\n{title}")


def _file(node: drawn) -> str:
    name = node["name"]
    if node["kind"] == "toy":
        toy = TOYS[name]
        return file(toy.title, toy.words, toy_pen(toy), (NARROW, toy.height))
    shown = DIAGRAMS[name]
    sheet = arrange(shown, narrow=True)
    return file(shown.title, shown.words, sheet.pen, (sheet.w, sheet.h))


def _reading(name: str) -> str:
    return TOYS[name].reading(TOYS[name].defaults)


def depart_html(translator: HTML5Translator, node: drawn) -> None:
    """Close the figure."""
    foot = ""
    if _is_taken(translator.builder):
        link = f'<a href="#{node["figure_id"]}">Link to this figure</a>'
        foot = f'<p class="mmu-fig-take">{link}</p>\n'
    translator.body.append(f"</figcaption>\n{foot}</figure>\n")


def _is_taken(builder: Builder) -> bool:
    """Whether readers can take drawings away, as those of the other figures of the site: with its
    script, on pages.
    """
    return "sphinx_mmu" in builder.config.extensions and builder.name in {
        "html",
        "dirhtml",
    }


def visit_latex(translator: LaTeXTranslator, node: drawn) -> None:
    """Draw the wide form, and begin the group of drawing and caption."""
    pen, size = _picture(node)
    picture = tikz_picture(pen.shapes, *size, translator.encode)
    words = ""
    if node["kind"] == "toy":
        words = f"{translator.encode(_reading(node['name']))}\\par\n"
    begin = "\n\\par\\medskip\\noindent\\begin{minipage}{\\linewidth}\n"
    translator.body.append(f"{begin}{picture}\\par\\smallskip\\small\n{words}")


def _picture(node: drawn) -> tuple[Pen, tuple[float, float]]:
    if node["kind"] == "toy":
        toy = TOYS[node["name"]]
        return toy_pen(toy), (NARROW, toy.height)
    sheet = arrange(DIAGRAMS[node["name"]])
    return sheet.pen, (sheet.w, sheet.h)


def depart_latex(translator: LaTeXTranslator, _node: drawn) -> None:
    """Close the group of drawing and caption."""
    translator.body.append("\\end{minipage}\\par\\medskip\n")


def visit_words(_translator: nodes.NodeVisitor, _node: drawn) -> None:
    """Continue with the paragraphs."""


def on_doctree_resolved(
    app: Sphinx, doctree: nodes.document, _docname: str
) -> None:
    """Describe diagrams where nothing can be drawn, and ask LaTeX for what it draws with."""
    found = list(doctree.findall(drawn))
    if app.builder.name == "latex" and found:
        for package in ("adjustbox", "tikz"):
            if not app.registry.has_latex_package(package):
                app.add_latex_package(package)
    elif app.builder.format not in ("html", "latex"):
        for node in found:
            node.extend(
                nodes.paragraph("", words) for words in _described(node)
            )


def _described(node: drawn) -> Iterable[str]:
    name = node["name"]
    return (
        (TOYS[name].words, _reading(name))
        if node["kind"] == "toy"
        else (DIAGRAMS[name].words,)
    )


def add_assets(
    app: Sphinx,
    _page: str,
    _template: str,
    context: dict[str, object],
    doctree: nodes.document | None,
) -> None:
    """Ask for the style sheet on pages with a drawing, and for the script on those with a toy."""
    kinds = (
        {node["kind"] for node in doctree.findall(drawn)}
        if doctree is not None
        else set()
    )
    if kinds:
        app.add_css_file(STYLES)
        if _is_taken(app.builder):
            app.add_css_file("mmu-figures.css")
            for name in TAKEN:
                app.add_js_file(name, loading_method="defer")
    if "toy" in kinds and app.builder.name != "epub":
        app.add_js_file(SCRIPT, loading_method="defer")


def write_style(app: Sphinx) -> None:
    """Write the style sheet beside the others."""
    if app.builder.format == "html":
        path = Path(app.outdir) / "_static" / STYLES
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(stylesheet(), "utf-8")


def revision() -> str:
    """What the drawings are made by: if it changes, pages are written anew."""
    digest = blake2b(digest_size=8)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives and how drawings are written."""
    words = (visit_words, visit_words)
    app.add_config_value("diagrams_revision", revision(), "html", str)
    app.add_node(
        drawn,
        html=(visit_html, depart_html),
        latex=(visit_latex, depart_latex),
        text=words,
        man=words,
        texinfo=words,
    )
    app.add_directive("diagram", DiagramDirective)
    app.add_directive("explore", ExploreDirective)
    app.connect("builder-inited", write_style)
    app.connect("doctree-resolved", on_doctree_resolved)
    app.connect("html-page-context", add_assets)
    return {
        "version": "1",
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
