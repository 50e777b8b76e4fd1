"""What of the scripts runs while tests use pages.

Node writes its coverage to the folder that NODE_V8_COVERAGE names. With that variable set, pages
do so too, in the same form; ``tools/coverage.mjs`` reads both.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, CDPSession, Error, Page

ARGUMENTS = ["--js-flags=--no-compilation-cache"]
"""Chromium keeps scripts that it has compiled, but not which blocks they have."""

STOP = "addEventListener('beforeunload', () => { debugger; });"
"""V8 forgets what ran as soon as a page is left: it waits there until that is taken."""

SCRIPTS = set(
    json.loads(
        (Path(__file__).parents[1] / "sphinx_mmu/ext/scripts.json").read_text(
            "utf-8"
        )
    )
)


def name_of(script: dict[str, Any]) -> str:
    """The file's name, without its folder and checksum."""
    return str(script["url"]).rpartition("/")[2].partition("?")[0]


def record(folder: Path) -> None:
    """From now on the pages of this process leave there what they ran; those that pages open do not."""
    sessions: dict[Page, CDPSession] = {}
    new_page, close_page, close = (
        BrowserContext.new_page,
        Page.close,
        BrowserContext.close,
    )
    folder.mkdir(parents=True, exist_ok=True)

    def take(session: CDPSession) -> None:
        found = session.send("Profiler.takePreciseCoverage")["result"]
        if ours := [script for script in found if name_of(script) in SCRIPTS]:
            path = folder / f"page-{uuid4()}.json"
            path.write_text(json.dumps({"result": ours}), "utf-8")

    def last(page: Page) -> None:
        with contextlib.suppress(Error):  # it is gone already
            if page in sessions:
                take(sessions.pop(page))

    def recorded(context: BrowserContext) -> Page:
        page = new_page(context)
        session = context.new_cdp_session(page)

        def stopped(_event: object) -> None:
            with contextlib.suppress(Error):
                take(session)
                session.send("Debugger.resume")

        with contextlib.suppress(Error):  # it is a page without scripts
            session.on("Debugger.paused", stopped)
            session.send("Debugger.enable")
            session.send("Profiler.enable")
            session.send(
                "Profiler.startPreciseCoverage",
                {"callCount": True, "detailed": True},
            )
            page.add_init_script(STOP)
            sessions[page] = session
        return page

    def page_closed(page: Page, **named: Any) -> None:
        last(page)
        close_page(page, **named)

    def closed(context: BrowserContext, **named: Any) -> None:
        for page in context.pages:
            last(page)
        close(context, **named)

    BrowserContext.new_page = recorded  # type: ignore[method-assign]  # also records
    BrowserContext.close = closed  # type: ignore[method-assign]  # also records
    Page.close = page_closed  # type: ignore[method-assign]  # also records
