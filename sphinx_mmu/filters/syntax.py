"""The text of a filter: parsing with error messages, and serialisation in one canonical form.

``grammar.lark`` defines the syntax; the messages for what it refuses are here.
:mod:`sphinx_mmu.filters.evaluate` defines the meaning of the nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast
from unicodedata import category, normalize

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

MAX_LENGTH = 2_000
MAX_DEPTH = 50
DATE_FACETS = frozenset({"year", "published", "date"})
"""``year`` and ``date`` compare the date of the first public version, ``published`` the year of
publication. Only ``date`` takes months and days.
"""


# --- Nodes


@dataclass(frozen=True, slots=True)
class All:
    """Every paper: ``*``."""


@dataclass(frozen=True, slots=True)
class Match:
    """A word or phrase in the text (no facet), or a value of a facet; ``prefix`` for a trailing
    ``*``.
    """

    facet: str
    value: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """Some value of a facet: ``topic:*``."""

    facet: str


@dataclass(frozen=True, slots=True)
class Range:
    """Between two dates, None being no bound; a closed bound is included."""

    facet: str
    low: str | None
    high: str | None
    low_closed: bool = True
    high_closed: bool = True


@dataclass(frozen=True, slots=True)
class Not:
    """Matches what its part does not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """Matches what all parts match; made by :func:`all_of`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Matches what at least one part matches; made by :func:`any_of`."""

    parts: tuple[Node, ...]


Leaf = All | Match | Has | Range
Node = Leaf | Not | And | Or


def all_of(*nodes: Node) -> Node:
    """The conjunction, flat; of nothing, every paper."""
    return _flat(And, nodes) or All()


def any_of(*nodes: Node) -> Node:
    """The disjunction, flat; of nothing, no paper."""
    return _flat(Or, nodes) or Not(All())


