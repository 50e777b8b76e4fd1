"""What a formula of the vocabulary may contain.

LaTeX runs whatever it reads, so a formula is made of the commands and environments listed here and
of nothing else. They are what both math-core and LaTeX with amsmath and amssymb have, without those
that define, expand, colour, number, measure or read something. Chapters are the owner's: their
formulas are not limited to this list.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sphinx_mmu.problems import did_you_mean

LONGEST, DEEPEST = 20_000, 30
"""Characters of a formula, and levels of groups. TeX ends at 255 levels and needs up to eight for
one of ours; converters to MathML end the process at some depth.
"""
_MOST_REPEATED = 5
"""Commands of ``_REPEATED`` within each other: nine of them keep LaTeX busy for minutes."""

# --- what is allowed


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SYMBOLS = _names("""
    aleph alpha amalg angle approx approxeq ast asymp backepsilon backprime backsim backsimeq
    barwedge Bbbk because beta beth between bigcirc bigstar bigtriangledown bigtriangleup
    blacklozenge blacksquare blacktriangle blacktriangledown blacktriangleleft blacktriangleright
    bot bowtie Box boxdot boxminus boxplus boxtimes bullet Bumpeq bumpeq Cap cap cdot cdotp cdots
    checkmark chi circ circeq circlearrowleft circlearrowright circledast circledcirc circleddash
    circledR circledS clubsuit colon complement cong copyright Cup cup curlyeqprec curlyeqsucc
    curlyvee curlywedge curvearrowleft curvearrowright dag dagger daleth dashleftarrow
    dashrightarrow dashv ddag ddagger ddots Delta delta diagdown diagup Diamond diamond
    diamondsuit digamma div divideontimes Doteq doteq doteqdot dotplus dots doublebarwedge
    doublecap doublecup downdownarrows downharpoonleft downharpoonright ell empty emptyset epsilon
    eqcirc eqsim eqslantgtr eqslantless equiv eta eth exists fallingdotseq Finv flat forall frown
    Game Gamma gamma ge geq geqq geqslant gets gg ggg gggtr gimel gnapprox gneq gneqq gnsim
    gtrapprox gtrdot gtreqless gtreqqless gtrless gtrsim gvertneqq hbar heartsuit hookleftarrow
    hookrightarrow hslash iff Im imath impliedby implies in infty intercal iota jmath Join kappa
    Lambda lambda land ldotp ldots le leadsto Leftarrow leftarrow leftarrowtail leftharpoondown
    leftharpoonup leftleftarrows Leftrightarrow leftrightarrow leftrightarrows leftrightharpoons
    leftrightsquigarrow leftthreetimes leq leqq leqslant lessapprox lessdot lesseqgtr lesseqqgtr
    lessgtr lesssim lhd ll Lleftarrow lll llless lnapprox lneq lneqq lnot lnsim Longleftarrow
    longleftarrow Longleftrightarrow longleftrightarrow longmapsto Longrightarrow longrightarrow
    looparrowleft looparrowright lor lozenge lq Lsh ltimes lvertneqq maltese mapsto measuredangle
    mho mid models mp mu multimap nabla natural ncong ne nearrow neg neq nexists ngeq ngeqq
    ngeqslant ngtr ni nLeftarrow nleftarrow nLeftrightarrow nleftrightarrow nleq nleqq nleqslant
    nless nmid notin nparallel nprec npreceq nRightarrow nrightarrow nsim nsubseteq nsubseteqq
    nsucc nsucceq nsupseteq nsupseteqq ntriangleleft ntrianglelefteq ntriangleright
    ntrianglerighteq nu nVDash nVdash nvDash nvdash nwarrow odot Omega omega ominus oplus oslash
    otimes owns P parallel partial perp Phi phi Pi pi pitchfork pm pounds prec precapprox
    preccurlyeq preceq precnapprox precneqq precnsim precsim prime propto Psi psi Re restriction
    rhd rho Rightarrow rightarrow rightarrowtail rightharpoondown rightharpoonup rightleftarrows
    rightleftharpoons rightrightarrows rightsquigarrow rightthreetimes risingdotseq rq Rrightarrow
    Rsh rtimes S searrow setminus sharp Sigma sigma sim simeq smile spadesuit sphericalangle sqcap
    sqcup sqsubset sqsubseteq sqsupset sqsupseteq square star Subset subset subseteq subseteqq
    subsetneq subsetneqq succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim
    Supset supset supseteq supseteqq supsetneq supsetneqq surd swarrow tau therefore Theta theta
    times to top triangle triangledown triangleleft trianglelefteq triangleq triangleright
    trianglerighteq twoheadleftarrow twoheadrightarrow unlhd unrhd upharpoonleft upharpoonright
    uplus Upsilon upsilon upuparrows varDelta varepsilon varGamma varkappa varLambda varnothing
    varOmega varPhi varphi varPi varpi varPsi varrho varSigma varsigma varsubsetneq varsubsetneqq
    varsupsetneq varsupsetneqq varTheta vartheta vartriangle vartriangleleft vartriangleright
    varUpsilon varXi Vdash vDash vdash vdots vee veebar Vvdash wedge wp wr Xi xi yen zeta
