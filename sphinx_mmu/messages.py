"""The texts that readers see, in the language of the site.

Each is looked up where it is used, and not before: the build chooses the language after the modules
are loaded. Without a catalogue of that language it is the English text itself. Texts are written
out where they are looked up, with the values that they have in braces: `make messages` collects
them for catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from gettext import NullTranslations
from typing import TypeVar

DOMAIN = "sphinx_mmu"
"""The name of the catalogues."""

_catalogue = NullTranslations()
_PLACE = re.compile(r"\{(\w+)\}")
_Piece = TypeVar("_Piece")


def use(catalogue: NullTranslations) -> None:
    """Take texts from a catalogue from now on."""
    global _catalogue  # noqa: PLW0603 -- one language at a time, for the whole process
    _catalogue = catalogue


def _(text: str, /, **values: object) -> str:
    """A text, with ``{name}`` in it replaced by the value of that name."""
    found = _catalogue.gettext(text)
    return found.format(**values) if values else found


def counted(one: str, several: str, n: int, /, **values: object) -> str:
    """The text for a number of things, with ``{n}`` in it replaced by the number."""
    return _catalogue.ngettext(one, several, n).format(n=n, **values)


def lower_first(label: str) -> str:
    """A label within a sentence: its first letter small, unless it is an acronym (LLM, T2I)."""
    is_acronym = label[1:2].isupper() or label[1:2].isdigit()
    return label if is_acronym else label[:1].lower() + label[1:]


def filled(
    text: str, /, **values: str | Sequence[_Piece | str]
) -> list[str | _Piece]:
    """The pieces of a text that :func:`_` has given without values: in the place of each ``{name}``
    is a text, or are pieces such as links.
    """
    found: list[str | _Piece] = []
    for n, part in enumerate(_PLACE.split(text)):
        for piece in values[part] if n % 2 else [part]:
            if found and isinstance(piece, str) and isinstance(found[-1], str):
                found[-1] += piece
            elif piece != "":
                found.append(piece)
    return found


def marked(text: str) -> str:
    """Mark a text of a table that is made before the language is known: what reads the table looks
    it up.
    """
    return text
