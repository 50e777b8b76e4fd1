"""A search field on any page: what is typed is searched for in the explorer, also where there is no
script.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from sphinx_mmu.ext.common.docutils_pieces import Nodes
from sphinx_mmu.ext.common.markup import esc
from sphinx_mmu.ext.common.nodes import mmu_search_box
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.render.html_view import Renderer
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.messages import _


class SearchBoxDirective(MmuDirective):
    """A search field. The text within the directive is its placeholder."""

    body = True

    def show(self) -> Nodes:
        """Leave one node, if there is a page to search."""
        page = self.config.mmu_explorer
        if page not in self.env.found_docs:
            message = f"{self.name} needs the page of an explorer, and there is no page {page!r}"
            self.bad(message, "name it as mmu_explorer in conf.py")
            return []
        words = " ".join(" ".join(self.content).split())
        box = mmu_search_box(
            "", words=words or _("Search papers"), refdoc=self.docname
        )
        self.set_source_info(box)
        return [box]


def visit_search_box(translator: HTML5Translator, node: mmu_search_box) -> None:
    """Write the form."""
    domain = domain_of(translator.builder.env)
    if domain.site.has_pages:
        renderer = Renderer(domain)
        action = esc(renderer.relative(renderer.explorer(()), node["refdoc"]))
        translator.body.append(
            f'<form class="mmu-search mmu-search-box" role="search" action="{action}"'
            f' aria-label="{esc(_("Search papers"))}"><input type="search" name="q"'
            f' placeholder="{esc(node["words"])}" aria-label="{esc(_("Search papers"))}" />'
            f'<button type="submit">{esc(_("Search"))}</button></form>\n'
        )
    raise nodes.SkipNode
