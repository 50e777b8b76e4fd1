"""Every role in Markdown and reST: the name that it prints, where it leads, and what a mistake
costs.
"""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pages import by_class, dead_links, pages, single_page, text, tree
from sphinx.util.inventory import InventoryFile
from support import Build, Project

from sphinx_mmu.ext.roles import ROLES

CONF = """\
extensions = ["myst_parser", "sphinx_mmu"]
html_theme = "basic"
nitpicky = True
mmu_bibfiles = ["refs.bib"]
mmu_dataset_bibfiles = ["data.bib"]
mmu_background_bibfiles = ["old.bib"]
mmu_vocabulary = ["words.toml"]
"""
PLACES = """\
# Places

```{mmu:benchmark-catalogue}
```

```{mmu:dataset-catalogue}
```

```{mmu:term} target:face
```

```{mmu:term-list} stage
:depth: 2
```
"""

# what is written, what is printed, where it leads
USES = {
    ("paper", "ada2020"): ("Alpha", "paper/ada2020.html"),
    ("paper", "bob2021"): ("Bob and Ada 2021", "paper/bob2021.html"),
    ("paper", "this work <ada2020>"): ("this work", "paper/ada2020.html"),
    ("paper", "old1999"): ("Old 1999", "https://example.org/old"),
    ("paper", "faces"): ("Faces in the Wild", "places.html#faces"),
    ("paper:title", "dan2023"): (
        "Delta & the <River>: Which 50% Remains",
        "paper/dan2023.html",
    ),
    ("paper:authors", "bob2021"): ("Tim Bob, Nora Ada", "paper/bob2021.html"),
    ("paper:year", "dan2023"): ("2022", "paper/dan2023.html"),
    ("benchmark", "cid2022"): ("CharlieBench", "places.html#cid2022"),
    ("benchmark", "ada2020"): ("Alpha", "paper/ada2020.html"),
    ("dataset", "voices"): ("Voices Apart", "places.html#voices"),
    ("term", "target:face"): ("Faces", "places.html#target-face"),
    ("term", "stage:train/grad"): (
        "By gradient",
        "places.html#stage-train-grad",
    ),
    ("term", "stage:GRADIENT"): ("By gradient", "places.html#stage-train-grad"),
    ("term", "faces <target:face>"): ("faces", "places.html#target-face"),
    ("term", "target:voice"): ("Voices", ""),
    ("count", "kind:method AND year:>=2021"): ("2", ""),
    ("count", "*"): ("6", ""),
}


def write(role: str, target: str, markup: str) -> str:
    return (
        f"{{mmu:{role}}}`{target}`"
        if markup == "md"
        else f":mmu:{role}:`{target}`"
    )


def page(roles: list[tuple[str, str]], markup: str) -> str:
    """A page with a role in each of its paragraphs."""
    head = "# Roles\n\n" if markup == "md" else "Roles\n=====\n\n"
    return head + "".join(
        f"It says {write(role, target, markup)}.\n\n" for role, target in roles
    )


def small(folder: Path, files: dict[str, str], conf: str = "") -> Project:
    project = Project(folder, "survey")
    for path in (*project.source.rglob("*.md"), *project.source.rglob("*.rst")):
        path.unlink()
    project.write("conf.py", CONF + conf)
    for name, content in files.items():
        project.write(name, content)
    names = "\n".join(name.partition(".")[0] for name in files)
    project.write("index.md", f"# Index\n\n```{{toctree}}\n{names}\n```\n")
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    files = {
        "places.md": PLACES,
        "md.md": page([*USES], "md"),
        "rst.rst": page([*USES], "rst"),
    }
    return small(tmp_path_factory.mktemp("roles"), files)


@pytest.fixture(scope="module")
def html(project: Project) -> Build:
    return project.build()


def paragraphs(build: Build, name: str) -> list[ET.Element]:
    return [
        p
        for p in next(by_class(tree(build.html(name)), "body")).iter("p")
        if text(p).startswith("It says")
    ]


def href(element: ET.Element) -> str:
    return next((a.get("href", "") for a in element.iter("a")), "")


def test_nothing_is_warned_of(html: Build) -> None:
    assert html.text == ""


