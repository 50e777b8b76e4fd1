"""The terms of a facet as stations of a line: from left to right, or on a phone from top to
bottom.
"""

from __future__ import annotations

from sphinx_mmu.ext.kinds.figures_html._frame import Frame, colour
from sphinx_mmu.figures.context import papers_text
from sphinx_mmu.figures.pipeline import Pipeline, State, Station
from sphinx_mmu.figures.svg import (
    NARROW,
    WIDE,
    circle,
    disc,
    leading,
    link,
    num,
    path,
    rect,
    svg,
    text,
    width,
    wrap,
)
from sphinx_mmu.messages import _, counted

MOST = 6
"""The most stations that are drawn side by side; more are drawn one below the other."""
_NAME, _SMALL, _LARGE = 13, 12, 22
_RAIL = 64
"""Where the line lies in the wide form."""


def pipeline_drawings(frame: Frame, figure: Pipeline) -> list[str]:
    """The forms of the drawing, the wide one first, if there are not too many stations for it."""
    desc = "; ".join(
        f"{s.mark.label}, {papers_text(s.papers)}{f': {s.line}' if s.line else ''}"
        for s in figure.stations
    )
    wide = [_Wide(frame, figure).svg(desc)] if len(figure.stations) <= MOST else []
    return [*wide, _Narrow(frame, figure).svg(desc)]


def pipeline_html(frame: Frame, figure: Pipeline) -> str:
    """Both forms of the drawing."""
    drawings = "".join(pipeline_drawings(frame, figure))
    how = _("A name leads to its chapter.")
    css = "pipeline" if len(figure.stations) <= MOST else "pipeline mmu-one-form"
    return frame.html(css, figure.finding(), how, drawings, frame.data(figure.sheet()))


def _arrow(x: float, y: float, *, down: bool = False) -> str:
    return path(f"M{num(x)} {num(y)}" + ("l-5 -8h10z" if down else "l-8 -5v10z"), "ink")


class _Wide:
    """Stations in columns, with states at the borders of columns and a bypass above the line."""

    def __init__(self, frame: Frame, figure: Pipeline) -> None:
        self.frame, self.figure = frame, figure
        self.column = WIDE / len(figure.stations)
        self.room = self.column - 24
        self.names = [
            wrap(s.mark.label, self.room, _NAME, bold=True) for s in figure.stations
        ]
        self.lines = [wrap(s.line, self.room) for s in figure.stations]
        self.states = [
            (s, wrap(s.label, self._state_room(s), _SMALL, bold=True))
            for s in figure.states
        ]
        deepest = max((len(lines) for _state, lines in self.states), default=0)
        self.top = _RAIL + 26 + (deepest * leading(_SMALL) + 8 if deepest else 4)

    def svg(self, desc: str) -> str:
        cards = [self._card(i, s) for i, s in enumerate(self.figure.stations)]
        height = max(bottom for _body, bottom in cards)
        body = (
            path(f"M12 {_RAIL}H{WIDE - 20}", "rail")
            + _arrow(WIDE - 10, _RAIL)
            + self._bypass()
        )
        body += "".join(self._state(s, lines) for s, lines in self.states)
        body += "".join(
            self._station(i, card, height) for i, (card, _bottom) in enumerate(cards)
        )
        return svg(
            f"{self.frame.fid}-w",
            WIDE,
            height + 2,
            self.figure.label,
            desc,
            body,
            "mmu-form-w",
        )

    def _state_room(self, state: State) -> float:
        outer = state.after in (0, len(self.figure.stations))
        return self.column / 2 - 8 if outer else self.column - 20

    def _state(self, state: State, lines: list[str]) -> str:
        last = state.after == len(self.figure.stations)
        x = min(max(state.after * self.column, 8), WIDE - 30 if last else WIDE)
        anchor, at = (
            ("", 0.0)
            if state.after == 0
            else ("end", float(WIDE))
            if last
            else ("middle", x)
        )
        return circle(x, _RAIL, 7, "plate") + text(
            at, _RAIL + 28, lines, _SMALL, "", anchor, bold=True
        )

    def _bypass(self) -> str:
        way = self.figure.bypass
        if way is None:
            return ""
        x1 = max(way.first * self.column, 8)
        x2 = min((way.last + 0.25) * self.column, WIDE - 44)
        lines = wrap(way.label, (x2 - x1) - 24)[:1]
        line = path(
            f"M{num(x1)} {_RAIL - 8}V32q0 -8 8 -8H{num(x2 - 8)}q8 0 8 8V{_RAIL - 10}",
            "dash",
        )
        return (
            line
            + _arrow(x2, _RAIL - 3, down=True)
            + text((x1 + x2) / 2, 15, lines, _SMALL, "soft", "middle")
        )

    def _card(self, i: int, station: Station) -> tuple[str, float]:
        """The contents of a card, and where it ends."""
        x, deepest = i * self.column + 12, max(map(len, self.names))
        y = self.top + 22
        body = text(x, y, self.names[i], _NAME, "name", bold=True)
        y += deepest * leading(_NAME) + 14
        digits = str(station.papers)
        unit = counted("paper", "papers", station.papers)
        body += text(x, y, digits, _LARGE, "tint", bold=True)
        body += text(x + width(digits, _LARGE, bold=True) + 5, y, unit, _SMALL, "soft")
        share = station.papers / (max(s.papers for s in self.figure.stations) or 1)
        body += rect(x, y + 9, self.room, 4, "track", 2) + rect(
            x, y + 9, max(2, self.room * share), 4, "fill", 2
        )
        if self.lines[i]:
            body += text(x, y + 32, self.lines[i])
        return body, y + 26 + leading(_SMALL) * len(self.lines[i])

    def _station(self, i: int, card: str, height: float) -> str:
        mark, middle = self.figure.stations[i].mark, (i + 0.5) * self.column
        box = rect(
            i * self.column + 4, self.top, self.column - 8, height - self.top, "card", 4
        )
        body = path(f"M{num(middle)} {_RAIL + 13}V{num(self.top)}", "stem") + link(
            self.frame.term(mark), box + disc(middle, _RAIL, i + 1, 13) + card
        )
        return f'<g class="{colour(mark)}">{body}</g>'


