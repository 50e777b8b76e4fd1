"""The terms of a facet as stations of a line: from left to right, or on a phone from top to
bottom.
"""

from __future__ import annotations

from sphinx_mmu.ext.kinds.figures_html._frame import Frame, Look, colour
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
    desc = "; ".join(map(_words, figure.stations))
    wide = (
        [_Wide(frame, figure).svg(desc)] if len(figure.stations) <= MOST else []
    )
    return [*wide, _Narrow(frame, figure).svg(desc)]


def pipeline_look(frame: Frame, figure: Pipeline) -> Look:
    """Both forms of the drawing."""
    drawings = "".join(pipeline_drawings(frame, figure))
    how = _("A name leads to its page.")
    css = (
        "pipeline" if len(figure.stations) <= MOST else "pipeline mmu-one-form"
    )
    return Look(css, how, drawings)


def _arrow(x: float, y: float, *, down: bool = False) -> str:
    head = "l-5 -8h10z" if down else "l-8 -5v10z"
    return path(f"M{num(x)} {num(y)}{head}", "ink")


def _words(station: Station) -> str:
    line = f": {station.line}" if station.line else ""
    return f"{station.mark.label}, {papers_text(station.papers)}{line}"


class _Wide:
    """Stations in columns, with states at the borders of columns and a bypass above the line."""

    def __init__(self, frame: Frame, figure: Pipeline) -> None:
        self.frame, self.figure = frame, figure
        self.column = WIDE / len(figure.stations)
        self.room = self.column - 24
        labels = [station.mark.label for station in figure.stations]
        self.names = [
            wrap(label, self.room, _NAME, bold=True) for label in labels
        ]
        self.states = {
            state: self._state_lines(state) for state in figure.states
        }
        deepest = max(map(len, self.states.values()), default=0)
        room = deepest * leading(_SMALL) + 8 if deepest else 4
        self.top = _RAIL + 26 + room
        self.most = max(station.papers for station in figure.stations) or 1

    def svg(self, desc: str) -> str:
        cards = [self._card(i, s) for i, s in enumerate(self.figure.stations)]
        height = max(bottom for _body, bottom in cards)
        body = path(f"M12 {_RAIL}H{WIDE - 20}", "rail")
        body += _arrow(WIDE - 10, _RAIL) + self._bypass()
        for state, lines in self.states.items():
            body += self._state(state, lines)
        for i, (card, _bottom) in enumerate(cards):
            body += self._station(i, card, height)
        return self.frame.drawing(
            "w", height + 2, self.figure.label, desc, body
        )

    def _state_lines(self, state: State) -> list[str]:
        outer = state.after in (0, len(self.figure.stations))
        room = self.column / 2 - 8 if outer else self.column - 20
        return wrap(state.label, room, _SMALL, bold=True)

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
        up = f"M{num(x1)} {_RAIL - 8}V32q0 -8 8 -8"
        down = f"H{num(x2 - 8)}q8 0 8 8V{_RAIL - 10}"
        line = path(up + down, "dash") + _arrow(x2, _RAIL - 3, down=True)
        return line + text((x1 + x2) / 2, 15, lines, _SMALL, "soft", "middle")

    def _card(self, i: int, station: Station) -> tuple[str, float]:
        """The contents of a card, and where it ends."""
        x, y = i * self.column + 12, self.top + 22
        body = text(x, y, self.names[i], _NAME, "name", bold=True)
        y += max(map(len, self.names)) * leading(_NAME) + 14
        digits = str(station.papers)
        unit = counted("paper", "papers", station.papers)
        body += text(x, y, digits, _LARGE, "tint", bold=True)
        after = x + width(digits, _LARGE, bold=True) + 5
        body += text(after, y, unit, _SMALL, "soft")
        share = station.papers / self.most
        body += rect(x, y + 9, self.room, 4, "track", 2)
        body += rect(x, y + 9, max(2, self.room * share), 4, "fill", 2)
        lines = wrap(station.line, self.room)
        if lines:
            body += text(x, y + 32, lines)
        return body, y + 26 + leading(_SMALL) * len(lines)

    def _station(self, i: int, card: str, height: float) -> str:
        left, middle = i * self.column + 4, (i + 0.5) * self.column
        box = rect(
            left, self.top, self.column - 8, height - self.top, "card", 4
        )
        stem = path(f"M{num(middle)} {_RAIL + 13}V{num(self.top)}", "stem")
        body = box + disc(middle, _RAIL, i + 1, 13) + card
        mark = self.figure.stations[i].mark
        term = link(self.frame.term(mark), body)
        return f'<g class="{colour(mark)}">{stem}{term}</g>'


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
        line = path(
            f"M{self.rail} {num(self.ends[0])}V{num(self.ends[-1])}", "rail"
        )
        line += self._bypass()
        body = line + self.body
        return self.frame.drawing(
            "n", self.y + 2, self.figure.label, desc, body
        )

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
        body = rect(
            self.left - 8, self.y, NARROW - self.left + 8, height, "card", 4
        )
        body += text(self.left, y, name, 14, "name", bold=True)
        body += text(NARROW - 8, y, count, 13, "tint", "end")
        if line:
            body += text(self.left, y + leading(14) * len(name), line, 13)
        body += disc(self.rail, middle, i + 1, 13)
        term = link(self.frame.term(station.mark), body)
        self.body += f'<g class="{colour(station.mark)}">{term}</g>'
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
        out = f"M{near} {num(start)}H8q-5 0 -5 5"
        back = f"V{num(end - 5)}q0 5 5 5H{near}"
        return path(out + back, "dash") + note
