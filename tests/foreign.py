"""What other programs read of a BibTeX text: the keys of its entries, or why they read nothing."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import bibtexparser
import pytest
from pybtex.database import parse_string

Reader = Callable[[str], set[str]]


def _run(*command: str, folder: str | None = None, given: str = "") -> str:
    if not shutil.which(command[0]):
        pytest.skip(f"needs {command[0]}")
    done = subprocess.run(
        command, cwd=folder, input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


def by_pybtex(text: str) -> set[str]:
    return set(parse_string(text, "bibtex").entries)


def by_bibtexparser(text: str) -> set[str]:
    found = bibtexparser.parse_string(text)
    assert not found.failed_blocks
    return {entry.key for entry in found.entries}


def by_pandoc(text: str) -> set[str]:
    return {
        item["id"]
        for item in json.loads(_run("pandoc", "--from=biblatex", "--to=csljson", given=text))
    }


def by_biber(text: str) -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "x.bib").write_text(text, "utf-8")
        _run(
            "biber",
            "--tool",
            "--output-format=biblatexml",
            "--output-file=x.xml",
            "x.bib",
            folder=folder,
        )
        written = Path(folder, "x.xml").read_text("utf-8")
    return {html.unescape(key) for key in re.findall(r'<bltx:entry id="([^"]*)"', written)}


READERS: Mapping[str, Reader] = {
    "pybtex": by_pybtex,
    "bibtexparser": by_bibtexparser,
    "pandoc": by_pandoc,
    "biber": by_biber,
}
