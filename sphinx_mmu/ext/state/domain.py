"""The domain ``mmu``: what is stored of each page from build to build, and what Sphinx asks about
entries and terms.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, TypeVar
from zlib import crc32

from docutils import nodes
from docutils.nodes import Element
from docutils.parsers.rst import Directive
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import RoleFunction

from sphinx_mmu.ext.citations.mentions import Mention, Mentions
from sphinx_mmu.ext.common.misspelt import NoRole, no_directive, no_such
from sphinx_mmu.ext.state.places import Place, Places
from sphinx_mmu.ext.state.site import Site
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import _, marked
from sphinx_mmu.problems import Problem
from sphinx_mmu.views.base import VIEW_VERSION, Request, V, View
from sphinx_mmu.views.kinds import REQUESTS, Views, restored
from sphinx_mmu.views.texts import FacetPageRequest, KeysRequest, NameRequest

PARTS = (
    "views",
    "leads",
    "places",
    "mentions",
    "quotes",
    "sections",
    "unknown",
    "faults",
)
"""What the domain stores of each page."""

R = TypeVar("R")
UNKNOWN = "mmu-unknown"
"""The attribute of a role's reference whose name the database lacks: its place in the source."""


def _data_version() -> int:
    """What differs where data that an earlier release stored would be read wrongly."""
    fields = [(name, asked._fields) for name, asked in REQUESTS.items()]
    shapes = (VIEW_VERSION, fields, Place._fields, PARTS)
    return crc32(repr(shapes).encode())


