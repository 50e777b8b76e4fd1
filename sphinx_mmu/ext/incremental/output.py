"""Pages to rewrite without re-reading, because links, labels or mentions have changed.

An output, a builder and its folder, remembers what each of its pages was written with. Its memory
is a file among the doctrees, deleted when a build begins and written again when the output is
complete. A build that finds none, since the last one was killed or failed, writes every page.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import pybtex
import pylatexenc
from docutils import nodes
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinx_mmu.bib.reader import LONGEST_FILE
from sphinx_mmu.export.feeds import Feed
from sphinx_mmu.ext.citations.bibtex import citation_labels
from sphinx_mmu.ext.common.output_files import write_if_changed
from sphinx_mmu.ext.incremental.faulty_pages import (
    FaultyPages,
    setup_faulty_pages,
)
from sphinx_mmu.ext.pages.metadata import data_meta
from sphinx_mmu.ext.pages.site_files import colours_css
from sphinx_mmu.ext.render.registry import RENDERINGS
from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
from sphinx_mmu.ext.state.explorers import (
    explored,
    explorers,
    explores_all,
    explores_some,
    index_pages,
)
from sphinx_mmu.files import read_file, remove_parts
from sphinx_mmu.filters.conditions import condition, only_tag
from sphinx_mmu.filters.evaluate import select
from sphinx_mmu.views.base import Request, digest
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.terms import TermsRequest
from sphinx_mmu.views.texts import CountRequest


class Output:
    """The memory of one output while a build is under way: marks of pages, as docname → digest."""

    def __init__(self, faulty: FaultyPages) -> None:
        self.faulty = faulty
        self.file = Path()
        self.started = 0.0
        self.whole = False
        self.old: dict[str, str] = {}
        self.new: dict[str, str] = {}
        self.written: set[str] = set()

    def begin(self, app: Sphinx) -> None:
        """Take the memory away, before anything of the output changes."""
        self.started = time.time()
        name = digest(app.builder.name, str(app.outdir))
        self.file = Path(app.doctreedir) / f"mmu-outputs/{name}.json"
        with contextlib.suppress(OSError, ValueError):
            self.old = json.loads(self.file.read_bytes())
            self.whole = True
        self.file.unlink(missing_ok=True)
        if not self.whole:  # Sphinx cannot read one that is empty
            (Path(app.outdir) / ".buildinfo").unlink(missing_ok=True)

    def drop_index(self, app: Sphinx, builder: Builder) -> None:
        """Delete the search index if all pages are written: Sphinx would keep the words of old
        ones.
        """
        name = getattr(builder, "searchindex_filename", None)
        if not self.whole and name:
            (Path(app.outdir) / name).unlink(missing_ok=True)

    def stale_pages(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Pages written with other links, labels, heads or style sheets, or after another
        reading.
        """
        domain = domain_of(env)
        if domain.site.one_document:  # always written whole
            return []
        # pages name the checksum of their style sheet
        sheet = colours_css(domain) if domain.site.is_html else ""
        led, labels = targets(domain), citation_labels(env)
        heads = {app.config.root_doc: data_meta(app)}
        for d in sorted(env.found_docs):
            known = (
                led.get(d),
                labels.get(d),
                heads.get(d),
                env.all_docs.get(d),
                domain.site.other_projects.get(d),
            )
            self.new[d] = digest(sheet, *known)
        return [d for d, mark in self.new.items() if self.old.get(d) != mark]

    def note_written(
        self, _app: Sphinx, _doctree: nodes.document, docname: str
    ) -> None:
        """Remember that a page is written: a build of named files leaves out others."""
        self.written.add(docname)

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Put the memory back: the output is whole."""
        if exception:
            return
        if not self.whole:
            made = (
                Path(app.srcdir) / name
                for name in domain_of(app.env).site.folders
            )
            for folder in (Path(app.outdir), Path(app.doctreedir), *made):
                remove_parts(folder, self.started)
        marks = {}
        for docname, mark in self.new.items():
            written = docname in self.written
            whole = mark if written else self.old.get(docname, "")
            marks[docname] = "" if docname in self.faulty.pages else whole
        write_if_changed(self.file, json.dumps(marks))


# --- where the links of pages lead, and who mentions their papers


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
        explored(domain),
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
    kinds = {request.kind for request in requests}
    filtered = {request.collection for request in explorers(domain, docname)}
    if kinds - {"count"}:
        yield moving
    if filtered or "index" in kinds:
        yield derived
    for beside in filter(None, domain.site.beside.get(docname, ())):
        yield beside, domain.facet_label(beside)
    for tag in sorted(domain.data["leads"].get(docname, ())):
        yield domain.places.best("term", tag)
    # the page names the checksum of the records that it loads
    loaded = filtered | (
        {"papers"} if any(RENDERINGS[k].records for k in kinds) else set()
    )
    yield from map(domain.site.record_marks.get, sorted(loaded))
    for tag in domain.places.terms_of(docname):
        yield _said_of(domain.site.feeds.get(tag))
    for request in requests:
        if request.kind == "papers":
            tag = only_tag(request.filters)
            yield _said_of(domain.site.feed_of(request, tag))
        if request.kind == "paper":
            yield from _of_paper(domain, request.key)
        for filters in _counted(domain, request):
            found, _problems = select(filters, domain.library.papers)
            yield explores_all(domain.site, found)


def _counted(domain: MmuDomain, request: Request) -> Iterator[tuple[str, ...]]:
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


# --- what is read again


def source_mark(paths: Iterable[Path]) -> str:
    """A digest of what views are made from, taken before it is read: these files, which the
    settings name, and the code. Where it is that of the last build, no view is made anew.
    """
    package = Path(__file__).parents[2]
    code = sorted((*package.rglob("*.py"), *package.rglob("*.lark")))
    contents = list(map(_content_mark, (*code, *paths)))
    return digest(
        sys.version, pybtex.__version__, pylatexenc.__version__, contents
    )


def _content_mark(path: Path) -> bytes:
    """A digest of a file; nothing where it cannot be read, which the library reports."""
    try:
        return blake2b(read_file(path, LONGEST_FILE)).digest()
    except OSError:
        return b""


def unstored_pages(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Pages with a doctree newer than the stored environment: a build read them and was killed."""
    folder = Path(app.doctreedir)
    try:
        stored = (folder / ENV_PICKLE_FILENAME).stat().st_mtime_ns
    except FileNotFoundError:  # all pages are read
        return set()
    found = set()
    for docname in env.all_docs:
        with contextlib.suppress(FileNotFoundError):  # Sphinx sees to it
            if (folder / f"{docname}.doctree").stat().st_mtime_ns > stored:
                found.add(docname)
    return found


def setup_incremental(app: Sphinx) -> None:
    """Connect first and last, around all that changes the output."""
    output = Output(setup_faulty_pages(app))
    app.connect("builder-inited", output.begin, priority=0)
    app.connect("env-updated", output.stale_pages, priority=910)
    app.connect("write-started", output.drop_index)
    app.connect("doctree-resolved", output.note_written)
    app.connect("build-finished", output.end, priority=999)
