"""Names of people, from BibTeX's syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import pybtex.errors
from pybtex.database import Person as BibtexPerson

from sphinx_mmu.bib.latex import MARKUP, plain_text


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

AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
NAME_PARTS = 3  # a name has at most three parts between commas


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
    family = " ".join([*name.prelast_names, *name.last_names, *name.lineage_names])
    return plain_text(" ".join([*name.first_names, *name.middle_names])), plain_text(family)


def several_names(name: str) -> list[str]:
    """The names in what ought to be one."""
    if "{" in name:
        return [name]
    if ";" in name:
        return name.split(";")
    parts = [part.strip() for part in name.split(",")]
    return parts if len(parts) > NAME_PARTS and all(" " in part for part in parts) else [name]
