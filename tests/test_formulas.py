"""Formulas of the vocabulary: made of what is allowed, and everything else is refused before any
builder has it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import Project
from tex import compiled

from site_mathml import MathError, to_mathml
from sphinx_mmu.model.formulas import (
    COMMANDS,
    ENVIRONMENTS,
    SIGNS,
    TEXT_COMMANDS,
    TEXT_SIGNS,
    FormulaError,
    check,
)
from sphinx_mmu.vocabulary.reader import read_vocabulary

ATTACKS = {
    r"\text{\InputIfFileExists{F}{}{}}": r"\InputIfFileExists",
    r"\text{\UseName{input}{F}}": r"\UseName",
    r"\filedump{F}": r"\filedump",
    r"\begin{input}{F}\end{input}": r"\begin{input}",
    r"\begin {input}{F}\end{input}": r"\begin{input}",
    r"\begin\relax": r"\begin",
    r"\csname input\endcsname{F}": r"\csname",
    r"\input|ls": r"\input",
    r"\write18{x}": r"\write",
    r"\immediate": r"\immediate",
    r"\openin1=F": r"\openin",
    r"\special{x}": r"\special",
    r"\catcode`\|=0": r"\catcode",
    r"\def\x{y}": r"\def",
    r"\newcommand{\x}[1]{#1}": r"\newcommand",
    r"\let\x=y": r"\let",
    r"\href{javascript:x}{D}": r"\href",
    r"\url{x}": r"\url",
    r"\includegraphics{F}": r"\includegraphics",
    r"\verb|x|": r"\verb",
    r"\begin{verbatim}x\end{verbatim}": r"\begin{verbatim}",
    r"\begin{align*}a\end{align*}": r"\begin{align*}",
    r"\directlua{x}": r"\directlua",
    r"\lowercase{x}": r"\lowercase",
    r"\uppercase{x}": r"\uppercase",
    r"\expandafter\x": r"\expandafter",
    r"\text{\expandafter\x}": r"\expandafter",
    r"\the\year": r"\the",
    r"\color{nothing}x": r"\color",
    r"\label{a}": r"\label",
    r"\unknown": r"\unknown",
    "\\\u00e9": "\\\u00e9",
    r"\@input": r"\@",
    r"x \) \input{F}": r"\)",
    r"x \] y": r"\]",
    "^^5cinput{F}": "^^",
    "x^^^^005cinput": "^^",
    "$$ x": "$",
    r"\text{a $x$ b}": "$",
    "a % b": "%",
    "#1": "#",
    "x \\": "backslash",
    "x \\ ": "backslash",
    "a\rb": "U+000D",
    "a\x0cb": "U+000C",
    "a\u202eb": "U+202E",
    "\\alpha\u2028b": "U+2028",
    "\\alpha\x0cb": "U+000C",
    "\\text{a\u2028b}": "U+2028",
    "a\n\nb": "blank line",
    "a \u2264 b": "\u2264",
    "\U0001d53c": "\U0001d53c",
    "{a": "{",
    "a}": "}",
    r"\text{a": r"\text{",
    r"\text a": r"\text",
    r"\left( a": r"\left",
    r"\left a \right)": r"\left",
    r"\left{ a \right)": r"\left",
    r"a \right)": r"\right",
    r"{\left( a} \right)": r"\left",
    r"\middle| a": r"\middle",
    r"\begin{aligned} a": r"\begin{aligned}",
    r"\begin{aligned} a \end{cases}": r"\end{cases}",
    r"{\begin{aligned} a} \end{aligned}": r"\begin{aligned}",
    r"\begin{aligned}[0,1] \end{aligned}": r"\begin{aligned}",
    r"\begin{array}{*{999}{c}} a \end{array}": r"\begin{array}",
    r"\begin{array}{c@{\input{F}}} a \end{array}": r"\begin{array}",
    r"\begin{array} a \end{array}": r"\begin{array}",
    r"a \\[x] b": r"\\",
    r"\frac{a & b}{c}": "&",
    r"\left( a \\ b \right)": r"\\",
    r"\text{a & b}": "&",
    r"\text{a_b}": "_",
    r"\text{a \\ b}": r"\\",
    "{" * 9_000 + "x" + "}" * 9_000: "levels",
    "x^{" * 20_000: "longer",
    r"\begin{a}" * 20_000: "longer",
    r"\frac": r"\frac",
    r"{\frac a} b": r"\frac",
    r"\frac\sqrt{a}{b}": r"\frac",
    r"\sqrt[3": r"\sqrt[",
    r"{\sqrt[a}]": r"\sqrt[",
    r"\frac{a} & b": r"\frac",
    r"\left( a^ \right)": "^",
    "x_": "_",
    "x^'": "^",
    r"x^\left(a\right)": "^",
    "x_1_2": "_",
    "x^1^2": "^",
    "x^1'": "'",
    "x'_1'": "'",
    "x'_1^2": "^",
    r"x^\operatorname{a}": "^",
    r"x_\rm a": "_",
    r"x_\,": "_",
    r"\hat": r"\hat",
    r"\text{\'}": r"\'",
    r"\text{caf\'}e": r"\'",
    r"a \\ [0,1]": r"\\",
    r"\hline": r"\hline",
    r"\boldsymbol{" * 9 + "x" + "}" * 9: r"\boldsymbol",
}
"""What is no formula → a part of the message."""


@pytest.mark.parametrize("tex", ATTACKS, ids=lambda tex: tex[:40])
def test_what_is_not_allowed_is_refused_by_name_and_with_advice(
    tex: str,
) -> None:
    with pytest.raises(FormulaError, match=re.escape(ATTACKS[tex])) as caught:
        check(tex)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("tex", "hint"),
    [
        (r"\alhpa", "did you mean 'alpha'?"),
        (r"\mathscr{D}", r"write \mathcal"),
        (r"\oe", r"write it within \text{…}"),
        (r"\begin{split}a\end{split}", r"write \begin{aligned}"),
        (r"\begin{equation*}a\end{equation*}", "leave it out"),
    ],
)
def test_the_advice_names_what_to_write(tex: str, hint: str) -> None:
    with pytest.raises(FormulaError) as caught:
        check(tex)
    assert caught.value.hint == hint


@pytest.mark.parametrize("tex", ["a & b", r"a \\ b"])
def test_a_formula_within_a_line_has_no_columns_and_lines(tex: str) -> None:
    check(tex)
    with pytest.raises(FormulaError, match="not allowed in a line of text"):
        check(tex, display=False)


@pytest.mark.parametrize(
    "tex",
    ["{" * 10_000 + "x" + "}" * 10_000, "x^{" * 20_000, r"\begin{a}" * 20_000],
)
def test_what_would_end_the_converter_is_refused_wherever_it_is_from(
    tex: str,
) -> None:
    with pytest.raises(MathError, match=r"longer|levels"):
        to_mathml(tex, display=True)


SOUND = [
    r"\{x\} \le \left( a \middle| b \right\rangle \$ 5 \\[2pt] [0,1] \\{} [0,1] &= \& y",
    (
        r"\inf_x f(x)\,;\ \operatorname*{arg\,max}_{y\in Y} \sum\limits_{i=1}^n x_i' ~ \text{if }"
        r" x < 0"
    ),
    "{" * 30 + "}" * 30,
    (
        r"\begin{aligned}\mathcal{L}(\theta) &= \mathbb{E}\bigl[\ell\bigr] \\ &\quad + \lVert w"
        r" \rVert_2\end{aligned}"
    ),
    r"f = \begin{cases} 1 & \text{for the \emph{na\"{i}ve} one, é} \\ 0 & \text{else} \end{cases}",
    (
        r"\begin{array}{c|cc} a & b & c \\ 1 & 2 & 3 \end{array} \pmod{p} \xrightarrow[n]{f}"
        r" \sqrt[3]{x}"
    ),
    (
        r"\left.\frac{\partial f}{\partial x}\right|_{x=0} \overset{d}{=} \widehat{ab}"
        r" \boldsymbol\alpha \mathrm{d}x"
    ),
    r"x_1^2 + x^2_1 + x'' + x'^2 + x_1'^2 + {x^2}^3 + x^\mathrm{T} + {}_1^2 x_\text{a} + x^2 x^2",
    (
        r"{\rm d}x \not= {\bf y} \dot{x} \hat\theta x^{\prime} \binom nk \begin{pmatrix} a & b \\ c"
        r" & d \end{pmatrix}"
    ),
]


@pytest.mark.parametrize("tex", SOUND)
def test_what_mathematicians_type_is_allowed_and_becomes_mathml(
    tex: str,
) -> None:
    check(tex)
    assert "<math" in to_mathml(tex, display=True)


# --- the list


def _use(name: str) -> str:
    """A formula in which a command is used as it is meant."""
    if name in ("left", "right", "middle"):
        return r"\left( a \middle| b \right)"
    if name == "sideset":
        return r"\sideset{_a^b}{_c^d}\sum"
    if name.lower().rstrip("lrm") in ("big", "bigg"):
        return rf"\{name}("
    if name in ("limits", "nolimits", "displaylimits"):
        return rf"\sum\{name}_a"
    two = (
        "frac",
        "dfrac",
        "tfrac",
        "cfrac",
        "binom",
        "dbinom",
        "tbinom",
        "overset",
        "underset",
        "stackrel",
    )
    return rf"\{name}{{a}}{{b}}" if name in two else rf"\{name}{{a}}"


EXAMPLES = [_use(name) for name in sorted(COMMANDS)]
EXAMPLES += [rf"\text{{\{name}{{}} a}}" for name in sorted(TEXT_COMMANDS)]
EXAMPLES += [rf"\{sign} a" for sign in sorted(SIGNS - {"\\"})] + [
    rf"\text{{\{sign}{{a}}}}" for sign in sorted(TEXT_SIGNS)
]
EXAMPLES += [
    rf"\begin{{{name}}}{'{c}' if argument else ''} a \\ b \end{{{name}}}"
    for name, argument in ENVIRONMENTS.items()
]


def test_all_that_is_allowed_becomes_mathml() -> None:
    faults = []
    for tex in EXAMPLES:
        check(tex)
        try:
            to_mathml(tex, display=True)
        except MathError as error:
            faults.append(f"{tex}: {error}")
    assert faults == []
    assert len(EXAMPLES) > 650


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
def test_latex_sets_all_that_is_allowed(engine: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    formulas = [
        *EXAMPLES,
        r"\begin{aligned} a &= b \end{aligned}",
        SOUND[1],
        *SOUND[3:],
    ]
    project.write("conf.py", f"latex_engine = {engine!r}\n")
    lines = "".join(f":math:`{tex}` etc.\n\n" for tex in formulas)
    project.write(
        "index.rst",
        f"Index\n=====\n\n{lines}.. math:: [0,1] &= x \\\\[2pt] a\n",
    )
    (tex,) = project.build("latex").out.glob("*.tex")
    assert "Missing character" not in compiled(tex, engine)


# --- any text

PIECES = [
    "a",
    " ",
    "\n",
    "{",
    "}",
    "[",
    "]",
    "&",
    r"\\",
    "^",
    "_",
    "'",
    "%",
    "$",
    "#",
    "~",
    "\\",
    "é",
    "\r",
    r"\{",
    r"\left(",
    r"\right)",
    r"\middle|",
    r"\text{",
    r"\emph{",
    r"\frac",
    r"\alpha",
    r"\sqrt[3]",
    r"\begin{aligned}",
    r"\end{aligned}",
    r"\begin{cases}",
    r"\end{cases}",
    r"\begin{array}{c}",
    r"\end{array}",
    r"\input",
    r"\relax",
    r"\csname",
    "\\ ",
    r"\boldsymbol{",
    r"\[",
    r"\)",
    "2pt",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.characters())).map(
    "".join
)
LEXED = re.compile(
    r"\\(begin|end)[ \t\n]*\{(\w+)\}|\\([A-Za-z]+)|\\(.)|(\^\^|.)", re.DOTALL
)
"""Tokens as TeX sees them, told apart in another way than the product does."""
BEGINS = {"}": "{", "right": "left", "end": "begin"}


def assert_balanced(tex: str) -> None:
    """Raise an AssertionError for a formula that is not balanced, or has what ends one or is not
    allowed.
    """
    opened: list[tuple[str, str]] = []
    for fence, environment, name, sign, char in LEXED.findall(tex):
        assert char not in ("$", "%", "#", "^^", "\r", "\u2028", "\\")
        assert not name or name in COMMANDS | TEXT_COMMANDS
        assert not sign or sign in SIGNS | TEXT_SIGNS
        assert not environment or environment in ENVIRONMENTS
        what = fence or name or char
        if what in BEGINS:
            assert opened.pop() == (BEGINS[what], environment)
        elif what in BEGINS.values():
            opened.append((what, environment))
    assert opened == []


@settings(max_examples=10 * settings.default.max_examples)
@given(TEXTS)
@example("x \\ ")
@example(r"\begin{aligned}\end {aligned}")
def test_any_text_is_refused_or_balanced_and_made_of_what_is_allowed(
    text: str,
) -> None:
    try:
        check(text)
    except FormulaError:
        return
    for tex in (
        rf"{text}|",
        rf"{text.strip()}|",
    ):  # as builders write it, with something after it
        assert_balanced(tex)


# --- where they come from


def _project(folder: Path, formulas: list[str]) -> Project:
    project = Project(folder)
    terms = "".join(
        f"[term.\"topic:t{n}\"]\nformula = '{tex}'\n"
        for n, tex in enumerate(formulas)
    )
    project.write("words.toml", f"[facet.topic]\n\n{terms}")
    project.write(
        "refs.bib", "@misc{a, title={A}, year=2020, keywords={topic:t0}}"
    )
    settings = 'mmu_bibfiles = ["refs.bib"]\nmmu_vocabulary = ["words.toml"]\nlatex_engine = "xelatex"\n'
    project.write(
        "conf.py", f'extensions = ["sphinx_mmu", "site_mathml"]\n{settings}'
    )
    shown = "".join(
        f".. mmu:term:: topic:t{n}\n\n" for n in range(len(formulas))
    )
    project.write("index.rst", f"Index\n=====\n\n{shown}")
    return project


FILES = [
    tex
    for tex in ATTACKS
    if "F}" in tex and "\\)" not in tex and "^" not in tex
]


@pytest.mark.slow
def test_no_formula_puts_a_file_into_the_pdf(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET\n", "utf-8")
    project = _project(
        tmp_path, ["a", *(tex.replace("F}", f"{secret}}}") for tex in FILES)]
    )
    built = project.build("latex")
    for tex, told in zip(FILES, sorted(built.warnings, key=_line), strict=True):
        assert ATTACKS[tex] in told
    (book,) = built.out.glob("*.tex")
    assert "secret" not in book.read_text("utf-8")
    log = compiled(book, "xelatex")
    assert "secret" not in log + book.with_suffix(".fls").read_text("utf-8")


def _line(warning: str) -> int:
    return int(warning.split(":")[1])


def test_a_formula_that_is_refused_is_one_problem_and_the_others_are_shown(
    tmp_path: Path,
) -> None:
    project = _project(tmp_path, [r"\href{javascript:x}{D}", "y"])
    project.edit(
        "words.toml",
        "formula = 'y'",
        "formula = 'y'\nsymbols = [{ symbol = 'a & b', meaning = 'M' }]",
    )
    for builder in ("latex", "html"):
        built = project.build(builder)
        assert len(built.warnings) == 2
        assert (
            "words.toml:3: WARNING: a formula of [term.topic:t0] cannot be used: \\href is not"
            " allowed" in built.text
        )
        assert (
            "words.toml:5: WARNING: a formula of [term.topic:t1] cannot be used: & is not allowed"
            in built.text
        )
        texts = [
            path.read_text("utf-8")
            for path in built.out.glob(
                "*.tex" if builder == "latex" else "*.html"
            )
        ]
        assert texts
        assert not any("javascript:x" in text for text in texts)


def test_the_check_says_what_the_build_says(tmp_path: Path) -> None:
    project = _project(
        tmp_path, [r"\text{\UseName{input}{F}}", r"\begin{align}a\end{align}"]
    )
    words = project.source / "words.toml"
    _vocabulary, problems = read_vocabulary([(words, "words.toml")])
    built = project.build()
    hints = [
        r"write it with commands of amsmath, a name with \operatorname{…}",
        r"write \begin{aligned}",
    ]
    assert [p.hint for p in problems] == hints
    assert len(built.warnings) == len(problems) == 2
    for problem in problems:
        assert problem.text in built.text
