"""How each kind of view is written, and what its pages load. ``setup_<kind>`` functions fill the
two tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx_mmu.ext.docutils_view import Expander
    from sphinx_mmu.ext.html_view import Renderer


@dataclass(frozen=True)
class Spot:
    """Where a view is written: the page, the ids it prints (key or tag to id), and the prefix of a
    figure's ids.
    """

    docname: str
    anchors: dict[str, str] = field(default_factory=dict)
    figure_id: str = ""


@dataclass(frozen=True)
class Rendering:
    """How views of one kind are written.

    ``html`` gives a string for html, dirhtml and singlehtml, ``nodes`` docutils nodes for all other
    builders.
    """

    html: Callable[[Renderer, Any, Spot], str]
    nodes: Callable[[Expander, Any, Spot], list[nodes.Node]]


@dataclass(frozen=True)
class Assets:
    """What pages with a view of one kind load: style sheets, scripts, and with ``records`` those of
    papers.
    """

    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    records: bool = False


RENDERINGS: dict[str, Rendering] = {}
ASSETS: dict[str, Assets] = {}
NO_ASSETS = Assets()
