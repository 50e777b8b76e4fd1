"""Tables that are too long for one page: the first rows on it, all of them on further pages, plain
and without script.

Rows that are the places of what they show, as in a catalogue, stay together: links lead to them. An
explorer is cut sooner than a plain table: a phone loads its records in a script, and would load
them as rows a second time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from sphinx_mmu.ext.common.markup import ROOT, esc
from sphinx_mmu.ext.state.domain import MmuDomain
from sphinx_mmu.messages import _
from sphinx_mmu.views.papers import PapersRequest, PapersView

FIRST = 100
"""Rows that a paged table shows on its own page."""
PER_PAGE = 1000
"""Rows of each of its further pages."""
EXPLORED = 250
"""Rows that an explorer has on its own page at most."""


def is_paged(domain: MmuDomain, view: PapersView) -> bool:
    """Whether a table has more rows than fit on its page."""
    most = _most(domain, view.request)
    return view.shown > most and len(view.groups) == 1


def _most(domain: MmuDomain, request: PapersRequest) -> float:
    """How many rows fit on the page of a table: ``mmu_table_inline_max`` (0: any number). One
    document has them all.
    """
    given: int = domain.env.config.mmu_table_inline_max
    plain = request.is_table and not request.catalogue
    if not given or not plain or domain.site.one_document:
        return math.inf
    return max(FIRST, min(given, EXPLORED) if request.facets else given)


def further_pages(
    domain: MmuDomain, docname: str, view: PapersView
) -> Iterator[tuple[str, int, int]]:
    """The further pages of a table: docname, first row and row after the last, both from 0."""
    number = _paged_on(domain, docname).index(view.request)
    base = _no_page(domain, f"{docname}-{number + 1}") if number else docname
    for page, start in enumerate(range(0, view.shown, PER_PAGE), 1):
        name = _no_page(domain, f"{base}-page-{page}")
        yield name, start, min(start + PER_PAGE, view.shown)


def _no_page(domain: MmuDomain, name: str) -> str:
    """The name, or another where a page of the project has it: that page keeps its own."""
    while name in domain.env.found_docs:
        name += "-rows"
    return name


def _paged_on(domain: MmuDomain, docname: str) -> list[PapersRequest]:
    """The tables with further pages on a page. A view is asked for only if there are as many
    papers.
    """
    found = []
    for request in domain.requests_of(docname, PapersRequest):
        papers = domain.library.collection(request.collection)
        long = len(papers) > _most(domain, request)
        if long and is_paged(domain, domain.views.of(request)):
            found.append(request)
    return found


def all_paged(domain: MmuDomain) -> Iterator[tuple[str, PapersView]]:
    """Every table with further pages, with the page that it is on."""
    for docname in domain.data["views"] if domain.site.is_html else ():
        for request in _paged_on(domain, docname):
            yield docname, domain.views.of(request)


def pager(
    domain: MmuDomain, docname: str, view: PapersView, current: str = ""
) -> str:
    """Links to the further pages."""
    items = ""
    for name, start, end in further_pages(domain, docname, view):
        here = ' aria-current="page"' if name == current else ""
        text = f"{start + 1:,}–{end:,}"
        if end - start == view.shown:
            text = _("All {n} in one table", n=f"{end:,}")
        items += (
            f'<li><a href="{_address(domain, name)}"{here}>{esc(text)}</a></li>'
        )
    name, head = esc(_("All rows, page by page")), esc(_("All rows"))
    return f'<nav class="mmu-pager" aria-label="{name}">{head} <ul>{items}</ul></nav>'


def shown_link(domain: MmuDomain, docname: str, view: PapersView) -> str:
    """How many rows a paged table shows on its own page, and a link to the pages that show all."""
    name, *_rest = next(further_pages(domain, docname, view))
    link = f'<a href="{_address(domain, name)}">{esc(_("all of them"))}</a>'
    return f"{esc(_('the first {n} shown', n=FIRST))} · {link}"


def _address(domain: MmuDomain, docname: str) -> str:
    return esc(ROOT + domain.site.address(docname))
