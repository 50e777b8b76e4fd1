"""What a formula may hold. It comes from data, and LaTeX does whatever it is told."""

from __future__ import annotations

import re

LONGEST, DEEPEST = 20_000, 200
"""Characters of a formula, and braces within braces: beyond these converters end the process."""

_COMMANDS = (
    "catcode closein closeout csname def directlua edef endinput expandafter futurelet gdef href immediate include"
    " input let loop luaexec newcommand newread newwrite openin openout providecommand read renewcommand repeat"
    " scantokens special url usepackage verbatiminput write xdef"
).split()
_REFUSED = re.compile(rf"\\(?:{'|'.join(_COMMANDS)})(?![A-Za-z])|(?<!\\)\\[()\[\]]|(?<!\\)\$|\^\^")
_NESTING = re.compile(r"\\[{}]|[{}]|\\(?:begin|end|left|right)\b")


def fault(tex: str) -> str:
    """Why a text is no formula: a command that leaves it or reads files, or too much of everything; empty if it is."""
    found = _REFUSED.search(tex)
    if found:
        return f"{found[0]} has no place in a formula"
    return "it is too long, or its braces stand too deep" if len(tex) > LONGEST or _depth(tex) > DEEPEST else ""


def _depth(tex: str) -> int:
    """How deep braces and environments stand in each other."""
    depth = deepest = 0
    for found in _NESTING.findall(tex):
        depth += {"{": 1, r"\begin": 1, r"\left": 1, "}": -1, r"\end": -1, r"\right": -1}.get(found, 0)
        deepest = max(deepest, depth)
    return deepest
