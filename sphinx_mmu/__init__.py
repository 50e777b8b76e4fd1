"""Sphinx extension that turns tagged BibTeX into tables, catalogues and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__version__ = "0.1.0"


def setup(app: Sphinx) -> Any:
    """Sphinx's entry point, imported late so that the core needs no Sphinx."""
    from sphinx_mmu.ext import setup as setup_extension

    return setup_extension(app)
