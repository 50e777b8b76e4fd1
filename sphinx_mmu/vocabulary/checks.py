"""What the tables of a vocabulary name of each other, and whether it exists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.vocabulary.declared import DIRECTIONS, KINDS
from sphinx_mmu.vocabulary.tables import Tables
from sphinx_mmu.vocabulary.vocabulary import Term

_ADDRESS = ("https://", "http://")
_CATALOGUE = re.compile(
    r"(?!(?:paper|term|count)$)[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*"
)
"""Names that Markdown and reStructuredText both read as one of a role, without our other roles."""


def check_aliases(tables: Tables, terms: Iterable[Term]) -> None:
    """Report aliases that mean another term."""
    terms = list(terms)
    owners = {term.tag.casefold(): term for term in terms}
    for term in terms:
        for alias in term.aliases:
            owner = owners.setdefault(f"{term.facet}:{alias}".casefold(), term)
            if owner is not term:
                message = f"the alias {alias!r} of {term.tag!r} already means {owner.tag!r}"
                hint = "leave it out of one of the two"
                tables.say_of("term", term.tag, message, hint)


def check_declared(tables: Tables, terms: Collection[str]) -> None:
    """Report sections, relations and terms that are named and do not exist; leave them out."""
    references = [
        ("facet", "section", "section"),
        ("field", "section", "section"),
        ("relation", "section", "section"),
        ("facet", "relation", "relation"),
        ("metric", "term", "term"),
    ]
    for kind, key, target in references:
        known = terms if target == "term" else tables.by_kind[target]
        for name, value in tables.given(kind, key).items():
            if value not in known:
                message = f"{key!r} of [{kind}.{name}] names {value!r}, which is not declared"
                added = (
                    "write the tag of a term, as facet:value"
                    if target == "term"
                    else f"add [{target}.{value}]"
                )
                hint = did_you_mean(value, known) or added
                tables.refuse(kind, name, key, message, hint)


def check_values(tables: Tables) -> None:
    """Report directions and addresses that cannot be; leave them out."""
    known = (*DIRECTIONS, *tables.given("baseline", "reference"))
    for name, direction in tables.given("metric", "direction").items():
        if direction not in known:
            message = f"'direction' of [metric.{name}] cannot be {direction!r}"
            hint = f"one of: {', '.join(known)}"
            if direction in tables.by_kind["baseline"]:
                hint = f"add reference = true to [baseline.{direction}]"
            tables.refuse("metric", name, "direction", message, hint)
    for kind in KINDS:
        for name, url in tables.given(kind, "url").items():
            if not url.startswith(_ADDRESS):
                message = (
                    f"'url' of [{kind}.{name}] is not an http or https address"
                )
                hint = "write the whole address, beginning with https://"
                tables.refuse(kind, name, "url", message, hint)


def check_catalogues(tables: Tables) -> None:
    """Report catalogues whose name no page could write as a role; leave them out."""
    every = tables.by_kind["catalogue"]
    for name in [name for name in every if not _CATALOGUE.fullmatch(name)]:
        message = f"[catalogue.{name}] is not a valid directive or role name"
        hint = "write lower-case letters, digits and hyphens, but not paper, term or count"
        tables.say_of("catalogue", name, message, hint)
        del every[name]


def check_facets(
    tables: Tables, terms_of: Mapping[str, Sequence[Term]]
) -> None:
    """Report values that a facet names and that are no terms, and a fact that no term has."""
    for name, table in tables.by_kind["facet"].items():
        terms = terms_of.get(name, ())
        values = [term.value for term in terms]
        named = [("new", value) for value in table.get("new", ())]
        if values:
            named += [("usual", value) for value in table.get("usual", ())]
        for key, value in named:
            if value not in values:
                message = f"{key!r} of [facet.{name}] names {value!r}, which is not a term"
                added = f'add [term."{name}:{value}"]'
                hint = did_you_mean(value, values) or added
                tables.say_of("facet", name, message, hint)
        facts = set(chain.from_iterable(term.facts for term in terms))
        line = table.get("line")
        if line and terms and line not in facts | {"definition"}:
            message = f"'line' of [facet.{name}] names {line!r}, which no term has as a fact"
            near = did_you_mean(line, sorted(facts))
            hint = near or "write it into the terms"
            tables.say_of("facet", name, message, hint)
