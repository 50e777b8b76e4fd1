"""The directives that authors write. Each turns its options into a request and leaves one node."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_mmu.cells import Cell
from sphinx_mmu.ext._shared import anchor_of, short_hash, warn
from sphinx_mmu.ext.config import VALUES
from sphinx_mmu.ext.domain import MmuDomain, Place, domain_of
from sphinx_mmu.ext.expand import Expander, put_target
from sphinx_mmu.ext.nodes import mmu_papers, mmu_view
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.query import quoted
from sphinx_mmu.sheets import TERM_PARTS, Row, term_cell, term_columns, term_sheet
from sphinx_mmu.views import FORMATS, TERM_FORMATS, Request, TermItem, View
from sphinx_mmu.vocabulary import Catalogue, Term

if TYPE_CHECKING:
    from docutils.nodes import Node


class _AnyOption(dict[str, Callable[[str], Any]]):
    """Takes every option as text, so that an unknown one is a warning of ours and not the end of the directive."""

    def __bool__(self) -> bool:
        return True

    def __missing__(self, key: str) -> Callable[[str], Any]:
        return _option_text


def _option_text(value: str | None) -> str:
    return (value or "").strip()


class MmuDirective(SphinxDirective):
    """What all directives share: options by name, warnings with a place, views that are remembered."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = _AnyOption()
    names: ClassVar[tuple[str, ...]] = ()
    facet_options: ClassVar[bool] = False

    @property
    def domain(self) -> MmuDomain:
        """The domain of this build."""
        return domain_of(self.env)

    @property
    def docname(self) -> str:
        """The page being read."""
        return self.env.current_document.docname

    def warn(self, problem: Problem) -> None:
        """One warning at the directive's line."""
        warn(problem, self.get_location())

    def text(self, name: str, default: str = "") -> str:
        """An option's text."""
        return self.options.get(name) or default

    def words(self, name: str) -> tuple[str, ...]:
        """An option's words, separated by blanks or commas."""
        return tuple(self.text(name).replace(",", " ").split())

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """An option that allows a few values; the first one is the default."""
        value = self.text(name, choices[0])
        if value in choices:
            return value
        hint = did_you_mean(value, choices) or f"one of: {', '.join(choices)}"
        self.warn(Problem(Code.BAD_OPTION, f":{name}: cannot be {value!r}", hint=hint))
        return choices[0]

    def number(self, name: str, default: int = 0) -> int:
        """An option that is a whole number from 1 up."""
        value = self.text(name)
        if not value:
            return default
        if value.isascii() and value.isdigit() and int(value):
            return int(value)
        self.warn(Problem(Code.BAD_OPTION, f":{name}: must be a whole number from 1 up, not {value!r}"))
        return default

    def flag(self, name: str, word: str) -> bool:
        """Whether an option has the one word that it allows."""
        if name not in self.options:
            return False
        if self.text(name) == word:
            return True
        self.warn(Problem(Code.BAD_OPTION, f":{name}: can only be {word!r}, not {self.text(name)!r}"))
        return False

    def check_options(self) -> None:
        """Warn of every option that this directive does not have."""
        facets = [f.lower() for f in self.domain.library.facets] if self.facet_options else []
        for name in self.options:
            if name.lower() not in (*self.names, *facets):
                hint = did_you_mean(name, (*self.names, *facets)) or f"it has: {', '.join(self.names) or 'none'}"
                self.warn(Problem(Code.UNKNOWN_OPTION, f"{self.name} has no option :{name}:", hint=hint))

    def note(self, request: Request) -> View:
        """Evaluate a view, report what is wrong with it, and remember that this page shows it."""
        view = self.domain.views.of(request)
        self.domain.note_view(self.docname, request)
        for problem in view.problems:
            self.warn(problem)
        return view

    def view_node(self, request: Request, anchors: dict[str, str] | None = None) -> mmu_view:
        """The node that shows a view."""
        node = mmu_view("", request=tuple(request), refdoc=self.docname, anchors=anchors or {})
        self.set_source_info(node)
        return node

    def anchor(self, name: str) -> str:
        """An id for a row or term, empty if the page has given both that it could have."""
        for wanted in (anchor_of(name), f"{anchor_of(name)}-{short_hash(name)}"):
            if wanted not in self.state.document.ids:
                self.state.document.ids[wanted] = nodes.target("", "", ids=[wanted])
                return wanted
        return ""

    def targets(self, kind: str, names: Iterable[str], rank: int) -> dict[str, str]:
        """Ids for rows, registered as the places of what they show; none with ``:targets: no``."""
        if self.flag("targets", "no"):
            return {}
        anchors = {name: anchor for name in names if (anchor := self.anchor(name))}
        for name, anchor in anchors.items():
            self.domain.note_place(kind, name, Place(rank, self.docname, anchor, self.lineno))
        return anchors

    def expander(self) -> Expander:
        """Makes nodes for this page."""
        source, line = self.get_source_info()
        return Expander(self.domain, self.docname, source or "", line or 0)


