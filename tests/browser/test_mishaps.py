"""What readers meet where a file does not come, comes late, or the browser refuses something."""

from __future__ import annotations

import pytest
from browsing import Open, Windows, serving
from explorers import explorer, field, matching
from playwright.sync_api import Route, expect
from support import Build, Project

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.slow]

WINDOW = {"viewport": {"width": 1280, "height": 900}}
OPTIONS = ".mmu-palette [role=option]"


def lost(route: Route) -> None:
    route.fulfill(status=404)


def test_files_that_failed_to_load_are_requested_again(
    windows: Windows, served_site: str
) -> None:
    with windows.page(WINDOW) as page:
        page.route("**/mmu-papers-export.js*", lost)
        page.goto(explorer(served_site))
        menu = page.get_by_text("Download", exact=True)
        menu.click()
        expect(page.get_by_text("Not loaded: try again")).to_be_visible()
        page.unroute("**/mmu-papers-export.js*")
        menu.click()
        menu.click()
        expect(
            page.locator(".mmu-menu[open]").get_by_role(
                "button", name="BibTeX", exact=True
            )
        ).to_be_visible()


def test_a_search_that_failed_to_load_is_reported_while_one_types_and_requested_again(
    windows: Windows, served_site: str
) -> None:
    with windows.page(WINDOW) as page:
        page.route("**/mmu-find-data.js*", lost)
        page.goto(f"{served_site}metrics.html")
        page.keyboard.press("Control+k")
        status = page.locator(".mmu-palette [role=status]")
        expect(status).to_have_text("The search could not be loaded.")
        page.keyboard.type("salun")
        expect(status).to_have_text("The search could not be loaded.")
        way = page.locator(OPTIONS).get_attribute("href") or ""
        assert way.endswith("search.html?q=salun")
        page.get_by_role("button", name="Close").click()
        page.unroute("**/mmu-find-data.js*")
        page.keyboard.press("Control+k")
        page.keyboard.type("salun")
        expect(page.locator(OPTIONS).first).to_contain_text("SalUn")


@pytest.mark.parametrize("awaited", ["mmu-search.js", "mmu-find-data.js"])
def test_what_is_typed_before_the_search_is_there_stays_and_is_found(
    awaited: str, windows: Windows, served_site: str
) -> None:
    with windows.page(WINDOW) as page:
        box = page.locator(
            "main input[name=q], [role=main] input[name=q]"
        ).first

        def type_before(route: Route) -> None:
            box.evaluate("input => { input.value = 'salun'; }")
            route.continue_()

        page.route(f"**/{awaited}*", type_before)
        page.goto(f"{served_site}search.html?q=video")
        expect(page.locator(".search-summary")).to_contain_text("“salun”")
        expect(box).to_have_value("salun")


def test_keys_are_off_though_nothing_can_be_remembered(
    visit: Open, served_site: str
) -> None:
    full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    with visit(explorer(served_site), full, alone=True) as page:
        page.locator("h1").click()
        page.keyboard.press("?")
        box = page.locator(".mmu-keys .mmu-shortcuts input")
        box.uncheck()
        page.keyboard.press("Escape")
        page.locator("h1").click()
        page.keyboard.press("/")
        expect(field(page)).not_to_be_focused()


@pytest.mark.parametrize("name", ["gap-map.html", "compare.html"])
def test_an_address_that_may_not_change_keeps_nothing_from_being_shown(
    visit: Open, served_site: str, name: str
) -> None:
    strict = "history.pushState = history.replaceState = () => { throw new DOMException('too often', 'SecurityError'); }"
    with visit(f"{served_site}{name}", strict, alone=True) as page:
        if name == "compare.html":
            page.get_by_role("combobox", name="Add a paper").press_sequentially(
                "salun"
            )
            page.keyboard.press("Enter")
            expect(page.locator("thead th[data-mmu-key]")).to_have_count(1)
        else:
            total = (
                page.locator("[data-mmu-map]").first.locator("tfoot td").last
            )
            before = total.inner_text()
            page.locator("[data-mmu-map] input[type=search]").first.fill(
                "kind:method"
            )
            expect(total).not_to_have_text(before)


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Two tables of the same papers, of which the second shows a field."""
    project = Project(tmp_path_factory.mktemp("notes"))
    project.write(
        "some.bib",
        "@misc{a, title = {Alpha}, year = 2020, keywords = {kind:x}, note = {obsidian}}\n"
        "@misc{b, title = {Beta}, year = 2021, keywords = {kind:x}, note = {marble}}\n",
    )
    project.write(
        "conf.py",
        'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["some.bib"]\nhtml_theme = "basic"\n'
        'mmu_publish_fields = ["note"]\n',
    )
    table = ".. mmu:paper-table::\n   :facets: kind\n   :columns: paper date"
    project.write("index.rst", f"Notes\n=====\n\n{table}\n\n{table} note\n")
    return project.build(mmu_paper_pages=False)


def test_each_table_searches_its_own_columns(visit: Open, notes: Build) -> None:
    with (
        serving(notes.out) as site,
        visit(f"{site}index.html#q2=obsidian") as page,
    ):
        assert page.evaluate("mmu.explorers[1].keys()") == ["a"]
        assert set(matching(page)) == {"a", "b"}
