"""What commands have in common: help with examples and exit codes, and how files are named."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from sphinx_mmu.library import Library

FILE = click.Path(exists=True, dir_okay=False)
WRONG_USE = "wrong use: an unknown option, a file that is not there"


class Command(click.Command):
    """A command whose help ends in examples, as (what to type, what it does), and in exit codes with their meaning."""

    def __init__(
        self,
        *args: Any,
        examples: Sequence[tuple[str, str]] = (),
        exits: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)
        self.exits = {**(exits or {}), 2: WRONG_USE}

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, each on a line of its own that can be copied, and the exit codes."""
        with formatter.section("Examples"):
            for line, meaning in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}# {meaning}\n")
                formatter.write(f"{'':{formatter.current_indent}}$ {line}\n")
        with formatter.section("Exit status"):
            formatter.write_dl([(str(code), meaning) for code, meaning in sorted(self.exits.items())])


@dataclass(frozen=True)
class Database:
    """The files of a database, as the user names them."""

    papers: tuple[str, ...]
    datasets: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()

    @property
    def bibs(self) -> tuple[str, ...]:
        """All .bib files."""
        return (*self.papers, *self.datasets, *self.background)

    def load(self) -> Library:
        """Read all files."""
        return Library.load(
            self.papers,
            datasets=self.datasets,
            background=self.background,
            vocabulary=self.vocabulary,
            root=Path(),
        )


_SETTINGS = {
    "papers": "mmu_bibfiles", "datasets": "mmu_dataset_bibfiles", "background": "mmu_background_bibfiles",
    "vocabulary": "mmu_vocabulary",
}  # fmt: skip
_CONFS = ("conf.py", "docs/conf.py", "docs/source/conf.py", "source/conf.py")


def from_conf() -> Database | None:
    """The files that a conf.py of this folder names. It is read, not run: only plain lists of texts count."""
    path = next((Path(name) for name in _CONFS if Path(name).is_file()), None)
    if not path:
        return None
    try:
        tree = ast.parse(path.read_text("utf-8"))
    except (OSError, SyntaxError, ValueError):
        return None
    values = {
        target.id: node.value
        for node in tree.body if isinstance(node, ast.Assign)
        for target in node.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    found = {name: _paths(values.get(setting), path.parent) for name, setting in _SETTINGS.items()}
    return Database(**found) if found["papers"] else None


def _paths(value: ast.expr | None, folder: Path) -> tuple[str, ...]:
    try:
        names = ast.literal_eval(value) if value else ()
    except ValueError:
        return ()
    return tuple(str(folder / name) for name in names) if isinstance(names, (list, tuple)) else ()


def database(*, argument: bool = True, to: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that name files; it gets a :class:`Database` as ``database``.

    With ``to``, an option of that name puts one file first.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(
            *args: Any, vocabulary: tuple[str, ...], datasets: tuple[str, ...], background: tuple[str, ...],
            files: tuple[str, ...] = (), **options: Any
        ) -> None:  # fmt: skip
            words = tuple(f for f in files if f.endswith(".toml"))
            papers = tuple(f for f in files if f not in words)
            named = Database(papers, datasets, background, (*vocabulary, *words))
            found = named if files or named.bibs or named.vocabulary else from_conf()
            first = options.pop("to", None) if to else None
            if first:
                found = found or Database(())
                found = replace(found, papers=(first, *(p for p in found.papers if not _same(p, first))))
            if not found or not found.bibs:
                raise click.UsageError("name at least one .bib file (there is no conf.py that names any)")
            command(*args, database=found, **options)

        for decorator in reversed(_OPTIONS if argument else _OPTIONS[1:]):
            run = decorator(run)
        return run

    return decorate


def _same(one: str, other: str) -> bool:
    return Path(one).resolve() == Path(other).resolve()


_OPTIONS: Sequence[Callable[[Callable[..., None]], Callable[..., None]]] = (
    click.argument("files", nargs=-1, type=FILE),
    click.option("--vocabulary", multiple=True, type=FILE, metavar="F...", help="Facets and terms, in TOML."),
    click.option("--datasets", multiple=True, type=FILE, metavar="F", help="A .bib file of datasets."),
    click.option("--background", multiple=True, type=FILE, metavar="F", help="A .bib file of works only cited."),
)


def cache_folder() -> Path:
    """Where answers of services are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "sphinx-mmu"