class PaperTableDirective(MmuDirective):
    """The papers of a filter, as table, list or cards."""

    names: ClassVar[tuple[str, ...]] = (
        "filter",
        "columns",
        "sort",
        "group-by",
        "limit",
        "format",
        "caption",
        "empty",
        "facets",
    )
    facet_options = True
    collection: ClassVar[str] = "papers"

    def run(self) -> list[Node]:
        """Ask, remember, leave one node."""
        self.check_options()
        request = self.request(Catalogue(""))
        self.note(request)
        return [self.view_node(request)]

    def request(self, preset: Catalogue) -> Request:
        """The request of the options, with a catalogue's preset where an option is not given."""
        return Request(
            "papers", collection=self.collection, filters=self.filters(preset),
            columns=self.words("columns") or preset.columns, sort=self.text("sort", preset.sort or "-date"),
            group_by=self.text("group-by", preset.group_by), limit=self.number("limit"),
            format=self.choice("format", FORMATS), caption=self.text("caption"), variant=preset.name,
            facets=self.facets(), empty_ok=self.flag("empty", "ok"),
        )  # fmt: skip

    def facets(self) -> tuple[str, ...]:
        """The facets that readers can filter by; without names, all that entries are tagged with."""
        if "facets" not in self.options:
            return ()
        return self.words("facets") or tuple(f.name for f in self.domain.library.facets.values() if not f.field)

    def filters(self, preset: Catalogue) -> tuple[str, ...]:
        """The filter and one condition per facet option; several values of one facet are alternatives."""
        found = [f for f in (preset.filter, self.text("filter")) if f]
        if "filter" in self.options and not self.text("filter"):
            self.warn(Problem(Code.BAD_OPTION, ":filter: is empty", hint="leave it out to show everything"))
        given = {name.lower(): name for name in self.options}  # reST writes option names small
        for facet in self.domain.library.facets:
            text = self.text(given.get(facet.lower(), ""))
            values = [v.strip() for v in text.split(",") if v.strip()]
            if values and facet not in self.names:
                found.append(" OR ".join(f"{facet}:{quoted(v)}" for v in values))
        return tuple(found)


class CatalogueDirective(PaperTableDirective):
    """A catalogue: a table with the columns and groups that the vocabulary presets, each row a target."""

    names: ClassVar[tuple[str, ...]] = (*PaperTableDirective.names, "targets")
    kind: ClassVar[str] = "benchmark"

    def run(self) -> list[Node]:
        """Ask, register every row, leave one node."""
        self.check_options()
        preset = self.domain.library.vocabulary.catalogues.get(self.kind, Catalogue(self.kind))
        request = self.request(preset)
        view = self.note(request)
        keys = dict.fromkeys(p.key for group in view.groups for p in group.papers)
        return [self.view_node(request, self.targets(self.kind, keys, rank=0))]


class BenchmarkCatalogueDirective(CatalogueDirective):
    """The benchmarks, by category."""


class DatasetCatalogueDirective(CatalogueDirective):
    """The datasets, by setting."""

    kind = "dataset"
    collection = "datasets"


