"""What all directives share: options that are never fatal, warnings with a place, views that are
remembered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import count, takewhile
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_mmu.ext._shared import anchor_of, short_hash
from sphinx_mmu.ext.docutils_view import Expander
from sphinx_mmu.ext.domain import MmuDomain, Place, domain_of
from sphinx_mmu.ext.nodes import mmu_view
from sphinx_mmu.filters.evaluate import select
from sphinx_mmu.filters.syntax import quoted
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.views.base import Request

_WHOLE = re.compile(r"0*[1-9][0-9]{0,8}")
_OPTION = re.compile(r"\s*:([\w-]+):(?=\s|$)")
_FENCED_OPTION = re.compile(r"([\w-]+):(?=\s|$)")
_SHOWN = 2
"""How often a page may show an entry or term with an id."""


def _anchors(name: str) -> Iterator[str]:
    """The ids that an entry or term may have, the best first, without end."""
    hashed = f"{anchor_of(name)}-{short_hash(name)}"
    yield from (anchor_of(name), hashed)
    yield from (f"{hashed}-{number}" for number in count(2))


class _AnyOption(dict[str, Callable[[str], Any]]):
    """Takes every option as text, so that an unknown one is a warning of ours and not the end of
    the directive.
    """

    def __bool__(self) -> bool:
        return True

    def __missing__(self, key: str) -> Callable[[str], Any]:
        return _option_text


def _option_text(value: str | None) -> str:
    return (value or "").strip()


def _repeated(lines: list[str]) -> list[str]:
    """The options that the text of a directive gives more than once. docutils reports them, and
    MyST drops all but the last.
    """
    matches: Iterable[re.Match[str] | None]
    if lines[:1] == ["---"]:
        block = takewhile(lambda line: line != "---", lines[1:])
        matches = map(_FENCED_OPTION.match, block)
    else:
        matches = takewhile(bool, map(_OPTION.match, lines))
    given = Counter(found[1].lower() for found in matches if found)
    return [name for name, times in given.items() if times > 1]


FLAGS = {"bibtex": "yes", "empty": "ok", "heading": "no", "targets": "no"}
"""Options that allow one word."""


class MmuDirective(SphinxDirective):
    """What all directives share: options by name, warnings with a place, views that are remembered.

    docutils drops a directive with an argument or a body that it does not take, or without the
    argument that it needs. Here all accept both, and what a directive cannot use is reported:
    ``subject`` is whether it takes an argument, ``needs`` what a required argument has to be,
    ``body`` whether it takes a body, ``names`` are its options, ``bare`` those of them that need no
    value, and ``facet_options`` is whether each facet is an option as well.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    subject: ClassVar[bool] = False
    needs: ClassVar[str] = ""
    body: ClassVar[bool] = False
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = _AnyOption()
    names: ClassVar[tuple[str, ...]] = ()
    bare: ClassVar[tuple[str, ...]] = ()
    facet_options: ClassVar[bool] = False

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        # MyST leaves their names as written
        self.options = {name.lower(): value for name, value in self.options.items()}
        self.warned = False

    @property
    def domain(self) -> MmuDomain:
        """The domain of this build."""
        return domain_of(self.env)

    @property
    def docname(self) -> str:
        """The page being read."""
        return self.env.current_document.docname

    def run(self) -> list[nodes.Node]:
        """Check what is given and show the view, and below it text that the directive does not
        take: a fence that is never closed swallows the rest of a page.
        """
        self.check_options()
        if self.incomplete():
            return self.text_nodes()
        return [*self.show(), *([] if self.body else self.text_nodes())]

    def show(self) -> list[nodes.Node]:
        """What the directive shows."""
        raise NotImplementedError

    def text_nodes(self) -> list[nodes.Node]:
        """The text within the directive; below one that takes none, with its sections."""
        if not self.content:
            return []
        return self.parse_content_to_nodes(allow_section_headings=not self.body)

    def warn(self, problem: Problem) -> None:
        """One warning at the directive's line, and again in the next build."""
        self.warned = True
        self.domain.report(self.docname, problem, self.get_location())

    def text(self, name: str, default: str = "") -> str:
        """An option's text."""
        return self.options.get(name) or default

    def words(self, name: str) -> tuple[str, ...]:
        """An option's words, separated by blanks or commas, each once."""
        words = Counter(self.text(name).replace(",", " ").split())
        for word, times in words.items():
            if times > 1:
                hint = "write it once"
                self.warn(
                    Problem(Code.BAD_OPTION, f":{name}: has {word!r} twice", hint=hint)
                )
        return tuple(words)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """An option that allows a few values; the first one is the default."""
        value = self.text(name, choices[0])
        return value if self._is_one(name, value, choices) else choices[0]

    def chosen(self, name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        """The words of an option that allows some; all of these without the option."""
        words = self.words(name) or choices
        return tuple(word for word in words if self._is_one(name, word, choices))

    def _is_one(self, name: str, value: str, choices: tuple[str, ...]) -> bool:
        """Whether an option allows a value, with a warning if it does not."""
        if value not in choices:
            hint = did_you_mean(value, choices) or f"one of: {', '.join(choices)}"
            self.warn(
                Problem(Code.BAD_OPTION, f":{name}: cannot be {value!r}", hint=hint)
            )
        return value in choices

    def table_columns(self, form: str) -> tuple[str, ...]:
        """The columns of a table, which other formats do not have."""
        columns = self.words("columns")
        if columns and form != "table":
            hint = "leave out one of the two"
            message = f":columns: and :format: {form} exclude each other"
            self.warn(Problem(Code.BAD_OPTION, message, hint=hint))
        return columns if form == "table" else ()

    def number(self, name: str, default: int = 0) -> int:
        """An option that is a whole number from 1 up."""
        value = self.text(name)
        if not value:
            return default
        if _WHOLE.fullmatch(value):
            return int(value)
        message = f":{name}: must be a whole number from 1 up, not {value!r}"
        self.warn(
            Problem(Code.BAD_OPTION, message, hint="leave it out for the default")
        )
        return default

    def flag(self, name: str) -> bool:
        """Whether an option has the one word that it allows."""
        if name not in self.options:
            return False
        word, value = FLAGS[name], self.text(name)
        if value == word:
            return True
        hint = f"write `:{name}: {word}`, or leave it out for the default"
        self.warn(
            Problem(
                Code.BAD_OPTION,
                f":{name}: can only be {word!r}, not {value!r}",
                hint=hint,
            )
        )
        return False

    def filters(self, preset: str = "") -> tuple[str, ...]:
        """A filter that is preset, the option, and one condition for each option that is a facet;
        several values of one facet are alternatives.
        """
        found = [f for f in (preset, self.text("filter"), self._meant_filter()) if f]
        for facet in self.domain.library.facets if self.facet_options else ():
            if facet not in self.names and facet.lower() in self.options:
                values = [
                    v.strip() for v in self.text(facet.lower()).split(",") if v.strip()
                ]
                found.append(" OR ".join(f"{facet}:{quoted(v)}" for v in values))
        return tuple(found)

    def _meant_filter(self) -> str:
        """An argument that was meant as the filter. Its author has been warned."""
        takes_filter = "filter" in self.names and "rows" not in self.names
        if not self.arguments or self.subject or not takes_filter:
            return ""
        text: str = self.arguments[0]
        faults = select((text,), self.domain.library.papers)[1]
        return "" if faults else text

    def check_options(self) -> None:
        """Warn of every option that this directive does not have, that is empty or given twice, and
        of text where it takes none. An empty option counts as left out.
        """
        below = "write options as `:name: value` directly below the name"
        if self.arguments and not self.subject:
            text = self.arguments[0]
            option = next(
                (name for name in ("rows", "parts") if name in self.names), ""
            )
            option = "filter" if self._meant_filter() else option
            hint = f"write `:{option}: {text}`" if option else f"delete it; {below}"
            message = f"{self.name} takes no argument {text!r}"
            self.warn(Problem(Code.BAD_OPTION, message, hint=hint))
        text = next((line.strip() for line in self.content if line.strip()), "")
        if text and not self.body:
            hint = f"{below}, and close the directive before other text"
            self.warn(
                Problem(
                    Code.BAD_OPTION, f"{self.name} takes no text {text!r}", hint=hint
                )
            )
        for name in _repeated(self.block_text.splitlines()[1:]):
            message = f":{name}: is given twice, and the last one counts"
            self.warn(Problem(Code.BAD_OPTION, message, hint="delete one of the two"))
        facets = (
            [f.lower() for f in self.domain.library.facets]
            if self.facet_options
            else []
        )
        own = f"it has: {', '.join(self.names)}" if self.names else "it has no options"
        for name, value in tuple(self.options.items()):
            if name not in (*self.names, *facets):
                hint = did_you_mean(name, (*self.names, *facets)) or own
                message = f"{self.name} has no option :{name}:"
                self.warn(Problem(Code.UNKNOWN_OPTION, message, hint=hint))
            elif name not in self.bare and not value.strip(" ,"):
                written = f"`:{name}: {FLAGS[name]}`" if name in FLAGS else "a value"
                hint = f"write {written}, or leave it out"
                self.warn(Problem(Code.BAD_OPTION, f":{name}: is empty", hint=hint))
                del self.options[name]

    def incomplete(self) -> bool:
        """Whether a required argument is missing, with a warning if so."""
        if self.arguments or not self.needs:
            return False
        self.warn(
            Problem(
                Code.BAD_OPTION,
                f"{self.name} needs {self.needs}",
                hint="write it right after the name",
            )
        )
        return True

    def note(self, request: Request) -> Any:
        """Evaluate a view, report what is wrong with it, and remember that this page shows it."""
        view = self.domain.views.of(request)
        self.domain.note_view(self.docname, request)
        for problem in view.problems:
            if not (
                self.warned and problem.code is Code.EMPTY_RESULT
            ):  # it may be the cause
                self.warn(problem)
        return view

    def view_node(
        self, request: Request, anchors: dict[str, str] | None = None
    ) -> mmu_view:
        """The node that shows a view."""
        node = mmu_view(
            "", request=tuple(request), refdoc=self.docname, anchors=anchors or {}
        )
        self.set_source_info(node)
        return node

    def anchor(self, name: str) -> str:
        """An id for a row or term that nothing else on the page has; empty from the third time that
        it is shown.
        """
        ids, own = self.state.document.ids, 0
        for wanted in _anchors(name):
            if wanted not in ids:
                ids[wanted] = nodes.target("", "", ids=[wanted], mmu_name=name)
                return wanted
            own += ids[wanted].get("mmu_name") == name
            if own == _SHOWN:
                break
        return ""

    def targets(self, kind: str, names: Iterable[str], rank: int) -> dict[str, str]:
        """Ids for rows, registered as the places of what they show; none with ``:targets: no``."""
        if self.flag("targets"):
            return {}
        anchors = {name: anchor for name in names if (anchor := self.anchor(name))}
        for name, anchor in anchors.items():
            self.domain.note_place(
                kind, name, Place(rank, self.docname, anchor, self.lineno)
            )
        return anchors

    def expander(self) -> Expander:
        """Makes nodes for this page."""
        source, line = self.get_source_info()
        return Expander(self.domain, self.docname, source or "", line or 0)
