"""Results: read with a place for each mistake, arranged so that only what compares is together."""

import csv
import io
import json
import re
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest
from support import Project, real_library

from sphinx_mmu.export.results_csv import results_csv
from sphinx_mmu.ext.kinds.figures_html.result_plot import Box, _Plot
from sphinx_mmu.ext.kinds.figures_latex.tikz import Unlinked
from sphinx_mmu.figures.context import FigureContext
from sphinx_mmu.figures.result_plot import (
    PlotAxis,
    Point,
    ResultPlot,
    result_plot,
)
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.results import COLUMNS
from sphinx_mmu.views.cells import text_cell
from sphinx_mmu.views.compared import often_compared, shared_results
from sphinx_mmu.views.forms import first_rows
from sphinx_mmu.views.kinds import Views
from sphinx_mmu.views.paper_details import paper_details
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.result_tables import ResultRow
from sphinx_mmu.views.results import ResultsRequest, ResultsView

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
direction = "ideal"
[metric.plain]
label = "Plain"
[task.style]
label = "Style"
[task.face]
label = "Face"
[baseline.original]
label = "Before"
reference = true
[baseline.ideal]
label = "Ideal"
reference = true
[baseline.ga]
label = "Gradient ascent"
[source.board]
label = "The board"
url = "https://example.org/board"
"""
HEAD = "work,benchmark,task,metric,value,measured_by"


def write(
    folder: Path, lines: Iterable[str], head: str, words: str = WORDS
) -> None:
    for name, text in {
        "a.bib": BIB,
        "w.toml": words,
        "r.csv": "\n".join([head, *lines]),
    }.items():
        (folder / name).write_text(f"{text}\n", "utf-8")


def load(
    folder: Path, *lines: str, head: str = HEAD, words: str = WORDS
) -> Library:
    write(folder, lines, head, words)
    return Library.load(
        ["a.bib"], vocabulary=["w.toml"], results=["r.csv"], root=folder
    )


def view(library: Library, **asked: object) -> ResultsView:
    found = Views(library).of(ResultsRequest(benchmark="bench", **asked))  # type: ignore[arg-type]  # any fields
    assert isinstance(found, ResultsView)
    return found


def name(row: ResultRow) -> str:
    return "".join(part.text for part in row.name.parts)


def names(library: Library, **asked: object) -> list[list[str]]:
    return [
        [name(row) for row in table.rows]
        for table in view(library, **asked).tables
    ]


# --- reading


def test_a_line_becomes_a_result(tmp_path: Path) -> None:
    library = load(tmp_path, "a,bench,style,asr,12.5,board")
    (row,) = library.results.rows
    assert (row.work, row.value, row.number, row.line) == ("a", "12.5", 12.5, 2)
    assert library.problems == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "x,bench,style,asr,1,board",
            "work: 'x' is not an entry and not a declared baseline",
        ),
        (
            "a,nowhere,style,asr,1,board",
            "benchmark: 'nowhere' is not an entry and not a declared",
        ),
        ("a,bench,other,asr,1,board", "task: 'other' is not a declared task"),
        (
            "a,bench,style,asrr,1,board",
            "metric: 'asrr' is not a declared metric",
        ),
        (
            "a,bench,style,asr,1,boar",
            "measured_by: 'boar' is not an entry and not a declared source",
        ),
        ("a,bench,style,asr,high,board", "value: 'high' is not a number"),
        ("a,bench,style,asr,nan,board", "value: 'nan' is not a number"),
    ],
)
def test_a_mistake_is_reported_at_its_line_and_the_rest_counts(
    line: str, message: str, tmp_path: Path
) -> None:
    library = load(
        tmp_path,
        "a,bench,style,clip,1,board",
        line,
        "b,bench,style,asr,2,board",
    )
    (problem,) = library.problems
    assert (problem.code.slug, problem.location) == ("result", "r.csv:3")
    assert problem.message.startswith(message)
    assert [row.line for row in library.results.rows] == [2, 4]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("a,bench,style,asrr,1,board", "did you mean 'asr'?"),
        # An entry's key.
        ("a,benhc,style,asr,1,board", "did you mean 'bench'?"),
        ("a,bench,style,q9,1,board", "add [metric.q9] to the vocabulary"),
        ("a,bench,style,?!,1,board", 'add [metric."…"] to the vocabulary'),
        ('a,bench,style,asr,"3,4",board', "write 3.4"),
        (
            "a,bench,style,asr,3 ± 1,board",
            "write the number alone; its spread and remarks have columns of their own",
        ),
    ],
)
def test_what_to_write_is_suggested(
    line: str, hint: str, tmp_path: Path
) -> None:
    (problem,) = load(tmp_path, line).problems
    assert problem.hint == hint


@pytest.mark.parametrize("date", ["01/2024", "2024-13", "May 2024"])
def test_an_odd_date_costs_the_date_and_not_the_value(
    date: str, tmp_path: Path
) -> None:
    library = load(
        tmp_path,
        f"a,bench,asr,1,{date}",
        head="work,benchmark,metric,value,date",
    )
    (problem,) = library.problems
    assert problem.message == f"date: {date!r} is not a date, and is left out"
    assert problem.hint == "write it as 2024, 2024-03 or 2024-03-17"
    assert [(r.value, r.date) for r in library.results.rows] == [("1", "")]


@pytest.mark.parametrize(
    "source",
    ["example.org", "https://", "https://[::1", "https://exa mple.org"],
)
def test_an_address_of_a_source_is_whole(source: str, tmp_path: Path) -> None:
    head = "work,benchmark,metric,value,source"
    (problem,) = load(tmp_path, f"a,bench,asr,1,{source}", head=head).problems
    assert (
        problem.message == f"source: {source!r} is not an http or https address"
    )
    assert problem.hint == "write the whole address, beginning with https://"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["x,bench,style,asr,1,board"] * 2, " (and on 1 more line)"),
        (["x,bench,style,asr,1,board"] * 5, " (and on 4 more lines)"),
    ],
)
def test_a_name_that_is_missing_often_is_reported_once(
    lines: list[str], message: str, tmp_path: Path
) -> None:
    (problem,) = load(tmp_path, *lines).problems
    assert problem.message.endswith(message)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",bench,style,asr,1,board", "work is empty"),
        ("a,,style,,,board", "benchmark, metric, value are empty"),
    ],
)
def test_an_empty_value_that_is_needed_is_one_problem(
    line: str, message: str, tmp_path: Path
) -> None:
    library = load(tmp_path, line)
    (problem,) = library.problems
    assert problem.message == message
    assert problem.hint == "every line needs work, benchmark, metric and value"
    assert library.results.rows == ()


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("# a remark", "1 value"),
        ("a,style,asr,1,board", "5 values"),
        ("a,bench,style\tasr,1,board", "5 values"),
    ],
)
def test_a_line_that_is_too_short_is_one_problem(
    line: str, given: str, tmp_path: Path
) -> None:
    library = load(tmp_path, line)
    (problem,) = library.problems
    assert problem.message == f"the line has {given} for 6 columns"
    assert problem.hint == "write a comma for each empty value, too"
    assert library.results.rows == ()


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1,234.5", 1234.5),
        ("12,345", 12345),
        ("\N{MINUS SIGN}3.5 %", -3.5),
        (".5", 0.5),
        ("5.", 5),
        ("1e-3", 0.001),
        ("3,4", None),
        ("0,123", None),  # of thousands, or of a decimal comma
        ("1,23,456", None),
        ("1_000", None),
        ("inf", None),
        ("1e999", None),
        ("\N{ARABIC-INDIC DIGIT THREE}", None),
        ("3%%", None),
    ],
)
def test_a_value_is_read_in_one_way_or_not_at_all(
    written: str, number: float | None, tmp_path: Path
) -> None:
    library = load(tmp_path, f'a,bench,style,asr,"{written}",board')
    assert [row.number for row in library.results.rows] == (
        [] if number is None else [number]
    )
    assert len(library.problems) == (number is None)


def test_a_line_that_repeats_another_is_left_out(tmp_path: Path) -> None:
    library = load(
        tmp_path, "a,bench,style,asr,1,board", "a,bench,style,asr,2,board"
    )
    assert [row.value for row in library.results.rows] == ["1"]
    assert "already on line 2" in library.problems[0].message


BEGIN = f"begin with the line: {','.join(COLUMNS)}"
HEADS = {
    "lacks": (
        "work,benchmark,metric",
        "the header lacks value",
        "write it into the first line",
    ),
    "unknown": (
        f"{HEAD},xyz",
        "there is no column 'xyz' of results",
        f"the columns are: {', '.join(COLUMNS)}",
    ),
    "misspelt": (
        "work,benchmark,metric,valeu",
        "there is no column 'valeu' of results",
        "did you mean 'value'?",
    ),
    "capitals": (
        "Work,benchmark,metric,value",
        "there is no column 'Work' of results",
        "did you mean 'work'?",
    ),
    "twice": (
        f"{HEAD},value",
        "the column 'value' is named twice",
        "delete one of the two",
    ),
    "semicolons": (
        HEAD.replace(",", ";"),
        "the values are separated by semicolons",
        "separate them with commas",
    ),
    "tabs": (
        HEAD.replace(",", "\t"),
        "the values are separated by tabs",
        "separate them with commas",
    ),
    "none": (
        "a,bench,style,asr,1,board",
        "the first line does not name the columns",
        BEGIN,
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_fault_of_the_header_is_one_problem(
    name: str, tmp_path: Path
) -> None:
    head, message, hint = HEADS[name]
    (problem,) = load(tmp_path, head=head).problems
    assert (problem.location, problem.message, problem.hint) == (
        "r.csv:1",
        message,
        hint,
    )


def test_of_two_columns_of_a_name_the_first_counts(tmp_path: Path) -> None:
    library = load(
        tmp_path, "a,bench,style,asr,1,board,9", head=f"{HEAD},value"
    )
    assert [row.value for row in library.results.rows] == ["1"]


def test_a_file_without_a_line_is_reported_and_blank_lines_are_skipped(
    tmp_path: Path,
) -> None:
    (problem,) = load(tmp_path, head="").problems
    assert (problem.message, problem.hint) == ("the file is empty", BEGIN)
    library = load(
        tmp_path, HEAD, ",,,,,", " ,", "a,bench,style,asr,1,board", head=""
    )
    assert [row.line for row in library.results.rows] == [5]
    assert library.problems == ()


def test_a_line_with_another_sign_between_its_values_is_one_problem(
    tmp_path: Path,
) -> None:
    (problem,) = load(tmp_path, "a;bench;style;asr;1;board").problems
    assert problem.message == "the values are separated by semicolons"
    assert problem.hint == "separate them with commas"


@pytest.mark.parametrize("head", [HEAD, f"{HEAD},,"])
def test_a_value_without_a_column_is_reported(
    head: str, tmp_path: Path
) -> None:
    library = load(tmp_path, "a,bench,style,asr,1,234,board", head=head)
    (problem,) = library.problems
    assert problem.location == "r.csv:2"
    assert problem.message == "the line has 7 values for 6 columns"
    assert problem.hint == "put a value that contains a comma in quotes"
    assert library.results.rows == ()


@pytest.mark.parametrize(
    "fault", ['"a,bench,style,asr,1,board', 'a,bench,style,asr,"1"x,board']
)
def test_a_mark_that_is_never_closed_costs_one_line(
    fault: str, tmp_path: Path
) -> None:
    library = load(
        tmp_path,
        "a,bench,style,clip,1,board",
        fault,
        "b,bench,style,asr,2,board",
        "ga,bench,,,,",
    )
    assert [row.line for row in library.results.rows] == [2, 4]
    syntax, empty = library.problems
    assert syntax.location == "r.csv:3"
    assert (
        syntax.message
        == "the line is not CSV: a quotation mark is missing or out of place"
    )
    assert (
        syntax.hint
        == "put the whole value in quotes, and double those within it"
    )
    assert empty.location == "r.csv:5"


def test_a_value_that_no_line_may_have_is_reported(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        f"a,bench,style,asr,1,{'b' * 200_000}",
        "b,bench,style,asr,2,board",
    )
    (problem,) = library.problems
    assert problem.location == "r.csv:2"
    assert problem.message.startswith("the line is not CSV: field larger than")
    assert [row.line for row in library.results.rows] == [3]


def test_a_control_character_is_left_out(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        "a,bench,style,asr,1\x00,board",
        "b,bench,style,asr,2\x07,board",
    )
    (problem,) = library.problems
    assert (problem.code.slug, problem.location) == (
        "control-character",
        "r.csv:2",
    )
    assert [row.value for row in library.results.rows] == ["1", "2"]


def test_a_file_that_is_missing_or_in_another_encoding_is_reported(
    tmp_path: Path,
) -> None:
    (tmp_path / "latin.csv").write_bytes(
        f"{HEAD}\na,bench,style,asr,1,\xe9\n".encode("latin-1")
    )
    library = Library.load([], results=["no.csv", "latin.csv"], root=tmp_path)
    remedy = (
        "correct the path in conf.py (it is relative to the folder of conf.py), or create"
        " the file"
    )
    assert {(p.code.slug, p.text) for p in library.problems} == {
        (
            "missing-file",
            f"cannot be read: No such file or directory; {remedy}",
        ),
        ("encoding", "the file is not UTF-8; save the file as UTF-8"),
    }


def test_quotes_and_line_ends_of_a_spreadsheet_are_read(tmp_path: Path) -> None:
    line = 'a,bench,style,asr,"1,234.5",board\r'
    library = load(tmp_path, line, head=f"\ufeff{HEAD}\r")
    assert library.results.rows[0].number == 1234.5


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    library = load(tmp_path, "a,bench,style,asr,1,board", "b,bench,,clip,0.5,")
    (tmp_path / "r.csv").write_text(results_csv(library.results), "utf-8")
    again = Library.load(
        ["a.bib"], vocabulary=["w.toml"], results=["r.csv"], root=tmp_path
    )
    assert again.results.rows == library.results.rows


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            '[metric.m]\nterm = "kind:none"',
            "names 'kind:none', which is not declared",
        ),
        (
            '[metric.m]\ndirection = "up"',
            "'direction' of [metric.m] cannot be 'up'",
        ),
        (
            '[field.f]\nsection = "no"',
            "'section' of [field.f] names 'no', which is not declared",
        ),
    ],
)
def test_a_wrong_name_in_a_declaration_is_reported(
    table: str, message: str, tmp_path: Path
) -> None:
    problems = load(tmp_path, words=f"{WORDS}\n{table}").problems
    assert [p for p in problems if message in p.message]


@pytest.mark.parametrize(
    ("direction", "hint"),
    [
        ("ga", "add reference = true to [baseline.ga]"),
        ("retrained", "one of: lower, higher, original, ideal"),
    ],
)
def test_a_direction_names_a_reference(
    direction: str, hint: str, tmp_path: Path
) -> None:
    words = f'{WORDS}\n[metric.m]\ndirection = "{direction}"'
    (problem,) = load(tmp_path, words=words).problems
    assert problem.hint == hint


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


def test_the_best_competitor_is_marked_and_references_come_first(
    tmp_path: Path,
) -> None:
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


def test_closest_to_the_reference_of_a_metric_is_best(tmp_path: Path) -> None:
    values = {"ideal": 50, "a": 58, "b": 41, "ga": 99}
    library = load(
        tmp_path, *(f"{w},bench,style,mia,{v},board" for w, v in values.items())
    )
    (table,) = view(library).tables
    best = [row for row in table.rows if row.values[0] and row.values[0].best]
    assert [name(row) for row in best] == ["A"]
    (column,) = table.columns
    assert column.direction == ("→", "closest to “Ideal” is best")


def test_without_a_direction_or_a_rival_nothing_is_best(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        "a,bench,style,plain,1,board",
        "b,bench,style,plain,2,board",
        "a,bench,face,asr,1,board",
    )
    rows = [row for table in view(library).tables for row in table.rows]
    assert [
        [value and value.best for value in row.values] for row in rows
    ] == 3 * [[False]]


def test_options_choose_and_an_unknown_one_is_reported(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        "a,bench,style,asr,1,board",
        "b,bench,face,clip,2,board",
        "ga,bench,style,clip,3,",
    )
    assert names(library, tasks=("face",)) == [["B"]]
    assert names(library, metrics=("asr",)) == [["A"]]
    found = view(library, tasks=("fase",))
    assert [p.hint for p in found.problems] == ["did you mean 'face'?"]


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (0, "no file of mmu_results has a usable line"),
        (2, "one of: q0, q1"),
        (20, "the names are in the column benchmark of the results"),
    ],
)
def test_a_benchmark_without_results_is_reported_with_those_there_are(
    number: int, hint: str, tmp_path: Path
) -> None:
    declared = "".join(f"[benchmark.q{n}]\n" for n in range(number))
    library = load(
        tmp_path,
        *(f"a,q{n},style,asr,1,board" for n in range(number)),
        words=WORDS + declared,
    )
    (problem,) = Views(library).of(ResultsRequest(benchmark="zzzzzz")).problems
    assert problem.code.slug == "unknown-key"
    assert (problem.message, problem.hint) == (
        "there are no results on 'zzzzzz'",
        hint,
    )


def test_a_benchmark_that_is_nearly_one_with_results_is_suggested(
    tmp_path: Path,
) -> None:
    library = load(tmp_path, "a,bench,style,asr,1,board")
    (problem,) = Views(library).of(ResultsRequest(benchmark="benhc")).problems
    assert (problem.code.slug, problem.hint) == (
        "unknown-key",
        "did you mean 'bench'?",
    )


def test_a_work_or_benchmark_without_a_match_is_named(tmp_path: Path) -> None:
    library = load(tmp_path, "a,bench,style,asr,1,board")
    said = [
        Views(library).of(ResultsRequest(**asked)).problems[0].message
        for asked in (
            {"work": "b"},
            {"benchmark": "bench", "filters": ("key:b",)},
        )
    ]
    assert said == ["no result of 'b' matches", "no result on 'bench' matches"]


def test_a_work_has_its_results_by_benchmark(tmp_path: Path) -> None:
    library = load(
        tmp_path, "a,bench,style,asr,1,board", "a,bench,face,asr,2,board"
    )
    found = Views(library).of(ResultsRequest(work="a"))
    (table,) = found.tables
    assert [name(row) for row in table.rows] == ["Style", "Face"]
    assert table.head == "Task"


def test_a_column_counts_the_values_on_the_benchmark_that_a_work_is(
    tmp_path: Path,
) -> None:
    library = load(
        tmp_path, "a,bench,style,asr,1,board", "a,bench,face,asr,2,board"
    )
    asked = PapersRequest(columns=("values",), sort="key")
    (group,) = Views(library).of(asked).groups
    cells = {row.key: row.cells[0] for row in group.rows}
    ((part,),) = (line.parts for line in cells["bench"])
    assert (part.text, part.target) == ("2 values", "results:bench")
    assert cells["a"] == cells["b"] == text_cell("")


MEASURED = """
[relation.measures]
label = "Measures"
inverse = "Measured in"
results = true
"""


@pytest.mark.parametrize(
    ("source", "kind"), [("https://example.org/1", "url"), ("", "text")]
)
def test_a_relation_that_results_state_leads_to_their_source_if_they_name_one(
    source: str, kind: str, tmp_path: Path
) -> None:
    library = load(
        tmp_path,
        f"a,bench,style,asr,1,b,{source}",
        f"a,b,style,asr,1,b,{source}",
        head=f"{HEAD},source",
        words=WORDS + MEASURED,
    )
    (detail,) = paper_details(library.papers.by_key["b"], library)
    (line,) = detail.cell
    assert line.text == "A: results on Bench, B"
    assert [part.kind for part in line.parts] == ["entry", "text", kind]
    assert line.parts[-1].target == source


NOTED = "work,benchmark,task,metric,value,measured_by,note"


def test_a_remark_of_all_or_most_rows_or_columns_is_said_once(
    tmp_path: Path,
) -> None:
    library = load(
        tmp_path,
        "original,bench,style,asr,9,board,copied",
        "original,bench,style,clip,9,board,copied; of few prompts",
        "a,bench,style,asr,1,board,copied; adapted",
        "a,bench,style,clip,2,board,adapted; copied; of few prompts",
        "b,bench,style,asr,3,board,copied; adapted; by eye",
        "b,bench,style,clip,4,board,copied; adapted; of few prompts",
        head=NOTED,
    )
    (table,) = view(library).tables
    assert table.common == (("copied", ()), ("adapted", ("Before",)))
    assert table.notes == ("of few prompts", "by eye")
    assert [column.notes for column in table.columns] == [(), (1,)]
    assert [row.notes for row in table.rows] == [(), (), ()]
    assert [[v.notes for v in row.values if v] for row in table.rows] == [
        [(), ()],
        [(), ()],
        [(2,), ()],
    ]


def test_a_remark_on_a_row_is_at_its_name_and_one_on_parts_of_rows_at_values(
    tmp_path: Path,
) -> None:
    library = load(
        tmp_path,
        "a,bench,style,asr,1,board,short",
        "a,bench,style,clip,2,board,short",
        "b,bench,style,asr,3,board,odd",
        "b,bench,style,clip,4,board,",
        "ga,bench,style,asr,5,board,",
        "ga,bench,style,clip,6,board,odd",
        head=NOTED,
    )
    (table,) = view(library).tables
    assert (table.common, table.notes) == ((), ("short", "odd"))
    assert [row.notes for row in table.rows] == [(1,), (), ()]
    assert [[v.notes for v in row.values if v] for row in table.rows] == [
        [(), ()],
        [(2,), ()],
        [(), (2,)],
    ]


def test_a_unit_that_all_columns_share_is_that_of_the_table(
    tmp_path: Path,
) -> None:
    words = WORDS + '[metric.rate]\nlabel = "Rate"\nunit = "%"\n'
    words += '[metric.named]\nlabel = "Named (%)"\nunit = "%"\n'
    library = load(
        tmp_path,
        "a,bench,style,asr,1,board",
        "a,bench,style,rate,1,board",
        "b,bench,style,asr,1,board",
        "b,bench,style,rate,1,board",
        "a,bench,face,asr,1,board",
        "a,bench,face,named,2,board",
        "b,bench,,asr,1,board",
        words=words,
    )
    units = [
        (table.unit, [c.unit for c in table.columns])
        for table in view(library).tables
    ]
    assert units == [("%", ["", ""]), ("", ["%", ""]), ("", ["%"])]


# --- side by side


def test_papers_side_by_side_share_a_condition_and_a_metric(
    tmp_path: Path,
) -> None:
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
    assert metric.values == (
        ("a", "3", 0),
        ("b", "5 (small)", 1),
        ("b", "2 (large)", 0),
    )
    assert group.notes == (("by eye",),)


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


# --- plots


def plot(
    library: Library, **options: str
) -> tuple[ResultPlot | None, list[str]]:
    context = FigureContext(
        library, 0, {k.replace("_", "-"): v for k, v in options.items()}
    )
    return result_plot(context, "bench"), [p.message for p in context.problems]


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
    measured = product("ab", ("style", "face"), ("asr", "clip"))
    lines = [
        f"{work},bench,{task},{metric},1,board"
        for work, task, metric in measured
    ]
    figure, problems = plot(load(tmp_path, *lines), x="asr", y="clip")
    assert figure is None
    assert "several conditions" in problems[0]
    assert plot(load(tmp_path, *lines), x="asr", y="clip", task="face")[0]


MISTAKES_OF_PLOTS = {
    "missing": ({"x": "asr"}, ":y: is missing", "one of: asr, clip"),
    "unknown": (
        {"x": "asr", "y": "clpi"},
        ":y: cannot be 'clpi'",
        "did you mean 'clip'?",
    ),
    "same": (
        {"x": "asr", "y": "asr"},
        ":x: and :y: are the same metric",
        "two of: asr, clip",
    ),
    "log": (
        {"x": "asr", "y": "clip", "log": "x z"},
        ":log: cannot be 'z'",
        "one of: x, y",
    ),
    "few": (
        {"x": "asr", "y": "clip", "task": "face"},
        "fewer than 2 works have both asr and clip",
        "choose other metrics or another condition",
    ),
}


@pytest.mark.parametrize("name", MISTAKES_OF_PLOTS)
def test_a_mistake_in_a_plot_is_one_problem(name: str, tmp_path: Path) -> None:
    library = load(
        tmp_path,
        "a,bench,style,asr,1,board",
        "a,bench,style,clip,1,board",
        "b,bench,style,asr,1,board",
        "b,bench,style,clip,1,board",
        "a,bench,face,asr,1,board",
        "a,bench,face,clip,1,board",
    )
    options, message, hint = MISTAKES_OF_PLOTS[name]
    context = FigureContext(library, 0, {"task": "style", **options})
    result_plot(context, "bench")
    assert [(p.message, p.hint) for p in context.problems] == [(message, hint)]


def test_an_axis_with_values_that_have_no_logarithm_is_linear_and_says_so(
    tmp_path: Path,
) -> None:
    lines = ["a,bench,style,asr,0,board", "b,bench,style,asr,3,board"]
    lines += ["a,bench,style,clip,1,board", "b,bench,style,clip,2,board"]
    library = load(tmp_path, *lines)
    context = FigureContext(library, 0, {"x": "asr", "y": "clip", "log": "x y"})
    figure = result_plot(context, "bench")
    assert figure
    assert (figure.x.logarithmic, figure.y.logarithmic) == (False, True)
    (problem,) = context.problems
    assert problem.message == ":log: cannot be 'x'"
    assert problem.hint == "a logarithmic axis needs values above 0"


def test_names_in_a_plot_never_overlap(tmp_path: Path) -> None:
    points = tuple(
        Point(
            f"Method {n}", "", 50 + n % 7, 20 + n % 5, "", "", reference=False
        )
        for n in range(40)
    )
    figure = ResultPlot(
        "B", "", "", PlotAxis("x", "lower"), PlotAxis("y", "higher"), points
    )
    for form in ("w", "n"):
        drawing = _Plot(Unlinked(), figure, form)
        boxes: list[Box] = []
        places = [(drawing.x(p.x), drawing.y(p.y)) for p in points]
        taken = [Box(x - 6, y - 6, x + 6, y + 6) for x, y in places]
        for point, (x, y) in zip(points, places, strict=True):
            if found := drawing._free(point.label, x, y, taken):
                assert not any(found[0].meets(box) for box in boxes)
                boxes.append(found[0])
                taken.append(found[0])
        assert boxes


# --- on pages


CONF = """
extensions = ["myst_parser", "sphinx_mmu"]
mmu_bibfiles = ["a.bib"]
mmu_vocabulary = ["w.toml"]
mmu_results = ["r.csv"]
"""


def site(
    folder: Path, *lines: str, index: str, head: str = HEAD, conf: str = ""
) -> Project:
    """A site of one page with these results."""
    project = Project(folder)
    write(project.source, lines, head)
    project.write("conf.py", CONF + conf)
    project.write("index.md", index)
    return project


def test_the_directive_writes_tables(tmp_path: Path) -> None:
    index = "# Home\n\n```{mmu:results} bench\n```\n"
    built = site(tmp_path, "a,bench,style,asr,1.5,board", index=index).build()
    assert not built.warnings
    page = built.html("index")
    assert "The board" in page
    assert "1.5" in page
    assert "lower is better" in page
    assert "results.csv" in {path.name for path in built.out.iterdir()}
    paper = built.html("paper/a")
    assert "Results" in paper


def editable(folder: Path) -> Project:
    """A site that says where its files are edited."""
    return site(
        folder,
        "b,bench,face,asr,7,board",
        "a,bench,style,clip,2,board",
        "a,bench,style,asr,1.5,board",
        index="# Home\n\n```{mmu:results} bench\n:task: style\n```\n",
        conf='mmu_edit_url = "https://example.org/edit/{file}#L{line}"\ncopyright, version = "2026", "1"\n',
    )


def test_a_table_names_the_line_of_its_values(tmp_path: Path) -> None:
    built = editable(tmp_path).build()
    assert not built.warnings
    page = built.html("index")
    assert "Is a value wrong?" in page
    assert (
        'href="https://example.org/edit/r.csv#L3">r.csv, from line 3 on</a>'
        in page
    )
    values = "work a; benchmark bench; task style; measured_by board; metric asr, clip"
    assert f"under these names: {values}" in re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize(
    ("builder", "name"), [("epub", "index.xhtml"), ("text", "index.txt")]
)
def test_where_no_reader_can_follow_no_line_is_named(
    builder: str, name: str, tmp_path: Path
) -> None:
    built = editable(tmp_path).build(builder)
    assert not built.warnings
    page = built.file(name)
    assert "1.5" in page
    assert "Is a value wrong?" not in page


def test_bold_is_explained_once_a_page_and_references_are_set_apart(
    tmp_path: Path,
) -> None:
    table = "```{mmu:results} bench\n:task: %s\n```\n"
    face, style = table % "face", table % "style"
    project = site(
        tmp_path,
        "a,bench,style,asr,1,board,copied",
        "b,bench,style,asr,2,board,copied; by eye",
        "original,bench,style,asr,9,board,copied",
        "a,bench,face,asr,3,board,",
        head=NOTED,
        index=f"# Home\n\n{face}\n{style}\n{style}\n```{{toctree}}\nother\n```\n",
    )
    project.write("other.md", f"# Other\n\n{style}")
    built = project.build()
    assert not built.warnings
    page, other = built.html("index"), built.html("other")
    assert [page.count("Bold: "), other.count("Bold: ")] == [1, 1]
    before, after = page.split("Bold: ")
    assert (before.count("<table"), after.count("<table")) == (1, 2)
    assert page.count("mmu-reference") == 2  # a row of each table of styles
    assert "All values: copied." in other
    assert "<sup>1</sup> By eye." in other


def test_the_search_leads_to_a_table_by_its_works_and_not_by_its_values(
    tmp_path: Path,
) -> None:
    project = site(
        tmp_path,
        "a,bench,style,asr,17.5,board,by eye",
        "b,bench,style,clip,23.5,board,",
        head=NOTED,
        index="# Home\n\n## Scores\n\n```{mmu:results} bench\n```\n",
        conf="mmu_site_search = True\n",
    )
    built = project.build()
    assert not built.warnings
    script = built.file("_static/mmu-find-data.js")
    data = json.loads(script.split("findData=")[1].rstrip(";\n"))
    kinds = data["labels"]
    (found,) = [row for row in data["documents"] if kinds[row[1]] == "Results"]
    _group, _label, page, address, title, _names, said = found
    assert (data["pages"][page], title) == ("Home", "Bench · Style")
    assert said == "A, B: ASR; CLIP; measured by The board"
    name, anchor = address.split("#")
    assert f'id="{anchor}"' in built.html(name.removesuffix(".html"))
    assert "17.5" not in script


def test_guides_are_what_the_settings_call_so(tmp_path: Path) -> None:
    page = "---\norphan: true\n---\n\n# Page\n"
    conf = (
        'mmu_site_search = True\nmmu_guides = {"help": ["set (up)", "mmu*"]}\n'
    )
    project = site(tmp_path, conf=conf, index="# Home\n")
    for name in ("help/one.md", "guide/two.md"):
        project.write(name, page)
    script = project.build().file("_static/mmu-find-data.js")
    data = json.loads(script.split("findData=")[1].rstrip(";\n"))
    groups = {row[3]: data["groups"][row[0]] for row in data["documents"]}
    assert groups["help/one.html"] == "guide"
    assert groups["guide/two.html"] == "page"
    assert r"(?:set \(up\)|mmu[\p{L}\p{N}_]*)" in data["guides"]


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
    tables = {
        (row.benchmark, row.task, row.model, row.measured_by) for row in rows
    }
    assert len(tables) >= 5


@pytest.mark.site
def test_the_file_of_results_is_in_order() -> None:
    path = Path(__file__).parents[1] / "refs/results.csv"
    heads, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    assert tuple(heads) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
