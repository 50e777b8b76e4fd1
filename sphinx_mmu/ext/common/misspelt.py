"""Directives and roles of ours that do not exist, or are printed as they are: a warning with a
suggestion, and what replaces them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain
from typing import Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain
from sphinx.util.docutils import ReferenceRole, SphinxDirective

from sphinx_mmu.ext.common.docutils_pieces import AnyOption, Nodes
from sphinx_mmu.ext.common.reporting import warn
from sphinx_mmu.problems import Code, Problem, nearest

_CATALOGUE = "-catalogue"


def no_such(
    kind: str, name: str, known: Mapping[str, Collection[str]]
) -> Problem:
    """Make the problem of a directive or role that does not exist; ``known`` are those that do."""
    catalogue = name.removesuffix(_CATALOGUE)
    ending = name.removeprefix(catalogue)  # no catalogue is nearer by it
    near = nearest(
        catalogue,
        [n.removesuffix(ending) for n in known[kind] if n.endswith(ending)],
    )
    hint = f"did you mean 'mmu:{near}{ending}'?" if near else ""
    if not near and (ending or kind == "role"):
        table = f"[catalogue.{catalogue}]"
        hint = f"correct the spelling, or add {table} to the vocabulary"
    for other, names in known.items():
        if name in names:
            hint = f"it is a {other}"
    message = f"there is no {kind} 'mmu:{name}'"
    return Problem(Code.UNKNOWN_NAME, message, hint=hint)


def no_directive(problem: Problem) -> type[SphinxDirective]:
    """A directive with any options, which shows its content: if its fence is never closed, this is
    the rest of the page.
    """

    class NoDirective(SphinxDirective):
        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True
        option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = (
            AnyOption()
        )

        def run(self) -> Nodes:
            warn(problem, self.get_location())
            return self.parse_content_to_nodes(allow_section_headings=True)

    return NoDirective


class NoRole(ReferenceRole):
    """A role that shows its text."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem

    def run(self) -> tuple[Nodes, list[nodes.system_message]]:
        """Warn at the author's line."""
        warn(self.problem, self.get_location())
        return [nodes.Text(self.title)], []


_INLINE: Any = nodes.Inline
_NO_PROSE = (
    nodes.literal
    | nodes.FixedTextElement
    | nodes.math
    | nodes.reference
    | pending_xref
)
"""Code, formulas and links: the text of these may come from data."""
_ANY_NAME = r"[\w:-]{0,60}\w"
_NEARLY = re.compile(
    rf"[{{:]mmu[:;]({_ANY_NAME})[}}:]?|[([]mmu[:;]({_ANY_NAME})[])]|\bmmu[:;]({_ANY_NAME})(?:}}|::)",
    re.IGNORECASE,
)
"""What was meant as a role or directive of ours, and is printed."""
_NEARLY_FENCED = re.compile(rf"\{{?mmu[:;]({_ANY_NAME})", re.IGNORECASE)
"""The same behind the backticks or colons of a fence."""


def check_text(domain: Domain, doctree: nodes.document) -> None:
    """Warn of roles and directives that an author wrote so that they are printed as they are."""
    for text in doctree.findall(nodes.Text):
        found = _NEARLY.search(text)
        if found and _is_written(text):
            warn(_printed(domain, found), text.parent)
    blocks: Iterator[nodes.Element] = chain(
        doctree.findall(nodes.literal_block), doctree.findall(nodes.container)
    )
    for block in blocks:
        info = block.get("language") or " ".join(block.get("classes", ()))
        if found := _NEARLY_FENCED.match(info):
            block["language"] = "none"  # Sphinx would warn of it as well
            warn(_printed(domain, found), block)


def _is_written(text: nodes.Text) -> bool:
    """Whether an author wrote a text on the page, as prose: what comes from data has no line."""
    node: Any = text.parent
    while isinstance(node, _INLINE):
        if isinstance(node, _NO_PROSE):
            return False
        node = node.parent
    return not isinstance(node, _NO_PROSE) and node.line is not None


def _printed(domain: Domain, found: re.Match[str]) -> Problem:
    """The problem of what is printed."""
    message = f"{found[0]} is printed as it is"
    hint = _how_to_fence(domain, found) or _how_to_name(domain, found)
    return Problem(Code.BAD_OPTION, message, hint=hint)


def _how_to_fence(domain: Domain, found: re.Match[str]) -> str:
    enabled = getattr(domain.env.config, "myst_enable_extensions", ())
    if found.string.startswith(":::") and "colon_fence" not in enabled:
        return "write ``` for :::, or add 'colon_fence' to myst_enable_extensions in conf.py"
    return ""


def _how_to_name(domain: Domain, found: re.Match[str]) -> str:
    name = next(filter(None, found.groups())).lower()
    role = name if name in domain.roles else ""
    fenced = found.re is _NEARLY_FENCED or found[0].endswith("::")
    is_directive = "-" in name or name in domain.directives
    if fenced or (is_directive and not role):
        return "write a directive on lines of its own, between ```{mmu:name} and ```"
    written = f"{{mmu:{role or 'paper'}}}`…`"
    return f"write {written}: the name in braces, and backticks right after it"
