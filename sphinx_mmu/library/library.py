"""Papers, datasets and vocabulary together. Loaded once per build and never changed after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from string import ascii_lowercase

from sphinx_mmu.bib import writer
from sphinx_mmu.bib.citekeys import citekeys
from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.collection import (
    DERIVED,
    Collection,
    venue_label,
)
from sphinx_mmu.library.entries import read_entries
from sphinx_mmu.library.neighbours import Neighbours
from sphinx_mmu.library.references import dangling, wrong_filters
from sphinx_mmu.library.relations import Relations
from sphinx_mmu.library.results import Results
from sphinx_mmu.library.results_reader import read_results
from sphinx_mmu.messages import _, marked
from sphinx_mmu.model import links
from sphinx_mmu.model.links import KINDS
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import cited
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.vocabulary.reader import read_vocabulary
from sphinx_mmu.vocabulary.vocabulary import Facet, Term, Vocabulary, pretty

_OWN = {
    "abstract": marked("Abstract"),
    "cites": marked("Cites"),
    "definition": marked("Definition"),
    "formula": marked("Formula"),
    "papers": marked("Papers"),
    "section": marked("Section"),
    "short": marked("Short"),
    "summary": marked("Summary"),
    "symbols": marked("Symbols"),
}
"""The labels of fields and facts that have a meaning here, unless the vocabulary has others."""


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
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self.results = results or Results()
        self.papers = Collection(
            papers, self.vocabulary, self.results.benchmarks
        )
        self.datasets = Collection(datasets, self.vocabulary)
        self.background = Collection(background, self.vocabulary)
        self.problems = tuple(problems)
        self.papers = self._joined()

    def _joined(self) -> Collection:
        """The papers with the values of facets that follow from relations."""
        papers = list(self.papers.papers)
        facets = [f for f in self.vocabulary.facets.values() if f.relation]
        for facet in facets:
            filters = (facet.of,) if facet.of else ()
            found = evaluate.select(filters, self.papers)[0]
            named = {paper.key for paper in self.papers.of(found)}
            forth = self.relations.forth[facet.relation]
            for i, paper in enumerate(papers):
                others = [
                    key for key in forth.get(paper.key, ()) if key in named
                ]
                if others:
                    values = (
                        *paper.tags.get(facet.name, ()),
                        *(self.labels[key] for key in others),
                    )
                    tags = {
                        **paper.tags,
                        facet.name: tuple(dict.fromkeys(values)),
                    }
                    papers[i] = replace(paper, tags=tags)
        if not facets:
            return self.papers
        return Collection(papers, self.vocabulary, self.results.benchmarks)

    @cached_property
    def revision(self) -> str:
        """Twelve digits that change whenever what is published of a listed entry does: a citation
        can name them.
        """
        found = blake2b(digest_size=6)
        for paper in self.listed:
            text = paper.entry.source
            if paper.unpublished:
                text = writer.canonical(paper.entry).rstrip("\n")
            found.update(text.encode())
        return found.hexdigest()

    def collection(self, name: str) -> Collection:
        """``papers`` or ``datasets`` by name."""
        return self.datasets if name == "datasets" else self.papers

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of the fields that papers and datasets have."""
        return frozenset(chain.from_iterable(p.fields for p in self.listed))

    @property
    def listed(self) -> tuple[Paper, ...]:
        """The papers and the datasets."""
        return (*self.papers.papers, *self.datasets.papers)

    @property
    def entries(self) -> tuple[Paper, ...]:
        """Every entry of any kind."""
        return (*self.listed, *self.background.papers)

    @cached_property
    def _by_key(self) -> Mapping[str, Paper]:
        return {paper.key: paper for paper in reversed(self.entries)}

    def find(self, key: str) -> Paper | None:
        """An entry of any kind."""
        return self._by_key.get(key)

    @cached_property
    def facets(self) -> Mapping[str, Facet]:
        """The vocabulary's facets; without a vocabulary, those that the entries use."""
        if self.vocabulary:
            return self.vocabulary.facets
        names = dict.fromkeys(chain.from_iterable(p.tags for p in self.listed))
        return {name: Facet(name, pretty(name)) for name in names}

    def facet(self, name: str) -> Facet | None:
        """A facet of :attr:`facets`, or a derived one. A key is no value to choose papers by."""
        if name in self.facets:
            return self.facets[name]
        derived = (
            name in DERIVED and name in self.papers.facets() and name != "key"
        )
        return Facet(name, _(DERIVED[name])) if derived else None

    def facet_names(self) -> tuple[str, ...]:
        """The names of all facets that :meth:`facet` gives."""
        return tuple(
            name for name in (*self.facets, *DERIVED) if self.facet(name)
        )

    def term_label(self, facet: str, value: str) -> str:
        """What to print for a value of a facet."""
        if facet in self.facets or self.vocabulary.term(f"{facet}:{value}"):
            return self.vocabulary.label(facet, value)
        match facet:
            case "venue":
                return venue_label(value)
            case "has":
                return (
                    _(KINDS[value].label)
                    if value in KINDS
                    else self.field_label(value)
                )
            case "results":
                return self.name_label("benchmark", value)
        return value

    def field_label(self, name: str) -> str:
        """What to call an entry field or a fact of a term."""
        relation = self.vocabulary.relations.get(name)
        if relation:
            return relation.label
        own = _(_OWN[name]) if name in _OWN else pretty(name)
        return self.vocabulary.fields.get(name) or own

    def value_label(self, name: str) -> str:
        """What to call an entry field or a facet, as the sources of an entry name them."""
        named = (f for f in self.facets.values() if name in {f.name, f.field})
        facet = next(named, None)
        return facet.label if facet else self.field_label(name)

    def name_label(self, kind: str, name: str) -> str:
        """What to call a name of results: as it is declared, or as its entry is called."""
        known = self.vocabulary.named(kind, name)
        return known.label if known else self.labels.get(name, name)

    def benchmarks_of(self, key: str) -> tuple[str, ...]:
        """The benchmarks with results that an entry is, or that are declared to be from it."""
        entry_of = self.vocabulary.benchmark_entry
        return tuple(n for n in self.results.by_benchmark if entry_of(n) == key)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Key → the name to call an entry by: short name, or 'Family et al. 2024', letters where
        that repeats.
        """
        plain = {p.key: p.short or author_year(p) for p in self.entries}
        groups: dict[str, list[Paper]] = defaultdict(list)
        for paper in self.entries:
            if not paper.short:
                groups[plain[paper.key]].append(paper)
        for label, same in groups.items():
            if len(same) > 1 and label[-4:].isdigit():
                ordered = sorted(same, key=lambda p: (p.date, p.key))
                for n, paper in enumerate(ordered):
                    plain[paper.key] = f"{label}{letter_suffix(n)}"
        return plain

    @cached_property
    def citekeys(self) -> Mapping[str, str]:
        """Key → the key that the entry has in BibTeX for others."""
        return citekeys(paper.key for paper in self.entries)

    @cached_property
    def relations(self) -> Relations:
        """The relations between all entries."""
        return Relations(self.entries, self.vocabulary, self.results.rows)

    @cached_property
    def neighbours(self) -> Neighbours:
        """Which papers are related to one another."""
        return Neighbours(self.papers, self.facets, self.relations)

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

        def files(paths: Sequence[Path | str]) -> list[tuple[Path, str]]:
            return [((root or Path()) / path, str(path)) for path in paths]

        words, problems = read_vocabulary(files(vocabulary))
        bibs = [files(paths) for paths in (papers, datasets, background)]
        (listed, sets, named), faults = read_entries(bibs, words, publish)
        keys = dict.fromkeys(paper.key for paper in (*listed, *sets, *named))
        values, wrong = read_results(files(results), words, keys)
        library = cls(listed, sets, named, words, results=values)
        found = {
            *problems,
            *faults,
            *wrong,
            *dangling(words, keys),
            *wrong_filters(words, library.papers),
        }
        library.problems = tuple(sorted(found, key=_order))
        return library


_CAUSES = frozenset({Code.MISSING_FILE, Code.VOCABULARY})
"""Problems that may explain many others."""


def _order(problem: Problem) -> tuple[bool, object]:
    """Causes first, then by place."""
    return problem.code not in _CAUSES, problem.order()


def author_year(paper: Paper) -> str:
    """What citations call a paper: 'Family et al. 2024'."""
    who = cited(paper.authors, 2, named=1, full=False)
    name = who or paper.title or paper.key
    return name if paper.year is None else f"{name} {paper.year}"


def letter_suffix(n: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    before, last = divmod(n, len(ascii_lowercase))
    return (letter_suffix(before - 1) if before else "") + ascii_lowercase[last]


def term_papers(library: Library, term: Term) -> int:
    """The set of papers that have a term or a child of it."""
    return library.papers.tagged(term.facet, term.value) or 0
