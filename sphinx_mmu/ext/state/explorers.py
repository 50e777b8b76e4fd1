"""The explorers, where readers filter papers, and whether they show what a number counts."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
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


def note_explored(_app: Sphinx, env: BuildEnvironment) -> None:
    """Keep which papers the explorer shows."""
    domain = domain_of(env)
    asked = explorer_request(domain)
    if asked and domain.site.is_html:
        found, _problems = select(asked.filters, domain.library.papers)
        domain.site.explored_papers = found


def explores_all(site: Site, found: int) -> bool:
    """Whether the explorer shows all papers found, if there is any."""
    return found > 0 and not found & ~site.explored_papers


def index_pages(domain: MmuDomain) -> list[str]:
    """The pages with names from A to Z, in order."""
    pages = filter(domain.has_page, sorted(domain.data["views"]))
    return [page for page in pages if domain.requests_of(page, IndexRequest)]


def setup(app: Sphinx) -> None:
    """Connect to when all pages are read."""
    app.connect("env-updated", note_explored, priority=900)
