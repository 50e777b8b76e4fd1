"""Every kind of view on Sphinx's side. A new one is added to :data:`KINDS`; its request is one of
``REQUESTS`` in :mod:`sphinx_mmu.views.kinds`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from sphinx.application import Sphinx

from sphinx_mmu.ext.common.docutils_pieces import Nodes
from sphinx_mmu.ext.common.nodes import (
    Spot,
    mmu_figure,
    mmu_form,
    mmu_search_box,
    mmu_table,
)
from sphinx_mmu.ext.kinds import (
    facet_page,
    feeds,
    figures,
    forms,
    guide,
    index,
    paper_page,
    papers,
    papers_html,
    papers_nodes,
    results,
    search_box,
    terms,
    terms_nodes,
)
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.kinds.figures_html import _frame
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.render.html_view import Renderer


def _no_nodes(_renderer: NodeRenderer, view: Any, _spot: Spot) -> Nodes:
    kind = view.request.kind
    message = f"KINDS in sphinx_mmu/ext/kinds/every.py has no nodes for {kind}"
    raise NotImplementedError(message)


class Kind(NamedTuple):
    """One kind of view: the directives that show it, by name, how it is written, and what its pages
    load.

    ``nodes`` gives docutils nodes; a kind has none if its directive writes it when a page is read.
    ``html`` gives a string instead for html, dirhtml and singlehtml, for views that are large.
    Pages load ``styles`` and ``scripts``, and with ``records`` those of papers; ``names_papers``:
    the view leads to pages of papers.
    """

    directives: Mapping[str, type[MmuDirective]] = {}
    nodes: Callable[[NodeRenderer, Any, Spot], Nodes] = _no_nodes
    html: Callable[[Renderer, Any, Spot], str] | None = None
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    records: bool = False
    names_papers: bool = False


KINDS: dict[str, Kind] = {
    "papers": Kind(
        {
            "paper-table": papers.PaperTableDirective,
            "paper-card": papers.PaperCardDirective,
        },
        papers_nodes.papers_nodes,
        papers_html.papers_html,
        names_papers=True,
    ),
    "paper": Kind(
        {"paper-page": paper_page.PaperPageDirective}, names_papers=True
    ),
    "terms": Kind(
        {"term-list": terms.TermListDirective}, terms_nodes.terms_nodes
    ),
    "term": Kind({"term": terms.TermDirective}),
    "results": Kind({"results": results.ResultsDirective}),
    "count": Kind(),
    "name": Kind(names_papers=True),
    "label": Kind(),
    "keys": Kind({"papers": papers.PapersDirective}),
    "bibtex": Kind(nodes=papers.bibtex_nodes, scripts=("mmu-cite.js",)),
    "facet-page": Kind({"facet-page": facet_page.FacetPageDirective}),
    "feeds": Kind({"feeds": feeds.FeedsDirective}, feeds.feeds_nodes),
    "index": Kind({"index": index.IndexDirective}),
    "compare": Kind(
        {"compare": forms.CompareDirective},
        styles=("mmu-compare.css",),
        scripts=("mmu-comparison.js",),
        records=True,
    ),
    "add-paper": Kind(
        {"add-paper": forms.AddPaperDirective},
        styles=("mmu-add.css",),
        scripts=("mmu-add.js",),
        records=True,
    ),
    **{
        name: Kind(
            {name: figures.figure_directive(name)},
            figures.figure_nodes,
            styles=(figures.FIGURES_CSS,),
            scripts=("mmu-figure.js", *figure.scripts),
            records=bool(figure.scripts),
        )
        for name, figure in figures.FIGURE_KINDS.items()
    },
}
"""Every kind, by the name that its requests have."""

DIRECTIVES: dict[str, type[MmuDirective]] = {
    **dict(chain.from_iterable(k.directives.items() for k in KINDS.values())),
    "search-box": search_box.SearchBoxDirective,
    "problem-list": guide.ProblemListDirective,
    "config-list": guide.ConfigListDirective,
}
"""Every directive: of the kinds, and those that show no view."""


def setup(app: Sphinx) -> None:
    """Register every directive, and what writes a node of its own."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("mmu", name, directive)
    app.connect("builder-inited", papers.add_catalogues)
    app.add_node(mmu_figure, html=(_frame.visit_figure, _frame.depart_figure))
    app.add_node(mmu_table, html=(_frame.visit_table, None))
    app.add_node(mmu_form, html=(forms.visit_form, forms.depart_form))
    app.add_node(mmu_search_box, html=(search_box.visit_search_box, None))
