"""What all figures share: where their parts lead, and on pages for browsers the frame with a
caption, and tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from math import floor, log10
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from sphinx_mmu.ext.common.docutils_pieces import (
    Piece,
    bullets,
    joined,
    paragraph,
    pieces,
    reference,
    table,
)
from sphinx_mmu.ext.common.markup import esc
from sphinx_mmu.ext.common.nodes import mmu_figure, mmu_table
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.render.html_view import Renderer, id_attribute
from sphinx_mmu.figures.context import TermRef
from sphinx_mmu.figures.svg import NARROW, WIDE, svg
from sphinx_mmu.filters.conditions import condition
from sphinx_mmu.messages import _
from sphinx_mmu.views.cells import Part
from sphinx_mmu.views.figures import FigureView

MOST = 8
"""Columns that a printed page has room for; wider tables become lists."""
_WIDTHS = {"w": WIDE, "n": NARROW}
"""The forms of a drawing."""


class Look(NamedTuple):
    """What pages for browsers have of a figure besides its nodes: classes, how to read it, the
    ``drawing`` as HTML, attributes for a script, and what readers without scripts
    lack, if it is not the usual.
    """

    css: str
    how: str = ""
    drawing: str = ""
    data: str = ""
    lacks: tuple[str, ...] = ()


class Frame:
    """A figure of one view on one page, and where its parts lead to: as addresses for drawings, and
    as nodes.
    """

    def __init__(
        self, renderer: NodeRenderer, view: FigureView, figure_id: str
    ) -> None:
        self.renderer, self.view, self.figure_id = renderer, view, figure_id
        self.html = Renderer(renderer.domain)
        self.is_html = renderer.domain.site.is_html

    # --- HTML

    def papers(self, *conditions: str) -> str:
        """The address of the papers of the figure that meet conditions."""
        return self.html.explorer((*self.view.request.filters, *conditions))

    def term(self, mark: TermRef, /) -> str:
        """Where a term is explained, or else its papers; empty for what is no term."""
        if not mark.tag:
            return ""
        return self.html.term(mark.tag) or self.papers(condition(mark.tag))

    def entry(self, key: str, /) -> str:
        """Where an entry is, or else its address elsewhere."""
        return self.html.entry(key)

    def relative(self, text: str) -> str:
        """HTML with addresses as they are on the page."""
        return self.html.relative(text, self.renderer.docname)

    def drawing(
        self, form: str, height: float, title: str, desc: str, body: str
    ) -> str:
        """The wide (``w``) or narrow (``n``) form of the drawing, with name and description."""
        figure_id, css = f"{self.figure_id}-{form}", f"mmu-form-{form}"
        return svg(figure_id, _WIDTHS[form], height, title, desc, body, css)

    # --- nodes

    def name(self, mark: TermRef, text: str = "", lead: str = "") -> Piece:
        """The name of a term, which leads to where it is explained, or else to its papers."""
        label = text or mark.label
        if self.html.term(mark.tag):
            return self.renderer.part(Part("term", label, mark.tag, lead))
        if mark.tag:
            return self._filtered(f"{lead}{label}", condition(mark.tag))
        return label

    def head(self, mark: TermRef) -> nodes.paragraph:
        """The name of a term behind its number."""
        badge = self.renderer.part(Part("badge", f"{mark.number}"))
        number = (badge, " ") if mark.number else ()
        return paragraph(*number, self.name(mark))

    def names(
        self, entries: Iterable[tuple[str, str]], more: int, *conditions: str
    ) -> nodes.Element:
        """Entries (key and label), and with ``more`` all papers that meet conditions: as a list on
        pages for browsers, elsewhere as a line.
        """
        links: list[Piece] = [
            self.renderer.part(Part("entry", label, key))
            for key, label in entries
        ]
        if more > 0:
            links.append(self._filtered(_("{n} more", n=more), *conditions))
        if links and self.is_html:
            return bullets([paragraph(name)] for name in links)
        return paragraph(*joined(links or [_("none")]))

    def _filtered(self, text: str, *conditions: str) -> Piece:
        address = self.relative(self.papers(*conditions)) * self.is_html
        return reference(text, address, internal=True) if address else text

    def table(
        self,
        label: str,
        css: str,
        heads: Iterable[tuple[Piece, int]],
        *bodies: Iterable[nodes.row],
        foot: nodes.row | None = None,
        most: int = MOST,
    ) -> nodes.Element:
        """A table with a name. One of more columns than ``most`` is a list where there is no page
        for a browser. Cells that say yes or nothing are ``marks`` of the row and no nodes, with
        classes ``edges``, and the row has only its name: there are thousands.
        """
        first, *others = bodies or ((),)
        made = table(heads, first)
        (group,) = made.findall(nodes.tgroup)
        group += [nodes.tbody("", *body) for body in others]
        if foot is not None:
            end = nodes.tbody("", foot)
            end.tagname = "tfoot"
            group += end
        parts = group.children[group["cols"] :]
        if self.is_html:
            return mmu_table("", *parts, label=label, css=css)
        return made if group["cols"] <= most else _outline(*parts)


def _outline(head: Any, *bodies: Any) -> nodes.bullet_list:
    """A table that is too wide: what is in each row, by the heads of its columns; a row of one cell
    is a head of those below it.
    """
    _first, *labels = (cell[0][-1].astext() for cell in head[0])
    found = bullets(())
    for body in bodies:
        items, left_out, between = found, {"", "0", _("none")}, " "
        if body.tagname == "tfoot":
            left_out, between = set(), ": "
        for row in body:
            if "marks" in row:
                (name,) = row
                has = compress(labels, row["marks"])
                filled = [p for label in has for p in (", ", label)]
            else:
                name, *cells = (cell[0] for cell in row)
                if not cells:
                    items = bullets(())
                    found += nodes.list_item("", name, items)
                    continue
                filled = list[Piece]()
                for label, cell in zip(labels, cells, strict=True):
                    if cell.astext() not in left_out:
                        filled += [", ", label, between, *cell]
            name += pieces([": ", *(filled[1:] or [_("none")])])
            items += nodes.list_item("", name)
    return found


def colour(mark: TermRef) -> str:
    """The class that gives a term its colour."""
    return f"mmu-c{mark.number}"


def number_mark(mark: TermRef) -> str:
    """The badge of a term, nothing for one without a number. Its meaning is printed beside
    it.
    """
    badge = f'<span class="mmu-badge {colour(mark)}" aria-hidden="true">{mark.number}</span> '
    return badge if mark.number else ""


def round_step(distance: float) -> float:
    """The least distance from this up that is 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(distance))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= distance)


