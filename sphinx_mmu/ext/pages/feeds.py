"""Atom feeds of a site: written at the end of a build, announced in the head of pages, listed by a
directive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_mmu.export.feeds import FOLDER, Feed, atom, newest, opml
from sphinx_mmu.ext._shared import (
    LONGEST_NAME,
    esc,
    hashed_anchor,
    link,
    plain_anchor,
    short_hash,
    unique_names,
    write_listed,
)
from sphinx_mmu.ext.domain import IN_A_LIST, MmuDomain, Place, domain_of
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.nodes import mmu_feeds
from sphinx_mmu.library.collection import positions
from sphinx_mmu.messages import _
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.views.texts import FeedsRequest

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

OPML = f"{FOLDER}/all.opml"


def note_feeds(app: Sphinx, env: BuildEnvironment) -> None:
    """Remember which feeds there are; only sites have any."""
    domain = domain_of(env)
    wanted = (
        app.config.mmu_feeds and domain.site.is_html and not domain.site.one_document
    )
    domain.site.feeds = _feeds_of(domain) if wanted else {}


def _feeds_of(domain: MmuDomain) -> dict[str, tuple[str, Feed]]:
    """Every feed by its tag, with the label of its facet: all papers, which have no tag, then each
    value.
    """
    papers, address = domain.library.papers, domain.site.address
    feeds = {
        "": (
            "",
            Feed(
                "all",
                _("all papers"),
                address(domain.env.config.root_doc),
                newest(papers.papers),
            ),
        )
    }
    places = dict(_places_of_values(domain))
    names = unique_names(places, _plain_name, _hashed_name, ["all"])
    for tag, place in places.items():
        facet, _colon, value = tag.partition(":")
        found = [papers.papers[i] for i in positions(papers.tagged(facet, value) or 0)]
        label, where = (
            domain.library.term_label(facet, value),
            address(place.docname, place.anchor),
        )
        feed = Feed(names[tag], label, where, newest(found))
        declared = domain.library.facet(facet)
        feeds[tag] = (declared.label if declared else facet, feed)
    return feeds


def _listed(domain: MmuDomain) -> list[tuple[str, Feed]]:
    """The feeds that the list has: those of derived facets, of which there are many, are named by
    the pages of their values only.
    """
    facets = {"", *domain.library.facets}
    feeds = domain.site.feeds.items()
    return [found for tag, found in feeds if tag.partition(":")[0] in facets]


def _places_of_values(domain: MmuDomain) -> Iterator[tuple[str, Place]]:
    """The tag and the place of each value that has papers and a place of its own."""
    papers = domain.library.papers
    for facet in domain.library.facet_names():
        for value in papers.values(facet):
            place = domain.place("term", f"{facet}:{value}")
            own = (
                place
                and place.rank < IN_A_LIST
                and place.docname != domain.env.config.root_doc
            )
            if place and own and papers.tagged(facet, value):
                yield f"{facet}:{value}", place


def _plain_name(tag: str) -> str:
    """The name of a feed's file, empty where that would lose letters or be too long for a file."""
    name = plain_anchor(tag.replace(":", "-", 1))
    return name if len(name) <= LONGEST_NAME else ""


def _hashed_name(tag: str) -> str:
    name = hashed_anchor(tag.replace(":", "-", 1))
    return (
        name
        if len(name) <= LONGEST_NAME
        else f"{name[:LONGEST_NAME]}-{short_hash(tag)}"
    )


def write_feeds(app: Sphinx, exception: Exception | None) -> None:
    """Write all feeds and their list; remove those of values that are gone."""
    domain, folder = domain_of(app.env), Path(app.outdir) / FOLDER
    if exception or not domain.site.is_html:
        return
    files: dict[str, str] = {}
    if domain.site.feeds:
        project, address = app.config.project, _address(domain)
        groups: dict[str, list[Feed]] = {}
        for _label, feed in domain.site.feeds.values():
            files[f"{feed.name}.xml"] = atom(feed, domain.library, project, address)
        for label, feed in _listed(domain):
            groups.setdefault(label, []).append(feed)
        files[Path(OPML).name] = opml(list(groups.items()), project, address)
    write_listed(folder, files)


