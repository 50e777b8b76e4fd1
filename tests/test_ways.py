"""The ways between made pages: where one is, what comes before and after it."""

from pathlib import Path

import pytest
from pages import by_class, dead_links, differences, pages, text, tree
from support import Build, Project

SETTINGS = {
    "mmu_explorer": "papers/index",
    "mmu_facet_pages": ["target", "kind"],
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, "survey")


def crumbs(built: Build, name: str) -> list[tuple[str, str]]:
    """The steps of a breadcrumb: text and address, empty for the page itself."""
    (nav,) = by_class(tree(built.html(name)), "mmu-crumb")
    assert (nav.tag, nav.get("aria-label")) == ("nav", "Breadcrumb")
    steps = [
        (text(li), next((a.get("href", "") for a in li.iter("a")), ""))
        for li in nav.iter("li")
    ]
    assert [e.get("aria-current") for e in nav.iter("span")] == ["page"]
    return steps


@pytest.mark.parametrize("theme", ["basic", "alabaster", "furo"])
def test_made_pages_say_where_one_is(project: Project, theme: str) -> None:
    built = project.build(**SETTINGS, html_theme=theme)
    assert built.text == ""
    start, (_name, explorer), here = crumbs(built, "paper/ada2020")
    assert start == ("Home", "../index.html")
    assert explorer == "../papers/index.html"
    assert here == ("Alpha", "")
    assert crumbs(built, "facet/target/face")[::2] == [
        ("Home", "../../index.html"),
        ("Target: Faces", ""),
    ]
    assert 'class="mmu-crumb"' not in built.html("notes")
    assert dead_links(built.out, pages(built.out)) == []


def test_without_an_explorer_the_way_is_shorter(project: Project) -> None:
    built = project.build(mmu_explorer="", mmu_facet_pages=["target"])
    assert [label for label, _address in crumbs(built, "paper/ada2020")] == [
        "Home",
        "Alpha",
    ]


def test_values_of_a_facet_lead_to_each_other(project: Project) -> None:
    built = project.build(**SETTINGS, html_theme="furo")
    page = tree(built.html("facet/target/face"))
    following = next(by_class(page, "next-page"))
    assert following.get("href") == "voice.html"
    assert "Target: Voices" in text(following)
    assert list(by_class(page, "prev-page")) == []
    assert (
        next(by_class(tree(built.html("facet/target/voice")), "prev-page")).get(
            "href"
        )
        == "face.html"
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("words.toml", 'label = "Voices"', 'label = "Sounds"'),
        pytest.param(
            "refs.bib", "kind:survey", "kind:attack", marks=pytest.mark.slow
        ),
    ],
)
def test_a_second_build_leads_as_a_first_one_would(
    project: Project, name: str, old: str, new: str
) -> None:
    project.build(**SETTINGS)
    project.edit(name, old, new)
    second = project.build(**SETTINGS)
    assert (
        differences(second.out, project.build(clean=True, **SETTINGS).out) == []
    )
