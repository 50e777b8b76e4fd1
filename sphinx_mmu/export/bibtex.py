"""Papers as BibTeX."""

from __future__ import annotations

from sphinx_mmu.bib import writer
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import reference
from sphinx_mmu.model.paper import Paper


def bibtex(paper: Paper, library: Library) -> str:
    """The fields that other programs know, written anew, whatever the file looks like: other
    programs read less of what is faulty than we do.
    """
    return writer.exported(
        reference.exported_entry(paper), library.citekeys.get(paper.key, "")
    )


def bibtex_all(paper: Paper, library: Library) -> str:
    """All published fields, tags and notes among them."""
    return writer.exported(paper.entry, library.citekeys.get(paper.key, ""))
