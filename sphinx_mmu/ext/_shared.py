"""Helpers for all parts of the extension: warnings with a code and a location, ids, escaping."""

from __future__ import annotations

import contextlib
import gc
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util import logging

from sphinx_mmu.files import replace_file
from sphinx_mmu.problems import Problem

logger = logging.getLogger("sphinx_mmu")

PAGE_MARK = "Made by sphinx_mmu from the bibliography; edit the entry instead."
"""The mark in every stub of a paper page. A file without it is never removed or overwritten."""

META = '<meta name="mmu-page" content="1" />'
"""The mark in the HTML of every generated page; marked pages that are out of date are deleted."""

ROOT = "\x01"
"""A placeholder in cached HTML for the path from the page to the site's root."""


LONGEST_NAME = 120
"""Characters of a made file's name without suffix: file systems allow 255 bytes, and more may be
added to it.
"""


def enclosing(
    node: nodes.Node, *kinds: type[nodes.Element]
) -> nodes.Element | None:
    """The nearest of the elements around a node that is of one of these kinds."""
    above = node.parent
    while above is not None and not isinstance(above, kinds):
        above = above.parent
    return above


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Hold the garbage collector back while many objects are made that last as long as the build:
    it would look through all of them again and again.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


esc = escape
"""Gives text as html, also inside an attribute. Everything that enters a string of html goes
through here.
"""


def link(address: str, css: str, text: str) -> str:
    """A link around html, or the html alone where there is no address."""
    style = f' class="{css}"' if css else ""
    return f'<a{style} href="{esc(address)}">{text}</a>' if address else text


def add_to_head(context: dict[str, Any], *lines: str) -> None:
    """Put lines into the head of the page that is being written."""
    context["metatags"] = "\n".join([context.get("metatags", ""), *lines])


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


def warn(problem: Problem, location: Any = None) -> None:
    """One Sphinx warning of type ``mmu.<code>``, at the problem's own place or at the one given.

    The place of a problem in a file is passed as a string with a colon: Sphinx takes the first item
    of a tuple, and a string without a colon, for a docname.
    """
    if problem.file:
        location = replace(problem, line=problem.line or 1).location
    named = {"type": "mmu", "subtype": problem.code.slug, "location": location}
    logger.warning("%s", problem.text, **named)


_LIST = ".mmu-files"
"""Records what the files of a folder were made from, and their names. A file that is not listed was
not made by the build.
"""


def listed_mark(folder: Path) -> str:
    """What the files of a folder were made from; empty if one of them is gone."""
    mark, names = _listed(folder)
    return mark if all((folder / name).is_file() for name in names) else ""


def write_listed(
    folder: Path, files: Mapping[str, str], mark: str = ""
) -> None:
    """Write the files of a folder by name; of all others only those that an earlier build wrote are
    removed.

    While they change, the list names the old and the new ones and has no mark: after a kill all of
    them are ours.
    """
    if not files and not folder.is_dir():
        return
    known = _listed(folder)[1]
    _write_list(folder, "", known | files.keys())
    for name, text in files.items():
        write_if_changed(folder / name, text)
    for name in known - files.keys():
        (folder / name).unlink(missing_ok=True)
    _write_list(folder, mark, files.keys())


def _write_list(folder: Path, mark: str, names: AbstractSet[str]) -> None:
    write_if_changed(folder / _LIST, "\n".join([mark, *sorted(names)]) + "\n")


def _listed(folder: Path) -> tuple[str, set[str]]:
    path = folder / _LIST
    mark, *names = (
        path.read_text("utf-8").splitlines() if path.is_file() else [""]
    )
    return mark, set(names)


def write_if_changed(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, and only if its content differs."""
    data = content.encode() if isinstance(content, str) else content
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data, sync=False)
