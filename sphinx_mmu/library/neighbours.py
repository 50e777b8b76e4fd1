"""Papers that are related to one another: by tags that few papers have, and by relations."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sphinx_mmu.library.collection import Collection, with_parents
from sphinx_mmu.library.relations import Relations
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.vocabulary.vocabulary import Facet

_COMMON = 400
"""A tag that more papers share is no evidence that they are related."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A related paper, the tags that both have, the rarest first, and the label of a relation to
    it.
    """

    paper: Paper
    shared: tuple[str, ...]
    relation: str = ""


class Neighbours:
    """Who is related to whom among the papers of a collection."""

    def __init__(
        self, papers: Collection, facets: Mapping[str, Facet], relations: Relations
    ) -> None:
        self.papers, self.facets, self.relations = papers, facets, relations

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for i, paper in enumerate(self.papers.papers):
            for tag in self._relating(paper):
                found[tag].append(i)
        return found

    def _relating(self, paper: Paper) -> list[str]:
        """The tags by which a paper is related to others, each with the tags above it."""
        found: dict[str, None] = {}
        for name, values in paper.tags.items():
            facet = self.facets.get(name)
            if facet is None or facet.field or not facet.relates:
                continue
            for value in values:
                found.update((f"{name}:{one}", None) for one in with_parents(value))
        return list(found)

    @cached_property
    def _partners(self) -> Mapping[str, Mapping[str, str]]:
        """The key of a paper → the papers that it has a relation to, each with the label of the
        first.
        """
        known = self.papers.by_key
        found: dict[str, dict[str, str]] = {}
        for relation in self.relations.declared:
            for key in known:
                for label, others in self.relations.of(key, relation):
                    if not label:
                        continue
                    for other in others:
                        if other in known and other != key:
                            found.setdefault(key, {}).setdefault(other, label)
        return found

    def of(self, paper: Paper, most: int) -> tuple[Neighbour, ...]:
        """Papers with the most telling tags in common: a shared tag weighs log(all / papers that
        have it). A relation weighs log(all / papers that the other paper has relations to).
        """
        size, own = len(self.papers), self.papers.position[paper.key]
        score: dict[int, float] = defaultdict(float)
        shared: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for tag in self._relating(paper):
            posting = self._postings[tag]
            if len(posting) > _COMMON or len(posting) == size:
                continue
            weight = math.log(size / len(posting))
            for i in posting:
                if i != own:
                    score[i] += weight
                    shared[i].append((-weight, tag))
        partners = self._partners.get(paper.key, {})
        for key in partners:
            score[self.papers.position[key]] += math.log(
                size / len(self._partners[key])
            )
        best = sorted(score, key=lambda i: (-round(score[i], 6), i))[:most]
        found = ((self.papers.papers[i], _narrowest(shared[i])) for i in best)
        return tuple(Neighbour(p, tags, partners.get(p.key, "")) for p, tags in found)


def _narrowest(weighed: Iterable[tuple[float, str]]) -> tuple[str, ...]:
    """Shared tags, the rarest first, without those that another one is below of."""
    tags = [tag for _weight, tag in sorted(weighed)]
    return tuple(tag for tag in tags if not any(t.startswith(f"{tag}/") for t in tags))
