r"""Formulas as MathML, made at build time: no script, no other server, no LaTeX.

Add ``"site_mathml"`` to ``extensions``. It becomes the renderer of formulas in HTML. EPUB
gets the TeX source as code, because its package file would have to declare MathML, which Sphinx
does not; LaTeX and the rest are not concerned. ``mmu_math_macros = {"E": r"\mathbb{E}"}`` defines
commands of one's own, for HTML and LaTeX alike; ``#1`` … ``#9`` in a body stand for arguments.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from site_mathml import font

try:
    from math_core import LatexError, LatexToMathML
except ImportError:
    AVAILABLE = False
else:
    AVAILABLE = True

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

STATIC = str(Path(__file__).parent / "static")
STYLES, FONT_STYLES, FONT = (
    "mmu-math.css",
    "mmu-math-font.css",
    "mmu-math.woff2",
)
FONT_FACE = (
    f'@font-face{{font-family:"MMU Math";src:url({FONT}) format("woff2");'
    "font-display:swap}\n"
)


class MathError(ValueError):
    """TeX that cannot be typeset; the message says why."""


# --- TeX to MathML
# -----------------------------------------------------------------------------------------

_LENGTH = r"\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|bp|pc)\s*\]"
_REWRITES = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (
            rf"\\\\\*?\s*{_LENGTH}",
            r"\\\\",
        ),  # math-core prints the optional length of a line break
        (
            r"\\begin\{(aligned|gathered|split)\}\[[tbc]\]",
            r"\\begin{\1}",
        ),  # … and the position of a block
        (
            r"\\label\{[^{}]*\}|\\(?:nonumber|notag)\b",
            "",
        ),  # numbers are Sphinx's business
        (
            r"\\(begin|end)\{(?:align|split|flalign|eqnarray)\*?\}",
            r"\\\1{aligned}",
        ),
        (r"\\(begin|end)\{(?:gather|multline)\*?\}", r"\\\1{gathered}"),
        (r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}", ""),
    )
)

_CLASSES = {
    "text-align:right": "mmu-mr",
    "text-align:left": "mmu-ml",
    "padding-right:0": "mmu-m-r0",
    "padding-left:0": "mmu-m-l0",
    "padding-left:1em": "mmu-m-l1",
    "margin-left:-0.16666667em": "mmu-m-tight",
    "font-variant-caps:small-caps": "mmu-m-caps",
    **{
        f"border-{side}:0.05em {line} currentcolor": f"mmu-m-{line}-{side[0]}"
        for side in ("top", "left", "right")
        for line in ("solid", "dashed")
    },
}
"""A class for each declaration in the style attributes of math-core; the rest can be done without.
"""

_STYLED = re.compile(r'<([^<>]*?) style="([^"]*)"([^<>]*)>')
_CHARACTERS = str.maketrans(
    {"\ufe00": None, "\ufe01": None, "\u0332": "\u203e"}
)
"""Variants of letters that the font does not have are dropped; a line above or below is no
combining one.
"""


def to_mathml(
    tex: str,
    display: bool = False,  # noqa: FBT001, FBT002 -- as math-core has it
    macros: Mapping[str, str] | None = None,
) -> str:
    r"""Give the ``<math>`` element of a formula, with its TeX as annotation and without style
    attributes.

    ``display`` sets it as an equation of its own, where ``&`` and ``\\`` align lines even without
    an environment. Raises :class:`MathError` if a command is unknown, braces do not match, or there
    is too much of everything.
    """
    if not AVAILABLE:
        raise MathError("the package math-core is not installed")
    source = tex.strip()
    _check_size(source)
    converter = _converter(tuple(sorted((macros or {}).items())))
    try:
        markup = converter.convert_with_local_state(
            _rewritten(source, display=display), displaystyle=display
        )
    except LatexError as error:
        raise MathError(re.sub(r"^\d+: ", "", str(error)).rstrip(".")) from None
    return _annotated(
        _STYLED.sub(_declared, markup.translate(_CHARACTERS)), source
    )


_LONGEST, _DEEPEST = 20_000, 30
"""Characters of a formula, and levels of groups: math-core ends the process at some depth."""
_GROUP = re.compile(
    r"(?P<open>\{|\\(?:begin|left)(?![A-Za-z]))|\}|\\(?:end|right)(?![A-Za-z])|\\[{}]"
)


def _check_size(tex: str) -> None:
    if len(tex) > _LONGEST:
        raise MathError(f"it is longer than {_LONGEST:,} characters")
    depth = 0
    for found in _GROUP.finditer(tex):
        if found[0] not in (r"\{", r"\}"):
            depth += 1 if found["open"] else -1
        if depth > _DEEPEST:
            message = f"its groups are nested more than {_DEEPEST} levels deep"
            raise MathError(message)


@lru_cache(maxsize=8)
def _converter(macros: tuple[tuple[str, str], ...]) -> LatexToMathML:
    try:
        return LatexToMathML(macros=dict(macros), fancy_error=False)
    except LatexError as error:
        raise MathError(f"a macro cannot be read: {error}") from None


def _rewritten(tex: str, *, display: bool) -> str:
    """Put into math-core's words what it does not know or prints as text."""
    for pattern, new in _REWRITES:
        tex = pattern.sub(new, tex)
    parts = [part.strip() for part in re.split(r"\n\s*\n", tex) if part.strip()]
    whole = all(
        part.count(r"\begin{") == part.count(r"\end{") for part in parts
    )
    tex = ("\\\\\n" if whole else "\n").join(
        parts
    )  # a blank line between equations begins a new one
    unaligned = re.sub(
        r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}", "", tex, flags=re.DOTALL
    ).replace(r"\&", "")
    if display and (r"\\" in unaligned or "&" in unaligned):
        environment = "aligned" if "&" in unaligned else "gathered"
        return rf"\begin{{{environment}}}{tex}\end{{{environment}}}"
    return tex


