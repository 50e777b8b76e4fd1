"""Put small faults into the code, one at a time, and see which of them the tests notice.

Sites are drawn at random, the same for the same seed. Each mutant is tested in a copy of the
repository, so the work tree stays as it is. A mutant that no test notices is printed with its line:
either a test is missing, or the mutant means the same as the code.

``make mutants`` samples the areas in which a fault would be hardest to see.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
COPIED = ("sphinx_mmu", "tests", "docs", "refs", "examples", "tools")
FILES = ("pyproject.toml", "conf.py", "README.md", "Makefile")
AREAS = {
    "query": (["filters"], ["query", "feeds"]),
    "bib": (
        ["bib"],
        ["bib", "layout", "bibtex_out", "limits", "own_files", "formats"],
    ),
    "views": (["views"], ["views", "directives", "results", "paper_page"]),
    "incremental": (
        ["ext/incremental"],
        ["incremental", "roles", "parallel", "feeds"],
    ),
}
"""What is sampled together: modules or folders of the package, and files of tests."""
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}
"""Operators and statements, and what each becomes."""


def mutated(node: ast.AST) -> Iterator[ast.AST]:
    """What a node may become, each a copy with one fault."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPPED:
            found = deepcopy(node)
            found.ops = [SWAPPED[type(op)]()]  # type: ignore[list-item]  # an operator for one
            yield found
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in SWAPPED:
            other = deepcopy(node)
            other.op = SWAPPED[type(op)]()  # type: ignore[assignment]  # an operator for one
            yield other
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
        case ast.If(test=test) | ast.IfExp(test=test):
            turned = deepcopy(node)
            turned.test = ast.UnaryOp(ast.Not(), test)
            yield turned
        case ast.Break() | ast.Continue():
            yield SWAPPED[type(node)]()
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield ast.Pass()
        case ast.Return(value=ast.expr()):
            yield ast.Return(ast.Constant(None))


class _Replace(ast.NodeTransformer):
    """Puts another node in the place of one."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.old:
            return ast.copy_location(self.new, node)
        return self.generic_visit(node)


def mutants(path: Path) -> list[tuple[int, str, str]]:
    """Every mutant of a module: its line, what it changes, and the whole mutated text."""
    text = path.read_text("utf-8")
    found = []
    for number, node in enumerate(ast.walk(ast.parse(text))):
        for new in mutated(node):
            tree = ast.parse(text)
            old = list(ast.walk(tree))[number]
            before = ast.unparse(old).partition("\n")[0]
            after = ast.unparse(ast.fix_missing_locations(new))
            change = f"{before}  →  {after.partition(chr(10))[0]}"
            _Replace(old, new).visit(tree)
            whole = ast.unparse(ast.fix_missing_locations(tree))
            found.append((getattr(node, "lineno", 0), change, whole))
    return found


def is_noticed(folder: Path, tests: Sequence[str], timeout: float) -> bool:
    """Whether a test fails, or none ends in time."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header"]
    command += ["-p", "no:cacheprovider", "-m", "not slow and not browser"]
    path = os.pathsep.join([str(folder), str(folder / "docs/_ext")])
    try:
        done = subprocess.run(
            [*command, *tests],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def sampled(
    area: str, sample: int, seed: int
) -> list[tuple[Path, int, str, str]]:
    """Mutants of an area, drawn from all of them: module, line, change and mutated text."""
    every = []
    for name in AREAS[area][0]:
        path = ROOT / "sphinx_mmu" / name
        for module in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            place = module.relative_to(ROOT)
            every += [(place, *mutant) for mutant in mutants(module)]
    return random.Random(seed).sample(every, min(sample, len(every)))  # noqa: S311 -- the same each time


def copied(folder: Path) -> None:
    """Copy what the tests need."""
    ignored = shutil.ignore_patterns("__pycache__", "_build")
    for part in COPIED:
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    for file in FILES:
        shutil.copy(ROOT / file, folder)


@click.command(help=__doc__)
@click.argument("areas", nargs=-1, type=click.Choice(list(AREAS)))
@click.option(
    "--sample", default=20, show_default=True, help="Mutants of each area."
)
@click.option(
    "--seed", default=1, show_default=True, help="Another one draws others."
)
@click.option(
    "--timeout", default=300.0, show_default=True, help="Seconds for each."
)
def main(areas: Sequence[str], sample: int, seed: int, timeout: float) -> None:
    """Try a sample of the mutants of some areas, or of all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(folder)
        for area in areas or AREAS:
            tests = [f"tests/test_{test}.py" for test in AREAS[area][1]]
            if is_noticed(folder, tests, timeout):
                message = f"the tests of {area} fail without any mutant"
                raise click.ClickException(message)
            noticed, chosen = 0, sampled(area, sample, seed)
            for module, line, change, text in chosen:
                path = folder / module
                whole = path.read_text("utf-8")
                path.write_text(text, "utf-8")
                if is_noticed(folder, tests, timeout):
                    noticed += 1
                else:
                    click.echo(f"{module}:{line}: {change}")
                path.write_text(whole, "utf-8")
            click.echo(f"{area}: {noticed} of {len(chosen)} mutants noticed")


if __name__ == "__main__":
    main()