class PaperCardDirective(MmuDirective):
    """One paper as a card, with its BibTeX entry on request."""

    required_arguments = 1
    names = ("bibtex",)

    def run(self) -> list[Node]:
        """Show the paper, or warn of its key."""
        self.check_options()
        key = self.arguments[0]
        named = self.note(Request("name", key))
        if not named.problems and key not in self.domain.library.papers.by_key:
            self.warn(Problem(Code.UNKNOWN_KEY, f"{key!r} is no paper of the list", key=key))
        if key not in self.domain.library.papers.by_key:
            return [nodes.paragraph("", key)]
        self.domain.note_mention(self.docname, key)
        requests = [Request("papers", filters=(f"key:{quoted(key)}",), format="cards", variant="card")]
        if self.flag("bibtex", "yes"):
            requests.append(Request("bibtex", key))
        for request in requests:
            self.note(request)
        return [self.view_node(request) for request in requests]


class TermDirective(MmuDirective):
    """The section of a term: heading, the author's prose, the term's facts, its newest papers."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    names = ("heading", "show", "limit", "columns", "targets")

    def run(self) -> list[Node]:
        """Make the section, or with ``:heading: no`` only what stands in it."""
        self.check_options()
        tag = self.arguments[0]
        view = self.note(Request("term", tag))
        term = self.domain.library.vocabulary.term(tag)
        body = self.parse_content_to_nodes(allow_section_headings=True) if self.content else []
        if term is None:
            return [nodes.paragraph("", tag), *body]
        shown = self._shown()
        inner = [*body, *self._facts(term, shown)]
        if "papers" in shown and view.count:
            inner.append(self._papers(term))
        page_is_term = self.flag("heading", "no")
        anchor = "" if page_is_term else self.anchor(term.tag)
        if not self.flag("targets", "no") and (anchor or page_is_term):
            self.domain.note_place("term", term.tag, Place(0, self.docname, anchor, self.lineno))
        if page_is_term:
            return inner
        section = nodes.section("", nodes.title(term.label, term.label), *inner, names=[])
        if anchor:
            section["ids"].append(anchor)
        else:
            self.state.document.set_id(section)
        self.set_source_info(section)
        return [section]

    def _shown(self) -> tuple[str, ...]:
        shown = self.words("show") or TERM_PARTS
        if shown == ("nothing",):  # the page or section says it all itself
            return ()
        for name in shown:
            if name not in TERM_PARTS:
                hint = did_you_mean(name, TERM_PARTS) or f"one of: {', '.join(TERM_PARTS)}"
                self.warn(Problem(Code.BAD_OPTION, f":show: cannot be {name!r}", hint=hint))
        return shown

    def _facts(self, term: Term, shown: tuple[str, ...]) -> list[Node]:
        rows = [row for row in term_sheet(term, self.domain.library) if row.part in shown]
        top = self.domain.library.vocabulary.path(term)[0]
        return [sheet(self.expander(), rows, f"mmu-term mmu-c{top.order}")] if rows else []

    def _papers(self, term: Term) -> Node:
        request = Request(
            "papers", filters=(f"{term.facet}:{quoted(term.value)}",), limit=self.number("limit", 7),
            columns=self.words("columns") or ("date", "title", "venue", "links"), empty_ok=True,
        )  # fmt: skip
        self.note(request)
        return self.view_node(request)


def sheet(expander: Expander, rows: Iterable[Row], css: str = "") -> nodes.definition_list:
    """Labelled rows as a definition list."""
    found = nodes.definition_list("", classes=["simple", "mmu-sheet", *css.split()])
    for row in rows:
        term = nodes.term("", row.label)
        body = nodes.definition("", *_sheet_cell(expander, row.cell))
        if row.note:
            body += nodes.paragraph("", row.note, classes=["mmu-prov"])
        found += nodes.definition_list_item("", term, body)
    return found


def _sheet_cell(expander: Expander, cell: Cell) -> list[Node]:
    symbols = tuple(line for line in cell if line.role == "symbol")
    found = expander.cell(tuple(line for line in cell if line.role != "symbol"))
    if symbols:
        items = (nodes.list_item("", *expander.cell((line,))) for line in symbols)
        found.append(nodes.bullet_list("", *items, classes=["simple", "mmu-symbols"]))
    return found


class TermListDirective(MmuDirective):
    """The terms of a facet, or below a term, as table, list, cards or along a pipeline."""

    required_arguments = 1
    names = ("format", "under", "columns", "depth", "targets")

    def run(self) -> list[Node]:
        """Ask, register each term that has no section, leave one node."""
        self.check_options()
        form = self.choice("format", TERM_FORMATS)
        depth = self.number("depth", 2 if form == "pipe" else 1)
        facet = self.arguments[0]
        subject = self.text("under", facet)
        if subject.partition(":")[0] != facet:
            self.warn(Problem(Code.BAD_OPTION, f":under: must be a term of {facet!r}, not {subject!r}"))
            subject = facet
        columns = self.words("columns") or (TERM_COLUMNS if form == "table" else ())
        request = Request("terms", subject, limit=depth, format=form, columns=columns)
        view = self.note(request)
        anchors = self.targets("term", [item.term.tag for item in _flat(view.terms)], rank=2)
        if form == "table" and view.terms:
            return [self._table(view, anchors)]
        return [self.view_node(request, anchors)]

    def _table(self, view: View, anchors: dict[str, str]) -> Node:
        facet = self.domain.library.facets[view.terms[0].term.facet]
        known = term_columns(facet)
        columns = []
        for name in view.request.columns:
            if name in known:
                columns.append(name)
            else:
                self.warn(
                    Problem(Code.UNKNOWN_COLUMN, f"terms have no column {name!r}", hint=did_you_mean(name, known))
                )
        columns = columns or list(TERM_COLUMNS)
        expander = self.expander()
        rows = [self._row(expander, item, columns, anchors) for item in _flat(view.terms)]
        heads = [(self._label(name, facet.label), _WIDTHS.get(name, 12)) for name in columns]
        table = expander.table(heads, rows)
        table["classes"].append("mmu-terms")
        return table

    def _label(self, name: str, facet: str) -> str:
        return facet if name == "label" else self.domain.library.field_label(name)

    def _row(self, expander: Expander, item: TermItem, columns: list[str], anchors: dict[str, str]) -> nodes.row:
        cells = [nodes.entry("", *expander.cell(term_cell(name, item.term, self.domain.library))) for name in columns]
        row = nodes.row("", *cells)
        put_target(row, anchors.get(item.term.tag, ""), **{"mmu-term": (item.term.tag, self.docname)})
        return row


TERM_COLUMNS = ("label", "definition", "papers")
_WIDTHS = {"label": 18, "definition": 40, "formula": 30, "symbols": 24, "papers": 6}


def _flat(items: Iterable[TermItem]) -> Iterable[TermItem]:
    for item in items:
        yield item
        yield from _flat(item.children)


class GapMapDirective(PaperTableDirective):
    """Two facets crossed: counts that lead to the papers, and gaps in words."""

    names = ("filter", "rows", "columns", "expect", "caption", "empty")

    def run(self) -> list[Node]:
        """Ask, remember, leave one node."""
        self.check_options()
        first, second = [*self.domain.library.facets, "", ""][:2]
        rows, columns = self.text("rows", first), self.text("columns", second)
        request = Request(
            "matrix", filters=self.filters(Catalogue("")), columns=(rows, columns), limit=self.number("expect", 1),
            caption=self.text("caption"), empty_ok=self.flag("empty", "ok"),
        )  # fmt: skip
        self.note(request)
        return [self.view_node(request)]


class FigureDirective(PaperTableDirective):
    """A figure from the data. What its own options mean is told where its data are made."""

    names = ("filter", "caption", "empty")
    kind: ClassVar[str] = ""
    own: ClassVar[tuple[str, ...]] = ()

    def run(self) -> list[Node]:
        """Ask, remember, leave one node with an id for its parts."""
        self.check_options()
        subject = self.arguments[0] if self.arguments else ""
        request = Request(
            self.kind, subject, filters=self.filters(self.preset(subject)),
            caption=self.text("caption"), empty_ok=self.flag("empty", "ok"), parts=tuple(self.parts()),
        )  # fmt: skip
        self.note(request)
        fid = f"mmu-fig-{short_hash(self.docname)}-{self.env.new_serialno('mmu-figure')}"
        node = self.view_node(request)
        node["fid"] = fid
        return [node]

    def preset(self, subject: str) -> Catalogue:
        """What is set by the catalogue that the figure is about, if it is about one."""
        return self.domain.library.vocabulary.catalogues.get(subject if self.kind == "coverage" else "", Catalogue(""))

    def parts(self) -> Iterable[tuple[str, str]]:
        """The figure's own options, by name."""
        for name in self.own:
            text = str(self.number(name) or "") if name == "limit" else self.text(name)
            if text:
                yield name, text


