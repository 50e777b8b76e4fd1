"""Reads .bib files leniently: every entry written in a file is in the result or named by a problem.

The text is cut where a line begins an entry, and each piece is read by a subclass of pybtex's
low-level parser that recovers where it can: a fault costs one problem at the line where it is,
seldom a field, and never a later entry. Lines are counted as editors count them. Whatever the
faults, the time grows in proportion to the file, and abbreviations cannot grow without end.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PybtexSyntaxError

from sphinx_mmu.files import read_file
from sphinx_mmu.problems import Code, Problem, unreadable

LONGEST_FILE = 100_000_000
"""The most bytes of a .bib file. The largest bibliographies there are have a tenth of that."""
LONGEST_EXPANSION = 10_000
"""The most characters that abbreviations may add to one value."""
EXPANSIONS = 1_000_000
"""The most characters that abbreviations may add to a file, unless its own are a quarter of that.
"""

_LOOKAHEAD = 16  # how many pieces are joined at most to find the end of a value

_WORD = r"[A-Za-z][A-Za-z0-9_:+.-]*"
_NAME = r"""[^\s\d"#%'(),={}@\\][^\s"#%'(),={}@\\]*"""
_HEAD = re.compile(rf"^[ \t]*@[ \t]*{_WORD}\s*[{{(]", re.MULTILINE)
_ANY_HEAD = re.compile(  # amid a line only with a key, so that free text may name addresses
    rf"{_HEAD.pattern}|@[ \t]*(?:{_WORD}[ \t]*[{{(]\s*[^\s,{{}}()=\"]+\s*[,=]|(?i:comment)\{{)",
    re.MULTILINE,
)
_COMMENT = re.compile(r"@\s*comment\s*([{(])", re.IGNORECASE)
_STRAY = re.compile(  # a field in free text, from the line before it on
    r"^(?![ \t]*%)(?:(?![ \t]*\n)[^\n]*+\n(?![ \t]*%))?"
    rf".*?(?<![^\s,{{(])(?={_NAME}[ \t]*=[ \t]*[{{\"])",
    re.MULTILINE,
)
_UNMARKED = re.compile(  # the head of an entry without its sign
    rf"^[ \t]*({_WORD}[ \t]*[{{(][ \t]*[^\s,{{}}()=]+),", re.MULTILINE
)
_LOST_HEAD = (
    re.compile(  # a line that would begin an entry, and a field after it
        rf"^[ \t]*@[^\n{{(]*[{{(][^\n]*\n[ \t]*{_NAME}[ \t]*=[ \t]*[{{\"\w]",
        re.MULTILINE,
    )
)
_WITHIN = re.compile(  # what would be an entry outside of a value
    rf"^[ \t]*@[ \t]*{_WORD}\s*[{{(]\s*([^\s,{{}}()=]+),"
    rf"(?:[ \t]*\n|\s*{_NAME}\s*=\s*[{{\"\w])",
    re.MULTILINE,
)
_SWALLOWED = re.compile(  # the same after an entry that has ended: then none of them is an example
    rf"\}}[ \t]*\n(?:[ \t]*\n)+{_WITHIN.pattern}", re.MULTILINE
)
_KEY = {
    "{": re.compile(r"\s*([^\s,{}=]+)"),
    "(": re.compile(r"\s*([^\s,{}=)]+)"),
}
_KEY_REST = re.compile(r"[ \t]+([^\s,={}()\"][^\n,={}()\"]*)(?=,)")
_ASSIGNMENT = re.compile(rf"\s*{_NAME}\s*=\s*[{{\"\w]")
_FIELD = re.compile(rf"({_NAME})\s*(=?)\s*")
_SIMPLE = re.compile(
    rf"[\s,]*({_NAME})\s*=\s*(?:\{{((?:[^{{}}]++|\{{[^{{}}]*+\}})*+)\}}|(\d++))\s*(?:,|(?=[}})]))"
)
_MORE = re.compile(rf"\s*+,?+{_ASSIGNMENT.pattern}")
_BRACE = re.compile(r"\s*+,?+\s*+[})]")
_EQUALS = re.compile(r"\s*=")
_REST = re.compile(rf",?\s*(?:{_NAME}\s*=|[}})%]|\Z)")
_COMMENTS = re.compile(r"(?:%.*\s*)+")
_FIELD_LINE = re.compile(rf"\n[ \t]*(?={_NAME}[ \t]*=[ \t]*[{{\"\w])")
_RESUME = re.compile(
    "|".join(
        (
            _FIELD_LINE.pattern,
            r"\n[ \t]*(?=%.*=)",  # a line with a field made a comment
            r"\n[ \t]*(?=[})][ \t]*(?:\n|\Z))",  # a line that closes the entry
            rf'(?<=[}}",])[ \t]*(?={_NAME}[ \t]*=[ \t]*[{{"])',  # a field in the midst of a line
            rf"(?<=[}})])[ \t]*(?=@{_WORD}[{{(])",  # an entry in the midst of a line
        )
    )
)
_BARE = re.compile(r"[^\s,#{}()\"=]+")
_JOINT = re.compile(r"\s*#\s*")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+(@?)")
_QUOTE_STOP = re.compile(r'["{}]')
_SPACE = re.compile(r"\s*")
_COMMAS = re.compile(r"[\s,]*")
_BREAK = re.compile(rb"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that no page may contain: most of them cannot be written in XML. Some are blanks."""
_COMMENT_LINE = re.compile(r"[^\S\n]*%")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in lower case, its value as TeX text, and its line in the file."""

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

    def value(self, field: str) -> str:
        """The value of a field, empty if there is none."""
        return self.fields[field].value if field in self.fields else ""

    def line_of(self, field: str) -> int:
        """The line of a field; that of the entry if there is none."""
        return self.fields[field].line if field in self.fields else self.line

    def problem(
        self, code: Code, message: str, line: int, hint: str = ""
    ) -> Problem:
        """A problem of this entry."""
        return Problem(code, message, self.file, line, self.key, hint)


def read(
    path: Path, name: str
) -> tuple[tuple[RawEntry, ...], tuple[Problem, ...]]:
    """Read a file, which problems call ``name``."""
    try:
        data = read_file(path, LONGEST_FILE)
    except OSError as error:
        return (), (unreadable(error, name),)
    return read_bytes(data, name)


def read_bytes(
    data: bytes, name: str
) -> tuple[tuple[RawEntry, ...], tuple[Problem, ...]]:
    """Read the text of a file. What is not UTF-8 is read as UTF-16 or Latin-1, with a problem."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        entries, problems = parse(data.decode("utf-16", "replace"), name)
        return entries, (
            Problem(Code.ENCODING, "the file is UTF-16, not UTF-8", name, 1),
            *problems,
        )
    try:
        return parse(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        line = len(_BREAK.findall(data, 0, error.start)) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; it was read as Latin-1"
        entries, problems = parse(data.decode("utf-8", "mmu-latin-1"), name)
        return entries, (Problem(Code.ENCODING, message, name, line), *problems)


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    """Decode the bytes that are no UTF-8, and only these, as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("mmu-latin-1", _as_latin_1)


def without_controls(text: str) -> str:
    """A text without the characters that no page may contain."""
    return _CONTROL.sub(lambda found: " " if found[0].isspace() else "", text)


def parse(
    text: str, file: str
) -> tuple[tuple[RawEntry, ...], tuple[Problem, ...]]:
    """Read the text of a file: its entries in order, and what is wrong with it. Never raises."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    clean = without_controls(text)
    reader = _File(clean, file)
    if clean != text:
        reader.controls(text)
    entries = tuple(reader.entries())
    return entries, tuple(
        sorted(reader.problems, key=lambda problem: problem.line)
    )


class Given(NamedTuple):
    """A field as it is found: its value as TeX text, and as it is written, with its delimiters.

    A value is ``single`` if it is one text or number: no abbreviation, and nothing joined to it.
    """

    name: str
    value: str
    position: int
    written: str = ""
    single: bool = False


class EntrySpan(NamedTuple):
    """Where a text (its line ends LF) has a command with a key, or one that cannot be read without
    guessing.
    """

    start: int
    end: int
    line: int
    faulty: bool
    kind: str
    key: str
    fields: Sequence[Given]


def spans(text: str) -> Iterator[EntrySpan]:
    """The places of all entries of a text, in order; what lies between them is no entry."""
    file = _File(text, "")
    for piece in file.pieces():
        key, start = piece.current_entry_key or "", piece.start
        if piece.faults or key:
            end, line = start + len(piece.source), file.line(start)
            faulty = bool(piece.faults)
            yield EntrySpan(
                start, end, line, faulty, piece.kind, key, piece.kept
            )


class _File:
    """One text with its line breaks, its abbreviations and the problems found so far."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.breaks = [found.start() for found in re.finditer("\n", text)]
        self.bounds = [
            *(found.start() for found in _HEAD.finditer(text)),
            len(text),
        ]
        self.macros = dict(month_names)
        # The abbreviations that would be too long, and those made of them.
        self.cut = set[str]()
        # Characters left for abbreviations.
        self.expansions = max(EXPANSIONS, 4 * len(text))
        self.problems: list[Problem] = []
        # The end of the line looked at last, and whether it is a comment.
        self._line = (0, False)
        self._blank = 0  # the empty line found last
        # The range in which a place to resume was searched for, and what was found.
        self._resume: tuple[int, int, re.Match[str] | None] = (0, -1, None)

    @cached_property
    def pairs(self) -> Mapping[int, int]:
        """Where each brace is closed."""
        pairs, opened = {}, []
        for brace in re.finditer("[{}]", self.text):
            if brace[0] == "{":
                opened.append(brace.start())
            elif opened:
                pairs[opened.pop()] = brace.start()
        return pairs

    def closing(self, opening: int, end: int) -> int:
        """Where the brace at a place is closed; negative if it is not before ``end``."""
        found = self.pairs.get(opening, -1)
        return found if found < end else -1

    def line(self, position: int) -> int:
        """The line of a position, counted as editors do."""
        return bisect_left(self.breaks, position) + 1

    def controls(self, text: str) -> None:
        """Note the first control character of each line of what was given; those that are blanks do
        no harm.
        """
        for number, line in enumerate(text.split("\n"), 1):
            signs = [
                sign for sign in _CONTROL.findall(line) if not sign.isspace()
            ]
            if signs:
                message = f"U+{ord(signs[0]):04X} is a control character"
                self.problems.append(
                    Problem(Code.CONTROL_CHARACTER, message, self.file, number)
                )

    def entries(self) -> Iterator[RawEntry]:
        """Every entry; what is no entry is free text, as BibTeX has it."""
        for piece in self.pieces():
            if entry := self.finish(piece):
                yield entry

    def pieces(self) -> Iterator[_Piece]:
        """Every command but comments."""
        # Where to look for the next head, and from where on for what has none.
        position = checked = 0
        while head := _ANY_HEAD.search(self.text, position):
            self.stray(checked, head.start())
            start = head.start() + head[0].index("@")
            if comment := _COMMENT.match(self.text, start):
                position = checked = (
                    self.pairs.get(comment.end() - 1, comment.end() - 1) + 1
                )
            elif self.text[start - 1 : start] not in {
                "",
                "\n",
            } and self.commented(start):
                position = checked = head.end()
            else:
                piece = self.piece(start)
                position = piece.pos
                checked = self.paragraph(position) if piece.faults else position
                yield piece
        self.stray(checked, len(self.text))

    def commented(self, position: int) -> bool:
        """Whether the line of a place begins with a comment sign. Places are asked for in order."""
        if position > self._line[0]:
            number = bisect_left(self.breaks, position)
            start = self.breaks[number - 1] + 1 if number else 0
            end = (
                self.breaks[number]
                if number < len(self.breaks)
                else len(self.text)
            )
            found = _COMMENT_LINE.match(self.text, start)
            self._line = (end, bool(found))
        return self._line[1]

    def paragraph(self, position: int) -> int:
        """The end of the paragraph; what a faulty entry leaves in it is an echo of the fault."""
        if position > self._blank:
            blank = self.text.find("\n\n", position)
            self._blank = len(self.text) if blank < 0 else blank
        return self._blank

    def resume(self, position: int, end: int) -> re.Match[str] | None:
        """Where to resume after a fault. What an earlier search has found is not looked
        for again.
        """
        low, far, found = self._resume
        if (
            far != end
            or not low <= position
            or (found and found.start() < position)
        ):
            found = _RESUME.search(self.text, position, end)
            self._resume = (position, end, found)
        return found

    def stray(self, start: int, end: int) -> None:
        """Report the first field in free text, whose entry has lost its head, and further heads
        that cannot be read.
        """
        found = _STRAY.search(self.text, start, end)
        if found:
            at, message = found.start(), "a field outside of any entry"
            if unmarked := _UNMARKED.search(self.text, at, found.end()):
                at = unmarked.start()
                message = f"'@' is missing before {unmarked[1]!r}"
            self.lost(message, at)
            for head in _LOST_HEAD.finditer(self.text, found.end(), end):
                self.lost(
                    "the text that begins here is not an entry", head.start()
                )

    def lost(self, message: str, position: int) -> None:
        """Report text that is no entry."""
        line = self.line(position)
        self.problems.append(Problem(Code.BIB_SYNTAX, message, self.file, line))

    def piece(self, start: int) -> _Piece:
        """The entry at ``start``, read to the next line that begins one, or further if a value
        continues.
        """
        following = bisect_right(self.bounds, start)
        end = self.bounds[following]
        far = self.bounds[min(following + _LOOKAHEAD, len(self.bounds) - 1)]
        piece = _Piece(self, start, end)
        if (
            piece.open
            and far > end
            and not _FIELD_LINE.search(self.text, piece.open, end)
        ):
            try:
                whole = _Piece(self, start, far, whole=True)
            except _NotWholeError:
                return piece
            swallows = _SWALLOWED.search(self.text, start, whole.pos)
            for found in (
                _WITHIN.finditer(self.text, end, whole.pos) if swallows else ()
            ):
                message = f"what looks like the entry '{found[1]}' is within a value of this one"
                whole.notes.append((Code.BIB_SYNTAX, message, found.start(1)))
            return whole
        return piece

    def finish(self, piece: _Piece) -> RawEntry | None:
        """Note what is wrong with an entry, and make it if it has a key."""
        key, fields = piece.current_entry_key or "", dict[str, Field]()
        found = [
            (code, message, self.line(at)) for code, message, at in piece.faults
        ]
        faulty = {line for _, _, line in found}
        notes = (
            (code, message, self.line(at)) for code, message, at in piece.notes
        )
        found += [note for note in notes if note[2] not in faulty]
        for name, value, at, *_ in piece.kept:
            line = self.line(at)
            if name in fields:
                message = f"field '{name}' is given twice, first in line {fields[name].line}"
                found.append((Code.DUPLICATE_FIELD, message, line))
            else:
                fields[name] = Field(name, value, line)
        self.problems += [
            Problem(code, message, self.file, line, key)
            for code, message, line in found
        ]
        if not key:
            return None
        return RawEntry(
            key,
            piece.kind,
            fields,
            self.file,
            self.line(piece.start),
            piece.source,
        )


class _NotWholeError(Exception):
    """A piece has a fault."""


class _Piece(LowLevelParser):  # type: ignore[misc]  # pybtex has no types
    """One command of a .bib file, read by pybtex's parser, which here recovers after a fault."""

    def __init__(
        self, file: _File, start: int, end: int, *, whole: bool = False
    ) -> None:
        """Read the command at a place; with ``whole``, a fault raises :class:`_NotWholeError`."""
        super().__init__(file.text, macros=file.macros)
        self.file, self.start, self.end_pos, self.whole = (
            file,
            start,
            end,
            whole,
        )
        self.kept: list[Given] = []
        self.faults: list[tuple[Code, str, int]] = []
        self.notes: list[tuple[Code, str, int]] = []
        self.undefined: list[str] = []
        # How many characters abbreviations have added to the value at hand.
        self.expanded = 0
        self.cut = False  # whether one of these would be too long
        self.open = 0  # the place of a field that continues to the end, if it is the first fault
        self.pos = start + 1  # behind the @
        self.kind = str(self.parse_command()[0]).lower()
        # The wrong one of the two.
        self.pos += self.text.startswith(("}", ")"), self.pos, end)

    @property
    def source(self) -> str:
        """The text of the command alone."""
        return str(self.text[self.start : self.pos].rstrip())

    def fault(self, message: str, position: int) -> None:
        """Note a fault, unless it is the echo of one in the same line."""
        if self.whole:
            raise _NotWholeError
        line = self.file.line
        if not self.faults or line(self.faults[-1][2]) != line(position):
            self.faults.append((Code.BIB_SYNTAX, message, position))

    def unclosed(self) -> None:
        """Note that the entry has no end, unless another fault explains that."""
        if not self.faults:
            self.fault("the entry is never closed", self.start)

    # --- what pybtex calls

    def handle_error(self, error: PybtexSyntaxError) -> None:
        """What pybtex finds wrong; behind another fault it is only an echo."""
        if not self.faults:
            self.fault(str(error.args[0]), min(self.pos, self.end_pos - 1))

    def eat_whitespace(self) -> None:
        """Like pybtex's, without counting lines."""
        if self.text[self.pos : self.pos + 1].isspace():
            self.eat(_SPACE)

    def eat(self, pattern: re.Pattern[str]) -> None:
        """Continue after what a pattern matches."""
        if found := pattern.match(self.text, self.pos, self.end_pos):
            self.pos = found.end()

    def parse_string_body(self, _body_end: object) -> None:
        """An abbreviation, which is found in whatever case it is written."""
        name = str(self.required([self.NAME]).value)
        at = self.pos - len(name)
        self.required([self.EQUALS])
        self.parse_value()
        self.note_abbreviations(f"the abbreviation '{name}'", at)
        if self.expanded > LONGEST_EXPANSION or self.cut:
            self.file.cut.add(name.lower())
        self.macros[name.lower()] = "".join(self.current_value)

    def parse_entry_body(self, _body_end: object) -> None:
        """The key, then the fields."""
        found = _KEY[self.text[self.pos - 1]].match(
            self.text, self.pos, self.end_pos
        )
        if not found or _EQUALS.match(self.text, found.end(), self.end_pos):
            self.fault("the entry has no key", self.start)
        else:
            self.current_entry_key, self.pos = found[1], found.end()
            self.end_of_key()
        self.parse_entry_fields()

    def end_of_key(self) -> None:
        """The text between the key and the comma."""
        if rest := _KEY_REST.match(self.text, self.pos, self.end_pos):
            self.current_entry_key = "-".join(
                [self.current_entry_key, *rest[1].split()]
            )
            self.fault(
                f"a key cannot contain spaces; read as '{self.current_entry_key}'",
                self.start,
            )
            self.pos = rest.end()
        self.eat_whitespace()
        if self.pos < self.end_pos and self.text[self.pos] not in ",})":
            self.fault(
                f"no comma after the key '{self.current_entry_key}'", self.start
            )

    def parse_entry_fields(self) -> None:
        """All fields, to the closing brace of the entry."""
        while True:
            if simple := _SIMPLE.match(self.text, self.pos, self.end_pos):
                self.pos = simple.end()
                value, written = (
                    simple[3] or simple[2],
                    simple[3] or f"{{{simple[2]}}}",
                )
                self.keep(
                    simple[1], value, simple.start(1), written, single=True
                )
                continue
            self.eat(_COMMAS)
            if self.pos == self.end_pos or _ANY_HEAD.match(
                self.text, self.pos, self.end_pos
            ):
                self.unclosed()
                return
            if self.text[self.pos] not in "})":
                self.parse_field()
            elif not self.surplus():
                return

    def surplus(self) -> bool:
        """Whether more fields follow the brace at hand, which then is one too many."""
        if more := _MORE.match(self.text, self.pos + 1, self.end_pos):
            self.fault("a closing brace too many", self.pos)
            self.pos += 1
        elif not self.faults and (
            brace := _BRACE.match(self.text, self.pos + 1, self.end_pos)
        ):
            self.fault("a closing brace too many", brace.end() - 1)
        return bool(more)

    def parse_field(self) -> None:
        """One field that is more than a name, an equals sign and a simple value."""
        field = _FIELD.match(self.text, self.pos, self.end_pos)
        end = field.end() if field else 0
        if not field or not (
            field[2] or self.text.startswith(("{", '"'), end, self.end_pos)
        ):
            self.skip()
            return
        at, self.pos = self.pos, field.end()
        if not field[2]:
            self.fault(f"no '=' after '{field[1]}'", at)
        try:
            self.parse_value()
        except PybtexSyntaxError:
            self.open = 0 if self.faults or self.open else at
            self.recover(field, -1)
            return
        end = self.pos
        self.eat_whitespace()
        whole = self.text.startswith((",", "}", ")"), self.pos, self.end_pos)
        if not whole or (
            self.undefined
            and not _REST.match(self.text, self.pos, self.end_pos)
        ):
            self.recover(field, end)
            return
        written = self.text[field.end() : end]
        single = len(self.current_value) == 1 and (
            written.isdecimal() or written.startswith(("{", '"'))
        )
        self.keep(
            field[1], "".join(self.current_value), at, written, single=single
        )
        if self.undefined and self.text[self.pos] == "}" and self.goes_on():
            self.fault(_defect(field[1], self.undefined[0], swallows=False), at)
            self.pos += 1
        else:
            self.note_abbreviations(f"field '{field[1]}'", at)

    def goes_on(self) -> bool:
        """Whether more follows the brace at hand, which then has lost the one before it."""
        behind = (self.text, self.pos + 1, self.end_pos)
        return bool(_MORE.match(*behind) or _BRACE.match(*behind))

    def note_abbreviations(self, what: str, at: int) -> None:
        """Note the abbreviations of a value that are not defined, or that make it too long."""
        if self.undefined:
            words = "' and '".join(dict.fromkeys(self.undefined))
            self.notes.append(
                (Code.UNDEFINED_STRING, f"no @string defines '{words}'", at)
            )
        if self.expanded > LONGEST_EXPANSION:
            message = f"abbreviations add more than {LONGEST_EXPANSION:,} characters to {what}"
            self.notes.append((Code.LIMIT, message, at))

    def skip(self) -> None:
        """Continue after what is no field."""
        at, comment = (
            self.pos,
            _COMMENTS.match(self.text, self.pos, self.end_pos),
        )
        behind = comment.end() if comment else at + 1
        whole = comment and _REST.match(self.text, behind, self.end_pos)
        found = comment if whole else self.file.resume(behind, self.end_pos)
        self.pos = found.end() if found else self.end_pos
        if not comment:
            self.fault("a field is expected here", at)
        elif self.pos < self.end_pos:
            self.fault("a comment inside an entry", at)

    def recover(self, field: re.Match[str], end: int) -> None:
        """Keep what can be kept of a value that does not end well, at ``end`` or at all, and
        continue after it.
        """
        name, at = field[1], field.start()
        resume = self.file.resume(field.end(), self.end_pos)
        head = _ANY_HEAD.match(self.text, self.pos, self.end_pos)
        swallows = end < 0 or bool(resume and resume.end() < end)
        last = (
            head
            or self.pos == self.end_pos
            or (not resume and "\n" in self.text[end : self.pos])
        )
        if end > 0 and _ASSIGNMENT.match(self.text, self.pos, self.end_pos):
            self.keep(name, "".join(self.current_value), at)
            self.fault(f"no comma after field '{name}'", end - 1)
        elif last and not swallows:
            self.keep(name, "".join(self.current_value), at)
            self.unclosed()
            self.pos = self.pos if head else self.end_pos
        else:
            raw = self.text[
                field.end() : resume.start() if resume else self.end_pos
            ]
            self.keep(name, _tidy(raw), at)
            self.fault(_defect(name, raw, swallows=swallows), at)
            self.pos = resume.end() if resume else self.end_pos

    def keep(
        self,
        name: str,
        value: str,
        position: int,
        written: str = "",
        *,
        single: bool = False,
    ) -> None:
        """Note a field; blanks count as one, but an empty line ends a paragraph."""
        if "\n" in value or "  " in value or "\t" in value:
            value = _BLANKS.sub(
                lambda m: (
                    ("\n\n" if m[0].count("\n") > 1 and not m[1] else " ")
                    + m[1]
                ),
                value,
            )
        self.kept.append(
            Given(name.lower(), value.strip(), position, written, single)
        )

    # --- values

    def parse_value(self) -> None:
        """Parts joined by ``#``."""
        self.undefined, self.expanded, self.cut = [], 0, False
        self.current_value = [self.parse_value_part()]
        while found := _JOINT.match(self.text, self.pos, self.end_pos):
            self.pos = found.end()
            self.current_value.append(self.parse_value_part())

    def parse_value_part(self) -> str:
        """A text in braces or quotes, a number or an abbreviation."""
        self.eat_whitespace()
        start, opening = (
            self.pos,
            self.text[self.pos : min(self.pos + 1, self.end_pos)],
        )
        if opening in {"{", '"'}:
            closing = (
                self.file.closing if opening == "{" else self.closing_quote
            )
            end = closing(start, self.end_pos)
            if end < 0:
                raise PybtexSyntaxError("a value is never closed", self)
            self.pos = end + 1
            return str(self.text[start + 1 : end])
        word = _BARE.match(self.text, start, self.end_pos)
        if not word:
            raise PybtexSyntaxError("a value is expected", self)
        self.pos = word.end()
        return word[0] if word[0].isdecimal() else self.expansion(word[0])

    def expansion(self, word: str) -> str:
        """The expansion of an abbreviation; itself if that is not defined, or too long."""
        text = self.macros.get(word.lower())
        if text is None:
            self.undefined.append(word)
            return word
        if word.lower() in self.file.cut:
            self.cut = True
            return word
        self.expanded += len(text)
        if self.expanded > LONGEST_EXPANSION:
            return word
        before = self.file.expansions
        self.file.expansions -= len(text)
        if before >= 0 > self.file.expansions:
            message = "from here on abbreviations are not expanded: they add too much to this file"
            self.notes.append((Code.LIMIT, message, self.pos))
        return word if self.file.expansions < 0 else str(text)

    def closing_quote(self, opening: int, end: int) -> int:
        """Where the quote is that closes a text; negative if there is none before ``end``."""
        position = opening + 1
        while found := _QUOTE_STOP.search(self.text, position, end):
            if found[0] == '"':
                return found.start()
            position = self.file.closing(found.start(), end) + 1
            if not position:
                break
        return -1


def _defect(name: str, raw: str, *, swallows: bool) -> str:
    """What is wrong with a value."""
    opening = {"{": "brace", '"': "quote"}.get(raw[:1])
    if not opening:
        if not raw.strip(" ,"):
            return f"field '{name}' has no value"
        return f"the value of field '{name}' needs braces"
    if swallows:
        return f"the opening {opening} of field '{name}' is never closed"
    return f"field '{name}' continues after its closing {opening}"


def _tidy(raw: str) -> str:
    """The text of a value whose end is wrong: without its delimiters, its braces in pairs."""
    text = raw.strip().rstrip(",").rstrip()
    if text.startswith('"'):
        text = text[1:].removesuffix('"')
    elif text.startswith("{"):
        text = text[1:]
    kept, depth = [], 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth >= 0:
            kept.append(char)
        depth = max(depth, 0)
    return "".join(kept) + "}" * depth
