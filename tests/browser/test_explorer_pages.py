"""The explorer on pages: without scripts, on phones, by keyboard, for axe, under a
strict policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Open, serving, settle
from explorers import (
    ALL,
    LIMIT,
    REAL,
    address,
    chips,
    count,
    explorer,
    field,
    in_python,
    matching,
    option,
    real_project,
    rows,
    show_all,
    tick,
    unlike_python,
)
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect
from support import Build, Project, some_slow

pytestmark = [pytest.mark.browser, pytest.mark.site]

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action"
    " 'self'"
)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    found: int = page.evaluate(
        "document.documentElement.scrollWidth - innerWidth"
    )
    return found


@pytest.mark.parametrize("width", some_slow([1200, 390], [390]))
def test_long_words_and_labels_stay_within_the_window(
    width: int, visit: Open, tmp_path: Path
) -> None:
    project, url = (
        Project(tmp_path),
        f"https://example.org/{'a/long/way/' * 40}",
    )
    project.write(
        "any.bib",
        f"@misc{{a, title = {{A}}, year = 2020, keywords = {{topic:x}}, note = {{See {url}}}}}\n",
    )
    project.write(
        "words.toml",
        f'[facet.topic]\nlabel = "{"A label of many words " * 4}"\n[term."topic:x"]\n',
    )
    table = ".. mmu:paper-table::\n   :facets: topic\n   :columns: paper topic note links\n"
    project.write("index.rst", f"Index\n=====\n\n{table}")
    conf = 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["any.bib"]\nmmu_vocabulary = ["words.toml"]\n'
    project.write("conf.py", conf + 'html_theme = "basic"\n')
    window = {"viewport": {"width": width, "height": 844}}
    with (
        serving(project.build().out) as base,
        visit(f"{base}index.html", **window) as page,
    ):
        expect(page.get_by_label("Sort")).to_be_visible()
        assert overflow(page) <= 0


# --- without scripts


def test_without_scripts_the_table_is_whole_and_nothing_is_dead(
    visit: Open, base: str
) -> None:
    with visit(explorer(base), java_script_enabled=False) as page:
        shown = page.locator(".mmu-explorer")
        assert shown.locator("tr[data-mmu-key]:visible").count() == ALL
        assert shown.locator("button, input, select").count() == 0
        folds = shown.locator("summary")
        assert folds.all_inner_texts() == ["Venue", "Author", "Results"]
        for fold in folds.all():  # a browser opens them by itself
            listed = fold.locator("xpath=..").get_by_role("link")
            expect(listed).to_have_count(0)
            fold.click()
            expect(listed.first).to_be_visible()
            fold.click()
            expect(listed).to_have_count(0)
        links = shown.locator("a")
        assert links.count() == links.and_(page.locator("[href]")).count()
        values = shown.get_by_role(
            "navigation", name="Ready-made lists"
        ).get_by_role("link")
        assert values.count() > 30
        values.filter(has_text="Audio").click()
        assert (
            page.locator("tr[data-mmu-key]").count()
            == (REAL.papers.tagged("modality", "audio") or 0).bit_count()
        )


def test_without_scripts_there_is_no_gap_for_what_scripts_would_put_there(
    visit: Open, base: str
) -> None:
    with visit(explorer(base), java_script_enabled=False) as page:
        tops = [
            page.locator(css).bounding_box()
            for css in (".mmu-explorer", ".mmu-rail", ".mmu-bar")
        ]
        assert all(
            box and tops[0] and abs(box["y"] - tops[0]["y"]) < 8 for box in tops
        )


SHIFTS = """window.shifts = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shifts += entry.value; })
  .observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.slow
@pytest.mark.parametrize("settings", [{}, PHONE], ids=["wide", "phone"])
def test_little_moves_when_the_script_takes_over(
    visit: Open, served_site: str, settings: dict[str, Any]
) -> None:
    with visit(explorer(served_site), SHIFTS, **settings) as page:
        assert len(rows(page)) == LIMIT
        settle(page)
        assert page.evaluate("shifts") < 0.1


# --- on a phone, enlarged, printed


