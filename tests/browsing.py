"""What tests with a browser share: how pages are built, served and opened."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., contextlib.AbstractContextManager[Page]]


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
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
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
