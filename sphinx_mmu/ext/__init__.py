"""The Sphinx side, in parts that each register what they have and connect to Sphinx's events."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_mmu import __version__
from sphinx_mmu.ext import config, latex, roles, view_node
from sphinx_mmu.ext.citations import bibtex
from sphinx_mmu.ext.incremental import output, sources
from sphinx_mmu.ext.kinds import every
from sphinx_mmu.ext.pages import (
    feeds,
    machines,
    made,
    metadata,
    page_assets,
    paging_files,
    search,
    site_files,
    stubs,
)
from sphinx_mmu.ext.render import downloads, responsive_tables
from sphinx_mmu.ext.state import domain, explorers

PARTS = (
    config,
    domain,
    sources,  # loads the library, before what is made from it
    roles,
    bibtex,
    every,
    view_node,
    responsive_tables,
    latex,
    stubs,
    made,
    feeds,  # before tables that have a file because they have a feed
    downloads,
    explorers,
    site_files,  # after feeds, which the records name
    metadata,
    paging_files,
    page_assets,
    search,
    machines,
    output,
)
"""The parts, in the order in which their handlers of one event and priority run.

Other priorities than Sphinx's own are ``builder-inited`` 100, before sphinxcontrib-bibtex reads its
files; ``doctree-read`` 800, after the collectors of metadata and titles; ``env-updated`` 900, when
labels of citations are known; ``html-page-context`` 400, ahead of sphinxext.opengraph, which reads
the description there; ``build-finished`` 900, after sphinx-sitemap. Those of ``output`` are first
and last, around all that changes the output.
"""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything."""
    for part in PARTS:
        part.setup(app)
    return {
        "version": __version__,
        "env_version": 5,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