def test_on_a_phone_the_rail_is_folded_and_a_list_sorts(
    visit: Open, base: str
) -> None:
    with visit(explorer(base), **PHONE) as page:
        assert overflow(page) == 0
        attack = option(page, "Kind", "Attack").get_by_role("checkbox")
        expect(attack).to_be_hidden()
        page.locator(".mmu-panel > summary").click()
        page.get_by_role("button", name="Kind", exact=True).click()
        attack.check()
        left, of = len(in_python("kind:attack")), len(in_python())
        expect(
            page.get_by_text(f"Filters (1): {left} of {of} papers")
        ).to_be_visible()
        expect(attack).to_be_in_viewport()
        assert rows(page) == in_python("kind:attack")
        page.get_by_role("combobox", name="Sort").select_option("title")
        assert rows(page) == in_python("kind:attack", "title")
        assert page.locator("thead button:visible").count() == 0
        page.locator("tr[data-mmu-key] input").first.check()
        expect(page.get_by_role("region", name="Selection")).to_be_in_viewport()
        assert overflow(page) == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Columns", "Download"])
@pytest.mark.parametrize(
    "settings",
    [PHONE, {"viewport": {"width": 320, "height": 844}}],
    ids=["phone", "narrow"],
)
def test_on_a_phone_menus_stay_on_the_screen_and_cover_no_button(
    visit: Open, base: str, name: str, settings: dict[str, Any]
) -> None:
    with visit(explorer(base), **settings) as page:
        page.get_by_text(name, exact=True).click()
        box = page.locator(".mmu-menu[open] > div").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= settings["viewport"]["width"]
        for other in ("Columns", "Download"):
            page.get_by_text(other, exact=True).click(trial=True, timeout=2000)


@pytest.mark.parametrize(
    "settings", some_slow([{}, PHONE], [PHONE]), ids=["wide", "phone"]
)
def test_all_that_is_pressed_is_large_enough(
    visit: Open, served_site: str, settings: dict[str, Any]
) -> None:
    """24 by 24 pixels, or alone on its line (WCAG 2.5.8)."""
    with visit(explorer(served_site, "kind:attack"), **settings) as page:
        if settings:
            page.locator(".mmu-panel > summary").click()
        script = """buttons => buttons.filter(b => b.checkVisibility()).map(b => [b.getBoundingClientRect(), b])
          .filter(([r]) => r.height < 20 || r.width < 22)
          .map(([r, b]) => [b.outerHTML.slice(0, 120), r.width, r.height])"""
        assert (
            page.locator(
                ".mmu-explorer :is(button, select, summary):not(thead *)"
            ).evaluate_all(script)
            == []
        )


def test_twice_as_large_it_still_fits(visit: Open, served_site: str) -> None:
    settings = {
        "viewport": {"width": 640, "height": 450},
        "device_scale_factor": 2,
    }
    with visit(
        explorer(served_site, "stage:training-time diffusion"), **settings
    ) as page:
        assert overflow(page) == 0
        expect(field(page)).to_be_in_viewport()


LONG = "x" * 200


@pytest.mark.parametrize(
    "address",
    [
        "papers/index.html#q=author:" + LONG,
        pytest.param("papers/index.html#q=" + LONG, marks=pytest.mark.slow),
        pytest.param(
            "papers/index.html#q=kind:" + LONG, marks=pytest.mark.slow
        ),
        pytest.param("compare.html#keys=" + LONG, marks=pytest.mark.slow),
        pytest.param("gap-map.html#q=" + LONG, marks=pytest.mark.slow),
        pytest.param("search.html?q=" + LONG, marks=pytest.mark.slow),
    ],
)
def test_a_long_word_in_the_address_widens_no_page(
    visit: Open, served_site: str, address: str
) -> None:
    with visit(served_site + address, **PHONE) as page:
        page.get_by_text("xxxxxx").first.wait_for()
        assert overflow(page) == 0


@pytest.mark.parametrize(
    "name",
    some_slow(
        [
            "papers/index.html",
            "gap-map.html",
            "compare.html",
            "contribute/add-a-paper.html",
        ],
        ["papers/index.html"],
    ),
)
def test_on_a_phone_letters_twice_as_large_fit(
    visit: Open, served_site: str, name: str
) -> None:
    with visit(served_site + name, **PHONE) as page:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        for panel in page.locator(".mmu-panel > summary").all():
            panel.click()
        assert overflow(page) == 0


