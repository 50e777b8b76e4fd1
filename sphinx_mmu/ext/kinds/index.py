"""Names from A to Z, as docutils nodes in every builder."""

from __future__ import annotations

from docutils import nodes

from sphinx_mmu.ext.common.docutils_pieces import (
    Nodes,
    bullets,
    joined,
    paragraph,
)
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.messages import _
from sphinx_mmu.views.index import INDEX_PARTS, IndexRequest, Letter


class IndexDirective(MmuDirective):
    """Papers, authors, venues and terms from A to Z, a section each."""

    names = ("parts",)

    def show(self) -> Nodes:
        """Ask, and write a section for each part."""
        view = self.note(IndexRequest(parts=self.chosen("parts", INDEX_PARTS)))
        return [
            self._section(name, letters)
            for name, letters in view.parts
            if letters
        ]

    def _section(self, name: str, letters: tuple[Letter, ...]) -> nodes.section:
        titles = {
            "papers": _("Papers"),
            "authors": _("Authors"),
            "venues": _("Venues"),
            "terms": _("Terms"),
        }
        title = nodes.title("", titles[name])
        section = nodes.section("", title, names=[], classes=["mmu-index"])
        self.state.document.set_id(section)
        listed = nodes.definition_list(classes=["simple"])
        ways = []
        for letter in letters:
            head = nodes.term("", letter.letter)
            self.state.document.set_id(head, suggested_prefix=f"{name}-")
            way = {"internal": True, "refid": head["ids"][0]}
            ways.append(nodes.reference("", letter.letter, **way))
            listed += nodes.definition_list_item("", head, self._names(letter))
        ways_line = joined(ways, " ")
        section += paragraph(*ways_line, css="mmu-letters", translatable=False)
        section += listed
        self.set_source_info(section)
        return section

    def _names(self, letter: Letter) -> nodes.definition:
        """The names that begin with a letter."""
        renderer = self.renderer()
        lines = [
            paragraph(*renderer.line_nodes(line.parts)) for line in letter.lines
        ]
        body = nodes.definition(
            "", bullets(([line] for line in lines), "simple")
        )
        renderer.placed([body])
        return body
