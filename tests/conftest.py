"""What all tests share."""

import os
from collections.abc import Iterator

import pytest

pytest_plugins = ["sphinx.testing.fixtures"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With MMU_NO_SKIPS set, as it is in continuous integration, a test that cannot run has failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("MMU_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but MMU_NO_SKIPS is set: {report.longrepr}"
    return report
