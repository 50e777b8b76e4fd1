"""Cells as ordinary docutils nodes: what every builder understands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_mmu.messages import _
from sphinx_mmu.views.columns import Cell, Part

if TYPE_CHECKING:
    from sphinx_mmu.ext.domain import MmuDomain


class Expander:
    """Makes nodes for one page. References are pending: Sphinx resolves them for each builder."""

    def __init__(
        self, domain: MmuDomain, docname: str, source: str = "", line: int = 0
    ) -> None:
        self.domain, self.docname = domain, docname
        self.source, self.line = source, line

    # --- parts
    def part(self, part: Part) -> nodes.Node:
        """One run of text."""
        match part.kind:
            case "strong":
                return nodes.strong("", part.text)
            case "muted":
                return nodes.inline("", part.text, classes=["mmu-nr"])
            case "time":
                return nodes.inline("", part.text, classes=["mmu-c-date"])
            case "math":
                return nodes.math(part.text, part.text)
            case "url":
                link = nodes.reference(
                    "", part.text, refuri=part.target, internal=False
                )
                return nodes.inline("", "", link)
            case "tick":
                return nodes.Text(_("yes") if part.text == "yes" else _("no"))
            case "badge":
                return self._badge(part)
            case "entry" | "title" | "term":
                return self._reference(part)
            case _:
                return nodes.Text(part.text)

    def _badge(self, part: Part) -> nodes.Node:
        number = nodes.inline("", part.text, classes=["mmu-badge", f"mmu-c{part.text}"])
        return (
            nodes.inline("", "", number, nodes.Text(f" {part.lead}"))
            if part.lead
            else number
        )

    def _reference(self, part: Part) -> nodes.Node:
        label = nodes.inline("", "", classes=[f"mmu-{part.kind}"])
        if part.lead:
            label += nodes.strong("", part.lead)
        if part.text:
            label += nodes.Text(part.text)
        kind = "term" if part.kind == "term" else "paper"
        link = addnodes.pending_xref(
            "",
            label,
            refdomain="mmu",
            reftype=kind,
            reftarget=part.target,
            refdoc=self.docname,
            refwarn=True,
        )
        link["mmu-known"] = True
        return link

    def line_nodes(self, parts: Iterable[Part]) -> list[nodes.Node]:
        """Parts one after the other."""
        return [self.part(p) for p in parts]

    def cell(self, cell: Cell) -> list[nodes.Node]:
        """A cell: a paragraph for each of its lines, a formula on its own is displayed."""
        found: list[nodes.Node] = []
        for line in cell:
            if line.role == "display":
                tex = line.parts[0].text
                found.append(
                    nodes.math_block(
                        tex,
                        tex,
                        nowrap=False,
                        number=None,
                        label=None,
                        docname=self.docname,
                    )
                )
            else:
                classes = [f"mmu-{line.role}"] if line.role else []
                found.append(
                    nodes.paragraph(
                        "", "", *self.line_nodes(line.parts), classes=classes
                    )
                )
        return found

    def placed(self, found: list[nodes.Node]) -> list[nodes.Node]:
        """Give nodes the source and line of the directive that they come from."""
        for node in found:
            for each in node.findall(nodes.Element):
                each.source, each.line = self.source, self.line
        return found

    def table(
        self, heads: Iterable[tuple[str, int]], rows: Iterable[nodes.row]
    ) -> nodes.table:
        """A table with real column widths, which can break over pages."""
        heads = list(heads)
        head = nodes.row(
            "",
            *(nodes.entry("", nodes.paragraph("", label)) for label, _width in heads),
        )
        group = nodes.tgroup("", cols=len(heads))
        group += [nodes.colspec("", colwidth=width) for _label, width in heads]
        group += [nodes.thead("", head), nodes.tbody("", *rows)]
        return nodes.table(
            "", group, classes=["mmu-table", "longtable", "colwidths-given"]
        )


def put_target(node: nodes.Element, anchor: str, **attributes: object) -> None:
    """Make a row or item a target: inside its first paragraph, the one place that every writer
    keeps.
    """
    if not anchor:
        return
    paragraph = next(iter(node.findall(nodes.paragraph)), None)
    if paragraph is None:  # nothing but displayed formulas
        paragraph = nodes.paragraph()
        next(iter(node.findall(nodes.entry)), node).insert(0, paragraph)
    paragraph.insert(0, nodes.target("", "", ids=[anchor], **attributes))
