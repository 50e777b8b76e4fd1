"""Portable citation keys: unique whatever the case, of characters that all programs accept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_SAFE = frozenset("._:;?!/*@+-[]&$")
"""What a key may contain besides letters and digits: both pandoc and biber accept these."""


def citekeys(keys: Iterable[str]) -> Mapping[str, str]:
    """Each key → its portable form. Characters that not every program accepts become hyphens; a
    key that then equals another, whatever the case, gets a number.

    A key that is portable already is kept, unless an earlier one differs from it only in case.
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
