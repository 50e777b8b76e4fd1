"""Reading .bib files: nothing is lost in silence, one problem per defect, at the line where it is."""

from __future__ import annotations

import time
from pathlib import Path

import pybtex.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.plugin import find_plugin

from sphinx_mmu.bib.copies import well_formed
from sphinx_mmu.bib.reader import RawEntry, parse, read
from sphinx_mmu.bib.writer import canonical
from sphinx_mmu.problems import Code

FIRST = "@misc{first,\n  title = {First {X}},\n  year = {2020}\n}\n\n"
LAST = (
    "\n% free text\n\n@article{last,\n  title = {Last {Y}},\n  year = {2021}\n}\n@book(paren,"
    " title={P})\n"
)
MIDDLE = """@inproceedings{mid,
  title = {{SalUn}: Empowering {U}nlearning},
  author = "Fan, Chongyu and Liu, J{\\"u}",
  note = {one
    two},
  month = jan,
  year = 2024
}
"""


def values(entry: RawEntry) -> dict[str, str]:
    return {name: field.value for name, field in entry.fields.items()}


def only(text: str) -> dict[str, str]:
    """The fields of the one entry of a text without faults."""
    (entry,), problems = parse(text, "x.bib")
    assert not problems
    return values(entry)


def faults(text: str) -> list[tuple[int, str]]:
    """Line and message of each problem."""
    return [(p.line, p.message) for p in parse(text, "x.bib")[1]]


