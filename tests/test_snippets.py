"""Every example of the guide is built, and shows what the guide says.

What an example must show is worked out here in plain Python, without the filter language. After a
change of a message, ``MMU_UPDATE_EXAMPLES=1 pytest tests/test_snippets.py`` writes the texts of
``examples/faults`` anew.
"""

import csv
import os
import re
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from sphinx.testing.util import SphinxTestApp
from support import real_library

from sphinx_mmu.cli import main
from sphinx_mmu.ext.config import VALUES
from sphinx_mmu.ext.kinds.every import DIRECTIVES
from sphinx_mmu.ext.kinds.figures import FigureDirective
from sphinx_mmu.ext.kinds.papers import CatalogueDirective
from sphinx_mmu.ext.roles import ROLES
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.publication import is_published
from sphinx_mmu.problems import Code
from sphinx_mmu.views.columns import STANDARD
from sphinx_mmu.vocabulary.shapes import SHAPES

pytestmark = pytest.mark.site

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SNIPPETS = sorted((ROOT / "examples/snippets").glob("*.md"))
FAULTS = ROOT / "examples/faults"
WORDS = sorted((ROOT / "refs").glob("*.toml"))
GENERATED = {
    "problem-list",
    "config-list",
    "paper-page",
    "facet-page",
}  # lists of the extension's own parts, for its guide alone, and pages that the build makes

Test = Callable[[Paper], bool]


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


# --- building


@dataclass(frozen=True)
class Site:
    """What a build wrote, and what it warned of."""

    out: Path
    warnings: str

    def html(self, page: str) -> str:
        return (self.out / f"{page}.html").read_text("utf-8")

    def of(self, page: str) -> list[str]:
        return [
            line for line in self.warnings.splitlines() if f"/{page}." in line
        ]


SETTINGS = """
extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx_mmu", "site_mathml"]
mmu_bibfiles = [r"{refs}/papers.bib", r"{refs}/since.bib", r"{refs}/compared.bib"]
mmu_dataset_bibfiles = [r"{refs}/datasets.bib"]
mmu_background_bibfiles = [r"{refs}/background.bib"]
mmu_vocabulary = {words}
mmu_results = [r"{refs}/results.csv"]
mmu_paper_pages = False
bibtex_bibfiles = mmu_bibfiles + mmu_background_bibfiles
bibtex_reference_style = "author_year"
html_math_renderer = "mathml"
myst_enable_extensions = ["dollarmath"]
nitpicky = True
"""


def build(folder: Path) -> Site:
    """Build the project in a folder."""
    warnings = StringIO()
    app = SphinxTestApp(srcdir=folder, warning=warnings, freshenv=True)
    try:
        app.build()
        out = Path(app.outdir)
    finally:
        app.cleanup()
    return Site(out, re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue()))


def project(folder: Path, pages: dict[str, str], settings: str = "") -> Site:
    """A project over the real database with these Markdown pages."""
    words = [str(path) for path in WORDS]
    conf = SETTINGS.format(refs=ROOT / "refs", words=words) + settings
    (folder / "conf.py").write_text(conf, "utf-8")
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(f"# {name}\n\n{text}", "utf-8")
    toctree = "\n".join(pages)
    (folder / "index.md").write_text(
        f"# Index\n\n```{{toctree}}\n{toctree}\n```\n\n```{{bibliography}}\n```\n",
        "utf-8",
    )
    return build(folder)


# --- examples


