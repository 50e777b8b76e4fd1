"""Feeds: read by a feed reader's own parser, the same for the same data, true after each edit,
found from the pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from pages import differences
from support import Build, Project, keys, some_slow

from sphinx_mmu.ext.common import output_files

ON = {"mmu_feeds": True, "mmu_facet_pages": ["target"]}
BASE = "https://example.org/survey/"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site with feeds, built once for all tests."""
    project = Project(tmp_path_factory.mktemp("feeds") / "site", "survey")
    project.write(
        "follow.md",
        "---\norphan: true\n---\n\n# Follow\n\n```{mmu:feeds}\n```\n",
    )
    built = project.build(**ON)
    project.keep()
    return built


@pytest.fixture
def project(first: Build) -> Project:
    """The site as the first build left it."""
    first.project.restore()
    return first.project


@pytest.fixture
def built(project: Project, first: Build) -> Build:
    """What the first build wrote."""
    return first


def feed(build: Build, name: str = "all") -> feedparser.FeedParserDict:
    found = feedparser.parse(build.file(f"feeds/{name}.xml"))
    assert not found.bozo
    assert found.version == "atom10"
    return found


def feeds(build: Build) -> set[str]:
    return {path.stem for path in (build.out / "feeds").glob("*.xml")}


def test_the_feed_of_all_papers_has_each_with_what_readers_need(
    project: Project,
) -> None:
    built = project.build(html_baseurl=BASE, **ON)
    assert built.warnings == []
    found = feed(built)
    assert found.feed.title == "Small survey: all papers"
    assert {(link.rel, link.href) for link in found.feed.links} == {
        ("self", f"{BASE}feeds/all.xml"),
        ("alternate", f"{BASE}index.html"),
    }
    assert found.feed.updated == max(e.updated for e in found.entries)
    assert [e.updated for e in found.entries] == sorted(
        (e.updated for e in found.entries), reverse=True
    )
    assert (
        len({e.id for e in found.entries})
        == len(found.entries)
        == len(list(built.out.glob("paper/*.html")))
    )
    ada = next(e for e in found.entries if e.link.endswith("ada2020.html"))
    assert ada.link == f"{BASE}paper/ada2020.html"
    assert ada.title == "Alpha: First Things"
    assert ada.authors[0].name
    assert "stage:train/grad" in {tag.term for tag in ada.tags}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", ada.published)


def test_a_value_with_a_place_has_a_feed_of_its_papers_and_no_other_value(
    built: Build,
) -> None:
    assert {"all", "stage-train", "stage-train-grad", "target-face"} <= feeds(
        built
    )
    assert not {name for name in feeds(built) if name.startswith("kind-")}
    linked = [
        e.link.rpartition("/")[2] for e in feed(built, "target-face").entries
    ]
    assert linked == [
        f"{key}.html" for key in keys(built.html("facet/target/face"))
    ]


def test_links_are_relative_where_the_address_of_the_site_is_unknown(
    built: Build,
) -> None:
    text = built.file("feeds/all.xml")
    assert 'href="../paper/ada2020.html"' in text
    assert "http" not in "".join(re.findall(r'href="([^"]*)"', text))


def test_ids_stay_when_the_site_moves_or_a_title_changes(
    project: Project, built: Build
) -> None:
    before = {e.id for e in feed(built).entries}
    project.edit("refs.bib", "= {Alpha}", "= {Alef}")
    assert {
        e.id
        for e in feed(
            project.build(html_baseurl=BASE, mmu_paper_dir="works", **ON)
        ).entries
    } == before


def test_what_was_added_lately_comes_first_whenever_it_was_published(
    project: Project, built: Build
) -> None:
    assert feed(built).entries[0].title != "Alpha: First Things"
    project.edit("refs.bib", "= {Alpha}", "= {Alpha}, added = {2030-01-02}")
    first = feed(project.build(**ON)).entries[0]
    assert (first.title, first.updated) == (
        "Alpha: First Things",
        "2030-01-02T00:00:00Z",
    )
    assert first.published < first.updated


def test_after_an_edit_feeds_and_links_to_them_are_those_of_a_clean_build(
    project: Project,
) -> None:
    project.edit("refs.bib", "= {Alpha}", "= {Alef}")
    project.edit("train.md", "stage:train/grad", "kind:attack")
    second = project.build(**ON)
    assert "stage-train-grad" not in feeds(second)
    assert differences(second.out, project.build(clean=True, **ON).out) == []
    project.build(**(ON | {"mmu_feeds": False}))
    assert feeds(second) == set()


def test_a_file_is_removed_though_the_build_that_wrote_it_was_killed_before_it_wrote_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            output_files,
            "write_if_changed",
            killed_after(2, output_files.write_if_changed),
        )
        with pytest.raises(KeyboardInterrupt):
            output_files.write_listed(
                tmp_path, {"one": "1", "two": "2"}, "mark"
            )
    (tmp_path / "own").touch()
    assert output_files.listed_mark(tmp_path) == ""
    output_files.write_listed(tmp_path, {"three": "3"})
    assert {path.name for path in tmp_path.iterdir()} == {
        "own",
        "three",
        output_files._LIST,
    }


def killed_after(calls: int, write: Callable[..., bool]) -> Callable[..., bool]:
    """A function that is interrupted after some calls."""
    left = iter(range(calls))

    def write_some(*arguments: Any) -> bool:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return write(*arguments)

    return write_some


