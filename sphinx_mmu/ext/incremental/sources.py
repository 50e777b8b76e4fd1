"""What views and pages are made from, and pages that a killed build read."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import pybtex
import pylatexenc
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_mmu.bib.reader import LONGEST_FILE
from sphinx_mmu.files import read_file
from sphinx_mmu.views.base import digest


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
