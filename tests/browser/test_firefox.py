"""The site in Firefox, from a server and from a folder: what ``firefox.mjs`` sees."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from support import REPOSITORY

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.slow]

SCRIPT = Path(__file__).with_name("firefox.mjs")
EXPECTED = {
    "the box of the home page": "papers/index.html#q=salun",
    "words in the explorer": "SalUn: Empowering Machine Unlearning",
    "a filter in the address": "venue:CVPR year:2024",
    "a box of a facet": "papers/index.html#q=stage%3Adata-side",
    "the palette": "paper/fan2023salun.html",
    "the search page": "right to be forgotten",
    "two papers side by side": "SAFREE",
    "a cell of the gap map": "papers/index.html#q=",
    "a model to explore": "Scale 0.25",
}


@pytest.fixture(scope="module")
def firefox() -> list[str]:
    """The command, but for the address."""
    node = shutil.which("node")
    browser = shutil.which("firefox-esr") or shutil.which("firefox")
    if not node or not browser:
        pytest.skip("there is no node or no firefox on PATH")
    if not (REPOSITORY / "node_modules/puppeteer-core").is_dir():
        pytest.skip(
            "there is no puppeteer-core; `make test-slow` installs it where there is npm"
        )
    return [node, str(SCRIPT), browser]


def test_firefox_does_what_chromium_does(firefox: list[str], base: str) -> None:
    run = subprocess.run(
        [*firefox, base],
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert run.stdout, run.stderr
    report = json.loads(run.stdout)
    assert report["faults"] == []
    assert run.returncode == 0, run.stderr
    assert report["seen"].keys() == EXPECTED.keys()
    for step, words in EXPECTED.items():
        assert words in report["seen"][step], step
