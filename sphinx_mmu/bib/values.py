"""One value of a field, written so that it ends where it should: for this package, and for other
programs.

All BibTeX that this package writes passes :func:`braced`, so that no value ends before its end.
What leaves for other programs passes :func:`portable` too: pandoc, biber, pybtex and bibtexparser
each stop at something that the rest take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pybtex.bibtex.utils import split_name_list, split_tex_string

from sphinx_mmu.bib.dates import DATES, iso_day
from sphinx_mmu.bib.fields import VERBATIM
from sphinx_mmu.bib.latex import plain_text


def braced(name: str, value: str) -> str:
    """A value between braces. A brace without a partner becomes what prints it, so that the value
    cannot end there.

    Braces are counted as BibTeX does, with or without a backslash. No line of a value begins with
    ``@``, which would look like an entry, and it does not end in a backslash, which some programs
    take to belong to the brace.
    """
    if not SIGN.search(value):
        return f"{{{value}}}"
    text = _LINE_WITH_AT.sub(" @", _paired(name, value))
    return f"{{{text} }}" if text.endswith("\\") else f"{{{text}}}"


SIGN = re.compile(r"[\\{}%\n\r]")
"""A value without any of these needs no care."""
_LINE_WITH_AT = re.compile(r"\s*[\n\r]\s*@")
_BRACE = re.compile(r"(?<!\\)(\\*)([{}])")
_COMMANDS = {"{": r"\lbrace{}", "}": r"\rbrace{}"}
_PERCENT_CODES = {"{": "%7B", "}": "%7D"}
_JOINED = frozenset("-`'")
"""Signs of which two are another sign."""
_TWO_JOINED = re.compile(r"([-`'])(?=\1)")
_DEEPEST = 50
"""Braces within braces that every program takes: pybtex ends at a hundred."""


def _paired(name: str, value: str, *, kinds: bool = False) -> str:
    """The value with each brace that has no partner as what prints it; with ``kinds``, no partner
    of its kind.

    The kinds are braces with a backslash and braces without one. In text, one without a backslash
    that has no partner of its kind prints nothing, but keeps two hyphens or quotes from being one
    sign.
    """
    braces = list(_BRACE.finditer(value))
    verbatim = name in VERBATIM
    printed = _PERCENT_CODES if verbatim else _COMMANDS
    parts, position = [], 0
    for brace in _lonely(
        [(brace, kinds and bool(brace[1])) for brace in braces]
    ):
        # An odd backslash belongs to the brace.
        backslashes = brace[1][: len(brace[1]) // 2 * 2]
        silent = kinds and not verbatim and not brace[1]
        before, after = value[: brace.start()][-1:], value[brace.end() :][:1]
        nothing = "{}" if before == after and before in _JOINED else ""
        sign = nothing if silent else printed[brace[2]]
        parts += [value[position : brace.start()], backslashes, sign]
        position = brace.end()
        if silent and not backslashes and value[: brace.start()].endswith(" "):
            # Of two blanks around it one stays.
            position += value[position : position + 1] == " "
    return "".join([*parts, value[position:]])


_Brace = re.Match[str]


def _lonely(braces: Iterable[tuple[_Brace, bool]]) -> list[_Brace]:
    """Those of the braces, each with its kind, that have no partner of their kind at their depth;
    in order.
    """
    opened: list[tuple[_Brace, bool]] = []
    waiting = [0, 0]  # how many of each kind are open
    found: list[_Brace] = []
    for brace, kind in braces:
        if brace[2] == "{":
            opened.append((brace, kind))
            waiting[kind] += 1
        elif not waiting[kind]:
            found.append(brace)
        else:
            partner, other = opened.pop()
            while other != kind:
                found.append(partner)
                waiting[other] -= 1
                partner, other = opened.pop()
            waiting[kind] -= 1
    return sorted(
        [*found, *(brace for brace, _ in opened)],
        key=lambda brace: brace.start(),
    )


_BACKSLASHES_BEFORE_BRACE = re.compile(r"((?<!\\)(?:\\\\)+)(?=[{}])")
_COMMENT_SIGN = re.compile(r"(?<!\\)((?:\\\\)*)%")
_COMMAS = 2  # how many a name may have
PEOPLE = frozenset({"author", "editor", "translator"})
"""The fields with names of people."""
_NO_TEXT = VERBATIM | {"crossref", "related", "ids"}


def portable(name: str, value: str) -> str:
    """A value as all readers of BibTeX take it, and print the same.

    A date is plain, a comment sign has its backslash, a name of more than three parts is one text,
    and braces are in pairs also for those who do not count the ones that have a backslash.
    """
    if not SIGN.search(value):
        return _names(value) if name in PEOPLE else value
    if name in DATES:
        plain = plain_text(value)
        value = plain if iso_day(plain) else value
    if name in _NO_TEXT:
        return _paired(name, _shallow(name, value), kinds=True)
    value = _COMMENT_SIGN.sub(r"\1\\%", value)
    value = _BACKSLASHES_BEFORE_BRACE.sub(r"\1 ", _shallow(name, value))
    value = _paired(name, value, kinds=True)
    return _names(value) if name in PEOPLE else value


def _shallow(name: str, value: str) -> str:
    """The value, or the text that it means where its braces are too deep in others."""
    depth = deepest = 0
    for brace in (
        re.findall(r"[{}]", value) if value.count("{") > _DEEPEST else ()
    ):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    if deepest <= _DEEPEST:
        return value
    if name not in _NO_TEXT:
        return without_commands(plain_text(value))
    return re.sub("[{}]", lambda brace: _PERCENT_CODES[brace[0]], value)


_PRINTED_AS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
    }
    | _COMMANDS
)


def without_commands(text: str) -> str:
    """Text as TeX without any command of its own."""
    return text.translate(_PRINTED_AS)


def from_text(text: str) -> str:
    """Text that was read, as TeX: every sign of TeX becomes what prints it."""
    return _TWO_JOINED.sub(r"\1{}", without_commands(text).replace("$", r"\$"))


def _names(value: str) -> str:
    if all(name.count(",") <= _COMMAS for name in value.split(" and ")):
        return value
    names = split_name_list(value)
    return " and ".join(
        braced("author", n)
        if len(split_tex_string(n, ",")) > _COMMAS + 1
        else n
        for n in names
    )


_ESCAPED = re.compile(r"(?<!\\)([&%#_$])")
_FORMULA = re.compile(r"(?<!\\)(\$(?=\S)[^$]*(?<=[^\s\\])\$(?!\d))")


def escaped(text: str) -> str:
    """Text with TeX's signs escaped; commands and formulas in it stay."""
    parts = _FORMULA.split(text)
    parts[::2] = (_ESCAPED.sub(r"\\\1", part) for part in parts[::2])
    return "".join(parts)
