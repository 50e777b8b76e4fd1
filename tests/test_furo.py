"""The theme furo, mended: each repair still has something to mend, and the policy covers every
page.
"""

import base64
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import furo
import pytest
from pages import differences
from sphinx.testing.util import SphinxTestApp
from support import some_slow

import site_furo as repairs
from site_furo import (
    REPAIRS,
    SCRIPTS,
    Repair,
    inline_scripts,
    mended,
    policy,
    sha256,
    unknown_scripts,
)

STATIC = Path(__file__).parents[1] / "sphinx_mmu/static"
MATH = '"site_mathml"'
CONF = """
project, author, copyright, version = "Project", "Author", "2026, Author", "1"
extensions = [{extensions}]
html_theme = "furo"
html_theme_options = {{
    "footer_icons": [],
    "top_of_page_buttons": ["edit"],
    "source_edit_link": "https://example.org/{{filename}}",
}}
html_sidebars = {{"**": ["sidebar/search.html", "sidebar/navigation.html"]}}
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"
html_show_sphinx = html_copy_source = html_show_sourcelink = html_use_index = False
"""
PAGES = {
    "numbers": (
        """
:orphan:

Numbers
=======

.. table:: Two of them

   = =
   1 2
   = =
"""
    ),
    "index": (
        """
Title
=====

.. toctree::
   :caption: Part
   :hidden:

   page
   wide
"""
    ),
    "wide": (
        r"""
:hide-toc: true

Wide
====

"""
        + "\n".join(f"Part {n}\n------\n\n{'Text. ' * 300}\n" for n in range(9))
        + r"""

.. list-table:: Scores of "one" & *two*
   :header-rows: 1

   * - {0}
     - {0}
   * - 1
     - 2
""".format("Unbreakable" * 6)
    ),
    "page": (
        r"""
Page
====

Text cites [Doe24]_.

.. [Doe24] Doe. *Work*. 2024.

First
-----

.. math::
   :label: long

   a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t + u + v + w + x + y + z = 0

.. code-block:: python

   print("a line that is so long that it does not fit into the page and has to be scrolled to be read at all")

Second
------

.. list-table::
   :header-rows: 1
   :widths: 30 70

   * - One
     - Two
   * - 1
     - 2
"""
    ),
}


def build(
    folder: Path,
    extensions: str,
    builder: str = "html",
    conf: str = "",
    **settings: Any,
) -> tuple[Path, str]:
    """Build the pages; give the output and the warnings."""
    source, warnings = folder / "source", StringIO()
    source.mkdir(parents=True, exist_ok=True)
    (source / "conf.py").write_text(
        CONF.format(extensions=extensions) + conf, "utf-8"
    )
    for name, text in PAGES.items():
        (source / f"{name}.rst").write_text(text, "utf-8")
    app = SphinxTestApp(
        builder,
        srcdir=source,
        builddir=folder / "build",
        warning=warnings,
        confoverrides=settings,
    )
    try:
        app.build()
    finally:
        app.cleanup()
    return Path(app.outdir), re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue())


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The pages as furo writes them, with formulas for MathJax."""
    out, warnings = build(tmp_path_factory.mktemp("raw"), "")
    assert not warnings
    found = sorted(out.rglob("*.html"))
    assert {path.stem for path in found} > PAGES.keys()
    return [path.read_text("utf-8") for path in found]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages, mended, with formulas as MathML."""
    out, warnings = build(
        tmp_path_factory.mktemp("site"),
        f'"site_furo", {MATH}',
        html_math_renderer="mathml",
        html_css_files=["mmu.css"],
        html_static_path=[str(STATIC)],
    )
    assert not warnings
    return out


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    found = {
        path.name: path.read_text("utf-8")
        for path in sorted(site.rglob("*.html"))
    }
    assert found.keys() > {f"{name}.html" for name in PAGES}
    return found