# --- what writes the nodes of pages for browsers


def visit_figure(translator: HTML5Translator, node: mmu_figure) -> None:
    """Open a figure: what it shows, how to read it, and its drawing."""
    frame, look = node["frame"], node["look"]
    view, chart = frame.view, "" if look.data else "mmu-chart "
    caption = " ".join(filter(None, (view.request.caption, look.how)))
    opened = (
        f'<figure class="mmu-fig {chart}mmu-{look.css}"{id_attribute(frame.figure_id)}{look.data}>'
        f"<figcaption><b>{esc(view.figure.finding())}</b> <span>{esc(caption)}</span></figcaption>"
        f"\n{look.drawing}"
    )
    translator.body.append(frame.relative(opened))


def depart_figure(translator: HTML5Translator, node: mmu_figure) -> None:
    """Close it with the link to the figure itself; a script adds what can be copied and saved."""
    if anchor := node["frame"].figure_id:
        lacks = " ".join(node["look"].lacks) or (
            f"{_('Saving and copying it need JavaScript, which is not running here.')}"
            f" {_('Its table has the numbers.')}"
        )
        translator.body.append(
            f'<p class="mmu-fig-take"><a href="#{esc(anchor)}">{esc(_("Link to this figure"))}</a>'
            f'</p><noscript><p class="mmu-hint">{esc(lacks)}</p></noscript>'
        )
    translator.body.append("</figure>\n")


_CELLS = {
    "columnheader": ("th", ' scope="col"'),
    "rowheader": ("th", ' scope="row"'),
    "cell": ("td", ""),
}
"""The element of each role, and of which cells it is the head."""


def visit_table(translator: HTML5Translator, node: mmu_table) -> None:
    """Write a table whose parts have roles: where its rows are cards, on a phone, browsers do not
    know them.
    """
    label, write = esc(node["label"]), translator.body.append
    write(
        f'<div class="mmu-scroll" tabindex="0" role="group" aria-label="{label}">'
        f'<table class="{node["css"]}" role="table" aria-label="{label}">'
    )
    made = dict[tuple[str, bool], str]()
    parts: list[Any] = node.children
    for part in parts:
        tag = part.tagname
        roles = ("rowheader", "cell")
        if tag == "thead":
            roles = ("columnheader", "columnheader")
        write(f'<{tag} role="rowgroup">')
        for row in part:
            write(f'<tr role="row"{_classes(row)}>')
            for n, cell in enumerate(row):
                _write_cell(translator, cell, roles[n > 0])
            write(_dots(row, made))
            write("</tr>\n")
        write(f"</{tag}>")
    write("</table></div>\n")
    raise nodes.SkipNode


def _write_cell(translator: HTML5Translator, cell: Any, role: str) -> None:
    tag, attributes = _CELLS[role]
    if others := cell.get("morecols"):
        attributes = f' scope="rowgroup" colspan="{others + 1}"'
    if label := cell.get("label"):
        attributes = f' data-mmu-l="{esc(label)}"'
    translator.body.append(f'<{tag} role="{role}"{_classes(cell)}{attributes}>')
    if isinstance(cell[0], nodes.paragraph):
        (cell,) = cell
    for child in cell:
        child.walkabout(translator)
    translator.body.append(f"</{tag}>")


def _dots(row: Any, made: dict[tuple[str, bool], str]) -> str:
    """The cells that are no nodes: a dot where the entry has what the column is about; those
    ``made`` before are written again.
    """
    found = []
    for asked in zip(row.get("edges", ()), row.get("marks", ()), strict=True):
        if asked not in made:
            css, has = asked
            said = f'<span class="mmu-sr">{esc(_("yes"))}</span>'
            dot = f'<span class="mmu-dot"></span>{said}' if has else ""
            made[asked] = f'<td role="cell"{_css(css)}>{dot}</td>'
        found.append(made[asked])
    return "".join(found)


def _classes(node: Any) -> str:
    return _css(" ".join(node["classes"]))


def _css(classes: str) -> str:
    return f' class="{classes}"' if classes else ""
