"""Every role in Markdown and reST: the name that it prints, where it leads, and what a mistake
costs.
"""

import re
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pages import by_class, dead_links, pages, single_page, text, tree
from sphinx.util.inventory import InventoryFile
from support import Build, Project, some_slow

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


@pytest.mark.parametrize(
    ("role", "wrong", "right"),
    [("paper", "adaa2020", "ada2020"), ("count", "stage:trian", "stage:train")],
)
def test_a_warning_of_a_role_comes_in_every_build_until_its_cause_is_mended(
    role: str, wrong: str, right: str, tmp_path: Path
) -> None:
    project = small(tmp_path, {"a.md": page([(role, wrong)], "md")})
    (warning,) = project.build().warnings
    assert project.build().warnings == [warning]
    project.edit("a.md", wrong, right)
    assert project.build().warnings == []
    assert project.build().read == []


def test_a_warning_of_a_role_can_be_suppressed_and_its_page_is_not_read_again(
    tmp_path: Path,
) -> None:
    conf = 'suppress_warnings = ["mmu.unknown-key", "mmu.unknown-value"]\n'
    roles = [("paper", "x"), ("count", "stage:trian")]
    project = small(tmp_path, {"a.md": page(roles, "md")}, conf)
    assert project.build().text == ""
    assert project.build().read == []


MISSPELT = {
    "md.md": """\
# Misspelt

```{mmu:papr-table} some text
:filter: kind:method

Text.
```

It says {mmu:papr}`ada2020` and {mmu:paper:titel}`this <ada2020>`.

:::{mmu:zzz}
:::
""",
    "rst.rst": """\
Misspelt
========

.. mmu:papr-table:: some text
   :filter: kind:method

   Text.

It says :mmu:papr:`ada2020` and :mmu:paper:titel:`this <ada2020>`.

.. mmu:zzz::
""",
}


def test_a_misspelt_directive_or_role_is_one_warning_in_every_build(
    tmp_path: Path,
) -> None:
    conf = 'myst_enable_extensions = ["colon_fence"]\n'
    project = small(tmp_path, MISSPELT, conf)
    for _build in range(2):
        build = project.build()
        for page, (block, text_, last) in {
            "md.md": (3, 9, 11),
            "rst.rst": (4, 9, 11),
        }.items():
            assert [w for w in build.warnings if w.startswith(page)] == [
                f"{page}:{block}: WARNING: there is no directive 'mmu:papr-table'; did you mean 'mmu:paper-table'? [mmu.unknown-name]",
                f"{page}:{text_}: WARNING: there is no role 'mmu:papr'; did you mean 'mmu:paper'? [mmu.unknown-name]",
                f"{page}:{text_}: WARNING: there is no role 'mmu:paper:titel'; did you mean 'mmu:paper:title'? [mmu.unknown-name]",
                f"{page}:{last}: WARNING: there is no directive 'mmu:zzz'; correct the spelling; the guide lists the directives and roles [mmu.unknown-name]",
            ]
            name = page.partition(".")[0]
            (said,) = paragraphs(build, name)
            assert text(said) == "It says ada2020 and this."
            assert "<p>Text.</p>" in build.html(name)
        assert len(build.text.splitlines()) == 8
    project.write("md.md", "# A\n")
    project.write("rst.rst", "A\n=\n")
    assert project.build().text == ""
    assert project.build().read == []


def test_a_misspelt_directive_that_is_not_closed_keeps_the_rest_of_the_page(
    tmp_path: Path,
) -> None:
    md = "# A\n\n```{mmu:papr-table}\n:limit: 3\n\nText.\n\n## Next\n\nLast."
    build = small(tmp_path, {"a.md": md}).build()
    (warning,) = build.warnings
    assert "did you mean 'mmu:paper-table'?" in warning
    for shown in ("<p>Text.</p>", "<h2>Next<", "<p>Last.</p>"):
        assert shown in build.html("a")


