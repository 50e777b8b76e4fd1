"""The page of one paper."""

from __future__ import annotations

import re

from docutils import nodes

from sphinx_mmu.ext.common.docutils_pieces import (
    Nodes,
    Piece,
    bullets,
    inline,
    joined,
    paragraph,
    reference,
)
from sphinx_mmu.ext.common.names import anchor_of
from sphinx_mmu.ext.common.nodes import mmu_fix, mmu_fold, mmu_mentions
from sphinx_mmu.ext.kinds.made_page import MadePage
from sphinx_mmu.ext.kinds.results import results_nodes
from sphinx_mmu.ext.kinds.terms import details_nodes
from sphinx_mmu.filters.syntax import fold
from sphinx_mmu.messages import _, filled
from sphinx_mmu.model import identifiers
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.views.paper import RESULTS, PaperRequest, PaperView
from sphinx_mmu.views.results import ResultsRequest, ResultsView
from sphinx_mmu.views.texts import BibtexRequest

_TABLES = 3
"""Tables of results that a paper's page shows; further ones are folded."""
_LINES = 12
"""Lines of a detail that a paper's page shows; further ones are folded."""


class PaperPageDirective(MadePage):
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
            authors = self.renderer().line_nodes(view.authors)
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
            found.append(details_nodes(self.renderer(), view.rows, "mmu-tags"))
        return found

    def _foot(self, paper: Paper, view: PaperView) -> nodes.paragraph:
        line = self.renderer().line_nodes
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
                    details_nodes(
                        self.renderer(), rows, "mmu-tags", most=_LINES
                    )
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
        found = results_nodes(self.renderer(), tables[:_TABLES])
        if rest := tables[_TABLES:]:
            label = _("Results on {n} more", n=len(rest))
            folded = results_nodes(self.renderer(), rest)
            found.append(mmu_fold("", *folded, label=label))
        return found

    def _measured(self, view: PaperView) -> Nodes:
        """All results on a benchmark, folded; of an entry of the catalogue, also that there are
        none.
        """
        found: Nodes = [self.values_on(name) for name in view.measured]
        if view.is_benchmark and not found:
            found.append(_fixed(_("No value is recorded."), css="mmu-nr"))
        title = _("Results on this benchmark")
        return [self._section("measured", title, *found)] if found else []

    def _related(self, view: PaperView) -> Nodes:
        renderer = self.renderer()
        items = [
            [paragraph(renderer.part(part)), paragraph(reason, css="mmu-by")]
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
        _("identifier"): bool(kinds & identifiers.kinds()),
        _("code"): "code" in kinds,
    }
    lacking = [label for label, value in known.items() if not value]
    if not lacking:
        return []
    line = filled(
        _(
            "{heading} {things}. Not found in the sources consulted so far; that does not mean that"
            " there is none."
        ),
        heading=[nodes.strong("", _("Not recorded:"))],
        things=", ".join(lacking),
    )
    return [_fixed(*line, css="mmu-gaps")]


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
