"""The explorer beside DataTables over the same rows, in Chromium: what readers wait for, in one
table.

kB: what the page loads, gzipped, without what Sphinx and the theme give every page. Usable: from
the start of navigation until a first letter, put into the search field in the first frame that has
one, has its result painted. It is the first page that a process of the browser shows, in a tab that
has stood empty for half a second: what the browser does to open a tab is not charged to the page.
Key: from a key going down until its result has been painted, over a fixed text typed and deleted,
each key 120 ms after the answer to the last; the time of a key is the median of the runs, and the
50th and 95th of 100 such times are told. MB: the heap of JavaScript after that, garbage collected.
x4: with the processor throttled four times.

Nothing is cached from run to run. DataTables looks through all cells; the explorer through titles,
authors and venues. Its 30 facet values are made, and counted after each key, once the rows are
painted: no time above has that in it but where the next key waits for it. Each tool is used as it
comes: of 1,000 papers and more the explorer has 100 rows in its page, and the others on static
pages. Times are of this machine and of what else it does.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.peers import EXPLORER, TOOLS, fetch, make

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROBE = Path(__file__).with_name("probe.js").read_text("utf-8")
SPHINX = {
    "pygments.css",
    "basic.css",
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
}
"""What every page of Sphinx loads."""
DELETE = ["Backspace"] * 10
KEYS = (
    *"unlearning",
    *DELETE,
    *"safety kim",
    *DELETE,
    *"muller",
    "Clear",
    *"robust cvpr",
    "Clear",
)
"""Four searches, deleted letter by letter or at once."""
PAUSE, REST, SLOW = 120, 0.5, 4
"""Milliseconds between keys, seconds before and after a tab is opened, and how many times slower a
phone is.
"""
PROMISED = {"key": 50, "usable": 500}
"""Milliseconds at the largest number of papers: a key in 95 of 100 cases, and until the page is
usable.
"""
EVEN = 1.0
"""Milliseconds of a key that are no difference: the screen is painted every 16.7."""


@dataclass(frozen=True)
class Run:
    """What one visit took: ms until usable, ms of each key, MB."""

    usable: float
    keys: tuple[float, ...]
    megabytes: float


@dataclass(frozen=True)
class Result:
    """What all visits of one page took."""

    kilobytes: float
    usable: float
    p50: float
    p95: float
    megabytes: float

    @classmethod
    def of(cls, kilobytes: float, runs: Sequence[Run]) -> Result:
        """The medians."""
        keys = sorted(
            statistics.median(times)
            for times in zip(*(r.keys for r in runs), strict=True)
        )
        return cls(
            kilobytes,
            statistics.median(r.usable for r in runs),
            statistics.median(keys),
            statistics.quantiles(keys, n=20, method="inclusive")[-1],
            statistics.median(r.megabytes for r in runs),
        )


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder in silence."""

    protocol_version = (
        "HTTP/1.1"  # connections are kept open, as servers of sites do,
    )
    disable_nagle_algorithm = True  # and what is small is sent at once

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name it has there
        """Say nothing."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder that is served while this lasts."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextlib.contextmanager
def visiting(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """A tab that knows nothing of earlier ones, once the browser is done with opening it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(120_000)
    page = context.new_page()
    session = context.new_cdp_session(page)
    time.sleep(REST)
    yield page, session
    context.close()


class Measured:
    """One page of one tool: its weight, and what is shown after each key, both looked up once and
    untimed.
    """

    def __init__(self, browser: Browser, tool: str, page: Path) -> None:
        self.browser, self.folder, self.name = browser, page.parent, page.name
        self.tool: dict[str, Any] = {**asdict(TOOLS[tool]), "seen": 0}
        loaded: set[str] = set()
        with serving(self.folder) as root, visiting(browser) as (visit, _):
            visit.on(
                "request",
                lambda request: loaded.add(
                    urlsplit(request.url).path.lstrip("/")
                ),
            )
            visit.add_init_script(PROBE)
            visit.goto(root + self.name, wait_until="load")
            visit.wait_for_selector(self.tool["field"])
            self._settled(visit)
            self.tool["seen"] = visit.evaluate(
                "tool => probe.inSight(tool)", self.tool
            )
            self.shown = [self._settled(visit)]
            visit.evaluate("probe.focus()")
            for key in KEYS:
                press(visit, key)
                self.shown.append(self._settled(visit))
        own = [path for path in loaded if path.rsplit("/", 1)[-1] not in SPHINX]
        self.kilobytes = (
            sum(
                len(gzip.compress((self.folder / p).read_bytes(), 6))
                for p in own
            )
            / 1000
        )

    def _settled(self, visit: Page) -> str:
        text: str = visit.evaluate(
            "tool => probe.settled(tool, 400)", self.tool
        )
        return text

    def run(self, throttle: float) -> Run:
        """Visit the page."""
        first = ", ".join(map(json.dumps, (self.tool, KEYS[0], self.shown[1])))
        with (
            serving(self.folder) as root,
            visiting(self.browser) as (visit, session),
        ):
            visit.add_init_script(
                f"{PROBE}probe.first = probe.usable({first});"
            )
            session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
            visit.goto(root + self.name, wait_until="commit")
            usable: float = visit.evaluate("probe.first")
            visit.evaluate("probe.focus()")
            press(visit, "Clear")
            self._settled(visit)
            keys = tuple(
                self._time(visit, key, wanted)
                for key, wanted in zip(KEYS, self.shown[1:], strict=True)
            )
            session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            return Run(usable, keys, heap(session))

    def _time(self, visit: Page, key: str, wanted: str) -> float:
        visit.wait_for_timeout(PAUSE)
        visit.evaluate("wanted => probe.watch(wanted)", wanted)
        press(visit, key)
        taken: float = visit.evaluate("probe.answer")
        return taken


