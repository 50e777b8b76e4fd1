"""Cells as ordinary docutils nodes, what every builder understands, and the pieces that such
nodes are made of. Where a piece of a line is wanted, a string is text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from sphinx_mmu.messages import _
from sphinx_mmu.views.columns import Cell, Part

if TYPE_CHECKING:
    from sphinx_mmu.ext.domain import MmuDomain

Piece = nodes.Node | str
Nodes = list[nodes.Node]


# --- pieces


def pieces(content: Iterable[Piece]) -> Nodes:
    """The nodes of a line; an empty text is none."""
    return [
        nodes.Text(p) if isinstance(p, str) else p for p in content if p != ""
    ]


def paragraph(
    *content: Piece, css: str = "", **attributes: Any
) -> nodes.paragraph:
    """A paragraph; ``css`` are its classes."""
    line = pieces(content)
    return nodes.paragraph("", "", *line, classes=css.split(), **attributes)


def inline(*content: Piece, css: str = "") -> nodes.inline:
    """A part of a line; ``css`` are its classes."""
    return nodes.inline("", "", *pieces(content), classes=css.split())


def reference(
    text: str, address: str, *, internal: bool = False
) -> nodes.reference:
    """A link to an address, elsewhere or on this site."""
    return nodes.reference("", text, refuri=address, internal=internal)


def xref(
    label: nodes.Node, kind: str, target: str, docname: str, **attributes: Any
) -> addnodes.pending_xref:
    """A link on a page to an object of the domain; Sphinx resolves it for each builder. Where there
    is no place to lead to, the label remains.
    """
    return addnodes.pending_xref(
        "",
        label,
        refdomain="mmu",
        reftype=kind,
        reftarget=target,
        refdoc=docname,
        refwarn=True,
        **{"mmu-known": True},
        **attributes,
    )


def joined(content: Iterable[Piece], separator: str = ", ") -> list[Piece]:
    """Pieces of a line with a text between each two."""
    found: list[Piece] = []
    for piece in content:
        found += (separator, piece)
    return found[1:]


def bullets(
    items: Iterable[Iterable[nodes.Node]], css: str = "mmu-list"
) -> nodes.bullet_list:
    """A list of what each item has; ``css`` are its classes."""
    listed = [nodes.list_item("", *item) for item in items]
    return nodes.bullet_list("", *listed, classes=css.split())


def row(cells: Iterable[Piece], **attributes: Any) -> nodes.row:
    """A row of a table; a cell is a paragraph or a piece of one."""
    entries = [nodes.entry("", _cell(cell)) for cell in cells]
    return nodes.row("", *entries, **attributes)


def _cell(cell: Piece) -> nodes.Node:
    return cell if isinstance(cell, nodes.paragraph) else paragraph(cell)


def table(
    heads: Iterable[tuple[Piece, int]],
    rows: Iterable[nodes.row],
    css: str = "longtable colwidths-given",
) -> nodes.table:
    """A table with real column widths, which can break over pages."""
    labels, widths = zip(*heads, strict=True)
    group = nodes.tgroup("", cols=len(widths))
    group += [nodes.colspec("", colwidth=width) for width in widths]
    group += [nodes.thead("", row(labels)), nodes.tbody("", *rows)]
    return nodes.table("", group, classes=["mmu-table", *css.split()])


def put_target(node: nodes.Element, anchor: str, **attributes: object) -> None:
    """Make a row or item a target: inside its first paragraph, the one place that every writer
    keeps.
    """
    if not anchor:
        return
    line = next(iter(node.findall(nodes.paragraph)), None)
    if line is None:  # nothing but displayed formulas
        line = nodes.paragraph()
        next(iter(node.findall(nodes.entry)), node).insert(0, line)
    line.insert(0, nodes.target("", "", ids=[anchor], **attributes))


# --- cells


class Expander:
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
            case "strong":
                return nodes.strong("", part.text)
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
