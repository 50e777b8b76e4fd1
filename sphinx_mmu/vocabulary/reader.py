"""The vocabulary, read from TOML files.

A term's table is named exactly as an entry writes the tag,
``[term."stage:training-time/direct-gradient"]``; its parent is the part before the last slash.
The order of tables is the order on the site. A file that is too long, or nested too deep, is a
problem and costs no more than the table concerned.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sphinx_mmu.bib.reader import without_controls
from sphinx_mmu.files import read_file
from sphinx_mmu.model import formulas
from sphinx_mmu.model.paper import TAG_LEVELS
from sphinx_mmu.problems import Code, Problem, did_you_mean, unreadable
from sphinx_mmu.vocabulary.declared import DIRECTIONS, KINDS, declared
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
    Fact,
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
        if found[1]:  # the time to read such a key grows with the square of its parts
            line = text.count("\n", 0, found.start()) + 1
            message = (
                f"a key has more than {TAG_LEVELS} parts (at line {line}, column 1)"
            )
            raise tomllib.TOMLDecodeError(message)
    return tomllib.loads(text)


def _fault(error: Exception) -> tuple[str, int]:
    """What is wrong with a TOML text, and how many lines below its first."""
    if isinstance(error, RecursionError):
        return "lists or tables are nested too deep", 0
    if not isinstance(
        error, tomllib.TOMLDecodeError
    ):  # of a number with thousands of digits
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


def _without_controls(value: Any) -> Any:
    """A value of TOML, all of whose texts are fit for pages."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list):
        return [_without_controls(one) for one in value]
    if isinstance(value, dict):
        return {
            without_controls(key): _without_controls(one) for key, one in value.items()
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
        self, message: str, file: str, line: int = 0, key: str = "", hint: str = ""
    ) -> None:
        self.problems.append(Problem(Code.VOCABULARY, message, file, line, key, hint))

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

    def _parse(self, text: str, name: str) -> Iterator[tuple[dict[str, Any], int]]:
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
        name: str,
        lines: Mapping[tuple[str, str], int],
        line: int,
    ) -> None:
        if kind not in self.tables or not isinstance(tables, dict):
            place = line or lines.get((kind, ""), 0)
            if kind in self.tables:
                message, hint = f"{kind!r} is not a table", f"write [{kind}.name]"
            else:
                message = f"a vocabulary has no tables [{kind}.…]"
                hint = (
                    did_you_mean(kind, self.tables)
                    or f"one of: {', '.join(self.tables)}"
                )
            self.say(message, name, place, kind, hint)
            return
        for written, table in tables.items():
            place = line or lines.get((kind, written)) or lines.get((written, ""), 0)
            key = without_controls(written)
            try:
                value = _without_controls(table)
                clean = (key, value) == (written, table)
            except RecursionError:
                self.say(f"[{kind}.{key}] is nested too deep", name, place, key)
                continue
            if not clean:
                message = f"[{kind}.{key}] has a control character"
                self.problems.append(
                    Problem(Code.CONTROL_CHARACTER, message, name, place, key)
                )
            if not isinstance(value, dict):
                hint = f"write [{kind}.name] above its keys, once for each name"
                self.say(f"[{kind}.{key}] is not a table", name, place, key, hint)
            elif key in self.tables[kind]:
                first = self.places[kind, key]
                self.say(
                    f"[{kind}.{key}] is declared twice; first in {first[0]}:{first[1]}",
                    name,
                    place,
                    key,
                    "delete one of the two",
                )
            else:
                self.tables[kind][key] = {
                    k: v
                    for k, v in value.items()
                    if self._fits(kind, key, k, v, name, place)
                }
                self.places[kind, key] = (name, place)

    def _fits(
        self, kind: str, owner: str, key: str, value: Any, file: str, line: int
    ) -> bool:
        """Whether a key of a table is known and its value valid, with a problem if not."""
        shape = SHAPES[kind].get(key, FACT if kind == "term" else "")
        if not shape:
            hint = (
                did_you_mean(key, SHAPES[kind]) or f"one of: {', '.join(SHAPES[kind])}"
            )
            self.say(f"[{kind}.{owner}] has no key {key!r}", file, line, owner, hint)
        elif isinstance(shape, str):
            if FITS[shape](value):
                return key != "formula" or self._is_formula(
                    value, f"{kind}.{owner}", file, line, display=True
                )
            near = did_you_mean(key, SHAPES[kind]) if shape == FACT else ""
            hint = near or f"write {key} = {FORMS[shape]}"
            if shape in {"text", FACT} and not isinstance(value, bool | list | dict):
                hint = "put it in quotes"  # a date, or a number that has no end
            self.say(
                f"{key!r} of [{kind}.{owner}] must be {shape}", file, line, owner, hint
            )
        elif not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            message = f"{key!r} of [{kind}.{owner}] must be a list of tables"
            self.say(message, file, line, owner, f"write {key} = [{table_form(shape)}]")
        elif any(
            not v.keys() <= shape.keys() or not all(map(is_text, v.values()))
            for v in value
        ):
            self.say(
                f"a table in {key!r} of [{kind}.{owner}] does not fit",
                file,
                line,
                owner,
                f"write {table_form(shape)}",
            )
        elif odd := [
            v for v in value if key == "tradeoffs" and v.get("kind") not in SIDES
        ]:
            message = f"a trade-off of [{kind}.{owner}] cannot have the kind {odd[0].get('kind')!r}"
            self.say(message, file, line, owner, f"one of: {', '.join(SIDES)}")
        else:
            texts = (
                [str(v.get("symbol", "")) for v in value] if key == "symbols" else []
            )
            return all(
                self._is_formula(t, f"{kind}.{owner}", file, line, display=False)
                for t in texts
            )
        return False

    def _is_formula(
        self, text: str, table: str, file: str, line: int, *, display: bool
    ) -> bool:
        try:
            formulas.check(text, display=display)
        except formulas.FormulaError as error:
            message = f"a formula of [{table}] cannot be used: {error}"
            self.say(message, file, line, table.partition(".")[2], error.hint)
            return False
        return True

    def _too_deep(self, tag: str, file: str, line: int) -> None:
        """Report a term below the last level, and not those below it in turn."""
        root = "/".join(tag.split("/")[: TAG_LEVELS + 1])
        if root not in self.deep:
            self.deep.add(root)
            message = f"a term has at most {TAG_LEVELS} levels, and {tag!r} has more"
            self.problems.append(Problem(Code.LIMIT, message, file, line, tag))

    def _aliases(self, terms: list[Term]) -> None:
        """Report aliases that mean another term."""
        owners = {term.tag.casefold(): term for term in terms}
        for term in terms:
            for alias in term.aliases:
                owner = owners.setdefault(f"{term.facet}:{alias}".casefold(), term)
                if owner is not term:
                    message = f"the alias {alias!r} of {term.tag!r} already means {owner.tag!r}"
                    self.say(
                        message,
                        term.file,
                        term.line,
                        term.tag,
                        "leave it out of one of the two",
                    )

    def vocabulary(self) -> Vocabulary:
        terms: dict[str, list[Term]] = {}
        siblings: dict[tuple[str, str], int] = {}
        for tag, table in self.tables["term"].items():
            facet, colon, value = tag.partition(":")
            file, line = self.places["term", tag]
            if not colon or facet not in self.tables["facet"]:
                hint = (
                    did_you_mean(facet, self.tables["facet"]) or f"add [facet.{facet}]"
                )
                self.say(
                    f"the facet of the term {tag!r} is not declared",
                    file,
                    line,
                    tag,
                    hint,
                )
                continue
            if not all(part.strip() for part in value.split("/")):
                self.say(
                    f"a part of the term {tag!r} is empty",
                    file,
                    line,
                    tag,
                    f'write [term."{facet}:value"]',
                )
                continue
            if value.count("/") >= TAG_LEVELS:
                self._too_deep(tag, file, line)
                continue
            parent = value.rpartition("/")[0]
            if parent and f"{facet}:{parent}" not in self.tables["term"]:
                above = f"{facet}:{parent}"
                message = f"the term {tag!r} is below {above!r}, which is not declared"
                self.say(message, file, line, tag, f'add [term."{above}"]')
            siblings[facet, parent] = siblings.get((facet, parent), 0) + 1
            terms.setdefault(facet, []).append(
                _term(facet, value, table, siblings[facet, parent], (file, line))
            )
        every = [term for several in terms.values() for term in several]
        self._aliases(every)
        self._check_names({term.tag for term in every})
        self._check_facets(terms)
        tables = self.tables
        return Vocabulary(
            [
                _facet(n, t, _depth_first(terms.get(n, [])), self.places["facet", n])
                for n, t in tables["facet"].items()
            ],
            {n: _text(t, "label", n) for n, t in tables["field"].items()},
            {
                n: _text(t, "separator")
                for n, t in tables["field"].items()
                if t.get("separator")
            },
            [_relation(n, t) for n, t in tables["relation"].items()],
            [
                _catalogue(n, t, self.places["catalogue", n])
                for n, t in tables["catalogue"].items()
            ],
            [_rule(n, t, self.places["rule", n]) for n, t in tables["rule"].items()],
            {n: _text(t, "label", pretty(n)) for n, t in tables["section"].items()},
            {
                n: _text(t, "section")
                for n, t in tables["field"].items()
                if t.get("section")
            },
            {
                kind: {
                    n: declared(n, t, i)
                    for i, (n, t) in enumerate(tables[kind].items())
                }
                for kind in KINDS
            },
        )

    def _check_names(self, terms: Collection[str]) -> None:
        """Report sections, terms and directions that are named and do not exist."""
        known = self.tables["section"]
        for kind in ("facet", "field", "relation"):
            for name, table in self.tables[kind].items():
                section = table.get("section", "")
                if section and section not in known:
                    hint = did_you_mean(section, known) or f"add [section.{section}]"
                    message = (
                        f"[{kind}.{name}] names the section {section!r}, "
                        "which is not declared"
                    )
                    self.say(message, *self.places[kind, name], name, hint)
                    del table["section"]
        for name, table in self.tables["metric"].items():
            place = self.places["metric", name]
            if (term := table.get("term", "")) and term not in terms:
                message = (
                    f"'term' of [metric.{name}] names {term!r}, which is not a term"
                )
                hint = (
                    did_you_mean(term, terms)
                    or "write the tag of a term, as facet:value"
                )
                self.say(message, *place, name, hint)
                del table["term"]
            if (
                direction := table.get("direction", "")
            ) and direction not in DIRECTIONS:
                message = f"'direction' of [metric.{name}] cannot be {direction!r}"
                self.say(message, *place, name, f"one of: {', '.join(DIRECTIONS)}")
                del table["direction"]
        for kind in KINDS:
            for name, table in self.tables[kind].items():
                if (url := str(table.get("url", ""))) and not url.startswith(_ADDRESS):
                    message = (
                        f"'url' of [{kind}.{name}] is not an http or https address"
                    )
                    hint = "write the whole address, beginning with https://"
                    self.say(message, *self.places[kind, name], name, hint)
                    del table["url"]

    def _check_facets(self, terms: Mapping[str, Sequence[Term]]) -> None:
        """Report values that a facet names and that are no terms, and a fact that no term has."""
        for name, table in self.tables["facet"].items():
            found, place = terms.get(name, ()), self.places["facet", name]
            values = [term.value for term in found]
            usual = _texts(table, "usual") if values else ()
            named = [("new", v) for v in _texts(table, "new")] + [
                ("usual", v) for v in usual
            ]
            for key, value in named:
                if value not in values:
                    message = f"{key!r} of [facet.{name}] names {value!r}, which is not a term"
                    hint = did_you_mean(value, values) or f'add [term."{name}:{value}"]'
                    self.say(message, *place, name, hint)
            line, facts = (
                _text(table, "line"),
                {fact for term in found for fact in term.facts},
            )
            if line and found and line not in facts | {"definition"}:
                message = f"'line' of [facet.{name}] names {line!r}, which no term has as a fact"
                hint = did_you_mean(line, sorted(facts)) or "write it into the terms"
                self.say(message, *place, name, hint)


