"""What replaces a directive or role of ours that does not exist: a warning with a suggestion."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar

from docutils import nodes
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
