"""Papers over time: vertical bars, or on a phone horizontal ones."""

from __future__ import annotations

from math import ceil

from sphinx_mmu.ext.kinds.figures_html._frame import Frame, Look, round_step
from sphinx_mmu.figures.calendar import OTHERS, SEVERAL
from sphinx_mmu.figures.context import papers_text
from sphinx_mmu.figures.svg import (
    NARROW,
    WIDE,
    link,
    num,
    path,
    rect,
    text,
    width,
)
from sphinx_mmu.figures.timeline import Bar, BarGroup, Timeline
from sphinx_mmu.messages import _

_FILLS = ("bar", "hatch", "cross")
"""How the parts of a bar differ: full, hatched, crossed."""
_NAME = 14
_HATCHED = frozenset({"hatch", "cross"})


def timeline_drawings(frame: Frame, figure: Timeline) -> list[str]:
    """The forms of the drawing, the wide one first."""
    return [_Columns(frame, figure).svg(), _Rows(frame, figure).svg()]


def timeline_look(frame: Frame, figure: Timeline) -> Look:
    """Both forms of the drawing."""
    drawings = "".join(timeline_drawings(frame, figure))
    how = _("By the first public version. A bar leads to its papers.")
    return Look("timeline", f"{how} {figure.note()}".strip(), drawings)


def step(top: float, ticks: int = 4) -> int:
    """A round distance between lines of a grid."""
    return int(round_step(max(1.0, top / ticks)))


class _Drawing:
    """What both forms share. Parts of a bar differ by pattern; ids of patterns are the drawing's
    own.
    """

    form = ""

    def __init__(self, frame: Frame, figure: Timeline) -> None:
        self.frame, self.figure = frame, figure
        self.figure_id = f"{frame.figure_id}-{self.form}"
        self.parted = len(figure.series) > 1
        self.within = any(bar.period.short for bar in figure.bars)
        self.top = max(bar.total for bar in figure.bars) or 1
        quiet = {_(SEVERAL): "pale", _(OTHERS): "open"}
        self.fills = [
            quiet.get(name) or _FILLS[i] for i, name in enumerate(figure.series)
        ]

    def finished(self, height: float, body: str) -> str:
        """The drawing around what was drawn."""
        spans = self.figure.spans
        first, last = spans[0].name, spans[-1].name
        title = _("Papers over time, {first} to {last}", first=first, last=last)
        desc = "; ".join(
            f"{span.name}: {papers_text(span.total)}" for span in spans
        )
        patterns = map(self._pattern, sorted(_HATCHED.intersection(self.fills)))
        body = "".join(patterns) + body
        return self.frame.drawing(self.form, height, title, desc, body)

    def _pattern(self, name: str) -> str:
        lines = rect(0, 0, 6, 6, "pale") + rect(0, 0, 2, 6, "bar")
        lines += rect(0, 0, 6, 2, "bar") if name == "cross" else ""
        return (
            f'<pattern id="{self.figure_id}-{name}" width="6" height="6" '
            f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">{lines}</pattern>'
        )

    def part(self, i: int, x: float, y: float, w: float, h: float) -> str:
        """The box of one part of a bar."""
        name = self.fills[i]
        fill = (
            f' fill="url(#{self.figure_id}-{name})"' if name in _HATCHED else ""
        )
        css = "hatch" if name in _HATCHED else name
        return (
            f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"{fill}'
            f' class="{css}"/>'
        )

    def key(self, x0: float, room: float, size: float) -> tuple[str, float]:
        """What the parts of a bar are, and where that ends; nothing where a bar has no parts."""
        x, y, body = x0, 14.0, ""
        if not self.parted:
            return "", 0
        parts = zip(self.figure.series, self.figure.sums(), strict=True)
        for i, (name, total) in enumerate(parts):
            label = f"{name}, {total}"
            if x > x0 and x + 20 + width(label, size) > room:
                x, y = x0, y + 22
            body += self.part(i, x, y - 11, 14, 13) + text(
                x + 20, y, label, size
            )
            x += 36 + width(label, size)
        return body, y

    def number(self, i: int, x: float, y: float, value: int) -> str:
        """A number within a part."""
        css = "on" if self.fills[i] == "bar" else "halo"
        return text(x, y, str(value), 12, css, "middle", bold=True)

    def of_bar(self, bar: Bar, body: str) -> str:
        """What is drawn of a bar, as a link with a name in words to its papers."""
        if not bar.total:
            return body
        named = zip(bar.counts, self.figure.series, strict=True)
        parts = ", ".join(f"{n} {name}" for n, name in named if n)
        more = f" ({parts})" if self.parted else ""
        name = f"{bar.period.name}: {papers_text(bar.total)}{more}"
        return link(self._address(bar.period.low, bar.period.high), body, name)

    def of_span(self, span: BarGroup, body: str) -> str:
        """What is drawn of a year, as a link to its papers."""
        address = self._address(span.low, span.high) if span.total else ""
        return link(address, body)

    def _address(self, low: str, high: str) -> str:
        """The papers of a stretch of time; the first of a year has those without a month."""
        since = low.removesuffix("-01")
        condition = (
            f"year:{low}" if low == high else f"date:[{since} TO {high}]"
        )
        return self.frame.papers(condition)