def _flat(kind: type[And | Or], nodes: Iterable[Node]) -> Node | None:
    parts = list[Node]()
    for node in nodes:
        parts += node.parts if isinstance(node, kind) else (node,)
    return kind(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


# --- Reading


@dataclass(eq=False)  # not frozen: contextlib and others set __traceback__
class FilterError(Exception):
    """A filter that cannot be read: why, where (``column`` counts from 0), and what to write
    instead.
    """

    message: str
    column: int
    hint: str = ""
    text: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message

    @property
    def caret(self) -> str:
        """Two lines: the filter around the fault, and a caret under it."""
        start = max(0, self.column - 60)
        shown = re.sub(r"\s", " ", self.text[start : self.column + 40])
        return f"{shown}\n{' ' * (self.column - start)}^"


@lru_cache(maxsize=1024)
def parse(text: str) -> Node:
    """Read a filter; raises :class:`FilterError` with a reason if it cannot be parsed."""
    from lark import UnexpectedInput  # noqa: PLC0415 -- it takes a while, and many never filter

    try:
        _before_reading(text)
        return _node(_parser().parse(text), "")
    except FilterError as error:
        error.text = text
        raise
    except UnexpectedInput as error:
        at_end = getattr(getattr(error, "token", None), "type", "") == "$END"
        column = (
            len(text.rstrip()) if at_end else cast("int", error.pos_in_stream)
        )
    message, hint = next(_reasons(text, column))
    raise FilterError(message, column, hint, text)


@cache
def _parser() -> Lark:
    from lark import Lark  # noqa: PLC0415 -- see parse

    return Lark.open(
        "grammar.lark", rel_to=__file__, parser="lalr", start="start"
    )


_PIECE = re.compile(
    r'\\.|"(?:\\.|[^"\\])*"|[“”„][^“”„]*[“”]|[()"“”„]', re.DOTALL
)
"""What is escaped or quoted, as word processors and phones quote it as well, and what opens and
closes.
"""


def _before_reading(text: str) -> None:
    """Refuse what a grammar explains badly: nothing at all, too much, and what is never closed."""
    if not text.strip():
        raise FilterError("the filter is empty", 0, "write * for every paper")
    if len(text) > MAX_LENGTH:
        message = f"the filter is longer than {MAX_LENGTH:,} characters"
        raise FilterError(message, MAX_LENGTH)
    opened: list[int] = []
    for found in _PIECE.finditer(text):
        at = found.start()
        match found[0]:
            case '"' | "“" | "”" | "„":
                message = "this quote is never closed"
                hint = 'add " at its end'
                raise FilterError(message, at, hint)
            case ")" if not opened:
                message = "this parenthesis was never opened"
                raise FilterError(message, at, "delete it")
            case "(" if len(opened) == MAX_DEPTH:
                message = f"parentheses are nested more than {MAX_DEPTH} deep"
                raise FilterError(message, at)
            case ")":
                opened.pop()
            case "(":
                opened.append(at)
    if opened:
        message = "this parenthesis is never closed"
        hint = "add ) where the group ends"
        raise FilterError(message, opened[-1], hint)


def _node(tree: Tree[Any], facet: str) -> Node:
    parts: list[Any] = tree.children
    match tree.data:
        case "either":
            return any_of(*(_node(p, facet) for p in parts))
        case "both":
            return all_of(*(_node(p, facet) for p in parts))
        case "negation":
            return Not(_node(parts[0], facet))
        case "facet":
            name = str(parts[0][:-1])
            return _node(parts[1], name.lower() if name.isascii() else name)
        case kind:
            return _leaf(str(kind), parts, facet)


def _leaf(kind: str, parts: list[Any], facet: str) -> Leaf:
    match kind:
        case "everything" if facet in DATE_FACETS:
            return Range(facet, None, None)
        case "everything":
            return Has(facet) if facet else All()
        case "range":
            left, low, high, right = parts
            return _range(facet, low, high, (left == "[", right == "]"))
        case "comparison":
            sign, bound = parts
            low, high = (bound, None) if sign.startswith(">") else (None, bound)
            return _range(facet, low, high, (sign != ">", sign != "<"))
    return _match(kind, parts[0], facet)


def _match(kind: str, token: Token, facet: str) -> Leaf:
    raw = {"word": token, "prefix": token[:-1], "quoted": token[1:-1]}[kind]
    if token[0] not in "“”„":
        raw = re.sub(r"\\(.)", r"\1", raw, flags=re.DOTALL)
    value = " ".join(raw.split())
    if not value:
        message = "there is nothing to look for here"
        hint = "write a word, or * for any"
        raise FilterError(message, token.start_pos or 0, hint)
    if facet not in DATE_FACETS:
        return Match(facet, value, kind == "prefix")
    date = _date(
        facet, token if kind == "prefix" else token.update(value=value)
    )
    return Range(facet, date, date)


def _range(
    facet: str,
    low: Token | None,
    high: Token | None,
    closed: tuple[bool, bool],
) -> Leaf:
    column = min(
        bound.start_pos or 0 for bound in (low, high) if bound is not None
    )
    if facet not in DATE_FACETS:
        message = f"{facet} cannot be compared"
        hint = "only year, published and date take ranges"
        raise FilterError(message, column, hint)
    first, last = (_date(facet, bound) for bound in (low, high))
    shared = min(len(first or ""), len(last or ""))
    if first and last and first[:shared] > last[:shared]:
        hint = f"write {facet}:[{last} TO {first}]"
        raise FilterError("the range ends before it begins", column, hint)
    return Range(
        facet, first, last, not first or closed[0], not last or closed[1]
    )


_MONTH = r"(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"


def _date(facet: str, bound: Token | None) -> str | None:
    """The bound of a range if it is a date that the facet takes; None for ``*``."""
    if bound is None or bound == "*":
        return None
    thing = "year"
    rest = ""
    hint = "write 2024, >=2024 or [2023 TO *]"
    if facet == "date":
        thing = "date"
        rest = _MONTH
        hint = "write 2024, 2024-03 or 2024-03-17"
    if re.fullmatch(rf"[0-9]{{4}}{rest}", bound):
        return str(bound)
    message = f"{str(bound)!r} is not a {thing}"
    raise FilterError(message, bound.start_pos or 0, hint)


# --- Explaining

_QUOTE_HINT = "to look for the character itself, put the text in quotes"
_AT_FAULT = (  # the text at the fault, the message, the hint; the first match counts
    (r"&&?", "{0!r} is not an operator here", "write AND"),
    (r"\|\|?", "{0!r} is not an operator here", "write OR"),
    (
        r"!",
        "'!' is not an operator here",
        "write NOT, or - directly before the condition",
    ),
    (
        r"(?:AND|OR)(?=[\s()\"“”„]|$)",
        "'{0}' has no condition before it",
        "write one, or put the word in quotes",
    ),
    (
        r"NOT(?=[\s()\"“”„]|$)",
        "'NOT' is not allowed here",
        "write it once, before a whole condition",
    ),
    (
        r"(?i:and|or|not)(?=[\s()\"“”„]|$)",
        "'{0}' is an operator only in capitals",
        "write {0}, or put the word in quotes to look for it",
    ),
    (
        r"~",
        "'~' for similar words is not supported",
        "write the beginning of the word and *",
    ),
    (
        r"\^",
        "'^' for weights is not supported",
        "delete it: a filter does not rank",
    ),
    (
        r"/",
        "regular expressions are not supported",
        "put what begins with / in quotes",
    ),
    (
        r"\?",
        "'?' for one character is not supported",
        "write the beginning of the word and *",
    ),
    (
        r"\*",
        "'*' is allowed only at the end of a word",
        "a part of a word is found without it",
    ),
    (
        r"\+",
        "'+' is not an operator here",
        "delete it: all conditions apply anyway",
    ),
    (r"=", "'=' is not an operator here", "write facet:value"),
    (
        r"[<>\[{\]}]",
        "a range needs year:, published: or date: directly before it",
        "write year:>=2024, or year:[2023 TO *]",
    ),
    (
        r"-",
        "'-' is written once, directly before what it excludes",
        _QUOTE_HINT,
    ),
    (
        r"\\",
        "this backslash has no character after it",
        "write two for the character itself",
    ),
)


def _reasons(text: str, column: int) -> Iterator[tuple[str, str]]:
    """Why the parser stopped at a column, and what to write instead: the first that fits is the
    best.
    """
    before = text[:column].rstrip()
    here = text[column : column + 1]
    if re.search(r'(?<!\\)[\[{][^\[\]{}()"]*$', before):
        yield (
            "this is not how a range is written",
            "write year:[2023 TO 2025], or * for no bound",
        )
    if before.endswith(":") and here == "-":
        yield "'-' is written before the facet", "write -facet:value"
    if here in ("", ")"):
        yield _incomplete(before)
    if here == ":":
        yield _colon(before, text[:column])
    for pattern, message, hint in _AT_FAULT:
        if found := re.compile(pattern).match(text, column):
            yield message.format(found[0]), hint.format(found[0].upper())
    yield f"{here!r} is not allowed here", _QUOTE_HINT


def _incomplete(before: str) -> tuple[str, str]:
    """Something had to follow: the filter ends here, or its group does."""
    last = (before.replace("(", " ( ").split() or [""])[-1]
    if last.endswith(":"):
        return f"a value is missing after {last!r}", f"write {last}* for any"
    if last == "(":
        return "there is nothing between the parentheses", "delete them"
    return (
        f"a condition is missing after {last!r}",
        "write one, or delete the operator",
    )


def _colon(before: str, text: str) -> tuple[str, str]:
    if not before or before != text:
        return (
            "':' is written directly after the name of a facet",
            "write facet:value",
        )
    facet, colon, value = re.split(r'[\s()"“”„]', before)[-1].partition(":")
    if colon:
        hint = f'put the value in quotes: {facet}:"{value}:…"'
        return "a condition has one colon", hint
    return (
        (
            "the name of a facet begins with a letter and contains only letters, digits, '.', '-'"
            " and '_'"
        ),
        _QUOTE_HINT,
    )


# --- Writing

_PLAIN = re.compile(
    r'(?!(?i:and|or|not)$)[^\s()\[\]{}"“”„:*?~^<>=!|\\+/&-][^\s()\[\]{}"“”„:*?~^<>=!|\\&]*'
)


def to_text(node: Node) -> str:
    """The canonical text of a filter: what is read from it is the same node again."""
    match node:
        case All() | Match() | Has() | Range():
            facet = getattr(node, "facet", "")
            return f"{facet}:{_value(node)}" if facet else _value(node)
        case Not(part):
            negated = (
                f"({to_text(part)})"
                if isinstance(part, Not)
                else _operand(part)
            )
            return f"-{negated}"
        case And(parts):
            return " ".join(_operand(p) for p in parts)
        case Or(parts):
            return _one_facet(parts) or " OR ".join(_operand(p) for p in parts)


def _operand(node: Node) -> str:
    text = to_text(node)
    grouped = isinstance(node, Or) and _one_facet(node.parts)
    return f"({text})" if isinstance(node, And | Or) and not grouped else text


def _one_facet(parts: tuple[Node, ...]) -> str:
    """``facet:(a OR b)`` where all parts are conditions on the same facet, else nothing."""
    alike = [p for p in parts if isinstance(p, Match | Has | Range) and p.facet]
    if len(alike) < len(parts) or len({p.facet for p in alike}) != 1:
        return ""
    return f"{alike[0].facet}:({' OR '.join(_value(p) for p in alike)})"


def _value(leaf: Leaf) -> str:
    match leaf:
        case Match(_, value, prefix=True):
            return re.sub(r"^\W|[^\w/.-]", r"\\\g<0>", value) + "*"
        case Match(_, value):
            if _PLAIN.fullmatch(value):
                return value
            return '"' + re.sub(r'[\\"]', r"\\\g<0>", value) + '"'
        case Range(_, low, high) if low and high:
            if low == high and leaf.low_closed and leaf.high_closed:
                return low
            left = "[" if leaf.low_closed else "{"
            right = "]" if leaf.high_closed else "}"
            return f"{left}{low} TO {high}{right}"
        case Range(_, low, high) if low or high:
            equal = "=" if leaf.low_closed and leaf.high_closed else ""
            return f"{'>' if low else '<'}{equal}{low or high}"
        case _:
            return "*"


def quoted(value: str) -> str:
    """A value as a filter writes it: plain where that is safe, else in quotes."""
    return _value(Match("", value))


# --- Comparing


_STROKES = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "ı": "i",
        "ŋ": "n",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "þ": "th",
    }
)
"""Some Latin letters that Unicode does not take apart, as CLDR's transform Latin-ASCII writes them.
"""


def fold(text: str) -> str:
    r"""Text for comparing: compatibility forms resolved (NFKD), case folded, accents, strokes and
    other marks dropped.

    In JavaScript: fold case by ``.toUpperCase().toLowerCase()`` between two ``.normalize("NFKD")``,
    then drop what ``/\p{M}/gu`` matches.
    """
    if text.isascii():
        return text.lower()
    folded = normalize("NFKD", text).casefold()
    unmarked = (
        c for c in normalize("NFKD", folded) if not category(c).startswith("M")
    )
    return "".join(unmarked).translate(_STROKES)
