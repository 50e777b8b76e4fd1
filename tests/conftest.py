"""What all tests share."""

import gc
import os
from collections.abc import Iterator

import pytest
from browsing import Browser, Windows, launched, program
from hypothesis import HealthCheck, settings

pytest_plugins = ["sphinx.testing.fixtures"]

# that a machine is busy is no failure
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("often", parent=PATIENT, max_examples=25)
settings.register_profile("long", parent=PATIENT, max_examples=200)
# `make test-slow` runs the same tests with "long".
settings.load_profile("often")

gc.set_threshold(50_000, 20, 50)  # builds make and drop many small objects


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With MMU_NO_SKIPS set, as it is in continuous integration, a test that cannot run has failed,
    unless it is optional.
    """
    report = yield
    if (
        report.skipped
        and not item.get_closest_marker("optional")
        and not hasattr(report, "wasxfail")
        and os.environ.get("MMU_NO_SKIPS")
    ):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but MMU_NO_SKIPS is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine, one for all tests of a process."""
    path = program()
    if not path:
        pytest.skip("there is no chromium on PATH")
    with launched(path) as browser:
        yield browser


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Iterator[Windows]:
    windows = Windows(chromium)
    yield windows
    windows.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pages are opened last, so that other tests fill the time in which the real site is built."""
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))
