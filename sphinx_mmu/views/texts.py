"""Views that are one text: the label of a role, a count, a BibTeX entry, the title of a made
page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_mmu.bib.writer import exported
from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.citation import STYLES
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.reference import cited_entry
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.views.base import View, ViewContext
from sphinx_mmu.views.terms import no_term


class CountRequest(NamedTuple):
    """The number of papers that match a filter."""

    kind: str = "count"
    filter: str = ""

    def view(self, context: ViewContext) -> View:
        """Count the papers that match."""
        found, problems = evaluate.select(
            (self.filter,), context.library.papers
        )
        count = found.bit_count()
        return View(self, count, f"{count:,}", problems, found=found)


class NameRequest(NamedTuple):
    """The text of a link to an entry: its name, title, authors or year, or its name in a
    catalogue.
    """

    kind: str = "name"
    key: str = ""
    part: str = "name"

    def view(self, context: ViewContext) -> View:
        """Name an entry."""
        paper = context.library.find(self.key)
        if paper is None:
            problem = no_entry(context.library, self.key)
            return View(self, problems=(problem,))
        text = _named(context.library, paper, self.part)
        return View(self, text=text or context.library.labels[paper.key])


class LabelRequest(NamedTuple):
    """The label of a term."""

    kind: str = "label"
    tag: str = ""

    def view(self, context: ViewContext) -> LabelView:
        """Give the label of a term."""
        term = context.library.vocabulary.term(self.tag)
        if term is None:
            problem = no_term(context.library, self.tag)
            return LabelView(
                self, problems=(problem,), derived_tags=(self.tag,)
            )
        return LabelView(self, text=term.label, tag=term.tag)


@dataclass(frozen=True)
class LabelView(View):
    """The label of a term, and its tag; without these if there is no such term."""

    tag: str = ""


class KeysRequest(NamedTuple):
    """The keys of all papers: which pages of papers there are."""

    kind: str = "keys"

    def view(self, context: ViewContext) -> View:
        """List the keys of all papers."""
        keys = [paper.key for paper in context.library.papers.papers]
        return View(self, len(keys), beside=keys)


class BibtexRequest(NamedTuple):
    """The BibTeX of an entry as readers cite it."""

    kind: str = "bibtex"
    key: str = ""

    def view(self, context: ViewContext) -> BibtexView:
        """Give the entry to cite: the fields that styles print, without tags and notes."""
        paper = context.library.find(self.key)
        if paper is None:
            return BibtexView(self)
        text = exported(
            cited_entry(paper), context.library.citekeys[paper.key]
        ).strip()
        references = tuple((n, style(paper)) for n, style in STYLES.items())
        return BibtexView(self, text=text, references=references)


class FacetPageRequest(NamedTuple):
    """The title of the page of a facet's value."""

    kind: str = "facet-page"
    tag: str = ""

    def view(self, context: ViewContext) -> View:
        """Give the title of the page of a value, which an open facet may have without a term."""
        name, _colon, value = self.tag.partition(":")
        facet = context.library.facet(name)
        text = (
            f"{facet.label}: {context.library.term_label(name, value)}"
            if facet
            else ""
        )
        names = (
            context.library.papers.venue_names(value) if name == "venue" else ()
        )
        words = context.library.vocabulary
        entry = words.benchmark_entry(value) if name == "results" else ""
        return View(self, text=text, beside=(names, entry))


class FeedsRequest(NamedTuple):
    """The list of all feeds."""

    kind: str = "feeds"

    def view(self, context: ViewContext) -> View:
        """List the values that have papers, with their labels."""
        library = context.library
        papers = library.papers
        found = []
        for name, facet in library.facets.items():
            used = [
                value
                for value in papers.values(name)
                if papers.tagged(name, value)
            ]
            found += [
                (facet.label, v, library.term_label(name, v)) for v in used
            ]
        return View(self, len(found), beside=found)


def no_entry(library: Library, key: str) -> Problem:
    """Make the problem of a key that no entry has."""
    hint = did_you_mean(key, [*library.labels])
    several = re.split(r"[\s,;]+", key)
    if len(several) > 1 and all(map(library.find, several)):
        hint = "write a role for each key"
    return Problem(
        Code.UNKNOWN_KEY, f"there is no entry {key!r}", key=key, hint=hint
    )


def _named(library: Library, paper: Paper, part: str) -> str:
    match part:
        case "title":
            return paper.title
        case "authors":
            return ", ".join(author.name for author in paper.authors)
        case "year":
            return str(paper.year or "")
    catalogue = library.vocabulary.catalogues.get(part)
    return paper.fields.get(catalogue.title, "") if catalogue else ""


@dataclass(frozen=True)
class BibtexView(View):
    """The BibTeX of an entry, and the reference as text with the name of each style."""

    references: tuple[tuple[str, str], ...] = ()
