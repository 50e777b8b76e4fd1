"""What commands have in common: help with examples and exit codes, and how files are named."""

from __future__ import annotations

import ast
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from sphinx_mmu.bib.reader import LONGEST_FILE
from sphinx_mmu.files import read_file
from sphinx_mmu.library.library import Library

FILE = click.Path(exists=True, dir_okay=False)
FILTER = click.option(
    "--filter",
    "text",
    default="*",
    metavar="FILTER",
    help="A filter for the papers; all by default.",
)
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Output for people or for programs.",
)
EMAIL = click.option(
    "--email",
    envvar="MMU_EMAIL",
    default="",
    help="Contact address to send to the services, as they request.",
)
NO_FILE = "a file cannot be read or written"
WRONG_USE = "wrong usage, such as an unknown option or a missing file"


class Command(click.Command):
    """A command whose help ends in examples, as (what to type, what it does), and in exit codes
    with their meaning.
    """

    def __init__(
        self,
        *args: Any,
        examples: Sequence[tuple[str, str]] = (),
        exits: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)
        self.exits = {1: NO_FILE, **(exits or {}), 2: WRONG_USE}

    def format_epilog(
        self, _ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the examples, each on a line of its own that can be copied, and the exit codes."""
        with formatter.section("Examples"):
            for line, meaning in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}# {meaning}\n")
                formatter.write(f"{'':{formatter.current_indent}}$ {line}\n")
        with formatter.section("Exit status"):
            formatter.write_dl(
                [
                    (str(code), meaning)
                    for code, meaning in sorted(self.exits.items())
                ]
            )


@dataclass(frozen=True)
class Database:
    """The files of a database, as the user names them."""

    papers: tuple[str, ...]
    datasets: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    publish: tuple[str, ...] = ()

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
            publish=self.publish,
            results=self.results,
        )


_SETTINGS = {
    "papers": "mmu_bibfiles",
    "datasets": "mmu_dataset_bibfiles",
    "background": "mmu_background_bibfiles",
    "vocabulary": "mmu_vocabulary",
    "results": "mmu_results",
}
_CONFS = ("conf.py", "docs/conf.py", "docs/source/conf.py", "source/conf.py")


def from_conf() -> Database | None:
    """The files that a conf.py of this folder names. It is read, not run: only plain lists of texts
    count.

    Raises :class:`click.UsageError` if it cannot be read.
    """
    path = next((Path(name) for name in _CONFS if Path(name).is_file()), None)
    if not path:
        return None
    try:
        tree = ast.parse(path.read_text("utf-8"))
    except SyntaxError as error:
        raise click.UsageError(f"{path}:{error.lineno}: {error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise click.UsageError(
            f"{path}: {str(error) or 'cannot be read'}"
        ) from error
    values: dict[str, ast.expr | None] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = (
                node.targets if isinstance(node, ast.Assign) else [node.target]
            )
            names = [
                target.id for target in targets if isinstance(target, ast.Name)
            ]
            values.update(dict.fromkeys(names, node.value))
    found = {}
    for name, setting in _SETTINGS.items():
        value = values.get(setting)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            message = f"{setting} must be a list; write [{value.value!r}]"
            raise click.UsageError(f"{path}:{value.lineno}: {message}")
        files = _texts(value)
        found[name] = tuple(str(path.parent / file) for file in files)
    if not found["papers"]:
        return None
    return Database(**found, publish=_texts(values.get("mmu_publish_fields")))


def _texts(value: ast.expr | None) -> tuple[str, ...]:
    try:
        found = ast.literal_eval(value) if value else ()
    except (ValueError, TypeError):
        return ()
    if not isinstance(found, list | tuple):
        return ()
    return tuple(text for text in found if isinstance(text, str))


def database(
    *, argument: bool = True, there: bool = True
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that name files; it gets a :class:`Database` as ``database``.

    Without ``argument``, only options name files. If the command has an option ``to``, its file
    comes first. With ``there``, all files have to be there.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(
            *args: Any,
            vocabulary: tuple[str, ...],
            datasets: tuple[str, ...],
            background: tuple[str, ...],
            files: tuple[str, ...] = (),
            **options: Any,
        ) -> None:
            words = tuple(f for f in files if f.endswith(".toml"))
            papers = tuple(f for f in files if f not in words)
            named = Database(
                papers, datasets, background, (*vocabulary, *words)
            )
            found = (
                named
                if files or named.bibs or named.vocabulary
                else from_conf()
            )
            if first := options.get("to"):
                found = found or Database(())
                others = (p for p in found.papers if not _same(p, first))
                found = replace(found, papers=(first, *others))
            if not found or not found.bibs:
                raise click.UsageError(
                    "no .bib file given, and no conf.py here lists mmu_bibfiles"
                )
            for name in (*found.bibs, *found.vocabulary) if there else ():
                if not Path(name).is_file():
                    raise click.UsageError(
                        f"{name} does not exist, though conf.py lists it"
                    )
            command(*args, database=found, **options)

        for decorator in reversed(_OPTIONS if argument else _OPTIONS[1:]):
            run = decorator(run)
        return run

    return decorate


def _same(one: str, other: str) -> bool:
    try:
        return Path(one).resolve() == Path(other).resolve()
    except RuntimeError:  # links that go in a circle, before Python 3.13
        return False


_OPTIONS: Sequence[Callable[[Callable[..., None]], Callable[..., None]]] = (
    click.argument("files", nargs=-1, type=FILE),
    click.option(
        "--vocabulary",
        multiple=True,
        type=FILE,
        metavar="F",
        help="A .toml file of facets and terms; may be repeated.",
    ),
    click.option(
        "--datasets",
        multiple=True,
        type=FILE,
        metavar="F",
        help="A .bib file of datasets; may be repeated.",
    ),
    click.option(
        "--background",
        multiple=True,
        type=FILE,
        metavar="F",
        help="A .bib file of works that are only cited; may be repeated.",
    ),
)


def read_text(path: Path) -> str:
    """The text of a file. Raises :class:`OSError`, and :class:`UnicodeDecodeError` if it is not
    UTF-8: written anew, it would lose what is in another encoding.
    """
    return read_file(path, LONGEST_FILE).decode("utf-8")


def text_of(path: Path) -> str:
    """The text of a file that is to be written anew; what is not UTF-8 ends the command."""
    try:
        return read_text(path)
    except UnicodeDecodeError as error:
        raise click.ClickException(
            f"{path}: not UTF-8; left unchanged"
        ) from error


def today() -> str:
    """The day, by the clock or by ``SOURCE_DATE_EPOCH``."""
    try:
        now = time.gmtime(
            int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
        )
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(
            "SOURCE_DATE_EPOCH is not a number of seconds"
        ) from error
    return time.strftime("%Y-%m-%d", now)


def counted(number: int, noun: str) -> str:
    """A number of things in words."""
    return f"{number} {noun}" if number == 1 else f"{number or 'no'} {noun}s"


def cache_folder() -> Path:
    """Where answers of services are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "sphinx-mmu"