def _declared(match: re.Match[str]) -> str:
    """Turn the style attribute of one tag into classes, and its colour into MathML's own
    attribute.
    """
    before, style, after = match.groups()
    declared = [
        ":".join(part.strip() for part in item.split(":", 1))
        for item in style.split(";")
    ]
    classes = " ".join(_CLASSES[item] for item in declared if item in _CLASSES)
    colour = next(
        (
            item.removeprefix("color:")
            for item in declared
            if item.startswith("color:")
        ),
        "",
    )
    written = f' class="{classes}"' if classes else ""
    return (
        f"<{before}{written}"
        + (f' mathcolor="{colour}"' if colour else "")
        + f"{after}>"
    )


def _annotated(markup: str, source: str) -> str:
    """Put the TeX beside the formula, for those who copy it and for programs that read it."""
    head, _, rest = markup.partition(">")
    body = rest.removesuffix("</math>")
    return (
        f'{head}><semantics><mrow>{body}</mrow><annotation encoding="application/x-tex">'
        f"{html.escape(source, quote=False)}</annotation></semantics></math>"
    )


# --- the renderer of HTML pages
# ----------------------------------------------------------------------------


def _markup(
    self: HTML5Translator, node: nodes.math | nodes.math_block, *, display: bool
) -> str:
    """Give the MathML of a node, or its source where there can be none."""
    source = node.astext().strip()
    if self.builder.name != "epub":
        try:
            return to_mathml(source, display, self.config.mmu_math_macros)
        except MathError as error:
            logger.warning(
                "the formula cannot be typeset: %s; correct the TeX at the position named",
                "".join(
                    c if c.isprintable() else ascii(c)[1:-1] for c in str(error)
                ),
                type="site_mathml",
                subtype="formula",
                location=node,
            )
    code = f'<code class="mmu-tex">{self.encode(source)}</code>'
    return f"<pre>{code}</pre>" if display else code


def visit_math(self: HTML5Translator, node: nodes.math) -> NoReturn:
    """Write an inline formula."""
    self.body.append(
        self.starttag(node, "span", "", CLASS="math notranslate nohighlight")
    )
    self.body.append(f"{_markup(self, node, display=False)}</span>")
    raise nodes.SkipNode


def visit_displaymath(
    self: HTML5Translator, node: nodes.math_block
) -> NoReturn:
    """Write an equation: its number, if it has one, and a box that scrolls where the page is too
    narrow.
    """
    self.body.append(_open_tag(self, node))
    if node.get("number"):
        self.body.append(
            f'<span class="eqno">({get_node_equation_number(self, node)})'
        )
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    label = html.escape(_("Formula"))
    self.body.append(
        f'<div class="mmu-scroll" tabindex="0" role="group" aria-label="{label}">'
    )
    self.body.append(f"{_markup(self, node, display=True)}</div></div>\n")
    raise nodes.SkipNode


