"""A second build reads exactly the pages that show what changed, and writes what a first build
would.
"""

import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pages import differences
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError
from support import Build, Project, some_slow

from sphinx_mmu.ext.incremental import sources
from sphinx_mmu.views.kinds import Views

PAPERS = [
    f"paper/{key}"
    for key in (
        "ada2020",
        "bob2021",
        "cid2022",
        "dan2023",
        "eve2024",
        "fox2024",
    )
]
CHAPTERS = [
    "all",
    "benchmarks",
    "datasets",
    "decode",
    "index",
    "notes",
    "papers/index",
    "terms",
    "train",
]
CID = re.compile(r"@inproceedings\{cid2022,.*?\n\}\n\n", re.DOTALL)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site of nine chapters and six papers, built once for all tests."""
    project = Project(tmp_path_factory.mktemp("first") / "site", "survey")
    first = project.build()
    assert first.text == ""
    assert first.read == sorted([*CHAPTERS, *PAPERS])
    project.keep()
    return project


@pytest.fixture
def project(first: Project) -> Project:
    """The site as the first build left it."""
    first.restore()
    return first


def again(
    project: Project,
    builder: str = "html",
    but: set[str] | None = None,
    **settings: object,
) -> Build:
    """Build once more; what comes out must be what a build from nothing gives, ``but`` for what
    Sphinx leaves stale.
    """
    second = project.build(builder, **settings)
    assert set(differences(second.out, clean(project, builder, settings))) == (
        but or set()
    )
    return second


def clean(project: Project, builder: str, settings: dict[str, object]) -> Path:
    """The output of a build from nothing, made once for each state of the sources."""
    state = hashlib.sha256(repr((builder, sorted(settings.items()))).encode())
    for path in sorted(
        path for path in project.source.rglob("*") if path.is_file()
    ):
        content = path.read_bytes()
        state.update(
            f"{path.relative_to(project.source)}:{len(content)}:".encode()
            + content
        )
    kept = project.folder.with_name(f"clean-{state.hexdigest()}")
    if not kept.is_dir():
        project.build(builder, clean=True, **settings).out.rename(kept)
    return kept


def test_nothing_changed(project: Project) -> None:
    second = again(project)
    assert (second.read, second.written, second.text) == ([], [], "")


def test_without_an_edit_no_view_of_a_paper_is_made_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, of = set(), Views.of

    def noted(views: Views, request: Any) -> Any:
        asked.add(request.kind)
        return of(views, request)

    monkeypatch.setattr(Views, "of", noted)
    project.build()
    assert "paper" not in asked
    project.edit(*EDITS["comment in the bibliography"][:3])
    assert project.build().read == []
    assert "paper" in asked


@pytest.mark.parametrize("other", ["changed", "gone", "code"])
def test_what_views_are_made_from_has_a_mark_of_its_own(
    other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, bib = (
        tmp_path / "package/ext/incremental/sources.py",
        tmp_path / "papers.bib",
    )
    code.parent.mkdir(parents=True)
    code.touch()
    bib.write_text("@misc{one}")
    monkeypatch.setattr(sources, "__file__", str(code))
    first = sources.source_mark([bib])
    assert sources.source_mark([bib]) == first
    match other:
        case "changed":
            bib.write_text("@misc{two}")
        case "gone":
            bib.unlink()
        case "code":
            code.write_text("# another")
    assert sources.source_mark([bib]) != first


EDITS = {
    "title": (
        "refs.bib",
        "{Bravo Work}",
        "{Bravo Deed}",
        "all decode notes train paper/ada2020 paper/bob2021 paper/cid2022 paper/eve2024",
    ),
    "short name": (
        "refs.bib",
        "= {Alpha}",
        "= {Alef}",
        "all datasets train paper/ada2020 paper/bob2021 paper/cid2022 paper/dan2023 paper/eve2024",
    ),
    "abstract": (
        "refs.bib",
        "One abstract.",
        "One more abstract.",
        "paper/ada2020",
    ),
    "given name that only its page prints": (
        "refs.bib",
        "Fox, Rob",
        "Fox, Ron",
        "paper/cid2022",
    ),
    "link": (
        "refs.bib",
        "example.org/bravo",
        "example.org/brave",
        "all decode train paper/bob2021",
    ),
    "fact of a benchmark": (
        "refs.bib",
        "12 voices",
        "13 voices",
        "benchmarks paper/bob2021",
    ),
    "tag moved from one filter to another": (
        "refs.bib",
        "{target:face, plain words",
        "{target:voice, plain words",
        (
            "all decode papers/index terms paper/ada2020 paper/bob2021 paper/cid2022 paper/dan2023"
            " paper/eve2024"
        ),
    ),
    "paper that newly matches": (
        "refs.bib",
        "{kind:survey}",
        "{kind:survey, target:voice}",
        "all decode terms paper/bob2021 paper/cid2022 paper/eve2024 paper/fox2024",
    ),
    "paper that leaves a filter": (
        "refs.bib",
        "target:voice, benchmark:image",
        "benchmark:image",
        "all benchmarks decode papers/index terms paper/bob2021 paper/cid2022 paper/eve2024",
    ),
    "kind counted in prose": (
        "refs.bib",
        "kind:survey",
        "kind:attack",
        "notes papers/index paper/dan2023 paper/eve2024 paper/fox2024",
    ),
    "plain keyword": (
        "refs.bib",
        "plain words",
        "plainer words",
        "paper/dan2023",
    ),
    "size of a dataset": ("data.bib", "70 voices", "71 voices", "datasets"),
    "user of a dataset": (
        "data.bib",
        "ada2020, cid2022",
        "ada2020",
        "datasets paper/cid2022",
    ),
    "name of a dataset": (
        "data.bib",
        "{Voices Apart}",
        "{Voices Far Apart}",
        "benchmarks datasets paper/bob2021",
    ),
    "year of a background work": (
        "old.bib",
        "{1999}",
        "{1998}",
        "datasets notes train",
    ),
    "label of a term": (
        "words.toml",
        "By mask",
        "By masking",
        "all terms train paper/bob2021",
    ),
    "definition of a term": (
        "words.toml",
        "While answering.",
        "While it answers.",
        "decode terms",
    ),
    "label of a fact": (
        "words.toml",
        'label = "Weight"',
        'label = "Heaviness"',
        "train",
    ),
    "label of a field": (
        "words.toml",
        'label = "Figures"',
        'label = "Key figures"',
        "benchmarks paper/bob2021",
    ),
    "label of a relation": (
        "words.toml",
        'inverse = "Introduces"',
        'inverse = "Brought"',
        "",
    ),
    "name of what a catalogue lists": (
        "words.toml",
        'plural = "datasets"',
        'plural = "data sets"',
        "datasets",
    ),
    "comment in the bibliography": (
        "refs.bib",
        "@inproceedings{cid2022",
        "A comment.\n\n@inproceedings{cid2022",
        "",
    ),
}
"""What is edited, from what to what, and every page that has to be read again."""
OFTEN = [
    "title",
    "tag moved from one filter to another",
    "paper that newly matches",
    "user of a dataset",
    "year of a background work",
    "label of a term",
    "comment in the bibliography",
]
"""Some of each file, and of those that nothing has to be read for."""


@pytest.mark.parametrize("name", some_slow(EDITS, OFTEN))
def test_an_edit_reads_the_pages_that_show_it_and_no_other(
    name: str, project: Project
) -> None:
    file, old, new, pages = EDITS[name]
    project.edit(file, old, new)
    second = again(project)
    assert second.read == sorted(pages.split())
    assert second.text == ""
    assert again(project).read == []


def test_a_deleted_paper_takes_its_page_and_stub_along_and_comes_back(
    project: Project,
) -> None:
    bib = project.source / "refs.bib"
    whole = bib.read_text("utf-8")
    bib.write_text(CID.sub("", whole, count=1), "utf-8")
    concerned = sorted(
        {*CHAPTERS, *PAPERS} - {"train", "paper/cid2022", "paper/fox2024"}
    )
    second = again(project)
    assert second.read == concerned
    assert [line.partition(" WARNING")[0] for line in second.warnings] == [
        "data.bib:4:",
        "notes.rst:4:",
    ]
    assert not (second.out / "paper/cid2022.html").exists()
    assert not (project.source / "paper/cid2022.rst").exists()
    assert "cid2022" not in second.html("all")

    bib.write_text(whole, "utf-8")
    third = again(project)
    assert third.read == sorted([*concerned, "paper/cid2022"])
    assert third.text == ""
    assert "Charlie" in third.html("paper/cid2022")


def test_an_entry_that_moves_to_other_lines_is_written_but_not_read(
    project: Project,
) -> None:
    project.edit("refs.bib", "@misc{eve2024", "\n\n@misc{eve2024")
    second = again(project)
    assert second.read == []
    assert second.written == ["paper/eve2024", "paper/fox2024"]
    assert "refs.bib#L48" in second.html("paper/eve2024")


@pytest.mark.parametrize(
    "setting",
    [
        {"mmu_edit_url": "https://example.org/other/{file}#{line}"},
        pytest.param(
            {"mmu_bibfiles": ["refs.bib", "more.bib"]}, marks=pytest.mark.slow
        ),
        {"mmu_vocabulary": []},
        pytest.param({"mmu_explorer": "all"}, marks=pytest.mark.slow),
    ],
    ids=lambda s: next(iter(s)),
)
def test_a_changed_setting_reads_all_pages(
    setting: dict[str, object], project: Project
) -> None:
    project.write(
        "more.bib",
        "@misc{gus2025, title={Golf}, author={Gus, H.}, year={2025}, keywords={kind:method}}\n",
    )
    settings = setting | {"suppress_warnings": ["mmu"]}
    project.build(suppress_warnings=["mmu"])
    second = again(project, **settings)
    assert set(second.read) >= {*CHAPTERS, *PAPERS}


def test_another_builder_of_the_same_doctrees_writes_what_it_has_not_seen(
    project: Project,
) -> None:
    project.build("dirhtml")
    project.edit("refs.bib", "= {Alpha}", "= {Alef}")
    project.build()
    other = again(project, "dirhtml")
    assert other.read == []
    assert {"train", "all", "paper/ada2020"} <= set(other.written)
    assert "Alef" in other.file("train/index.html")


@pytest.mark.slow
def test_another_builder_remembers_what_its_pages_were_written_with(
    project: Project,
) -> None:
    project.build("dirhtml")  # reads nothing
    catalogue = "```{mmu:benchmark-catalogue}\n```\n"
    project.edit("benchmarks.md", catalogue, "Moved.\n")
    project.write(
        "terms.md",
        (project.source / "terms.md").read_text("utf-8") + "\n" + catalogue,
    )
    other = again(project, "dirhtml")
    assert "notes" in other.written
    assert 'href="../terms/#cid2022"' in other.file("notes/index.html")


def test_a_facet_s_new_label_heads_the_pages_of_its_values(
    project: Project,
) -> None:
    settings = {"mmu_facet_pages": ["target"]}
    project.build(**settings)
    project.edit(
        "words.toml",
        '[facet.target]\nlabel = "Target"',
        '[facet.target]\nlabel = "Aim"',
    )
    second = again(project, **settings)
    assert "<h1>Aim: " in second.html("facet/target/face")


def killed(project: Project, event: str, setting: str = "") -> None:
    """Build, with one more line in conf.py, in a process that ends at once at an event."""
    conf = (project.source / "conf.py").read_text("utf-8")
    stop = f'\nimport os\ndef setup(app):\n    app.connect("{event}", lambda *_: os._exit(9))\n'
    project.write("conf.py", f"{conf}\n{setting}\n{stop}")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-d",
        str(project.target / "doctrees"),
        str(project.source),
        str(project.target / "html"),
    ]
    assert subprocess.run(command, check=False).returncode == 9
    project.write("conf.py", conf)


def test_sphinx_calls_its_search_index_as_the_module_believes() -> None:
    assert StandaloneHTMLBuilder.searchindex_filename == "searchindex.js"


def test_a_build_that_was_killed_before_it_wrote_is_made_up_for(
    project: Project,
) -> None:
    project.edit("refs.bib", "= {Alpha}", "= {Alef}")
    killed(project, "doctree-resolved")
    second = again(project)
    assert second.read == []
    assert "Alef" in second.html("train")


@pytest.mark.slow
def test_what_a_killed_build_read_is_read_again_though_the_edit_is_taken_back(
    project: Project,
) -> None:
    project.edit("refs.bib", "= {Alpha}", "= {Alef}")
    killed(project, "env-updated")
    project.edit("refs.bib", "= {Alef}", "= {Alpha}")
    second = again(project)
    assert {"train", "paper/ada2020"} <= set(second.read)
    assert again(project).read == again(project).written == []


@pytest.mark.slow
def test_pages_that_a_killed_build_made_in_another_folder_go(
    project: Project,
) -> None:
    killed(project, "env-updated", 'mmu_paper_dir = "works"')
    again(project)
    assert not list((project.source / "works").glob("*"))


@pytest.mark.slow
def test_a_killed_build_writes_no_page_of_another_builder_again(
    project: Project,
) -> None:
    project.build("dirhtml")
    project.edit("refs.bib", "@misc{eve2024", "\n\n@misc{eve2024")
    killed(project, "write-started")
    assert again(project, "dirhtml").written == [
        "paper/eve2024",
        "paper/fox2024",
    ]
    assert again(project).read == []


def test_what_a_killed_build_was_writing_is_not_left_behind(
    project: Project,
) -> None:
    killed(project, "write-started")
    out, begun, own = (
        project.target / "html",
        ".papers.json.a1b2_3c4.part",
        ".notes.part",
    )
    for path in (
        out / begun,
        out / own,
        project.target / "doctrees" / begun,
        project.source / "paper" / begun,
    ):
        path.write_text("{")
    second = project.build()
    assert (second.out / own).is_file()
    assert [
        path
        for folder in (project.target, project.source)
        for path in folder.rglob(begun)
    ] == []


@pytest.mark.parametrize("builder", some_slow(["text", "xml"], ["text"]))
def test_a_builder_without_pages_for_browsers_writes_what_another_has_read(
    builder: str, project: Project
) -> None:
    project.build(builder)
    project.edit("refs.bib", "{Bravo Work}", "{Bravo Deed}")
    project.build()
    assert again(project, builder).read == []


def test_a_build_of_one_page_leaves_what_it_did_not_write_to_the_next(
    project: Project,
) -> None:
    project.edit("refs.bib", "@misc{eve2024", "\n\n@misc{eve2024")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-d",
        str(project.target / "doctrees"),
        str(project.source),
        str(project.target / "html"),
        str(project.source / "notes.rst"),
    ]
    assert subprocess.run(command, check=False).returncode == 0
    assert again(project).written == ["paper/eve2024", "paper/fox2024"]


@pytest.mark.slow
def test_a_build_that_failed_is_made_up_for_though_another_builder_came_between(
    project: Project,
) -> None:
    project.edit("refs.bib", "= {Alpha}", "= {Alef}")
    conf = (project.source / "conf.py").read_text("utf-8")
    stop = "lambda _app, name, *_: 0 // (name != 'train') or None"
    project.write(
        "conf.py",
        f"{conf}\ndef setup(app):\n    app.connect('html-page-context', {stop})\n",
    )
    with pytest.raises(ExtensionError, match="by zero"):
        project.build()
    project.write("conf.py", conf)
    project.build("dirhtml")
    assert again(project).read == []


def test_a_catalogue_on_another_page_takes_its_links_along(
    project: Project,
) -> None:
    catalogue = "```{mmu:benchmark-catalogue}\n```\n"
    project.edit("benchmarks.md", catalogue, "Moved.\n")
    project.write(
        "terms.md",
        (project.source / "terms.md").read_text("utf-8") + "\n" + catalogue,
    )
    second = again(project)
    assert second.read == ["benchmarks", "terms"]
    assert "notes" in second.written
    assert 'href="terms.html#cid2022"' in second.html("notes")


def test_a_term_that_gets_a_section_takes_its_links_along(
    project: Project,
) -> None:
    project.write(
        "all.md",
        (project.source / "all.md").read_text("utf-8")
        + "\n```{mmu:term} target:face\n```\n",
    )
    second = again(project)
    assert second.read == ["all"]
    assert 'href="all.html#target-face"' in second.html("notes")


def test_a_term_s_new_name_takes_its_links_along_though_the_old_one_is_an_alias(
    project: Project,
) -> None:
    project.edit(
        "words.toml",
        '[term."target:face"]',
        '[term."target:faces"]\naliases = ["face"]',
    )
    again(project)


def test_a_new_mention_writes_the_page_of_the_paper(project: Project) -> None:
    assert "Notes" not in project.build().html("paper/dan2023")
    project.edit(
        "notes.rst", "attacks.", "attacks, as :mmu:paper:`dan2023` says."
    )
    second = again(project)
    assert second.read == ["notes"]
    assert "paper/dan2023" in second.written
    assert 'href="../notes.html#notes-' in second.html("paper/dan2023")


def test_a_chapter_s_new_title_stands_where_it_is_mentioned(
    project: Project,
) -> None:
    project.edit("train.md", "# Training time", "# While it learns")
    second = again(
        project, but={"decode.html"}
    )  # the page after it, which names it as the previous one
    assert second.read == ["train"]
    assert "While it learns" in second.html("paper/ada2020")


@pytest.mark.slow
def test_an_explorer_that_is_added_is_linked(project: Project) -> None:
    settings = {"mmu_explorer": "browse"}
    assert "all of them" not in project.build(**settings).html("papers/index")
    project.write(
        "browse.md",
        "---\norphan: true\n---\n\n# Browse\n\n```{mmu:paper-table}\n```\n",
    )
    second = again(project, **settings)
    assert second.read == ["browse"]
    assert 'href="../browse.html#q=-kind%3Asurvey">all of them' in second.html(
        "papers/index"
    )
    project.edit("browse.md", "# Browse", "# Search")
    again(project, **settings)
    (project.source / "browse.md").unlink()
    assert "all of them" not in again(
        project, but={"browse.html"}, **settings
    ).html("papers/index")


WARNED = {
    "a role that there is not": ("{mmu:papr}`ada2020`", 7, "mmu:papr"),
    "a role of nobody": ("{nosuch}`text`", 7, "nosuch"),
    "a place that there is not": ("{ref}`nowhere`", 7, "nowhere"),
    "what only the writer finds": ("code:\n\n```python\n$\n```", 9, "Lexing"),
}


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", WARNED)
def test_warnings_of_others_on_our_pages_are_repeated_until_they_are_mended(
    name: str, jobs: int, project: Project
) -> None:
    text, line, said = WARNED[name]
    page = "---\norphan: true\n---\n\n# Page\n\n{mmu:paper}`ada2020` and "
    project.write("wrong.md", f"{page}{text}\n")
    for _build in range(3):
        (warning,) = project.build(jobs=jobs).warnings
        assert f"wrong.md:{line}" in warning
        assert said in warning
    project.write("wrong.md", f"{page}no more\n")
    assert project.build(jobs=jobs).text == ""
    last = project.build(jobs=jobs)
    assert (last.read, last.written, last.text) == ([], [], "")


def test_a_warning_before_anything_of_ours_is_repeated(
    project: Project,
) -> None:
    page = "---\norphan: true\n---\n\n# Page\n\n{nosuch}`text`, {mmu:paper}`ada2020`\n"
    project.write("wrong.md", page)
    for _build in range(2):
        (warning,) = project.build().warnings
        assert "wrong.md:7" in warning
        assert "nosuch" in warning


def test_warnings_on_pages_without_anything_of_ours_are_left_to_sphinx(
    project: Project,
) -> None:
    project.write(
        "plain.md", "---\norphan: true\n---\n\n# Plain\n\n{no}`role`\n"
    )
    assert "plain.md:7" in project.build().text
    assert project.build().read == []


@pytest.mark.parametrize(
    "shown",
    [
        "{mmu:paper-table}\n:filter: stage:train",
        "{mmu:term-list} stage\n:format: list",
    ],
)
def test_numbers_lead_to_an_explorer_only_while_it_shows_those_papers(
    shown: str, project: Project
) -> None:
    explorer = "{mmu:paper-table}\n:facets: target\n:filter: target:face OR target:voice"
    project.write("every.md", f"# Every\n\n```{explorer}\n```\n")
    listed = f"---\norphan: true\n---\n\n# Listed\n\n```{shown}\n```\n"
    project.write("listed.md", listed)
    settings = {"mmu_explorer": "every"}
    link = 'href="every.html#q=stage%3Atrain"'
    assert link in again(project, **settings).html("listed")
    project.edit("refs.bib", "grad, target:face, kind", "grad, kind")
    assert link not in again(project, **settings).html("listed")


def test_changed_colours_are_in_the_style_sheet_that_all_pages_name(
    project: Project,
) -> None:
    project.edit("words.toml", "#945c03", "#045c03")
    second = again(project)
    assert "#045c03" in second.file("_static/mmu-colours.css")
    assert second.written == sorted([*CHAPTERS, *PAPERS])


def test_pages_of_papers_move_with_their_folder(project: Project) -> None:
    second = again(project, mmu_paper_dir="works")
    assert (second.out / "works/ada2020.html").is_file()
    assert not (second.out / "paper").exists()
    assert list((project.source / "paper").glob("*.rst")) == []
    assert 'href="works/ada2020.html"' in second.html("all")


def test_pages_of_papers_can_be_turned_off_and_on(project: Project) -> None:
    off = again(project, mmu_paper_pages=False)
    assert not (off.out / "paper").exists()
    assert list((project.source / "paper").glob("*.rst")) == []
    assert 'href="https://example.org/alpha"' in off.html("all")
    on = again(project)
    assert (on.out / "paper/ada2020.html").is_file()


def test_a_file_in_the_folder_of_papers_that_is_not_ours_stays(
    project: Project,
) -> None:
    project.write("paper/mine.rst", ":orphan:\n\nMine\n====\n")
    project.build()
    off = again(project, mmu_paper_pages=False)
    assert (project.source / "paper/mine.rst").is_file()
    assert (off.out / "paper/mine.html").is_file()


def test_without_paper_pages_a_name_that_no_view_shows_reads_nothing(
    project: Project,
) -> None:
    project.build(mmu_paper_pages=False)
    project.edit(
        "refs.bib",
        "Ada, Nora},\n  year       = {2020}",
        "Ada, Nadia},\n  year       = {2020}",
    )
    assert again(project, mmu_paper_pages=False).read == []
