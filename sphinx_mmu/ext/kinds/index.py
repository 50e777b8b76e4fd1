"""Names from A to Z, as docutils nodes in every builder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_mmu.ext.docutils_view import Expander
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.messages import _
from sphinx_mmu.views.index import INDEX_PARTS, IndexRequest, Letter

if TYPE_CHECKING:
    from docutils.nodes import Node


class IndexDirective(MmuDirective):
    """Papers, authors, venues and terms from A to Z, a section each."""

    names = ("parts",)

    def show(self) -> list[Node]:
        """Ask, and write a section for each part."""
        view = self.note(IndexRequest(parts=self.chosen("parts", INDEX_PARTS)))
        return [self._section(name, letters) for name, letters in view.parts if letters]

    def _section(self, name: str, letters: tuple[Letter, ...]) -> nodes.section:
        titles = {
            "papers": _("Papers"),
            "authors": _("Authors"),
            "venues": _("Venues"),
            "terms": _("Terms"),
        }
        section = nodes.section(
            "", nodes.title("", titles[name]), names=[], classes=["mmu-index"]
        )
        self.state.document.set_id(section)
        listed = nodes.definition_list(classes=["simple"])
        ways: list[Node] = []
        for letter in letters:
            head = nodes.term("", letter.letter)
            self.state.document.set_id(head, suggested_prefix=f"{name}-")
            link = nodes.reference(
                "", letter.letter, internal=True, refid=head["ids"][0]
            )
            ways += [nodes.Text(" "), link] if ways else [link]
            listed += nodes.definition_list_item(
                "", head, _lines(self.expander(), letter)
            )
        section += nodes.paragraph(
            "", "", *ways, classes=["mmu-letters"], translatable=False
        )
        section += listed
        self.set_source_info(section)
        return section


def _lines(expander: Expander, letter: Letter) -> nodes.definition:
    """The names that begin with a letter."""
    lines = [
        nodes.list_item("", nodes.paragraph("", "", *expander.line_nodes(line.parts)))
        for line in letter.lines
    ]
    body = nodes.definition("", nodes.bullet_list("", *lines, classes=["simple"]))
    expander.placed([body])
    return body


DIRECTIVES = {"index": IndexDirective}
