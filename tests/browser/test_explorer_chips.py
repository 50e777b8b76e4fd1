"""Conditions of the explorer in Chromium: chips, and what an empty result offers."""

from __future__ import annotations

import pytest
from browsing import Open
from explorers import (
    ALL,
    address,
    chips,
    count,
    count_in_python,
    explorer,
    field,
    in_python,
    matching,
    rows,
    tick,
)
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.mark.slow
def test_a_chip_is_turned_round_and_removed_and_focus_stays_near(
    visit: Open, base: str
) -> None:
    with visit(
        explorer(base, "stage:data-side kind:(method OR attack)")
    ) as page:
        page.get_by_role("button", name="Stage is Data-side: invert").click()
        assert chips(page) == [
            "Stage is not Data-side",
            "Kind is Method or Attack",
        ]
        expect(
            page.get_by_role("button", name="Stage is not Data-side: invert")
        ).to_be_focused()
        page.get_by_role("button", name="Remove Kind is Attack").click()
        assert address(page)["q"] == "-stage:data-side kind:method"
        assert page.evaluate(
            "document.activeElement.closest('.mmu-chips, .mmu-search') !== null"
        )
        page.get_by_role("button", name="Remove Kind is Method").click()
        page.get_by_role("button", name="Remove Stage is not Data-side").click()
        expect(field(page)).to_be_focused()
        expect(page.locator(".mmu-chips")).to_be_hidden()
        assert address(page) == {}


@pytest.mark.slow
def test_all_conditions_are_cleared_at_once(visit: Open, base: str) -> None:
    with visit(explorer(base, "stage:data-side year:2023 fog")) as page:
        page.get_by_role("button", name="Clear all").click()
        assert address(page) == {}
        expect(field(page)).to_have_value("")
        expect(field(page)).to_be_focused()
        assert count(page) == ALL


@pytest.mark.slow
def test_a_chip_can_be_taken_away_after_going_back(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        tick(page, "Stage", "Data-side")
        page.get_by_role("combobox", name="Sort").select_option("title")
        page.go_back()
        page.get_by_role("button", name="Remove Stage is Data-side").click()
        assert chips(page) == []
        assert matching(page) == in_python()


def test_an_empty_result_names_each_condition_and_what_would_be_left(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, "modality:audio kind:method zebra")) as page:
        box = page.locator(".mmu-empty")
        expect(box).to_contain_text("No paper matches all of these.")
        leaves = {
            "zebra": count_in_python("modality:audio kind:method"),
            "Modality is Audio": count_in_python("kind:method zebra"),
            "Kind is Method": count_in_python("modality:audio zebra"),
        }
        assert ways_out(page) == [
            f"Without “{name}”: {n}"
            for name, n in sorted(leaves.items(), key=lambda way: -way[1])
        ] + ["Search all of this site for “zebra”"]
        expect(page.get_by_role("table")).to_be_hidden()
        box.get_by_role("button", name="Without “zebra”").click()
        assert address(page)["q"] == "modality:audio kind:method"
        assert rows(page) == in_python("modality:audio kind:method")


def test_where_one_condition_less_is_not_enough_all_can_go(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, "zebra unicorn")) as page:
        expect(page.locator(".mmu-empty")).to_contain_text(
            "No paper matches all of these, or all but one of them."
        )
        assert ways_out(page) == [
            f"Without any of them: {ALL}",
            "Search all of this site for “zebra unicorn”",
        ]
        page.locator(".mmu-empty").get_by_role(
            "button", name="Without any of them"
        ).click()
        assert (address(page), count(page)) == ({}, ALL)


def ways_out(page: Page) -> list[str]:
    """What an empty result offers."""
    return [
        " ".join(text.split())
        for text in page.locator(".mmu-empty li").all_inner_texts()
    ]
