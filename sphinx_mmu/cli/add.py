"""``sphinx-mmu add``: a work by its identifier, or from BibTeX, as an entry at its place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from sphinx_mmu.bib import reader
from sphinx_mmu.bib.style import SourceEntry
from sphinx_mmu.cli._shared import (
    EMAIL,
    FILE,
    Command,
    Database,
    cache_folder,
    database,
    text_of,
    today,
)
from sphinx_mmu.files import replace_file
from sphinx_mmu.library.audit import audit
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.new_works import file_for
from sphinx_mmu.library.same_work import identifiers
from sphinx_mmu.lookup import anthology, arxiv, crossref, openreview
from sphinx_mmu.lookup.answers import AnswerCache, ServiceError
from sphinx_mmu.lookup.client import Client
from sphinx_mmu.lookup.new_entry import as_tex, from_bibtex, from_record
from sphinx_mmu.lookup.placing import (
    already_there,
    inserted,
    known_works,
    paper_of,
)
from sphinx_mmu.lookup.proposed_tags import proposals, tagged
from sphinx_mmu.lookup.service_work import ServiceWork
from sphinx_mmu.model.identifiers import normal, recognised
from sphinx_mmu.model.links import KINDS
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.tags import split_words

_FETCH: Mapping[str, Callable[[Client, str], ServiceWork | None]] = {
    "arxiv": arxiv.fetch,
    "doi": crossref.fetch,
    "openreview": openreview.fetch,
    "anthology": anthology.fetch,
}
_KEPT = 1 / 24
"""The days for which an answer is kept: an hour, since a work that is not known now may be
tomorrow.
"""


@click.command(
    cls=Command,
    examples=[
        (
            "sphinx-mmu add 2403.01234 --tag topic:routing",
            "from arXiv, with a tag",
        ),
        (
            "sphinx-mmu add https://openreview.net/forum?id=gn0mIhQGNM",
            "from OpenReview",
        ),
        (
            "sphinx-mmu add 10.18653/v1/2024.acl-long.1 --dry-run",
            "preview the entry",
        ),
        (
            "sphinx-mmu add - < cited.bib",
            "from BibTeX, without a request to any service",
        ),
        ("sphinx-mmu add 2403.01234 --to refs.bib", "without a conf.py"),
    ],
    exits={
        0: "each work has an entry now",
        1: "a work is already listed, is not known, or could not be looked up",
    },
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--to",
    type=FILE,
    metavar="F",
    help="The .bib file to write to; by default the one with the other entries of its list, or else"
    " the first in conf.py.",
)
@click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="FACET:VALUE",
    help="A tag of the new entry; may be repeated.",
)
@click.option(
    "--proposed",
    is_flag=True,
    help="Mark all tags as proposals, including those given.",
)
@click.option("--no-tags", is_flag=True, help="Do not propose tags.")
@click.option(
    "--abstract", is_flag=True, help="Keep the abstract in the entry."
)
@click.option(
    "--dry-run", is_flag=True, help="Print the entry and write nothing."
)
@EMAIL
@database(argument=False)
@click.pass_context
def add(
    context: click.Context,
    database: Database,
    ids: tuple[str, ...],
    tags: tuple[str, ...],
    email: str,
    to: str | None,
    *,
    proposed: bool,
    no_tags: bool,
    abstract: bool,
    dry_run: bool,
) -> None:
    """Add works by arXiv id, DOI, OpenReview or ACL Anthology address; `-` reads BibTeX from
    standard input.

    Metadata from arXiv, Crossref, doi.org, OpenReview or the ACL Anthology become an entry in the
    canonical form: with a key in the project's scheme, braces around capitals, and the short venue
    name that other entries use. It is inserted at the place given by its list and date; the rest of
    the file is unchanged. The vocabulary determines which lists accept new entries and which is the
    default (`new`); the entry is added to the file with the other entries of its list.

    Tags are proposed where words of the title and abstract match the vocabulary. Such an entry has
    `tagsource = {proposed}` until a person has read the work. A work that is already listed is not
    added again; the message names its key.
    """
    failed = False
    client = Client(AnswerCache(cache_folder(), _KEPT), email)
    for tag in tags:
        _check_tag(tag, database.load())
    for name in ids:
        library = database.load()
        try:
            for entry, text in _drafts(name, library, client):
                if not no_tags or tags or proposed:
                    title = paper_of(entry).title
                    found = [] if no_tags else proposals(title, text, library)
                    sure = not proposed
                    entry = tagged(entry, tags, found, library, sure=sure)  # noqa: PLW2901 -- with tags
                if abstract and text:
                    entry = entry.having(abstract=as_tex("abstract", text))  # noqa: PLW2901 -- also with it
                failed |= not _put(entry, database, to, write=not dry_run)
        except ServiceError as error:
            click.echo(f"{name}: {error}", err=True)
            failed = True
    if failed:
        context.exit(1)


def _check_tag(tag: str, library: Library) -> None:
    facet, colon, _ = tag.partition(":")
    known, term = (
        library.vocabulary.facets.get(facet),
        library.vocabulary.term(tag),
    )
    declared = known and (known.open or term)
    if not colon or (library.vocabulary and not declared):
        raise click.BadParameter(
            f"{tag!r} is not a tag of the vocabulary", param_hint="'--tag'"
        )
    if known and term and term not in known.offered:
        offered = ", ".join(one.tag for one in known.offered)
        message = f"{tag!r} takes no new entries; write one of: {offered}"
        raise click.BadParameter(message, param_hint="'--tag'")


def _drafts(
    name: str, library: Library, client: Client
) -> Iterator[tuple[SourceEntry, str]]:
    """The entries that an identifier or standard input gives, each with its abstract."""
    if name == "-":
        entries, problems = reader.read_bytes(
            sys.stdin.buffer.read(), "standard input"
        )
        for problem in problems:
            click.echo(f"{problem.location}: {problem.text}", err=True)
        if not entries:
            raise ServiceError("no BibTeX entry found")
        for raw in entries:
            yield from_bibtex(raw, library, today()), raw.value("abstract")
        return
    found = recognised(name)
    if not found:
        known = ", ".join(KINDS[kind].label for kind in _FETCH)
        raise ServiceError(
            f"neither an identifier nor an address of a work; known are {known}"
        )
    wanted = normal(*found)
    for work in known_works(library):
        if wanted in identifiers(work):
            raise ServiceError(_already(work))
    record = _record(*found, client)
    if record.withdrawn:
        click.echo(f"{name}: note: its authors have withdrawn it", err=True)
    yield from_record(record, library, today()), record.abstract


def _record(kind: str, value: str, client: Client) -> ServiceWork:
    """What the service of a kind of identifier says."""
    if kind not in _FETCH:
        raise ServiceError("no service is known that gives its metadata")
    record = _FETCH[kind](client, value)
    if not record or not record.title:
        raise ServiceError("there is no such work")
    return record


def _already(paper: Paper) -> str:
    return (
        f"already listed as {paper.key} ({paper.entry.file}:{paper.entry.line})"
    )


def _put(
    entry: SourceEntry, database: Database, to: str | None, *, write: bool
) -> bool:
    """Insert an entry at its place, or report why not."""
    library = database.load()
    if there := already_there(paper_of(entry), library):
        click.echo(f"{entry.key}: {_already(there)}", err=True)
        return False
    click.echo(entry.text)
    tags = list(split_words(entry.value("keywords")))
    name = to or file_for(tags, library) or database.papers[0]
    papers = [p for p in library.papers.papers if p.entry.file == name]
    old = text_of(Path(name))
    new = inserted(old, entry, papers, library)
    if not write:
        return True
    replace_file(Path(name), new.encode())
    after = database.load()
    added = after.papers.by_key.get(entry.key)
    line = added.entry.line if added else 0
    click.echo(f"{name}:{line}: added {entry.key}", err=True)
    for problem in (*after.problems, *audit(after)):
        if problem.key == entry.key:
            click.echo(
                f"{problem.location}: {problem.severity.value}: {problem.text}",
                err=True,
            )
    return True
