"""A web server on this machine that answers what a test tells it to, and remembers what it was
asked.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """One answer; the last one of a path is given again and again."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    """Seconds between two bytes."""
    raw: bool = False
    """Whether the body is all that is sent, its own status and headers included."""


class Server:
    """Answers by the beginning of a path."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = defaultdict(list)
        self.asked: list[str] = []
        self.times: list[float] = []
        self.agents: set[str] = set()
        self.passwords: list[str | None] = []
        self.address = ""
        self.stopped = threading.Event()

    def says(self, path: str, *replies: Reply | str) -> None:
        self.replies[path] = [
            r if isinstance(r, Reply) else Reply(r) for r in replies
        ]

    def reply(self, path: str) -> Reply:
        self.asked.append(path)
        self.times.append(time.monotonic())
        known = [name for name in self.replies if path.startswith(name)]
        if not known:
            return Reply(
                "Resource not found.", 404, {"Content-Type": "text/plain"}
            )
        waiting = self.replies[max(known, key=len)]
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextmanager
def serving() -> Iterator[Server]:
    """A running server."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.agents.add(self.headers["User-Agent"])
            server.passwords.append(self.headers["Authorization"])
            reply = server.reply(self.path)
            if server.stopped.wait(reply.delay):
                self.close_connection = True
                return
            body = (
                reply.body.encode()
                if isinstance(reply.body, str)
                else reply.body
            )
            self.close_connection = reply.raw
            try:
                if not reply.raw:
                    self.head(reply, len(body))
                for start in range(
                    0, len(body), 1 if reply.drip else max(len(body), 1)
                ):
                    self.wfile.write(
                        body[start : start + 1] if reply.drip else body
                    )
                    if server.stopped.wait(reply.drip):
                        return
            except OSError:
                pass  # whoever asked has gone

        def head(self, reply: Reply, length: int) -> None:
            self.send_response(reply.status)
            for name, value in (
                {"Content-Type": "text/plain"} | reply.headers
            ).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(length))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.address = f"http://127.0.0.1:{web.server_port}"
    thread = threading.Thread(
        target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        web.shutdown()
        web.server_close()
        thread.join()
