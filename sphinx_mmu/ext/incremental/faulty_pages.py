"""Pages with mistakes, which each build reads or writes again until they are corrected.

Sphinx prints a warning when it reads or writes a page, and then leaves the page alone until it
changes: its author would see the warning once. This is for pages that have something of this
extension, or a warning about it.
"""

from __future__ import annotations

import logging

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import NAMESPACE, is_suppressed_warning

from sphinx_mmu.ext.state.domain import domain_of


class FaultyPages(logging.Handler):
    """Notes the pages that warnings are about, while pages are read and while they are written."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.app = app
        self.pages: set[str] = set()
        self.undecided: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Note the page that is being read, or else the one that the warning names."""
        kind = str(getattr(record, "type", ""))
        subtype = str(getattr(record, "subtype", ""))
        off = self.app.config.suppress_warnings
        if is_suppressed_warning(kind, subtype, off):
            return
        docname = self._page(getattr(record, "location", None))
        about_us = kind == "mmu" or "mmu" in record.getMessage()
        if docname:
            ours = about_us or self._is_ours(docname)
            (self.pages if ours else self.undecided).add(docname)

    def _page(self, location: object) -> str:
        env: BuildEnvironment | None = getattr(self.app, "env", None)
        if env is None:
            return ""
        if reading := env.current_document.docname:
            return str(reading)
        if isinstance(location, tuple):
            return str(location[0] or "")
        if isinstance(location, nodes.Node):
            location = location.source
        path, *_line = str(location or "").split(":", 1)
        return path if path in env.found_docs else env.path2doc(path) or ""

    def _is_ours(self, docname: str) -> bool:
        return docname in domain_of(self.app.env).data["views"]

    def end_reading(self, _app: Sphinx, env: BuildEnvironment) -> None:
        """Let the next build read the pages again that had a warning when they were read."""
        # known only now: a warning can come before what a page has of ours has been read, and from
        # another process it always does
        self.pages.update(filter(self._is_ours, self.undecided))
        domain_of(env).data["faults"].update(dict.fromkeys(self.pages, True))

    def begin_writing(self, _app: Sphinx, _builder: Builder) -> None:
        """Forget them: what has a warning when it is written need not be read again."""
        self.pages.clear()


def listen(app: Sphinx) -> FaultyPages:
    """Listen to all warnings of this build."""
    found = FaultyPages(app)
    logging.getLogger(NAMESPACE).addHandler(found)
    app.connect("env-updated", found.end_reading)
    app.connect("write-started", found.begin_writing)
    return found
