"""The reference of the command line as Markdown, generated from the commands for the guide."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from sphinx_mmu.cli._shared import Command

_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def reference(main: click.Group) -> str:
    """A section for each command: usage, what it does, options, examples, exit codes."""
    return "\n".join(
        line
        for name, command in _commands(main, "sphinx-mmu")
        for line in _section(name, command)
    )


def _commands(
    group: click.Group, prefix: str
) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{prefix} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{prefix} {name}")


def _section(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    yield from (
        f"### {name}",
        "",
        "```text",
        " ".join([name, *command.collect_usage_pieces(context)]),
        "```",
        "",
    )
    yield from (*_paragraphs(inspect.cleandoc(command.help or "")), "")
    options = [p for p in command.params if isinstance(p, click.Option)]
    rows = [
        record
        for option in options
        if (record := option.get_help_record(context))
    ]
    if rows:
        yield from ("| Option | Meaning |", "|---|---|")
        yield from (
            *(
                f"| `{_cell(option)}` | {_prose(_cell(text))} |"
                for option, text in rows
            ),
            "",
        )
    if isinstance(command, Command):
        lines = (
            line
            for typed, meaning in command.examples
            for line in (f"# {meaning}", typed)
        )
        yield from ("```sh", *lines, "```", "")
        yield from ("| Exit status | Meaning |", "|---|---|")
        yield from (
            f"| {code} | {_prose(meaning)} |"
            for code, meaning in sorted(command.exits.items())
        )
        yield ""


def _paragraphs(text: str) -> Iterator[str]:
    yield "\n\n".join(_prose(one) for one in re.split(r"\n\s*\n", text))


def _prose(text: str) -> str:
    """Words in one line, options as code: two hyphens would become a dash."""
    parts = " ".join(text.split()).split("`")
    parts[::2] = (_OPTION.sub(r"`\g<0>`", part) for part in parts[::2])
    return "`".join(parts)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
