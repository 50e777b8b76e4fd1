"""Papers over time: vertical bars, or on a phone horizontal ones."""

from __future__ import annotations

from math import ceil, log10

from sphinx_mmu.ext.kinds.figures_html._frame import Frame
from sphinx_mmu.figures.calendar import OTHERS, SEVERAL
from sphinx_mmu.figures.context import papers_text
from sphinx_mmu.figures.svg import NARROW, WIDE, link, num, path, rect, svg, text, width
from sphinx_mmu.figures.timeline import Bar, Span, Timeline
from sphinx_mmu.messages import _

_FILLS = ("bar", "hatch", "cross")
"""How the parts of a bar differ: full, hatched, crossed."""
_NAME = 14
_HATCHED = frozenset({"hatch", "cross"})


def timeline_drawings(frame: Frame, figure: Timeline) -> list[str]:
    """The forms of the drawing, the wide one first."""
    return [_Columns(frame, figure).svg(), _Rows(frame, figure).svg()]


def timeline_html(frame: Frame, figure: Timeline) -> str:
    """Both forms of the drawing."""
    drawings = "".join(timeline_drawings(frame, figure))
    how = " ".join(
        filter(
            None,
            (
                _("By the first public version. A bar leads to its papers."),
                figure.note(),
            ),
        )
    )
    return frame.html(
        "timeline", figure.finding(), how, drawings, frame.data(figure.sheet())
    )


def step(top: float, ticks: int = 4) -> int:
    """A round distance between lines of a grid: 1, 2 or 5 times a power of ten."""
    raw = max(1.0, top / ticks)
    power = int(10 ** int(log10(raw)))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= raw)


class _Drawing:
    """What both forms share. Parts of a bar differ by pattern; ids of patterns are the drawing's
    own.
    """

    form = ""

    def __init__(self, frame: Frame, figure: Timeline) -> None:
        self.frame, self.figure = frame, figure
        self.fid = f"{frame.fid}-{self.form}"
        self.top = max(bar.total for bar in figure.bars) or 1
        quiet = {_(SEVERAL): "pale", _(OTHERS): "open"}
        self.fills = [
            quiet.get(name) or _FILLS[i] for i, name in enumerate(figure.series)
        ]

    def finished(self, w: float, h: float, body: str) -> str:
        """The drawing around what was drawn."""
        title = _(
            "Papers over time, {first} to {last}",
            first=self.figure.spans[0].name,
            last=self.figure.spans[-1].name,
        )
        desc = "; ".join(
            f"{span.name}: {papers_text(span.total)}" for span in self.figure.spans
        )
        return svg(
            self.fid,
            w,
            h,
            title,
            desc,
            self._patterns() + body,
            f"mmu-form-{self.form}",
        )

    def _patterns(self) -> str:
        used = _HATCHED.intersection(self.fills)
        return "".join(self._pattern(name) for name in sorted(used))

    def _pattern(self, name: str) -> str:
        lines = rect(0, 0, 2, 6, "bar") + (
            rect(0, 0, 6, 2, "bar") if name == "cross" else ""
        )
        return (
            f'<pattern id="{self.fid}-{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)">{rect(0, 0, 6, 6, "pale")}{lines}</pattern>'
        )

    def part(self, i: int, x: float, y: float, w: float, h: float) -> str:
        """The box of one part of a bar."""
        name = self.fills[i]
        fill = f' fill="url(#{self.fid}-{name})"' if name in _HATCHED else ""
        css = "hatch" if name in _HATCHED else name
        return (
            f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"{fill}'
            f' class="{css}"/>'
        )

    def key(self, x0: float, room: float, size: float) -> tuple[str, float]:
        """What the parts of a bar are, and where that ends; nothing where a bar has no parts."""
        x, y, body = x0, 14.0, ""
        if len(self.figure.series) == 1:
            return "", 0
        for i, (name, total) in enumerate(
            zip(self.figure.series, self.figure.sums(), strict=True)
        ):
            label = f"{name}, {total}"
            if x > x0 and x + 20 + width(label, size) > room:
                x, y = x0, y + 22
            body += self.part(i, x, y - 11, 14, 13) + text(x + 20, y, label, size)
            x += 36 + width(label, size)
        return body, y

    def inside(self, i: int) -> str:
        """The class of a number within a part."""
        return "on" if self.fills[i] == "bar" else "halo"

    def name(self, bar: Bar) -> str:
        """A bar in words."""
        parts = (
            f"{n} {s}" for n, s in zip(bar.counts, self.figure.series, strict=True) if n
        )
        more = f" ({', '.join(parts)})" if len(self.figure.series) > 1 else ""
        return f"{bar.period.name}: {papers_text(bar.total)}{more}"

    def address(self, low: str, high: str) -> str:
        """The papers of a stretch of time; the first of a year has those without a month."""
        since = low.removesuffix("-01")
        return self.frame.papers(
            f"year:{low}" if low == high else f"date:[{since} TO {high}]"
        )


