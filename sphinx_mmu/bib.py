"""Reads .bib files leniently: every entry written in a file is in the result or named by a problem.

The text is cut where a line begins an entry, and each piece is read by a subclass of pybtex's low-level
parser that mends what it can: a fault costs one problem at the line where it is, seldom a field, and never
a later entry. Lines are counted as editors count them.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pybtex.bibtex.utils import split_name_list
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PybtexSyntaxError

from sphinx_mmu.problems import Code, Problem

ORDER = (
    "title", "shorttitle", "author", "editor", "booktitle", "journal", "volume", "number", "pages", "publisher",
    "venue", "year", "month", "eprint", "eprinttype", "eprintclass", "doi", "openreview", "url", "code", "project",
    "origdate", "added", "benchname", "benchmodality", "benchtarget", "benchtask", "benchstats", "benchobjective",
    "size", "introducedby", "usedby", "datasets", "abstract", "note", "tagnote", "", "keywords", "tagsource",
)  # fmt: skip
"""The order of fields in the canonical form; the empty name is the place of all others."""

STANDARD_TYPES = {
    "article": ("journal",), "book": ("publisher",), "booklet": (), "inbook": ("publisher",),
    "incollection": ("booktitle", "publisher"), "inproceedings": ("booktitle",), "manual": (),
    "mastersthesis": ("school",), "misc": (), "online": (), "phdthesis": ("school",), "proceedings": (),
    "techreport": ("institution",), "unpublished": ("note",),
}  # fmt: skip
"""The types that BibTeX styles print, with the fields without which they complain."""

_WIDTH = max(map(len, ORDER))
_RANK = {name: rank for rank, name in enumerate(ORDER)}
_LOOKAHEAD = 16  # how many pieces are joined at most to find the end of a value

_WORD = r"[A-Za-z][A-Za-z0-9_:+.-]*"
_NAME = r"""[^\s\d"#%'(),={}@\\][^\s"#%'(),={}@\\]*"""
_HEAD = re.compile(rf"^[ \t]*@[ \t]*{_WORD}\s*[{{(]", re.MULTILINE)
_INLINE_HEAD = re.compile(rf"(?<![^\s}})])@[ \t]*{_WORD}(?:[ \t]*\{{|\()|{_HEAD.pattern}", re.MULTILINE)
_COMMENT = re.compile(r"@\s*comment\s*(?=\{)", re.IGNORECASE)
_KEY = {"{": re.compile(r"\s*([^\s,{}]+)"), "(": re.compile(r"\s*([^\s,{})]+)")}
_KEY_REST = re.compile(r"[ \t]*([^\n,={}()\"]+),")
_ASSIGNMENT = re.compile(rf"\s*{_NAME}\s*=\s*[{{\"\w]")
_FIELD = re.compile(rf"({_NAME})\s*(=?)\s*")
_SIMPLE = re.compile(
    rf"\s*({_NAME})\s*=\s*(?:\{{((?:[^{{}}]++|\{{[^{{}}]*+\}})*+)\}}|(\d++))\s*(?:,|(?=[}})]))"
)
_SURPLUS = re.compile(rf"\s*,?(?:(?P<field>{_ASSIGNMENT.pattern})|\s*[}})])")
_FIELD_LINE = re.compile(rf"\n[ \t]*(?={_NAME}[ \t]*=[ \t]*[{{\"\w])")
_RESUME = re.compile(
    rf"{_FIELD_LINE.pattern}"  # a line that begins a field
    r"|\n[ \t]*(?=[})][ \t]*(?:\n|\Z))"  # a line that closes the entry
    rf"|(?<=[}}\",])[ \t]*(?={_NAME}[ \t]*=[ \t]*[{{\"])"  # a field in the midst of a line
    rf"|(?<=[}})])[ \t]*(?=@{_WORD}[{{(])"  # an entry in the midst of a line
)
_BARE = re.compile(r"[^\s,#{}()\"=]+")
_HASH = re.compile(r"\s*#\s*")
_GAP = re.compile(r"[\s,]*")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_BRACES = re.compile(r"[{}]")
_QUOTE_STOP = re.compile(r'["{}]')
_BREAK = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in small letters, its value as TeX text, and its line in the file."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry as the file has it; ``source`` is its text, verbatim."""

    key: str
    type: str
    fields: Mapping[str, Field]
    file: str
    line: int
    source: str


def read(path: Path, name: str) -> tuple[tuple[RawEntry, ...], tuple[Problem, ...]]:
    """Read a file, which problems call ``name``."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return (), (Problem(Code.MISSING_FILE, f"cannot be read: {error.strerror or error}", name),)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        entries, problems = parse(data.decode("utf-16", "replace"), name)
        return entries, (Problem(Code.ENCODING, "the file is UTF-16, not UTF-8", name, 1), *problems)
    try:
        return parse(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        line = len(_BREAK.findall(data, 0, error.start)) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; it was read as Latin-1"
        entries, problems = parse(data.decode("utf-8", "mmu-latin-1"), name)
        return entries, (Problem(Code.ENCODING, message, name, line), *problems)


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    """Decode the bytes that are no UTF-8, and only these, as Latin-1."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("mmu-latin-1", _as_latin_1)


def parse(text: str, file: str) -> tuple[tuple[RawEntry, ...], tuple[Problem, ...]]:
    """Read the text of a file: its entries in order, and what is wrong with it. Never raises."""
    reader = _File(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), file)
    entries = tuple(reader.entries())
    return entries, tuple(sorted(reader.problems, key=lambda problem: problem.line))


