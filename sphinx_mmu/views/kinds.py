"""Every kind of view: the type of its requests, and what answers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sphinx_mmu.library.library import Library
from sphinx_mmu.views import (
    figures,
    forms,
    index,
    paper,
    papers,
    results,
    terms,
    texts,
)
from sphinx_mmu.views.base import View, ViewContext


class Kind(NamedTuple):
    """A kind of view."""

    request: Callable[..., Any]
    view: Callable[[ViewContext, Any], View]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields of its requests."""
        return tuple(getattr(self.request, "_fields", ()))


KINDS: dict[str, Kind] = {
    "papers": Kind(papers.PapersRequest, papers.papers_view),
    "paper": Kind(paper.PaperRequest, paper.paper_view),
    "terms": Kind(terms.TermsRequest, terms.terms_view),
    "term": Kind(terms.TermRequest, terms.term_view),
    "results": Kind(results.ResultsRequest, results.results_view),
    "count": Kind(texts.CountRequest, texts.count_view),
    "name": Kind(texts.NameRequest, texts.name_view),
    "label": Kind(texts.LabelRequest, texts.label_view),
    "keys": Kind(texts.KeysRequest, texts.keys_view),
    "bibtex": Kind(texts.BibtexRequest, texts.bibtex_view),
    "facet-page": Kind(texts.FacetPageRequest, texts.facet_page_view),
    "feeds": Kind(texts.FeedsRequest, texts.feeds_view),
    "index": Kind(index.IndexRequest, index.index_view),
    "compare": Kind(forms.CompareRequest, forms.compare_view),
    "add-paper": Kind(forms.AddPaperRequest, forms.add_paper_view),
    **{
        name: Kind(figures.FigureRequest, figures.figure_view)
        for name in figures.FIGURES
    },
}


def restored(stored: tuple[Any, ...]) -> Any:
    """Give a stored request its type back."""
    return KINDS[stored[0]].request(*stored)


class Views(ViewContext):
    """Answers requests over one library, each once."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._views: dict[Any, Any] = {}

    def of(self, request: Any) -> Any:
        """Give the view of a request. Its type is that of the request's kind."""
        if request not in self._views:
            self._views[request] = KINDS[request.kind].view(self, request)
        return self._views[request]
