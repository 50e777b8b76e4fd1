"""The address of the explorer in Chromium: keys and anchors, and the history."""

from __future__ import annotations

import re

import pytest
from browsing import Open
from explorers import (
    address,
    exclude,
    explorer,
    field,
    follow,
    in_python,
    matching,
    rows,
    show_all,
    tick,
)
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.mark.slow
def test_a_key_in_the_address_leads_to_its_row(visit: Open, base: str) -> None:
    last = in_python()[-1]
    with visit(f"{base}papers/index.html#{last}") as page:
        expect(page.locator(f"tr[data-mmu-key='{last}']")).to_be_in_viewport()
        expect(page.locator("tr.mmu-here")).to_have_count(1)
        first = in_python()[0]
        page.evaluate("key => { location.hash = key }", first)
        expect(
            page.locator(f"tr.mmu-here[data-mmu-key='{first}']")
        ).to_be_in_viewport()


def test_an_anchor_of_the_page_changes_nothing(visit: Open, base: str) -> None:
    with visit(explorer(base, "kind:attack")) as page:
        follow(page, "papers")
        assert matching(page) == in_python("kind:attack")


@pytest.mark.slow
def test_back_forward_and_reload_restore_the_same_rows(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        seen = [rows(page)]
        tick(page, "Kind", "Method")
        seen.append(rows(page))
        page.get_by_role("columnheader", name="Venue").get_by_role(
            "button"
        ).click()
        seen.append(rows(page))
        field(page).press_sequentially("diffusion model", delay=20)
        expect(page).to_have_url(re.compile("%20diffusion%20model"))
        seen.append(rows(page))
        exclude(page, "Target", "Concept")
        seen.append(rows(page))
        assert len({tuple(s) for s in seen}) == len(seen)
        page.reload()
        assert rows(page) == seen[-1]
        for wanted in seen[-2::-1]:
            page.go_back()
            assert rows(page) == wanted
        expect(field(page)).to_have_value("")
        for wanted in seen[1:]:
            page.go_forward()
            assert rows(page) == wanted
        expect(field(page)).to_have_value("diffusion model")


@pytest.mark.slow
def test_coming_back_from_a_paper_s_page_finds_the_rows_and_the_place(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        show_all(page)
        link = page.locator("tr[data-mmu-key] th a.mmu-title").nth(104)
        link.scroll_into_view_if_needed()
        place = page.evaluate("scrollY")
        link.click()
        page.wait_for_url("**/paper/**")
        page.go_back()
        page.wait_for_function("mmu.explorers?.length")
        assert rows(page) == in_python()
        page.wait_for_function(
            "place => Math.abs(scrollY - place) < 400", arg=place
        )


@pytest.mark.slow
def test_the_selection_is_in_the_address_and_all_is_a_star(
    visit: Open, base: str
) -> None:
    first, second = in_python("kind:attack")[:2]
    with visit(explorer(base, "kind:attack")) as page:
        for key in (first, second):
            page.locator(f"tr[data-mmu-key='{key}'] input").check()
        assert address(page) == {"q": "kind:attack", "sel": f"{first},{second}"}
        every = page.get_by_role("checkbox", name="Select all")
        assert every.evaluate("box => box.indeterminate")
        page.reload()
        assert page.evaluate("mmu.explorers[0].selected()") == [first, second]
        every.check()
        assert address(page) == {"q": "kind:attack", "sel": "*"}
        page.reload()
        assert sorted(page.evaluate("mmu.explorers[0].selected()")) == sorted(
            in_python("kind:attack")
        )
        tick(page, "List", "Diffusion")
        expect(page.get_by_role("region", name="Selection")).to_contain_text(
            "not among the results"
        )
        page.get_by_role("button", name="Clear", exact=True).click()
        expect(page.get_by_role("region", name="Selection")).to_be_hidden()
        assert "sel" not in address(page)
