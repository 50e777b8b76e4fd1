"""Downloads of papers: files for every explorer and facet page, and the script for a selection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_mmu import __version__
from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.ext.common.markup import ROOT, esc
from sphinx_mmu.ext.common.names import short_hash
from sphinx_mmu.ext.common.output_files import listed_mark, write_listed
from sphinx_mmu.ext.render.html_view import as_json
from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
from sphinx_mmu.ext.state.site import DownloadTable, Site
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import _
from sphinx_mmu.model.citation import STYLES
from sphinx_mmu.views.base import digest
from sphinx_mmu.views.papers import PapersRequest

FOLDER = "export"
FILES = tuple(name for name, form in FORMATS.items() if not form.copied)
"""The formats that are written as files for download; references are copied."""


def file_of(name: str, form: str) -> str:
    """The address of a file, from the root of the site; ``all`` is the name of all papers."""
    return f"{FOLDER}/{name}{FORMATS[form].suffix}"


def note_downloads(_app: Sphinx, env: BuildEnvironment) -> None:
    """Keep the tables whose papers can be downloaded."""
    domain = domain_of(env)
    domain.site.downloads = tuple(_download_tables(domain))


def _download_tables(domain: MmuDomain) -> Iterator[DownloadTable]:
    """Explorers, facet pages and tables of one value with a feed, in order, each with a name of its
    own: that of its page, and a number. Asked once all pages are read.
    """
    taken = {"all"}
    for docname in sorted(domain.data["views"]):
        found = [
            r
            for r in domain.requests_of(docname, PapersRequest)
            if r.facets
            or docname in domain.site.facet_pages
            or _followed(domain.site, r)
        ]
        for number, request in enumerate(found, 1):
            name = docname.replace("/", "-") + (
                f"-{number}" if number > 1 else ""
            )
            while name.casefold() in taken:
                name = f"{name}-{short_hash(f'{docname} {number}')}"
            taken.add(name.casefold())
            yield DownloadTable(name, docname, request)


def _followed(site: Site, request: PapersRequest) -> bool:
    """Whether a table has all papers of one value that has a feed."""
    whole = request.is_table and not request.limit
    return bool(whole and request.filters and site.feed_of(request))


def files_of(site: Site, docname: str, request: PapersRequest) -> str:
    """Links to the files of a table, empty if it has none."""
    for table in () if site.one_document else site.downloads:
        if table.page == docname and table.request == request:
            return _links(table.name)
    return ""


def _links(name: str) -> str:
    links = (
        f'<a href="{esc(ROOT + file_of(name, form))}" download>{esc(_(FORMATS[form].label))}</a>'
        for form in FILES
    )
    return (
        f'<p class="mmu-take-files">{esc(_("Download:"))} {" ".join(links)}</p>'
    )


def listing(domain: MmuDomain) -> list[dict[str, object]]:
    """The entries for the files in ``papers.json``."""
    found = [_listed("all", "", (), len(domain.library.papers))]
    for name, page, request in domain.site.downloads:
        count = domain.views.of(request).count
        found.append(_listed(name, page, request.filters, count))
    return found


def _listed(
    name: str, page: str, filters: tuple[str, ...], count: int
) -> dict[str, object]:
    files = {form: file_of(name, form) for form in FILES}
    about = {
        "name": name,
        "page": page,
        "filters": list(filters),
        "count": count,
    }
    return {**about, "files": files}


def write_files(app: Sphinx, domain: MmuDomain) -> None:
    """Write the files of the whole database and of every table that has downloads; remove those
    that are gone.
    """
    folder, library = Path(app.outdir) / FOLDER, domain.library
    known = dict(library.papers.by_key)
    lists = [("all", [paper.key for paper in library.papers.papers])]
    for name, _page, request in domain.site.downloads:
        keys = list(domain.views.of(request).keys)
        entries = library.collection(request.collection).by_key
        known.update((key, entries[key]) for key in keys)
        lists.append((name, keys))
    mark = digest(
        __version__, library.revision, list(library.facets.items()), lists
    )
    if listed_mark(folder) == mark:
        return
    texts = {}
    for form in (FORMATS[f] for f in FILES):
        pieces = {key: form.one(paper, library) for key, paper in known.items()}
        for name, keys in lists:
            chosen = [pieces[key] for key in dict.fromkeys(keys)]
            texts[f"{name}{form.suffix}"] = form.join(chosen, library)
    write_listed(folder, texts, mark)


def export_script(library: Library, collection: str) -> str:
    """A script with the piece of every paper of a collection in every form, in the order of the
    records.
    """
    papers = library.collection(collection).papers
    formats, pieces, references = {}, {}, {}
    for form in (FORMATS[f] for f in FILES):
        formats[form.name] = {
            "label": _(form.label),
            "suffix": form.suffix,
            "type": form.media_type,
            "head": form.head(library),
            "glue": form.separator,
            "tail": form.tail,
        }
        pieces[form.name] = [form.one(paper, library) for paper in papers]
    for name, style in STYLES.items():
        references[name] = [style(paper) for paper in papers]
    data = {"formats": formats, "pieces": pieces, "references": references}
    quoted = as_json(data).replace("\\", r"\\").replace("'", r"\'")
    return f"(window.mmu??={{}}).{collection}Export=JSON.parse('{quoted}');\n"


def setup(app: Sphinx) -> None:
    """Connect to when all pages are read."""
    app.connect("env-updated", note_downloads, priority=900)
