"""``sphinx-mmu refresh``: what other services know of the entries; a person decides what of it is
written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from sphinx_mmu.bib.style import SourceEntry, rewritten
from sphinx_mmu.cli._shared import (
    EMAIL,
    FILTER,
    FORMAT,
    Command,
    Database,
    cache_folder,
    counted,
    database,
    text_of,
    today,
)
from sphinx_mmu.cli.export import chosen
from sphinx_mmu.cli.output import console, styled
from sphinx_mmu.files import replace_file
from sphinx_mmu.lookup.answers import AnswerCache
from sphinx_mmu.lookup.client import Client
from sphinx_mmu.lookup.updates import ASKED, Finding, Round, changed
from sphinx_mmu.model.paper import Paper


@click.command(
    cls=Command,
    examples=[
        ("sphinx-mmu refresh", "query all papers and report, without writing"),
        (
            'sphinx-mmu refresh --filter "-has:venue" --service dblp',
            "ask one service whether preprints have been published",
        ),
        (
            'sphinx-mmu refresh --filter "year:2024" --write',
            "decide about each finding",
        ),
        ("sphinx-mmu refresh --service links", "find dead and moved links"),
    ],
    exits={
        0: "all papers were checked, with or without findings",
        1: "a service could not be reached, or the run was interrupted",
    },
)
@database()
@FILTER
@click.option(
    "--service",
    "services",
    multiple=True,
    type=click.Choice(list(ASKED)),
    help="The service to query, all by default; may be repeated.",
)
@click.option(
    "--write",
    is_flag=True,
    help="Offer each finding, and write those that are accepted.",
)
@click.option(
    "--yes",
    is_flag=True,
    help="With --write: accept all findings without asking.",
)
@FORMAT
@click.option(
    "--days",
    type=click.FloatRange(min=0),
    default=6.0,
    show_default=True,
    help="How long responses are cached before a service is queried again.",
)
@EMAIL
@click.pass_context
def refresh(
    context: click.Context,
    database: Database,
    text: str,
    services: tuple[str, ...],
    form: str,
    days: float,
    email: str,
    *,
    write: bool,
    yes: bool,
) -> None:
    """Query bibliographic services about each paper, and check its links.

    Reports papers that have been published in the meantime, missing DOIs, differing lists of
    authors, withdrawn or retracted works, code, and links that are dead or have moved. Only with
    --write are findings written: those that you accept, with their sources in the field `sources`.

    Requests are spaced out, so a run takes a while. Responses are cached: an interrupted run
    continues where it stopped when the command is called again.
    """
    if yes and not write:
        raise click.UsageError("--yes requires --write")
    library = database.load()
    papers = chosen(library, text)
    client = Client(AnswerCache(cache_folder(), days), email)
    asked = Round(client, library, services)
    found: list[Finding] = []
    for paper, findings in _rounds(asked, papers, quiet=form == "json"):
        found += findings
        if form == "text":
            _tell(findings)
        changes = [one for one in findings if one.field] if write else []
        if taken := [one for one in changes if yes or _wanted(one)]:
            _write(paper, taken)
    if form == "json":
        click.echo(
            json.dumps(
                [one._asdict() for one in found], indent=2, ensure_ascii=False
            )
        )
    else:
        click.echo(
            f"{counted(len(found), 'finding')} in {counted(len(papers), 'paper')}"
        )
    for trouble in asked.troubles:
        click.echo(trouble, err=True)
    if asked.troubles:
        context.exit(1)


def _rounds(
    asked: Round, papers: Sequence[Paper], *, quiet: bool
) -> Iterator[tuple[Paper, tuple[Finding, ...]]]:
    """Each paper with what is found, under a progress bar where somebody looks at it."""
    screen = console(err=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=screen,
        transient=True,
        disable=quiet or not screen.is_terminal,
    )
    task = bar.add_task("asking", total=len(papers))
    for paper in papers:
        with bar:
            bar.update(task, description=styled(paper.key).plain)
            findings = asked.findings(paper)
            bar.advance(task)
        yield paper, findings


def _tell(findings: Sequence[Finding]) -> None:
    for one in findings:
        change = (
            f" · {one.name}: {one.old or '(none)'} → {one.new}"
            if one.field
            else ""
        )
        click.echo(f"{one.key}: {one.what}{change} ({one.source})")


def _wanted(one: Finding) -> bool:
    """Whether a person takes it."""
    return click.confirm(
        f"  write {one.name} = {one.new}?", default=False, err=True
    )


def _write(paper: Paper, taken: Sequence[Finding]) -> None:
    """Write findings into the entry at once, so that a broken-off round loses nothing."""
    path = Path(paper.entry.file)

    def change(entry: SourceEntry) -> SourceEntry:
        return (
            changed(entry, taken, today()) if entry.key == paper.key else entry
        )

    old = text_of(path)
    new = rewritten(old, change)
    if new == old:
        why = "was left unchanged, because it has a BibTeX syntax error"
        click.echo(f"{path}: {paper.key} {why}", err=True)
        return
    replace_file(path, new.encode())
    names = ", ".join(one.name for one in taken)
    click.echo(f"{path}: wrote {names} of {paper.key}", err=True)
