"""Fields that are for the user of a reference manager alone reach no output; the guide lists what
is published.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import REPOSITORY, Build, Project, bibtex, real_library

from sphinx_mmu.bib import fields
from sphinx_mmu.cli import main
from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.library.library import Library

NAMES = sorted({*fields.PRIVATE, "x-own", "myremark"})
"""Every field of the private list, and fields that nobody has heard of."""
WORDS = """\
[facet.topic]
label = "Topic"
[facet.place]
label = "Place"
field = "shelf"
[field.seen]
label = "Seen"
[relation.uses]
label = "Uses"
inverse = "Used by"
[catalogue.benchmark]
title = "benchname"
filter = "*"
columns = ["benchname", "rows"]
"""
INDEX = """
I
=

:cite:`one`

.. bibliography::

.. mmu:paper-table::
   :facets: topic
   :columns: paper tags links

.. mmu:benchmark-catalogue::

.. mmu:compare::

.. mmu:paper-card:: one
   :bibtex: yes

.. toctree::
   :hidden:

   other
"""
CONF = """
project = "P"
extensions = ["sphinx_mmu", "sphinxcontrib.bibtex"]
mmu_bibfiles = bibtex_bibfiles = ["refs.bib"]
mmu_dataset_bibfiles = ["data.bib"]
mmu_background_bibfiles = ["old.bib"]
mmu_vocabulary = ["words.toml"]
mmu_feeds = True
mmu_facet_pages = ["topic"]
mmu_explorer = "index"
"""


def marker(name: str) -> str:
    return f"zq{re.sub('[^a-z0-9]', '', name)}qz"


def entry(key: str, more: str = "") -> str:
    private = "".join(
        f"  {name} = {{{marker(name)} {key}}},\n" for name in NAMES
    )
    return (
        f"@article{{{key},\n  title = {{Title of {key}}},\n  author = {{Doe, Jane}},\n  journal ="
        f" {{J}},\n  year = {{2024}},\n  added = {{2024-02-03}},\n{private}{more}  keywords ="
        " {topic:a}\n}\n"
    )


SHOWN = (
    "seen = {zqseenqz}, shelf = {zqshelfqz}, uses = {set}, rows = {zqrowsqz}, abstract ="
    " {zqabstractqz},\n"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("private"))
    faulty = entry("faulty").replace("title = {Title", "title = {{Title", 1)
    made.write(
        "refs.bib", "\n".join([entry("one", SHOWN), entry("two"), faulty])
    )
    made.write("data.bib", entry("set"))
    made.write("old.bib", entry("old"))
    made.write("words.toml", WORDS)
    made.write("conf.py", CONF)
    made.write("index.rst", INDEX)
    made.write(
        "other.rst",
        "Other\n=====\n\n.. mmu:term-list:: topic\n\n.. mmu:dataset-catalogue::\n",
    )
    return made


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """All files of an output as text, EPUB unpacked."""
    for path in sorted(
        p
        for p in folder.rglob("*")
        if p.is_file() and ".doctrees" not in p.parts
    ):
        yield (
            str(path.relative_to(folder)),
            path.read_bytes().decode("utf-8", "replace"),
        )
        if path.suffix == ".epub":
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    yield (
                        f"{path.name}/{name}",
                        book.read(name).decode("utf-8", "replace"),
                    )


def told(found: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Where a private text is."""
    marks = [marker(name) for name in NAMES]
    return [
        (name, mark) for name, text in found for mark in marks if mark in text
    ]


@pytest.fixture(scope="module")
def site(project: Project) -> Build:
    return project.build()


def test_no_private_field_is_in_any_file_of_the_site(site: Build) -> None:
    found = list(files(site.out))
    assert {
        "papers.json",
        "searchindex.js",
        "_static/mmu-papers.js",
        "export/all.bib",
        "feeds/all.xml",
    } <= {n for n, _ in found}
    assert not told(iter(found))
    names = [
        name for name in fields.PRIVATE if "-" in name
    ]  # others are words of pages
    assert not [
        (file, name)
        for file, text in found
        for name in names
        if file.startswith(("export", "_static/mmu-pap")) and name in text
    ]
    everything = "\n".join(text for _, text in found)
    assert {
        mark
        for mark in ("zqseenqz", "zqshelfqz", "zqrowsqz", "zqabstractqz")
        if mark in everything
    } == {
        "zqseenqz",
        "zqshelfqz",
        "zqrowsqz",
        "zqabstractqz",
    }


@pytest.mark.parametrize(
    "builder", ["epub", "latex", "text", "singlehtml", "man"]
)
def test_no_private_field_is_in_any_other_form_of_the_site(
    builder: str, project: Project
) -> None:
    out = project.build(builder, clean=True).out
    found = list(files(out))
    assert found
    assert not told(iter(found))
    assert any("Title of one" in text for _, text in found)


