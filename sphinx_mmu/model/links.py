"""Links of an entry: every kind of them, once, and the links that an entry's fields give.

A new kind is an entry of :data:`KINDS`. Tables, filters (``has:``), badges, exports, metadata, the
checks and the scripts of pages all read that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from sphinx_mmu.bib.addresses import bare_address, is_web_address
from sphinx_mmu.messages import _, marked
from sphinx_mmu.model import identifiers
from sphinx_mmu.problems import did_you_mean


@dataclass(frozen=True, slots=True)
class Link:
    """One address; ``kind`` is the name of one of :data:`KINDS`."""

    kind: str
    url: str
    label: str


# --- addresses from fields

Report = Callable[[str, str, str], None]
"""Takes a field, what is wrong with it, and what to write instead."""

_URL_IN_TEXT = re.compile(r"https?://[^\s{}<>]+")


def _address(fields: Mapping[str, str], field: str, report: Report) -> str:
    url = bare_address(fields.get(field, ""))
    if not url or is_web_address(url):
        return url
    hint = (
        "write %20 for a space"
        if " " in url and is_web_address(url.replace(" ", ""))
        else ""
    )
    report(field, f"'{url}' is not an http or https address", hint)
    return ""


def _url(fields: Mapping[str, str], field: str, report: Report) -> str:
    """The field, or else an address within ``howpublished``."""
    found = _URL_IN_TEXT.search(fields.get("howpublished", ""))
    if found and not bare_address(fields.get(field, "")):
        return _address({field: found[0]}, field, report)
    return _address(fields, field, report)


def _identifier(fields: Mapping[str, str], field: str, report: Report) -> str:
    """The address of the identifier in the field of its kind."""
    value = fields.get(field, "")
    if found := value and identifiers.read(field, value):
        return identifiers.address(field, found)
    if value:
        thing, example = KINDS[field].thing, identifiers.example(field)
        report(
            field,
            f"'{value}' is not {thing}",
            f"write it as in its address: {example}",
        )
    return ""


def _arxiv(fields: Mapping[str, str], field: str, report: Report) -> str:
    kind = (
        fields.get("eprinttype") or fields.get("archiveprefix") or ""
    ).lower()
    eprint = identifiers.read("arxiv", fields.get(field, ""))
    if eprint and kind in {"", "arxiv"}:
        return identifiers.address("arxiv", eprint)
    if fields.get(field) and kind == "arxiv":
        hint = f"write it as in its address: {identifiers.example('arxiv')}"
        report(field, f"'{fields[field]}' is not an arXiv identifier", hint)
        return ""
    if eprint and (hint := did_you_mean(kind, ["arxiv"])):
        name = "eprinttype" if fields.get("eprinttype") else "archiveprefix"
        report(name, f"'{fields[name]}' is not an archive that is known", hint)
    found = identifiers.named(
        f"{fields.get('journal', '')} {fields.get('volume', '')}"
    )
    return identifiers.address("arxiv", found) if found else ""


def _anthology(fields: Mapping[str, str], field: str, report: Report) -> str:
    if fields.get(field):
        return _identifier(fields, field, report)
    url = fields.get("url", "")
    hosts = {"aclanthology.org", "www.aclanthology.org"}
    return (
        url if is_web_address(url) and urlsplit(url).hostname in hosts else ""
    )


# --- the kinds


class Badge(NamedTuple):
    """How shields.io draws a link: words, colour and logo."""

    label: str
    colour: str = "555555"
    logo: str = ""


@dataclass(frozen=True, slots=True)
class LinkKind:
    """A kind of links.

    ``thing`` is what a paper with such a link has, in the words of a filter's conditions. ``rank``
    is the place of the kind among the ways to the text of a work, 0 if it is none. ``address``
    makes the address from the fields of an entry, ``pdf`` that of the text from the address.
    """

    name: str
    label: str
    thing: str
    badge: Badge
    field: str
    rank: int = 0
    address: Callable[[Mapping[str, str], str, Report], str] = _address
    pdf: Callable[[str], str] = lambda url: url if is_pdf(url) else ""

    @property
    def is_text(self) -> bool:
        """Whether the work itself is found there."""
        return self.rank > 0


def is_pdf(url: str) -> bool:
    """Whether an address is that of a PDF, as far as it shows."""
    return url.lower().endswith(".pdf")


_FORUM = identifiers.address("openreview", "")
_ABSTRACT = identifiers.address("arxiv", "")

_ALL = (
    LinkKind(
        "paper",
        marked("Paper"),
        marked("a link"),
        Badge("paper", logo="readthedocs"),
        "url",
        rank=5,
        address=_url,
    ),
    LinkKind(
        "arxiv",
        "arXiv",
        marked("an arXiv number"),
        Badge("arXiv", "B31B1B", "arxiv"),
        "eprint",
        rank=1,
        address=_arxiv,
        pdf=lambda url: url.replace(_ABSTRACT, "https://arxiv.org/pdf/"),
    ),
    LinkKind(
        "doi",
        "DOI",
        marked("a DOI"),
        Badge("DOI", "1f77b4", "doi"),
        "doi",
        rank=4,
        address=_identifier,
        pdf=lambda _: "",
    ),
    LinkKind(
        "openreview",
        "OpenReview",
        marked("an OpenReview page"),
        Badge("OpenReview", "8c1d18", "openreview"),
        "openreview",
        rank=2,
        address=_identifier,
        pdf=lambda url: url.replace(_FORUM, _FORUM.replace("/forum?", "/pdf?")),
    ),
    LinkKind(
        "anthology",
        "ACL Anthology",
        marked("an Anthology page"),
        Badge("ACL Anthology", "ed1c24"),
        "anthology",
        rank=3,
        address=_anthology,
        pdf=lambda url: f"{url.rstrip('/')}.pdf",
    ),
    LinkKind(
        "code",
        marked("Code"),
        marked("code"),
        Badge("code", "181717", "github"),
        "code",
    ),
    LinkKind(
        "data", marked("Data"), marked("data"), Badge("data", "8a5a00"), "data"
    ),
    LinkKind(
        "project",
        marked("Project page"),
        marked("a project page"),
        Badge("project", "2e7d32"),
        "project",
    ),
)
KINDS: dict[str, LinkKind] = {kind.name: kind for kind in _ALL}
"""Every kind of link by its name, in the order in which a paper's links are listed."""


