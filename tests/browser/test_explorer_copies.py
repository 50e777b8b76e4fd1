"""What readers copy and save of an explorer in Chromium, its selection and its feed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from browsing import CLIPBOARD, Open
from explorers import (
    ALL,
    REAL,
    address,
    count_in_python,
    explorer,
    field,
    in_python,
    matching,
    real_project,
)
from playwright.sync_api import Page, expect
from support import REPOSITORY, Project, keys, some_slow

from sphinx_mmu.bib import reader
from sphinx_mmu.export.formats import FORMATS

pytestmark = [pytest.mark.browser, pytest.mark.site]


def copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.parametrize(
    "form", some_slow(["bibtex", "ris", "csl-json", "csv", "markdown"], ["csv"])
)
def test_a_selection_is_saved_as_python_would_write_it(
    visit: Open, base: str, form: str
) -> None:
    known = FORMATS[form]
    chosen = [in_python()[n] for n in (3, 0, 40)]
    with visit(explorer(base)) as page:
        for key in chosen:
            page.locator(f"tr[data-mmu-key='{key}'] input").check()
        bar = page.get_by_role("region", name="Selection")
        expect(bar).to_contain_text("3 selected")
        bar.get_by_text("Copy or save").click()
        with page.expect_download() as waiting:
            bar.get_by_role("button", name=known.label, exact=True).click()
        saved = Path(waiting.value.path()).read_bytes().decode()
        assert (
            waiting.value.suggested_filename == f"papers-3-chosen{known.suffix}"
        )
        papers = [
            REAL.papers.by_key[key]
            for key in sorted(chosen, key=in_python().index)
        ]
        assert saved == known.join(
            [known.one(paper, REAL) for paper in papers], REAL
        )
    if form == "bibtex":
        entries, problems = reader.parse(saved, "saved.bib")
        assert (len(entries), problems) == (3, ())


def test_all_that_match_are_saved(visit: Open, base: str) -> None:
    with visit(explorer(base, "kind:attack")) as page:
        page.get_by_text("Download", exact=True).click()
        with page.expect_download() as waiting:
            page.locator(".mmu-menu[open]").get_by_role(
                "button", name="BibTeX", exact=True
            ).click()
        assert waiting.value.suggested_filename == "papers-kind-attack.bib"
        entries, _ = reader.parse(
            Path(waiting.value.path()).read_text("utf-8"), "all.bib"
        )
        assert [entry.key for entry in entries] == in_python("kind:attack")


@pytest.mark.slow
def test_what_is_chosen_is_taken_away_instead_and_the_menu_says_so(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, "kind:attack")) as page:
        page.get_by_text("Download", exact=True).click()
        menu = page.locator(".mmu-menu[open]")
        number = len(in_python("kind:attack"))
        expect(menu).to_contain_text(f"All {number} that match")
        page.keyboard.press("Escape")
        first = in_python("kind:attack")[1]
        page.locator(f"tr[data-mmu-key='{first}'] input").check()
        page.get_by_text("Download", exact=True).click()
        expect(menu).to_contain_text("The 1 chosen")
        with page.expect_download() as waiting:
            menu.get_by_role("button", name="BibTeX", exact=True).click()
        assert waiting.value.suggested_filename == "papers-1-chosen.bib"
        entries, _ = reader.parse(
            Path(waiting.value.path()).read_text("utf-8"), "one.bib"
        )
        assert [entry.key for entry in entries] == [first]


FILE_NAMES = {
    ("", 0): "papers",
    (
        "venue:CVPR year:>=2024 -has:code",
        0,
    ): "papers-venue-CVPR-year-from-2024-not-has-code",
    ("author:Müller <2020", 0): "papers-author-Muller-before-2020",
    ("kind:attack", 12): "papers-12-chosen",
    ("../../etc 漢字", 0): "papers-etc-漢字",
    ("a" * 99, 0): f"papers-{'a' * 53}",
}
"""The names of files, by the filter and the number of papers that are chosen."""


@pytest.mark.skipif(
    shutil.which("node") is None, reason="there is no node on PATH"
)
def test_the_name_of_a_file_contains_the_filter() -> None:
    script = f"""import {{ fileName }} from "{REPOSITORY.as_uri()}/client/downloads.js";
