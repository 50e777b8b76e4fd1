"""From what a directive asks (a :class:`Request`) to what it shows (a :class:`View`).

Pure: no Sphinx, no docutils. A view's fingerprint covers everything that is rendered from it, so that a page is
read again exactly when one of its views changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import NamedTuple

from sphinx_mmu import bibwrite, branches, crossing, matrix, query, series
from sphinx_mmu.cells import Cell, Column, Maker, Part, column, column_names, default_columns, venue_text
from sphinx_mmu.collection import Collection, positions
from sphinx_mmu.library import Library, keys_in, term_papers
from sphinx_mmu.model import Paper
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.sheets import neighbours, paper_sheet, path_parts, related, term_cell, term_sheet
from sphinx_mmu.source import Source
from sphinx_mmu.syntax import fold
from sphinx_mmu.vocabulary import Facet, Term

VIEW_VERSION = 1
"""Counted up when the code renders something new from the same data."""

FORMATS = ("table", "list", "cards")
TERM_FORMATS = ("table", "list", "cards", "pipe")
_FORM_COLUMNS = {"list": ("date", "title"), "cards": ("paper", "venue", "date", "links")}
SORTS = ("date", "added", "year", "title", "venue", "author", "key", "file")


class Request(NamedTuple):
    """What a directive or role asks: plain values only, so that it can be stored and compared.

    ``kind``: papers, terms, term, paper, count, name (of an entry), label (of a term).
    ``subject`` is the key, tag or facet that the request is about, ``parts`` what else a figure is told, by option.
    """

    kind: str
    subject: str = ""
    collection: str = "papers"
    filters: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sort: str = "-date"
    group_by: str = ""
    limit: int = 0
    format: str = "table"
    caption: str = ""
    variant: str = ""
    facets: tuple[str, ...] = ()
    empty_ok: bool = False
    parts: tuple[tuple[str, str], ...] = ()


Figure = (
    branches.Pipeline
    | branches.Tree
    | branches.Directions
    | series.Timeline
    | series.Sparks
    | crossing.Crossing
    | crossing.Coverage
)
"""The data of a drawing: with ``finding()``, what it shows, and ``sheet()``, its numbers."""

FIGURES: dict[str, Callable[[Source, str], Figure | None]] = {
    "pipeline": branches.pipeline,
    "tree": branches.tree,
    "directions": branches.directions,
    "timeline": series.timeline,
    "sparks": series.sparks,
    "crossing": crossing.crossing,
    "coverage": crossing.coverage,
}
"""Kinds of requests that are drawn, and what makes their data."""


class Group(NamedTuple):
    """Rows under one heading; the heading of an ungrouped view is empty."""

    heading: tuple[Part, ...]
    papers: tuple[Paper, ...]


class Offer(NamedTuple):
    """A facet of an explorer: its name, its label, and (value, label, number of papers) of what it offers."""

    facet: str
    label: str
    values: tuple[tuple[str, str, int], ...]


class TermItem(NamedTuple):
    """A term in a list of terms, with the number of its papers and its children."""

    term: Term
    papers: int
    children: tuple[TermItem, ...]


@dataclass(frozen=True)
class View:
    """What a request shows. ``count`` is the number of matches, of which ``shown`` stand in the groups."""

    request: Request
    fingerprint: str
    count: int = 0
    shown: int = 0
    columns: tuple[Column, ...] = ()
    groups: tuple[Group, ...] = ()
    unit: str = ""
    offers: tuple[Offer, ...] = ()
    terms: tuple[TermItem, ...] = ()
    matrix: matrix.Matrix | None = None
    figure: Figure | None = None
    text: str = ""
    problems: tuple[Problem, ...] = ()


def digest(*values: object) -> str:
    """A short hash of values that print the same when they are the same."""
    return blake2b(repr((VIEW_VERSION, *values)).encode(), digest_size=12).hexdigest()


class Views:
    """Evaluates requests over one library, each once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._views: dict[Request, View] = {}
        self._makers: dict[str, tuple[Column, Maker] | None] = {}
        self._row_digests: dict[tuple[str, ...], dict[str, bytes]] = {}

    def of(self, request: Request) -> View:
        """The view of a request."""
        if request not in self._views:
            make: dict[str, Callable[[Request], View]] = {
                "papers": self._papers,
                "terms": self._terms,
                "term": self._term,
                "paper": self._paper,
                "count": self._count,
                "name": self._name,
                "label": self._label,
                "keys": self._keys,
                "bibtex": self._bibtex,
                "matrix": self._matrix,
                "compare": self._compare,
                "add-paper": self._add_paper,
                "facet-page": self._facet_page,
                "feeds": self._feeds,
            }
            maker = self._figure if request.kind in FIGURES else make[request.kind]
            self._views[request] = maker(request)
        return self._views[request]

    def _count(self, request: Request) -> View:
        collection = self.library.collection(request.collection)
        found, problems = query.select(request.filters, collection)
        count = found.bit_count()
        return View(request, digest("count", count), count, text=f"{count:,}", problems=problems)

    # --- papers
    def _papers(self, request: Request) -> View:
        collection = self.library.collection(request.collection)
        found, faults = query.select(request.filters, collection)
        problems = list(faults)
        columns = [c for name in request.columns or default_columns(self.library) for c in self._column(name, problems)]
        columns = columns or [c for name in default_columns(self.library) for c in self._column(name, problems)]
        papers = self._sorted([collection.papers[i] for i in positions(found)], request.sort, problems)
        shown = papers[: request.limit] if request.limit else papers
        groups = self._grouped(shown, request.group_by, problems) if request.group_by else (Group((), tuple(shown)),)
        if not papers and not problems and not request.empty_ok:
            problems.append(self._nothing(request))
        names = self._rendered(request.format, columns)
        rows = [(g.heading, [self._row_digest(names, p) for p in g.papers]) for g in groups]
        unit = ""
        catalogue = self.library.vocabulary.catalogues.get(request.variant)
        if catalogue:
            columns[:1] = [c._replace(label=catalogue.label) for c in columns[:1]]
            unit = catalogue.label.lower() if len(papers) == 1 else catalogue.plural
        elif request.collection == "datasets":
            unit = "dataset" if len(papers) == 1 else "datasets"
        offers = [self._offer(name, collection, found, problems) for name in request.facets]
        mark = digest("papers", request, len(papers), unit, [tuple(c) for c in columns], rows, offers)
        return View(
            request,
            mark,
            len(papers),
            len(shown),
            tuple(columns),
            groups,
            unit,
            tuple(offer for offer in offers if offer.values),
            problems=tuple(problems),
        )

    def _offer(self, name: str, collection: Collection, found: int, problems: list[Problem]) -> Offer:
        """The values of a facet that papers of the view have, with their numbers."""
        facet = self.library.facets.get(name)
        if facet is None:
            hint = did_you_mean(name, self.library.facets)
            problems.append(Problem(Code.UNKNOWN_FACET, f"there is no facet {name!r}", hint=hint))
            return Offer(name, name, ())
        counts = ((value, (collection.tagged(name, value) or 0) & found) for value in collection.values(name))
        values = tuple(
            (value, self.library.term_label(name, value), papers.bit_count()) for value, papers in counts if papers
        )
        return Offer(name, facet.label, values)

    def _nothing(self, request: Request) -> Problem:
        if request.filters:
            return Problem(Code.EMPTY_RESULT, f"no entry matches the filter {' AND '.join(request.filters)!r}")
        return Problem(Code.EMPTY_RESULT, f"there are no {request.collection} to show", hint="check conf.py")

    def _rendered(self, form: str, columns: Sequence[Column]) -> tuple[str, ...]:
        """The columns whose content is shown: lists and cards have theirs, whatever a table would have."""
        badges = (f.name for f in self.library.facets.values() if f.numbered)
        return (*badges, *_FORM_COLUMNS[form]) if form in _FORM_COLUMNS else tuple(c.name for c in columns)

    def _maker(self, name: str) -> tuple[Column, Maker] | None:
        if name not in self._makers:
            self._makers[name] = column(name, self.library)
        return self._makers[name]

    def _column(self, name: str, problems: list[Problem]) -> Iterable[Column]:
        found = self._maker(name)
        if found:
            yield found[0]
            return
        facet, colon, _value = name.partition(":")
        papers = self.library.papers
        facets = (facet,) if facet in papers.facets() else papers.facets()
        ticks = (f"{f}:{v}" for f in facets for v in papers.values(f))
        hint = did_you_mean(name, ticks if colon else column_names(self.library))
        problems.append(Problem(Code.UNKNOWN_COLUMN, f"there is no column {name!r}", hint=hint))

    def cells(self, columns: Iterable[str], paper: Paper) -> tuple[Cell, ...]:
        """The cells of one paper's row."""
        makers = (self._maker(name) for name in columns)
        return tuple(m[1](paper, self.library) for m in makers if m)

    def _row_digest(self, columns: tuple[str, ...], paper: Paper) -> bytes:
        known = self._row_digests.setdefault(columns, {})
        if paper.key not in known:
            cells = self.cells(columns, paper)
            known[paper.key] = blake2b(repr((paper.key, cells)).encode(), digest_size=12).digest()
        return known[paper.key]

    def _sorted(self, papers: list[Paper], sort: str, problems: list[Problem]) -> list[Paper]:
        name = sort.removeprefix("-")
        if name not in SORTS:
            down = sort.removesuffix(name)
            hint = did_you_mean(sort, [down + s for s in SORTS]) or f"one of: {', '.join(SORTS)}"
            problems.append(Problem(Code.BAD_OPTION, f"cannot sort by {sort!r}", hint=hint))
            name, sort = "date", "-date"
        if name == "file":
            return papers[::-1] if sort.startswith("-") else papers
        known = [p for p in papers if _sort_key(p, name)]
        unknown = [p for p in papers if not _sort_key(p, name)]
        return sorted(known, key=lambda p: _sort_key(p, name), reverse=sort.startswith("-")) + unknown

    # --- groups
    def _grouped(self, papers: Sequence[Paper], group_by: str, problems: list[Problem]) -> tuple[Group, ...]:
        name, slash, depth = group_by.partition("/")
        if name in self.library.facets and (not slash or depth in _DEPTHS):
            return self._by_facet(papers, self.library.facets[name], int(depth or 0))
        if name not in ("year", "venue", "type") or slash:
            names = (*self.library.facets, "year", "venue", "type")
            problems.append(Problem(Code.BAD_OPTION, f"cannot group by {group_by!r}", hint=did_you_mean(name, names)))
            return (Group((), tuple(papers)),)
        groups: dict[str, list[Paper]] = {}
        for paper in papers:
            groups.setdefault(_plain_group(paper, name), []).append(paper)
        ordered = sorted((k for k in groups if k), reverse=name == "year") + [k for k in groups if not k]
        return tuple(Group((Part("text", key or f"No {name} recorded"),), tuple(groups[key])) for key in ordered)

    def _by_facet(self, papers: Sequence[Paper], facet: Facet, depth: int) -> tuple[Group, ...]:
        groups: dict[str, list[Paper]] = {}
        for paper in papers:
            values = paper.tags.get(facet.name, ())
            cut = dict.fromkeys("/".join(v.split("/")[:depth]) if depth else v for v in values)
            for value in cut or ("",):
                groups.setdefault(value, []).append(paper)
        order = [t.value for t in facet.terms if t.value in groups] or sorted(v for v in groups if v)
        if "" in groups:
            order.append("")
        tops = {value.partition("/")[0] for value in order}
        skip = 1 if len(tops) == 1 and all("/" in value for value in order) else 0  # a parent that all share
        headings = [path_parts(facet, value, self.library, skip=skip) for value in order]
        return tuple(Group(head, tuple(groups[value])) for head, value in zip(headings, order, strict=True))

    def _matrix(self, request: Request) -> View:
        """Two facets crossed; ``columns`` are the two, ``limit`` is the number of papers that makes a gap."""
        collection = self.library.collection(request.collection)
        found, faults = query.select(request.filters, collection)
        problems = list(faults)
        if "" in request.columns:
            hint = "name them with :rows: and :columns:"
            problems.append(Problem(Code.BAD_OPTION, "a gap map needs two facets", hint=hint))
        axes = []
        for spec in request.columns:
            axis = matrix.axis(self.library, collection, found, spec)
            axes.append(axis)
            if axis is None and spec:
                hint = did_you_mean(spec.partition("/")[0], self.library.facets)
                problems.append(Problem(Code.UNKNOWN_FACET, f"there is no facet {spec!r} to count by", hint=hint))
        rows, columns = axes
        if rows is None or columns is None or not rows.values or not columns.values:
            if not problems and not request.empty_ok:
                bare = next((s for s, a in zip(request.columns, axes, strict=True) if a and not a.values), "")
                nobody = Problem(Code.EMPTY_RESULT, f"none of these papers has a value of {bare!r}")
                problems.append(nobody if found else self._nothing(request))
            return View(request, digest("matrix", request), problems=tuple(problems))
        crossed = matrix.cross(rows, columns, found, request.limit)
        return View(
            request, digest("matrix", request, crossed), crossed.total, matrix=crossed, problems=tuple(problems)
        )

    def _figure(self, request: Request) -> View:
        """The data of a drawing; ``parts`` are its options."""
        found, faults = query.select(request.filters, self.library.papers)
        source = Source(self.library, found, dict(request.parts))
        figure = FIGURES[request.kind](source, request.subject)
        problems = [*faults, *source.problems]
        if figure is None and not problems and not request.empty_ok:
            problems.append(self._nothing(request))
        mark = digest("figure", request, figure)
        return View(request, mark, found.bit_count(), figure=figure, problems=tuple(problems))

    # --- terms
    def _items(self, terms: Iterable[Term], depth: int) -> tuple[TermItem, ...]:
        return tuple(
            TermItem(
                t,
                term_papers(self.library, t).bit_count(),
                self._items(self.library.vocabulary.children(t), depth - 1) if depth > 1 else (),
            )
            for t in terms
        )

    def _terms(self, request: Request) -> View:
        """Terms of a facet, or below a term; ``limit`` is the depth."""
        facet_name, _, value = request.subject.partition(":")
        facet = self.library.facets.get(facet_name)
        if facet is None:
            hint = did_you_mean(facet_name, self.library.facets)
            problem = Problem(Code.UNKNOWN_FACET, f"there is no facet {facet_name!r}", hint=hint)
            return View(request, digest("terms", request), problems=(problem,))
        parent = self.library.vocabulary.term(request.subject) if value else None
        if value and parent is None:
            hint = did_you_mean(value, [t.value for t in facet.terms])
            problem = Problem(Code.UNKNOWN_VALUE, f"{facet_name} has no value {value!r}", hint=hint)
            return View(request, digest("terms", request), problems=(problem,))
        if not facet.terms:
            message = f"facet {facet_name!r} has no terms: it takes any value"
            problem = Problem(Code.EMPTY_RESULT, message, hint=f'add [term."{facet_name}:…"] to the vocabulary')
            return View(request, digest("terms", request, facet.label), problems=(problem,))
        top = [t for t in facet.terms if t.parent == (parent.value if parent else "")]
        if not top:
            problem = Problem(Code.EMPTY_RESULT, f"there are no terms below {request.subject!r}")
            return View(request, digest("terms", request, facet.label), problems=(problem,))
        items = self._items(top, request.limit or 1)
        mark = digest("terms", request, facet.label, items, self._term_cells(request, items))
        return View(request, mark, count=len(items), terms=items)

    def _term_cells(self, request: Request, items: Iterable[TermItem]) -> list[object]:
        """What a table of the terms shows beyond the terms themselves."""
        if request.format != "table":
            return []
        heads: list[object] = [self.library.field_label(name) for name in request.columns]
        return heads + [
            (term_cell(name, item.term, self.library), self._term_cells(request, item.children))
            for item in items
            for name in request.columns
        ]

    def _term(self, request: Request) -> View:
        term = self.library.vocabulary.term(request.subject)
        if term is None:
            return View(request, digest("term", request), problems=(self._no_term(request.subject),))
        rows = term_sheet(term, self.library)
        facet = self.library.facets[term.facet]
        path = [(t.label, t.order, facet.numbered) for t in self.library.vocabulary.path(term)]
        count = term_papers(self.library, term).bit_count()
        return View(request, digest("term", request, term.tag, path, rows, count), count, text=term.label)

    def _no_term(self, tag: str) -> Problem:
        facet = tag.partition(":")[0]
        facets = self.library.facets
        tags = [t.tag for t in facets[facet].terms] if facet in facets else self.library.vocabulary.terms
        hint = did_you_mean(tag, tags)
        return Problem(Code.UNKNOWN_KEY, f"there is no term {tag!r}", key=tag, hint=hint)

    # --- names
    def _name(self, request: Request) -> View:
        """How a role prints an entry: ``variant`` is name, title, authors, year, or a field of a catalogue."""
        paper = self.library.find(request.subject)
        if paper is None:
            known = [*self.library.labels]
            hint = did_you_mean(request.subject, known)
            problem = Problem(
                Code.UNKNOWN_KEY, f"there is no entry {request.subject!r}", key=request.subject, hint=hint
            )
            return View(request, digest("name", request, None), problems=(problem,))
        match request.variant:
            case "title":
                text = paper.title
            case "authors":
                text = ", ".join(a.name for a in paper.authors)
            case "year":
                text = str(paper.year or "")
            case "benchmark" | "dataset":
                catalogue = self.library.vocabulary.catalogues.get(request.variant)
                text = paper.fields.get(catalogue.title, "") if catalogue else ""
            case _:
                text = ""
        text = text or self.library.labels[paper.key]
        return View(request, digest("name", request, text), text=text)

    def _label(self, request: Request) -> View:
        term = self.library.vocabulary.term(request.subject)
        if term is None:
            return View(request, digest("label", request, None), problems=(self._no_term(request.subject),))
        return View(request, digest("label", request, term.tag, term.label), text=term.label)

    def _keys(self, request: Request) -> View:
        keys = [p.key for p in self.library.papers.papers]
        return View(request, digest("keys", keys), len(keys))

    def _compare(self, request: Request) -> View:
        """Entries side by side: a script makes the table, the page holds what the fields are called."""
        return View(request, digest("compare", field_words(self.library), related_names(self.library)))

    def _add_paper(self, request: Request) -> View:
        """A form for a new paper: a script makes it, the page holds the words by which it proposes tags."""
        return View(request, digest("add-paper", tag_words(self.library)))

    def _bibtex(self, request: Request) -> View:
        """The entry to cite: the fields that styles print, without tags and notes."""
        paper = self.library.find(request.subject)
        text = bibwrite.citable(paper.entry, self.library.citekeys[paper.key]).strip() if paper else ""
        return View(request, digest("bibtex", text), text=text)

    def _facet_page(self, request: Request) -> View:
        """The title of the page of a facet's value, which an open facet may have without a term."""
        name, _colon, value = request.subject.partition(":")
        facet = self.library.facets.get(name)
        text = f"{facet.label}: {self.library.term_label(name, value)}" if facet else ""
        return View(request, digest("facet-page", text), text=text)

    def _feeds(self, request: Request) -> View:
        """The list of all feeds: which values have papers, and what they are called."""
        facets, papers = self.library.facets.values(), self.library.papers
        found = [(f.label, v, self.library.term_label(f.name, v)) for f in facets for v in papers.values(f.name)
                 if papers.tagged(f.name, v)]  # fmt: skip
        return View(request, digest("feeds", found), len(found))

    # --- one paper
    def _paper(self, request: Request) -> View:
        paper = self.library.papers.by_key.get(request.subject)
        if paper is None:
            return replace(self._name(request), request=request)
        lib = self.library
        shown = (
            paper.title, paper.short, paper.authors, paper.date, venue_text(paper), paper.links, paper.abstract,
            sorted(paper.fields.items()), paper_sheet(paper, lib),
            related(paper, lib), [(key, lib.labels.get(key)) for key in neighbours(paper, lib)],
        )  # fmt: skip
        return View(request, digest("paper", request, shown), 1, text=paper.short or paper.title)


