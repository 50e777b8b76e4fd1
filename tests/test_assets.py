"""Scripts as pages load them: made from client/, whole, and only those of this release."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import REPOSITORY, Project

from sphinx_mmu.ext.pages.site_files import script_texts
from sphinx_mmu.ext.render.scripts import SCRIPTS

STATIC = REPOSITORY / "sphinx_mmu" / "static"
SHARED = ["mmu-dom.js", "mmu-query.js", "mmu-records.js", "mmu-find.js"]
EXPLORER = "# Papers\n\n```{mmu:paper-table}\n:facets:\n```\n"


@pytest.mark.drift
@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_script_is_made_from_the_modules_that_it_names(name: str) -> None:
    texts = [
        (REPOSITORY / source).read_text("utf-8")
        for source in SCRIPTS[name]["sources"]
    ]
    texts.append((STATIC / name).read_text("utf-8"))
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    assert digest == SCRIPTS[name]["digest"], "run make scripts"


@pytest.mark.drift
def test_every_script_and_every_module_is_listed() -> None:
    assert {path.name for path in STATIC.glob("*.js")} == SCRIPTS.keys()
    modules = {
        f"client/{path.name}" for path in (REPOSITORY / "client").glob("*.js")
    }
    assert {
        source for script in SCRIPTS.values() for source in script["sources"]
    } == modules


@pytest.mark.drift
def test_every_text_of_a_module_is_looked_up_in_the_script() -> None:
    modules = [
        path.read_text("utf-8") for path in (REPOSITORY / "client").glob("*.js")
    ]
    texts = {
        text
        for module in modules
        for text in re.findall(r'[^\w$.]_\("([^"]+)"', module)
    }
    assert len(texts) > 200
    assert texts - set(script_texts()) <= {"{n} more"}  # in a comment


@pytest.mark.skipif(
    shutil.which("node") is None, reason="there is no node on PATH"
)
def test_another_reader_of_scripts_takes_them() -> None:
    read = "for (const name of process.argv.slice(1)) new vm.Script(fs.readFileSync(name, 'utf8'))"
    subprocess.run(
        ["node", "-e", read, *(STATIC / name for name in SCRIPTS)], check=True
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path, "survey")
    project.write("papers/index.md", EXPLORER)
    return project


def loaded(html: str) -> list[str]:
    return re.findall(r'<script[^>]*src="[./]*_static/(mmu-[\w-]+\.js)', html)


def test_a_page_loads_what_its_explorer_needs(project: Project) -> None:
    built = project.build()
    assert loaded(built.html("papers/index")) == [
        "mmu-papers.js",
        *SHARED,
        "mmu-explorer.js",
        "mmu-cards.js",
    ]
    assert built.file("_static/mmu-explorer.js") == (
        STATIC / "mmu-explorer.js"
    ).read_text("utf-8")


def test_a_map_beside_an_explorer_loads_nothing_twice(project: Project) -> None:
    project.write("papers/index.md", f"{EXPLORER}\n```{{mmu:gap-map}}\n```\n")
    names = loaded(project.build().html("papers/index"))
    assert names == [
        "mmu-papers.js",
        *SHARED,
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
        "mmu-dom.js",
        "mmu-figure.js",
        "mmu-query.js",
        "mmu-records.js",
        "mmu-map.js",
    ]
