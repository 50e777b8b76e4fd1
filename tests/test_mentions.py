"""Mentions: the sentence in which a page names an entry, and the way to it."""

import re
from pathlib import Path

import pytest
from pages import (
    by_class,
    dead_links,
    differences,
    pages,
    repeated_ids,
    text,
    tree,
)
from support import Build, Project, some_slow

from sphinx_mmu.ext.citations.mentions import sentences
from sphinx_mmu.views.cells import Part

CHAPTER = """\
Chapter
=======

The first work is :mmu:paper:`ada2020`, e.g. by A. Ada et al. Also (Fig. 2), see it. Then :mmu:paper:`Bravo
<bob2021>` shows that :math:`a < b` with *much* ``care``! Neither? :mmu:paper:`bob2021` again; ada none.

Within it
---------

* Of faces: :mmu:paper:`ada2020` and :mmu:paper:`bob2021`.

.. list-table::

   * - In a table :mmu:paper:`bob2021`

On :mmu:paper:`cid2022`
-----------------------

Nothing of note.
"""


def runs(*parts: str) -> list[Part]:
    """Texts, and keys where they begin with @."""
    return [
        Part("entry", p[1:], p[1:]) if p.startswith("@") else Part("text", p)
        for p in parts
    ]


def spoken(*parts: str) -> list[str]:
    return [
        "".join(run.text for run in sentence)
        for sentence in sentences(runs(*parts))
    ]


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        (["One. Two."], ["One.", "Two."]),
        (
            ["One of ", "@ada", ". ", "@bob", " is two."],
            ["One of ada.", "bob is two."],
        ),
        (
            ["By Ada et al. The rest, cf. Bob, e.g. Cid; i.e. Dan (Fig. 3)."],
            ["By Ada et al. The rest, cf. Bob, e.g. Cid; i.e. Dan (Fig. 3)."],
        ),
        (
            ["J. R. Ada wrote 3.5 lines. 7 were lost."],
            ["J. R. Ada wrote 3.5 lines.", "7 were lost."],
        ),
        (
            ["Is it? “It is!” (So she.) Then"],
            ["Is it?", "“It is!”", "(So she.)", "Then"],
        ),
        (["… and so on… it goes. ", "@ada"], ["… and so on… it goes. ada"]),
        (["一つ。二つ！", "@ada"], ["一つ。", "二つ！ada"]),
        (["no end ", "@ada"], ["no end ada"]),
        ([""], []),
    ],
)
def test_sentences_end_where_readers_end_them(
    parts: list[str], wanted: list[str]
) -> None:
    assert spoken(*parts) == wanted


def test_nothing_of_a_text_is_lost() -> None:
    parts = ["A b. C ", "@ada", " d! ", "E? ", "@bob", " f. g. H"]
    joined = "".join("".join(part.strip("@") for part in parts).split())
    assert "".join("".join(spoken(*parts)).split()) == joined


def unbuilt(folder: Path) -> Project:
    project = Project(folder, "survey")
    project.write("chapter.rst", f":orphan:\n\n{CHAPTER}")
    return project


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site with a chapter that names papers, built once for all tests."""
    project = unbuilt(tmp_path_factory.mktemp("mentions") / "site")
    built = project.build()
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


def as_clean(project: Project, second: Build) -> bool:
    """Whether a build left what a build from nothing makes."""
    return differences(second.out, project.build(clean=True).out) == []


def quoted(built: Build, key: str) -> list[tuple[str, str, str]]:
    """What a paper's page quotes of the chapter: sentence, link and its text."""
    page = tree(built.html(f"paper/{key}"))
    found = []
    for items in by_class(page, "mmu-mentions"):
        for item in items.iter("li"):
            link = next(item.iter("a"))
            sentence = next(by_class(item, "mmu-quote"), None)
            if "chapter" in link.get("href", "") and sentence is not None:
                found.append((text(sentence), link.get("href", ""), text(link)))
    return found


