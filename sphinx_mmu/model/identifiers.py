"""Identifiers of works at arXiv, DOI, OpenReview and the ACL Anthology: read, compared, and as
addresses.

What people and services write is anyone's text. Only what :func:`read` gives back goes into an
address: it has no blanks, no control characters, and no part ``..`` that would lead elsewhere on
the same server.

``client/identifiers.js`` reads by the same patterns (:func:`patterns`), which have no syntax that
only Python knows. ``tests/cases/identifiers.json`` is for both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

ARXIV_DOI = "10.48550/arxiv."
"""What DOIs that arXiv gives begin with."""
_FLAGS = re.IGNORECASE | re.ASCII
_VERSION = re.compile(r"v\d+$", _FLAGS)
_NAMED = re.compile(r"(?:arxiv[:.][ \t-\r]*|abs/)(\d{4}\.\d{4,5})", _FLAGS)
_POSTED = re.compile(r"(?:^|/)(\d\d)(0[1-9]|1[0-2])(?:\.|\d{3}(?!\d))", _FLAGS)
_FIRST_YEAR = 91
"""arXiv began in 1991."""
_LONGEST = 300
_SAFE = "/:;().,-_+@!*'"


class _Kind(NamedTuple):
    """What comes before and after a bare identifier where it is written as an address, what its
    address is, and an example.
    """

    before: str
    bare: str
    after: str
    base: str
    example: str


_KINDS: Mapping[str, _Kind] = {
    "arxiv": _Kind(
        r"(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*"
        r"|(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.",
        r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?",
        r"(?:\.pdf)?(?:[?#]\S*)?",
        "https://arxiv.org/abs/",
        "2403.01234",
    ),
    "doi": _Kind(
        r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*",
        r"10\.\d{1,9}(?:\.\d{1,9}){0,5}/(?!(?:\S*/)?\.{1,2}(?:/|$))\S+",
        "",
        "https://doi.org/",
        "10.1000/182",
    ),
    "openreview": _Kind(
        r"(?:https?://)?(?:www\.)?openreview\.net/(?:forum|pdf)\?id=",
        r"[\w-]{1,64}",
        r"(?:[&#]\S*)?",
        "https://openreview.net/forum?id=",
        "gn0mIhQGNM",
    ),
    "anthology": _Kind(
        r"(?:https?://)?(?:www\.)?aclanthology\.org/",
        r"[\w-]+(?:\.[\w-]+){0,5}?",
        r"(?:\.pdf|\.bib)?/?(?:[?#]\S*)?",
        "https://aclanthology.org/",
        "2024.acl-long.1",
    ),
}
_WRITTEN = {
    name: re.compile(rf"(?:{kind.before})?({kind.bare}){kind.after}", _FLAGS)
    for name, kind in _KINDS.items()
}
_RECOGNISED = {
    name: re.compile(
        rf"(?:{kind.before}){'?' if name in {'arxiv', 'doi'} else ''}({kind.bare}){kind.after}",
        _FLAGS,
    )
    for name, kind in _KINDS.items()
}
"""A bare identifier of OpenReview or the Anthology could be any word."""


def kinds() -> frozenset[str]:
    """The kinds, each of which is one of links."""
    return frozenset(_KINDS)


def example(kind: str) -> str:
    """An identifier of this kind, as it is written in a field."""
    return _KINDS[kind].example


def read(kind: str, text: str) -> str:
    """Read the bare identifier from a text that is one of this kind, bare or as an address; '' if
    it is none.
    """
    return _matched(_WRITTEN[kind], text)


def recognised(text: str) -> tuple[str, str] | None:
    """The kind and the bare identifier of a text that is as a whole an identifier, or the address
    of a work.
    """
    for kind, pattern in _RECOGNISED.items():
        if value := _matched(pattern, text):
            return kind, value
    return None


def _matched(pattern: re.Pattern[str], text: str) -> str:
    wanted = text.strip()
    # one character is at most twelve of an address
    if wanted[:4].casefold() == "http" and len(wanted) <= 12 * _LONGEST:
        wanted = unquote(wanted)
    if len(wanted) > _LONGEST or not wanted.isprintable():
        return ""
    found = pattern.fullmatch(wanted)
    return found[1] if found else ""


def normal(kind: str, value: str) -> str:
    """``kind:value`` in the one form in which identifiers are compared; an arXiv version
    is ignored.
    """
    value = value.casefold() if kind in {"arxiv", "doi"} else value
    if kind == "doi" and (found := _WRITTEN["arxiv"].fullmatch(value)):
        kind, value = "arxiv", found[1]
    return (
        f"{kind}:{unversioned(value) if kind == 'arxiv' else value.rstrip('/')}"
    )


def same(kind: str, one: str, other: str) -> bool:
    """Whether two texts are the same identifier of a kind, each bare or as an address."""
    first, second = read(kind, one), read(kind, other)
    return bool(first and second) and normal(kind, first) == normal(
        kind, second
    )


def address(kind: str, value: str) -> str:
    """The address of a bare identifier."""
    return _KINDS[kind].base + quote(value, safe=_SAFE)


def unversioned(value: str) -> str:
    """A bare arXiv identifier without its version."""
    return _VERSION.sub("", value)


def named(text: str) -> str:
    """The arXiv identifier that a text names, as in 'CoRR abs/2403.01234'; '' if there is none."""
    found = _NAMED.search(text)
    return found[1] if found else ""


def posted(value: str) -> str:
    """Year and month of an arXiv identifier, which has that of its first version; '' if it has
    none.
    """
    found = _POSTED.search(value)
    if not found:
        return ""
    century = 19 if int(found[1]) >= _FIRST_YEAR else 20
    return f"{century}{found[1]}-{found[2]}"


def patterns() -> dict[str, object]:
    """What scripts read identifiers by."""
    return {
        "kinds": [
            (name, pattern.pattern, _KINDS[name].base)
            for name, pattern in _RECOGNISED.items()
        ],
        "version": _VERSION.pattern,
        "named": _NAMED.pattern,
        "posted": _POSTED.pattern,
        "firstYear": _FIRST_YEAR,
        "longest": _LONGEST,
    }