def _open_tag(self: HTML5Translator, node: nodes.math_block) -> str:
    """Open the element of an equation; furo's wrapper around it bears the ids already, and once is
    enough.
    """
    classes = "math mmu-math notranslate nohighlight"
    if node.parent and node["ids"] and node["ids"] == node.parent.get("ids"):
        return f'<div class="{classes}">\n'
    return self.starttag(node, "div", CLASS=classes)


# --- Sphinx
# ------------------------------------------------------------------------------------------------


def on_config_inited(app: Sphinx, config: Config) -> None:
    """Leave out macros that cannot be used, and define the others for LaTeX."""
    macros = config.mmu_math_macros
    if not isinstance(macros, dict):
        _warn_setting(f" must be dict, not {type(macros).__name__}")
        macros = {}
    usable = {
        name: body for name, body in macros.items() if _is_macro(name, body)
    }
    for name in macros.keys() - usable.keys():
        _warn_setting(
            f": {name!r} must be a command's name without backslash, its value TeX"
        )
    config.mmu_math_macros = usable
    preamble = "".join(
        _latex_macro(name, body) for name, body in sorted(usable.items())
    )
    if preamble:
        given = config.latex_elements
        config.latex_elements = {
            **given,
            "preamble": preamble + given.get("preamble", ""),
        }


def _warn_setting(fault: str) -> None:
    logger.warning(
        "mmu_math_macros%s; correct the value in conf.py",
        fault,
        type="site_mathml",
        subtype="macros",
    )


def _is_macro(name: object, body: object) -> bool:
    return (
        isinstance(name, str)
        and isinstance(body, str)
        and re.fullmatch(r"[A-Za-z]+", name) is not None
    )


def _latex_macro(name: str, body: str) -> str:
    count = max(map(int, re.findall(r"#([1-9])", body)), default=0)
    arguments = f"[{count}]" if count else ""
    return f"\\providecommand{{\\{name}}}{arguments}{{{body}}}\n"


def on_builder_inited(app: Sphinx) -> None:
    """Bring the styles and the font to builders that write web pages."""
    if app.builder.format != "html" or app.builder.name == "epub":
        return
    if STATIC not in app.config.html_static_path:
        app.config.html_static_path.append(STATIC)
    lacking = font.missing()
    if lacking:
        logger.info(
            "mmu: no font for formulas is made, since these are missing: %s",
            ", ".join(lacking),
        )
    else:
        _bring_font(app)


def _bring_font(app: Sphinx) -> None:
    """Write the font and the rule that names it; the font is made once and kept with the
    doctrees.
    """
    kept = Path(app.doctreedir) / f"mmu-math-{font.digest()}.woff2"
    if not kept.exists():
        _write(kept, font.subset())
    folder = Path(app.outdir) / "_static"
    _write(folder / FONT, kept.read_bytes())
    _write(folder / FONT_STYLES, FONT_FACE.encode())


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and only if its content differs."""
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(data)
        part.replace(path)


def on_html_page_context(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: object,
) -> None:
    """Give the styles to pages with a formula, and to no other."""
    if "<math" in context.get("body", ""):
        builder = cast("StandaloneHTMLBuilder", app.builder)
        builder.add_css_file(STYLES)
        if (Path(app.outdir) / "_static" / FONT_STYLES).exists():
            builder.add_css_file(FONT_STYLES)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer; called by Sphinx."""
    if not AVAILABLE:
        raise ExtensionError(
            "site_mathml needs the package math-core (pip install math-core)"
        )
    app.add_config_value(
        "mmu_math_macros",
        {},
        "html",
        types=frozenset({dict}),
        description="Commands for formulas: name without backslash, TeX.",
    )
    app.add_html_math_renderer(
        "mathml", (visit_math, None), (visit_displaymath, None)
    )
    app.connect("config-inited", on_config_inited)
    app.connect("builder-inited", on_builder_inited)
    app.connect("html-page-context", on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
