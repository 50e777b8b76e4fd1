"""Builds that are killed, each followed by one that must leave what a build from nothing leaves,
byte for byte.

`python tests/kills.py` sends SIGKILL sixty times, at random moments of chosen phases, and prints a
table. With `--real 8` it kills builds of the real site that often instead, with `--each 10` builds
of a small one at every tenth change of a file. Not part of the tests; `test_kills.py` takes a few
of the last kind.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import docutils.parsers.rst.states
import myst_parser.sphinx_ext.main
import sphinx.builders.html
import sphinx.cmd.build
import sphinx.search.en

import sphinx_mmu.ext

LOADED = (
    docutils.parsers.rst.states,
    myst_parser.sphinx_ext.main,
    sphinx.builders.html,
    sphinx.search.en,
    sphinx_mmu.ext,
)
"""What a build needs, loaded once for all."""
REPOSITORY = Path(__file__).parents[1]
CHAPTER = """\
# Chapter {0}

{{mmu:paper}}`ada2020`, {{mmu:term}}`stage:train`

```{{mmu:paper-table}}
:filter: year:>=20{0}
```
"""
MORE = """
html_theme = "alabaster"
mmu_facet_pages = ["target", "stage"]
mmu_feeds = True
mmu_explorer = "all"
"""

# --- one build in a process of its own


class Watch:
    """Sees every change of a file in a build, knows its phase, and ends the process at one of them
    if asked to.

    The phases: start, read, pickle, gap (between the environment's pickle and the first page),
    pages, index, finish.
    """

    def __init__(self, root: Path, say: int, kill_at: int) -> None:
        self.root, self.say, self.kill_at = str(root), say, kill_at
        self.main, self.count, self.phase = os.getpid(), 0, ""

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in (
            "open",
            "os.rename",
            "os.remove",
            "os.mkdir",
            "os.rmdir",
        ):
            return
        path = (
            os.fsdecode(arguments[0])
            if isinstance(arguments[0], str | bytes | os.PathLike)
            else ""
        )
        writes = (
            event != "open"
            or any(c in "wax+" for c in arguments[1] or "")
            or (arguments[2] or 0) & os.O_CREAT
        )
        if (
            not path.startswith(self.root)
            or not writes
            or os.getpid() != self.main
        ):
            return
        self.count += 1
        phase = self._phase_of(event, path)
        os.write(
            self.say, f"{self.count} {phase} {time.monotonic()}\n".encode()
        )
        self.phase = phase
        if self.count == self.kill_at:
            # It is opened and nothing is written yet: empty.
            if event == "open":
                self.kill_at = 0
                Path(path).write_bytes(b"")
            os.kill(os.getpid(), signal.SIGKILL)

    def _phase_of(self, event: str, path: str) -> str:
        name = Path(path).name
        if event == "open" and path.endswith(".doctree"):
            return "read"
        if event == "open" and name == "environment.pickle":
            return "pickle"
        if event == "open" and name == "searchindex.js.tmp":
            return "index"
        if event == "os.rename" and name == "searchindex.js.tmp":
            return "finish"
        if event == "open" and name.endswith(".html"):
            return "pages"
        return "gap" if self.phase == "pickle" else self.phase or "start"


@dataclass
class Ended:
    """How a build ended: its code, negative for a signal, and when each change of a file was, in
    seconds.
    """

    code: int
    steps: list[tuple[int, str, float]] = field(default_factory=list)

    def span(self, phase: str) -> tuple[float, float]:
        """Beginning and end of a phase; of ``any`` those of the whole build."""
        times = [
            when for _n, name, when in self.steps if phase in ("any", name)
        ]
        later = [when for _n, _name, when in self.steps if when > times[-1]]
        return times[0], later[0] if later else times[-1]


def run(
    options: list[str],
    folder: Path,
    *,
    kill_at: int = 0,
    when: Callable[[list[str]], float] | None = None,
) -> Ended:
    """Build in a fork of this process, in which Sphinx is loaded already.

    It is killed at the change of a file with the number ``kill_at``, or at the time that ``when``
    makes of what the build has said of itself so far.
    """
    ours, its = os.pipe()
    child = os.fork()
    if child == 0:
        _build(options, folder, its, kill_at)
    os.close(its)
    code, said = _watched(child, ours, when)
    steps = [
        (int(n), name, float(t))
        for n, name, t in (line.split() for line in said.decode().splitlines())
    ]
    return Ended(code, steps)


def _build(options: list[str], folder: Path, say: int, kill_at: int) -> None:
    os.setsid()
    null = os.open(os.devnull, os.O_WRONLY)
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(null, 1)
    os.dup2(log, 2)
    sys.addaudithook(Watch(folder / "run", say, kill_at))
    code = sphinx.cmd.build.main(options)
    sys.stderr.flush()
    os._exit(code)


def _watched(
    child: int, pipe: int, when: Callable[[list[str]], float] | None
) -> tuple[int, bytes]:
    """Collect what the build says of itself, and kill its group when it is time."""
    os.set_blocking(pipe, False)
    said = b""
    while True:
        with contextlib.suppress(BlockingIOError):
            said += os.read(pipe, 65536)
        if when and time.monotonic() >= when(said.decode().splitlines()):
            os.killpg(child, signal.SIGKILL)
            when = None
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        time.sleep(0.0005)
    with contextlib.suppress(BlockingIOError):
        said += os.read(pipe, 1 << 20)
    os.close(pipe)
    return os.waitstatus_to_exitcode(status), said


# --- a project that is put back before each kill


class Field:
    """A project with a finished build, put back before each kill: ``src``, ``doctrees`` and
    ``html``.
    """

    def __init__(
        self,
        folder: Path,
        options: list[str],
        edits: dict[str, Callable[[Path], None]],
    ) -> None:
        self.folder, self.options, self.edits = folder, options, edits
        self.run, self.saved = folder / "run", folder / "saved"
        self.clean: dict[tuple[str, ...], Path] = {}
        self.plain: dict[str, Ended] = {}

    def build(
        self, target: Path | None = None, *, jobs: int = 1, **kill: Any
    ) -> Ended:
        """Build, and kill that as :func:`run` says."""
        target = target or self.run
        source = [
            str(target / "src" / o.removeprefix("@"))
            if o.startswith("@")
            else o
            for o in self.options
        ]
        folders = [
            "-d",
            str(target / "doctrees"),
            *source,
            str(target / "html"),
        ]
        return run(["-q", "-j", str(jobs), *folders], self.folder, **kill)

    def begin(self) -> None:
        """Build once, keep that, and see what builds that nobody kills do."""
        shutil.copytree(self.run / "src", self.folder / "sources")
        self.plain["fresh"] = self.build()
        assert self.plain["fresh"].code == 0, (self.folder / "log").read_text()
        self.run.rename(self.saved)
        self.put_back("incremental", "first")
        self.plain["incremental"] = self.build()
        assert self.plain["incremental"].code == 0

    def put_back(self, kind: str, edit: str) -> None:
        """The state before the kill: an edit to be built, or nothing built at all."""
        shutil.rmtree(self.run, ignore_errors=True)
        if kind == "fresh":
            shutil.copytree(self.folder / "sources", self.run / "src")
        else:
            shutil.copytree(self.saved, self.run)
        self.edits[edit](self.run / "src")

    def expected(self, *edits: str) -> Path:
        """What a build from nothing makes of the edited sources, at another place."""
        if edits not in self.clean:
            target = self.folder / f"clean{len(self.clean)}"
            shutil.copytree(self.folder / "sources", target / "src")
            for edit in edits:
                self.edits[edit](target / "src")
            assert self.build(target).code == 0, (
                self.folder / "log"
            ).read_text()
            self.clean[edits] = target / "html"
        return self.clean[edits]

    def compare(self, *edits: str) -> list[str]:
        """Build after a kill; the files that then differ from those of a build from nothing."""
        code = self.build().code
        if code:
            return [f"exit code {code}"]
        return differing(self.run / "html", self.expected(*edits))


def differing(one: Path, other: Path) -> list[str]:
    """The files that two outputs do not have alike."""
    names = {
        path.relative_to(out)
        for out in (one, other)
        for path in out.rglob("*")
        if path.is_file()
    }
    return sorted(
        str(name)
        for name in names
        if _bytes(one / name) != _bytes(other / name)
    )


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def replaced(
    file: str, old: str, new: str, *more: str
) -> Callable[[Path], None]:
    """An edit: a text that occurs, replaced; and so on with the next two texts."""

    def edit(source: Path) -> None:
        path = source / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new), "utf-8")
        if more:
            replaced(file, *more)(source)

    return edit


def nothing(_source: Path) -> None:
    """No edit."""


def small(folder: Path, chapters: int) -> Field:
    """The tests' small survey with more chapters, feeds, an explorer and pages of facets."""
    source = folder / "run" / "src"
    shutil.copytree(REPOSITORY / "tests/roots/survey", source)
    numbers = range(10, 10 + chapters)
    for number in numbers:
        (source / f"more{number}.md").write_text(
            CHAPTER.format(number), "utf-8"
        )
    names = "\n".join(f"more{number}" for number in numbers)
    replaced("index.md", "papers/index\n", f"papers/index\n{names}\n")(source)
    replaced("conf.py", 'html_theme = "basic"\n', MORE)(source)
    return Field(
        folder,
        ["-n", "@"],
        {
            "none": nothing,
            # One is read again; the page of the other is only written again, since its entry is on
            # another line.
            "first": replaced(
                "refs.bib",
                "= {Alpha}",
                "= {Alef}",
                "\n@misc{eve2024",
                "\n\n\n@misc{eve2024",
            ),
            "back": replaced(
                "refs.bib",
                "= {Alef}",
                "= {Alpha}",
                "\n\n\n@misc{eve2024",
                "\n@misc{eve2024",
            ),
            "more": replaced("words.toml", "By mask", "By masking"),
            "title": replaced(
                "notes.rst",
                "attacks.",
                "attacks, as :mmu:paper:`dan2023` says.",
            ),
        },
    )


def real(folder: Path) -> Field:
    """The real site."""
    source = folder / "run" / "src"
    for name in ("docs", "refs", "examples"):
        shutil.copytree(
            REPOSITORY / name,
            source / name,
            ignore=shutil.ignore_patterns("paper", "facet"),
        )
    shutil.copy(REPOSITORY / "conf.py", source)
    return Field(
        folder,
        ["-c", "@", "@docs"],
        {
            "none": nothing,
            "first": replaced("refs/papers.bib", "{UMU-Bench}", "{UMU-Pench}"),
            "back": replaced("refs/papers.bib", "{UMU-Pench}", "{UMU-Bench}"),
            "more": replaced(
                "docs/attacks.md", "\n## ", "\nOne more sentence.\n\n## "
            ),
            "title": replaced(
                "refs/survey.toml", 'label = "Modality"', 'label = "Modalities"'
            ),
        },
    )


# --- the kills

PLAN = (
    ("fresh", "any", 12),
    ("fresh", "index", 6),
    ("incremental", "any", 12),
    ("incremental", "read", 4),
    ("incremental", "pickle", 2),
    ("incremental", "gap", 10),
    ("incremental", "pages", 6),
    ("incremental", "index", 6),
    ("incremental", "finish", 2),
)
"""Kind of build, phase in which it is killed, how often: sixty in all."""
REAL_PLAN = (
    ("incremental", "gap"),
    ("incremental", "any"),
    ("incremental", "index"),
    ("fresh", "any"),
)


class Kill(NamedTuple):
    """One kill: of which build, in which phase and where in it, and the files that differ after the
    next build.
    """

    kind: str
    phase: str
    at: str
    differing: list[str]


def after(phase: str, delay: float) -> Callable[[list[str]], float]:
    """When to kill: so many seconds after a phase has begun."""

    def when(said: list[str]) -> float:
        times = [
            float(line.split()[2])
            for line in said
            if phase in ("any", line.split()[1])
        ]
        return times[0] + delay if times else float("inf")

    return when


def at_random(
    place: Field, chance: random.Random, plan: Iterable[tuple[str, str]]
) -> Iterator[Kill]:
    """Kill at random moments; every other kill of those that can hits a build with two processes."""
    for number, (kind, phase) in enumerate(plan):
        edit = "first" if kind == "incremental" else "none"
        then = chance.choice(
            ["none", "more", "title", *(["back"] if edit == "first" else [])]
        )
        jobs = (
            1 if phase == "read" else 1 + number % 2
        )  # the processes that read do not say what they write
        start, end = place.plain[kind].span(phase)
        while True:
            place.put_back(kind, edit)
            killed = place.build(
                jobs=jobs, when=after(phase, chance.uniform(0, end - start))
            )
            if killed.code < 0 and phase in ("any", killed.steps[-1][1]):
                break
        place.edits[then](place.run / "src")
        yield Kill(
            kind,
            phase,
            f"{killed.steps[-1][0]}, -j {jobs}, then {then}",
            place.compare(edit, then),
        )


def at_each(place: Field, kind: str, every: int) -> Iterator[Kill]:
    """Kill at changes of files, the first and last of each phase among them."""
    steps = [
        (number, phase) for number, phase, _time in place.plain[kind].steps
    ]
    edges: set[int] = set()
    for phase in {phase for _number, phase in steps}:
        numbers = [n for n, p in steps if p == phase]
        edges |= {numbers[0], numbers[-1]}
    for number, phase in steps:
        if number % every and number not in edges:
            continue
        edit = "first" if kind == "incremental" else "none"
        then = "back" if kind == "incremental" and number % 2 else "none"
        place.put_back(kind, edit)
        assert place.build(kill_at=number).code == -signal.SIGKILL
        place.edits[then](place.run / "src")
        yield Kill(
            kind, phase, f"{number}, then {then}", place.compare(edit, then)
        )


def kills(
    folder: Path, *, each: int = 0, on_real: int = 0, seed: int = 1
) -> Iterator[Kill]:
    """The kills that the command line asks for."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    place = real(folder) if on_real else small(folder, 4 if each else 16)
    place.begin()
    if each:
        yield from at_each(place, "fresh", each)
        yield from at_each(place, "incremental", each)
    elif on_real:
        yield from at_random(place, chance, list(REAL_PLAN * on_real)[:on_real])
    else:
        yield from at_random(
            place,
            chance,
            [
                (kind, phase)
                for kind, phase, times in PLAN
                for _ in range(times)
            ],
        )


def main() -> None:
    """Print a table of the kills, and every one after which something differs; with ``--json`` all
    of them.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=0)
    parser.add_argument("--real", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for kill in kills(
            Path(folder), each=given.each, on_real=given.real, seed=given.seed
        ):
            found.append(kill)
            if kill.differing:
                sys.stderr.write(
                    f"{kill.kind}, {kill.phase}, step {kill.at}: {kill.differing[:6]}\n"
                )
    if given.json:
        sys.stdout.write(json.dumps(found))
        return
    tried = Counter((kill.kind, kill.phase) for kill in found)
    equal = Counter(
        (kill.kind, kill.phase) for kill in found if not kill.differing
    )
    for kind, phase in tried:
        sys.stdout.write(
            f"{kind:24} {phase:8} {tried[kind, phase]:4} kills {equal[kind, phase]:4} equal\n"
        )
    sys.stdout.write(f"{len(found)} kills, {equal.total()} equal\n")


if __name__ == "__main__":
    main()
