"""The contents of stub pages: one for each paper, one for each value of some facets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from sphinx_mmu.ext._shared import META, anchor_of, esc
from sphinx_mmu.ext.domain import MmuDomain, Place, domain_of
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.kinds.results import results_nodes
from sphinx_mmu.ext.kinds.terms import sheet
from sphinx_mmu.ext.nodes import mmu_fix, mmu_fold, mmu_mentions, mmu_papers
from sphinx_mmu.filters.syntax import fold, quoted
from sphinx_mmu.messages import _
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.views.columns import Line, Part, default_columns
from sphinx_mmu.views.details import neighbours
from sphinx_mmu.views.paper import RESULTS, PaperRequest, PaperView
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.results import ResultsRequest, ResultsView
from sphinx_mmu.views.terms import TermRequest
from sphinx_mmu.views.texts import BibtexRequest, FacetPageRequest

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx


_TABLES = 3
"""Tables of results that a paper's page shows; further ones are folded."""
_LINES = 12
"""Lines of a detail that a paper's page shows; further ones are folded."""


def _without_accents(text: str) -> list[str]:
    """The words that have accents, without them: the search of the site knows words only as they
    are written.
    """
    return sorted(
        {fold(word) for word in re.findall(r"\w+", text) if fold(word) != word.lower()}
    )


class PaperPageDirective(MmuDirective):
    """The whole page of one paper, as ordinary nodes: this is what the search finds."""

    def show(self) -> list[Node]:
        """Make the section, and register the page as the paper's place."""
        key = self.domain.site.page_keys.get(self.docname, "")
        paper = self.domain.library.papers.by_key.get(key)
        if paper is None:
            return []
        view = self.note(PaperRequest(key=key))
        results = self.note(ResultsRequest(work=key, empty_ok=True))
        self.note(BibtexRequest(key=key))
        self.domain.note_place("paper", key, Place(0, self.docname, ""))
        self.env.metadata[self.docname]["hide-toc"] = "true"
        self.page_id = self.domain.site.page_ids[self.docname]
        section = nodes.section(
            "",
            ids=[self.page_id],
            names=[],
            classes=["mmu-paper"],
            support_smartquotes=False,
        )
        section += self._head(paper, view)
        section += self._parts(view, results)
        section += self._section("mentioned-in", _("Mentioned in"), self._mentions(key))
        section += self._related(view)
        section += self._section(
            "cite", _("Cite"), self.view_node(BibtexRequest(key=key))
        )
        section += self._gaps(paper)
        section += self._evidence(view)
        section += mmu_fix("", key=key)
        return [section]

    def _line(self, parts: Iterable[Part], css: str) -> nodes.paragraph:
        return nodes.paragraph(
            "",
            "",
            *self.expander().line_nodes(parts),
            classes=[css],
            translatable=False,
        )

    def _head(self, paper: Paper, view: PaperView) -> list[Node]:
        title, rest = paper.title, ""
        if paper.short and paper.title.casefold().startswith(
            f"{paper.short.casefold()}:"
        ):
            end = len(paper.short)
            title, rest = paper.title[:end], paper.title[end + 1 :].strip()
        elif paper.short:
            rest = _("short name: {name}", name=paper.short)
        found: list[Node] = [nodes.title(title, title, translatable=False)]
        if rest:
            found.append(self._line([Part("text", rest)], "mmu-subtitle"))
        names = ", ".join(a.name for a in paper.authors)
        if names:
            found.append(self._line(view.authors, "mmu-authors"))
        if bare := _without_accents(f"{paper.title} {names}"):
            found.append(nodes.meta("", name="keywords", content=", ".join(bare)))
        found.append(self._foot(paper, view))
        if view.summary:
            found.append(self._line([Part("text", view.summary)], "mmu-summary"))
        elif paper.abstract:
            found.append(self._line([Part("text", paper.abstract)], "mmu-abstract"))
        if view.rows:
            found.append(sheet(self.expander(), view.rows, "mmu-tags"))
        return found

    def _parts(self, view: PaperView, results: ResultsView) -> list[Node]:
        """The sections that the vocabulary gives a paper's page, and its results."""
        found: list[Node] = []
        for name, label, rows in view.sections:
            parts = self._results(results) if name == RESULTS else []
            if rows:
                parts.append(sheet(self.expander(), rows, "mmu-tags", most=_LINES))
            if parts:
                title = label or _("Results")
                found.append(self._section(anchor_of(name), title, *parts))
        return found

    def _results(self, view: ResultsView) -> list[Node]:
        """Results on the benchmarks with the most values; those on others are folded."""
        tables = sorted(
            view.tables, key=lambda t: -sum(len(row.values) for row in t.rows)
        )
        first, rest = tables[:_TABLES], tables[_TABLES:]
        found = results_nodes(self.expander(), first)
        if rest:
            label = _("Results on {n} more", n=len(rest))
            found.append(
                mmu_fold("", *results_nodes(self.expander(), rest), label=label)
            )
        return found

    def _evidence(self, view: PaperView) -> list[Node]:
        """Where the values were read, folded."""
        if not view.read:
            return []
        items = []
        for source, names in view.read:
            link = Part("url", source.what or source.url, source.url)
            words = f": {', '.join(names)}" if names else ""
            remark = f" ({source.remark})" if source.remark else ""
            line = self._line([link, Part("text", f"{remark}{words}")], "mmu-source")
            items.append(nodes.list_item("", line))
        found: list[Node] = [nodes.enumerated_list("", *items, classes=["mmu-sources"])]
        if view.reader:
            found.append(
                self._line(
                    [Part("text", _("Read by {reader}.", reader=view.reader))],
                    "mmu-prov",
                )
            )
        return [mmu_fold("", *found, label=_("Where this was read"))]

    def _foot(self, paper: Paper, view: PaperView) -> nodes.paragraph:
        venue, links = (
            self.expander().line_nodes(c[0].parts) for c in (view.venue, view.links)
        )
        found = [nodes.inline("", "", *venue, classes=["mmu-venue"])]
        if paper.date:
            date = _("first public {date}", date=paper.date)
            found.append(nodes.inline("", date, classes=["mmu-c-date"]))
        found.append(nodes.inline("", "", *links, classes=["mmu-links"]))
        line = nodes.paragraph("", classes=["mmu-foot"], translatable=False)
        for number, part in enumerate(found):
            line += [nodes.Text(" "), part] if number else [part]
        return line

    def _gaps(self, paper: Paper) -> list[Node]:
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
        text = _("No source used so far gives it; that does not mean there is none.")
        parts = [
            Part("strong", _("Not recorded: ")),
            Part("text", f"{', '.join(lacking)}. {text}"),
        ]
        return [self._line(parts, "mmu-gaps")]

    def _section(self, name: str, title: str, *content: Node) -> nodes.section:
        name = f"{self.page_id}-{name}"  # one of the PARTS of a page, whatever the language
        return nodes.section(
            "", nodes.title(title, title), *content, ids=[name], names=[]
        )

    def _mentions(self, key: str) -> Node:
        return mmu_mentions("", key=key, refdoc=self.docname)

    def _related(self, view: PaperView) -> list[Node]:
        expander = self.expander()
        items = []
        for part, reason in view.related:
            lines = expander.cell((Line((part,)), Line((Part("text", reason),), "by")))
            items.append(nodes.list_item("", *lines))
        listed = nodes.bullet_list("", *items, classes=["mmu-list", "mmu-related"])
        return [self._section("related", _("Related"), listed)] if items else []


