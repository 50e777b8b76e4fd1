"""Directives for the guide: tables generated from the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_mmu.ext.config import VALUES
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.problems import Code

if TYPE_CHECKING:
    from docutils.nodes import Node


class ProblemListDirective(MmuDirective):
    """The table of problem codes, for the guide."""

    def show(self) -> list[Node]:
        """One row a code."""
        rows = [
            _row(
                [
                    nodes.literal("", f"mmu.{c.slug}"),
                    nodes.Text(c.severity.value),
                    _marked(c.meaning),
                    _marked(c.remedy),
                ]
            )
            for c in Code
        ]
        heads = [
            ("Code", 16),
            ("Severity", 8),
            ("What has happened", 38),
            ("What to do", 38),
        ]
        return [self.expander().table(heads, rows)]


class ConfigListDirective(MmuDirective):
    """The table of configuration values, for the guide."""

    def show(self) -> list[Node]:
        """One row a value."""
        rows = [
            _row(
                [
                    nodes.literal("", v.name),
                    nodes.literal("", repr(v.default)),
                    nodes.Text(v.meaning),
                ]
            )
            for v in VALUES
        ]
        return [
            self.expander().table(
                [("Value", 20), ("Default", 14), ("Meaning", 60)], rows
            )
        ]


def _marked(text: str) -> Node:
    """A sentence in which backticks mark code."""
    parts = text.split("`")
    return nodes.inline(
        "",
        "",
        *(
            nodes.literal("", p) if n % 2 else nodes.Text(p)
            for n, p in enumerate(parts)
        ),
    )


def _row(cells: list[Node]) -> nodes.row:
    return nodes.row(
        "", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells)
    )


DIRECTIVES = {"problem-list": ProblemListDirective, "config-list": ConfigListDirective}
