"""After a build that was killed, wherever that was, the next one leaves what a build from nothing
leaves.

The kills are at the first and the last change of a file in each phase of a build. `python
tests/kills.py` tries more.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PHASES = ["start", "read", "pickle", "gap", "pages", "index", "finish"]


@pytest.fixture(scope="module")
def kills() -> list[list[str]]:
    """Of each kill the kind of build, the phase, where in it, and the files that differ after the
    next build.
    """
    script = Path(__file__).with_name("kills.py")
    command = [sys.executable, str(script), "--each", "1000", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("kind", ["fresh", "incremental"])
@pytest.mark.parametrize("phase", PHASES)
def test_the_build_after_a_kill_equals_one_from_nothing(
    kind: str, phase: str, kills: list[list[str]]
) -> None:
    found = {
        at: differing
        for one, other, at, differing in kills
        if (one, other) == (kind, phase)
    }
    assert found
    assert {at: names for at, names in found.items() if names} == {}
