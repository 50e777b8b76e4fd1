"""What all directives share: options that are never fatal, warnings with a place, views that are
remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_mmu.ext._shared import anchor_of, short_hash, warn
from sphinx_mmu.ext.docutils_view import Expander
from sphinx_mmu.ext.domain import MmuDomain, Place, domain_of
from sphinx_mmu.ext.nodes import mmu_view
from sphinx_mmu.filters.evaluate import quoted
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.views.base import Request

_WHOLE = re.compile(r"0*[1-9][0-9]{0,8}")
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

    @property
    def domain(self) -> MmuDomain:
        """The domain of this build."""
        return domain_of(self.env)

    @property
    def docname(self) -> str:
        """The page being read."""
        return self.env.current_document.docname

    def warn(self, problem: Problem) -> None:
        """One warning at the directive's line."""
        warn(problem, self.get_location())

    def text(self, name: str, default: str = "") -> str:
        """An option's text."""
        return self.options.get(name) or default

    def words(self, name: str) -> tuple[str, ...]:
        """An option's words, separated by blanks or commas."""
        return tuple(self.text(name).replace(",", " ").split())

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """An option that allows a few values; the first one is the default."""
        value = self.text(name, choices[0])
        return value if self._is_one(name, value, choices) else choices[0]

    def chosen(self, name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        """The words of an option that allows some; all of these without the option."""
        words = dict.fromkeys(self.words(name)) or choices
        return tuple(word for word in words if self._is_one(name, word, choices))

    def _is_one(self, name: str, value: str, choices: tuple[str, ...]) -> bool:
        """Whether an option allows a value, with a warning if it does not."""
        if value not in choices:
            hint = did_you_mean(value, choices) or f"one of: {', '.join(choices)}"
            self.warn(Problem(Code.BAD_OPTION, f":{name}: cannot be {value!r}", hint=hint))
        return value in choices

    def number(self, name: str, default: int = 0) -> int:
        """An option that is a whole number from 1 up."""
        value = self.text(name)
        if not value:
            return default
        if _WHOLE.fullmatch(value):
            return int(value)
        message = f":{name}: must be a whole number from 1 up, not {value!r}"
        self.warn(Problem(Code.BAD_OPTION, message, hint="leave it out for the default"))
        return default

    def flag(self, name: str, word: str) -> bool:
        """Whether an option has the one word that it allows."""
        if name not in self.options:
            return False
        if self.text(name) == word:
            return True
        message = f":{name}: can only be {word!r}, not {self.text(name)!r}"
        self.warn(Problem(Code.BAD_OPTION, message, hint="leave it out for the default"))
        return False

    def filters(self, preset: str = "") -> tuple[str, ...]:
        """A filter that is preset, the option, and one condition for each option that is a facet;
        several values of one facet are alternatives.
        """
        spare = self.arguments and not self.subject and "rows" not in self.names
        meant = self.arguments[0] if spare else ""  # its author has been warned
        found = [f for f in (preset, self.text("filter"), meant) if f]
        for facet in self.domain.library.facets if self.facet_options else ():
            if facet not in self.names and facet.lower() in self.options:
                values = [v.strip() for v in self.text(facet.lower()).split(",") if v.strip()]
                found.append(" OR ".join(f"{facet}:{quoted(v)}" for v in values))
        return tuple(found)

    def check_options(self) -> None:
        """Warn of every option that this directive does not have or that is empty, and of text
        where it takes none. An empty option counts as left out.
        """
        if self.arguments and not self.subject:
            option = next((name for name in ("rows", "filter", "parts") if name in self.names), "")
            hint = f"write `:{option}: {self.arguments[0]}`" if option else ""
            self.warn(
                Problem(
                    Code.BAD_OPTION,
                    f"{self.name} takes no argument {self.arguments[0]!r}",
                    hint=hint,
                )
            )
        if self.content and not self.body:
            hint = (
                "write options as `:name: value` directly below the name, and close the directive"
                " before other text"
            )
            self.warn(
                Problem(
                    Code.BAD_OPTION,
                    f"{self.name} takes no text {self.content[0].strip()!r}",
                    hint=hint,
                )
            )
        facets = [f.lower() for f in self.domain.library.facets] if self.facet_options else []
        own = f"it has: {', '.join(self.names)}" if self.names else "it has no options"
        for name, value in tuple(self.options.items()):
            if name not in (*self.names, *facets):
                hint = did_you_mean(name, (*self.names, *facets)) or own
                message = f"{self.name} has no option :{name}:"
                self.warn(Problem(Code.UNKNOWN_OPTION, message, hint=hint))
            elif name not in self.bare and not value.strip(" ,"):
                hint = "write a value, or leave it out"
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
            self.warn(problem)
        return view

    def view_node(self, request: Request, anchors: dict[str, str] | None = None) -> mmu_view:
        """The node that shows a view."""
        node = mmu_view("", request=tuple(request), refdoc=self.docname, anchors=anchors or {})
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
        if self.flag("targets", "no"):
            return {}
        anchors = {name: anchor for name in names if (anchor := self.anchor(name))}
        for name, anchor in anchors.items():
            self.domain.note_place(kind, name, Place(rank, self.docname, anchor, self.lineno))
        return anchors

    def expander(self) -> Expander:
        """Makes nodes for this page."""
        source, line = self.get_source_info()
        return Expander(self.domain, self.docname, source or "", line or 0)
