"""The pieces that docutils nodes of every kind of view are made of. Where a piece of a line is
wanted, a string is text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from docutils import nodes
from sphinx import addnodes

Piece = nodes.Node | str
Nodes = list[nodes.Node]


class AnyOption(dict[str, Callable[[str], Any]]):
    """Takes every option as text, so that an unknown one is a warning of ours and not the end of
    the directive.
    """

    def __bool__(self) -> bool:
        return True

    def __missing__(self, key: str) -> Callable[[str | None], Any]:
        return lambda value: (value or "").strip()


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
    """A row of a table, of cells or what is in them."""
    entries = [c if isinstance(c, nodes.entry) else entry(c) for c in cells]
    return nodes.row("", *entries, **attributes)


def entry(content: Piece, css: str = "", **attributes: Any) -> nodes.entry:
    """A cell of a table: a paragraph, a list, or a piece of a line; ``css`` are its classes."""
    if isinstance(content, str | nodes.Text | nodes.Inline):
        content = paragraph(content)
    return nodes.entry("", content, classes=css.split(), **attributes)


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


def enclosing(
    node: nodes.Node, *kinds: type[nodes.Element]
) -> nodes.Element | None:
    """The nearest of the elements around a node that is of one of these kinds."""
    above = node.parent
    while above is not None and not isinstance(above, kinds):
        above = above.parent
    return above
