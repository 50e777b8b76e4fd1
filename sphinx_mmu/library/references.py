"""What a vocabulary names of the library, and whether it exists."""

from __future__ import annotations

from collections.abc import Collection as CollectionABC
from collections.abc import Iterator

from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.collection import Collection
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.vocabulary.declared import Declared
from sphinx_mmu.vocabulary.vocabulary import Term, Vocabulary

_MANY = 20
"""More missing entries than that are one problem."""


def dangling(
    vocabulary: Vocabulary, keys: CollectionABC[str]
) -> Iterator[Problem]:
    """Terms and entries that are named and do not exist."""
    named: list[tuple[str, str, str, Term | Declared]] = [
        ("cites", key, f"term.{term.tag}", term)
        for term in vocabulary.terms.values()
        for key in term.cites
    ]
    named += [
        ("entry", declared.entry, f"{kind}.{declared.name}", declared)
        for kind in ("benchmark", "metric")
        for declared in vocabulary.names.get(kind, {}).values()
        if declared.entry
    ]
    lost = [one for one in named if one[1] not in keys]
    several = len({key for _attribute, key, _table, _at in lost})
    # a .bib file is missing
    for attribute, key, table, at in lost[:1] if several > _MANY else lost:
        message = (
            f"{attribute!r} of [{table}] names {key!r}, which is not an entry"
        )
        hint = did_you_mean(key, keys)
        if several > _MANY:
            message += f", and {several - 1} more keys of the vocabulary are none either"
            hint = "name the .bib file that has them in conf.py"
        place = (at.file, at.line, table.partition(".")[2])
        yield Problem(Code.DANGLING_KEY, message, *place, hint)
    for term in vocabulary.terms.values():
        for tag in term.related:
            if not vocabulary.term(tag):
                message = f"'related' of [term.{term.tag}] names {tag!r}, which is not a term"
                hint = did_you_mean(tag, vocabulary.terms)
                place = (term.file, term.line, term.tag)
                yield Problem(Code.VOCABULARY, message, *place, hint)


def wrong_filters(
    vocabulary: Vocabulary, papers: Collection
) -> Iterator[Problem]:
    """What is wrong with the filters of highlights and of facets that follow from a relation."""
    for facet in vocabulary.facets.values():
        given = [(f"highlight {h.label!r}", h.filter) for h in facet.highlights]
        given += [("'of'", facet.of)] if facet.of else []
        place = (facet.file, facet.line, facet.name)
        for name, text in given:
            for problem in evaluate.select((text,), papers)[1]:
                message = f"{name} of facet {facet.name!r}: {problem.message}"
                hint = problem.hint.partition("\n")[0]
                yield Problem(Code.VOCABULARY, message, *place, hint)