@pytest.fixture(scope="module")
def snippets(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """All examples in one project; each may define the terms that it shows."""
    pages = {path.stem: path.read_text("utf-8") for path in SNIPPETS}
    settings = (
        'suppress_warnings = ["mmu.duplicate-target"]\n'
        'mmu_explorer = "paper-table-facets"\n'
        "mmu_feeds = True\n"
    )
    return project(tmp_path_factory.mktemp("snippets"), pages, settings)


def has(*tags: str) -> Test:
    """Has all of these tags, or one below each."""

    def test(paper: Paper) -> bool:
        return all(
            any(
                v == value or v.startswith(f"{value}/")
                for v in paper.tags.get(facet, ())
            )
            for facet, _, value in (tag.partition(":") for tag in tags)
        )

    return test


def any_of(*tags: str) -> Test:
    return lambda paper: any(has(tag)(paper) for tag in tags)


def year(paper: Paper) -> int:
    return paper.year or 0


ROWS: dict[str, Test] = {
    "paper-table": lambda p: has("target:backdoor")(p) and year(p) >= 2025,
    "paper-table-facets": has("kind:method", "modality:audio"),
    "paper-table-columns": has("modality:video"),
    "paper-table-ticks": has("list:related"),
    "paper-table-sort": has("modality:video"),
    "paper-table-group": has("target:speaker"),
    "paper-table-group-depth": has("kind:method", "modality:audio"),
    "paper-table-group-year": has("kind:attack"),
    "paper-table-list": has("target:bias"),
    "paper-table-cards": has("target:bias"),
    "paper-table-caption": has("target:hallucination"),
    "paper-table-empty": lambda p: (
        "benchmark" in p.tags and has("modality:motion")(p)
    ),
    "benchmark-catalogue": lambda p: (
        "benchmark" in p.tags and has("modality:audio")(p)
    ),
    "paper-card": lambda p: p.key == "huo2025mmunlearner",
    "paper-card-bibtex": lambda p: p.key == "fan2023salun",
    "term-heading": has("kind:application"),
}
"""The papers that each example shows."""

LIMITED = {
    "paper-table-limit": (has("kind:attack"), 2),
    "paper-table-added": (lambda _paper: True, 3),
    "term": (has("kind:attack"), 7),
    "term-show": (has("kind:attribution"), 1),
}
"""The papers that an example counts, and how many of the newest it shows."""

TEXTS = {
    "role-paper": "SalUn finds the weights that matter; Dai and Gifford 2023 has no short name.",
    "role-paper-own": "An idea that others had before.",
    "role-term": (
        "Training-free unlearning changes weights in closed form; the last stage leaves them unchanged."
    ),
    "role-benchmark": "MMUBench is what the catalogue calls the benchmark that SIU introduced.",
    "role-dataset": "Faces come from CelebA, voices from VoxCeleb1.",
}


def keys(html: str) -> list[str]:
    """The keys of the rows, in order, each once."""
    return list(dict.fromkeys(re.findall(r'data-mmu-key="([^"]+)"', html)))


def plain(html: str) -> str:
    """The text of a page, blanks joined."""
    body = html[html.index("</h1>") :]
    return " ".join(re.sub(r"<[^>]+>", "", body).split())


@pytest.mark.parametrize("name", [path.stem for path in SNIPPETS])
def test_an_example_builds_without_a_warning(name: str, snippets: Site) -> None:
    assert snippets.of(name) == []
    assert (snippets.out / f"{name}.html").is_file()


def test_nothing_else_is_warned_of(snippets: Site) -> None:
    assert snippets.warnings.strip() == ""


@pytest.mark.parametrize("name", ROWS)
def test_an_example_shows_its_papers(
    name: str, snippets: Site, library: Library
) -> None:
    expected = {p.key for p in library.papers.papers if ROWS[name](p)}
    assert set(keys(snippets.html(name))) == expected
    assert bool(expected) is (name != "paper-table-empty")


@pytest.mark.parametrize("name", LIMITED)
def test_a_limit_keeps_the_newest_and_counts_all(
    name: str, snippets: Site, library: Library
) -> None:
    test, limit = LIMITED[name]
    dates = sorted(
        (p.date for p in library.papers.papers if test(p)), reverse=True
    )
    html = snippets.html(name)
    shown = [library.papers.by_key[k].date for k in keys(html)]
    assert shown == dates[:limit]
    assert f"<b data-mmu-count>{len(dates)}</b>" in html


def test_sorting_by_title_follows_the_alphabet(
    snippets: Site, library: Library
) -> None:
    titles = [
        library.papers.by_key[k].title.casefold()
        for k in keys(snippets.html("paper-table-sort"))
    ]
    assert titles == sorted(titles)


def test_the_dataset_example_shows_the_datasets(
    snippets: Site, library: Library
) -> None:
    expected = {
        p.key for p in library.datasets.papers if has("modality:video")(p)
    }
    assert set(keys(snippets.html("dataset-catalogue"))) == expected


def test_a_caption_and_an_empty_view_say_it_in_words(snippets: Site) -> None:
    assert "Works on hallucination" in snippets.html("paper-table-caption")
    assert "Nothing matches" in snippets.html("paper-table-empty")


@pytest.mark.parametrize(
    ("name", "tag", "depth"),
    [
        ("term-list", "application", 1),
        ("term-list-table", "challenge", 1),
        ("term-list-list", "stage", 2),
        ("term-list-pipe", "stage", 2),
        ("term-list-under", "stage:decoding-time", 2),
    ],
)
def test_a_list_of_terms_names_each(
    name: str, tag: str, depth: int, snippets: Site, library: Library
) -> None:
    facet, _, under = tag.partition(":")
    terms = [
        t for t in library.vocabulary.facets[facet].terms if t.depth <= depth
    ]
    shown = [t for t in terms if not under or t.value.startswith(f"{under}/")]
    text = plain(snippets.html(name))
    assert shown
    assert all(t.label in text or t.short in text for t in shown)


@pytest.mark.parametrize("name", TEXTS)
def test_a_role_prints_the_name(name: str, snippets: Site) -> None:
    assert TEXTS[name] in plain(snippets.html(name))


def test_other_roles_print_what_the_entry_says(
    snippets: Site, library: Library
) -> None:
    paper = library.papers.by_key["huo2025mmunlearner"]
    text = plain(snippets.html("role-paper-text"))
    assert paper.title in text
    assert all(person.name in text for person in paper.authors)
    assert f"in {paper.year}." in text
    assert "Suriyakumar et al." in plain(snippets.html("role-cite"))


def test_counts_are_right(snippets: Site, library: Library) -> None:
    curated = [
        p for p in library.papers.papers if any_of("list:vlm", "list:dm")(p)
    ]
    code = [p for p in curated if "code" in p.fields]
    assert f"Of {len(curated)} curated works, {len(code)} have code" in plain(
        snippets.html("role-count")
    )


# --- filters


def holds(word: str) -> Test:
    return lambda p: any(
        word in text.casefold()
        for text in (
            p.title,
            p.short,
            p.venue,
            p.venue_short,
            p.abstract,
            *(a.name for a in p.authors),
        )
    )


def between(low: str, high: str) -> Test:
    return lambda p: low <= p.date < high


def appeared(paper: Paper) -> int:
    return paper.published or 0 if is_published(paper) else 0


def has_results(benchmark: str) -> Test:
    with (ROOT / "refs/results.csv").open(encoding="utf-8", newline="") as file:
        works = {
            row["work"]
            for row in csv.DictReader(file)
            if row["benchmark"] == benchmark
        }
    return lambda paper: paper.key in works


FILTERS: dict[str, Test] = {
    "stage:training-free": has("stage:training-free"),
    "stage:training-time/distillation-based": has(
        "stage:training-time/distillation-based"
    ),
    "target:(speaker OR hallucination)": any_of(
        "target:speaker", "target:hallucination"
    ),
    "benchmark:*": lambda p: "benchmark" in p.tags,
    "-stage:*": lambda p: "stage" not in p.tags,
    "has:code": lambda p: "code" in p.fields,
    "has:data": lambda p: "data" in p.fields,
    "venue:ICLR": lambda p: p.venue_short == "ICLR",
    "venue:CVPR/2024": lambda p: (p.venue_short, p.published) == ("CVPR", 2024),
    "published:2024": lambda p: appeared(p) == 2024,
    "published:>=2025": lambda p: appeared(p) >= 2025,
    "published:>=2025 year:<2025": lambda p: (
        appeared(p) >= 2025 and year(p) < 2025
    ),
    "results:i2p": has_results("i2p"),
    "type:inproceedings": lambda p: p.type == "inproceedings",
    "key:fan2023salun": lambda p: p.key == "fan2023salun",
    "*": lambda _: True,
    "backdoor": holds("backdoor"),
    '"image synthesis"': holds("image synthesis"),
    "hallucinat*": holds("hallucinat"),
    "title:backdoor": lambda p: "backdoor" in p.title.casefold(),
    "author:cheng": lambda p: any(
        "cheng" in a.name.casefold() for a in p.authors
    ),
    'author:"Sijia Liu"': lambda p: any(
        a.name == "Sijia Liu" for a in p.authors
    ),
    "year:2023": lambda p: year(p) == 2023,
    "year:[2022 TO 2023]": lambda p: 2022 <= year(p) <= 2023,
    "year:{2022 TO 2024}": lambda p: 2022 < year(p) < 2024,
    "date:[2025-07 TO *]": between("2025-07", "9"),
    "date:<2023-06": between("1", "2023-06"),
    "year:>=2025": lambda p: year(p) >= 2025,
    "modality:video AND kind:method": has("modality:video", "kind:method"),
    "modality:video kind:method": has("modality:video", "kind:method"),
    "modality:video OR modality:motion": any_of(
        "modality:video", "modality:motion"
    ),
    "kind:method AND NOT stage:*": lambda p: (
        has("kind:method")(p) and "stage" not in p.tags
    ),
    "kind:method -stage:*": lambda p: (
        has("kind:method")(p) and "stage" not in p.tags
    ),
    "modality:audio OR modality:video target:safety": (
        lambda p: (
            has("modality:audio")(p)
            or has("modality:video", "target:safety")(p)
        )
    ),
    "(modality:audio OR modality:video) target:safety": (
        lambda p: (
            any_of("modality:audio", "modality:video")(p)
            and has("target:safety")(p)
        )
    ),
}

_ROW = re.compile(
    r"^\| `(?P<shown>[^`]+)` \|.*\| \{mmu:count\}`(?P<counted>[^`]+)` \|$",
    re.MULTILINE,
)


def test_each_filter_of_the_guide_counts_what_it_says(
    snippets: Site, library: Library
) -> None:
    seen = []
    for path in SNIPPETS:
        rows = list(_ROW.finditer(path.read_text("utf-8")))
        numbers = (
            re.findall(
                r'class="mmu-count[^"]*">([\d,]+)<', snippets.html(path.stem)
            )
            if rows
            else []
        )
        assert len(numbers) == len(rows), path.stem
        for row, number in zip(rows, numbers, strict=True):
            assert row["shown"] == row["counted"]
            expected = sum(
                FILTERS[row["shown"]](p) for p in library.papers.papers
            )
            assert int(number.replace(",", "")) == expected, row["shown"]
            assert expected, row["shown"]
            seen.append(row["shown"])
    assert sorted(seen) == sorted(FILTERS)


# --- the guide is whole


def guide() -> str:
    return "\n".join(
        path.read_text("utf-8")
        for path in sorted((DOCS / "extension").glob("*.md"))
    )


def test_every_example_stands_in_the_guide() -> None:
    text = guide()
    missing = [
        path.name
        for folder in ("snippets", "faults", "starter")
        for path in sorted((ROOT / "examples" / folder).iterdir())
        if f"examples/{folder}/{path.name}\n" not in text
    ]
    assert missing == [
        "control-character.bib"
    ]  # of which pages may hold the message alone


CATALOGUES = dict.fromkeys(
    ("benchmark-catalogue", "dataset-catalogue"), CatalogueDirective
)


@pytest.mark.drift
def test_every_directive_role_and_option_has_an_example() -> None:
    examples = [path.read_text("utf-8") for path in SNIPPETS]
    missing = [
        f"{{mmu:{role}}}"
        for role in (*ROLES, "benchmark", "dataset")
        if not any(f"{{mmu:{role}}}`" in text for text in examples)
    ]
    for name, directive in (DIRECTIVES | CATALOGUES).items():
        if name in GENERATED:
            continue
        own = [text for text in examples if f"{{mmu:{name}}}" in text]
        missing += [] if own else [name]
        if name in CATALOGUES:
            continue  # a table with other presets: the options are those of paper-table
        missing += [
            f"{name} :{o}:"
            for o in directive.names
            if not any(f":{o}:" in text for text in own)
        ]
    assert missing == [], f"examples/snippets/ shows no {', '.join(missing)}"


_REFERENCE = (DOCS / "extension/directives.md").read_text("utf-8")
_SECTIONS = dict(
    re.findall(r"^## (.+)\n((?:(?!^## ).*\n?)*)", _REFERENCE, re.MULTILINE)
)
AUTHORS = {
    name: directive
    for name, directive in (DIRECTIVES | CATALOGUES).items()
    if name not in GENERATED
}


def options_of_section(heading: str) -> set[str]:
    return set(
        re.findall(
            r"`:([\w-]+):`",
            re.sub(r"```.*?```", "", _SECTIONS[heading], flags=re.DOTALL),
        )
    )


def heading_of(directive: str) -> str:
    return "Catalogues" if directive in CATALOGUES else f"`{directive}`"


@pytest.mark.drift
def test_the_reference_has_a_section_and_a_line_for_each_directive_and_no_other() -> (
    None
):
    overview = _REFERENCE.partition("| Directive | Shows |")[2].partition(
        "\n\n"
    )[0]
    rows = [
        name
        for line in overview.splitlines()[2:]
        for name in re.findall(r"`([\w-]+)`", line.split("|")[1])
    ]
    assert sorted(rows) == sorted(AUTHORS), (
        "the table at the top of docs/extension/directives.md names other directives"
    )
    assert _SECTIONS.keys() == {heading_of(name) for name in AUTHORS}, (
        "docs/extension/directives.md has sections of other directives"
    )


@pytest.mark.drift
def test_the_reference_names_each_column_that_papers_have() -> None:
    listed = re.findall(
        r"`([\w-]+)`",
        _REFERENCE.partition("A column is ")[2].partition(".")[0],
    )
    assert len(listed) == len(set(listed))
    differing = sorted(STANDARD.keys() ^ set(listed))
    assert not differing, (
        "the section 'Columns' of docs/extension/directives.md and STANDARD in views/columns.py"
        f" differ by {differing}"
    )


@pytest.mark.drift
@pytest.mark.parametrize("name", AUTHORS)
def test_a_section_of_the_reference_names_the_options_that_its_directive_has(
    name: str,
) -> None:
    """In its own table, or as those of another directive that it names; what figures share is told
    at the first.
    """
    heading, options = heading_of(name), set(AUTHORS[name].names)
    assert heading in _SECTIONS, (
        f"docs/extension/directives.md has no section {heading}"
    )
    own = options_of_section(heading)
    assert own <= options
    lenders = [other for other in _SECTIONS if other in _SECTIONS[heading]]
    lenders += (
        ["`pipeline`"] if issubclass(AUTHORS[name], FigureDirective) else []
    )
    lent = {
        option for lender in lenders for option in options_of_section(lender)
    }
    assert options <= own | lent


def test_every_setting_has_an_example() -> None:
    text = (DOCS / "extension/configuration.md").read_text("utf-8")
    shown = [
        text,
        (ROOT / "conf.py").read_text("utf-8"),
        (ROOT / "examples/settings.conf").read_text("utf-8"),
    ]
    assert [
        v.name
        for v in VALUES
        if not re.search(rf"^{v.name} = ", "\n".join(shown), re.MULTILINE)
    ] == []


def test_every_key_of_a_vocabulary_is_explained() -> None:
    pages = ("vocabulary", "results")
    text = "\n".join(
        (DOCS / f"extension/{page}.md").read_text("utf-8") for page in pages
    )
    rows = set(
        re.findall(
            r"`([\w-]+)`",
            " ".join(re.findall(r"^\|([^|]+)\|", text, re.MULTILINE)),
        )
    )
    assert {key for keys in SHAPES.values() for key in keys} - rows == set()


def test_every_dependency_has_its_reason() -> None:
    told = (DOCS / "extension/dependencies.md").read_text("utf-8").casefold()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    wanted = [
        *project["dependencies"],
        *(
            one
            for extra in project["optional-dependencies"].values()
            for one in extra
        ),
    ]
    names = {re.split(r"[\[<>=~! ]", one)[0].casefold() for one in wanted} - {
        "sphinx-mmu"
    }
    assert sorted(name for name in names if name not in told) == []


def test_every_problem_has_an_example() -> None:
    assert {code.slug for code in Code} == {
        path.stem for path in FAULTS.iterdir()
    }


# --- problems


def agree(slug: str, told: list[str]) -> None:
    """The text of an example is what was told; or write it, if asked to."""
    text = "\n".join(told) + "\n"
    path = FAULTS / f"{slug}.txt"
    if os.environ.get("MMU_UPDATE_EXAMPLES"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text
    assert f"[mmu.{slug}]" in text


@pytest.mark.parametrize(
    "path",
    sorted([*FAULTS.glob("*.bib"), *FAULTS.glob("*.toml")]),
    ids=lambda p: p.stem,
)
def test_a_faulty_file_is_told_as_the_guide_shows(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = {".bib": "refs.bib", ".toml": "vocabulary.toml"}[path.suffix]
    Path("refs.bib").write_text("")
    shutil.copy(path, name)
    words = [] if path.suffix == ".toml" else WORDS
    result = CliRunner().invoke(
        main, ["check", "refs.bib", *map(str, words or ["vocabulary.toml"])]
    )
    agree(
        path.stem,
        [told for told in result.output.splitlines() if told.startswith(name)],
    )


@pytest.mark.parametrize(
    "path", sorted(FAULTS.glob("*.csv")), ids=lambda p: p.stem
)
def test_a_faulty_file_of_results_is_told_as_the_guide_shows(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(path, "results.csv")
    refs, words = ROOT / "refs", [str(word) for word in WORDS]
    files = [
        str(refs / f"{name}.bib") for name in ("papers", "since", "compared")
    ]
    Path("conf.py").write_text(
        f"mmu_bibfiles = {files}\nmmu_vocabulary = {words}\nmmu_results = ['results.csv']\n"
        f"mmu_dataset_bibfiles = {[str(refs / 'datasets.bib')]}\n"
        f"mmu_background_bibfiles = {[str(refs / 'background.bib')]}\n",
        "utf-8",
    )
    result = CliRunner().invoke(main, ["check"])
    agree(
        path.stem,
        [
            told
            for told in result.output.splitlines()
            if told.startswith("results")
        ],
    )


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Site:
    pages = {
        path.stem: path.read_text("utf-8")
        for path in sorted(FAULTS.glob("*.md"))
    }
    pages["other"] = pages["duplicate-target"]
    return project(tmp_path_factory.mktemp("faulty"), pages)


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in FAULTS.glob("*.md"))
)
def test_a_faulty_page_is_told_as_the_guide_shows(
    name: str, faulty: Site
) -> None:
    """The heading that the test puts first takes two lines; carets stand on lines of their own."""
    lines, told = faulty.warnings.splitlines(), []
    for at, text in enumerate(lines):
        found = re.search(rf"[^ ]*/(?:{name}|other)\.md(?::(\d+))?: (.*)", text)
        if found and (name in found[0] or name == "duplicate-target"):
            place = (
                f"chapter.md:{int(found[1]) - 2}" if found[1] else "chapter.md"
            )
            block = [f"{place}: {found[2]}"]
            for more in lines[at + 1 :]:
                if re.search(r"\.md(:\d+)?: (WARNING|ERROR)", more):
                    break
                block.append(more)
            told += block
    agree(
        name,
        [t.replace(f" on {name}", " on chapter") for t in told if t.strip()],
    )


@pytest.mark.parametrize(
    "path", sorted(FAULTS.glob("*.conf")), ids=lambda p: p.stem
)
def test_a_faulty_setting_is_told_as_the_guide_shows(
    path: Path, tmp_path: Path
) -> None:
    shutil.copy(path, tmp_path / "conf.py")
    (tmp_path / "index.rst").write_text("Index\n=====\n", "utf-8")
    told = build(tmp_path).warnings.replace(f"{tmp_path}/", "").splitlines()
    agree(
        path.stem,
        [
            re.sub(r":\d+(?=: WARNING)", "", text)
            for text in told
            if text.strip()
        ],
    )


# --- the five-minute start


@pytest.mark.parametrize("last", [1, 2, 3], ids=["place", "tag", "name"])
def test_each_step_of_the_start_builds(last: int, tmp_path: Path) -> None:
    starter = ROOT / "examples/starter"
    steps = ("index.rst", "tables.rst", "terms.rst")[:last]
    for name in ("conf.py", "refs.bib", "vocabulary.toml"):
        shutil.copy(starter / name, tmp_path)
    if "terms.rst" in steps:
        conf = tmp_path / "conf.py"
        conf.write_text(
            conf.read_text("utf-8") + 'mmu_vocabulary = ["vocabulary.toml"]\n',
            "utf-8",
        )
    text = "\n".join((starter / name).read_text("utf-8") for name in steps)
    (tmp_path / "index.rst").write_text(text, "utf-8")
    site = build(tmp_path)
    assert site.warnings == ""
    assert set(keys(site.html("index"))) == {
        "ada2019paths",
        "beck2022queues",
        "cole2024both",
    }
    assert (site.out / "paper/cole2024both.html").is_file()


def test_the_settings_of_the_guide_do_what_it_says(tmp_path: Path) -> None:
    starter = ROOT / "examples/starter"
    shutil.copy(starter / "refs.bib", tmp_path)
    shutil.copy(starter / "index.rst", tmp_path)
    settings = (ROOT / "examples/settings.conf").read_text("utf-8")
    (tmp_path / "conf.py").write_text(
        (starter / "conf.py").read_text("utf-8") + settings, "utf-8"
    )
    site = build(tmp_path)
    assert site.warnings == ""
    page = site.html("works/beck2022queues")
    assert 'href="https://example.org/edit/refs.bib#L9"' in page
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("mmu_paper_pages = False\n")
    site = build(tmp_path)
    assert site.warnings == ""
    assert len(keys(site.html("index"))) == 3
    assert not (site.out / "works").exists()