class _Columns(_Drawing):
    """Vertical bars."""

    form, plot = "w", 200

    def svg(self) -> str:
        """The wide form."""
        distance = step(self.top)
        self.ticks = range(0, ceil(self.top / distance) * distance + 1, distance)
        self.left = width(str(self.ticks[-1])) + 14
        key, end = self.key(self.left, WIDE, 12)
        self.base = end + 34 + self.plot
        self.unit = self.plot / self.ticks[-1]
        self.slot = (WIDE - self.left) / len(self.figure.bars)
        self.roomy = width(str(self.top), bold=True) <= self.slot
        body, x = key + "".join(map(self._tick, self.ticks)), self.left
        room = self.slot * max(len(s.bars) for s in self.figure.spans)
        name = max(width(s.name, _NAME, bold=True) for s in self.figure.spans)
        every = ceil(
            (name + 4 + max(0, name - room) / 2) / room
        )  # the outer names are moved in by half of that
        for i, span in enumerate(self.figure.spans):
            body += self._span(x, span, named=i % every == 0)
            x += self.slot * len(span.bars)
        return self.finished(WIDE, self.base + (66 if self._within() else 46), body)

    def _within(self) -> bool:
        """Whether periods have names of their own within a year."""
        return any(bar.period.short for bar in self.figure.bars)

    def _tick(self, value: int) -> str:
        y = self.base - value * self.unit
        return path(f"M{num(self.left)} {num(y)}H{WIDE}", "hair") + text(
            self.left - 6, y + 4, str(value), 12, "soft", "end"
        )

    def _span(self, x: float, span: Span, *, named: bool) -> str:
        body = "".join(
            self._bar(x + i * self.slot, bar) for i, bar in enumerate(span.bars)
        )
        room, middle = self.slot * len(span.bars), x + self.slot * len(span.bars) / 2
        y = self.base + (22 if self._within() else 4)
        body += (
            path(f"M{num(x + 3)} {num(y)}H{num(x + room - 3)}", "axis")
            if self._within()
            else ""
        )
        counts = (papers_text(span.total), str(span.total))
        count = (
            next((c for c in counts if width(c) <= room - 4), "")
            if self._within()
            else ""
        )
        if not named:
            return body
        half = width(span.name, _NAME, bold=True) / 2
        middle = min(max(middle, half), WIDE - half)
        label = text(middle, y + 18, span.name, _NAME, "name", "middle", bold=True)
        label += text(middle, y + 35, count, 12, "soft", "middle") if count else ""
        box = max(room - 8, 2 * half)
        hit = rect(middle - box / 2, y + 3, box, 38 if count else 22, "hit", 3)
        return body + link(
            self.address(span.low, span.high) if span.total else "", hit + label
        )

    def _bar(self, x: float, bar: Bar) -> str:
        w = min(34, self.slot * 0.8)
        at, body = self.base, ""
        for i, value in enumerate(bar.counts):
            if value:
                h = value * self.unit
                body += self.part(
                    i, x + (self.slot - w) / 2, at - h + 1, w, max(1.0, h - 1)
                )
                body += self._number(i, x + self.slot / 2, at - h / 2, value, w, h)
                at -= h
        if bar.total:
            body = rect(x, at - 20, self.slot, self.base - at + 20, "hit", 3) + body
            body += (
                text(
                    x + self.slot / 2,
                    at - 5,
                    str(bar.total),
                    12,
                    "",
                    "middle",
                    bold=True,
                )
                if self.roomy
                else ""
            )
        if bar.period.short and width(bar.period.short) <= self.slot:
            body += text(
                x + self.slot / 2,
                self.base + 15,
                bar.period.short,
                12,
                "soft",
                "middle",
            )
        return (
            link(self.address(bar.period.low, bar.period.high), body, self.name(bar))
            if bar.total
            else body
        )

    def _number(
        self, i: int, x: float, y: float, value: int, w: float, h: float
    ) -> str:
        fits = (
            len(self.figure.series) > 1
            and h >= 17  # noqa: PLR2004
            and w >= width(str(value), bold=True) + 6
        )
        return (
            text(x, y + 5, str(value), 12, self.inside(i), "middle", bold=True)
            if fits
            else ""
        )


class _Rows(_Drawing):
    """Bars that lie; time runs down."""

    form, row = "n", 26

    def svg(self) -> str:
        """The narrow form."""
        self.within = any(bar.period.short for bar in self.figure.bars)
        names = [bar.period.short or bar.period.name for bar in self.figure.bars]
        self.left = max(width(name, 13) for name in names) + 10
        self.unit = (
            NARROW - self.left - width(str(self.top), 13, bold=True) - 8
        ) / self.top
        body, self.y = self.key(0, NARROW, 13)
        self.y += 8
        for span in self.figure.spans:
            body += self._head(span) if self.within else ""
            body += "".join(map(self._bar, span.bars))
        return self.finished(NARROW, self.y + 4, body)

    def _head(self, span: Span) -> str:
        y, count = self.y, papers_text(span.total)
        body = rect(0, y + 8, NARROW, 28, "hit", 3) + text(
            0, y + 28, span.name, 14, "name", bold=True
        )
        body += text(NARROW, y + 28, count, 13, "soft", "end")
        self.y += 42
        line = path(f"M0 {num(y + 37)}H{NARROW}", "axis")
        return (
            link(self.address(span.low, span.high) if span.total else "", body) + line
        )

    def _bar(self, bar: Bar) -> str:
        y, at, body = self.y, self.left, ""
        for i, value in enumerate(bar.counts):
            if value:
                w = value * self.unit
                body += self.part(i, at, y + 3, max(1.0, w - 1), 20)
                if (
                    len(self.figure.series) > 1
                    and w >= width(str(value), bold=True) + 10
                ):
                    body += text(
                        at + w / 2,
                        y + 17,
                        str(value),
                        12,
                        self.inside(i),
                        "middle",
                        bold=True,
                    )
                at += w
        body += text(0, y + 17, bar.period.short or bar.period.name, 13, "soft")
        total = str(bar.total) if bar.total else _("none")
        body += text(
            at + 5, y + 17, total, 13, "" if bar.total else "soft", bold=bool(bar.total)
        )
        self.y += self.row
        if not bar.total:
            return body
        hit = rect(0, y, NARROW, self.row, "hit", 3)
        return link(
            self.address(bar.period.low, bar.period.high), hit + body, self.name(bar)
        )
