"""The state of one build: what is loaded and made at its beginning and never stored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import NamedTuple

from sphinx.builders import Builder

from sphinx_mmu.export.feeds import Feed
from sphinx_mmu.filters.conditions import only_tag
from sphinx_mmu.views.columns import Column
from sphinx_mmu.views.kinds import Views
from sphinx_mmu.views.papers import PapersRequest


class DownloadTable(NamedTuple):
    """A table whose papers can be downloaded as files: the name of the files without suffix, the
    page that shows it, and what it asks for.
    """

    name: str
    page: str
    request: PapersRequest


@dataclass
class Site:
    """What one build adds to the environment. Made when the builder is there: ``domain.site``."""

    builder: Builder
    views: Views
    """The library, and what answers requests with it."""
    source: str
    """A digest of what the views are made from: files and code."""
    page_names: dict[str, str] = field(default_factory=dict)
    """The page of each paper that has one: {key: docname}."""
    page_keys: dict[str, str] = field(default_factory=dict)
    """The same from the other side: {docname: key}."""
    facet_pages: dict[str, str] = field(default_factory=dict)
    """What the page of a facet's value is about: {docname: facet:value}."""
    beside: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The pages before and after the page of a facet's value, empty at the ends."""
    page_ids: dict[str, str] = field(default_factory=dict)
    """The anchor at the top of each made page: {docname: id}."""
    folders: set[str] = field(default_factory=set)
    """Folders of the source that made pages are in, or have been in."""
    feeds: dict[str, Feed] = field(default_factory=dict)
    """The feeds: {tag or nothing: feed}."""
    record_marks: dict[str, str] = field(default_factory=dict)
    """A digest of the records that scripts load, by collection."""
    downloads: tuple[DownloadTable, ...] = ()
    """The tables whose papers can be downloaded as files, once all pages are read."""
    explored_papers: int = 0
    """The positions of the papers that the explorer shows, as bits, once all pages are read."""
    entry_urls: dict[str, str] = field(default_factory=dict)
    """The address of each entry that has one elsewhere, its first link: {key: address}."""
    other_projects: defaultdict[str, list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """The links of each page to what only other projects have: {docname: [link]}."""
    rows: dict[tuple[Column, ...], dict[str, str]] = field(default_factory=dict)
    """Rows as HTML by columns and key, since many tables show the same paper."""
    one_document: bool = field(init=False)
    """Whether the output is one document, without the pages that no toctree has."""
    is_html: bool = field(init=False)
    """Whether the output is pages for browsers, which those of an EPUB are not."""
    has_pages: bool = field(init=False)
    """The same, and each page is a file."""

    def __post_init__(self) -> None:
        for paper in self.views.library.entries:
            if paper.links:
                self.entry_urls.setdefault(paper.key, paper.links[0].url)
        name, form = self.builder.name, self.builder.format
        self.one_document = name in ("singlehtml", "latex", "man", "texinfo")
        self.is_html = form == "html" and name != "epub"
        self.has_pages = self.is_html and not self.one_document

    @property
    def base(self) -> str:
        """The address of the site, with a slash at its end; empty where it is not known."""
        given = self.builder.config.html_baseurl
        return f"{given.rstrip('/')}/" if given else ""

    def address(self, docname: str, anchor: str = "") -> str:
        """The address of a page, or of a place on it, from the root of the site."""
        page = self.builder.get_target_uri(docname)
        return f"{page}#{anchor}" if anchor else page

    def up(self, docname: str) -> str:
        """The way from a page to the root of the site."""
        return "../" * self.address(docname).count("/")

    def feed_of(self, request: PapersRequest) -> Feed | None:
        """The feed of the papers that a table asks for with no filter but a tag, where there is
        one.
        """
        tag = only_tag(request.filters)
        listed = request.collection == "papers" and tag is not None
        return self.feeds.get(tag or "") if listed else None

    def leaves_out(self, docname: str) -> bool:
        """Whether a page is not printed, though a toctree has it."""
        patterns = self.builder.config.mmu_print_excludes
        return self.builder.name == "latex" and any(
            fnmatchcase(docname, p) for p in patterns
        )
