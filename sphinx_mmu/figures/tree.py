"""Tree: a facet's terms as branches with their papers as leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sphinx_mmu.figures.context import (
    FigureContext,
    TermRef,
    papers_text,
)
from sphinx_mmu.library.collection import union
from sphinx_mmu.messages import _, counted
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.vocabulary.vocabulary import Facet

# --- the tree


class TreeLeaf(NamedTuple):
    """A paper: its key, its short name, and the place of what put it there among
    :attr:`Tree.origins`, from 1.
    """

    key: str
    label: str
    origin: int


class Branch(NamedTuple):
    """A term with the papers that are right at it, newest first, and the terms below it. ``papers``
    counts them all.
    """

    mark: TermRef
    papers: int
    leaves: tuple[TreeLeaf, ...]
    branches: tuple[Branch, ...]


class Tree(NamedTuple):
    """Two levels of a facet's terms and their papers. ``origins`` are who placed a paper, ``most``
    a branch shows.
    """

    label: str
    branches: tuple[Branch, ...]
    origins: tuple[str, ...]
    total: int
    most: int

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        lowest = list[Branch]()
        for top in self.branches:
            lowest += top.branches or (top,)
        most = max(lowest, key=lambda b: b.papers)
        return counted(
            "{papers} on {n} branch.",
            "{papers} on {n} branches; the largest is {value} with {number}.",
            len(lowest),
            papers=papers_text(self.total),
            value=most.mark.label,
            number=most.papers,
        )

    def placed(self) -> str:
        """How many papers were placed by whom, in words; each has a mark, but the first."""
        if not self.origins:
            return ""
        placed = {leaf.key: leaf.origin for leaf in _leaves(self.branches)}
        counts = Counter(placed.values())
        parts = []
        for n, label in enumerate(self.origins, 1):
            if counts[n]:
                parts.append(f"{label} {sign(n)}".rstrip() + f" ({counts[n]})")
        return _("Placed by: {origins}.", origins="; ".join(parts))


def sign(origin: int) -> str:
    """The mark of a paper by who placed it: none for the first, then as footnotes have them."""
    return ("", "", "*", "†", "‡")[origin] if origin < 5 else "§"  # noqa: PLR2004 -- as many as there are signs


def cut(
    leaves: tuple[TreeLeaf, ...], most: int
) -> tuple[tuple[TreeLeaf, ...], int]:
    """The first papers of a branch and how many more there are; one more is no reason to leave it
    out.
    """
    more = len(leaves) - most
    return (leaves[:most], more) if more > 1 else (leaves, 0)


def _leaves(branches: tuple[Branch, ...]) -> Iterator[TreeLeaf]:
    for branch in branches:
        yield from branch.leaves
        yield from _leaves(branch.branches)


def tree(context: FigureContext, subject: str) -> Tree | None:
    """The terms of a facet, or below a term (``facet:value``), with their papers."""
    name, _colon, value = subject.partition(":")
    facet = context.facet(name)
    if facet is None or (value and not context.known(facet, value)):
        return None
    by = context.options.get("placed-by", "")
    origin = context.facet(by) if by else None
    origins = context.values(origin) if origin else []
    maker = _TreeBuilder(context, facet, origin.name if origin else "", origins)
    every = map(maker.branch, [value] if value else context.values(facet))
    branches = tuple(branch for branch in every if branch.papers)
    if not branches:
        return None
    total = len({leaf.key for leaf in _leaves(branches)})
    labels = tuple(context.library.term_label(by, v) for v in origins)
    return Tree(
        facet.label, branches, labels, total, context.number("limit", 24)
    )


class _TreeBuilder(NamedTuple):
    """Makes the branches of one tree."""

    context: FigureContext
    facet: Facet
    origin: str
    origins: list[str]

    def branch(self, value: str, depth: int = 1) -> Branch:
        """A term with what is below it; of terms further down only the papers."""
        papers = self.context.papers(self.facet, value)
        below = self.context.values(self.facet, value) if depth == 1 else []
        branches = [b for v in below if (b := self.branch(v, depth + 1)).papers]
        lower = union(self.context.papers(self.facet, child) for child in below)
        leaves = tuple(map(self._leaf, self._newest_first(papers & ~lower)))
        mark = self.context.term_ref(self.facet, value)
        # Papers at the term itself and at none below it.
        if branches and leaves:
            rest = mark._replace(label=_("Not divided further"))
            branches.append(Branch(rest, len(leaves), leaves, ()))
            leaves = ()
        return Branch(mark, papers.bit_count(), leaves, tuple(branches))

    def _newest_first(self, papers: int) -> list[Paper]:
        found = sorted(
            self.context.library.papers.of(papers), key=lambda p: p.key
        )
        return sorted(found, key=lambda p: p.date, reverse=True)

    def _leaf(self, paper: Paper) -> TreeLeaf:
        first = paper.tags.get(self.origin, ("",))[0]
        place = self.origins.index(first) + 1 if first in self.origins else 0
        return TreeLeaf(
            paper.key, self.context.library.labels[paper.key], place
        )