def test_an_entry_has_file_line_type_source_and_fields_with_their_lines() -> (
    None
):
    (_, entry, *_), _ = parse(FIRST + MIDDLE + LAST, "refs/x.bib")
    assert (entry.key, entry.type, entry.file, entry.line) == (
        "mid",
        "inproceedings",
        "refs/x.bib",
        6,
    )
    assert entry.source + "\n" == MIDDLE
    assert {f.name: f.line for f in entry.fields.values()} == {
        "title": 7,
        "author": 8,
        "note": 9,
        "month": 11,
        "year": 12,
    }
    assert values(entry) == {
        "title": "{SalUn}: Empowering {U}nlearning",
        "author": 'Fan, Chongyu and Liu, J{\\"u}',
        "note": "one two",
        "month": "January",
        "year": "2024",
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_are_counted_alike_for_all_line_ends_and_with_a_mark_at_the_beginning(
    end: str, mark: str
) -> None:
    text = mark + (FIRST + MIDDLE.replace("jan,", "foo,") + LAST).replace(
        "\n", end
    )
    entries, problems = parse(text, "x.bib")
    assert [e.line for e in entries] == [1, 6, 17, 21]
    assert [p.line for p in problems] == [11]


@pytest.mark.parametrize("mark", ["\x0c", "\x85", "\u2028", "\x0b"])
def test_only_line_ends_of_editors_count_as_lines(mark: str) -> None:
    assert parse(f"{mark}\n@misc{{a, title = {{{mark}}}}}", "x")[0][0].line == 2


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\ufffe"])
def test_a_control_character_is_left_out_and_told_once_in_a_line(
    sign: str,
) -> None:
    entries, problems = parse(
        f"@misc{{a,\n title = {{Short{sign}Pa{sign}ths}}\n}}", "x"
    )
    assert entries[0].fields["title"].value == "ShortPaths"
    assert sign not in entries[0].source
    assert [(p.code, p.line, p.message) for p in problems] == [
        (Code.CONTROL_CHARACTER, 2, f"U+{ord(sign):04X} is a control character")
    ]


def test_of_several_control_characters_in_a_line_the_first_is_told() -> None:
    assert faults("@misc{a,\n title = {A\x1b[1m\x07}\n}") == [
        (2, "U+001B is a control character")
    ]


@pytest.mark.parametrize("blank", ["\x0b", "\x0c", "\x1f"])
def test_a_blank_that_no_page_may_hold_is_another_blank(blank: str) -> None:
    entries, problems = parse(
        f"{blank}\n@misc{{a, title = {{Short{blank}Paths}}}}", "x"
    )
    assert (entries[0].fields["title"].value, problems) == ("Short Paths", ())


def test_a_clean_file_says_the_same_as_to_pybtex() -> None:
    text = (
        FIRST
        + MIDDLE
        + LAST
        + '@string{s = "a"}\n@Misc{x, a = s # { b} # 3, b = {{\\"u}~--}, c = "{""}"}'
    )
    theirs = parse_string(text, "bibtex").entries
    assert {e.key: values(e) for e in parse(text, "x")[0]} == {
        key: (
            {name.lower(): value for name, value in theirs[key].fields.items()}
            | {
                role: " and ".join(map(str, people))
                for role, people in theirs[key].persons.items()
            }
        )
        for key in theirs
    }


def test_strings_join_and_are_found_in_any_case() -> None:
    text = '@STRING{jml = "J. of " # {ML}}\n@string(two = jml # "2")\n@preamble{"x" # jml}\n'
    assert only(
        text + "@misc{a, journal = JML # { } # two # 3, month = Feb}"
    ) == {
        "journal": "J. of ML J. of ML23",
        "month": "February",
    }


def test_an_unknown_abbreviation_is_shown_and_named() -> None:
    (entry,), (problem,) = parse(
        "@misc{a,\n title = {A},\n journal = jml\n}", "x.bib"
    )
    assert values(entry)["journal"] == "jml"
    assert (problem.code, problem.location, problem.key) == (
        Code.UNDEFINED_STRING,
        "x.bib:3",
        "a",
    )


def test_every_unknown_abbreviation_of_a_value_is_named_once() -> None:
    _entries, (problem,) = parse(
        "@misc{a,\n journal = jml # jair # jml\n}", "x.bib"
    )
    assert problem.message == "no @string defines 'jml' and 'jair'"


def test_of_a_field_given_twice_the_first_counts() -> None:
    (entry,), (problem,) = parse(
        "@misc{a,\n title = {A},\n TITLE = {B}\n}", "x.bib"
    )
    assert values(entry) == {"title": "A"}
    assert (problem.code, problem.line) == (Code.DUPLICATE_FIELD, 3)


def test_entries_in_one_line_and_in_parentheses_are_read() -> None:
    entries, problems = parse(
        "@a{x,t={1}}@b(y,t={2}) text @c{z, t = {(3)} }", "x"
    )
    assert [(e.key, values(e)["t"]) for e in entries] == [
        ("x", "1"),
        ("y", "2"),
        ("z", "(3)"),
    ]
    assert not problems


@pytest.mark.parametrize(
    "key", ["DBLP:conf/x/Y20", "müller+20", "a.b_c-d", "10.1/x(y)", "it's#1%&"]
)
def test_a_key_may_have_odd_characters(key: str) -> None:
    assert parse(f"@misc{{{key},\n}}", "x")[0][0].key == key


def test_comments_and_free_text_hold_no_entries() -> None:
    free = (
        "Exported by X (see a@b.org). @comment{jabref-meta: {x};} @comment{@misc{no,"
        " a={b}}}\n%@misc{no, a={b}}\n"
    )
    text = free + "@comment{\n" + FIRST + "}\n" + LAST
    entries, problems = parse(text, "x")
    assert [e.key for e in entries] == ["last", "paren"]
    assert not problems


def test_a_value_that_holds_a_line_like_an_entry_stays_whole() -> None:
    abstract = "Write\n@article{key,\n  title={x}\n}\nlike so"
    assert only(
        f"@misc{{a,\n abstract = {{{abstract}}},\n note = {{n}}\n}}"
    ) == {
        "abstract": "Write @article{key, title={x} } like so",
        "note": "n",
    }


def test_an_empty_line_in_a_value_ends_a_paragraph() -> None:
    assert only("@misc{a, abstract = {One\n two.\n \n  Three}}") == {
        "abstract": "One two.\n\nThree"
    }


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        (
            "{U}nlearning},",
            "{U}nlearning,",
            7,
            "the opening brace of field 'title' is never closed",
        ),
        (
            "{U}nlearning},",
            "{Unlearning},",
            7,
            "the opening brace of field 'title' is never closed",
        ),
        ("{U}nlearning},", "{U}nlearning}},", 7, "a closing brace too many"),
        ("{U}nlearning},", "{U}nlearning}", 7, "no comma after field 'title'"),
        (
            "{{SalUn}: Empowering {U}",
            "{SalUn}: Empowering {U}",
            7,
            "field 'title' continues after its closing brace",
        ),
        (
            "{{SalUn}: Empowering {U}nlearning}",
            "Unlearning}",
            7,
            "the value of field 'title' needs braces",
        ),
        (
            "year = 2024",
            "year = y}",
            12,
            "the value of field 'year' needs braces",
        ),
        (
            "{{SalUn}: Empowering {U}nlearning}",
            "Some words",
            7,
            "the value of field 'title' needs braces",
        ),
        ("title = ", "title ", 7, "no '=' after 'title'"),
        ("  title =", "  % title =", 7, "a comment inside an entry"),
        (
            '{\\"u}"',
            '{\\"u}',
            8,
            "the opening quote of field 'author' is never closed",
        ),
        ("two}", "two", 9, "the opening brace of field 'note' is never closed"),
        ("2024\n}", "2024\n", 6, "the entry is never closed"),
        ("2024\n}", "2024\n}}", 13, "a closing brace too many"),
        ("2024\n}", "2024\n)", 13, "'}' expected"),
        ("{mid,", "{mid", 6, "no comma after the key 'mid'"),
        (
            "{mid,",
            "{the mid,",
            6,
            "a key cannot contain spaces; read as 'the-mid'",
        ),
        ("{mid,", "{,", 6, "the entry has no key"),
        ("{mid,", "{", 6, "the entry has no key"),
        (
            "@inproceedings{mid,",
            "inproceedings{mid,",
            6,
            "'@' is missing before 'inproceedings{mid'",
        ),
        (
            "@inproceedings{mid,",
            "@inproceedings mid,",
            6,
            "a field outside of any entry",
        ),
    ],
)
def test_a_fault_is_one_problem_at_its_line_and_costs_no_field_and_no_other_entry(
    good: str, bad: str, line: int, message: str
) -> None:
    assert good in MIDDLE
    text = FIRST + MIDDLE.replace(good, bad) + LAST
    assert faults(text) == [(line, message)]
    entries = {e.key: e for e in parse(text, "x.bib")[0]}
    assert (
        {"first", "last", "paren"} < entries.keys()
        or "key" in message
        or "outside" in message
        or "'@' is" in message
    )
    assert {k: values(e) for k, e in entries.items() if "mid" not in k} == {
        e.key: values(e) for e in parse(FIRST + LAST, "x")[0]
    }
    lost = {"title"} if "comment" in message else set()
    names = {"title", "author", "note", "month", "year"} - lost
    assert all(
        set(values(entry)) == names
        for key, entry in entries.items()
        if "mid" in key
    )


