"""Checks the English of the project: ``python -m tools.prose [FILE...]``.

Two checks run over chapters, the guide and the files for contributors: the words to avoid of
``docs/contribute/style.md`` (:data:`RULES`), and proselint. The first also covers comments,
docstrings and messages of the code, comments of the scripts, and the texts of the vocabulary.
Misspellings are left to codespell.
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from proselint.checks import __register__
from proselint.config import DEFAULT
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

ROOT = Path(__file__).parents[1]


class Rule(NamedTuple):
    """Words to avoid, as a pattern, and what to write."""

    words: str
    instead: str


class Finding(NamedTuple):
    """A place, and what is wrong there."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


EVERYWHERE = (
    Rule(
        r"stands?|stood (?:in|at|twice|by|on)|stand in the",
        "is in, appears, is printed, means",
    ),
    Rule(r"tells?|told", "reports, notes, shows, distinguishes"),
    Rule(r"holds|holding", "contains, applies, is true, keeps"),
    Rule(r"mend(?:s|ed|ing)?", "correct, fix, repair"),
    Rule(r"nought", "0, zero, nothing"),
    Rule(r"slips?", "mistake, misprint"),
    Rule(r"go(?:es)? by (?:its|their|the name)", "is known as, is cited by"),
    Rule(r"go(?:es)? on", "continues"),
    Rule(r"(?:goes|go|went) after", "is directed at"),
    Rule(r"all the same|none the less", "nevertheless, still"),
    Rule(r"worked out", "computed, calculated, counted"),
    Rule(r"polite programs?", "name what the service asks for"),
    Rule(r"asks? nobody|told nobody", "sends no requests"),
    Rule(r"any \w+ is welcome", "any … is accepted"),
    Rule(r"right answers?", "correct answer, correct value"),
    Rule(r"small letters", "lower case"),
    Rule(r"turns? (?:it|them) round", "reverse, invert"),
    Rule(r"of its own accord|by itself alone", "automatically"),
)
"""Rules for all text. Each matches whole words in upper or lower case."""

SITE = (
    Rule(
        r"(?:com(?:e|es|ing)|came|brought|brings?|bring) back",
        "is recovered, reappears",
    ),
    Rule(r"(?:dear|dearly|bargains?|bargained)", "expensive, compromise"),
    Rule(r"at the price of|the price of", "at the cost of"),
    Rule(r"the (?:soft part|soil|hinge) of", "say what is meant"),
    Rule(r"worth more than", "more useful than"),
    Rule(r"keeps? (?:its|their) place", "is unchanged"),
    Rule(r"turns? [\w ]{3,20} against", "is used against"),
    Rule(
        r"novel|powerful|cutting-edge|groundbreaking|state-of-the-art|seamless(?:ly)?",
        "no praise",
    ),
    Rule(
        r"(?:obviously|of course|needless to say|it is clear that)",
        "leave it out",
    ),
)
"""Further rules for chapters, the guide, other pages for readers, and the vocabulary."""

SPELLING = (
    Rule(
        r"(?:behavior|color|neighbor|favor|center|analyz|model(?=ing|ed)|label(?=ed))\w*",
        "-our, -re, -yse, -ll-",
    ),
    Rule(
        r"(?:optimi|generali|normali|minimi|maximi|summari|recogni|personali|initiali|categori)z\w+",
        "-ise",
    ),
)
"""British spelling, for the pages; labels of the vocabulary are spelled as in their source."""

_OFF = "annotations hedging needless_variants restricted spelling typography weasel_words".split()

_CHECKS = {
    "misc.phrasal_adjectives": False,
    **DEFAULT["checks"],
    **dict.fromkeys(_OFF, False),
}
PROSELINT: Any = DEFAULT | {"checks": _CHECKS}
"""Left out: typography, since Sphinx converts quotes and dashes; spelling and variants, which are
American there; hedges, which a careful claim needs; hyphens after -ly, which it finds in
"early-stage" too. The most specific key comes first.
"""

_ALLOWED = re.compile(
    r"stands? (?:in )?for|as it stands|stands? out|stand-ins?|holds? (?:only )?for|holds? against"
    r"|tell (?:us|apart)|told apart|tells? \w+ (?:\w+ )?from|could tell from|cannot be told"
    r"|players who bargain"
    r"|prompt normalization",
    re.IGNORECASE,
)
"""Phrases that contain a word of the rules and may stay."""

_FENCE = re.compile(r"^\s*(`{3,}|:{3,})(.*)$")
_NO_PROSE = re.compile(
    r"\{(?:math|code-block|toctree|literalinclude|include|eval-rst)\}|^[^{]+$"
)
_INLINE = (
    (re.compile(r"<!--.*?-->"), " "),
    (re.compile(r"(?:\{[\w:-]+\})?(`+).*?\1"), "§"),
    (re.compile(r"\$[^$\n]+\$"), "§"),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"<https?:[^>]*>|https?://\S+"), "§"),
    (
        re.compile(r"(?<!\*)\*(?!\*)[^*\n]+\*(?!\*)"),
        "§",
    ),  # a term that is introduced or mentioned
)