def canonical(entry: RawEntry) -> str:
    """The one form in which files of this project keep an entry, so that changes are minimal diffs."""
    unknown = _RANK[""]
    names = sorted(entry.fields, key=lambda name: _RANK.get(name, unknown))
    return _written(entry.type, entry.key, {name: entry.fields[name].value for name in names})


def well_formed(entries: Iterable[RawEntry], fields: Collection[str]) -> str:
    """A clean copy for programs that stop at the first fault: these fields only, keys unique."""
    seen: set[str] = set()
    parts = []
    for entry in entries:
        if entry.key.lower() not in seen:
            seen.add(entry.key.lower())
            values = {name: _printable(name, field.value) for name, field in entry.fields.items()}
            values = {"journal": values["journaltitle"]} | values if "journaltitle" in values else values
            values = {"year": values["date"][:4]} | values if "date" in values else values
            kept = {name: value for name, value in values.items() if name in fields and value}
            complete = all(name in kept for name in STANDARD_TYPES.get(entry.type, ("?",)))
            parts.append(_written(entry.type if complete else "misc", entry.key, kept))
    return "\n".join(parts)


def _printable(name: str, value: str) -> str:
    """The value without names that break BibTeX's rule of two commas at most."""
    if name not in {"author", "editor"} or value.count(",") < 3:
        return value
    return " and ".join(f"{{{one}}}" if one.count(",") > 2 else one for one in split_name_list(value))


def _written(kind: str, key: str, values: Mapping[str, str]) -> str:
    lines = ",\n".join(f"  {name:<{_WIDTH}} = {{{value}}}" for name, value in values.items())
    return f"@{kind}{{{key},\n{lines}\n}}\n" if lines else f"@{kind}{{{key},\n}}\n"