def test_the_text_of_a_faulty_value_is_kept_with_its_braces_in_pairs() -> None:
    (entry,), _ = parse(
        '@misc{a,\n y = {The Sal} Un},\n z = "A "q" b",\n x = {Title {B},\n w = {b\n}',
        "x",
    )
    assert values(entry) == {
        "x": "Title {B}",
        "y": "The Sal Un",
        "z": 'A "q" b',
        "w": "b",
    }


@pytest.mark.parametrize("before", ["", FIRST], ids=["begins", "follows"])
@pytest.mark.parametrize("after", ["", f"\n{FIRST}"], ids=["ends", "goes on"])
def test_words_behind_a_value_are_kept_whatever_is_around_the_entry(
    before: str, after: str
) -> None:
    entries, (problem,) = parse(f"{before}@misc{{a, t = {{b}} c}}{after}", "x")
    assert [values(e) for e in entries if e.key == "a"] == [{"t": "b c"}]
    assert problem.message == "field 't' continues after its closing brace"


@pytest.mark.parametrize(
    ("line", "found", "message"),
    [
        ('t "b"', {"t": "b", "y": "1"}, "no '=' after 't'"),
        ("t {b}", {"t": "b", "y": "1"}, "no '=' after 't'"),
        ("t b", {"y": "1"}, "a field is expected here"),
        ("t", {"y": "1"}, "a field is expected here"),
    ],
)
def test_without_an_equals_sign_a_field_has_quotes_or_braces(
    line: str, found: dict[str, str], message: str
) -> None:
    text = f"@misc{{a,\n {line},\n y = {{1}}\n}}"
    assert values(parse(text, "x")[0][0]) == found
    assert faults(text) == [(2, message)]