def test_a_role_that_is_written_as_a_directive_is_named_as_one(
    tmp_path: Path,
) -> None:
    md = "# A\n\n```{mmu:paper} ada2020\n```\n\n{mmu:papers}`ada2020`\n"
    directive, role = small(tmp_path, {"a.md": md}).build().warnings
    assert "there is no directive 'mmu:paper'; it is a role [" in directive
    assert "there is no role 'mmu:papers'; it is a directive [" in role


def test_a_page_of_our_domain_has_the_directives_and_roles_of_others(
    tmp_path: Path,
) -> None:
    rst = """\
A
=

.. default-domain:: mmu

.. note:: It says :paper:`ada2020` and :emphasis:`more`.

.. papr-table::
"""
    build = small(tmp_path, {"a.rst": rst}).build()
    assert 'Unknown directive type "papr-table"' in build.text
    assert len(build.warnings) == 1
    (said,) = paragraphs(build, "a")
    assert text(said) == "It says Alpha and more."


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


# --- names of other projects

OTHER = {
    "places.md": "# P\n\n```{mmu:term} there:here\n```\n",
    "refs.bib": "@article{far2025,\n title = {Far},\n shorttitle = {FarAway},\n year = 2025}\n",
    "words.toml": '[facet.there]\nlabel = "There"\n[term."there:here"]\nlabel = "Over here"\n',
    "data.bib": "",
    "old.bib": "",
}
ABROAD = {
    ("mmu:paper", "far2025"): ("FarAway", "paper/far2025.html"),
    ("mmu:paper", "this <far2025>"): ("this", "paper/far2025.html"),
    ("mmu:paper:title", "far2025"): ("FarAway", "paper/far2025.html"),
    ("mmu:paper", "other:far2025"): ("FarAway", "paper/far2025.html"),
    ("external:mmu:paper", "far2025"): ("FarAway", "paper/far2025.html"),
    ("external+other:mmu:paper", "far2025"): ("FarAway", "paper/far2025.html"),
    ("mmu:term", "there:here"): ("Over here", "places.html#there-here"),
}


def other_inventory(folder: Path) -> Path:
    """What another project publishes."""
    project = small(folder, {"places.md": ""})
    for name, content in OTHER.items():
        project.write(name, content)
    return project.build().out / "objects.inv"


def intersphinx(inventory: Path) -> str:
    mapping = {"other": ("https://other.example/", str(inventory))}
    return f'extensions += ["sphinx.ext.intersphinx"]\nintersphinx_mapping = {mapping!r}\n'


def all_roles(roles: Iterable[tuple[str, str]], markup: str) -> str:
    text = page([*roles], markup)
    return text.replace("mmu:mmu:", "mmu:").replace("mmu:external", "external")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_name_that_another_project_has_is_a_link_to_it(
    jobs: int, tmp_path: Path
) -> None:
    inventory = other_inventory(tmp_path / "other")
    files = {
        "md.md": all_roles(ABROAD, "md"),
        "rst.rst": all_roles(ABROAD, "rst"),
    }
    project = small(tmp_path / "own", files, intersphinx(inventory))
    build = project.build(jobs=jobs)
    assert build.text == ""
    for markup in ("md", "rst"):
        found = paragraphs(build, markup)
        assert [(text(p), href(p)) for p in found] == [
            (f"It says {said}.", f"https://other.example/{leads}")
            for said, leads in ABROAD.values()
        ]
    assert "far2025" not in build.env.get_domain("mmu").data["mentions"]
    second = project.build(jobs=jobs)
    assert (second.text, second.read, second.written) == ("", [], [])