class FacetPageDirective(MmuDirective):
    """The page of one value of a facet: what it means, and all papers that have it. Works without a
    script.
    """

    def show(self) -> list[Node]:
        """Make the section, and register the page as the value's place, unless a chapter has it."""
        tag = self.domain.site.facet_pages.get(self.docname, "")
        name, _colon, value = tag.partition(":")
        if self.domain.library.facet(name) is None:
            return []
        self.domain.note_place("term", tag, Place(1, self.docname, ""))
        self.env.metadata[self.docname]["hide-toc"] = "true"
        term = self.domain.library.vocabulary.term(tag)
        section = nodes.section(
            "",
            ids=[self.domain.site.page_ids[self.docname]],
            names=[],
            support_smartquotes=False,
        )
        section += nodes.title(
            "", self.note(FacetPageRequest(tag=tag)).text, translatable=False
        )
        if term:
            self.note(TermRequest(tag=tag))
            if term.definition:
                section += nodes.paragraph("", term.definition, translatable=False)
        request = PapersRequest(
            filters=(f"{name}:{quoted(value)}",),
            columns=default_columns(self.domain.library),
            empty_ok=True,
        )
        self.note(request)
        section += self.view_node(request)
        return [section]


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


def page_context(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: Any
) -> None:
    """Breadcrumb, previous, next, edit link and the mark of a made page."""
    domain = domain_of(app.env)
    key = domain.site.page_keys.get(pagename)
    if key is None and pagename not in domain.site.facet_pages:
        return
    context["metatags"] = context.get("metatags", "") + f"\n{META}"
    for name, neighbour in zip(
        ("prev", "next"), _neighbours(domain, pagename), strict=True
    ):
        context[name] = _link(app, pagename, *neighbour) if neighbour else None
    explorer = app.config.mmu_explorer
    if explorer in app.env.found_docs:
        context["parents"] = [
            _link(app, pagename, explorer, app.env.titles[explorer].astext())
        ]
    if domain.site.is_html and not domain.site.one_document:
        context["body"] = _breadcrumb(app, pagename, context) + context.get("body", "")
    if key is not None and app.config.mmu_edit_url:
        context["theme_source_edit_link"] = domain.edit_url(key)
    else:
        context["page_source_suffix"] = (
            ""  # themes offer to edit the source, which the build makes
        )


def _neighbours(
    domain: MmuDomain, pagename: str
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The pages before and after a made page, each as (docname, title): in the file, or among the
    facet's values.
    """
    key = domain.site.page_keys.get(pagename)
    if key is not None:
        names, labels = domain.site.page_names, domain.library.labels
        near = neighbours(domain.library.papers.by_key[key], domain.library)
        before, after = ((names[k], labels[k]) if k in names else None for k in near)
        return before, after
    before, after = (
        (docname, domain.facet_label(docname)) if docname else None
        for docname in domain.site.beside[pagename]
    )
    return before, after


def _link(app: Sphinx, pagename: str, docname: str, title: str) -> dict[str, str]:
    return {
        "link": app.builder.get_relative_uri(pagename, docname),
        "title": esc(title),
    }


def _breadcrumb(app: Sphinx, pagename: str, context: dict[str, Any]) -> str:
    """The way to a made page, for every theme: the start, the explorer, the page itself."""
    domain, home = (
        domain_of(app.env),
        _link(app, pagename, app.config.root_doc, _("Home")),
    )
    key = domain.site.page_keys.get(pagename)
    here = (
        domain.library.labels[key] if key is not None else domain.facet_label(pagename)
    )
    links = "".join(
        f'<li><a href="{esc(step["link"])}">{step["title"]}</a></li>'
        for step in (home, *context.get("parents", ()))
    )
    return (
        f'<nav class="mmu-crumb" aria-label="{esc(_("Breadcrumb"))}"><ol>{links}'
        f'<li><span aria-current="page">{esc(here)}</span></li></ol></nav>\n'
    )
