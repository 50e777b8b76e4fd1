"""The vocabulary: facets, terms, and whatever else its files declare, with their look-ups."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from sphinx_mmu.bib.fields import TAG_SOURCE
from sphinx_mmu.messages import _
from sphinx_mmu.vocabulary.declared import Declared

Fact = str | tuple[str, ...]


def unprinted(default: Any) -> Any:
    """A field of a data class that stays out of its text, and so out of the fingerprints of what it
    shows.
    """
    return field(default=default, repr=False)


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol of a formula: its TeX and its meaning."""

    symbol: str
    meaning: str


@dataclass(frozen=True, slots=True)
class TradeOff:
    """A strength or a cost of a term, and where that claim rests."""

    kind: str
    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a facet. ``value`` is the whole path, parents first, joined by slashes."""

    facet: str
    value: str
    label: str
    order: int = 0
    short: str = ""
    definition: str = ""
    formula: str = ""
    section: str = ""
    symbols: tuple[Symbol, ...] = ()
    tradeoffs: tuple[TradeOff, ...] = ()
    colour: tuple[str, str] | None = None
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    file: str = unprinted("")
    line: int = unprinted(0)

    @property
    def tag(self) -> str:
        """The tag as entries write it: ``facet:value``."""
        return f"{self.facet}:{self.value}"

    @property
    def parent(self) -> str:
        """The parent's value, empty at the top."""
        return self.value.rpartition("/")[0]

    @property
    def depth(self) -> int:
        """1 for a term at the top, 2 for its children, and so on."""
        return self.value.count("/") + 1

    def fact(self, name: str) -> str:
        """A fact, or the definition, as one text; empty if the term has none."""
        if name == "definition":
            return self.definition
        fact = self.facts.get(name, "")
        return fact if isinstance(fact, str) else ", ".join(fact)

    @property
    def words(self) -> tuple[str, ...]:
        """What texts may call it: its labels and aliases, and the last part of its value."""
        words = (
            self.label,
            self.short,
            *self.aliases,
            self.value.rpartition("/")[2],
        )
        return tuple(dict.fromkeys(word for word in words if len(word) > 1))


@dataclass(frozen=True, slots=True)
class Highlight:
    """A row of a term's section: the papers of the term that also match a filter, named in a
    line.
    """

    label: str
    filter: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of terms. Without terms of its own (``open``) any value is accepted.

    ``numbered`` facets show their top terms as number badges; ``single`` ones allow one value per
    entry; ``field`` names the entry field with the values, where that is not ``keywords``. With a
    ``relation``, the values are the names of the entries that it leads to and that match ``of``.
    ``summary`` facets are in the line of tags below a paper's title, after their ``verb``, but for
    the ``usual`` values. ``new`` lists the only values that new entries get, the usual one first.
    ``line_fact`` names the fact of its terms that figures print below each.
    ``provenance`` facets name who assigned the tags. Papers are related by the values of facets
    that ``relates`` is set for. ``section`` is the section of a paper's page that shows the values.
    """

    name: str
    label: str
    description: str = ""
    numbered: bool = False
    single: bool = False
    field: str = ""
    relation: str = ""
    of: str = ""
    summary: bool = False
    verb: str = ""
    line_fact: str = ""
    usual: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    provenance: bool = False
    relates: bool = True
    section: str = ""
    highlights: tuple[Highlight, ...] = ()
    terms: tuple[Term, ...] = ()
    file: str = unprinted("")
    line: int = unprinted(0)

    @property
    def open(self) -> bool:
        """Whether values that the vocabulary does not list are allowed."""
        return not self.terms

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of all facts that terms have, in their order."""
        names = chain.from_iterable(term.facts for term in self.terms)
        return tuple(dict.fromkeys(names))

    @property
    def offered(self) -> tuple[Term, ...]:
        """The terms that a new entry may have, the usual one first where ``new`` lists them."""
        if not self.new:
            return self.terms
        terms = {term.value: term for term in self.terms}
        return tuple(terms[value] for value in self.new if value in terms)

    @property
    def default_tag(self) -> str:
        """The tag that a new entry has where nothing else is said, if ``new`` lists one."""
        return self.offered[0].tag if self.new and self.offered else ""


