"""Pages of authors, venues and other values that follow from standard fields: which there are, what
they have, and which pages lead to them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import feedparser
import pytest
from pages import by_class, dead_links, differences, pages, text, tree
from support import Build, Project, keys

from sphinx_mmu.ext.kinds import explorer

SETTINGS: dict[str, Any] = {
    "mmu_facet_pages": ["target", "venue", "author"],
    "mmu_feeds": True,
    "mmu_explorer": "papers/index",
    "mmu_results": ["results.csv"],
}
EXPLORER = (
    "# All papers\n\n```{mmu:paper-table}\n"
    ":facets: target venue author published year has results\n```\n"
)
INDEX = "---\norphan: true\n---\n\n# A to Z\n\n```{mmu:index}\n```\n"
FEEDS = "---\norphan: true\n---\n\n# Feeds\n\n```{mmu:feeds}\n```\n"
RESULTS = "work,benchmark,metric,value\nada2020,bravo,accuracy,1\nbob2021,bravo,accuracy,2\n"
NAMES = '\n[benchmark.bravo]\nlabel = "Bravo tests"\n[metric.accuracy]\nlabel = "Accuracy"\n'


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site with pages of authors and venues, built once for all tests."""
    project = Project(tmp_path_factory.mktemp("values") / "site", "survey")
    project.write("papers/index.md", EXPLORER)
    project.write("a-to-z.md", INDEX)
    project.write("feeds.md", FEEDS)
    project.write("results.csv", RESULTS)
    project.write(
        "words.toml", (project.source / "words.toml").read_text("utf-8") + NAMES
    )
    built = project.build(**SETTINGS)
    project.keep()
    return built


@pytest.fixture
def project(first: Build) -> Project:
    """The site as the first build left it."""
    first.project.restore()
    return first.project


@pytest.fixture
def built(project: Project, first: Build) -> Build:
    """The first build, whose output other tests have not changed."""
    assert project is first.project
    return first


def page_of(built: Build, tag: str) -> str:
    """The name of the page of a value; "" if it has none."""
    made = built.app.env.domains["mmu"].site.facet_pages
    return next(
        (docname for docname, known in made.items() if known == tag), ""
    )


def links(built: Build, page: str, css: str) -> dict[str, str]:
    """What the links within elements of a class read, and where they lead."""
    found = by_class(tree(built.html(page)), css)
    return {
        text(a): a.get("href", "")
        for element in found
        for a in element.iter("a")
    }


def test_authors_of_two_papers_and_all_venues_have_a_page(built: Build) -> None:
    assert built.text == ""
    tags = built.app.env.domains["mmu"].site.facet_pages.values()
    assert [tag for tag in tags if not tag.startswith("target:")] == [
        "venue:JoB",
        "venue:Proceedings of Charlies",
        "author:Nora Ada",
        "author:Olaf Dan",
        "author:Pia Eve",
        "author:Tim Bob",
    ]
    html = built.html(page_of(built, "author:Nora Ada"))
    assert "<h1>Author: Nora Ada" in html
    assert keys(html) == ["bob2021", "ada2020"]
    assert keys(built.html(page_of(built, "venue:JoB"))) == ["bob2021"]
    assert dead_links(built.out, pages(built.out)) == []


@pytest.mark.parametrize(
    ("least", "with_pages"),
    [({"author": 3}, ["Pia Eve"]), ({}, ["Pia Eve", "Nora Ada", "Una Cid"])],
)
def test_the_least_number_of_papers_can_be_set(
    project: Project, least: dict[str, int], with_pages: list[str]
) -> None:
    built = project.build(**SETTINGS, mmu_facet_least=least)
    # Of three papers, of two and of one.
    names = ("Pia Eve", "Nora Ada", "Una Cid")
    assert [
        name for name in names if page_of(built, f"author:{name}")
    ] == with_pages


@pytest.mark.parametrize("least", [{"author": 0}, {"author": True}, {1: 2}])
def test_a_least_number_that_is_none_is_reported(
    project: Project, least: Any
) -> None:
    built = project.build(**SETTINGS, mmu_facet_least=least)
    assert (
        "mmu_facet_least must map names of facets to positive integers"
        in built.text
    )
    assert page_of(built, "author:Nora Ada")


def test_a_paper_leads_to_its_authors_and_its_venue(built: Build) -> None:
    assert links(built, "paper/bob2021", "mmu-authors") == {
        name: f"../{page_of(built, f'author:{name}')}.html"
        for name in ("Tim Bob", "Nora Ada")
    }
    assert list(links(built, "paper/bob2021", "mmu-venue")) == ["JoB 2021"]
    assert list(links(built, "paper/cid2022", "mmu-authors")) == [
        "Tim Bob",
        "Olaf Dan",
        "Pia Eve",
    ]


def test_the_index_leads_to_them(built: Build) -> None:
    html = built.html("a-to-z")
    for tag, name in (("author:Nora Ada", "Ada, Nora"), ("venue:JoB", "JoB")):
        assert re.search(
            rf'href="{page_of(built, tag)}\.html[^>]*><span[^>]*>{name}<', html
        )


def test_their_feeds_are_named_on_their_pages_and_not_in_the_list(
    built: Build,
) -> None:
    page = page_of(built, "author:Nora Ada")
    head = built.html(page).partition("</head>")[0]
    (name,) = re.findall(r'Nora Ada" href="(\.\./\.\./feeds/[^"]+)" />', head)
    feed = feedparser.parse(built.file(name.removeprefix("../../")))
    assert feed.feed.title == "Small survey: Nora Ada"
    listed = built.html("feeds")
    assert "target-face.xml" in listed
    assert "Pia Eve" not in listed
    assert "Pia Eve" not in built.file("feeds/all.opml")


