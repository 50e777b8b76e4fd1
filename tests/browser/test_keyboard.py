"""The explorer by keyboard: how many keys ten tasks take, and what each key does."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from browsing import Open
from explorers import address, explorer, field, matching, option, rows
from playwright.sync_api import Locator, Page, expect
from support import some_slow

pytestmark = [pytest.mark.browser, pytest.mark.site]


class Walk:
    """Presses keys and counts them. Words that are typed are not counted: every way needs them."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, *keys: str) -> Walk:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1
        return self

    def type(self, text: str) -> Walk:
        self.page.keyboard.type(text)
        return self

    def to(self, wanted: Locator, key: str = "Tab") -> Walk:
        """Press a key until something has the focus."""
        for _ in range(200):
            if wanted.evaluate_all(
                "all => all.includes(document.activeElement)"
            ):
                return self
            self.press(key)
        raise AssertionError(wanted)


def value(page: Page, facet: str, label: str) -> Locator:
    return option(page, facet, label).get_by_role("checkbox")


def title(page: Page, n: int = 0) -> Locator:
    return page.locator("tr[data-mmu-key] th a.mmu-title").nth(n)


def tagged(tag: Locator) -> str:
    """The filter that a tag leads to."""
    return unquote((tag.get_attribute("href") or "").partition("#q=")[2])


def a_name_to_its_page(walk: Walk) -> None:
    walk.press("/").type("salun gradient-based weight saliency")
    expect(walk.page.locator("[data-mmu-count]")).to_have_text("1")
    walk.press("ArrowDown", "Enter")
    walk.page.wait_for_url("**/paper/fan2023salun.html")


def past_the_facets(walk: Walk) -> None:
    walk.press("/").press("Tab", "Enter")
    expect(title(walk.page)).to_be_focused()


def a_value_of_the_third_facet(walk: Walk) -> None:
    page = walk.press("/").page
    walk.to(value(page, "Target", "Concept")).to(
        value(page, "Target", "Safety"), "ArrowDown"
    )
    walk.press("Space")
    assert address(page)["q"] == "target:safety"


def the_last_facet(walk: Walk) -> None:
    page = walk.press("/").page
    walk.to(value(page, "Has", "Code")).press("Space")
    assert address(page)["q"] == "has:code"


def a_value_is_excluded(walk: Walk) -> None:
    page = walk.press("/").page
    walk.to(value(page, "Modality", "Text")).to(
        value(page, "Modality", "Video"), "ArrowDown"
    )
    walk.press("ArrowRight", "Enter")
    assert address(page)["q"] == "-modality:video"


def the_order(walk: Walk) -> None:
    page = walk.press("/", "ArrowDown").page
    walk.to(page.get_by_label("Sort"), "Shift+Tab")


def the_tenth_paper(walk: Walk) -> None:
    page, tenth = walk.page, matching(walk.page)[9]
    walk.press("/", "ArrowDown", *9 * ["j"])
    expect(title(page, 9)).to_be_focused()
    walk.press("Enter")
    page.wait_for_url(f"**/paper/{tenth}.html")


def five_papers_in_a_row(walk: Walk) -> None:
    first_five = matching(walk.page)[:5]
    walk.press("/", "ArrowDown", *4 * ["Shift+ArrowDown"])
    assert address(walk.page)["sel"].split(",") == first_five


def two_papers_apart(walk: Walk) -> None:
    keys = matching(walk.page)
    walk.press("/", "ArrowDown", "x", "j", "j", "x")
    assert address(walk.page)["sel"].split(",") == [keys[0], keys[2]]


def a_tag_of_the_first_paper(walk: Walk) -> None:
    wanted = tagged(walk.page.locator("tr[data-mmu-key] a.mmu-tag").first)
    walk.press("/", "ArrowDown", "ArrowRight", "Enter")
    assert address(walk.page)["q"] == wanted


TASKS: dict[Callable[[Walk], None], int] = {
    a_name_to_its_page: 3,
    past_the_facets: 3,
    a_value_of_the_third_facet: 12,
    the_last_facet: 16,
    a_value_is_excluded: 9,
    the_order: 12,
    the_tenth_paper: 12,
    five_papers_in_a_row: 6,
    two_papers_apart: 6,
    a_tag_of_the_first_paper: 4,
}
"""The tasks, and the most keys that each may take."""


@pytest.mark.parametrize(
    "task",
    some_slow(
        TASKS,
        [a_name_to_its_page, a_value_is_excluded, the_order, two_papers_apart],
    ),
    ids=lambda task: task.__name__,
)
def test_a_task_takes_few_keys(
    visit: Open, served_site: str, task: Callable[[Walk], None]
) -> None:
    with visit(explorer(served_site)) as page:
        expect(page.locator(".mmu-panel")).to_be_visible()
        walk = Walk(page)
        task(walk)
        assert walk.presses <= TASKS[task]


def test_a_facet_has_one_tab_stop_and_keeps_the_place(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site)) as page:
        stops = page.locator(".mmu-facet:not(.mmu-years)").evaluate_all(
            "all => all.map(f => [...f.querySelectorAll('input, button')]"
            ".filter(c => c.tabIndex === 0).length)"
        )
        assert len(stops) > 5
        assert set(stops) == {1}
        walk = Walk(page).press("/").to(value(page, "Modality", "Text"))
        walk.press("ArrowDown", "ArrowDown")
        expect(value(page, "Modality", "Video")).to_be_focused()
        walk.press("Tab", "Shift+Tab")
        expect(value(page, "Modality", "Video")).to_be_focused()
        walk.press("Home")
        expect(value(page, "Modality", "Text")).to_be_focused()
        walk.press("ArrowUp")  # there is nothing above
        expect(value(page, "Modality", "Text")).to_be_focused()
        walk.press("End")
        options = page.get_by_role("group", name="Modality", exact=True)
        expect(options.get_by_role("checkbox").last).to_be_focused()


