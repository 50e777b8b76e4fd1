"""Figures: the data without Sphinx, the drawings by their numbers, every form that builders give
them.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docutils import nodes
from pages import by_class, text, tree
from support import REPOSITORY, ROOTS, Build, Project, some_slow
from test_directives import small
from test_messages import RESULTS, WORDS
from tex import compiled

from sphinx_mmu.ext.common.docutils_pieces import paragraph, row
from sphinx_mmu.ext.kinds.figures import FIGURE_KINDS
from sphinx_mmu.ext.kinds.figures_html._frame import Frame
from sphinx_mmu.ext.kinds.figures_html.timeline import step
from sphinx_mmu.figures import svg
from sphinx_mmu.figures.context import FigureContext, listed, papers_text
from sphinx_mmu.figures.coverage import coverage
from sphinx_mmu.figures.crosstab import crossing
from sphinx_mmu.figures.directions import directions
from sphinx_mmu.figures.gap_map import Axis, AxisValue, Gap, GapMap
from sphinx_mmu.figures.pipeline import pipeline
from sphinx_mmu.figures.sparklines import sparks
from sphinx_mmu.figures.timeline import timeline
from sphinx_mmu.figures.tree import tree as taxonomy_tree
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.views.figures import FIGURES, FigureRequest
from sphinx_mmu.views.kinds import Views

SURVEY = ROOTS / "survey"


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load(["refs.bib"], vocabulary=["words.toml"], root=SURVEY)


def context(library: Library, **options: str) -> FigureContext:
    return FigureContext(
        library,
        library.papers.everything,
        {k.replace("_", "-"): v for k, v in options.items()},
    )


def said(context: FigureContext) -> list[str]:
    return [f"{p.message} ({p.hint})" for p in context.problems]


def dated(*dates: str) -> Library:
    """A library whose papers have these dates and nothing else of interest."""
    paper = Library.load(["refs.bib"], root=SURVEY).papers.papers[0]
    return Library(
        [
            replace(paper, key=f"p{i}", date=date, tags={})
            for i, date in enumerate(dates)
        ]
    )


# --- words and measures


def test_names_are_listed_as_a_sentence_has_them() -> None:
    assert [
        listed(["a"]),
        listed(["a", "b"]),
        listed(["a", "b", "c"], either=True),
    ] == [
        "a",
        "a and b",
        "a, b or c",
    ]
    assert [papers_text(n) for n in (0, 1, 2)] == [
        "0 papers",
        "1 paper",
        "2 papers",
    ]


LONG = [
    "Data hygiene and prompt normalization",
    "Architecture-constrained",
    "a/b/c/d/e/f/g",
    "多模态遗忘学习综述与展望",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "x",
]


@pytest.mark.parametrize("room", [40, 80, 150])
@pytest.mark.parametrize("words", LONG)
def test_lines_fit_and_lose_nothing(words: str, room: int) -> None:
    lines = svg.wrap(words, room)
    assert all(svg.width(line.strip()) <= room for line in lines)
    assert re.sub(r"[-\s]", "", "".join(lines)) == re.sub(r"[-\s]", "", words)
    assert svg.width(svg.clipped(words, room)) <= room


def test_only_what_does_not_fit_is_clipped() -> None:
    assert svg.clipped("short", 100) == "short"
    assert svg.clipped("much too long for so little", 60).endswith("…")


def test_what_enters_a_drawing_is_escaped() -> None:
    name = '<b> & "c"'
    drawing = svg.svg(
        "i",
        10,
        10,
        name,
        name,
        svg.link(f"#{name}", svg.text(0, 0, name), name),
    )
    words = "".join(ET.fromstring(drawing).itertext())  # noqa: S314 -- drawn above
    assert words == (name * 4).replace("\n", "")


@pytest.mark.parametrize(
    ("top", "distance"),
    [(1, 1), (7, 2), (17, 5), (40, 10), (170, 50), (1234, 500)],
)
def test_lines_of_a_grid_are_at_round_numbers(top: int, distance: int) -> None:
    assert step(top) == distance


# --- data: terms


def test_a_pipeline_counts_each_paper_once(library: Library) -> None:
    figure = pipeline(
        context(library, states="0 Data; 2 Out", bypass="1 2 no way"), "stage"
    )
    assert figure is not None
    assert [
        (s.mark.label, s.mark.number, s.papers, s.line) for s in figure.stations
    ] == [
        ("Training", 1, 3, "weights"),
        ("Decoding time", 2, 2, ""),
    ]
    assert figure.total == 4
    assert figure.states == ((0, "Data"), (2, "Out"))
    assert figure.bypass == (1, 2, "no way")
    assert (
        figure.finding()
        == "Training has the most papers, 3 of 4; Decoding time the fewest, 2."
    )


def test_terms_with_the_same_number_of_papers_are_called_even(
    library: Library,
) -> None:
    figure = pipeline(context(library), "target")
    assert figure is not None
    assert figure.finding() == "Faces and Voices: 3 papers each."
    assert figure.table().heads == ("Target", "Papers")


STATES = "write the number of stations before it, 0 to 2, and a name, such as '0 Data; 1 Model'"
BYPASS = "write where it leaves, where it returns, and a text, such as '1 4 no training'"


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("states", "Data", STATES),
        ("states", "3 Data", STATES),
        ("bypass", "2 1 x", BYPASS),
        ("bypass", "1 3 x", BYPASS),
        ("bypass", "1 2", BYPASS),
    ],
)
def test_a_slip_in_an_option_is_reported_and_the_rest_drawn(
    option: str, value: str, hint: str, library: Library
) -> None:
    given = context(library, **{option: value})
    assert pipeline(given, "stage") is not None
    assert said(given) == [f":{option}: cannot be {value!r} ({hint})"]


def test_a_tree_has_every_paper_of_a_term_once_or_where_it_has_two_places(
    library: Library,
) -> None:
    figure = taxonomy_tree(
        context(library, placed_by="kind", limit="1"), "stage"
    )
    assert figure is not None
    found = [
        (
            top.mark.label,
            b.mark.label,
            [(leaf.key, leaf.origin) for leaf in b.leaves],
        )
        for top in figure.branches
        for b in top.branches or (top,)
    ]
    assert found == [
        ("Training", "By gradient", [("eve2024", 2), ("ada2020", 1)]),
        ("Training", "By mask", [("bob2021", 1)]),
        ("Decoding time", "Decoding time", [("eve2024", 2), ("cid2022", 1)]),
    ]
    assert (figure.total, figure.most) == (4, 1)
    assert figure.placed() == "Placed by: Method (3); Attack * (1)."


def test_papers_that_are_at_a_term_but_at_none_below_it_get_a_branch(
    tmp_path: Path,
) -> None:
    bib = (
        (SURVEY / "refs.bib")
        .read_text("utf-8")
        .replace("stage:train/mask", "stage:train")
    )
    (tmp_path / "refs.bib").write_text(bib, "utf-8")
    figure = taxonomy_tree(
        context(
            Library.load(
                [tmp_path / "refs.bib"], vocabulary=[SURVEY / "words.toml"]
            )
        ),
        "stage:train",
    )
    assert figure is not None
    assert [(b.mark.label, b.papers) for b in figure.branches[0].branches] == [
        ("By gradient", 2),
        ("Not divided further", 1),
    ]


def test_directions_are_read_from_facts(library: Library) -> None:
    given = context(
        library, facts="weight", fall="low", rise="high", stated="weight high"
    )
    figure = directions(given, "stage")
    assert figure is not None
    assert [
        (m.name, [g.way for g in m.goals], m.stated) for m in figure.measures()
    ] == [
        ("By gradient", ["rise"], True),
        ("By mask", ["fall"], False),
    ]
    assert figure.finding() == "Of 2 measures, 1 should fall and 1 should rise."
    assert figure.table().rows == (
        ("By gradient", "Training", "higher", "yes"),
        ("By mask", "Training", "lower", "no"),
    )


def test_a_fact_that_no_term_has_is_reported(library: Library) -> None:
    given = context(library, facts="wait")
    assert directions(given, "stage") is None
    assert said(given) == [
        ":facts: no term of 'stage' has the fact 'wait' (facts are: acts, weight)"
    ]


# --- data: time


def test_a_timeline_has_no_hole_and_every_paper_in_one_part(
    library: Library,
) -> None:
    figure = timeline(context(library, series="target:face target:voice"), "")
    assert figure is not None
    assert (figure.unit, len(figure.bars), [s.name for s in figure.spans]) == (
        "quarter",
        20,
        ["2020", "2021", "2022", "2023", "2024"],
    )
    assert figure.series == ("Faces", "Voices", "several of these", "others")
    assert figure.sums() == (2, 2, 1, 1)
    assert figure.total == len(library.papers)
    assert figure.bars[8].period == ("2022 Q1", "Q1", "2022-01", "2022-03")
    assert figure.finding() == "2 of 6 papers are from 2024, as many as ever."
    assert (
        figure._replace(spans=figure.spans[2:]).finding()
        == "2 of 4 papers are from 2024, as many as ever."
    )
    assert (
        figure._replace(spans=figure.spans[3:]).finding()
        == "2 of 2 papers are from 2024, more than ever before."
    )


@pytest.mark.parametrize(
    ("dates", "unit", "first", "last"),
    [
        (
            ("2020-05", "2021"),
            "quarter",
            ("2020 Q1", "2020-01", "2020-03"),
            ("2021 Q4", "2021-10", "2021-12"),
        ),
        (
            ("2021-12", "2021"),
            "quarter",
            ("2021 Q1", "2021-01", "2021-03"),
            ("2021 Q4", "2021-10", "2021-12"),
        ),
        (
            ("2010", "2020-07"),
            "half",
            ("2010 H1", "2010-01", "2010-06"),
            ("2020 H2", "2020-07", "2020-12"),
        ),
        (
            ("1999-12", "2020"),
            "year",
            ("1999", "1999", "1999"),
            ("2020", "2020", "2020"),
        ),
        (
            ("1951", "2020-12-31"),
            "decade",
            ("1950s", "1950", "1959"),
            ("2020s", "2020", "2029"),
        ),
    ],
)
def test_periods_grow_with_the_time(
    dates: tuple[str, ...],
    unit: str,
    first: tuple[str, ...],
    last: tuple[str, ...],
) -> None:
    figure = timeline(context(dated(*dates)), "")
    assert figure is not None
    assert figure.unit == unit
    ends = [figure.bars[i].period for i in (0, -1)]
    assert [(p.name, p.low, p.high) for p in ends] == [first, last]
    assert figure.total == 2


def test_what_a_timeline_cannot_show_it_says() -> None:
    figure = timeline(context(dated("2020", "2021-03", "2021-03", "")), "")
    assert figure is not None
    assert (
        figure.note()
        == "1 paper without a month is counted at the start of the year. 1 paper without a date is"
        " left out."
    )
    assert (
        figure.finding()
        == "2 of 3 papers are from 2021, more than ever before."
    )


@pytest.mark.parametrize(
    ("gaps", "finding"),
    [
        (
            (),
            "No gap among 4 combinations: every cell has papers where the totals suggest some.",
        ),
        ((Gap(0, 1, 3.0),), "One gap among 4 combinations: A × B."),
        (
            (Gap(0, 1, 3.0), Gap(1, 0, 2.0)),
            "2 gaps among 4 combinations; the widest is A × B.",
        ),
    ],
)
def test_the_finding_of_a_gap_map_suits_the_number_of_gaps(
    gaps: tuple[Gap, ...], finding: str
) -> None:
    axis = Axis(
        "x",
        "x",
        "X",
        (AxisValue("a", "A", 0, 0), AxisValue("b", "B", 0, 0)),
        0,
        0,
    )
    assert (
        GapMap(axis, axis, ((1, 0), (0, 1)), 2, 2, 2, gaps, ()).finding()
        == finding
    )


@pytest.mark.parametrize(
    ("dates", "finding"),
    [
        (("2020",), "The one paper is from 2020."),
        (("2020", "2020"), "All 2 papers are from 2020."),
        (
            ("2020", "2020", "2021"),
            "2 of 3 papers are from 2020, more than in any later period.",
        ),
        (
            ("2019", "2020", "2020", "2021"),
            "3 of 4 papers are from 2020 or later.",
        ),
    ],
)
def test_the_finding_of_a_timeline_follows_the_peak(
    dates: tuple[str, ...], finding: str
) -> None:
    figure = timeline(context(dated(*dates)), "")
    assert figure is not None
    assert figure.finding() == finding


def test_sparks_share_one_scale_and_calendar(library: Library) -> None:
    figure = sparks(context(library, period="year"), "stage")
    assert figure is not None
    assert [p.name for p in figure.periods] == [
        "2020",
        "2021",
        "2022",
        "2023",
        "2024",
    ]
    assert [(p.mark.label, p.counts) for p in figure.panels] == [
        ("Training", (1, 1, 0, 0, 1)),
        ("Decoding time", (0, 0, 1, 0, 1)),
    ]
    one = sparks(context(library, period="year"), "stage:decode")
    assert one is not None
    assert ([p.mark.label for p in one.panels], one.top, one.every) == (
        ["Decoding time"],
        1,
        4,
    )
    assert one.table().heads == ("Year", "Decoding time")
    by_half = sparks(context(library, period="half"), "stage:decode")
    assert by_half is not None
    assert by_half.table().heads == ("Year", "H1", "H2")
    assert by_half.table().rows == tuple(
        (str(y), str(int(y in (2022, 2024))), "0") for y in range(2020, 2025)
    )
    assert (
        one.finding()
        == "Decoding time: 2 of 4 papers; at most 1 a year, in 2022."
    )


# --- data: crossed


def test_a_crossing_names_the_papers_of_each_cell(library: Library) -> None:
    figure = crossing(
        context(library, rows="target", columns="stage", limit="1"), ""
    )
    assert figure is not None
    assert [c.label for c in figure.columns] == [
        "Training",
        "Decoding time",
        "No stage",
    ]
    assert [
        [[n.key for n in cell] for cell in row] for row in figure.cells
    ] == [
        [["ada2020"], ["cid2022"], ["dan2023"]],
        [["bob2021", "eve2024"], ["cid2022", "eve2024"], []],
    ]


def test_coverage_names_what_nothing_covers(library: Library) -> None:
    given = context(library, columns="target kind")
    figure = coverage(replace_found(given, "cid2022"), "benchmark")
    assert figure is not None
    assert [b.heading for b in figure.blocks] == ["Image"]
    assert [r.name.label for r in figure.rows] == ["CharlieBench"]
    assert (
        figure.finding() == "None of the 1 benchmark covers Attack or Survey."
    )
    assert figure.starts == (0, 2)
    full = coverage(context(library, columns="kind"), "")
    assert full is not None
    assert (
        full.finding() == "Each column is covered; Survey the least, by 1 of 6."
    )


def replace_found(given: FigureContext, key: str) -> FigureContext:
    return FigureContext(
        given.library, 1 << given.library.papers.position[key], given.options
    )


BARE = {
    "pipeline": ("} stage", "Train"),
    "taxonomy-tree": ("} stage", "Grad"),
    "sparks": ("} target", "Face"),
    "timeline": ("}\n:series: kind", "method"),
    "crossing": ("}\n:rows: target\n:columns: kind", "Voice"),
    "coverage": ("}\n:columns: target", "Alpha"),
    "gap-map": ("}\n:rows: target\n:columns: kind", "gap"),
}
"""Figures of papers without a vocabulary: what follows the name of the directive, and a word that
is shown."""


@pytest.mark.drift
def test_each_figure_has_its_data_its_drawing_and_its_place_above() -> None:
    assert FIGURES.keys() == FIGURE_KINDS.keys(), (
        "FIGURES in views/figures.py and FIGURE_KINDS in ext/kinds/figures.py name other figures"
    )
    bare = FIGURES.keys() - {
        "direction-map",
        "result-plot",
    }  # made of facts and of results
    assert bare == BARE.keys(), (
        "BARE in tests/test_figures.py names other figures than FIGURES"
    )
    shown = {figure.partition("}")[0] for figure in ALL_FIGURES}
    lacking = {*FIGURE_KINDS} - shown
    assert not lacking, f"ALL_FIGURES in tests/test_figures.py lacks {lacking}"


@pytest.mark.drift
def test_the_guide_says_which_figures_latex_draws() -> None:
    guide = (REPOSITORY / "docs/extension/directives.md").read_text("utf-8")
    (told,) = re.findall(r"^In LaTeX, (.+) are drawn", guide, re.MULTILINE)
    drawn = {n for n, kind in FIGURE_KINDS.items() if kind.latex}
    differing = sorted(drawn ^ set(re.findall(r"`([\w-]+)`", told)))
    assert not differing, (
        "the sentence 'In LaTeX, … are drawn with TikZ' of docs/extension/directives.md and `latex`"
        f" in FIGURE_KINDS of ext/kinds/figures.py differ by {differing}"
    )


@pytest.mark.parametrize("kind", BARE)
def test_figures_need_no_vocabulary(kind: str, tmp_path: Path) -> None:
    options, word = BARE[kind]
    project = small(
        tmp_path,
        {"page.md": f"# Page\n\n```{{mmu:{kind}{options}\n```\n"},
        "mmu_vocabulary = []\n",
    )
    assert project.build().text == ""
    (figure,) = tree(project.build().html("page")).iter("figure")
    assert word.casefold() in text(figure).casefold()


def test_a_catalogue_that_does_not_exist_is_reported(library: Library) -> None:
    given = context(library, columns="target")
    assert coverage(given, "benchmarc") is not None
    assert said(given) == [
        "there is no catalogue 'benchmarc' (did you mean 'benchmark'?)"
    ]


@pytest.mark.parametrize(
    "kind", [kind for kind in FIGURES if kind != "result-plot"]
)
def test_a_figure_of_nothing_is_reported_and_one_of_an_unknown_facet_too(
    kind: str, library: Library
) -> None:
    views = Views(library)
    parts = (("columns", "target"),)
    subject = "stage" if FIGURE_KINDS[kind].subject == "a facet" else ""
    empty = views.of(
        FigureRequest(kind, subject, filters=("year:1999",), options=parts)
    )
    if kind != "direction-map":
        assert [p.code.slug for p in empty.problems] == ["empty-result"]
        asked = FigureRequest(
            kind, subject, filters=("year:1999",), options=parts, empty_ok=True
        )
        assert views.of(asked).problems == ()
    if subject:
        (problem,) = views.of(FigureRequest(kind, "stag")).problems
        assert problem.text.startswith("there is no facet 'stag'")
        assert "stage" in problem.hint


def test_a_fingerprint_changes_with_what_is_drawn_and_with_nothing_else(
    library: Library,
) -> None:
    papers = list(library.papers.papers)

    def prints(changed: list[Paper]) -> list[str]:
        views = Views(Library(changed, vocabulary=library.vocabulary))
        kinds = (
            ("pipeline", "stage"),
            ("taxonomy-tree", "stage"),
            ("timeline", ""),
            ("sparks", "stage"),
        )
        return [
            views.of(FigureRequest(kind, subject)).fingerprint
            for kind, subject in kinds
        ]

    before = prints(papers)
    assert (
        prints([replace(papers[0], abstract="Another."), *papers[1:]]) == before
    )
    other = prints([replace(papers[0], short="Alef"), *papers[1:]])
    assert [a == b for a, b in zip(before, other, strict=True)] == [
        True,
        False,
        True,
        True,
    ]
    other = prints([replace(papers[0], date="2024-05"), *papers[1:]])
    assert [a == b for a, b in zip(before, other, strict=True)] == [
        True,
        False,
        False,
        False,
    ]


# --- drawings: no label lies on another, whatever the data

FIGURE_PAGE = """\
# Figures