class Tags(HTMLParser):
    """All tags of a page, in order, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.found.append((tag, dict(attrs)))


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# --- repairs


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda repair: repair.reason)
def test_every_repair_still_finds_what_it_mends(
    repair: Repair, raw: list[str]
) -> None:
    assert any(repair(page) != page for page in raw), (
        "furo writes this otherwise now"
    )
    assert all(
        repair(repair(page)) == repair(page) or repair.limit for page in raw
    )


@pytest.mark.parametrize(
    "repair",
    [r for r in REPAIRS if r.everywhere],
    ids=lambda repair: repair.reason,
)
def test_what_every_page_has_is_mended_on_every_page(
    repair: Repair, raw: list[str]
) -> None:
    assert all(repair(page) != page for page in raw)


@pytest.mark.slow
def test_the_switches_of_panels_come_after_the_skip_link(
    pages: dict[str, str],
) -> None:
    for page in pages.values():
        order = [
            page.index(mark)
            for mark in (
                "skip-to-content",
                '<nav class="mmu-toggles"',
                'id="__navigation"',
                'id="__toc"',
                "</nav>",
                '<div class="page">',
            )
        ]
        assert order == sorted(order)
        assert page.count('class="sidebar-toggle"') == 2


def test_landmarks_of_one_kind_have_names_of_their_own(
    pages: dict[str, str],
) -> None:
    for page in pages.values():
        tags = Tags(page).found
        names = [
            attributes.get("aria-label")
            for tag, attributes in tags
            if tag == "aside"
        ]
        assert sorted(str(name) for name in names) == ["On this page", "Site"]


def test_boxes_that_scroll_are_reached_by_keyboard_and_each_once(
    pages: dict[str, str],
) -> None:
    tags = Tags(pages["page.html"]).found
    stops = [
        attributes.get("class") or tag
        for tag, attributes in tags
        if attributes.get("tabindex") == "0"
    ]
    table = "mmu-scroll table-wrapper colwidths-given docutils container"
    assert stops == ["mmu-scroll", "pre", table]


def test_a_table_that_scrolls_has_the_name_of_its_caption(
    pages: dict[str, str],
) -> None:
    names = [
        attributes["aria-label"]
        for page in ("page.html", "wide.html")
        for _tag, attributes in Tags(pages[page]).found
        if "table-wrapper" in (attributes.get("class") or "")
    ]
    assert [
        str(name).translate({0x201C: '"', 0x201D: '"'}) for name in names
    ] == [
        "Table",
        'Scores of "one" & two',
    ]


def test_contents_that_a_page_hides_are_in_the_panel_only(
    pages: dict[str, str],
) -> None:
    classes = {
        name: attributes["class"]
        for name in ("index.html", "page.html", "wide.html")
        for tag, attributes in Tags(pages[name]).found
        if tag == "aside" and attributes["aria-label"] == "On this page"
    }
    assert classes == {
        "index.html": "toc-drawer no-toc",
        "page.html": "toc-drawer",
        "wide.html": "toc-drawer mmu-toc-panel",
    }


def test_citations_have_no_role_that_is_no_more(pages: dict[str, str]) -> None:
    assert '<div class="citation"' in pages["page.html"]
    assert "doc-biblioentry" not in pages["page.html"]


def test_the_search_page_has_one_heading_of_the_first_level(
    pages: dict[str, str],
) -> None:
    assert re.findall(r"<h1>.*?</h1>", pages["search.html"]) == [
        "<h1>Search</h1>"
    ]
    assert 'id="search-results"' in pages["search.html"]


def test_the_sheet_comes_after_those_of_the_theme(
    pages: dict[str, str],
) -> None:
    sheets = re.findall(
        r'<link rel="stylesheet"[^>]* href="_static/([\w./-]+)',
        pages["page.html"],
    )
    assert sheets.index("mmu-furo.css") > sheets.index(
        "styles/furo-extensions.css"
    )
    assert sheets[-1] == "mmu.css", "what conf.py names has the last word"


# --- the policy


def directives(page: str) -> dict[str, list[str]]:
    """The policy that a page carries, right after its encoding and before all else."""
    found = re.findall(
        r'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="([^"]*)">',
        page,
    )
    assert len(found) == page.count("http-equiv") == 1
    parts = (part.split() for part in found[0].split(";"))
    return {name: sources for name, *sources in parts}


def test_every_page_has_a_policy_that_names_no_other_site(
    pages: dict[str, str],
) -> None:
    assert {"index.html", "page.html", "search.html"} <= set(pages)
    for page in pages.values():
        rules = directives(page)
        assert rules["default-src"] == ["'self'"]
        for kind in ("object", "frame", "media", "worker", "manifest"):
            assert rules[f"{kind}-src"] == ["'none'"]
        sources = {
            source
            for rule in rules.values()
            for source in rule
            if not source.startswith("'sha256-")
        }
        assert sources == {
            "'none'",
            "'self'",
            "data:",
            "file:",
            "'unsafe-inline'",
        }
        assert [
            name for name, rule in rules.items() if "'unsafe-inline'" in rule
        ] == ["style-src-attr"]


def test_the_table_of_scripts_is_what_the_installed_theme_has() -> None:
    templates = [
        path.read_text("utf-8")
        for path in (Path(furo.__file__).parent / "theme/furo").rglob("*.html")
    ]
    assert {
        sha256(body) for text in templates for body in inline_scripts(text)
    } == SCRIPTS.keys()


def test_every_inline_script_and_style_of_the_theme_is_named_by_its_hash(
    pages: dict[str, str],
) -> None:
    for page in pages.values():
        rules = directives(page)
        for tag, rule in (("script", "script-src"), ("style", "style-src")):
            inline = re.findall(
                rf"(?s)<{tag}(?![^>]*src=)[^>]*>(.*?)</{tag}>", page
            )
            assert inline
            assert set(rules[rule]) == {"'self'", *map(digest, inline)}


def test_a_script_that_is_not_the_theme_s_is_refused_and_reported_once(
    tmp_path: Path,
) -> None:
    own = ".. raw:: html\n\n   <script>window.own = 1</script>\n"
    build(tmp_path, '"site_furo"')
    for name in ("one", "two"):
        (tmp_path / f"source/{name}.rst").write_text(
            f":orphan:\n\nTitle\n=====\n\n{own}", "utf-8"
        )
    out, warnings = build(tmp_path, '"site_furo"')
    assert "window.own = 1" in (out / "two.html").read_text("utf-8")
    for name in ("one", "two"):
        page = (out / f"{name}.html").read_text("utf-8")
        assert digest("window.own = 1") not in page
        assert len(directives(page)["script-src"]) == 2
    (told,) = [line for line in warnings.splitlines() if "window.own" in line]
    assert re.search(
        r"one\.rst: WARNING: .* refuses an inline script.*html_js_files \[site_furo\.script\]",
        told,
    )


def test_a_handler_in_an_attribute_would_not_run_so_there_is_none(
    pages: dict[str, str],
) -> None:
    for page in pages.values():
        names = {
            name for _tag, attributes in Tags(page).found for name in attributes
        }
        assert "class" in names
        assert not [name for name in names if name.startswith("on")]


def test_style_attributes_are_the_theme_s_icons_and_docutils_columns(
    pages: dict[str, str],
) -> None:
    found = set()
    for page in pages.values():
        without_icons = re.sub(r"(?s)<svg.*?</svg>", "", page)
        found |= {
            tag
            for tag, attributes in Tags(without_icons).found
            if "style" in attributes
        }
    assert found == {"col"}


def test_only_scripts_of_the_table_are_allowed_and_data_need_no_leave() -> None:
    page = """<script type="application/ld+json">{}</script><script type="module">1</script>
    <script type="text/javascript">2</script><script async>3</script><script src="x.js"></script>
    <script>DOCUMENTATION_OPTIONS.COLLAPSE_INDEX = true</script><style media="print">4</style>"""
    rules = dict(part.strip().split(" ", 1) for part in policy(page).split(";"))
    assert (
        rules["script-src"]
        == f"'self' {digest('DOCUMENTATION_OPTIONS.COLLAPSE_INDEX = true')}"
    )
    assert rules["style-src"] == f"'self' {digest('4')}"
    assert unknown_scripts(page) == ["1", "2", "3"]


def test_a_page_is_mended_the_same_way_each_time(raw: list[str]) -> None:
    assert [mended(page) for page in raw] == [mended(page) for page in raw]


# --- where it does nothing


@pytest.mark.slow
def test_where_the_package_is_changes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extensions = f'"sphinx_mmu", "site_furo", {MATH}'
    one, _warnings = build(tmp_path / "one", extensions)
    shutil.copytree(repairs.TEMPLATES, tmp_path / "moved")
    monkeypatch.setattr(repairs, "TEMPLATES", str(tmp_path / "moved"))
    other, _warnings = build(tmp_path / "other", extensions)
    assert differences(one, other) == []
    assert "mmu-search" in (other / "search.html").read_text("utf-8")


def test_another_theme_is_left_alone(tmp_path: Path) -> None:
    out, warnings = build(
        tmp_path,
        '"site_furo"',
        html_theme="alabaster",
        html_theme_options={},
        html_sidebars={},
    )
    assert not warnings
    found = list(out.rglob("*.html"))
    assert len(found) > len(PAGES)
    for page in found:
        text = page.read_text("utf-8")
        assert "Content-Security-Policy" not in text
        assert "mmu-furo" not in text


def test_an_epub_is_left_alone(tmp_path: Path) -> None:
    out, warnings = build(tmp_path, '"site_furo"', "epub", epub_show_urls="no")
    assert not warnings
    text = (out / "page.xhtml").read_text("utf-8")
    assert "Content-Security-Policy" not in text
    assert "tabindex" not in text
    assert not (out / "_static/mmu-furo.css").exists()


def test_latex_is_left_alone(tmp_path: Path) -> None:
    _out, warnings = build(tmp_path, '"site_furo"', "latex")
    assert not warnings


def test_a_bridge_of_one_s_own_stays_and_what_it_lacks_is_reported(
    tmp_path: Path,
) -> None:
    own = "from sphinx.jinja2glue import BuiltinTemplateLoader\n"
    out, warnings = build(
        tmp_path,
        '"site_furo"',
        conf=own,
        template_bridge="sphinx.jinja2glue.BuiltinTemplateLoader",
    )
    assert re.fullmatch(
        r"WARNING: template_bridge is set: .*site_furo\.Bridge; correct the value in conf\.py \[site_furo\.bridge\]\n",
        warnings,
    )
    assert "Content-Security-Policy" not in (out / "page.html").read_text(
        "utf-8"
    )


# --- the sheets


@pytest.mark.parametrize(
    "sheet", sorted(STATIC.glob("*.css")), ids=lambda path: path.name
)
def test_a_sheet_is_whole_uses_known_tokens_and_fetches_nothing(
    sheet: Path,
) -> None:
    text = re.sub(r"(?s)/\*.*?\*/", "", sheet.read_text("utf-8"))
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert "url(" not in text
    assert "@import" not in text
    tokens = set(
        re.findall(
            r"(--mmu-\w+):", (STATIC / "mmu.css").read_text("utf-8") + text
        )
    )
    used = set(re.findall(r"var\((--mmu-\w+)\)", text))
    assert used <= tokens


SELF = "\n.. toctree::\n   :hidden:\n\n   self\n"


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_pages_that_no_toctree_names_have_the_navigation_of_their_folder(
    builder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = ("alone", "more", "a/index", "a/alone", "a/more", "a/b/alone")
    monkeypatch.setitem(PAGES, "index", PAGES["index"] + SELF)
    links = {}
    for extensions in ("", '"site_furo"'):
        folder = tmp_path / (extensions.strip('"') or "furo")
        for name in alone:
            page = folder / "source" / f"{name}.rst"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(":orphan:\n\nAlone\n=====\n", "utf-8")
        out, warnings = build(folder, extensions, builder)
        assert not warnings
        for page in sorted(out.rglob("*.html")):
            tree = page.read_text("utf-8").partition('class="sidebar-tree"')[2]
            links[extensions, page.relative_to(out)] = re.findall(
                r'<(?:li|a) class=".*?"(?: href=".*?")?',
                tree.partition("</div>")[0],
            )
    named = {page for _extensions, page in links}
    assert len(named) >= len((*alone, *PAGES))
    for page in named:
        assert links["", page] == links['"site_furo"', page], page
    (deep,) = (page for page in named if "b" in page.parts)
    assert len(links["", deep]) == 6
    assert any('href="../../' in link for link in links["", deep])


# --- in a browser

Open = Callable[..., Any]


@pytest.fixture
def visit(chromium: Any, site: Path) -> Iterator[Open]:
    """Open a page; afterwards, no script or style may have been refused."""
    contexts, faults = [], []

    def run(name: str, width: int, scheme: str) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                faults.append(message.text) if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto((site / name).as_uri())
        return page

    yield run
    for context in contexts:
        context.close()
    axe_s_own = (
        "CORS",
        "ERR_FAILED",
        "preload",
    )  # it tries to read the style sheets, which file:// forbids
    assert not [
        fault
        for fault in faults
        if not any(word in fault for word in axe_s_own)
    ]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["page.html", "search.html", "wide.html"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    visit: Open, name: str, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(name, width, scheme)
    assert (
        page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    )
    assert [
        violation["id"]
        for violation in axe.Axe().run(page).response["violations"]
    ] == []


@pytest.mark.slow
@pytest.mark.browser
def test_a_formula_scrolls_by_keyboard_on_a_phone(visit: Open) -> None:
    page = visit("page.html", 390, "light")
    box = page.locator(".mmu-scroll").first
    box.focus()
    assert box.evaluate("e => e.scrollWidth - e.clientWidth") > 0
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=box.element_handle())


@pytest.mark.browser
def test_tab_goes_to_the_skip_link_then_to_the_menu_which_opens_by_keyboard(
    visit: Open,
) -> None:
    page = visit("page.html", 390, "light")
    sidebar = page.locator(".sidebar-drawer")
    assert not sidebar.is_visible()
    page.keyboard.press("Tab")
    assert "skip-to-content" in page.evaluate(
        "document.activeElement.className"
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "__navigation"
    page.keyboard.press("Space")
    assert sidebar.is_visible()


@pytest.mark.browser
def test_one_press_opens_the_contents_that_a_page_hides_where_it_is_wide(
    visit: Open,
) -> None:
    contents = visit("wide.html", 1400, "light").locator(".toc-drawer")
    assert not contents.is_visible()
    page = visit("wide.html", 390, "light")
    contents = page.locator(".toc-drawer")
    assert not contents.is_visible()
    page.locator(".toc-header-icon").click()
    contents.get_by_role("link", name="Part 7").click()
    assert (
        page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    )
    page.wait_for_function("scrollY > 1000")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_leads_at_once_to_a_heading_that_nothing_covers(
    visit: Open, width: int
) -> None:
    page = visit("wide.html", width, "light")
    top = """async () => {
        location.hash = ""; scrollTo(0, document.body.scrollHeight);
        await new Promise(done => setTimeout(done, 300));
        location.hash = "#part-5";
        const at = document.querySelector("#part-5 > h2").getBoundingClientRect().top;
        await new Promise(done => setTimeout(done, 300));
        const link = document.querySelector(".back-to-top"), shown = link.checkVisibility();
        const later = document.querySelector("#part-5 > h2").getBoundingClientRect().top;
        const over = link.getBoundingClientRect(), header = document.querySelector(".mobile-header");
        return [shown, Math.round(at - later), at >= over.bottom || over.top > at + 100, at - header.getBoundingClientRect().bottom];
    }"""
    shown, moved, free, room = page.evaluate(top)
    assert (shown, moved, free) == (True, 0, True)
    assert room >= 0


@pytest.mark.browser
def test_the_sign_that_leads_to_a_heading_begins_no_line(visit: Open) -> None:
    page = visit("wide.html", 390, "light")
    signs = page.evaluate(
        "[...document.querySelectorAll(':is(h1, h2, h3) > .headerlink')].map(a => getComputedStyle(a).position)"
    )
    assert set(signs) == {"absolute"}
    assert (
        page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    )


@pytest.mark.browser
def test_a_wide_table_fades_out_where_there_is_more(visit: Open) -> None:
    box = visit("wide.html", 390, "light").locator(".table-wrapper")
    fade = "e => getComputedStyle(e).getPropertyValue('--mmu-fade')"
    assert box.evaluate(fade) == "40px"
    box.evaluate("e => e.scrollTo(e.scrollWidth, 0)")
    box.page.wait_for_function(
        f"e => ({fade})(e) === '0px'", arg=box.element_handle()
    )


@pytest.mark.browser
def test_search_matches_are_hidden_by_the_link_that_offers_it(
    visit: Open, site: Path
) -> None:
    page = visit("page.html", 1280, "light")
    page.goto(f"{(site / 'page.html').as_uri()}?highlight=work")
    page.locator("span.highlighted").first.wait_for()
    page.get_by_role("link", name="Hide Search Matches").click()
    assert page.locator("span.highlighted, .highlight-link").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("theme", some_slow(["light", "dark"], ["dark"]))
def test_the_choice_of_a_scheme_outweighs_the_system_s(
    visit: Open, theme: str
) -> None:
    page = visit("page.html", 1280, "dark" if theme == "light" else "light")
    page.evaluate(f"document.body.dataset.theme = '{theme}'")
    muted = page.evaluate(
        """() => { const e = document.createElement('span'); e.className = 'mmu-n';
        document.querySelector('article').append(e); return getComputedStyle(e).color }"""
    )
    assert muted == (
        "rgb(87, 91, 99)" if theme == "light" else "rgb(163, 167, 175)"
    )
