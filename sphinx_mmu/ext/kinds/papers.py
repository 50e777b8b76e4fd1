"""Lists of papers: tables, catalogues, cards, and the place of the pages of papers."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import ObjType

from sphinx_mmu.ext.common.docutils_pieces import Nodes, paragraph
from sphinx_mmu.ext.common.nodes import Spot, mmu_aside, mmu_papers
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.roles import EntryRole
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.filters.syntax import quoted
from sphinx_mmu.messages import lower_first
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.views.base import Request, View
from sphinx_mmu.views.papers import PAPER_FORMATS, PapersRequest
from sphinx_mmu.views.texts import (
    BibtexRequest,
    BibtexView,
    KeysRequest,
    NameRequest,
)
from sphinx_mmu.vocabulary.vocabulary import Catalogue


class PaperTableDirective(MmuDirective):
    """The papers of a filter, as table, list or cards."""

    names: tuple[str, ...] = (
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
    bare = ("facets",)
    facet_options = True
    collection: str = "papers"

    def show(self) -> Nodes:
        """Ask, remember, leave one node."""
        return [self.view_node(self.request(Catalogue("")))]

    def request(self, preset: Catalogue) -> PapersRequest:
        """The request of the options, with a catalogue's preset where an option is not given."""
        facets, limit = self.facets(), self.number("limit")
        form = self.choice("format", PAPER_FORMATS)
        if facets and (limit or form != "table"):
            other, limit, form = "limit" if limit else "format", 0, "table"
            hint = f"leave out :facets: or :{other}:; all papers are shown, as a table"
            self.bad(f":facets: and :{other}: exclude each other", hint)
        return PapersRequest(
            collection=self.collection,
            filters=self.filters(preset.filter),
            columns=self.table_columns(form) or preset.columns,
            sort=self.text("sort", preset.sort or "-date"),
            group_by=self.text("group-by", preset.group_by),
            limit=limit,
            format=form,
            caption=self.caption(),
            catalogue=preset.name,
            facets=facets,
            empty_ok=self.flag("empty"),
        )

    def facets(self) -> tuple[str, ...]:
        """The facets that readers can filter by; without names, all that entries are
        tagged with.
        """
        if "facets" not in self.options:
            return ()
        library = self.domain.library
        used = library.collection(self.collection).facets()
        tagged = (f.name for f in library.facets.values() if not f.field)
        return self.words("facets") or tuple(
            name for name in tagged if name in used
        )


class CatalogueDirective(PaperTableDirective):
    """A catalogue: a table with the columns and groups that the vocabulary presets, each row a
    target.
    """

    names: tuple[str, ...] = (*PaperTableDirective.names, "targets")
    kind: str

    def show(self) -> Nodes:
        """Ask, register every row, leave one node."""
        request = self.request(
            self.domain.library.vocabulary.catalogues[self.kind]
        )
        keys = dict.fromkeys(self.domain.views.of(request).keys)
        return [self.view_node(request, self.targets(self.kind, keys, rank=0))]


def _catalogue_directive(preset: Catalogue) -> type[CatalogueDirective]:
    """Make the directive of a catalogue."""
    attributes = {"kind": preset.name, "collection": preset.collection}
    return type("CatalogueDirective", (CatalogueDirective,), attributes)


def add_catalogues(app: Sphinx) -> None:
    """Add the directive, the role and the type of object of each catalogue."""
    domain = domain_of(app.env)
    for preset in domain.library.vocabulary.catalogues.values():
        name = preset.name
        domain.directives[f"{name}-catalogue"] = _catalogue_directive(preset)
        domain.roles.setdefault(name, EntryRole(name, name))
        if name not in domain.object_types:
            domain.add_object_type(
                name, ObjType(lower_first(preset.label), name)
            )


class PaperCardDirective(MmuDirective):
    """One paper as a card, with its BibTeX entry on request."""

    subject = True
    needs = "the key of a paper"
    names = ("bibtex",)

    def show(self) -> Nodes:
        """Show the paper, or warn of its key."""
        key = self.arguments[0]
        problems = self.note(NameRequest(key=key)).problems
        if key not in self.domain.library.papers.by_key:
            if not problems:
                message = f"{key!r} is not a paper of the list"
                self.warn(Problem(Code.UNKNOWN_KEY, message, key=key))
            return [paragraph(key)]
        self.domain.note_mention(key)
        card = PapersRequest(
            filters=(f"key:{quoted(key)}",), format="cards", card=True
        )
        shown: list[Request[View]] = [card]
        if self.flag("bibtex"):
            shown.append(BibtexRequest(key=key))
        return [self.view_node(request) for request in shown]


class PapersDirective(MmuDirective):
    """Where a builder that makes one document puts the pages of the papers."""

    def show(self) -> Nodes:
        """Leave the place; it becomes a toctree after the collectors have run."""
        self.note(KeysRequest())
        return [mmu_papers("")]


def bibtex_nodes(
    renderer: NodeRenderer, view: BibtexView, _spot: Spot
) -> Nodes:
    """Write a BibTeX entry as a literal block, and below it the reference in each style. On pages
    for browsers they are no text of the page.
    """
    block = nodes.literal_block(view.text, view.text, language="bibtex")
    block["classes"], block["translatable"] = ["mmu-code"], False
    styles = nodes.definition_list("", classes=["simple", "mmu-references"])
    for name, text in view.references:
        term = nodes.term("", name, translatable=False)
        body = nodes.definition("", paragraph(text, translatable=False))
        styles += nodes.definition_list_item("", term, body)
    shown: Nodes = [block, styles]
    return [mmu_aside("", *shown)] if renderer.domain.site.is_html else shown