def test_pages_name_their_feeds_and_the_directive_lists_all(
    built: Build,
) -> None:
    link = re.compile(
        r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]*)"'
    )
    heads = {
        page: link.findall(built.html(page))
        for page in ("notes", "facet/target/face", "train")
    }
    assert heads["notes"] == ["feeds/all.xml"]
    assert heads["facet/target/face"] == [
        "../../feeds/all.xml",
        "../../feeds/target-face.xml",
    ]
    assert heads["train"] == [
        "feeds/all.xml",
        "feeds/stage-train.xml",
        "feeds/stage-train-grad.xml",
    ]
    below = re.compile(r'<p class="mmu-hint mmu-follow">.*?</p>')
    (named,) = below.findall(built.html("decode"))
    assert re.findall(r'href="([^"]*)"', named) == ["feeds/stage-decode.xml"]
    beside = re.compile(r'class="mmu-feed" href="([^"]*)"')
    for page in heads:  # where lists name them
        assert set(beside.findall(built.html(page))) == {*heads[page][1:]}
        assert below.findall(built.html(page)) == []
    listed = set(
        re.findall(
            r'href="feeds/([^"]*)\.xml"',
            built.html("follow").partition("<h1>")[2],
        )
    )
    assert listed == feeds(built)
    root = ET.fromstring(built.file("feeds/all.opml"))  # noqa: S314 -- written by the build
    outlines = list(root.iter("outline"))
    assert all(
        o.get("title") == o.get("text") for o in outlines if o.get("xmlUrl")
    )
    assert {o.get("xmlUrl") for o in outlines if o.get("xmlUrl")} == {
        f"../feeds/{name}.xml" for name in listed
    }


@pytest.mark.parametrize(
    "builder",
    some_slow(["text", "epub", "singlehtml", "latex"], ["text", "singlehtml"]),
)
def test_other_forms_leave_the_list_out(builder: str, project: Project) -> None:
    built = project.build(builder, **ON)
    assert built.warnings == []
    assert not (built.out / "feeds").exists()


def test_control_characters_of_the_data_do_not_break_a_feed(
    project: Project,
) -> None:
    odd = "O\x01d\x1bd\ufffe"
    entry = (
        f"@misc{{odd, title={{{odd}}}, author={{{odd}, Ann}}, year={{2024}},"
        f" keywords={{target:{odd}}}}}\n"
    )
    project.write("own.bib", entry)
    build = project.build(
        **ON | {"mmu_bibfiles": ["own.bib"], "mmu_vocabulary": []}
    )
    assert feed(build).entries[0].title == "Odd"
    files = list((build.out / "feeds").glob("*.*ml"))
    assert files
    for file in files:
        ET.parse(file)  # noqa: S314 -- the build's own


def test_without_the_setting_there_are_none(project: Project) -> None:
    built = project.build(clean=True)
    assert not (built.out / "feeds").exists()
    assert "atom+xml" not in built.html("notes")


LISTS = {
    "": ["feeds/all.xml"],
    ":filter: target:face": ["feeds/target-face.xml"],
    ":filter: target:(face OR style)": [],
    ":filter: target:face year:>=2000": [],
    ":filter: target:fac*": [],
}


def test_a_list_names_the_feed_of_its_papers(project: Project) -> None:
    for n, options in enumerate(LISTS):
        table = f"```{{mmu:paper-table}}\n{options}\n:empty: ok\n```"
        explored = f"```{{mmu:paper-table}}\n{options}\n:empty: ok\n:facets: target\n```"
        text = f"---\norphan: true\n---\n\n# List\n\n{table}\n\n{explored}\n"
        project.write(f"list{n}.md", text)
    built = project.build(**ON)
    link = re.compile(r'<a class="mmu-feed" href="([^"]*)"')
    for n, wanted in enumerate(LISTS.values()):
        assert link.findall(built.html(f"list{n}")) == 2 * wanted
    records = built.file("_static/mmu-papers.js")
    assert '"feed":"feeds/all.xml"' in records
    assert '"feed":"feeds/target-face.xml"' in records


RENAMED = {
    "target:face": [("words.toml", 'label = "Faces"', 'label = "Visages"')],
    'author:"Nora Ada"': [  # another author, whose name gives the same file
        ("refs.bib", "{Dan, Olaf},", "{{Nora-Ada}},"),
        ("refs.bib", "{Eve, Pia},\n  year     = {2024},\n  key", "{{Nora-Ada}},\n  year     = {2024},\n  key"),
    ],
}  # fmt: skip
"""Edits that give the feed of a filter another title or another file, but do not change its papers."""


@pytest.mark.parametrize("condition", RENAMED)
def test_a_list_that_is_not_read_again_names_its_feed_as_it_is_now(
    project: Project, condition: str
) -> None:
    table = (
        f"```{{mmu:paper-table}}\n:filter: {condition}\n:columns: date title\n"
    )
    project.write(
        "list.md", f"---\norphan: true\n---\n\n# List\n\n{table}```\n"
    )
    settings = ON | {"mmu_facet_pages": ["target", "author"]}
    project.build(**settings)
    for edit in RENAMED[condition]:
        project.edit(*edit)
    second = project.build(**settings)
    assert "list" not in second.read
    assert (
        differences(second.out, project.build(clean=True, **settings).out) == []
    )
