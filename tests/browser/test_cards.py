"""Cards of papers in Chromium: what opens and closes them, what they say, and that nothing is asked
for twice.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Open, settle
from playwright.sync_api import Browser, Locator, Page, Request, expect
from support import Project, library_of_all_words

from sphinx_mmu.model.paper import Paper

pytestmark = [pytest.mark.browser, pytest.mark.site]

CHAPTER, LISTS = "taxonomy/training-time.html", "papers/vision-language.html"
ROLE = "article p a:has(> .mmu-ref)[href*='/paper/']"
LIBRARY = library_of_all_words()


def card(page: Page) -> Locator:
    return page.locator("#mmu-card:popover-open")


OPENS, CLOSES = 150, 250
"""After how many milliseconds a card does so, as in client/cards.js."""
LOADED = "() => Boolean(mmu.records && mmu.papers)"


def assert_no_card(page: Page) -> None:
    """That no card opens, nor the records are loaded that it would need."""
    settle(page, OPENS)
    expect(card(page)).to_have_count(0)
    assert not page.evaluate(LOADED)


def paper_of(link: Locator) -> Paper:
    return LIBRARY.papers.by_key[
        re.sub(r".*/|\.html$", "", link.get_attribute("href") or "")
    ]


def test_pointing_at_a_role_shows_the_paper(base: str, visit: Open) -> None:
    with visit(f"{base}{CHAPTER}") as page:
        link = next(
            each
            for each in page.locator(ROLE).all()
            if "stage" in paper_of(each).tags
        )
        paper = paper_of(link)
        link.hover()
        expect(card(page)).to_be_visible()
        shown = " ".join(card(page).inner_text().split())
        assert paper.title.split(":")[-1].strip() in shown
        assert paper.authors[0].family in shown
        assert paper.date in shown
        assert paper.venue_short in shown
        stage = LIBRARY.term_label(
            "stage", paper.tags["stage"][0].partition("/")[0]
        )
        assert stage in shown
        link_box, box = link.bounding_box(), card(page).bounding_box()
        assert link_box
        assert box
        below, above = (
            box["y"] - link_box["y"] - link_box["height"],
            link_box["y"] - box["y"] - box["height"],
        )
        assert 0 <= max(below, above) < 12
        assert card(page).locator("a, button, [tabindex]").count() == 0


@pytest.mark.slow
def test_it_can_be_pointed_at_and_closes_when_left(
    base: str, visit: Open
) -> None:
    with visit(f"{base}{CHAPTER}") as page:
        page.locator(ROLE).first.hover()
        expect(card(page)).to_be_visible()
        box = card(page).bounding_box()
        assert box
        page.mouse.move(
            box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5
        )
        settle(page, CLOSES)
        expect(card(page)).to_be_visible()
        page.mouse.move(5, 5, steps=3)
        expect(card(page)).to_have_count(0)


@pytest.mark.slow
def test_passing_over_a_link_opens_nothing(
    served_site: str, visit: Open
) -> None:
    with visit(f"{served_site}{CHAPTER}") as page:
        page.locator(ROLE).first.scroll_into_view_if_needed()
        box = page.locator(ROLE).first.bounding_box()
        assert box
        page.mouse.move(box["x"] + 3, box["y"] + 3)
        page.mouse.move(5, 5)
        assert_no_card(page)


@pytest.mark.slow
def test_focus_opens_it_as_the_links_description_and_escape_closes_it(
    base: str, visit: Open
) -> None:
    with visit(f"{base}{CHAPTER}") as page:
        link = page.locator(ROLE).nth(1)
        link.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")  # focus as the keyboard gives it
        expect(card(page)).to_be_visible()
        expect(link).to_have_attribute("aria-describedby", "mmu-card")
        expect(card(page)).to_have_role("tooltip")
        page.mouse.move(5, 5)
        page.mouse.move(300, 5)
        settle(page, CLOSES)
        expect(card(page)).to_be_visible()  # the pointer did not open it
        page.keyboard.press("Escape")
        expect(card(page)).to_have_count(0)
        expect(link).to_be_focused()
        assert link.get_attribute("aria-describedby") is None
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        expect(card(page)).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url("**/paper/*.html")


GONE = {
    "taken away": "link => link.remove()",
    "hidden": "link => { link.closest('p').hidden = true; }",
    "folded": "link => { const fold = document.createElement('details'); link.after(fold); fold.append(link); }",
    "scrolled": "link => link.closest('article').dispatchEvent(new Event('scroll'))",
    "left": "() => dispatchEvent(new Event('pagehide'))",
}
"""What happens to a link, or to its page."""


@pytest.mark.slow
@pytest.mark.parametrize("change", GONE)
def test_it_goes_with_its_link_and_its_page(
    served_site: str, visit: Open, change: str
) -> None:
    with visit(f"{served_site}{CHAPTER}") as page:
        link = page.locator(ROLE).nth(1)
        link.hover()
        expect(card(page)).to_be_visible()
        link.evaluate(GONE[change])
        expect(card(page)).to_have_count(0)


@pytest.mark.slow
def test_links_of_tables_show_it_and_the_paper_of_the_page_itself_does_not(
    base: str, visit: Open
) -> None:
    with visit(f"{base}{LISTS}") as page:
        row = page.locator(
            "tr[data-mmu-key]", has=page.locator(".mmu-title")
        ).nth(3)
        row.locator("a.mmu-title").hover()
        paper = LIBRARY.papers.by_key[row.get_attribute("data-mmu-key") or ""]
        expect(card(page)).to_contain_text(paper.title[-30:])
        page.goto(f"{base}papers/index.html")
        page.locator("tbody a.mmu-title").nth(2).hover()
        expect(card(page)).to_be_visible()


def test_the_first_lines_of_an_abstract_are_shown(
    tmp_path: Path, visit: Open
) -> None:
    abstract = "It forgets what it should not know. " * 20
    project = Project(tmp_path)
    project.write(
        "conf.py", 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["a.bib"]\n'
    )
    other = "@misc{b, title={<b>Two</b> & co}, year=2024}"
    project.write(
        "a.bib",
        f"@misc{{a, title={{One}}, year=2024, abstract={{{abstract}}}}}\n{other}\n",
    )
    project.write(
        "index.rst",
        "Site\n====\n\n:mmu:paper:`a` and :mmu:paper:`b`\n\n.. mmu:papers::\n",
    )
    with visit((project.build().out / "index.html").as_uri()) as page:
        page.get_by_role("link", name="One").hover()
        expect(card(page)).to_contain_text(abstract[:60])
        height = (
            card(page).locator(".mmu-card-abs").evaluate("e => e.clientHeight")
        )
        assert 50 < height < 100  # four lines
        page.get_by_role("link", name="Two").hover()
        expect(card(page)).to_contain_text("<b>Two</b> & co")
        assert card(page).locator("b").count() == 0


@pytest.mark.slow
def test_records_are_asked_for_once_and_only_when_a_card_is_wanted(
    served_site: str, visit: Open
) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type == "script":
            asked.append(request.url.rpartition("/")[2].partition("?")[0])

    with visit(f"{served_site}{CHAPTER}") as page:
        page.on("request", note)
        settle(page)
        assert asked == []
        for n in range(4):
            page.locator(ROLE).nth(n).hover()
            expect(card(page)).to_be_visible()
        settle(page)
        assert asked == ["mmu-records.js", "mmu-papers.js"]


@pytest.mark.slow
def test_other_links_have_no_card(served_site: str, visit: Open) -> None:
    with visit(f"{served_site}{CHAPTER}") as page:
        page.locator("article p a.reference:not(:has(.mmu-ref))").first.hover()
        assert_no_card(page)
        page.locator(
            "article a:has(> .mmu-ref)[href*='#']"
        ).first.hover()  # a term
        page.wait_for_function(LOADED)
        settle(page)
        expect(card(page)).to_have_count(0)


@pytest.mark.slow
def test_on_touch_the_link_only_leads(html_site: Path, visit: Open) -> None:
    with visit(
        f"{html_site.as_uri()}/{CHAPTER}", has_touch=True, is_mobile=True
    ) as page:
        link = page.locator(ROLE).first
        link.evaluate(
            "a => a.addEventListener('click', event => event.preventDefault())"
        )
        link.tap()
        assert_no_card(page)


def test_without_scripts_a_link_is_a_link(base: str, visit: Open) -> None:
    with visit(f"{base}{CHAPTER}", java_script_enabled=False) as page:
        page.locator(ROLE).first.click()
        expect(page).to_have_url(re.compile("/paper/"))


@pytest.mark.slow
@pytest.mark.parametrize("place", ["center", "end"])
def test_it_stays_within_the_window(
    html_site: Path, visit: Open, place: str
) -> None:
    with visit(
        f"{html_site.as_uri()}/{LISTS}", viewport={"width": 700, "height": 420}
    ) as page:
        link = page.locator("tbody a.mmu-title").nth(20)
        link.evaluate(
            "(a, block) => a.scrollIntoView({ block, behavior: 'instant' })",
            place,
        )
        link.hover()
        expect(card(page)).to_be_visible()
        box = card(page).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 700
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 420


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_while_it_is_open(
    html_site: Path, chromium: Browser, width: int, scheme: Any
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(f"{html_site.as_uri()}/facet/modality/audio.html")
    page.locator("tbody a.mmu-title").nth(2).hover()
    expect(card(page)).to_be_visible()
    card(page).evaluate(
        "e => Promise.all(e.getAnimations().map(one => one.finished))"
    )
    found = (
        Axe()
        .run(page, options={"resultTypes": ["violations"]})
        .response["violations"]
    )
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    context.close()


@pytest.mark.slow
def test_there_is_no_motion_for_those_who_want_none(
    html_site: Path, visit: Open
) -> None:
    with visit(
        f"{html_site.as_uri()}/{CHAPTER}", reduced_motion="reduce"
    ) as page:
        page.locator(ROLE).first.hover()
        expect(card(page)).to_be_visible()
        assert (
            card(page).evaluate("e => getComputedStyle(e).transitionDuration")
            == "0s"
        )
