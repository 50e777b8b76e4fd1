"""Tables too long for one page: further pages have all rows and names of their own, and go in time."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import Project, keys

TITLES = [f"paper{n:03}" for n in range(130)]
BIB = "".join(
    f"@misc{{{t}, title = {{Title {t}}}, year = {{20{n % 20 + 10}}}}}\n\n"
    for n, t in enumerate(TITLES)
)
INDEX = "Index\n=====\n\n.. mmu:paper-table::\n   :sort: file\n"
LIMIT = 120


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("refs.bib", BIB)
    conf = 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["refs.bib"]\nmmu_paper_pages = False\n'
    project.write("conf.py", f"{conf}mmu_table_inline_max = {LIMIT}\n")
    project.write("index.rst", INDEX)
    return project


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_first_rows_stand_on_the_page_and_all_on_further_ones(
    builder: str, project: Project
) -> None:
    built = project.build(builder)
    assert built.warnings == []
    assert keys(built.html("index")) == TITLES[:100]
    further = (
        "index-page-1/index.html"
        if builder == "dirhtml"
        else "index-page-1.html"
    )
    assert keys(built.file(further)) == TITLES
    assert (
        f'href="{"index-page-1/" if builder == "dirhtml" else further}"'
        in built.html("index")
    )


def test_one_document_has_all_rows(project: Project) -> None:
    assert keys(project.build("singlehtml").file("index.html")) == TITLES


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_further_pages_go_with_the_rows_that_made_them_needed(
    builder: str, project: Project
) -> None:
    built = project.build(builder)
    assert list(built.out.rglob("*page-1*"))
    project.write("refs.bib", BIB.partition("@misc{paper100,")[0])
    built = project.build(builder)
    assert not list(built.out.rglob("*page-1*"))
    assert keys(built.html("index")) == TITLES[:100]


def test_two_long_tables_of_a_page_have_pages_of_their_own(
    project: Project,
) -> None:
    project.write(
        "index.rst", f"{INDEX}\n.. mmu:paper-table::\n   :sort: -file\n"
    )
    built = project.build()
    assert keys(built.file("index-page-1.html")) == TITLES
    assert keys(built.file("index-2-page-1.html")) == TITLES[::-1]
    assert 'href="index-2-page-1.html"' in built.html("index")


def test_a_page_of_that_name_stays(project: Project) -> None:
    project.write("index-page-1.rst", ":orphan:\n\nMine\n====\n")
    for _ in range(2):
        built = project.build()
        assert "Mine" in built.html("index-page-1")
        assert keys(built.file("index-page-1-rows.html")) == TITLES
    project.edit("index.rst", ":sort: file", ":limit: 5")
    built = project.build()
    assert "Mine" in built.html("index-page-1")
    assert not (built.out / "index-page-1-rows.html").exists()


def test_a_catalogue_that_links_lead_to_stays_whole(project: Project) -> None:
    project.write(
        "words.toml",
        '[catalogue.benchmark]\nlabel = "Test"\nplural = "tests"\nfilter = "year:*"\n',
    )
    project.write("index.rst", "Index\n=====\n\n.. mmu:benchmark-catalogue::\n")
    built = project.build(mmu_vocabulary=["words.toml"])
    assert built.warnings == []
    assert sorted(keys(built.html("index"))) == TITLES
    assert 'id="paper120"' in built.html("index")


@pytest.mark.parametrize(
    ("number", "shown"), [(250, 250), (251, 100), (1001, 100)]
)
def test_an_explorer_is_cut_sooner_and_leads_to_all_of_its_rows(
    number: int, shown: int, project: Project
) -> None:
    names = [f"paper{n:04}" for n in range(number)]
    project.write(
        "refs.bib",
        "".join(
            f"@misc{{{n}, title = {{{n}}}, keywords = {{kind:a}}}}\n"
            for n in names
        ),
    )
    project.write("index.rst", f"{INDEX}   :facets: kind\n")
    built = project.build(mmu_table_inline_max=1000)
    page = built.html("index")
    assert keys(page) == names[:shown]
    further = sorted(path.name for path in built.out.glob("index-page-*"))
    assert [key for name in further for key in keys(built.file(name))] == (
        names if shown < number else []
    )
    assert page.count('href="index-page-1.html"') == (2 if further else 0)
    assert ("All 251 in one table" in page) == (number == 251)
    assert ("the first 100 shown" in page) == bool(further)


def test_an_explorer_shows_all_rows_where_that_is_asked_for(
    project: Project,
) -> None:
    names = [f"paper{n:03}" for n in range(300)]
    project.write(
        "refs.bib",
        "".join(
            f"@misc{{{n}, title = {{{n}}}, keywords = {{kind:a}}}}\n"
            for n in names
        ),
    )
    project.write("index.rst", f"{INDEX}   :facets: kind\n")
    assert keys(project.build(mmu_table_inline_max=0).html("index")) == names


@pytest.mark.parametrize("most", [1, 50, True])
def test_a_table_that_its_page_would_show_whole_is_not_cut(
    most: int, project: Project
) -> None:
    project.write("refs.bib", BIB.partition("@misc{paper080,")[0])
    project.write(
        "index.rst", f"{INDEX}\n.. mmu:paper-table::\n   :facets: list\n"
    )
    built = project.build(mmu_table_inline_max=most)
    assert keys(built.html("index")) == TITLES[:80]
    assert "shown" not in built.html("index")
    assert not list(built.out.glob("index-page-*"))


def test_fewer_rows_than_none_are_told(project: Project) -> None:
    (warning,) = project.build(mmu_table_inline_max=-1).warnings
    assert "mmu_table_inline_max must be 0 or more, not -1" in warning
