"""The directive that lists all feeds."""

from __future__ import annotations

from sphinx_mmu.ext.common.docutils_pieces import Nodes
from sphinx_mmu.ext.common.nodes import mmu_feeds
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.views.texts import FeedsRequest


class FeedsDirective(MmuDirective):
    """The list of all feeds. Nothing in builders that make no site."""

    def show(self) -> Nodes:
        """Leave a node: which feeds there are is known at the end."""
        self.note(FeedsRequest())
        if not self.config.mmu_feeds:
            hint = "set mmu_feeds = True in conf.py"
            self.warn(
                Problem(Code.EMPTY_RESULT, "there are no feeds", hint=hint)
            )
        return [mmu_feeds("", refdoc=self.docname)]
