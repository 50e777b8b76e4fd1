"""TeX text as plain text."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    SpecialsTextSpec,
    get_default_latex_context_db,
)

MARKUP = re.compile(r"[\\${}~]|--|``|''")
_SIGNS = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "))
_BRACES = str.maketrans("", "", "{}")
_ESCAPE = re.compile(r"\{\\([&%#_$])\}|\\([&%#_${}])")
_HREF = re.compile(r"\\href\s*\{[^{}]*\}")
_PERCENT = re.compile(r"(?<!\\)%")
_MONEY = re.compile(r"(?<!\\)\$(?=\d[^$\\^_{}]*[A-Za-z]{3})")
_DOLLAR = re.compile(r"(?<!\\)\$")


def plain_text(tex: str) -> str:
    """TeX as Unicode text. Nothing is lost: a command that is not known stays as it is written."""
    if MARKUP.search(tex):
        tex = _converted(tex) if "\\" in tex or "$" in tex else _unmarked(tex)
    if "\n\n" not in tex:
        return " ".join(tex.split())
    paragraphs = re.split(r"\n\s*\n", tex)
    return "\n\n".join(" ".join(one.split()) for one in paragraphs)


_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}]|\$[^$]*\$|[^\W\d_][\w'’]*")
_BEGINS = re.compile(r"[:?!.—]['”’]*\s+['\"“‘`]*\Z")
"""Ends of texts after which a word begins a sentence."""


def sentence_case(tex: str) -> str:
    """A title with the capitals of a sentence, as styles make it: what braces protect stays, and
    so does a word with capitals or digits after its first letter.
    """
    parts: list[str] = []
    at, depth, first = 0, 0, True
    for found in _TOKEN.finditer(tex):
        mark, between = found[0], tex[at : found.start()]
        first = first or bool(_BEGINS.search(between))
        parts += [between, mark if first or depth else _lowered(mark)]
        depth += (mark == "{") - (mark == "}")
        first = first and mark in {"{", "}"}
        at = found.end()
    return "".join([*parts, tex[at:]])


def _lowered(word: str) -> str:
    """The word in lower case, if only its first is a capital; "I" stays."""
    rest = word[1:]
    keeps = (
        word == "I"
        or rest != rest.lower()
        or any(sign.isdigit() for sign in rest)
    )
    return word if keeps else word.lower()


def _unmarked(tex: str) -> str:
    for mark, sign in _SIGNS:
        tex = tex.replace(mark, sign)
    return tex.translate(_BRACES)


def unescaped(tex: str) -> str:
    r"""Text whose escaped signs (``\%``, ``{\&}``) are plain; everything else is as it was."""
    return _ESCAPE.sub(lambda found: found[1] or found[2], tex)


@lru_cache(maxsize=4096)
def _converted(tex: str) -> str:
    tex = _MONEY.sub(r"\\$", tex)
    if len(_DOLLAR.findall(tex)) % 2:  # then they do not enclose a formula
        tex = _DOLLAR.sub(r"\\$", tex)
    try:
        converted = str(
            _LATEX.latex_to_text(_HREF.sub("", _PERCENT.sub(r"\\%", tex)))
        )
    except Exception:  # noqa: BLE001 -- a library that guesses at TeX may stumble in any way
        return _unmarked(unescaped(tex))
    plain = unescaped(tex)
    # For what a command lacks, the library writes %s.
    lacks = converted.count("%s") > plain.count("%s")
    return _unmarked(plain) if lacks else converted


def _as_written(node: Any, l2tobj: LatexNodes2Text) -> str:
    """A command without a meaning here: its arguments, or itself where it has none."""
    arguments = [
        one
        for one in (node.nodeargd.argnlist if node.nodeargd else None) or ()
        if one
    ]
    if arguments:
        return " ".join(l2tobj.nodelist_to_text([one]) for one in arguments)
    in_front_of_a_group = node.parsing_state.s.startswith(
        "{", node.pos + node.len
    )
    return (
        ""
        if in_front_of_a_group
        else f"\\{node.macroname}{node.macro_post_space}"
    )


def _latex() -> LatexNodes2Text:
    """A converter that keeps what pylatexenc's own drops or makes up."""
    kept = (
        "title author date today mbox input include cite citet citep footnote url includegraphics"
    ).split()
    silent = (
        "bf it rm sc sf tt em sl bfseries itshape normalfont small large - / null protect relax"
    ).split()
    signs = {
        "TeX": "TeX",
        "LaTeX": "LaTeX",
        "BibTeX": "BibTeX",
        "\\": " ",
        "S": "§",
        "|": "‖",
        "copyright": "©",
    }
    macros = [MacroTextSpec(name, simplify_repl=_as_written) for name in kept]
    macros += [
        MacroTextSpec(name, simplify_repl=sign)
        for name, sign in (signs | dict.fromkeys(silent, "")).items()
    ]
    known = get_default_latex_context_db()
    known.add_context_category(
        "sphinx-mmu",
        macros=macros,
        specials=[SpecialsTextSpec("&", "&")],
        prepend=True,
    )
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_as_written))
    return LatexNodes2Text(
        latex_context=known, math_mode="text", keep_comments=True
    )


_LATEX = _latex()
# What it cannot read is shown as it is written.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