const made = JSON.parse(process.argv[1]).map(given => fileName("papers", ...given));
console.log(JSON.stringify(made));"""
    command = [
        "node",
        "--input-type=module",
        "-e",
        script,
        json.dumps(list(FILE_NAMES)),
    ]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    assert json.loads(done.stdout) == list(FILE_NAMES.values())


@pytest.mark.slow
def test_a_selection_of_all_is_announced(visit: Open, served_site: str) -> None:
    with visit(explorer(served_site, "kind:attack")) as page:
        page.get_by_role("checkbox", name="Select all").check()
        status = page.locator(".mmu-explorer > [role=status]")
        expect(status).to_contain_text(
            f"{len(in_python('kind:attack'))} selected"
        )


@pytest.mark.slow
def test_all_that_match_are_selected_at_once(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site, "kind:attack")) as page:
        page.get_by_text("Download", exact=True).click()
        page.get_by_role("button", name="Select all", exact=True).click()
        found = count_in_python("kind:attack")
        expect(page.get_by_text(f"The {found} chosen")).to_be_visible()
        assert address(page)["sel"] == "*"


@pytest.mark.slow
def test_link_and_references_are_copied(visit: Open, served_site: str) -> None:
    with visit(explorer(served_site, "kind:attack"), **CLIPBOARD) as page:
        page.get_by_text("Download", exact=True).click()
        menu = page.locator(".mmu-menu[open]")
        menu.get_by_role("button", name="Copy link").click()
        expect(menu.get_by_role("button", name="Copied")).to_be_visible()
        expect(page.locator(".mmu-explorer > [role=status]")).to_have_text(
            "Copy link: Copied"
        )
        link = page.evaluate("location.href")
        assert copied(page) == link
        menu.get_by_role("button", name="Copy references (APA)").click()
        page.wait_for_function(
            "url => navigator.clipboard.readText().then(text => text !== url)",
            arg=link,
        )
        papers = [REAL.papers.by_key[key] for key in in_python("kind:attack")]
        assert copied(page) == "\n\n".join(
            FORMATS["apa"].one(p, REAL).strip() for p in papers
        )


@pytest.mark.slow
def test_a_view_is_cited_with_its_filter_its_data_the_day_and_the_link(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site, "kind:attack"), **CLIPBOARD) as page:
        page.get_by_text("Download", exact=True).click()
        page.get_by_role("button", name="Cite this view").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        day = page.evaluate("new Date().toISOString().slice(0, 10)")
        title, link = page.evaluate("[document.title, location.href]")
        assert (
            copied(page)
            == f"{title}: {len(in_python('kind:attack'))} of {ALL} papers (kind:attack). "
            f"Data revision {REAL.revision}, retrieved {day}. {link}"
        )


@pytest.mark.slow
def test_text_is_copied_from_a_page_of_a_folder_too(
    visit: Open, html_site: Path
) -> None:
    with visit(
        explorer(f"{html_site.as_uri()}/", "kind:attack"), **CLIPBOARD
    ) as page:
        page.get_by_text("Download", exact=True).click()
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()


DIRECTIVES = [
    ("stage:training-time -kind:attack", "title", ""),
    ("-has:code", "", ""),
    ('"machine unlearning" OR audio', "-venue", ""),
    ("title:concept* year:[2023 TO *]", "stage", "paper,venue"),
    ("", "date", ""),
    ("it's OR \"it's: so\" OR diffusion", "", ""),
    ("-#1 kind:benchmark", "author", "paper,date,modality"),
]


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 4])
def test_a_copied_directive_shows_the_same_papers(
    visit: Open, served_site: str, tmp_path: Path, step: int
) -> None:
    wanted: dict[str, list[str]] = {}
    project = Project(tmp_path)
    for n, (text, sort, cols) in list(enumerate(DIRECTIVES))[::step]:
        with visit(explorer(served_site, text, sort=sort, cols=cols)) as page:
            page.get_by_text("Download", exact=True).click()
            expect(
                page.get_by_role("button", name="Copy as directive")
            ).to_have_count(0)
        for_authors = explorer(
            served_site, text, query="?author", sort=sort, cols=cols
        )
        with visit(for_authors, **CLIPBOARD) as page:
            page.get_by_text("Download", exact=True).click()
            page.get_by_role("button", name="Copy as directive").click()
            expect(page.get_by_role("button", name="Copied")).to_be_visible()
            found = matching(page)
            assert not re.search(r"[ '][*]['\n]", copied(page)), (
                "a condition that all papers meet"
            )
            project.write(f"page{n}.md", f"# Page {n}\n\n{copied(page)}")
            wanted[f"page{n}"] = sorted(found) if sort == "stage" else found
    chosen = explorer(
        served_site, query="?author", sel=",".join(in_python()[:3])
    )
    with visit(chosen, **CLIPBOARD) as page:
        page.get_by_role("region", name="Selection").get_by_role(
            "button", name="Copy as directive"
        ).click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        project.write("chosen.md", f"# Chosen\n\n{copied(page)}")
        wanted["chosen"] = in_python()[:3]
    built = real_project(project, index="\n".join(wanted)).build()
    assert built.warnings == []
    for name, found in wanted.items():
        shown = keys(built.html(name))
        assert (
            sorted(shown)
            if "stage"
            in DIRECTIVES[int(name[4:] or 0) if name != "chosen" else 0][1]
            else shown
        ) == found


@pytest.mark.slow
def test_the_feed_is_that_of_the_view_or_is_called_wider(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, "venue:ICLR")) as page:
        feed = page.locator("a.mmu-feed")
        expect(feed).to_have_text("Feed of new works: ICLR")
        assert re.search(
            r"feeds/venue-iclr\.xml", feed.get_attribute("href") or ""
        )
        field(page).fill("has:code")
        expect(feed).to_have_text("Feed of ICLR, which is wider than this list")
        page.locator(".mmu-chip button").last.click()
        field(page).fill("stage:training-free")
        expect(feed).to_have_text("Feed of new works: Training-free")
