"""The gap map in Chromium: what readers choose, what the address holds, and that the script counts
as Python does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import CLIPBOARD, Open
from playwright.sync_api import Browser, Locator, Page, expect
from support import BIBS, REPOSITORY, TOMLS, Project, some_slow

pytestmark = [pytest.mark.browser, pytest.mark.site]

PAIRS = [
    ("stage", "target"),
    ("stage/2", "modality"),
    ("target", "stage/2"),
    ("kind", "list"),
    ("modality", "kind"),
    ("metric/2", "benchmark"),
    ("target", "challenge"),
    ("stage/2", "metric/3"),
]
FILTERS = [
    "",
    "list:vlm OR list:dm",
    "has:code -kind:survey",
    "year:[2024 TO *] (audio OR video)",
    "target:concept",
    'title:"unlearning" AND NOT venue:ICLR',
    "key:fan2023salun",
]
CASES = [
    (*pair, text, n % 3 + 1)
    for n, (pair, text) in enumerate(product(PAIRS, FILTERS))
]
FIGURE = """figure => ({
  words: [...figure.querySelectorAll("figcaption b, .mmu-hint:not(noscript *)")].map(part => part.outerHTML),
  table: figure.querySelector(".mmu-scroll").innerHTML,
})"""
WRITTEN = f"""
  const there = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-mmu-map], .mmu-empty");
  return [...there].map(f => f.matches("[data-mmu-map]") ? ({FIGURE})(f) : null);
