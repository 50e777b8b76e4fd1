"""What views and pages are made from, read at the beginning of a build, and the pages for which
this has changed.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import chain
from pathlib import Path

import pybtex
import pylatexenc
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_mmu.bib.reader import LONGEST_FILE
from sphinx_mmu.ext.common.reporting import warn
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.ext.state.site import Site
from sphinx_mmu.files import read_file
from sphinx_mmu.library.library import Library
from sphinx_mmu.views.base import digest
from sphinx_mmu.views.kinds import Views


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


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Disable garbage collection while many objects are made that last as long as the build: each
    collection would traverse all of them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def load(app: Sphinx) -> None:
    """Load the database, and report what is wrong with it."""
    config, root = app.config, Path(app.confdir)
    files = {
        "papers": config.mmu_bibfiles,
        "datasets": config.mmu_dataset_bibfiles,
        "background": config.mmu_background_bibfiles,
        "vocabulary": config.mmu_vocabulary,
        "results": config.mmu_results,
    }
    source = source_mark(
        map(root.joinpath, chain.from_iterable(files.values()))
    )
    with uncollected():
        library = Library.load(
            **files, root=root, publish=config.mmu_publish_fields
        )
    for problem in library.problems:
        warn(problem)
    domain_of(app.env).site = Site(app.builder, Views(library), source)


def outdated(
    app: Sphinx, env: BuildEnvironment, *_changes: object
) -> list[str]:
    """Pages whose views are out of date, and those that a killed build read."""
    with uncollected():
        return sorted(domain_of(env).outdated() | unstored_pages(app, env))


def setup(app: Sphinx) -> None:
    """Connect to the beginning of a build."""
    app.connect("builder-inited", load)
    app.connect("env-get-outdated", outdated)