@pytest.mark.parametrize("markup", ["md", "rst"])
@pytest.mark.parametrize("use", USES, ids=lambda u: f"{u[0]}-{u[1]}")
def test_a_role_prints_the_name_and_leads_to_its_place(
    use: tuple[str, str], markup: str, html: Build
) -> None:
    said, leads = USES[use]
    paragraph = paragraphs(html, markup)[[*USES].index(use)]
    assert text(paragraph) == f"It says {said}."
    assert href(paragraph) == leads


def test_every_role_is_used_above() -> None:
    catalogues = {"benchmark", "dataset"}
    assert {role for role, _ in USES} == {*ROLES, *catalogues}


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_links_lead_there_in_other_forms_of_html(
    builder: str, html: Build, project: Project
) -> None:
    build = project.build(builder)
    assert build.text == ""
    assert (
        dead_links(
            build.out,
            single_page(build.out)
            if builder == "singlehtml"
            else pages(build.out),
        )
        == []
    )
    name = "md/index" if builder == "dirhtml" else "index"
    leads = [href(p) for p in paragraphs(build, name)]
    if builder == "dirhtml":
        assert leads[0] == "../paper/ada2020/"
        assert leads[8] == "../places/#cid2022"
    else:
        assert leads[8] == "#cid2022"
        assert not any("#document-places#" in lead for lead in leads)


def test_roles_stand_in_headings_tables_and_lists(tmp_path: Path) -> None:
    md = """\
# All {mmu:count}`*` papers

| one | two |
|---|---|
| {mmu:paper}`ada2020` | {mmu:term}`target:face` |

- {mmu:paper:title}`bob2021`

```{note}
{mmu:count}`kind:method`
```
"""
    build = small(tmp_path, {"a.md": md, "places.md": PLACES}).build()
    assert build.text == ""
    assert build.env.titles["a"].astext() == "All 6 papers"
    said = text(next(by_class(tree(build.html("a")), "body")))
    assert re.search("All 6 papers.*Alpha Faces Bravo Work Note 3", said)


def test_a_count_leads_to_the_papers_where_the_explorer_shows_them_all(
    tmp_path: Path,
) -> None:
    explorer = "# Every\n\n```{mmu:paper-table}\n:filter: kind:method\n:facets: target\n```\n"
    said = "{mmu:count}`kind:method`"
    md = f"# All {said}\n\n{said} and {{mmu:count}}`*`.\n\n[All {said}](https://example.org)\n"
    project = small(
        tmp_path, {"a.md": md, "every.md": explorer}, 'mmu_explorer = "every"\n'
    )

    def leads() -> list[str]:
        return re.findall(
            r'<a href="([^"]*)" class="mmu-count">', build.html("a")
        )

    build = project.build()
    method = "every.html#q=kind%3Amethod"
    assert leads() == [method]  # not from a heading, nor from within a link
    assert re.findall(r'<span class="mmu-count">6', build.html("a"))
    project.edit("every.md", ":filter: kind:method\n", "")
    build = project.build()
    assert build.read == ["every"]
    assert leads() == [method, "every.html#q=%2A"]


def test_without_pages_a_name_leads_to_the_work_itself_or_nowhere(
    tmp_path: Path,
) -> None:
    roles = [
        ("paper", "ada2020"),
        ("paper", "bob2021"),
        ("paper", "fox2024"),
        ("benchmark", "cid2022"),
    ]
    build = small(
        tmp_path, {"a.md": page(roles, "md")}, "mmu_paper_pages = False\n"
    ).build()
    assert build.text == ""
    assert [href(p) for p in paragraphs(build, "a")] == [
        "https://example.org/alpha",
        "https://doi.org/10.1000/bravo",
        "",
        "https://arxiv.org/abs/2201.00001",
    ]


# --- mistakes: what is written, the code, the hint

