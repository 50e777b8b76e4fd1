"""Names that are unique: ids of entries and terms, files that the build makes."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from hashlib import blake2b

from docutils import nodes

LONGEST_NAME = 120
"""Characters of a made file's name without suffix: file systems allow 255 bytes, and more may be
added to it.
"""


def short_hash(text: str) -> str:
    """Six hexadecimal digits that distinguish one name from another."""
    return blake2b(text.encode(), digest_size=3).hexdigest()


def anchor_of(name: str) -> str:
    """The id of an entry or term. A name that is not all ASCII would lose letters, so it gets a
    hash.
    """
    return plain_anchor(name) or hashed_anchor(name)


def plain_anchor(name: str) -> str:
    """The id that a name of ASCII letters makes, empty for any other. Names that differ may make
    the same.
    """
    return nodes.make_id(name) if name.isascii() else ""


def hashed_anchor(name: str) -> str:
    """The id of a name that needs a hash to be unique."""
    return f"{nodes.make_id(name) or 'mmu'}-{short_hash(name)}"


def unique_names(
    names: Iterable[str],
    plain: Callable[[str], str],
    hashed: Callable[[str], str],
    taken: Iterable[str] = (),
) -> dict[str, str]:
    """A name for each of some keys or values that no other has, even where capitals do not count,
    in their order.

    ``plain`` gives the name that is wanted, empty where there is none. Two that want the same one
    both get what ``hashed`` gives, with a number where another wants just that. ``taken`` are names
    that are not free.
    """
    wanted = {name: plain(name) for name in names}
    alike = Counter(own.casefold() for own in wanted.values())
    used = {name.casefold() for name in taken}
    found = {
        name: own
        for name, own in wanted.items()
        if own and alike[own.casefold()] == 1 and own.casefold() not in used
    }
    used.update(map(str.casefold, found.values()))
    for name in wanted:
        if name not in found:
            found[name] = _free(hashed(name), used)
            used.add(found[name].casefold())
    return {name: found[name] for name in wanted}


def _free(name: str, used: AbstractSet[str]) -> str:
    """The name, or the first of it with a number that is not used."""
    numbered = (f"{name}-{number}" for number in itertools.count(2))
    names = itertools.chain([name], numbered)
    return next(made for made in names if made.casefold() not in used)
