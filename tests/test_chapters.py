"""The chapters: each term, row and work of the data has its place in one, what they cite exists, no
count is typed.
"""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from pages import by_class, tree
from realsite import Site, real_site
from sphinx.util.inventory import InventoryFile
from support import REPOSITORY, real_library

from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper

pytestmark = pytest.mark.site

DOCS = REPOSITORY / "docs"
NO_CHAPTERS = {"paper", "facet", "papers", "extension", "contribute"}
"""Folders of pages that are generated, list papers, or are about the site."""
PLACED = [
    "stage",
    "metric",
    "application",
    "challenge",
    "direction",
    "definition",
    "benchmark",
    "group",
    "setting",
]

FENCE = re.compile(r"^(?P<fence>`{3,}|:{3,})(?P<kind>\{[^}]+\})?[^\n]*$")
ROLE = re.compile(r"\{([a-z:_]+)\}`([^`]+)`")
CODE = re.compile(r"`+[^`]*`+|\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
NUMBER = (
    r"(?:\d+(?:,\d{3})*|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozens?)"
)
WORD = r"[ -](?!of\b|the\b|in\b|and\b)[a-z-]+"
COUNT = re.compile(
    rf"\b{NUMBER}(?:{WORD}){{0,2}}["
    r" \n](?:papers|methods|works|benchmarks|datasets|articles|studies)\b",
    re.IGNORECASE,
)
NO_COUNTS = {
    "compare.md": ["five papers or benchmarks"],
    "extension/directives.md": ["five papers"],
    "extension/search.md": ["242 papers", "118 papers", "10,000 papers"],
    "gap-map.md": ["72 papers"],
    "method.md": ["60 works", "56 works"],
    "taxonomy/architecture-constrained.md": ["four papers", "three papers"],
    "taxonomy/data-side.md": ["four papers"],
    "taxonomy/training-free.md": [
        "four papers",
        "Three later works",
        "five other works",
    ],
    "taxonomy/training-time.md": [
        "eight other methods",
        "four other methods",
        "three methods",
        "eleven methods",
        "three works",
        "five methods",
        "three methods",
        "6 cites six papers",
    ],
}
"""How many may be chosen for a comparison, what a source says of its own table, and figures that
were measured once: no entry changes these. Two is no count: *two papers
rarely meet*.
"""


@pytest.fixture(scope="session")
def library() -> Library:
    return real_library()


@pytest.fixture(scope="session")
def html(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return real_site("html", tmp_path_factory)


@cache
def sources() -> dict[str, str]:
    """All pages that people write, by their path in docs/."""
    found = (
        p
        for p in sorted(DOCS.rglob("*.md"))
        if not {"paper", "facet"} & set(p.relative_to(DOCS).parts)
    )
    return {p.relative_to(DOCS).as_posix(): p.read_text("utf-8") for p in found}


def chapters() -> dict[str, str]:
    return {
        name: said
        for name, said in sources().items()
        if name.split("/")[0] not in NO_CHAPTERS
    }


def roles(said: str) -> Iterator[tuple[str, str]]:
    """Each role with what it leads to, without a text of its own."""
    for name, content in ROLE.findall(said):
        own = re.fullmatch(r".*<([^<>]+)>", content, re.DOTALL)
        yield name, own.group(1) if own else content


def cited(said: str) -> set[str]:
    return {
        key.strip()
        for name, to in roles(said)
        if name.split(":")[0] == "cite"
        for key in to.split(",")
    }


def named(said: str) -> set[str]:
    """Keys of entries that sentences name or cite."""
    kinds = ("mmu:paper", "mmu:benchmark", "mmu:dataset")
    return {to for name, to in roles(said) if name.startswith(kinds)} | cited(
        said
    )


def prose(said: str) -> str:
    """A page without metadata, code, options and content of directives that show data, roles and
    formulas.
    """
    lines: list[str] = []
    open_fences: list[tuple[str, bool]] = []
    for line in re.sub(r"\A---\n.*?\n---\n", "", said, flags=re.DOTALL).split(
        "\n"
    ):
        fence = FENCE.match(line)
        if open_fences and fence and line.strip() == open_fences[-1][0]:
            open_fences.pop()
        elif fence:
            kind = fence["kind"] or ""
            open_fences.append(
                (
                    fence["fence"],
                    kind in ("{mmu:term}", "{mmu:compare}", "{glossary}"),
                )
            )
        elif all(words for _, words in open_fences) and not (
            open_fences and re.match(r":[a-z-]+:", line)
        ):
            lines.append(line)
    return CODE.sub("…", ROLE.sub("…", "\n".join(lines)))


# --- nothing of the data is left out


def places(html: Site) -> dict[str, dict[str, str]]:
    with (html.out / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "", lambda _, uri: uri)
    return {
        kind: {name: item.uri for name, item in items.items()}
        for kind, items in found.items()
    }


def in_a_chapter(html: Site, uri: str) -> bool:
    page, _, anchor = uri.partition("#")
    if page.removesuffix(".html") + ".md" not in chapters():
        return False
    return not anchor or anchor in ids(html, page)


@cache
def ids(html: Site, page: str) -> frozenset[str]:
    return frozenset(e.get("id", "") for e in tree(html.file(page)).iter())


@pytest.mark.parametrize("facet", PLACED)
def test_each_term_has_its_place_in_a_chapter(
    html: Site, library: Library, facet: str
) -> None:
    tags = [
        tag
        for tag, term in library.vocabulary.terms.items()
        if term.facet == facet
    ]
    found = places(html)["mmu:term"]
    assert tags
    assert [
        tag for tag in tags if not in_a_chapter(html, found.get(tag, ""))
    ] == []


def test_each_benchmark_and_dataset_is_a_row_of_a_chapter_and_named_in_one(
    html: Site, library: Library
) -> None:
    found, said = places(html), set().union(*map(named, chapters().values()))
    benchmarks = [
        p.key for p in library.papers.papers if "benchname" in p.fields
    ]
    for kind, keys in {
        "mmu:benchmark": benchmarks,
        "mmu:dataset": list(library.datasets.by_key),
    }.items():
        assert keys, kind
        assert [
            k for k in keys if not in_a_chapter(html, found[kind].get(k, ""))
        ] == []
        assert [k for k in keys if k not in said] == []


def test_each_listed_paper_is_named_by_a_sentence_of_a_chapter(
    library: Library,
) -> None:
    said = set().union(*map(named, chapters().values()))
    listed = [
        p
        for p in library.papers.papers
        if "compared" not in p.tags.get("list", ())
    ]
    assert listed
    assert [p.key for p in listed if p.key not in said] == []


def test_each_paper_with_a_stage_is_in_the_table_of_its_chapter_and_in_its_prose(
    html: Site, library: Library
) -> None:
    for stage in (
        "data-side",
        "training-time",
        "architecture-constrained",
        "training-free",
        "decoding-time",
    ):
        of_stage = [p.key for p in library.papers.papers if _stage(p) == stage]
        page = tree(html.file(f"taxonomy/{stage}.html"))
        rows = {
            row.get("data-mmu-key")
            for view in by_class(page, "mmu-view")
            for row in view.iter()
        }
        assert of_stage
        assert set(of_stage) - rows == set(), stage
        assert (
            set(of_stage) - named(sources()[f"taxonomy/{stage}.md"]) == set()
        ), stage


def _stage(paper: Paper) -> str:
    return next(
        (tag.partition("/")[0] for tag in paper.tags.get("stage", ())), ""
    )


def test_the_rows_on_data_and_measures_of_a_stage_s_comparison_are_what_its_papers_use(
    library: Library,
) -> None:
    """All of it; where a cell ends in "and more", it is a selection."""
    stage = library.vocabulary.facets["stage"]
    for top in (term for term in stage.terms if term.depth == 1):
        lines = sources()[f"taxonomy/{top.value}.md"].splitlines()
        for label, used in (("Data", datasets_of), ("Measured by", metrics_of)):
            (row,) = [line for line in lines if line.startswith(f"| {label} |")]
            pathways = library.vocabulary.children(top)
            assert pathways, top.value
            for pathway, cell in zip(
                pathways,
                row.strip("| ").split(" | ")[1 : len(pathways) + 1],
                strict=True,
            ):
                typed = {
                    re.sub(r".*<|>|^metric:", "", target)
                    for _role, target in roles(cell)
                }
                keys = {
                    p.key
                    for p in library.papers.papers
                    if pathway.value in p.tags.get("stage", ())
                }
                there = used(library, keys)
                assert (
                    typed < there
                    if cell.endswith(" and more")
                    else typed == there
                ), (
                    label,
                    pathway.value,
                )
                assert typed or cell == "not recorded"


def datasets_of(library: Library, keys: set[str]) -> set[str]:
    users = {
        d.key: re.split(r",\s*", d.fields.get("usedby", ""))
        for d in library.datasets.papers
    }
    return {key for key, named in users.items() if keys & set(named)}


def metrics_of(library: Library, keys: set[str]) -> set[str]:
    return {
        value
        for key in keys
        for value in library.papers.by_key[key].tags.get("metric", ())
    }


def test_no_stage_chapter_lists_a_paper_twice(html: Site) -> None:
    chapters_of_stages = list((DOCS / "taxonomy").glob("*-*.md"))
    assert len(chapters_of_stages) == 5
    for stage in chapters_of_stages:
        page = tree(html.file(f"taxonomy/{stage.stem}.html"))
        rows = [
            row.get("data-mmu-key")
            for view in by_class(page, "mmu-view")
            for row in view.iter("tr")
        ]
        listed = [key for key in rows if key]
        assert listed, stage.stem
        assert len(listed) == len(set(listed)), stage.stem


# --- what is cited


def test_each_citation_has_an_entry_and_each_background_entry_is_cited(
    library: Library,
) -> None:
    listed = {p.key for p in library.papers.papers}
    background = {p.key for p in library.background.papers}
    wrong = {
        name: cited(said) - listed - background
        for name, said in chapters().items()
    }
    assert {name: keys for name, keys in wrong.items() if keys} == {}
    assert background - set().union(*map(cited, chapters().values())) == set()


# --- numbers that are typed are those of the results


def between(said: str, begin: str, end: str) -> str:
    return said.partition(begin)[2].partition(end)[0]


def test_what_others_measured_is_in_the_results(library: Library) -> None:
    part = between(
        sources()["benchmarks.md"],
        "### Where authors and third parties disagree",
        "\n### ",
    )
    rows = [
        line.split(" | ")
        for line in part.split("\n")
        if line.startswith("| {mmu:paper}")
    ]
    assert len(rows) == 7
    for work, _claim, others, _condition in rows:
        ((_name, key),) = roles(work)
        known = {float(r.value) for r in library.results.by_work.get(key, ())}
        typed = {
            float(n) for n in re.findall(r"\d+(?:\.\d+)?", ROLE.sub("", others))
        }
        assert typed <= known, key


def test_how_many_results_are_from_copies(library: Library) -> None:
    rows = library.results.rows
    copies = sum("third-party page" in row.note for row in rows)
    share = f"{copies} of the {len(rows):,} result values ({100 * copies / len(rows):.1f} %)"
    assert share in sources()["method.md"]


# --- no count that goes stale


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("There are 111 papers.", "111 papers"),
        (
            "Some 40 curated vision-language works are old.",
            "40 curated vision-language works",
        ),
        ("Of seven\nbenchmarks none", "seven\nbenchmarks"),
        (
            ":::{mmu:term} a:b\n:limit: 5\n\nAll six methods.\n:::",
            "six methods",
        ),
    ],
)
def test_a_typed_count_is_found(said: str, count: str) -> None:
    assert [m.group() for m in COUNT.finditer(prose(said))] == [count]


@pytest.mark.parametrize(
    "said",
    [
        "{mmu:count}`kind:attack` papers",
        "In 2024, papers were longer.",
        "`40 papers`",
        "```text\n40 papers\n```",
        "```{mmu:paper-table}\n:caption: 40 papers\n```",
        "Six settings in the works",
    ],
)
def test_other_numbers_are_no_counts(said: str) -> None:
    assert COUNT.search(prose(said)) is None


def test_no_number_of_papers_is_typed() -> None:
    found = {
        name: [m.group() for m in COUNT.finditer(prose(said))]
        for name, said in sources().items()
    }
    assert {
        name: counts for name, counts in found.items() if counts
    } == NO_COUNTS
