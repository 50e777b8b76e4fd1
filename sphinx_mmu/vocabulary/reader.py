"""The vocabulary, read from TOML files.

A term's table is named exactly as an entry writes the tag,
``[term."topic:queueing/fair"]``; its parent is the part before the last slash.
The order of tables is the order on the site. A file that is too long, or nested too deep, is a
problem and costs no more than the table concerned.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from sphinx_mmu.messages import lower_first
from sphinx_mmu.model.tags import TAG_LEVELS
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.vocabulary.checks import (
    check_aliases,
    check_catalogues,
    check_declared,
    check_facets,
    check_values,
)
from sphinx_mmu.vocabulary.declared import KINDS, Declared
from sphinx_mmu.vocabulary.shapes import SHAPES
from sphinx_mmu.vocabulary.tables import Tables
from sphinx_mmu.vocabulary.vocabulary import (
    Catalogue,
    Facet,
    Relation,
    Rule,
    Term,
    Vocabulary,
    pretty,
    usual_catalogues,
)

_ATTRIBUTES = {"group-by": "group_by", "line": "line_fact"}
"""The attributes that are not called as their keys."""


def read_vocabulary(
    paths: Iterable[tuple[Path, str]],
) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read TOML files, given as (path, name for messages). Never raises for what is in them."""
    tables = Tables()
    for path, name in paths:
        tables.read(path, name)
    vocabulary = _Maker(tables).vocabulary()
    return vocabulary, tuple(tables.problems)


class _Maker:
    """Makes what the tables describe."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.deep: set[str] = set()

    def vocabulary(self) -> Vocabulary:
        """Check what the tables name of each other, and make the vocabulary that they describe."""
        tables, terms = self.tables, self._terms()
        every = list(chain.from_iterable(terms.values()))
        check_aliases(tables, every)
        check_declared(tables, {term.tag for term in every})
        check_values(tables)
        check_catalogues(tables)
        check_facets(tables, terms)
        by_kind = tables.by_kind
        return Vocabulary(
            facets={
                n: Facet(
                    n,
                    terms=_depth_first(terms.get(n, [])),
                    **_labelled(self._attributes("facet", n), pretty(n)),
                )
                for n in by_kind["facet"]
            },
            fields={n: t.get("label", n) for n, t in by_kind["field"].items()},
            separators=tables.given("field", "separator"),
            relations={
                n: Relation(n, **{"label": n, "inverse": n, **t})
                for n, t in by_kind["relation"].items()
            },
            catalogues=usual_catalogues()
            | {n: self._catalogue(n) for n in by_kind["catalogue"]},
            rules=[
                Rule(n, **self._attributes("rule", n)) for n in by_kind["rule"]
            ],
            sections={
                n: t.get("label", pretty(n))
                for n, t in by_kind["section"].items()
            },
            placed=tables.given("field", "section"),
            provenance=tables.given("field", "provenance"),
            names={kind: self._names(kind) for kind in KINDS},
        )

    def _attributes(self, kind: str, name: str) -> dict[str, Any]:
        """The attributes that a table gives, and its place."""
        table, (file, line) = (
            self.tables.by_kind[kind][name],
            self.tables.places[kind, name],
        )
        known = table.keys() & SHAPES[kind].keys()
        found = {_ATTRIBUTES.get(key, key): table[key] for key in known}
        return {**found, "file": file, "line": line}

    def _names(self, kind: str) -> dict[str, Declared]:
        """The names of results of a kind, each with its place among them."""
        return {
            name: Declared(
                name,
                order=order,
                **_labelled(self._attributes(kind, name), name),
            )
            for order, name in enumerate(self.tables.by_kind[kind])
        }

    def _catalogue(self, name: str) -> Catalogue:
        usual = usual_catalogues().get(name, Catalogue(name))
        given = self._attributes("catalogue", name)
        if "label" in given:
            given = {"plural": "", **given}
        found = replace(usual, **given)
        label = found.label.strip() or pretty(name)
        plural = found.plural.strip() or lower_first(label)
        return replace(found, label=label, plural=plural)

    def _terms(self) -> dict[str, list[Term]]:
        """The terms of each facet; report those that are of none, and leave them out."""
        facets, tables = (
            self.tables.by_kind[kind] for kind in ("facet", "term")
        )
        terms: dict[str, list[Term]] = {}
        siblings = self._numbers_before()
        for tag in tables:
            facet, colon, value = tag.partition(":")
            parent = value.rpartition("/")[0]
            above = f"{facet}:{parent}"
            if not colon or facet not in facets:
                message = f"the facet of the term {tag!r} is not declared"
                hint = did_you_mean(facet, facets) or f"add [facet.{facet}]"
                self.tables.say_of("term", tag, message, hint)
                continue
            if not all(part.strip() for part in value.split("/")):
                hint = f'write [term."{facet}:value"]'
                self.tables.say_of(
                    "term", tag, f"a part of the term {tag!r} is empty", hint
                )
                continue
            if value.count("/") >= TAG_LEVELS:
                self._too_deep(tag)
                continue
            if parent and above not in tables:
                message = f"the term {tag!r} is below {above!r}, which is not declared"
                self.tables.say_of(
                    "term", tag, message, f'add [term."{above}"]'
                )
            siblings[above] += 1
            terms.setdefault(facet, []).append(self._term(tag, siblings[above]))
        return terms

    def _numbers_before(self) -> Counter[str]:
        """How many numbered terms the facets before each numbered one have: its numbers, by which
        colours go, continue theirs.
        """
        found, total = Counter[str](), 0
        for name, table in self.tables.by_kind["facet"].items():
            if table.get("numbered"):
                found[f"{name}:"] = total
                own = (t for t in self.tables.by_kind["term"] if "/" not in t)
                total += sum(t.startswith(f"{name}:") for t in own)
        return found

    def _term(self, tag: str, order: int) -> Term:
        facet, _, value = tag.partition(":")
        given = _labelled(self._attributes("term", tag), pretty(value))
        table = self.tables.by_kind["term"][tag]
        facts = {key: table[key] for key in table if key not in SHAPES["term"]}
        return Term(facet, value, order=order, facts=facts, **given)

    def _too_deep(self, tag: str) -> None:
        """Report a term below the last level, and not those below it in turn."""
        root = "/".join(tag.split("/")[: TAG_LEVELS + 1])
        if root not in self.deep:
            self.deep.add(root)
            message = (
                f"a term has at most {TAG_LEVELS} levels, and {tag!r} has more"
            )
            place = self.tables.places["term", tag]
            self.tables.problems.append(
                Problem(Code.LIMIT, message, *place, tag)
            )


def _labelled(table: Mapping[str, Any], otherwise: str) -> dict[str, Any]:
    return {**table, "label": table.get("label", "").strip() or otherwise}


def _depth_first(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Each term followed by its children, siblings in the order of the file; those below a term
    that is not declared come last.
    """
    known = {term.value for term in terms}
    below: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        below[term.parent].append(term)

    def walk(siblings: Iterable[Term]) -> Iterator[Term]:
        for term in siblings:
            yield term
            yield from walk(below[term.value])

    roots = [term for term in terms if term.parent not in known]
    return tuple(walk(sorted(roots, key=lambda term: term.parent != "")))
