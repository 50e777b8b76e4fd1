"""Entries and vocabularies that mean harm, or go too far: nothing of them acts, and the build goes
on.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import Project, keys, some_slow

from sphinx_mmu.library.library import Library
from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.vocabulary.reader import read_vocabulary

INDEX = "Index\n=====\n\n.. mmu:paper-table::\n"


def build_of(
    folder: Path, bib: str, conf: str = "", index: str = INDEX
) -> Project:
    project = Project(folder)
    project.write("refs.bib", bib)
    project.write(
        "conf.py",
        f'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["refs.bib"]\n{conf}',
    )
    project.write("index.rst", index)
    return project


@pytest.mark.parametrize(
    "name",
    some_slow(["k" * 300, "k" * 121, "ключ" * 60], ["k" * 121, "ключ" * 60]),
)
def test_a_key_longer_than_names_of_files_can_be_has_a_page(
    name: str, tmp_path: Path
) -> None:
    project = build_of(
        tmp_path, f"@misc{{{name}, title = {{Long}}, year = {{2020}}}}\n"
    )
    built = project.build()
    (page,) = (built.out / "paper").glob("*.html")
    assert len(page.name.encode()) < 160
    assert f'href="paper/{page.name}"' in built.html("index")


def test_a_long_value_of_a_facet_has_a_page_and_files(tmp_path: Path) -> None:
    bib = f"@misc{{a, title = {{A}}, year = {{2020}}, keywords = {{topic:{'v' * 300}}}}}\n"
    built = build_of(tmp_path, bib).build(mmu_facet_pages=["topic"])
    assert built.warnings == []
    assert len(list((built.out / "facet/topic").glob("*.html"))) == 1
    assert len(list((built.out / "export").glob("facet-*.csv"))) == 1


def test_addresses_that_are_none_of_the_web_reach_no_list_of_references(
    tmp_path: Path,
) -> None:
    bib = (
        r"@misc{a, title = {One}, author = {Doe, J.}, year = {2020}, url = {javascript:alert(1)}, "
        r"note = {See \url{javascript:alert(2)}, \href{data:text/html,x}{here} and"
        r" \url{https://example.org/x}}}"
    )
    conf = 'extensions.append("sphinxcontrib.bibtex")\nbibtex_bibfiles = ["refs.bib"]\n'
    html = (
        build_of(
            tmp_path, bib, conf, f"{INDEX}\n:cite:`a`\n\n.. bibliography::\n"
        )
        .build()
        .html("index")
    )
    assert not re.search(r'href="(?:javascript|data):', html)
    assert 'href="https://example.org/x"' in html


@pytest.mark.parametrize(
    ("one", "other"), [("all", "x"), ("a-b", "a/b"), ("a-2", "a")]
)
def test_files_to_take_away_have_names_of_their_own(
    one: str, other: str, tmp_path: Path
) -> None:
    bib = "".join(
        f"@misc{{a{n}, title = {{T{n}}}, year = {{2020}}, keywords = {{topic:t{n}}}}}\n"
        for n in range(3)
    )
    table = ".. mmu:paper-table::\n   :filter: topic:t{}\n   :facets: topic\n\n"
    project = build_of(tmp_path, bib)
    project.write(f"{one}.rst", ":orphan:\n\nOne\n===\n\n" + table.format(0))
    project.write(
        f"{other}.rst",
        ":orphan:\n\nOther\n=====\n\n" + table.format(1) + table.format(2),
    )
    built = project.build()
    listed = json.loads(built.file("papers.json"))["exports"]
    assert len({item["files"]["csv"] for item in listed}) == len(listed) == 4
    for item in listed:
        assert (
            len(built.file(item["files"]["csv"]).splitlines())
            == item["count"] + 1
        ), item
    for page, wanted in ((one, {"a0"}), (other, {"a1", "a2"})):
        files = re.findall(
            r'href="(?:\.\./)*(export/[^"]*\.csv)"', built.html(page)
        )
        assert {
            line.split(",")[0].strip('"')
            for f in files
            for line in built.file(f).splitlines()[1:]
        } == wanted


def test_lists_that_stand_too_deep_in_a_vocabulary_are_one_problem(
    tmp_path: Path,
) -> None:
    path = tmp_path / "words.toml"
    path.write_text(
        "x = " + "[" * 5000 + "]" * 5000 + "\n[facet.topic]\n", "utf-8"
    )
    words, problems = read_vocabulary([(path, "words.toml")])
    assert [p.line for p in problems] == [1]
    assert list(words.facets) == ["topic"]


def test_a_table_twice_in_a_file_names_both_lines(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text("[facet.topic]\n\n[facet.topic]\n", "utf-8")
    _words, (problem,) = read_vocabulary([(path, "words.toml")])
    assert (problem.line, problem.message) == (
        3,
        "[facet.topic] is declared twice; first in words.toml:1",
    )


def test_a_word_of_a_megabyte_is_like_no_other() -> None:
    assert did_you_mean("x" * 1_000_000, ["y" * 1_000_000, "z"]) == ""


def test_a_renamed_neighbour_is_led_to_by_its_new_name(tmp_path: Path) -> None:
    bib = (
        "@misc{k1, title={One}, shorttitle={A}, year=2020}\n@misc{k2, title={Two}, shorttitle={B},"
        " year=2021}\n"
    )
    project = build_of(tmp_path, bib)
    project.build()
    project.edit("refs.bib", "{k2,", "{k2b,")
    html = project.build().html("paper/k1")
    assert "k2b.html" in html
    assert "k2.html" not in html


def test_a_citation_leads_to_its_entry_after_others_have_changed_places(
    tmp_path: Path,
) -> None:
    one, two = (
        f"@misc{{k{n}, title = {{T{n}}}, author = {{Doe, J.}}, year = {{2020}}}}\n"
        for n in (1, 2)
    )
    conf = (
        'extensions.append("sphinxcontrib.bibtex")\nbibtex_bibfiles ='
        ' ["refs.bib"]\nbibtex_default_style = "unsrt"\n'
    )
    project = build_of(tmp_path, one + two, conf)
    project.write("a.rst", ":orphan:\n\nA\n=\n\n:cite:`k2`\n")
    project.write("r.rst", ":orphan:\n\nR\n=\n\n.. bibliography::\n   :all:\n")
    project.build()
    project.write("refs.bib", two + one)
    links = [
        re.findall(r'href="r\.html(#[^"]*)"', project.build(clean=c).html("a"))
        for c in (False, True)
    ]
    assert links[0] == links[1] != []


def test_digits_of_other_scripts_are_no_date(tmp_path: Path) -> None:
    built = build_of(tmp_path, "@misc{a, title = {A}, year = {٢٠٢٠}}\n").build()
    assert any(
        "mmu.bad-date" in w or "mmu.missing-year" in w for w in built.warnings
    )
    assert keys(built.html("index")) == ["a"]


# --- no text of data in sources of pages

VALUE = "x\n\n<script>alert(1)</script>\n\n.. include:: /etc/passwd\n\n% y"


def sourced(folder: Path, source: str, suffix: str) -> Project:
    """A project with a facet that is read from a field, and pages of its values."""
    bib = (
        f"@misc{{a, title = {{A}}, year = {{2020}}, source = {{{source}}}, keywords ="
        f" {{kind:{source}}}}}\n"
    )
    conf = 'mmu_vocabulary = ["words.toml"]\nmmu_facet_pages = ["source", "kind"]\n'
    conf += (
        f'source_suffix = {{"{suffix}":'
        f' "{"markdown" if suffix == ".md" else "restructuredtext"}"}}\n'
    )
    conf += 'extensions.append("myst_parser")\n' if suffix == ".md" else ""
    index = (
        "# Index\n\n```{mmu:paper-table}\n```\n" if suffix == ".md" else INDEX
    )
    project = Project(folder)
    project.write("refs.bib", bib)
    project.write(
        "words.toml", '[facet.source]\nfield = "source"\n[facet.kind]\n'
    )
    project.write(
        "conf.py",
        f'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["refs.bib"]\n{conf}',
    )
    project.write(f"index{suffix}", index)
    return project


@pytest.mark.parametrize("suffix", [".md", ".rst"])
def test_no_text_of_an_entry_is_in_the_source_of_a_page(
    suffix: str, tmp_path: Path
) -> None:
    project = sourced(tmp_path, VALUE, suffix)
    built = project.build()
    stubs = [
        path
        for path in project.source.rglob(f"*{suffix}")
        if path.name != f"index{suffix}"
    ]
    texts = [
        re.sub(r"(?m)^[% ]+[0-9a-f]{24}$", "", path.read_text("utf-8"))
        for path in stubs
    ]
    # One text for papers and one for values.
    assert len(texts) > len(set(texts)) == 2
    pages = [
        path.read_text("utf-8")
        for path in (built.out / "facet").rglob("*.html")
    ]
    assert pages
    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    assert not any("<script>alert" in page or "root:" in page for page in pages)


def test_a_value_from_a_field_is_one_line(tmp_path: Path) -> None:
    project = sourced(tmp_path, VALUE, ".rst")
    project.write(
        "refs.bib",
        "@misc{a, title = {A}, year = {2020}, source = {one\n\n two,\tthree  four,\n}}\n",
    )
    library = Library.load(
        ["refs.bib"], vocabulary=["words.toml"], root=project.source
    )
    assert library.papers.papers[0].tags == {
        "source": ("one two", "three four")
    }


# --- tags with empty parts

EMPTY = {
    "topic:/a": "topic:a",
    "topic:a//b": "topic:a/b",
    "topic:a/": "topic:a",
    "topic:": "topic:value",
    "topic:/": "topic:value",
    "topic:a/ /b": "topic:a/b",
}
FIGURES = """Index
=====

