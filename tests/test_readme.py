"""Sections of a README that the database writes, and the other exports of the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt
from pages import tree

from sphinx_mmu.cli import main
from sphinx_mmu.export.formats import FORMATS, Format
from sphinx_mmu.export.readme import ReadmeError, with_sections
from sphinx_mmu.library.library import Library

ROOT = Path(__file__).parents[1]
BIB = """\
@inproceedings{ada,
  title = {On {|} Paths},
  shorttitle = {Path_s},
  author = {Ada, Nora},
  venue = {ICLR},
  year = {2024},
  origdate = {2023-05},
  eprint = {2305.00001},
  code = {https://example.org/x(y)},
  keywords = {stage:early/first, kind:method}
}
@misc{beck,
  title = {Queues},
  author = {Beck, Timo},
  year = {2022},
  keywords = {kind:survey}
}
"""
WORDS = """\
[facet.stage]
label = "Stage"
numbered = true
[term."stage:early"]
label = "Early"
definition = "Before *training*."
[term."stage:early/first"]
label = "First"
[facet.kind]
label = "Kind"
[term."kind:method"]
label = "Method"
[term."kind:survey"]
label = "Survey"
"""
PAGE = """\
# News

14 February 2026
: The [list](../x.md) opens, see [here](papers/index.md)
  and [there](https://example.org/).

1 January 2026
: First.

## More
: no item of the list
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    files = {
        "x.bib": BIB,
        "v.toml": WORDS,
        "docs/news.md": PAGE,
        "conf.py": 'mmu_bibfiles = ["x.bib"]\nmmu_vocabulary = ["v.toml"]\n',
    }
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")
    return tmp_path


def made(begin: str) -> str:
    library = Library.load(["x.bib"], vocabulary=["v.toml"])
    text = with_sections(
        f"a\n<!-- mmu:begin {begin} -->old<!-- mmu:end -->\nz\n",
        library,
        Path(),
    )
    start, end = f"a\n<!-- mmu:begin {begin} -->", "<!-- mmu:end -->\nz\n"
    assert (text.startswith(start), text.endswith(end)) == (True, True)
    return text.removeprefix(start).removesuffix(end)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


# --- sections


def test_a_count_stands_within_its_line() -> None:
    assert made('count filter="kind:*"') == "2"


def test_news_are_the_dated_items_of_a_page_with_links_from_here() -> None:
    assert made('news page="docs/news.md"').strip().splitlines() == [
        (
            "- **14 February 2026**: The [list](x.md) opens, see [here](docs/papers/index.md) and "
            "[there](https://example.org/)."
        ),
        "- **1 January 2026**: First.",
    ]
    assert (
        len(made('news page="docs/news.md" limit="1"').strip().splitlines())
        == 1
    )


def test_terms_are_a_nested_list_with_numbers_of_papers() -> None:
    assert made('terms facet="stage"').strip().splitlines() == [
        r"1. **Early**: Before \*training\*. (1 paper)",
        "   - **First** (1 paper)",
    ]


def test_a_catalogue_has_a_group_for_each_term() -> None:
    lines = made('catalogue facet="kind"').strip().splitlines()
    assert [line for line in lines if not line.startswith("- ")] == [
        "**Method**",
        "",
        "",
        "**Survey**",
        "",
    ]
    assert lines[2].startswith(
        r"- **Path\_s** · On \| Paths [![arXiv](https://img.shields.io/badge/arXiv-"
    )


def test_a_table_has_a_row_for_each_paper_in_the_order_of_the_file() -> None:
    table = tree(
        MarkdownIt().enable("table").render(made('table facet="stage"'))
    )
    rows = [
        ["".join(cell.itertext()).strip() for cell in row]
        for row in table.iter("tr")
    ]
    assert rows == [
        ["Date", "Paper", "Stage", "Venue", "Links"],
        ["2023-05", "Path_s · On | Paths", "Early › First", "ICLR 2024", ""],
        ["2022", "Queues", "", "", ""],
    ]
    links = {a[0].get("alt"): a.get("href") for a in table.iter("a")}
    assert links == {
        "arXiv": "https://arxiv.org/abs/2305.00001",
        "code": "https://example.org/x%28y%29",
    }


def test_a_list_has_a_line_for_each_paper() -> None:
    assert [
        line.split(" [!")[0]
        for line in made('list filter="kind:*"').strip().splitlines()
    ] == [
        r"- **2023-05** **Path\_s** · On \| Paths (ICLR 2024)",
        "- **2022** Queues",
    ]


@pytest.mark.parametrize(
    ("begin", "message"),
    [
        ("tabel", "there is no section 'tabel'; did you mean 'table'?"),
        (
            'table filtre="a"',
            "the section 'table' has no option 'filtre'; did you mean 'filter'?",
        ),
        (
            "table filter=x",
            "the section 'table' has no option 'filter=x'; did you mean 'filter'?",
        ),
        (
            'table facet="stag"',
            "there is no facet 'stag'; did you mean 'stage'?",
        ),
        (
            'list filter="kind:metod"',
            "kind has no value 'metod'; did you mean 'method'?",
        ),
        ('list filter="year:1999"', "no entry matches the filter 'year:1999'"),
        (
            'news page="no.md"',
            "cannot read the page 'no.md': No such file or directory",
        ),
    ],
)
def test_a_section_that_cannot_be_made_is_told_with_its_line(
    begin: str, message: str
) -> None:
    with pytest.raises(ReadmeError) as error:
        made(begin)
    assert (error.value.line, str(error.value)) == (2, message)


def test_a_title_neither_begins_nor_ends_a_section() -> None:
    for comment in ("<!-{}- mmu:begin list -{}->", "<!-{}- mmu:end -{}->"):
        Path("x.bib").write_text(
            BIB.replace("{Queues}", f"{{{comment} Queues}}"), "utf-8"
        )
        text = "<!-- mmu:begin list --><!-- mmu:end -->\nz\n"
        library = Library.load(["x.bib"], vocabulary=["v.toml"])
        once = with_sections(text, library, Path())
        assert "Queues" in once
        assert with_sections(once, library, Path()) == once


def test_a_readme_that_is_no_utf_8_is_left_as_it_is() -> None:
    old = b"caf\xe9 <!-- mmu:begin list --><!-- mmu:end -->"
    Path("README.md").write_bytes(old)
    done = run("export", "readme")
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: README.md: not UTF-8; left unchanged\n",
    )
    assert Path("README.md").read_bytes() == old


def test_a_section_without_end_is_told() -> None:
    with pytest.raises(ReadmeError) as error:
        with_sections("\n\n<!-- mmu:begin list -->\n", Library(), Path())
    assert error.value.line == 3


# --- the command


README = "# A\n\n<!-- mmu:begin count -->0<!-- mmu:end -->\n"


def test_export_readme_writes_the_file_once(folder: Path) -> None:
    Path("README.md").write_bytes(README.replace("\n", "\r\n").encode())
    assert (
        run("export", "readme", "--check").exit_code,
        Path("README.md").read_bytes().count(b"0"),
    ) == (1, 1)
    assert run("export", "readme").stderr == "README.md: written\n"
    assert (
        Path("README.md").read_bytes()
        == README.replace("0", "2").replace("\n", "\r\n").encode()
    )
    assert (
        run("export", "readme", "--check").exit_code,
        run("export", "readme").output,
    ) == (0, "")


def test_export_readme_tells_a_fault_with_file_and_line() -> None:
    Path("README.md").write_text(README.replace("count", "cuont"), "utf-8")
    done = run("export", "readme")
    assert done.exit_code == 1
    assert (
        done.stderr
        == "README.md:3: there is no section 'cuont'; did you mean 'count'?\n"
    )


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_every_form_is_exported_to_a_file_and_to_standard_output(
    form: Format,
) -> None:
    library = Library.load(["x.bib"], vocabulary=["v.toml"])
    papers = library.papers.papers[:1]
    done = run("export", form.name, "--filter", "stage:early")
    assert done.stdout_bytes.decode() == form.whole(papers, library)
    run(
        "export",
        form.name,
        "x.bib",
        "v.toml",
        "--filter",
        "has:code",
        "-o",
        "out",
    )
    assert Path("out").read_bytes().decode() == form.whole(papers, library)


def test_a_filter_that_cannot_be_read_is_wrong_use_with_a_caret() -> None:
    done = run("export", "csv", "--filter", "(ada")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "(ada\n^" in done.stderr


def test_a_filter_that_matches_nothing_exits_1_and_suggests() -> None:
    done = run("export", "csl-json", "--filter", "kind:metod")
    assert done.exit_code == 1
    assert "did you mean 'method'?" in done.stderr


def test_stats_count_what_there_is() -> None:
    numbers = json.loads(run("stats", "--format", "json").stdout)
    assert numbers["All"] == {
        "papers": 2,
        "datasets": 0,
        "background": 0,
        "with code": 1,
        "with abstract": 0,
        "preprints only": 0,
        "without any link": 1,
    }
    assert numbers["Year"] == {"2022": 1, "2023": 1}
    assert numbers["Stage"] == {"early": 1, "early/first": 1, "(none)": 1}
    assert numbers["Kind"] == {"method": 1, "survey": 1}
    text = run("stats", "--filter", "kind:survey").stdout
    assert [
        line.split()[:2] for line in text.splitlines() if "survey" in line
    ] == [["survey", "1"]]
    assert "early" not in text


# --- the survey's own


@pytest.mark.drift
@pytest.mark.site
def test_the_readme_is_what_the_data_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    done = run("export", "readme", "--check")
    assert done.output == ""
    assert done.exit_code == 0


@pytest.mark.site
@pytest.mark.parametrize(("name", "number"), [("vlm", 55), ("dm", 56)])
def test_the_readme_lists_the_curated_papers_in_order_as_table_and_as_list(
    name: str, number: int
) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    papers = [
        p
        for p in Library.load([ROOT / "refs/papers.bib"]).papers.papers
        if name in p.tags.get("list", ())
    ]
    assert len([p for p in papers if "added" not in p.fields]) == number
    for form in ("table", "list"):
        options = ' facet="stage"' if form == "table" else ""
        begin = f'<!-- mmu:begin {form}{options} filter="list:{name}" -->'
        section = text.split(begin)[1].split("<!-- mmu:end -->")[0]
        rows = [
            line
            for line in section.splitlines()
            if line.startswith(("| 2", "- "))
        ]
        assert len(rows) == len(papers)
        for row, paper in zip(rows, papers, strict=True):
            assert paper.date in row
            assert all(f"]({link.url})" in row for link in paper.links)
