"""The roles: a link with the right name, and a count that is computed at build time."""

from __future__ import annotations

from docutils import nodes
from docutils.nodes import system_message
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.util.docutils import ReferenceRole, SphinxRole
from sphinx.util.typing import RoleFunction

from sphinx_mmu.ext.citations.mentions import MARK, is_silent, mentions
from sphinx_mmu.ext.common.docutils_pieces import Nodes, inline, xref
from sphinx_mmu.ext.common.misspelt import check_text
from sphinx_mmu.ext.common.nodes import mmu_count
from sphinx_mmu.ext.common.reporting import warn
from sphinx_mmu.ext.state.domain import UNKNOWN, domain_of
from sphinx_mmu.views.terms import no_term
from sphinx_mmu.views.texts import (
    CountRequest,
    LabelRequest,
    LabelView,
    NameRequest,
    no_entry,
)


class EntryRole(ReferenceRole):
    """A link to an entry, with the text chosen by ``variant``. A key that neither this project nor
    another has is one warning, and plain text.
    """

    def __init__(self, kind: str = "paper", variant: str = "name") -> None:
        super().__init__()
        self.kind, self.variant = kind, variant

    def run(self) -> tuple[Nodes, list[system_message]]:
        """Look the name up now, and note the author's line if the name is unknown."""
        if self.disabled:
            return [inline(self.title.removeprefix("!"), css="mmu-ref")], []
        target, is_term = self.target, self.kind == "term"
        explicit = self.has_explicit_title
        name = NameRequest(key=target, part=self.variant)
        request = LabelRequest(tag=target) if is_term else name
        domain = domain_of(self.env)
        view = domain.note_view(request)
        known = not view.problems
        text = view.text if known and not explicit else self.title
        if isinstance(view, LabelView):
            target = view.tag or target
        label = inline(text, css="mmu-ref")
        link = xref(
            label, self.kind, target, domain.docname, refexplicit=explicit
        )
        if not known:
            link[UNKNOWN] = self.get_location()
        elif not is_term:
            link[MARK] = target
        self.set_source_info(link)
        return [link], []


def note_names(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the entries that a page names with the sentences that name them, and the names on it
    that the database lacks with their places. What the author looks for in another project is
    neither: Sphinx warns of it.
    """
    domain = domain_of(app.env)
    docname = domain.docname
    unknown = {}
    for link in doctree.findall(pending_xref):
        if "intersphinx" in link:
            link.attributes.pop(MARK, None)
        elif MARK in link:
            domain.note_mention(link[MARK])
        elif UNKNOWN in link:
            found = link["reftype"], link["reftarget"], link[UNKNOWN]
            unknown[found] = True
    if unknown:
        domain.data["unknown"][docname] = tuple(unknown)
    if docname in domain.site.page_ids:
        return  # pages that the build makes only list entries
    check_text(domain, doctree)
    if not is_silent(app.env, docname):
        domain.note_quotes(mentions(doctree, docname))


def check_unknown(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of unknown names that no other project has. In each build, before pages are written: not
    all builders resolve links, and some resolve those of a page several times.
    """
    domain = domain_of(env)
    domain.site.other_projects.clear()
    for docname, names in sorted(domain.data["unknown"].items()):
        for kind, target, location in names:
            link = xref(inline(target), kind, target, docname)
            asked = "missing-reference", env, link, link[0]
            try:
                found = app.emit_firstresult(
                    *asked, allowed_exceptions=(NoUri,)
                )
            except NoUri:  # known, and without a link
                continue
            if found:
                domain.site.other_projects[docname].append(str(found))
            else:
                named = no_term if kind == "term" else no_entry
                warn(named(domain.library, target), location)


def is_reported(
    _app: Sphinx, _domain: Domain | None, link: pending_xref
) -> bool | None:
    """Let Sphinx not warn of unknown names as well, as it does with ``nitpicky``."""
    return UNKNOWN in link or None


class CountRole(SphinxRole):
    """The number of papers that a filter matches, kept true by the build."""

    def run(self) -> tuple[Nodes, list[system_message]]:
        """Evaluate now, and remember the answer."""
        request = CountRequest(filter=self.text)
        view = domain_of(self.env).note_view(request)
        for problem in view.problems:
            warn(problem, self.get_location())
        return [
            mmu_count("", view.text, filter=self.text, classes=["mmu-count"])
        ], []


ROLES: dict[str, RoleFunction] = {
    "paper": EntryRole(),
    "paper:title": EntryRole(variant="title"),
    "paper:authors": EntryRole(variant="authors"),
    "paper:year": EntryRole(variant="year"),
    "term": EntryRole("term"),
    "count": CountRole(),
}


def setup(app: Sphinx) -> None:
    """Register every role, and what checks the names that they have."""
    for name, role in ROLES.items():
        app.add_role_to_domain("mmu", name, role)
    app.connect("doctree-read", note_names, priority=800)
    app.connect("env-updated", check_unknown, priority=900)
    app.connect("warn-missing-reference", is_reported)
