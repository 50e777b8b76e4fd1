"""The nodes that a page keeps until it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docutils import nodes

from sphinx_mmu.views.base import Request, View
from sphinx_mmu.views.kinds import restored

FOUND_BY = "mmu-found-by"
"""The attribute of a table that the search finds by itself: its title and text there."""


@dataclass(frozen=True)
class Spot:
    """Where a view is written: the page, the ids it prints (key or tag to id), and the prefix of a
    figure's ids.
    """

    docname: str
    anchors: dict[str, str] = field(default_factory=dict)
    figure_id: str = ""


class mmu_view(nodes.General, nodes.Element):
    """A view that is rendered when the page is written, as its kind defines: as HTML or as
    ordinary nodes.

    Attributes: ``request`` (as a plain tuple), ``refdoc`` (the page it is on), ``anchors`` (the
    ids that this view prints, key or tag to id), ``figure_id`` (prefix of the ids within a figure).
    """

    @property
    def request(self) -> Request[View]:
        """What the view shows."""
        return restored(self["request"])

    @property
    def spot(self) -> Spot:
        """Where it is written."""
        given = self["refdoc"], dict(self["anchors"]), self.get("figure_id", "")
        return Spot(*given)


class mmu_aside(nodes.Invisible, nodes.Element):
    """What is beside the text of a page for browsers. As an invisible node it is no part of a
    description that others make of the page, and its class keeps it out of Sphinx's search.
    """

    def __init__(
        self, rawsource: str = "", *children: Any, **given: Any
    ) -> None:
        super().__init__(rawsource, *children, **given)
        self["classes"] = ["no-search"]


class mmu_figure(mmu_aside):
    """A figure on a page for browsers. Attributes: ``frame``, ``look`` (what is around its
    children).
    """


class mmu_table(nodes.General, nodes.Element):
    """The parts of a table on a page for browsers, where it scrolls if there is no room for it; the
    last of more than two is its foot. Attributes: ``label`` (its name), ``css`` (its classes).
    """


class mmu_drawing(nodes.General, nodes.Element):
    """A figure as LaTeX draws it. Attributes: ``figure``, ``kind`` (of its view)."""


class mmu_form(nodes.container):
    """A box that a script fills. Its children are shown where scripts do not run, and in other
    output formats. Attributes: ``request`` (as a plain tuple), ``refdoc`` (the page it is on),
    ``css`` (its classes) and ``data`` (what its script needs to know besides the view).
    """


class mmu_search_box(nodes.General, nodes.Element):
    """A search field that leads to the explorer; ``words`` is its placeholder."""


class mmu_count(nodes.inline):
    """The number of papers that a ``filter`` matches, which leads to them."""


class mmu_papers(nodes.General, nodes.Element):
    """The place of the paper pages in a builder that makes one document. Becomes a toctree after
    the collectors.
    """


class mmu_fix(nodes.General, nodes.Element):
    """The link to the line of an entry (``key``). The line moves with other entries, so it is
    looked up at the end.
    """


class mmu_mentions(nodes.General, nodes.Element):
    """The pages that mention an entry (``key``): known only when all pages are read."""


class mmu_fold(nodes.General, nodes.Element):
    """What readers open by its ``label``; in other forms than HTML pages it is open."""