class _File:
    """One text with its line breaks, its macros and the problems found so far."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.breaks = [found.start() for found in re.finditer("\n", text)]
        self.macros = dict(month_names)
        self.problems: list[Problem] = []

    def line(self, position: int) -> int:
        return bisect_left(self.breaks, position) + 1

    def entries(self) -> Iterator[RawEntry]:
        """Every entry; what is no entry is free text, as BibTeX has it."""
        self.bounds = [*(found.start() for found in _HEAD.finditer(self.text)), len(self.text)]
        position = 0
        while head := self.next_head(position):
            start = self.text.index("@", head.start())
            piece = self.piece(start)
            position = start + max(piece.pos, 1)
            if entry := self.finish(piece, start):
                yield entry

    def next_head(self, position: int) -> re.Match[str] | None:
        """The next head of an entry that is not in a line made a comment by ``%``."""
        while head := _INLINE_HEAD.search(self.text, position):
            line = self.text[self.text.rfind("\n", 0, head.start()) + 1 : head.start()]
            if not line.lstrip().startswith("%"):
                return head
            position = head.end()
        return None

    def piece(self, start: int) -> _Piece:
        """The entry at ``start``, read to the next line that begins one, or further if it must be."""
        following = bisect_right(self.bounds, start)
        end, far = self.bounds[following], self.bounds[min(following + _LOOKAHEAD, len(self.bounds) - 1)]
        piece = _Piece(self.text[start:end], self.macros)
        piece.run()
        if piece.faults and far > end:
            longer = _Piece(self.text[start:far], self.macros)
            longer.run()
            if not longer.faults and longer.pos > end - start and longer.holds(end - start):
                return longer
        return piece

    def finish(self, piece: _Piece, start: int) -> RawEntry | None:
        key = piece.current_entry_key or ""
        for code, message, position in piece.faults + piece.notes:
            self.problems.append(Problem(code, message, self.file, self.line(start + position), key))
        if not key:
            return None
        fields: dict[str, Field] = {}
        for name, value, position in piece.kept:
            line = self.line(start + position)
            if name in fields:
                message = f"field '{name}' stands twice, first in line {fields[name].line}"
                self.problems.append(Problem(Code.DUPLICATE_FIELD, message, self.file, line, key))
            else:
                fields[name] = Field(name, value, line)
        source = piece.text[: piece.pos].rstrip()
        return RawEntry(key, piece.kind, fields, self.file, self.line(start), source)


_Fault = tuple[Code, str, int]


class _Piece(LowLevelParser):  # type: ignore[misc]
    """One command of a .bib file: pybtex's parser, which goes on after a fault."""

    def __init__(self, text: str, macros: dict[str, str]) -> None:
        super().__init__(text, macros=macros)
        self.pos = 1  # behind the @
        self.kind = ""
        self.kept: list[tuple[str, str, int]] = []
        self.faults: list[_Fault] = []
        self.notes: list[_Fault] = []
        self.undefined: list[str] = []
        self._pairs: dict[int, int] | None = None

    def run(self) -> None:
        """Read the command; ``pos`` is then behind its end."""
        if comment := _COMMENT.match(self.text):
            self.pos = self.pairs.get(comment.end(), comment.end()) + 1
            return
        self.kind = self.parse_command()[0].lower()
        if self.text[self.pos : self.pos + 1] in {"}", ")"} and self.faults:
            self.pos += 1

    @property
    def pairs(self) -> dict[int, int]:
        """Where each opening brace is closed."""
        if self._pairs is None:
            self._pairs, opened = {}, []
            for brace in _BRACES.finditer(self.text):
                if brace[0] == "{":
                    opened.append(brace.start())
                elif opened:
                    self._pairs[opened.pop()] = brace.start()
        return self._pairs

    def holds(self, position: int) -> bool:
        """Whether a value really goes on over this position, rather than having swallowed fields."""
        start = max((at for _, _, at in self.kept if at < position), default=position)
        return start < position and not _FIELD_LINE.search(self.text, start, position)

    def fault(self, message: str, position: int) -> None:
        self.faults.append((Code.BIB_SYNTAX, message, position))

    def handle_error(self, error: PybtexSyntaxError) -> None:
        """What pybtex finds wrong; behind another fault it is only its echo."""
        if not self.faults:
            self.fault(str(error.args[0]), min(self.pos, self.end_pos - 1))

    def eat_whitespace(self) -> None:
        while self.pos < self.end_pos and self.text[self.pos].isspace():
            self.pos += 1

    # --- @string
    def parse_string_body(self, body_end: object) -> None:
        super().parse_string_body(body_end)
        self.macros[self.current_field_name.lower()] = "".join(self.current_value)

    # --- entries
    def parse_entry_body(self, body_end: object) -> None:
        """The key, then the fields."""
        found = _KEY[self.text[self.pos - 1]].match(self.text, self.pos)
        if not found or _ASSIGNMENT.match(self.text, self.pos):
            self.fault("the entry has no key", 0)
        else:
            self.current_entry_key, self.pos = found[1], found.end()
            self.end_of_key()
        self.parse_entry_fields()

    def end_of_key(self) -> None:
        if rest := _KEY_REST.match(self.text, self.pos):
            self.current_entry_key = "-".join([self.current_entry_key, *rest[1].split()])
            if rest[1].strip():
                self.fault(f"a key has no blanks; read as '{self.current_entry_key}'", 0)
            self.pos = rest.end() - 1
        gap = _GAP.match(self.text, self.pos)
        assert gap
        if "," not in gap[0] and self.text[gap.end() : gap.end() + 1] not in {"", "}", ")"}:
            self.fault(f"no comma after the key '{self.current_entry_key}'", self.pos)

    def parse_entry_fields(self) -> None:
        """All fields, to the closing brace of the entry."""
        while True:
            if simple := _SIMPLE.match(self.text, self.pos):
                self.pos = simple.end()
                self.keep(simple[1], simple[3] or simple[2], simple.start(1))
                continue
            gap = _GAP.match(self.text, self.pos)
            assert gap
            self.pos = gap.end()
            here = self.text[self.pos : self.pos + 1]
            if here in {"", "@"}:
                if not self.faults:
                    self.fault("the entry is never closed", 0)
                return
            if here in {"}", ")"}:
                if not self.surplus():
                    return
            else:
                self.parse_field()

    def surplus(self) -> bool:
        """Whether more fields follow the brace at hand, which then is one too many."""
        found = _SURPLUS.match(self.text, self.pos + 1)
        if found and not (self.faults and not found["field"]):
            self.fault("a closing brace too many", self.pos if found["field"] else found.end() - 1)
        self.pos += bool(found and found["field"])
        return bool(found and found["field"])

    def parse_field(self) -> None:
        """One field that is more than a name, an equals sign and a simple value."""
        at = self.pos
        found = _FIELD.match(self.text, at)
        if not found or not (found[2] or self.text[found.end() : found.end() + 1] in {"{", '"'}):
            self.skip(at)
            return
        if not found[2]:
            self.fault(f"no '=' after '{found[1]}'", at)
        self.pos = found.end()
        self.undefined = []
        try:
            self.parse_value()
        except PybtexSyntaxError:
            self.mend(found, closed=False)
            return
        self.eat_whitespace()
        if self.text[self.pos : self.pos + 1] not in {",", "}", ")"}:
            self.mend(found, closed=True)
            return
        self.keep(found[1], "".join(self.current_value), at)
        following = _SURPLUS.match(self.text, self.pos + 1) if self.text[self.pos] == "}" else None
        if not (following and following["field"]):
            self.notes += [(Code.UNDEFINED_STRING, f"no @string defines '{word}'", at) for word in self.undefined]

    def skip(self, at: int) -> None:
        """Go on behind what is no field."""
        comment = self.text[at] == "%"
        self.fault("a comment inside an entry" if comment else "a field is expected here", at)
        found = re.compile("\n").search(self.text, at) if comment else _RESUME.search(self.text, at)
        self.pos = found.end() if found else self.end_pos

    def mend(self, field: re.Match[str], *, closed: bool) -> None:
        """Keep what can be kept of a value that does not end as it should, and go on behind it."""
        at, opened = field.start(), field.end()
        name = field[1]
        if closed and _ASSIGNMENT.match(self.text, self.pos):
            end = len(self.text[: self.pos].rstrip())
            self.keep(name, "".join(self.current_value), at)
            self.fault(f"no comma after field '{name}'", end - 1)
            return
        resume = _RESUME.search(self.text, opened)
        if closed and not resume and "\n" in self.text[self.pos - 1 : self.pos + 1] + "\n" * (self.pos == self.end_pos):
            self.keep(name, "".join(self.current_value), at)
            self.fault("the entry is never closed", 0)
            self.pos = self.end_pos
            return
        raw = self.text[opened : resume.start() if resume else self.end_pos]
        swallowed = not closed or (resume and resume.end() < self.pos)
        opening = {"{": "brace", '"': "quote"}.get(raw[:1], "")
        if not opening:
            self.fault(f"the value of field '{name}' needs braces", at)
        elif swallowed:
            self.fault(f"the opening {opening} of field '{name}' is never closed", at)
        else:
            self.fault(f"field '{name}' goes on behind its closing {opening}", at)
        self.keep(name, _tidy(raw), at)
        self.pos = resume.end() if resume else self.end_pos

    def keep(self, name: str, value: str, position: int) -> None:
        if value.isascii() and "\n" not in value and "  " not in value and "\t" not in value:
            value = value.strip()
        else:
            value = _BLANKS.sub(_blank, value).strip(" \n")
        self.kept.append((name.lower(), value, position))

    # --- values
    def parse_value(self) -> None:
        """Parts joined by ``#``."""
        self.current_value = [self.parse_value_part()]
        while found := _HASH.match(self.text, self.pos):
            self.pos = found.end()
            self.current_value.append(self.parse_value_part())

    def parse_value_part(self) -> str:
        """A text in braces or quotes, a number or an abbreviation."""
        self.eat_whitespace()
        start = self.pos
        opening = self.text[start : start + 1]
        if opening in {"{", '"'}:
            end = self.pairs.get(start) if opening == "{" else self.closing_quote(start + 1)
            if end is None:
                raise PybtexSyntaxError("never closed", self)
            self.pos = end + 1
            return self.text[start + 1 : end]
        word = _BARE.match(self.text, start)
        if not word:
            raise PybtexSyntaxError("a value is expected", self)
        self.pos = word.end()
        return str(word[0]) if word[0].isdecimal() else self.substitute_macro(word[0])

    def closing_quote(self, position: int) -> int | None:
        while found := _QUOTE_STOP.search(self.text, position):
            if found[0] == '"':
                return found.start()
            after = self.pairs.get(found.start())
            if after is None:
                return None
            position = after + 1
        return None

    def substitute_macro(self, name: str) -> str:
        """What the abbreviation stands for, or else the word itself."""
        if name.lower() not in self.macros:
            self.undefined.append(name)
        return str(self.macros.get(name.lower(), name))


def _blank(found: re.Match[str]) -> str:
    """Blanks count as one, but an empty line is a paragraph's end."""
    return "\n\n" if found[0].count("\n") > 1 else " "


def _tidy(raw: str) -> str:
    """The text of a value whose end is wrong: without its delimiters, its braces in pairs."""
    text = raw.strip().rstrip(",").rstrip()
    if text[:1] in {"{", '"'}:
        text = text[1:].removesuffix('"') if text[0] == '"' else text[1:]
    kept, depth = [], 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            depth = 0
        else:
            kept.append(char)
    return "".join(kept) + "}" * depth
