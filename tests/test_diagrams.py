"""The diagrams of the site: each pathway has one, in every form that Sphinx writes, and all of it can be read."""

import re
import shutil
import subprocess
import sys
import tomllib
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from browsing import Browser, serving
from support import REPOSITORY, Build, Project
from tex import compiled

sys.path.insert(0, str(REPOSITORY / "docs/_ext"))

from diagrams import TAKEN
from diagrams.catalogue import DIAGRAMS, PATHWAYS
from diagrams.explore import _TARGETS, TOYS, guided, masked, toy_pen, tradeoff
from diagrams.layout import NARROW, WIDE, arrange
from diagrams.looks import LOOKS, PALETTE, stylesheet
from diagrams.measure import width
from diagrams.pen import SIZE, math_width
from diagrams.svg import file, forms
from sphinx_mmu.ext.render.scripts import SCRIPTS
from tools.pictures import STATIC, card, logo

NAMES = list(DIAGRAMS)
SCRIPT = REPOSITORY / "docs/_static/explore.js"
CONF = f"""
extensions = ["diagrams"]
html_static_path = [{str(SCRIPT)!r}]
latex_engine = "xelatex"
epub_show_urls = "no"
author = copyright = version = "1"
"""
SVG = "{http://www.w3.org/2000/svg}"
LEGIBLE = 12
PHONE = 288
"""Pixels that the text of a page has on the smallest phone in use, 320 pixels wide."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write("conf.py", CONF)
    return made


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 -- our own


def page(*names: str) -> str:
    return "Page\n====\n\n" + "".join(
        f".. diagram:: {name}\n\n" for name in names
    )


def built(project: Project, builder: str = "html", *names: str) -> Build:
    project.write("index.rst", page(*(names or NAMES)))
    return project.build(builder, clean=True)


# --- what is there


def test_each_pathway_has_a_diagram_and_no_other_has() -> None:
    terms = tomllib.loads(
        (REPOSITORY / "refs/taxonomy.toml").read_text("utf-8")
    )["term"]
    pathways = [
        tag.rpartition("/")[2]
        for tag in terms
        if tag.startswith("stage:") and "/" in tag
    ]
    assert list(PATHWAYS) == pathways
    assert set(DIAGRAMS) - set(PATHWAYS) == {"hero"}


def test_a_title_is_the_label_of_the_pathway() -> None:
    terms = tomllib.loads(
        (REPOSITORY / "refs/taxonomy.toml").read_text("utf-8")
    )["term"]
    labels = {
        tag.rpartition("/")[2]: term["label"] for tag, term in terms.items()
    }
    assert {name: diagram.title for name, diagram in PATHWAYS.items()} == {
        name: labels[name] for name in PATHWAYS
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_caption_is_short_and_the_description_is_not(name: str) -> None:
    diagram = DIAGRAMS[name]
    assert len(re.findall(r"[.;](?:\s|$)", diagram.caption)) <= 3
    assert len(diagram.caption) < 260
    assert len(diagram.words) > len(diagram.caption)
    assert not re.search(r"[_^{}\\]", diagram.words + diagram.caption), (
        "a reader aloud would spell it"
    )


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_every_box_is_shown_and_every_arrow_has_its_ends(
    name: str,
    narrow: bool,
) -> None:
    diagram = DIAGRAMS[name]
    grid = diagram.narrow if narrow else diagram.wide
    shown = {box for row in grid.rows for box in row.split()} - {"."}
    left_out = (
        {"ask1"} if name == "hero" and narrow else set()
    )  # a phone shows the same requests once
    assert shown == set(diagram.boxes) - left_out
    groups = {group.name for group in diagram.groups}
    assert {
        end for arrow in diagram.arrows for end in (arrow.start, arrow.end)
    } <= set(diagram.boxes) | groups
    assert all(len(row.split()) == len(grid.columns) for row in grid.rows)


# --- whether it can be read


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_small_or_leaves_the_drawing(
    name: str,
    narrow: bool,
) -> None:
    sheet = arrange(DIAGRAMS[name], narrow=narrow)
    texts = [
        shape for shape in sheet.pen.shapes if shape.kind in ("text", "math")
    ]
    assert len(texts) > 8
    for shape in texts:
        x, y, size = shape.numbers
        assert size >= SIZE
        assert not narrow or size * PHONE / NARROW >= LEGIBLE
        wide = (
            width(shape.text, size, bold=shape.bold)
            if shape.kind == "text"
            else math_width(shape.text, size)
        )
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[shape.anchor]
        assert left >= 0, shape.text
        assert left + wide <= (NARROW if narrow else WIDE), shape.text
        assert 0 < y < sheet.h


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_leaves_the_box_that_it_begins_in(
    name: str,
    narrow: bool,
) -> None:
    shapes = arrange(DIAGRAMS[name], narrow=narrow).pen.shapes
    boxes = [
        s.numbers for s in shapes if s.kind == "rect" and s.css.endswith("-box")
    ]
    within = 0
    for shape in shapes:
        if shape.kind not in ("text", "math"):
            continue
        x, y, size = shape.numbers
        wide = (
            width(shape.text, size, bold=shape.bold)
            if shape.kind == "text"
            else math_width(shape.text, size)
        )
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[shape.anchor]
        for bx, by, bw, bh, _ in boxes:
            if bx <= x <= bx + bw and by <= y <= by + bh:
                within += 1
                assert bx <= left, shape.text
                assert left + wide <= bx + bw, shape.text
    assert within


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4
        for p in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_words_and_outlines_have_enough_contrast(dark: bool) -> None:
    grounds = [
        "ground",
        "wash",
        *(name for name in PALETTE if name.endswith("-pale")),
    ]
    words = [
        look.fill for name, look in LOOKS.items() if name.endswith("words")
    ]
    for word, ground in product(words, ["ground", "wash"]):
        assert contrast(PALETTE[word][dark], PALETTE[ground][dark]) >= 4.5, (
            word,
            ground,
        )
    for ground in grounds:
        assert contrast(PALETTE["ink"][dark], PALETTE[ground][dark]) >= 7
    for kind in ("forget", "retain", "frozen", "changed"):
        assert contrast(PALETTE[kind][dark], PALETTE["ground"][dark]) >= 4.5
        assert (
            contrast(PALETTE[kind][dark], PALETTE[f"{kind}-pale"][dark]) >= 4.5
        )


def test_no_two_kinds_differ_by_colour_alone() -> None:
    looks = [
        LOOKS[f"{kind}-box"]
        for kind in ("forget", "retain", "frozen", "changed", "prompt")
    ]
    assert len({(look.width, look.dash) for look in looks}) >= 4, (
        "and each has a mark of its own"
    )


# --- HTML


@pytest.mark.parametrize("name", NAMES)
def test_every_svg_has_a_title_and_a_description(name: str) -> None:
    both = parsed(f"<div>{forms(DIAGRAMS[name], 'x')}</div>")
    assert [svg.get("class") for svg in both] == ["dg-wide", "dg-narrow"]
    for svg in both:
        title, desc = svg.find("title"), svg.find("desc")
        assert title is not None
        assert desc is not None
        assert (title.text, desc.text) == (
            DIAGRAMS[name].title,
            DIAGRAMS[name].words,
        )
        assert svg.get("role") == "img"
        assert (svg.get("aria-labelledby"), svg.get("aria-describedby")) == (
            title.get("id"),
            desc.get("id"),
        )


def test_a_page_has_what_a_strict_policy_allows_and_ids_that_are_unique(
    project: Project,
) -> None:
    build = built(project, "html", *NAMES, NAMES[1])
    assert not build.warnings
    figures = re.findall(
        r'<figure class="dg">.*?</figure>', build.html("index"), re.DOTALL
    )
    assert len(figures) == len(NAMES) + 1
    assert not re.search(
        r"<style|<script| style=| on\w+=|url\(|href=", "".join(figures)
    )
    ids = re.findall(r'\sid="([^"]*)"', build.html("index"))
    assert len(ids) == len(set(ids))
    for figure in figures:
        assert len(re.findall(r"<figcaption>\s*<p>", figure)) == 1


def test_every_class_of_a_drawing_has_a_look(project: Project) -> None:
    used = {
        css
        for name in NAMES
        for css in re.findall(
            r'class="dg-([\w-]+)"', forms(DIAGRAMS[name], "x")
        )
    }
    assert used - {"wide", "narrow"} <= set(LOOKS)
    assert set(re.findall(r"\.dg \.dg-([\w-]+)\{", stylesheet())) >= set(LOOKS)


def test_only_a_page_with_a_diagram_loads_the_style_sheet(
    project: Project,
) -> None:
    project.write("other.rst", ":orphan:\n\nOther\n=====\n")
    build = built(project)
    assert "diagrams.css" in build.html("index")
    assert "diagrams.css" not in build.html("other")
    assert build.file("_static/diagrams.css") == stylesheet()


def test_beside_figures_of_data_readers_take_a_drawing_away_as_they_do_these(
    project: Project,
) -> None:
    project.write("refs.bib", "")
    project.write(
        "conf.py",
        f"{CONF}extensions.append('sphinx_mmu')\nmmu_bibfiles = ['refs.bib']\n",
    )
    page = built(project, "html", "hero").html("index")
    figure = re.search(
        r'<figure class="dg mmu-fig mmu-diagram-hero" id="([^"]+)">.*?</figure>',
        page,
        re.DOTALL,
    )
    assert figure
    assert f"<b>{DIAGRAMS['hero'].title}.</b>" in figure[0]
    assert f'<p class="mmu-fig-take"><a href="#{figure[1]}">' in figure[0]
    assert (*SCRIPTS["mmu-figure.js"]["needs"], "mmu-figure.js") == TAKEN
    assert all(name in page for name in TAKEN)
    assert "mmu-figures.css" in page


def test_two_builds_give_the_same_html(project: Project) -> None:
    first = built(project).html("index")
    assert built(project).html("index") == first


def test_an_unknown_name_gives_one_warning_with_place_and_hint(
    project: Project,
) -> None:
    build = built(project, "html", "hero", "direct-gradients")
    (warning,) = build.warnings
    assert warning.startswith(
        "index.rst:6: WARNING: there is no diagram 'direct-gradients'"
    )
    assert "did you mean 'direct-gradient'?" in warning
    (warning,) = built(project, "html", "zzz").warnings
    assert "there are: hero, data-path-perturbation" in warning


@pytest.mark.parametrize(
    ("kind", "choices"), [("diagram", DIAGRAMS), ("explore", TOYS)]
)
def test_a_directive_without_a_name_gives_one_warning_with_the_names(
    kind: str, choices: dict[str, object], project: Project
) -> None:
    project.write("index.rst", f"Page\n====\n\n.. {kind}::\n")
    (warning,) = project.build(clean=True).warnings
    names = f"{kind} needs a name; there are: {', '.join(choices)}"
    assert warning.startswith(f"index.rst:4: WARNING: {names}")


def test_a_name_of_several_words_gives_one_warning(project: Project) -> None:
    project.write("index.rst", "Page\n====\n\n.. diagram:: direct gradient\n")
    (warning,) = project.build(clean=True).warnings
    assert (
        "there is no diagram 'direct gradient'; did you mean 'direct-gradient'?"
        in warning
    )


# --- other forms


def test_latex_draws_and_has_the_caption(project: Project) -> None:
    build = built(project, "latex")
    assert not build.warnings
    (tex,) = build.out.glob("*.tex")
    text = tex.read_text("utf-8")
    assert text.count(r"\begin{tikzpicture}") == len(NAMES)
    assert r"\usepackage{tikz}" in text
    assert "Up to four terms are added up" in text
    assert r"$\mathcal{L}_{u}$" in text
    assert r"$h'\ =\ (I\ -\ U\ U^{\top })\ h$" in text


@pytest.mark.slow
def test_tex_sets_every_diagram(project: Project) -> None:
    build = built(project, "latex")
    (tex,) = build.out.glob("*.tex")
    assert "Missing character" not in compiled(tex, "xelatex")


@pytest.mark.parametrize("builder", ["text", "man", "texinfo"])
def test_where_nothing_is_drawn_the_description_is_printed(
    project: Project, builder: str
) -> None:
    build = built(project, builder, "direct-gradient")
    assert not build.warnings
    (made,) = (
        p for p in build.out.iterdir() if p.suffix in (".txt", ".1", ".texi")
    )
    text = " ".join(made.read_text("utf-8").split())
    assert "Up to four terms are added up" in text
    assert "Four inputs on the left each feed one term" in text


def test_an_epub_has_each_diagram_as_a_file_with_its_own_colours(
    project: Project,
) -> None:
    build = built(project, "epub", "direct-gradient")
    assert 'src="_images/diagram-direct-gradient.svg"' in build.file(
        "index.xhtml"
    )
    shown = DIAGRAMS["direct-gradient"]
    sheet = arrange(shown, narrow=True)
    drawing = build.file("_images/diagram-direct-gradient.svg")
    assert drawing == file(
        shown.title, shown.words, sheet.pen, (sheet.w, sheet.h)
    )
    assert "var(" not in drawing
    assert parsed(drawing).find(f"{SVG}title") is not None


@pytest.mark.slow
def test_epubcheck_accepts_a_book_of_diagrams(project: Project) -> None:
    checker, java = Path("/usr/bin/epubcheck"), shutil.which("java")
    if not checker.is_file() or not java:
        pytest.skip("needs /usr/bin/epubcheck and java")
    build = built(project, "epub")
    (book,) = build.out.glob("*.epub")
    done = subprocess.run(
        [java, "-jar", checker, book],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


# --- toys


def test_a_toy_is_whole_without_scripts(project: Project) -> None:
    project.write(
        "index.rst",
        "Page\n====\n\n" + "".join(f".. explore:: {name}\n\n" for name in TOYS),
    )
    build = project.build(clean=True)
    assert not build.warnings
    html = build.html("index")
    assert html.count("hidden>") == len(TOYS), (
        "sliders that do nothing are not shown"
    )
    assert html.count("not measured") == len(TOYS)
    assert build.file("_static/explore.js") == SCRIPT.read_text("utf-8")
    for toy in TOYS.values():
        assert toy.reading(toy.defaults) in html
        for slider in toy.sliders:
            assert re.search(
                rf'<label for="([^"]+)">{slider.label}</label><input type="range" id="\1"',
                html,
            )
    text = project.build("text", clean=True).file("index.txt")
    assert "Scale 0.20" in " ".join(text.split())
    (tex,) = project.build("latex", clean=True).out.glob("*.tex")
    assert tex.read_text("utf-8").count(r"\begin{tikzpicture}") == len(TOYS)


@pytest.mark.parametrize("name", TOYS)
def test_no_text_of_a_toy_leaves_it(name: str) -> None:
    texts = [s for s in toy_pen(TOYS[name]).shapes if s.kind == "text"]
    assert texts
    for shape in texts:
        x, y, size = shape.numbers
        left = (
            x
            - width(shape.text, size)
            * {"start": 0, "middle": 0.5, "end": 1}[shape.anchor]
        )
        assert left >= 0
        assert left + width(shape.text, size) <= NARROW
        assert 0 < y < TOYS[name].height


def test_toys_behave_as_their_captions_say() -> None:
    shares = [sum(p for p in guided(s / 10)[121:]) / 20 for s in range(11)]
    assert shares == sorted(shares, reverse=True)
    assert masked(12, 100) == _TARGETS
    assert tradeoff(1, 0) == (0, 0)
    assert tradeoff(0, 1) == (1, 0)


@pytest.mark.browser
def test_sliders_move_by_keyboard_and_say_what_python_says(
    project: Project, chromium: Browser
) -> None:
    project.write(
        "index.rst",
        "Page\n====\n\n" + "".join(f".. explore:: {name}\n\n" for name in TOYS),
    )
    out = project.build(clean=True).out
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
    with serving(out, policy) as address:
        page = chromium.new_page()
        page.goto(f"{address}index.html")
        for name, toy in TOYS.items():
            figure = page.locator(
                "figure", has=page.locator(f"[data-dg-toy={name}]")
            )
            reading, values = figure.locator(".dg-reading"), dict(toy.defaults)
            assert reading.inner_text() == toy.reading(values)
            for slider in toy.sliders:
                before = figure.locator("svg").inner_html()
                for _ in range(3):
                    figure.get_by_role("slider", name=slider.label).press(
                        "ArrowRight"
                    )
                values[slider.name] = round(slider.value + 3 * slider.step, 2)
                assert reading.inner_text() == toy.reading(values)
                assert figure.locator("svg").inner_html() != before
        page.close()


# --- the logo and the card


def test_logo_and_icon_are_what_the_tool_draws() -> None:
    assert (STATIC / "logo.svg").read_text("utf-8") == logo(
        "Multimodal Unlearning", 2
    )
    assert (STATIC / "favicon.svg").read_text("utf-8") == logo(
        "Multimodal Unlearning", 1.4
    )
    assert parsed(card()).tag == f"{SVG}svg"
    head = (STATIC / "social.png").read_bytes()[:24]
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (
        1200,
        630,
    )
