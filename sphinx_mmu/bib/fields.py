"""Which fields of an entry are published. Reference managers keep private notes in others, which
stay in the file.

A field is published if it is a standard one, if the vocabulary names it, or if
``mmu_publish_fields`` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sphinx_mmu.bib.reader import RawEntry

BIBTEX = frozenset(
    """address author booktitle chapter crossref edition editor howpublished institution
    journal key month note number organization pages publisher school series title type
    volume year""".split()
)
"""The fields of *BibTeXing* (btxdoc, 1988), less ``annote``."""

BIBLATEX = frozenset(
    """abstract addendum afterword annotator archiveprefix author authortype bookauthor
    bookpagination booksubtitle booktitle booktitleaddon chapter commentator crossref date
    doi edition editor editora editorb editorc editortype editoratype editorbtype
    editorctype eid entrysubtype eprint eprintclass eprinttype eventdate eventtitle
    eventtitleaddon foreword gender holder howpublished ids indextitle institution
    introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle issuetitleaddon
    iswc journalsubtitle journaltitle journaltitleaddon keywords label langid language
    location mainsubtitle maintitle maintitleaddon month nameaddon note number organization
    origdate origlanguage origlocation origpublisher origtitle pages pagetotal pagination
    part primaryclass publisher pubstate related relatedstring relatedtype reprinttitle
    series shortauthor shorteditor shorthand shorthandintro shortjournal shortseries
    shorttitle subtitle title titleaddon translator type url urldate venue version volume
    volumes year""".split()
)
"""The fields of section 2.2 of biblatex's manual, less what is private (``annotation``, ``file``,
``library``), what steers TeX (``execute``, ``options`` and the like) and what has no meaning of its
own (``usera``, ``verba`` and so on).
"""

PUBLISHERS = frozenset(
    """adsurl articleno bibcode day handle lccn mrclass mrnumber numpages pmcid pmid urn zbl
    zblnumber""".split()
)
"""Identifiers and numbers that the downloads of publishers and indexes have besides."""

LINKS = frozenset("anthology code data openreview project".split())
"""The fields of links that other programs do not have."""

OWN = LINKS | frozenset(
    "added basis readby readfrom summary tagnote tagsource".split()
)
"""The fields that this package itself reads or writes: links, the day of the news, and who set the
tags.
"""

TAG_SOURCE = "tagsource"
"""The field that records who set the tags of an entry, where the vocabulary names no other."""

PROVENANCE = frozenset(
    "added basis checked readby readfrom sources tagnote tagsource".split()
)
"""Those of our fields that say where an entry and its values come from, and not what a work is."""

STANDARD = BIBTEX | BIBLATEX | PUBLISHERS | OWN

VERBATIM = LINKS | frozenset("doi eprint file pdf url".split())
"""Fields with addresses and identifiers, which are not TeX text."""

PRIVATE = frozenset(
    """__markedentry annotation annote bdsk-file-1 bdsk-url-1 citavi citation-key comment
    date-added date-modified file groups library local-url mendeley-groups mendeley-tags
    owner pdf printed priority qualityassured ranking rating read readstatus relevance
    review timestamp username""".split()
)
"""What BibDesk, Citavi, JabRef, Mendeley and Zotero write for their user alone: examples, since the
rule is above.
"""


def names(declared: Iterable[str], more: Iterable[str] = ()) -> frozenset[str]:
    """The published fields: the standard ones, those that the vocabulary declares, and ``more`` of
    them in any case.
    """
    return STANDARD | {*declared, *(name.lower() for name in more)}


def published(entry: RawEntry, known: frozenset[str]) -> RawEntry:
    """The entry with its published fields only."""
    return replace(
        entry,
        fields={
            name: field for name, field in entry.fields.items() if name in known
        },
    )