COVERED = """() => {
  const { activeElement: element } = document, { left, right, top, bottom } = element.getBoundingClientRect();
  const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return Boolean(element.closest("article") && !element.closest(".mmu-selbar")
    && there?.closest(".mmu-selbar, .mobile-header, .back-to-top"));
}"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["papers/index.html#sel=fan2023salun", "benchmarks.html"],
)
def test_what_has_the_focus_is_not_behind_what_sticks(
    visit: Open, served_site: str, name: str
) -> None:
    with visit(served_site + name, reduced_motion="reduce", **PHONE) as page:
        if "sel" not in name:
            page.get_by_role("checkbox", name="Compare").first.check()
        for key in ("Tab", "Shift+Tab"):
            for _ in range(40):
                page.keyboard.press(key)
                page.evaluate("new Promise(requestAnimationFrame)")
                assert not page.evaluate(COVERED), page.evaluate(
                    "document.activeElement.outerHTML"
                )


@pytest.mark.slow
def test_paper_shows_all_rows_and_no_controls(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site)) as page:
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert rows(page) == in_python()
        assert (
            page.locator(
                ".mmu-explorer :is(button, input, select):not(thead *):visible"
            ).count()
            == 0
        )
        expect(page.locator(".mmu-printed")).to_have_text(
            page.evaluate("location.href")
        )
        link = page.locator("tbody td.mmu-links a").first
        printed = link.evaluate("a => getComputedStyle(a, '::after').content")
        assert printed == f'" {link.get_attribute("href")}"'
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert len(rows(page)) == LIMIT
    with visit(explorer(served_site, "stage:data-side loss")) as page:
        expect(page.locator(".mmu-printed")).to_be_hidden()
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.locator(".mmu-printed")).to_have_text(
            "Filter: stage:data-side loss" + page.evaluate("location.href")
        )
        expect(page.locator(".mmu-printed")).to_be_visible()


# --- by keyboard


FOCUS = """(element => {
  const name = element.ariaLabel || element.labels?.[0]?.innerText || element.innerText || element.tagName;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && style.opacity === "1" &&
    box.width > 0 && box.height > 0;
  return [name, seen || !element.closest(".mmu-explorer")];
})(document.activeElement)"""
"""What has the focus in words, and whether it is seen, which is asked of explorers alone."""


def focused(page: Page) -> str:
    """What has the focus, in words. That it has the focus is seen."""
    name, seen = page.evaluate(FOCUS)
    assert seen, name
    return " ".join(name.split())


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press a key until what has the focus is called so."""
    pattern = re.compile(name)
    for _ in range(200):
        page.keyboard.press(key)
        if pattern.search(focused(page)):
            return
    raise AssertionError(name)


