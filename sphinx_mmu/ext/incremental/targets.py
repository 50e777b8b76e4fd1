"""What each page prints of others: where its links lead, and who mentions its papers."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_mmu.export.feeds import Feed
from sphinx_mmu.ext.kinds.every import KINDS
from sphinx_mmu.ext.state.domain import MmuDomain
from sphinx_mmu.ext.state.explorers import (
    explorer_request,
    explorers,
    explores_all,
    explores_some,
    index_pages,
)
from sphinx_mmu.filters.conditions import condition
from sphinx_mmu.filters.evaluate import select
from sphinx_mmu.views.base import Request, View, digest
from sphinx_mmu.views.index import IndexRequest
from sphinx_mmu.views.paper import PaperRequest
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.terms import TermsRequest
from sphinx_mmu.views.texts import CountRequest


def targets(domain: MmuDomain) -> dict[str, str]:
    """Of each page with views its digest, once all pages are read."""
    moving: list[object] = []
    derived: list[object] = []
    for kind, name in domain.places.known():
        # the page of a paper never moves: if it is removed, the views with it change
        if kind != "paper":
            place = domain.places.best(kind, name)
            found = derived if _is_derived(domain, kind, name) else moving
            found.append((kind, name, place and place._replace(line=0)))
    marks = digest(moving, _pages(domain)), digest(derived)
    return {
        docname: digest(*_parts(domain, docname, *marks))
        for docname in domain.data["views"]
    }


def _pages(domain: MmuDomain) -> tuple[object, ...]:
    """What views say of pages that they lead to: the explorer, that which compares, an index."""
    config = domain.env.config
    explorer, lists = domain.title(config.mmu_explorer), index_pages(domain)
    return (
        explorer,
        explorer_request(domain),
        domain.has_page(config.mmu_compare),
        lists[:1],
    )


def _is_derived(domain: MmuDomain, kind: str, name: str) -> bool:
    """Whether an object is a value of a derived facet: of many, to each of which few pages lead."""
    return (
        kind == "term" and name.partition(":")[0] not in domain.library.facets
    )


def _parts(
    domain: MmuDomain, docname: str, moving: str, derived: str
) -> Iterator[object]:
    requests = sorted(domain.requests(docname))
    loaded = {request.collection for request in explorers(domain, docname)}
    if not all(isinstance(request, CountRequest) for request in requests):
        yield moving
    if loaded or domain.requests_of(docname, IndexRequest):
        yield derived
    for beside in filter(None, domain.site.beside.get(docname, ())):
        yield beside, domain.facet_label(beside)
    for tag in sorted(domain.data["leads"].get(docname, ())):
        yield domain.places.best("term", tag)
    # the page names the checksum of the records that it loads
    if any(KINDS[request.kind].records for request in requests):
        loaded.add("papers")
    yield from map(domain.site.record_marks.get, sorted(loaded))
    for tag in domain.places.terms_of(docname):
        yield _said_of(domain.site.feeds.get(tag))
    for request in requests:
        yield from _of_view(domain, request)


def _of_view(domain: MmuDomain, request: Request[View]) -> Iterator[object]:
    if isinstance(request, PapersRequest):
        yield _said_of(domain.site.feed_of(request))
    if isinstance(request, PaperRequest):
        yield from _of_paper(domain, request.key)
    for filters in _counted(domain, request):
        found, _problems = select(filters, domain.library.papers)
        yield explores_all(domain.site, found)


def _counted(
    domain: MmuDomain, request: Request[View]
) -> Iterator[tuple[str, ...]]:
    """The filters of the papers that a view counts: the number leads to the explorer if that shows
    them all, which one without filters does.
    """
    match request:
        case CountRequest():
            yield (request.filter,)
        case PapersRequest() if explores_some(domain):
            yield request.filters
        case TermsRequest() if explores_some(domain):
            for item in domain.views.of(request).flat():
                yield (condition(item.term.tag),)


def _said_of(feed: Feed | None) -> tuple[str, str] | None:
    """What pages say of a feed that they lead to."""
    return feed and (feed.file, feed.title)


def _of_paper(domain: MmuDomain, key: str) -> Iterator[object]:
    for docname in domain.mentioned_in(key):
        yield (
            docname,
            domain.title(docname),
            domain.mentions.sentences(key, docname),
        )
    yield domain.edit_url(key)
    yield domain.library.labels.get(key)
