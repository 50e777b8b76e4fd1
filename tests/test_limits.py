"""Files that are too long, too deep, faulty all over, or no files: one message, and the rest is
read in fair time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import Project, some_slow

from sphinx_mmu.bib import reader
from sphinx_mmu.bib.reader import LONGEST_EXPANSION, parse
from sphinx_mmu.bib.style import formatted
from sphinx_mmu.cli import main
from sphinx_mmu.library.audit import audit
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.tags import TAG_LEVELS
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.vocabulary.reader import read_vocabulary
from sphinx_mmu.vocabulary.vocabulary import Vocabulary

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
    "entries in one line, with an abbreviation": lambda n: (
        "@misc{k, t = y}} " * n
    ),
    "entries in a comment line": lambda n: "% " + "@misc{k, t = {x}} " * n,
    "entries behind blanks": lambda n: (
        "\n" + " " * n + "x" + "@misc{k, t={x}} " * n
    ),
    "values never closed": lambda n: "@misc{a, title = {x\n" * n,
    "values never closed, in one line": lambda n: "@misc{a, title = {x" * n,
    "quotes never closed": lambda n: '@misc{a, title = "x\n' * n,
    "values that swallow fields": lambda n: (
        "@misc{k," + " t = {x\n w = {v},\n" * n
    ),
    "values that go on over many lines": lambda n: (
        ("@misc{k, t = {\n" + "word\n" * 9) * n
    ),
    "abbreviations never closed": lambda n: "@string{a = {x}\n" * n,
    "abbreviations never closed, in one line": lambda n: "@string{a = {x} " * n,
    "abbreviations without a value": lambda n: "@string{a\n" * n,
    "preambles never closed": lambda n: '@preamble{"x\n' * n,
    "comments never closed": lambda n: "@comment{\n" * n,
    "comment lines": lambda n: (
        "@misc{k,\n t = {a},\n" + "% x = {3},\n" * n + "}"
    ),
    "comment lines between fields": lambda n: (
        "@misc{k,\n" + "% x = {3},\n a = {b},\n" * n + "}"
    ),
    "stray fields": lambda n: "a = {b}\n" * n,
    "stray fields behind a faulty entry": lambda n: (
        "@misc{k, t = {x} y}\n z = 3 \n" * n
    ),
    "stray names": lambda n: ("x" + " " * 20) * n + "=",
    "stray braces": lambda n: "@misc{k,\n t = {a}\n}" + "}\n" * n,
    "stray signs": lambda n: "@ " * n,
    "addresses": lambda n: "a@b.org (x) a@b{x, " * n,
    "fields without commas": lambda n: "@misc{k," + " f = x" * n + "}",
    "fields without braces": lambda n: "@misc{k," + " f = x y," * n + "}",
    "fields without an equals sign": lambda n: "@misc{k," + " f {x}," * n + "}",
    "fields of odd quotes": lambda n: "@misc{k," + ' t = "{x,' * n,
    "fields with braces too many": lambda n: (
        "@misc{k, t = {x}" + "}, a = {b}" * n
    ),
    "fields": lambda n: (
        "@misc{k,\n" + "".join(f" f{i} = {{x}},\n" for i in range(n)) + "}"
    ),
    "words for fields": lambda n: "@misc{k,\n" + "word " * n,
    "commas": lambda n: "@misc{k," + ", " * n,
    "blanks behind an entry": lambda n: (
        "@misc{k, t = {x}}\n" + " " * 10 * n + "@"
    ),
    "blanks behind a value": lambda n: "@misc{k, t = {x}" + " " * 10 * n + "y",
    "a key of words": lambda n: "@misc{k" + " x" * n,
    "braces": lambda n: "@misc{k, t = " + "{" * 10 * n,
    "braces in pairs": lambda n: "@misc{k, t = {" + "{{}}" * 10 * n,
    "quotes": lambda n: "@misc{k, t = " + '" ' * n,
    "parts joined": lambda n: "@misc{k, t = {x}" + " # {x}" * n + " # {",
    "parts that are not defined": lambda n: "@misc{k, t = x" + " # x" * n + "}",
    "control characters": lambda n: "\0a\n" * n,
}


def grows_in_proportion(
    work: Callable[[str], object], make: Callable[[int], str]
) -> bool:
    """Whether 16 times the text takes about 16 times as long, and not 256 times, in one of three
    tries.
    """

    def seconds(times: int) -> float:
        text = make(times)
        start = time.process_time()
        work(text)
        return time.process_time() - start

    return any(seconds(8000) < 32 * max(seconds(500), 0.002) for _ in range(3))


@pytest.mark.parametrize("kind", some_slow(FAULTY, list(FAULTY)[::5]))
def test_the_time_to_read_a_file_grows_in_proportion_to_it_whatever_its_faults(
    kind: str,
) -> None:
    assert grows_in_proportion(lambda text: parse(text, "x"), FAULTY[kind])


@pytest.mark.parametrize(
    "kind",
    some_slow(
        [
            "entries never closed",
            "entries in one line",
            "values never closed",
            "fields",
        ],
        ["entries never closed"],
    ),
)
def test_the_time_to_format_a_file_grows_in_proportion_to_it(kind: str) -> None:
    assert grows_in_proportion(formatted, FAULTY[kind])


# --- abbreviations


def limits(text: str) -> list[tuple[int, str]]:
    return [
        (p.line, p.message) for p in parse(text, "x")[1] if p.code is Code.LIMIT
    ]


def test_abbreviations_that_double_are_one_message_and_stay_short() -> None:
    doubled = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(40))
    text = (
        "@string{s0 = {0123456789}}\n"
        + doubled
        + "@misc{k, title = s40, note = s3}\n@misc{j, title = {J}}"
    )
    entries, problems = parse(text, "x.bib")
    assert [(p.code, p.location) for p in problems] == [
        (Code.LIMIT, "x.bib:11")
    ]
    assert (
        "abbreviations add more than 10,000 characters to the abbreviation 's10'"
        in problems[0].message
    )
    assert [entry.key for entry in entries] == ["k", "j"]
    assert entries[0].fields["note"].value == "0123456789" * 8
    assert entries[0].fields["title"].value == "s40"


def test_a_value_joined_of_many_abbreviations_is_one_message_at_its_field() -> (
    None
):
    text = f"@string{{a = {{{'x' * 5000}}}}}\n@misc{{k,\n title = {{T}},\n note = a{' # a' * 500}\n}}"
    assert limits(text) == [
        (4, "abbreviations add more than 10,000 characters to field 'note'")
    ]
    note = parse(text, "x")[0][0].fields["note"].value
    assert note.startswith("x" * 10_000)
    assert len(note) < 2 * LONGEST_EXPANSION


@pytest.mark.parametrize(
    "use", ["@misc{{k{}, note = a}}\n", "@string{{b{} = a # {{.}}}}\n"]
)
def test_an_abbreviation_that_is_used_without_end_is_one_message_for_the_file(
    use: str,
) -> None:
    text = f"@string{{a = {{{'x' * 9000}}}}}\n" + "".join(
        use.format(n) for n in range(2000)
    )
    ((line, message),) = limits(text)
    assert line > 50
    assert "they add too much to this file" in message
    values = [
        field.value
        for entry in parse(text, "x")[0]
        for field in entry.fields.values()
    ]
    assert sum(map(len, values)) < 2_000_000


def test_long_values_of_their_own_have_no_limit() -> None:
    text = f"@misc{{k, abstract = {{{'word ' * 50_000}}} # {{{'x' * 50_000}}}, month = jan}}"
    assert not parse(text, "x")[1]


def test_an_abbreviation_that_another_uses_before_it_is_defined_is_told() -> (
    None
):
    problems = parse('@string{a = "x" # b}\n@misc{k, title = a}', "x.bib")[1]
    assert [(p.code, p.line, p.message) for p in problems] == [
        (Code.UNDEFINED_STRING, 1, "no @string defines 'b'")
    ]


# --- entries


def entry(**fields: str) -> str:
    known = {"title": "T", "author": "A, B", "year": "2020"} | fields
    return (
        "@misc{k,\n"
        + "".join(f" {name} = {{{value}}},\n" for name, value in known.items())
        + "}\n"
    )


VALUES: dict[str, Callable[[int], str]] = {
    "unknown tags": lambda n: entry(
        keywords=",\n".join(f"t:x{i}" for i in range(n))
    ),
    "tags of no facet": lambda n: entry(
        keywords=",".join(f"g{i}:x" for i in range(n))
    ),
    "tags too deep": lambda n: entry(
        keywords=",\n".join(f"o:{'a/' * 40}{i}" for i in range(n))
    ),
    "empty tags": lambda n: entry(
        keywords=",\n".join(f"o:/x{i}" for i in range(n))
    ),
    "keys of no entry": lambda n: entry(
        uses=",\n".join(f"q{i}" for i in range(n))
    ),
    "names": lambda n: entry(author=" and ".join(f"A{i}, B" for i in range(n))),
    "people of one person": lambda n: "".join(
        entry(title=f"T{i}", author=f"Hub, H and Xab{i}, Y").replace(
            "{k,", f"{{k{i},"
        )
        for i in range(n)
    ),
    "commands": lambda n: entry(title=r"\emph{" * n + "x" + "}" * n),
    "dollars": lambda n: entry(title="$5 word " * n),
}
TAGS = '[facet.t]\n[term."t:a"]\n[facet.o]\n[relation.uses]\nlabel = "Uses"\ninverse = "Used by"\n'


@pytest.mark.parametrize(
    "kind", some_slow(VALUES, ["unknown tags", "names", "commands"])
)
def test_the_time_to_check_entries_grows_in_proportion_to_them(
    kind: str, tmp_path: Path
) -> None:
    def check(text: str) -> None:
        (tmp_path / "x.bib").write_text(text, "utf-8")
        library = Library.load(["x.bib"], vocabulary=["w.toml"], root=tmp_path)
        assert audit(library) is not None

    (tmp_path / "w.toml").write_text(TAGS, "utf-8")
    assert grows_in_proportion(check, VALUES[kind])


@pytest.mark.parametrize("words", ["", TAGS])
def test_a_tag_has_so_many_levels_and_no_more(
    words: str, tmp_path: Path
) -> None:
    whole, more = "/".join("a" * TAG_LEVELS), "/".join("b" * (TAG_LEVELS + 1))
    tags = f"o:{whole}, o:{more},\n o:{'c/' * 10_000}c"
    (tmp_path / "x.bib").write_text(entry(keywords=tags), "utf-8")
    (tmp_path / "w.toml").write_text(words, "utf-8")
    library = Library.load(
        ["x.bib"], vocabulary=["w.toml"] if words else [], root=tmp_path
    )
    assert library.papers.papers[0].tags == {"o": (whole,)}
    assert [(p.code, p.location, p.key) for p in library.problems] == [
        (Code.LIMIT, "x.bib:5", "k"),
        (Code.LIMIT, "x.bib:6", "k"),
    ]
    assert f"has {TAG_LEVELS + 1}" in library.problems[0].message


# --- vocabularies


def told(
    folder: Path, text: str
) -> tuple[Vocabulary, list[tuple[Code, int, str]]]:
    (folder / "w.toml").write_text(text, "utf-8")
    words, problems = read_vocabulary([(folder / "w.toml", "w.toml")])
    return words, [(p.code, p.line, p.message) for p in problems]


def test_terms_below_the_last_level_are_one_message_and_the_others_stay(
    tmp_path: Path,
) -> None:
    tables = [f'[term."t:{"/".join("a" * (n + 1))}"]\n' for n in range(1500)]
    words, problems = told(tmp_path, "[facet.t]\n" + "".join(tables))
    assert len(words.terms) == TAG_LEVELS
    assert [(code, line) for code, line, _ in problems] == [
        (Code.LIMIT, TAG_LEVELS + 2)
    ]


@pytest.mark.parametrize(
    "value",
    [
        "1" * 5000,
        "0x" + "f" * 5000,
        "9" * 30,
        "1e999",
        "inf",
        "-inf",
        "nan",
        "2024-01-01",
        "07:32:00",
        "1979-05-27T07:32:00Z",
        "1979-05-27T07:32:00",
        "[[1]]",
        "{ a = 1 }",
        "true",
        "[2024-01-01]",
        "[" * 5000 + "]" * 5000,
        "{a.b.c=" * 300 + "1" + "}" * 300,
        "{a=" * 5000,
    ],
)
def test_what_is_no_text_is_one_message_and_costs_no_other_table(
    value: str, tmp_path: Path
) -> None:
    text = f'[facet.t]\ndescription = {value}\n[facet.u]\n[term."u:a"]\nfact = {value}\n[term."u:b"]\n'
    words, problems = told(tmp_path, text)
    assert [code for code, _, _ in problems] == [Code.VOCABULARY] * len(
        problems
    )
    assert [1, 4] in (
        [line for _, line, _ in problems],
        [max(line - 1, 1) for _, line, _ in problems],
    )
    assert "u" in words.facets
    assert "u:b" in words.terms
    assert all(len(message) < 200 for _, _, message in problems)


@pytest.mark.parametrize(
    "value", ["3", "-1", "2.5", "0x1F", "9_000_000_000", '"1979-05-27"']
)
def test_a_number_that_others_can_read_is_a_text(
    value: str, tmp_path: Path
) -> None:
    assert told(tmp_path, f"[facet.t]\nlabel = {value}\n")[1] == []


@pytest.mark.parametrize(
    "key",
    [
        "a." * 50_000 + "a = 1",
        '"a".' * 50_000 + "a = 1",
        f"[{'a . ' * 50_000}a]",
    ],
)
def test_a_key_of_thousands_of_parts_is_one_message(
    key: str, tmp_path: Path
) -> None:
    start = time.process_time()
    words, problems = told(
        tmp_path,
        f"{key}\n[facet.t]\nlabel = 'Words. Of. One. Each. {'x. ' * 90}'\n",
    )
    assert (problems, list(words.facets)) == (
        [(Code.VOCABULARY, 1, f"TOML: a key has more than {TAG_LEVELS} parts")],
        ["t"],
    )
    assert time.process_time() - start < 60, "the square of 50,000 takes hours"


def test_a_key_of_a_megabyte_is_a_short_message(tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text(
        f"[facet.t]\n{'k' * 1_000_000} = 1\n[facet.{'f' * 100_000}]\nx = 1\n",
        "utf-8",
    )
    problems = read_vocabulary([(tmp_path / "w.toml", "w.toml")])[1]
    assert [p.line for p in problems] == [1, 3]
    assert all(len(p.text) < 1200 for p in problems)


TABLES: dict[str, Callable[[int], str]] = {
    "tables with a fault each": lambda n: "".join(
        f'[term."t:{i}"]\nlabel = x\n' for i in range(n)
    ),
    "tables behind a fault": lambda n: (
        "x = [\n" + "".join(f'[facet.f{i}]\nlabel = "x"\n' for i in range(n))
    ),
    "tables of no facet": lambda n: "".join(
        f'[term."t{i}:{i}"]\n' for i in range(n)
    ),
    "tables twice": lambda n: "x\n" + "[facet.t]\n" * n,
    "words": lambda n: "[facet.t]\nlabel = '" + "a. " * 10 * n + "'\n",
}


@pytest.mark.parametrize("kind", some_slow(TABLES, ["tables of no facet"]))
def test_the_time_to_read_a_vocabulary_grows_in_proportion_to_it(
    kind: str, tmp_path: Path
) -> None:
    assert grows_in_proportion(lambda text: told(tmp_path, text), TABLES[kind])


def test_a_control_character_of_a_vocabulary_is_left_out_and_told(
    tmp_path: Path,
) -> None:
    words, problems = told(
        tmp_path,
        '[facet.t]\nlabel = "A\\u0001B"\n[term."t:a\\u0000b"]\naliases = ["x\\u001b"]\n',
    )
    assert (
        words.facets["t"].label,
        list(words.terms),
        words.terms["t:ab"].aliases,
    ) == (
        "AB",
        ["t:ab"],
        ("x",),
    )
    assert {code for code, _, _ in problems} == {Code.CONTROL_CHARACTER}


# --- what is no file, or no text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("good.bib").write_text(
        "@misc{a, title={A}, author={B, C}, year={2024}}\n", "utf-8"
    )
    Path("conf.py").write_text(
        'mmu_bibfiles = ["odd.bib", "good.bib"]\nmmu_vocabulary = ["odd.toml"]\n',
        "utf-8",
    )
    for name in ("odd.bib", "odd.toml"):
        Path(name).touch()
    return tmp_path


def odd(name: str, kind: str) -> None:
    """Put something else than a file of text in the place of one."""
    Path(name).unlink()
    match kind:
        case "folder":
            Path(name).mkdir()
        case "pipe":
            os.mkfifo(name)
        case "device":
            Path(name).symlink_to("/dev/zero")
        case "loop":
            Path(name).symlink_to(name)
        case "huge":
            with Path(name).open("wb") as file:
                file.truncate(200_000_000)


KINDS = {
    "folder": "Is a directory",
    "pipe": "Not a regular file",
    "device": "Not a regular file",
    "loop": "Too many levels of symbolic links",
    "huge": "Longer than 1",
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_of_a_fair_size_is_told_and_the_others_are_read(
    kind: str, folder: Path
) -> None:
    for name in ("odd.bib", "odd.toml"):
        odd(name, kind)
    library = Library.load(["odd.bib", "good.bib"], vocabulary=["odd.toml"])
    assert list(library.papers.by_key) == ["a"]
    assert [(p.code, p.file) for p in library.problems] == [
        (Code.MISSING_FILE, "odd.bib"),
        (Code.MISSING_FILE, "odd.toml"),
    ]
    assert all(KINDS[kind] in p.message for p in library.problems)


@pytest.mark.parametrize(
    "command",
    some_slow(
        [
            "check",
            "check --fix",
            "stats",
            "export csv",
            "format odd.bib good.bib",
        ],
        ["check", "format odd.bib good.bib"],
    ),
)
def test_no_command_waits_for_a_pipe(command: str, folder: Path) -> None:
    for name in ("odd.bib", "odd.toml"):
        odd(name, "pipe")
    code = "from sphinx_mmu.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *command.split()],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in {1, 2}
    assert "odd." in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_build_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(
        "conf.py", 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["odd.bib"]\n'
    )
    project.write("index.rst", "Index\n=====\n")
    os.mkfifo(project.source / "odd.bib")
    (warning,) = project.build().warnings
    assert (
        "odd.bib:1: WARNING: cannot be read: Not a regular file; correct the path"
        in warning
    )


def test_a_file_that_may_not_be_read_is_told_and_the_others_are_formatted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "odd.bib":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert reader.read(Path("odd.bib"), "odd.bib")[1] == (
        Problem(
            Code.MISSING_FILE, "cannot be read: Permission denied", "odd.bib"
        ),
    )
    done = CliRunner().invoke(main, ["format", "odd.bib", "good.bib"])
    assert (done.exit_code, done.stderr) == (
        1,
        "odd.bib: cannot be read: Permission denied\ngood.bib: formatted\n",
    )


@pytest.mark.slow
def test_a_file_of_nul_is_one_message() -> None:
    assert [p.message for p in parse("\0" * 10_000_000, "x")[1]] == [
        "U+0000 is a control character"
    ]
