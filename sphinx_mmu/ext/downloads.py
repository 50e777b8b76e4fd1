"""Downloads of papers: files for every explorer and facet page, and the script for a selection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_mmu import __version__
from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.ext._shared import ROOT, esc, listed_mark, short_hash, write_listed
from sphinx_mmu.ext.html_view import only_tag
from sphinx_mmu.messages import _
from sphinx_mmu.views.base import digest
from sphinx_mmu.views.papers import PapersRequest, PapersView

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_mmu.ext.domain import MmuDomain
    from sphinx_mmu.library.collection import Collection
    from sphinx_mmu.library.library import Library

FOLDER = "export"
FILES = tuple(name for name, form in FORMATS.items() if form.media_type != "text/plain")
"""The formats that are written as files for download; references are copied."""


def file_of(name: str, form: str) -> str:
    """The address of a file, from the root of the site; ``all`` is the name of all papers."""
    return f"{FOLDER}/{name}{FORMATS[form].suffix}"


class Ready(NamedTuple):
    """A view whose papers can be downloaded as files: the name of the files without suffix, and the
    view.
    """

    name: str
    page: str
    view: PapersView


def ready_views(domain: MmuDomain) -> tuple[Ready, ...]:
    """Explorers, facet pages and tables of one value, in order, each with a name of its own: that
    of its page, and a number. Asked once all pages are read.
    """
    if domain.site.ready is None:
        domain.site.ready = tuple(_ready_views(domain))
    return domain.site.ready


def _ready_views(domain: MmuDomain) -> Iterator[Ready]:
    taken = {"all"}
    for docname in sorted(domain.data["views"]):
        shown = domain.requests(docname)
        found = [
            r
            for r in shown
            if r.kind == "papers"
            and (r.facets or docname in domain.site.facet_pages or _of_one_value(r))
        ]
        for number, request in enumerate(found, 1):
            name = docname.replace("/", "-") + (f"-{number}" if number > 1 else "")
            while name.casefold() in taken:
                name = f"{name}-{short_hash(f'{docname} {number}')}"
            taken.add(name.casefold())
            yield Ready(name, docname, domain.views.of(request))


def _of_one_value(request: PapersRequest) -> bool:
    """Whether a table has all papers of one value."""
    whole = request.format == "table" and not request.limit
    return whole and request.collection == "papers" and bool(only_tag(request.filters))


def files_of(domain: MmuDomain, docname: str, request: PapersRequest) -> str:
    """Links to the files of a view, empty if it has none."""
    if domain.site.one_document:
        return ""
    name = next(
        (
            r.name
            for r in ready_views(domain)
            if r.page == docname and r.view.request == request
        ),
        "",
    )
    return _links(name) if name else ""


def _links(name: str) -> str:
    links = (
        f'<a href="{esc(ROOT + file_of(name, form))}" download>{esc(_(FORMATS[form].label))}</a>'
        for form in FILES
    )
    return f'<p class="mmu-take-files">{esc(_("Take away:"))} {" ".join(links)}</p>'


def listing(domain: MmuDomain) -> list[dict[str, object]]:
    """The entries for the files in ``papers.json``."""
    lists: list[tuple[str, str, list[str], int]] = [
        ("all", "", [], len(domain.library.papers))
    ]
    lists += [
        (r.name, r.page, list(r.view.request.filters), r.view.count)
        for r in ready_views(domain)
    ]
    return [
        {
            "name": name,
            "page": page,
            "filters": filters,
            "count": count,
            "files": {form: file_of(name, form) for form in FILES},
        }
        for name, page, filters, count in lists
    ]


def write_files(app: Sphinx, domain: MmuDomain) -> None:
    """Write the files of the whole database and of every ready view; remove those of views that are
    gone.
    """
    folder, library = Path(app.outdir) / FOLDER, domain.library
    lists = [("all", library.papers.papers)]
    for ready in ready_views(domain):
        entries = library.collection(ready.view.request.collection).by_key
        lists.append((ready.name, tuple(entries[key] for key in ready.view.keys)))
    keys = [(name, [p.key for p in papers]) for name, papers in lists]
    mark = digest(__version__, library.revision, list(library.facets.items()), keys)
    if listed_mark(folder) == mark:
        return
    texts = {}
    for form in (FORMATS[f] for f in FILES):
        pieces: dict[str, str] = {}
        for name, papers in lists:
            for paper in papers:
                if paper.key not in pieces:
                    pieces[paper.key] = form.one(paper, library)
            chosen = [pieces[key] for key in dict.fromkeys(p.key for p in papers)]
            texts[f"{name}{form.suffix}"] = form.join(chosen, library)
    write_listed(folder, texts, mark)


def export_script(library: Library, collection: Collection, name: str) -> str:
    """A script with the piece of every paper in every form, in the order of the records."""
    data = {
        "formats": {
            form.name: {
                "label": _(form.label),
                "suffix": form.suffix,
                "type": form.media_type,
                "head": form.head(library),
                "glue": form.separator,
                "tail": form.tail,
            }
            for form in FORMATS.values()
            if form.name in FILES
        },
        "pieces": {
            form: [FORMATS[form].one(p, library) for p in collection.papers]
            for form in FILES
        },
        "references": {
            FORMATS[style].label: [
                FORMATS[style].one(p, library).strip() for p in collection.papers
            ]
            for style in ("apa", "acl")
        },
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    quoted = text.replace("\\", r"\\").replace("'", r"\'")
    return f"(window.mmu??={{}}).{name}Export=JSON.parse('{quoted}');\n"
