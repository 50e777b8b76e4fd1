"""What single entries cannot show: works listed twice, names spelled in two ways, rules of the
vocabulary.

A build does not look for these, since they need all entries at once; ``sphinx-mmu check`` does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from sphinx_mmu.bib.copies import dropped
from sphinx_mmu.bib.latex import plain_text
from sphinx_mmu.bib.writer import PEOPLE
from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.collection import Collection, positions
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.relations import keys_in
from sphinx_mmu.library.same_work import letters, twins
from sphinx_mmu.model.links import KINDS
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person, perhaps_two, split_names
from sphinx_mmu.model.publication import is_preprint, is_published
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.vocabulary.vocabulary import Rule

_COSTS_TAGS = frozenset({Code.BIB_SYNTAX, Code.UNKNOWN_TAG})
"""Problems that may be why an entry breaks a rule; one defect is reported once."""
_LONG = 8
"""A name of so many letters that differs in one of them is probably misspelt."""
_TEAM = 40
"""Works with more authors are no evidence of who usually writes with whom."""
_CROWD = 400
"""Nor is a common co-author, if so many people with the same initials have that one."""


def audit(library: Library) -> tuple[Problem, ...]:
    """All problems that show only when entries are looked at together, in order of place."""
    listed = [*library.papers.papers, *library.background.papers]
    works = [paper for paper in listed if paper.type != "dataset"]
    datasets = [
        *library.datasets.papers,
        *(paper for paper in listed if paper.type == "dataset"),
    ]
    faulty = {
        problem.key for problem in library.problems if problem.code in _COSTS_TAGS
    }
    whole = _whole(library.papers)
    found = [
        *_twice(works, library),
        *_twice(datasets, library),
        *dropped(paper.entry for paper in (*listed, *library.datasets.papers)),
        *_venues(listed),
        *_titles(listed),
        *_joined_names(listed),
        *_spellings(works),
        *(
            problem
            for rule in library.vocabulary.rules
            for problem in _broken(rule, whole, faulty)
        ),
    ]
    return tuple(sorted(found, key=attrgetter("place")))


def _problem(
    code: Code, message: str, paper: Paper, field: str = "", hint: str = ""
) -> Problem:
    line = (
        paper.entry.fields[field].line
        if field in paper.entry.fields
        else paper.entry.line
    )
    return Problem(code, message, paper.entry.file, line, paper.key, hint)


def _place(paper: Paper) -> str:
    return f"{paper.key!r} in {paper.entry.file}:{paper.entry.line}"


# --- the same work


def _twice(papers: Sequence[Paper], library: Library) -> Iterator[Problem]:
    for twin in twins(papers):
        first, second = papers[twin.first], papers[twin.second]
        if twin.identifier:
            kind, _, value = twin.identifier.partition(":")
            message = f"has the {KINDS[kind].label} identifier {value}, and so has {_place(first)}"
            field, hint = _field_of(second, kind), "keep one of the two"
            yield _problem(Code.SAME_IDENTIFIER, message, second, field, hint)
        elif not _related(first, second, library):
            yield _likely(first, second)


def _field_of(paper: Paper, kind: str) -> str:
    fields = (KINDS[kind].field, "doi", "url")
    return next((field for field in fields if field in paper.entry.fields), "")


def _related(first: Paper, second: Paper, library: Library) -> bool:
    """Whether one of them names the other, and so knows that it is another work."""
    fields = (*library.vocabulary.relations, "related", "crossref", "xref")
    pairs = ((first, second), (second, first))
    return any(
        other.key in keys_in(one, field) for one, other in pairs for field in fields
    )


def _likely(first: Paper, second: Paper) -> Problem:
    pairs = ((first, second), (second, first))
    found = next((p for p in pairs if is_preprint(p[0]) and is_published(p[1])), None)
    if found is None:
        message = f"has nearly the title and the authors of {_place(first)}"
        hint = f"keep one of the two, or write related = {{{first.key}}} if they differ"
        return _problem(Code.SAME_WORK, message, second, "title", hint)
    preprint, published = found
    message = f"is the preprint of {_place(published)}"
    return _problem(
        Code.PREPRINT_AND_PUBLISHED,
        message,
        preprint,
        "title",
        f"keep only {published.key!r}",
    )


# --- venues


def _venues(papers: Sequence[Paper]) -> Iterator[Problem]:
    for paper in papers:
        if paper.date and paper.published is None and is_published(paper):
            places = ("venue", "booktitle", "journal")
            field = next((name for name in places if name in paper.entry.fields), "")
            message = f"{paper.venue_short} has no year"
            hint = f"the first version is of {paper.date}; add the year of {paper.venue_short}"
            yield _problem(Code.VENUE_WITHOUT_YEAR, message, paper, field, hint)


# --- names


def _joined_names(papers: Sequence[Paper]) -> Iterator[Problem]:
    """Lists of names in which a comma may be meant as 'and'."""
    for paper in papers:
        for field in sorted(PEOPLE & paper.entry.fields.keys()):
            names = [
                name.strip(" ,")
                for name in split_names(paper.entry.fields[field].value)
            ]
            if unclear := [name for name in names if perhaps_two(name, names)]:
                message = f"{field}: '{plain_text(unclear[0])}' is read as one name"
                hint = "join two names with 'and', or put a family name of two words in braces"
                yield _problem(Code.BAD_NAME, message, paper, field, hint)


# --- titles

_NO_BLANK = re.compile(r"(\w*[a-z][:;,?!])([A-Z][a-z]\w*)")


def _titles(papers: Sequence[Paper]) -> Iterator[Problem]:
    for paper in papers:
        title = (
            paper.entry.fields["title"].value if "title" in paper.entry.fields else ""
        )
        if found := _NO_BLANK.search(title):
            message = f"the title has no blank in {found[0]!r}"
            yield _problem(
                Code.BAD_TITLE,
                message,
                paper,
                "title",
                f"write {' '.join(found.groups())!r}",
            )
        if _is_styled(paper.short) and re.search(
            rf"(?<!\w){re.escape(paper.short)}", _bare(title)
        ):
            message = f"the capitals of {paper.short!r} in the title are not protected"
            hint = f"write {{{paper.short}}}"
            yield _problem(Code.BAD_TITLE, message, paper, "title", hint)


def _is_styled(name: str) -> bool:
    """Whether a name is one word with a capital after its first letter."""
    return " " not in name and name[1:].lower() != name[1:]


def _bare(tex: str) -> str:
    """A text without what is in braces."""
    while (bare := re.sub(r"\{[^{}]*\}", "", tex)) != tex:
        tex = bare
    return tex


# --- rules


def _whole(collection: Collection) -> Collection:
    """The collection with all fields: a rule may ask for those that are not published."""
    if not collection.unpublished:
        return collection
    papers = [
        replace(paper, fields={**paper.fields, **paper.unpublished})
        for paper in collection.papers
    ]
    return Collection(papers, collection.vocabulary, collection.results)


def _broken(
    rule: Rule, collection: Collection, faulty: AbstractSet[str]
) -> Iterator[Problem]:
    """The entries that match one filter of the rule and not the other, but for those with other
    faults.
    """
    if not (rule.when and rule.needs):
        message = f"the rule {rule.name!r} has no effect without the filters 'when' and 'needs'"
        yield Problem(
            Code.VOCABULARY, message, rule.file, rule.line, rule.name, "write both"
        )
        return
    faults = [
        fault for text in (rule.when, rule.needs) for fault in _faults(text, collection)
    ]
    for message, hint in faults:
        yield Problem(Code.VOCABULARY, message, rule.file, rule.line, rule.name, hint)
    if not faults:
        concerned, _ = evaluate.select([rule.when], collection)
        agreeing, _ = evaluate.select([rule.needs], collection)
        broken = concerned & ~agreeing
        message = (
            rule.message
            or f"an entry that matches {rule.when!r} must also match {rule.needs!r}"
        )
        for paper in (collection.papers[i] for i in positions(broken)):
            if paper.key not in faulty:
                yield _problem(
                    Code.TAG_RULE, message, paper, "keywords", f"rule '{rule.name}'"
                )


def _faults(text: str, collection: Collection) -> Iterator[tuple[str, str]]:
    """What is wrong with a filter. It may ask for fields that no entry has yet."""
    try:
        node = evaluate.parse(text)
    except evaluate.FilterError as error:
        yield f"cannot read the filter {text!r}: {error.message}", error.hint
        return
    for leaf in evaluate.leaves(node):
        if getattr(leaf, "facet", "") != "has":
            yield from (
                (fault.message, fault.hint)
                for fault in evaluate.check(leaf, collection)
            )


# --- names


class _Spelling(NamedTuple):
    """A name as it is written."""

    family: str
    given: str

    def __str__(self) -> str:
        return ", ".join(filter(None, self))


def _spellings(papers: Sequence[Paper]) -> Iterator[Problem]:
    """One problem for each two spellings, at the first entry that has the rarer one."""
    written: dict[_Spelling, list[int]] = defaultdict(list)
    for i, paper in enumerate(papers):
        for person in paper.authors:
            if person != OTHERS:
                written[_Spelling(person.family, person.given)].append(i)
    for pair in sorted(_alike(papers, written)):
        rare, usual = sorted(pair, key=lambda s: (len(written[s]), -written[s][0], s))
        paper, other = papers[written[rare][0]], papers[written[usual][0]]
        message = f"'{rare}' is written '{usual}' by {_place(other)}"
        field = "author" if paper.fields.get("author") else "editor"
        yield _problem(Code.AUTHOR_SPELLING, message, paper, field)


def _alike(
    papers: Sequence[Paper], written: Mapping[_Spelling, list[int]]
) -> set[tuple[_Spelling, _Spelling]]:
    """Spellings that are alike, of people who wrote with the same person but not
    with each other.
    """
    found = set()
    for circle in _circles(papers).values():
        if len(circle) > _CROWD:
            continue
        for one, other in combinations(sorted(circle), 2):
            if (one, other) in found or not _near(one, other):
                continue
            if not set(written[one]) & set(written[other]):
                found.add((one, other))
    return found


def _circles(papers: Sequence[Paper]) -> Mapping[tuple[str, str], set[_Spelling]]:
    """Who wrote with a person, by the initials that names of one person share."""
    circles: dict[tuple[str, str], set[_Spelling]] = defaultdict(set)
    for paper in papers:
        team = dict.fromkeys(_spelling(p) for p in paper.authors[:_TEAM] if p != OTHERS)
        for other in team:
            initials = _initials(other)
            for one in team:
                if other is not one:
                    circles[_solid(one), initials].add(other)
    return circles


@lru_cache(maxsize=65536)
def _initials(name: _Spelling) -> str:
    return letters(name.family)[:1] + letters(name.given)[:1]


@lru_cache(maxsize=65536)
def _solid(name: _Spelling) -> str:
    return f"{letters(name.family)},{letters(name.given)}".replace(" ", "")


def _spelling(person: Person) -> _Spelling:
    return _Spelling(person.family, person.given)


def _near(one: _Spelling, other: _Spelling) -> bool:
    """Whether names differ in accents, marks and capitals, in one letter of many, or in a name that
    is an initial.
    """
    first, second = _solid(one), _solid(other)
    if first == second:
        return True
    long_names = min(len(first), len(second)) >= _LONG
    if long_names and DamerauLevenshtein.distance(first, second, score_cutoff=1) == 1:
        return True
    given = (letters(one.given).split(), letters(other.given).split())
    short, long = sorted(given, key=lambda names: len("".join(names)))
    if (
        letters(one.family) != letters(other.family)
        or not short
        or len(short) > len(long)
    ):
        return False
    return all(
        len(s) == 1 and name.startswith(s) for s, name in zip(short, long, strict=False)
    )
