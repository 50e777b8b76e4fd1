"""The roles: a link with the right name, and a count that is computed at build time."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.nodes import system_message
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole, SphinxRole
from sphinx.util.typing import RoleFunction

from sphinx_mmu.ext._shared import warn
from sphinx_mmu.ext.docutils_pieces import Nodes, inline, xref
from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.ext.mentions import MARK
from sphinx_mmu.ext.nodes import mmu_count
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.views.texts import CountRequest, LabelRequest, NameRequest


class _Role(SphinxRole):
    """What all roles share."""

    @property
    def domain(self) -> MmuDomain:
        """The domain of this build."""
        return domain_of(self.env)

    @property
    def docname(self) -> str:
        """The page being read."""
        return self.env.current_document.docname

    def ask(self, request: Any) -> Any:
        """Evaluate a view, report what is wrong with it, and remember that the page shows it."""
        view = self.domain.note_view(self.docname, request)
        for problem in view.problems:
            warn(problem, self.get_location())
        return view


class EntryRole(_Role, ReferenceRole):
    """A link to an entry, with the text chosen by ``variant``. An unknown key is one warning, and
    plain text.
    """

    def __init__(self, kind: str = "paper", variant: str = "name") -> None:
        super().__init__()
        self.kind, self.variant = kind, variant

    def run(self) -> tuple[Nodes, list[system_message]]:
        """Look the name up now, so that a wrong key gets its warning at the author's line."""
        if self.disabled:
            return [inline(self.title, css="mmu-ref")], []
        target, is_term = self.target, self.kind == "term"
        name = NameRequest(key=target, part=self.variant)
        view = self.ask(LabelRequest(tag=target) if is_term else name)
        text = (
            self.title
            if self.has_explicit_title or view.problems
            else view.text
        )
        label = inline(text, css="mmu-ref")
        if view.problems:
            return [label], []
        if is_term:
            term = self.domain.library.vocabulary.term(target)
            target = term.tag if term else target
        else:
            self.domain.note_mention(self.docname, target)
        explicit = self.has_explicit_title
        link = xref(
            label, self.kind, target, self.docname, refexplicit=explicit
        )
        if not is_term:
            link[MARK] = target
        self.set_source_info(link)
        return [link], []


_NEARLY = re.compile(r"[{(](?:mmu|MMU)[:;][\w:-]+[})]")
"""What was meant as a role of ours, and is printed."""


def check_text(doctree: nodes.document) -> None:
    """Warn of roles that an author wrote so that they are printed as they are."""
    for node in doctree.findall(nodes.Text):
        parent = node.parent
        found = _NEARLY.search(node)
        if found and not isinstance(
            parent, nodes.literal | nodes.FixedTextElement
        ):
            message = f"{found[0]} is printed as it is"
            hint = "write {mmu:paper}`key`: the name in braces, and backticks right after it"
            warn(Problem(Code.BAD_OPTION, message, hint=hint), parent)


class CountRole(_Role):
    """The number of papers that a filter matches, kept true by the build."""

    def run(self) -> tuple[Nodes, list[system_message]]:
        """Evaluate now, and remember the answer."""
        text = self.ask(CountRequest(filter=self.text)).text
        return [
            mmu_count("", text, filter=self.text, classes=["mmu-count"])
        ], []


ROLES: dict[str, RoleFunction] = {
    "paper": EntryRole(),
    "paper:title": EntryRole(variant="title"),
    "paper:authors": EntryRole(variant="authors"),
    "paper:year": EntryRole(variant="year"),
    "term": EntryRole("term"),
    "count": CountRole(),
}


def setup_roles(app: Sphinx) -> None:
    """Register every role."""
    for name, role in ROLES.items():
        app.add_role_to_domain("mmu", name, role)
