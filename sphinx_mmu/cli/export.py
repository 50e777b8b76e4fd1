"""``sphinx-mmu export``: the papers of a filter in other forms, and the sections of a README."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sphinx_mmu.cli._shared import FILTER, Command, Database, database, text_of
from sphinx_mmu.cli.output import write_data
from sphinx_mmu.export.formats import FORMATS, Format
from sphinx_mmu.export.readme import ReadmeError, with_sections
from sphinx_mmu.files import replace_file
from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.problems import Code


@click.group()
def export() -> None:
    """Write papers in other formats, or the generated sections of a README."""


def chosen(library: Library, text: str) -> Sequence[Paper]:
    """The papers that match a filter. Unknown names in it are reported; a filter that cannot be
    parsed is a usage error.
    """
    found, problems = evaluate.select([text], library.papers)
    for problem in problems:
        if problem.code is Code.FILTER_SYNTAX:
            raise click.BadParameter(
                f"{problem.message}\n{problem.hint}", param_hint="'--filter'"
            )
        click.echo(f"--filter: {problem.text}", err=True)
    return library.papers.of(found)


def _command(form: Format) -> click.Command:
    @database()
    @FILTER
    @click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, writable=True),
        default="-",
        help="Output file; standard output by default.",
    )
    @click.pass_context
    def run(
        context: click.Context, database: Database, text: str, output: str
    ) -> None:
        library = database.load()
        papers = chosen(library, text)
        data = form.whole(papers, library).encode()
        if not papers:
            click.echo("no entry matches", err=True)
            context.exit(1)
        if output == "-":
            write_data(data)
        else:
            replace_file(Path(output), data)

    what = (
        f"references in plain text, in the style {form.label}"
        if form.copied
        else form.label
    )
    name = f"sphinx-mmu export {form.name}"
    return click.command(
        form.name,
        cls=Command,
        help=(
            f"Write papers as {what}. Without FILES, those listed in the folder's conf.py are"
            " read."
        ),
        short_help=f"Papers as {what}.",
        examples=[
            (f"{name} -o all{form.suffix}", "all papers that conf.py names"),
            (
                f'{name} refs.bib --filter "year:>=2024 has:code"',
                "a selection from a file; the guide explains filters",
            ),
        ],
        exits={
            0: "the papers were written",
            1: "no entry matches, or the file cannot be written",
        },
    )(run)


for _form in FORMATS.values():
    export.add_command(_command(_form))


@export.command(
    cls=Command,
    examples=[
        ("sphinx-mmu export readme", "regenerate the sections of README.md"),
        (
            "sphinx-mmu export readme --check",
            "for a workflow: check that they are up to date",
        ),
    ],
    exits={
        0: "all sections are up to date",
        1: "a section is out of date (--check), or cannot be generated",
    },
)
@database()
@click.option(
    "--readme",
    "name",
    type=click.Path(exists=True, dir_okay=False),
    default="README.md",
    show_default=True,
    help="The file with the sections.",
)
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Change nothing; exit with 1 if the file would change.",
)
@click.pass_context
def readme(
    context: click.Context, database: Database, name: str, *, only_check: bool
) -> None:
    """Write the sections of a README between `<!-- mmu:begin … -->` and `<!-- mmu:end
    -->`.
    """
    path = Path(name)
    old = text_of(path)
    try:
        new = with_sections(
            old.replace("\r\n", "\n"), database.load(), path.parent
        )
    except ReadmeError as error:
        click.echo(f"{name}:{error.line}: {error}", err=True)
        context.exit(1)
    if "\r\n" in old:
        new = new.replace("\n", "\r\n")
    if new == old:
        return
    if only_check:
        click.echo(f"{name}: out of date; run `sphinx-mmu export readme`")
        context.exit(1)
    replace_file(path, new.encode())
    click.echo(f"{name}: written", err=True)
