"""Views as html strings: what html, dirhtml and singlehtml write. Everything that enters goes through :func:`esc`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from sphinx.locale import _

from sphinx_mmu.cells import Cell, Column, Line, Part, badge, title_part, venue_text
from sphinx_mmu.ext._shared import ROOT, esc, link
from sphinx_mmu.ext.explorer import explorer_html
from sphinx_mmu.ext.figures import figure_html, matrix_html
from sphinx_mmu.ext.slices import FIRST, pager, shown_link, sliced
from sphinx_mmu.ext.takeaway import files_of
from sphinx_mmu.model import Paper
from sphinx_mmu.views import FIGURES, Group, Request, TermItem, View

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from sphinx_mmu.ext.domain import MmuDomain, Place


class Renderer:
    """Renders views for one builder. Rows are kept: the same paper stands in many tables."""

    def __init__(self, domain: MmuDomain, builder: Builder) -> None:
        self.domain, self.builder = domain, builder
        self.flat = builder.name == "singlehtml"
        self._rows: dict[tuple[str, ...], dict[str, str]] = {}
        self._explorer = domain.env.config.mmu_explorer

    def html(self, request: Request, docname: str, anchors: dict[str, str], fid: str = "") -> str:
        """The html of a view on a page; ``anchors`` are the ids that it prints, ``fid`` begins those of a figure."""
        view = self.domain.views.of(request)
        if request.kind == "terms":
            text = self._terms(view, anchors)
        elif request.kind == "matrix":
            text = matrix_html(self, view)
        elif request.kind in FIGURES:
            text = figure_html(self, view, fid)
        elif request.kind == "bibtex":
            text = self._bibtex(view)
        elif request.format == "table":
            text = self._table(view, anchors, docname)
        else:
            text = (self._list if request.format == "list" else self._cards)(view, anchors)
        return self.relative(text, docname)

    def relative(self, text: str, docname: str) -> str:
        """Html with its addresses as seen from a page."""
        return text.replace(ROOT, "" if self.flat else "../" * self.builder.get_target_uri(docname).count("/"))

    # --- links
    def href(self, place: Place) -> str:
        """The address of a place, from the root of the site."""
        if self.flat and place.anchor:
            return f"#{place.anchor}"
        target = self.builder.get_target_uri(place.docname)
        return f"{ROOT}{target}#{place.anchor}" if place.anchor else ROOT + target

    def explorer(self, filters: Iterable[str]) -> str:
        """The address of the page of all papers with a filter, empty where there is no such page."""
        if not self.domain.has_page(self._explorer):
            return ""
        if self.flat:
            return f"#document-{self._explorer}"
        texts = tuple(filters)
        text = texts[0] if len(texts) == 1 else " ".join(f if _SIMPLE.fullmatch(f) else f"({f})" for f in texts)
        return f"{ROOT}{self.builder.get_target_uri(self._explorer)}" + (f"#q={quote(text, safe='')}" if text else "")

    def part(self, part: Part) -> str:
        """One run of text."""
        return _PARTS[part.kind](self, part)

    def line(self, parts: Iterable[Part]) -> str:
        """Parts one after the other."""
        return "".join(_PARTS[p.kind](self, p) for p in parts)

    def cell(self, cell: Cell) -> str:
        """The lines of a cell; the ones with a role become spans of their own."""
        if len(cell) == 1 and not cell[0].role:
            return self.line(cell[0].parts)
        if all(not line.role for line in cell):
            return f'<ul class="mmu-stats">{"".join(f"<li>{self.line(line.parts)}</li>" for line in cell)}</ul>'
        return "".join(self._line(line) for line in cell)

    def _line(self, line: Line) -> str:
        text = self.line(line.parts)
        return f'<span class="mmu-{line.role}">{text}</span>' if line.role else text

    def box(self, css: str, docname: str, **data: object) -> str:
        """The start of a box that a script fills, with what the script needs to know."""
        texts = {n: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, separators=(",", ":"))
                 for n, v in data.items()}  # fmt: skip
        given = "".join(f' data-mmu-{name}="{esc(text)}"' for name, text in texts.items())
        return self.relative(f'<div class="{css}" data-mmu-root="{ROOT}"{given}>\n', docname)

    # --- tables
    def _table(self, view: View, anchors: dict[str, str], docname: str) -> str:
        if not view.count:
            return f'<div class="mmu-view">{self.empty(view)}</div>\n'
        big = sliced(self.domain, view)
        groups = (Group((), view.groups[0].papers[:FIRST]),) if big else view.groups
        pages = pager(self.domain, docname, view) if big else ""
        table = self.table(view, groups, anchors)
        files = files_of(self.domain, docname, view.request)
        if view.request.facets:
            shown = shown_link(self.domain, docname, view) if big else ""
            return explorer_html(self, view, table + pages, files, shown)
        wide = " mmu-wide" if table_class(view.columns) == "mmu-catalogue" else ""
        return f'<div class="mmu-view{wide}">{table}{pages}{files}</div>\n'

    def table(self, view: View, groups: Iterable[Group], anchors: dict[str, str]) -> str:
        """The table of some groups of a view."""
        kind = table_class(view.columns)
        heads = "".join(self._head(c) for c in view.columns)
        widths = "".join(f'<col class="{_column_class(c)}">' for c in view.columns)
        caption = "" if view.request.facets else f'<p class="mmu-hint">{self._count(view)}</p>'
        name = esc(view.request.caption or unit_of(view))
        bodies = "".join(self._body(g, view, anchors) for g in groups)
        return (
            f'{caption}<table class="mmu-table {kind}" role="table" aria-label="{name}"><colgroup>{widths}</colgroup>'
            f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>{bodies}</table>'
        )

    def _head(self, column: Column) -> str:
        return f'<th role="columnheader" scope="col" class="{_column_class(column)}">{esc(column.label)}</th>'

    def _count(self, view: View) -> str:
        unit = unit_of(view)
        text = f"<b data-mmu-count>{view.count:,}</b> {esc(unit)}"
        if view.request.caption:
            text = f"{esc(view.request.caption)} · {text}"
        if view.shown < view.count:
            text += f", {esc(_('the first %d shown') % view.shown)}"
            address = self.explorer(view.request.filters) if view.request.collection == "papers" else ""
            text += f' · <a href="{esc(address)}">{esc(_("all of them"))}</a>' if address else ""
        return text

    def empty(self, view: View) -> str:
        """What stands where nothing matches."""
        return f'<p class="mmu-empty"><b data-mmu-count>0</b> {esc(unit_of(view))}. {esc(_("Nothing matches."))}</p>'

    def _body(self, group: Group, view: View, anchors: dict[str, str]) -> str:
        names = tuple(c.name for c in view.columns)
        head = ""
        if group.heading:
            head = (
                f'<tr role="row" class="mmu-group"><th role="columnheader" scope="colgroup" colspan="{len(names)}">'
                f'{self.line(group.heading)} <span class="mmu-n">{len(group.papers)}</span></th></tr>'
            )
        known = self._rows.setdefault(names, {})
        rows = []
        for paper in group.papers:
            row = known.get(paper.key)
            if row is None:
                row = known[paper.key] = self._row(view.columns, paper)
            rows.append(f'<tr role="row"{_id(anchors.pop(paper.key, ""))}{row}')
        return f'<tbody role="rowgroup">{head}{"".join(rows)}</tbody>'

    def _row(self, columns: tuple[Column, ...], paper: Paper) -> str:
        cells = self.domain.views.cells((c.name for c in columns), paper)
        texts = "".join(_cell(c, self.cell(cell)) for c, cell in zip(columns, cells, strict=True))
        return f' data-mmu-key="{esc(paper.key)}">{texts}</tr>\n'

    # --- lists and cards
    def _list(self, view: View, anchors: dict[str, str]) -> str:
        items = "".join(self._grouped_items(view, self._item, "mmu-news", anchors))
        return f'<div class="mmu-view">{self._head_line(view)}{items}</div>\n'

    def _cards(self, view: View, anchors: dict[str, str]) -> str:
        items = "".join(self._grouped_items(view, self._card, "mmu-cards", anchors))
        count = "" if view.request.variant == "card" else self._head_line(view)
        return f'<div class="mmu-view">{count}{items}</div>\n'

    def _head_line(self, view: View) -> str:
        return f'<p class="mmu-hint">{self._count(view)}</p>' if view.count else self.empty(view)

    def _grouped_items(
        self, view: View, item: Callable[[Paper], str], css: str, anchors: dict[str, str]
    ) -> Iterable[str]:
        for group in view.groups:
            if group.heading:
                number = f'<span class="mmu-n">{len(group.papers)}</span>'
                yield f'<p class="mmu-group">{self.line(group.heading)} {number}</p>'
            if group.papers:
                items = (f"<li{_id(anchors.pop(p.key, ''))}{item(p)}</li>" for p in group.papers)
                yield f'<ul class="{css}">{"".join(items)}</ul>'

    def _badges(self, paper: Paper) -> str:
        names = (f.name for f in self.domain.library.facets.values() if f.numbered)
        return "".join(self.cell(c) for c in self.domain.views.cells(names, paper))

    def _item(self, paper: Paper) -> str:
        badges = self._badges(paper)
        return (
            f' data-mmu-key="{esc(paper.key)}"><time class="mmu-c-date">{esc(paper.date)}</time>'
            f"<span>{badges}</span><span>{self.part(title_part(paper))}</span>"
        )

    def _card(self, paper: Paper) -> str:
        body, links = self.domain.views.cells(("paper", "links"), paper)
        venue = venue_text(paper)
        foot = f'<span class="mmu-venue">{esc(venue)}</span> ' if venue else ""
        return (
            f' data-mmu-key="{esc(paper.key)}">{self.cell(body)}<p class="mmu-foot">{self._badges(paper)} {foot}'
            f'<time class="mmu-c-date">{esc(paper.date)}</time> '
            f'<span class="mmu-links">{self.cell(links)}</span></p>'
        )

    def _bibtex(self, view: View) -> str:
        return f'<div class="mmu-view"><pre class="mmu-code" tabindex="0">{esc(view.text)}</pre></div>\n'

    # --- terms
    def _terms(self, view: View, anchors: dict[str, str]) -> str:
        if view.request.format == "pipe":
            items = "".join(self._station(i, anchors) for i in view.terms)
            return f'<ol class="mmu-pipe">{items}</ol>\n'
        css = "mmu-cards" if view.request.format == "cards" else "mmu-list"
        return self._term_list(view.terms, css, anchors)

    def _term_list(self, items: tuple[TermItem, ...], css: str, anchors: dict[str, str]) -> str:
        return f'<ul class="{css}">{"".join(self._term_item(i, css, anchors) for i in items)}</ul>\n'

    def _term_item(self, item: TermItem, css: str, anchors: dict[str, str]) -> str:
        anchor = anchors.get(item.term.tag, "")
        number = f"{self.part(badge(item.term))} " if self._numbered(item) else ""
        below = self._term_list(item.children, css, anchors) if item.children else ""
        css_class = f' class="mmu-c{item.term.order}"' if self._numbered(item) else ""
        definition = f'<span class="mmu-by">{esc(item.term.definition)}</span>' if css == "mmu-cards" else ""
        return (
            f"<li{_id(anchor)}{css_class}>{number}{self.part(Part('term', item.term.label, item.term.tag))} "
            f'<span class="mmu-n">{item.papers}</span>{definition}{below}</li>'
        )

    def _numbered(self, item: TermItem) -> bool:
        return self.domain.library.facets[item.term.facet].numbered and item.term.depth == 1

    def _station(self, item: TermItem, anchors: dict[str, str]) -> str:
        term = item.term
        name = (
            f'<span class="mmu-stage">{term.order}</span><span class="mmu-step">{esc(term.short or term.label)}</span>'
        )
        place = self.domain.place("term", term.tag)
        head = f'<a href="{esc(self.href(place))}">{name}</a>' if place else f"<span>{name}</span>"
        acts = term.facts.get("acts", "")
        acts_on = f'<span class="mmu-acts">{esc(str(acts))}</span>' if acts else ""
        children = "".join(
            f"<li{_id(anchors.get(c.term.tag, ''))}>{esc(c.term.short or c.term.label)}</li>" for c in item.children
        )
        dots = f'<span class="mmu-dots" aria-hidden="true">{"■" * item.papers}</span>' if item.papers <= _DOTS else ""
        return (
            f'<li class="mmu-c{term.order}"{_id(anchors.get(term.tag, ""))}>{head}{acts_on}<ul>{children}</ul>'
            f'<span class="mmu-n"><b>{item.papers}</b> {esc(_("papers"))}</span>{dots}</li>'
        )


_DOTS = 200
_SIMPLE = re.compile(r'[\w-]+:(?:[\w./-]+|"[^"\\]*")')


class _RoleClass(NamedTuple):
    css: str
    header: bool = False


_ROLES = {
    "paper": _RoleClass("mmu-c-paper", header=True), "stage": _RoleClass("mmu-c-stage"),
    "venue": _RoleClass("mmu-c-venue"), "date": _RoleClass("mmu-c-date"), "links": _RoleClass("mmu-links"),
    "tick": _RoleClass("mmu-tick"),
}  # fmt: skip


def table_class(columns: tuple[Column, ...]) -> str:
    """The look of a table: compact for the few standard columns, a catalogue for any others."""
    roles = {c.role for c in columns}
    if "" in roles or "tick" in roles:
        return "mmu-catalogue"
    return "" if "stage" in roles else "mmu-compact"


def _column_class(column: Column) -> str:
    return _ROLES[column.role].css if column.role else "mmu-k1"


def _cell(column: Column, text: str) -> str:
    role = _ROLES.get(column.role)
    if role and role.header:
        return f'<th role="rowheader" scope="row">{text}</th>'
    label = f' data-mmu-l="{esc(column.label)}"' if column.role in ("", "tick") else ""
    return f'<td role="cell" class="{_column_class(column)}"{label}>{text}</td>'


def unit_of(view: View) -> str:
    """What the rows of a view are called."""
    return view.unit or (_("paper") if view.count == 1 else _("papers"))


def _id(anchor: str) -> str:
    return f' id="{esc(anchor)}"' if anchor else ""


def _entry(renderer: Renderer, part: Part) -> str:
    lead = f"<b>{esc(part.lead)}</b>" if part.lead else ""
    place = renderer.domain.entry_place(part.target)
    address = renderer.href(place) if place else renderer.domain.entry_url(part.target)
    return link(address, f"mmu-{part.kind}", lead + esc(part.text))


def _term(renderer: Renderer, part: Part) -> str:
    lead = f"<b>{esc(part.lead)}</b>" if part.lead else ""
    place = renderer.domain.place("term", part.target)
    return link(renderer.href(place) if place else "", "mmu-term", lead + esc(part.text))


def _badge(renderer: Renderer, part: Part) -> str:
    del renderer
    return (
        f'<span class="mmu-stage mmu-c{esc(part.text)}" title="{esc(part.lead)}">{esc(part.text)}'
        f'<span class="mmu-sr"> {esc(part.lead)}</span></span>'
    )


def _tick(renderer: Renderer, part: Part) -> str:
    del renderer
    yes = part.text == "yes"
    mark = f'<span aria-hidden="true"{"" if yes else " class=mmu-nr"}>{"✓" if yes else "–"}</span>'
    return f'{mark}<span class="mmu-sr">{esc(_("yes") if yes else _("no"))}</span>'


_PARTS: dict[str, Callable[[Renderer, Part], str]] = {
    "text": lambda _r, p: esc(p.text),
    "strong": lambda _r, p: f"<b>{esc(p.text)}</b>",
    "muted": lambda _r, p: f'<span class="mmu-nr">{esc(p.text)}</span>',
    "time": lambda _r, p: f'<time datetime="{esc(p.text)}">{esc(p.text)}</time>',
    "math": lambda _r, p: f"<code>{esc(p.text)}</code>",
    "url": lambda _r, p: f'<span><a href="{esc(p.target)}">{esc(p.text)}</a></span>',
    "tick": _tick,
    "entry": _entry,
    "title": _entry,
    "term": _term,
    "badge": _badge,
}
