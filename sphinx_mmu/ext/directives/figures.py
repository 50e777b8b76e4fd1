"""Directives for figures. Each asks for a view; what it shows is worked out in the core, drawn in ``ext/figures``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from sphinx_mmu.ext._shared import short_hash
from sphinx_mmu.ext.directives.papers import PaperTableDirective
from sphinx_mmu.views import Request
from sphinx_mmu.vocabulary import Catalogue

if TYPE_CHECKING:
    from docutils.nodes import Node


class GapMapDirective(PaperTableDirective):
    """Two facets crossed: counts that lead to the papers, and gaps in words."""

    names = ("filter", "rows", "columns", "expect", "caption", "empty")

    def run(self) -> list[Node]:
        """Ask, remember, leave one node."""
        self.check_options()
        first, second = [*self.domain.library.facets, "", ""][:2]
        rows, columns = self.text("rows", first), self.text("columns", second)
        request = Request(
            "matrix", filters=self.filters(Catalogue("")), columns=(rows, columns), limit=self.number("expect", 1),
            caption=self.text("caption"), empty_ok=self.flag("empty", "ok"),
        )  # fmt: skip
        self.note(request)
        return [self.view_node(request)]


class FigureDirective(PaperTableDirective):
    """A figure from the data. What its own options mean is told where its data are made."""

    names = ("filter", "caption", "empty")
    kind: ClassVar[str] = ""
    own: ClassVar[tuple[str, ...]] = ()

    def run(self) -> list[Node]:
        """Ask, remember, leave one node with an id for its parts."""
        self.check_options()
        if self.incomplete():
            return []
        subject = self.arguments[0] if self.arguments and self.subject else ""
        request = Request(
            self.kind, subject, filters=self.filters(self.preset(subject)),
            caption=self.text("caption"), empty_ok=self.flag("empty", "ok"), parts=tuple(self.parts()),
        )  # fmt: skip
        self.note(request)
        fid = f"mmu-fig-{short_hash(self.docname)}-{self.env.new_serialno('mmu-figure')}"
        node = self.view_node(request)
        node["fid"] = fid
        return [node]

    def preset(self, subject: str) -> Catalogue:
        """What is set by the catalogue that the figure is about, if it is about one."""
        return self.domain.library.vocabulary.catalogues.get(subject if self.kind == "coverage" else "", Catalogue(""))

    def parts(self) -> Iterable[tuple[str, str]]:
        """The figure's own options, by name."""
        for name in self.own:
            text = str(self.number(name) or "") if name == "limit" else self.text(name)
            if text:
                yield name, text


def figure(kind: str, meaning: str, *own: str, arguments: tuple[int, int] = (1, 0)) -> type[FigureDirective]:
    """A directive of a figure: required and optional arguments, and options of its own."""
    of_papers = kind != "directions"
    parts = {
        "__doc__": meaning, "kind": kind, "own": own, "facet_options": of_papers,
        "names": (*own, *(FigureDirective.names if of_papers else ("caption",))),
        "subject": any(arguments), "needs": "a facet" if arguments[0] else "",
    }  # fmt: skip
    return type(f"{kind.title()}Directive", (FigureDirective,), parts)
