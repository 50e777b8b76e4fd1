"""Results: read with a place for each mistake, arranged so that only what compares is together."""

import csv
import io
from pathlib import Path

import pytest
from support import Project, real_library

from sphinx_mmu.export.results_csv import results_csv
from sphinx_mmu.figures.context import FigureContext
from sphinx_mmu.figures.result_plot import ResultPlot, result_plot
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.results import COLUMNS
from sphinx_mmu.views.forms import first_rows
from sphinx_mmu.views.kinds import Views
from sphinx_mmu.views.results import (
    ResultsRequest,
    ResultsView,
    often_compared,
    shared_results,
)

BIB = """@misc{a, title = {Alpha}, shorttitle = {A}, year = {2024}}
@misc{b, title = {Beta}, shorttitle = {B}, year = {2024}}
@misc{bench, title = {Bench}, shorttitle = {Bench}, year = {2023}}
"""
WORDS = """
[facet.kind]
[metric.asr]
label = "ASR"
unit = "%"
direction = "lower"
[metric.clip]
label = "CLIP"
direction = "higher"
[metric.mia]
label = "MIA"
direction = "retrained"
[metric.plain]
label = "Plain"
[task.style]
label = "Style"
[task.face]
label = "Face"
[baseline.original]
label = "Before"
reference = true
[baseline.retrained]
label = "Retrained"
reference = true
[baseline.ga]
label = "Gradient ascent"
[source.board]
label = "The board"
url = "https://example.org/board"
"""
HEAD = "work,benchmark,task,metric,value,measured_by"


def load(folder: Path, *lines: str, head: str = HEAD, words: str = WORDS) -> Library:
    for name, text in {"a.bib": BIB, "w.toml": words, "r.csv": "\n".join([head, *lines])}.items():
        (folder / name).write_text(f"{text}\n", "utf-8")
    return Library.load(["a.bib"], vocabulary=["w.toml"], results=["r.csv"], root=folder)


def view(library: Library, **asked: object) -> ResultsView:
    found = Views(library).of(ResultsRequest(benchmark="bench", **asked))  # type: ignore[arg-type]
    assert isinstance(found, ResultsView)
    return found


def names(library: Library, **asked: object) -> list[list[str]]:
    tables = view(library, **asked).tables
    return [["".join(p.text for p in row.name.parts) for row in table.rows] for table in tables]


# --- reading


def test_a_line_becomes_a_result(tmp_path: Path) -> None:
    library = load(tmp_path, "a,bench,style,asr,12.5,board")
    (row,) = library.results.rows
    assert (row.work, row.value, row.number, row.line) == ("a", "12.5", 12.5, 2)
    assert library.problems == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x,bench,style,asr,1,board", "work: 'x' is no entry and no declared baseline"),
        ("a,nowhere,style,asr,1,board", "benchmark: 'nowhere' is no entry and no declared"),
        ("a,bench,other,asr,1,board", "task: 'other' is no declared task"),
        ("a,bench,style,asrr,1,board", "metric: 'asrr' is no declared metric"),
        ("a,bench,style,asr,1,boar", "measured_by: 'boar' is no entry and no declared source"),
        ("a,bench,style,asr,high,board", "value: 'high' is no number"),
        ("a,bench,style,asr,nan,board", "value: 'nan' is no number"),
    ],
)
def test_a_mistake_is_reported_at_its_line_and_the_rest_counts(
    line: str, message: str, tmp_path: Path
) -> None:
    library = load(tmp_path, "a,bench,style,clip,1,board", line, "b,bench,style,asr,2,board")
    (problem,) = library.problems
    assert (problem.code.slug, problem.location) == ("result", "r.csv:3")
    assert problem.message.startswith(message)
    assert [row.line for row in library.results.rows] == [2, 4]


def test_a_near_name_is_suggested(tmp_path: Path) -> None:
    (problem,) = load(tmp_path, "a,bench,style,asrr,1,board").problems
    assert problem.hint == "did you mean 'asr'?"


def test_a_name_that_is_missing_often_is_reported_once(tmp_path: Path) -> None:
    lines = [f"x,bench,style,asr,{n},board" for n in range(5)]
    (problem,) = load(tmp_path, *lines).problems
    assert "(and on 4 more lines)" in problem.message


def test_a_line_that_repeats_another_is_left_out(tmp_path: Path) -> None:
    library = load(tmp_path, "a,bench,style,asr,1,board", "a,bench,style,asr,2,board")
    assert [row.value for row in library.results.rows] == ["1"]
    assert "on line 2 already" in library.problems[0].message


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("work,benchmark,metric", "the header lacks value"),
        (f"{HEAD},sauce", "there is no column 'sauce' of results"),
    ],
)
def test_the_header_is_checked(head: str, message: str, tmp_path: Path) -> None:
    library = load(tmp_path, "a,bench,style,asr,1,board", head=head)
    assert [p.message for p in library.problems if message in p.message]


