"""What readers copy and save of figures: the address, the source line, numbers and drawing."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from browsing import CLIPBOARD, Open
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.slow]

SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Page, figure: Locator, name: str) -> tuple[str, str]:
    """The name and the text of a file."""
    with page.expect_download() as found:
        figure.get_by_role("button", name=name).click()
    return found.value.suggested_filename, Path(found.value.path()).read_text(
        "utf-8"
    )


def test_numbers_are_saved_as_csv(visit: Open, served_site: str) -> None:
    with visit(f"{served_site}gap-map.html") as page:
        figure = page.locator("figure.mmu-gapmap").first
        name, text = saved(page, figure, "Numbers as CSV")
        assert name == "gapmap.csv"
        rows = list(csv.reader(io.StringIO(text)))
        assert len({len(row) for row in rows}) == 1
        assert len(rows) == figure.locator("tr").count()
        shown = figure.locator("tbody tr").first.locator("td").all_inner_texts()
        assert rows[1][1:] == [
            re.sub(r"\s.*", "", text, flags=re.DOTALL) for text in shown
        ]


def test_a_drawing_is_saved_with_its_looks(
    visit: Open, served_site: str
) -> None:
    with visit(f"{served_site}taxonomy/training-time.html") as page:
        figure = page.locator("figure.mmu-fig", has=page.locator("svg")).first
        name, text = saved(page, figure, "Drawing as SVG")
        assert name == "sparks.svg"
        drawing = ET.fromstring(text)  # noqa: S314 -- written by our script
        assert drawing.tag == f"{SVG}svg"
        bars = [
            p
            for p in drawing.iter()
            if "fill" in (p.get("class") or "").split()
        ]
        assert bars
        assert all("fill: rgb" in (bar.get("style") or "") for bar in bars)
        assert "var(" not in text
        source = drawing.findtext(f"{SVG}metadata") or ""
        assert str(figure.get_attribute("id")) in source
        assert "retrieved" in source


def test_a_table_is_saved_as_it_is_seen(visit: Open, served_site: str) -> None:
    with visit(f"{served_site}gap-map.html") as page:
        figure = page.locator("figure.mmu-gapmap").first
        name, text = saved(page, figure, "Drawing as SVG")
        assert name == "gapmap.svg"
        drawing = ET.fromstring(text)  # noqa: S314 -- written by our script
        words = [found.text or "" for found in drawing.iter(f"{SVG}text")]
        cells = figure.locator("td").count()
        numbers = [word for word in words if word.isdigit() or word == "gap"]
        assert len(numbers) >= cells
        assert not [word for word in words if "expected" in word]  # only heard
        rooms = drawing.iter(f"{SVG}rect")
        assert len(list(rooms)) >= figure.locator("th, td").count()
        assert (
            drawing.findtext(f"{SVG}title")
            == figure.locator("b").first.inner_text()
        )
        assert "retrieved" in (drawing.findtext(f"{SVG}metadata") or "")


def test_a_saved_drawing_has_whole_addresses(
    visit: Open, served_site: str
) -> None:
    with visit(f"{served_site}overview.html") as page:
        _name, text = saved(
            page, page.locator("figure.mmu-pipeline").first, "Drawing as SVG"
        )
        links = re.findall(r'href="([^"]*)"', text)
        assert links
        assert all(link.startswith("http") for link in links)


def test_a_figure_has_an_address_and_a_source_line(
    visit: Open, served_site: str
) -> None:
    with visit(
        f"{served_site}taxonomy/training-time.html", **CLIPBOARD
    ) as page:
        figure = page.locator("figure.mmu-fig").first
        link = figure.get_by_role("link", name="Link to this figure")
        assert link.get_attribute("href") == f"#{figure.get_attribute('id')}"
        figure.get_by_role("button", name="Copy source line").click()
        expect(figure.get_by_role("button", name="Copied")).to_be_visible()
        line = page.evaluate("navigator.clipboard.readText()")
        assert line.startswith(
            figure.locator("figcaption b").inner_text().split("\n")[0]
        )
        address = page.evaluate("location.href")
        assert line.endswith(f"{address}#{figure.get_attribute('id')}")
        assert re.search(r"retrieved \d{4}-\d\d-\d\d\. ", line)


def test_without_scripts_a_figure_has_its_address(
    visit: Open, served_site: str
) -> None:
    address = f"{served_site}taxonomy/training-time.html"
    with visit(address, java_script_enabled=False) as page:
        assert page.get_by_role("link", name="Link to this figure").count() > 0
        assert page.locator("figure.mmu-fig button").count() == 0
