"""The vocabulary, read from TOML files.

A term's table is named exactly as an entry writes the tag,
``[term."stage:training-time/direct-gradient"]``; its parent is the part before the last slash.
The order of tables is the order on the site. A file that is too long, or nested too deep, is a
problem and costs no more than the table concerned.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from sphinx_mmu.bib.reader import without_controls
from sphinx_mmu.files import read_file
from sphinx_mmu.model import formulas
from sphinx_mmu.model.tags import TAG_LEVELS
from sphinx_mmu.problems import (
    Code,
    Problem,
    did_you_mean,
    misspelt,
    unreadable,
)
from sphinx_mmu.vocabulary.declared import DIRECTIONS, KINDS, Declared
from sphinx_mmu.vocabulary.shapes import (
    FACT,
    FITS,
    FORMS,
    SHAPES,
    SIDES,
    is_text,
    table_form,
)
from sphinx_mmu.vocabulary.vocabulary import (
    Catalogue,
    Facet,
    Highlight,
    Relation,
    Rule,
    Symbol,
    Term,
    TradeOff,
    Vocabulary,
    pretty,
    usual_catalogue,
)

_ROWS = {"highlights": Highlight, "symbols": Symbol, "tradeoffs": TradeOff}
"""What each list of tables describes; its keys are the attributes, in order."""
_ATTRIBUTES = {"group-by": "group_by", "line": "line_fact"}
"""The attributes that are not called as their keys."""
LONGEST_FILE = 10_000_000
"""The most bytes of a vocabulary file."""

_HEADER = re.compile(
    r"\[{1,2}(?P<kind>\w+)\.(?P<quote>[\"']?)(?P<name>.+?)(?P=quote)\]{1,2}\s*(?:#.*)?"
)
_FIRST_WORD = re.compile(r"[ \t]*\[*[ \t]*[\"']?([\w-]+)")
_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_DEEP_KEY = re.compile(
    rf"(?<![\w.-]){_PART}(?:\.[ \t]*+{_PART}){{{TAG_LEVELS},}}+([=\]]?)"
)
_ADDRESS = ("https://", "http://")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")

_TOML_HINTS = {
    "Illegal character '\\n'": "close the text by a quotation mark",
    "Unclosed array": "write a comma between each two texts, and ] after the last",
    "Invalid value": "put texts in quotes; true and false have no capitals",
    "Expected ']' at the end of a table declaration": (
        'close it by ]; a name with colons or blanks needs quotes: [term."facet:value"]'
    ),
    "Unescaped '\\' in a string": "put a text with backslashes in single quotes",
    "Cannot overwrite a value": "delete one of the two",
    "Expected '=' after a key in a key/value pair": 'write key = "value"',
    "Expected newline or end of document after a statement": (
        "write each key in a line of its own, without a comma"
    ),
}
"""What to write instead, by what tomllib says."""


def read_vocabulary(
    paths: Iterable[tuple[Path, str]],
) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read TOML files, given as (path, name for messages). Never raises for what is in them."""
    reader = _Reader()
    for path, name in paths:
        reader.read(path, name)
    return reader.vocabulary(), tuple(reader.problems)


def _loaded(text: str) -> dict[str, Any]:
    """A TOML text as plain values. Raises ValueError or RecursionError."""
    for found in _DEEP_KEY.finditer(text):
        # The time to read such a key grows with the square of its parts.
        if found[1]:
            line = text.count("\n", 0, found.start()) + 1
            message = f"a key has more than {TAG_LEVELS} parts (at line {line}, column 1)"
            raise tomllib.TOMLDecodeError(message)
    return tomllib.loads(text)


def _fault(error: Exception) -> tuple[str, int]:
    """What is wrong with a TOML text, and how many lines below its first."""
    if isinstance(error, RecursionError):
        return "lists or tables are nested too deep", 0
    if not isinstance(error, tomllib.TOMLDecodeError):
        # of a number with thousands of digits
        return "a number is too long; put it in quotes", 0
    found = _AT_LINE.search(str(error))
    return _AT_LINE.sub("", str(error)), int(found[1]) - 1 if found else 0