@pytest.mark.slow
def test_a_stop_that_is_folded_away_is_followed_by_another(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site)) as page:
        facet = page.locator(
            ".mmu-facet", has=page.locator(".mmu-within")
        ).first
        facet.locator(".mmu-within").fill("no such value")
        facet.locator(".mmu-within").fill("")
        facet.locator(".mmu-all").click()
        facet.locator("[type=checkbox]:visible").last.focus()
        facet.locator(".mmu-all").click()
        stop = facet.locator("[tabindex='0']")
        expect(stop).to_have_count(1)
        expect(stop).to_be_visible()


def test_letters_act_on_rows_and_are_letters_where_one_types(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site)) as page:
        field(page).focus()
        page.keyboard.type("xjk?")
        expect(field(page)).to_have_value("xjk?")
        assert "sel" not in address(page)
        field(page).fill("")
        page.locator("h1").click()
        page.keyboard.type("xj")  # nothing has the focus
        assert "sel" not in address(page)
        page.get_by_label("Sort").focus()
        page.keyboard.type("x")
        assert "sel" not in address(page)
        title(page, 1).focus()
        page.keyboard.press("Control+x")
        assert "sel" not in address(page)
        page.keyboard.press("x")
        assert address(page)["sel"] == rows(page)[1]
        page.keyboard.press("x")
        assert "sel" not in address(page)


def test_arrows_lead_from_the_field_to_the_rows_and_beyond(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site)) as page:
        every = rows(page)
        title(page, 0).focus()
        page.keyboard.press("k")
        expect(title(page, 0)).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(field(page)).to_be_focused()
        title(page, len(every) - 1).focus()
        page.keyboard.press("j")
        more = page.get_by_role("button", name=re.compile("^Show .* more$"))
        expect(more).to_be_focused()
        page.keyboard.press("k")
        expect(title(page, len(every) - 1)).to_be_focused()
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(title(page, len(every))).to_be_focused()


@pytest.mark.slow
def test_a_range_grows_shrinks_and_is_chosen_by_a_click(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site, "kind:attack")) as page:
        keys = matching(page)

        def chosen() -> list[str]:
            return [
                key for key in address(page).get("sel", "").split(",") if key
            ]

        title(page, 2).focus()
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("Shift+ArrowDown")
        assert sorted(chosen()) == sorted(keys[2:5])
        page.keyboard.press("Shift+ArrowUp")
        assert sorted(chosen()) == sorted(keys[2:4])
        for _ in range(3):
            page.keyboard.press("Shift+ArrowUp")  # beyond where it began
        assert sorted(chosen()) == sorted(keys[:3])
        boxes = page.locator("td.mmu-pick input")
        boxes.nth(6).click()
        boxes.nth(9).click(modifiers=["Shift"])
        assert sorted(chosen()) == sorted([*keys[:3], *keys[6:10]])
        boxes.nth(9).click()
        boxes.nth(7).click(modifiers=["Shift"])  # as the box that was clicked
        assert sorted(chosen()) == sorted([*keys[:3], keys[6]])
        expect(page.locator(".mmu-explorer > [role=status]")).to_contain_text(
            "selected"
        )


def test_what_is_offered_where_nothing_matches_is_next(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site, "kind:attack kind:survey")) as page:
        field(page).focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate(
            "document.activeElement.closest('.mmu-empty') !== null"
        )


@pytest.mark.slow
def test_the_keys_are_shown_and_those_of_a_page_can_be_turned_off(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site), alone=True) as page:
        dialog = page.get_by_role("dialog", name="Keys")
        page.keyboard.press("?")
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        page.get_by_role("button", name="Keys").click()
        dialog.get_by_role("checkbox").uncheck()
        dialog.get_by_role("button", name="Close").click()
        page.reload()
        for key in ("?", "/"):
            page.keyboard.press(key)
        expect(dialog).to_have_count(0)
        assert page.evaluate("document.activeElement === document.body")
        page.goto(f"{served_site}compare.html")
        page.keyboard.press("/")
        expect(page.locator(".mmu-palette")).to_have_count(0)
        assert page.evaluate("document.activeElement === document.body")
        page.keyboard.press("Control+k")
        palette = page.locator(".mmu-palette")
        palette.get_by_role("checkbox").check()
        page.keyboard.press("Escape")
        page.locator("h1").click()
        page.keyboard.press("/")
        expect(palette).to_be_visible()


@pytest.mark.slow
def test_tags_of_rows_lead_to_their_papers(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site, "list:dm"), alone=True) as page:
        tag = page.locator("a.mmu-tag").first
        wanted = tagged(tag)
        tag.click()
        assert address(page)["q"] == f"list:dm {wanted}"
        expect(tag).to_be_focused()
        page.goto(f"{served_site}taxonomy/training-time.html")
        tag = page.locator("a.mmu-tag").first
        wanted = tagged(tag)
        tag.click()
        page.wait_for_url(re.compile(r"/papers/index\.html#q="))
        assert address(page)["q"] == wanted


def test_a_key_leads_from_any_row_to_what_is_selected(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site)) as page:
        walk = Walk(page).press("/", "ArrowDown", "c")
        expect(title(page)).to_be_focused()  # nothing is selected
        walk.press("x", "c")
        expect(page.locator(".mmu-selbar summary")).to_be_focused()
        page.locator("h1").click()
        walk.press("?")
        expect(page.locator("dialog.mmu-keys dt", has_text="c")).to_be_visible()