def _address(domain: MmuDomain) -> Callable[[str], str]:
    """Targets of links: absolute with ``html_baseurl``, else relative to the folder of feeds."""
    base = domain.site.base or "../"

    def address(way: str) -> str:
        if way in domain.library.papers.by_key:
            page = domain.site.page_names.get(way, "")
            return base + domain.site.address(page) if page else ""
        return base + way

    return address


def announce(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: object,
) -> None:
    """Name the feeds of a page in its head: that of all papers, and those of the terms whose place
    it is. These are named below its text as well, unless a list there has named them.
    """
    domain = domain_of(app.env)
    if pagename not in app.env.found_docs:
        return  # such as the page for addresses that lead nowhere, whose depth is unknown
    here = {"", *domain.terms_of(pagename)}
    up = domain.site.up(pagename)
    feeds = {
        tag: feed for tag, (_label, feed) in domain.site.feeds.items() if tag in here
    }
    links = [
        '<link rel="alternate" type="application/atom+xml"'
        f' title="{esc(f"{app.config.project}: {feed.title}")}"'
        f' href="{esc(up + feed.file)}" />'
        for feed in feeds.values()
    ]
    context["metatags"] = "\n".join([context.get("metatags", ""), *links])
    body = context.get("body", "")
    own = [
        link(up + feed.file, "", esc(feed.title))
        for tag, feed in feeds.items()
        if tag and f'class="mmu-feed" href="{esc(up + feed.file)}"' not in body
    ]
    if own:
        title = esc(_("Feeds of new papers:"))
        line = f'<p class="mmu-hint mmu-follow">{title} {", ".join(own)}</p>'
        context["body"] = body + line


class FeedsDirective(MmuDirective):
    """The list of all feeds. Nothing in builders that make no site."""

    def show(self) -> list[Node]:
        """Leave a node: which feeds there are is known at the end."""
        self.note(FeedsRequest())
        if not self.config.mmu_feeds:
            hint = "set mmu_feeds = True in conf.py"
            self.warn(Problem(Code.EMPTY_RESULT, "there are no feeds", hint=hint))
        return [mmu_feeds("", refdoc=self.docname)]


class ListFeeds(SphinxPostTransform):
    """Make the list of feeds, or take its place away."""

    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        """Replace every node of the directive."""
        for node in list(self.document.findall(mmu_feeds)):
            node.replace_self(self._list(node["refdoc"]))

    def _list(self, docname: str) -> list[Node]:
        domain = domain_of(self.env)
        if not domain.site.feeds:
            return []
        up = domain.site.up(docname)
        groups: dict[str, list[Node]] = {}
        for label, feed in _listed(domain):
            groups.setdefault(label, []).append(_link(up + feed.file, feed.title))
        items = []
        for label, links in groups.items():
            line = nodes.paragraph("", f"{label}: " if label else "", *_joined(links))
            items.append(nodes.list_item("", line))
        whole = _link(up + OPML, _("all feeds, as OPML for a reader"))
        items.append(nodes.list_item("", nodes.paragraph("", "", whole)))
        return [nodes.bullet_list("", *items, classes=["mmu-feeds"])]


def _link(address: str, text: str) -> nodes.reference:
    return nodes.reference("", text, refuri=address, internal=True)


def _joined(links: list[Node]) -> Iterator[Node]:
    for number, one in enumerate(links):
        if number:
            yield nodes.Text(", ")
        yield one


def setup_feeds(app: Sphinx) -> None:
    """Register the directive and the handlers."""
    app.add_directive_to_domain("mmu", "feeds", FeedsDirective)
    app.add_node(mmu_feeds)
    app.add_post_transform(ListFeeds)
    app.connect("env-updated", note_feeds, priority=850)  # records name them
    app.connect("html-page-context", announce)
    app.connect("build-finished", write_feeds)
