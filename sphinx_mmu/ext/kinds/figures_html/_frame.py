"""What all figures share: the frame with a caption, the data table, and links."""

from __future__ import annotations

from math import floor, log10

from sphinx_mmu.ext.common.markup import esc, link
from sphinx_mmu.ext.render.html_view import Renderer, id_attribute
from sphinx_mmu.figures.context import DataTable, TermRef
from sphinx_mmu.figures.svg import NARROW, WIDE, svg
from sphinx_mmu.filters.conditions import condition
from sphinx_mmu.messages import _
from sphinx_mmu.views.figures import Figure, FigureView

_WIDTHS = {"w": WIDE, "n": NARROW}
"""The forms of a drawing."""


class Frame:
    """A figure of one view on one page: its id, and where its parts lead to."""

    def __init__(
        self, renderer: Renderer, view: FigureView, figure_id: str
    ) -> None:
        self.renderer, self.view, self.figure_id = renderer, view, figure_id

    # --- where parts lead

    def papers(self, *conditions: str) -> str:
        """The address of the papers of the figure that meet conditions."""
        return self.renderer.explorer((*self.view.request.filters, *conditions))

    def term(self, mark: TermRef) -> str:
        """Where a term is explained, or else its papers; empty for what is no term."""
        if not mark.tag:
            return ""
        return self.renderer.term(mark.tag) or self.papers(condition(mark.tag))

    def entry(self, key: str) -> str:
        """Where an entry is, or else its address elsewhere."""
        return self.renderer.entry(key)

    def term_link(self, mark: TermRef) -> str:
        """The name of a term as a link."""
        return link(self.term(mark), "", esc(mark.label))

    def entry_link(self, key: str, label: str) -> str:
        """The name of an entry as a link."""
        return link(self.entry(key), "", esc(label))

    def more_link(self, count: int, *conditions: str) -> str:
        """How many more papers there are, as a link to all that meet conditions."""
        return link(self.papers(*conditions), "", esc(_("{n} more", n=count)))

    # --- what is around

    def drawing(
        self, form: str, height: float, title: str, desc: str, body: str
    ) -> str:
        """The wide (``w``) or narrow (``n``) form of the drawing, with name and description."""
        figure_id, css = f"{self.figure_id}-{form}", f"mmu-form-{form}"
        return svg(figure_id, _WIDTHS[form], height, title, desc, body, css)

    def html(
        self,
        css: str,
        figure: Figure,
        how: str,
        body: str,
        *,
        numbers: bool = True,
    ) -> str:
        """The figure: what it shows, how to read it, and behind it the ``numbers``."""
        caption = " ".join(filter(None, (self.view.request.caption, how)))
        data = _data(figure.table()) if numbers else ""
        return (
            f'<figure class="mmu-fig mmu-chart mmu-{css}"{id_attribute(self.figure_id)}>'
            f"<figcaption><b>{esc(figure.finding())}</b><span>{esc(caption)}</span></figcaption>\n"
            f"{body}{data}{self.foot()}{_unsaved() if self.figure_id else ''}</figure>\n"
        )

    def foot(self) -> str:
        """The link to the figure itself; a script adds what can be copied and saved."""
        link = f'<a href="#{esc(self.figure_id)}">{esc(_("Link to this figure"))}</a>'
        return f'<p class="mmu-fig-take">{link}</p>' if self.figure_id else ""


def _unsaved() -> str:
    return without_script(
        _("Saving and copying it need JavaScript, which is not running here."),
        _("Its table has the numbers."),
    )


def without_script(why: str, instead: str) -> str:
    """What readers without scripts lack, and where the answer is."""
    return f'<noscript><p class="mmu-hint">{esc(why)} {esc(instead)}</p></noscript>'


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


def scrolled(label: str, table: str) -> str:
    """A table that scrolls where there is no room for it."""
    name = esc(label)
    return f'<div class="mmu-scroll" tabindex="0" role="group" aria-label="{name}">{table}</div>'


def _data(numbers: DataTable) -> str:
    """The table behind a figure. The first cell of a row is its head."""
    label = _("The numbers as a table")
    heads = "".join(
        f'<th scope="col">{esc(head)}</th>' for head in numbers.heads
    )
    rows = ""
    for first, *texts in numbers.rows:
        cells = "".join(f"<td>{esc(text)}</td>" for text in texts)
        rows += f'<tr><th scope="row">{esc(first)}</th>{cells}</tr>\n'
    table = f'<table class="mmu-data"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return f"<details><summary>{esc(label)}</summary>{scrolled(label, table)}</details>"
