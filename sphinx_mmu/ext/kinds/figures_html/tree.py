"""Terms and their papers, as a drawing where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sphinx_mmu.ext.kinds.figures_html._frame import Frame, Look, colour
from sphinx_mmu.figures.context import papers_text
from sphinx_mmu.figures.svg import (
    WIDE,
    clipped,
    disc,
    leading,
    link,
    num,
    path,
    rect,
    text,
    width,
    wrap,
)
from sphinx_mmu.figures.tree import Branch, Tree, cut, sign
from sphinx_mmu.filters.conditions import condition
from sphinx_mmu.messages import _

_TOP, _BRANCH, _ROOM, _CHIPS = 148, 172, 148, 342
"""Where the columns lie: the end of the top terms, the branches with their width, the papers."""
_LINE, _GAP = 26, 6


def tree_look(frame: Frame, figure: Tree) -> Look:
    """The drawing."""
    how = f"{_('A name leads to its page.')} {figure.placed()}"
    return Look("taxonomy", how.strip(), _Drawing(frame, figure).svg())


class _Chip(NamedTuple):
    """A name in a box, where it lies, and where it leads."""

    x: float
    line: int
    w: float
    label: str
    whole: str
    address: str
    css: str


class _Drawing:
    """Top terms at the left, their branches beside them, papers as chips that wrap."""

    def __init__(self, frame: Frame, figure: Tree) -> None:
        self.frame, self.figure = frame, figure
        self.y = 4.0

    def svg(self) -> str:
        """The wide form."""
        body = "".join(map(self._top, self.figure.branches))
        words = []
        for top in self.figure.branches:
            names = ", ".join(
                f"{b.mark.label} ({b.papers})" for b in top.branches
            )
            words.append(f"{top.mark.label}: {names or top.papers}")
        title = _("{facet}: terms and papers", facet=self.figure.label)
        return self.frame.drawing("w", self.y, title, "; ".join(words), body)

    def _top(self, top: Branch) -> str:
        start = self.y
        rows = [self._row(top, branch) for branch in top.branches or (top,)]
        left = 32 if top.mark.number else 6
        name = wrap(top.mark.label, _TOP - left - 2, 13, bold=True)
        deep = leading(13) * len(name)
        self.y = max(self.y, start + deep + 30)
        middle = (start + self.y) / 2
        y, high = middle - (deep + 15) / 2 + 13, deep + 30
        body = rect(0, middle - high / 2, _TOP - 2, high, "hit", 4)
        if top.mark.number:
            body += disc(13, y - 4, top.mark.number)
        body += text(left, y, name, 13, "name", bold=True)
        body += text(left, y + deep, papers_text(top.papers), 12, "soft")
        last = top is self.figure.branches[-1]
        line = "" if last else path(f"M0 {num(self.y + 4)}H{WIDE}", "hair")
        self.y += 8
        inner = "".join(self._twig(middle, end, x) for end, _body, x in rows)
        inner += link(self.frame.term(top.mark), body)
        inner += "".join(branch for _end, branch, _x in rows)
        return f'<g class="{colour(top.mark)}">{inner}</g>{line}'

    def _twig(self, y1: float, y2: float, x2: float) -> str:
        bend = f"C{_TOP + 14} {num(y1)} {num(x2 - 14)} {num(y2)}"
        return path(f"M{_TOP} {num(y1)}{bend} {num(x2)} {num(y2)}", "twig")

    def _row(self, top: Branch, branch: Branch) -> tuple[float, str, float]:
        """A branch with its chips: the height of its middle, what is drawn, where its twig ends."""
        named = branch is not top
        left = _CHIPS if named else _BRANCH + 8
        chips = list(self._chips(branch, left))
        name = f"{branch.mark.label}\u00a0({branch.papers})"
        label = wrap(name, _ROOM - 10) if named else []
        deep = chips[-1].line * _LINE + 22 if chips else 22
        high = max(deep, len(label) * leading(12) + 4) + 16
        middle = self.y + high / 2
        top_y = middle - deep / 2
        body = ""
        if named:
            body += self._label(branch, label, middle)
            body += path(
                f"M{_BRANCH + _ROOM + 2} {num(middle)}H{left - 8}", "twig"
            )
        body += path(f"M{left - 8} {num(top_y)}v{deep}", "twig")
        body += "".join(self._chip(chip, top_y) for chip in chips)
        self.y += high
        return middle, body, _BRANCH if named else left - 8

    def _label(self, branch: Branch, label: list[str], middle: float) -> str:
        y = middle + 4 - (len(label) - 1) * leading(12) / 2
        high = len(label) * leading(12) + 7
        box = rect(_BRANCH, y - 15, _ROOM, high, "hit", 3)
        name = text(_BRANCH + 6, y, label, 12, "name")
        return link(self.frame.term(branch.mark), box + name)

    def _chips(self, branch: Branch, left: float) -> Iterator[_Chip]:
        shown, more = cut(branch.leaves, self.figure.most)
        names = []
        for leaf in shown:
            name = leaf.label + sign(leaf.origin)
            names.append(
                (name, self.frame.entry(leaf.key), f"chip o{leaf.origin}")
            )
        if more:
            papers = self.frame.papers(condition(branch.mark.tag))
            names.append((_("{n} more", n=more), papers, "chip more"))
        x, line = left, 0
        for whole, address, css in names:
            label = clipped(whole, WIDE - left - 16)
            w = width(label) + 14
            if x + w > WIDE and x > left:
                x, line = left, line + 1
            yield _Chip(x, line, w, label, whole, address, css)
            x += w + _GAP

    def _chip(self, chip: _Chip, top: float) -> str:
        y = top + chip.line * _LINE
        body = rect(chip.x + 0.5, y + 0.5, chip.w - 1, 21, chip.css, 3)
        body += text(chip.x + chip.w / 2, y + 15, chip.label, 12, "", "middle")
        name = chip.whole if chip.label != chip.whole else ""
        return link(chip.address, body, name)