MISTAKES = {
    ("paper", "adaa2020"): ("unknown-key", "did you mean 'ada2020'?"),
    ("paper", "my words <adaa2020>"): (
        "unknown-key",
        "did you mean 'ada2020'?",
    ),
    ("paper:title", "bob2022"): ("unknown-key", "did you mean 'bob2021'?"),
    ("paper:authors", "zzz"): ("unknown-key", "there is no entry 'zzz'"),
    ("paper:year", "cid202"): ("unknown-key", "did you mean 'cid2022'?"),
    ("benchmark", "cid2023"): ("unknown-key", "did you mean 'cid2022'?"),
    ("dataset", "face"): ("unknown-key", "did you mean 'faces'?"),
    ("term", "stage:trian"): ("unknown-key", "did you mean 'stage:train'?"),
    ("term", "target"): ("unknown-key", "there is no term 'target'"),
    ("count", "stage:trian"): ("unknown-value", "did you mean 'train'?"),
    ("count", "stag:train"): ("unknown-facet", "did you mean 'stage'?"),
    ("count", "stage:train AND"): ("filter-syntax", "cannot read the filter"),
}


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Build:
    files = {f"a.{m}": page([*MISTAKES], m) for m in ("md",)} | {
        "b.rst": page([*MISTAKES], "rst")
    }
    return small(
        tmp_path_factory.mktemp("mistakes"), files, "mmu_paper_pages = False\n"
    ).build()


@pytest.mark.parametrize("file", ["a.md", "b.rst"])
@pytest.mark.parametrize("use", MISTAKES, ids=lambda u: f"{u[0]}-{u[1]}")
def test_a_mistake_is_one_warning_and_plain_text(
    use: tuple[str, str], file: str, mistaken: Build
) -> None:
    number = [*MISTAKES].index(use)
    line = (3 if file == "a.md" else 4) + 2 * number
    (warning,) = [
        w
        for w in re.split(r"\n(?=[ab]\.)", mistaken.text)
        if w.startswith(f"{file}:{line}: WARNING: ")
    ]
    code, hint = MISTAKES[use]
    assert f"[mmu.{code}]" in warning
    assert hint in warning
    paragraph = paragraphs(mistaken, file[0])[number]
    title = use[1].partition(" <")[0]
    assert text(paragraph) == (
        "It says 0." if use[0] == "count" else f"It says {title}."
    )
    assert href(paragraph) == ""


def test_nothing_else_is_told_of(mistaken: Build) -> None:
    assert len(mistaken.warnings) == 2 * len(MISTAKES)


def test_a_warning_of_a_role_comes_in_every_build_until_its_cause_is_mended(
    tmp_path: Path,
) -> None:
    project = small(tmp_path, {"a.md": page([("paper", "adaa2020")], "md")})
    (warning,) = project.build().warnings
    assert project.build().warnings == [warning]
    project.edit("a.md", "adaa2020", "ada2020")
    assert project.build().warnings == []
    assert project.build().read == []


def test_a_warning_of_a_role_can_be_suppressed_and_its_page_is_not_read_again(
    tmp_path: Path,
) -> None:
    conf = 'suppress_warnings = ["mmu.unknown-key"]\n'
    project = small(tmp_path, {"a.md": page([("paper", "x")], "md")}, conf)
    assert project.build().text == ""
    assert project.build().read == []


# --- other projects


def test_papers_terms_and_rows_are_in_the_inventory(html: Build) -> None:
    with (html.out / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "", lambda _, uri: uri)
    assert set(found["mmu:paper"]) == {
        "ada2020",
        "bob2021",
        "cid2022",
        "dan2023",
        "eve2024",
        "fox2024",
    }
    assert set(found["mmu:benchmark"]) == {"bob2021", "cid2022"}
    assert set(found["mmu:dataset"]) == {"faces", "voices"}
    assert set(found["mmu:term"]) == {
        "stage:train",
        "stage:train/grad",
        "stage:train/mask",
        "stage:decode",
        "target:face",
    }
    item = found["mmu:term"]["stage:train/grad"]
    assert (item.uri, item.display_name) == (
        "places.html#stage-train-grad",
        "By gradient",
    )
    paper = found["mmu:paper"]["ada2020"]
    assert (paper.uri, paper.display_name) == ("paper/ada2020.html", "Alpha")


def test_any_finds_papers_and_terms(tmp_path: Path) -> None:
    build = small(
        tmp_path,
        {
            "places.md": PLACES,
            "a.md": "# A\n\n{any}`ada2020` and {any}`target:face`\n",
        },
    ).build()
    assert build.text == ""
    assert 'href="paper/ada2020.html"' in build.html("a")
    assert 'href="places.html#target-face"' in build.html("a")
