"""Terms: lists of those of a facet, and the section of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.library import Library, term_papers
from sphinx_mmu.messages import _
from sphinx_mmu.problems import (
    Code,
    Problem,
    did_you_mean,
    nearest,
    no_facet,
    no_value,
)
from sphinx_mmu.views.base import View, ViewContext
from sphinx_mmu.views.cells import (
    Cell,
    Detail,
    Line,
    Part,
    in_line,
    keys_cell,
    term_part,
    terms_cell,
    text_cell,
)
from sphinx_mmu.vocabulary.vocabulary import Facet, Term

TERM_FORMATS = ("table", "list", "cards", "pipe")
TERM_COLUMNS = ("label", "definition", "papers")
"""The columns of a table of terms that names none."""


TERM_PARTS = (
    "definition",
    "formula",
    "tradeoffs",
    "facts",
    "children",
    "highlights",
    "related",
    "cites",
    "papers",
)
"""What a term's section can show, in order."""


class TermsRequest(NamedTuple):
    """The terms of a facet, or below a term (``facet:value``), down to ``depth`` levels."""

    kind: str = "terms"
    subject: str = ""
    depth: int = 1
    format: str = "table"
    columns: tuple[str, ...] = ()


class TermItem(NamedTuple):
    """A term in a list, with the number of its papers, its cells (of a table), its children, and
    the fact that is printed below its name.
    """

    term: Term
    papers: int
    cells: tuple[Cell, ...]
    children: tuple[TermItem, ...]
    line: str


@dataclass(frozen=True)
class TermsView(View):
    """Terms in the order of the vocabulary. ``heads`` are name and label of the columns of a
    table.
    """

    items: tuple[TermItem, ...] = ()
    heads: tuple[tuple[str, str], ...] = ()
    numbered: bool = False

    def flat(self) -> Iterator[TermItem]:
        """Every term, each before its children."""
        return _flat(self.items)


class TermRequest(NamedTuple):
    """The section of one term."""

    kind: str = "term"
    tag: str = ""


@dataclass(frozen=True)
class TermView(View):
    """The facts of a term as labelled rows; ``count`` is the number of its papers, ``text`` its
    label.
    """

    rows: tuple[Detail, ...] = ()


def terms_view(context: ViewContext, request: TermsRequest) -> TermsView:
    """List the terms that a request asks for."""
    library = context.library
    name, _colon, value = request.subject.partition(":")
    facet = library.facets.get(name)
    problem = _fault(library, name, value)
    if facet is None or problem:
        return TermsView(request, problems=(problem,) if problem else ())
    parent = library.vocabulary.term(request.subject) if value else None
    top = [
        t for t in facet.terms if t.parent == (parent.value if parent else "")
    ]
    known = term_columns(facet)
    unknown = [column for column in request.columns if column not in known]
    columns = [column for column in request.columns if column in known]
    if request.format == "table":
        columns = columns or list(TERM_COLUMNS)
    items = _items(library, top, columns, request.depth or 1)
    heads = [
        (c, facet.label if c == "label" else library.field_label(c))
        for c in columns
    ]
    return TermsView(
        request,
        len(items),
        problems=tuple(_unknown_column(column, known) for column in unknown),
        items=items,
        heads=tuple(heads),
        numbered=facet.numbered,
    )


def _fault(library: Library, name: str, value: str) -> Problem | None:
    """Why there is nothing to list, if so."""
    facet = library.facets.get(name)
    if facet is None:
        return no_facet(name, library.facets)
    parent = library.vocabulary.term(f"{name}:{value}") if value else None
    if value and parent is None:
        return no_value(name, value, [t.value for t in facet.terms])
    if not facet.terms:
        message = f"facet {name!r} has no terms: it takes any value"
        hint = f'add [term."{name}:…"] to the vocabulary'
        return Problem(Code.EMPTY_RESULT, message, hint=hint)
    if parent and not library.vocabulary.children(parent):
        message = f"there are no terms below {name + ':' + value!r}"
        return Problem(Code.EMPTY_RESULT, message)
    return None


def _unknown_column(name: str, known: Iterable[str]) -> Problem:
    hint = did_you_mean(name, known)
    return Problem(
        Code.UNKNOWN_COLUMN, f"terms have no column {name!r}", hint=hint
    )


def _items(
    library: Library, terms: Iterable[Term], columns: list[str], depth: int
) -> tuple[TermItem, ...]:
    items = []
    for term in terms:
        children: tuple[TermItem, ...] = ()
        if depth > 1:
            below = library.vocabulary.children(term)
            children = _items(library, below, columns, depth - 1)
        cells = (term_cell(name, term, library) for name in columns)
        shown = tuple(cell or text_cell("") for cell in cells)
        line = term.fact(library.facets[term.facet].line_fact)
        papers = term_papers(library, term).bit_count()
        items.append(TermItem(term, papers, shown, children, line))
    return tuple(items)


