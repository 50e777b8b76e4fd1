"""The metadata of a work from a service, in one form for all services."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from sphinx_mmu.lookup.answers import ServiceError
from sphinx_mmu.model.identifiers import same
from sphinx_mmu.model.people import Person

_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
_CODE = re.compile(
    r"https?://(?:www\.)?(?:github|gitlab|huggingface)\.(?:com|co)/[\w.-]+/[\w.-]+[\w-]"
)


_Part = TypeVar("_Part", dict[str, Any], list[Any])


class AnotherWorkError(ServiceError):
    """An answer about another work than the one that was asked for."""


@dataclass(frozen=True, slots=True)
class ServiceWork:
    """A work as a service knows it. What is empty is not known there; ``source`` is the service and
    its address.

    ``journal_ref`` is a place of publication in the words of the authors.
    """

    source: str = ""
    type: str = "misc"
    title: str = ""
    authors: tuple[Person, ...] = ()
    venue: str = ""
    short_venue: str = ""
    year: str = ""
    origdate: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    eprint: str = ""
    doi: str = ""
    openreview: str = ""
    url: str = ""
    code: str = ""
    abstract: str = ""
    withdrawn: bool = False
    preprint: bool = False
    journal_ref: str = ""


def check_same(service: str, kind: str, asked: str, *identifiers: str) -> None:
    """Raise :class:`AnotherWorkError` unless a response names the identifier that was asked for."""
    if not any(same(kind, asked, one) for one in identifiers):
        other = next(
            filter(None, map(clean, identifiers)),
            "a work without an identifier",
        )
        raise AnotherWorkError(
            f"{service} was asked for {asked} and answered with {other}"
        )


def clean(text: object) -> str:
    """A text or number in one line, without markup; nothing of what is neither."""
    given = str(text) if isinstance(text, str | int | float) and text else ""
    plain = html.unescape(_TAG.sub("", given))
    return " ".join(
        "".join(c if c.isprintable() else " " for c in plain).split()
    )


def first(value: object) -> str:
    """A text, or the first of a list of them, as :func:`clean` gives it."""
    return clean(value[0] if isinstance(value, list) and value else value)


def listed(value: object) -> list[Any]:
    """A list as it is; nothing of what should be one and is none."""
    return value if isinstance(value, list) else []


def table(value: object) -> dict[str, Any]:
    """A JSON object as it is; an empty one for what should be one and is none."""
    return value if isinstance(value, dict) else {}


def needed(service: str, value: Any, kind: type[_Part]) -> _Part:
    """A part of an answer without which it means nothing.

    Raises :class:`ServiceError` if it is not there, or of another kind.
    """
    if not isinstance(value, kind):
        raise ServiceError(f"{service} sent an unexpected response")
    return value


def person(name: str) -> Person:
    """A person from a name with the given name first; a last comma before 'Jr' is not
    a separator.
    """
    words = clean(name).split()
    if len(words) < 2:  # noqa: PLR2004 -- a single name
        return Person("", " ".join(words))
    start = len(words) - 1
    if (
        words[start].rstrip(".").casefold() in {"jr", "sr", "ii", "iii", "iv"}
        and start > 1
    ):
        start -= 1
    while start > 1 and words[start - 1].islower():  # van der
        start -= 1
    return Person(" ".join(words[:start]), " ".join(words[start:]))


def people(names: Iterable[str]) -> tuple[Person, ...]:
    """Persons from names with the given name first."""
    return tuple(person(name) for name in names if clean(name))


def code_in(*texts: str) -> str:
    """The address of a repository that texts name, if they name one alone."""
    named = chain.from_iterable(map(_CODE.findall, texts))
    found = {address.rstrip(".") for address in named}
    return found.pop() if len(found) == 1 else ""
