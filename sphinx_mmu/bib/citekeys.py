"""Keys that every program reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_SAFE = frozenset("._:;?!/*@+-[]&$")
"""What a key may contain besides letters and digits, for both pandoc and biber."""


def citekeys(keys: Iterable[str]) -> Mapping[str, str]:
    """Each key → the one that it has in BibTeX for others: of signs that all take, and unlike the
    rest in any case.

    A key that all take is kept, unless an earlier one differs from it in capitals only.
    """
    every = dict.fromkeys(keys)
    found: dict[str, str] = {}
    taken: set[str] = set()
    # Keys that can stay come first.
    for key in sorted(every, key=lambda key: key != _safe(key)):
        plain, number = _safe(key), 1
        name = plain
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.casefold())
        found[key] = name
    return found


def _safe(key: str) -> str:
    return "".join(
        sign if sign.isalnum() or sign in _SAFE else "-" for sign in key
    )
