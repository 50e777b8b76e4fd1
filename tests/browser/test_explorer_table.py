"""The table of the explorer in Chromium: order, columns, and how many rows are drawn."""

from __future__ import annotations

import itertools

import pytest
from browsing import Open
from explorers import (
    ALL,
    LIMIT,
    REAL,
    address,
    count_in_python,
    explorer,
    in_python,
    matching,
    number,
    rows,
    show_all,
    tick,
)
from playwright.sync_api import expect
from support import some_slow

from sphinx_mmu.views.arranged import SORTS

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.mark.parametrize(
    "sort",
    some_slow(
        [f"{sign}{name}" for name in SORTS for sign in ("", "-")], ["venue"]
    ),
)
def test_orders_are_those_of_python(
    visit: Open, served_site: str, sort: str
) -> None:
    with visit(explorer(served_site, "list:dm", sort=sort)) as page:
        assert matching(page) == in_python("list:dm", sort)


@pytest.mark.parametrize(
    "sort",
    some_slow(["__proto__", "-constructor", "nothing", "-"], ["__proto__"]),
)
def test_an_order_that_there_is_not_is_the_usual_one(
    visit: Open, base: str, sort: str
) -> None:
    with visit(explorer(base, "list:dm", sort=sort)) as page:
        assert matching(page) == in_python("list:dm")
        assert (
            page.get_by_role("combobox", name="Sort").input_value() == "-date"
        )


def test_a_click_on_a_column_sorts_by_it_and_says_so(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        head = {
            name: page.get_by_role("columnheader", name=name, exact=True)
            for name in ("Date", "Paper", "Venue")
        }
        expect(head["Date"]).to_have_attribute("aria-sort", "descending")
        head["Paper"].get_by_role("button").click()
        expect(head["Paper"]).to_have_attribute("aria-sort", "ascending")
        assert head["Date"].get_attribute("aria-sort") is None
        assert (address(page), matching(page)) == (
            {"sort": "title"},
            in_python(sort="title"),
        )
        head["Paper"].get_by_role("button").click()
        expect(head["Paper"]).to_have_attribute("aria-sort", "descending")
        assert (address(page), matching(page)) == (
            {"sort": "-title"},
            in_python(sort="-title"),
        )
        expect(head["Paper"].get_by_role("button")).to_be_focused()
        page.get_by_role("combobox", name="Sort").select_option("oldest first")
        assert (address(page), matching(page)) == (
            {"sort": "date"},
            in_python(sort="date"),
        )
        page.get_by_role("combobox", name="Sort").select_option("newest first")
        assert address(page) == {}


def test_a_facet_sorts_in_the_order_of_its_terms_and_what_has_none_comes_last(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, sort="stage")) as page:
        stages = [
            REAL.papers.by_key[key]
            .tags.get("stage", ("",))[0]
            .partition("/")[0]
            for key in matching(page)
        ]
        order = [
            term.value
            for term in REAL.facets["stage"].terms
            if "/" not in term.value
        ]
        assert [value for value, _ in itertools.groupby(stages)] == [*order, ""]


@pytest.mark.slow
def test_columns_are_hidden_and_shown_and_the_address_knows(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        page.get_by_text("Columns", exact=True).click()
        page.get_by_role("checkbox", name="Venue", exact=True).uncheck()
        page.get_by_role("checkbox", name="Target", exact=True).check()
        assert address(page) == {"cols": "stage,paper,date,links,target"}
        heads = ["Stage", "Paper", "Date", "Links", "Target"]
        visible = "heads => heads.filter(h => h.offsetParent).map(h => h.textContent).filter(Boolean)"
        assert page.locator("thead th").evaluate_all(visible) == heads
        first = page.locator("tr[data-mmu-key=wang2025umubench]")
        expect(first.locator("td:visible").last).to_have_text(
            "Identity, Knowledge"
        )
        expect(first.get_by_text("NeurIPS")).to_be_hidden()
        page.reload()
        assert page.locator("thead th").evaluate_all(visible) == heads
        page.get_by_text("Columns", exact=True).click()
        expect(
            page.get_by_role("checkbox", name="Paper", exact=True)
        ).to_be_disabled()


MORE = min(LIMIT, ALL - LIMIT)
"""How many rows are offered beyond those that are drawn."""


HELD = """const after = setTimeout;
window.setTimeout = (act, wait, ...more) => after(act, wait === 300 ? 1e6 : wait, ...more);"""
"""What is to follow after a while does not."""


@pytest.mark.slow
@pytest.mark.parametrize(("height", "few"), [(900, 12), (1440, 24)])
def test_a_page_opens_with_few_rows_but_as_it_was_left_with_all(
    visit: Open, base: str, height: int, few: int
) -> None:
    drawn = "document.querySelectorAll('tr[data-mmu-key]').length"
    with visit(
        explorer(base), HELD, viewport={"width": 1280, "height": height}
    ) as page:
        assert page.evaluate(drawn) == few
        expect(
            page.get_by_role("button", name=f"Show {MORE} more", exact=True)
        ).to_be_hidden()
        assert number(page, "Stage", "Data-side") == str(
            count_in_python("stage:data-side")
        )
        page.reload()
        assert page.evaluate(drawn) == LIMIT
    with visit(explorer(base, sort="title"), HELD) as page:
        assert page.evaluate(drawn) == LIMIT


@pytest.mark.slow
def test_at_most_a_hundred_rows_are_drawn_until_more_are_wanted(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        assert len(rows(page)) == LIMIT
        page.get_by_role("button", name=f"Show {MORE} more", exact=True).click()
        assert rows(page) == in_python()[: LIMIT + MORE]
        focused = "document.activeElement.closest('tr')?.dataset.mmuKey"
        assert page.evaluate(focused) == in_python()[LIMIT]
        show_all(page)
        assert rows(page) == in_python()
        expect(page.locator(".mmu-more")).to_be_hidden()
        page.reload()
        assert rows(page) == in_python()


@pytest.mark.slow
def test_a_click_far_down_brings_the_results_into_sight(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        assert len(rows(page)) == LIMIT
        page.evaluate("scrollTo(0, 6000)")
        page.wait_for_function("scrollY > 5000")
        tick(page, "Kind", "Benchmark")
        expect(page.locator("tr[data-mmu-key]").first).to_be_in_viewport()
