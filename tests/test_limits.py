"""Files that are too long, too deep, faulty all over, or no files: one message, and the rest is read in fair time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from sphinx_mmu.bib import LONGEST_EXPANSION, parse
from sphinx_mmu.layout import laid_out
from sphinx_mmu.problems import Code

FAULTY: dict[str, Callable[[int], str]] = {
    "entries never closed": lambda n: "@misc{a,\n title = {x},\n" * n,
    "entries never closed, in one line": lambda n: "@misc{k, t = {x}" * n,
    "entries without a key": lambda n: "@misc{\n" * n,
    "entries without a key, in parentheses": lambda n: "@misc(\n" * n,
    "entries with a key alone": lambda n: "@misc{k,\n" * n,
    "entries with an assignment for a key": lambda n: "@misc{a = {b},\n" * n,
    "entries with a brace too many": lambda n: "@misc{k, t = {x}}}\n" * n,
    "entries in one line": lambda n: "@misc{k, t = {x}} " * n,
    "entries in one line, with a fault": lambda n: "@misc{k, t = {x} y}" * n,
    "entries in one line, with an abbreviation": lambda n: "@misc{k, t = y}} " * n,
    "entries in a comment line": lambda n: "% " + "@misc{k, t = {x}} " * n,
    "entries behind blanks": lambda n: "\n" + " " * n + "x" + "@misc{k, t={x}} " * n,
    "values never closed": lambda n: "@misc{a, title = {x\n" * n,
    "values never closed, in one line": lambda n: "@misc{a, title = {x" * n,
    "quotes never closed": lambda n: '@misc{a, title = "x\n' * n,
    "values that swallow fields": lambda n: "@misc{k," + " t = {x\n w = {v},\n" * n,
    "values that go on over many lines": lambda n: ("@misc{k, t = {\n" + "word\n" * 9) * n,
    "abbreviations never closed": lambda n: "@string{a = {x}\n" * n,
    "abbreviations never closed, in one line": lambda n: "@string{a = {x} " * n,
    "abbreviations without a value": lambda n: "@string{a\n" * n,
    "preambles never closed": lambda n: '@preamble{"x\n' * n,
    "comments never closed": lambda n: "@comment{\n" * n,
    "comment lines": lambda n: "@misc{k,\n t = {a},\n" + "% x = {3},\n" * n + "}",
    "comment lines between fields": lambda n: "@misc{k,\n" + "% x = {3},\n a = {b},\n" * n + "}",
    "stray fields": lambda n: "a = {b}\n" * n,
    "stray fields behind a faulty entry": lambda n: "@misc{k, t = {x} y}\n z = 3 \n" * n,
    "stray names": lambda n: ("x" + " " * 20) * n + "=",
    "stray braces": lambda n: "@misc{k,\n t = {a}\n}" + "}\n" * n,
    "stray signs": lambda n: "@ " * n,
    "addresses": lambda n: "a@b.org (x) a@b{x, " * n,
    "fields without commas": lambda n: "@misc{k," + " f = x" * n + "}",
    "fields without braces": lambda n: "@misc{k," + " f = x y," * n + "}",
    "fields without an equals sign": lambda n: "@misc{k," + " f {x}," * n + "}",
    "fields of odd quotes": lambda n: "@misc{k," + ' t = "{x,' * n,
    "fields with braces too many": lambda n: "@misc{k, t = {x}" + "}, a = {b}" * n,
    "fields": lambda n: "@misc{k,\n" + "".join(f" f{i} = {{x}},\n" for i in range(n)) + "}",
    "words for fields": lambda n: "@misc{k,\n" + "word " * n,
    "commas": lambda n: "@misc{k," + ", " * n,
    "blanks behind an entry": lambda n: "@misc{k, t = {x}}\n" + " " * 10 * n + "@",
    "blanks behind a value": lambda n: "@misc{k, t = {x}" + " " * 10 * n + "y",
    "a key of words": lambda n: "@misc{k" + " x" * n,
    "braces": lambda n: "@misc{k, t = " + "{" * 10 * n,
    "braces in pairs": lambda n: "@misc{k, t = {" + "{{}}" * 10 * n,
    "quotes": lambda n: "@misc{k, t = " + '" ' * n,
    "parts joined": lambda n: "@misc{k, t = {x}" + " # {x}" * n + " # {",
    "parts that are not defined": lambda n: "@misc{k, t = x" + " # x" * n + "}",
    "control characters": lambda n: "\0a\n" * n,
}  # fmt: skip


def grows_in_proportion(work: Callable[[str], object], make: Callable[[int], str]) -> bool:
    """Whether 16 times the text takes about 16 times as long, and not 256 times, in one of three tries."""

    def seconds(times: int) -> float:
        text = make(times)
        start = time.process_time()
        work(text)
        return time.process_time() - start

    return any(seconds(4000) < 64 * max(seconds(250), 0.002) for _ in range(3))


@pytest.mark.parametrize("kind", FAULTY)
def test_the_time_to_read_a_file_grows_in_proportion_to_it_whatever_its_faults(kind: str) -> None:
    assert grows_in_proportion(lambda text: parse(text, "x"), FAULTY[kind])


@pytest.mark.parametrize("kind", ["entries never closed", "entries in one line", "values never closed", "fields"])
def test_the_time_to_format_a_file_grows_in_proportion_to_it(kind: str) -> None:
    assert grows_in_proportion(laid_out, FAULTY[kind])


# --- abbreviations


def limits(text: str) -> list[tuple[int, str]]:
    return [(p.line, p.message) for p in parse(text, "x")[1] if p.code is Code.LIMIT]


def test_abbreviations_that_double_are_one_message_and_stay_short() -> None:
    doubled = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(40))
    text = "@string{s0 = {0123456789}}\n" + doubled + "@misc{k, title = s40, note = s3}\n@misc{j, title = {J}}"
    entries, problems = parse(text, "x.bib")
    assert [(p.code, p.location) for p in problems] == [(Code.LIMIT, "x.bib:11")]
    assert "abbreviations add more than 10,000 characters to the abbreviation 's10'" in problems[0].message
    assert [entry.key for entry in entries] == ["k", "j"]
    assert entries[0].fields["note"].value == "0123456789" * 8
    assert entries[0].fields["title"].value == "s40"


def test_a_value_joined_of_many_abbreviations_is_one_message_at_its_field() -> None:
    text = f"@string{{a = {{{'x' * 5000}}}}}\n@misc{{k,\n title = {{T}},\n note = a{' # a' * 500}\n}}"
    assert limits(text) == [(4, "abbreviations add more than 10,000 characters to field 'note'; write it out")]
    note = parse(text, "x")[0][0].fields["note"].value
    assert note.startswith("x" * 10_000)
    assert len(note) < 2 * LONGEST_EXPANSION


@pytest.mark.parametrize("use", ["@misc{{k{}, note = a}}\n", "@string{{b{} = a # {{.}}}}\n"])
def test_an_abbreviation_that_is_used_without_end_is_one_message_for_the_file(use: str) -> None:
    text = f"@string{{a = {{{'x' * 9000}}}}}\n" + "".join(use.format(n) for n in range(2000))
    ((line, message),) = limits(text)
    assert line > 50
    assert "they add too much to this file" in message
    values = [field.value for entry in parse(text, "x")[0] for field in entry.fields.values()]
    assert sum(map(len, values)) < 2_000_000


def test_long_values_of_their_own_have_no_limit() -> None:
    text = f"@misc{{k, abstract = {{{'word ' * 50_000}}} # {{{'x' * 50_000}}}, month = jan}}"
    assert not parse(text, "x")[1]


def test_an_abbreviation_that_another_uses_before_it_is_defined_is_told() -> None:
    problems = parse('@string{a = "x" # b}\n@misc{k, title = a}', "x.bib")[1]
    assert [(p.code, p.line, p.message) for p in problems] == [(Code.UNDEFINED_STRING, 1, "no @string defines 'b'")]
