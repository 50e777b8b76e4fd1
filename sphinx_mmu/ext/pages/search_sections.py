"""What the search of the site finds on a page: recorded when the page is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from sphinx_mmu.ext.citations.mentions import runs_of
from sphinx_mmu.ext.common.nodes import FOUND_BY
from sphinx_mmu.ext.state.domain import domain_of

_CITED = re.compile("\x02(.*?)\x03")
"""Keys that a sentence cites, until their labels are known."""
_NO_TEXT = (
    nodes.comment,
    nodes.image,
    nodes.literal_block,
    nodes.math_block,
    nodes.raw,
    nodes.section,
    nodes.system_message,
    nodes.title,
    addnodes.index,
    addnodes.toctree,
)
"""What a section shows that is not its text, or has a place of its own."""


class SearchSection(NamedTuple):
    """A section of a page, or by its ``kind`` a term of its glossary or a table of results.
    ``titles`` are several where a glossary has names for one thing; ``text`` has a line for each
    paragraph.
    """

    anchor: str
    titles: tuple[str, ...]
    text: str
    kind: str = ""


def sections(doctree: nodes.document) -> tuple[SearchSection, ...]:
    """The sections of a page, the terms of its glossaries and its tables of results, in order; the
    first is the page.
    """
    listed = doctree.findall(nodes.section)
    found = [
        _section(node) for node in listed if "mmu-index" not in node["classes"]
    ]
    if found:
        found[0] = found[0]._replace(anchor="")
    for glossary in doctree.findall(addnodes.glossary):
        found += map(_explained, glossary.findall(nodes.definition_list_item))
    for table in doctree.findall(nodes.table):
        if FOUND_BY in table and table["ids"]:
            title, text = table[FOUND_BY]
            found.append(
                SearchSection(table["ids"][0], (title,), text, "table")
            )
    return tuple(found)


def _section(node: nodes.section) -> SearchSection:
    title = next(iter(node.findall(nodes.title)), None)
    return SearchSection(
        _anchor(node), (_name(title) if title else "",), _text(node)
    )


def _explained(item: nodes.definition_list_item) -> SearchSection:
    terms = [node for node in item.children if isinstance(node, nodes.term)]
    said = [
        _text(node)
        for node in item.children
        if isinstance(node, nodes.definition)
    ]
    anchor = next(filter(None, map(_anchor, terms)), "")
    return SearchSection(
        anchor, tuple(map(_name, terms)), "\n".join(said), "glossary"
    )


def _name(node: nodes.Element) -> str:
    return " ".join(node.astext().split())


def _anchor(node: nodes.Element) -> str:
    return node["ids"][0] if node["ids"] else ""


def _text(node: nodes.Element) -> str:
    return "\n".join(_lines(node))


def _lines(node: nodes.Element) -> Iterator[str]:
    """A line for each paragraph below a node, and for each row of a table."""
    for child in node.children:
        if isinstance(child, _NO_TEXT) or not isinstance(child, nodes.Element):
            continue
        if isinstance(child, nodes.row):
            targets = child.findall(nodes.target)
            if any("mmu-term" in target for target in targets):
                continue  # the term is found by itself
            cells = (
                " ".join(_lines(cell)) for cell in child.findall(nodes.entry)
            )
            yield " · ".join(filter(None, cells))
        elif isinstance(child, addnodes.glossary) or FOUND_BY in child:
            continue
        elif isinstance(child, nodes.TextElement):
            if line := "".join(map(_run, runs_of(child))).strip():
                yield line
        else:
            yield from _lines(child)


def _run(run: Any) -> str:
    if run.kind == "cite":
        return f"\x02{run.target}\x03"
    return "…" if run.kind == "math" else str(run.text)


def with_labels(text: str, cited: Callable[[str], str]) -> str:
    """The text of a section with what its citations are called, once that is known."""
    return _CITED.sub(lambda found: cited(found[1]), text)


def note_sections(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the sections of a page that has been read. Pages of papers have nothing of their own."""
    domain = domain_of(app.env)
    docname = domain.docname
    if app.config.mmu_site_search and docname not in domain.site.page_keys:
        domain.data["sections"][docname] = tuple(map(tuple, sections(doctree)))
