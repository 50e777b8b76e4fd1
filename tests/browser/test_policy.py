"""The site under a header that allows no inline code at all: what the theme writes is refused, all
of ours works.

The pages of the site say themselves what may run, and name furo's inline script and styles by their
hashes; a server that sends a stricter policy of its own takes these away. Furo forces, on every
page: one script that recalls the scheme, one block of styles with its colours, and style attributes
in its icons; docutils writes column widths as style attributes. Nothing else may be refused, on any
kind of page, whatever a reader does there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Windows, foreign, serving
from explorers import (
    count,
    count_in_python,
    explorer,
    field,
    matching,
    option,
    rows,
    unlike_python,
)
from playwright.sync_api import Page, expect
from screenshots import PAGES
from support import some_slow

pytestmark = [pytest.mark.browser, pytest.mark.site]

HEADER = (
    "default-src 'self'; script-src 'self' 'report-sample'; style-src 'self' 'report-sample';"
    " img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri"
    " 'none'; form-action 'self'"
)
RECORD = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event => {
  const { effectiveDirective, sample, target } = event, tag = target.closest?.("svg, col");
  window.refused.push([effectiveDirective, (tag?.localName ?? sample).trim().slice(0, 27), event.disposition]);
});
"""
THEME = {
    ("script-src-elem", "document.body.dataset.theme", "enforce"),
    ("style-src-elem", "body {\n    --color-code-bac", "enforce"),
    ("style-src-attr", "svg", "enforce"),
    ("style-src-attr", "col", "enforce"),
}
"""What furo and docutils write, which such a header takes away: directive, and how the code begins
or where it is.
"""

Strict = Callable[[str], contextlib.AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def strict_site(html_site: Path) -> Iterator[str]:
    """The address of the real site below a path, served with the header."""
    with serving(html_site.parent, HEADER) as root:
        yield f"{root}{html_site.name}/"


@pytest.fixture
def strict(windows: Windows, strict_site: str) -> Strict:
    """Open a page of it; afterwards nothing may have been refused but the theme's."""

    @contextlib.contextmanager
    def run(name: str, **settings: Any) -> Iterator[Page]:
        faults: list[str] = []
        wanted = {"viewport": {"width": 1280, "height": 900}, **settings}
        with windows.page(wanted, RECORD) as page:
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on(
                "request",
                lambda request: faults.extend(
                    foreign(request.url, strict_site)
                ),
            )
            page.goto(strict_site + name)
            yield page
            refused = {tuple(found) for found in page.evaluate("refused")}
        assert faults == []
        assert refused - THEME == set()
        assert {directive for directive, *_ in refused} >= {
            "script-src-elem",
            "style-src-elem",
        }, "the header counts"

    return run


OFTEN = [
    "index",
    "metrics",
    "references",
    "papers/by-year",
    "paper/huo2025mmunlearner",
    "contribute/index",
    "404",
]
"""Pages with figures, formulas, citations, a form, and what only the theme writes."""


@pytest.mark.parametrize(
    "name", some_slow([*PAGES, "compare", "news", "cite", "404"], OFTEN)
)
def test_no_kind_of_page_has_code_of_ours_that_is_refused(
    strict: Strict, name: str
) -> None:
    with strict(f"{name}.html") as page:
        page.wait_for_load_state("load")
        page.mouse.wheel(0, 20_000)


@pytest.mark.slow
def test_the_explorer_filters_selects_and_saves(strict: Strict) -> None:
    with strict(explorer("", "stage:training-time")) as page:
        assert count(page) == count_in_python("stage:training-time")
        option(page, "Modality", "Image").get_by_role("checkbox").click()
        field(page).fill("concept -kind:survey")
        field(page).press("Enter")
        wanted = "stage:training-time modality:image concept -kind:survey"
        assert unlike_python(matching(page), wanted) == ""
        assert count(page) == len(rows(page)) == len(matching(page)) > 0
        page.locator("td.mmu-pick input").first.check()
        page.get_by_text("Columns", exact=True).click()
        page.get_by_role("checkbox", name="Modality", exact=True).check()
        with page.expect_download():
            page.get_by_role("region", name="Selection").get_by_text(
                "Copy or save"
            ).click()
            page.get_by_role("button", name="BibTeX").first.click()
        page.go_back()
        page.reload()


def test_papers_are_compared(strict: Strict) -> None:
    with strict("compare.html#keys=fan2023salun,dontsov2024clear") as page:
        expect(page.locator("table.mmu-compare")).to_contain_text("SalUn")
        page.get_by_role("combobox").first.fill("mmunlearner")
        page.get_by_role("option").first.click()
        expect(page.locator("table.mmu-compare thead th")).to_have_count(3)


def test_the_gap_map_is_changed(strict: Strict) -> None:
    with strict("gap-map.html") as page:
        figure = page.locator("[data-mmu-map]").first
        before = figure.locator("table").inner_text()
        figure.get_by_role("combobox", name="Rows", exact=True).select_option(
            "stage"
        )
        assert figure.locator("table").inner_text() != before


def test_a_card_opens_in_its_place(strict: Strict) -> None:
    with strict("overview.html") as page:
        page.locator(
            "article p a:has(> .mmu-ref)[href*='paper/']"
        ).first.focus()
        expect(page.locator("#mmu-card:popover-open")).to_be_visible()


def test_the_search_finds(strict: Strict) -> None:
    with strict("search.html?q=salun") as page:
        expect(page.locator(".mmu-found li").first).to_contain_text("SalUn")
