"""Papers in the forms that other programs read: BibTeX, RIS, CSL-JSON, CSV, Markdown, and
references as text.

Every form is made of pieces, one a paper, which need nothing but a head, a separator and a tail to
be a whole file: a page can hold the pieces and put together a file for any selection. Line ends are
part of the text (RIS and CSV ask for CR LF), so write it as it is.

What all forms share: the date of a reference is that of its publication; the first public version,
where it is another, is given separately. An author list that ends in 'and others' ends in the name
``others``, which reference managers and citation processors know from BibTeX.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sphinx_mmu.export._shared import CRLF
from sphinx_mmu.export.bibtex import bibtex, bibtex_all
from sphinx_mmu.export.csl_json import csl
from sphinx_mmu.export.markdown import markdown
from sphinx_mmu.export.papers_csv import csv_head, csv_row
from sphinx_mmu.export.ris import ris
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import marked
from sphinx_mmu.model.citation import STYLES
from sphinx_mmu.model.paper import Paper


@dataclass(frozen=True, slots=True)
class Format:
    """One form: ``one`` makes the piece of a paper, and pieces make a file. ``copied``: its pieces
    are references, which pages offer to copy and not as a file.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    one: Callable[[Paper, Library], str]
    head: Callable[[Library], str] = lambda _: ""
    separator: str = ""
    tail: str = ""
    copied: bool = False

    def join(self, pieces: Iterable[str], library: Library) -> str:
        """The file that consists of these pieces."""
        return f"{self.head(library)}{self.separator.join(pieces)}{self.tail}"

    def whole(self, papers: Iterable[Paper], library: Library) -> str:
        """The file of these papers."""
        return self.join(
            (self.one(paper, library) for paper in papers), library
        )


def _references(style: str) -> Format:
    """References in a style, one a line."""
    name = style.lower()
    return Format(
        name,
        style,
        f".{name}.txt",
        "text/plain",
        lambda paper, _: f"{STYLES[style](paper)}\n",
        copied=True,
    )


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format(
            "bibtex",
            "BibTeX",
            ".bib",
            "application/x-bibtex",
            bibtex,
            separator="\n",
        ),
        Format(
            "bibtex-all",
            marked("BibTeX with tags"),
            ".tags.bib",
            "application/x-bibtex",
            bibtex_all,
            separator="\n",
        ),
        Format(
            "ris",
            "RIS",
            ".ris",
            "application/x-research-info-systems",
            ris,
            separator=CRLF,
        ),
        Format(
            "csl-json",
            "CSL-JSON",
            ".csl.json",
            "application/vnd.citationstyles.csl+json",
            csl,
            lambda _: "[\n",
            ",\n",
            "\n]\n",
        ),
        Format("csv", "CSV", ".csv", "text/csv", csv_row, csv_head),
        Format("markdown", "Markdown", ".markdown", "text/markdown", markdown),
        *map(_references, STYLES),
    )
}
"""Every form by its name, in the order in which readers are offered them, on the command line and
as files of the site. All are UTF-8.

Markdown is not ``.md``: Sphinx would take such a file for a page where the output lies among the
sources.
"""