```{mmu:pipeline} stage
:states: 0 Data; 1 Original model; 4 Unlearned model; 5 Output
:bypass: 1 4 the weights stay, and only generation is steered
```

```{mmu:pipeline} target
:line: definition
:states: 0 Data; 0 More data; 3 A state with a name that needs more than one line
:bypass: 0 3 round
```

```{mmu:taxonomy-tree} stage
:placed-by: tagsource
```

```{mmu:taxonomy-tree} target
:limit: 200
```

```{mmu:timeline}
:series: list
```

```{mmu:timeline}
:series: modality
:period: half
```

```{mmu:timeline}
:period: year
```

```{mmu:timeline}
:period: decade
```

```{mmu:sparks} stage
```

```{mmu:sparks} target
:period: half
```

```{mmu:sparks} stage:training-time
```
"""

SETTINGS = """\
extensions = ["myst_parser", "sphinx_mmu"]
html_theme = "basic"
mmu_bibfiles = ["refs.bib"]
mmu_vocabulary = {words}
mmu_paper_pages = False
"""


def tenfold(*, first: int, last: int) -> str:
    """The survey's own papers ten times over, with dates in a span of years, and some names that
    need room.
    """
    entries = re.split(
        r"(?m)^(?=@)", (REPOSITORY / "refs/papers.bib").read_text("utf-8")
    )[1:]
    dice = random.Random(4)  # noqa: S311 -- the same dates in every run
    found = []
    for n in range(10):
        for i, entry in enumerate(entries):
            own = re.sub(r"^(@\w+\{)([^,]+),", rf"\1\2x{n},", entry)
            date = f"{dice.randint(first, last)}-{dice.randint(1, 12):02}"
            own = re.sub(
                r"origdate\s*=\s*\{[^}]*\}", f"origdate = {{{date}}}", own
            )
            if i % 7 == 0:
                name = (
                    "多模态遗忘学习" * (1 + i % 3)
                    if i % 2
                    else "A name as long as some titles are " * 3
                )
                own = re.sub(
                    r"shorttitle\s*=\s*\{[^}]*\}",
                    f"shorttitle = {{{name}}}",
                    own,
                )
            found.append(own)
    return "".join(found)


@pytest.fixture(
    scope="module",
    params=some_slow(["2022 2025", "2012 2026", "1990 2026", "1890 2026"], []),
)
def crowded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> ET.Element:
    project = Project(tmp_path_factory.mktemp("crowded"))
    words = [str(path) for path in sorted((REPOSITORY / "refs").glob("*.toml"))]
    project.write("conf.py", SETTINGS.format(words=words))
    first, last = map(int, request.param.split())
    project.write("refs.bib", tenfold(first=first, last=last))
    project.write("index.md", FIGURE_PAGE)
    done = project.build()
    assert not [w for w in done.warnings if "index.md" in w]
    return next(by_class(tree(done.html("index")), "body"))


Box = tuple[float, float, float, float]


def boxes(drawing: ET.Element) -> Iterator[tuple[str, Box]]:
    """Each line of text with the room that it takes at most."""
    for label in drawing.iter("text"):
        for line in [e for e in label if e.get("y")] or [label]:
            size, x, y = (
                float(label.get("font-size", 0)),
                float(line.get("x", 0)),
                float(line.get("y", 0)),
            )
            wide = svg.width(
                line.text or "", size, bold=label.get("font-weight") == "600"
            )
            left = {"middle": x - wide / 2, "end": x - wide}.get(
                label.get("text-anchor", ""), x
            )
            yield (
                line.text or "",
                (left, y - size * 0.76, left + wide, y + size * 0.24),
            )


def overlap(one: Box, other: Box) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 0.5
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.5
    )


def test_no_label_lies_on_another_or_outside_at_ten_times_the_data(
    crowded: ET.Element,
) -> None:
    drawings = list(crowded.iter("svg"))
    assert len(drawings) > 20
    for drawing in drawings:
        name = next(drawing.iter("title")).text
        found = list(boxes(drawing))
        _x, _y, wide, high = map(
            float, drawing.get("viewbox", drawing.get("viewBox", "")).split()
        )
        outside = [
            t
            for t, (left, top, right, bottom) in found
            if left < -0.5
            or top < -0.5
            or right > wide + 0.5
            or bottom > high + 0.5
        ]
        assert (name, outside) == (name, [])
        clashes = [
            (a, b)
            for (a, one), (b, other) in combinations(found, 2)
            if overlap(one, other)
        ]
        assert (name, clashes) == (name, [])


def test_chips_lie_side_by_side_and_within_the_drawing(
    crowded: ET.Element,
) -> None:
    numbers = []
    for drawing in crowded.iter("svg"):
        chips = [
            (x, y, x + w, y + h)
            for box in drawing.iter("rect")
            if "chip" in box.get("class", "")
            for x, y, w, h in [
                [float(box.get(a, 0)) for a in ("x", "y", "width", "height")]
            ]
        ]
        assert not any(overlap(a, b) for a, b in combinations(chips, 2))
        assert all(right <= svg.WIDE for _x, _y, right, _b in chips)
        numbers.append(len(chips))
    trees = [number for number in numbers if number]
    assert len(trees) == 2
    assert min(trees) > 200


def test_a_branch_with_many_papers_leads_to_the_rest(
    crowded: ET.Element,
) -> None:
    first = next(
        e
        for e in crowded.iter("figure")
        if "mmu-taxonomy" in e.get("class", "")
    )
    more = [
        int(number)
        for t in first.iter("text")
        for number in re.findall(r"^(\d+) more$", t.text or "")
    ]
    assert more
    assert min(more) > 1
    # without a page of all papers there is no link
    assert not [e for e in first.iter("a") if text(e).endswith(" more")]


def test_the_rest_of_a_branch_is_a_link_where_there_is_a_page_of_all_papers(
    tmp_path: Path,
) -> None:
    pages = {
        "tree.md": "# Tree\n\n```{mmu:taxonomy-tree} stage\n:limit: 1\n```\n",
        "explorer.md": EXPLORER,
    }
    project = small(tmp_path, pages, 'mmu_explorer = "explorer"\n')
    entry = "@misc{{{0}, title = {{{0}}}, year = 2024, keywords = {{stage:train/grad}}}}\n"
    with (project.source / "refs.bib").open("a", encoding="utf-8") as file:
        file.write(entry.format("some") + entry.format("other"))
    page = tree(project.build().html("tree"))
    more = [
        (text(e), e.get("href"))
        for e in page.iter("a")
        if text(e).endswith(" more")
    ]
    assert more == [("3 more", "explorer.html#q=stage%3Atrain%2Fgrad")]


def test_tables_of_figures_say_what_their_parts_are(tmp_path: Path) -> None:
    page = """# Tables