def test_they_say_in_the_words_of_schema_org_what_they_list(
    built: Build,
) -> None:
    def data(tag: str) -> dict[str, Any]:
        html = built.html(page_of(built, tag))
        (found,) = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', html
        )
        return dict(json.loads(found))

    person = data("author:Nora Ada")
    assert person["@type"] == "CollectionPage"
    assert person["about"] == {
        "@type": "Person",
        "name": "Nora Ada",
        "givenName": "Nora",
        "familyName": "Ada",
    }
    items = person["mainEntity"]["itemListElement"]
    assert [(i["position"], i["item"]["name"]) for i in items] == [
        (1, "Bravo Work"),
        (2, "Alpha: First Things"),
    ]
    assert items[0]["item"]["url"] == "https://doi.org/10.1000/bravo"
    assert data("venue:JoB")["about"] == {
        "@type": "CreativeWorkSeries",
        "name": "JoB",
        "alternateName": "Journal of Bravery",
    }
    assert data("target:face")["about"] == {
        "@type": "DefinedTerm",
        "name": "Faces",
    }


def test_others_of_a_list_are_no_author(project: Project) -> None:
    project.edit(
        "refs.bib",
        "{Bob, Tim and Ada, Nora}",
        "{Bob, Tim and Ada, Nora and others}",
    )
    built = project.build(**SETTINGS)
    assert list(links(built, "paper/bob2021", "mmu-authors")) == [
        "Tim Bob",
        "Nora Ada",
    ]
    assert "Tim Bob</a>" in built.html("paper/bob2021").replace("</span>", "")
    assert "et al." in built.html("paper/bob2021")


# --- the explorer


def test_an_explorer_offers_derived_facets_to_readers_without_scripts(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explorer, "_LONG", 3)
    monkeypatch.setattr(explorer, "_MOST", 3)
    built = project.build(clean=True, **SETTINGS)
    assert built.text == ""
    html = built.html("papers/index")
    (rail,) = by_class(tree(html), "mmu-static")
    (folded,) = rail.iter("details")
    assert [text(a) for a in folded.iter("a")] == [
        "Pia Eve",
        "Nora Ada",
        "Olaf Dan",
        "and 1 more",
    ]
    assert [a.get("href") for a in folded.iter("a")][-1] == "../a-to-z.html"
    assert text(next(folded.iter("summary"))) == "Author"
    (project.source / "a-to-z.md").unlink()
    (rail,) = by_class(
        tree(project.build(**SETTINGS).html("papers/index")), "mmu-static"
    )
    assert [text(a) for a in rail.iter("a")][-1] == "Olaf Dan"
    assert "and 1 more" in text(rail)
    assert (
        'data-mmu-facets="target venue author published year has results"'
        in html
    )


def test_a_facet_that_is_none_is_reported(project: Project) -> None:
    project.edit(
        "papers/index.md", "target venue author", "target venues autor key"
    )
    built = project.build(**SETTINGS)
    said = [line.partition("WARNING: ")[2] for line in built.warnings]
    assert said == [
        "there is no facet 'venues'; did you mean 'venue'? [mmu.unknown-facet]",
        "there is no facet 'autor'; did you mean 'author'? [mmu.unknown-facet]",
        "there is no facet 'key'; correct the spelling, or add the facet to the vocabulary [mmu.unknown-facet]",
    ]


# --- second builds


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("author   = {Eve, Pia},\n  year     = {2024},\n  month", "author   = {Fox, Rob},\n  year     = {2024},\n  month"),
        pytest.param("{Cid, Una and Bob, Tim and", "{Cid, Una and", marks=pytest.mark.slow),
        pytest.param("venue     = {JoB}", "venue     = {JB}", marks=pytest.mark.slow),
        ("{Proceedings of Charlies}", "{Proceedings of Charlie}"),
    ],
)  # fmt: skip
def test_a_second_build_has_the_pages_that_a_first_one_would(
    project: Project, old: str, new: str
) -> None:
    project.edit("refs.bib", old, new)
    second = project.build(**SETTINGS)
    assert (
        differences(second.out, project.build(clean=True, **SETTINGS).out) == []
    )


def test_a_new_author_s_page_changes_only_pages_that_lead_to_it(
    project: Project,
) -> None:
    project.edit("refs.bib", "author   = {Eve, Pia},\n  year     = {2024},\n  keywords", "author   = {Eve, Pia and Fox, Rob},\n  year     = {2024},\n  keywords")  # fmt: skip
    second = project.build(**SETTINGS)
    made = page_of(second, "author:Rob Fox")
    assert {
        made,
        "paper/fox2024",
        "paper/cid2022",
        "a-to-z",
        "papers/index",
    } <= set(second.written)
    assert not {"paper/ada2020", "paper/bob2021", "notes"} & set(second.written)


def test_a_theme_offers_to_edit_what_people_write_and_never_a_page_of_the_build(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path / "site", "survey")
    options = {"source_edit_link": "https://example.org/docs/{filename}"}
    built = project.build(
        html_theme="furo",
        html_theme_options=options,
        mmu_facet_pages=["target"],
    )

    def edited(docname: str) -> list[str]:
        return re.findall(r'href="([^"]*)" rel="edit"', built.html(docname))

    assert edited("index") == ["https://example.org/docs/index.md"]
    (address,) = edited("paper/ada2020")
    assert address.startswith("https://example.org/edit/refs.bib#L")
    made = built.app.env.domains["mmu"].site.facet_pages
    assert made
    assert [docname for docname in made if edited(docname)] == []
