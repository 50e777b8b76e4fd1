"""What a publication is: a preprint or published, when, where, and of which kind in the words of
RIS, CSL and schema.org. Every output asks here, so that all give one answer.

A work is published if a place is recorded that is no archive of preprints. It is a preprint if
none is, and an archive is named instead, or has the text of an entry whose type says no more.
Other works without a place, such as data sets and theses, are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sphinx_mmu.model import identifiers, links
from sphinx_mmu.model.paper import Paper


class PublicationKind(NamedTuple):
    """The type of an entry in RIS, CSL and schema.org, and its genre in words."""

    ris: str
    csl: str
    genre: str = ""
    schema: str = "ScholarlyArticle"

    @property
    def is_part(self) -> bool:
        """Whether such works are parts of a journal, proceedings or a book."""
        return self.csl in {"article-journal", "paper-conference", "chapter"}


_KINDS: Mapping[str, PublicationKind] = {
    "article": PublicationKind("JOUR", "article-journal"),
    **dict.fromkeys(
        ("inproceedings", "conference"),
        PublicationKind("CPAPER", "paper-conference"),
    ),
    "proceedings": PublicationKind("CONF", "book"),
    "book": PublicationKind("BOOK", "book", schema="Book"),
    "mvbook": PublicationKind("BOOK", "book"),
    **dict.fromkeys(
        ("collection", "mvcollection"), PublicationKind("EDBOOK", "book")
    ),
    **dict.fromkeys(
        ("inbook", "incollection"),
        PublicationKind("CHAP", "chapter", schema="Chapter"),
    ),
    "suppbook": PublicationKind("CHAP", "chapter"),
    "phdthesis": PublicationKind("THES", "thesis", "PhD thesis", "Thesis"),
    "mastersthesis": PublicationKind(
        "THES", "thesis", "Master’s thesis", "Thesis"
    ),
    "thesis": PublicationKind("THES", "thesis", schema="Thesis"),
    **dict.fromkeys(
        ("techreport", "report"),
        PublicationKind("RPRT", "report", schema="Report"),
    ),
    "dataset": PublicationKind("DATA", "dataset"),
    "software": PublicationKind("COMP", "software"),
    **dict.fromkeys(
        ("online", "electronic", "www"), PublicationKind("ELEC", "webpage")
    ),
    "patent": PublicationKind("PAT", "patent"),
    "unpublished": PublicationKind("UNPB", "manuscript"),
}
TYPES = frozenset(_KINDS).union(
    """artwork audio bibnote booklet bookinbook commentary image inreference jurisdiction legal
    legislation letter manual misc movie music mvproceedings mvreference performance periodical
    reference review set standard suppcollection suppperiodical video xdata""".split()
)
"""The types of entries that BibTeX and biblatex know."""
_PREPRINT = PublicationKind("UNPB", "article", "Preprint")
_OTHER = PublicationKind("GEN", "document")

_PLACES = (
    "booktitle",
    "journaltitle",
    "journal",
    "school",
    "institution",
    "publisher",
    "howpublished",
    "venue",
    "shortjournal",
)
"""The fields that name where a work appeared; the first that is there counts."""
_CONTAINERS = ("booktitle", "journaltitle", "journal")
_LOOSE = frozenset({"article", "misc", "online", "unpublished"})
"""Types of entries that leave open whether the work is published."""
_ARCHIVE = re.compile(
    r"\s*(?:arxiv|corr(?!\.)|techrxiv|biorxiv|medrxiv|ssrn|preprints?)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_ARXIV = re.compile(
    r"\s*(?:(?:preprint\W.*)?arxiv|corr(?!\.))\b.*", re.IGNORECASE | re.DOTALL
)
_ARCHIVES = ("arxiv", "openreview")
"""Kinds of links to archives of preprints."""


# --- where


class Venue(NamedTuple):
    """Where a work appeared, and the field that gives it; both empty where none does."""

    field: str = ""
    name: str = ""


_NOWHERE = Venue()


def _named(
    fields: Mapping[str, str], names: Sequence[str] = _PLACES
) -> Iterator[Venue]:
    for name in names:
        text = fields.get(name)
        if text and "://" not in text:
            yield Venue(name, text)


def _place(fields: Mapping[str, str], names: Sequence[str] = _PLACES) -> Venue:
    for place in _named(fields, names):
        if not _ARCHIVE.fullmatch(place.name):
            return place
    return _NOWHERE


def venue(fields: Mapping[str, str]) -> str:
    """Where the work of these fields appeared, in full: a place of publication before an
    archive.
    """
    return _place(fields).name or next(
        (place.name for place in _named(fields)), ""
    )


def venue_short(fields: Mapping[str, str]) -> str:
    """The short name of :func:`venue`."""
    published = bool(_place(fields).field)
    for name in ("venue", "shortjournal"):
        text = fields.get(name, "")
        if text and not (published and _ARCHIVE.fullmatch(text)):
            return text
    where = venue(fields)
    return "arXiv" if _ARXIV.fullmatch(where) else where


def venue_text(paper: Paper) -> str:
    """Venue and year of publication, empty where none is recorded."""
    return (
        f"{paper.venue_short} {paper.published or ''}".strip()
        if paper.venue_short
        else ""
    )


def is_published(paper: Paper) -> bool:
    """Whether a place of publication is recorded; an archive of preprints is none."""
    return bool(_place(paper.fields).field)


def is_preprint(paper: Paper) -> bool:
    """Whether all that is recorded is an archive of preprints."""
    return not is_published(paper) and bool(archive(paper))


def archive(paper: Paper) -> str:
    """The archive of preprints that has the text, as far as the entry names one or leaves open
    where it appeared.
    """
    named = next(
        (
            one.name
            for one in _named(paper.fields)
            if _ARCHIVE.fullmatch(one.name)
        ),
        "",
    )
    if not named and paper.type not in _LOOSE:
        return ""
    found = (identifiers.recognised(link.url) for link in paper.links)
    kinds = {identifiers.normal(*one).partition(":")[0] for one in found if one}
    known = next(
        (links.KINDS[kind].label for kind in _ARCHIVES if kind in kinds), ""
    )
    return known or ("arXiv" if _ARXIV.fullmatch(named) else named)


def container(paper: Paper) -> Venue:
    """The proceedings, journal or book that the work is part of."""
    short = ("venue",) if kind(paper).is_part else ()
    return _place(paper.fields, (*_CONTAINERS, *short))


def place(paper: Paper) -> Venue:
    """What the work is part of, or else the body that it was written for."""
    found = container(paper)
    return (
        found
        if found.field
        else _place(paper.fields, ("school", "institution"))
    )


# --- what and when


def kind(paper: Paper) -> PublicationKind:
    """The type of a work in the words of other programs."""
    if is_preprint(paper):
        return _PREPRINT
    found = _KINDS.get(paper.type, _OTHER)
    if found.ris == "BOOK" and not paper.fields.get("author"):
        found = found._replace(ris=_KINDS["collection"].ris)
    return found._replace(
        genre=" ".join(paper.fields.get("type", "").split()) or found.genre
    )


def issued(paper: Paper) -> str:
    """The date of publication, as far as it is known; a preprint is published with its first
    version.
    """
    first = is_preprint(paper) and paper.date[:4] == paper.issued[:4]
    return paper.date if first or not paper.issued else paper.issued


# --- by whom, and the number there


def publisher(paper: Paper) -> str:
    """Who published the work: the archive of a preprint."""
    if is_preprint(paper):
        return archive(paper)
    names = (
        "publisher",
        "school",
        "institution",
        "organization",
        "howpublished",
    )
    found = next(
        (
            text
            for name in names
            if (text := paper.fields.get(name, "").strip())
        ),
        "",
    )
    return "" if "://" in found else found


def number(paper: Paper) -> str:
    """The number that the work has where it was published: the archive's for a preprint."""
    if is_preprint(paper):
        found = links.identifier(paper.links, "arxiv")
        return f"arXiv:{found}" if found else ""
    return (
        paper.fields.get("number", "").strip()
        or paper.fields.get("issue", "").strip()
    )