""")
_OPERATORS = _names("""
    arccos arcsin arctan arg bigcap bigcup bigodot bigoplus bigotimes bigsqcup biguplus bigvee
    bigwedge coprod cos cosh cot coth csc deg det dim displaylimits exp gcd hom idotsint iiiint
    iiint iint inf injlim int ker lg lim liminf limits limsup ln log max min nolimits oint Pr prod
    projlim sec sin sinh sum sup tan tanh
""")
_DELIMITERS = _names("""
    backslash Downarrow downarrow langle lbrace lbrack lceil lfloor lgroup llcorner lmoustache
    lrcorner lVert lvert rangle rbrace rbrack rceil rfloor rgroup rmoustache rVert rvert ulcorner
    Uparrow uparrow Updownarrow updownarrow urcorner Vert vert
""")
_SWITCHES = _names("""
    bf bmod cal displaystyle enspace it mathstrut medspace negmedspace negthickspace negthinspace
    nobreakspace qquad quad rm scriptscriptstyle scriptstyle sf space textstyle thickspace
    thinspace tt
""")
_ONE_ARGUMENT = _names("""
    acute bar boldsymbol boxed breve check ddddot dddot ddot dot grave hat hphantom mathbb mathbf
    mathbin mathcal mathclose mathfrak mathinner mathit mathop mathopen mathord mathpunct mathrel
    mathring mathrm mathsf mathtt mod not operatorname operatornamewithlimits overbrace
    overleftarrow overleftrightarrow overline overrightarrow phantom pmod pod sqrt tilde
    underbrace underleftarrow underleftrightarrow underline underrightarrow vec vphantom widehat
    xleftarrow xrightarrow
""")
_TWO_ARGUMENTS = _names("""
    binom cfrac dbinom dfrac frac overset sideset stackrel tbinom tfrac underset
""")
_OPTIONAL = frozenset({"sqrt", "xleftarrow", "xrightarrow"})
"""Commands that take an argument in brackets, too."""
_REPEATED = _names("""
    boldsymbol boxed hphantom overleftarrow overleftrightarrow overrightarrow overset phantom sqrt
    stackrel underleftarrow underleftrightarrow underrightarrow underset vphantom widehat
    xleftarrow xrightarrow
""")
"""LaTeX sets their argument up to five times, to choose one: nested, they take exponential time."""
_SIZES = _names("""
    Big big Bigg bigg Biggl biggl Biggm biggm Biggr biggr Bigl bigl Bigm bigm Bigr bigr
""")
_TEXTS = _names("""
    emph text textbf textit textrm textsc textsf texttt
""")
"""Commands whose argument is text."""
_IN_TEXT_ONLY = _names("""
    AA aa AE ae i j L l O o OE oe ss textasciicircum textasciitilde textbackslash textbar
    textbardbl textbraceleft textbraceright textdagger textdaggerdbl textdegree textdollar
    textellipsis textemdash textendash textgreater textless textquotedblleft textquotedblright
    textquoteleft textquoteright textregistered textsterling textunderscore textyen
""")
_IN_TEXT_TOO = _names("""
    checkmark circledR dag ddag dots enspace ldots lq maltese medspace nobreakspace P quad rq S
    space thickspace thinspace
