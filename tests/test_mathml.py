"""Formulas: from TeX to MathML, on web pages, and what other builders get."""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from sphinx.testing.util import SphinxTestApp

from site_mathml import MathError, to_mathml
from site_mathml import font as mathfont

ROOT = Path(__file__).parents[1]
CONF = 'extensions = ["site_mathml"]\nhtml_math_renderer = "mathml"\n'
PAGE = r"""
Title
=====

Inline :math:`a < b`.

.. math::
   :label: sum

   a &= b \\[2pt] &= c

See :eq:`sum`.
"""
Build = Callable[..., tuple[Path, str]]
make_font = mathfont.subset
made_font = cache(make_font)


@pytest.fixture(autouse=True)
def _one_font_for_all_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mathfont, "subset", made_font)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Build a project of pages; give the output and the warnings."""

    def run(
        pages: dict[str, str],
        builder: str = "html",
        conf: str = "",
        **settings: Any,
    ) -> tuple[Path, str]:
        source, warnings = tmp_path / "source", StringIO()
        source.mkdir(exist_ok=True)
        (source / "conf.py").write_text(CONF + conf, "utf-8")
        for name, text in pages.items():
            (source / f"{name}.rst").write_text(text, "utf-8")
        app = SphinxTestApp(
            builder,
            srcdir=source,
            builddir=tmp_path / "build",
            warning=warnings,
            confoverrides=settings,
        )
        try:
            app.build()
        finally:
            app.cleanup()
        return Path(app.outdir), re.sub(
            r"\x1b\[[0-9;]*m", "", warnings.getvalue()
        )

    return run


def drawn(mathml: str) -> str:
    """What a reader sees of a formula: the text without its annotation."""
    return re.sub(
        r"<[^>]*>", "", re.sub(r"(?s)<annotation.*?</annotation>", "", mathml)
    )


# --- TeX to MathML


@pytest.mark.parametrize(
    ("tex", "seen"),
    [
        (r"a &= b \\ &= c", "a=b=c"),
        (r"a = b \\ c = d", "a=bc=d"),
        ("a = b\n\nc = d", "a=bc=d"),
        (r"\begin{split} a &= b \\ &= c \end{split}", "a=b=c"),
        (r"\begin{align} a &= b \nonumber\\ &= c \end{align}", "a=b=c"),
        (r"\begin{equation*}\label{x} a = b \end{equation*}", "a=b"),
        (r"\begin{multline} a \\ b \end{multline}", "ab"),
        (
            r"\begin{aligned} a &= b \\[2pt] &= c \\*[ -1.5 em ] &= d \end{aligned}",
            "a=b=c=d",
        ),
        (r"\begin{aligned}[t] a \end{aligned}", "a"),
        (
            "\\begin{cases} 1 & x > 0 \\\\\n\n 0 & y \\end{cases}",
            "{1x&gt;00y\u2063",
        ),
        (r"\mathcal{L} \emptyset \mathscr{D}", "ℒ∅𝒟"),
        (r"\overline{ab}", "ab\u203e"),
        (r"\{a \& b\}", "{a&amp;b}"),
        ("", ""),
    ],
)
def test_what_math_core_lacks_is_made_good(tex: str, seen: str) -> None:
    assert drawn(to_mathml(tex, display=True)) == seen


def test_a_display_stands_by_itself_and_lines_without_marks_are_centred() -> (
    None
):
    assert to_mathml("a", display=True).startswith('<math display="block">')
    assert to_mathml("a").startswith("<math><semantics>")
    assert "mmu-mr" in to_mathml(r"a &= b", display=True)
    assert "mmu-mr" not in to_mathml(r"a \\ b", display=True)


def test_the_source_is_kept_as_it_was_written() -> None:
    written = to_mathml(
        "  \\begin{split}a &< b\\\\[2pt]\\end{split} ", display=True
    )
    kept = r"\begin{split}a &amp;&lt; b\\[2pt]\end{split}"
    assert (
        f'<annotation encoding="application/x-tex">{kept}</annotation></semantics></math>'
        in written
    )


@pytest.mark.parametrize(
    ("tex", "attribute"),
    [
        (r"a \! b", '<mspace class="mmu-m-tight"/>'),
        (
            r"\begin{aligned} a &= b \end{aligned}",
            '<mtd class="mmu-mr mmu-m-r0">',
        ),
        (
            r"\begin{cases} a & b \end{cases}",
            '<mtd class="mmu-ml mmu-m-r0 mmu-m-l1">',
        ),
        (
            r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}",
            '<mtd class="mmu-m-solid-t mmu-m-solid-r">',
        ),
        (
            r"\begin{array}{c:c} a & b \\ \hdashline c & d \end{array}",
            '<mtd class="mmu-m-dashed-t mmu-m-dashed-r">',
        ),
        (r"\color{red} x", '<mrow mathcolor="#FF0000">'),
        (r"\textsc{a}", '<span class="mmu-m-caps">'),
        (
            r"\kern 2pt x \mathbin{y} \mkern-3mu \begin{array}{c||c} a & b \end{array}",
            "<mpadded>",
        ),
    ],
)
def test_style_attributes_become_classes_that_the_sheet_knows(
    tex: str, attribute: str
) -> None:
    written = to_mathml(tex, display=True)
    assert attribute in written
    assert " style=" not in written
    sheet = (ROOT / "docs/_ext/site_mathml/static/mmu-math.css").read_text(
        "utf-8"
    )
    assert all(
        f".{name}{{" in sheet for name in re.findall(r"mmu-m[\w-]*", written)
    )


def test_macros_may_take_arguments() -> None:
    macros = {"E": r"\mathbb{E}", "pair": "(#1, #2)"}
    assert drawn(to_mathml(r"\E \pair{a}{b}", macros=macros)) == "𝔼(a,b)"
    assert drawn(to_mathml(r"\E", macros={"E": "e"})) == "e"


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\nothing x", r"\nothing"),
        ("{a", "}"),
        (r"\left( a", r"\right"),
        (r"\begin{nothing}\end{nothing}", "nothing"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_a_reason(
    tex: str, reason: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)) as caught:
        to_mathml(tex, display=True)
    assert caught.type is MathError
    assert not re.match(r"\d", str(caught.value))


def formulas(node: object) -> list[str]:
    """All TeX in a vocabulary: formulas and symbols of terms."""
    if isinstance(node, list):
        return [tex for item in node for tex in formulas(item)]
    if not isinstance(node, dict):
        return []
    own = [
        value
        for key, value in node.items()
        if key in ("formula", "symbol") and isinstance(value, str)
    ]
    return own + [tex for value in node.values() for tex in formulas(value)]


@pytest.mark.site
def test_every_formula_of_the_vocabulary_is_typeset() -> None:
    found = [
        tex
        for file in (ROOT / "refs").glob("*.toml")
        for tex in formulas(tomllib.loads(file.read_text("utf-8")))
    ]
    assert len(found) > 20
    for tex in found:
        written = to_mathml(tex, display=True)
        assert " style=" not in written
        assert "\ufe00" not in written


# --- pages


def test_an_equation_has_its_number_one_id_a_link_and_a_box_that_scrolls(
    build: Build,
) -> None:
    out, warnings = build({"index": PAGE})
    page = (out / "index.html").read_text("utf-8")
    assert not warnings
    assert page.count('id="equation-sum"') == 1
    assert (
        '<span class="eqno">(1)<a class="headerlink" href="#equation-sum"'
        in page
    )
    assert re.search(r'<a [^>]*href="#equation-sum">\(1\)</a>', page)
    assert (
        '<div class="mmu-scroll" tabindex="0" role="group" aria-label="Formula"><math'
        ' display="block">' in page
    )
    assert "<mi>a</mi><mo>&lt;</mo><mi>b</mi>" in page
    assert "mathjax" not in page.lower()


def test_the_number_may_follow_sections(build: Build) -> None:
    contents = "\n.. toctree::\n   :numbered:\n\n   part\n"
    pages = {"index": f"Top\n===\n{contents}", "part": PAGE}
    out, warnings = build(pages, numfig=True, math_numfig=True)
    assert not warnings
    assert '<span class="eqno">(1.1)<' in (out / "part.html").read_text("utf-8")


def test_furo_s_wrapper_bears_the_id_once(build: Build) -> None:
    out, warnings = build({"index": PAGE}, conf='html_theme = "furo"\n')
    page = (out / "index.html").read_text("utf-8")
    assert not warnings
    assert page.count('id="equation-sum"') == 1
    assert (
        '<span class="eqno">(1)<a class="headerlink" href="#equation-sum"'
        in page
    )


def test_a_mistake_is_one_warning_with_its_line_and_the_source_is_shown(
    build: Build,
) -> None:
    out, warnings = build(
        {
            "index": "Title\n=====\n\nText.\n\n.. math:: \\nothing <x\n\nMore :math:`{y`.\n"
        }
    )
    assert len(warnings.splitlines()) == 2
    assert re.search(
        r"index\.rst:6: WARNING: the formula cannot be typeset: .*\\nothing.*\[site_mathml\.formula\]",
        warnings,
    )
    assert re.search(
        r"index\.rst:8: WARNING: .*\[site_mathml\.formula\]", warnings
    )
    page = (out / "index.html").read_text("utf-8")
    assert r'<pre><code class="mmu-tex">\nothing &lt;x</code></pre>' in page
    assert '<code class="mmu-tex">{y</code></span>' in page


def test_the_warning_can_be_switched_off(build: Build) -> None:
    _out, warnings = build(
        {"index": "Title\n=====\n\n:math:`{y`\n"},
        suppress_warnings=["site_mathml.formula"],
    )
    assert not warnings


def test_an_epub_has_the_source_and_no_mathml(build: Build) -> None:
    out, _warnings = build({"index": PAGE}, "epub")
    page = (out / "index.xhtml").read_text("utf-8")
    assert "<math" not in page
    assert '<code class="mmu-tex">a &lt; b</code>' in page
    assert (
        r'<pre><code class="mmu-tex">a &amp;= b \\[2pt] &amp;= c</code></pre>'
        in page
    )
    assert not list(out.rglob("mmu-math*"))


def test_latex_knows_the_macros_too(build: Build) -> None:
    macros = {"E": r"\mathbb{E}", "pair": "(#1, #2)"}
    out, warnings = build(
        {"index": "Title\n=====\n\n:math:`\\E`\n"},
        "latex",
        mmu_math_macros=macros,
        latex_elements={"preamble": "% mine"},
    )
    assert not warnings
    text = next(out.glob("*.tex")).read_text("utf-8")
    assert (
        "\\providecommand{\\E}{\\mathbb{E}}\n\\providecommand{\\pair}[2]{(#1, #2)}\n% mine"
        in text
    )


def test_a_macro_that_cannot_be_used_is_named_and_left_out(
    build: Build,
) -> None:
    page = "Title\n=====\n\n:math:`\\E`\n"
    out, warnings = build(
        {"index": page}, mmu_math_macros={"E": "e", "\\F": "f", "G": 1}
    )
    assert (
        len(re.findall(r"\[site_mathml\.macros\]", warnings))
        == len(warnings.splitlines())
        == 2
    )
    assert r"'\\F'" in warnings
    assert "<mi>e</mi>" in (out / "index.html").read_text("utf-8")


def test_macros_that_are_no_dictionary_are_named_once(build: Build) -> None:
    _out, warnings = build(
        {"index": "Title\n=====\n\n:math:`a`\n"}, mmu_math_macros=["E"]
    )
    assert warnings.count("mmu_math_macros must be dict, not list") == 1


# --- the font


def test_only_pages_with_a_formula_ask_for_styles_and_font(
    build: Build,
) -> None:
    contents = "\n.. toctree::\n\n   other\n"
    out, _warnings = build(
        {"index": PAGE + contents, "other": "Other\n=====\n"}
    )
    links = {
        name: (out / f"{name}.html")
        .read_text("utf-8")
        .count("_static/mmu-math")
        for name in ("index", "other")
    }
    assert links == {"index": 2, "other": 0}
    assert (out / "_static/mmu-math.css").exists()
    assert "url(mmu-math.woff2)" in (
        out / "_static/mmu-math-font.css"
    ).read_text("utf-8")
    assert (out / "_static/mmu-math.woff2").read_bytes()[:4] == b"wOF2"


@pytest.mark.slow
def test_the_font_has_what_formulas_need_and_the_same_bytes_each_time() -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- slow to load

    first, second = make_font(), make_font()
    assert first == second
    assert 50_000 < len(first) < 120_000
    font = TTFont(BytesIO(first))
    assert "MATH" in font
    assert {ord(c) for c in "aΩ𝜃𝔼ℒ∑√∅≤→⟨|{‾′"} <= set(font.getBestCmap())
    assert "Open Font License" in font["name"].getDebugName(13)
    assert "STIX" in font["name"].getDebugName(0)


def test_the_font_is_made_once(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _warnings = build({"index": PAGE})
    font = (out / "_static/mmu-math.woff2").read_bytes()
    (out / "_static/mmu-math.woff2").unlink()
    monkeypatch.setattr(mathfont, "subset", lambda: pytest.fail("made again"))
    out, _warnings = build({"index": PAGE})
    assert (out / "_static/mmu-math.woff2").read_bytes() == font


def test_without_its_packages_there_is_no_font_and_no_warning(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mathfont, "missing", lambda: ("brotli",))
    out, warnings = build({"index": PAGE})
    assert not warnings
    page = (out / "index.html").read_text("utf-8")
    assert "<math" in page
    assert "mmu-math.css" in page
    assert "mmu-math-font" not in page
    assert not (out / "_static/mmu-math.woff2").exists()


def test_what_is_missing_is_named_as_pip_knows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert mathfont.missing() == ()
    monkeypatch.setattr(mathfont.util, "find_spec", lambda _name: None)
    assert mathfont.missing() == ("fonttools", "brotli", "ziamath")
