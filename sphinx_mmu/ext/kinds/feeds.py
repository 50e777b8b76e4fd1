"""The list of all feeds: its directive, what it has, and its nodes."""

from __future__ import annotations

from collections import defaultdict

from sphinx_mmu.export.feeds import FOLDER, Feed
from sphinx_mmu.ext.common.docutils_pieces import (
    Nodes,
    bullets,
    joined,
    paragraph,
    reference,
)
from sphinx_mmu.ext.common.nodes import Spot
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.state.domain import MmuDomain
from sphinx_mmu.messages import _
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.views.base import View
from sphinx_mmu.views.texts import FeedsRequest

OPML = f"{FOLDER}/all.opml"


class FeedsDirective(MmuDirective):
    """The list of all feeds. Nothing in builders that make no site."""

    def show(self) -> Nodes:
        """Leave a node: which feeds there are is known at the end."""
        if not self.config.mmu_feeds:
            hint = "set mmu_feeds = True in conf.py"
            self.warn(
                Problem(Code.EMPTY_RESULT, "there are no feeds", hint=hint)
            )
        return [self.view_node(FeedsRequest())]


def listed(domain: MmuDomain) -> dict[str, list[Feed]]:
    """The feeds that the list has, by the labels of their facets: those of derived facets, of which
    there are many, are named by the pages of their values only.
    """
    found = defaultdict(list)
    for tag, feed in domain.site.feeds.items():
        facet = domain.library.facets.get(tag.partition(":")[0])
        if facet or not tag:
            found[facet.label if facet else ""].append(feed)
    return found


def feeds_nodes(renderer: NodeRenderer, _view: View, _spot: Spot) -> Nodes:
    """Write the list of all feeds; nothing where there are none."""
    site = renderer.domain.site
    if not site.feeds:
        return []
    up, lines = site.up(renderer.docname), []
    for label, feeds in listed(renderer.domain).items():
        links = [reference(f.title, up + f.file, internal=True) for f in feeds]
        lines.append(paragraph(f"{label}: " if label else "", *joined(links)))
    every = _("all feeds, as OPML for a reader")
    lines.append(paragraph(reference(every, up + OPML, internal=True)))
    return [bullets(([line] for line in lines), "mmu-feeds")]