def press(visit: Page, key: str) -> None:
    """Press a key; "Clear" deletes all at once."""
    if key == "Clear":
        visit.evaluate("document.activeElement.select()")
    visit.keyboard.press("Delete" if key == "Clear" else key)


def heap(session: CDPSession) -> float:
    """Megabytes of JavaScript, without garbage."""
    session.send("Performance.enable")
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return (
        float(
            next(m["value"] for m in metrics if m["name"] == "JSHeapUsedSize")
        )
        / 1e6
    )


# --- Telling

HEAD = (
    "| papers | tool | kB gz | usable ms | usable x4 | key p50 | key p95 | p50 x4 | p95 x4 | MB |\n"
    "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|"
)
Results = dict[tuple[int, str, int], Result]


def line(number: int, tool: str, results: Results) -> str:
    """A row of the table."""
    full, slow = results[number, tool, 1], results[number, tool, SLOW]
    times = (full.usable, slow.usable, full.p50, full.p95, slow.p50, slow.p95)
    figures = " | ".join(f"{t:,.0f}" for t in times)
    return f"| {number:,} | {tool} | {full.kilobytes:,.1f} | {figures} | {full.megabytes:.1f} |"


def verdicts(
    numbers: Sequence[int], tools: Sequence[str], results: Results
) -> Iterator[str]:
    """What was promised, and whether these results keep it."""
    for number in numbers:
        for peer in tools:
            if peer != EXPLORER:
                behind = list(_behind(results, number, peer))
                found = (
                    f"MISSED, behind in {', '.join(behind)}"
                    if behind
                    else "kept"
                )
                yield (
                    f"{number:,} papers, ahead of {peer} (keys: ahead, or even within {EVEN:.0f}"
                    f" ms): {found}"
                )
    last = numbers[-1]
    for rate in (1, SLOW):
        ours, how = (
            results[last, EXPLORER, rate],
            f"{last:,} papers{', throttled' if rate > 1 else ''}",
        )
        yield f"{how}: a key painted in {ours.p95:.0f} ms (p95): {_kept(ours.p95, PROMISED['key'])}"
        yield f"{how}: usable in {ours.usable:.0f} ms: {_kept(ours.usable, PROMISED['usable'])}"


def _behind(results: Results, number: int, peer: str) -> Iterator[str]:
    for rate in (1, SLOW):
        ours, theirs = (
            asdict(results[number, EXPLORER, rate]),
            asdict(results[number, peer, rate]),
        )
        for name, value in ours.items():
            least = theirs[name] + (EVEN if name in ("p50", "p95") else 0)
            if value >= least and (
                rate == 1 or name not in ("kilobytes", "megabytes")
            ):
                yield f"{name}{' x4' if rate > 1 else ''} ({value:.1f} to {theirs[name]:.1f})"


def _kept(value: float, promised: float) -> str:
    return (
        f"kept, under {promised}"
        if value < promised
        else f"MISSED, {promised} promised"
    )


def measure(
    browser: Browser,
    number: int,
    pages: Mapping[str, Path],
    repeat: int,
    results: Results,
) -> None:
    """Visit all pages of so many papers in turn, so that what else the machine does falls on all of
    them.

    Each turn begins with another tool, and each visit when the last page has been closed for a
    while: what a browser still does for the one is not charged to the next.
    """
    measured = [
        (tool, Measured(browser, tool, page)) for tool, page in pages.items()
    ]
    runs: dict[tuple[str, int], list[Run]] = {}
    for turn in range(repeat):
        first = turn % len(measured)
        for tool, page in measured[first:] + measured[:first]:
            for rate in (1, SLOW):
                time.sleep(REST)
                runs.setdefault((tool, rate), []).append(page.run(rate))
    for (tool, rate), found in runs.items():
        results[number, tool, rate] = Result.of(
            dict(measured)[tool].kilobytes, found
        )


@click.command(help=__doc__)
@click.option(
    "--papers",
    default="120,1000,10000",
    show_default=True,
    help="Numbers of papers.",
)
@click.option(
    "--repeat",
    default=5,
    show_default=True,
    help="Visits of each page, for medians.",
)
@click.option(
    "--peers/--no-peers",
    default=True,
    show_default=True,
    help="Measure DataTables, too.",
)
def main(papers: str, repeat: int, peers: bool) -> None:  # noqa: FBT001 -- an option
    """Measure and print."""
    numbers, results = (
        sorted(int(number) for number in papers.split(",")),
        Results(),
    )
    program = next(
        filter(
            None,
            map(
                shutil.which, ("chromium", "chromium-browser", "google-chrome")
            ),
        ),
        None,
    )
    if not program:
        raise click.ClickException("there is no Chromium on PATH")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        datatables = fetch(folder) if peers else None
        browser = playwright.chromium.launch(
            executable_path=program, args=ARGUMENTS
        )
        before = os.getloadavg()[0]
        print(HEAD, flush=True)
        for number in numbers:
            pages = make(number, folder, datatables)
            measure(browser, number, pages, repeat, results)
            for tool in pages:
                print(line(number, tool, results), flush=True)
        print(f"\nChromium {browser.version}", end="")
        browser.close()
    print(
        f", {os.cpu_count()} cores, load {before:.1f} before and {os.getloadavg()[0]:.1f} after,"
        f" {repeat} visits.\n"
    )
    tools = list(dict.fromkeys(tool for _, tool, _ in results))
    for verdict in verdicts(numbers, tools, results):
        print(f"- {verdict}")


if __name__ == "__main__":
    main()
