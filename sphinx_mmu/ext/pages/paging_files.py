"""Writes the further pages of tables that are too long for one page, and deletes those that are
gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from sphinx_mmu.ext.common.markup import META, esc
from sphinx_mmu.ext.kinds.papers_html import table_html
from sphinx_mmu.ext.render.html_view import Renderer
from sphinx_mmu.ext.render.paging import all_paged, further_pages, pager
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.views.papers import Group


def collect_further_pages(
    app: Sphinx,
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The further pages of all tables, as Sphinx collects them: name, context and template."""
    domain = domain_of(app.env)
    renderer = Renderer(domain)
    for docname, view in all_paged(domain):
        for name, start, end in further_pages(domain, docname, view):
            # themes take titles for html
            title = esc(f"{domain.title(docname)}, {start + 1:,}–{end:,}")
            rows = Group((), view.groups[0].rows[start:end])
            table = table_html(renderer, view, [rows], {})
            pages = pager(domain, docname, view, name)
            body = f'<h1>{title}</h1><div class="mmu-view">{table}{pages}</div>'
            text = renderer.relative(body, name)
            yield (
                name,
                {"title": title, "body": text, "metatags": META},
                "page.html",
            )


def remove_pages(app: Sphinx, exception: Exception | None) -> None:
    """Delete the written pages that the build made and would no longer make: Sphinx leaves them."""
    domain = domain_of(app.env)
    if exception or not domain.site.has_pages:
        return
    builder: Any = app.builder
    out, wanted = Path(app.outdir), set(app.env.found_docs)
    for docname, view in all_paged(domain):
        wanted.update(
            name for name, *_rows in further_pages(domain, docname, view)
        )
    made = {*out.rglob("*-page-*.html"), *out.rglob("*-page-*/index.html")}
    for folder in domain.site.folders:
        made.update((out / folder).rglob("*.html"))
    for path in made - {
        Path(builder.get_outfilename(docname)) for docname in wanted
    }:
        if META in path.read_text("utf-8", "replace"):
            path.unlink()
            _remove_empty(path.parent, out)


def _remove_empty(folder: Path, out: Path) -> None:
    """Remove an empty folder, and its parents if they are empty then."""
    while folder != out and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def setup(app: Sphinx) -> None:
    """Connect to what writes further pages, and to the end."""
    app.connect("html-collect-pages", collect_further_pages)
    app.connect("build-finished", remove_pages, priority=900)
