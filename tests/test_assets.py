"""Scripts as pages load them: small, whole, and only those of this release."""

import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from support import Project

from sphinx_mmu.ext.assets import scripts

STATIC = files("sphinx_mmu") / "static"
TEXTS = scripts()
PARTS = {
    "mmu-explorer.js": (
        "dom",
        "records",
        "query",
        "rows",
        "conditions",
        "keys",
        "table",
        "rail",
        "take",
        "address",
        "found",
        "find",
        "explorer",
    ),
    "mmu-map.js": ("dom", "map"),
    "mmu-figure.js": ("dom", "figure"),
    "mmu-compare.js": ("dom", "find", "compare"),
    "mmu-find.js": ("query", "records", "find"),
    "mmu-search.js": ("dom", "hits", "search"),
    "mmu-palette.js": ("dom", "hits", "palette"),
    "mmu-add.js": ("dom", "add"),
    "mmu-cite.js": ("dom", "cite"),
}
EXPLORER = "# Papers\n\n```{mmu:paper-table}\n:facets:\n```\n"


def tokens(text: str) -> str:
    """A script without comments and blanks, by a reader of its own: strings, patterns and templates
    stay.
    """
    kept, code = [], ""
    skip = re.compile(r"/\*.*?\*/|//[^\n]*|\s+", re.DOTALL)
    word = re.compile(
        r"""'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|[\w$#]+""", re.DOTALL
    )
    pattern = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
    at = 0
    while at < len(text):
        value = not code or code[-1] in "(,=:[!&|?{};>" or kept[-1] in ("return", "case")
        found = skip.match(text, at)
        if not found:
            found = (pattern.match(text, at) if value else None) or word.match(text, at)
            part = found[0] if found else text[at]
            kept.append(part)
            code = part
        at = found.end() if found else at + 1
    return " ".join(kept)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_nothing_goes_but_comments_and_blanks(name: str) -> None:
    names = [f"mmu-{part}.js" for part in PARTS.get(name, ())] or [name]
    source = "".join((STATIC / each).read_text("utf-8") for each in names)
    assert tokens(TEXTS[name]) == tokens(source)
    assert len(TEXTS[name]) < len(source)
    assert '"use strict";' in TEXTS[name][:40]
    assert "\n " not in TEXTS[name]


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node on PATH")
def test_another_reader_of_scripts_takes_them(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    read = "for (const name of process.argv.slice(1)) new vm.Script(fs.readFileSync(name, 'utf8'))"
    subprocess.run(["node", "-e", read, *(tmp_path / name for name in TEXTS)], check=True)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path, "survey")
    project.write("papers/index.md", EXPLORER)
    return project


def loaded(html: str) -> list[str]:
    return re.findall(r'<script[^>]*src="[./]*_static/(mmu-[\w-]+\.js)', html)


def test_a_page_loads_one_script_for_its_explorer(project: Project) -> None:
    built = project.build()
    assert loaded(built.html("papers/index")) == [
        "mmu-papers.js",
        "mmu-explorer.js",
        "mmu-cards.js",
    ]
    assert built.file("_static/mmu-explorer.js") == TEXTS["mmu-explorer.js"]


def test_a_map_beside_an_explorer_loads_nothing_twice(project: Project) -> None:
    project.write("papers/index.md", f"{EXPLORER}\n```{{mmu:gap-map}}\n```\n")
    names = loaded(project.build().html("papers/index"))
    assert names == [
        "mmu-papers.js",
        "mmu-explorer.js",
        "mmu-figure.js",
        "mmu-map.js",
        "mmu-cards.js",
    ]


def test_a_map_alone_loads_what_it_needs(project: Project) -> None:
    project.write("papers/index.md", "# Papers\n\n```{mmu:gap-map}\n```\n")
    names = loaded(project.build().html("papers/index"))
    assert names == [
        "mmu-papers.js",
        "mmu-records.js",
        "mmu-query.js",
        "mmu-figure.js",
        "mmu-map.js",
    ]


def test_a_script_of_an_earlier_release_goes(project: Project) -> None:
    built = project.build()
    made = Path(built.app.doctreedir) / "mmu-static/mmu-former.js"
    made.write_text("", "utf-8")
    (built.out / "_static/mmu-former.js").write_text("", "utf-8")
    project.build()
    assert not made.exists()
    assert not (built.out / "_static/mmu-former.js").exists()
