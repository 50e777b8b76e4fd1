"""Cells as ordinary docutils nodes, what every builder understands."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinx_mmu.ext.common.docutils_pieces import (
    Nodes,
    inline,
    paragraph,
    reference,
    xref,
)
from sphinx_mmu.ext.state.domain import MmuDomain
from sphinx_mmu.messages import _
from sphinx_mmu.views.cells import Cell, Part


class NodeRenderer:
    """Makes nodes for one page, which come from one line of its source."""

    def __init__(
        self,
        domain: MmuDomain,
        docname: str,
        source: str | None,
        line: int | None,
    ) -> None:
        self.domain, self.docname = domain, docname
        self.source, self.line = source or "", line or 0

    def part(self, part: Part) -> nodes.Node:
        """One run of text."""
        match part.kind:
            case "muted":
                return inline(part.text, css="mmu-nr")
            case "time":
                return inline(part.text, css="mmu-c-date")
            case "math":
                return nodes.math(part.text, part.text)
            case "url":
                return inline(reference(part.text, part.target))
            case "tick":
                return nodes.Text(_("yes") if part.text == "yes" else _("no"))
            case "badge":
                number = inline(part.text, css=f"mmu-badge mmu-c{part.text}")
                return inline(number, f" {part.lead}") if part.lead else number
            case "entry" | "title" | "term":
                lead = nodes.strong("", part.lead) if part.lead else ""
                label = inline(lead, part.text, css=f"mmu-{part.kind}")
                kind = "term" if part.kind == "term" else "paper"
                return xref(label, kind, part.target, self.docname)
            case _:
                return nodes.Text(part.text)

    def line_nodes(self, parts: Iterable[Part]) -> Nodes:
        """Parts one after the other."""
        return [self.part(p) for p in parts]

    def cell(self, cell: Cell) -> Nodes:
        """A cell: a paragraph for each of its lines, a formula on its own is displayed."""
        found: Nodes = []
        for line in cell:
            if line.role == "display":
                tex, given = line.parts[0].text, {"number": None, "label": None}
                found.append(
                    nodes.math_block(
                        tex, tex, nowrap=False, docname=self.docname, **given
                    )
                )
            else:
                css = line.role and f"mmu-{line.role}"
                found.append(paragraph(*self.line_nodes(line.parts), css=css))
        return found

    def placed(self, found: Nodes) -> Nodes:
        """Give nodes the source and line of the directive that they come from."""
        for node in found:
            for each in node.findall(nodes.Element):
                each.source, each.line = self.source, self.line
        return found
