"""The contents of stub pages: one for each paper, one for each value of some facets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from sphinx_mmu.ext._shared import META, add_to_head, anchor_of, esc
from sphinx_mmu.ext.docutils_pieces import (
    Nodes,
    Piece,
    bullets,
    inline,
    joined,
    paragraph,
    reference,
)
from sphinx_mmu.ext.domain import MmuDomain, Place, domain_of
from sphinx_mmu.ext.html_view import condition
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.kinds.results import explained, results_nodes
from sphinx_mmu.ext.kinds.terms import sheet
from sphinx_mmu.ext.nodes import mmu_fix, mmu_fold, mmu_mentions, mmu_papers
from sphinx_mmu.filters.syntax import fold
from sphinx_mmu.messages import _, counted
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.views.cells import Part
from sphinx_mmu.views.columns import default_columns
from sphinx_mmu.views.paper import RESULTS, PaperRequest, PaperView, neighbours
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.results import ResultsRequest, ResultsView
from sphinx_mmu.views.terms import TermRequest
from sphinx_mmu.views.texts import BibtexRequest, FacetPageRequest

_TABLES = 3
"""Tables of results that a paper's page shows; further ones are folded."""
_LINES = 12
"""Lines of a detail that a paper's page shows; further ones are folded."""


def _without_accents(text: str) -> list[str]:
    """The words that have accents, without them: the search of the site knows words only as they
    are written.
    """
    return sorted(
        {
            fold(word)
            for word in re.findall(r"\w+", text)
            if fold(word) != word.lower()
        }
    )


class _MadePage(MmuDirective):
    """What pages of papers and of values share."""

    def page(
        self, kind: str, name: str, rank: int, css: str = ""
    ) -> nodes.section:
        """Make the section of the page, and register it as the place of what it is about."""
        self.domain.note_place(kind, name, Place(rank, self.docname, ""))
        self.env.metadata[self.docname]["hide-toc"] = "true"
        ids = [self.domain.site.page_ids[self.docname]]
        classes, plain = css.split(), {"support_smartquotes": False}
        return nodes.section("", ids=ids, names=[], classes=classes, **plain)


class PaperPageDirective(_MadePage):
    """The whole page of one paper, as ordinary nodes: this is what the search finds."""

    def show(self) -> Nodes:
        """Make the section, and register the page as the paper's place."""
        key = self.domain.site.page_keys.get(self.docname, "")
        paper = self.domain.library.papers.by_key.get(key)
        if paper is None:
            return []
        cite = BibtexRequest(key=key)
        view = self.note(PaperRequest(key=key))
        results = self.note(ResultsRequest(work=key, empty_ok=True))
        self.note(cite)
        mentions = mmu_mentions("", key=key, refdoc=self.docname)
        page = self.page("paper", key, 0, "mmu-paper")
        page += self._head(paper, view)
        page += self._parts(view, results)
        page += self._measured(view)
        page += self._section("mentioned-in", _("Mentioned in"), mentions)
        page += self._related(view)
        page += self._section("cite", _("Cite"), self.view_node(cite))
        page += _gaps(paper)
        page += _evidence(view)
        page += mmu_fix("", key=key)
        return [page]

    def _head(self, paper: Paper, view: PaperView) -> Nodes:
        title, rest = paper.title, ""
        if paper.short and title.casefold().startswith(
            f"{paper.short.casefold()}:"
        ):
            end = len(paper.short)
            title, rest = title[:end], title[end + 1 :].strip()
        elif paper.short:
            rest = _("short name: {name}", name=paper.short)
        found: Nodes = [nodes.title(title, title, translatable=False)]
        if rest:
            found.append(_fixed(rest, css="mmu-subtitle"))
        names = ", ".join(a.name for a in paper.authors)
        if names:
            authors = self.expander().line_nodes(view.authors)
            found.append(_fixed(*authors, css="mmu-authors"))
        if bare := _without_accents(f"{paper.title} {names}"):
            found.append(
                nodes.meta("", name="keywords", content=", ".join(bare))
            )
        found.append(self._foot(paper, view))
        css = "mmu-summary" if view.summary else "mmu-abstract"
        if said := view.summary or paper.abstract:
            found.append(_fixed(said, css=css))
        if view.rows:
            found.append(sheet(self.expander(), view.rows, "mmu-tags"))
        return found

    def _foot(self, paper: Paper, view: PaperView) -> nodes.paragraph:
        line = self.expander().line_nodes
        found = [inline(*line(view.venue[0].parts), css="mmu-venue")]
        if paper.date:
            date = _("first public {date}", date=paper.date)
            found.append(inline(date, css="mmu-c-date"))
        found.append(inline(*line(view.links[0].parts), css="mmu-links"))
        return _fixed(*joined(found, " "), css="mmu-foot")

    def _parts(self, view: PaperView, results: ResultsView) -> Nodes:
        """The sections that the vocabulary gives a paper's page, and its results."""
        found: Nodes = []
        for name, label, rows in view.sections:
            parts = self._results(results) if name == RESULTS else []
            if rows:
                parts.append(
                    sheet(self.expander(), rows, "mmu-tags", most=_LINES)
                )
            if parts:
                title = label or _("Results")
                found.append(self._section(anchor_of(name), title, *parts))
        return found

    def _results(self, view: ResultsView) -> Nodes:
        """Results on the benchmarks with the most values; those on others are folded."""
        tables = sorted(
            view.tables, key=lambda t: -sum(len(row.values) for row in t.rows)
        )
        found = results_nodes(self.expander(), tables[:_TABLES])
        if rest := tables[_TABLES:]:
            label = _("Results on {n} more", n=len(rest))
            folded = results_nodes(self.expander(), rest)
            found.append(mmu_fold("", *folded, label=label))
        return found

    def _measured(self, view: PaperView) -> Nodes:
        """All results on a benchmark, folded; of an entry of the catalogue, also that there are
        none.
        """
        found: Nodes = [_values(self, name) for name in view.measured]
        if view.is_benchmark and not found:
            found.append(_fixed(_("No value is recorded."), css="mmu-nr"))
        title = _("Values measured on it")
        return [self._section("measured", title, *found)] if found else []

    def _related(self, view: PaperView) -> Nodes:
        expander = self.expander()
        items = [
            [paragraph(expander.part(part)), paragraph(reason, css="mmu-by")]
            for part, reason in view.related
        ]
        listed = bullets(items, "mmu-list mmu-related")
        return [self._section("related", _("Related"), listed)] if items else []

    def _section(
        self, name: str, title: str, *content: nodes.Node
    ) -> nodes.section:
        # one of the PARTS of a page, whatever the language
        ids = [f"{self.domain.site.page_ids[self.docname]}-{name}"]
        return nodes.section(
            "", nodes.title(title, title), *content, ids=ids, names=[]
        )