@pytest.mark.slow
def test_the_whole_explorer_is_used_by_keyboard_alone(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        page.keyboard.press("/")
        expect(field(page)).to_be_focused()
        page.keyboard.type("model kind:method")
        page.keyboard.press("Enter")
        assert chips(page) == ["Kind is Method"]
        tab_to(page, r"Data-side \d+")
        tab_to(page, r"Training-time \d+", "ArrowDown")
        page.keyboard.press("Space")
        tab_to(page, "Values of Training-time", "ArrowRight")
        assert page.evaluate("document.activeElement.ariaExpanded") == "true"
        tab_to(page, r"Direct gradient \d+", "ArrowDown")
        tab_to(page, "Exclude Direct gradient", "ArrowRight")
        page.keyboard.press("Enter")
        assert focused(page) == "Exclude Direct gradient"
        wanted = "model kind:method stage:training-time -stage:training-time/direct-gradient"
        assert unlike_python(matching(page), wanted) == ""
        tab_to(page, "Stage is not Direct gradient: invert")
        page.keyboard.press("Enter")
        assert (
            address(page)["q"]
            == "kind:method stage:training-time/direct-gradient model"
        )
        tab_to(page, "^Columns")
        page.keyboard.press("Enter")
        tab_to(page, "^Venue$")
        page.keyboard.press("Space")
        assert "venue" not in address(page)["cols"]
        page.keyboard.press("Escape")
        assert focused(page) == "Columns"
        expect(page.locator(".mmu-menu[open]")).to_have_count(0)
        tab_to(page, "^Paper$")
        page.keyboard.press("Enter")
        assert focused(page) == "Paper"
        wanted = "kind:method stage:training-time/direct-gradient model"
        assert unlike_python(matching(page), wanted, "title") == ""
        tab_to(page, "^Select ")
        page.keyboard.press("Space")
        tab_to(page, "^Copy or save$")
        page.keyboard.press("Enter")
        expect(
            page.get_by_role("button", name="Copy references (APA)")
        ).to_be_visible()
        tab_to(page, r"^Copy references \(APA\)$")
        expect(
            page.get_by_role("button", name="BibTeX", exact=True)
        ).to_be_visible()
        tab_to(page, "^BibTeX$")
        with page.expect_download():
            page.keyboard.press("Enter")
        tab_to(page, "^Clear$")
        page.keyboard.press("Enter")
        assert "sel" not in address(page)
        assert focused(page).startswith("Select all")


@pytest.mark.slow
def test_a_slash_is_a_slash_where_one_types(visit: Open, base: str) -> None:
    with visit(explorer(base)) as page:
        field(page).click()
        page.keyboard.type("a/b")
        expect(field(page)).to_have_value("a/b")
        page.locator(".sidebar-search").click()
        palette = page.locator(".mmu-palette[open] [role=combobox]")
        expect(palette).to_be_focused()
        page.keyboard.type("a/b")
        expect(palette).to_have_value("a/b")


@pytest.mark.slow
def test_a_menu_closes_when_the_focus_or_the_pointer_goes_elsewhere(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        menu = page.locator(".mmu-menu", has_text="Download")
        menu.locator("summary").click()
        expect(menu).to_have_attribute("open", "")
        page.locator("h1").click()
        expect(menu).not_to_have_attribute("open", "")
        menu.locator("summary").click()
        field(page).focus()
        expect(menu).not_to_have_attribute("open", "")


# --- for those who do not see it


FEW = (390, "light", "venue:ICLR")
EVERY = [
    (width, scheme, "") for width in (1280, 390) for scheme in ("light", "dark")
]


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme", "q"), [*EVERY, FEW])
def test_axe_finds_nothing_in_any_state(
    visit: Open, served_site: str, width: int, scheme: str, q: str
) -> None:
    settings = {
        "viewport": {"width": width, "height": 900},
        "color_scheme": scheme,
        "bypass_csp": True,
    }
    with visit(explorer(served_site, q), **settings) as page:
        assert violations(page) == []
        if width < 900:
            page.locator(".mmu-panel > summary").click()
            for facet in ("Stage", "Kind"):
                page.get_by_role("button", name=facet, exact=True).click()
        tick(page, "Stage", "Training-time")
        option(page, "Kind", "Attack").get_by_role(
            "button", name="Exclude"
        ).click()
        field(page).fill("diffusion kind:methid")
        expect(page.locator(".mmu-fault")).not_to_be_empty()
        for box in page.locator("td.mmu-pick input").all()[:2]:
            box.check()
        page.get_by_text("Columns", exact=True).click()
        page.get_by_role("checkbox", name="Modality", exact=True).check()
        assert violations(page, ALIKE) == []
        page.get_by_text("Download", exact=True).click()
        expect(
            page.locator(".mmu-menu[open] button", has_text="RIS")
        ).to_be_visible()
        assert violations(page, ALIKE) == []
        field(page).fill("diffusion zebra")
        expect(page.locator(".mmu-empty")).to_be_visible()
        assert violations(page, ALIKE) == []


ALIKE = "tbody tr:nth-child(n + 9)"
"""Rows that differ from those before them in their words alone, once all have been looked at."""


def violations(page: Page, without: str = "") -> list[str]:
    """What axe finds: the rules, and where."""
    context = {
        "include": [".mmu-explorer"],
        **({"exclude": [without]} if without else {}),
    }
    found = Axe().run(page, context).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:150]}"
        for rule in found
        for node in rule["nodes"]
    ]


