"""Buttons that copy what one cites with, and explorers that start when they are near, in Chromium."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import CLIPBOARD, Open
from playwright.sync_api import Page, expect
from support import real_library

from sphinx_mmu.bib import reader
from sphinx_mmu.model.citation import acl, apa

pytestmark = [pytest.mark.browser, pytest.mark.site]

SURVEY = "sarwar2026multimodal"


def copied(page: Page, button: str, nth: int = 0) -> str:
    """What is in the clipboard once a button has been pressed and its text says so."""
    made = page.get_by_role("button", name=button, exact=True).nth(nth)
    made.click()
    expect(
        page.get_by_role("button", name="Copied", exact=True)
    ).to_be_visible()
    expect(
        page.get_by_role("status").filter(has_text=f"{button}: Copied")
    ).to_have_count(1)
    expect(page.get_by_role("button", name="Copied", exact=True)).to_have_count(
        0
    )
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cite", f"paper/{SURVEY}"])
def test_bibtex_and_references_are_copied(
    name: str, visit: Open, served_site: str
) -> None:
    paper = real_library().papers.by_key[SURVEY]
    with visit(f"{served_site}{name}.html", **CLIPBOARD) as page:
        (entry,), problems = reader.parse(copied(page, "Copy BibTeX"), "x.bib")
        assert (entry.key, problems) == (SURVEY, ())
        assert copied(page, "Copy APA") == apa(paper)
        assert copied(page, "Copy ACL") == acl(paper)
        if name == "cite":  # a block that the chapter has
            assert "techrxiv" in copied(page, "Copy BibTeX", nth=1)
        assert Axe().run(page).response["violations"] == []


def test_without_scripts_there_are_texts_and_no_buttons(
    visit: Open, base: str
) -> None:
    paper = real_library().papers.by_key[SURVEY]
    with visit(f"{base}paper/{SURVEY}.html", java_script_enabled=False) as page:
        expect(page.get_by_text(apa(paper))).to_be_visible()
        expect(page.get_by_text(acl(paper))).to_be_visible()
        expect(page.locator(".mmu-copy")).to_have_count(0)


@pytest.mark.slow
def test_an_explorer_far_down_starts_when_it_is_near(
    visit: Open, base: str
) -> None:
    with visit(f"{base}extension/directives.html") as page:
        assert page.evaluate("document.readyState") == "complete"
        assert not page.evaluate("window.mmu.explorers")
        page.locator("[data-mmu-explorer]").first.scroll_into_view_if_needed()
        page.wait_for_function("() => window.mmu.explorers?.length")


@pytest.mark.slow
def test_an_address_with_a_filter_starts_it_at_once(
    visit: Open, base: str
) -> None:
    with visit(f"{base}extension/directives.html#q=kind:attack") as page:
        assert page.evaluate("window.mmu.explorers[0].text()") == "kind:attack"


@pytest.mark.slow
def test_links_of_the_contents_are_as_high_as_a_finger_needs(
    visit: Open, base: str
) -> None:
    with visit(
        f"{base}taxonomy/training-time.html",
        viewport={"width": 1440, "height": 900},
    ) as page:
        heights = page.locator(".toc-tree a:visible").evaluate_all(
            "links => links.map(link => link.getBoundingClientRect().height)"
        )
        assert heights
        assert min(heights) >= 24


MADE = {
    "papers/index": ".mmu-panel",
    "gap-map": "[data-mmu-map] input",
    "benchmarks": "table input[type=checkbox]",
}
"""What the scripts of a page make last."""


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
def test_every_link_has_an_address_and_every_form_a_name(
    name: str, visit: Open, base: str
) -> None:
    with visit(f"{base}{name}.html") as page:
        page.locator(MADE[name]).first.wait_for()
        assert page.locator("a:not([href])").count() == 0
        assert (
            page.locator("form:not([aria-label], [aria-labelledby])").count()
            == 0
        )
