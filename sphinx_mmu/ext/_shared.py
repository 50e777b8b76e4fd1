"""What every part of the extension needs: warnings that carry a code and a place."""

from __future__ import annotations

from typing import Any

from sphinx.util import logging

from sphinx_mmu.problems import Problem

logger = logging.getLogger("sphinx_mmu")

PAGE_MARK = "Made by sphinx_mmu from the bibliography; edit the entry instead."
"""Stands in every stub of a paper page. A file without it is never removed or overwritten."""

ROOT = "\x01"
"""Stands in cached html for the way from the page to the site's root."""


def warn(problem: Problem, location: Any = None) -> None:
    """One Sphinx warning of type ``mmu.<code>``, at the problem's own place or at the one given.

    The place of a problem in a file is passed as a string: Sphinx takes the first item of a tuple for a docname.
    """
    logger.warning(
        "%s",
        problem.text,
        type="mmu",
        subtype=problem.code.slug,
        location=problem.location or location,
    )
