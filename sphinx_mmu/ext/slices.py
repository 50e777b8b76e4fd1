"""Tables that are too long for one page: the first rows on it, all of them on further pages, plain and without script.

Rows that are the places of what they show, as in a catalogue, stay together: links lead to them. An explorer is cut
sooner than a plain table: a phone loads its records in a script, and would load them as rows a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import _

from sphinx_mmu.ext._shared import META, ROOT, esc
from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.views import Group, Request, View

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FIRST = 100
"""Rows that a sliced table shows on its own page."""
SLICE = 1000
"""Rows of each of its further pages."""
EXPLORED = 250
"""Rows that an explorer has on its own page at most."""


def sliced(domain: MmuDomain, view: View) -> bool:
    """Whether a table has more rows than ``mmu_table_inline_max`` (0: never). One document has them all."""
    given = domain.env.config.mmu_table_inline_max
    most = max(FIRST, min(given, EXPLORED) if view.request.facets else given)
    plain = view.request.format == "table" and not view.request.variant and len(view.groups) == 1
    return bool(given) and view.shown > most and plain and not domain.one_document


def slices(domain: MmuDomain, docname: str, view: View) -> Iterator[tuple[str, int, int]]:
    """The further pages of a table: docname, first row and row after the last, both from 0."""
    number = _sliced_on(domain, docname).index(view.request)
    base = _no_page(domain, f"{docname}-{number + 1}") if number else docname
    for page, start in enumerate(range(0, view.shown, SLICE), 1):
        yield _no_page(domain, f"{base}-page-{page}"), start, min(start + SLICE, view.shown)


def _no_page(domain: MmuDomain, name: str) -> str:
    """The name, or another where a page of the project has it: that page keeps its own."""
    while name in domain.env.found_docs:
        name += "-rows"
    return name


def _sliced_on(domain: MmuDomain, docname: str) -> list[Request]:
    requests = (Request(*r) for r in domain.data["views"].get(docname, ()))
    return [r for r in requests if r.kind == "papers" and sliced(domain, domain.views.of(r))]


def _all_sliced(domain: MmuDomain) -> Iterator[tuple[str, View]]:
    if domain.as_string:
        for docname in domain.data["views"]:
            yield from ((docname, domain.views.of(r)) for r in _sliced_on(domain, docname))


def pager(domain: MmuDomain, docname: str, view: View, current: str = "") -> str:
    """Links to the further pages."""
    items = []
    for name, start, end in slices(domain, docname, view):
        here = ' aria-current="page"' if name == current else ""
        text = f"{start + 1:,}–{end:,}" if end - start < view.shown else _("All %s in one table") % f"{end:,}"
        items.append(f'<li><a href="{esc(_address(domain, name))}"{here}>{esc(text)}</a></li>')
    name, head = esc(_("All rows, page by page")), esc(_("All rows"))
    return f'<nav class="mmu-pager" aria-label="{name}">{head} <ul>{"".join(items)}</ul></nav>'


def shown_link(domain: MmuDomain, docname: str, view: View) -> str:
    """How many rows a sliced table shows on its own page, and a link to the pages that show all."""
    name, *_rest = next(slices(domain, docname, view))
    link = f'<a href="{esc(_address(domain, name))}">{esc(_("all of them"))}</a>'
    return f"{esc(_('the first %d shown') % FIRST)} · {link}"


def _address(domain: MmuDomain, docname: str) -> str:
    return f"{ROOT}{domain.renderer.builder.get_target_uri(docname)}"


def collect_slices(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The further pages of all tables, as Sphinx collects them: name, context and template."""
    domain = domain_of(app.env)
    for docname, view in _all_sliced(domain):
        for name, start, end in slices(domain, docname, view):
            title = esc(f"{app.env.titles[docname].astext()}, {start + 1:,}–{end:,}")  # themes take titles for html
            table = domain.renderer.table(view, [Group((), view.groups[0].papers[start:end])], {})
            pages = pager(domain, docname, view, name)
            body = f'<h1>{title}</h1><div class="mmu-view">{table}{pages}</div>'
            yield name, {"title": title, "body": domain.renderer.relative(body, name), "metatags": META}, "page.html"


def remove_pages(app: Sphinx, exception: Exception | None) -> None:
    """Delete the written pages that the build made and would no longer make: Sphinx leaves them."""
    builder: Any = app.builder
    if exception or builder.format != "html" or builder.name == "singlehtml":
        return
    domain, out = domain_of(app.env), Path(app.outdir)
    wanted = {*app.env.found_docs, *(n for d, view in _all_sliced(domain) for n, *_ in slices(domain, d, view))}
    made = {*out.rglob("*-page-*.html"), *out.rglob("*-page-*/index.html")}
    made.update(path for folder in domain.folders for path in (out / folder).rglob("*.html"))
    for path in made - {Path(builder.get_outfilename(docname)) for docname in wanted}:
        if META in path.read_text("utf-8", "replace"):
            path.unlink()
            _remove_empty(path.parent, out)


def _remove_empty(folder: Path, out: Path) -> None:
    """Remove a folder without files, and those that only held it."""
    while folder != out and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