def _fixed(*content: Piece, css: str) -> nodes.paragraph:
    """A paragraph that is not for translators."""
    return paragraph(*content, css=css, translatable=False)


def _evidence(view: PaperView) -> Nodes:
    """Where the values were read, folded."""
    if not view.read:
        return []
    items = []
    for source, names in view.read:
        link = inline(reference(source.what or source.url, source.url))
        words = f": {', '.join(names)}" if names else ""
        remark = f" ({source.remark})" if source.remark else ""
        line = _fixed(link, f"{remark}{words}", css="mmu-source")
        items.append(nodes.list_item("", line))
    listed = nodes.enumerated_list("", *items, classes=["mmu-sources"])
    fold = mmu_fold("", listed, label=_("Where this was read"))
    if view.reader:
        read_by = _("Read by {reader}.", reader=view.reader)
        fold += _fixed(read_by, css="mmu-prov")
    return [fold]


def _gaps(paper: Paper) -> Nodes:
    kinds = {link.kind for link in paper.links}
    known = {
        _("authors"): bool(paper.authors),
        _("venue"): bool(paper.venue_short),
        _("DOI"): bool(kinds & {"doi", "arxiv", "openreview"}),
        _("code"): "code" in kinds,
    }
    lacking = [label for label, value in known.items() if not value]
    if not lacking:
        return []
    text = _(
        "No source used so far gives it; that does not mean there is none."
    )
    title = nodes.strong("", _("Not recorded: "))
    return [_fixed(title, f"{', '.join(lacking)}. {text}", css="mmu-gaps")]


def _values(directive: MmuDirective, benchmark: str) -> mmu_fold:
    """All results on a benchmark, folded, under how many values of how many works these are."""
    library = directive.domain.library
    view = directive.note(ResultsRequest(benchmark=benchmark, empty_ok=True))
    label = counted(
        "{label}: {n} value",
        "{label}: {n} values of {works} works and references",
        view.count,
        label=library.name_label("benchmark", benchmark),
        works=len({r.work for r in library.results.by_benchmark[benchmark]}),
    )
    return mmu_fold(
        "", *explained(directive.expander(), view.tables), label=label
    )


