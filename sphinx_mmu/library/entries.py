"""The entries of .bib files as papers: each key once, with what an entry inherits, the fields that
are published, and tags as the vocabulary writes them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from sphinx_mmu.bib import fields, reader, writer
from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.library.relations import keys_in
from sphinx_mmu.model import links
from sphinx_mmu.model.paper import (
    Paper,
    line_of,
    no_tag,
    one_line,
    paper_from,
    split_words,
)
from sphinx_mmu.model.publication import TYPES
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.vocabulary.vocabulary import Vocabulary

_READ = frozenset(
    """abstract anthology author booktitle code data doi editor eprint eprinttype journal keywords
    month openreview origdate project related shorttitle summary url venue""".split()
)
"""Fields that are missed without a message of another kind."""
_LONG = 5
"""Letters of a name that is not hit by chance; a shorter one has to have the same letters."""
_NEARLY_TAG = re.compile(r"([A-Za-z][\w-]*)\s*[:=]\s*(?!/)(\S.*)")


def read_entries(
    groups: Iterable[Iterable[tuple[Path, str]]],
    vocabulary: Vocabulary,
    publish: Sequence[str],
) -> tuple[list[list[Paper]], list[Problem]]:
    """Read groups of files, given as (path, name for messages): the papers of each group, and what
    is wrong with them.

    ``publish`` names fields to publish besides those of :mod:`sphinx_mmu.bib.fields`.
    """
    problems: list[Problem] = []
    seen: dict[str, RawEntry] = {}
    published = fields.names(vocabulary.field_names(), publish) | links.fields()
    read = [list(_read(paths, seen, problems)) for paths in groups]
    papers = [
        [_settle(_published(p, published), vocabulary, seen, problems) for p in group]
        for group in read
    ]
    return papers, problems


def _read(
    paths: Iterable[tuple[Path, str]],
    seen: dict[str, RawEntry],
    problems: list[Problem],
) -> Iterator[Paper]:
    kept: list[RawEntry] = []
    for path, name in paths:
        entries, faults = reader.read(path, name)
        problems.extend(faults)
        for entry in entries:
            first = seen.setdefault(entry.key, entry)
            if first is not entry:
                message = f"the key {entry.key!r} is used twice; first in {first.file}:{first.line}"
                problems.append(
                    Problem(
                        Code.DUPLICATE_KEY, message, entry.file, entry.line, entry.key
                    )
                )
            else:
                kept.append(entry)
    for entry in kept:
        paper, faults = paper_from(_with_parent(entry, seen, problems))
        problems.extend(faults)
        yield paper


def _with_parent(
    entry: RawEntry, known: Mapping[str, RawEntry], problems: list[Problem]
) -> RawEntry:
    """The entry with what it inherits by ``crossref``."""
    field = entry.fields.get("crossref")
    key = field.value.strip() if field else ""
    if not field or not key:
        return entry
    if key in known and key != entry.key:
        return writer.inherit(entry, known[key])
    own = key == entry.key
    message = (
        "crossref: the entry names itself"
        if own
        else f"crossref: there is no entry {key!r}"
    )
    hint = "" if own else did_you_mean(key, known)
    problems.append(
        Problem(Code.DANGLING_KEY, message, entry.file, field.line, entry.key, hint)
    )
    return entry


def _published(paper: Paper, known: frozenset[str]) -> Paper:
    """The paper whose fields are the published ones; the texts of the others are kept apart."""
    own = {name: text for name, text in paper.fields.items() if name not in known}
    if not own:
        return paper
    kept = {name: text for name, text in paper.fields.items() if name in known}
    return replace(
        paper, fields=kept, entry=fields.published(paper.entry, known), unpublished=own
    )


def _settle(
    paper: Paper,
    vocabulary: Vocabulary,
    known: Collection[str],
    problems: list[Problem],
) -> Paper:
    """The paper with its tags as the vocabulary writes them; what the vocabulary lacks is a
    problem.
    """
    for relation in vocabulary.relations:
        for key in keys_in(paper, relation):
            if key not in known:
                hint = did_you_mean(key, known)
                message = f"{relation} names {key!r}, which is not an entry"
                place = (
                    paper.entry.file,
                    line_of(paper.entry, relation, key),
                    paper.key,
                )
                problems.append(Problem(Code.DANGLING_KEY, message, *place, hint))
    problems.extend(_misspelt(paper, vocabulary))
    if not vocabulary:
        return paper
    problems.extend(_nearly_tags(paper, vocabulary))
    tags: dict[str, list[str]] = {}
    for facet, values in (
        *paper.tags.items(),
        *_field_tags(paper, vocabulary, problems),
    ):
        for value in values:
            name = _canonical(paper, facet, value, vocabulary, problems)
            if name and name not in tags.setdefault(facet, []):
                tags[facet].append(name)
    for facet, names in tags.items():
        if vocabulary.facets[facet].single and len(names) > 1:
            message = f"{facet} allows one value, not {len(names)}: {', '.join(names)}"
            place = (
                paper.entry.file,
                line_of(paper.entry, "keywords", f"{facet}:"),
                paper.key,
            )
            problems.append(Problem(Code.REPEATED_TAG, message, *place))
    return replace(paper, tags={f: tuple(v) for f, v in tags.items() if v})


def _misspelt(paper: Paper, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A type that differs in one letter from a usual one, and fields that are not published and
    differ so from one that the entry lacks.
    """
    if paper.type not in TYPES and (meant := _meant(paper.type, TYPES)):
        place = (paper.entry.file, paper.entry.line, paper.key)
        message = f"the entry type {paper.type!r} has no meaning"
        yield Problem(Code.MISSPELT_FIELD, message, *place, f"did you mean '{meant}'?")
    for name in paper.unpublished.keys() - fields.PRIVATE:
        meant = _meant(name, _READ | frozenset(vocabulary.field_names()))
        if meant and meant not in paper.fields:
            place = (paper.entry.file, line_of(paper.entry, name, name), paper.key)
            message, hint = (
                f"the field {name!r} has no meaning",
                f"did you mean '{meant}'?",
            )
            yield Problem(Code.MISSPELT_FIELD, message, *place, hint)


