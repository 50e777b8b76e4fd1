"""The command line, ``sphinx-mmu``: one module for each command or two."""

from __future__ import annotations

import io
import sys

import click

from sphinx_mmu import __version__
from sphinx_mmu.cli.add import add
from sphinx_mmu.cli.check import check
from sphinx_mmu.cli.export import export
from sphinx_mmu.cli.format import format_
from sphinx_mmu.cli.refresh import refresh
from sphinx_mmu.cli.stats import stats


class _Main(click.Group):
    """The commands, for which a file that cannot be read or written is a message."""

    def invoke(self, context: click.Context) -> object:
        """Run a command; a pipe that nobody reads any longer is click's to end."""
        try:
            return super().invoke(context)
        except BrokenPipeError:
            raise
        except OSError as error:
            words = (error.filename, error.strerror or error)
            raise click.ClickException(": ".join(str(word) for word in words if word)) from error


@click.group(cls=_Main, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sphinx-mmu")
def main() -> None:
    """Work with a tagged bibliography: `sphinx-mmu COMMAND --help` shows examples."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a console that lacks a letter still gets the line


for command in (check, format_, add, refresh, export, stats):
    main.add_command(command)