def _figure(kind: str, meaning: str, *own: str, arguments: tuple[int, int] = (1, 0)) -> type[FigureDirective]:
    """A directive of a figure: required and optional arguments, and options of its own."""
    of_papers = kind != "directions"
    parts = {
        "__doc__": meaning, "kind": kind, "own": own, "facet_options": of_papers,
        "names": (*own, *(FigureDirective.names if of_papers else ("caption",))),
        "required_arguments": arguments[0], "optional_arguments": arguments[1],
    }  # fmt: skip
    return type(f"{kind.title()}Directive", (FigureDirective,), parts)


class PapersDirective(MmuDirective):
    """Where a builder that makes one document puts the pages of the papers."""

    def run(self) -> list[Node]:
        """Leave the place; it becomes a toctree after the collectors have run."""
        self.check_options()
        self.note(Request("keys"))
        return [mmu_papers("")]


class ProblemListDirective(MmuDirective):
    """The table of problem codes, for the guide."""

    def run(self) -> list[Node]:
        """One row a code."""
        self.check_options()
        rows = [
            _row(
                [
                    nodes.literal("", f"mmu.{c.slug}"),
                    nodes.Text(c.severity.value),
                    _marked(c.meaning),
                    _marked(c.remedy),
                ]
            )
            for c in Code
        ]
        heads = [("Code", 16), ("Severity", 8), ("What has happened", 38), ("What to do", 38)]
        return [self.expander().table(heads, rows)]


