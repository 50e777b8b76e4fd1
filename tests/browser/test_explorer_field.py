"""The field of the explorer in Chromium: words, conditions that are typed, mistakes, what is offered."""

from __future__ import annotations

import re

import pytest
from browsing import Open, settle
from explorers import (
    ALL,
    address,
    chips,
    count,
    explorer,
    field,
    in_python,
    matching,
    option,
    tick,
    unlike_python,
)
from playwright.sync_api import Page, expect
from support import some_slow

pytestmark = [pytest.mark.browser, pytest.mark.site]


def marked(page: Page) -> list[str]:
    """The words that are marked in the rows."""
    script = "[...(CSS.highlights.get('mmu-found') ?? [])].map(range => range.toString())"
    found: list[str] = page.evaluate(script)
    return found


@pytest.mark.slow
def test_words_are_found_and_marked_whatever_their_accents(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        field(page).press_sequentially("cywinski")
        assert unlike_python(matching(page), "cywinski") == ""
        settle(page)  # marks come after the words
        assert marked(page) == ["Cywiński"] * len(in_python("cywinski"))
        assert matching(page)[: len(marked(page))] == in_python("cywinski")
        field(page).fill("salun")
        settle(page)
        assert unlike_python(matching(page), "salun") == ""
        assert matching(page)[0] == "fan2023salun"
        assert "SalUn" in marked(page)
        field(page).fill("")
        settle(page)
        assert marked(page) == []
        assert count(page) == ALL


@pytest.mark.slow
def test_words_may_be_a_phrase_a_beginning_or_excluded(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        for text in (
            '"machine unlearning"',
            "forget*",
            "unlearning -diffusion",
            "title:concept",
        ):
            field(page).fill(text)
            settle(page)
            assert unlike_python(matching(page), text) == ""
            wanted = fold(re.sub(r'["*]|-\w+|title:', "", text).strip())
            assert {fold(m) for m in marked(page)} == {wanted}, text


def fold(text: str) -> str:
    return text.casefold()


def test_a_condition_that_is_typed_becomes_a_chip(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        field(page).fill("safety -stage:training-time author:zhang")
        assert chips(page) == []
        found = matching(page)
        assert (
            unlike_python(found, "safety -stage:training-time author:zhang")
            == ""
        )
        field(page).press("Enter")
        assert chips(page) == ["Stage is not Training-time", "Author has zhang"]
        expect(field(page)).to_have_value("safety")
        expect(field(page)).to_be_focused()
        assert matching(page) == found
        expect(
            option(page, "Stage", "Training-time").get_by_role(
                "button", name="Exclude"
            )
        ).to_have_attribute("aria-pressed", "true")


MISTAKES = {
    'diffusion "concept': (
        'This quote is never closed, at character 11, “"concept”. Add " at its end.'
    ),
    "(stage:data-side": (
        "This parenthesis is never closed, at character 1, “(stage:data-”. Add ) where the group"
        " ends."
    ),
    "kind:": "A value is missing after 'kind:', at character 6, the end. Write kind:* for any.",
    "kind:methid": "Kind has no value 'methid'. Did you mean 'method'?",
    "stge:data-side": "There is no facet 'stge'. Did you mean 'stage'?",
}


MISTAKE_WAITS = 1200
"""After how many milliseconds a mistake is shown, as in client/explorer.js."""
EARLIER = "The rows are those of the last filter that could be read."


@pytest.mark.parametrize("text", some_slow(MISTAKES, ["kind:methid"]))
def test_a_mistake_is_shown_and_the_last_good_result_stays(
    visit: Open, served_site: str, text: str
) -> None:
    with visit(explorer(served_site, "list:dm")) as page:
        good = "list:dm diffusion" if text.startswith("diff") else "list:dm"
        field(page).press_sequentially(text)
        expect(page.locator(".mmu-fault")).to_have_text(
            f"{MISTAKES[text]} {EARLIER}"
        )
        expect(
            page.get_by_text(
                "(from the last filter that could be read)", exact=True
            )
        ).to_be_visible()
        if text.startswith(("kind", "stge", "diff")):
            assert unlike_python(matching(page), good) == ""
        else:
            assert matching(page)
        assert field(page).get_attribute("aria-invalid") == "true"
        field(page).press("Enter")
        expect(page.locator(".mmu-fault")).to_have_text(
            f"{MISTAKES[text]} {EARLIER}"
        )
        expect(field(page)).to_have_value(text)
        field(page).fill("")
        expect(page.locator(".mmu-fault")).to_be_empty()
        expect(
            page.get_by_text(
                "(from the last filter that could be read)", exact=True
            )
        ).to_be_hidden()
        assert field(page).get_attribute("aria-invalid") is None
        assert matching(page) == in_python("list:dm")


def test_an_address_that_cannot_be_read_says_so_and_is_left_by_any_click(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, "stage:(a")) as page:
        expect(page.locator(".mmu-fault")).to_contain_text(
            "never closed, at character 7"
        )
        expect(page.locator(".mmu-fault")).not_to_contain_text("last filter")
        expect(field(page)).to_have_value("stage:(a")
        assert matching(page) == []
        tick(page, "Kind", "Method")
        assert address(page)["q"] == "kind:method"
        expect(page.locator(".mmu-fault")).to_be_empty()
        expect(field(page)).to_have_value("")


def test_the_result_is_announced_once_typing_pauses(
    visit: Open, base: str
) -> None:
    with visit(
        explorer(base), alone=True
    ) as page:  # the clock is that of all its pages
        status = page.locator(".mmu-explorer > [role=status]")
        expect(status).to_be_empty()
        page.clock.install()
        page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
        field(page).press_sequentially("video")
        assert unlike_python(matching(page), "video") == ""
        assert 0 < count(page) < ALL
        expect(status).to_be_empty()
        page.clock.run_for(1000)
        expect(status).to_have_text(f"{count(page)} of {ALL} papers")


@pytest.mark.slow
def test_a_value_that_is_begun_is_completed_and_no_mistake_yet(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        offered = page.locator(".mmu-search datalist option")
        find = field(page)
        find.press_sequentially("fog -stage:tr")
        values = offered.evaluate_all("all => all.map(o => o.value)")
        assert "fog -stage:training-free" in values
        settle(page, MISTAKE_WAITS)
        assert find.get_attribute("aria-invalid") is None
        find.press("Enter")
        expect(page.locator(".mmu-fault")).to_contain_text(
            "Stage has no value 'tr'"
        )
        find.fill("stage:training-free")
        expect(page.locator(".mmu-fault")).to_be_empty()
        find.fill("buildson:esd")
        expect(page.locator(".mmu-fault")).to_contain_text(
            "in the field 'buildson'"
        )


@pytest.mark.slow
def test_a_filter_that_is_offered_for_words_is_taken(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site)) as page:
        field(page).press_sequentially("video")
        offer = page.locator(".mmu-offer button")
        expect(offer).to_be_visible()
        wanted = offer.inner_text()
        offer.click()
        expect(page.locator(".mmu-offer")).to_be_hidden()
        assert field(page).input_value() == ""
        assert address(page)["q"] == wanted
        assert matching(page) == in_python(wanted)