def field_words(library: Library) -> tuple[tuple[str, str, str], ...]:
    """The fields of entries that the vocabulary names: each with its label and what separates its parts.

    Fields that hold the values of a facet are left out, and the parts of a relation are keys.
    """
    words, held = library.vocabulary, {f.field or f.name for f in library.facets.values()}
    labels = {**words.fields, **{r.name: r.label for r in words.relations.values()}}
    keys = dict.fromkeys(words.relations, ",")
    return tuple((n, label, {**words.separators, **keys}.get(n, "")) for n, label in labels.items() if n not in held)


def tag_words(library: Library) -> tuple[tuple[str, bool, tuple[tuple[str, str, tuple[str, ...]], ...]], ...]:
    """The facets that a new paper may have tags of: the label, whether it takes one value only, and the terms.

    A term is its tag, its label, and the words for it in a title, as ``sphinx-mmu add`` takes them.
    """
    return tuple(
        (facet.label, facet.single, tuple((t.tag, t.label, _words(t)) for t in facet.terms))
        for facet in library.vocabulary.facets.values()
        if facet.terms and not facet.field
    )


def _words(term: Term) -> tuple[str, ...]:
    words = (term.label, term.short, *term.aliases, term.value.rpartition("/")[2])
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))


def related_names(library: Library) -> dict[str, str]:
    """What to call the entries that papers name in relations and that are no papers themselves."""
    named = (key for p in library.papers.papers for r in library.vocabulary.relations for key in keys_in(p, r))
    return {key: library.labels[key] for key in named if key in library.labels and key not in library.papers.by_key}


_DEPTHS = ("1", "2", "3")


def _plain_group(paper: Paper, name: str) -> str:
    if name == "year":
        return str(paper.year or "")
    return paper.venue_short if name == "venue" else paper.type


def _sort_key(paper: Paper, name: str) -> str:
    match name:
        case "date" | "year":
            return paper.date
        case "added":
            return paper.added
        case "title":
            return fold(paper.title)
        case "venue":
            return fold(venue_text(paper))
        case "author":
            return fold(paper.authors[0].family if paper.authors else "")
        case _:
            return paper.key