""")
_FENCES = frozenset({"left", "middle", "right"})

COMMANDS = (
    _SYMBOLS
    | _OPERATORS
    | _DELIMITERS
    | _SWITCHES
    | _ONE_ARGUMENT
    | _TWO_ARGUMENTS
    | _SIZES
    | _TEXTS
    | _FENCES
)
"""Names of commands in a formula, outside of text."""
TEXT_COMMANDS = _TEXTS | _IN_TEXT_ONLY | _IN_TEXT_TOO
"""Names of commands within ``\\text{…}``."""
SIGNS, TEXT_SIGNS = (
    frozenset(" ,:;!>{}|%&$#_\\"),
    frozenset(" ,{}%&$#_'`\"^~=."),
)
"""What may follow a backslash, outside of text and within."""
_NEEDS_BRACES = (
    _names("begin left operatorname operatornamewithlimits") | _REPEATED
)
"""What ``^`` and ``_`` do not take without braces."""
_SPACES = frozenset(" ,:;!>")
_ACCENTS = frozenset("'`\"^~=.")
"""Those that take an argument in text."""

ENVIRONMENTS = {
    "aligned": "",
    "gathered": "",
    "cases": "",
    "array": r"\{[lcr| ]{1,60}\}",
    "subarray": r"\{[lcr]\}",
    "matrix": "",
    "pmatrix": "",
    "bmatrix": "",
    "Bmatrix": "",
    "vmatrix": "",
    "Vmatrix": "",
}
"""Environments, each with the pattern of its argument."""

_INSTEAD = {
    "align": "aligned",
    "alignedat": "aligned",
    "alignat": "aligned",
    "eqnarray": "aligned",
    "flalign": "aligned",
    "split": "aligned",
    "gather": "gathered",
    "multline": "gathered",
    "smallmatrix": "matrix",
    "bm": "boldsymbol",
    "mathscr": "mathcal",
    "mbox": "text",
    "substack": "begin{subarray}{c}",
    "widetilde": "tilde",
    "dotsb": "cdots",
    "dotsc": "ldots",
    "coloneqq": "mathrel{:=}",
    "fbox": "boxed",
    "over": "frac",
    "choose": "binom",
    "hspace": "quad",
}
"""What to write for names that are typed often and not allowed."""

# --- reading


class FormulaError(ValueError):
    """A text that is no formula: the message gives the reason, ``hint`` what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


_NESTING = re.compile(r"\\[{}]|[{}]|\\(?:begin|end|left|right)(?![A-Za-z])")
_DEEPER = {
    "{": 1,
    r"\begin": 1,
    r"\left": 1,
    "}": -1,
    r"\end": -1,
    r"\right": -1,
}


def check_size(tex: str) -> None:
    """Raise a :class:`FormulaError` for a text that is longer or deeper than any formula."""
    if len(tex) > LONGEST:
        raise FormulaError(
            f"it is longer than {LONGEST:,} characters",
            "write several formulas",
        )
    depth = deepest = 0
    for found in _NESTING.findall(tex):
        depth += _DEEPER.get(found, 0)
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise FormulaError(
            f"its groups are nested more than {DEEPEST} levels deep",
            "write several formulas",
        )


def check(tex: str, *, display: bool = True) -> None:
    """Raise a :class:`FormulaError` unless a text is made of what is allowed, and balanced.

    A formula on lines of its own (``display``) may have ``&`` and line breaks outside of
    environments.
    """
    check_size(tex)
    if re.search(r"\n[ \t]*\n", tex):
        raise FormulaError(
            "a blank line ends a formula",
            r"write \\ for a new line, or delete it",
        )
    if _LAST_BACKSLASH.search(tex.rstrip()):
        raise FormulaError("a backslash ends it", "delete it")
    _Reader(tex, "display" if display else "line").read()


@dataclass
class _Group:
    """What is open: ``kind`` is ``{``, ``[``, ``left``, ``line``, ``display`` or an environment's
    name.
    """

    kind: str
    begun: str
    text: bool = False
    wants: int = 0
    """Arguments that are still to come for ``taker``, a command, ``^`` or ``_``."""
    taker: str = ""
    scripts: str = ""
    """The ``^``, ``_`` and ``'`` at what was read last."""
    repeated: bool = False
    """Whether a command of ``_REPEATED`` came before, here."""


_LAST_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
_TOKEN = re.compile(
    r"\\(?P<name>[A-Za-z]+)[ \t\n]*|\\(?P<sign>.)|(?P<char>.)", re.DOTALL
)
_ENVIRONMENT = re.compile(r"\{([^{}]{0,40})\}")
_NAMES_OF_DELIMITERS = "|".join(sorted(_DELIMITERS))
_DELIMITER = re.compile(
    rf"(?:[()\[\]/|.<>]|\\[{{}}|]|\\(?:{_NAMES_OF_DELIMITERS})(?![A-Za-z]))"
)
_LENGTH = re.compile(
    r"\*?(?:\[ *-?(?:[0-9]+\.?[0-9]*|\.[0-9]+) *(?:pt|em|ex|mm|cm|in|bp|pc) *\]|(?!\s*[\[*]))"
)
_REFUSED = {
    "%": (
        "a % begins a comment, which hides the rest of the line",
        r"write \%",
    ),
    "$": ("a $ ends the formula", r"delete it, or write \$"),
    "#": ("a # means an argument of a definition", r"write \#"),
}


