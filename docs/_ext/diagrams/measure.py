"""How wide words are: the one thing that is taken from the package."""

from sphinx_mmu.figures.svg import num, width, wrap

__all__ = ["num", "width", "wrap"]
