"""Pages to rewrite without re-reading, because links, labels or mentions have changed.

Of each output (a builder and its folder), a state file among the doctrees contains a digest of what
each page was written with. It is deleted when a build begins and saved when the output is complete.
A build that finds none, since the last one was killed or failed, writes every page.
"""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinx_mmu.ext.citations.bibtex import citation_labels
from sphinx_mmu.ext.common.output_files import write_if_changed
from sphinx_mmu.ext.incremental.faulty_pages import (
    FaultyPages,
    listen,
)
from sphinx_mmu.ext.incremental.targets import targets
from sphinx_mmu.ext.pages.metadata import data_meta
from sphinx_mmu.ext.pages.site_files import colours_css
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.files import remove_parts
from sphinx_mmu.views.base import digest


class Output:
    """The state of one output while a build is under way: docname → digest of what a page was
    written with, in the last build (``old``) and in this one (``new``).
    """

    def __init__(self, faulty: FaultyPages) -> None:
        self.faulty = faulty
        self.file = Path()
        self.started = 0.0
        self.whole = False
        self.old: dict[str, str] = {}
        self.new: dict[str, str] = {}
        self.written: set[str] = set()

    def begin(self, app: Sphinx) -> None:
        """Load and delete the state file, before anything of the output changes."""
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
        """Save the state file if the output is complete."""
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


def setup(app: Sphinx) -> None:
    """Connect first and last, around all that changes the output."""
    output = Output(listen(app))
    app.connect("builder-inited", output.begin, priority=0)
    app.connect("env-updated", output.stale_pages, priority=910)
    app.connect("write-started", output.drop_index)
    app.connect("doctree-resolved", output.note_written)
    app.connect("build-finished", output.end, priority=999)