def _lines_of_headers(text: str) -> Mapping[tuple[str, str], int]:
    """Kind and name of each table with its line; for what is no such table, the first line that
    begins with a word, as (word, "").
    """
    lines: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if found := _HEADER.fullmatch(line):
            lines[found["kind"], found["name"]] = number
        if found := _FIRST_WORD.match(line):
            lines.setdefault((found[1], ""), number)
    return lines


class _MisfitError(ValueError):
    """A key or value that a table cannot have; ``hint`` says what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def _read_value(kind: str, name: str, key: str, value: Any) -> Any:
    """The value of a key as the object has it that its table describes.

    Raises :class:`_MisfitError` if the key is not known or the value is not one of it.
    """
    table, known = f"[{kind}.{name}]", SHAPES[kind]
    shape = known.get(key, FACT if kind == "term" else "")
    if not shape:
        hint = did_you_mean(key, known) or _one_of(known)
        raise _MisfitError(f"{table} has no key {key!r}", hint)
    if isinstance(shape, str):
        if not FITS[shape](value):
            near = did_you_mean(key, known) if shape == FACT else ""
            hint = near or f"write {key} = {FORMS[shape]}"
            if shape in {"text", FACT} and not isinstance(
                value, bool | list | dict
            ):
                hint = "put it in quotes"  # a date, or a number that has no end
            raise _MisfitError(f"{key!r} of {table} must be {shape}", hint)
        if key == "formula":
            _check_formula(str(value), table, display=True)
        return _plain(value)
    return _read_rows(table, key, shape, value)


def _read_rows(
    table: str, key: str, shape: Mapping[str, str], value: Any
) -> tuple[Any, ...]:
    """What the tables in a list describe. Raises :class:`_MisfitError`."""
    if not isinstance(value, list) or not all(
        isinstance(row, dict) for row in value
    ):
        hint = f"write {key} = [{table_form(shape)}]"
        raise _MisfitError(f"{key!r} of {table} must be a list of tables", hint)
    for row in value:
        if not row.keys() <= shape.keys() or not all(
            map(is_text, row.values())
        ):
            message = f"a table in {key!r} of {table} does not fit"
            raise _MisfitError(message, f"write {table_form(shape)}")
    rows = []
    for given in value:
        texts = (str(given.get(name, "")) for name in shape)
        row = _ROWS[key](*texts)
        if isinstance(row, TradeOff) and row.kind not in SIDES:
            message = (
                f"a trade-off of {table} cannot have the kind {row.kind!r}"
            )
            raise _MisfitError(message, _one_of(SIDES))
        if isinstance(row, Symbol):
            _check_formula(row.symbol, table, display=False)
        rows.append(row)
    return tuple(rows)


def _check_formula(tex: str, table: str, *, display: bool) -> None:
    try:
        formulas.check(tex, display=display)
    except formulas.FormulaError as error:
        message = f"a formula of {table} cannot be used: {error}"
        raise _MisfitError(message, error.hint) from error


def _plain(value: Any) -> Any:
    """Numbers as texts, lists as tuples, and a pair of colours as one."""
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return tuple(map(str, value))
    return (
        (value["light"], value["dark"])
        if isinstance(value, dict)
        else str(value)
    )


def _one_of(names: Iterable[str]) -> str:
    return f"one of: {', '.join(names)}"


def _without_controls(value: Any) -> Any:
    """A value of TOML, all of whose texts are fit for pages."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list):
        return [_without_controls(one) for one in value]
    if isinstance(value, dict):
        return {
            without_controls(key): _without_controls(one)
            for key, one in value.items()
        }
    return value


