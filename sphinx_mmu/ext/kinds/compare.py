"""Papers side by side: the directive leaves a box that ``mmu-comparison.js`` fills, and its content
for everyone else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx import addnodes

from sphinx_mmu.ext.domain import domain_of
from sphinx_mmu.ext.html_view import Renderer
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.nodes import mmu_compare
from sphinx_mmu.ext.registry import ASSETS, Assets
from sphinx_mmu.messages import _
from sphinx_mmu.views.forms import CompareRequest

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class CompareDirective(MmuDirective):
    """Two to five papers in a table. Without a script there are a sentence that says so, and the
    body.
    """

    body = True
    names: ClassVar[tuple[str, ...]] = ()

    def show(self) -> list[Node]:
        """Leave one node with the body, or with a sentence of ours."""
        self.note(CompareRequest())
        box = mmu_compare("", self._sentence(), *self.text_nodes(), refdoc=self.docname)
        self.set_source_info(box)
        return [box]

    def _sentence(self) -> nodes.paragraph:
        text = _(
            "Putting papers side by side needs JavaScript, which is not running here. "
        )
        found = nodes.paragraph("", text, classes=["mmu-nojs"], translatable=False)
        page = self.config.mmu_explorer
        if page in self.env.found_docs:
            found += addnodes.pending_xref(
                "",
                nodes.inline("", _("All papers")),
                refdomain="std",
                reftype="doc",
                reftarget=f"/{page}",
                refdoc=self.docname,
                refexplicit=True,
                refwarn=True,
            )
        return found


def visit_compare(translator: HTML5Translator, node: mmu_compare) -> None:
    """Open the box. Readers of EPUB get its content only."""
    domain = domain_of(translator.builder.env)
    if not domain.site.is_html:
        translator.body.append("<div>")
        return
    words = dict(domain.views.of(CompareRequest()).data)
    translator.body.append(
        Renderer(domain).box(
            "mmu-comparing mmu-wide", node["refdoc"], compare="", **words
        )
    )


def depart_compare(translator: HTML5Translator, _node: mmu_compare) -> None:
    """Close the box."""
    translator.body.append("</div>\n")


DIRECTIVES = {"compare": CompareDirective}


def setup_compare(app: Sphinx) -> None:
    """Register the node."""
    ASSETS["compare"] = Assets(scripts=("mmu-comparison.js",), records=True)
    app.add_node(mmu_compare, html=(visit_compare, depart_compare))
