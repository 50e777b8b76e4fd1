"""What single entries cannot show: works listed twice, names spelled in two ways, rules of the
vocabulary.

A build does not look for these, since they need all entries at once; ``sphinx-mmu check`` does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, permutations
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from sphinx_mmu.bib.copies import dropped
from sphinx_mmu.bib.latex import plain_text
from sphinx_mmu.bib.values import PEOPLE
from sphinx_mmu.filters import evaluate
from sphinx_mmu.filters.syntax import FilterError, parse
from sphinx_mmu.library.collection import Collection
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.relations import keys_in
from sphinx_mmu.library.same_work import duplicates, letters
from sphinx_mmu.model.links import KINDS
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, perhaps_two, split_names
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
    every = [*library.datasets.papers, *listed]
    works = [paper for paper in listed if paper.type != "dataset"]
    sets = [paper for paper in listed if paper.type == "dataset"]
    found = [
        *_twice(works, library),
        *_twice([*library.datasets.papers, *sets], library),
        *dropped(paper.entry for paper in every),
        *_venues(listed),
        *_titles(listed),
        *_joined_names(listed),
        *_spellings(works),
        *_broken_rules(library),
    ]
    return tuple(sorted(found, key=Problem.order))


def _problem(
    code: Code, message: str, paper: Paper, field: str = "", hint: str = ""
) -> Problem:
    return paper.entry.problem(code, message, paper.entry.line_of(field), hint)


def _place(paper: Paper) -> str:
    return f"{paper.key!r} in {paper.entry.file}:{paper.entry.line}"


# --- the same work


def _twice(papers: Sequence[Paper], library: Library) -> Iterator[Problem]:
    for duplicate in duplicates(papers):
        first = papers[duplicate.first]
        second = papers[duplicate.second]
        if duplicate.identifier:
            name, _, value = duplicate.identifier.partition(":")
            kind = KINDS[name]
            message = f"has the {kind.label} identifier {value}, and so has {_place(first)}"
            field = _first(second, kind.field, "doi", "url")
            hint = "keep one of the two"
            yield _problem(Code.SAME_IDENTIFIER, message, second, field, hint)
        elif not _related(first, second, library):
            yield _likely(first, second)


def _first(paper: Paper, *fields: str) -> str:
    """The first of these fields that the entry has."""
    return next((field for field in fields if field in paper.entry.fields), "")


def _related(first: Paper, second: Paper, library: Library) -> bool:
    """Whether one of them names the other, and so knows that it is another work."""
    fields = (*library.vocabulary.relations, "related", "crossref", "xref")
    return any(
        first.key in keys_in(second, field)
        or second.key in keys_in(first, field)
        for field in fields
    )


def _likely(first: Paper, second: Paper) -> Problem:
    for one, other in ((first, second), (second, first)):
        if is_preprint(one) and is_published(other):
            message = f"is the preprint of {_place(other)}"
            hint = f"keep only {other.key!r}"
            return _problem(
                Code.PREPRINT_AND_PUBLISHED, message, one, "title", hint
            )
    message = f"has nearly the title and the authors of {_place(first)}"
    hint = f"keep one of the two, or write related = {{{first.key}}} if they differ"
    return _problem(Code.SAME_WORK, message, second, "title", hint)


# --- venues


def _venues(papers: Sequence[Paper]) -> Iterator[Problem]:
    for paper in papers:
        if paper.date and paper.published is None and is_published(paper):
            field = _first(paper, "venue", "booktitle", "journal")
            venue = paper.venue_short
            message = f"{venue} has no year"
            hint = (
                f"the first version is of {paper.date}; add the year of {venue}"
            )
            yield _problem(Code.VENUE_WITHOUT_YEAR, message, paper, field, hint)


# --- names


def _joined_names(papers: Sequence[Paper]) -> Iterator[Problem]:
    """Lists of names in which a comma may be meant as 'and'."""
    for paper in papers:
        for field in sorted(PEOPLE & paper.entry.fields.keys()):
            written = split_names(paper.entry.fields[field].value)
            names = [name.strip(" ,") for name in written]
            if unclear := [name for name in names if perhaps_two(name, names)]:
                message = (
                    f"{field}: '{plain_text(unclear[0])}' is read as one name"
                )
                hint = "join two names with 'and', or put a family name of two words in braces"
                yield _problem(Code.BAD_NAME, message, paper, field, hint)


# --- titles

_NO_SPACE = re.compile(r"(\w*[a-z][:;,?!])([A-Z][a-z]\w*)")


def _titles(papers: Sequence[Paper]) -> Iterator[Problem]:
    for paper in papers:
        short = paper.short
        title = paper.entry.value("title")
        if found := _NO_SPACE.search(title):
            message = f"the title has no space in {found[0]!r}"
            hint = f"write {' '.join(found.groups())!r}"
            yield _problem(Code.BAD_TITLE, message, paper, "title", hint)
        styled = " " not in short and short[1:].lower() != short[1:]
        if styled and re.search(rf"(?<!\w){re.escape(short)}", _bare(title)):
            message = (
                f"the capitals of {short!r} in the title are not protected"
            )
            hint = f"write {{{short}}}"
            yield _problem(Code.BAD_TITLE, message, paper, "title", hint)


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


def _broken_rules(library: Library) -> Iterator[Problem]:
    """Rules that cannot be read, and the entries that break one, but for those with other
    faults.
    """
    faulty = {
        fault.key for fault in library.problems if fault.code in _COSTS_TAGS
    }
    collection = _whole(library.papers)
    for rule in library.vocabulary.rules:
        if faults := list(_faults(rule, collection)):
            place = (rule.file, rule.line, f"rule.{rule.name}")
            yield from (
                Problem(Code.VOCABULARY, m, *place, hint) for m, hint in faults
            )
            continue
        concerned, _ = evaluate.select([rule.when], collection)
        agreeing, _ = evaluate.select([rule.needs], collection)
        usual = f"an entry that matches {rule.when!r} must also match {rule.needs!r}"
        message = rule.message or usual
        hint = f"rule '{rule.name}'"
        for paper in collection.of(concerned & ~agreeing):
            if paper.key not in faulty:
                yield _problem(Code.TAG_RULE, message, paper, "keywords", hint)


def _faults(rule: Rule, collection: Collection) -> Iterator[tuple[str, str]]:
    """What is wrong with the filters of a rule. They may ask for fields that no entry has yet."""
    if not (rule.when and rule.needs):
        message = f"the rule {rule.name!r} has no effect without the filters 'when' and 'needs'"
        yield message, "write both"
        return
    for text in (rule.when, rule.needs):
        try:
            leaves = list(evaluate.leaves(parse(text)))
        except FilterError as error:
            yield (
                f"cannot read the filter {text!r}: {error.message}",
                error.hint,
            )
            continue
        for leaf in leaves:
            if getattr(leaf, "facet", "") != "has":
                for fault in evaluate.check(leaf, collection):
                    yield fault.message, fault.hint


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
        for name in _names(paper):
            written[name].append(i)
    for pair in sorted(_alike(papers, written)):
        rare, usual = sorted(
            pair, key=lambda s: (len(written[s]), -written[s][0], s)
        )
        paper = papers[written[rare][0]]
        other = papers[written[usual][0]]
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
        names = sorted(circle) if len(circle) <= _CROWD else ()
        for one, other in combinations(names, 2):
            alike = (one, other) not in found and _near(one, other)
            if alike and set(written[one]).isdisjoint(written[other]):
                found.add((one, other))
    return found


def _circles(
    papers: Sequence[Paper],
) -> Mapping[tuple[str, str], set[_Spelling]]:
    """Who wrote with a person, by the initials that names of one person share."""
    circles: dict[tuple[str, str], set[_Spelling]] = defaultdict(set)
    for paper in papers:
        team = dict.fromkeys(_names(paper)[:_TEAM])
        for one, other in permutations(team, 2):
            circles[_solid(one), _initials(other)].add(other)
    return circles


def _names(paper: Paper) -> list[_Spelling]:
    """The authors of a paper."""
    people = (person for person in paper.authors if person != OTHERS)
    return [_Spelling(person.family, person.given) for person in people]


@lru_cache(maxsize=65536)
def _initials(name: _Spelling) -> str:
    return letters(name.family)[:1] + letters(name.given)[:1]


@lru_cache(maxsize=65536)
def _solid(name: _Spelling) -> str:
    return f"{letters(name.family)},{letters(name.given)}".replace(" ", "")


def _near(one: _Spelling, other: _Spelling) -> bool:
    """Whether names differ in accents, marks and capitals, in one letter of many, or in a name that
    is an initial.
    """
    first = _solid(one)
    second = _solid(other)
    if first == second:
        return True
    long_names = min(len(first), len(second)) >= _LONG
    if (
        long_names
        and DamerauLevenshtein.distance(first, second, score_cutoff=1) == 1
    ):
        return True
    given = (letters(one.given).split(), letters(other.given).split())
    short, long = sorted(given, key=lambda names: len("".join(names)))
    pairs = zip(short, long, strict=False)
    initials = all(len(s) == 1 and name.startswith(s) for s, name in pairs)
    same_family = letters(one.family) == letters(other.family)
    return same_family and 0 < len(short) <= len(long) and initials
