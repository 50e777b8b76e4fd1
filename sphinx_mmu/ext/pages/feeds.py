"""Atom feeds of a site: written at the end of a build, and announced in the head of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from sphinx_mmu.export.feeds import FOLDER, Feed, atom, newest, opml
from sphinx_mmu.ext.common.markup import add_to_head, esc, link
from sphinx_mmu.ext.common.names import (
    LONGEST_NAME,
    hashed_anchor,
    plain_anchor,
    short_hash,
    unique_names,
)
from sphinx_mmu.ext.common.output_files import write_listed
from sphinx_mmu.ext.kinds.feeds import OPML, listed
from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
from sphinx_mmu.ext.state.places import IN_A_LIST, Place
from sphinx_mmu.messages import _


def feeds_of(domain: MmuDomain) -> dict[str, Feed]:
    """Every feed by its tag: all papers, without a tag, then each value. Only sites have any."""
    config, address = domain.env.config, domain.site.address
    papers = domain.library.papers
    if not config.mmu_feeds or not domain.site.has_pages:
        return {}
    home = address(config.root_doc)
    feeds = {"": Feed("all", _("all papers"), home, newest(papers.papers))}
    places = dict(_places_of_values(domain))
    names = unique_names(places, _plain_name, _hashed_name, ["all"])
    for tag, place in places.items():
        facet, _colon, value = tag.partition(":")
        found = papers.of(papers.tagged(facet, value) or 0)
        label = domain.library.term_label(facet, value)
        where = address(place.docname, place.anchor)
        feeds[tag] = Feed(names[tag], label, where, newest(found))
    return feeds


def _places_of_values(domain: MmuDomain) -> Iterator[tuple[str, Place]]:
    """The tag and the place of each value that has papers and a place of its own."""
    papers = domain.library.papers
    for facet in domain.library.facet_names():
        for value in papers.values(facet):
            place = domain.places.best("term", f"{facet}:{value}")
            if place is None or place.docname == domain.env.config.root_doc:
                continue
            if place.rank < IN_A_LIST and papers.tagged(facet, value):
                yield f"{facet}:{value}", place


def _plain_name(tag: str) -> str:
    """The name of a feed's file, empty where that would lose letters or be too long for a file."""
    name = plain_anchor(tag.replace(":", "-", 1))
    return name if len(name) <= LONGEST_NAME else ""


def _hashed_name(tag: str) -> str:
    name = hashed_anchor(tag.replace(":", "-", 1))
    long = len(name) > LONGEST_NAME
    return f"{name[:LONGEST_NAME]}-{short_hash(tag)}" if long else name


def write_feeds(app: Sphinx, domain: MmuDomain) -> None:
    """Write all feeds and their list; remove those of values that are gone."""
    files: dict[str, str] = {}
    if domain.site.feeds:
        project, address = app.config.project, _address(domain)
        for feed in domain.site.feeds.values():
            files[f"{feed.name}.xml"] = atom(
                feed, domain.library, project, address
            )
        groups = list(listed(domain).items())
        files[Path(OPML).name] = opml(groups, project, address)
    write_listed(Path(app.outdir) / FOLDER, files)


def _address(domain: MmuDomain) -> Callable[[str], str]:
    """Targets of links: absolute with ``html_baseurl``, else relative to the folder of feeds."""
    base = domain.site.base or "../"

    def address(way: str) -> str:
        if way in domain.library.papers.by_key:
            page = domain.site.page_names.get(way, "")
            return base + domain.site.address(page) if page else ""
        return base + way

    return address


def announce(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    """Name the feeds of a page in its head: that of all papers, and those of the terms whose place
    it is. These are named below its text as well, unless a list there has named them.
    """
    domain = domain_of(app.env)
    if pagename not in app.env.found_docs:
        return  # such as the page for addresses that lead nowhere, whose depth is unknown
    here, up = {"", *domain.places.terms_of(pagename)}, domain.site.up(pagename)
    body, own = context.get("body", ""), []
    for tag, feed in domain.site.feeds.items():
        if tag in here:
            address = esc(up + feed.file)
            title = esc(f"{app.config.project}: {feed.title}")
            add_to_head(
                context,
                '<link rel="alternate" type="application/atom+xml"'
                f' title="{title}" href="{address}" />',
            )
            if tag and f'class="mmu-feed" href="{address}"' not in body:
                own.append(link(up + feed.file, "", esc(feed.title)))
    if own:
        title = esc(_("Feeds of new papers:"))
        line = f'<p class="mmu-hint mmu-follow">{title} {", ".join(own)}</p>'
        context["body"] = body + line
