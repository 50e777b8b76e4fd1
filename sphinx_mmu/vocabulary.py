"""The vocabulary: facets and terms, read from TOML.

A term's table is named exactly as an entry writes the tag, ``[term."stage:training-time/direct-gradient"]``;
its parent is what stands before the last slash. The order of tables is the order on the site.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sphinx_mmu.problems import Code, Problem, did_you_mean

Fact = str | tuple[str, ...]

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
_HEADER = re.compile(r"^\[(?P<kind>\w+)\.(?P<quote>[\"']?)(?P<name>.+?)(?P=quote)\]\s*(?:#.*)?$", re.MULTILINE)
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")
_FACET_KEYS = frozenset(
    {"label", "description", "numbered", "single", "field", "highlights", "summary", "verb", "usual"}
)
_TERM_TEXTS = ("label", "short", "definition", "formula", "section")
_TERM_LISTS = ("aliases", "related", "cites")
_TERM_KEYS = frozenset({*_TERM_TEXTS, *_TERM_LISTS, "symbols", "tradeoffs", "colour"})


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol of a formula: its TeX and what it stands for."""

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
    """A value of a facet. ``value`` holds the whole path, parents first, joined by slashes."""

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
    file: str = ""
    line: int = 0

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


@dataclass(frozen=True, slots=True)
class Highlight:
    """A row of a term's section: the papers of the term that also match a filter, named in a line."""

    label: str
    filter: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of terms. Without terms of its own (``open``) any value is welcome.

    ``numbered`` facets show their top terms as number badges; ``single`` ones allow one value per entry;
    ``field`` names the entry field that holds the values, where that is not ``keywords``. ``summary`` facets
    stand in the line of tags below a paper's title, after their ``verb``, but for the ``usual`` values.
    """

    name: str
    label: str
    description: str = ""
    numbered: bool = False
    single: bool = False
    field: str = ""
    summary: bool = False
    verb: str = ""
    usual: tuple[str, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def open(self) -> bool:
        """Whether values that the vocabulary does not list are allowed."""
        return not self.terms


@dataclass(frozen=True, slots=True)
class Relation:
    """An entry field that holds keys of other entries, with the label of its other direction."""

    name: str
    label: str
    inverse: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The preset of a catalogue directive.

    ``title`` is the entry field that names a row (the short name without one), ``label`` and ``plural`` are
    what one row and several are called.
    """

    name: str
    label: str = ""
    plural: str = ""
    title: str = ""
    filter: str = ""
    group_by: str = ""
    columns: tuple[str, ...] = ()
    sort: str = ""


def pretty(value: str) -> str:
    """A label for a value that has none: its last part, hyphens as blanks, first letter large."""
    text = value.rpartition("/")[2].replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:]


class Vocabulary:
    """Facets and terms with their look-ups. Build with :meth:`load` or from parts; never changed after."""

    def __init__(
        self,
        facets: Iterable[Facet] = (),
        fields: Mapping[str, str] | None = None,
        separators: Mapping[str, str] | None = None,
        relations: Iterable[Relation] = (),
        catalogues: Iterable[Catalogue] = (),
    ) -> None:
        self.facets: Mapping[str, Facet] = MappingProxyType({f.name: f for f in facets})
        self.fields: Mapping[str, str] = MappingProxyType(dict(fields or {}))
        self.separators: Mapping[str, str] = MappingProxyType(dict(separators or {}))
        self.relations: Mapping[str, Relation] = MappingProxyType({r.name: r for r in relations})
        self.catalogues: Mapping[str, Catalogue] = MappingProxyType({c.name: c for c in catalogues})
        self._terms: dict[str, Term] = {t.tag: t for f in self.facets.values() for t in f.terms}
        self._folded: dict[str, Term] = {tag.casefold(): t for tag, t in self._terms.items()}
        for term in self._terms.values():
            for alias in term.aliases:
                self._folded.setdefault(f"{term.facet}:{alias}".casefold(), term)

    def __bool__(self) -> bool:
        return bool(self.facets)

    @property
    def terms(self) -> Mapping[str, Term]:
        """Every term by its tag, in order."""
        return MappingProxyType(self._terms)

    def term(self, tag: str) -> Term | None:
        """The term of a tag; aliases and other capitals are understood."""
        return self._terms.get(tag) or self._folded.get(tag.casefold())

    def children(self, term: Term) -> tuple[Term, ...]:
        """The terms one level below, in order."""
        return tuple(t for t in self.facets[term.facet].terms if t.parent == term.value)

    def path(self, term: Term) -> tuple[Term, ...]:
        """The term and its parents, the top one first."""
        parts = term.value.split("/")
        tags = (f"{term.facet}:{'/'.join(parts[: n + 1])}" for n in range(len(parts)))
        return tuple(self._terms[t] for t in tags if t in self._terms)

    @classmethod
    def load(cls, paths: Iterable[tuple[Path, str]]) -> tuple[Vocabulary, tuple[Problem, ...]]:
        """Read TOML files, given as (path, name for messages). Never raises for what is in them."""
        reader = _Reader()
        for path, name in paths:
            reader.read(path, name)
        return reader.vocabulary(), tuple(reader.problems)


