"""Papers as CSV, which spreadsheets read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping

from sphinx_mmu.export._shared import CRLF
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import links, reference
from sphinx_mmu.model.paper import Paper

_COLUMNS: Mapping[str, Callable[[Paper], str]] = {
    "key": lambda paper: paper.key,
    "title": lambda paper: paper.title,
    "short": lambda paper: paper.short,
    "authors": lambda paper: "; ".join(one.name for one in paper.authors),
    "first_public_year": lambda paper: str(paper.year or ""),
    "first_public": lambda paper: paper.date,
    "published_year": lambda paper: str(paper.published or ""),
    "venue": lambda paper: paper.venue_short,
    "type": lambda paper: paper.type,
    "arxiv": reference.arxiv,
    "doi": reference.doi,
    "url": lambda paper: next(iter(reference.addresses(paper)), ""),
    "code": lambda paper: links.url(paper.links, "code"),
}
_MARK = "\ufeff"
"""Without it, spreadsheets take UTF-8 for another encoding."""
_FORMULA = re.compile("'*[=+@＝＋－＠-]")


def csv_head(library: Library) -> str:
    """The first row: the names of the columns."""
    facets = (
        f"tag:{name}" if name in _COLUMNS else name for name in library.facets
    )
    return _MARK + _row([*_COLUMNS, *facets])


def csv_row(paper: Paper, library: Library) -> str:
    """A row of a table as RFC 4180 has it, with a column for the values of each facet."""
    values = [value(paper) for value in _COLUMNS.values()]
    tags = ["; ".join(paper.tags.get(name, ())) for name in library.facets]
    return _row(map(_harmless, [*values, *tags]))


def _harmless(value: str) -> str:
    """A value on one line. A spreadsheet would run one that begins with ``=``, ``+``, ``-`` or
    ``@`` as a formula: an apostrophe is put in front of it, and in front of a value that begins
    with apostrophes and one of these, so that taking one away gives the value back.
    """
    line = reference.line(value)
    return f"'{line}" if _FORMULA.match(line) else line


def _row(values: Iterable[str]) -> str:
    """A row in which each cell is quoted: some programs split at semicolons and tabs as well."""
    text = io.StringIO()
    csv.writer(text, lineterminator=CRLF, quoting=csv.QUOTE_ALL).writerow(
        values
    )
    return text.getvalue()