```{mmu:crossing}
:rows: target
:columns: stage
:limit: 1
```

```{mmu:coverage} benchmark
:columns: target
```
"""
    pages = {"tables.md": page, "explorer.md": EXPLORER}
    project = small(tmp_path, pages, 'mmu_explorer = "explorer"\n')
    crossing, coverage = tree(project.build().html("tables")).iter("table")
    names = [
        [(cell.get("scope"), cell.get("role"), text(cell)) for cell in row]
        for row in crossing.iter("tr")
    ]
    assert names[0] == [
        ("col", "columnheader", name)
        for name in ("Target", "1 Training", "2 Decoding time", "No stage")
    ]
    assert names[2] == [
        ("row", "rowheader", "Voices"),
        (None, "cell", "Bob and Ada 2021 1 more"),
        (None, "cell", "Charlie 1 more"),
        (None, "cell", "none"),
    ]
    assert [a.get("href") for a in crossing.iter("a") if "more" in text(a)] == [
        f"explorer.html#q=target%3Avoice%20stage%3A{stage}"
        for stage in ("train", "decode")
    ]
    assert [part.tag for part in coverage] == [
        "thead",
        "tbody",
        "tbody",
        "tfoot",
    ]
    groups = [th for th in coverage.iter("th") if th.get("colspan")]
    assert [(th.get("scope"), text(th)) for th in groups] == [
        ("rowgroup", "Text"),
        ("rowgroup", "Image"),
    ]
    said = project.build("text").file("tables.txt")
    assert "Charlie, 1 " in said
    assert "* CharlieBench: Faces, Voices\n\n* benchmarks: Faces: 1" in said


def printed_table(*bodies: list[nodes.row], most: int) -> nodes.Element:
    frame: Any = SimpleNamespace(is_html=False)
    heads = [(paragraph(name), 4) for name in ("Name", "A", "B", "C")]
    foot = row(["all", "2", "0", "none"])
    return Frame.table(frame, "", "", heads, *bodies, foot=foot, most=most)


def test_a_printed_table_has_all_its_bodies_and_its_foot() -> None:
    bodies = [[row(["x", "1", "0", "none"])], [row(["y", "1", "", "5"])]]
    made = printed_table(*bodies, most=4)
    parts = [
        (body.tagname, body.astext()) for body in made.findall(nodes.tbody)
    ]
    assert [(tag, said.split()) for tag, said in parts] == [
        ("tbody", ["x", "1", "0", "none"]),
        ("tbody", ["y", "1", "5"]),
        ("tfoot", ["all", "2", "0", "none"]),
    ]
    (empty, foot) = printed_table(most=4).findall(nodes.tbody)
    assert (len(empty), foot.tagname) == (0, "tfoot")


def test_a_table_that_is_too_wide_says_what_is_there_and_every_total() -> None:
    bodies = [[row(["x", "1", "0", "none"])], [row(["y", "none", "", "0"])]]
    made = printed_table(*bodies, most=0)
    assert [item.astext() for item in made] == [
        "x: A 1",
        "y: none",
        "all: A: 2, B: 0, C: none",
    ]


# --- what the html is

WHOLE = """\
# Figures

