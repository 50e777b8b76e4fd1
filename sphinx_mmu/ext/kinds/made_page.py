"""What the directives of made pages share: pages of papers and of values of facets."""

from __future__ import annotations

from docutils import nodes

from sphinx_mmu.ext.common.nodes import mmu_fold
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.kinds.results import explained
from sphinx_mmu.ext.state.places import Place
from sphinx_mmu.messages import counted
from sphinx_mmu.views.results import ResultsRequest


class MadePage(MmuDirective):
    """Makes a page from one line of its source."""

    def page(
        self, kind: str, name: str, rank: int, css: str = ""
    ) -> nodes.section:
        """Make the section of the page, and register it as the place of what it is about."""
        self.domain.note_place(kind, name, Place(rank, self.docname, ""))
        self.env.metadata[self.docname]["hide-toc"] = "true"
        ids = [self.domain.site.page_ids[self.docname]]
        classes, plain = css.split(), {"support_smartquotes": False}
        return nodes.section("", ids=ids, names=[], classes=classes, **plain)

    def values_on(self, benchmark: str) -> mmu_fold:
        """All results on a benchmark, folded, under how many values of how many works these are."""
        library = self.domain.library
        view = self.note(ResultsRequest(benchmark=benchmark, empty_ok=True))
        label = counted(
            "{label}: {n} value",
            "{label}: {n} values of {works} works and references",
            view.count,
            label=library.name_label("benchmark", benchmark),
            works=len(
                {r.work for r in library.results.by_benchmark[benchmark]}
            ),
        )
        tables = explained(self.renderer(), view.tables)
        return mmu_fold("", *tables, label=label)
