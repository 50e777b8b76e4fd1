"""``sphinx-mmu format``: entries in the canonical form, without any loss of text."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import click

from sphinx_mmu.bib.style import Formatted, formatted
from sphinx_mmu.cli._shared import Command, read_text
from sphinx_mmu.cli.output import write_data
from sphinx_mmu.files import replace_file

_FILE_OR_DASH = click.Path(exists=True, dir_okay=False, allow_dash=True)


@click.command(
    "format",
    cls=Command,
    examples=[
        ("sphinx-mmu format refs/*.bib", "format all files"),
        (
            "sphinx-mmu format --check refs/*.bib",
            "for a workflow: list files that are not formatted",
        ),
        ("sphinx-mmu format --diff refs/papers.bib", "preview the changes"),
        ("sphinx-mmu format - < new.bib", "as a filter, for editors"),
    ],
    exits={
        0: "all files are in the canonical form",
        1: "a file would change (--check, --diff), or one cannot be read",
    },
)
@click.argument("files", nargs=-1, required=True, type=_FILE_OR_DASH)
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Change nothing; exit with 1 if a file would change.",
)
@click.option(
    "--diff", is_flag=True, help="Change nothing; print what would change."
)
@click.pass_context
def format_(
    context: click.Context,
    files: tuple[str, ...],
    *,
    only_check: bool,
    diff: bool,
) -> None:
    """Put the entries of .bib FILES into the canonical form, in place. `-` means standard
    input and output.

    Types and field names become lower case; fields are put in order, one per line, aligned, in
    braces; entries are separated by an empty line. The order of entries, the text of values,
    abbreviations, comments and free text are unchanged. An entry with a BibTeX syntax error is also
    left unchanged, with a message; `sphinx-mmu check` explains the error. Line endings become those
    of the file's first line; a byte order mark is kept.
    """
    failed = [
        _format(name, write=not (only_check or diff), diff=diff)
        for name in files
    ]
    if any(failed):
        context.exit(1)


def _format(name: str, *, write: bool, diff: bool) -> bool:
    """Format one file; whether that fails, or is needed where nothing is to be written."""
    try:
        given = name == "-"
        old = (
            sys.stdin.buffer.read().decode() if given else read_text(Path(name))
        )
    except UnicodeDecodeError:
        click.echo(f"{name}: not UTF-8; left unchanged", err=True)
        return True
    except OSError as error:
        click.echo(
            f"{name}: cannot be read: {error.strerror or error}", err=True
        )
        return True
    new = formatted(old)
    _tell_left(name, new)
    if diff:
        lines = (old.splitlines(), new.text.splitlines())
        click.echo(
            "\n".join(difflib.unified_diff(*lines, name, name, lineterm="")),
            nl=new.text != old,
        )
    elif given and write:
        write_data(new.text.encode())
        return False
    if new.text == old:
        return False
    if write:
        replace_file(Path(name), new.text.encode())
        click.echo(f"{name}: formatted", err=True)
    elif not diff:
        click.echo(
            f"{name}: not in canonical form; run `sphinx-mmu format {name}`"
        )
    return not write


def _tell_left(name: str, new: Formatted) -> None:
    for line in new.left:
        click.echo(
            f"{name}:{line}: left unchanged, because it has a BibTeX syntax error",
            err=True,
        )