.. mmu:taxonomy-tree:: topic

.. mmu:pipeline:: topic

.. mmu:gap-map::
   :rows: topic
   :columns: kind

.. mmu:timeline::

.. mmu:paper-table::
   :group-by: topic
   :facets: topic
"""


@pytest.mark.parametrize("words", ["", "[facet.topic]\n[facet.kind]\n"])
@pytest.mark.parametrize("tag", EMPTY)
def test_a_tag_with_an_empty_part_is_one_problem_that_says_what_to_write(
    tag: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "words.toml").write_text(words, "utf-8")
    bib = f"@misc{{a,\n title = {{A}},\n year = {{2020}},\n keywords = {{kind:b,\n  {tag}}}}}\n"
    (tmp_path / "refs.bib").write_text(bib, "utf-8")
    library = Library.load(
        ["refs.bib"], vocabulary=["words.toml"], root=tmp_path
    )
    (problem,) = library.problems
    assert (problem.file, problem.line, problem.key) == ("refs.bib", 5, "a")
    assert (tag in problem.message, problem.hint) == (
        True,
        f"write {EMPTY[tag]}",
    )
    assert library.papers.papers[0].tags == {"kind": ("b",)}


def test_blanks_around_the_slashes_of_a_tag_are_no_part_of_it(
    tmp_path: Path,
) -> None:
    bib = "@misc{k, title = {T}, year = {2020}, keywords = {topic:a / b, topic:a/b}}\n"
    built = build_of(tmp_path, bib).build(mmu_facet_pages=["topic"])
    assert built.warnings == []
    assert built.env.domains["mmu"].library.papers.papers[0].tags == {
        "topic": ("a/b",)
    }


def test_so_is_a_value_with_an_empty_part_in_a_field_of_a_facet(
    tmp_path: Path,
) -> None:
    (tmp_path / "words.toml").write_text(
        "[facet.topic]\nfield = 'topics'\n", "utf-8"
    )
    bib = "@misc{a,\n title = {A},\n year = {2020},\n topics = {b,\n  c//d}}\n"
    (tmp_path / "refs.bib").write_text(bib, "utf-8")
    library = Library.load(
        ["refs.bib"], vocabulary=["words.toml"], root=tmp_path
    )
    (problem,) = library.problems
    assert (problem.file, problem.line, problem.key, problem.hint) == (
        "refs.bib",
        5,
        "a",
        "write c/d",
    )
    assert library.papers.papers[0].tags == {"topic": ("b",)}


@pytest.mark.parametrize(
    "builder", some_slow(["html", "latex", "epub", "text"], ["html", "latex"])
)
def test_values_whose_label_would_be_empty_are_labels_themselves_in_every_figure(
    builder: str, tmp_path: Path
) -> None:
    odd = [
        "-",
        "_",
        "a/-",
        "-/-",
        "- -",
        *(tag.removeprefix("topic:") for tag in EMPTY),
    ]
    entry = "@misc{k%d, title = {T}, year = {2020}, keywords = {topic:%s, kind:b}}\n"
    bib = "".join(entry % pair for pair in enumerate(odd))
    built = build_of(tmp_path, bib, index=FIGURES).build(
        builder,
        mmu_facet_pages=["topic"],
        mmu_feeds=True,
        version="1",
        copyright="2026",
    )
    assert len(built.warnings) == len(EMPTY)
    assert all("mmu.unknown-tag" in warning for warning in built.warnings)
    if builder == "html":
        assert len(list((built.out / "facet/topic").glob("*.html"))) == 6
        assert all(
            "<title>Topic: " in path.read_text("utf-8")
            for path in (built.out / "facet/topic").glob("*.html")
        )


# --- names of pages, ids and files


def test_keys_that_make_the_same_name_have_pages_of_their_own_and_are_told(
    tmp_path: Path,
) -> None:
    bib = (
        "@misc{a:b,\n title = {Of 0}, year = {2020}}\n@misc{a-b-2b22e4, title = {Of 1}, year ="
        " {2020}}\n"
    )
    project = build_of(tmp_path, bib)
    built = project.build()
    pages = {
        path.name: path.read_text("utf-8")
        for path in (built.out / "paper").glob("*.html")
    }
    assert sorted(pages) == ["a-b-2b22e4-2.html", "a-b-2b22e4.html"]
    assert "<h1>Of 1" in pages["a-b-2b22e4.html"]
    assert "<h1>Of 0" in pages["a-b-2b22e4-2.html"]
    (told,) = built.warnings
    assert told.startswith(
        "refs.bib:1: WARNING: 'a:b' and 'a-b-2b22e4' would have the same page paper/a-b-2b22e4; "
    )
    assert 'href="paper/a-b-2b22e4-2.html"' in built.html("index")


def test_a_page_that_passes_to_another_key_is_read_again(
    tmp_path: Path,
) -> None:
    one, two = (
        f"@misc{{{key}, title = {{Of {key}}}, year = {{2020}}}}\n"
        for key in ("a:b", "a-b-2b22e4")
    )
    project = build_of(tmp_path, one)
    assert "<h1>Of a:b" in project.build().html("paper/a-b-2b22e4")
    project.write("refs.bib", one + two)
    assert "<h1>Of a-b-2b22e4" in project.build().html("paper/a-b-2b22e4")


def test_values_that_make_the_same_name_have_pages_and_feeds_of_their_own_and_are_told(
    tmp_path: Path,
) -> None:
    values = ["a/b", "a-b", "A-B", "a:b", "a-b-2b22e4"]
    entry = (
        "@misc{k%d,\n title = {T}, year = {2020},\n keywords = {topic:%s}}\n"
    )
    bib = "".join(entry % pair for pair in enumerate(values))
    built = build_of(tmp_path, bib).build(
        mmu_facet_pages=["topic"], mmu_feeds=True
    )
    pages = [
        path.stem.casefold()
        for path in (built.out / "facet/topic").glob("*.html")
    ]
    # One more: 'a', the parent.
    assert len(pages) == len(set(pages)) == len(values) + 1
    feeds = [
        path.stem.casefold() for path in (built.out / "feeds").glob("*.xml")
    ]
    assert len(feeds) == len(set(feeds)) == len(pages) + 1
    for page in (built.out / "facet/topic").glob("*.html"):
        (feed,) = set(
            re.findall(
                r'href="\.\./\.\./feeds/(topic[^"]*)"', page.read_text("utf-8")
            )
        )
        assert f"facet/topic/{page.name}" in built.file(f"feeds/{feed}")
    (told,) = built.warnings
    assert told.startswith(
        "refs.bib:12: WARNING: k3: 'a:b' and 'a-b-2b22e4' would have the same page facet/topic/"
    )


def test_ids_of_keys_are_unique_in_one_document(tmp_path: Path) -> None:
    keys = [
        "a:b",
        "a/b",
        "a-b",
        "A-B",
        "a",
        "a-cite",
        "a-mentioned-in",
        "a-b-2b22e4",
    ]
    bib = "".join(
        f"@misc{{{key}, title = {{T}}, year = {{2020}}, keywords = {{topic:{key}}}}}\n"
        for key in keys
    )
    index = "Index\n=====\n\nText.\n\n.. toctree::\n\n   all\n"
    project = build_of(tmp_path, bib, index=index)
    project.write(
        "all.rst",
        "All\n===\n\n.. mmu:paper-table::\n\n.. mmu:papers::\n\n.. mmu:term-list:: topic\n",
    )
    page = project.build("singlehtml").html("index")
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(
        [i for i in ids if i.startswith("paper-") and i.endswith("-cite")]
    ) >= len(keys)
    assert sorted(i for i in set(ids) if ids.count(i) > 1) == []


def test_rows_have_ids_of_their_own_whatever_their_keys(tmp_path: Path) -> None:
    keys = ["a/b", "a-b-2b22e4", "a:b"]
    bib = "".join(
        f"@misc{{{key}, title = {{T}}, year = {{2020}}}}\n" for key in keys
    )
    project = build_of(
        tmp_path, bib, index="Index\n=====\n\n.. mmu:benchmark-catalogue::\n"
    )
    project.write(
        "words.toml",
        '[catalogue.benchmark]\nlabel = "Test"\nplural = "tests"\nfilter = "year:*"\n',
    )
    built = project.build(mmu_vocabulary=["words.toml"], mmu_paper_pages=False)
    ids = re.findall(r'<tr role="row" id="([^"]*)"', built.html("index"))
    assert len(set(ids)) == len(keys)


# --- titles that themes get

MARKED = "A<img src=x onerror=alert(1)> & b"


@pytest.mark.parametrize(
    "theme",
    some_slow(["alabaster", "furo", "pydata_sphinx_theme"], ["alabaster"]),
)
def test_titles_of_made_pages_are_escaped_once_in_every_theme(
    theme: str, tmp_path: Path
) -> None:
    entry = "@misc{k%d, title = {T}, year = {2020}, keywords = {topic:%s}}\n"
    bib = "".join(entry % (n, MARKED) for n in range(101))
    project = build_of(
        tmp_path, f"{bib}@misc{{z, title = {{Z}}, keywords = {{topic:b}}}}\n"
    )
    built = project.build(
        html_theme=theme,
        mmu_facet_pages=["topic"],
        mmu_table_inline_max=100,
        mmu_paper_pages=False,
        # pydata appends to this list, which would else be the default of all builds of a process
        templates_path=[],
    )
    pages = {
        path.name: path.read_text("utf-8")
        for path in (built.out / "facet/topic").glob("*.html")
    }
    further = [name for name in pages if "-page-" in name]
    assert len(further) == 1
    for page in pages.values():
        assert "<img src=x" not in page
        assert "&amp;amp;" not in page
        assert "&amp;lt;" not in page
    assert (
        "&lt;img src=x onerror=alert(1)&gt; &amp; b, 1–101" in pages[further[0]]
    )
    assert (
        f'href="../../facet/topic/{further[0]}"'
        in pages[further[0].replace("-page-1", "")]
    )
