"""Where the links of pages lead and who mentions their papers, as a digest of each page: where it
differs from that of the last build, the page is written again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinx_mmu.ext.domain import MmuDomain
from sphinx_mmu.ext.registry import ASSETS, NO_ASSETS
from sphinx_mmu.views.base import digest


def targets(domain: MmuDomain) -> dict[str, str]:
    """Of each page with views its digest, once all pages are read."""
    domain.join()
    places = list(_moving_places(domain))
    moving = digest(
        [p for p in places if not _is_derived(domain, *p[:2])], _pages(domain)
    )
    derived = digest([p for p in places if _is_derived(domain, *p[:2])])
    return {
        docname: digest(*_parts(domain, docname, moving, derived))
        for docname in domain.data["views"]
    }


# --- of all pages


def _pages(domain: MmuDomain) -> tuple[object, ...]:
    """What views say of pages that they lead to: the explorer, that which compares, an index."""
    config = domain.env.config
    explorer, lists = _title(domain, config.mmu_explorer), domain.index_pages()
    return explorer, domain.explored(), domain.has_page(config.mmu_compare), lists[:1]


def _moving_places(domain: MmuDomain) -> Iterator[tuple[str, str, object]]:
    """Where terms and rows are. The page of a paper never moves: if it is removed, the views with
    it change.
    """
    for kind, name in domain.known():
        if kind != "paper":
            place = domain.place(kind, name)
            yield kind, name, place and place._replace(line=0)


def _is_derived(domain: MmuDomain, kind: str, name: str) -> bool:
    """Whether an object is a value of a derived facet: of many, to each of which few pages lead."""
    return kind == "term" and name.partition(":")[0] not in domain.library.facets


def _title(domain: MmuDomain, docname: str) -> str:
    titles = domain.env.titles
    return titles[docname].astext() if docname in titles else ""


# --- of one page


def _parts(
    domain: MmuDomain, docname: str, moving: str, derived: str
) -> Iterator[object]:
    requests = sorted(domain.requests(docname))
    if any(r.kind != "count" for r in requests):
        yield moving
    if any(r.kind == "index" or (r.kind == "papers" and r.facets) for r in requests):
        yield derived
    for beside in filter(None, domain.site.beside.get(docname, ())):
        yield beside, domain.facet_label(beside)
    yield from (
        domain.place("term", tag)
        for tag in sorted(domain.data["leads"].get(docname, ()))
    )
    loaded = sorted(set(filter(None, map(_records_of, requests))))
    yield from (domain.site.record_marks.get(name) for name in loaded)
    for request in requests:
        if request.kind == "paper":
            yield from _of_paper(domain, request.key)
        if request.kind == "count":
            yield domain.explores_all((request.filter,))


def _records_of(request: Any) -> str:
    """The collection whose records the page of a view loads, naming their checksum; empty without
    one.
    """
    if request.kind == "papers":
        return str(request.collection) if request.facets else ""
    return "papers" if ASSETS.get(request.kind, NO_ASSETS).records else ""


def _of_paper(domain: MmuDomain, key: str) -> Iterator[object]:
    for docname in domain.mentioned_in(key):
        yield docname, _title(domain, docname), domain.quotes(key, docname)
    yield domain.edit_url(key)
    yield domain.library.labels.get(key)