class FacetPageDirective(_MadePage):
    """The page of one value of a facet: what it means, and all papers that have it. Works without a
    script.
    """

    def show(self) -> Nodes:
        """Make the section, and register the page as the value's place, unless a chapter has it."""
        tag = self.domain.site.facet_pages.get(self.docname, "")
        name, _colon, value = tag.partition(":")
        if self.domain.library.facet(name) is None:
            return []
        page = self.page("term", tag, 1)
        title = self.note(FacetPageRequest(tag=tag)).text
        page += nodes.title("", title, translatable=False)
        if term := self.domain.library.vocabulary.term(tag):
            self.note(TermRequest(tag=tag))
            if term.definition:
                page += paragraph(term.definition, translatable=False)
        if name == "results":
            page += self._tables(value)
        request = PapersRequest(
            filters=(condition(tag),),
            columns=default_columns(self.domain.library),
            empty_ok=True,
        )
        page += self.view_node(request)
        return [page]

    def _tables(self, benchmark: str) -> nodes.Node:
        """All results on a benchmark, or the way to the page of the work that it is."""
        values, library = _values(self, benchmark), self.domain.library
        key = library.vocabulary.benchmark_entry(benchmark)
        if key not in self.domain.site.page_names:
            return values
        link = self.expander().part(Part("entry", values["label"], key))
        return paragraph(link, translatable=False)


def late_toctree(app: Sphinx, doctree: nodes.document) -> None:
    """Put the paper pages into a hidden toctree that the collectors never see, and that has no
    entries.

    Builders of one document inline what it includes. Entries would fill every sidebar if it
    is on the first page, as a toctree that collectors see would on any page, and the cost grows
    with the square of the number of papers.
    """
    for node in list(doctree.findall(mmu_papers)):
        docnames = sorted(domain_of(app.env).site.page_names.values())
        node.replace_self(
            addnodes.toctree(
                "",
                includefiles=docnames,
                entries=[],
                hidden=True,
                titlesonly=True,
                maxdepth=-1,
                glob=False,
                caption=None,
                rawcaption="",
                includehidden=False,
                numbered=0,
                parent=app.env.current_document.docname,
            )
        )


def page_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    """Breadcrumb, previous, next, edit link and the mark of a made page."""
    domain = domain_of(app.env)
    key = domain.site.page_keys.get(pagename)
    if key is None and pagename not in domain.site.facet_pages:
        return

    def link(docname: str, title: str) -> dict[str, str]:
        address = app.builder.get_relative_uri(pagename, docname)
        return {"link": address, "title": esc(title)}

    add_to_head(context, META)
    near = _near_paper(domain, key) if key else _near_value(domain, pagename)
    for name, neighbour in zip(("prev", "next"), near, strict=True):
        context[name] = link(*neighbour) if neighbour else None
    explorer = app.config.mmu_explorer
    if explorer in app.env.found_docs:
        context["parents"] = [link(explorer, domain.title(explorer))]
    if domain.site.has_pages:
        here = (
            domain.library.labels[key] if key else domain.facet_label(pagename)
        )
        way = [
            link(app.config.root_doc, _("Home")),
            *context.get("parents", ()),
        ]
        context["body"] = _breadcrumb(way, here) + context.get("body", "")
    if key and app.config.mmu_edit_url:
        context["theme_source_edit_link"] = domain.edit_url(key)
    else:  # themes offer to edit the source, which the build makes
        context["page_source_suffix"] = ""


_Near = Iterator[tuple[str, str] | None]


def _near_paper(domain: MmuDomain, key: str) -> _Near:
    """The pages of the papers before and after one in its file, each as (docname, title)."""
    names, labels = domain.site.page_names, domain.library.labels
    for near in neighbours(domain.library.papers.by_key[key], domain.library):
        yield (names[near], labels[near]) if near in names else None


def _near_value(domain: MmuDomain, pagename: str) -> _Near:
    """The pages before and after that of a facet's value among those of the facet."""
    for docname in domain.site.beside[pagename]:
        yield (docname, domain.facet_label(docname)) if docname else None


def _breadcrumb(way: Iterable[dict[str, str]], here: str) -> str:
    """The way to a made page, for every theme: the start, the explorer, the page itself."""
    links = "".join(
        f'<li><a href="{esc(step["link"])}">{step["title"]}</a></li>'
        for step in way
    )
    return (
        f'<nav class="mmu-crumb" aria-label="{esc(_("Breadcrumb"))}"><ol>{links}'
        f'<li><span aria-current="page">{esc(here)}</span></li></ol></nav>\n'
    )
