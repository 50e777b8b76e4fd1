"""The search that opens over every page, in Chromium: by keyboard, from a server and a folder, light
and dark, on a phone.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Open
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site]

OPTIONS = ".mmu-palette [role=option]"


def ask(page: Page, words: str) -> None:
    """Open it and type; the records are loaded then."""
    page.keyboard.press("Control+k")
    expect(page.locator(".mmu-palette[open] [role=combobox]")).to_be_focused()
    page.keyboard.type(words)
    expect(page.locator(OPTIONS).first).to_be_visible(timeout=20_000)


def chosen(page: Page) -> str:
    return str(page.locator(f"{OPTIONS}[aria-selected=true]").inner_text())


def test_a_name_leads_to_its_page_in_two_keys(base: str, visit: Open) -> None:
    with visit(f"{base}metrics.html") as page:
        ask(page, "salun")
        assert "SalUn" in chosen(page)
        page.keyboard.press("Enter")
        page.wait_for_url("**/paper/fan2023salun.html")


def test_the_slash_opens_it_and_escape_gives_the_focus_back(
    base: str, visit: Open
) -> None:
    with visit(f"{base}glossary.html") as page:
        link = page.locator("article p a").first
        link.focus()
        page.keyboard.press("/")
        field = page.locator(".mmu-palette [role=combobox]")
        expect(field).to_be_focused()
        expect(field).to_have_value("")
        page.keyboard.press("Escape")
        expect(page.locator(".mmu-palette")).not_to_be_visible()
        expect(link).to_be_focused()


def test_arrows_walk_through_the_groups_and_round(
    base: str, visit: Open
) -> None:
    with visit(f"{base}index.html") as page:
        ask(page, "concept erasure")
        count = page.locator(OPTIONS).count()
        groups = page.locator(".mmu-palette [role=group]").count()
        first = chosen(page)
        assert groups >= 4
        page.keyboard.press("ArrowUp")
        assert "All " in chosen(page)
        page.keyboard.press("ArrowDown")
        assert chosen(page) == first
        walked = []
        for _ in range(count):
            walked.append(chosen(page))
            page.keyboard.press("ArrowDown")
        # As they are seen.
        assert walked == page.locator(OPTIONS).all_inner_texts()
        assert chosen(page) == first
        active = page.locator(".mmu-palette [role=combobox]").get_attribute(
            "aria-activedescendant"
        )
        assert (
            page.locator(f"#{active}").get_attribute("aria-selected") == "true"
        )


def test_a_venue_and_year_are_offered_as_a_filter(
    base: str, visit: Open
) -> None:
    with visit(f"{base}index.html") as page:
        ask(page, "CVPR 2024")
        page.locator(OPTIONS, has_text=re.compile("^venue:CVPR/2024 ")).click()
        page.wait_for_url("**/papers/index.html#q=*")
        assert page.evaluate("mmu.explorers[0].text()") == "venue:CVPR/2024"


@pytest.mark.slow
def test_enter_opens_the_search_page_where_no_hit_is_called_so(
    base: str, visit: Open
) -> None:
    with visit(f"{base}taxonomy/index.html") as page:
        ask(page, "uncelarn canvas")
        assert chosen(page).startswith("All ")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=uncelarn%20canvas")


def test_the_field_of_the_site_says_how_and_opens_it(
    base: str, visit: Open
) -> None:
    with visit(f"{base}index.html") as page:
        field = page.locator(".sidebar-search")
        assert re.search(
            r"\(/ or (Ctrl|⌘) K\)", field.get_attribute("placeholder") or ""
        )
        field.click()
        expect(
            page.locator(".mmu-palette[open] [role=combobox]")
        ).to_be_focused()


@pytest.mark.slow
def test_an_explorer_keeps_the_slash(base: str, visit: Open) -> None:
    with visit(f"{base}papers/index.html") as page:
        expect(page.locator(".mmu-live")).to_be_visible()
        page.locator("h1").click()
        page.keyboard.press("/")
        expect(page.get_by_label("Find", exact=True)).to_be_focused()
        assert page.locator(".mmu-palette[open]").count() == 0
        page.keyboard.press("Control+k")
        expect(
            page.locator(".mmu-palette[open] [role=combobox]")
        ).to_be_focused()


@pytest.mark.slow
def test_hostile_words_are_only_words(base: str, visit: Open) -> None:
    with visit(f"{base}index.html") as page:
        ask(page, '"><img src=x onerror=alert(1)> __proto__')
        assert page.locator(".mmu-palette img").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(
    served_site: str, visit: Open, width: int, scheme: str
) -> None:
    settings = {
        "viewport": {"width": width, "height": 800},
        "color_scheme": scheme,
    }
    with visit(
        f"{served_site}overview.html", **{**settings, "bypass_csp": True}
    ) as page:
        ask(page, "what is direct gradient")
        assert (
            page.evaluate("document.documentElement.scrollWidth - innerWidth")
            <= 0
        )
        assert [
            found["id"] for found in Axe().run(page).response["violations"]
        ] == []


# --- the field of the home page


@pytest.mark.parametrize("scripts", [True, False])
def test_the_box_of_the_home_page_leads_to_the_explorer(
    base: str,
    visit: Open,
    scripts: bool,
) -> None:
    with visit(f"{base}index.html", java_script_enabled=scripts) as page:
        field = page.locator(".mmu-search-box input")
        field.focus()
        page.keyboard.type("salun")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/papers/index\.html[?#]"))
        if scripts:
            expect(page.locator(".mmu-live")).to_be_visible()
            expect(page).to_have_url(re.compile(r"papers/index\.html#q=salun$"))
            assert page.evaluate("mmu.explorers[0].text()") == "salun"
        expect(page.locator("tr", has_text="SalUn").first).to_be_visible()


@pytest.mark.slow
def test_a_click_on_the_box_opens_the_palette_which_leads_there_too(
    base: str, visit: Open
) -> None:
    with visit(f"{base}index.html") as page:
        page.locator(".mmu-search-box input").click()
        expect(
            page.locator(".mmu-palette[open] [role=combobox]")
        ).to_be_focused()
        page.keyboard.type("concept erasure")
        page.locator(OPTIONS, has_text="In the list of papers").click()
        page.wait_for_url("**/papers/index.html#q=concept%20erasure")
        assert page.evaluate("mmu.explorers[0].text()") == "concept erasure"


@pytest.mark.slow
def test_a_heading_in_full_comes_first_whatever_its_words(
    base: str, visit: Open
) -> None:
    with visit(f"{base}index.html") as page:
        for words, first in (
            ("HOW TO CITE", "cite.html"),
            ("compare", "compare.html"),
        ):
            ask(page, words)
            option = page.locator("[role=option]").first
            expect(option).to_have_attribute("href", re.compile(rf"/{first}$"))
            page.keyboard.press("Escape")
