"""The roles: a link with the right name, and a count that is computed at build time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.nodes import Node, system_message
from sphinx import addnodes
from sphinx.util.docutils import ReferenceRole, SphinxRole
from sphinx.util.typing import RoleFunction

from sphinx_mmu.ext.mentions import MARK
from sphinx_mmu.ext.nodes import mmu_count
from sphinx_mmu.views.texts import CountRequest, LabelRequest, NameRequest

if TYPE_CHECKING:
    from sphinx_mmu.ext.domain import MmuDomain


def _domain(role: SphinxRole) -> MmuDomain:
    return cast("MmuDomain", role.env.domains["mmu"])


def _ask(role: SphinxRole, request: Any) -> Any:
    """Evaluate a view, report what is wrong with it, and remember that the page shows it."""
    domain, docname = _domain(role), role.env.current_document.docname
    view = domain.note_view(docname, request)
    for problem in view.problems:
        domain.report(docname, problem, role.get_location())
    return view


class EntryRole(ReferenceRole):
    """A link to an entry, with the text chosen by ``variant``. An unknown key is one warning, and
    plain text.
    """

    def __init__(self, kind: str = "paper", variant: str = "name") -> None:
        super().__init__()
        self.kind, self.variant = kind, variant

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Look the name up now, so that a wrong key gets its warning at the author's line."""
        if self.disabled:
            return [nodes.inline(self.rawtext, self.title, classes=["mmu-ref"])], []
        domain, docname = _domain(self), self.env.current_document.docname
        request: LabelRequest | NameRequest = NameRequest(
            key=self.target, part=self.variant
        )
        if self.kind == "term":
            request = LabelRequest(tag=self.target)
        view = _ask(self, request)
        text = self.title if self.has_explicit_title or view.problems else view.text
        label = nodes.inline(self.rawtext, text, classes=["mmu-ref"])
        if view.problems:
            return [label], []
        target = self.target
        if self.kind == "term":
            term = domain.library.vocabulary.term(target)
            target = term.tag if term else target
        else:
            domain.note_mention(docname, target)
        link = addnodes.pending_xref(
            self.rawtext,
            label,
            refdomain="mmu",
            reftype=self.kind,
            reftarget=target,
            refdoc=docname,
            refexplicit=self.has_explicit_title,
            refwarn=True,
        )
        link["mmu-known"] = True
        if self.kind != "term":
            link[MARK] = target
        self.set_source_info(link)
        return [link], []


class CountRole(SphinxRole):
    """The number of papers that a filter matches, kept true by the build."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Evaluate now, and remember the answer."""
        view = _ask(self, CountRequest(filter=self.text))
        return [
            mmu_count(self.rawtext, view.text, filter=self.text, classes=["mmu-count"])
        ], []


CATALOGUES = ("dataset", "benchmark")
"""Catalogues that there are without a preset in the vocabulary."""

ROLES: dict[str, RoleFunction] = {
    "paper": EntryRole(),
    "paper:title": EntryRole(variant="title"),
    "paper:authors": EntryRole(variant="authors"),
    "paper:year": EntryRole(variant="year"),
    **{name: EntryRole(name, name) for name in CATALOGUES},
    "term": EntryRole("term"),
    "count": CountRole(),
}
