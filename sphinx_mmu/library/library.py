"""Papers, datasets and vocabulary together. Loaded once per build and never changed after."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection as CollectionABC
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from sphinx_mmu.bib import fields, reader, writer
from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.collection import DERIVED, Collection, venue_label
from sphinx_mmu.library.relations import Relations, keys_in
from sphinx_mmu.library.results import Results, read_results
from sphinx_mmu.model import links
from sphinx_mmu.model.links import KINDS
from sphinx_mmu.model.paper import Paper, line_of, no_tag, one_line, paper_from, split_words
from sphinx_mmu.model.people import cited
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.vocabulary.vocabulary import Facet, Term, Vocabulary, pretty

_NEARLY_TAG = re.compile(r"([A-Za-z][\w-]*)\s*[:=]\s*(?!/)(\S.*)")
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


class Library:
    """The whole database. ``papers`` are listed; ``datasets`` have a catalogue; ``background`` is
    only named.
    """

    def __init__(
        self,
        papers: Sequence[Paper] = (),
        datasets: Sequence[Paper] = (),
        background: Sequence[Paper] = (),
        vocabulary: Vocabulary | None = None,
        problems: Sequence[Problem] = (),
        results: Results | None = None,
    ) -> None:
        self.vocabulary = vocabulary or Vocabulary()
        self.results = results or Results()
        self.papers = Collection(papers, self.vocabulary, self.results.benchmarks)
        self.datasets = Collection(datasets, self.vocabulary)
        self.background = Collection(background, self.vocabulary)
        self.problems = tuple(problems)

    @cached_property
    def revision(self) -> str:
        """Twelve digits that change whenever what is published of a listed entry does: a citation
        can name them.
        """
        found = blake2b(digest_size=6)
        for paper in (*self.papers.papers, *self.datasets.papers):
            text = paper.entry.source
            if paper.unpublished:
                text = writer.canonical(paper.entry).rstrip("\n")
            found.update(text.encode())
        return found.hexdigest()

    def collection(self, name: str) -> Collection:
        """``papers`` or ``datasets`` by name."""
        return self.datasets if name == "datasets" else self.papers

    def find(self, key: str) -> Paper | None:
        """An entry of any kind."""
        return (
            self.papers.by_key.get(key)
            or self.datasets.by_key.get(key)
            or self.background.by_key.get(key)
        )

    @cached_property
    def facets(self) -> Mapping[str, Facet]:
        """The vocabulary's facets; without a vocabulary, those that the entries use."""
        if self.vocabulary:
            return self.vocabulary.facets
        names = dict.fromkeys(
            name for p in (*self.papers.papers, *self.datasets.papers) for name in p.tags
        )
        return {name: Facet(name, pretty(name)) for name in names}

    def facet(self, name: str) -> Facet | None:
        """A facet of :attr:`facets`, or a derived one. A key is no value to choose papers by."""
        if name in self.facets:
            return self.facets[name]
        derived = name in DERIVED and name in self.papers.facets() and name != "key"
        return Facet(name, DERIVED[name]) if derived else None

    def facet_names(self) -> tuple[str, ...]:
        """The names of all facets that :meth:`facet` gives."""
        return tuple(name for name in (*self.facets, *DERIVED) if self.facet(name))

    def term_label(self, facet: str, value: str) -> str:
        """What to print for a value of a facet."""
        term = self.vocabulary.term(f"{facet}:{value}")
        if term:
            return term.short or term.label
        if facet in self.facets:
            return pretty(value)
        match facet:
            case "venue":
                return venue_label(value)
            case "has":
                return KINDS[value].label if value in KINDS else self.field_label(value)
            case "results":
                return self.name_label("benchmark", value)
        return value

    def field_label(self, name: str) -> str:
        """What to call an entry field or a fact of a term."""
        relation = self.vocabulary.relations.get(name)
        return relation.label if relation else self.vocabulary.fields.get(name) or pretty(name)

    def value_label(self, name: str) -> str:
        """What to call an entry field or a facet, as the sources of an entry name them."""
        named = (f for f in self.facets.values() if name in {f.name, f.field})
        facet = next(named, None)
        return facet.label if facet else self.field_label(name)

    def name_label(self, kind: str, name: str) -> str:
        """What to call a name of results: as it is declared, or as its entry is called."""
        known = self.vocabulary.named(kind, name)
        return known.label if known else self.labels.get(name, name)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Key → the name to call an entry by: short name, or 'Family et al. 2024', letters where
        that repeats.
        """
        entries = (*self.papers.papers, *self.datasets.papers, *self.background.papers)
        plain = {p.key: p.short or author_year(p) for p in entries}
        groups: dict[str, list[Paper]] = defaultdict(list)
        for paper in entries:
            if not paper.short:
                groups[plain[paper.key]].append(paper)
        for label, same in groups.items():
            if len(same) > 1 and label[-4:].isdigit():
                ordered = sorted(same, key=lambda p: (p.date, p.key))
                plain.update({p.key: f"{label}{letters(n)}" for n, p in enumerate(ordered)})
        return plain

    @cached_property
    def citekeys(self) -> Mapping[str, str]:
        """Key → the key that the entry has in BibTeX for others."""
        return writer.citekeys(
            p.key for p in (*self.papers.papers, *self.datasets.papers, *self.background.papers)
        )

    @cached_property
    def relations(self) -> Relations:
        """The relations between all entries."""
        entries = (*self.papers.papers, *self.datasets.papers, *self.background.papers)
        return Relations(entries, self.vocabulary, self.results.rows)

    @cached_property
    def same_preprint(self) -> Mapping[str, tuple[str, ...]]:
        """The address of a preprint → the entries that have it: versions of one work, where these
        are several.
        """
        found: dict[str, list[str]] = defaultdict(list)
        for paper in (*self.papers.papers, *self.background.papers):
            if address := links.url(paper.links, "arxiv"):
                found[address].append(paper.key)
        return {url: tuple(keys) for url, keys in found.items()}

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
                parts = value.split("/")
                for level in range(1, len(parts) + 1):
                    found[f"{name}:{'/'.join(parts[:level])}"] = None
        return list(found)

    @cached_property
    def _partners(self) -> Mapping[str, Mapping[str, str]]:
        """The key of a paper → the papers that it has a relation to, each with the label of the
        first.
        """
        known = self.papers.by_key
        found: dict[str, dict[str, str]] = {}
        for relation in self.vocabulary.relations.values():
            for key in known:
                for label, others in self.relations.of(key, relation):
                    for other in others if label else ():
                        if other in known and other != key:
                            found.setdefault(key, {}).setdefault(other, label)
        return found

    def related(self, paper: Paper, most: int = 5) -> tuple[Neighbour, ...]:
        """Papers with the most telling tags in common: a shared tag weighs log(all / papers that
        have it). A relation weighs log(all / papers that the other paper has relations to).
        """
        size, own = len(self.papers), self.papers.position[paper.key]
        score: Counter[int] = Counter()
        shared: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for tag in self._relating(paper):
            posting = self._postings.get(tag, [])
            if len(posting) > max(_COMMON, 1) or len(posting) == size:
                continue
            weight = math.log(size / len(posting)) if posting else 0.0
            for i in posting:
                if i != own:
                    score[i] += weight  # type: ignore[assignment]
                    shared[i].append((-weight, tag))
        partners = self._partners.get(paper.key, {})
        for key in partners:
            weight = math.log(size / len(self._partners[key]))
            score[self.papers.position[key]] += weight  # type: ignore[assignment]
        best = sorted(score, key=lambda i: (-round(score[i], 6), i))[:most]
        found = ((self.papers.papers[i], _narrowest(shared[i])) for i in best)
        return tuple(Neighbour(p, tags, partners.get(p.key, "")) for p, tags in found)

    @classmethod
    def load(
        cls,
        papers: Sequence[Path | str],
        *,
        datasets: Sequence[Path | str] = (),
        background: Sequence[Path | str] = (),
        vocabulary: Sequence[Path | str] = (),
        root: Path | None = None,
        publish: Sequence[str] = (),
        results: Sequence[Path | str] = (),
    ) -> Library:
        """Read all files, given relative to ``root``. What is wrong with them is in ``problems``;
        nothing is raised.

        ``publish`` names fields to publish besides those of :mod:`sphinx_mmu.bib.fields`;
        ``results`` are CSV files of results.
        """
        base = root or Path()
        declared, problems = Vocabulary.load([(base / v, str(v)) for v in vocabulary])
        found = list(problems)
        seen: dict[str, RawEntry] = {}
        known = fields.names(declared.field_names(), publish) | links.fields()
        groups = [list(_read(base, paths, seen, found)) for paths in (papers, datasets, background)]
        listed, sets, named = (
            [_settle(_published(p, known), declared, seen.keys(), found) for p in group]
            for group in groups
        )
        found += _dangling(declared, seen)
        files = [(base / path, str(path)) for path in results]
        values, faults = read_results(files, declared, seen)
        library = cls(listed, sets, named, declared, results=values)
        found += (*faults, *_filters(library))
        library.problems = tuple(sorted(set(found), key=_place))
        return library


def _narrowest(weighed: Iterable[tuple[float, str]]) -> tuple[str, ...]:
    """Shared tags, the rarest first, without those that another one is below of."""
    tags = [tag for _weight, tag in sorted(weighed)]
    return tuple(tag for tag in tags if not any(t.startswith(f"{tag}/") for t in tags))


def _dangling(vocabulary: Vocabulary, known: CollectionABC[str]) -> Iterator[Problem]:
    """What terms name that does not exist."""
    for term in vocabulary.terms.values():
        place = (term.file, term.line, term.tag)
        for tag in term.related:
            if not vocabulary.term(tag):
                message = f"'related' of [term.{term.tag}] names {tag!r}, which is not a term"
                yield Problem(Code.VOCABULARY, message, *place, did_you_mean(tag, vocabulary.terms))
        for key in term.cites:
            if key not in known:
                message = f"'cites' of [term.{term.tag}] names {key!r}, which is not an entry"
                yield Problem(Code.DANGLING_KEY, message, *place, did_you_mean(key, known))


def _filters(library: Library) -> Iterator[Problem]:
    """What is wrong with the filters of highlights."""
    for facet in library.vocabulary.facets.values():
        for highlight in facet.highlights:
            for problem in evaluate.select((highlight.filter,), library.papers)[1]:
                message = (
                    f"highlight {highlight.label!r} of facet {facet.name!r}: {problem.message}"
                )
                hint = problem.hint.partition("\n")[0]
                yield Problem(Code.VOCABULARY, message, facet.file, facet.line, facet.name, hint)


def _place(problem: Problem) -> tuple[str, int, str, str]:
    return (problem.file, problem.line, problem.code.slug, problem.message)


def _read(
    base: Path, paths: Sequence[Path | str], seen: dict[str, RawEntry], problems: list[Problem]
) -> Iterator[Paper]:
    kept: list[RawEntry] = []
    for path in paths:
        entries, faults = reader.read(base / path, str(path))
        problems.extend(faults)
        for entry in entries:
            first = seen.setdefault(entry.key, entry)
            if first is not entry:
                message = f"the key {entry.key!r} is used twice; first in {first.file}:{first.line}"
                problems.append(
                    Problem(Code.DUPLICATE_KEY, message, entry.file, entry.line, entry.key)
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
    message = "crossref: the entry names itself" if own else f"crossref: there is no entry {key!r}"
    hint = "" if own else did_you_mean(key, known)
    problems.append(Problem(Code.DANGLING_KEY, message, entry.file, field.line, entry.key, hint))
    return entry


def _published(paper: Paper, known: frozenset[str]) -> Paper:
    """The paper whose fields are the published ones; the texts of the others are kept apart."""
    own = {name: text for name, text in paper.fields.items() if name not in known}
    if not own:
        return paper
    kept = {name: text for name, text in paper.fields.items() if name in known}
    return replace(paper, fields=kept, entry=fields.published(paper.entry, known), unpublished=own)


def _settle(
    paper: Paper, vocabulary: Vocabulary, known: CollectionABC[str], problems: list[Problem]
) -> Paper:
    """The paper with its tags as the vocabulary writes them; what the vocabulary lacks is a
    problem.
    """
    for relation in vocabulary.relations:
        for key in keys_in(paper, relation):
            if key not in known:
                hint = did_you_mean(key, known)
                message = f"{relation} names {key!r}, which is not an entry"
                place = (paper.entry.file, line_of(paper.entry, relation, key), paper.key)
                problems.append(Problem(Code.DANGLING_KEY, message, *place, hint))
    if not vocabulary:
        return paper
    problems.extend(_nearly_tags(paper, vocabulary))
    tags: dict[str, list[str]] = {}
    for facet, values in (*paper.tags.items(), *_field_tags(paper, vocabulary, problems)):
        for value in values:
            name = _canonical(paper, facet, value, vocabulary, problems)
            if name and name not in tags.setdefault(facet, []):
                tags[facet].append(name)
    for facet, names in tags.items():
        if vocabulary.facets[facet].single and len(names) > 1:
            message = f"{facet} allows one value, not {len(names)}: {', '.join(names)}"
            place = (paper.entry.file, line_of(paper.entry, "keywords", f"{facet}:"), paper.key)
            problems.append(Problem(Code.REPEATED_TAG, message, *place))
    return replace(paper, tags={f: tuple(v) for f, v in tags.items() if v})


def _nearly_tags(paper: Paper, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Keywords that are no tags, but begin with the name of a facet and a sign, as those do."""
    for word in paper.keywords:
        found = _NEARLY_TAG.fullmatch(word)
        if found and found[1] in vocabulary.facets:
            line = line_of(paper.entry, "keywords", word)
            message, hint = f"{word!r} is not a tag", f"write {found[1]}:{found[2]}"
            yield Problem(Code.UNKNOWN_TAG, message, paper.entry.file, line, paper.key, hint)


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
    paper: Paper, facet: str, value: str, vocabulary: Vocabulary, problems: list[Problem]
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
    problems.append(Problem(Code.UNKNOWN_TAG, message, paper.entry.file, line, paper.key, hint))
    return ""


def author_year(paper: Paper) -> str:
    """What citations call a paper: 'Family et al. 2024'."""
    who = cited(paper.authors, 2, named=1, full=False)
    parts = [who or paper.title or paper.key, str(paper.year) if paper.year is not None else ""]
    return " ".join(p for p in parts if p)


def letters(n: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    text = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def term_papers(library: Library, term: Term) -> int:
    """The set of papers that have a term or a child of it."""
    return library.papers.tagged(term.facet, term.value) or 0
