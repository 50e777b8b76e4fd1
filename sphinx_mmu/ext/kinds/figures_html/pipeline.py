"""The terms of a facet as stations of a line: from left to right, or on a phone from top to
bottom.
"""

from __future__ import annotations

from sphinx_mmu.ext.kinds.figures_html._frame import Frame, colour
from sphinx_mmu.figures.context import TermRef, papers_text
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
    wide = [_Wide(frame, figure).svg()] if len(figure.stations) <= MOST else []
    return [*wide, _Narrow(frame, figure).svg()]


def pipeline_html(frame: Frame, figure: Pipeline) -> str:
    """Both forms of the drawing."""
    drawings = "".join(pipeline_drawings(frame, figure))
    how = _("A name leads to its chapter.")
    css = "pipeline" if len(figure.stations) <= MOST else "pipeline mmu-one-form"
    return frame.html(css, figure, how, drawings)


def _arrow(x: float, y: float, *, down: bool = False) -> str:
    return path(f"M{num(x)} {num(y)}" + ("l-5 -8h10z" if down else "l-8 -5v10z"), "ink")


class _Form:
    """What both forms share."""

    form = ""

    def __init__(self, frame: Frame, figure: Pipeline) -> None:
        self.frame, self.figure = frame, figure

    def finished(self, height: float, body: str) -> str:
        """The drawing around what was drawn."""
        words = []
        for station in self.figure.stations:
            line = f": {station.line}" if station.line else ""
            count = papers_text(station.papers)
            words.append(f"{station.mark.label}, {count}{line}")
        title, desc = self.figure.label, "; ".join(words)
        return self.frame.drawing(self.form, height, title, desc, body)

    def station(self, mark: TermRef, body: str, *, before: str = "") -> str:
        """A station in its colour, which leads to its chapter."""
        term = link(self.frame.term(mark), body)
        return f'<g class="{colour(mark)}">{before}{term}</g>'


class _Wide(_Form):
    """Stations in columns, with states at the borders of columns and a bypass above the line."""

    form = "w"

    def __init__(self, frame: Frame, figure: Pipeline) -> None:
        super().__init__(frame, figure)
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

    def svg(self) -> str:
        cards = [self._card(i, s) for i, s in enumerate(self.figure.stations)]
        height = max(bottom for _body, bottom in cards)
        body = path(f"M12 {_RAIL}H{WIDE - 20}", "rail")
        body += _arrow(WIDE - 10, _RAIL) + self._bypass()
        for state, lines in self.states:
            body += self._state(state, lines)
        for i, (card, _bottom) in enumerate(cards):
            body += self._station(i, card, height)
        return self.finished(height + 2, body)

    def _state_room(self, state: State) -> float:
        outer = state.after in (0, len(self.figure.stations))
        return self.column / 2 - 8 if outer else self.column - 20

    def _state(self, state: State, lines: list[str]) -> str:
        x = max(state.after * self.column, 8)
        anchor, at = "middle", x
        if state.after == 0:
            anchor, at = "", 0
        elif state.after == len(self.figure.stations):
            x, anchor, at = WIDE - 30, "end", WIDE
        label = text(at, _RAIL + 28, lines, _SMALL, "", anchor, bold=True)
        return circle(x, _RAIL, 7, "plate") + label

    def _bypass(self) -> str:
        way = self.figure.bypass
        if way is None:
            return ""
        x1 = max(way.first * self.column, 8)
        x2 = min((way.last + 0.25) * self.column, WIDE - 44)
        lines = wrap(way.label, (x2 - x1) - 24)[:1]
        d = f"M{num(x1)} {_RAIL - 8}V32q0 -8 8 -8H{num(x2 - 8)}q8 0 8 8V{_RAIL - 10}"
        line = path(d, "dash") + _arrow(x2, _RAIL - 3, down=True)
        return line + text((x1 + x2) / 2, 15, lines, _SMALL, "soft", "middle")

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
        body += rect(x, y + 9, self.room, 4, "track", 2)
        body += rect(x, y + 9, max(2, self.room * share), 4, "fill", 2)
        if self.lines[i]:
            body += text(x, y + 32, self.lines[i])
        return body, y + 26 + leading(_SMALL) * len(self.lines[i])

    def _station(self, i: int, card: str, height: float) -> str:
        left, middle = i * self.column + 4, (i + 0.5) * self.column
        box = rect(left, self.top, self.column - 8, height - self.top, "card", 4)
        stem = path(f"M{num(middle)} {_RAIL + 13}V{num(self.top)}", "stem")
        body = box + disc(middle, _RAIL, i + 1, 13) + card
        return self.station(self.figure.stations[i].mark, body, before=stem)


class _Narrow(_Form):
    """The same line from top to bottom."""

    form, rail, left = "n", 24, 52

    def __init__(self, frame: Frame, figure: Pipeline) -> None:
        super().__init__(frame, figure)
        self.y, self.body = 0.0, ""
        self.ends: list[float] = []
        self.borders: dict[int, float] = {}

    def svg(self) -> str:
        for i, station in enumerate(self.figure.stations):
            self._states(i)
            self._station(i, station)
        self._states(len(self.figure.stations))
        line = path(f"M{self.rail} {num(self.ends[0])}V{num(self.ends[-1])}", "rail")
        line += self._bypass()
        return self.finished(self.y + 2, line + self.body)

    def _states(self, after: int) -> None:
        self.borders[after] = self.y
        for state in (s for s in self.figure.states if s.after == after):
            lines = wrap(state.label, NARROW - self.left - 8, 14, bold=True)
            height = leading(14) * len(lines) + 14
            middle = self.y + height / 2
            self.body += circle(self.rail, middle, 8, "plate")
            self.body += text(self.left, self.y + 22, lines, 14, bold=True)
            self.ends.append(middle)
            self.borders[after] = middle
            self.y += height

    def _station(self, i: int, station: Station) -> None:
        count = papers_text(station.papers)
        room = NARROW - self.left - width(count, 13) - 24
        name = wrap(station.mark.label, room, 14, bold=True)
        line = wrap(station.line, NARROW - self.left - 16, 13)
        height = leading(14) * len(name) + leading(13) * len(line) + 14
        middle, y = self.y + height / 2, self.y + 20
        body = rect(self.left - 8, self.y, NARROW - self.left + 8, height, "card", 4)
        body += text(self.left, y, name, 14, "name", bold=True)
        body += text(NARROW - 8, y, count, 13, "tint", "end")
        if line:
            body += text(self.left, y + leading(14) * len(name), line, 13)
        body += disc(self.rail, middle, i + 1, 13)
        self.body += self.station(station.mark, body)
        self.ends.append(middle)
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
        near = self.rail - 8
        d = f"M{near} {num(start)}H8q-5 0 -5 5V{num(end - 5)}q0 5 5 5H{near}"
        return path(d, "dash") + note