class _Columns(_Drawing):
    """Vertical bars."""

    form, plot = "w", 200

    def svg(self) -> str:
        """The wide form."""
        distance = step(self.top)
        highest = ceil(self.top / distance) * distance
        self.left = width(str(highest)) + 14
        body, end = self.key(self.left, WIDE, 12)
        self.base = end + 34 + self.plot
        self.unit = self.plot / highest
        self.slot = (WIDE - self.left) / len(self.figure.bars)
        self.roomy = width(str(self.top), bold=True) <= self.slot
        body += "".join(map(self._tick, range(0, highest + 1, distance)))
        every, x = self._named(), self.left
        for i, span in enumerate(self.figure.spans):
            body += self._span(x, span, named=i % every == 0)
            x += self.slot * len(span.bars)
        below = 66 if self.within else 46
        return self.finished(self.base + below, body)

    def _named(self) -> int:
        """Of how many spans one has room for its name."""
        spans = self.figure.spans
        room = self.slot * max(len(span.bars) for span in spans)
        name = max(width(span.name, _NAME, bold=True) for span in spans)
        # By half of that the outer names are moved.
        inwards = max(0, name - room) / 2
        return ceil((name + 4 + inwards) / room)

    def _tick(self, value: int) -> str:
        y = self.base - value * self.unit
        line = path(f"M{num(self.left)} {num(y)}H{WIDE}", "hair")
        return line + text(self.left - 6, y + 4, str(value), 12, "soft", "end")

    def _span(self, x: float, span: BarGroup, *, named: bool) -> str:
        room, count = self.slot * len(span.bars), ""
        body, y = "", self.base + 4
        for i, bar in enumerate(span.bars):
            body += self._bar(x + i * self.slot, bar)
        if self.within:
            y = self.base + 22
            body += path(f"M{num(x + 3)} {num(y)}H{num(x + room - 3)}", "axis")
            counts = (papers_text(span.total), str(span.total))
            count = next((c for c in counts if width(c) <= room - 4), "")
        if not named:
            return body
        half = width(span.name, _NAME, bold=True) / 2
        middle = min(max(x + room / 2, half), WIDE - half)
        label = text(
            middle, y + 18, span.name, _NAME, "name", "middle", bold=True
        )
        high = 22
        if count:
            label += text(middle, y + 35, count, 12, "soft", "middle")
            high = 38
        wide = max(room - 8, 2 * half)
        hit = rect(middle - wide / 2, y + 3, wide, high, "hit", 3)
        return body + self.of_span(span, hit + label)

    def _bar(self, x: float, bar: Bar) -> str:
        w, middle = min(34, self.slot * 0.8), x + self.slot / 2
        at, body = self.base, ""
        for i, value in enumerate(bar.counts):
            if value:
                h = value * self.unit
                body += self.part(
                    i, middle - w / 2, at - h + 1, w, max(1.0, h - 1)
                )
                high = h >= 17  # noqa: PLR2004 -- the height of a number
                if (
                    self.parted
                    and high
                    and w >= width(str(value), bold=True) + 6
                ):
                    body += self.number(i, middle, at - h / 2 + 5, value)
                at -= h
        if bar.total:
            hit = rect(x, at - 20, self.slot, self.base - at + 20, "hit", 3)
            body = hit + body
            if self.roomy:
                total = str(bar.total)
                body += text(middle, at - 5, total, 12, "", "middle", bold=True)
        short = bar.period.short
        if short and width(short) <= self.slot:
            body += text(middle, self.base + 15, short, 12, "soft", "middle")
        return self.of_bar(bar, body)


class _Rows(_Drawing):
    """Bars that lie; time runs down."""

    form, row = "n", 26

    def svg(self) -> str:
        """The narrow form."""
        names = [
            bar.period.short or bar.period.name for bar in self.figure.bars
        ]
        self.left = max(width(name, 13) for name in names) + 10
        digits = width(str(self.top), 13, bold=True)
        self.unit = (NARROW - self.left - digits - 8) / self.top
        body, self.y = self.key(0, NARROW, 13)
        self.y += 8
        for span in self.figure.spans:
            if self.within:
                body += self._head(span)
            body += "".join(map(self._bar, span.bars))
        return self.finished(self.y + 4, body)

    def _head(self, span: BarGroup) -> str:
        y, count = self.y, papers_text(span.total)
        body = rect(0, y + 8, NARROW, 28, "hit", 3)
        body += text(0, y + 28, span.name, 14, "name", bold=True)
        body += text(NARROW, y + 28, count, 13, "soft", "end")
        self.y += 42
        return self.of_span(span, body) + path(
            f"M0 {num(y + 37)}H{NARROW}", "axis"
        )

    def _bar(self, bar: Bar) -> str:
        y, at = self.y, self.left
        body, total, css = "", _("none"), "soft"
        if bar.total:
            body = rect(0, y, NARROW, self.row, "hit", 3)
            total, css = str(bar.total), ""
        for i, value in enumerate(bar.counts):
            if value:
                w = value * self.unit
                body += self.part(i, at, y + 3, max(1.0, w - 1), 20)
                if self.parted and w >= width(str(value), bold=True) + 10:
                    body += self.number(i, at + w / 2, y + 17, value)
                at += w
        body += text(0, y + 17, bar.period.short or bar.period.name, 13, "soft")
        body += text(at + 5, y + 17, total, 13, css, bold=bool(bar.total))
        self.y += self.row
        return self.of_bar(bar, body)
