"""Running TeX, where there is one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def compiled(tex: Path, engine: str) -> str:
    """The log of one run over a file; TeX stops at the first error, and that fails the test.

    The names of all files that it read are beside the log, in a file that ends in ``.fls``.
    """
    if (
        not shutil.which(engine)
        or not shutil.which("kpsewhich")
        or not _finds("forest.sty")
    ):
        pytest.skip(f"needs {engine} and the package forest")
    command = [
        engine,
        "-recorder",
        "-halt-on-error",
        "-interaction=nonstopmode",
        tex.name,
    ]
    done = subprocess.run(
        command, cwd=tex.parent, capture_output=True, check=False
    )
    log = tex.with_suffix(".log").read_text("utf-8", "replace")
    assert done.returncode == 0, "\n".join(
        line for line in log.splitlines() if line.startswith(("!", "l."))
    )
    return log


def _finds(name: str) -> bool:
    return (
        subprocess.run(
            ["kpsewhich", name], capture_output=True, check=False
        ).returncode
        == 0
    )
