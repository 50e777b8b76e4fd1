"""Papers side by side in Chromium: found, chosen, compared in words, shared by address, and sent
from other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Open
from playwright.sync_api import Browser, Locator, Page, expect
from support import Project, library_of_all_words, real_library

pytestmark = [pytest.mark.browser, pytest.mark.site]

LIBRARY = library_of_all_words()
THREE = ("cheng2024mubench", "dontsov2024clear", "liu2025protecting")
CELLS = "row => [...row.cells].map(cell => cell.innerText.trim())"


@pytest.fixture
def empty(base: str, visit: Open) -> Iterator[Page]:
    with visit(f"{base}compare.html") as page:
        yield page


@pytest.fixture
def three(base: str, visit: Open) -> Iterator[Page]:
    with visit(f"{base}compare.html#keys={','.join(THREE)}") as page:
        yield page


def heads(page: Page) -> list[str]:
    return [
        str(th.get_attribute("data-mmu-key"))
        for th in page.locator(".mmu-compare thead th").all()
    ]


def row(page: Page, label: str) -> Locator:
    return page.locator(
        ".mmu-compare tbody tr",
        has=page.locator("th", has_text=re.compile(rf"^{label}\b")),
    )


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Add a paper")


# --- the table


def test_every_facet_and_labelled_field_of_the_papers_has_a_row(
    three: Page,
) -> None:
    papers = [LIBRARY.papers.by_key[key] for key in THREE]
    labels = three.locator(".mmu-compare tbody th").evaluate_all(
        "all => all.map(th => th.firstChild.textContent)"
    )
    facets = [
        f.label
        for f in LIBRARY.facets.values()
        if any(p.tags.get(f.name) for p in papers)
    ]
    fields = [
        name
        for name in ("benchtask", "benchstats", "benchobjective")
        if any(p.fields.get(name) for p in papers)
    ]
    wanted = [
        "Authors",
        "Venue",
        "Date",
        "Links",
        *facets,
        *(LIBRARY.field_label(name) for name in fields),
        "Datasets",
    ]
    assert [label for label in wanted if label not in labels] == []
    assert heads(three) == list(THREE)
    expect(row(three, "Authors").locator("td").first).to_have_text(
        "Jiali Cheng, Hadi Amiri"
    )
    expect(row(three, "Datasets")).to_contain_text(
        "CelebA"
    )  # a key, by the name of its entry
    links = row(three, "Links").locator("td").first.locator("a")
    assert [a.get_attribute("href") for a in links.all()] == [
        link.url for link in papers[0].links
    ]


def test_rows_say_in_words_whether_papers_agree_and_weight_marks_what_one_has_alone(
    three: Page,
) -> None:
    kind, modality, venue = (
        row(three, "Kind"),
        row(three, "Modality").first,
        row(three, "Venue"),
    )
    expect(kind.locator("th")).to_contain_text("same")
    expect(kind).to_have_class("mmu-same")
    expect(modality.locator("th")).to_contain_text("in part")
    assert modality.locator("b").all_inner_texts() == ["Video", "Audio"]
    expect(venue.locator("th")).to_contain_text("differs")
    assert venue.locator("b").count() == 0
    muted, ink = (
        r.locator("td").first.evaluate("e => getComputedStyle(e).color")
        for r in (kind, venue)
    )
    assert muted != ink
    expect(row(three, "Application").locator("td").first).to_have_text(
        "not recorded"
    )


def test_what_is_the_same_is_folded_below_all_else(three: Page) -> None:
    fold = three.get_by_role(
        "button", name=re.compile("^\\d+ rows? (is|are) the same: .*Kind")
    )
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(row(three, "Kind")).to_be_hidden()
    fold.click()
    expect(row(three, "Kind")).to_be_visible()
    same = three.locator(".mmu-compare tbody").last.locator(".mmu-same")
    assert same.count() == three.locator(".mmu-same").count() > 0
    fold.click()
    three.emulate_media(media="print")
    expect(row(three, "Kind")).to_be_visible()


def test_what_works_are_about_comes_first(base: str, visit: Open) -> None:
    with visit(f"{base}compare.html#keys=yoon2025safree,wu2025erasing") as page:
        labels = page.locator(".mmu-compare tbody th:visible").evaluate_all(
            "all => all.map(th => th.firstChild.textContent)"
        )
    order = ["Summary", "Needs", "How", "I2P", "Modality", "Authors"]
    firsts = dict.fromkeys(
        name for label in labels for name in order if label.startswith(name)
    )
    assert labels[0].startswith("Summary")
    assert len(firsts) >= 4
    assert list(firsts) == sorted(firsts, key=order.index)


def test_it_opens_with_an_example_and_sets_that_are_often_compared(
    empty: Page,
) -> None:
    expect(empty.get_by_role("status")).to_have_text(
        "An example. Choose two to five papers of your own."
    )
    assert len(heads(empty)) == 3
    expect(empty).to_have_url(re.compile(r"compare\.html$"))
    links = empty.locator(".mmu-compare-often a")
    expect(links.first).to_be_visible()
    assert 1 < links.count() <= 6
    wanted = links.nth(1).get_attribute("href") or ""
    links.nth(1).click()
    expect(empty.get_by_role("status")).to_contain_text("of 5 chosen")
    assert heads(empty) == wanted.removeprefix("#keys=").split(",")
    empty.go_back()
    expect(empty.get_by_role("status")).to_contain_text("An example.")
    field(empty).fill("salun")
    empty.keyboard.press("Enter")
    expect(empty.get_by_role("status")).to_contain_text("1 of 5 chosen")
    assert heads(empty) == ["fan2023salun"]


def test_results_under_the_same_condition_are_side_by_side(
    base: str, visit: Open
) -> None:
    with visit(f"{base}compare.html#keys=yoon2025safree,wu2025erasing") as page:
        group = page.locator(
            ".mmu-compare tbody",
            has_text="UnlearnDiffAtk · Nudity, measured by",
        )
        values = {
            cells[0].replace("\xa0", " "): cells[1:]
            for cells in group.locator("tr").evaluate_all(
                f"rows => rows.map({CELLS})"
            )
        }
        place = ("unlearndiffatk", "nudity", "asr-after-attack")
        (known,) = [
            result.value
            for result in real_library().results.by_work["wu2025erasing"]
            if (result.benchmark, result.task, result.metric) == place
        ]
        assert values["ASR after attack ↓"][1] == known
        page.get_by_role("button", name="Remove SAFREE").click()
        expect(page.locator(".mmu-compare-group")).to_have_count(
            0
        )  # nothing to compare with


# --- choosing


def test_papers_are_found_chosen_and_removed_by_keyboard(empty: Page) -> None:
    page = empty
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    field(page).focus()
    page.keyboard.type("salun")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("SalUn")  # what Enter takes
    assert field(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#keys=fan2023salun$"))
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")
    expect(page.get_by_role("status").first).to_contain_text(
        "SalUn added. 1 of 5 chosen. Choose one more."
    )
    page.keyboard.type("2024 bench")
    first = page.get_by_role("option").first.inner_text()
    page.keyboard.press("ArrowDown")
    active = field(page).get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").inner_text() == first
    page.keyboard.press("ArrowDown")
    assert chosen.inner_text() != first
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # round to the last
    expect(page.get_by_role("option").last).to_have_attribute(
        "aria-selected", "true"
    )
    page.keyboard.press("Escape")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value("2024 bench")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert len(heads(page)) == 2
    page.get_by_role("button", name="Remove SalUn").focus()
    page.keyboard.press("Enter")
    assert len(heads(page)) == 1
    expect(page.get_by_role("status").first).to_contain_text("SalUn removed.")
    expect(field(page)).to_be_focused()


@pytest.mark.slow
def test_suggestions_look_at_names_titles_authors_and_years_without_accents(
    empty: Page,
) -> None:
    page = empty
    for words, found in (
        ("FAN SalUn", "SalUn"),
        ("mu-bench", "MU-Bench"),
        ("dontsov 2024", "CLEAR"),
    ):
        field(page).fill(words)
        expect(page.get_by_role("option").first).to_contain_text(found)
    field(page).fill("qqqqqqq zzzzzzz")
    expect(page.get_by_role("option")).to_have_text("No paper has these words.")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"compare\.html$"))  # nothing is chosen
    field(page).fill("salun")
    page.get_by_role("option").first.click()
    assert heads(page) == ["fan2023salun"]
    field(page).fill("salun")
    assert (
        page.locator("[role=option]", has_text="Saliency in Both").count() == 0
    )  # chosen already


def test_five_are_the_most(base: str, visit: Open) -> None:
    keys = [p.key for p in LIBRARY.papers.papers[:7]]
    with visit(f"{base}compare.html#keys={','.join(keys)}") as page:
        assert heads(page) == keys[:5]
        expect(page.get_by_role("status").first).to_contain_text("Five at most")
        expect(field(page)).not_to_be_editable()
        page.get_by_role("button", name=re.compile("^Remove")).first.click()
        expect(field(page)).to_be_editable()
        assert heads(page) == keys[1:5]


@pytest.mark.slow
def test_the_address_contains_the_choice(three: Page) -> None:
    page = three
    page.get_by_role("button", name="Remove CLEAR").click()
    expect(page).to_have_url(re.compile(f"#keys={THREE[0]},{THREE[2]}$"))
    page.get_by_role("button", name="Remove MU-Bench").click()
    page.go_back()
    expect(page.locator(".mmu-compare thead th")).to_have_count(2)
    assert heads(page) == [THREE[0], THREE[2]]
    page.go_back()
    expect(page.locator(".mmu-compare thead th")).to_have_count(3)
    page.go_forward()
    expect(page.locator(".mmu-compare thead th")).to_have_count(2)
    page.reload()
    assert heads(page) == [THREE[0], THREE[2]]


def test_a_key_that_is_gone_is_named(base: str, visit: Open) -> None:
    with visit(f"{base}compare.html#keys={THREE[0]},lost%26found,%ZZ") as page:
        assert heads(page) == [THREE[0]]
        expect(page.get_by_role("status").first).to_contain_text(
            "No paper has the key lost&found or %ZZ."
        )


# --- from other pages


def test_the_benchmark_catalogue_sends_its_ticks(
    base: str, visit: Open
) -> None:
    with visit(f"{base}benchmarks.html") as page:
        bar = page.get_by_role("region", name="Compare")
        expect(bar).to_be_hidden()
        page.get_by_role("checkbox", name="Compare CLEAR").check()
        expect(bar).to_contain_text("Choose one more")
        assert bar.get_by_role("link").count() == 0
        page.get_by_role("checkbox", name="Compare UMU-Bench").focus()
        page.keyboard.press("Space")
        expect(
            bar.get_by_role("link", name="Compare 2")
        ).to_be_in_viewport()  # wherever the page is scrolled to
        for box in page.get_by_role(
            "checkbox", name=re.compile("^Compare")
        ).all()[-3:]:
            box.check()  # in another table: one choice for the page
        expect(bar).to_have_count(1)
        expect(
            page.get_by_role("checkbox", name="Compare MU-Bench")
        ).to_be_disabled()
        bar.get_by_role("link", name="Compare 5").click()
        page.wait_for_url("**/compare.html#keys=*")
        assert heads(page)[:2] == ["dontsov2024clear", "wang2025umubench"]
        assert len(heads(page)) == 5


def test_the_explorer_sends_its_selection(base: str, visit: Open) -> None:
    with visit(f"{base}papers/index.html") as page:
        boxes = page.locator("tbody .mmu-pick input")
        chosen = []
        for n in (0, 2, 3):
            boxes.nth(n).check()
            chosen.append(
                page.locator("tbody tr[data-mmu-key]")
                .nth(n)
                .get_attribute("data-mmu-key")
            )
        page.get_by_role("link", name="Compare 3").click()
        page.wait_for_url("**/compare.html#keys=*")
        assert sorted(heads(page)) == sorted(map(str, chosen))
        page.go_back()
        for n in (4, 5, 6):
            boxes.nth(n).check()
        expect(page.get_by_role("link", name="Compare 6")).to_have_count(0)
        expect(page.get_by_text("Five at most to compare.")).to_be_visible()


@pytest.mark.slow
def test_the_ticks_of_a_catalogue_are_cleared_together(
    visit: Open, served_site: str
) -> None:
    with visit(f"{served_site}benchmarks.html") as page:
        boxes = page.get_by_role("checkbox", name=re.compile("^Compare"))
        for n in (0, 1):
            boxes.nth(n).check()
        page.get_by_role("button", name="Clear", exact=True).click()
        assert (
            boxes.evaluate_all("all => all.some(box => box.checked)") is False
        )
        expect(boxes.nth(0)).to_be_focused()
        expect(
            page.get_by_role("link", name=re.compile("^Compare "))
        ).to_have_count(0)


# --- other readers


def test_without_scripts_there_are_a_sentence_and_links(
    base: str, visit: Open
) -> None:
    with visit(f"{base}compare.html", java_script_enabled=False) as page:
        assert (
            page.locator("article").locator("input, select, table").count() == 0
        )
        expect(page.get_by_text("needs JavaScript")).to_be_visible()
        page.locator("[data-mmu-compare] a", has_text="benchmarks").click()
        expect(page).to_have_url(re.compile(r"benchmarks\.html$"))
        assert page.locator(".mmu-catalogue input").count() == 0


def test_on_a_phone_fields_are_one_below_the_other(
    html_site: Path, visit: Open
) -> None:
    address = f"{html_site.as_uri()}/compare.html#keys={','.join(THREE)}"
    with visit(address, viewport={"width": 390, "height": 844}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        boxes = [
            td.bounding_box() for td in row(page, "Venue").locator("td").all()
        ]
        assert len(boxes) == len(THREE)
        assert all(
            one and two and one["y"] < two["y"] for one, two in pairwise(boxes)
        )
        page.get_by_role("button", name="the same").click()
        assert (
            row(page, "Kind").locator("td:visible").count() == 1
        )  # what all have is shown once
        expect(page.get_by_role("rowheader", name="Venue")).to_be_visible()


def test_print_has_the_table_alone(html_site: Path, visit: Open) -> None:
    with visit(
        f"{html_site.as_uri()}/compare.html#keys={','.join(THREE)}"
    ) as page:
        page.emulate_media(media="print")
        expect(page.locator(".mmu-compare")).to_be_visible()
        expect(field(page)).to_be_hidden()
        assert (
            page.get_by_role("button", name=re.compile("^Remove")).count() == 0
        )


def test_data_is_never_html_and_a_site_without_vocabulary_compares_too(
    tmp_path: Path, visit: Open
) -> None:
    project = Project(tmp_path)
    project.write(
        "conf.py", 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["a.bib"]\n'
    )
    entry = (
        "@misc{{{0}, title={{<img src=x onerror=alert(1)> {0}}}, year=2024, keywords={{topic:<b>,"
        " x:{0}}}}}\n"
    )
    project.write("a.bib", entry.format("one") + entry.format("two"))
    project.write(
        "index.rst",
        "Site\n====\n\n.. toctree::\n\n   compare\n\n.. mmu:papers::\n",
    )
    project.write("compare.rst", "Compare\n=======\n\n.. mmu:compare::\n")
    build = project.build()
    assert "needs JavaScript" in build.html("compare")
    with visit((build.out / "compare.html").as_uri() + "#keys=one,two") as page:
        expect(page.locator(".mmu-compare thead th").first).to_contain_text(
            "<img src=x onerror=alert(1)> one"
        )
        assert page.locator(".mmu-compare img").count() == 0
        assert page.get_by_text("needs JavaScript").count() == 0
        expect(row(page, "Topic").locator("th")).to_contain_text("same")
        expect(row(page, "X").locator("th")).to_contain_text("differs")


@pytest.mark.parametrize("builder", ["text", "epub", "singlehtml", "latex"])
def test_other_forms_have_the_sentence(tmp_path: Path, builder: str) -> None:
    project = Project(tmp_path)
    project.write(
        "conf.py", 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["a.bib"]\n'
    )
    project.write("a.bib", "@misc{one, title={One}, year=2024}\n")
    project.write(
        "index.rst",
        "Site\n====\n\n.. mmu:compare::\n\n   Look at the lists.\n\n.. mmu:papers::\n",
    )
    build = project.build(builder)
    assert [text for text in build.warnings if "EPUB3" not in text] == []
    name = {
        "text": "index.txt",
        "epub": "index.xhtml",
        "singlehtml": "index.html",
        "latex": "*.tex",
    }[builder]
    assert any(
        "Look at the lists." in path.read_text("utf-8")
        for path in build.out.glob(name)
    )


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(
    html_site: Path, chromium: Browser, width: int, scheme: Any
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    for state in (
        "",
        f"#keys={','.join((*THREE, 'yoon2025safree', 'wu2025erasing'))}",
        "open",
    ):
        page.goto("about:blank")
        page.goto(
            f"{html_site.as_uri()}/compare.html{state.removeprefix('open')}"
        )
        if state == "open":
            field(page).fill("bench")
        found = (
            Axe()
            .run(page, options={"resultTypes": ["violations"]})
            .response["violations"]
        )
        assert [
            (v["id"], [n["target"] for n in v["nodes"]]) for v in found
        ] == [], state
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_beside_the_ticks_of_a_catalogue(
    html_site: Path, chromium: Browser, width: int, scheme: Any
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(f"{html_site.as_uri()}/benchmarks.html")
    boxes = page.get_by_role("checkbox", name=re.compile("^Compare"))
    boxes.nth(0).check()
    boxes.nth(1).check()
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    context.close()


# --- many results

MEASURED = (
    "compare.html#keys=gandikota2023erasing,gandikota2024unified,fan2023salun"
)


def test_results_of_all_papers_come_first_and_each_table_names_its_columns(
    base: str, visit: Open
) -> None:
    with visit(f"{base}{MEASURED}") as page:
        tables = page.locator(
            ".mmu-compare tbody:has(.mmu-measured, .mmu-compare-names)"
        )
        names = tables.first.locator(".mmu-compare-names td").all_inner_texts()
        assert names == ["", "ESD", "UCE", "SalUn"]
        page.locator("summary", has_text="tables of results").click()
        listed = page.locator(".mmu-compare-often li:has(button)")
        partly = listed.evaluate_all(
            "all => all.map(li => li.innerText.includes('not of all'))"
        )
        assert partly == sorted(partly)
        assert {*partly} == {False, True}
        listed.last.get_by_role("button").click()
        title = listed.last.get_by_role("button").inner_text()
        expect(page.locator(":focus")).to_have_text(title)
        expect(page.locator(":focus")).to_be_in_viewport()


def test_on_phones_all_results_but_two_are_folded(
    base: str, visit: Open
) -> None:
    with visit(
        f"{base}{MEASURED}", viewport={"width": 390, "height": 800}
    ) as page:
        folds = page.locator(".mmu-compare-group button[aria-expanded]")
        states = folds.evaluate_all(
            "all => all.map(b => b.getAttribute('aria-expanded'))"
        )
        assert states[:2] == ["true", "true"]
        assert {*states[2:]} == {"false"}
        folds.nth(2).click()
        expect(folds.nth(2)).to_have_attribute("aria-expanded", "true")
        assert page.evaluate("document.documentElement.scrollHeight") < 16000