def test_a_file_that_is_missing_or_in_another_encoding_is_reported(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes(f"{HEAD}\na,bench,style,asr,1,\xe9\n".encode("latin-1"))
    library = Library.load([], results=["no.csv", "latin.csv"], root=tmp_path)
    assert {p.code.slug for p in library.problems} == {"missing-file", "encoding"}


def test_quotes_and_line_ends_of_a_spreadsheet_are_read(tmp_path: Path) -> None:
    line = 'a,bench,style,asr,"1,234.5",board\r'
    library = load(tmp_path, line, head=f"\ufeff{HEAD}\r")
    assert library.results.rows[0].number == 1234.5


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    library = load(tmp_path, "a,bench,style,asr,1,board", "b,bench,,clip,0.5,")
    (tmp_path / "r.csv").write_text(results_csv(library.results), "utf-8")
    again = Library.load(["a.bib"], vocabulary=["w.toml"], results=["r.csv"], root=tmp_path)
    assert again.results.rows == library.results.rows


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[metric.m]\nterm = "kind:none"', "names 'kind:none', which is no term"),
        ('[metric.m]\ndirection = "up"', "'direction' of [metric.m] cannot be 'up'"),
        ('[field.f]\nsection = "no"', "names the section 'no', which is not declared"),
    ],
)
def test_a_wrong_name_in_a_declaration_is_reported(
    table: str, message: str, tmp_path: Path
) -> None:
    problems = load(tmp_path, words=f"{WORDS}\n{table}").problems
    assert [p for p in problems if message in p.message]


# --- tables


def test_only_values_of_one_condition_share_a_table(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        "a,bench,style,asr,1,board",
        "b,bench,style,asr,2,board",
        "a,bench,face,asr,3,board",
        "a,bench,style,asr,4,",
    )
    assert names(library) == [["A", "B"], ["A"], ["A"]]


def test_the_best_competitor_is_marked_and_references_come_first(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        "a,bench,style,asr,5,board",
        "b,bench,style,asr,3,board",
        "original,bench,style,asr,1,board",
        "b,bench,style,clip,0.2,board",
        "a,bench,style,clip,0.3,board",
    )
    (table,) = view(library).tables
    assert names(library) == [["Before", "B", "A"]]
    marked = [[bool(v and v.best) for v in row.values] for row in table.rows]
    assert marked == [[False, False], [True, False], [False, True]]
    assert table.rows[0].values[1] is None


def test_closest_to_the_retrained_model_is_best(tmp_path: Path) -> None:
    values = {"retrained": 50, "a": 58, "b": 41, "ga": 99}
    library = load(tmp_path, *(f"{w},bench,style,mia,{v},board" for w, v in values.items()))
    (table,) = view(library).tables
    best = [row for row in table.rows if row.values[0] and row.values[0].best]
    assert ["".join(p.text for p in row.name.parts) for row in best] == ["A"]


def test_without_a_direction_or_a_rival_nothing_is_best(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        "a,bench,style,plain,1,board",
        "b,bench,style,plain,2,board",
        "a,bench,face,asr,1,board",
    )
    values = [v for t in view(library).tables for row in t.rows for v in row.values if v]
    assert not any(value.best for value in values)


def test_options_choose_and_an_unknown_one_is_reported(tmp_path: Path) -> None:
    library = load(
        tmp_path, "a,bench,style,asr,1,board", "b,bench,face,clip,2,board", "ga,bench,style,clip,3,"
    )
    assert names(library, tasks=("face",)) == [["B"]]
    assert names(library, metrics=("asr",)) == [["A"]]
    found = view(library, tasks=("fase",))
    assert [p.hint for p in found.problems] == ["did you mean 'face'?"]
    assert [p.code.slug for p in Views(library).of(ResultsRequest(benchmark="benhc")).problems] == [
        "unknown-key"
    ]


def test_a_work_has_its_results_by_benchmark(tmp_path: Path) -> None:
    library = load(tmp_path, "a,bench,style,asr,1,board", "a,bench,face,asr,2,board")
    found = Views(library).of(ResultsRequest(work="a"))
    (table,) = found.tables
    assert ["".join(p.text for p in row.name.parts) for row in table.rows] == ["Style", "Face"]
    assert table.head == "Task"


# --- plots


def plot(library: Library, **options: str) -> tuple[ResultPlot | None, list[str]]:
    context = FigureContext(library, 0, {k.replace("_", "-"): v for k, v in options.items()})
    return result_plot(context, "bench"), [p.message for p in context.problems]


def test_papers_side_by_side_share_a_condition_and_a_metric(tmp_path: Path) -> None:
    head = "work,benchmark,task,setting,metric,value,measured_by,note"
    library = load(
        tmp_path,
        "a,bench,style,,asr,3,board,",
        "b,bench,style,small,asr,5,board,by eye",
        "b,bench,style,large,asr,2,board,",
        "ga,bench,style,,asr,9,board,",  # a baseline is no paper
        "a,bench,style,,clip,7,board,",  # of one paper only
        "a,bench,face,,asr,4,board,",
        "b,bench,face,,asr,4,authors,",  # measured by others
        head=head,
    )
    (group,) = shared_results(library)
    assert group.title == "Bench · Style, measured by The board"
    (metric,) = group.metrics
    assert metric.label == "ASR\N{NO-BREAK SPACE}↓"
    assert metric.values == (("a", "3", 0), ("b", "5 (small)", 1), ("b", "2 (large)", 0))
    assert group.notes == ("by eye",)