class _Reader:
    """Collects tables of all files, with a problem for each thing that means nothing."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.tables: dict[str, dict[str, dict[str, Any]]] = {
            kind: {} for kind in SHAPES
        }
        self.places: dict[tuple[str, str], tuple[str, int]] = {}
        self.deep: set[str] = set()

    def say(
        self, message: str, file: str, line: int, key: str = "", hint: str = ""
    ) -> None:
        self.problems.append(
            Problem(Code.VOCABULARY, message, file, line, key, hint)
        )

    def say_of(self, kind: str, name: str, message: str, hint: str) -> None:
        """Report what is wrong with a table, at its place."""
        self.say(message, *self.places[kind, name], name, hint)

    def refuse(
        self, kind: str, name: str, key: str, message: str, hint: str
    ) -> None:
        """Report what is wrong with the value of a key, and leave it out."""
        self.say_of(kind, name, message, hint)
        del self.tables[kind][name][key]

    def read(self, path: Path, name: str) -> None:
        try:
            text = read_file(path, LONGEST_FILE).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(unreadable(error, name))
            return
        text = text.replace("\r\n", "\n")
        lines = _lines_of_headers(text)
        for table, line in self._parse(text, name):
            for kind, tables in table.items():
                self._note(kind, tables, name, {} if line else lines, line)

    def _parse(
        self, text: str, name: str
    ) -> Iterator[tuple[dict[str, Any], int]]:
        """The whole file, or after a fault each of its tables by itself, so that one fault costs
        one table.
        """
        try:
            yield _loaded(text), 0
        except (ValueError, RecursionError):
            line = 1
            for part in re.split(r"^(?=\[)", text, flags=re.MULTILINE):
                try:
                    yield _loaded(part), line
                except (ValueError, RecursionError) as error:
                    fault, offset = _fault(error)
                    hint = _TOML_HINTS.get(fault, "")
                    self.say(f"TOML: {fault}", name, line + offset, hint=hint)
                line += part.count("\n")

    def _note(
        self,
        kind: str,
        tables: Any,
        file: str,
        lines: Mapping[tuple[str, str], int],
        line: int,
    ) -> None:
        """Take the tables of a kind: one at ``line``, or several at those of ``lines``."""
        if kind not in self.tables:
            message = f"a vocabulary has no tables [{kind}.…]"
            hint = did_you_mean(kind, self.tables) or _one_of(self.tables)
        elif not isinstance(tables, dict):
            message, hint = f"{kind!r} is not a table", f"write [{kind}.name]"
        else:
            for name, table in tables.items():
                known = lines.get((kind, name)) or lines.get((name, ""), 0)
                self._note_table(kind, name, table, (file, line or known))
            return
        self.say(message, file, line or lines.get((kind, ""), 0), kind, hint)

    def _note_table(
        self, kind: str, written: str, given: Any, place: tuple[str, int]
    ) -> None:
        name = without_controls(written)
        title = f"[{kind}.{name}]"
        try:
            table = _without_controls(given)
            clean = (name, table) == (written, given)
        except RecursionError:
            self.say(f"{title} is nested too deep", *place, name)
            return
        if not clean:
            message = f"{title} has a control character"
            self.problems.append(
                Problem(Code.CONTROL_CHARACTER, message, *place, name)
            )
        if not isinstance(table, dict):
            hint = f"write [{kind}.name] above its keys, once for each name"
            self.say(f"{title} is not a table", *place, name, hint)
            return
        if name in self.tables[kind]:
            file, line = self.places[kind, name]
            message = f"{title} is declared twice; first in {file}:{line}"
            self.say(message, *place, name, "delete one of the two")
            return
        kept = self.tables[kind][name] = {}
        self.places[kind, name] = place
        for key, value in table.items():
            try:
                kept[key] = _read_value(kind, name, key, value)
            except _MisfitError as error:
                self.say_of(kind, name, str(error), error.hint)
            if kind == "term" and key not in SHAPES["term"]:
                self._check_fact(name, key, table)

    def _check_fact(
        self, name: str, key: str, table: Mapping[str, Any]
    ) -> None:
        """Report a fact whose name is nearly that of a key which the term lacks."""
        usual = frozenset(SHAPES["term"].keys() - table.keys())
        if meant := misspelt(key, usual):
            message = f"{key!r} of [term.{name}] is read as a fact"
            place = (*self.places["term", name], name)
            hint = f"did you mean '{meant}'?"
            self.problems.append(
                Problem(Code.MISSPELT_FIELD, message, *place, hint)
            )

    def vocabulary(self) -> Vocabulary:
        """Check what the tables name of each other, and make the vocabulary that they describe."""
        tables, terms = self.tables, self._terms()
        every = list(chain.from_iterable(terms.values()))
        self._check_aliases(every)
        self._check_names({term.tag for term in every})
        self._check_facets(terms)
        return Vocabulary(
            facets={
                n: Facet(
                    n,
                    terms=_depth_first(terms.get(n, [])),
                    **_labelled(self._attributes("facet", n), pretty(n)),
                )
                for n in tables["facet"]
            },
            fields={n: t.get("label", n) for n, t in tables["field"].items()},
            separators=_given(tables["field"], "separator"),
            relations={
                n: Relation(n, **{"label": n, "inverse": n, **t})
                for n, t in tables["relation"].items()
            },
            catalogues={n: self._catalogue(n) for n in tables["catalogue"]},
            rules=[
                Rule(n, **self._attributes("rule", n)) for n in tables["rule"]
            ],
            sections={
                n: t.get("label", pretty(n))
                for n, t in tables["section"].items()
            },
            placed=_given(tables["field"], "section"),
            names={kind: self._names(kind) for kind in KINDS},
        )

    def _attributes(self, kind: str, name: str) -> dict[str, Any]:
        """The attributes that a table gives, and its place."""
        table, (file, line) = self.tables[kind][name], self.places[kind, name]
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
            for order, name in enumerate(self.tables[kind])
        }

    def _catalogue(self, name: str) -> Catalogue:
        usual = {"collection": usual_catalogue(name).collection}
        given = _labelled(self._attributes("catalogue", name), pretty(name))
        return Catalogue(name, **usual | given)

    def _terms(self) -> dict[str, list[Term]]:
        """The terms of each facet; report those that are of none, and leave them out."""
        facets, tables = self.tables["facet"], self.tables["term"]
        terms: dict[str, list[Term]] = {}
        siblings = Counter[str]()
        for tag in tables:
            facet, colon, value = tag.partition(":")
            parent = value.rpartition("/")[0]
            above = f"{facet}:{parent}"
            if not colon or facet not in facets:
                message = f"the facet of the term {tag!r} is not declared"
                hint = did_you_mean(facet, facets) or f"add [facet.{facet}]"
                self.say_of("term", tag, message, hint)
                continue
            if not all(part.strip() for part in value.split("/")):
                hint = f'write [term."{facet}:value"]'
                self.say_of(
                    "term", tag, f"a part of the term {tag!r} is empty", hint
                )
                continue
            if value.count("/") >= TAG_LEVELS:
                self._too_deep(tag)
                continue
            if parent and above not in tables:
                message = f"the term {tag!r} is below {above!r}, which is not declared"
                self.say_of("term", tag, message, f'add [term."{above}"]')
            siblings[above] += 1
            terms.setdefault(facet, []).append(self._term(tag, siblings[above]))
        return terms

    def _term(self, tag: str, order: int) -> Term:
        facet, _, value = tag.partition(":")
        given = _labelled(self._attributes("term", tag), pretty(value))
        table = self.tables["term"][tag]
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
            place = self.places["term", tag]
            self.problems.append(Problem(Code.LIMIT, message, *place, tag))

    def _check_aliases(self, terms: list[Term]) -> None:
        """Report aliases that mean another term."""
        owners = {term.tag.casefold(): term for term in terms}
        for term in terms:
            for alias in term.aliases:
                owner = owners.setdefault(
                    f"{term.facet}:{alias}".casefold(), term
                )
                if owner is not term:
                    message = f"the alias {alias!r} of {term.tag!r} already means {owner.tag!r}"
                    self.say_of(
                        "term",
                        term.tag,
                        message,
                        "leave it out of one of the two",
                    )

    def _tables_with(
        self, key: str, kinds: Iterable[str]
    ) -> Iterator[tuple[str, str, str]]:
        """Kind and name of each table that has a key, with its value."""
        for kind in kinds:
            for name, value in _given(self.tables[kind], key).items():
                yield kind, name, value

    def _check_names(self, terms: Collection[str]) -> None:
        """Report sections, terms, directions and addresses that are named and do not exist."""
        sections = self.tables["section"]
        for kind, name, section in self._tables_with(
            "section", ("facet", "field", "relation")
        ):
            if section not in sections:
                message = f"[{kind}.{name}] names the section {section!r}, which is not declared"
                hint = (
                    did_you_mean(section, sections)
                    or f"add [section.{section}]"
                )
                self.refuse(kind, name, "section", message, hint)
        for kind, name, term in self._tables_with("term", ["metric"]):
            if term not in terms:
                message = f"'term' of [metric.{name}] names {term!r}, which is not a term"
                hint = (
                    did_you_mean(term, terms)
                    or "write the tag of a term, as facet:value"
                )
                self.refuse(kind, name, "term", message, hint)
        for kind, name, direction in self._tables_with("direction", ["metric"]):
            if direction not in DIRECTIONS:
                message = (
                    f"'direction' of [metric.{name}] cannot be {direction!r}"
                )
                self.refuse(
                    kind, name, "direction", message, _one_of(DIRECTIONS)
                )
        for kind, name, url in self._tables_with("url", KINDS):
            if not url.startswith(_ADDRESS):
                message = (
                    f"'url' of [{kind}.{name}] is not an http or https address"
                )
                hint = "write the whole address, beginning with https://"
                self.refuse(kind, name, "url", message, hint)

    def _check_facets(self, terms: Mapping[str, Sequence[Term]]) -> None:
        """Report values that a facet names and that are no terms, and a fact that no term has."""
        for name, table in self.tables["facet"].items():
            found = terms.get(name, ())
            values = [term.value for term in found]
            relation, known = table.get("relation"), self.tables["relation"]
            if relation and relation not in known:
                message = f"'relation' of [facet.{name}] names {relation!r}, which is not declared"
                hint = (
                    did_you_mean(relation, known)
                    or f"add [relation.{relation}]"
                )
                self.refuse("facet", name, "relation", message, hint)
            named = [("new", value) for value in table.get("new", ())]
            if values:
                named += [("usual", value) for value in table.get("usual", ())]
            for key, value in named:
                if value not in values:
                    message = f"{key!r} of [facet.{name}] names {value!r}, which is not a term"
                    hint = (
                        did_you_mean(value, values)
                        or f'add [term."{name}:{value}"]'
                    )
                    self.say_of("facet", name, message, hint)
            facts = set(chain.from_iterable(term.facts for term in found))
            line = table.get("line")
            if line and found and line not in facts | {"definition"}:
                message = f"'line' of [facet.{name}] names {line!r}, which no term has as a fact"
                hint = (
                    did_you_mean(line, sorted(facts))
                    or "write it into the terms"
                )
                self.say_of("facet", name, message, hint)


def _given(tables: Mapping[str, Mapping[str, str]], key: str) -> dict[str, str]:
    """The name of each table that has a key, with its value."""
    return {
        name: table[key] for name, table in tables.items() if table.get(key)
    }


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