class _Reader:
    """Reads one formula, token by token."""

    def __init__(self, text: str, kind: str) -> None:
        self.text, self.at = text, 0
        self.groups = [_Group(kind, "")]

    @property
    def here(self) -> _Group:
        return self.groups[-1]

    def read(self) -> None:
        while found := _TOKEN.match(self.text, self.at):
            self.at = found.end()
            if found["name"]:
                self._command(found["name"])
            elif found["sign"]:
                self._sign(found["sign"])
            else:
                self._character(found["char"])
        if len(self.groups) > 1:
            raise FormulaError(f"{self.here.begun} is never closed", "close it")
        self._complete()

    # --- commands

    def _command(self, name: str) -> None:
        if name in ("begin", "end") and not self.here.text:
            self._environment(name)
        elif self.here.text and name in COMMANDS - TEXT_COMMANDS:
            raise FormulaError(
                rf"\{name} is not allowed within text",
                r"end \text{…} before it",
            )
        elif name not in (TEXT_COMMANDS if self.here.text else COMMANDS):
            raise _unknown(name)
        elif name in _FENCES or name in _SIZES:
            self._delimiter(name)
        elif name in _TEXTS:
            self._text(name)
        elif name in _ONE_ARGUMENT or name in _TWO_ARGUMENTS:
            self._structure(name)
        elif name in _SWITCHES:
            self._complete()
            self.here.scripts = ""
        else:
            self._one_token()

    def _structure(self, name: str) -> None:
        self._one_token(takes=name)
        if name in _REPEATED:
            self.here.repeated = True
            if sum(group.repeated for group in self.groups) > _MOST_REPEATED:
                why = rf"\{name} is nested in {_MOST_REPEATED} commands of its kind"
                raise FormulaError(why, "write several formulas")
        if name.startswith("operatorname") and self.text.startswith(
            "*", self.at
        ):
            self.at += 1
        self._expect(2 if name in _TWO_ARGUMENTS else 1, rf"\{name}")
        if name in _OPTIONAL and self.text.startswith("[", self.at):
            self.at += 1
            self.groups.append(_Group("[", rf"\{name}["))

    def _text(self, name: str) -> None:
        self._one_token(takes=name)
        if not self.text.startswith("{", self.at):
            raise FormulaError(
                rf"\{name} has no braces", rf"write \{name}{{…}}"
            )
        self.at += 1
        self.groups.append(_Group("{", rf"\{name}{{", text=True))

    def _delimiter(self, name: str) -> None:
        found = _DELIMITER.match(self.text, self.at)
        if not found:
            raise FormulaError(
                rf"\{name} has no delimiter",
                rf"write \{name}( or \{name}. for none",
            )
        self.at = found.end()
        if name == "left":
            self._one_token(takes=name)
            self.groups.append(_Group("left", r"\left"))
        elif name == "right":
            self._close("left", r"\right")
        elif name == "middle" and self.here.kind != "left":
            raise FormulaError(
                r"\middle stands outside of \left and \right", r"write \big"
            )
        elif name == "middle":
            self._complete()
        else:
            self._one_token(takes=name)

    def _environment(self, command: str) -> None:
        found = _ENVIRONMENT.match(self.text, self.at)
        written = rf"\{command}{found[0] if found else ''}"
        name = found[1] if found else ""
        if not found or name not in ENVIRONMENTS:
            raise FormulaError(
                f"{written} is not allowed in a formula",
                _environment_hint(name),
            )
        self.at = found.end()
        if command == "end":
            self._close(name, written)
            return
        self._one_token(takes=command)
        pattern = ENVIRONMENTS[name]
        argument = re.compile(rf"{pattern}(?!\s*\[)").match(self.text, self.at)
        if not argument:
            hint = (
                "write {l}, {c} or {r} for each column"
                if pattern
                else "write {} before the bracket"
            )
            raise FormulaError(
                f"what follows {written} is not allowed in a formula", hint
            )
        self.at = argument.end()
        self.groups.append(_Group(name, written))

    # --- signs

    def _sign(self, sign: str) -> None:
        text = self.here.text
        if sign not in (TEXT_SIGNS if text else SIGNS):
            place = "within text" if text else "in a formula"
            hint = "write the character, or leave it out"
            raise FormulaError(rf"\{_shown(sign)} is not allowed {place}", hint)
        if sign == "\\":
            self._column(r"\\")
            length = _LENGTH.match(self.text, self.at)
            if not length:
                raise FormulaError(
                    r"what follows \\ is read as a length",
                    r"write \\{} before it",
                )
            self.at = length.end()
        elif text and sign in _ACCENTS:
            self._one_token(takes=sign)
            self._expect(1, rf"\{sign}")
        elif sign in _SPACES:
            self._complete()
        else:
            self._one_token()

    def _character(self, char: str) -> None:
        text = self.here.text
        if char == "{":
            self._one_token()
            self.groups.append(_Group("{", "{", text=text))
        elif char == "}":
            self._close("{", "}")
        elif char == "]" and self.here.kind == "[":
            self._close("[", "]")
        elif char in _REFUSED:
            raise FormulaError(*_REFUSED[char])
        elif text and char in "^_&":
            hint = rf"write \{char}, or end \text{{…}} before it"
            raise FormulaError(f"{char} is not allowed within text", hint)
        elif char == "&":
            self._column("&")
        elif char in "^_":
            self._script(char)
        elif char not in " \n\t":
            self._letter(char)

    def _script(self, char: str) -> None:
        if self.text.startswith("^^", self.at - 1):
            raise FormulaError(
                "^^ means a character by its number", "write the character"
            )
        self._complete()
        self._one_more(char)
        self._expect(1, char)

    def _one_more(self, script: str) -> None:
        """A letter has one index and one exponent; primes are part of an exponent that follows at
        once.
        """
        scripts = self.here.scripts
        if "'_" in scripts and script != "_":
            scripts += "^"
        if script in scripts.replace("'", "") or (
            script == "'" and "^" in scripts
        ):
            raise FormulaError(
                f"{script} follows another one",
                "write {x^a}^b, x^{ab}, or x'^b",
            )
        self.here.scripts += script

    def _letter(self, char: str) -> None:
        if unicodedata.category(char)[0] == "C" or char in "\u2028\u2029":
            raise FormulaError(
                f"the character {_shown(char)} is not allowed in a formula",
                "delete it",
            )
        if not self.here.text and not char.isascii():
            hint = r"write its command, such as \alpha for α and \le for ≤"
            raise FormulaError(f"{char} is not allowed outside of text", hint)
        if char == "'" and not self.here.text:
            self._complete()
            self._one_more(char)
        else:
            self._one_token()

    # --- arguments and groups

    def _expect(self, count: int, taker: str) -> None:
        self.here.wants, self.here.taker = count, taker

    def _one_token(self, takes: str = "") -> None:
        """Something is read that may be an argument; if it ``takes`` some itself, only of ``^`` and
        ``_``.
        """
        here = self.here
        if (
            here.wants
            and takes
            and (here.taker not in "^_" or takes in _NEEDS_BRACES)
        ):
            raise FormulaError(
                f"the argument of {here.taker} has no braces",
                "write braces around it",
            )
        if not here.wants:
            here.scripts = ""
        here.wants = max(0, here.wants - 1)

    def _complete(self) -> None:
        """Nothing is missing where something ends."""
        if self.here.wants:
            raise FormulaError(
                f"{self.here.taker} has too few arguments",
                "write them in braces",
            )

    def _column(self, sign: str) -> None:
        """What begins another column or line is not within other groups."""
        self._complete()
        self.here.scripts = ""
        if self.here.kind not in ENVIRONMENTS and self.here.kind != "display":
            place = (
                f"within {self.here.begun}"
                if self.here.begun
                else "in a line of text"
            )
            hint = r"write \begin{aligned} … \end{aligned} around it"
            raise FormulaError(f"{sign} is not allowed {place}", hint)

    def _close(self, kind: str, end: str) -> None:
        if self.here.kind != kind:
            begun = self.here.begun
            why = (
                f"{begun} is closed by {end}"
                if begun
                else f"{end} closes nothing"
            )
            raise FormulaError(why, "close what is open, in its order")
        self._complete()
        self.groups.pop()


def _unknown(name: str) -> FormulaError:
    near = [
        c for c in COMMANDS if c[0] == name[0] and abs(len(c) - len(name)) <= 1
    ]
    if name in TEXT_COMMANDS:
        hint = r"write it within \text{…}"
    elif name in _INSTEAD:
        hint = rf"write \{_INSTEAD[name]}"
    else:
        usual = (
            r"write it with commands of amsmath, a name with \operatorname{…}"
        )
        hint = did_you_mean(name, near) or usual
    return FormulaError(rf"\{name} is not allowed in a formula", hint)


def _environment_hint(name: str) -> str:
    plain = name.strip().removesuffix("*")
    if plain in ("equation", "displaymath", "math"):
        return "leave it out"
    if instead := _INSTEAD.get(plain):
        return rf"write \begin{{{instead}}}"
    return (
        did_you_mean(name, ENVIRONMENTS)
        or "write aligned, cases, array or a matrix"
    )


def _shown(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"
