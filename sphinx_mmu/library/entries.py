"""The entries of .bib files as papers: each key once, with what an entry inherits, the fields that
are published, and tags as the vocabulary writes them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from sphinx_mmu.bib import fields, reader, writer
from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.library.relations import keys_in
from sphinx_mmu.model import links
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.model.publication import TYPES
from sphinx_mmu.model.tags import line_of, no_tag, split_words, tag_value
from sphinx_mmu.problems import Code, Problem, did_you_mean, misspelt
from sphinx_mmu.vocabulary.vocabulary import Vocabulary

_READ = frozenset(
    """abstract anthology author basis booktitle code data doi editor eprint eprinttype journal
    keywords month openreview origdate project readby readfrom related shorttitle summary title url
    venue year""".split()
)
"""Fields that mean something without a vocabulary."""
_MANY = 10
"""An unknown tag in more places is reported once."""
_LACKING = {"title": Code.MISSING_TITLE, "year": Code.MISSING_YEAR}
"""What is reported of an entry without a field; a field that is misspelt explains it."""
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
    files = _Files(vocabulary)
    published = fields.names(vocabulary.field_names(), publish) | links.fields()
    read = [files.papers(paths) for paths in groups]
    papers = []
    for group in read:
        public = (_published(paper, published) for paper in group)
        papers.append(list(map(files.settled, public)))
    return papers, files.all_problems()


def _published(paper: Paper, known: frozenset[str]) -> Paper:
    """The paper whose fields are the published ones; the texts of the others are kept apart."""
    own = {
        name: text for name, text in paper.fields.items() if name not in known
    }
    if not own:
        return paper
    kept = {name: text for name, text in paper.fields.items() if name in known}
    return replace(
        paper,
        fields=kept,
        entry=fields.published(paper.entry, known),
        unpublished=own,
    )


class _Files:
    """Reads files, one after the other, and notes what is wrong with them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.usual = _READ | vocabulary.field_names()
        self.problems: list[Problem] = []
        self.seen: dict[str, RawEntry] = {}
        self.unknown: dict[tuple[str, str], list[Problem]] = defaultdict(list)

    def say(
        self,
        code: Code,
        message: str,
        entry: RawEntry,
        line: int,
        hint: str = "",
    ) -> None:
        self.problems.append(entry.problem(code, message, line, hint))

    def papers(self, paths: Iterable[tuple[Path, str]]) -> list[Paper]:
        """The entries of files with what they inherit, each key once."""
        kept: list[RawEntry] = []
        for path, name in paths:
            entries, faults = reader.read(path, name)
            self.problems += faults
            for entry in entries:
                first = self.seen.setdefault(entry.key, entry)
                if first is entry:
                    kept.append(entry)
                    continue
                place = f"first in {first.file}:{first.line}"
                message = f"the key {entry.key!r} is used twice; {place}"
                self.say(Code.DUPLICATE_KEY, message, entry, entry.line)
        found = []
        for entry in kept:
            paper, problems = paper_from(self._with_parent(entry))
            self.problems += problems
            found.append(paper)
        return found

    def _with_parent(self, entry: RawEntry) -> RawEntry:
        """The entry with what it inherits by ``crossref``."""
        key = entry.value("crossref").strip()
        if not key:
            return entry
        if key == entry.key:
            message = "crossref: the entry names itself"
            hint = ""
        elif key in self.seen:
            return writer.inherit(entry, self.seen[key])
        else:
            message = f"crossref: there is no entry {key!r}"
            hint = did_you_mean(key, self.seen)
        self.say(
            Code.DANGLING_KEY, message, entry, entry.line_of("crossref"), hint
        )
        return entry

    def settled(self, paper: Paper) -> Paper:
        """The paper with its tags as the vocabulary writes them; what the vocabulary lacks is a
        problem.
        """
        self._check_relations(paper)
        self._check_spelling(paper)
        if not self.vocabulary:
            return paper
        self._check_keywords(paper)
        tags: dict[str, dict[str, None]] = {}
        for facet, values in (
            *paper.tags.items(),
            *self._field_tags(paper).items(),
        ):
            for value in values:
                if name := self._canonical(paper, facet, value):
                    tags.setdefault(facet, {})[name] = None
        for facet, names in tags.items():
            if self.vocabulary.facets[facet].single and len(names) > 1:
                several = f"{len(names)}: {', '.join(names)}"
                message = f"{facet} allows one value, not {several}"
                line = line_of(paper.entry, "keywords", f"{facet}:")
                self.say(Code.REPEATED_TAG, message, paper.entry, line)
        return replace(
            paper, tags={f: tuple(names) for f, names in tags.items()}
        )

    def _check_relations(self, paper: Paper) -> None:
        """Report keys that no entry has."""
        for relation in self.vocabulary.relations:
            for key in keys_in(paper, relation):
                if key not in self.seen:
                    message = f"{relation} names {key!r}, which is not an entry"
                    line = line_of(paper.entry, relation, key)
                    hint = did_you_mean(key, self.seen)
                    self.say(
                        Code.DANGLING_KEY, message, paper.entry, line, hint
                    )

    def _check_spelling(self, paper: Paper) -> None:
        """Report a type that differs in one letter from a usual one, and fields that are not
        published and differ so from one that the entry lacks.
        """
        entry = paper.entry
        if paper.type not in TYPES and (meant := misspelt(paper.type, TYPES)):
            message = f"the entry type {paper.type!r} is unknown"
            hint = f"did you mean '{meant}'?"
            self.say(Code.MISSPELT_FIELD, message, entry, entry.line, hint)
        for name in paper.unpublished.keys() - fields.PRIVATE:
            meant = misspelt(name, self.usual)
            if meant and meant not in paper.fields:
                message = f"the field {name!r} is unknown"
                line = line_of(entry, name, name)
                hint = f"did you mean '{meant}'?"
                self.say(Code.MISSPELT_FIELD, message, entry, line, hint)
                self._drop_consequences(entry.key, meant)

    def _drop_consequences(self, key: str, field: str) -> None:
        """Forget that an entry lacks a field: its name is misspelt."""
        missing = f"basis: the entry has no field {field!r}"
        kept = []
        for problem in self.problems:
            lacks = problem.code is _LACKING.get(field)
            if problem.key != key or not (lacks or problem.message == missing):
                kept.append(problem)
        self.problems = kept

    def _check_keywords(self, paper: Paper) -> None:
        """Report keywords that are no tags, but begin with the name of a facet and a sign, as those
        do.
        """
        for word in paper.keywords:
            found = _NEARLY_TAG.fullmatch(word)
            if found and found[1] in self.vocabulary.facets:
                line = line_of(paper.entry, "keywords", word)
                hint = f"write {found[1]}:{found[2]}"
                message = f"{word!r} is not a tag"
                self.say(Code.UNKNOWN_TAG, message, paper.entry, line, hint)

    def _field_tags(self, paper: Paper) -> dict[str, list[str]]:
        """The values of facets that are read from fields of their own."""
        found: dict[str, list[str]] = {}
        for facet in self.vocabulary.facets.values():
            for value in split_words(paper.fields.get(facet.field, "")):
                if name := tag_value(value):
                    found.setdefault(facet.name, []).append(name)
                else:
                    fault = no_tag(paper.entry, facet.field, facet.name, value)
                    self.problems.append(fault)
        return found

    def _canonical(self, paper: Paper, facet: str, value: str) -> str:
        """A value as the vocabulary writes it; empty if that lacks it, which is a problem."""
        known = self.vocabulary.facets.get(facet)
        term = self.vocabulary.term(f"{facet}:{value}")
        if known and (term or known.open):
            return term.value if term else value
        if known:
            message = f"{facet} has no value {value!r}"
            hint = did_you_mean(value, [t.value for t in known.terms])
        else:
            message = f"there is no facet {facet!r} (tag {facet}:{value})"
            hint = did_you_mean(facet, self.vocabulary.facets)
        line = line_of(
            paper.entry, (known and known.field) or "keywords", value
        )
        problem = paper.entry.problem(Code.UNKNOWN_TAG, message, line, hint)
        self.unknown[facet, value if known else ""].append(problem)
        return ""

    def all_problems(self) -> list[Problem]:
        """What is wrong, and of a facet or value that many entries have and the vocabulary lacks
        the first place and the number of the others: one mistake there explains them all.
        """
        found = list(self.problems)
        for same in self.unknown.values():
            if len(same) > _MANY:
                message = (
                    f"{same[0].message}, and in {len(same) - 1} other places"
                )
                found.append(replace(same[0], message=message))
            else:
                found += same
        return found
