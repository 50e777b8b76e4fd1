"""Views and cells as ordinary docutils nodes: what every builder understands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_mmu.cells import Cell, Column, Part, badge, title_part
from sphinx_mmu.ext.domain import domain_of
from sphinx_mmu.ext.nodes import mmu_fix, mmu_mentions, mmu_view
from sphinx_mmu.ext.plain import figure_nodes
from sphinx_mmu.ext.render import unit_of
from sphinx_mmu.matrix import finding
from sphinx_mmu.model import Paper
from sphinx_mmu.views import FIGURES, Group, Request, TermItem, View

if TYPE_CHECKING:
    from sphinx_mmu.ext.domain import MmuDomain
    from sphinx_mmu.ext.mentions import Mention


class Expander:
    """Makes nodes for one page. References are pending: Sphinx resolves them for each builder."""

    def __init__(self, domain: MmuDomain, docname: str, source: str = "", line: int = 0) -> None:
        self.domain, self.docname = domain, docname
        self.source, self.line = source, line

    # --- parts
    def part(self, part: Part) -> nodes.Node:
        """One run of text."""
        match part.kind:
            case "strong":
                return nodes.strong("", part.text)
            case "muted":
                return nodes.inline("", part.text, classes=["mmu-nr"])
            case "time":
                return nodes.inline("", part.text, classes=["mmu-c-date"])
            case "math":
                return nodes.math(part.text, part.text)
            case "url":
                link = nodes.reference("", part.text, refuri=part.target, internal=False)
                return nodes.inline("", "", link)
            case "tick":
                return nodes.Text(_("yes") if part.text == "yes" else _("no"))
            case "badge":
                return self._badge(part)
            case "entry" | "title" | "term":
                return self._reference(part)
            case _:
                return nodes.Text(part.text)

    def _badge(self, part: Part) -> nodes.Node:
        number = nodes.inline("", part.text, classes=["mmu-stage", f"mmu-c{part.text}"])
        return nodes.inline("", "", number, nodes.Text(f" {part.lead}"))

    def _reference(self, part: Part) -> nodes.Node:
        label = nodes.inline("", "", classes=[f"mmu-{part.kind}"])
        if part.lead:
            label += nodes.strong("", part.lead)
        if part.text:
            label += nodes.Text(part.text)
        kind = "term" if part.kind == "term" else "paper"
        link = addnodes.pending_xref(
            "", label, refdomain="mmu", reftype=kind, reftarget=part.target, refdoc=self.docname, refwarn=True
        )
        link["mmu-known"] = True
        return link

    def line_nodes(self, parts: Iterable[Part]) -> list[nodes.Node]:
        """Parts one after the other."""
        return [self.part(p) for p in parts]

    def cell(self, cell: Cell) -> list[nodes.Node]:
        """A cell: a paragraph for each of its lines, formulas displayed where they stand alone."""
        found: list[nodes.Node] = []
        for line in cell:
            if line.role == "display":
                tex = line.parts[0].text
                found.append(nodes.math_block(tex, tex, nowrap=False, number=None, label=None, docname=self.docname))
            else:
                classes = [f"mmu-{line.role}"] if line.role else []
                found.append(nodes.paragraph("", "", *self.line_nodes(line.parts), classes=classes))
        return found

    # --- views
    def view(self, request: Request, anchors: dict[str, str]) -> list[nodes.Node]:
        """The nodes of a view; ``anchors`` become targets inside it."""
        found = self._view(self.domain.views.of(request), anchors)
        for node in found:
            self._place(node)
        return found

    def _view(self, view: View, anchors: dict[str, str]) -> list[nodes.Node]:
        request = view.request
        if request.kind == "terms":
            full = request.format == "cards"
            return [self._term_list(view.terms, anchors, full=full)] if view.terms else []
        if request.kind == "matrix":
            return self._matrix(view)
        if request.kind in FIGURES:
            return figure_nodes(self, view)
        if request.kind == "bibtex":
            return [nodes.literal_block(view.text, view.text, language="bibtex", translatable=False)]
        return self._papers(view, anchors)

    def _papers(self, view: View, anchors: dict[str, str]) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        request = view.request
        if request.variant != "card":
            found.append(nodes.paragraph("", _count_text(view), translatable=False))
        for group in view.groups:
            if group.heading:
                found.append(nodes.rubric("", "", *self.line_nodes(group.heading)))
            if group.papers:
                table = request.format == "table"
                cards = request.format == "cards"
                found.append(
                    self._table(view.columns, group, anchors) if table else self._list(group, anchors, cards=cards)
                )
        return found

    def _place(self, node: nodes.Node) -> None:
        for each in node.findall(nodes.Element):
            each.source, each.line = self.source, self.line

    def _table(self, columns: tuple[Column, ...], group: Group, anchors: dict[str, str]) -> nodes.table:
        rows = [self._row(columns, p, anchors.pop(p.key, "")) for p in group.papers]
        return self.table([(c.label, c.width) for c in columns], rows)

    def table(self, heads: Iterable[tuple[str, int]], rows: Iterable[nodes.row]) -> nodes.table:
        """A table with real column widths, which can break over pages."""
        heads = list(heads)
        head = nodes.row("", *(nodes.entry("", nodes.paragraph("", label)) for label, _width in heads))
        group = nodes.tgroup("", cols=len(heads))
        group += [nodes.colspec("", colwidth=width) for _label, width in heads]
        group += [nodes.thead("", head), nodes.tbody("", *rows)]
        return nodes.table("", group, classes=["mmu-table", "longtable", "colwidths-given"])

    def _row(self, columns: tuple[Column, ...], paper: Paper, anchor: str) -> nodes.row:
        cells = self.domain.views.cells((c.name for c in columns), paper)
        row = nodes.row("", *(nodes.entry("", *self.cell(cell)) for cell in cells))
        put_target(row, anchor)
        return row

    def _list(self, group: Group, anchors: dict[str, str], *, cards: bool) -> nodes.bullet_list:
        items = []
        for paper in group.papers:
            item = nodes.list_item("", *(self._card(paper) if cards else self._line(paper)))
            put_target(item, anchors.pop(paper.key, ""))
            items.append(item)
        return nodes.bullet_list("", *items, classes=["mmu-list"])

    def _line(self, paper: Paper) -> list[nodes.Node]:
        date = [nodes.Text(f"{paper.date} ")] if paper.date else []
        return [nodes.paragraph("", "", *date, self.part(title_part(paper)))]

    def _card(self, paper: Paper) -> list[nodes.Node]:
        body, venue, links = self.domain.views.cells(("paper", "venue", "links"), paper)
        foot = [*self.line_nodes(venue[0].parts), nodes.Text(f" {paper.date} "), *self.line_nodes(links[0].parts)]
        return [*self.cell(body), nodes.paragraph("", "", *foot)]

    def _matrix(self, view: View) -> list[nodes.Node]:
        crossed = view.matrix
        if crossed is None:
            return [nodes.paragraph("", _("Nothing matches."))]
        gaps = {(g.row, g.column) for g in crossed.gaps}
        heads = [(crossed.rows.label, 24), *((v.label, 8) for v in crossed.columns.values)]
        rows = []
        for i, value in enumerate(crossed.rows.values):
            texts = [str(n or (_("gap") if (i, j) in gaps else 0)) for j, n in enumerate(crossed.cells[i])]
            rows.append(nodes.row("", *(nodes.entry("", nodes.paragraph("", t)) for t in (value.label, *texts))))
        return [nodes.paragraph("", f"{finding(crossed)} {view.request.caption}"), self.table(heads, rows)]

    # --- terms
    def _term_list(self, items: tuple[TermItem, ...], anchors: dict[str, str], *, full: bool) -> nodes.bullet_list:
        found = (self._term_item(i, anchors, full=full) for i in items)
        return nodes.bullet_list("", *found, classes=["mmu-list"])

    def _term_item(self, item: TermItem, anchors: dict[str, str], *, full: bool) -> nodes.list_item:
        term = item.term
        line = nodes.paragraph("", "", self.part(Part("term", term.label, term.tag)), nodes.Text(f" ({item.papers})"))
        if self.domain.library.facets[term.facet].numbered and term.depth == 1:
            number = badge(term)
            line.insert(0, nodes.Text(f"{number.text} "))
        found = nodes.list_item("", line)
        put_target(found, anchors.get(term.tag, ""))
        if full and term.definition:
            found += nodes.paragraph("", term.definition)
        if item.children:
            found += self._term_list(item.children, anchors, full=full)
        return found


def put_target(node: nodes.Element, anchor: str, **attributes: object) -> None:
    """Make a row or item a target: inside its first paragraph, the one place that every writer keeps."""
    if not anchor:
        return
    paragraph = next(iter(node.findall(nodes.paragraph)), None)
    if paragraph is None:  # nothing but displayed formulas
        paragraph = nodes.paragraph()
        next(iter(node.findall(nodes.entry)), node).insert(0, paragraph)
    paragraph.insert(0, nodes.target("", "", ids=[anchor], **attributes))


def _count_text(view: View) -> str:
    text = f"{view.count} {unit_of(view)}" if view.count else _("Nothing matches.")
    if view.shown < view.count:
        text += f", {_('the first %d shown') % view.shown}"
    return f"{view.request.caption} · {text}" if view.request.caption else text


class ExpandViews(SphinxPostTransform):
    """Replace views by ordinary nodes where the builder cannot print their string. Before references resolve."""

    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        """Expand every view; lists of mentions and links to lines in every builder."""
        domain = domain_of(self.env)
        for mention in list(self.document.findall(mmu_mentions)):
            mention.replace_self(self._mentions(domain, mention))
        for fix in list(self.document.findall(mmu_fix)):
            fix.replace_self(self._fix(domain, fix["key"]))
        if domain.as_string and domain.one_document:
            self._tell_apart(domain)
        if domain.as_string:
            return
        for node in list(self.document.findall(mmu_view)):
            expander = Expander(domain, node["refdoc"], node.source or "", node.line or 0)
            node.replace_self(expander.view(node.request, dict(node["anchors"])))

    def _tell_apart(self, domain: MmuDomain) -> None:
        """Leave each object one id where all pages are one: that of the best place, to which links lead."""
        for node in self.document.findall(mmu_view):
            kind = "term" if node.request.kind == "terms" else node.request.variant
            kept = {n: a for n, a in node["anchors"].items() if domain.is_best(kind, n, node["refdoc"], a)}
            node["anchors"] = kept
        for target in self.document.findall(nodes.target):
            tag, docname = target.get("mmu-term", ("", ""))
            if tag and not domain.is_best("term", tag, docname, target["ids"][0]):
                target["ids"] = []

    def _fix(self, domain: MmuDomain, key: str) -> list[nodes.Node]:
        address = domain.edit_url(key)
        if not address:
            return []
        link = nodes.reference("", _("Fix this entry"), refuri=address, internal=False)
        return [nodes.paragraph("", _("Something wrong or missing? "), link, classes=["mmu-fix"])]

    def _mentions(self, domain: MmuDomain, node: mmu_mentions) -> nodes.Node:
        """The sentences in which pages name an entry, then the pages that only list it."""
        key, items = node["key"], []
        for docname in filter(domain.has_page, domain.mentioned_in(key)):
            title = self.env.titles[docname].astext() if docname in self.env.titles else docname
            quotes = domain.quotes(key, docname)
            for quote in quotes:
                link = _mention_link(node, docname, quote.anchor, " › ".join(filter(None, (title, quote.section))))
                sentence = nodes.paragraph("", "", *_quoted(quote, key), classes=["mmu-quote"], translatable=False)
                items.append(nodes.list_item("", sentence, nodes.paragraph("", "", link, classes=["mmu-by"])))
            if not quotes:
                link = _mention_link(node, docname, "", title)
                items.append(nodes.list_item("", nodes.paragraph("", "", link)))
        if not items:
            return nodes.paragraph("", _("No chapter names it yet."), classes=["mmu-nr"])
        return nodes.bullet_list("", *items, classes=["mmu-list", "mmu-mentions"])


def _mention_link(node: mmu_mentions, docname: str, anchor: str, text: str) -> addnodes.pending_xref:
    link = addnodes.pending_xref(
        "", nodes.inline("", text), refdomain="mmu", reftype="mention", reftarget=docname, refdoc=node["refdoc"],
        refexplicit=True, refwarn=True,
    )  # fmt: skip
    link["mmu-anchor"] = anchor
    return link


def _quoted(mention: Mention, key: str) -> list[nodes.Node]:
    """A sentence, in which the entry it is quoted for stands out."""
    found: list[nodes.Node] = []
    for kind, text, target in mention.sentence:
        if kind == "math":
            found.append(nodes.math(text, text))
        elif kind == "cite":
            shown = nodes.strong if key in target.split(",") else nodes.inline
            found += [nodes.Text("["), shown("", text), nodes.Text("]")]
        else:
            found.append(nodes.strong("", text) if kind == "entry" and target == key else nodes.Text(text))
    return found
