"""How each kind of view is written, and what its pages load. The modules of kinds fill
``RENDERINGS``; ``scripts.json``, which ``tools/bundle.mjs`` writes, names what each
script needs before it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from sphinx.application import Sphinx

from sphinx_mmu.ext.common.docutils_pieces import Nodes
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.render.html_view import Renderer


@dataclass(frozen=True)
class Spot:
    """Where a view is written: the page, the ids it prints (key or tag to id), and the prefix of a
    figure's ids.
    """

    docname: str
    anchors: dict[str, str] = field(default_factory=dict)
    figure_id: str = ""


def _no_nodes(_renderer: NodeRenderer, _view: Any, _spot: Spot) -> Nodes:
    return []


@dataclass(frozen=True)
class Rendering:
    """How views of one kind are written, and what their pages load.

    ``nodes`` gives docutils nodes. ``html`` gives a string instead for html, dirhtml and
    singlehtml, for views that are large. Pages load ``styles`` and ``scripts``, and
    with ``records`` those of papers; ``names_papers``: the view leads to pages of papers.
    """

    nodes: Callable[[NodeRenderer, Any, Spot], Nodes] = _no_nodes
    html: Callable[[Renderer, Any, Spot], str] | None = None
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    records: bool = False
    names_papers: bool = False


RENDERINGS: defaultdict[str, Rendering] = defaultdict(Rendering)
SCRIPTS: dict[str, dict[str, Any]] = json.loads(
    (files("sphinx_mmu") / "ext/scripts.json").read_text("utf-8")
)
"""Each script of the package: what it ``needs`` before it, and the ``sources`` that it is from."""


def add_script(app: Sphinx, name: str, **attributes: str) -> None:
    """Load a script on the page that is being written, after those that it needs."""
    for needed in SCRIPTS[name]["needs"] if name in SCRIPTS else ():
        app.add_js_file(needed, loading_method="defer")
    app.add_js_file(name, loading_method="defer", **attributes)  # type: ignore[arg-type]