@lru_cache(maxsize=1024)
def _meant(name: str, known: frozenset[str]) -> str:
    """The known name that differs in one letter; empty if there is none."""
    near = (
        word
        for word in sorted(known)
        if (len(word) >= _LONG or set(name) == set(word))
        and DamerauLevenshtein.distance(name, word, score_cutoff=1) == 1
    )
    return next(near, "")


def _nearly_tags(paper: Paper, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Keywords that are no tags, but begin with the name of a facet and a sign, as those do."""
    for word in paper.keywords:
        found = _NEARLY_TAG.fullmatch(word)
        if found and found[1] in vocabulary.facets:
            line = line_of(paper.entry, "keywords", word)
            message, hint = f"{word!r} is not a tag", f"write {found[1]}:{found[2]}"
            yield Problem(
                Code.UNKNOWN_TAG, message, paper.entry.file, line, paper.key, hint
            )


def _field_tags(
    paper: Paper, vocabulary: Vocabulary, problems: list[Problem]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The values of facets that are read from fields of their own."""
    for facet in vocabulary.facets.values():
        found = []
        for value in split_words(paper.fields.get(facet.field, "")):
            if name := one_line(value):
                found.append(name)
            else:
                problems.append(no_tag(paper.entry, facet.field, facet.name, value))
        yield facet.name, tuple(found)


def _canonical(
    paper: Paper,
    facet: str,
    value: str,
    vocabulary: Vocabulary,
    problems: list[Problem],
) -> str:
    known = vocabulary.facets.get(facet)
    term = vocabulary.term(f"{facet}:{value}")
    if known and (term or known.open):
        return term.value if term else value
    if known:
        message = f"{facet} has no value {value!r}"
        hint = did_you_mean(value, [t.value for t in known.terms])
    else:
        message = f"there is no facet {facet!r} (tag {facet}:{value})"
        hint = did_you_mean(facet, vocabulary.facets)
    line = line_of(paper.entry, (known and known.field) or "keywords", value)
    problems.append(
        Problem(Code.UNKNOWN_TAG, message, paper.entry.file, line, paper.key, hint)
    )
    return ""
