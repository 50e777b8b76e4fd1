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
        command,
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        check=False,
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
        for item in json.loads(
            _run("pandoc", "--from=biblatex", "--to=csljson", given=text)
        )
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
    return {
        html.unescape(key)
        for key in re.findall(r'<bltx:entry id="([^"]*)"', written)
    }


READERS: Mapping[str, Reader] = {
    "pybtex": by_pybtex,
    "bibtexparser": by_bibtexparser,
    "pandoc": by_pandoc,
    "biber": by_biber,
}


# --- references as other programs print them

_APA = Path("/usr/share/citation-style-language/styles/apa.csl")
_TEX = r"""\documentclass{article}
\usepackage[paperwidth=5600mm,paperheight=400mm,margin=5mm]{geometry}
\usepackage{fontspec}
\setmainfont{FreeSerif}[Extension=.otf,UprightFont=*,ItalicFont=*Italic,BoldFont=*Bold,Ligatures=CommonOff]
\usepackage[american]{babel}
\usepackage{csquotes}
\usepackage[style=STYLE,backend=biber,sorting=none]{biblatex}
\addbibresource{x.bib}
\begin{document}\nocite{*}\printbibliography[heading=none]\end{document}
"""
"""A sheet so wide that no reference has a second line."""


def printed_by_pandoc(text: str, form: str = "bib") -> dict[str, str]:
    """The reference to each work of a file of this form, in the style of the APA."""
    if not _APA.is_file():
        pytest.skip(f"needs {_APA}")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"x.{form}").write_text(text, "utf-8")
        page = f"---\nnocite: '@*'\nbibliography: x.{form}\nlang: en-US\n---\n"
        options = ("--citeproc", f"--csl={_APA}", "--to=html", "--wrap=none")
        written = _run("pandoc", *options, folder=folder, given=page)
    found = re.findall(
        r'<div id="ref-([^"]*)"[^>]*>(.*?)</div>', written, re.DOTALL
    )
    return {
        key: " ".join(html.unescape(re.sub(r"<[^>]+>", "", one)).split())
        for key, one in found
    }


def printed_by_biblatex(text: str, style: str) -> list[str]:
    """The references to the works of a BibTeX file in its order, in a style of biblatex."""
    for name in ("xelatex", "biber", "pdftotext", "kpsewhich"):
        if not shutil.which(name):
            pytest.skip(f"needs {name}")
    for name in (f"{style}.bbx", "FreeSerif.otf"):
        if subprocess.run(
            ["kpsewhich", name], capture_output=True, check=False
        ).returncode:
            pytest.skip(f"needs {name}")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "x.bib").write_text(text, "utf-8")
        Path(folder, "x.tex").write_text(_TEX.replace("STYLE", style), "utf-8")
        tex = ("xelatex", "-interaction=nonstopmode", "-halt-on-error", "x")
        for command in (tex, ("biber", "x"), tex, tex):
            _run(*command, folder=folder)
        written = _run("pdftotext", "-layout", "x.pdf", "-", folder=folder)
    lines = (line.strip() for line in written.splitlines())
    return [line for line in lines if line and not line.isdigit()]


def faults_of_biber(text: str) -> list[str]:
    """What biber says of fields that its data model does not know."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "x.bib").write_text(text, "utf-8")
        said = _run(
            "biber", "--tool", "--validate-datamodel", "x.bib", folder=folder
        )
    return re.findall(r"WARN - Datamodel: (.*)", said)
