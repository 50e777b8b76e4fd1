"""What tests with a browser share: how pages are built, served and opened."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import script_coverage
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    sync_playwright,
)

PROGRAMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)
"""What Chromium is called, the fastest first."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
"""What a page is opened with whose clipboard a test reads."""

Open = Callable[..., contextlib.AbstractContextManager[Page]]


def program() -> str | None:
    """The Chromium of this machine."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextlib.contextmanager
def launched(path: str) -> Iterator[Browser]:
    """A Chromium without windows."""
    arguments = ARGUMENTS
    if folder := os.environ.get("NODE_V8_COVERAGE"):
        script_coverage.record(Path(folder))
        arguments = [*ARGUMENTS, *script_coverage.ARGUMENTS]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=arguments
        )
        yield browser
        browser.close()


class Windows:
    """Windows of a browser, one for each kind of settings. Tests open their pages as tabs of these: a
    window of its own takes three times as long as the page in it.
    """

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.known: dict[str, BrowserContext] = {}

    def of(self, settings: dict[str, Any], script: str = "") -> BrowserContext:
        """A window with an empty page that keeps it open; ``script`` is run in all pages."""
        name = repr((sorted(settings.items()), script))
        if name not in self.known:
            context = self.known[name] = self.chromium.new_context(**settings)
            context.set_default_timeout(20_000)
            context.new_page()
            if script:
                context.add_init_script(script)
        return self.known[name]

    def close(self) -> None:
        """Close all of them."""
        for context in self.known.values():
            context.close()
        self.known.clear()

    @contextlib.contextmanager
    def page(
        self, settings: dict[str, Any], script: str = ""
    ) -> Iterator[Page]:
        """A tab, which leaves nothing behind for the next one."""
        context = self.of(settings, script)
        page = context.new_page()
        try:
            yield page
        finally:
            with contextlib.suppress(Error):  # a page of its own fault, or none
                page.evaluate("try { localStorage.clear(); } catch {}")
            for each in context.pages[1:]:
                each.close()
            context.clear_cookies()


SETTLED = """after => new Promise(done => {
  const frames = n => n ? requestAnimationFrame(() => setTimeout(frames, 0, n - 1)) : done();
  setTimeout(frames, after, 3);
})"""


def settle(page: Page, after: int = 0) -> None:
    """Wait until timers of so many milliseconds that the page has set have fired, and what waits for
    a paint, or for the paint after it, has been done: to show that something does not happen.
    """
    page.evaluate(SETTLED, after)


@contextlib.contextmanager
def page_alone(chromium: Browser, settings: dict[str, Any]) -> Iterator[Page]:
    """A page in a window of its own."""
    with chromium.new_context(**settings) as context:
        context.set_default_timeout(20_000)
        yield context.new_page()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder in silence, with a policy where one is asked for."""

    policy = ""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name it has there
        """Say nothing."""

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@contextlib.contextmanager
def serving(folder: Path, policy: str = "") -> Iterator[str]:
    """The address of a folder that is served while this lasts."""
    handler = type("Handler", (Quiet,), {"policy": policy})
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(handler, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def foreign(url: str, address: str) -> list[str]:
    """The address, if it is of another origin."""
    here, there = urlsplit(address), urlsplit(url)
    same = there.scheme in ("data", "blob") or (there.scheme, there.netloc) == (
        here.scheme,
        here.netloc,
    )
    return [] if same else [url]


def complaint(line: ConsoleMessage) -> list[str]:
    """What a console says, if it is an error. That there is no icon of the site is none."""
    icon = str(line.location.get("url", "")).endswith("/favicon.ico")
    return [line.text] if line.type == "error" and not icon else []
