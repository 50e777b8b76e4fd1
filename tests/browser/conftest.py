"""The real site and a browser, for tests that use pages as readers do."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Open, Windows, complaint, foreign, page_alone, serving
from playwright.sync_api import Browser, Page, Route
from realsite import real_site


@pytest.fixture(scope="session")
def html_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once for all tests of a run."""
    return real_site("html", tmp_path_factory).out


@pytest.fixture(scope="session")
def served_site(html_site: Path) -> Iterator[str]:
    """The address of the real site below a path."""
    with serving(html_site.parent) as root:
        yield f"{root}{html_site.name}/"


@pytest.fixture
def visit(chromium: Browser, windows: Windows) -> Open:
    """Open a page that may ask no other origin for anything, and must report no fault; ``alone``
    where a test changes more than the page.
    """

    @contextlib.contextmanager
    def run(
        address: str,
        script: str = "",
        *,
        answer: Callable[[Route], None] | None = None,
        alone: bool = False,
        **settings: Any,
    ) -> Iterator[Page]:
        faults: list[str] = []
        wanted = {"viewport": {"width": 1280, "height": 900}, **settings}
        with (
            page_alone(chromium, wanted)
            if alone
            else windows.page(wanted) as page
        ):
            if script:
                page.add_init_script(script)
            if answer:
                page.route(address, answer)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda line: faults.extend(complaint(line)))
            page.on(
                "request",
                lambda request: faults.extend(foreign(request.url, address)),
            )
            page.goto(address)
            yield page
        assert faults == []

    return run


@pytest.fixture(params=["http", pytest.param("file", marks=pytest.mark.slow)])
def base(
    request: pytest.FixtureRequest, html_site: Path, served_site: str
) -> str:
    """The address of the site, from a server and from a folder."""
    return served_site if request.param == "http" else f"{html_site.as_uri()}/"
