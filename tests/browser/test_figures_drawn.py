"""Figures in Chromium: one form at a time by their own width, legible, reached by keyboard, whole
without a script.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from browsing import Open
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.slow]

PAGES = (
    "taxonomy/index",
    "overview",
    "papers/by-year",
    "taxonomy/training-free",
)
LABELS = """() => [...document.querySelectorAll(".mmu-chart svg")].filter(d => d.clientWidth).map(drawing => {
  const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
  return [...drawing.querySelectorAll("text")].map(label => {
    const {left, top, right, bottom} = label.getBoundingClientRect();
    return [label.textContent, label.getAttribute("font-size") * scale, left, top, right, bottom];
  });
})"""


def settings(width: int, scheme: str = "light") -> dict[str, Any]:
    return {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}


def overlap(one: list[float], other: list[float]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and down > 4  # boxes of lines are higher than letters


@pytest.mark.parametrize("width", [1280, 800, 390])
@pytest.mark.parametrize("name", PAGES)
def test_labels_are_legible_and_apart(
    visit: Open, served_site: str, name: str, width: int
) -> None:
    with visit(f"{served_site}{name}.html", **settings(width)) as page:
        drawings = page.evaluate(LABELS)
        assert drawings
        for drawing in drawings:
            assert [label[0] for label in drawing if label[1] < 11] == []
            boxes = [(label[0], label[2:]) for label in drawing]
            assert [
                (a, b)
                for (a, one), (b, other) in combinations(boxes, 2)
                if overlap(one, other)
            ] == []


@pytest.mark.parametrize(
    ("width", "shown", "hidden"), [(1280, "w", "n"), (390, "n", "w")]
)
def test_the_width_of_a_figure_decides_its_form(
    visit: Open, served_site: str, width: int, shown: str, hidden: str
) -> None:
    with visit(f"{served_site}taxonomy/index.html", **settings(width)) as page:
        figure = page.locator(".mmu-pipeline").first
        assert figure.locator(f".mmu-form-{shown}").is_visible()
        assert not figure.locator(f".mmu-form-{hidden}").is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_words_of_a_search_are_marked_beside_figures(
    visit: Open, served_site: str, name: str
) -> None:
    with visit(
        f"{served_site}{name}.html?highlight=papers"
    ) as page:  # Sphinx's script fails at a drawing's title
        assert page.locator("article p .highlighted").count() > 0


def reached(page: Page) -> list[str]:
    """Where the first station that is seen and the next four steps of the keyboard lead."""
    page.locator(".mmu-pipeline a:visible").first.focus()
    found = []
    for _step in range(5):
        found.append(
            page.evaluate("document.activeElement.getAttribute('href')")
        )
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_every_station_is_reached_once_by_keyboard_and_shows_it(
    visit: Open, served_site: str, width: int
) -> None:
    with visit(f"{served_site}taxonomy/index.html", **settings(width)) as page:
        assert [address.rpartition("/")[2] for address in reached(page)] == [
            "data-side.html",
            "training-time.html",
            "architecture-constrained.html",
            "training-free.html",
            "decoding-time.html",
        ]
        assert (
            page.evaluate(
                "getComputedStyle(document.activeElement).outlineStyle"
            )
            == "solid"
        )


def test_a_bar_leads_to_as_many_papers_as_it_says(
    visit: Open, served_site: str
) -> None:
    with visit(f"{served_site}papers/by-year.html", **settings(1280)) as page:
        bars = page.locator(".mmu-timeline .mmu-form-w a:has(> title)")
        name = bars.nth(6).locator("title").text_content() or ""
        count = name.partition(": ")[2].partition(" ")[0]
        bars.nth(6).dispatch_event("click")
        page.wait_for_url("**/papers/index.html*")
        page.wait_for_function(
            "count => document.querySelector('[data-mmu-count]').textContent === count",
            arg=count,
        )
        assert int(count) > 1


@pytest.mark.parametrize("name", ["taxonomy/index", "metrics"])
def test_figures_are_whole_without_scripts(
    visit: Open, served_site: str, name: str
) -> None:
    with visit(
        f"{served_site}{name}.html", java_script_enabled=False, **settings(1280)
    ) as page:
        assert page.locator(".mmu-chart a").count() > 40
        assert page.locator(".mmu-chart figcaption b").first.is_visible()
