"""Names of people, from BibTeX's syntax."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import pybtex.errors
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person as BibtexPerson

from sphinx_mmu.bib.latex import MARKUP, plain_text
from sphinx_mmu.messages import _


@dataclass(frozen=True, slots=True)
class Person:
    """One name; ``family`` has 'von' and 'Jr' as people print them."""

    given: str
    family: str

    @property
    def name(self) -> str:
        """The whole name, the given name first."""
        return f"{self.given} {self.family}".strip()


OTHERS = Person("", "et al.")
"""The last person where an author list ends in 'and others'."""

# --- names

_AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_BETWEEN = (";", r" \& ", " & ", " / ")
"""What people write between names in place of 'and'."""
ET_AL = re.compile(r"(.+?),?\s+et al\.?")
NAME_PARTS = 3  # a name has at most three parts between commas


def split_names(value: str) -> list[str]:
    """The names in the value of a field, as they are written between 'and'."""
    text = f" {' '.join(value.split())} "
    return split_name_list(text) if "{" in text else _AND.split(text)


@lru_cache(maxsize=65536)
def person_from(tex: str) -> Person | None:
    """The person that a name in BibTeX's syntax means; None if it names nobody."""
    if tex.lower() in {"others", "et al.", "et al"}:
        return OTHERS
    if tex.isascii() and tex.count(",") == 1 and not MARKUP.search(tex):
        family, _, given = tex.partition(",")
        given, family = " ".join(given.split()), " ".join(family.split())
    else:
        given, family = _parsed(tex)
    if not family:
        return Person("", given) if given else None
    return Person(given, family)


def _parsed(tex: str) -> tuple[str, str]:
    try:
        with pybtex.errors.capture():
            name = BibtexPerson(tex)
    except Exception:  # noqa: BLE001 -- whatever pybtex stumbles over, the name is shown
        return "", plain_text(tex)
    family = " ".join(
        [*name.prelast_names, *name.last_names, *name.lineage_names]
    )
    return plain_text(
        " ".join([*name.first_names, *name.middle_names])
    ), plain_text(family)


def several_names(name: str) -> list[str]:
    """The names in what ought to be one."""
    if "{" in name:
        return [name]
    for sign in _BETWEEN:
        if sign in name:
            return name.split(sign)
    if found := ET_AL.fullmatch(name):
        return [found[1], OTHERS.family]
    parts = [stripped for part in name.split(",") if (stripped := part.strip())]
    return (
        parts
        if len(parts) >= NAME_PARTS and all(" " in part for part in parts)
        else [name]
    )


def perhaps_two(name: str, others: Sequence[str]) -> bool:
    """Whether a name with one comma reads as two, as in 'Eve Cat, Tom Dog', and no other name of
    its list is written with the family name first.
    """
    return _reads_as_two(name) and all(
        _reads_as_two(one) for one in others if "," in one
    )


def _reads_as_two(name: str) -> bool:
    """Whether both sides of a comma are two or more words that may be a whole name."""
    parts = [part.split() for part in name.split(",")]
    words = chain.from_iterable(parts)
    written_out = all(
        word[0].isupper() and word[-1].islower() for word in words
    )
    return (
        "{" not in name
        and [len(part) > 1 for part in parts] == [True, True]
        and written_out
    )


# --- lists of names


def listed(people: Sequence[Person], most: int = 3) -> str:
    """Family names for a row: the first few and how many more; one more is named as well. Names
    that repeat among those get initials.
    """
    shown = people if len(people) <= most + 1 else people[:most]
    return shortened(
        [*_distinct(shown), *(one.name for one in people[len(shown) :])], most
    )


def shortened(names: Sequence[str], most: int) -> str:
    """The first few of some names and how many more; one more is named as well."""
    if len(names) <= most + 1:
        return ", ".join(names)
    return _(
        "{names} and {n} more",
        names=", ".join(names[:most]),
        n=len(names) - most,
    )


def cited(
    people: Sequence[Person], most: int, *, named: int = 0, full: bool = True
) -> str:
    """Names as references have them: all, or of more than ``most`` the first (``named``) and
    others.
    """
    names = [
        one.name if full else family(one) for one in people if one != OTHERS
    ]
    if len(names) > most or (names and OTHERS in people):
        return f"{', '.join(names[: named or most])} et al."
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def family(person: Person) -> str:
    """The family name, or the only one there is."""
    return person.family or person.given


def _distinct(people: Sequence[Person]) -> list[str]:
    """Family names; those that repeat with initials, or with whole names where these repeat too."""
    plain = [family(one) for one in people]
    if len(set(plain)) == len(plain):
        return plain
    short = [
        f"{initials(one.given)} {one.family}".strip()
        if plain.count(name) > 1
        else name
        for one, name in zip(people, plain, strict=True)
    ]
    return [
        one.name if short.count(name) > 1 else name
        for one, name in zip(people, short, strict=True)
    ]


def initials(given: str) -> str:
    """The initials of names in scripts that have capitals; other names stay whole."""
    return re.sub(r"(?<!\w)([^\W\d_])\w*\.?", _initial, given)


def _initial(name: re.Match[str]) -> str:
    return f"{name[1]}." if name[1].upper() != name[1].lower() else name[0]