_SENTENCE = re.compile(r"[A-Za-z]{2,}\W+[A-Za-z]{2,}\W+[A-Za-z]{2,}")


def _plain(text: str) -> str:
    for pattern, new in _INLINE:
        text = pattern.sub(new, text)
    return text


# --- what is prose


def of_markdown(text: str) -> list[str]:
    """The lines of a page, with everything that is no prose left out."""
    lines: list[str] = []
    closes = front = generated = ""
    prose = True
    for number, line in enumerate(text.splitlines()):
        fence = _FENCE.match(line)
        if number == 0 and line == "---":
            front = line
        elif front:
            front = "" if line == "---" else front
        elif not prose:
            prose = bool(
                fence and fence[1].startswith(closes) and not fence[2].strip()
            )
        elif fence:
            prose = not (
                fence[2].strip() and _NO_PROSE.search(fence[2].strip())
            )
            closes = fence[1]
        elif "mmu:begin" in line and "mmu:end" not in line:
            generated = line
        elif generated:
            generated = "" if "mmu:end" in line else generated
        elif not re.match(r"\s*(?::[\w-]+:|%|\(.*\)=$|\{\.)", line):
            lines.append(_plain(line))
            continue
        lines.append("")
    return lines


def of_python(text: str) -> Iterator[tuple[int, str]]:
    """Comments, docstrings and texts of several words, each with its line."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Constant) or not isinstance(
            node.value, str
        ):
            continue
        if _SENTENCE.search(node.value):
            yield from enumerate(node.value.split("\n"), node.lineno)


_COMMENT = re.compile(r"/\*.*?\*/|(?<!\S)//\s.*?$", re.DOTALL | re.MULTILINE)
_TYPES = re.compile(r"@(?:param|returns|template|type|typedef)\b.*")


def of_script(text: str) -> Iterator[tuple[int, str]]:
    """Comments but for the types in them, each line with its number."""
    for found in _COMMENT.finditer(text):
        first = text.count("\n", 0, found.start()) + 1
        for number, line in enumerate(found[0].split("\n"), first):
            yield number, _TYPES.sub("", line)


def of_toml(text: str) -> Iterator[tuple[int, str]]:
    """Texts of several words, each with its line."""
    tomllib.loads(text)
    for number, line in enumerate(text.splitlines(), 1):
        for value in re.findall(r'"((?:[^"\\]|\\.)* (?:[^"\\]|\\.)*)"', line):
            yield number, value


# --- the checks


def words(
    lines: Iterable[tuple[int, str]], rules: Iterable[Rule], file: str
) -> Iterator[Finding]:
    """Places where a rule matches."""
    checks = [
        (re.compile(rf"\b(?:{rule.words})\b", re.IGNORECASE), rule)
        for rule in rules
    ]
    for number, line in lines:
        text = _ALLOWED.sub("X", _plain(line))
        for pattern, rule in checks:
            for found in pattern.finditer(text):
                yield Finding(
                    file, number, f"'{found[0]}': write {rule.instead}"
                )


def proselint(lines: list[str], file: str) -> Iterator[Finding]:
    """What proselint finds in a page."""
    file_ = LintFile(file, "\n".join(lines) or " ")
    for result in file_.lint(PROSELINT):
        check, content = result.check_result, file_.content
        if "\n" not in content[slice(*check.span)].strip():
            yield Finding(
                file, result.pos[0], f"{check.message} ({check.check_path})"
            )


def _page(text: str, file: str) -> Iterator[Finding]:
    lines = of_markdown(text)
    yield from words(enumerate(lines, 1), (*EVERYWHERE, *SITE, *SPELLING), file)
    yield from proselint(lines, file)


_READERS: dict[str, Callable[[str, str], Iterator[Finding]]] = {
    ".md": _page,
    ".py": lambda text, file: words(of_python(text), EVERYWHERE, file),
    **dict.fromkeys(
        (".js", ".ts"),
        lambda text, file: words(of_script(text), EVERYWHERE, file),
    ),
    ".toml": lambda text, file: words(
        of_toml(text), (*EVERYWHERE, *SITE), file
    ),
}


def findings(text: str, file: str) -> list[Finding]:
    """What is wrong with the prose of a file, whose suffix decides how it is read."""
    if not CheckRegistry().checks:
        CheckRegistry().register_many(__register__)
    return sorted(set(_READERS[Path(file).suffix](text, file)))


def files() -> list[str]:
    """The files that are checked: all under version control but for tests and examples."""
    patterns = [
        "*.md",
        "sphinx_mmu/*.py",
        "docs/_ext/*.py",
        "tools/*.py",
        "refs/*.toml",
        "client/*.js",
        "client/*.ts",
    ]
    listed = subprocess.run(
        ["git", "ls-files", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    skipped = ("tests/", "examples/", "tools/prose.py")
    return [
        name for name in listed.stdout.split() if not name.startswith(skipped)
    ]


def main(names: list[str]) -> int:
    """Check the files named, or all; the exit status is 1 if anything was found."""
    found: list[Finding] = []
    for name in names or files():
        found += findings((ROOT / name).read_text("utf-8"), name)
    for one in found:
        sys.stdout.write(f"{one}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
