"""Chapters on a sheet of paper: as wide as it, tables as tables, figures in their wide form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from browsing import Open
from playwright.sync_api import Page, expect
from support import some_slow

pytestmark = [pytest.mark.browser, pytest.mark.site]

CHAPTERS = (
    "index",
    "overview",
    "surveys",
    "formal-setting",
    "attacks",
    "benchmarks",
    "datasets",
    "metrics",
    "applications",
    "challenges",
    "method",
    "glossary",
    "gap-map",
    "papers/by-year",
    "news",
    "cite",
    "taxonomy/index",
    "taxonomy/training-time",
    "taxonomy/decoding-time",
)
SHEET: dict[str, Any] = {
    "viewport": {"width": 703, "height": 1020}
}  # A4 within the margins of the style sheet
BEYOND = """() => [...document.querySelectorAll("article :is(table, svg, math, pre, td, th)")]
  .filter(e => e.checkVisibility() && !e.closest(".mmu-sr") && e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.outerHTML.slice(0, 200))"""

DISPLAYS = """() => [...new Set([...document.querySelectorAll(".mmu-table:not(.mmu-labelled) tr")]
  .map(row => getComputedStyle(row).display))]"""


@contextmanager
def printed(visit: Open, address: str) -> Iterator[Page]:
    with visit(address, **SHEET) as page:
        page.emulate_media(media="print")
        yield page


@pytest.mark.parametrize("name", some_slow(CHAPTERS, ["metrics", "gap-map"]))
def test_nothing_reaches_beyond_the_sheet(
    visit: Open, served_site: str, name: str
) -> None:
    with printed(visit, f"{served_site}{name}.html") as page:
        assert page.evaluate(BEYOND) == []


@pytest.mark.parametrize(
    "name",
    some_slow(["surveys", "datasets", "taxonomy/training-time"], ["surveys"]),
)
def test_rows_of_papers_and_datasets_are_rows_on_paper(
    visit: Open, served_site: str, name: str
) -> None:
    with printed(visit, f"{served_site}{name}.html") as page:
        assert page.evaluate(DISPLAYS) == ["table-row"]


def test_figures_have_their_wide_form_on_paper(
    visit: Open, served_site: str
) -> None:
    with printed(visit, f"{served_site}taxonomy/index.html") as page:
        assert page.locator(".mmu-form-w").count() > 1
        for drawing in page.locator(".mmu-form-w").all():
            expect(drawing).to_be_visible()


LABEL = "e => getComputedStyle(e, '::before').content"


@pytest.mark.parametrize("on", ["paper", "phone"])
def test_cells_of_metrics_have_labels_where_rows_are_cards(
    visit: Open, served_site: str, on: str
) -> None:
    settings = (
        SHEET if on == "paper" else {"viewport": {"width": 390, "height": 844}}
    )
    with visit(f"{served_site}metrics.html", **settings) as page:
        page.emulate_media(media="print" if on == "paper" else "screen")
        row = page.locator("table.mmu-labelled tbody tr").first
        assert row.evaluate("e => getComputedStyle(e).display") == "block"
        labels = [
            cell.evaluate(LABEL) for cell in row.locator("td[data-mmu-l]").all()
        ]
        assert labels[:2] == ['"Formula"', '"Symbols"']
        # The second cell is the definition.
        assert row.locator("td").nth(1).evaluate(LABEL) == "none"
