"""Papers that are related to one another: by tags that few papers have, and by relations."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sphinx_mmu.library.collection import Collection, tags_of
from sphinx_mmu.library.relations import Relations
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.vocabulary.vocabulary import Facet

_MOST = 5
"""How many papers are named as related to one."""
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
        self,
        papers: Collection,
        facets: Mapping[str, Facet],
        relations: Relations,
    ) -> None:
        self.papers = papers
        self.relations = relations
        self._telling = {
            f.name for f in facets.values() if f.relates and not f.field
        }

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for i, paper in enumerate(self.papers.papers):
            for tag in self._relating(paper):
                found[tag].append(i)
        return found

    def _relating(self, paper: Paper) -> list[str]:
        """The tags by which a paper is related to others, each with the tags above it."""
        tags = (
            f"{name}:{v}" for name, v in tags_of(paper) if name in self._telling
        )
        return list(dict.fromkeys(tags))

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
                    for other in others:
                        if label and other in known and other != key:
                            found.setdefault(key, {}).setdefault(other, label)
        return found

    def of(self, paper: Paper) -> tuple[Neighbour, ...]:
        """The few papers with the most telling tags in common. A shared tag weighs log(all / papers
        that have it), its inverse document frequency (Spärck Jones 1972), and so does a relation,
        counted by the papers that the other paper has relations to.
        """
        size = len(self.papers)
        own = self.papers.position[paper.key]
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
        best = sorted(score, key=lambda i: (-round(score[i], 6), i))[:_MOST]
        found = (
            (self.papers.papers[i], tuple(_narrowest(shared[i]))) for i in best
        )
        return tuple(
            Neighbour(p, tags, partners.get(p.key, "")) for p, tags in found
        )


def _narrowest(weighed: Iterable[tuple[float, str]]) -> Iterator[str]:
    """Shared tags, the rarest first, without those that another one is below of."""
    tags = [tag for _weight, tag in sorted(weighed)]
    for tag in tags:
        below = f"{tag}/"
        if not any(other.startswith(below) for other in tags):
            yield tag