def read(fields: Mapping[str, str], report: Report) -> tuple[Link, ...]:
    """All links that the fields of an entry give, each address once."""
    found = [
        Link(k.name, k.address(fields, k.field, report), _(k.label))
        for k in KINDS.values()
    ]
    specific = {link.url for link in found if link.kind != "paper"}
    return tuple(
        link
        for link in found
        if link.url and not (link.kind == "paper" and link.url in specific)
    )


def fields() -> frozenset[str]:
    """The fields with addresses or identifiers of links."""
    return frozenset(kind.field for kind in KINDS.values())


def address_fields() -> tuple[str, ...]:
    """The fields that have a whole address, which may be dead; others have identifiers."""
    return tuple(
        kind.field
        for kind in KINDS.values()
        if kind.address in {_address, _url}
    )


# --- links of a paper


def url(links: Iterable[Link], kind: str) -> str:
    """The address of the link of a kind; empty if there is none."""
    return next((link.url for link in links if link.kind == kind), "")


def identifier(links: Iterable[Link], kind: str) -> str:
    """The bare identifier of the link of a kind; empty if there is none."""
    return unquote(url(links, kind).removeprefix(identifiers.address(kind, "")))


def texts(links: Iterable[Link]) -> list[Link]:
    """The links that lead to the work itself."""
    return [link for link in links if KINDS[link.kind].is_text]


def preferred(links: Iterable[Link]) -> list[Link]:
    """The links to the work itself, the one that most readers want first."""
    return sorted(texts(links), key=lambda link: KINDS[link.kind].rank)


def brief(links: Iterable[Link]) -> list[Link]:
    """One way to the work, then what is no text of it, as code and project page."""
    found = list(links)
    return [
        *preferred(found)[:1],
        *(k for k in found if not KINDS[k.kind].is_text),
    ]


def pdfs(links: Iterable[Link]) -> Iterator[str]:
    """Addresses of the text itself, the version of record first."""
    for link in reversed(preferred(links)):
        if found := KINDS[link.kind].pdf(link.url):
            yield found
