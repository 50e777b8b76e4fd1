"""Every kind of view, and what answers its requests."""

from __future__ import annotations

from typing import Any

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
from sphinx_mmu.views.base import Request, V, View, ViewContext

REQUESTS: dict[str, type[Any]] = {
    "papers": papers.PapersRequest,
    "paper": paper.PaperRequest,
    "terms": terms.TermsRequest,
    "term": terms.TermRequest,
    "results": results.ResultsRequest,
    "count": texts.CountRequest,
    "name": texts.NameRequest,
    "label": texts.LabelRequest,
    "keys": texts.KeysRequest,
    "bibtex": texts.BibtexRequest,
    "facet-page": texts.FacetPageRequest,
    "feeds": texts.FeedsRequest,
    "index": index.IndexRequest,
    "compare": forms.CompareRequest,
    "add-paper": forms.AddPaperRequest,
    **dict.fromkeys(figures.FIGURES, figures.FigureRequest),
}
"""The type of the requests of each kind of view."""


def restored(stored: tuple[Any, ...]) -> Request[View]:
    """Give a stored request its type back."""
    request: Request[View] = REQUESTS[stored[0]](*stored)
    return request


class Views(ViewContext):
    """Answers requests over one library, each once."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._views: dict[Request[View], Any] = {}

    def of(self, request: Request[V]) -> V:
        """Give the view of a request. Its type is that of the request's kind."""
        view: V | None = self._views.get(request)
        if view is None:
            view = self._views[request] = request.view(self)
        return view
