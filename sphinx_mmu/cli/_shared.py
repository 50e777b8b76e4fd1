"""What commands have in common: help with examples and exit codes, and how files are named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

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
