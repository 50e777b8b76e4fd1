"""The package's layers: each module imports only from its left, and only ``ext`` knows Sphinx."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "sphinx_mmu"

CORE = [
    "problems",
    "files",
    "bib",
    "identifiers",
    "model",
    "bibwrite",
    "layout",
    "tex",
    "vocabulary",
    "fields",
    "schema",
    "mend",
    "syntax",
    "works",
    "collection",
    "query",
    "library",
    "records",
    "cells",
    "sheets",
    "matrix",
    "source",
    "branches",
    "crossing",
    "series",
    "views",
    "audit",
    "svg",
    "formats",
    "readme",
    "export",
    "feeds",
    "services",
    "drafts",
    "refresh",
    "cli",
]
EXT = [
    {"_shared"},
    {"config"},
    {"nodes"},
    {"mentions"},
    {"explorer", "figures"},
    {"plain"},
    {"takeaway"},
    {"render", "roles"},
    {"domain"},
    {"expand"},
    {"directives"},
    {"add", "compare", "scripts", "feeds", "latex"},
    {"stubs"},
    {"pages"},
    {"output", "bibtex"},
    {"__init__"},
]
SPHINX = {"sphinx", "docutils", "myst_parser", "sphinxcontrib"}


def modules(folder: Path) -> list[str]:
    """Modules and packages of a folder."""
    return sorted(path.stem for path in (*folder.glob("*.py"), *(init.parent for init in folder.glob("*/__init__.py"))))


def sources(folder: Path, module: str) -> list[Path]:
    """The files of a module or package."""
    return [path] if (path := folder / f"{module}.py").is_file() else sorted((folder / module).rglob("*.py"))


def for_types(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def imports(path: Path, package: str, *, types: bool = True) -> Iterator[str]:
    """Absolute names of everything the file imports, wherever in it; on demand less what types need."""
    tree = ast.parse(path.read_text("utf-8"))
    if not types:
        tree.body = [node for node in tree.body if not for_types(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            yield source
            yield from (f"{source}.{name.name}" for name in node.names)


def siblings(folder: Path, package: str, module: str) -> set[str]:
    """The modules of the same package that a module runs on; a name of the package is `__init__`'s."""
    names = [name for path in sources(folder, module) for name in imports(path, package, types=False)]
    parts = {n.removeprefix(f"{package}.").split(".")[0] for n in names if n.startswith(f"{package}.")}
    return {part if part in modules(folder) else "__init__" for part in parts} - {module}


core_modules = [m for m in modules(PACKAGE) if m not in ("__init__", "ext")]
ext_modules = modules(PACKAGE / "ext")


@pytest.mark.parametrize("module", core_modules)
def test_a_core_module_imports_only_from_its_left(module: str) -> None:
    assert module in CORE, f"{module} has no place in the order of layers"
    right = set(CORE[CORE.index(module) :])
    assert not siblings(PACKAGE, "sphinx_mmu", module) & right


@pytest.mark.parametrize("module", core_modules)
def test_a_core_module_imports_neither_sphinx_nor_ext(module: str) -> None:
    names = {name for path in sources(PACKAGE, module) for name in imports(path, "sphinx_mmu")}
    assert not {name for name in names if name.split(".")[0] in SPHINX}
    assert not {name for name in names if name.startswith("sphinx_mmu.ext")}


@pytest.mark.parametrize("module", ext_modules)
def test_an_ext_module_imports_only_from_its_left(module: str) -> None:
    """Modules outside the order (extensions of their own, as for one theme) may use it, but not ``setup``."""
    rank = next((i for i, names in enumerate(EXT) if module in names), len(EXT) - 1)
    right = set().union(*EXT[rank:])
    assert not siblings(PACKAGE / "ext", "sphinx_mmu.ext", module) & right


def test_ext_has_no_circle() -> None:
    graph = {m: siblings(PACKAGE / "ext", "sphinx_mmu.ext", m) for m in ext_modules}
    TopologicalSorter(graph).prepare()


def test_ext_never_uses_the_command_line() -> None:
    for module in ext_modules:
        for path in sources(PACKAGE / "ext", module):
            assert "sphinx_mmu.cli" not in imports(path, "sphinx_mmu.ext"), path


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


def test_the_core_works_without_sphinx_and_docutils() -> None:
    program = BLOCKED.format(blocked=SPHINX, modules=core_modules)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_block_above_does_block() -> None:
    program = BLOCKED.format(blocked=SPHINX, modules=[]) + "import docutils"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "is blocked" in done.stderr
