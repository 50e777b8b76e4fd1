"""Problems as warnings of Sphinx."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sphinx.util import logging

from sphinx_mmu.problems import Problem

logger = logging.getLogger("sphinx_mmu")


def warn(problem: Problem, location: Any = None) -> None:
    """One Sphinx warning of type ``mmu.<code>``, at the problem's own place or at the one given.

    The place of a problem in a file is passed as a string with a colon: Sphinx takes the first item
    of a tuple, and a string without a colon, for a docname.
    """
    if problem.file:
        location = replace(problem, line=problem.line or 1).location
    named = {"type": "mmu", "subtype": problem.code.slug, "location": location}
    logger.warning("%s", problem.text, **named)