def test_a_brace_missing_in_a_line_of_entries_costs_nothing_else() -> None:
    entries, problems = parse(
        "@misc{a, t = {A {B}, y = {1}}\n@misc{b, t = {A {B}} @misc{c, t = {C}}",
        "x",
    )
    assert [values(e) for e in entries] == [
        {"t": "A {B}", "y": "1"},
        {"t": "A {B}"},
        {"t": "C"},
    ]
    assert [(p.line, p.key) for p in problems] == [(1, "a"), (2, "b")]


def mutations() -> list[str]:
    """The middle entry with each mark left out, and with a mark put in at each place."""
    body = range(MIDDLE.index("{") + 1, len(MIDDLE))
    left_out = [
        MIDDLE[:i] + MIDDLE[i + 1 :]
        for i in range(len(MIDDLE))
        if MIDDLE[i] in '{}",=@'
    ]
    return left_out + [
        MIDDLE[:i] + mark + MIDDLE[i:] for i in body for mark in '{}",@#%='
    ]


def test_no_single_slip_costs_another_entry_or_gives_a_second_problem_or_a_wrong_line() -> (
    None
):
    others = [values(e) for e in parse(FIRST + LAST, "x")[0]]
    for middle in mutations():
        entries, problems = parse(FIRST + middle + LAST, "x")
        assert [
            values(e) for e in entries if e.key in {"first", "last", "paren"}
        ] == others, middle
        assert len(problems) < 2, middle
        assert all(6 <= p.line <= 13 for p in problems), middle
        assert problems or len(entries) == len(others) + 1, middle


# --- any text

marks = st.sampled_from(
    [
        "@",
        "{",
        "}",
        "(",
        ")",
        '"',
        ",",
        "=",
        "#",
        "%",
        "\\",
        " ",
        "\n",
        "\n\n",
        "a",
        "é",
        "1",
    ]
)
pieces = st.sampled_from(
    [
        "@misc{k1,",
        "\n@misc{k2,",
        "\n t = {x},",
        '\n u = "y",',
        "\n}\n",
        "@string{s = {v}}",
        "@comment{",
        "author = {",
    ]
)
texts = st.lists(marks | pieces | st.text(max_size=3), max_size=40).map("".join)


