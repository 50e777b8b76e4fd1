"""Atom feeds of the newest papers, and a list of all feeds.

Sources of the forms: RFC 4287 (Atom), OPML 2.0. An entry keeps its id wherever the site moves: it
is made from the name of the project and the key of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.publication import venue_text
from sphinx_mmu.views.columns import summary

ATOM = "http://www.w3.org/2005/Atom"
FOLDER = "feeds"
NEWEST = 50
"""The number of papers in a feed."""

_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)

ET.register_namespace("", ATOM)


class Feed(NamedTuple):
    """A feed: its file without suffix, its title, the page it belongs to (relative to the root),
    and its papers.
    """

    name: str
    title: str
    page: str
    papers: tuple[Paper, ...]

    @property
    def file(self) -> str:
        """The file, from the root of the site."""
        return f"{FOLDER}/{self.name}.xml"


def newest(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The papers of a feed: those with a date, the newest first, at one date in the order of the
    file.
    """
    dated = sorted(
        (p for p in papers if p.added), key=lambda p: p.added, reverse=True
    )
    return tuple(dated[:NEWEST])


def atom(
    feed: Feed, library: Library, project: str, address: Callable[[str], str]
) -> str:
    """A feed as Atom, the same bytes for the same data.

    ``address`` turns a path from the site's root, such as ``paper/x.html`` or ``feeds/all.xml``,
    into the target of links. A key means the page of its paper.
    """
    root = ET.Element(f"{{{ATOM}}}feed")
    _texts(
        root,
        id=_id(project, f"feed {feed.name}"),
        title=f"{project}: {feed.title}",
    )
    _texts(
        root, updated=_moment(max((p.added for p in feed.papers), default=""))
    )
    _texts(ET.SubElement(root, f"{{{ATOM}}}author"), name=project)
    for rel, way in (("self", feed.file), ("alternate", feed.page)):
        ET.SubElement(root, f"{{{ATOM}}}link", rel=rel, href=address(way))
    root.extend(
        _entry(paper, library, project, address) for paper in feed.papers
    )
    return _written(root)


def _entry(
    paper: Paper, library: Library, project: str, address: Callable[[str], str]
) -> ET.Element:
    entry = ET.Element(f"{{{ATOM}}}entry")
    title = paper.title or paper.key
    updated = _moment(paper.added)
    _texts(entry, id=_id(project, paper.key), title=title, updated=updated)
    if paper.date:
        _texts(entry, published=_moment(paper.date))
    for person in paper.authors:
        _texts(ET.SubElement(entry, f"{{{ATOM}}}author"), name=person.name)
    link = address(paper.key) or next((link.url for link in paper.links), "")
    if link:
        ET.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=link)
    for facet, values in paper.tags.items():
        for value in values:
            term = f"{facet}:{value}"
            label = library.term_label(facet, value)
            ET.SubElement(entry, f"{{{ATOM}}}category", term=term, label=label)
    said = [
        paper.short,
        venue_text(paper),
        summary(paper, library),
        paper.abstract,
    ]
    _texts(entry, summary=". ".join(filter(None, said)) or paper.title)
    return entry


def opml(
    groups: Sequence[tuple[str, Sequence[Feed]]],
    project: str,
    address: Callable[[str], str],
) -> str:
    """All feeds, in named groups, as a list that feed readers import."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = project
    body = ET.SubElement(root, "body")
    for label, feeds in groups:
        parent = ET.SubElement(body, "outline", text=label) if label else body
        for feed in feeds:
            name = f"{project}: {feed.title}"
            named = {"type": "rss", "text": name, "title": name}
            ways = {"xmlUrl": address(feed.file), "htmlUrl": address(feed.page)}
            ET.SubElement(parent, "outline", named | ways)
    return _written(root)


def _texts(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _id(project: str, name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'sphinx_mmu {project} {name}')}"


def _moment(date: str) -> str:
    """A date of any precision as Atom wants it: what is not known is the first."""
    year, month, dayof = (*date.split("-"), "", "", "")[:3]
    return f"{year or '1970'}-{month or '01'}-{dayof or '01'}T00:00:00Z"


def _written(root: ET.Element) -> str:
    """The file, without the characters that XML forbids."""
    ET.indent(root)
    text = _FORBIDDEN.sub("", ET.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
