"""The index of the site's search, written at the end of a build. It is also written if no page was
read, because labels or places may have changed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from sphinx.application import Sphinx

from sphinx_mmu.export.search_data import (
    Document,
    entry_text,
    search_script,
    term_names,
    term_text,
    work_text,
)
from sphinx_mmu.ext.citations.bibtex import citation_places
from sphinx_mmu.ext.common.output_files import write_if_changed
from sphinx_mmu.ext.pages.search_sections import SearchSection, with_labels
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.ext.state.explorers import explorer_request
from sphinx_mmu.messages import _

DATA = "mmu-find-data.js"


class _Collector:
    """Makes documents of everything that has a place. What has a name of its own comes first, and
    takes the text of the section that it has.
    """

    def __init__(self, app: Sphinx) -> None:
        self.env, self.domain = app.env, domain_of(app.env)
        self.library, self.address = (
            self.domain.library,
            self.domain.site.address,
        )
        self.made = self.domain.site.facet_pages
        self.sections: dict[str, list[SearchSection]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        for docname, found in self.domain.data["sections"].items():
            if not self.domain.has_page(docname):
                continue
            self.sections[docname] = [
                SearchSection(*section) for section in found
            ]
            for section in self.sections[docname]:
                text = with_labels(section.text, self.domain.mentions.cited)
                self.texts[docname, section.anchor] = text
        self.taken: set[tuple[str, str]] = set()

    def documents(self) -> Iterator[Document]:
        yield from self._objects()
        yield from self._works()
        for docname, listed in sorted(self.sections.items()):
            for section in listed:
                if (
                    docname,
                    section.anchor,
                ) not in self.taken and section.titles[0]:
                    found = self._of_section(docname, section)
                    yield self._named(found, docname, section.anchor)

    def glossary_names(self) -> list[tuple[str, ...]]:
        """The names that a glossary has for one thing."""
        every = chain.from_iterable(self.sections.values())
        return [
            s.titles
            for s in every
            if s.kind == "glossary" and len(s.titles) > 1
        ]

    def _within(self, docname: str, anchor: str) -> str:
        return self.domain.title(docname) if anchor else ""

    # --- what each page is

    def _group(self, docname: str) -> str:
        """Which group of documents a page that is no paper's belongs to."""
        explorer = self.env.config.mmu_explorer
        beside = f"{posixpath.dirname(explorer)}/"
        listed = beside != "/" and docname.startswith(beside)
        if docname in self.made or docname == explorer or listed:
            return "list"
        guides = self.env.config.mmu_guides
        if any(docname.startswith(f"{folder}/") for folder in guides):
            return "guide"
        shows = docname in self.domain.data["views"]
        section = shows and docname != self.env.config.root_doc
        return "section" if section else "page"

    def _label(self, docname: str) -> str:
        """What to call a page that is no paper's. Its metadata may say it, by ``mmu-kind``."""
        names = {"list": _("List"), "guide": _("Guide")}
        given = self.env.metadata[docname].get("mmu-kind")
        return str(given or names.get(self._group(docname), _("Page")))

    def _named(self, found: Document, docname: str, anchor: str) -> Document:
        """With what its page is called: its title, and the names in its metadata. A section has
        none of these, and pages of values have those of their term.
        """
        names = found.names
        if (
            not anchor
            and docname not in self.made
            and docname in self.env.titles
        ):
            given = str(self.env.metadata[docname].get("mmu-names", "")).split(
                ","
            )
            names += (
                self.domain.title(docname),
                *filter(None, map(str.strip, given)),
            )
        others = tuple(
            name for name in dict.fromkeys(names) if name != found.title
        )
        return replace(found, names=others)

    # --- what there is

    def _objects(self) -> Iterator[Document]:
        """Terms and the rows of catalogues, each at its best place."""
        for (
            name,
            title,
            kind,
            docname,
            anchor,
            _priority,
        ) in self.domain.get_objects():
            if kind != "paper":
                self.taken.add((docname, anchor))
                where = (
                    self.address(docname, anchor),
                    self._within(docname, anchor),
                )
                if kind == "term":
                    found = self._term(
                        name, *where, self.texts.get((docname, anchor), "")
                    )
                else:
                    found = self._entry(name, title, kind, *where)
                yield self._named(found, docname, anchor)

    def _term(self, tag: str, address: str, within: str, said: str) -> Document:
        facet, _colon, value = tag.partition(":")
        known = self.library.facet(facet)
        label = known.label if known else _("Term")
        term = self.library.vocabulary.term(tag)
        if term is None:
            title = self.library.term_label(facet, value)
            names = (
                self.library.papers.venue_names(value)
                if facet == "venue"
                else ()
            )
            group = "term" if facet in self.library.facets else "list"
            return Document(address, group, label, title, within, names, said)
        text, names = term_text(term, self.library, said), term_names(term)
        return Document(address, "term", label, term.label, within, names, text)

    def _entry(
        self, key: str, title: str, kind: str, address: str, within: str
    ) -> Document:
        label = self.domain.object_types[kind].lname.capitalize()
        paper = self.library.find(key)
        if paper is None:
            return Document(address, "entry", label, title, within, (), "")
        names = tuple(filter(None, (paper.title, paper.short)))
        text = entry_text(paper, self.library)
        return Document(address, "entry", label, title, within, names, text)

    def _works(self) -> Iterator[Document]:
        """Works that are only cited, where a page lists them."""
        places = citation_places(self.env)
        for paper in self.library.background.papers:
            docname, anchor = places.get(paper.key, ("", ""))
            if self.domain.has_page(docname):
                yield Document(
                    self.address(docname, anchor),
                    "work",
                    _("Work cited"),
                    paper.title,
                    self._within(docname, anchor),
                    (paper.short,) if paper.short else (),
                    work_text(paper),
                )

    def _of_section(self, docname: str, section: SearchSection) -> Document:
        title, *names = section.titles
        labels = {"glossary": _("Glossary"), "table": _("Results")}
        return Document(
            self.address(docname, section.anchor),
            "glossary" if section.kind == "glossary" else self._group(docname),
            labels.get(section.kind) or self._label(docname),
            title,
            self._within(docname, section.anchor),
            tuple(names),
            self.texts[docname, section.anchor],
        )


def search_data(app: Sphinx) -> str:
    """The script with everything to be found besides papers."""
    collector, domain = _Collector(app), domain_of(app.env)
    there = explorer_request(domain) is not None
    return search_script(
        collector.documents(),
        domain.library,
        domain.site.address(app.config.mmu_explorer) if there else "",
        chain.from_iterable(app.config.mmu_guides.values()),
        collector.glossary_names(),
    )


def is_searched(app: Sphinx) -> bool:
    """Whether this output has the search: pages for browsers with a page of the search, if it is
    on.
    """
    on = app.config.mmu_site_search and domain_of(app.env).site.has_pages
    return bool(on and getattr(app.builder, "search", False))


def write_search_data(app: Sphinx) -> None:
    """Write the script beside the pages, or remove that of an earlier build."""
    path = Path(app.outdir) / "_static" / DATA
    if is_searched(app):
        write_if_changed(path, search_data(app))
    else:
        path.unlink(missing_ok=True)