@given(texts, texts)
@settings(max_examples=2 * settings.default.max_examples)
def test_any_text_is_read_and_a_head_in_it_is_an_entry_or_named_or_part_of_one(
    before: str, after: str
) -> None:
    text = f"{before}\n@article{{thekey, {after}"
    entries, problems = parse(text, "x")
    line = len(
        f"{before}\n".replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    found = any("{thekey," in entry.source for entry in entries)
    named = any(
        problem.line == line or "thekey" in problem.key for problem in problems
    )
    assert found or named or "@comment{" in text
    assert [p.line for p in problems] == sorted(p.line for p in problems)


@given(texts)
@settings(max_examples=2 * settings.default.max_examples)
def test_the_canonical_form_of_any_entry_is_read_back_the_same(
    text: str,
) -> None:
    entries, _ = parse(text, "x")
    again, problems = parse("\n".join(map(canonical, entries)), "x")
    assert [(e.key, e.type, values(e)) for e in again] == [
        (e.key, e.type, values(e)) for e in entries
    ]
    assert not problems
    assert [canonical(e) for e in again] == [canonical(e) for e in entries]


@given(texts)
def test_a_strict_reader_takes_the_well_formed_copy_of_any_text(
    text: str,
) -> None:
    entries, _ = parse(text, "x")
    copy = parse_string(well_formed(entries, {"t", "u", "author"}), "bibtex")
    assert {k.lower() for k in copy.entries} == {e.key.lower() for e in entries}


odd = st.sampled_from(
    [
        "\\",
        *"{}$~%&#_^-`'\" \n[],;",
        " and ",
        "\\begin{x}",
        "\\'e",
        '\\"',
        "Ada",
        "von",
    ]
)
odd_tex = st.lists(odd | st.text(max_size=2), max_size=15).map("".join)
STYLE = find_plugin("pybtex.style.formatting", "unsrt")


@given(odd_tex, odd_tex, odd_tex)
def test_bibtex_styles_print_the_copy_of_odd_tex_without_complaint(
    title: str, author: str, rest: str
) -> None:
    fields = {
        "title": title,
        "author": author,
        "journal": rest,
        "year": rest,
        "doi": rest,
    }
    text = (
        "@article{k"
        + "".join(f",\n {name} = {{{value}}}" for name, value in fields.items())
        + "}"
    )
    copy = parse_string(well_formed(parse(text, "x")[0], fields), "bibtex")
    with pybtex.errors.capture() as complaints:
        for entry in STYLE().format_entries(copy.entries.values()):
            assert isinstance(entry.text.render_as("text"), str)
    assert not complaints


# --- writing


def test_fields_that_have_no_place_of_their_own_keep_their_order() -> None:
    names = ["zz", "tagnote", "aa"]
    given = ", ".join(f"{name} = {{x}}" for name in names)
    (entry,), _ = parse(
        f"@misc{{k, {given}, note = {{x}}, title = {{x}}}}", "x"
    )
    lines = canonical(entry).splitlines()[1:-1]
    assert [line.split()[0] for line in lines] == ["title", "note", *names]


def test_the_canonical_form_orders_and_aligns_fields() -> None:
    (entry,), _ = parse(
        '@Misc(k, zz = 1, keywords = {a:b}, year = 2024, TITLE = "T {U}")', "x"
    )
    assert (
        canonical(entry) == "@misc{k,\n"
        "  title          = {T {U}},\n"
        "  year           = {2024},\n"
        "  zz             = {1},\n"
        "  keywords       = {a:b}\n"
        "}\n"
    )


def test_the_well_formed_copy_has_unique_keys_and_these_fields_and_no_name_or_type_that_others_refuse() -> (
    None
):
    text = """@odd{K, title = {A}, author = {A, B, C, D and Ada X}, keywords = {t}}\n@misc{k, title = {B}}
    @article{j, title = {J}, author = {A}, date = {2024-03}, journaltitle = {JML}}\n@article{no, title = {N}}"""
    entries, _ = parse(text, "x")
    again, _ = parse(
        well_formed(entries, ["title", "author", "journal", "year"]), "x"
    )
    assert [(e.type, e.key, values(e)) for e in again] == [
        ("misc", "K", {"title": "A", "author": "{A, B, C, D} and Ada X"}),
        (
            "article",
            "j",
            {"title": "J", "author": "A", "year": "2024", "journal": "JML"},
        ),
        ("misc", "no", {"title": "N"}),
    ]


# --- files


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    entries, (problem,) = read(tmp_path / "no.bib", "refs/no.bib")
    assert not entries
    assert (problem.code, problem.location) == (
        Code.MISSING_FILE,
        "refs/no.bib",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_and_without_a_mark(
    tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "x.bib").write_text("@misc{a, title = {Müller}}", encoding)
    (entry,), problems = read(tmp_path / "x.bib", "x.bib")
    assert values(entry) == {"title": "Müller"}
    assert not problems


def test_bytes_of_another_encoding_are_a_problem_at_their_line_and_read_as_latin_1(
    tmp_path: Path,
) -> None:
    (tmp_path / "x.bib").write_bytes(
        "@misc{a,\r\n title = {Ü}}\n@misc{b, title = {".encode()
        + b"M\xfcller}}"
    )
    entries, (problem,) = read(tmp_path / "x.bib", "x.bib")
    assert [values(e) for e in entries] == [{"title": "Ü"}, {"title": "Müller"}]
    assert (problem.code, problem.location) == (Code.ENCODING, "x.bib:3")


def test_utf_16_is_a_problem_and_still_read(tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text("@misc{a, title = {Müller}}", "utf-16")
    (entry,), (problem,) = read(tmp_path / "x.bib", "x.bib")
    assert values(entry) == {"title": "Müller"}
    assert (problem.code, problem.location) == (Code.ENCODING, "x.bib:1")


def test_a_field_without_an_entry_is_named_in_a_file_that_begins_with_an_equals_sign() -> (
    None
):
    assert faults("= Works =\n title = {A},\n}\n" + FIRST) == [
        (1, "a field outside of any entry")
    ]


def test_reading_goes_on_after_what_looks_like_an_entry_behind_a_value() -> (
    None
):
    entries, problems = parse("@misc{a, t = {b}@c{ }, y = {z}\n}\n" + LAST, "x")
    assert [entry.key for entry in entries] == ["a", "last", "paren"]
    assert values(entries[0]) == {"t": "b", "y": "z"}
    assert [problem.line for problem in problems] == [1]


# --- speed


@pytest.mark.parametrize(
    "piece",
    [
        MIDDLE,
        " x = {y,\n",
        "@misc{a,\n t = {b {c},\n",
        "}",
        '@a{b,"{',
        "@comment{",
        "a" * 20,
        ' x = "y\n',
        "@",
        "\n\n",
    ],
)
def test_time_grows_in_proportion_to_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        parse("@misc{k,\n" + piece * times, "x")
        return time.process_time() - start

    assert any(
        seconds(4000) < 12 * max(seconds(1000), 0.02) for _ in range(5)
    ), "and not just once, on a busy machine"


def test_entries_that_a_value_has_taken_in_are_named() -> None:
    lost = "@misc{b,\n title = {B}\n}\n\n@misc{c,\n title = {C}\n}\n"
    entries, problems = parse(
        f"@misc{{a,\n author = {{Doe, J.\n{lost}}}\n}}\n{LAST}", "x"
    )
    assert [entry.key for entry in entries] == ["a", "last", "paren"]
    assert [(p.line, p.key) for p in problems] == [(3, "a"), (7, "a")]
    assert "'b'" in problems[0].message
    assert "'c'" in problems[1].message


def test_an_entry_whose_fields_cannot_be_read_is_named_within_a_value_too() -> (
    None
):
    lost = "@misc{b,\n title = {B}\n}\n\n@misc{c,\nlost words.\n}\n"
    _entries, problems = parse(
        f"@misc{{a,\n author = {{Doe, J.\n{lost}}}\n}}\n{LAST}", "x"
    )
    assert [(p.line, p.key) for p in problems] == [(3, "a"), (7, "a")]


def test_one_entry_within_a_value_may_be_an_example() -> None:
    example = "@misc{b,\n title = {B}\n}"
    entries, problems = parse(
        f"@misc{{a,\n note = {{Cite as\n{example}\n}}\n}}\n{LAST}", "x"
    )
    assert [entry.key for entry in entries] == ["a", "last", "paren"]
    assert not problems


def test_each_entry_whose_type_cannot_be_read_is_named() -> None:
    odd = "".join(f"@mïsc{{k{n},\n title = {{T}}\n}}\n" for n in range(3))
    entries, problems = parse(FIRST + odd + "\n" + odd + LAST, "x")
    assert [entry.key for entry in entries] == ["first", "last", "paren"]
    assert [p.line for p in problems] == [6, 9, 12, 16, 19, 22]
