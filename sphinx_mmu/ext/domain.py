"""The domain ``mmu``: where entries and terms are, which views each page shows, and who mentions
whom.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, NamedTuple
from zlib import crc32

from docutils import nodes
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from sphinx_mmu.ext._shared import warn
from sphinx_mmu.ext.mentions import Mention, Mentions
from sphinx_mmu.ext.site import Site
from sphinx_mmu.filters.evaluate import select
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import _, marked
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.views.base import VIEW_VERSION, Request
from sphinx_mmu.views.kinds import KINDS, Views, restored
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.texts import FacetPageRequest, KeysRequest, NameRequest

PARTS = ("views", "leads", "places", "mentions", "quotes", "sections", "faults")
"""What the domain stores of each page."""

IN_A_LIST = 2
"""The rank of a target that is only an item of a list."""


class Place(NamedTuple):
    """Where something is. The best place has the least ``rank``: 0 a section, 1 a page made for it,
    2 a list.
    """

    rank: int
    docname: str
    anchor: str
    line: int = 0


def _data_version() -> int:
    """What differs where data that an earlier release stored would be read wrongly."""
    kinds = [(name, kind.fields) for name, kind in KINDS.items()]
    shapes = (VIEW_VERSION, kinds, Place._fields, PARTS)
    return crc32(repr(shapes).encode())


class MmuDomain(Domain):
    """Papers, rows of catalogues and terms as objects that pages and other projects can refer to.

    ``data`` contains plain values only: ``views`` {docname: {request: fingerprint}}, ``leads``
    {docname: {derived tag, ...}}, ``places`` {docname: {(kind, name, place), ...}}, ``mentions``
    {docname: {key, ...}}, ``quotes`` {docname: (mention, ...)}, ``sections``
    {docname: (section, ...)} and ``faults`` {docname: True}; ``source`` is that of the site whose
    fingerprints these are. The library is never stored: it is part of ``site``, which each build
    makes anew.
    """

    name = "mmu"
    label = marked("Bibliography")
    object_types = {name: ObjType(name, name) for name in ("paper", "term")}
    initial_data = {"source": "", **{part: {} for part in PARTS}}
    data_version = _data_version()

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        for kind, name in {"paper": _("paper"), "term": _("term")}.items():
            self.object_types[kind] = ObjType(name, kind)
        self.site: Site

    @property
    def views(self) -> Views:
        """What answers requests."""
        return self.site.views

    @property
    def library(self) -> Library:
        """What the build loaded."""
        return self.site.views.library

    # --- what reading a page leaves behind
    def note_view(self, docname: str, request: Request) -> Any:
        """Give the view of a request, and remember that a page shows it, and how it looked."""
        view = self.views.of(request)
        self.data["views"].setdefault(docname, {})[tuple(request)] = (
            view.fingerprint
        )
        self.data["leads"].setdefault(docname, set()).update(view.derived_tags)
        return view

    def requests(self, docname: str) -> list[Any]:
        """List what a page asks, in order."""
        return [
            restored(request) for request in self.data["views"].get(docname, ())
        ]

    def explorers(self, docname: str) -> list[PapersRequest]:
        """List what the explorers on a page ask: the tables that readers can filter."""
        return [
            r for r in self.requests(docname) if r.kind == "papers" and r.facets
        ]

    def note_place(self, kind: str, name: str, place: Place) -> None:
        """Remember where an object is."""
        found = self.data["places"].setdefault(place.docname, set())
        found.add((kind, name, tuple(place)))
        self._forget()

    def note_mention(self, docname: str, key: str) -> None:
        """Remember that a page names an entry."""
        self.data["mentions"].setdefault(docname, set()).add(key)

    def note_quotes(self, docname: str, found: tuple[Mention, ...]) -> None:
        """Remember the sentences in which a page names entries."""
        if found:
            self.data["quotes"][docname] = tuple(map(tuple, found))

    def clear_doc(self, docname: str) -> None:
        """Discard the data of a page; called before it is read again."""
        for part in PARTS:
            self.data[part].pop(docname, None)
        self._forget()

    def merge_domaindata(
        self, docnames: AbstractSet[str], otherdata: dict[str, Any]
    ) -> None:
        """Take over what a parallel process read."""
        for part in PARTS:
            read = otherdata[part].items()
            self.data[part].update(
                {d: found for d, found in read if d in docnames}
            )
        self._forget()

    # --- what changed since
    def outdated(self) -> set[str]:
        """Pages with mistakes, and those that show a view which the library now answers
        differently.
        """
        found = set(self.data["faults"])
        if self.data["source"] == self.site.source:
            return found
        # Stored once these pages are read.
        self.data["source"] = self.site.source
        for docname, views in self.data["views"].items():
            for request, mark in views.items():
                if self.views.of(restored(request)).fingerprint != mark:
                    found.add(docname)
        return found

    def _forget(self) -> None:
        """Let what is joined from all pages be joined anew: one of them has changed."""
        for name in ("_places", "mentions", "_joined", "_explored_papers"):
            self.__dict__.pop(name, None)

    # --- where things are
    def place(self, kind: str, name: str) -> Place | None:
        """The best place of an object, the same in every build."""
        places = self._places.get((kind, name), ())
        return min(
            (p for p in places if self.has_page(p.docname)), default=None
        )

    def is_best(self, kind: str, name: str, docname: str, anchor: str) -> bool:
        """Whether links to an object lead to this anchor of this page."""
        place = self.place(kind, name)
        return place is not None and (place.docname, place.anchor) == (
            docname,
            anchor,
        )

    def terms_of(self, docname: str) -> list[str]:
        """The tags of the terms whose place is on a page."""
        found = []
        for kind, name, _place in self.data["places"].get(docname, ()):
            best = self.place(kind, name)
            if kind == "term" and best and best.docname == docname:
                found.append(name)
        return sorted(found)

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[Place]]:
        """The places of every object, joined from all pages once these are read."""
        found = defaultdict(list)
        for places in self.data["places"].values():
            for kind, name, place in places:
                found[kind, name].append(Place(*place))
        return found

    def known(self) -> list[tuple[str, str]]:
        """Every object that has a place, by kind and name, in order."""
        return sorted(self._places)

    def facet_label(self, docname: str) -> str:
        """What the page of a facet's value is about: 'Topic: Routing'."""
        request = FacetPageRequest(tag=self.site.facet_pages[docname])
        return str(self.views.of(request).text)

    def entry_place(self, key: str) -> Place | None:
        """Where an entry is: its page, else its row in a catalogue."""
        kinds = (kind for kind in self.object_types if kind != "term")
        found = (self.place(kind, key) for kind in kinds)
        return next((p for p in found if p), None)

    def entry_url(self, key: str) -> str:
        """The address of an entry elsewhere: its first link, empty without one."""
        return self.site.elsewhere.get(key, "")

    def edit_url(self, key: str) -> str:
        """The address of an entry's line in the repository, empty where none is configured."""
        paper = self.library.find(key)
        return (
            self.line_url(paper.entry.file, paper.entry.line) if paper else ""
        )

    def line_url(self, file: str, line: int) -> str:
        """The address of a line in the repository, empty where none is configured."""
        return str(self.env.config.mmu_edit_url.format(file=file, line=line))

    @cached_property
    def mentions(self) -> Mentions:
        """Who names whom, joined from all pages once these are read."""
        named, quotes = self.data["mentions"], self.data["quotes"]
        return Mentions(self.env, named, quotes, self.library.labels)

    def mentioned_in(self, key: str) -> tuple[str, ...]:
        """The pages that name an entry, in order, without its own."""
        own = self.site.page_names.get(key, "")
        return tuple(d for d in self.mentions.pages(key) if d != own)

    def title(self, docname: str) -> str:
        """The title of a page; empty where there is no such page."""
        title = self.env.titles.get(docname)
        return "" if title is None else title.astext()

    def has_page(self, docname: str) -> bool:
        """Whether the output has a page: builders that make one document leave out what is in no
        toctree.
        """
        if docname not in self.env.found_docs:
            return False
        return not self.site.one_document or docname in self._joined

    def explored(self) -> PapersRequest | None:
        """What the explorer of papers asks; None where there is no explorer."""
        name = self.env.config.mmu_explorer
        papers = (r for r in self.explorers(name) if r.collection == "papers")
        return next(papers, None) if self.has_page(name) else None

    @property
    def explores_some(self) -> bool:
        """Whether there is an explorer of papers that leaves some out."""
        asked = self.explored()
        return asked is not None and bool(asked.filters)

    def explores_all(self, found: int) -> bool:
        """Whether the explorer shows all papers found, if there is any."""
        return found > 0 and not found & ~self._explored_papers

    @cached_property
    def _explored_papers(self) -> int:
        """The positions of the papers that the explorer shows, as bits."""
        asked = self.explored()
        if asked is None or not self.site.is_html:
            return 0
        return select(asked.filters, self.library.papers)[0]

    @cached_property
    def _joined(self) -> frozenset[str]:
        """The pages in the one document: of toctrees, and those of papers where a page of these has
        their place.
        """
        held = {
            self.env.config.root_doc,
            *itertools.chain(*self.env.toctree_includes.values()),
        }
        place = tuple(KeysRequest())
        if any(
            place in self.data["views"].get(docname, ()) for docname in held
        ):
            held.update(self.site.page_names.values())
        return frozenset(itertools.filterfalse(self.site.leaves_out, held))

    def index_pages(self) -> list[str]:
        """The pages with names from A to Z, in order."""
        found = []
        for docname in filter(self.has_page, sorted(self.data["views"])):
            kinds = {request.kind for request in self.requests(docname)}
            if "index" in kinds:
                found.append(docname)
        return found

    def check_places(self) -> None:
        """Warn of terms and catalogue rows that two pages define. Lists may name a term as often as
        they like.
        """
        twice: dict[tuple[str, tuple[str, int]], list[tuple[str, str]]] = {}
        for (kind, name), places in sorted(self._places.items()):
            rivals = sorted(place for place in places if place.rank == 0)
            if len(rivals) > 1:
                pages = dict.fromkeys(place.docname for place in rivals)
                again = "twice " if len(pages) == 1 else ""
                where = f"{again}on {' and '.join(pages)}"
                line = rivals[1].docname, rivals[1].line
                twice.setdefault((where, line), []).append((kind, name))
        for (where, line), objects in twice.items():
            (kind, name), *others = objects
            more = f" and {len(others)} more are" if others else " is"
            message = f"{kind} {name!r}{more} defined {where}"
            warn(Problem(Code.DUPLICATE_TARGET, message, key=name), line)

    # --- Sphinx's questions
    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, FBT001, FBT002 -- Sphinx's
        """What Sphinx's search calls a kind of object."""
        return f"{_(self.label)} {type.lname}"

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Everything that ``objects.inv`` and the search may name."""
        for kind, name in self.known():
            if place := self.place(kind, name):
                shown, priority = (
                    self.display(kind, name),
                    -1 if kind == "paper" else 1,
                )
                yield name, shown, kind, place.docname, place.anchor, priority

    def display(self, kind: str, name: str) -> str:
        """The name that a search matches: of a term the long and the short one, of a row the
        catalogue's.
        """
        if kind != "term":
            return self.views.of(NameRequest(key=name, part=kind)).text or name
        term = self.library.vocabulary.term(name)
        if term is None:
            facet, _colon, value = name.partition(":")
            known = self.library.facet(facet)
            return self.library.term_label(facet, value) if known else name
        short = "" if term.short in term.label else f" ({term.short})"
        return f"{term.label}{short}"

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """The link of a role, or its bare text where there is no page to lead to."""
        if typ == "mention":
            place: Place | None = Place(0, target, node["mmu-anchor"])
        elif typ == "term":
            place = self.place(typ, target)
        else:
            place = self.place(typ, target) or self.entry_place(target)
        if place is None:
            url = self.entry_url(target) if typ != "term" else ""
            if url:
                return nodes.reference(
                    "", "", contnode, refuri=url, internal=False
                )
            return contnode if node.get("mmu-known") else None  # type: ignore[return-value]
        to, at, title = place.docname, place.anchor, node.get("reftitle")
        reference = make_refnode(
            builder, fromdocname, to, at, [contnode], title
        )
        if builder.name == "singlehtml" and at:
            # Sphinx's own link would name the page as well
            reference["refuri"] = f"#{at}"
        return reference

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """What ``{any}`` finds here."""
        found = []
        for kind in self.object_types:
            if self.place(kind, target):
                given = (
                    env,
                    fromdocname,
                    builder,
                    kind,
                    target,
                    node,
                    contnode,
                )
                if reference := self.resolve_xref(*given):
                    found.append((f"mmu:{kind}", reference))
        return found


def domain_of(env: BuildEnvironment) -> MmuDomain:
    """The domain of an environment, typed."""
    domain = env.domains["mmu"]
    assert isinstance(domain, MmuDomain)  # noqa: S101 -- for the type checker: it was registered by this package
    return domain
