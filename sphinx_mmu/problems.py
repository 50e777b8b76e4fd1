"""Every defect that the product can name: one enum of codes, one value object.

The documentation's list of problem codes is generated from :class:`Code`, and Sphinx warnings carry
``mmu.<code>``, so that ``suppress_warnings`` can name each of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import lru_cache

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff]"
)
_LONGEST_MESSAGE = 1_000


def visible(text: str) -> str:
    r"""Text for a terminal: control characters and those that turn its direction as ``\u202e``.

    A terminal obeys them, and so would show something else than there is. Line ends and tabs stay.
    JSON that is shown like this means the same as before.
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class Severity(StrEnum):
    """How bad a problem is: an error means that something is not shown as its author meant it."""

    ERROR = "error"
    WARNING = "warning"


class Code(Enum):
    """The kinds of problem. A member's value is (severity, meaning, remedy)."""

    # --- files and entries
    MISSING_FILE = (
        Severity.ERROR,
        (
            "A .bib file, a vocabulary or a file of results that the configuration names cannot be"
            " read."
        ),
        (
            "Correct the path in conf.py (it is relative to the folder of conf.py), or create the"
            " file."
        ),
    )
    ENCODING = (
        Severity.ERROR,
        "A file is not UTF-8. A .bib file is read as far as possible; any other is left out.",
        "Save the file as UTF-8.",
    )
    BIB_SYNTAX = (
        Severity.ERROR,
        "An entry of a .bib file breaks BibTeX's syntax. Reading resumes at the next entry.",
        (
            "Correct the line named or the one before it: a brace, quote or comma is missing, or"
            " there is one too many."
        ),
    )
    CONTROL_CHARACTER = (
        Severity.WARNING,
        "A file has a control character, as text copied from PDF files often does. It is left out.",
        "Delete it; many editors show it as a box or as ^G.",
    )
    UNDEFINED_STRING = (
        Severity.WARNING,
        "A field uses an abbreviation that no @string defines. The word itself is shown.",
        "Define the abbreviation with @string, or put the text in braces.",
    )
    LIMIT = (
        Severity.ERROR,
        (
            "A value is longer, or a tag has more levels, than a bibliography needs. The excess is"
            " left out."
        ),
        "Shorten it, or write long abbreviations out; such a value is usually a mistake.",
    )
    DUPLICATE_KEY = (
        Severity.ERROR,
        (
            "Two entries have the same key, or keys that differ only in capitals, which BibTeX"
            " ignores. The first entry is used."
        ),
        "Rename one of them, or delete it if both are the same work.",
    )
    DUPLICATE_FIELD = (
        Severity.WARNING,
        "An entry has a field twice. The first value is used.",
        "Delete one of the two.",
    )
    MISSPELT_FIELD = (
        Severity.WARNING,
        (
            "The name of a field of an entry, its type, or a key of a term is nearly that of a"
            " standard one. It is read as a field, type or fact of your own; such a field is not"
            " published."
        ),
        (
            "Correct the spelling; to keep the name of a field, list it in mmu_publish_fields or in"
            " the vocabulary."
        ),
    )
    MISSING_TITLE = (
        Severity.ERROR,
        "An entry has no title. Its key is shown instead.",
        "Add a title field.",
    )
    MISSING_YEAR = (
        Severity.WARNING,
        "An entry has no year and no date. It is listed last.",
        "Add year = {2024}, or origdate = {2024-03} for the first public version.",
    )
    BAD_DATE = (
        Severity.WARNING,
        "A date or year cannot be read, and is ignored; or a field has several years.",
        "Write dates as 2024, 2024-03 or 2024-03-17.",
    )
    BAD_NAME = (
        Severity.WARNING,
        "An author list breaks BibTeX's rules for names. What could be read is shown.",
        "Write names as 'Family, Given' and join them with the word 'and'.",
    )
    BAD_URL = (
        Severity.WARNING,
        (
            "The value of a link field is not a complete http or https address. It does not become"
            " a link."
        ),
        "Write the whole address, beginning with https://.",
    )
    BAD_SOURCE = (
        Severity.WARNING,
        "A part of the field `readfrom` or `basis` of an entry cannot be read. It is left out.",
        "Number the sources in readfrom, and use these numbers in basis.",
    )
    DANGLING_KEY = (
        Severity.WARNING,
        (
            "A relation field, or `crossref`, names a key that no entry has. A relation shows it as"
            " plain text."
        ),
        "Correct the key, or add the entry that it should name.",
    )
    UNKNOWN_TAG = (
        Severity.ERROR,
        (
            "A tag has a facet or value that is not in the vocabulary, or an empty part. It is left"
            " out."
        ),
        "Correct the spelling, or add the facet or term to the vocabulary.",
    )
    REPEATED_TAG = (
        Severity.WARNING,
        "An entry has several values of a facet that allows only one. All are kept.",
        "Keep the value that fits best, or remove `single = true` from the facet.",
    )
    # --- entries beside each other, and the vocabulary's rules: reported by `sphinx-mmu check`
    SAME_IDENTIFIER = (
        Severity.ERROR,
        (
            "Two entries have the same arXiv, DOI, OpenReview or ACL Anthology identifier. Both are"
            " shown."
        ),
        (
            "Keep one entry with the fields of both. If the works differ, correct the wrong"
            " identifier."
        ),
    )
    SAME_WORK = (
        Severity.WARNING,
        "Two entries have nearly the same title and authors. Both are shown.",
        "Keep one entry. If the works differ, name the other entry's key in a field `related`.",
    )
    PREPRINT_AND_PUBLISHED = (
        Severity.WARNING,
        "A preprint and its published version are two entries. Both are shown.",
        "Keep the published one, and move the preprint's eprint and origdate to it.",
    )
    VENUE_WITHOUT_YEAR = (
        Severity.WARNING,
        "An entry has a venue but no year for it. The venue is shown without a year.",
        "Add the year of publication: year = {2024}.",
    )
    BAD_TITLE = (
        Severity.WARNING,
        (
            "A title has a punctuation mark without a space after it, or contains the short name of"
            " the work with capitals that a bibliography style may change."
        ),
        "Insert the space, or put the name in braces.",
    )
    TAG_RULE = (
        Severity.WARNING,
        "The tags of an entry break a rule of the vocabulary. All are kept.",
        "Add the missing tag, or correct the tag to which the rule applies.",
    )
    AUTHOR_SPELLING = (
        Severity.WARNING,
        "A name is spelled in two ways. Each counts as a separate person.",
        "Look the name up, and spell it the same way in all entries.",
    )
    # --- vocabulary
    VOCABULARY = (
        Severity.ERROR,
        (
            "A vocabulary file has a syntax error or an unknown key. The rest of the file is used."
        ),
        "Correct the line named; the guide lists what a vocabulary may contain.",
    )
    RESULT = (
        Severity.ERROR,
        (
            "A line of a file of results contains the name of a work, benchmark, metric or the like"
            " that is not declared, has a value that is not a number, or repeats another line. It"
            " is left out."
        ),
        "Correct the line, or declare the name in the vocabulary.",
    )
    # --- authors' pages
    UNKNOWN_NAME = (
        Severity.WARNING,
        (
            "A directive or role of this extension does not exist. The text in it is shown."
        ),
        "Correct the spelling; the guide lists the directives and roles.",
    )
    UNKNOWN_OPTION = (
        Severity.WARNING,
        "A directive has an option that does not exist. It is ignored.",
        "Correct the spelling; the guide lists the options of each directive.",
    )
    BAD_OPTION = (
        Severity.WARNING,
        (
            "An option's value cannot be used, and the default is used instead; or a directive has"
            " an option twice, or text that it does not accept."
        ),
        "Write a value that the option allows; the guide lists them.",
    )
    UNKNOWN_FACET = (
        Severity.WARNING,
        "A filter or option names a facet that does not exist. That condition matches nothing.",
        "Correct the spelling, or add the facet to the vocabulary.",
    )
    UNKNOWN_VALUE = (
        Severity.WARNING,
        (
            "A filter or option names a value that its facet does not have. That condition matches"
            " nothing."
        ),
        "Correct the spelling, or add the term to the vocabulary.",
    )
    UNKNOWN_COLUMN = (
        Severity.WARNING,
        "A table asks for a column that no entry and no facet provides. The column is left out.",
        "Correct the spelling; the guide lists the columns.",
    )
    UNKNOWN_KEY = (
        Severity.WARNING,
        "A role or directive names an entry or term that does not exist. Plain text is shown.",
        "Correct the spelling, or add the entry or term.",
    )
    FILTER_SYNTAX = (
        Severity.WARNING,
        "A filter cannot be read. The view is empty.",
        "Correct the filter at the position of the caret; the guide explains the language.",
    )
    EMPTY_RESULT = (
        Severity.WARNING,
        "A filter matches nothing. The view shows a note instead.",
        "Correct the filter; with `:empty: ok`, a directive accepts an empty result.",
    )
    DUPLICATE_TARGET = (
        Severity.WARNING,
        (
            "Two places are link targets for the same entry or term. Links lead to the one on the"
            " page whose name comes first."
        ),
        "Keep one of the two, or give the other `:targets: no`.",
    )
    CONFIG = (
        Severity.WARNING,
        (
            "A setting in conf.py, or a name in the metadata of a page, has an invalid value or"
            " does not exist. The default is used."
        ),
        "Correct the value in conf.py.",
    )

    @property
    def slug(self) -> str:
        """The name as users write it, for instance in ``suppress_warnings``."""
        return self.name.lower().replace("_", "-")

    @property
    def severity(self) -> Severity:
        """Error or warning."""
        return self.value[0]

    @property
    def meaning(self) -> str:
        """What has happened and what the product does then: one or two sentences."""
        return self.value[1]

    @property
    def remedy(self) -> str:
        """What its author can do about it: one or two sentences."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect at one place.

    ``file`` is the path as the user gave it, ``line`` counts from 1 (0: no line), ``key`` is the
    entry or tag concerned, and ``hint`` is a suggestion for this very case, such as "did you mean
    'topic'?".
    """

    code: Code
    message: str
    file: str = ""
    line: int = 0
    key: str = ""
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """Error or warning, from the code."""
        return self.code.severity

    @property
    def location(self) -> str:
        """``file:line`` as Sphinx and editors print it, as far as it is known."""
        file = visible(self.file).replace("\n", r"\u000a")
        return f"{file}:{self.line}" if self.line else file

    def order(self) -> tuple[str, int, str, str]:
        """What problems are sorted by: place, then code and message."""
        return (self.file, self.line, self.code.slug, self.message)

    @property
    def advice(self) -> str:
        """What to do: the hint or, without one, what helps with every problem of this code."""
        remedy = self.code.remedy
        return self.hint or f"{remedy[0].lower()}{remedy[1:]}".removesuffix(".")

    @property
    def text(self) -> str:
        """Key, message and advice in one line, as warnings print them; the key is omitted if the
        message already contains it.
        """
        named = not self.key or self.key in self.message
        said = " ".join(
            (self.message if named else f"{self.key}: {self.message}").split()
        )
        if len(said) > _LONGEST_MESSAGE:
            said = f"{said[:_LONGEST_MESSAGE]}…"
        return visible(f"{said}; {self.advice}")

    def as_dict(self) -> dict[str, str | int]:
        """The form that ``sphinx-mmu check --format json`` prints."""
        return {
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "code": self.code.slug,
            "severity": self.severity.value,
            "message": self.message,
            "hint": self.hint,
        }


