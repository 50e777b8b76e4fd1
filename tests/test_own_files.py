"""Files of an author's own stay as they are, wherever the build writes its files."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import Project

BIB = "@misc{alpha, title = {Alpha}, year = {2020}}\n@misc{beta, title = {Beta}, year = {2021}}\n"
INDEX = "Index\n=====\n\n.. mmu:paper-table::\n\n.. toctree::\n   :glob:\n\n   paper/alph*\n   */own*\n"
OWN = "My own page\n===========\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("refs.bib", BIB)
    project.write(
        "conf.py", 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["refs.bib"]\n'
    )
    project.write("index.rst", INDEX)
    return project


def test_a_page_with_the_name_of_a_paper_stays_and_the_paper_gives_way(
    project: Project,
) -> None:
    project.write("paper/alpha.rst", OWN)
    for _ in range(2):
        built = project.build()
        assert (project.source / "paper/alpha.rst").read_text("utf-8") == OWN
    (warning,) = [line for line in built.warnings if "[mmu." in line]
    said = "'alpha' gets no page: paper/alpha.rst is a page of its own"
    assert said in warning
    assert "[mmu.config]" in warning
    assert "My own page" in built.html("paper/alpha")
    assert "Beta" in built.html("paper/beta")
    assert 'href="paper/alpha.html"><span class="mmu' not in built.html("index")


@pytest.mark.parametrize("pages", [True, False])
@pytest.mark.parametrize("folder", ["paper", "facet"])
def test_a_list_of_ignored_files_of_ones_own_stays(
    project: Project, folder: str, *, pages: bool
) -> None:
    project.write(f"{folder}/.gitignore", "mine\n")
    project.build(mmu_paper_pages=pages)
    assert (project.source / folder / ".gitignore").read_text(
        "utf-8"
    ) == "mine\n"


def test_pages_of_ones_own_beside_the_files_to_take_away_stay(
    project: Project,
) -> None:
    project.write("export/own.rst", OWN)
    project.write("export/sub/own.rst", OWN.replace("page", "leaf"))
    project.edit("index.rst", "   */own*\n", "   */own*\n   export/sub/own\n")
    for _ in range(2):
        built = project.build()
        assert built.warnings == []
        assert "My own page" in built.html("export/own")
        assert "My own leaf" in built.html("export/sub/own")
    assert (built.out / "export/all.bib").is_file()


@pytest.mark.parametrize(
    ("options", "feeds", "written"),
    [
        ("   :filter: type:misc\n", True, 1),
        ("   :filter: type:misc\n", False, 0),
        ("   :filter: type:misc\n   :limit: 1\n", True, 0),
        ("   :filter: type:misc has:year\n", True, 0),
        ("", True, 0),
    ],
    ids=["one value", "no feed", "a part of it", "two", "all"],
)
def test_a_table_of_one_value_that_has_a_feed_has_files(
    options: str,
    feeds: bool,
    written: int,
    project: Project,
) -> None:
    project.edit(
        "index.rst", "paper-table::\n", f"paper-table::\n{options}   :empty:\n"
    )
    built = project.build(mmu_feeds=feeds, mmu_facet_pages=["type"])
    assert (built.out / "export/index.bib").is_file() == written
    assert ("export/index.bib" in built.html("index")) == written


def test_files_of_a_view_that_is_gone_are_removed(project: Project) -> None:
    options = "   :filter: year:2020\n   :facets: year\n"
    project.edit("index.rst", "paper-table::\n", f"paper-table::\n{options}")
    assert (project.build().out / "export/index.bib").is_file()
    project.edit("index.rst", options, "")
    assert not (project.build().out / "export/index.bib").exists()