# --- other projects


TABLE = "# {}\n\n```{{mmu:paper-table}}\n:columns: {}\n:facets: stage modality target\n```\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Explorers with several columns over the real database."""
    project = Project(tmp_path_factory.mktemp("small"))
    for name, columns in COLUMNS.items():
        project.write(f"{name}.md", TABLE.format(name, columns))
    return real_project(project, "\n".join(COLUMNS)).build(
        mmu_table_inline_max=0
    )


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A page with two explorers, and one with an explorer in groups."""
    project = Project(tmp_path_factory.mktemp("several"))
    project.write("two.md", TABLE.format("Two", "paper date") + DATASETS)
    project.write(
        "groups.md",
        "# Groups\n\n```{mmu:benchmark-catalogue}\n:facets: modality target\n```\n",
    )
    return real_project(project, "two\ngroups").build()


COLUMNS = {
    "usual": "stage paper venue date links",
    "names": "name authors year type key keywords",
    "tags": "title tags stage modality kind benchmark",
    "ticks": (
        "paper modality:text modality:Video stage:training-time year:2024 has:code type:article"
    ),
    "facts": "name benchname benchtask origdate textplace note figure2name tagsource",
}
DATASETS = "\n```{mmu:dataset-catalogue}\n:facets: setting modality\n```\n"
ROWS = """pages => [...document.querySelectorAll("tr[data-mmu-key]")].map(row => {
  row = row.cloneNode(true);
  row.querySelector(".mmu-pick")?.remove();
  row.classList.length || row.removeAttribute("class");
  return row.outerHTML;
})"""


@pytest.fixture
def small_site(small: Build) -> Iterator[str]:
    with serving(small.out, STRICT) as address:
        yield address


@pytest.fixture
def several_site(several: Build) -> Iterator[str]:
    with serving(several.out, STRICT) as address:
        yield address


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "display"),
    [(1280, "table-row"), (390, "flex")],
)
def test_no_row_is_lost_where_scripts_are_blocked(
    chromium: Browser, small: Build, width: int, display: str
) -> None:
    shown = (
        "rows => [...new Set(rows.map(row => getComputedStyle(row).display))]"
    )
    size = ViewportSize(width=width, height=844)
    with (
        serving(small.out, "script-src 'none'") as site,
        chromium.new_context(viewport=size) as context,
    ):
        page = context.new_page()
        page.goto(f"{site}usual.html")
        expect(page.locator("tr[data-mmu-key]:visible")).to_have_count(
            len(REAL.papers)
        )
        assert page.locator("tr[data-mmu-key]").evaluate_all(shown) == [display]
        assert page.locator(".mmu-live").count() == 0


@pytest.mark.parametrize("name", some_slow(COLUMNS, ["usual"]))
def test_rows_made_by_the_script_equal_those_of_the_build(
    visit: Open, small_site: str, name: str
) -> None:
    with visit(f"{small_site}{name}.html", java_script_enabled=False) as page:
        built = page.evaluate(ROWS)
        assert len(built) == len(REAL.papers)
    with visit(f"{small_site}{name}.html", answer=without_rows) as page:
        for _ in range(
            (len(REAL.papers) - 1) // 100
        ):  # as many as a table draws at once
            page.get_by_role("button", name="Show").first.click()
        made = page.evaluate(ROWS)
    for one, other in zip(made, built, strict=True):
        assert one == other


def without_rows(route: Route) -> None:
    """Give a page all of whose rows but the first are gone."""
    answer = route.fetch()
    head, *rest = re.split(r"(?=<tr role=\"row\" data-mmu-key)", answer.text())
    last = rest[-1].partition("</tr>")[2]
    route.fulfill(response=answer, body=f"{head}{rest[0]}{last.lstrip()}")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["two", "groups"])
def test_a_strict_policy_stops_nothing_of_ours(
    visit: Open, several_site: str, name: str
) -> None:
    with visit(f"{several_site}{name}.html") as page:
        page.evaluate(
            """() => { window.stopped = [];
            addEventListener("securitypolicyviolation", e => stopped.push(e.violatedDirective)); }"""
        )
        field(page).first.fill("image modality:text")
        field(page).first.press("Enter")
        page.locator("td.mmu-pick input").first.check()
        with page.expect_download():
            page.get_by_role("region", name="Selection").get_by_text(
                "Copy or save"
            ).first.click()
            page.get_by_role("button", name="CSV").first.click()
        assert page.evaluate("stopped") == []


@pytest.mark.slow
def test_two_explorers_of_a_page_keep_their_states_apart(
    visit: Open, several_site: str
) -> None:
    with visit(f"{several_site}two.html") as page:
        papers, datasets = page.locator(".mmu-explorer").all()
        field(page).first.fill("concept")
        field(page).nth(1).fill("image")
        expect(page).to_have_url(re.compile("#q=concept&q2=image$"))
        found = [page.evaluate(f"mmu.explorers[{n}].keys()") for n in (0, 1)]
        assert set(found[0]) <= set(REAL.papers.by_key)
        assert set(found[1]) <= set(REAL.datasets.by_key)
        page.reload()
        assert [
            page.evaluate(f"mmu.explorers[{n}].keys()") for n in (0, 1)
        ] == found
        expect(datasets.locator("[data-mmu-count]")).to_have_text(
            str(len(found[1]))
        )
        page.go_back()
        expect(papers.locator("[data-mmu-count]")).to_have_text(
            str(len(found[0]))
        )
        expect(datasets.locator("[data-mmu-count]")).to_have_text(
            str(len(REAL.datasets))
        )


def benchmarks(modality: str = "") -> list[str]:
    """The keys of the benchmarks of the whole database, or of those with a modality."""
    return [
        paper.key
        for paper in REAL.papers.papers
        if paper.tags.get("benchmark")
        and modality in ("", *paper.tags.get("modality", ()))
    ]


@pytest.mark.slow
def test_groups_stay_and_count_what_is_left(
    visit: Open, several_site: str
) -> None:
    with visit(f"{several_site}groups.html") as page:
        heads = page.locator(".mmu-group")
        assert len(rows(page)) == count(page) == len(benchmarks())
        before = heads.all_inner_texts()
        assert sum(int(text.split()[-1]) for text in before) == count(page)
        tick(page, "Modality", "Video")
        assert len(rows(page)) == count(page) == len(benchmarks("video")) > 0
        left = [int(text.split()[-1]) for text in heads.all_inner_texts()]
        assert sum(left) == count(page)
        assert len(left) < len(before)
        page.go_back()
        assert heads.all_inner_texts() == before
        anchor = page.locator("tr[data-mmu-key]").last.get_attribute("id")
        page.evaluate("anchor => { location.hash = anchor }", anchor)
        expect(page.locator(f"tr.mmu-here[id='{anchor}']")).to_be_in_viewport()


@pytest.mark.slow
def test_groups_of_a_page_older_than_its_records_are_all_that_it_counts(
    visit: Open, several_site: str
) -> None:
    def older(route: Route) -> None:
        answer = route.fetch()
        row = r'<tr role="row" [^>]*data-mmu-key.*?</tr>'
        route.fulfill(
            response=answer,
            body=re.sub(row, "", answer.text(), count=2, flags=re.DOTALL),
        )

    with visit(f"{several_site}groups.html") as page:
        every = matching(page)
    with visit(f"{several_site}groups.html", answer=older) as page:
        assert count(page) == len(rows(page)) == len(every) - 2
        assert set(matching(page)) < set(every)
        assert "of" not in page.locator(".mmu-count").inner_text()


@pytest.mark.slow
def test_a_table_of_many_pages_is_whole_for_the_script(
    visit: Open, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    project.write(
        "long.md",
        "# Long\n\n```{mmu:paper-table}\n:facets: kind\n:sort: title\n```\n",
    )
    built = real_project(project, "long", mmu_table_inline_max=100).build()
    assert built.html("long").count("data-mmu-key") == 100
    with serving(built.out, STRICT) as site, visit(f"{site}long.html") as page:
        assert count(page) == len(REAL.papers)
        expect(page.locator(".mmu-pager")).to_have_count(0)
        show_all(page)
        assert rows(page) == matching(page)
        assert len(rows(page)) == len(REAL.papers)
        field(page).fill("zhou2024limitations OR title:limitations")
        assert len(matching(page)) >= 1


# --- several things on a page, and odd ones


@pytest.mark.slow
def test_a_map_and_an_explorer_on_a_page_have_one_filter(
    visit: Open, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    table, figure = ":facets: kind stage", ":rows: stage\n:columns: modality"
    project.write(
        "both.md",
        f"# Both\n\n```{{mmu:paper-table}}\n{table}\n```\n\n```{{mmu:gap-map}}\n{figure}\n```\n",
    )
    built = real_project(project, "both").build()
    with serving(built.out, STRICT) as site, visit(f"{site}both.html") as page:
        drawn = page.locator("figure[data-mmu-map]")
        asked = drawn.get_by_role("searchbox")
        drawn.get_by_role("combobox", name="Columns", exact=True).select_option(
            "target"
        )
        tick(page, "Stage", "Data-side")
        expect(asked).to_have_value("stage:data-side")
        expect(drawn.locator("[role=status]").last).to_contain_text(
            f"{count(page)} papers."
        )
        assert address(page) == {"q": "stage:data-side", "columns": "target"}
        asked.fill("kind:benchmark")
        expect(page.locator(".mmu-chip")).to_have_count(1)
        assert chips(page) == ["Kind is Benchmark"]
        assert address(page) == {"q": "kind:benchmark", "columns": "target"}
        page.go_back()
        expect(asked).to_have_value("stage:data-side")
        assert chips(page) == ["Stage is Data-side"]


ODD = "".join(
    f"@misc{{k{n:03}, title = {{Work {n}}}, year = 2020, __proto__ = {{x}}, "
    f"keywords = {{kind:{'abc'[n % 3]}, constructor:x}}}}\n"
    for n in range(240)
)


@pytest.fixture
def odd(tmp_path: Path) -> Build:
    project = Project(tmp_path)
    project.write("odd.bib", ODD)
    project.write(
        "conf.py",
        'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["odd.bib"]\nhtml_theme = "basic"\n',
    )
    table = "Odd\n===\n\n.. mmu:paper-table::\n   :facets: kind constructor\n   :sort: file\n"
    project.write("index.rst", f"{table}\n.. toctree::\n   groups\n")
    project.write(
        "groups.rst", f"{table.replace('Odd', 'All')}   :group-by: kind\n"
    )
    return project.build(mmu_paper_pages=False)


@pytest.mark.slow
def test_names_that_scripts_have_uses_for_are_names_like_others(
    visit: Open, odd: Build
) -> None:
    with (
        serving(odd.out) as site,
        visit(f"{site}index.html#sort=-constructor&q=constructor:x") as page,
    ):
        assert count(page) == 240
        page.get_by_role("button", name="Show all").click()
        assert len(rows(page)) == 240
        for sort in ("valueOf", "-key", "__proto__"):
            page.evaluate("sort => { location.hash = `sort=${sort}` }", sort)
            assert rows(page)[0] == ("k239" if sort == "-key" else "k000")


@pytest.mark.slow
def test_a_grouped_table_keeps_its_widths_and_leads_to_every_row(
    visit: Open, odd: Build
) -> None:
    with serving(odd.out) as site, visit(f"{site}groups.html#k239") as page:
        expect(
            page.locator("tr.mmu-here[data-mmu-key=k239]")
        ).to_be_in_viewport()
        heads, group = (
            page.locator("thead th:visible").count(),
            page.locator(".mmu-group th").first,
        )
        assert group.evaluate("th => th.colSpan") == heads


@pytest.mark.slow
def test_what_is_asked_for_as_rows_follow_is_found(
    visit: Open, odd: Build
) -> None:
    with serving(odd.out) as site, visit(f"{site}index.html") as page:
        field(page).press_sequentially("w")
        page.get_by_role("button", name="Show 100 more").click()
        assert (
            page.evaluate("document.activeElement.closest('tr').dataset.mmuKey")
            == "k100"
        )
        page.evaluate("location.hash = 'q=%CC%81'")
        assert len(rows(page)) == LIMIT


# --- many papers


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """More papers than are made ready for a search at once."""
    project = Project(tmp_path_factory.mktemp("many"))
    entries = (
        f"@misc{{k{n:04}, title = {{Work {n} on {'fog' if n % 2 else 'rain'}}}, author = {{Kim, {n}}},"
        f" year = {{{2000 + n % 20}}}, keywords = {{kind:{'odd' if n % 2 else 'even'}}}}}"
        for n in range(1001)
    )
    project.write("many.bib", "\n".join(entries))
    project.write(
        "conf.py",
        'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["many.bib"]\nhtml_theme = "basic"\n',
    )
    project.write(
        "index.rst", "Many\n====\n\n.. mmu:paper-table::\n   :facets: kind\n"
    )
    return project.build(mmu_paper_pages=False)


BUSY = "window.requestIdleCallback = undefined"
"""Nothing is made before it is asked for."""
IDLE = """window.waiting = 0;
const idle = requestIdleCallback;
window.requestIdleCallback = act => {
  waiting++;
  idle(deadline => { act(deadline); waiting--; });
};"""
"""Counts what waits until nothing else is to be done."""
TYPED = """([text, after]) => {
  const input = document.querySelector(".mmu-search input");
  input.value = text;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  const at = [mmu.explorers[0].keys().length, history.length];
  if (after === "enter") input.form.requestSubmit();
  else if (after) location.hash = after;
  return at;
}"""


def typed(page: Page, text: str, after: str = "") -> int:
    """Type a first text, and at once do something else; how long the history was before."""
    matching_then, length = page.evaluate(TYPED, [text, after])
    assert matching_then == 1001
    return int(length)


@pytest.mark.slow
def test_of_many_papers_the_first_text_waits_for_the_search(
    visit: Open, many: Build
) -> None:
    with serving(many.out) as site, visit(f"{site}index.html", BUSY) as page:
        before = typed(page, "fo")
        expect(page.locator("[data-mmu-count]")).to_have_text("500")
        expect(page).to_have_url(re.compile("#q=fo"))
        assert page.evaluate("history.length") == before + 1
        assert (
            option(page, "Kind", "Odd").locator(".mmu-n").inner_text() == "500"
        )
        assert (
            option(page, "Kind", "Even").locator(".mmu-n").inner_text() == "0"
        )
        assert len(rows(page)) == LIMIT
        page.go_back()
        expect(page.locator("[data-mmu-count]")).to_have_text("1,001")


@pytest.mark.slow
def test_of_many_papers_a_condition_that_is_entered_at_once_is_one_step(
    visit: Open, many: Build
) -> None:
    with serving(many.out) as site, visit(f"{site}index.html", BUSY) as page:
        before = typed(page, "kind:odd fo", "enter")
        settle(page)
        assert (field(page).input_value(), len(chips(page))) == ("fo", 1)
        assert page.evaluate("history.length") == before + 1


def test_of_many_papers_an_address_takes_the_place_of_what_was_typed(
    visit: Open, many: Build
) -> None:
    with serving(many.out) as site, visit(f"{site}index.html", BUSY) as page:
        typed(page, "fo", "#q=kind:even")
        expect(page.locator("[data-mmu-count]")).to_have_text("501")
        settle(page)
        assert (field(page).input_value(), count(page)) == ("", 501)
        assert address(page) == {"q": "kind:even"}


@pytest.mark.slow
def test_of_many_papers_a_first_text_that_cannot_be_read_leaves_the_rest_whole(
    visit: Open, many: Build
) -> None:
    with serving(many.out) as site, visit(f"{site}index.html", BUSY) as page:
        typed(page, "kind:")
        expect(page.locator(".mmu-fault")).not_to_be_empty()
        expect(option(page, "Kind", "Odd")).to_be_visible()
        assert len(rows(page)) == LIMIT


@pytest.mark.slow
def test_of_many_papers_the_search_is_there_once_nothing_else_is_to_be_done(
    visit: Open, many: Build
) -> None:
    with serving(many.out) as site, visit(f"{site}index.html", IDLE) as page:
        page.wait_for_function("mmu.explorers?.length && !waiting")
        assert page.evaluate(TYPED, ["fo", ""])[0] == 500
