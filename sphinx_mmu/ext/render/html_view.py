"""Cells and links as HTML strings. Everything that enters a string goes through :func:`esc`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

from sphinx_mmu.ext.common.markup import ROOT, esc, link
from sphinx_mmu.ext.state.domain import MmuDomain
from sphinx_mmu.ext.state.explorers import explores_all
from sphinx_mmu.ext.state.places import Place
from sphinx_mmu.filters.conditions import condition, conjunction
from sphinx_mmu.messages import _
from sphinx_mmu.views.cells import Cell, Line, Part
from sphinx_mmu.views.papers import PapersView


class Renderer:
    """Renders cells for the builder of this build."""

    def __init__(self, domain: MmuDomain) -> None:
        self.domain, self.site = domain, domain.site
        self.flat = self.site.builder.name == "singlehtml"
        self._explorer = domain.env.config.mmu_explorer

    def relative(self, text: str, docname: str) -> str:
        """Replace :data:`ROOT` by the way from a page to the root of the site."""
        return text.replace(ROOT, "" if self.flat else self.site.up(docname))

    # --- links

    def href(self, place: Place) -> str:
        """Give the address of a place, from the root of the site."""
        if self.flat and place.anchor:
            return f"#{place.anchor}"
        return ROOT + self.site.address(place.docname, place.anchor)

    def term(self, tag: str) -> str:
        """Give the address of a term; empty where no page has it."""
        place = self.domain.places.best("term", tag)
        return self.href(place) if place else ""

    def entry(self, key: str) -> str:
        """Give the address of an entry, here or else elsewhere; empty where there is none."""
        place = self.domain.entry_place(key)
        return self.href(place) if place else self.domain.entry_url(key)

    def explorer(self, filters: Iterable[str]) -> str:
        """Give the address of the explorer with a filter; empty where there is no explorer."""
        if not self.domain.has_page(self._explorer):
            return ""
        if self.flat:
            return f"#document-{self._explorer}"
        address = ROOT + self.site.address(self._explorer)
        query = conjunction(tuple(filters))
        return f"{address}#q={quote(query, safe='')}" if query else address

    def counted(self, filters: tuple[str, ...], found: int) -> str:
        """Give the address of the papers ``found`` by filters; empty where the explorer does not
        show all of them.
        """
        shown = not self.flat and explores_all(self.site, found)
        return self.explorer(filters) if shown else ""

    def tagged(self, tag: str) -> str:
        """Give the address of the papers that have a tag; empty where nothing filters them."""
        return "" if self.flat else self.explorer((condition(tag),))

    def feed(self, view: PapersView) -> str:
        """Give the link to the feed of the papers that a table asks for, with a dot in front; empty
        where there is none.
        """
        feed = self.site.feed_of(view.request)
        if feed is None:
            return ""
        name = esc(_("Feed of new works: {title}", title=feed.title))
        return f" · {link(ROOT + feed.file, 'mmu-feed', name)}"

    # --- cells

    def part(self, part: Part) -> str:
        """Render one run of text."""
        return _PARTS[part.kind](self, part)

    def line(self, parts: Iterable[Part]) -> str:
        """Render parts one after the other."""
        return "".join([_PARTS[part.kind](self, part) for part in parts])

    def cell(self, cell: Cell) -> str:
        """Render the lines of a cell; those with a role become spans of their own."""
        if len(cell) == 1 and not cell[0].role:
            return self.line(cell[0].parts)
        if any(line.role for line in cell):
            return "".join([self._line(line) for line in cell])
        items = "".join([f"<li>{self.line(line.parts)}</li>" for line in cell])
        return f'<ul class="mmu-stats">{items}</ul>'

    def _line(self, line: Line) -> str:
        text = self.line(line.parts)
        return (
            f'<span class="mmu-{line.role}">{text}</span>'
            if line.role
            else text
        )


def as_json(value: object) -> str:
    """Give a value as JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def data_attributes(data: Mapping[str, object]) -> str:
    """Give attributes that scripts read, by name, each with a blank in front; values that are no
    text are JSON.
    """
    found = ""
    for name, value in data.items():
        text = value if isinstance(value, str) else as_json(value)
        found += f' data-mmu-{name}="{esc(text)}"'
    return found


def id_attribute(anchor: str) -> str:
    """Give the attribute ``id`` with a blank in front; empty without an anchor."""
    return f' id="{esc(anchor)}"' if anchor else ""


# --- kinds of parts


def _lead(part: Part) -> str:
    return f"<b>{esc(part.lead)}</b>" if part.lead else ""


def _entry(renderer: Renderer, part: Part) -> str:
    text = _lead(part) + esc(part.text)
    return link(renderer.entry(part.target), f"mmu-{part.kind}", text)


def _term(renderer: Renderer, part: Part) -> str:
    text = _lead(part) + esc(part.text)
    return link(renderer.term(part.target), "mmu-term", text)


def _tag(renderer: Renderer, part: Part) -> str:
    return link(renderer.tagged(part.target), "mmu-tag", esc(part.text))


def _badge(_renderer: Renderer, part: Part) -> str:
    number, label = esc(part.text), esc(part.lead)
    return (
        f'<span class="mmu-badge mmu-c{number}" title="{label}">{number}<span class="mmu-sr">'
        f" {label}</span></span>"
    )


def _tick(_renderer: Renderer, part: Part) -> str:
    yes = part.text == "yes"
    css, sign = ("", "✓") if yes else (" class=mmu-nr", "–")
    word = esc(_("yes") if yes else _("no"))
    return f'<span aria-hidden="true"{css}>{sign}</span><span class="mmu-sr">{word}</span>'


_PARTS: dict[str, Callable[[Renderer, Part], str]] = {
    "text": lambda _r, p: esc(p.text),
    "muted": lambda _r, p: f'<span class="mmu-nr">{esc(p.text)}</span>',
    "time": lambda _r, p: (
        f'<time datetime="{esc(p.text)}">{esc(p.text)}</time>'
    ),
    "url": lambda _r, p: (
        f'<span><a href="{esc(p.target)}">{esc(p.text)}</a></span>'
    ),
    "tick": _tick,
    "entry": _entry,
    "title": _entry,
    "term": _term,
    "tag": _tag,
    "badge": _badge,
}