def test_a_plot_says_who_is_best(tmp_path: Path) -> None:
    lines = ["a,bench,style,asr,5,board", "b,bench,style,asr,3,board"]
    lines += ["a,bench,style,clip,0.3,board", "b,bench,style,clip,0.2,board"]
    figure, problems = plot(load(tmp_path, *lines), x="asr", y="clip")
    assert problems == []
    assert figure
    assert figure.finding() == (
        "B has the lowest ASR (%), A has the highest CLIP; none is best on both axes."
    )
    assert [p.label for p in figure.points] == ["B", "A"]


def test_a_plot_of_several_conditions_asks_which(tmp_path: Path) -> None:
    lines = [
        f"{w},bench,{t},{m},1,board"
        for w in "ab"
        for t in ("style", "face")
        for m in ("asr", "clip")
    ]
    figure, problems = plot(load(tmp_path, *lines), x="asr", y="clip")
    assert figure is None
    assert "several conditions" in problems[0]
    assert plot(load(tmp_path, *lines), x="asr", y="clip", task="face")[0]


def test_names_in_a_plot_never_overlap(tmp_path: Path) -> None:
    from sphinx_mmu.ext.kinds.figures_html.result_plot import Box, _Plot  # noqa: PLC0415
    from sphinx_mmu.ext.latex.tikz import _Unlinked  # noqa: PLC0415
    from sphinx_mmu.figures.result_plot import PlotAxis, Point  # noqa: PLC0415

    points = tuple(
        Point(f"Method {n}", "", 50 + n % 7, 20 + n % 5, "", "", reference=False) for n in range(40)
    )
    figure = ResultPlot("B", "", "", PlotAxis("x", "lower"), PlotAxis("y", "higher"), points)
    for form in ("w", "n"):
        drawing = _Plot(_Unlinked(), figure, form)
        boxes: list[Box] = []
        places = [(drawing.x(p.x), drawing.y(p.y)) for p in points]
        taken = [Box(x - 6, y - 6, x + 6, y + 6) for x, y in places]
        for point, (x, y) in zip(points, places, strict=True):
            if found := drawing._free(point.label, x, y, taken):
                assert not any(found[0].meets(box) for box in boxes)
                boxes.append(found[0])
                taken.append(found[0])


# --- on pages


def test_the_directive_writes_tables_in_every_builder(tmp_path: Path) -> None:
    project = Project(tmp_path)
    row = "a,bench,style,asr,1.5,board"
    for name, text in {"a.bib": BIB, "w.toml": WORDS, "r.csv": f"{HEAD}\n{row}\n"}.items():
        project.write(name, text)
    project.write(
        "conf.py",
        'extensions = ["myst_parser", "sphinx_mmu"]\nmmu_bibfiles = ["a.bib"]\n'
        'mmu_vocabulary = ["w.toml"]\nmmu_results = ["r.csv"]\n',
    )
    project.write("index.md", "# Home\n\n```{mmu:results} bench\n```\n")
    built = project.build()
    assert not built.warnings
    page = built.html("index")
    assert "The board" in page
    assert "1.5" in page
    assert "lower is better" in page
    assert "results.csv" in {path.name for path in built.out.iterdir()}
    paper = built.html("paper/a")
    assert "Results" in paper


# --- the survey's own


@pytest.mark.site
def test_each_value_of_the_survey_has_a_source_and_a_place() -> None:
    library = real_library()
    rows = library.results.rows
    assert len(rows) >= 300
    faults = [
        f"results.csv:{row.line}: {column}"
        for row in rows
        for column in ("source", "place", "measured_by")
        if not getattr(row, column)
    ]
    assert faults == []
    tables = {(row.benchmark, row.task, row.model, row.measured_by) for row in rows}
    assert len(tables) >= 5


@pytest.mark.site
def test_the_file_of_results_is_in_order() -> None:
    path = Path(__file__).parents[1] / "refs/results.csv"
    heads, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    assert tuple(heads) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_papers_that_were_measured_together_are_offered(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        "a,bench,style,clip,1,board",
        "b,bench,style,clip,2,board",
        "b,bench,style,asr,3,board",
        "a,bench,face,clip,4,board",
        "ga,bench,face,clip,5,board",
    )
    assert often_compared(library) == (("Bench · Style", ("b", "a")),)
    alone = load(tmp_path, "a,bench,style,clip,1,board")
    assert often_compared(alone) == ()
    assert often_compared(load(tmp_path)) == ()


def test_what_a_page_has_in_sections_is_compared_first(tmp_path: Path) -> None:
    words = """
[section.card]
[facet.needs]
section = "card"
[field.cost]
label = "Cost"
section = "card"
[field.other]
label = "Other"
"""
    library = load(tmp_path, words=WORDS + words)
    assert first_rows(library) == ("summary", "needs", "cost")