class MmuDomain(Domain):
    """Papers, rows of catalogues and terms as objects that pages and other projects can refer to.

    ``data`` contains plain values only: ``views`` {docname: {request: fingerprint}}, ``leads``
    {docname: {derived tag, ...}}, ``places`` {docname: {(kind, name, place), ...}}, ``mentions``
    {docname: {key, ...}}, ``quotes`` {docname: (mention, ...)}, ``sections``
    {docname: (section, ...)}, ``unknown`` {docname: ((kind, name, location), ...)} and ``faults``
    {docname: True}; ``source`` and ``catalogues`` are those of the site whose fingerprints these
    are. The library is never stored: it is part of ``site``, which each build makes anew.
    """

    name = "mmu"
    label = marked("Bibliography")
    object_types = {name: ObjType(name, name) for name in ("paper", "term")}
    initial_data = {
        "source": "",
        "catalogues": [],
        **{part: {} for part in PARTS},
    }
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

    @property
    def docname(self) -> str:
        """The page being read."""
        return self.env.current_document.docname

    # --- what reading a page leaves behind
    def note_view(self, request: Request[V]) -> V:
        """Give the view of a request, and remember that the page shows it, and how it looked."""
        view, docname = self.views.of(request), self.docname
        self.data["views"].setdefault(docname, {})[tuple(request)] = (
            view.fingerprint
        )
        self.data["leads"].setdefault(docname, set()).update(view.derived_tags)
        return view

    def requests(self, docname: str) -> list[Request[View]]:
        """List what a page asks, in order."""
        return [
            restored(request) for request in self.data["views"].get(docname, ())
        ]

    def requests_of(self, docname: str, kind: type[R]) -> list[R]:
        """List what a page asks of one kind of view, in order."""
        return [r for r in self.requests(docname) if isinstance(r, kind)]

    def note_place(self, kind: str, name: str, place: Place) -> None:
        """Remember where an object is."""
        found = self.data["places"].setdefault(place.docname, set())
        found.add((kind, name, tuple(place)))
        self._forget()

    def note_mention(self, key: str) -> None:
        """Remember that the page names an entry."""
        self.data["mentions"].setdefault(self.docname, set()).add(key)

    def note_quotes(self, found: tuple[Mention, ...]) -> None:
        """Remember the sentences in which the page names entries."""
        if found:
            self.data["quotes"][self.docname] = tuple(map(tuple, found))

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
        catalogues = sorted(self.library.vocabulary.catalogues)
        if (
            self.data["catalogues"] != catalogues
        ):  # they make directives and roles
            self.data["catalogues"] = catalogues
            return set(self.env.all_docs)
        for docname, views in self.data["views"].items():
            for request, mark in views.items():
                if self.views.of(restored(request)).fingerprint != mark:
                    found.add(docname)
        return found

    def _forget(self) -> None:
        """Let what is joined from all pages be joined anew: one of them has changed."""
        for name in ("places", "mentions", "_joined"):
            self.__dict__.pop(name, None)

    # --- where things are
    @cached_property
    def places(self) -> Places:
        """Where every object is, joined from all pages once these are read."""
        return Places(self.data["places"], self.has_page)

    def facet_label(self, docname: str) -> str:
        """What the page of a facet's value is about: 'Topic: Routing'."""
        request = FacetPageRequest(tag=self.site.facet_pages[docname])
        return str(self.views.of(request).text)

    def entry_place(self, key: str) -> Place | None:
        """Where an entry is: its page, else its row in a catalogue."""
        kinds = (kind for kind in self.object_types if kind != "term")
        found = (self.places.best(kind, key) for kind in kinds)
        return next((p for p in found if p), None)

    def entry_url(self, key: str) -> str:
        """The address of an entry elsewhere: its first link, empty without one."""
        return self.site.entry_urls.get(key, "")

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

    @cached_property
    def _joined(self) -> frozenset[str]:
        """The pages in the one document: of toctrees, and those of papers where a page of these has
        their place.
        """
        joined = {
            self.env.config.root_doc,
            *itertools.chain(*self.env.toctree_includes.values()),
        }
        place = tuple(KeysRequest())
        if any(
            place in self.data["views"].get(docname, ()) for docname in joined
        ):
            joined.update(self.site.page_names.values())
        return frozenset(itertools.filterfalse(self.site.leaves_out, joined))

    # --- Sphinx's questions
    def directive(self, name: str) -> type[Directive] | None:
        """The directive of a name, or else one that warns of it."""
        found = super().directive(name)
        problem = None if found else self._no_such("directive", name)
        return no_directive(problem) if problem else found

    def role(self, name: str) -> RoleFunction | None:
        """The role of a name, or else one that warns of it."""
        found = super().role(name)
        problem = None if found else self._no_such("role", name)
        return NoRole(problem) if problem else found

    def _no_such(self, kind: str, name: str) -> Problem | None:
        """The problem of a name that the page being read may not mean as one of another domain."""
        if self.env.current_document.default_domain is self:
            return None
        known: dict[str, Collection[str]] = {
            "directive": self.directives,
            "role": self.roles,
        }
        return no_such(kind, name, known)

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, FBT001, FBT002 -- Sphinx's
        """What Sphinx's search calls a kind of object."""
        return f"{_(self.label)} {type.lname}"

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Everything that ``objects.inv`` and the search may name."""
        for kind, name in self.places.known():
            if place := self.places.best(kind, name):
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
        """The link of a role, or its bare text where there is no page to lead to. None if the name
        is unknown: Sphinx then asks other projects.
        """
        if UNKNOWN in node:
            return None
        if typ == "mention":
            place: Place | None = Place(0, target, node["mmu-anchor"])
        elif typ == "term":
            place = self.places.best(typ, target)
        else:
            place = self.places.best(typ, target) or self.entry_place(target)
        if place is None:
            url = self.entry_url(target) if typ != "term" else ""
            if url:
                return nodes.reference(
                    "", "", contnode, refuri=url, internal=False
                )
            return contnode  # type: ignore[return-value]  # Sphinx takes any node
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
            if self.places.best(kind, target):
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


def check_places(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of what two pages define."""
    domain_of(env).places.check()


def setup(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(MmuDomain)
    app.connect("env-updated", check_places, priority=900)
