"""A form for a missing paper: the directive leaves a box that ``mmu-add.js`` fills, and its text
for the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes

from sphinx_mmu.ext.domain import domain_of
from sphinx_mmu.ext.html_view import Renderer
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.nodes import mmu_add
from sphinx_mmu.ext.registry import ASSETS, Assets
from sphinx_mmu.messages import _
from sphinx_mmu.views.forms import AddPaperRequest

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class AddPaperDirective(MmuDirective):
    """A form that makes an entry. The body is shown where there is no script; a link to an issue
    follows it.
    """

    body = True
    names: ClassVar[tuple[str, ...]] = ()

    def show(self) -> list[Node]:
        """Leave one node with the body and the link."""
        self.note(AddPaperRequest())
        box = mmu_add("", *self.text_nodes(), refdoc=self.docname)
        if address := self.config.mmu_new_issue_url:
            link = nodes.reference(
                "",
                _("Propose a paper in an issue"),
                refuri=_filled(address),
                internal=False,
            )
            box += nodes.paragraph("", "", link, translatable=False)
        elif not self.content:
            box += nodes.paragraph(
                "", _("Proposing a paper needs a script."), translatable=False
            )
        self.set_source_info(box)
        return [box]


def _filled(address: str) -> str:
    """The address with nothing filled in."""
    return address.format(title="", identifier="", body="")


def visit_add(translator: HTML5Translator, node: mmu_add) -> None:
    """Open the box. Readers of EPUB get its content only."""
    domain = domain_of(translator.builder.env)
    if not domain.site.is_html:
        translator.body.append("<div>")
        return
    data = {"issue": translator.config.mmu_new_issue_url}
    data |= domain.views.of(AddPaperRequest()).data
    translator.body.append(
        Renderer(domain).box("mmu-adding", node["refdoc"], add="", **data)
    )


def depart_add(translator: HTML5Translator, _node: mmu_add) -> None:
    """Close the box."""
    translator.body.append("</div>\n")


DIRECTIVES = {"add-paper": AddPaperDirective}


def setup_add(app: Sphinx) -> None:
    """Register the node."""
    ASSETS["add-paper"] = Assets(("mmu-add.css",), ("mmu-add.js",), records=True)
    app.add_node(mmu_add, html=(visit_add, depart_add))
