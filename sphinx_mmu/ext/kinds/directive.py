"""What all directives share: how they run, views that are remembered, ids of rows and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import ClassVar

from docutils import nodes

from sphinx_mmu.ext.common.docutils_pieces import Nodes
from sphinx_mmu.ext.common.names import anchor_of, short_hash
from sphinx_mmu.ext.common.nodes import mmu_view
from sphinx_mmu.ext.kinds.options import OptionsDirective
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.state.places import Place
from sphinx_mmu.problems import Code
from sphinx_mmu.views.base import Request, V, View

_MOST_NESTED = 20
"""Directives in each other; Python's stack has room for few more than 80."""
_SHOWN = 2
"""How often a page may show an entry or term with an id."""


def _anchors(name: str) -> Iterator[str]:
    """The ids that an entry or term may have, the best first, without end."""
    hashed = f"{anchor_of(name)}-{short_hash(name)}"
    yield from (anchor_of(name), hashed)
    yield from (f"{hashed}-{number}" for number in count(2))


@lru_cache(maxsize=1)
def _lines(page: Path, _changed: int) -> list[str]:
    """The lines of a page as MyST counts them, read once for all its directives. Its encoding may
    be another: the signs of fences are the same in most.
    """
    return page.read_text("utf-8", "replace").split("\n")


def _depth(node: nodes.Element) -> int:
    """The number of sections around the end of what has been read of a page."""
    sections = [n for n in node.children if isinstance(n, nodes.section)]
    return 1 + _depth(sections[-1]) if sections else 0


class MmuDirective(OptionsDirective):
    """What all directives share: views that are remembered, and ids of what they show."""

    nested: ClassVar[int] = 0
    """How many directives are being read within each other."""

    def run(self) -> Nodes:
        """Check what is given and show the view, and below it text that the directive does not
        take: a fence that is never closed swallows the rest of a page.
        """
        if not self.are_options_read():
            return []
        if self.needs and not self.arguments:
            self.bad(
                f"{self.name} needs {self.needs}",
                "write it right after the name",
            )
            return self.text_nodes()
        shown = self.show()
        return shown if self.body else [*shown, *self.text_nodes()]

    def show(self) -> Nodes:
        """What the directive shows."""
        raise NotImplementedError

    def text_nodes(self) -> Nodes:
        """The text within the directive; below one that takes none, with its sections."""
        if not self.content:
            return []
        if MmuDirective.nested == _MOST_NESTED:
            message = f"{self.name} is within {_MOST_NESTED} directives"
            self.bad(message, "close those before it")
            return []
        MmuDirective.nested += 1
        try:
            found = self.parse_content_to_nodes(
                allow_section_headings=not self.body
            )
        finally:
            MmuDirective.nested -= 1
        if not self.body:
            return found
        if not self._is_closed():
            hint = "close it with as many colons or backticks as open it"
            self.bad(f"{self.name} is never closed", hint)
            return found
        depth = _depth(self.state.document)
        for node in found:
            # what MyST makes of a heading, which is not below the one above the directive
            if isinstance(node, nodes.rubric) and node.get("level", 9) <= depth:
                message = f"{self.name} has the heading {node.astext()!r} in it"
                hint = "close the directive before it with as many colons or backticks"
                self.bad(message, hint)
        return found

    def _is_closed(self) -> bool:
        """Whether the fence around the directive ends in a fence, and not with the page."""
        opening, *lines = self.block_text.removesuffix("\n").split("\n")
        if self.name not in opening.partition("{")[2]:
            return True  # reStructuredText
        try:
            page = Path(self.get_source_info()[0] or "")
            found = _lines(page, page.stat().st_mtime_ns)
        except OSError:
            return True  # text that no file has
        first, last = self.lineno - 1, self.lineno - 1 + len(lines)
        if self.name not in "".join(found[first : first + 1]):
            return True  # the line is not of this file
        end = "".join(found[last : last + 1]).strip(" \t>")
        return set(end) in ({":"}, {"`"}, {"~"})

    def note(self, request: Request[V]) -> V:
        """Evaluate a view, report what is wrong with it, and remember that this page shows it."""
        view = self.domain.note_view(request)
        for problem in view.problems:
            # what was warned of before may be the cause
            if not (self.warned and problem.code is Code.EMPTY_RESULT):
                self.warn(problem)
        return view

    def view_node(
        self, request: Request[View], anchors: dict[str, str] | None = None
    ) -> mmu_view:
        """Ask, and give the node that shows the view."""
        self.note(request)
        node = mmu_view("", request=tuple(request), refdoc=self.docname)
        node["anchors"] = anchors or {}
        self.set_source_info(node)
        return node

    def anchor(self, name: str) -> str:
        """An id for a row or term that nothing else on the page has; empty from the third time that
        it is shown.
        """
        ids, own = self.state.document.ids, 0
        anchors = _anchors(name)
        while own < _SHOWN:
            wanted = next(anchors)
            if wanted not in ids:
                ids[wanted] = nodes.target("", "", ids=[wanted], mmu_name=name)
                return wanted
            own += ids[wanted].get("mmu_name") == name
        return ""

    def targets(
        self, kind: str, names: Iterable[str], rank: int
    ) -> dict[str, str]:
        """Ids for rows, registered as the places of what they show; none with ``:targets: no``."""
        if self.flag("targets"):
            return {}
        anchors = {
            name: anchor for name in names if (anchor := self.anchor(name))
        }
        for name, anchor in anchors.items():
            place = Place(rank, self.docname, anchor, self.lineno)
            self.domain.note_place(kind, name, place)
        return anchors

    def renderer(self) -> NodeRenderer:
        """Makes nodes for this page."""
        source, line = self.get_source_info()
        return NodeRenderer(self.domain, self.docname, source or "", line or 0)
