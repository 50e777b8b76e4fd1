"""The command line as a whole: its reference, its help, and that a user's mistake is never a
traceback.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from support import some_slow

from sphinx_mmu.cli import main
from sphinx_mmu.cli._shared import Command
from sphinx_mmu.export.readme import _SECTIONS
from tools.command_line import reference

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/extension/command-line.md"
MARK = "% From here on written by the tests: MMU_UPDATE_EXAMPLES=1 pytest tests/test_command_line.py\n"


def commands(
    group: click.Group = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = list(commands())


@pytest.mark.drift
def test_the_reference_in_the_guide_is_what_the_commands_say() -> None:
    text = PAGE.read_text("utf-8")
    own, mark, written = text.partition(MARK)
    assert mark
    if os.environ.get("MMU_UPDATE_EXAMPLES"):
        PAGE.write_text(f"{own}{mark}\n{reference(main)}", "utf-8")
        written = PAGE.read_text("utf-8").partition(MARK)[2]
    assert written == f"\n{reference(main)}", (
        "docs/extension/command-line.md is out of date: run MMU_UPDATE_EXAMPLES=1 pytest"
        " tests/test_command_line.py"
    )


@pytest.mark.drift
def test_the_guide_names_every_section_of_a_readme_with_its_options() -> None:
    text = PAGE.read_text("utf-8")
    for name, (_, options) in _SECTIONS.items():
        (row,) = [
            line
            for line in text.splitlines()
            if line.startswith(f"| `{name}` |")
        ]
        assert all(f"`{option}`" in row for option in options), name


@pytest.mark.parametrize(
    ("path", "command"), ALL, ids=[" ".join(path) for path, _ in ALL]
)
def test_help_teaches_by_examples_and_exit_codes(
    path: tuple[str, ...], command: click.Command
) -> None:
    assert isinstance(command, Command)
    done = CliRunner().invoke(main, [*path, "--help"])
    assert done.exit_code == 0
    assert len(command.examples) >= 2
    for typed, meaning in command.examples:
        assert f"  $ {typed}\n" in done.output
        assert f"  # {meaning}\n" in done.output
    assert {0, 2} <= command.exits.keys()
    assert "Exit status:" in done.output
    options = [
        option
        for p in command.params
        if isinstance(p, click.Option)
        for option in p.opts
    ]
    assert all(option in done.output for option in options)
    assert all(p.help for p in command.params if isinstance(p, click.Option))


@pytest.mark.parametrize(
    ("path", "command"), ALL, ids=[" ".join(path) for path, _ in ALL]
)
def test_examples_name_commands_and_options_that_there_are(
    path: tuple[str, ...], command: click.Command
) -> None:
    assert isinstance(command, Command)
    options = {option for p in command.params for option in p.opts}
    for typed, _ in command.examples:
        words = typed.split()
        assert tuple(words[1 : 1 + len(path)]) == path
        assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=" ".join)
@pytest.mark.parametrize(
    "arguments",
    [["--nonsense"], ["absent.bib"], ["--filter", "(("], ["."], ["\udcff"]],
)
def test_a_mistake_is_told_in_words_and_exits_with_a_number(
    path: tuple[str, ...],
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, [*path, *arguments], input="")
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code in {1, 2}
    assert done.stderr


def run(
    *arguments: str, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from sphinx_mmu.cli import main; main(prog_name='sphinx-mmu')",
        *arguments,
    ]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )


@pytest.mark.parametrize(
    "arguments",
    some_slow(
        [
            ["stats"],
            ["check"],
            ["--help"],
            ["add", "--help"],
            ["export", "--help"],
        ],
        [["stats"], ["add", "--help"]],
    ),
)
def test_what_is_piped_has_no_colours(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands(shell: str) -> None:
    words = {
        "COMP_WORDS": "sphinx-mmu ref",
        "COMP_CWORD": {"fish": "ref"}.get(shell, "1"),
    }
    done = run(_SPHINX_MMU_COMPLETE=f"{shell}_complete", **words)
    if shell == "bash":
        assert "plain,refresh" in done.stdout
    else:
        assert "refresh" in done.stdout


def test_conf_py_is_read_and_not_run(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "x.bib").write_text("@misc{a, title={A}, year={2024}}", "utf-8")
    conf = 'raise SystemExit("run")\nmmu_bibfiles = ["../x.bib"]\nmmu_vocabulary = names()\n'
    (tmp_path / "docs/conf.py").write_text(conf, "utf-8")
    done = run("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "no errors, no warnings\n")
    (tmp_path / "docs/conf.py").write_text(
        'mmu_bibfiles: list[str] = ["../x.bib", 3]\n', "utf-8"
    )
    assert run("check", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("conf", "told"),
    [
        ("a = 1\nmmu_bibfiles = [", "Error: conf.py:2: '[' was never closed\n"),
        (
            "mmu_bibfiles = all()",
            "Error: no .bib file given, and no conf.py here lists mmu_bibfiles\n",
        ),
        (
            "mmu_bibfiles = {[1]: 2}",
            "Error: no .bib file given, and no conf.py here lists mmu_bibfiles\n",
        ),
        (
            "mmu_bibfiles = [None, 3]",
            "Error: no .bib file given, and no conf.py here lists mmu_bibfiles\n",
        ),
        (
            'x = 1\nmmu_bibfiles = "x.bib"\n',
            "Error: conf.py:2: mmu_bibfiles must be a list; write ['x.bib']\n",
        ),
    ],
)
def test_a_conf_py_that_cannot_be_read_is_told(
    conf: str, told: str, folder: Path
) -> None:
    Path("conf.py").write_text(conf, "utf-8")
    done = CliRunner().invoke(main, ["check"])
    assert (done.exit_code, done.stderr.splitlines(keepends=True)[-1]) == (
        2,
        told,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("x.bib").write_text(
        "@misc{a, title={A}, author={B, C}, year={2024}}\n", "utf-8"
    )
    return tmp_path


@pytest.mark.parametrize("text", ["", "<!DOCTYPE html>\n<p>not found</p>\n"])
def test_a_file_without_entries_is_named(text: str, folder: Path) -> None:
    Path("x.bib").write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["check", "x.bib"])
    assert (done.exit_code, done.stderr) == (0, "no entries in x.bib\n")


@pytest.mark.parametrize("seconds", ["soon", "9" * 20])
def test_a_day_that_is_no_number_of_seconds_is_told(
    seconds: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    text = "@misc{b, title={New}, author={D, E}, year={2024}}"
    done = CliRunner().invoke(main, ["add", "-", "--to", "x.bib"], input=text)
    assert done.exit_code == 2
    assert "SOURCE_DATE_EPOCH is not a number of seconds" in done.stderr


@pytest.mark.parametrize(
    "command", ["add -", "export csv", "export readme", "refresh", "stats"]
)
def test_a_file_that_conf_py_names_and_that_is_not_there_is_told(
    command: str, folder: Path
) -> None:
    Path("conf.py").write_text('mmu_bibfiles = ["gone.bib"]\n', "utf-8")
    Path("README.md").touch()
    done = CliRunner().invoke(
        main, command.split(), input="@misc{a, title={A}}"
    )
    told = "Error: gone.bib does not exist, though conf.py lists it"
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (2, told)


def test_a_file_that_cannot_be_written_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = CliRunner().invoke(
        main, ["export", "csv", "x.bib", "-o", "no/such/x.csv"]
    )
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: no/such/x.csv: No such file or directory\n",
    )
    old = Path("x.bib").read_bytes()
    monkeypatch.setattr(
        os, "access", lambda _, mode: mode != os.W_OK
    )  # root may write whatever its rights say
    done = CliRunner().invoke(main, ["format", "x.bib"])
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: x.bib: Permission denied\n",
    )
    assert Path("x.bib").read_bytes() == old
    assert {path.name for path in folder.iterdir()} == {"x.bib"}


def test_what_is_no_file_is_written_to_and_not_replaced(folder: Path) -> None:
    os.mkfifo("pipe")
    with ThreadPoolExecutor() as pool:
        got = pool.submit(Path("pipe").read_text, "utf-8")
        assert (
            CliRunner()
            .invoke(main, ["export", "bibtex", "x.bib", "-o", "pipe"])
            .exit_code
            == 0
        )
        assert got.result(timeout=10).startswith("@misc{a")
    assert Path("pipe").is_fifo()
