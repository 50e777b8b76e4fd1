"""``sphinx-mmu check``: what a build would report, without a build."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from sphinx_mmu.cli._shared import (
    Command,
    Database,
    counted,
    database,
    read_text,
)
from sphinx_mmu.cli.output import console, styled
from sphinx_mmu.files import replace_file
from sphinx_mmu.library.audit import audit
from sphinx_mmu.library.fixes import fixed
from sphinx_mmu.problems import Problem, Severity
from sphinx_mmu.views.presets import preset_problems
from sphinx_mmu.vocabulary.reader import read_vocabulary

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


@click.command(
    cls=Command,
    examples=[
        ("sphinx-mmu check", "the files that conf.py names"),
        (
            "sphinx-mmu check refs.bib",
            "without a vocabulary any tag is accepted",
        ),
        (
            "sphinx-mmu check refs/*.bib --vocabulary refs/*.toml",
            "all files of a folder",
        ),
        (
            "sphinx-mmu check refs/*.bib refs/*.toml --format github",
            "in a workflow: annotations at the lines concerned",
        ),
        (
            "sphinx-mmu check --fix refs/papers.bib refs/*.toml",
            "fix what has only one correct answer, report the rest",
        ),
    ],
    exits={0: "no errors; there may be warnings", 1: "at least one error"},
)
@database(there=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="Output for people, for programs, or as annotations in GitHub's workflows.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="First fix, in place, what has only one correct answer.",
)
@click.pass_context
def check(
    context: click.Context, database: Database, form: str, *, fix: bool
) -> None:
    """Report problems in .bib FILES and in the vocabulary of their tags.

    In addition to what a build would report, it finds works that are listed twice, preprints listed
    beside their published versions, venues without a year, titles without a space after a colon or
    without braces around the short name, tags that break a rule of the vocabulary, and names that
    are spelled in two ways.

    FILES whose names end in .toml are read as vocabulary, in any position. Without FILES, those
    listed in the folder's conf.py are checked.

    --fix deletes a field or an entry that is given twice with the same text, corrects the format of
    dates and the spelling of tags, and deletes empty names from lists of authors.
    """
    if fix:
        _fix(database)
    library = database.load()
    if not library.entries:
        click.echo(f"no entries in {', '.join(database.bibs)}", err=True)
    problems = sorted(
        (*library.problems, *audit(library), *preset_problems(library)),
        key=Problem.order,
    )
    _FORMATS[form](problems)
    if any(p.severity is Severity.ERROR for p in problems):
        context.exit(1)


def _fix(database: Database) -> None:
    vocabulary, _ = read_vocabulary(
        [(Path(name), name) for name in database.vocabulary]
    )
    for name in database.bibs:
        try:
            old = read_text(Path(name))
        except (OSError, UnicodeDecodeError):
            continue  # the check itself reports it
        new, fixes = fixed(old, vocabulary)
        if new != old:
            replace_file(Path(name), new.encode())
        for fix in fixes:
            click.echo(
                f"{name}:{fix.line}: fixed: {fix.key}: {fix.what}", err=True
            )


def _print_text(problems: Sequence[Problem]) -> None:
    """One line each, as compilers write them, and a last line with the sum."""
    screen = console()
    for problem in problems:
        screen.print(
            styled(
                (problem.location, "bold"),
                ": ",
                (problem.severity.value, _COLOURS[problem.severity]),
                f": {problem.text} ",
                (f"[mmu.{problem.code.slug}]", "dim"),
            )
        )
    errors = sum(p.severity is Severity.ERROR for p in problems)
    screen.print(
        f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}"
    )


def _print_json(problems: Sequence[Problem]) -> None:
    click.echo(json.dumps([p.as_dict() for p in problems], indent=2))


def _print_github(problems: Sequence[Problem]) -> None:
    """The commands by which a workflow puts a remark at a line of a pull request."""
    for problem in problems:
        line = f",line={problem.line}" if problem.line else ""
        place = f"file={_property(problem.file)}{line}"
        title = _property(f"mmu.{problem.code.slug}")
        click.echo(
            f"::{problem.severity.value} {place},title={title}::{_data(problem.text)}"
        )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_FORMATS: dict[str, Callable[[Sequence[Problem]], None]] = {
    "text": _print_text,
    "json": _print_json,
    "github": _print_github,
}