def test_a_name_that_is_asked_of_another_project_leads_there_and_is_no_mention(
    tmp_path: Path,
) -> None:
    other = small(tmp_path / "other", {"a.md": "# A\n"}).build()
    project = small(
        tmp_path / "own",
        {"a.md": "# A\n\nIt says {external:mmu:paper}`ada2020`.\n"},
        intersphinx(other.out / "objects.inv"),
    )
    build = project.build()
    (said,) = paragraphs(build, "a")
    assert text(said) == "It says Alpha."
    assert href(said) == "https://other.example/paper/ada2020.html"
    data = build.env.get_domain("mmu").data
    assert data["mentions"] == data["quotes"] == {}


def test_a_name_that_another_project_has_from_now_on_becomes_a_link(
    tmp_path: Path,
) -> None:
    inventory = tmp_path / "objects.inv"
    published = other_inventory(tmp_path / "other")
    inventory.write_bytes(published.read_bytes())
    project = small(
        tmp_path / "own",
        {"a.md": "# A\n\n{mmu:paper}`far2025`, {mmu:paper}`ada2020`\n"},
        intersphinx(inventory) + "intersphinx_cache_limit = 0\n",
    )
    assert project.build().text == ""
    gone = small(tmp_path / "gone", {"a.md": "# A\n"}).build()
    inventory.write_bytes((gone.out / "objects.inv").read_bytes())
    build = project.build()
    assert len(build.warnings) == 1
    assert "there is no entry 'far2025'" in build.text
    assert (build.read, build.written) == ([], ["a", "index"])
    assert "other.example" not in build.html("a")
    inventory.write_bytes(published.read_bytes())
    build = project.build()
    assert (build.text, build.read) == ("", [])
    assert "https://other.example/paper/far2025.html" in build.html("a")


def test_a_name_that_no_project_has_is_one_warning(tmp_path: Path) -> None:
    inventory = other_inventory(tmp_path / "other")
    roles = [
        ("mmu:paper", "far2026"),
        ("mmu:term", "there:near"),
        ("external+other:mmu:paper", "far2027"),
    ]
    project = small(
        tmp_path / "own",
        {"a.md": all_roles(roles, "md")},
        intersphinx(inventory),
    )
    for _build in range(2):
        build = project.build()
        assert [w.partition(" WARNING: ")[::2] for w in build.warnings] == [
            (
                "a.md:3:",
                "there is no entry 'far2026'; correct the spelling, or add the entry or term [mmu.unknown-key]",
            ),
            (
                "a.md:5:",
                "there is no term 'there:near'; correct the spelling, or add the entry or term [mmu.unknown-key]",
            ),
            (
                "a.md:7:",
                "external mmu:paper reference target not found: far2027 [ref.paper]",
            ),
        ]
        said = [text(p) for p in paragraphs(build, "a")]
        assert said == [f"It says {target}." for _role, target in roles]


BUILDERS = (
    "html singlehtml epub latex text man texinfo gettext linkcheck dummy"
    " changes doctest"
).split()


@pytest.mark.parametrize(
    ("builder", "jobs"),
    some_slow(
        [*product(BUILDERS, (1, 2))],
        often=[("html", 1), ("html", 2), ("epub", 1), ("changes", 1)],
    ),
)
def test_an_unknown_name_is_one_warning_in_every_builder(
    builder: str, jobs: int, tmp_path: Path
) -> None:
    conf = 'copyright = version = "1"\nextensions += ["sphinx.ext.doctest"]\n'
    files = {"a.md": "# A {mmu:paper}`adaa2020`\n", "b.md": "# B\n"}
    project = small(tmp_path, files, conf)
    project.edit("index.md", "# Index", "# Index {mmu:term}`stage:trian`")
    for nitpicky in (True, True, False):
        build = project.build(builder, jobs=jobs, nitpicky=nitpicky)
        assert build.warnings == [
            "a.md:1: WARNING: there is no entry 'adaa2020'; did you mean 'ada2020'? [mmu.unknown-key]",
            "index.md:1: WARNING: there is no term 'stage:trian'; did you mean 'stage:train'? [mmu.unknown-key]",
        ]