def _flat(items: Iterable[TermItem]) -> Iterator[TermItem]:
    for item in items:
        yield item
        yield from _flat(item.children)


def term_view(context: ViewContext, request: TermRequest) -> TermView:
    """Give the facts of a term."""
    library = context.library
    term = library.vocabulary.term(request.tag)
    if term is None:
        return TermView(request, problems=(no_term(library, request.tag),))
    numbered = library.facets[term.facet].numbered
    path = [(t.label, t.order, numbered) for t in library.vocabulary.path(term)]
    count = term_papers(library, term).bit_count()
    rows = term_details(term, library)
    beside = (term.tag, path)
    return TermView(request, count, term.label, beside=beside, rows=rows)


def no_term(library: Library, tag: str) -> Problem:
    """Make the problem of a tag that the vocabulary lacks."""
    facet = library.facets.get(tag.partition(":")[0])
    terms = facet.terms if facet else library.vocabulary.terms.values()
    if ":" in tag:
        hint = did_you_mean(tag, [term.tag for term in terms])
    else:
        values = {term.value: f"did you mean {term.tag!r}?" for term in terms}
        hint = values.get(nearest(tag, values), "write facet:value")
    return Problem(
        Code.UNKNOWN_KEY, f"there is no term {tag!r}", key=tag, hint=hint
    )


# --- the facts of a term


def term_columns(facet: Facet) -> tuple[str, ...]:
    """Every column that a table of a facet's terms can have."""
    return (
        "label",
        "short",
        "definition",
        "formula",
        "symbols",
        "papers",
        "cites",
        "section",
        *facet.facts,
    )


def term_cell(name: str, term: Term, library: Library) -> Cell:
    """What a table of terms shows in one column of one term; empty if nothing is recorded."""
    match name:
        case "label":
            return in_line(Part("term", "", term.tag, term.label))
        case "papers":
            return text_cell(str(term_papers(library, term).bit_count()))
        case "formula":
            formula = Line((Part("math", term.formula),), "display")
            return (formula,) if term.formula else ()
        case "symbols":
            return tuple(
                Line(
                    (Part("math", s.symbol), Part("text", f" {s.meaning}")),
                    "symbol",
                )
                for s in term.symbols
            )
        case "cites":
            return keys_cell(term.cites, library)
        case "definition" | "section" | "short":
            said = getattr(term, name)
        case _:
            said = term.facts.get(name, "")
    texts = (said,) if isinstance(said, str) else said
    return tuple(Line((Part("text", text),)) for text in texts if text)


def term_details(term: Term, library: Library) -> tuple[Detail, ...]:
    """The facts of a term. Rows without anything to say are left out."""
    definition, formula, symbols, cites = (
        term_cell(name, term, library)
        for name in ("definition", "formula", "symbols", "cites")
    )
    rows = [
        Detail(_("Definition"), definition, part="definition"),
        Detail(
            _("Formula"),
            (*formula, *symbols) if formula else (),
            part="formula",
        ),
        Detail(_("For"), _tradeoffs(term, "strength"), part="tradeoffs"),
        Detail(_("Against"), _tradeoffs(term, "cost"), part="tradeoffs"),
        *(
            Detail(library.field_label(name), term_cell(name, term, library))
            for name in term.facts
        ),
        Detail(_("Subdivisions"), _children(term, library), part="children"),
        *_highlights(term, library),
        Detail(
            _("See also"), terms_cell(term.related, library), part="related"
        ),
        Detail(_("References"), cites, part="cites"),
        Detail(library.field_label("section"), _section(term.section)),
    ]
    return tuple(row for row in rows if row.cell)


def _tradeoffs(term: Term, kind: str) -> Cell:
    points = (t for t in term.tradeoffs if t.kind == kind)
    return tuple(
        Line((Part("text", f"{t.text} "), Part("muted", t.basis)))
        for t in points
    )


def _children(term: Term, library: Library) -> Cell:
    lines = []
    for child in library.vocabulary.children(term):
        count = term_papers(library, child).bit_count()
        parts = (term_part(child.tag, library), Part("muted", f" {count}"))
        lines.append(Line(parts))
    return tuple(lines)


def _section(section: str) -> Cell:
    sign = "§" if section[:1].isdigit() else ""
    return text_cell(f"{sign}{section}") if section else ()


def _highlights(term: Term, library: Library) -> Iterator[Detail]:
    own = term_papers(library, term)
    for highlight in library.facets[term.facet].highlights:
        found, _problems = evaluate.select((highlight.filter,), library.papers)
        keys = [paper.key for paper in library.papers.of(found & own)]
        yield Detail(
            highlight.label, keys_cell(keys, library), part="highlights"
        )