class ConfigListDirective(MmuDirective):
    """The table of configuration values, for the guide."""

    def run(self) -> list[Node]:
        """One row a value."""
        self.check_options()
        rows = [
            _row([nodes.literal("", v.name), nodes.literal("", repr(v.default)), nodes.Text(v.meaning)]) for v in VALUES
        ]
        return [self.expander().table([("Value", 20), ("Default", 14), ("Meaning", 60)], rows)]


def _marked(text: str) -> Node:
    """A sentence in which backticks mark code."""
    parts = text.split("`")
    return nodes.inline("", "", *(nodes.literal("", p) if n % 2 else nodes.Text(p) for n, p in enumerate(parts)))


def _row(cells: list[Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


DIRECTIVES: dict[str, Any] = {
    "paper-table": PaperTableDirective,
    "benchmark-catalogue": BenchmarkCatalogueDirective,
    "dataset-catalogue": DatasetCatalogueDirective,
    "paper-card": PaperCardDirective,
    "gap-map": GapMapDirective,
    "pipeline": _figure("pipeline", "The top terms of a facet along a line.", "line", "states", "bypass"),
    "taxonomy-tree": _figure("tree", "The terms of a facet with their papers.", "limit", "placed-by"),
    "timeline": _figure("timeline", "Papers over time.", "series", "period", arguments=(0, 0)),
    "sparks": _figure("sparks", "Each term's papers over time.", "period"),
    "direction-map": _figure(
        "directions", "What should fall and what should rise.", "facts", "fall", "rise", "stay", "stated"
    ),
    "crossing": _figure(
        "crossing", "Two facets crossed, with the papers in the cells.", "rows", "columns", "limit", arguments=(0, 0)
    ),
    "coverage": _figure("coverage", "What entries cover.", "columns", arguments=(0, 1)),
    "term": TermDirective,
    "term-list": TermListDirective,
    "papers": PapersDirective,
    "problem-list": ProblemListDirective,
    "config-list": ConfigListDirective,
}
