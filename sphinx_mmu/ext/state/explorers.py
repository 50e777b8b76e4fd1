"""The explorers, where readers filter papers, and whether they show what a number counts."""

from __future__ import annotations

from sphinx_mmu.ext.state.domain import MmuDomain
from sphinx_mmu.ext.state.site import Site
from sphinx_mmu.filters.evaluate import select
from sphinx_mmu.views.index import IndexRequest
from sphinx_mmu.views.papers import PapersRequest


def explorers(domain: MmuDomain, docname: str) -> list[PapersRequest]:
    """List what the explorers on a page ask: the tables that readers can filter."""
    return [r for r in domain.requests_of(docname, PapersRequest) if r.facets]


def explorer_request(domain: MmuDomain) -> PapersRequest | None:
    """What the explorer of papers asks; None where there is no explorer."""
    name = domain.env.config.mmu_explorer
    papers = (r for r in explorers(domain, name) if r.collection == "papers")
    return next(papers, None) if domain.has_page(name) else None


def explores_some(domain: MmuDomain) -> bool:
    """Whether there is an explorer of papers that leaves some out."""
    asked = explorer_request(domain)
    return asked is not None and bool(asked.filters)


def explored_papers(domain: MmuDomain) -> int:
    """The positions of the papers that the explorer shows, as bits."""
    asked = explorer_request(domain)
    if asked is None or not domain.site.is_html:
        return 0
    return select(asked.filters, domain.library.papers)[0]


def explores_all(site: Site, found: int) -> bool:
    """Whether the explorer shows all papers found, if there is any."""
    return found > 0 and not found & ~site.explored_papers


def index_pages(domain: MmuDomain) -> list[str]:
    """The pages with names from A to Z, in order."""
    pages = filter(domain.has_page, sorted(domain.data["views"]))
    return [page for page in pages if domain.requests_of(page, IndexRequest)]
