"""Where the values of an entry were read: its numbered sources, and the sources of each field.

They are in two fields, in the form ::

    readfrom = {1 abstract https://arxiv.org/abs/2303.07345; 2 README https://example.org/code}
    basis    = {summary 1 2; size 2; related 1; related/ada2020 2}

The sources of one value of a field, after a slash, take the place of those of the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from sphinx_mmu.problems import did_you_mean

_SOURCE = re.compile(
    r"(\d{1,4})\s+(?:(.*?)\s+)?(https?://\S+)(?:\s+(.*))?", re.DOTALL
)
_ADDRESS = re.compile(r"\bhttps?://")
_BASIS = re.compile(r"(\S+)((?:\s+\d{1,4})+)")


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
        numbers = self.basis.get(f"{field}/{value}") or self.basis.get(
            field, ()
        )
        return tuple(
            source for source in self.sources if source.number in numbers
        )

    def read_from(self, source: Source) -> tuple[str, ...]:
        """The fields of which values were read from a source."""
        found = (
            name
            for name, numbers in self.basis.items()
            if source.number in numbers
        )
        return tuple(dict.fromkeys(name.partition("/")[0] for name in found))


class Fault(NamedTuple):
    """What is wrong with one of the fields."""

    field: str
    message: str
    hint: str


def evidence(fields: Mapping[str, str]) -> tuple[Evidence, list[Fault]]:
    """Read the evidence from the fields of an entry (plain text); list what is wrong with it."""
    reader = fields.get("readby", "")
    if not fields.get("readfrom") and not fields.get("basis"):
        return Evidence(reader=reader), []
    faults: list[Fault] = []
    sources = _sources(fields.get("readfrom", ""), faults)
    readable = not faults
    named = _basis(fields, faults)
    absent = sorted(set(chain.from_iterable(named.values())) - sources.keys())
    if absent and readable:  # else a consequence
        words = f"source{'s' if len(absent) > 1 else ''} {', '.join(map(str, absent))}"
        hint = f"add to readfrom: {absent[0]} abstract https://…"
        faults.append(
            Fault("basis", f"basis names {words}, which readfrom lacks", hint)
        )
    basis = {}
    for name, numbers in named.items():
        basis[name] = tuple(n for n in numbers if n in sources)
    return Evidence(tuple(sources.values()), basis, reader), faults


def _sources(text: str, faults: list[Fault]) -> dict[int, Source]:
    """The sources that ``readfrom`` numbers."""
    usual = "write it as: 1 abstract https://…; 2 README https://…"
    sources: dict[int, Source] = {}
    for part in _parts(text):
        found = _SOURCE.fullmatch(part)
        if not found:
            message, hint = f"{part!r} is not a numbered source", usual
        elif len(_ADDRESS.findall(part)) > 1:
            message, hint = f"{part!r} has more than one address", usual
        elif int(found[1]) in sources:
            message = f"the number {found[1]} is used twice"
            hint = "give each source a number of its own"
        else:
            number, what, url, remark = found.groups()
            sources[int(number)] = Source(
                int(number), what or "", url, remark or ""
            )
            continue
        faults.append(Fault("readfrom", f"readfrom: {message}", hint))
    return sources


def _basis(
    fields: Mapping[str, str], faults: list[Fault]
) -> dict[str, tuple[int, ...]]:
    """The numbers that ``basis`` names for each field of the entry, or for one of its values."""
    basis: dict[str, tuple[int, ...]] = {}
    for part in _parts(fields.get("basis", "")):
        found = _BASIS.fullmatch(part)
        name, numbers = found.groups() if found else ("", "")
        field, _slash, value = name.partition("/")
        if not found:
            message = f"{part!r} is not a field with numbers"
            hint = "write it as: summary 1 2; size 2"
        elif not fields.get(field):
            message = f"the entry has no field {field!r}"
            hint = did_you_mean(field, fields) or "name a field of the entry"
        elif value not in fields[field]:
            message = f"the field {field!r} does not contain {value!r}"
            near = did_you_mean(value, fields[field].replace(",", " ").split())
            hint = near or "name a value of the field"
        else:
            basis[name] = tuple(map(int, numbers.split()))
            continue
        faults.append(Fault("basis", f"basis: {message}", hint))
    return basis


def _parts(text: str) -> Iterator[str]:
    for part in text.split(";"):
        if stripped := " ".join(part.split()):
            yield stripped