{figures}
"""
ALL_FIGURES = [
    "pipeline} stage\n:states: 0 Data",
    "taxonomy-tree} stage",
    "taxonomy-tree} stage",
    "timeline}\n:series: kind",
    "sparks} stage",
    "sparks} stage:decode",
    "direction-map} stage\n:facts: weight\n:fall: low\n:rise: high",
    "crossing}\n:rows: target\n:columns: stage",
    "coverage} benchmark\n:columns: target",
    "gap-map}\n:rows: target\n:columns: stage",
    "result-plot} cid2022\n:task: s\n:x: a\n:y: b",
]


def measured(folder: Path, pages: dict[str, str], conf: str = "") -> Project:
    """A small project that also has results."""
    project = small(folder, pages, f'{conf}mmu_results = ["results.csv"]\n')
    words = (project.source / "words.toml").read_text("utf-8")
    project.write("words.toml", words + WORDS)
    project.write("results.csv", RESULTS)
    return project


EXPLORER = "# All\n\n```{mmu:paper-table}\n:facets:\n```\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    figures = "\n".join(f"```{{mmu:{figure}\n```\n" for figure in ALL_FIGURES)
    pages = {
        "whole.md": WHOLE.format(figures=figures),
        "explorer.md": EXPLORER,
        "terms.md": (
            "# Terms\n\n```{mmu:term} stage:decode\n```\n\n```{mmu:term} stage:train/grad\n```\n"
        ),
    }
    more = 'mmu_explorer = "explorer"\nversion = "1"\ncopyright = "2026"\nproject = "Small"\n'
    return measured(tmp_path_factory.mktemp("figures"), pages, more)


@pytest.fixture(scope="module")
def html(project: Project) -> Build:
    done = project.build()
    assert done.text == ""
    return done


def figures(build: Build) -> list[ET.Element]:
    return [
        f
        for f in tree(build.html("whole")).iter("figure")
        if "mmu-fig" in f.get("class", "")
    ]


def test_each_figure_says_what_it_shows_and_has_its_data(html: Build) -> None:
    found = figures(html)
    assert len(found) == len(ALL_FIGURES)
    for figure in found:
        assert text(next(figure.iter("b"))).endswith(".")
        assert list(figure.iter("table")) or list(by_class(figure, "mmu-tree"))


def test_who_hears_directions_hears_each_with_its_measures(html: Build) -> None:
    figure = next(f for f in figures(html) if list(by_class(f, "mmu-fly")))
    (head,) = by_class(figure, "mmu-fly-head")
    assert head.get("aria-hidden") == "true"
    shown = "".join(head.itertext())
    assert shown == "▼ lower is better ▲ higher is better"
    sides = [text(side) for side in by_class(figure, "mmu-side")]
    assert "▲ higher is better" in sides


def test_each_drawing_has_a_name_a_description_and_links_in_a_group(
    html: Build,
) -> None:
    drawings = [d for f in figures(html) for d in f.iter("svg")]
    assert len(drawings) == 11
    for drawing in drawings:
        ids = {e.get("id"): e.tag for e in drawing.iter() if e.get("id")}
        assert ids[drawing.get("aria-labelledby")] == "title"
        assert ids[drawing.get("aria-describedby")] == "desc"
        assert all(
            (next(drawing.iter(tag)).text or "").strip()
            for tag in ("title", "desc")
        )
        assert drawing.get("role") == (
            "group" if list(drawing.iter("a")) else "img"
        )


def test_ids_are_unique_and_nothing_is_styled_or_scripted_inline(
    html: Build,
) -> None:
    every = [
        e.get("id") for e in tree(html.html("whole")).iter() if e.get("id")
    ]
    assert len(every) == len(set(every))
    found = figures(html)
    assert len(found) == len(ALL_FIGURES)
    for figure in found:
        for element in figure.iter():
            assert "style" not in element.attrib
            assert not [
                name for name in element.attrib if name.startswith("on")
            ]
            assert element.tag not in ("script", "style", "img")


def test_ids_are_unique_in_one_document_too(tmp_path: Path) -> None:
    pages = {
        f"f{i}.md": "# Page\n\n```{mmu:pipeline} stage\n```\n\n```{mmu:sparks} stage\n```\n"
        for i in range(2)
    }
    page = tree(small(tmp_path, pages).build("singlehtml").html("index"))
    own = [
        e.get("id", "")
        for e in page.iter()
        if e.get("id", "").startswith("mmu-fig")
    ]
    assert len(own) == len(set(own)) == 20


def test_terms_lead_to_where_they_are_explained_or_to_their_papers(
    html: Build,
) -> None:
    pipeline, tree_of_terms = figures(html)[:2]
    links = [(text(a), a.get("href")) for a in pipeline.iter("a")]
    assert {address for name, address in links if "Decoding time" in name} == {
        "terms.html#stage-decode"
    }
    assert {address for name, address in links if "Training" in name} == {
        "explorer.html#q=stage%3Atrain"
    }
    assert len(links) == 4 + 2 + 1  # in drawings, in the table, to the figure
    names = {
        " ".join("".join(a.itertext()).split()): a.get("href")
        for a in tree_of_terms.iter("a")
    }
    assert names["Alpha"] == "paper/ada2020.html"
    assert names["By gradient (2)"] == "terms.html#stage-train-grad"


def test_a_bar_leads_to_its_papers(html: Build) -> None:
    timeline = figures(html)[3]
    wide = next(timeline.iter("svg"))
    names = {
        next(a.iter("title")).text: a.get("href")
        for a in wide.iter("a")
        if list(a.iter("title"))
    }
    assert (
        names["2024 Q1: 2 papers (1 Attack, 1 Survey)"]
        == "explorer.html#q=date%3A%5B2024%20TO%202024-03%5D"
    )


def test_parts_of_a_bar_differ_by_more_than_colour(html: Build) -> None:
    key = next(figures(html)[3].iter("svg")).findall("rect")[:3]
    assert (
        len(
            {
                (r.get("class"), r.get("fill", "").rpartition("-")[2])
                for r in key
            }
        )
        == 3
    )


def test_the_html_is_the_same_in_every_build(
    html: Build, project: Project
) -> None:
    again = project.build(clean=True)
    assert again.html("whole") == html.html("whole")


# --- other builders


@pytest.mark.parametrize(
    ("builder", "name"),
    [
        ("text", "whole.txt"),
        ("epub", "whole.xhtml"),
        ("latex", "small.tex"),
        ("man", "small.1"),
    ],
)
def test_every_figure_has_a_form_in_words(
    builder: str, name: str, project: Project
) -> None:
    done = project.build(builder)
    assert done.text == ""
    said = re.sub(r"[\\{}*\s]+", " ", re.sub(r"<[^>]+>", " ", done.file(name)))
    for words in (
        "Training has the most papers, 3 of 4",
        "By gradient",
        "2 of 6 papers are from 2024",
        "By mask",
        "1 should fall and 1 should rise",
        "Training has papers in",
        "CharlieBench",
        "Alpha",
    ):
        assert words in said, words
    assert "<svg" not in done.file(name)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
def test_latex_draws_what_can_be_drawn_and_tex_takes_it(
    engine: str, project: Project
) -> None:
    done = project.build("latex", clean=True, latex_engine=engine)
    (tex,) = done.out.glob("*.tex")
    drawn = tex.read_text("utf-8")
    assert drawn.count(r"\begin{forest}") == 4, "two trees with two tops"
    assert drawn.count(r"\begin{tikzpicture}") == 6, (
        "pipeline, timeline, three panels, plot"
    )
    for words in ("Training", "2 papers", "Q1", "2024"):
        assert words in drawn[drawn.index(r"\begin{tikzpicture}") :]
    compiled(tex, engine)


def test_a_tree_is_a_list_of_lists_with_links_elsewhere(
    project: Project,
) -> None:
    done = project.build("xml")
    page = ET.fromstring(done.file("whole.xml"))  # noqa: S314 -- written by Sphinx
    lists = [
        e
        for e in page.iter("bullet_list")
        if e.find("list_item/bullet_list") is not None
    ]
    assert len(lists) == 3  # two trees, and the coverage by groups
    assert {
        r.get("refuri", "").rpartition("/")[2]
        for r in lists[0].iter("reference")
    } >= {
        "ada2020",
        "bob2021",
    }


# --- a change of the data


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Project:
    pages = {
        f"f{i}.md": f"# Page\n\n```{{mmu:{figure}\n```\n"
        for i, figure in enumerate(ALL_FIGURES)
        if i != 2
    }
    project = measured(tmp_path_factory.mktemp("unchanged") / "site", pages)
    assert project.build().text == ""
    project.keep()
    return project


@pytest.fixture
def changing(unchanged: Project) -> Project:
    unchanged.restore()
    return unchanged


CHANGES = {
    "a date": ("{2022-11}", "{2023-02}", "f3"),
    "a short name": ("= {Charlie}", "= {Charly}", "f1 f7"),
    "a tag of a stage": (
        "stage:decode, target:face",
        "stage:train/mask, target:face",
        "f0 f1 f4 f5 f7 f9",
    ),
    "a name in a catalogue": ("{CharlieBench}", "{CharlyBench}", "f8"),
    "an abstract": ("One abstract.", "Two abstracts.", ""),
}


@pytest.mark.parametrize("name", CHANGES)
def test_exactly_the_pages_of_figures_that_changed_are_read_again(
    name: str, changing: Project
) -> None:
    old, new, pages = CHANGES[name]
    changing.edit("refs.bib", old, new)
    second = changing.build()
    assert second.text == ""
    read = {docname for docname in second.read if re.fullmatch(r"f\d", docname)}
    assert read == set(pages.split())
    clean = changing.build(clean=True)
    for docname in read:
        assert second.html(docname) == clean.html(docname)


# --- slips of authors

SLIPS = {
    "pipeline} stag": "there is no facet 'stag'",
    "pipeline} stage\n:states: Data": ":states: cannot be 'Data'",
    "pipeline} stage\n:state: 0 Data": "has no option :state:; did you mean 'states'?",
    "taxonomy-tree} stage:trian": "stage has no value 'trian'",
    "taxonomy-tree} stage\n:limit: many": ":limit: must be a whole number",
    "taxonomy-tree} stage\n:placed-by: knd": "there is no facet 'knd'",
    "timeline}\n:series: target:fase": "target has no value 'fase'",
    "timeline}\n:period: month": ":period: cannot be 'month'",
    "sparks} target\n:filter: year:1999": "no entry matches the filter",
    "direction-map} stage\n:facts: wait": ":facts: no term of 'stage' has the fact 'wait'",
    "crossing}\n:rows: targe": "there is no facet 'targe'",
    "crossing}\n:rows: target\n:columns: target": "crossing needs two facets; name them with",
    "coverage} benchmarc\n:columns: target": "there is no catalogue 'benchmarc'",
    "gap-map}\n:rows: target\n:columns: target": "a gap map needs two facets; name them with",
    "gap-map}\n:rows: target/\N{SUPERSCRIPT TWO}\n:columns: stage": "there is no facet 'target/",
    f"paper-table}}\n:limit: {'9' * 5000}": ":limit: must be a whole number from 1 up",
    "paper-table}\n:limit: 0": "not '0'; leave it out for the default",
    "gap-map}\n:expect: x": ":expect: must be a whole number from 1 up, not 'x'",
    "paper-table}\n:empty: okay": ":empty: can only be 'ok', not 'okay'; write `:empty: ok`, or leave it out",
    "paper-table}\n:columns:": ":columns: is empty; write a value, or leave it out",
    "paper-table}\n:empty:": ":empty: is empty; write `:empty: ok`, or leave it out",
    "paper-table}\n:empty: okay\n:filter: year:1900": ":empty: can only be 'ok', not 'okay'",
    "timeline}\n:empty:\n:filter: year:1900": ":empty: is empty; write `:empty: ok`",
    "paper-table}\n:limit: 2\n:limit: 3": ":limit: is given twice, and the last one counts",
    "paper-table}\n:kind: attack\n:Kind: method": ":kind: is given twice",
    "paper-table}\n---\nlimit: 2\nlimit: 3\n---": "counts; delete one of the two",
    "paper-table}\n---\ncaption: |\n  limit: a\n  limit: b\nlimit: x\n---": "not 'x'; leave it out",
    "paper-table}\n:columns: date, date": ":columns: has 'date' twice; write it once",
    "paper-table}\n:format: list\n:columns: date": ":columns: and :format: list exclude each other",
    "term-list} stage\n:format: pipe\n:columns: label": ":columns: and :format: pipe exclude each",
    "papers} all": "takes no argument 'all'; delete it; write options as `:name: value` directly",
    "term} face": "there is no term 'face'; did you mean 'target:face'?",
    "term} qqq": "there is no term 'qqq'; write facet:value",
    "direction-map} stage\n:facts: acts": "no term of 'stage' has a direction in acts; write words",
    "term-list} stage\n:under: trian": "must be a term of 'stage', not 'trian'; did you mean 'stage:train'?",
    "term-list} stage\n:under: q": "not 'q'; write one of its terms, as stage:value",
    "compare}\n:keys: a": "mmu:compare has no option :keys:; it has no options",
    "feeds}": "there are no feeds; set mmu_feeds = True in conf.py",
    "paper-card} zzz": "there is no entry 'zzz'; correct the spelling, or add the entry or term",
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_one_warning_with_its_line(slip: str, slips: Build) -> None:
    page = f"s{list(SLIPS).index(slip)}.md"
    (warning,) = [w for w in slips.warnings if w.startswith(page)]
    assert warning.startswith(f"{page}:5: WARNING: ")
    assert SLIPS[slip] in warning


@pytest.fixture(scope="module")
def slips(tmp_path_factory: pytest.TempPathFactory) -> Build:
    pages = {
        f"s{i}.md": f"# Page\n\nText.\n\n```{{mmu:{slip}\n```\n"
        for i, slip in enumerate(SLIPS)
    }
    return small(tmp_path_factory.mktemp("slips"), pages).build()
