"""The page of one value of a facet."""

from __future__ import annotations

from docutils import nodes

from sphinx_mmu.ext.common.docutils_pieces import Nodes, paragraph
from sphinx_mmu.ext.kinds.made_page import MadePage
from sphinx_mmu.filters.conditions import condition
from sphinx_mmu.views.cells import Part
from sphinx_mmu.views.columns import default_columns
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.terms import TermRequest
from sphinx_mmu.views.texts import FacetPageRequest


class FacetPageDirective(MadePage):
    """The page of one value of a facet: what it means, and all papers that have it. Works without a
    script.
    """

    def show(self) -> Nodes:
        """Make the section, and register the page as the value's place, unless a chapter has it."""
        tag = self.domain.site.facet_pages.get(self.docname, "")
        name, _colon, value = tag.partition(":")
        if self.domain.library.facet(name) is None:
            return []
        page = self.page("term", tag, 1)
        title = self.note(FacetPageRequest(tag=tag)).text
        page += nodes.title("", title, translatable=False)
        if term := self.domain.library.vocabulary.term(tag):
            self.note(TermRequest(tag=tag))
            if term.definition:
                page += paragraph(term.definition, translatable=False)
        if name == "results":
            page += self._tables(value)
        request = PapersRequest(
            filters=(condition(tag),),
            columns=default_columns(self.domain.library),
            empty_ok=True,
        )
        page += self.view_node(request)
        return [page]

    def _tables(self, benchmark: str) -> nodes.Node:
        """All results on a benchmark, or the way to the page of the work that it is."""
        values, library = self.values_on(benchmark), self.domain.library
        key = library.vocabulary.benchmark_entry(benchmark)
        if key not in self.domain.site.page_names:
            return values
        link = self.renderer().part(Part("entry", values["label"], key))
        return paragraph(link, translatable=False)
