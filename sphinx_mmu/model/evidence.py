"""Where the values of an entry were read: its numbered sources, and the sources of each field.

They are in two fields, in the form ::

    readfrom = {1 abstract https://arxiv.org/abs/2303.07345; 2 README https://example.org/code}
    basis    = {summary 1 2; shownon 2; usedby 1; usedby/ada2020 2}

The sources of one value of a field, after a slash, take the place of those of the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_SOURCE = re.compile(r"(\d+)\s+(?:(.*?)\s+)?(https?://\S+)(?:\s+(.*))?", re.DOTALL)
_BASIS = re.compile(r"(\S+)((?:\s+\d+)+)")
FIELDS = ("readfrom", "basis", "readby")
"""The fields of an entry that this is read from; ``readby`` says who read."""


class Source(NamedTuple):
    """A text that was read: its number, what it is, its address, and a version or remark."""

    number: int
    what: str
    url: str
    remark: str = ""


class Evidence(NamedTuple):
    """The sources of an entry, and for each field or value the numbers of those it was read
    from.
    """

    sources: tuple[Source, ...] = ()
    basis: Mapping[str, tuple[int, ...]] = {}
    reader: str = ""

    def of(self, field: str, value: str) -> tuple[Source, ...]:
        """The sources of one value of a field."""
        numbers = self.basis.get(f"{field}/{value}") or self.basis.get(field, ())
        return tuple(source for source in self.sources if source.number in numbers)

    def read_from(self, source: Source) -> tuple[str, ...]:
        """The fields of which values were read from a source."""
        found = (name for name, numbers in self.basis.items() if source.number in numbers)
        return tuple(dict.fromkeys(name.partition("/")[0] for name in found))


def evidence(fields: Mapping[str, str]) -> tuple[Evidence, list[tuple[str, str, str]]]:
    """Read the evidence from the fields of an entry (plain text).

    The second part lists what is wrong, as (field, message, hint).
    """
    if not fields.get("readfrom") and not fields.get("basis"):
        return Evidence(reader=fields.get("readby", "")), []
    faults: list[tuple[str, str, str]] = []
    sources: list[Source] = []
    for part in _parts(fields.get("readfrom", "")):
        found = _SOURCE.fullmatch(part)
        if found:
            number, what, url, remark = found.groups()
            sources.append(Source(int(number), what or "", url, remark or ""))
        else:
            hint = "write it as: 1 abstract https://…; 2 README https://…"
            faults.append(("readfrom", f"readfrom: {part!r} is no numbered source", hint))
    known = {source.number for source in sources}
    basis: dict[str, tuple[int, ...]] = {}
    for part in _parts(fields.get("basis", "")):
        found = _BASIS.fullmatch(part)
        if not found:
            hint = "write it as: summary 1 2; shownon 2"
            faults.append(("basis", f"basis: {part!r} is no field with numbers", hint))
            continue
        numbers = tuple(int(number) for number in found[2].split())
        if missing := [n for n in numbers if n not in known]:
            message = f"basis: {found[1]} names source {missing[0]}, which readfrom lacks"
            faults.append(("basis", message, ""))
        basis[found[1]] = tuple(n for n in numbers if n in known)
    return Evidence(tuple(sources), basis, fields.get("readby", "")), faults


def _parts(text: str) -> Iterator[str]:
    for part in text.split(";"):
        if stripped := " ".join(part.split()):
            yield stripped
