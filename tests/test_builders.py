"""Every builder of Sphinx takes the survey without a warning, with its papers in it and every link
alive.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pages import dead_links, pages, repeated_ids, single_page
from support import Build, Project
from tex import compiled

TITLES = {
    "ada2020": "First Things",
    "bob2021": "Bravo Work",
    "cid2022": "Charlie",
    "dan2023": "Remains",
    "eve2024": "Echo of Echoes",
    "fox2024": "Foxtrot",
}
"""Words of each title that no builder has to escape."""

MORE = """\
# More

```{mmu:paper-card} ada2020
:bibtex: yes
```

```{mmu:term} kind:attack
Prose.

## A section of its own

{mmu:paper}`dan2023` and {mmu:benchmark}`bob2021`.
```

```{mmu:gap-map}
:rows: target
:columns: kind
```

```{mmu:paper-table}
:filter: target:face
:format: cards
:group-by: kind
:caption: Some & <more>
```

```{mmu:paper-table}
:filter: year:1999
:empty: ok
```
"""
ENDINGS = {
    "html": "html",
    "dirhtml": "html",
    "singlehtml": "html",
    "epub": "xhtml",
    "latex": "tex",
    "text": "txt",
    "man": "7",
    "texinfo": "texi",
    "xml": "xml",
    "pseudoxml": "pseudoxml",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("builders"), "survey")
    project.write("more.md", MORE)
    project.edit("index.md", "notes\n", "notes\nmore\n")
    return project


@pytest.fixture(scope="module")
def builds(project: Project) -> dict[str, Build]:
    return {}


def made(builder: str, builds: dict[str, Build], project: Project) -> Build:
    """What a builder made, once for all tests of this file."""
    if builder not in builds:
        builds[builder] = project.build(builder, nitpicky=True)
    return builds[builder]


def files(build: Build, ending: str) -> list[Path]:
    return sorted(build.out.rglob(f"*.{ending}"))


@pytest.mark.parametrize("builder", ENDINGS)
def test_a_builder_takes_all_pages_without_a_warning_and_shows_every_paper(
    builder: str, builds: dict[str, Build], project: Project
) -> None:
    build = made(builder, builds, project)
    assert build.text == ""
    texts = [path.read_text("utf-8") for path in files(build, ENDINGS[builder])]
    assert all(
        any(words in text for text in texts) for words in TITLES.values()
    )
    own = [
        t
        for path, t in zip(files(build, ENDINGS[builder]), texts, strict=True)
        if path.stem in TITLES
    ]
    if builder not in ("dirhtml", "singlehtml", "latex", "man", "texinfo"):
        assert [
            key
            for key, words in TITLES.items()
            if not any(words in text for text in own)
        ] == []


def test_what_comes_from_the_database_is_nothing_to_translate(
    project: Project,
) -> None:
    build = project.build("gettext", clean=True, nitpicky=True)
    assert build.text == ""
    messages = "\n".join(
        path.read_text("utf-8") for path in files(build, "pot")
    )
    assert "Prose about gradients." in messages
    assert [words for words in TITLES.values() if words in messages] == []


@pytest.mark.parametrize("builder", ["linkcheck", "dummy"])
def test_builders_that_write_no_pages_take_it_too(
    builder: str, project: Project
) -> None:
    settings = {"linkcheck_ignore": [".*"]} if builder == "linkcheck" else {}
    assert project.build(builder, nitpicky=True, **settings).text == ""


def test_linkcheck_sees_the_addresses_of_papers_at_the_line_of_the_directive(
    project: Project,
) -> None:
    build = project.build("linkcheck", linkcheck_ignore=[".*"])
    found = [
        json.loads(line) for line in build.file("output.json").splitlines()
    ]
    places = {(link["filename"], link["lineno"], link["uri"]) for link in found}
    assert ("all.md", 3, "https://doi.org/10.1000/bravo") in places
    assert "https://example.org/alpha" in {uri for _, _, uri in places}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_link_leads_to_a_page_and_a_place_of_it(
    builder: str, builds: dict[str, Build], project: Project
) -> None:
    out = made(builder, builds, project).out
    site = pages(out)
    assert len(site) >= 16
    assert dead_links(out, site) == []
    assert repeated_ids(site) == []


def test_every_link_of_the_single_page_leads_to_a_place_of_it(
    builds: dict[str, Build], project: Project
) -> None:
    out = made("singlehtml", builds, project).out
    assert dead_links(out, single_page(out)) == []


def test_every_reference_of_latex_has_its_label(
    builds: dict[str, Build], project: Project
) -> None:
    (path,) = files(made("latex", builds, project), "tex")
    tex = path.read_text("utf-8")
    labels = set(re.findall(r"\\label\{(?:\\detokenize\{)?([^{}]+)\}", tex))
    references = re.findall(
        r"\\hyperref\[(?:\\detokenize\{)?([^{}\]]+)\}?\]", tex
    )
    assert len(references) > 50
    assert sorted({r for r in references if r not in labels}) == []
    assert [key for key in TITLES if f"paper/{key}::doc" not in labels] == []


def test_tables_of_latex_have_widths_and_can_break(
    builds: dict[str, Build], project: Project
) -> None:
    (path,) = files(made("latex", builds, project), "tex")
    tex = path.read_text("utf-8")
    assert tex.count(r"\begin{longtable}") == tex.count(
        r"\begin{longtable}{\X{"
    ) + tex.count(r"\begin{longtable}{|\X{")
    assert r"\begin{tabulary}" not in tex


@pytest.mark.slow
def test_the_epub_is_a_book_by_the_rules(
    builds: dict[str, Build], project: Project
) -> None:
    checker, java = Path("/usr/bin/epubcheck"), shutil.which("java")
    if not checker.is_file() or not java:
        pytest.skip("needs /usr/bin/epubcheck and java")
    (book,) = files(made("epub", builds, project), "epub")
    command = [java, "-jar", str(checker), str(book)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr


STRANGE = r"A, [B] {C} 50\% \#1 \& x\_y \textbackslash end ^~ \"o ]["


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
@pytest.mark.parametrize("words", [("words.toml",), ()])
def test_a_tree_of_strange_names_and_many_papers_is_drawn_by_tex(
    engine: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    project = Project(tmp_path, "survey")
    project.edit("refs.bib", "= {Alpha}", f"= {{{STRANGE}}}")
    many = "".join(
        f"@misc{{m{n}, title={{Many {n}}}, author={{Ada, N}}, year=2024,"
        " keywords={stage:train/grad}}\n"
        for n in range(300)
    )
    project.write(
        "refs.bib", (project.source / "refs.bib").read_text("utf-8") + many
    )
    project.write(
        "tree.md", "# Tree\n\n```{mmu:taxonomy-tree} stage\n:limit: 400\n```\n"
    )
    project.write("index.md", "# Small\n\n```{toctree}\ntree\n```\n")
    built = project.build(
        "latex", mmu_vocabulary=list(words), latex_engine=engine
    )
    (tex,) = built.out.glob("*.tex")
    log = compiled(tex, engine)
    assert r"\begin{forest}" in tex.read_text("utf-8")
    assert "Overfull \\vbox" not in log


ODD = {
    ".. mmu:term-list:: stage\n   :format: table\n   :columns: formula": 0,
    ".. mmu:term-list:: stage\n   :format: table\n   :columns: nosuch": 1,
    ".. mmu:paper-table::\n   :columns: nosuch": 1,
    ".. mmu:benchmark-catalogue::\n   :targets: no\n   :columns: nosuch": 1,
}
"""Tables, and how many warnings each is worth."""


@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_a_table_without_words_or_known_columns_is_still_built(
    builder: str, tmp_path: Path
) -> None:
    project = Project(tmp_path, "survey")
    for number, view in enumerate(ODD):
        project.write(f"odd{number}.rst", f":orphan:\n\nOdd\n===\n\n{view}\n")
    warnings = project.build(builder).warnings
    assert [w for w in warnings if "mmu.unknown-column" not in w] == []
    told = [
        sum(w.startswith(f"odd{number}.rst:") for w in warnings)
        for number in range(len(ODD))
    ]
    assert told == list(ODD.values())
    assert len(warnings) == sum(told)


def test_latex_leads_from_titles_to_the_pages_of_papers(tmp_path: Path) -> None:
    project = Project(tmp_path, "survey")
    (tex,) = project.build("latex").out.glob("*.tex")
    assert r"\hyperref[\detokenize{paper/" in tex.read_text("utf-8")


def test_pages_follow_the_sections_of_the_page_that_includes_them(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path, "survey")
    project.write(
        "whole.md",
        "# Whole\n\n## First\n\n### Detail\n\n```{toctree}\ntrain\ndecode\n```\n\n## Last\n",
    )
    project.edit("index.md", "train\ndecode\n", "whole\n")
    (tex,) = project.build("latex").out.glob("*.tex")
    heads = re.findall(
        r"\\(chapter|(?:sub)*section)\{([^{}]*)\}", tex.read_text("utf-8")
    )
    at = heads.index(("chapter", "Whole"))
    assert heads[at + 1 : at + 4] == [
        ("section", "First"),
        ("subsection", "Detail"),
        ("section", "Last"),
    ]
    assert heads[at + 4] == ("section", "Training time")
    assert ("section", "Decoding time") in heads


def test_latex_leaves_out_what_is_not_printed(tmp_path: Path) -> None:
    project = Project(tmp_path, "survey")
    project.edit(
        "index.md", "papers.\n", "papers. See {doc}`the notes <notes>`.\n"
    )
    (tex,) = project.build(
        "latex", mmu_print_excludes=["paper/*", "notes"]
    ).out.glob("*.tex")
    text = tex.read_text("utf-8")
    labels = set(re.findall(r"\\label\{(?:\\detokenize\{)?([^{}]+)\}", text))
    references = re.findall(
        r"\\hyperref\[(?:\\detokenize\{)?([^{}\]]+)\}?\]", text
    )
    assert [
        label for label in labels if label.startswith(("paper/", "notes"))
    ] == []
    assert "all::doc" in labels
    assert "the notes" in text
    assert sorted(set(references) - labels) == []
    assert r"\sphinxhref{https://arxiv.org" in text


def test_a_badge_of_latex_is_its_number_and_no_wider_than_its_column(
    builds: dict[str, Build], project: Project
) -> None:
    (path,) = files(made("latex", builds, project), "tex")
    rows = path.read_text("utf-8").split(r"\sphinxtableatstartofbodyhook")
    assert any("Train" in row for row in rows[1:])
    assert not any(
        re.search(r"^\d Train", row, re.MULTILINE) for row in rows[1:]
    )


def test_one_document_has_one_id_for_each_object(tmp_path: Path) -> None:
    project = Project(tmp_path, "survey")
    for name in ("one", "two"):
        lists = "\n".join(
            f"```{{mmu:term-list}} stage\n:format: {form}\n```\n"
            for form in ("list", "table")
        )
        project.write(f"{name}.md", f"# {name}\n\n{lists}")
    project.edit("index.md", "train\n", "one\ntwo\ntrain\n")
    built = project.build("singlehtml")
    ids = re.findall(
        r'\sid="((?:stage|target|cid)[^"]*)"', built.file("index.html")
    )
    assert {"stage-train-grad", "cid2022"} <= set(ids)
    assert sorted(ids) == sorted(set(ids))


def test_what_is_said_where_no_script_runs_is_no_text_of_the_page(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path, "survey")
    page = "---\norphan: true\n---\n\n# Side by side\n\n```{mmu:compare}\nTwo papers.\n```\n"
    project.write("compare.md", page)
    said = "needs JavaScript"
    built = project.build()
    assert said in built.html("compare")
    assert said not in project.build("text").file("compare.txt")


def test_figures_and_the_entry_to_cite_are_no_description_and_not_in_sphinx_s_search(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path, "survey")
    figures = (
        "```{mmu:coverage}\n:columns: stage\n```\n\n"
        "```{mmu:crossing}\n:rows: stage\n:columns: target\n```\n\n"
        "```{mmu:paper-card} cid2022\n:bibtex: yes\n```\n\n"
    )
    page = (
        f"---\norphan: true\n---\n\n# Shown\n\n{figures}Afterwards plainly.\n"
    )
    project.write("shown.md", page)
    project.edit(
        "conf.py", "extensions = [", 'extensions = ["sphinxext.opengraph", '
    )
    built = project.build(ogp_social_cards={"enable": False})
    shown = built.html("shown")
    assert 'class="mmu-dot"' in shown
    assert "@" in shown.partition("mmu-code")[2]
    said = re.findall(
        r'property="og:description" content="([^"]*)"', built.file("shown.html")
    )
    assert said == ["Afterwards plainly."]
    index = built.file("searchindex.js").removeprefix("Search.setIndex(")
    found = json.loads(index.removesuffix(")"))
    number = found["docnames"].index("shown")
    terms = found["terms"].items()
    assert {
        term
        for term, pages in terms
        if number in (pages if isinstance(pages, list) else [pages])
    } == {"afterward", "plain"}


TABLE = r"""# Table

```{list-table}
* - A formula
  - ```{math}
    a &= b \\ c &= d
    ```
```
"""


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
def test_tex_sets_formulas_of_several_columns_in_cells(
    engine: str, tmp_path: Path
) -> None:
    project = Project(tmp_path, "survey")
    project.edit("words.toml", "formula = ", "formula = 'x &= y \\\\ &= z' #")
    project.write(
        "table.md",
        f"{TABLE}\n```{{mmu:term-list}} stage\n:format: table\n:columns: label formula\n```\n",
    )
    project.write("index.md", "# Small\n\n```{toctree}\ntable\n```\n")
    for _again in ("read for another builder", "and not read again"):
        project.build("html")
    (tex,) = project.build("latex", latex_engine=engine).out.glob("*.tex")
    assert tex.read_text("utf-8").count(r"\begin{aligned}") == 2
    compiled(tex, engine)
