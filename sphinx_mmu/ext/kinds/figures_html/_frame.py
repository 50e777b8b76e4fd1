"""What all figures share: the frame with a caption, the data table, and links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sphinx_mmu.ext._shared import esc
from sphinx_mmu.ext.html_view import id_attribute
from sphinx_mmu.figures.context import DataTable, TermRef
from sphinx_mmu.filters.syntax import quoted
from sphinx_mmu.messages import _
from sphinx_mmu.views.figures import FigureView

if TYPE_CHECKING:
    from sphinx_mmu.ext.html_view import Renderer


class Frame:
    """A figure of one view on one page: its id, and where its parts lead to."""

    def __init__(self, renderer: Renderer, view: FigureView, fid: str) -> None:
        self.renderer, self.view, self.fid = renderer, view, fid

    def papers(self, *conditions: str) -> str:
        """The address of the papers of the figure that meet conditions."""
        return self.renderer.explorer((*self.view.request.filters, *conditions))

    def tagged(self, mark: TermRef) -> str:
        """The address of the papers that have a term."""
        return self.papers(condition(mark))

    def term(self, mark: TermRef) -> str:
        """Where a term is explained, or else its papers."""
        place = self.renderer.domain.place("term", mark.tag)
        return self.renderer.href(place) if place else self.tagged(mark)

    def entry(self, key: str) -> str:
        """Where an entry is, or else its address elsewhere."""
        place = self.renderer.domain.entry_place(key)
        return (
            self.renderer.href(place) if place else self.renderer.domain.entry_url(key)
        )

    def html(self, css: str, finding: str, how: str, body: str, data: str = "") -> str:
        """The figure: what it shows, how to read it, and behind it the numbers."""
        caption = " ".join(filter(None, (self.view.request.caption, how)))
        return (
            f'<figure class="mmu-fig mmu-chart mmu-{css}"{id_attribute(self.fid)}><figcaption>'
            f"<b>{esc(finding)}</b><span>{esc(caption)}</span></figcaption>\n"
            f"{body}{data}{self.foot()}{_unsaved() if self.fid else ''}</figure>\n"
        )

    def foot(self) -> str:
        """The link to the figure itself; a script adds what can be taken away."""
        link = f'<a href="#{esc(self.fid)}">{esc(_("Link to this figure"))}</a>'
        return f'<p class="mmu-fig-take">{link}</p>' if self.fid else ""

    def data(self, sheet: DataTable) -> str:
        """The table behind a figure."""
        label = esc(_("The numbers as a table"))
        return (
            f"<details><summary>{label}</summary>"
            '<div class="mmu-scroll" tabindex="0" role="group"'
            f' aria-label="{label}">{table(sheet)}</div></details>'
        )


def _unsaved() -> str:
    return without_script(
        _("Saving and copying it need JavaScript, which is not running here."),
        _("Its table has the numbers."),
    )


def without_script(why: str, instead: str) -> str:
    """What readers without scripts lack, and where the answer is."""
    return f'<noscript><p class="mmu-hint">{esc(why)} {esc(instead)}</p></noscript>'


def condition(mark: TermRef) -> str:
    """The filter of a term."""
    facet, _colon, value = mark.tag.partition(":")
    return f"{facet}:{quoted(value)}"


def colour(mark: TermRef) -> str:
    """The class that gives a term its colour."""
    return f"mmu-c{mark.number}"


def table(sheet: DataTable) -> str:
    """Rows whose first cell is their head."""
    heads = "".join(f'<th scope="col">{esc(h)}</th>' for h in sheet.heads)
    rows = "".join(
        f'<tr><th scope="row">{esc(row[0])}</th>{_cells(row[1:])}</tr>\n'
        for row in sheet.rows
    )
    return f'<table class="mmu-data"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _cells(texts: Iterable[str]) -> str:
    return "".join(f"<td>{esc(t)}</td>" for t in texts)


def number_mark(mark: TermRef) -> str:
    """The badge of a term, nothing for one without a number. Its meaning is printed beside
    it.
    """
    return (
        f'<span class="mmu-badge {colour(mark)}" aria-hidden="true">{mark.number}</span> '
        if mark.number
        else ""
    )