def unreadable(error: OSError | UnicodeError, file: str) -> Problem:
    """The problem with a file that cannot be read, or that is not UTF-8."""
    if isinstance(error, OSError):
        message = f"cannot be read: {error.strerror or error}"
        return Problem(Code.MISSING_FILE, message, file)
    return Problem(Code.ENCODING, "the file is not UTF-8", file)


_LONGEST_WORD = 200


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice that is most like a word, or an empty string if none is near. No word is that
    long.
    """
    if len(word) > _LONGEST_WORD:
        return ""
    from rapidfuzz import process, utils  # noqa: PLC0415 -- only texts with mistakes need it
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415 -- as above

    found = process.extractOne(
        word,
        list(choices),
        scorer=DamerauLevenshtein.normalized_similarity,
        processor=utils.default_process,
        score_cutoff=0.59,  # just below three right letters of five
    )
    return found[0] if found else ""


_LONG = 5
"""Letters of a name that is not hit by chance; a shorter one has to have the same letters."""


@lru_cache(maxsize=1024)
def misspelt(name: str, known: frozenset[str]) -> str:
    """The known name that differs in one letter; empty if there is none."""
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415 -- as in nearest

    near = (
        word
        for word in sorted(known)
        if (len(word) >= _LONG or set(name) == set(word))
        and DamerauLevenshtein.distance(name, word, score_cutoff=1) == 1
    )
    return next(near, "")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A question that names the nearest of the choices, or an empty string if none is near."""
    near = nearest(word, choices)
    return f"did you mean '{near}'?" if near else ""


def suggestion(word: str, choices: Collection[str]) -> str:
    """The same; the list of all choices if none is near."""
    return did_you_mean(word, choices) or f"one of: {', '.join(choices)}"


_WHOLE = re.compile(r"0*[1-9][0-9]{0,8}")


def whole_number(option: str, value: str) -> int | Problem:
    """The value of an option that is a whole number from 1 up."""
    if _WHOLE.fullmatch(value):
        return int(value)
    message = f":{option}: must be a whole number from 1 up, not {value!r}"
    hint = "leave it out for the default"
    return Problem(Code.BAD_OPTION, message, hint=hint)


def no_facet(name: str, known: Iterable[str]) -> Problem:
    """The problem of a facet that is none of the known ones."""
    message, hint = f"there is no facet {name!r}", did_you_mean(name, known)
    return Problem(Code.UNKNOWN_FACET, message, hint=hint)


def no_value(facet: str, value: str, known: Iterable[str]) -> Problem:
    """The problem of a value that a facet does not have."""
    message, hint = (
        f"{facet} has no value {value!r}",
        did_you_mean(value, known),
    )
    return Problem(Code.UNKNOWN_VALUE, message, hint=hint)