@dataclass(frozen=True, slots=True)
class Relation:
    """An entry field with keys of other entries, the label of its other direction, and the section
    of a paper's page that shows both. With ``results``, who measured another work has the relation
    to it; with ``tested``, who has results has it to the entries of their benchmarks and metrics.
    """

    name: str
    label: str
    inverse: str
    section: str = ""
    results: bool = False
    tested: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The preset of a catalogue directive.

    ``title`` is the entry field that names a row (the short name without one), ``label`` and
    ``plural`` are what one row and several are called. ``collection`` is where its entries are:
    papers or datasets. With ``results``, these are benchmarks of results.
    """

    name: str
    label: str = ""
    plural: str = ""
    title: str = ""
    filter: str = ""
    group_by: str = ""
    columns: tuple[str, ...] = ()
    sort: str = ""
    collection: str = "papers"
    results: bool = False
    file: str = unprinted("")
    line: int = unprinted(0)


def usual_catalogues() -> dict[str, Catalogue]:
    """The catalogues that there are without a table of the vocabulary: that of all datasets."""
    labels = _("Dataset"), _("datasets")
    return {"dataset": Catalogue("dataset", *labels, collection="datasets")}


@dataclass(frozen=True, slots=True)
class Rule:
    """What entries must agree with: one that matches the filter ``when`` matches ``needs`` too."""

    name: str
    when: str = ""
    needs: str = ""
    message: str = ""
    file: str = ""
    line: int = 0


@lru_cache(maxsize=4096)
def pretty(value: str) -> str:
    """A label for a value that has none: its last part, hyphens as blanks, first letter large.
    Never empty. The hyphens of a name with capitals or blanks stay, and what begins with a digit is
    no name without the part before it: "CLIP ViT-B/16".
    """
    last = value.rpartition("/")[2]
    name = value if last[:1].isdigit() else last
    if " " in name or name != name.lower():
        return name.strip() or value
    text = (
        name.replace("-", " ").replace("_", " ").strip()
        or name.strip()
        or value
    )
    return text[:1].upper() + text[1:]


@dataclass(eq=False)
class Vocabulary:
    """Facets, terms and the rest by their names; never changed once it is made.

    ``fields`` and ``sections`` have labels: of entry fields, and of the sections of a paper's page.
    ``placed`` is the section of each labelled field that has one, and ``provenance`` are the fields
    that say where values come from. ``names`` are those that results use, by kind: metric, task,
    baseline, benchmark, source.
    """

    facets: Mapping[str, Facet] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    catalogues: Mapping[str, Catalogue] = field(
        default_factory=usual_catalogues
    )
    rules: Sequence[Rule] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    placed: Mapping[str, str] = field(default_factory=dict)
    provenance: Collection[str] = ()
    names: Mapping[str, Mapping[str, Declared]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = chain.from_iterable(
            facet.terms for facet in self.facets.values()
        )
        self.terms: Mapping[str, Term] = {term.tag: term for term in found}
        """Every term by its tag, in order."""
        self._folded = {
            tag.casefold(): term for tag, term in self.terms.items()
        }
        for term in self.terms.values():
            for alias in term.aliases:
                self._folded.setdefault(
                    f"{term.facet}:{alias}".casefold(), term
                )

    def __bool__(self) -> bool:
        return bool(self.facets)

    def term(self, tag: str) -> Term | None:
        """The term of a tag; aliases and other capitals are understood."""
        return self.terms.get(tag) or self._folded.get(tag.casefold())

    def label(self, facet: str, value: str) -> str:
        """What to print for a value of a facet, with a term or without."""
        term = self.term(f"{facet}:{value}")
        return term.short or term.label if term else pretty(value)

    @property
    def source_field(self) -> str:
        """The field that records who set the tags of an entry."""
        fields = (
            f.field for f in self.facets.values() if f.provenance and f.field
        )
        return next(fields, TAG_SOURCE)

    def named(self, kind: str, name: str) -> Declared | None:
        """A declared name of results: of a metric, task, baseline, benchmark or source."""
        return self.names.get(kind, {}).get(name)

    def benchmark_entry(self, benchmark: str) -> str:
        """The key of the entry that a benchmark is declared to be from; without one its own name,
        which may be a key.
        """
        known = self.named("benchmark", benchmark)
        return (known and known.entry) or benchmark

    def children(self, term: Term) -> tuple[Term, ...]:
        """The terms one level below, in order."""
        return tuple(
            t for t in self.facets[term.facet].terms if t.parent == term.value
        )

    def field_names(self) -> frozenset[str]:
        """Every entry field that the vocabulary names: labelled ones, relations, and those of
        facets and catalogues.
        """
        found = {*self.fields, *self.relations}
        found.update(
            facet.field for facet in self.facets.values() if facet.field
        )
        for catalogue in self.catalogues.values():
            found.update((catalogue.title, *catalogue.columns))
        return frozenset(found)

    def path(self, term: Term) -> tuple[Term, ...]:
        """The term and its parents, the top one first."""
        parts = term.value.split("/")
        tags = (
            f"{term.facet}:{'/'.join(parts[: n + 1])}"
            for n in range(len(parts))
        )
        return tuple(self.terms[t] for t in tags if t in self.terms)
