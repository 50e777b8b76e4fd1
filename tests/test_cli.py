"""``sphinx-mmu check``: what it prints, and how it ends."""

import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from killed import killed_at_each_line

from sphinx_mmu import __version__
from sphinx_mmu.cli import main

CLEAN = """\
@misc{ada,
  title    = {On Forgetting},
  author   = {Lovelace, Ada},
  year     = {2024},
  keywords = {stage:training-time}
}
"""
FAULTY = """\
@misc{ada,
  title    = {On Forgetting},
  author   = {Lovelace, Ada},
  year     = {2024},
  keywords = {stage:traning-time}
}

@misc{bob,
  title  = {On Keeping},
  author = {Bobson, Bob},
  year   = {2023},
  url    = {ftp://example.org/paper}
}

@misc{ada,
  title  = {On Forgetting Twice},
  author = {Lovelace, Ada},
  year   = {2025}
}
"""
WORDS = """\
[facet.stage]
label = "Stage"

[term."stage:training-time"]
label = "Training-time"

[relation.usedby]
label = "Used by"
inverse = "Datasets"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "clean.bib": CLEAN,
        "faulty.bib": FAULTY,
        "words.toml": WORDS,
    }.items():
        Path(name).write_text(text, "utf-8")
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["check", *arguments], catch_exceptions=False
    )


def found(*arguments: str) -> set[tuple[str, int, str]]:
    problems = json.loads(check("--format", "json", *arguments).stdout)
    return {
        (problem["file"], problem["line"], problem["code"])
        for problem in problems
    }


def test_a_clean_file_exits_0_and_says_so() -> None:
    done = check("clean.bib", "--vocabulary", "words.toml")
    assert (done.exit_code, done.output) == (0, "no errors, no warnings\n")


def test_each_defect_is_one_line_with_file_line_code_and_suggestion() -> None:
    done = check("faulty.bib", "--vocabulary", "words.toml")
    *lines, total = done.stdout.splitlines()
    assert done.exit_code == 1
    assert [line.split(": ")[:2] for line in lines] == [
        ["faulty.bib:5", "error"],
        ["faulty.bib:12", "warning"],
        ["faulty.bib:15", "error"],
    ]
    assert "did you mean 'training-time'?" in lines[0]
    assert "ada: " in lines[0], "the entry is named"
    assert lines[0].endswith("[mmu.unknown-tag]")
    assert "faulty.bib:1" in lines[2], "a duplicate names its first place"
    assert total == "2 errors, 1 warning"


def test_warnings_alone_exit_0() -> None:
    Path("warn.bib").write_text(
        "@misc{x, title={T}, author={A, B}, year={2024}, url={ftp://x.org}}",
        "utf-8",
    )
    done = check("warn.bib")
    assert done.exit_code == 0
    assert done.stdout.endswith("no errors, 1 warning\n")


def test_json_is_a_list_with_the_seven_members() -> None:
    done = check("faulty.bib", "--vocabulary", "words.toml", "--format", "json")
    problems = json.loads(done.stdout)
    assert done.exit_code == 1
    assert len(problems) == 3
    for problem in problems:
        assert list(problem) == [
            "file",
            "line",
            "key",
            "code",
            "severity",
            "message",
            "hint",
        ]
    first = problems[0]
    assert (first["file"], first["line"], first["key"]) == (
        "faulty.bib",
        5,
        "ada",
    )
    assert (first["code"], first["severity"]) == ("unknown-tag", "error")


def test_json_of_a_clean_file_is_an_empty_list() -> None:
    assert json.loads(check("clean.bib", "--format", "json").stdout) == []


def test_github_annotations_escape_what_the_format_reserves() -> None:
    Path("a,b.bib").write_text(FAULTY.replace("bob", "b%b"), "utf-8")
    done = check("a,b.bib", "--vocabulary", "words.toml", "--format", "github")
    lines = done.stdout.splitlines()
    assert lines[0].startswith(
        "::error file=a%2Cb.bib,line=5,title=mmu.unknown-tag::"
    )
    assert lines[1].startswith(
        "::warning file=a%2Cb.bib,line=12,title=mmu.bad-url::"
    )
    assert not [line for line in lines if "%b" in line]


def test_files_are_named_as_given(folder: Path) -> None:
    whole = str(folder / "faulty.bib")
    assert {
        name for name, _, _ in found(whole, "--vocabulary", "words.toml")
    } == {whole}
    assert {
        name
        for name, _, _ in found("./faulty.bib", "--vocabulary", "words.toml")
    } <= {"./faulty.bib"}


def test_a_shell_may_expand_several_files_behind_vocabulary() -> None:
    Path("more.toml").write_text(
        '[term."stage:traning-time"]\nlabel = "Odd"\n', "utf-8"
    )
    assert (
        found("clean.bib", "--vocabulary", "words.toml", "more.toml") == set()
    )
    codes = {
        code
        for _, _, code in found(
            "faulty.bib", "--vocabulary", "words.toml", "more.toml"
        )
    }
    assert codes == {"bad-url", "duplicate-key"}


def test_relations_may_name_entries_of_any_of_the_files() -> None:
    Path("data.bib").write_text(
        "@dataset{d,\n  title  = {D},\n  usedby = {ada, old, gone}\n}\n",
        "utf-8",
    )
    Path("old.bib").write_text(
        "@misc{old, title={Old}, author={O, P}, year={1999}}\n", "utf-8"
    )
    files = ["clean.bib", "--datasets", "data.bib", "--background", "old.bib"]
    done = check(*files, "--vocabulary", "words.toml")
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("data.bib:3: warning: ")
    assert "'gone'" in lines[0]


def test_a_fault_of_the_vocabulary_has_its_file_and_line() -> None:
    Path("bad.toml").write_text('[facet.stage]\nlabel = "Stage\n', "utf-8")
    assert ("bad.toml", 2, "vocabulary") in found(
        "clean.bib", "--vocabulary", "bad.toml"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["absent.bib"],
        ["clean.bib", "--vocabulary", "absent.toml"],
        ["words.toml"],
        ["."],
        ["clean.bib", "--format", "xml"],
        ["clean.bib", "--nonsense"],
    ],
)
def test_wrong_use_exits_2_with_one_sentence(arguments: list[str]) -> None:
    done = check(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Error: " in done.stderr


def test_a_file_that_is_no_text_is_a_problem_and_no_traceback() -> None:
    Path("noise.bib").write_bytes(bytes(range(256)) * 4)
    done = check("noise.bib")
    assert done.exit_code == 1
    assert "noise.bib" in done.stdout


def run(
    *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from sphinx_mmu.cli import main; main()",
        "check",
        *arguments,
    ]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | environment,
    )


def test_piped_output_has_no_colours_and_no_wrapped_lines() -> None:
    done = run("faulty.bib", "--vocabulary", "words.toml", COLUMNS="30")
    assert "\x1b" not in done.stdout
    assert len(done.stdout.splitlines()) == 4


def test_forced_colours_are_colours() -> None:
    assert (
        "\x1b["
        in run(
            "faulty.bib", "--vocabulary", "words.toml", FORCE_COLOR="1"
        ).stdout
    )


def test_an_output_that_lacks_letters_still_gets_the_lines() -> None:
    Path("letters.bib").write_text(
        "@misc{müller, author={M, N}, year={2024}}", "utf-8"
    )
    done = run("letters.bib", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (1, "")
    assert r"m\xfcller" in done.stdout


def test_the_version_is_the_package_s() -> None:
    assert (
        CliRunner().invoke(main, ["--version"]).output
        == f"sphinx-mmu, version {__version__}\n"
    )


def test_the_console_script_is_installed() -> None:
    (script,) = entry_points(group="console_scripts", name="sphinx-mmu")
    assert script.load() is main


# --- format

NEAT = "@misc{ada,\n  title          = {T}\n}\n"
UNTIDY = '@MISC{ada, title = "T"}'


def format_(*arguments: str, text: bytes | None = None) -> Result:
    return CliRunner().invoke(
        main, ["format", *arguments], input=text, catch_exceptions=False
    )


def test_format_rewrites_files_in_place_and_keeps_their_rights() -> None:
    Path("a.bib").write_text(UNTIDY, "utf-8")
    Path("a.bib").chmod(0o640)
    done = format_("a.bib")
    assert (done.exit_code, done.stdout, done.stderr) == (
        0,
        "",
        "a.bib: formatted\n",
    )
    assert Path("a.bib").read_text("utf-8") == NEAT
    assert Path("a.bib").stat().st_mode & 0o777 == 0o640
    assert (format_("a.bib").output, [p.name for p in Path().glob(".*")]) == (
        "",
        [],
    )


def test_format_check_changes_nothing_and_exits_1_if_there_is_something_to_do() -> (
    None
):
    Path("a.bib").write_text(UNTIDY, "utf-8")
    done = format_("--check", "a.bib")
    assert (done.exit_code, Path("a.bib").read_text("utf-8")) == (1, UNTIDY)
    assert "a.bib: not in canonical form" in done.stdout
    Path("a.bib").write_text(NEAT, "utf-8")
    assert (
        format_("--check", "a.bib").exit_code,
        format_("--check", "a.bib").output,
    ) == (0, "")


def test_format_diff_shows_and_changes_nothing() -> None:
    Path("a.bib").write_text(UNTIDY, "utf-8")
    done = format_("--diff", "a.bib")
    assert (done.exit_code, Path("a.bib").read_text("utf-8")) == (1, UNTIDY)
    assert f"-{UNTIDY}\n+@misc{{ada,\n" in done.stdout


def test_format_reads_standard_input() -> None:
    assert format_("-", text=UNTIDY.encode()).stdout == NEAT


def test_format_names_what_it_leaves() -> None:
    faulty = "@misc{bad,\n title = {A} B\n}\n"
    Path("a.bib").write_text(f"{NEAT}\n{faulty}", "utf-8")
    done = format_("a.bib")
    assert (done.exit_code, Path("a.bib").read_text("utf-8")) == (
        0,
        f"{NEAT}\n{faulty}",
    )
    assert (
        done.stderr
        == "a.bib:5: left unchanged, because it has a BibTeX syntax error\n"
    )


def test_format_leaves_a_file_that_is_no_utf_8() -> None:
    Path("a.bib").write_bytes(UNTIDY.encode() + b"% M\xfcller")
    done = format_("a.bib")
    assert (done.exit_code, done.stderr) == (
        1,
        "a.bib: not UTF-8; left unchanged\n",
    )


def test_format_follows_a_link_and_leaves_it_one() -> None:
    Path("real.bib").write_text(UNTIDY, "utf-8")
    Path("link.bib").symlink_to("real.bib")
    format_("link.bib")
    assert Path("link.bib").is_symlink()
    assert Path("real.bib").read_text("utf-8") == NEAT


def test_format_killed_at_any_line_leaves_the_old_file_or_the_new_one() -> None:
    seen = killed_at_each_line(
        Path("a.bib"),
        UNTIDY,
        ["format", "a.bib"],
        ["cli.format", "files"],
        "_format",
    )
    assert len(seen) > 20
    assert set(seen) == {UNTIDY, NEAT}
