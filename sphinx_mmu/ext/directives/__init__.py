"""The directives that authors write. Each turns its options into a request and leaves one node."""

from __future__ import annotations

from typing import Any

from sphinx_mmu.ext.directives.figures import GapMapDirective, figure
from sphinx_mmu.ext.directives.guide import ConfigListDirective, ProblemListDirective
from sphinx_mmu.ext.directives.papers import (
    BenchmarkCatalogueDirective,
    DatasetCatalogueDirective,
    PaperCardDirective,
    PapersDirective,
    PaperTableDirective,
)
from sphinx_mmu.ext.directives.terms import TermDirective, TermListDirective

DIRECTIVES: dict[str, Any] = {
    "paper-table": PaperTableDirective,
    "benchmark-catalogue": BenchmarkCatalogueDirective,
    "dataset-catalogue": DatasetCatalogueDirective,
    "paper-card": PaperCardDirective,
    "gap-map": GapMapDirective,
    "pipeline": figure("pipeline", "The top terms of a facet along a line.", "line", "states", "bypass"),
    "taxonomy-tree": figure("tree", "The terms of a facet with their papers.", "limit", "placed-by"),
    "timeline": figure("timeline", "Papers over time.", "series", "period", arguments=(0, 0)),
    "sparks": figure("sparks", "Each term's papers over time.", "period"),
    "direction-map": figure(
        "directions", "What should fall and what should rise.", "facts", "fall", "rise", "stay", "stated"
    ),
    "crossing": figure(
        "crossing", "Two facets crossed, with the papers in the cells.", "rows", "columns", "limit", arguments=(0, 0)
    ),
    "coverage": figure("coverage", "What entries cover.", "columns", arguments=(0, 1)),
    "term": TermDirective,
    "term-list": TermListDirective,
    "papers": PapersDirective,
    "problem-list": ProblemListDirective,
    "config-list": ConfigListDirective,
}
