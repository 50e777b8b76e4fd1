"""Where the links of pages lead and who mentions their papers, as a digest of each page: where it
differs from that of the last build, the page is written again.
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_mmu.ext.domain import MmuDomain
from sphinx_mmu.ext.registry import ASSETS
from sphinx_mmu.views.base import digest


def targets(domain: MmuDomain) -> dict[str, str]:
    """Of each page with views its digest, once all pages are read."""
    domain.join()
    moving: list[object] = []
    derived: list[object] = []
    for kind, name in domain.known():
        # the page of a paper never moves: if it is removed, the views with it change
        if kind != "paper":
            place = domain.place(kind, name)
            found = derived if _is_derived(domain, kind, name) else moving
            found.append((kind, name, place and place._replace(line=0)))
    marks = digest(moving, _pages(domain)), digest(derived)
    return {
        docname: digest(*_parts(domain, docname, *marks))
        for docname in domain.data["views"]
    }


# --- of all pages


def _pages(domain: MmuDomain) -> tuple[object, ...]:
    """What views say of pages that they lead to: the explorer, that which compares, an index."""
    config = domain.env.config
    explorer, lists = domain.title(config.mmu_explorer), domain.index_pages()
    return explorer, domain.explored(), domain.has_page(config.mmu_compare), lists[:1]


def _is_derived(domain: MmuDomain, kind: str, name: str) -> bool:
    """Whether an object is a value of a derived facet: of many, to each of which few pages lead."""
    return kind == "term" and name.partition(":")[0] not in domain.library.facets


# --- of one page


def _parts(
    domain: MmuDomain, docname: str, moving: str, derived: str
) -> Iterator[object]:
    requests = sorted(domain.requests(docname))
    kinds = {request.kind for request in requests}
    explored = {request.collection for request in domain.explorers(docname)}
    if kinds - {"count"}:
        yield moving
    if explored or "index" in kinds:
        yield derived
    for beside in filter(None, domain.site.beside.get(docname, ())):
        yield beside, domain.facet_label(beside)
    for tag in sorted(domain.data["leads"].get(docname, ())):
        yield domain.place("term", tag)
    # the page names the checksum of the records that it loads
    loaded = explored | ({"papers"} if any(ASSETS[k].records for k in kinds) else set())
    yield from map(domain.site.record_marks.get, sorted(loaded))
    for request in requests:
        if request.kind == "paper":
            yield from _of_paper(domain, request.key)
        if request.kind == "count":
            yield domain.explores_all((request.filter,))


def _of_paper(domain: MmuDomain, key: str) -> Iterator[object]:
    for docname in domain.mentioned_in(key):
        yield docname, domain.title(docname), domain.quotes(key, docname)
    yield domain.edit_url(key)
    yield domain.library.labels.get(key)