def test_the_page_of_a_paper_quotes_each_sentence_and_leads_to_its_paragraph(
    built: Build,
) -> None:
    assert built.text == ""
    first, second = quoted(built, "ada2020")
    assert (
        first[0]
        == "The first work is Alpha, e.g. by A. Ada et al. Also (Fig. 2), see it."
    )
    assert (second[0], second[2]) == (
        "Of faces: Alpha and Bob and Ada 2021.",
        "Chapter › Within it",
    )
    assert first[2] == "Chapter"
    then, again, faces, table = quoted(built, "bob2021")
    assert "Then Bravo shows that a < b with much care!" in then[0].replace(
        "\\(", ""
    ).replace("\\)", "")
    assert again[0] == "Bob and Ada 2021 again; ada none."
    assert then[1] == again[1] == first[1]
    assert faces[1] == second[1]
    assert table[0] == "In a table Bob and Ada 2021"
    (heading,) = quoted(built, "cid2022")
    assert heading[1:] == ("../chapter.html#on-charlie", "Chapter › On Charlie")
    chapter = tree(built.html("chapter"))
    for _sentence, address, _label in (first, second, table, heading):
        anchor = address.partition("#")[2]
        place = next(
            e
            for e in chapter.iter()
            if any(child.get("id") == anchor for child in e)
        )
        assert place.tag in ("p", "section", "main", "div", "article")


def test_the_name_of_the_paper_stands_out_where_it_is_quoted(
    built: Build,
) -> None:
    html = built.html("paper/bob2021")
    assert "Of faces: Alpha and <strong>Bob and Ada 2021</strong>." in html


def test_citations_are_quoted_by_the_names_of_now(tmp_path: Path) -> None:
    pytest.importorskip("sphinxcontrib.bibtex")
    project = unbuilt(tmp_path)
    conf = '\nextensions.append("sphinxcontrib.bibtex")\nbibtex_bibfiles = ["refs.bib"]\n'
    project.write(
        "conf.py", (project.source / "conf.py").read_text("utf-8") + conf
    )
    project.write(
        "chapter.rst",
        ":orphan:\n\nChapter\n=======\n\nAs is known :cite:p:`ada2020,bob2021`. So.\n\n"
        ".. bibliography::\n",
    )
    built = project.build()
    assert [sentence for sentence, *_ in quoted(built, "bob2021")] == [
        "As is known [Alpha; Bob and Ada 2021]."
    ]
    project.edit("refs.bib", "= {Alpha}", "= {Alef}")
    built = project.build()
    assert [sentence for sentence, *_ in quoted(built, "bob2021")] == [
        "As is known [Alef; Bob and Ada 2021]."
    ]
    assert as_clean(project, built)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("see it. Then", "see it all. Then"),
        ("Within it\n---------", "Inside it\n---------"),
        ("Nothing of note.", "Nothing of :mmu:paper:`ada2020`."),
        ("and :mmu:paper:`bob2021`.", "and others."),
    ],
)
def test_an_edited_sentence_is_edited_where_it_is_quoted(
    project: Project, old: str, new: str
) -> None:
    project.edit("chapter.rst", old, new)
    second = project.build()
    assert second.read == ["chapter"]
    assert (
        "paper/ada2020" in second.written or "paper/bob2021" in second.written
    )
    assert as_clean(project, second)


def test_a_page_that_says_so_is_quoted_nowhere(project: Project) -> None:
    project.write("chapter.rst", f":orphan:\n:mmu-mentions: no\n\n{CHAPTER}")
    built = project.build()
    assert quoted(built, "ada2020") == []
    assert 'class="target"' not in built.html("chapter")


def test_links_live_and_ids_are_used_once(built: Build) -> None:
    out = built.out
    site = pages(out)
    assert dead_links(out, site) == []
    assert repeated_ids(site) == []


def test_paragraphs_that_say_the_same_have_ids_of_their_own(
    project: Project,
) -> None:
    said = "Faces again in :mmu:paper:`ada2020`.\n\n"
    project.write("chapter.rst", f":orphan:\n\n{CHAPTER}\n\n{said}{said}")
    built = project.build()
    assert repeated_ids(pages(built.out)) == []


FORMS = [
    "dirhtml",
    "singlehtml",
    "epub",
    "latex",
    "text",
    "man",
    "texinfo",
    "xml",
]


@pytest.mark.parametrize(
    "builder", some_slow(FORMS, ["singlehtml", "latex", "text"])
)
def test_every_form_quotes(project: Project, builder: str) -> None:
    project.edit("index.md", "\nnotes\n", "\nnotes\nchapter\n")
    built = project.build(builder)
    assert built.text == ""
    written = "".join(
        p.read_text("utf-8", "replace")
        for p in built.out.rglob("*.*")
        if p.suffix
        in (".html", ".xhtml", ".tex", ".txt", ".7", ".texi", ".xml")
    )
    said = re.sub(
        r"\W+",
        " ",
        re.sub(r"</?\w[^>]*>|\\f[A-Z]|\\[a-z]+\{|@\w+\{", "", written),
    )
    assert said.count("Of faces Alpha and Bob and Ada 2021") >= 2
