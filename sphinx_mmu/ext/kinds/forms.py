"""Boxes that scripts fill: papers side by side (``mmu-comparison.js``) and a form for a missing
paper (``mmu-add.js``). What is in a box is for everyone else.
"""

from __future__ import annotations

from sphinx.writers.html5 import HTML5Translator

from sphinx_mmu.ext.common.docutils_pieces import Nodes, paragraph, reference
from sphinx_mmu.ext.common.markup import ROOT, esc, link
from sphinx_mmu.ext.common.nodes import mmu_form
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.render.html_view import Renderer, data_attributes
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.messages import _
from sphinx_mmu.views.base import Request, View
from sphinx_mmu.views.forms import AddPaperRequest, CompareRequest, FormView
from sphinx_mmu.views.kinds import restored


class _FormDirective(MmuDirective):
    """What both share."""

    body = True

    def box(
        self,
        request: Request[View],
        css: str,
        data: dict[str, str],
        inside: Nodes,
    ) -> mmu_form:
        """A box, with what its script needs to know besides the view of the request."""
        self.note(request)
        box = mmu_form("", *inside, request=tuple(request), refdoc=self.docname)
        box["css"], box["data"] = css, data
        self.set_source_info(box)
        return box


class AddPaperDirective(_FormDirective):
    """A form that makes an entry. The body is shown where there is no script; a link to an issue
    follows it.
    """

    def show(self) -> Nodes:
        """Leave one node with the body and the link."""
        inside, address = self.text_nodes(), self.config.mmu_new_issue_url
        if address:
            empty = address.format(title="", identifier="", body="")
            proposed = reference(_("Propose a paper in an issue"), empty)
            inside.append(paragraph(proposed, translatable=False))
        elif not self.content:
            text = _("Proposing a paper needs a script.")
            inside.append(paragraph(text, translatable=False))
        data = {"add": "", "issue": address}
        return [self.box(AddPaperRequest(), "mmu-adding", data, inside)]


class CompareDirective(_FormDirective):
    """Two to five papers in a table. Without a script there are a sentence that says so, and the
    body.
    """

    def show(self) -> Nodes:
        """Leave one node with the body."""
        css = "mmu-comparing mmu-wide"
        return [
            self.box(CompareRequest(), css, {"compare": ""}, self.text_nodes())
        ]


def visit_form(translator: HTML5Translator, node: mmu_form) -> None:
    """Open the box. Readers of EPUB get its content only."""
    domain = domain_of(translator.builder.env)
    if not domain.site.is_html:
        translator.body.append("<div>")
        return
    view = domain.views.of(restored(node["request"]))
    assert isinstance(view, FormView)  # noqa: S101 -- for the type checker: what a box asks
    data = data_attributes({"root": ROOT, **node["data"], **dict(view.data)})
    box = f'<div class="{node["css"]}"{data}>\n'
    renderer = Renderer(domain)
    if isinstance(view.request, CompareRequest):
        box += _sentence(renderer)
    translator.body.append(renderer.relative(box, node["refdoc"]))


def _sentence(renderer: Renderer) -> str:
    """What is said where no script runs. It is no text of the page for other builders, the search
    or a description.
    """
    text = esc(
        _(
            "Putting papers side by side needs JavaScript, which is not running here."
        )
    )
    if address := renderer.explorer(()):
        text += f" {link(address, '', esc(_('All papers')))}"
    return f'<p class="mmu-nojs">{text}</p>\n'


def depart_form(translator: HTML5Translator, _node: mmu_form) -> None:
    """Close the box."""
    translator.body.append("</div>\n")