"""
SETTINGS = """
extensions = ["sphinx_mmu"]
mmu_bibfiles = [{bibs}]
mmu_dataset_bibfiles = [r"{refs}/datasets.bib"]
mmu_background_bibfiles = [r"{refs}/background.bib"]
mmu_vocabulary = [{words}]
mmu_explorer = "every"
mmu_paper_pages = False
suppress_warnings = ["mmu"]
"""
EVERY = "Every\n=====\n\n.. mmu:paper-table::\n   :facets:\n\n.. mmu:term-list:: stage\n   :depth: 2\n"


def listed(names: list[str]) -> str:
    """Files of the database as a setting lists them."""
    return ", ".join(f'r"{REPOSITORY / "refs" / name}"' for name in names)


def settings(words: str) -> str:
    return SETTINGS.format(
        refs=REPOSITORY / "refs", bibs=listed(BIBS), words=words
    )


@pytest.fixture
def gap_map(base: str, visit: Open) -> Iterator[Page]:
    with visit(f"{base}gap-map.html") as page:
        yield page


def figure(page: Page) -> Locator:
    return page.locator("[data-mmu-map]").first


def choose(page: Page, label: str, value: str) -> None:
    figure(page).get_by_role("combobox", name=label, exact=True).select_option(
        value
    )


def finding(page: Page) -> str:
    return figure(page).locator("figcaption b").inner_text()


def asked(page: Page) -> str:
    """What the address holds, readable."""
    return unquote(page.evaluate("location.hash"))


# --- the same as Python


def directive(rows: str, columns: str, text: str, least: int) -> str:
    lines = [
        ".. mmu:gap-map::",
        f"   :rows: {rows}",
        f"   :columns: {columns}",
        f"   :expect: {least}",
    ]
    return "\n".join(
        [
            *lines,
            *([f"   :filter: {text}"] if text else []),
            "   :empty: ok",
            "",
            "",
        ]
    )


@pytest.mark.parametrize(
    "words", some_slow([True, False], [True]), ids=["vocabulary", "none"]
)
def test_the_script_draws_what_python_writes(
    words: bool,
    tmp_path: Path,
    visit: Open,
) -> None:
    files = listed(TOMLS) if words else ""
    project = Project(tmp_path)
    project.write("conf.py", settings(files))
    project.write(
        "index.rst", "Maps\n====\n\n.. toctree::\n\n   every\n   one\n   all\n"
    )
    project.write(
        "every.rst", EVERY if words else EVERY.partition(".. mmu:term-list")[0]
    )
    project.write(
        "one.rst", f"One\n===\n\n{directive('stage', 'modality', '', 1)}"
    )
    project.write(
        "all.rst", "All\n===\n\n" + "".join(directive(*case) for case in CASES)
    )
    out = project.build().out
    with visit((out / "all.html").as_uri(), java_script_enabled=False) as page:
        html = page.content()
    with visit((out / "one.html").as_uri()) as page:
        written = page.evaluate(f"html => {{ {WRITTEN} }}", html)
        assert len(written) == len(CASES)
        drawn = [
            redrawn(page, case) if there else None
            for case, there in zip(CASES, written, strict=True)
        ]
        empty = [
            case
            for case, there in zip(CASES, written, strict=True)
            if not there
        ]
        for case in empty:
            show(page, case)
            assert figure(page).locator("table").count() == 0
            assert re.match(r"Nothing matches|None of", finding(page))
    assert drawn == written
    assert len(CASES) - len(empty) > 20


def show(page: Page, case: tuple[str, str, str, int]) -> None:
    rows, columns, text, least = case
    page.evaluate(
        "hash => new Promise(done => { addEventListener('hashchange', done, { once: true });"
        " location.hash = hash; })",
        f"#q={quote(text, safe='')}&rows={rows}&columns={columns}&expect={least}&n={CASES.index(case)}",
    )


def redrawn(page: Page, case: tuple[str, str, str, int]) -> dict[str, Any]:
    show(page, case)
    found: dict[str, Any] = figure(page).evaluate(FIGURE)
    return found


# --- choosing


@pytest.mark.slow
def test_no_facet_is_crossed_with_itself(gap_map: Page) -> None:
    page, written = gap_map, figure(gap_map).evaluate(FIGURE)
    choose(page, "Rows", "stage")
    choose(page, "Columns", "modality")
    choose(page, "Rows", "modality")
    assert asked(page) == "#rows=modality&columns=stage"
    choose(page, "Columns", "modality")
    assert asked(page) == "#rows=stage&columns=modality"
    page.evaluate("location.hash = '#rows=modality&columns=modality'")
    expect(figure(page).get_by_role("button", name="Reset")).to_be_hidden()
    assert figure(page).evaluate(FIGURE) == written


def test_a_reader_chooses_rows_columns_and_what_counts_as_a_gap(
    gap_map: Page,
) -> None:
    page, first = gap_map, finding(gap_map)
    choose(page, "Rows", "stage")
    assert asked(page) == "#rows=stage"
    expect(figure(page).locator("tbody th")).to_have_count(5)
    assert (
        figure(page).locator("tbody th").first.inner_text().split()[-1]
        == "Data-side"
    )
    choose(page, "Columns", "modality")
    assert asked(page) == "#rows=stage&columns=modality"
    assert "Motion" in figure(page).locator("thead").inner_text()
    gaps = figure(page).locator("td.mmu-gap")
    none = gaps.count()
    choose(page, "Columns", "target")
    least = figure(page).get_by_label("Expected for a gap")
    many = gaps.count()
    least.fill("2")
    least.press("Enter")
    assert "expect=2" in asked(page)
    assert 0 == none < gaps.count() < many
    for none_such in ("", "0", "2.5"):
        least.fill(none_such)
        least.press("Enter")
        assert (least.input_value(), "expect=2" in asked(page)) == ("2", True)
    figure(page).get_by_role("button", name="Swap").click()
    assert (
        figure(page).locator("thead th").nth(1).inner_text().split()[-1]
        == "Data-side"
    )
    figure(page).get_by_role("button", name="Reset").click()
    assert (asked(page), finding(page)) == ("", first)
    assert figure(page).get_by_role("button", name="Reset").count() == 0


@pytest.mark.slow
def test_back_forward_reload_and_a_shared_address_show_the_same_map(
    gap_map: Page, base: str
) -> None:
    page, states = gap_map, []
    for label, value in (
        ("Rows", "kind"),
        ("Columns", "stage"),
        ("Rows", "list"),
    ):
        choose(page, label, value)
        states.append((asked(page), figure(page).locator("table").inner_html()))

    def now() -> tuple[str, str]:
        return asked(page), figure(page).locator("table").inner_html()

    page.go_back()
    page.wait_for_function(
        "hash => decodeURIComponent(location.hash) === hash", arg=states[1][0]
    )
    assert now() == states[1]
    page.go_back()
    page.wait_for_function(
        "hash => decodeURIComponent(location.hash) === hash", arg=states[0][0]
    )
    assert now() == states[0]
    page.go_forward()
    page.go_forward()
    page.wait_for_function(
        "hash => decodeURIComponent(location.hash) === hash", arg=states[2][0]
    )
    assert now() == states[2]
    page.reload()
    assert now() == states[2]
    page.goto("about:blank")
    page.goto(f"{base}gap-map.html{states[1][0]}")
    assert now() == states[1]


def test_a_filter_is_typed_in_the_language_of_directives(gap_map: Page) -> None:
    page = gap_map
    field = figure(page).get_by_role("searchbox")
    total = figure(page).locator("tfoot td").last
    before = int(total.inner_text())
    steps = page.evaluate("history.length")
    field.press_sequentially("kind:method -has:code")
    assert asked(page) == "#q=kind:method -has:code"
    assert (
        page.evaluate("history.length") == steps + 1
    )  # one step back undoes the typing
    assert 0 < int(total.inner_text()) < before
    caption = figure(page).locator("figcaption span").inner_text()
    assert caption.endswith("Only papers that match kind:method -has:code.")
    now = total.inner_text()
    field.fill("kind:method AND (")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(figure(page).get_by_role("status").first).to_contain_text(
        "never closed"
    )
    assert total.inner_text() == now  # the last map that can be shown stays
    copy = figure(page).get_by_role(
        "button", name="Copy as directive", include_hidden=True
    )
    expect(copy).to_be_hidden()  # without ?author in the address
    expect(copy).to_be_disabled()
    field.fill("stgae:training-time")
    expect(figure(page).get_by_role("status").first).to_contain_text(
        "did you mean 'stage'?"
    )
    field.fill("")
    assert int(total.inner_text()) == before


def test_a_number_leads_to_as_many_papers(gap_map: Page) -> None:
    page = gap_map
    choose(page, "Columns", "modality")
    figure(page).get_by_role("searchbox").fill("has:code")
    cell = figure(page).locator("td[class^=mmu-q] a").first
    number = cell.evaluate("a => a.firstChild.textContent")
    words = cell.locator(".mmu-sr").text_content()
    assert words == " Data-path perturbation × Text"
    cell.click()
    expect(page.locator("[data-mmu-explorer] [data-mmu-count]")).to_have_text(
        number
    )
    assert "modality:text" in asked(page)


def test_all_of_it_is_used_by_keyboard(gap_map: Page) -> None:
    page = gap_map
    figure(page).get_by_role("combobox", name="Rows", exact=True).focus()
    page.keyboard.type("Tar")
    assert "rows=target" in asked(page)
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.type("audio")
    assert "q=audio" in asked(page)
    for _ in range(2):
        page.keyboard.press("Tab")
    assert (
        page.evaluate("document.activeElement.getAttribute('role')") == "group"
    )  # the table's own scroll box
    page.keyboard.press("Tab")
    assert (
        page.evaluate("document.activeElement.closest('table')?.className")
        == "mmu-map"
    )


def test_two_maps_of_a_page_keep_their_own_choice(gap_map: Page) -> None:
    page = gap_map
    maps = page.locator("[data-mmu-map]")
    untouched = maps.first.locator("table").inner_html()
    maps.nth(1).get_by_role("combobox", name="Rows", exact=True).select_option(
        "kind"
    )
    assert asked(page) == "#rows2=kind"
    assert maps.first.locator("table").inner_html() == untouched
    choose(page, "Rows", "stage")
    assert asked(page) == "#rows2=kind&rows=stage"


@pytest.mark.slow
@pytest.mark.parametrize(
    "q",
    [
        "kind:method has:code",
        '-"such a: thing"\n-kind:attack',
        "kind:method\nhas:code",
    ],
)
def test_the_directive_that_is_copied_makes_the_map_that_is_shown(
    served_site: str, visit: Open, tmp_path: Path, q: str
) -> None:
    with visit(
        f"{served_site}gap-map.html?author#q={quote(q)}&rows=target&expect=2&columns=modality",
        **CLIPBOARD,
    ) as page:
        figure(page).get_by_role("button", name="Copy as directive").click()
        expect(
            figure(page).get_by_role("button", name="Copied")
        ).to_be_visible()
        text = page.evaluate("navigator.clipboard.readText()")
        shown = figure(page).locator("table").inner_text()
        said = [
            finding(page),
            figure(page).locator("figcaption span").inner_text(),
        ]
    assert text.startswith("```{mmu:gap-map}\n:filter: ")
    project = Project(tmp_path)
    conf = settings(listed(TOMLS)).replace(
        '["sphinx_mmu"]', '["myst_parser", "sphinx_mmu"]'
    )
    project.write("conf.py", conf.replace('suppress_warnings = ["mmu"]', ""))
    project.write("index.md", f"# Map\n\n{text}")
    build = project.build()
    assert build.warnings == []
    with visit(
        (build.out / "index.html").as_uri(), java_script_enabled=False
    ) as page:
        assert (
            figure(page).locator("table").inner_text().split() == shown.split()
        )
        assert [
            finding(page),
            figure(page).locator("figcaption span").inner_text(),
        ] == said


def test_without_scripts_the_map_is_whole_and_nothing_is_dead(
    base: str, visit: Open
) -> None:
    with visit(f"{base}gap-map.html", java_script_enabled=False) as page:
        assert figure(page).locator("select, input, button").count() == 0
        assert figure(page).locator("tbody tr").count() == 12
        assert figure(page).locator("td.mmu-gap").count() > 5
        figure(page).locator("td[class^=mmu-q] a").first.click()
        expect(page).to_have_url(re.compile("/papers/index.html#q="))


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(
    html_site: Path, chromium: Browser, width: int, scheme: Any
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(
        f"{html_site.as_uri()}/gap-map.html#q=has:code&rows=target&columns=stage/2"
    )
    found = (
        Axe()
        .run(page, options={"resultTypes": ["violations"]})
        .response["violations"]
    )
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