class _Reader:
    """Collects tables of all files, with a problem for each thing that means nothing."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.tables: dict[str, dict[str, dict[str, Any]]] = {
            k: {} for k in ("facet", "term", "field", "relation", "catalogue")
        }
        self.places: dict[tuple[str, str], tuple[str, int]] = {}

    def say(self, message: str, file: str, line: int = 0, key: str = "", hint: str = "") -> None:
        self.problems.append(Problem(Code.VOCABULARY, message, file, line, key, hint))

    def read(self, path: Path, name: str) -> None:
        try:
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            self.problems.append(Problem(Code.ENCODING, "the vocabulary is not UTF-8", name))
            return
        except OSError as error:
            self.problems.append(Problem(Code.MISSING_FILE, f"cannot read the vocabulary: {error.strerror}", name))
            return
        text = text.replace("\r\n", "\n")
        for table, line in self._parse(text, name):
            for kind, tables in table.items():
                self._note(kind, tables, text, name, line)

    def _parse(self, text: str, name: str) -> Iterator[tuple[dict[str, Any], int]]:
        """The whole file, or after a fault each of its tables by itself, so that one fault costs one table."""
        try:
            yield tomllib.loads(text), 0
        except tomllib.TOMLDecodeError:
            starts = [m.start() for m in re.finditer(r"^\[", text, re.MULTILINE)]
            for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
                before = text.count("\n", 0, start)
                try:
                    yield tomllib.loads(text[start:end]), before + 1
                except tomllib.TOMLDecodeError as error:
                    found = _AT_LINE.search(str(error))
                    line = before + (int(found[1]) if found else 1)
                    self.say(f"TOML: {_AT_LINE.sub('', str(error))}", name, line)

    def _note(self, kind: str, tables: Any, text: str, name: str, line: int) -> None:
        if kind not in self.tables or not isinstance(tables, dict):
            self.say(f"no such part of a vocabulary: {kind}", name, line, kind, did_you_mean(kind, self.tables))
            return
        lines = {m["name"]: text.count("\n", 0, m.start()) + 1 for m in _HEADER.finditer(text) if m["kind"] == kind}
        for key, value in tables.items():
            place = lines.get(key, line)
            if not isinstance(value, dict):
                self.say(f"[{kind}.{key}] is no table", name, place, key)
            elif key in self.tables[kind]:
                first = self.places[kind, key]
                self.say(f"[{kind}.{key}] stands twice; first in {first[0]}:{first[1]}", name, place, key)
            else:
                self.tables[kind][key] = value
                self.places[kind, key] = (name, place)

    def vocabulary(self) -> Vocabulary:
        terms: dict[str, list[Term]] = {}
        siblings: dict[tuple[str, str], int] = {}
        for tag, table in self.tables["term"].items():
            facet, colon, value = tag.partition(":")
            file, line = self.places["term", tag]
            if not colon or facet not in self.tables["facet"]:
                hint = did_you_mean(facet, self.tables["facet"]) or f"add [facet.{facet}]"
                self.say(f"the term {tag!r} belongs to no facet", file, line, tag, hint)
                continue
            parent = value.rpartition("/")[0]
            if parent and f"{facet}:{parent}" not in self.tables["term"]:
                self.say(
                    f"the term {tag!r} has no parent {parent!r}",
                    file,
                    line,
                    tag,
                    f'add [term."{facet}:{parent}"]',
                )
            siblings[facet, parent] = siblings.get((facet, parent), 0) + 1
            terms.setdefault(facet, []).append(self._term(facet, value, table, siblings[facet, parent], file, line))
        return Vocabulary(
            [self._facet(n, t, _depth_first(terms.get(n, []))) for n, t in self.tables["facet"].items()],
            {n: self._text(t, "label", n) for n, t in self.tables["field"].items()},
            {n: self._text(t, "separator") for n, t in self.tables["field"].items() if t.get("separator")},
            [
                Relation(n, self._text(t, "label", n), self._text(t, "inverse", n))
                for n, t in self.tables["relation"].items()
            ],
            [self._catalogue(n, t) for n, t in self.tables["catalogue"].items()],
        )

    def _text(self, table: dict[str, Any], key: str, default: str = "") -> str:
        value = table.get(key, default)
        return value if isinstance(value, str) else str(value)

    def _catalogue(self, name: str, table: dict[str, Any]) -> Catalogue:
        columns = tuple(str(c) for c in table.get("columns", ()))
        return Catalogue(
            name,
            label=self._text(table, "label", pretty(name)),
            plural=self._text(table, "plural"),
            title=self._text(table, "title"),
            filter=self._text(table, "filter"),
            group_by=self._text(table, "group-by"),
            columns=columns,
            sort=self._text(table, "sort"),
        )

    def _facet(self, name: str, table: dict[str, Any], terms: tuple[Term, ...]) -> Facet:
        file, line = self.places["facet", name]
        for key in table.keys() - _FACET_KEYS:
            self.say(f"a facet has no {key!r}", file, line, name, did_you_mean(key, _FACET_KEYS))
        highlights = tuple(
            Highlight(str(h.get("label", "")), str(h.get("filter", "")))
            for h in self._tables(table, "highlights", file, line)
        )
        return Facet(
            name,
            self._text(table, "label", pretty(name)),
            self._text(table, "description"),
            bool(table.get("numbered")),
            bool(table.get("single")),
            self._text(table, "field"),
            bool(table.get("summary")),
            self._text(table, "verb"),
            tuple(str(v) for v in table.get("usual", ())),
            highlights,
            terms,
        )

    def _tables(self, table: dict[str, Any], key: str, file: str, line: int) -> list[dict[str, Any]]:
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(v, dict) for v in value):
            return value
        self.say(f"{key!r} must be a list of tables", file, line, key)
        return []

    def _term(self, facet: str, value: str, table: dict[str, Any], order: int, file: str, line: int) -> Term:
        texts = {key: self._text(table, key) for key in _TERM_TEXTS}
        lists = {key: tuple(str(v) for v in table.get(key, ())) for key in _TERM_LISTS}
        return Term(
            facet=facet,
            value=value,
            order=order,
            file=file,
            line=line,
            label=texts["label"] or pretty(value),
            short=texts["short"],
            definition=texts["definition"],
            formula=texts["formula"],
            section=texts["section"],
            aliases=lists["aliases"],
            related=lists["related"],
            cites=lists["cites"],
            symbols=tuple(
                Symbol(self._text(s, "symbol"), self._text(s, "meaning"))
                for s in self._tables(table, "symbols", file, line)
            ),
            tradeoffs=tuple(
                TradeOff(self._text(t, "kind"), self._text(t, "text"), self._text(t, "basis"))
                for t in self._tables(table, "tradeoffs", file, line)
            ),
            colour=self._colour(table.get("colour"), f"{facet}:{value}", file, line),
            facts=MappingProxyType({k: self._fact(v, k, file, line) for k, v in table.items() if k not in _TERM_KEYS}),
        )

    def _colour(self, value: Any, tag: str, file: str, line: int) -> tuple[str, str] | None:
        if value is None:
            return None
        pair = tuple(str(value.get(k, "")) for k in ("light", "dark")) if isinstance(value, dict) else ()
        if len(pair) == 2 and all(_COLOUR.fullmatch(c) for c in pair):  # noqa: PLR2004 -- light and dark
            return (pair[0], pair[1])
        hint = 'write colour = { light = "#rrggbb", dark = "#rrggbb" }'
        self.say(f"{tag!r} has no usable colour", file, line, tag, hint)
        return None

    def _fact(self, value: Any, key: str, file: str, line: int) -> Fact:
        if isinstance(value, dict):
            self.say(
                f"{key!r} must be a text, a number or a list of texts",
                file,
                line,
                key,
                did_you_mean(key, _TERM_KEYS),
            )
            return ""
        return tuple(str(v) for v in value) if isinstance(value, list) else str(value)


def _depth_first(terms: list[Term]) -> tuple[Term, ...]:
    """Each term followed by its children, siblings in the order of the file."""
    below: dict[str, list[Term]] = {}
    for term in terms:
        below.setdefault(term.parent, []).append(term)
    known = {t.value for t in terms}

    def walk(parent: str) -> Iterator[Term]:
        for term in below.get(parent, ()):
            yield term
            yield from walk(term.value)

    orphans = [t for p, ts in below.items() if p and p not in known for t in ts]
    return (*walk(""), *(t for orphan in orphans for t in (orphan, *walk(orphan.value))))
