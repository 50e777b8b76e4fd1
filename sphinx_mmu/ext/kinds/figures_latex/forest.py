"""A tree of terms by LaTeX's package ``forest``: a drawing for each top term, so that pages can
break between them.

Source of the form: the manual of forest, with its library ``edges``.
"""

from __future__ import annotations

from collections.abc import Callable

from sphinx.writers.latex import LaTeXTranslator

from sphinx_mmu.ext.kinds.figures_latex.tikz import six_digits
from sphinx_mmu.ext.state.domain import MmuDomain
from sphinx_mmu.ext.state.places import Place
from sphinx_mmu.figures.tree import Branch, Tree, cut, sign
from sphinx_mmu.messages import _

_HEAD = r"""\begin{adjustbox}{max width=\linewidth,max totalheight=0.9\textheight}
\begin{forest}
for tree={grow'=0,anchor=west,parent anchor=east,child anchor=west,font=\small,
  inner sep=3pt,l sep=12pt,s sep=4pt,
rounded corners=1pt,draw=mmu!60,edge={draw=mmu!60},node options={align=flush left}},
where level=0{text width=0.16\linewidth,fill=mmu!10,font=\small\bfseries}{},
where level=1{text width=0.22\linewidth}{},
where n children=0{text width=0.48\linewidth,draw=none}{},
forked edges,
"""
_FOOT = "\\end{forest}\n\\end{adjustbox}\n"
_GREY = "808080"


def forest(
    tree: Tree, translator: LaTeXTranslator, domain: MmuDomain
) -> list[str]:
    """The drawings of a tree, one for each top term."""
    writer = _Writer(translator, domain)
    return [writer.top(branch, tree.most) for branch in tree.branches]


class _Writer:
    """Writes the drawings of one tree. A pair of braces around a text keeps its commas and brackets
    from forest.
    """

    def __init__(self, translator: LaTeXTranslator, domain: MmuDomain) -> None:
        self.translator, self.domain = translator, domain
        self.text: Callable[[str], str] = translator.encode

    def top(self, branch: Branch, most: int) -> str:
        """The drawing of a top term."""
        number = f"{branch.mark.number} " if branch.mark.number else ""
        below = ""
        for one in branch.branches:
            below += f"  [{self._head(one)}\n  {self._names(one, most)}  ]\n"
        below = below or self._names(branch, most)
        term = self.domain.library.vocabulary.term(branch.mark.tag)
        colour = six_digits(term.colour[0]) if term and term.colour else _GREY
        defined = f"\\definecolor{{mmu}}{{HTML}}{{{colour}}}%"
        return f"{defined}\n{_HEAD}[{self._head(branch, number)}\n{below}]\n{_FOOT}"

    def _head(self, branch: Branch, number: str = "") -> str:
        label = self.text(f"{number}{branch.mark.label} ({branch.papers})")
        return f"{{{self._link(self.domain.places.best('term', branch.mark.tag), label)}}}"

    def _names(self, branch: Branch, most: int) -> str:
        shown, more = cut(branch.leaves, most)
        names = []
        for leaf in shown:
            label = self.text(leaf.label + sign(leaf.origin))
            names.append(self._link(self.domain.entry_place(leaf.key), label))
        if more:
            names.append(self.text(_("{n} more", n=more)))
        return f"  [{{{', '.join(names)}}}]\n"

    def _link(self, place: Place | None, text: str) -> str:
        """A text that leads to a page or a place on it, if the document has that page."""
        if place is None or not self.domain.has_page(place.docname):
            return text
        label = self.translator.idescape(
            f"{place.docname}:{place.anchor or ':doc'}"
        )
        return f"\\hyperref[{label}]{{{text}}}"
