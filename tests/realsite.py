"""The real site in several forms, each built once from a copy of its sources, whatever the number
of processes.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import REPOSITORY

SPHINX = (
    "import gc, sys; from sphinx.cmd.build import main;"
    " gc.set_threshold(50_000, 20, 50); sys.exit(main())"  # takes a tenth less time
)
COMMAND = [sys.executable, "-c", SPHINX, "-n", "-W", "--keep-going", "-c", "."]
ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "1767225600",
    "MMU_BASEURL": "",
    "READTHEDOCS_CANONICAL_URL": "",
    "NO_COLOR": "1",
}


@dataclass(frozen=True)
class Site:
    """One form of the site: where it is, how its build ended, and what that said."""

    out: Path
    code: int
    said: str

    def file(self, name: str) -> str:
        return (self.out / name).read_text("utf-8")


def real_site(builder: str, factory: pytest.TempPathFactory) -> Site:
    """The site as a builder makes it. All forms are made from the same doctrees, one after the
    other.
    """
    root = _shared(factory) / "site-forms"
    root.mkdir(exist_ok=True)
    log = root / f"{builder}.log"
    with _locked(root / "lock"):
        if not (root / "conf.py").is_file():
            _copy_sources(root)
        if not log.is_file():
            code, said = run(root, builder)
            log.write_text(f"{code}\n{said}", "utf-8")
    code, _, said = log.read_text("utf-8").partition("\n")
    return Site(root / builder, int(code), said)


def run(root: Path, builder: str) -> tuple[int, str]:
    """Build once more in the folder of the forms."""
    command = [*COMMAND, "-b", builder, "-d", "doctrees", "docs", builder]
    done = subprocess.run(
        command,
        cwd=root,
        env=os.environ | ENVIRONMENT,
        check=False,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.returncode, done.stdout


def _shared(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of one run of the tests share."""
    base = factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy_sources(root: Path) -> None:
    made = shutil.ignore_patterns("paper", "facet")
    for name in ("docs", "refs", "examples"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=made)
    shutil.copy(REPOSITORY / "conf.py", root)
