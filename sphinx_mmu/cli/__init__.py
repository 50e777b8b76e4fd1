"""The command line, ``sphinx-mmu``: one module for each command or two."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

import click

from sphinx_mmu import __version__
from sphinx_mmu.cli.add import add
from sphinx_mmu.cli.check import check
from sphinx_mmu.cli.export import export
from sphinx_mmu.cli.format import format_
from sphinx_mmu.cli.output import screens
from sphinx_mmu.cli.refresh import refresh
from sphinx_mmu.cli.stats import stats


class _Main(click.Group):
    """The commands, for which a file or output that cannot be read or written is a message."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; a pipe that nobody reads any longer is click's to end."""
        with screens():
            try:
                return super().main(*args, **kwargs)
            except OSError as error:
                words = (error.filename, error.strerror or error)
                with suppress(OSError):
                    click.echo(
                        "Error: "
                        + ": ".join(str(word) for word in words if word),
                        err=True,
                    )
                sys.exit(1)


@click.group(
    cls=_Main,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
)
@click.version_option(__version__, prog_name="sphinx-mmu")
def main() -> None:
    """Work with a tagged bibliography: `sphinx-mmu COMMAND --help` shows examples."""


for command in (check, format_, add, refresh, export, stats):
    main.add_command(command)
