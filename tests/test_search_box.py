"""The search field of a page: where it leads, and that other formats leave it out."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import by_class, tree
from support import Project

BOX = "```{mmu:search-box}\nA title,\n<or> a name\n```\n"
TREE = "```{toctree}\nlists/all\ndeep/down\n```\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write(
        "conf.py",
        'extensions = ["myst_parser", "sphinx_mmu"]\nhtml_theme = "basic"\n'
        'mmu_bibfiles = ["refs.bib"]\nmmu_explorer = "lists/all"\n',
    )
    made.write("refs.bib", "@misc{one, title = {One}, year = {2024}}\n")
    made.write("lists/all.md", "# All\n\n```{mmu:paper-table}\n```\n")
    made.write("index.md", f"# Home\n\n{BOX}\nSome words.\n\n{TREE}")
    made.write("deep/down.md", "# Down\n\n```{mmu:search-box}\n```\n")
    return made


@pytest.mark.parametrize(
    ("page", "action", "words"),
    [
        ("index", "lists/all.html", "A title, <or> a name"),
        ("deep/down", "../lists/all.html", "Search papers"),
    ],
)
def test_a_box_is_a_form_that_leads_to_the_explorer(
    project: Project, page: str, action: str, words: str
) -> None:
    (form,) = by_class(tree(project.build().html(page)), "mmu-search-box")
    (field,) = form.iter("input")
    assert form.get("action") == action
    assert (field.get("name"), field.get("placeholder")) == ("q", words)
    assert form.get("aria-label")
    assert field.get("aria-label")


@pytest.mark.parametrize(
    "builder", ["text", "latex", "man", "texinfo", "epub", "singlehtml"]
)
def test_other_formats_have_no_box(project: Project, builder: str) -> None:
    built = project.build(builder)
    files = [
        p
        for p in built.out.rglob("*")
        if p.suffix not in (".js", ".css", ".gz", ".epub")
    ]
    texts = [
        p.read_text("utf-8", errors="replace") for p in files if p.is_file()
    ]
    assert any("Some words" in text for text in texts)
    assert not any("Search papers" in t or "<or> a name" in t for t in texts)


def test_without_an_explorer_there_is_one_warning(project: Project) -> None:
    project.edit(
        "conf.py", 'mmu_explorer = "lists/all"', 'mmu_explorer = "gone"'
    )
    project.write("deep/down.md", "# Down\n")
    built = project.build()
    (warning,) = built.warnings
    assert "index.md:3" in warning
    assert (
        "there is no page 'gone'; name it as mmu_explorer in conf.py" in warning
    )
    assert not list(by_class(tree(built.html("index")), "mmu-search-box"))