def _text(table: Mapping[str, Any], key: str, default: str = "") -> str:
    return str(table.get(key, default))


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(v) for v in table.get(key, ()))


def _rule(name: str, table: Mapping[str, Any], place: tuple[str, int]) -> Rule:
    return Rule(
        name,
        _text(table, "when"),
        _text(table, "needs"),
        _text(table, "message"),
        *place,
    )


def _relation(name: str, table: Mapping[str, Any]) -> Relation:
    label, inverse = _text(table, "label", name), _text(table, "inverse", name)
    return Relation(
        name, label, inverse, _text(table, "section"), table.get("results", False)
    )


def _catalogue(
    name: str, table: Mapping[str, Any], place: tuple[str, int]
) -> Catalogue:
    return Catalogue(
        name,
        label=_text(table, "label").strip() or pretty(name),
        plural=_text(table, "plural"),
        title=_text(table, "title"),
        filter=_text(table, "filter"),
        group_by=_text(table, "group-by"),
        columns=_texts(table, "columns"),
        sort=_text(table, "sort"),
        collection=_text(table, "collection") or usual_catalogue(name).collection,
        file=place[0],
        line=place[1],
    )


def _facet(
    name: str, table: Mapping[str, Any], terms: tuple[Term, ...], place: tuple[str, int]
) -> Facet:
    return Facet(
        name,
        label=_text(table, "label").strip() or pretty(name),
        description=_text(table, "description"),
        numbered=table.get("numbered", False),
        single=table.get("single", False),
        field=_text(table, "field"),
        summary=table.get("summary", False),
        verb=_text(table, "verb"),
        line_fact=_text(table, "line"),
        usual=_texts(table, "usual"),
        new=_texts(table, "new"),
        provenance=table.get("provenance", False),
        relates=table.get("relates", True),
        section=_text(table, "section"),
        highlights=tuple(
            Highlight(_text(h, "label"), _text(h, "filter"))
            for h in table.get("highlights", ())
        ),
        terms=terms,
        file=place[0],
        line=place[1],
    )


def _term(
    facet: str, value: str, table: Mapping[str, Any], order: int, place: tuple[str, int]
) -> Term:
    colour = table.get("colour")
    return Term(
        facet,
        value,
        label=_text(table, "label").strip() or pretty(value),
        order=order,
        short=_text(table, "short"),
        definition=_text(table, "definition"),
        formula=_text(table, "formula"),
        section=_text(table, "section"),
        symbols=tuple(
            Symbol(_text(s, "symbol"), _text(s, "meaning"))
            for s in table.get("symbols", ())
        ),
        tradeoffs=tuple(
            TradeOff(_text(t, "kind"), _text(t, "text"), _text(t, "basis"))
            for t in table.get("tradeoffs", ())
        ),
        colour=(colour["light"], colour["dark"]) if colour else None,
        aliases=_texts(table, "aliases"),
        related=_texts(table, "related"),
        cites=_texts(table, "cites"),
        facts=MappingProxyType(
            {k: _fact(v) for k, v in table.items() if k not in SHAPES["term"]}
        ),
        file=place[0],
        line=place[1],
    )


def _fact(value: Any) -> Fact:
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
    return (
        *walk(""),
        *(t for orphan in orphans for t in (orphan, *walk(orphan.value))),
    )