class _Narrow:
    """The same line from top to bottom."""

    rail, left = 24, 52

    def __init__(self, frame: Frame, figure: Pipeline) -> None:
        self.frame, self.figure = frame, figure
        self.y, self.body = 0.0, ""
        self.ends: list[float] = []
        self.borders: dict[int, float] = {}

    def svg(self, desc: str) -> str:
        for i, station in enumerate(self.figure.stations):
            self._states(i)
            self._station(i, station)
        self._states(len(self.figure.stations))
        line = path(f"M{self.rail} {num(self.ends[0])}V{num(self.ends[-1])}", "rail")
        line += self._bypass()
        return svg(
            f"{self.frame.fid}-n",
            NARROW,
            self.y + 2,
            self.figure.label,
            desc,
            line + self.body,
            "mmu-form-n",
        )

    def _states(self, after: int) -> None:
        self.borders[after] = self.y
        for state in (s for s in self.figure.states if s.after == after):
            lines = wrap(state.label, NARROW - self.left - 8, 14, bold=True)
            height = leading(14) * len(lines) + 14
            self.body += circle(self.rail, self.y + height / 2, 8, "plate")
            self.body += text(self.left, self.y + 22, lines, 14, bold=True)
            self.ends.append(self.y + height / 2)
            self.borders[after] = self.y + height / 2
            self.y += height

    def _station(self, i: int, station: Station) -> None:
        count = papers_text(station.papers)
        name = wrap(
            station.mark.label,
            NARROW - self.left - width(count, 13) - 24,
            14,
            bold=True,
        )
        line = wrap(station.line, NARROW - self.left - 16, 13)
        height = leading(14) * len(name) + leading(13) * len(line) + 14
        body = rect(self.left - 8, self.y, NARROW - self.left + 8, height, "card", 4)
        body += text(self.left, self.y + 20, name, 14, "name", bold=True)
        body += text(NARROW - 8, self.y + 20, count, 13, "tint", "end")
        body += (
            text(self.left, self.y + 20 + leading(14) * len(name), line, 13)
            if line
            else ""
        )
        body += disc(self.rail, self.y + height / 2, i + 1, 13)
        term = link(self.frame.term(station.mark), body)
        self.body += f'<g class="{colour(station.mark)}">{term}</g>'
        self.ends.append(self.y + height / 2)
        self.y += height + 8

    def _bypass(self) -> str:
        """A dashed line at the very left, and what it means below all."""
        way = self.figure.bypass
        if way is None:
            return ""
        start, end = self.borders[way.first], self.borders[way.last] + 14
        lines = wrap(_("Dashed: {text}", text=way.label), NARROW - 8)
        note = text(0, self.y + 18, lines, _SMALL, "soft")
        self.y += 10 + leading(_SMALL) * len(lines)
        return (
            path(
                f"M{self.rail - 8} {num(start)}H8q-5 0 -5 5V{num(end - 5)}q0 5 5 5H{self.rail - 8}",
                "dash",
            )
            + note
        )
