"""The options of directives: never fatal, and each that cannot be used is a warning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import Any, ClassVar

from sphinx.util.docutils import SphinxDirective

from sphinx_mmu.ext.common.docutils_pieces import AnyOption
from sphinx_mmu.ext.common.reporting import warn
from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
from sphinx_mmu.filters.evaluate import select
from sphinx_mmu.filters.syntax import quoted
from sphinx_mmu.problems import (
    Code,
    Problem,
    did_you_mean,
    suggestion,
    whole_number,
)

_OPTION = re.compile(r"\s*:([\w-]+):(?=\s|$)")
_BEGUN_OPTION = re.compile(r"\s*:[A-Za-z]")
_MARKUP = re.compile(
    r"\{[\w:-]+\}`|\[[^][]*\]\((?:https?:|#|[\w./-]+\.\w)[^()]*\)"
    r"|(?<![\w*])\*\*?(?![\s*])[^*]*(?<![\s*(])\*\*?(?![\w*])|`[^`]+`"
)
_FENCED_OPTION = re.compile(r"([\w-]+):(?=\s|$)")


def _written_options(lines: list[str]) -> list[tuple[str, str]]:
    """The lines of options in the text of a directive, each with the name of its option, empty
    where there is none.
    """
    if lines[:1] == ["---"]:
        written = _FENCED_OPTION
        whole = takewhile(lambda line: line != "---", lines[1:])
        block = [line for line in whole if written.match(line)]
    else:
        written = _OPTION
        block = list(takewhile(_BEGUN_OPTION.match, lines))
    found = ((line.strip(), written.match(line)) for line in block)
    return [(line, match[1].lower() if match else "") for line, match in found]


def _is_odd(line: str) -> bool:
    """Whether a line of an option has no name, or a quotation mark that is not closed."""
    named = _OPTION.match(line) or _FENCED_OPTION.match(line)
    return not named or any(line.count(sign) % 2 for sign in "\"'")


FLAGS = {"bibtex": "yes", "empty": "ok", "heading": "no", "targets": "no"}
"""Options that allow one word."""


class OptionsDirective(SphinxDirective):
    """A directive with options by name, and warnings with a place.

    docutils drops a directive with an argument or a body that it does not take, or without the
    argument that it needs. Here all accept both, and what a directive cannot use is reported:
    ``subject`` is whether it takes an argument, ``needs`` what a required argument has to be,
    ``body`` whether it takes a body, ``names`` are its options, ``bare`` those of them that need no
    value, and ``facet_options`` is whether each facet is an option as well.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    subject: bool = False
    needs: str = ""
    body: bool = False
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = AnyOption()
    names: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    facet_options: bool = False

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        # MyST leaves their names as written
        self.options = {
            name.lower(): value for name, value in self.options.items()
        }
        self.warned = False

    @property
    def domain(self) -> MmuDomain:
        """The domain of this build."""
        return domain_of(self.env)

    @property
    def docname(self) -> str:
        """The page being read."""
        return self.domain.docname

    def warn(self, problem: Problem) -> None:
        """One warning at the directive's line, and again in the next build."""
        self.warned = True
        warn(problem, self.get_location())

    def bad(self, message: str, hint: str) -> None:
        """One warning of an option, an argument or a text that cannot be used."""
        self.warn(Problem(Code.BAD_OPTION, message, hint=hint))

    def text(self, name: str, default: str = "") -> str:
        """An option's text."""
        return self.options.get(name) or default

    def caption(self) -> str:
        """The option of that name, which is text without markup."""
        text = self.text("caption")
        if found := _MARKUP.search(text):
            self.bad(
                f":caption: has the markup {found[0]!r}", "write plain text"
            )
        return text

    def words(self, name: str) -> tuple[str, ...]:
        """An option's words, separated by spaces or commas, each once."""
        words = Counter(self.text(name).replace(",", " ").split())
        for word, times in words.items():
            if times > 1:
                self.bad(f":{name}: has {word!r} twice", "write it once")
        return tuple(words)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """An option that allows a few values; the first one is the default."""
        value = self.text(name, choices[0])
        return value if self._is_one(name, value, choices) else choices[0]

    def chosen(self, name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        """The words of an option that allows some; all of these without the option."""
        words = self.words(name) or choices
        return tuple(
            word for word in words if self._is_one(name, word, choices)
        )

    def _is_one(self, name: str, value: str, choices: tuple[str, ...]) -> bool:
        """Whether an option allows a value, with a warning if it does not."""
        if value not in choices:
            message = f":{name}: cannot be {value!r}"
            self.bad(message, suggestion(value, choices))
        return value in choices

    def table_columns(self, form: str) -> tuple[str, ...]:
        """The columns of a table, which other formats do not have."""
        columns = self.words("columns")
        if columns and form != "table":
            message = f":columns: and :format: {form} exclude each other"
            self.bad(message, "leave out one of the two")
        return columns if form == "table" else ()

    def number(self, name: str, default: int = 0) -> int:
        """An option that is a whole number from 1 up."""
        value = self.text(name)
        if not value:
            return default
        found = whole_number(name, value)
        if isinstance(found, int):
            return found
        self.warn(found)
        return default

    def flag(self, name: str) -> bool:
        """Whether an option has the one word that it allows."""
        word, value = FLAGS[name], self.text(name)
        if value not in ("", word):
            hint = f"write `:{name}: {word}`, or leave it out for the default"
            self.bad(f":{name}: can only be {word!r}, not {value!r}", hint)
        return value == word

    def _facets(self) -> tuple[str, ...]:
        """The facets that are options as well."""
        return tuple(self.domain.library.facets) if self.facet_options else ()

    def filters(self, preset: str = "") -> tuple[str, ...]:
        """A filter that is preset, the option, and one condition for each option that is a facet;
        several values of one facet are alternatives.
        """
        found = [
            f for f in (preset, self.text("filter"), self._meant_filter()) if f
        ]
        for facet in self._facets():
            if facet not in self.names:
                values = self._values(facet)
                conditions = [f"{facet}:{quoted(v)}" for v in values]
                found += [" OR ".join(conditions)] if conditions else []
        return tuple(found)

    def _values(self, facet: str) -> Iterator[str]:
        """The values in the option of a facet, also where there is no comma between them."""
        for value in map(str.strip, self.text(facet.lower()).split(",")):
            parts = self._split(facet, value.split())
            if len(parts) > 1:
                message = f":{facet}: has {value!r} without commas"
                self.bad(message, f"write `:{facet}: {', '.join(parts)}`")
                yield from parts
            elif value:
                yield value

    def _split(self, facet: str, words: list[str]) -> list[str]:
        """The values that words are together, the longest first; none if they are not."""
        tagged, found = self.domain.library.papers.tagged, list[str]()
        while words:
            ends = range(len(words), 0, -1)
            names = (" ".join(words[:end]) for end in ends)
            name = next((n for n in names if tagged(facet, n) is not None), "")
            if not name:
                return []
            found.append(name)
            words = words[name.count(" ") + 1 :]
        return found

    def _meant_filter(self) -> str:
        """An argument that was meant as the filter. Its author has been warned."""
        takes_filter = "filter" in self.names and "rows" not in self.names
        meant = self.arguments if takes_filter and not self.subject else ()
        for text in meant:
            if not select((text,), self.domain.library.papers)[1]:
                return str(text)
        return ""

    def are_options_read(self) -> bool:
        """Check argument, options and text; False where MyST could not read the options."""
        written = _written_options(self.block_text.splitlines()[1:])
        lost = [line for line, name in written if name not in self.options]
        if lost:  # MyST drops all of them where it cannot read one
            line = next(filter(_is_odd, lost), lost[0])
            hint = "write `:name: value`, with a space before the value, and close all quotes"
            self.bad(f"{self.name}: {line!r} cannot be read", hint)
            return False
        self._check_options([name for _line, name in written])
        return True

    def _check_options(self, written: Iterable[str]) -> None:
        """Warn of every option that this directive does not have, that is empty or ``written``
        twice, and of text where it takes none. An empty option counts as left out.
        """
        below = "write options as `:name: value` directly below the name"
        if self.arguments and not self.subject:
            text = self.arguments[0]
            usual: list[str] = [
                n for n in ("rows", "parts", "series") if n in self.names
            ]
            is_facet = text in self.domain.library.facets
            if self._meant_filter() and not (usual and is_facet):
                usual = ["filter"]
            option = next(iter(usual), "")
            hint = (
                f"write `:{option}: {text}`"
                if option
                else f"delete it; {below}"
            )
            self.bad(f"{self.name} takes no argument {text!r}", hint)
        text = next((line.strip() for line in self.content if line.strip()), "")
        if text and not self.body:
            hint = f"{below}, and close the directive before other text"
            self.bad(f"{self.name} takes no text {text!r}", hint)
        for name, times in Counter(written).items():
            if times > 1:
                message = f":{name}: is given twice, and the last one counts"
                self.bad(message, "delete one of the two")
        known = (*self.names, *map(str.lower, self._facets()))
        own = (
            f"it has: {', '.join(self.names)}"
            if self.names
            else "it has no options"
        )
        for name, value in tuple(self.options.items()):
            if name not in known:
                hint = did_you_mean(name, known) or own
                message = f"{self.name} has no option :{name}:"
                self.warn(Problem(Code.UNKNOWN_OPTION, message, hint=hint))
            elif name not in self.bare and not value.strip(" ,"):
                written = (
                    f"`:{name}: {FLAGS[name]}`" if name in FLAGS else "a value"
                )
                self.bad(
                    f":{name}: is empty", f"write {written}, or leave it out"
                )
                del self.options[name]
