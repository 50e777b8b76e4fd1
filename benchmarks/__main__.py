"""One run, one table: seconds and memory of the same pages by three tools, and of the real site.

Each build is cold and runs in a process of its own, one after the other; what it shows is counted
before its time is believed. ``nothing`` is Sphinx with the same 33 pages and no rows: what every
build pays. The second number of papers tells whether the cost grows in line. Ratios are of
processor seconds, since these do not depend on what else the machine does; every build here uses
one core. Times are of this machine; the ratios travel.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.projects import ROW, TOOLS, pages, rows

HERE = Path(__file__).parents[1]
OURS, BIBTEX, BARE = "sphinx_mmu", "sphinxcontrib-bibtex", "list-table"
PROMISES = {BIBTEX: 8, BARE: 4}
"""How many times faster than each peer the extension has to be at the first number of papers."""


@dataclass(frozen=True)
class Run:
    """What one build took, or why there was none."""

    seconds: float = 0
    elapsed: float = 0
    megabytes: float = 0
    fault: str = ""


def measure(command: Sequence[str], timeout: float) -> Run:
    """Run a command to its end, or to the time limit, and weigh it."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=HERE, stdout=subprocess.DEVNULL
    ) as process:
        limit = threading.Timer(timeout, os.kill, (process.pid, signal.SIGKILL))
        limit.start()
        _, status, usage = os.wait4(process.pid, 0)
        limit.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - start
    if process.returncode == -signal.SIGKILL:
        return Run(fault=f"stopped after {taken:.0f} s")
    if process.returncode:
        return Run(fault=f"failed, exit status {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(
        usage.ru_utime + usage.ru_stime, taken, usage.ru_maxrss * unit / 1e6
    )


def sphinx(*arguments: str | Path) -> list[str]:
    """A cold build of everything that fails on warnings, so that no tool is fast by leaving things
    out.
    """
    return [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-E",
        "-W",
        *map(str, arguments),
    ]


def shown(tool: str, output: Path) -> int:
    """How many rows the pages hold."""
    row = re.compile(ROW[tool])
    return sum(
        len(row.findall((output / f"{page.name}.html").read_text("utf-8")))
        for page in pages()
    )


def build(tool: str, number: int, folder: Path, timeout: float) -> Run:
    """Make the project, build it, and count its rows."""
    source = folder / f"{tool}-{number}"
    program = [
        sys.executable,
        "-m",
        "benchmarks.projects",
        tool,
        str(number),
        str(source),
    ]
    subprocess.run(program, cwd=HERE, check=True)
    run = measure(sphinx("-b", "html", source, source / "_build"), timeout)
    if not run.fault and tool != "nothing":
        found, wanted = shown(tool, source / "_build"), rows(number)
        run = (
            run
            if found == wanted
            else Run(fault=f"shows {found} rows of {wanted}")
        )
    shutil.rmtree(source)
    return run


def build_site(folder: Path, timeout: float) -> Run:
    """This repository's own site, from a copy that holds nothing generated."""
    source = folder / "site"
    shutil.copytree(
        HERE,
        source,
        ignore=shutil.ignore_patterns(".*", "_build", "paper", "__pycache__"),
    )
    return measure(
        sphinx("-n", "-c", source, source / "docs", source / "_build"), timeout
    )


def line(number: str, tool: str, run: Run, ours: Run | None) -> str:
    """A row of the table."""
    if run.fault:
        return f"| {number} | {tool} | {run.fault} | | | | |"
    ratios = " | "
    if ours and not ours.fault and ours is not run:
        ratios = f"{run.seconds / ours.seconds:.1f} | {run.megabytes / ours.megabytes:.1f}"
    return (
        f"| {number} | {tool} | {run.seconds:.2f} | {run.elapsed:.2f} | {run.megabytes:.0f} |"
        f" {ratios} |"
    )


def verdicts(
    numbers: Sequence[int], runs: dict[tuple[str, int], Run]
) -> list[str]:
    """What was promised, and whether this run kept it."""
    first, last = numbers[0], numbers[-1]
    ours, many = runs[OURS, first], runs[OURS, last]
    found = []
    for peer, times in PROMISES.items():
        run = runs[peer, first]
        if not (run.fault or ours.fault):
            ratio = run.seconds / ours.seconds
            found += [
                f"{ratio:.1f} times as fast as {peer} ({times} promised): {_yes(ratio >= times)}",
                f"less memory than {peer}: {_yes(ours.megabytes < run.megabytes)}",
            ]
    if last != first and not (ours.fault or many.fault):
        growth, papers = many.seconds / ours.seconds, last / first
        found.append(
            f"{papers:.0f} times the papers, {growth:.1f} times the time: {_yes(growth <= papers)}"
        )
    return found


def _yes(kept: bool) -> str:  # noqa: FBT001 -- its name is the question
    return "kept" if kept else "MISSED"


@click.command(help=__doc__)
@click.option(
    "--papers",
    default="1000,10000",
    show_default=True,
    help="Numbers of papers.",
)
@click.option(
    "--timeout",
    default=1200.0,
    show_default=True,
    help="Seconds after which a build is stopped.",
)
@click.option(
    "--quick",
    is_flag=True,
    help="Leave out the peers where there are more than 2,000 papers.",
)
@click.option(
    "--site/--no-site",
    default=True,
    show_default=True,
    help="Build the real site, too.",
)
def main(papers: str, timeout: float, quick: bool, site: bool) -> None:  # noqa: FBT001 -- options
    """Measure and print."""
    numbers = sorted(int(number) for number in papers.split(","))
    print(
        "| papers | built by | processor s | elapsed s | peak MB | s, ratio to ours | MB, ratio |"
    )
    print("|---|---|---|---|---|---|---|", flush=True)
    runs: dict[tuple[str, int], Run] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in numbers:
            for tool in TOOLS:
                if quick and number > 2000 and tool in PROMISES:  # noqa: PLR2004 -- see the option's help
                    runs[tool, number] = Run(
                        fault="not run: --quick, minutes of known cost"
                    )
                else:
                    runs[tool, number] = build(tool, number, folder, timeout)
                print(
                    line(
                        f"{number:,}",
                        tool,
                        runs[tool, number],
                        runs[OURS, number],
                    ),
                    flush=True,
                )
        if site:
            print(
                line(
                    "all",
                    "the real site, all pages",
                    build_site(folder, timeout),
                    None,
                )
            )
    print()
    for verdict in verdicts(numbers, runs):
        print(f"- {verdict}")


if __name__ == "__main__":
    main()
