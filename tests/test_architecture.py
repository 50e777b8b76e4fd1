"""The package's layers, which import-linter checks; the core works without Sphinx."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "sphinx_mmu"
PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
LINTER = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
SPHINX = {"sphinx", "docutils", "myst_parser", "sphinxcontrib"}
ROOMS = "The rooms: each imports only from those below"
SIDE = "The Sphinx side: each module imports only from below"
VIOLATIONS = {
    "the command line in ext": (
        "ext/common/nodes.py",
        "from sphinx_mmu.cli.check import check",
        ROOMS,
    ),
    "a room above in ext": (
        "ext/render/paging.py",
        "import sphinx_mmu.ext.kinds.papers",
        SIDE,
    ),
    "Sphinx in the core": (
        "views/columns.py",
        "import docutils",
        "Only the Sphinx side knows Sphinx",
    ),
    "a module above": (
        "model/paper.py",
        "from sphinx_mmu.views.base import digest",
        ROOMS,
    ),
    "a circle in a room": (
        "model/paper.py",
        "from sphinx_mmu.model.publication import kind",
        "No circle of imports, not even for types",
    ),
    "a query where HTML is written": (
        "ext/kinds/papers_html.py",
        "from sphinx_mmu.library.library import Library",
        "What writes HTML asks neither the library nor a filter",
    ),
    "a module without a layer": ("new.py", "", ROOMS),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        LINTER, cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.drift
def test_each_module_imports_only_from_the_layers_below() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_planted_violation_is_found(name: str, tmp_path: Path) -> None:
    shutil.copytree(
        PACKAGE,
        tmp_path / "sphinx_mmu",
        ignore=shutil.ignore_patterns("__pycache__", "static"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    file, line, broken = VIOLATIONS[name]
    assert (PACKAGE / file).exists() == bool(line)
    with (tmp_path / "sphinx_mmu" / file).open("a", encoding="utf-8") as module:
        module.write(f"{line}\n")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stderr
    assert re.search(rf"^{re.escape(broken)} BROKEN", done.stdout, re.MULTILINE)


def imported(path: Path) -> set[str]:
    """The modules that a module imports, and whatever it takes from them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            of = node.module or ""
            found |= {of, *(f"{of}.{one.name}" for one in node.names)}
    return found


@pytest.mark.drift
def test_each_module_is_used_by_another() -> None:
    paths = sorted(PACKAGE.rglob("*.py"))
    used = set().union(*map(imported, paths))
    alone = [
        path.relative_to(PACKAGE).as_posix()
        for path in paths
        if path.stem != "__init__"
        and ".".join(path.relative_to(ROOT).with_suffix("").parts) not in used
    ]
    assert alone == [], (
        f"nothing imports {alone}: add each to the table of its kind, which ARCHITECTURE.md names"
        " under *Adding things* (FORMATS, FIGURES, ASKED, …)"
    )


def internals() -> list[list[str]]:
    table = PAGE.partition("## Internals of others")[2].partition("\n## ")[0]
    rows = [
        line.strip("| ").split(" | ")
        for line in table.splitlines()
        if line.startswith("| ")
    ]
    return rows[1:]  # after the heads


@pytest.mark.drift
@pytest.mark.parametrize(
    "row", internals(), ids=lambda row: re.findall(r"`(.+?)`", row[1])[0]
)
def test_each_internal_of_others_is_used_where_the_page_says_and_has_a_test(
    row: list[str],
) -> None:
    _whose, what, where, tests = (re.findall(r"`(.+?)`", cell) for cell in row)
    for file in where:
        code = (ROOT / file).read_text("utf-8")
        assert [name for name in what if name not in code] == [], (
            f"{file} does not use it"
        )
    for test in tests:
        file, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / "tests" / file).read_text("utf-8"), (
            f"there is no {test}"
        )
    assert tests


def test_extensions_that_may_be_copied_need_nothing_of_the_package() -> None:
    files = list(ROOT.glob("docs/_ext/site_*/*.py"))
    importing = re.compile(r"^\s*(?:from|import) sphinx_mmu\b", re.MULTILINE)
    assert files
    assert [f for f in files if importing.search(f.read_text("utf-8"))] == []


def listed(tree: str, indent: int) -> list[str]:
    """The names at an indent of the tree: what a line begins with, or all that it has where each is
    one word.
    """
    found = []
    for line in re.findall(rf"(?m)^ {{{indent}}}(\S.*)", tree):
        cells = re.split(r" {2,}", line)
        names = all(re.fullmatch(r"[\w/]+", cell) for cell in cells)
        found += cells if names else cells[0].split(", ")
    return found


def existing(folder: Path) -> list[str]:
    """The modules of a folder, and the folders in it with a slash."""
    folders = [f"{p.name}/" for p in folder.glob("[!_]*/")]
    return sorted([*folders, *(p.name for p in folder.glob("*.py"))])


@pytest.mark.drift
def test_the_tree_names_every_room_and_every_module_of_ext() -> None:
    tree = PAGE.partition("\nsphinx_mmu/\n")[2].partition("\nclient/")[0]
    rooms = sorted(["__init__.py", *listed(tree, 2)])
    assert rooms == existing(PACKAGE)
    modules = [
        name if name.endswith("/") else f"{name}.py" for name in listed(tree, 4)
    ]
    assert sorted(modules) == existing(PACKAGE / "ext")


@pytest.mark.drift
def test_files_that_the_page_names_exist() -> None:
    named = set(
        re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:py|md|js|json|lark|css))`", PAGE)
    )
    folders = (ROOT, PACKAGE, ROOT / "tests", ROOT / "docs/extension")
    lost = sorted(
        n for n in named if not any((folder / n).exists() for folder in folders)
    )
    assert lost == [], f"ARCHITECTURE.md names {lost}"


BLOCKED = """
import importlib, sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {blocked!r}:
            raise ImportError(name + " is blocked")
sys.meta_path.insert(0, Block())
for module in {modules!r}:
    importlib.import_module("sphinx_mmu." + module)
"""


def core_modules() -> list[str]:
    files = [
        path.relative_to(PACKAGE).with_suffix("")
        for path in PACKAGE.rglob("*.py")
    ]
    return sorted(
        ".".join(path.parts)
        for path in files
        if path.parts[0] != "ext" and path.name != "__init__"
    )


def test_the_core_works_without_sphinx_and_docutils() -> None:
    program = BLOCKED.format(blocked=SPHINX, modules=core_modules())
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_block_above_does_block() -> None:
    program = BLOCKED.format(blocked=SPHINX, modules=[]) + "import docutils"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "is blocked" in done.stderr
