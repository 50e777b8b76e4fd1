"""Directives for the guide: tables generated from the code."""

from __future__ import annotations

from docutils import nodes

from sphinx_mmu.ext.common.docutils_pieces import Nodes, inline, row, table
from sphinx_mmu.ext.config import VALUES
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.problems import Code


class ProblemListDirective(MmuDirective):
    """The table of problem codes, for the guide."""

    def show(self) -> Nodes:
        """One row a code."""
        rows = []
        for code in Code:
            name, severity = (
                nodes.literal("", f"mmu.{code.slug}"),
                code.severity.value,
            )
            rows.append(
                row(
                    (
                        name,
                        severity,
                        _marked(code.meaning),
                        _marked(code.remedy),
                    )
                )
            )
        heads = [
            ("Code", 16),
            ("Severity", 8),
            ("What has happened", 38),
            ("What to do", 38),
        ]
        return [table(heads, rows)]


class ConfigListDirective(MmuDirective):
    """The table of configuration values, for the guide."""

    def show(self) -> Nodes:
        """One row a value."""
        rows = []
        for value in VALUES:
            name, default = value.name, repr(value.default)
            rows.append(
                row(
                    (
                        nodes.literal("", name),
                        nodes.literal("", default),
                        value.meaning,
                    )
                )
            )
        return [table([("Value", 20), ("Default", 14), ("Meaning", 60)], rows)]


def _marked(text: str) -> nodes.inline:
    """A sentence in which backticks mark code."""
    parts = enumerate(text.split("`"))
    return inline(
        *(nodes.literal("", part) if n % 2 else part for n, part in parts)
    )
