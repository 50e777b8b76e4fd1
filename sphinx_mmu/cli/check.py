"""``sphinx-mmu check``: what the build would say, without a build."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from sphinx_mmu.cli._shared import FILE, Command
from sphinx_mmu.library import Library
from sphinx_mmu.problems import Problem, Severity

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


@click.command(
    cls=Command,
    examples=[
        ("sphinx-mmu check refs.bib", "without a vocabulary any tag is welcome"),
        ("sphinx-mmu check refs/*.bib --vocabulary refs/*.toml", "the whole database of this survey"),
        ("sphinx-mmu check refs/*.bib refs/*.toml --format github", "in a workflow: remarks at the lines concerned"),
    ],
    exits={0: "there is no error; there may be warnings", 1: "there is an error"},
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--vocabulary", multiple=True, type=FILE, metavar="F...", help="Facets and terms, in TOML.")
@click.option("--datasets", multiple=True, type=FILE, metavar="F", help="A .bib file of datasets.")
@click.option("--background", multiple=True, type=FILE, metavar="F", help="A .bib file of works only cited.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text",
              help="For people, for programs, or as annotations in GitHub's workflows.")
@click.pass_context
def check(
    context: click.Context,
    files: tuple[str, ...],
    vocabulary: tuple[str, ...],
    datasets: tuple[str, ...],
    background: tuple[str, ...],
    form: str,
) -> None:
    """Say what is wrong with .bib FILES and the vocabulary their tags are written in.

    Every option may be repeated. Files that end in .toml are vocabulary wherever they stand.
    """
    words = [f for f in files if f.endswith(".toml")]
    papers = [f for f in files if f not in words]
    if not (papers or datasets or background):
        raise click.UsageError("name at least one .bib file")
    library = Library.load(
        papers, datasets=datasets, background=background, vocabulary=[*vocabulary, *words], root=Path()
    )
    _FORMATS[form](library.problems)
    if any(p.severity is Severity.ERROR for p in library.problems):
        context.exit(1)


def _print_text(problems: Sequence[Problem]) -> None:
    """One line each, as compilers write them, and a last line with the sum."""
    console = Console(highlight=False, soft_wrap=True, emoji=False, markup=False)
    for problem in problems:
        colour = _COLOURS[problem.severity]
        key = f"{problem.key}: " if problem.key and problem.key not in problem.message else ""
        console.print(Text.assemble(
            (problem.location, "bold"), ": ", (problem.severity.value, colour), f": {key}{problem.text} ",
            (f"[mmu.{problem.code.slug}]", "dim"),
        ))
    errors = sum(p.severity is Severity.ERROR for p in problems)
    console.print(f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number or 'no'} {noun}s"


def _print_json(problems: Sequence[Problem]) -> None:
    click.echo(json.dumps([p.as_dict() for p in problems], indent=2))


def _print_github(problems: Sequence[Problem]) -> None:
    """The commands by which a workflow puts a remark at a line of a pull request."""
    for problem in problems:
        place = f"file={_property(problem.file)}" + (f",line={problem.line}" if problem.line else "")
        title = _property(f"mmu.{problem.code.slug}")
        click.echo(f"::{problem.severity.value} {place},title={title}::{_data(problem.text)}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_FORMATS: dict[str, Callable[[Sequence[Problem]], None]] = {
    "text": _print_text,
    "json": _print_json,
    "github": _print_github,
}
