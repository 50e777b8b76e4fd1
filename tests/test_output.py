"""What leaves the command line and the build: whole or with an error, and nothing that a terminal
obeys.
"""

from __future__ import annotations

import errno
import json
import os
import pty
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import Project, some_slow

from sphinx_mmu.cli import main
from sphinx_mmu.cli import refresh as refresh_command
from sphinx_mmu.files import replace_file
from sphinx_mmu.lookup.updates import Finding
from sphinx_mmu.problems import Code, Problem, visible

HARM = re.compile(
    r"[^\n\t -~\xa1-\u0600\u0700-\u200b\u2010-\u2027\u2030-\u205f\u2070-\ufefe]"
)
"""Control characters, and those that turn the direction of text."""
ESCAPES = (
    "\x1b[31mred\x1b]0;title\x07 \x9b31m \u202eright \u2066isolate \u200fmark \ufeffmark \x7f"
    " \u2028line"
)
BEHIND = ESCAPES.replace(" ", "")
BIB = f"""\
@misc{{k{BEHIND},
  title = {{A {ESCAPES}}}, author = {{Ada{BEHIND}, N}}, year = {{20{ESCAPES}}},
  url = {{ftp://{BEHIND}}}, venue = {{V{BEHIND}}},
  keywords = {{topic:{BEHIND}, nofacet{BEHIND}:x, topic:y}}
}}
@misc{{k{BEHIND}, title = {{B {ESCAPES}}}, year = {{2024}}}}
@misc{{faulty{BEHIND}, title = {{C {ESCAPES}}} x
@misc{{j, title = {{D}}, author = {{A, B}}, year = {{2024}}, keywords = {{topic:y}}}}
"""
LITERAL = json.dumps(ESCAPES)[1:-1].replace("\x7f", "\\u007f")
WORDS = (
    f'[facet.topic]\nlabel = "T {LITERAL}"\n[term."topic:y"]\nlabel = "Y {LITERAL}"\n"x{LITERAL}" ='
    " true\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("x.bib").write_text(BIB, "utf-8")
    Path(f"x{BEHIND}.bib").write_text(BIB, "utf-8")
    Path("words.toml").write_text(WORDS, "utf-8")
    Path("README.md").write_text(
        f"<!-- mmu:begin no{ESCAPES} -->\n<!-- mmu:end -->\n", "utf-8"
    )
    return tmp_path


def run(*arguments: str, **streams: object) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    command = [
        sys.executable,
        "-c",
        "from sphinx_mmu.cli import main; main()",
        *arguments,
    ]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    return subprocess.run(command, encoding="utf-8", check=False, **options)  # type: ignore[call-overload,no-any-return]  # any streams


# --- what a terminal would obey


def test_control_characters_and_those_that_turn_text_are_shown_as_code_points() -> (
    None
):
    seen = "Ünïcode — 漢字, עברית, tabs\tand\nlines\u200dstay"
    assert visible(seen) == seen
    for code in (
        *range(9),
        *range(11, 32),
        *range(0x7F, 0xA0),
        0x61C,
        0x200E,
        0x200F,
        0x2028,
        0x2029,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
    ):
        assert visible(f"a{chr(code)}b") == f"a\\u{code:04x}b"


@pytest.mark.parametrize(
    "command",
    [
        "check {} words.toml",
        "check {} words.toml --format github",
        "check {} words.toml --format json",
        "check --fix {} words.toml",
        "stats {} words.toml",
        "stats {} --format json",
        "format --diff {}",
        "format --check {}",
        "format {}",
        "add - --to {} --dry-run",
        "add - --to {}",
        "add {} --to x.bib",
        "export csv {} --filter title:{}",
        "export csv {} --filter ({}",
        "export readme {}",
        "check no{}",
        "{}",
        "check --{}",
        "--help",
    ],
)
def test_no_command_writes_what_a_terminal_obeys(
    command: str, folder: Path
) -> None:
    name = f"x{BEHIND}.bib"
    done = CliRunner().invoke(
        main, [word.replace("{}", name) for word in command.split()], input=BIB
    )
    assert isinstance(done.exception, SystemExit | None)
    assert done.stdout + done.stderr
    assert not HARM.search(done.stdout + done.stderr)


def test_colours_are_the_only_sequences_of_a_coloured_check(
    folder: Path,
) -> None:
    for command in ("check", "stats"):
        done = run(
            command,
            "x.bib",
            "words.toml",
            env=os.environ | {"FORCE_COLOR": "1"},
        )
        assert "\x1b[" in done.stdout
        plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
        assert not HARM.search(plain)
        assert "\\u009b31m" in plain


def test_findings_of_a_service_are_harmless(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Answers:
        troubles = (f"service {ESCAPES}",)

        def __init__(self, *_: object) -> None: ...

        def findings(self, _paper: object) -> tuple[Finding, ...]:
            text = {name: f"{name} {ESCAPES}" for name in Finding._fields}
            return (Finding(**text),)

    module = sys.modules[refresh_command.callback.__wrapped__.__module__]
    monkeypatch.setattr(module, "Round", Answers)
    for form in ("text", "json"):
        done = CliRunner().invoke(main, ["refresh", "x.bib", "--format", form])
        assert "red" in done.stdout
        assert not HARM.search(done.stdout + done.stderr)
    assert ESCAPES in json.loads(done.stdout)[0]["what"]


@pytest.mark.parametrize(
    "command",
    some_slow(["export bibtex x.bib", "format -"], ["export bibtex x.bib"]),
)
def test_data_is_exact_in_a_file_and_harmless_on_a_terminal(
    command: str, folder: Path
) -> None:
    with Path("x.bib").open() as text:
        told = run(*command.split(), stdin=text).stdout
    assert "\x9b31m" in told
    ours, theirs = pty.openpty()
    with Path("x.bib").open() as text:
        shown = run(*command.split(), stdin=text, stdout=theirs)
    assert shown.returncode == 0
    os.close(theirs)
    written = b""
    while True:
        try:
            written += os.read(ours, 65536)
        except OSError:
            break
    os.close(ours)
    assert b"\\u009b31m" in written
    assert not HARM.search(written.decode().replace("\r\n", "\n"))


def test_an_error_of_the_program_itself_is_harmless(folder: Path) -> None:
    code = f"""
import sphinx_mmu.cli.stats as module
from sphinx_mmu.cli import main
def broken(*_):
    raise RuntimeError({ESCAPES!r})
module = __import__("sys").modules["sphinx_mmu.cli.stats"]
module.counts = broken
main(["stats", "x.bib"])
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "RuntimeError: \\u001b[31mred" in done.stderr
    assert not HARM.search(done.stderr)


def test_no_warning_of_a_build_has_what_a_terminal_obeys(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path)
    project.write(f"x{BEHIND}.bib", BIB)
    project.write("words.toml", WORDS)
    project.write(
        "conf.py",
        f'extensions = ["sphinx_mmu"]\nmmu_bibfiles = [{f"x{BEHIND}.bib"!r}]\n'
        'mmu_vocabulary = ["words.toml"]\nmmu_paper_pages = False\n',
    )
    project.write(
        "index.rst",
        f"Index\n=====\n\n.. mmu:paper-table::\n   :filter: topic:{BEHIND[:-5]}\n",
    )
    text = project.build().text
    assert "unknown-tag" in text
    assert not HARM.search(text)


def test_a_message_is_one_line_and_no_longer_than_people_read() -> None:
    problem = Problem(
        Code.BAD_DATE,
        "year: '2\n\n0' is not a date\n::error::fake",
        "a\nb.bib",
        3,
        "key",
    )
    advice = "write dates as 2024, 2024-03 or 2024-03-17"
    assert (
        problem.text
        == f"key: year: '2 0' is not a date ::error::fake; {advice}"
    )
    assert problem.location == "a\\u000ab.bib:3"
    assert (
        len(Problem(Code.BAD_DATE, "x" * 1_000_000, key="k" * 100_000).text)
        < 1100
    )


def test_github_annotations_keep_to_their_line_and_their_parts(
    folder: Path,
) -> None:
    name = "a,b:c%0A::error::d.bib"
    Path(name).write_text(
        "@misc{a::b%0Ac,\n title = {T}, year = {20%25\n\n::error file=x::24}}",
        "utf-8",
    )
    (line,) = (
        CliRunner()
        .invoke(main, ["check", name, "--format", "github"])
        .stdout.splitlines()
    )
    file = "a%2Cb%3Ac%250A%3A%3Aerror%3A%3Ad.bib"
    place = f"::warning file={file},line=2,title=mmu.bad-date::"
    fault = "a::b%250Ac: year: '20%2525 ::error file=x::24' is not a date"
    assert line == f"{place}{fault}; write dates as 2024, 2024-03 or 2024-03-17"


# --- a full disk


COMMANDS = [
    "check",
    "check --format json",
    "check --format github",
    "stats",
    "stats --format json",
    "format --diff",
    "format --check",
    "export bibtex",
    "export csv",
    "add - --to",
]


@pytest.mark.parametrize(
    "command",
    some_slow(
        [*COMMANDS, "--help", "check --help", "--version"],
        ["export bibtex", "check --help"],
    ),
)
def test_output_to_a_full_disk_is_an_error(command: str, folder: Path) -> None:
    words = command.split()
    with Path("/dev/full").open("w") as full:
        files = [] if words[-1] in {"--help", "--version"} else ["x.bib"]
        done = run(
            *words,
            *files,
            stdout=full,
            input="@misc{b, title={U}, year={2021}}",
        )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        1,
        "Error: standard output: No space left on device",
    )


@pytest.mark.parametrize(
    "command",
    some_slow(
        ["export bibtex x.bib", "format -", "check x.bib", "stats x.bib"],
        ["export bibtex x.bib", "check x.bib"],
    ),
)
@pytest.mark.parametrize("unbuffered", some_slow(["", "1"], [""]))
def test_output_that_a_disk_takes_in_part_is_an_error(
    command: str, unbuffered: str, folder: Path
) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    # `make coverage` could write no file there, and would complain
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")
    }
    environment |= {
        "PYTHONUNBUFFERED": unbuffered,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with Path("x.bib").open() as text, Path("out").open("w") as out:
        done = run(
            *command.split(),
            stdin=text,
            stdout=out,
            env=environment,
            preexec_fn=limited,
        )
    assert Path("out").stat().st_size == 100
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        1,
        "Error: standard output: File too large",
    )


def test_messages_that_cannot_be_written_are_an_error_by_the_exit_code(
    folder: Path,
) -> None:
    with Path("/dev/full").open("w") as full:
        assert (
            run("export", "csv", "x.bib", stdout=full, stderr=full).returncode
            == 1
        )
        assert run("format", "x.bib", stderr=full).returncode == 1


@pytest.mark.parametrize(
    "command",
    [
        "format x.bib",
        "check --fix x.bib",
        "export csv x.bib -o out.csv",
        "export readme x.bib",
        "add - --to x.bib",
    ],
)
def test_a_file_on_a_full_disk_is_an_error_that_names_it_and_the_old_one_stays(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("x.bib").write_text(
        "@misc{a, keywords={ }, year={2020/1}, title={T}, author={ and A, B}}",
        "utf-8",
    )
    Path("out.csv").write_text("old", "utf-8")
    Path("README.md").write_text(
        "<!-- mmu:begin list -->\n<!-- mmu:end -->\n", "utf-8"
    )
    old = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(os, "fsync", no_space)
    done = CliRunner().invoke(
        main, command.split(), input="@misc{b, title={U}, year={2021}}"
    )
    name = (
        command.rsplit(maxsplit=1)[-1]
        if "readme" not in command
        else "README.md"
    )
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (
        1,
        f"Error: {name}: No space left on device",
    )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == old


def no_space(*_: object) -> None:
    raise OSError(28, os.strerror(28))


def test_an_error_of_a_file_names_the_file_and_not_a_temporary_one(
    tmp_path: Path,
) -> None:
    for path in (Path("/dev/full"), tmp_path / "no" / "x", tmp_path):
        with pytest.raises(OSError, match=re.escape(str(path))) as caught:
            replace_file(path, b"x")
        assert caught.value.filename == str(path)
    longest = tmp_path / ("x" * 255)
    replace_file(longest, b"x")
    assert longest.read_bytes() == b"x"


def test_links_that_go_in_a_circle_are_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    circle, good = Path("circle.bib"), Path("a.bib")
    circle.symlink_to(circle)
    good.write_text("@misc{a, title = {A}, year = {2020}}\n", "utf-8")
    Path("conf.py").write_text(
        'mmu_bibfiles = ["a.bib", "circle.bib"]\n', "utf-8"
    )
    with pytest.raises(OSError, match="circle") as raised:
        replace_file(circle, b"x")
    assert raised.value.errno == errno.ELOOP
    for command in (
        ["export", "csv", "a.bib", "-o", "circle.bib"],
        ["add", "--to", "a.bib", "-"],
    ):
        done = CliRunner().invoke(
            main, command, input="@misc{b, title = {B}, year = {2021}}\n"
        )
        assert done.exit_code in {1, 2}
        assert isinstance(done.exception, SystemExit)
    assert circle.is_symlink()
