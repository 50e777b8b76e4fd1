"""Pages to compare: the explorer over so many papers, and DataTables over the same rows.

DataTables gets what our build writes for a table without facets: the same cells, newest first, on a
page without our style sheets and scripts. It stands there in both ways in which it is used: over a
table that is in the page, and over rows in a script, which it builds when they are shown; the
second has nothing for readers without scripts. It shows 100 rows at a time, as the explorer does.
Its files come from the npm registry and are not kept.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.projects import MODALITIES, PATHWAYS, TARGETS, bibtex, papers

PACKAGES = ("datatables.net", "datatables.net-dt")
EXPLORER, TABLE, SCRIPT = (
    "sphinx_mmu explorer",
    "DataTables, rows in the page",
    "DataTables, rows in a script",
)
SETTINGS = """project = "Papers"
html_theme = "basic"
extensions = ["sphinx_mmu"]
mmu_bibfiles = ["papers.bib"]
mmu_vocabulary = ["facets.toml"]
mmu_paper_pages = False
"""
_OURS = re.compile(
    r'^ *<(?:link|script)[^>]*"_static/mmu[^>]*>(?:</script>)?\n', re.MULTILINE
)
_ROW = re.compile(r'<tr role="row" data-mmu-key=[^>]*>(.*?)</tr>', re.DOTALL)
_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)


@dataclass(frozen=True)
class Tool:
    """How a page is read."""

    field: str
    count: str
    rows: str


OURS = Tool(
    ".mmu-search input[type=search]",
    "[data-mmu-count]",
    ".mmu-explorer tbody tr",
)
THEIRS = Tool(".dt-search input", ".dt-info", "#papers-table tbody tr")
TOOLS = {EXPLORER: OURS, TABLE: THEIRS, SCRIPT: THEIRS}


def make(number: int, folder: Path, datatables: Path | None) -> dict[str, Path]:
    """The pages, each in a folder that can be served, by tool."""
    source = folder / f"source-{number}"
    source.mkdir()
    (source / "papers.bib").write_text(bibtex(list(papers(number))), "utf-8")
    (source / "facets.toml").write_text(_vocabulary(), "utf-8")
    pages = {
        EXPLORER: _build(
            source,
            folder / f"explorer-{number}",
            "",
            "   :facets: pathway modality target\n",
        )
    }
    if datatables:
        whole = _build(
            source, folder / f"table-{number}", "mmu_table_inline_max = 0\n", ""
        )
        script = (
            shutil.copytree(whole.parent, folder / f"script-{number}")
            / whole.name
        )
        pages |= {
            TABLE: _over_table(whole, datatables),
            SCRIPT: _over_script(script, datatables),
        }
    shutil.rmtree(source)
    return pages


def _vocabulary() -> str:
    """A facet in two levels and two flat ones."""
    stages = [f"stage-{n}" for n in range(1, 6)]
    terms = {
        "pathway": [*stages, *PATHWAYS],
        "modality": MODALITIES,
        "target": TARGETS,
    }
    lines = []
    for facet, values in terms.items():
        lines.append(
            f'[facet.{facet}]\nlabel = "{facet.capitalize()}"\nsummary = true\n'
        )
        for value in values:
            label = value.rsplit("/", 1)[-1].replace("-", " ").capitalize()
            lines.append(f'[term."{facet}:{value}"]\nlabel = "{label}"\n')
    return "\n".join(lines)


def _build(source: Path, out: Path, settings: str, options: str) -> Path:
    (source / "conf.py").write_text(SETTINGS + settings, "utf-8")
    (source / "index.rst").write_text(
        f"Papers\n======\n\n.. mmu:paper-table::\n{options}", "utf-8"
    )
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-E", "-W", source, out],
        check=True,
    )
    return out / "index.html"


# --- DataTables


def fetch(folder: Path) -> Path | None:
    """The files of DataTables as npm has it today; nothing where they cannot be had, which is
    told.
    """
    npm = shutil.which("npm")
    if not npm:
        print(
            "DataTables is left out: there is no npm on PATH to fetch it with.\n"
        )
        return None
    command = [npm, "pack", "--silent", *PACKAGES]
    packed = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True
    )
    if packed.returncode:
        print(
            f"DataTables is left out, npm could not fetch it: {packed.stderr.strip()}\n"
        )
        return None
    print(f"Fetched {' and '.join(packed.stdout.split())}.\n")
    for name in packed.stdout.split():
        with tarfile.open(folder / name) as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def _over_table(page: Path, datatables: Path) -> Path:
    return _dress(page, datatables, "{}")


def _over_script(page: Path, datatables: Path) -> Path:
    html = page.read_text("utf-8")
    rows = [_CELL.findall(row) for row in _ROW.findall(html)]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    quoted = text.replace("\\", r"\\").replace(
        "'", r"\'"
    )  # the way that is read fastest
    (page.parent / "_static/rows.js").write_text(
        f"var ROWS=JSON.parse('{quoted}');\n", "utf-8"
    )
    page.write_text(_ROW.sub("", html), "utf-8")
    return _dress(page, datatables, "{data:ROWS,deferRender:true}", "rows.js")


def _dress(page: Path, datatables: Path, options: str, *scripts: str) -> Path:
    """Take our scripts and styles out of a page and put DataTables in."""
    static = page.parent / "_static"
    files = (
        "js/dataTables.min.js",
        "js/dataTables.dataTables.min.js",
        "css/dataTables.dataTables.min.css",
    )
    for name in files:
        shutil.copy(datatables / name, static)
    (static / "start.js").write_text(
        f'new DataTable("#papers-table",Object.assign({options},{{order:[],pageLength:100}}));\n',
        "utf-8",
    )
    *code, style = (Path(name).name for name in files)
    links = f'<link rel="stylesheet" href="_static/{style}">'
    links += "".join(
        f'<script defer src="_static/{name}"></script>'
        for name in (*code, *scripts, "start.js")
    )
    html = _OURS.sub("", page.read_text("utf-8")).replace(
        "</head>", f"{links}</head>", 1
    )
    page.write_text(
        html.replace("<table class=", '<table id="papers-table" class=', 1),
        "utf-8",
    )
    return page