@pytest.mark.parametrize("name", FORMATS)
def test_no_private_field_is_in_an_export(
    name: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.source)
    done = CliRunner().invoke(main, ["export", name])
    assert done.exit_code == 0
    assert "Title of one" in done.output
    assert not told(iter([("", done.output)]))


def test_a_readme_has_no_private_field(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.source)
    text = '<!-- mmu:begin paper-table columns="paper links" -->\n<!-- mmu:end -->\n'
    Path("README.md").write_text(text, "utf-8")
    CliRunner().invoke(main, ["export", "readme"])
    written = Path("README.md").read_text("utf-8")
    Path("README.md").unlink()
    assert not told(iter([("", written)]))


def test_a_field_that_conf_py_names_is_published_by_build_and_command(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = project.build(clean=True, mmu_publish_fields=["ReadStatus"])
    assert marker("readstatus") in built.file("export/all.tags.bib")
    assert marker("readstatus") in built.file("_static/mmu-papers.js")
    assert {mark for _, mark in told(files(built.out))} == {
        marker("readstatus")
    }
    monkeypatch.chdir(project.source)
    conf = Path("conf.py").read_text("utf-8")
    Path("conf.py").write_text(
        f'{conf}mmu_publish_fields = ["readstatus"]\n', "utf-8"
    )
    output = CliRunner().invoke(main, ["export", "bibtex-all"]).output
    Path("conf.py").write_text(conf, "utf-8")
    assert {mark for _, mark in told(iter([("", output)]))} == {
        marker("readstatus")
    }


def test_a_change_of_what_is_published_writes_the_files_anew(
    project: Project,
) -> None:
    assert marker("rating") not in project.build().file("export/all.tags.bib")
    assert marker("rating") in project.build(
        mmu_publish_fields=["rating"]
    ).file("export/all.tags.bib")
    assert marker("rating") not in project.build().file("export/all.tags.bib")


@pytest.mark.parametrize("facets", ["", "   :facets: topic\n"])
def test_a_column_that_a_page_names_shows_its_field_and_no_export_has_it(
    facets: str, tmp_path: Path
) -> None:
    made = Project(tmp_path)
    made.write("refs.bib", entry("one"))
    made.write(
        "conf.py", 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["refs.bib"]\n'
    )
    made.write(
        "index.rst",
        f"I\n=\n\n.. mmu:paper-table::\n   :columns: paper comment\n{facets}",
    )
    built = made.build()
    assert built.warnings == []
    assert marker("comment") in built.html("index")
    assert {mark for _, mark in told(files(built.out))} == {marker("comment")}
    assert marker("comment") not in built.file("export/all.bib")
    if facets:
        assert marker("comment") in built.file("_static/mmu-papers.js")


def test_a_filter_by_a_field_that_is_not_published_says_how_to_publish_it(
    tmp_path: Path,
) -> None:
    made = Project(tmp_path)
    made.write("refs.bib", entry("one"))
    made.write(
        "conf.py", 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["refs.bib"]\n'
    )
    made.write(
        "index.rst",
        "I\n=\n\n.. mmu:paper-table::\n   :filter: readstatus:zq*\n   :empty: ok\n",
    )
    (warning,) = made.build().warnings
    assert (
        "the field 'readstatus' is not published: name it in mmu_publish_fields"
        in warning
    )
    assert (
        made.build(clean=True, mmu_publish_fields=["readstatus"]).warnings == []
    )


def test_a_private_change_does_not_touch_the_revision(tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(entry("one"), "utf-8")
    before = Library.load([file])
    file.write_text(entry("one").replace(marker("timestamp"), "later"), "utf-8")
    after = Library.load([file])
    assert after.revision == before.revision
    assert bibtex(after.papers.papers) == bibtex(before.papers.papers)
    file.write_text(entry("one").replace("2024-02-03", "2024-02-04"), "utf-8")
    assert Library.load([file]).revision != before.revision


@pytest.mark.site
def test_every_field_of_the_survey_is_published() -> None:
    library = real_library()
    for collection in (library.papers, library.datasets, library.background):
        assert not collection.unpublished


def test_private_and_standard_fields_are_unlike() -> None:
    assert not fields.PRIVATE & fields.STANDARD


@pytest.mark.drift
def test_the_guide_lists_what_is_published() -> None:
    guide = (REPOSITORY / "docs/extension/configuration.md").read_text("utf-8")
    part = guide.partition("## What is published")[2].partition("\n## ")[0]
    listed = {
        title: set(re.findall(r"`([^`]+)`", line))
        for title, line in re.findall(
            r"^\| ([^|]+?) \| (.+) \|$", part, re.MULTILINE
        )
    }
    assert listed["BibTeX"] == fields.BIBTEX
    assert listed["biblatex"] == fields.BIBLATEX - fields.BIBTEX
    assert listed["publishers and indexes"] == fields.PUBLISHERS
    assert listed["this extension"] == fields.OWN, (
        "docs/extension/configuration.md and OWN in bib/fields.py name other fields"
    )
    assert listed["never, unless named"] == fields.PRIVATE
