"""When two entries are the same work: by an identifier, or by a title and people that nearly
agree.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from sphinx_mmu.filters.syntax import fold
from sphinx_mmu.model.identifiers import normal, recognised
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person, family

_NEAR = 93
"""The least ``fuzz.ratio`` of two titles that are one: 100, less the percentage of the letters of
both that are inserted or deleted. Titles of 50 letters each may differ by seven of these.
"""
_TELLING = 3
"""How many of a title's rarest words are looked up; two titles that are one share one of them."""
_CROWD = 60
"""A word that more titles have is not used to compare them."""
_NUMBER = re.compile(r"\b(?:\d+|[ivx]+)\b")
_NO_LETTER = re.compile(r"[\W_]+")


class Duplicate(NamedTuple):
    """Two entries that are one work: their positions, and the identifier that they share,
    or nothing.
    """

    first: int
    second: int
    identifier: str = ""


def letters(text: str) -> str:
    """A text for comparing: lower-case letters, digits, no accents, one blank between words."""
    return _NO_LETTER.sub(" ", fold(text)).strip()


def identifiers(paper: Paper) -> frozenset[str]:
    """All identifiers of an entry, as ``kind:value``."""
    found = (recognised(link.url) for link in paper.links)
    return frozenset(normal(*one) for one in found if one)


def same_title(one: str, other: str) -> bool:
    """Whether two titles, as :func:`letters` gives them, nearly agree; parts I and II are two
    works.
    """
    if one == other:
        return bool(one)
    numbers, others = (sorted(_NUMBER.findall(title)) for title in (one, other))
    return numbers == others and fuzz.ratio(one, other, score_cutoff=_NEAR) > 0


def same_people(one: Sequence[Person], other: Sequence[Person]) -> bool:
    """Whether at least half of the shorter list of family names is in the other one, or one list is
    empty.
    """
    names, others = _families(one), _families(other)
    return 2 * len(names & others) >= min(len(names), len(others))


def _families(people: Iterable[Person]) -> set[str]:
    return {letters(family(person)) for person in people if person != OTHERS}


def same_work(one: Paper, other: Paper) -> bool:
    """Whether titles and people of two entries nearly agree."""
    return same_title(letters(one.title), letters(other.title)) and same_people(
        one.authors, other.authors
    )


def duplicates(papers: Sequence[Paper]) -> Iterator[Duplicate]:
    """All pairs that are one work, each once. The time grows with the number of entries, not with
    its square.
    """
    seen: set[tuple[int, int]] = set()
    holders: dict[str, list[int]] = defaultdict(list)
    for i, paper in enumerate(papers):
        for name in sorted(identifiers(paper)):
            holders[name].append(i)
    for name, same in holders.items():
        for second in same[1:]:
            if (same[0], second) not in seen:
                seen.add((same[0], second))
                yield Duplicate(same[0], second, name)
    titles = [letters(paper.title) for paper in papers]
    for first, second in _candidates(titles):
        if (first, second) in seen or not same_title(
            titles[first], titles[second]
        ):
            continue
        if same_people(papers[first].authors, papers[second].authors):
            yield Duplicate(first, second)


def _candidates(titles: Sequence[str]) -> Iterable[tuple[int, int]]:
    """The pairs of titles that are equal, or share one of their rarest words."""
    words = [sorted(set(title.split())) for title in titles]
    common = Counter(chain.from_iterable(words))
    by_word: dict[str, list[int]] = defaultdict(list)
    by_title: dict[str, list[int]] = defaultdict(list)
    for i, found in enumerate(words):
        for word in sorted(found, key=lambda w: (common[w], w))[:_TELLING]:
            by_word[word].append(i)
        by_title[titles[i]].append(i)
    pairs = set[tuple[int, int]]()
    for same in by_title.values():
        for i in same[1:]:
            pairs.add((same[0], i))
    for block in (*by_word.values(), *by_title.values()):
        if len(block) <= _CROWD:
            pairs.update(combinations(block, 2))
    return sorted(pairs)
