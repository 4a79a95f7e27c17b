"""The picture of one rater: wellbeing above, the meeting below, one axis of meetings, events between.

Nothing overlaps: dates are thinned, the newest value stands right of its point, where no line goes on, the
cutoff's words make room for it, and events whose words have no room keep their mark alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from matplotlib.path import Path
from matplotlib.transforms import Bbox

from bot.charts import series, style
from bot.charts.draw import frame, glyphs
from bot.charts.draw.frame import GAP, LEFT, OVERHANG, RIGHT, ROW, Field
from bot.charts.draw.sheet import Ink, Sheet, scrap, width_of

TALL: Final = 340.0
"""Pixels from 0 to 40."""

MARGIN: Final = RIGHT + OVERHANG + 8
"""Where the names of lines begin; they end at the card's edge."""

LANES: Final = 3
"""Lines of events under the curve at most."""

NOWHERE: Final = -1
"""The line of an event for which not even its mark has room; the table has it."""

UNDER: Final = 37.0
"""How far under the zero line a gap is marked."""

LIFTED: Final = 26.0
"""How far above the zero line the middle of the newest value is at least, where the mark of a gap follows below it."""


@dataclass(frozen=True)
class Lane:
    """An event in its line: which one (0 is the uppermost), and its words from x on; none where there is no room."""

    sign: series.Sign
    at: float
    line: int
    words: str
    x: float


def drawn(trend: series.Trend) -> Sheet:
    """The whole picture on a sheet, before it becomes pixels."""
    palette, xs = style.PALETTES[trend.look], frame.places(len(trend.meetings))
    paper = scrap(palette)
    keys, placed = frame.entries(paper, trend.key), lanes(paper, trend.events, Field(xs, 0, TALL))
    below = ROW * max((lane.line + 1 for lane in placed), default=0) + (8 if placed else 0)
    low = frame.DATES + ROW * frame.lines_of(keys) + frame.BELOW
    lower = Field(xs, low, low + TALL)
    middle = lower.top + frame.ABOVE + frame.BETWEEN + below + frame.BELOW
    upper = Field(xs, middle, middle + TALL)
    sheet = Sheet(palette, upper.top + frame.ABOVE + frame.HEADING)
    frame.heading(sheet, trend.heading)
    curves = (
        Line(sheet, upper, trend.wellbeing, palette.wellbeing),
        Line(sheet, lower, trend.alliance, palette.alliance),
    )
    for line, room in zip(curves, (below, 0.0), strict=True):
        line.card(room)
    frame.dates(sheet, trend.meetings, (upper, lower), lower.bottom - 100)
    events(sheet, placed, upper)
    for line in curves:
        line.draw()
    frame.key(sheet, keys, 26 + ROW * frame.lines_of(keys) - ROW / 2)
    return sheet


@dataclass(frozen=True)
class Line:
    """A panel being drawn in its field."""

    sheet: Sheet
    field: Field
    panel: series.Panel
    curve: style.Curve
    steps: int = 4
    """Into so many parts the scale is divided."""

    @property
    def marker(self) -> style.Marker:
        return self.field.marker(self.curve)

    @property
    def newest(self) -> style.Marker:
        """The newest point: larger than the others, and never small."""
        size = max(self.curve.marker.size, self.marker.size * style.NEWEST)
        return glyphs.how(self.curve.marker.sized(size), self.panel.spots[-1].how)

    def card(self, events: float = 0.0) -> None:
        """The card with its title, and the scale."""
        field = self.field
        frame.card(self.sheet, field.bottom - frame.BELOW - events, field.top + frame.ABOVE)
        until = MARGIN if self.panel.change else 0.0
        title_at = field.top + 50
        frame.title(self.sheet, self.panel.title, title_at, self.curve.colour, aside=self.panel.change, until=until)
        frame.scale(self.sheet, field, self.steps)

    def draw(self) -> None:
        """What is behind the curve, the curve with its gaps and values, and the cutoff's name."""
        cutoff = self.panel.cutoff
        self._ribbon()
        if cutoff:
            y = self.field.y(cutoff.total)
            ends = [LEFT - OVERHANG, RIGHT + OVERHANG]
            self.sheet.line(ends, [y, y], self.sheet.palette.cutoff, level=2, name="cutoff")
        self._gaps()
        newest = self._curve() if self.panel.spots else None
        if not newest:
            frame.empty(self.sheet, self.panel.empty, self.field)
        if cutoff:
            self._cutoff_name(cutoff, newest)

    def _ribbon(self) -> None:
        xs, upper, lower = self._edges()
        if xs:
            glyphs.ribbon(self.sheet, xs, upper, lower)

    def _edges(self) -> tuple[list[float], list[float], list[float]]:
        """Places and heights of the ribbon's two lines, which go on a little beyond the last one."""
        edges = self.panel.ribbon.edges if self.panel.ribbon else ()
        xs = [self.field.xs[edge.at] for edge in edges]
        upper = [self.field.y(max(0, min(edge.upper, self.field.full))) for edge in edges]
        lower = [self.field.y(max(0, min(edge.lower, self.field.full))) for edge in edges]
        if edges:
            xs, upper, lower = [*xs, xs[-1] + OVERHANG], [*upper, upper[-1]], [*lower, lower[-1]]
        return xs, upper, lower

    def _gaps(self) -> None:
        size = min(glyphs.SIZE, self.field.step * 0.6)
        for gap in self.panel.gaps:
            glyphs.gap(self.sheet, gap.why, self.field.xs[gap.at], self.field.bottom - UNDER, size)

    def _curve(self) -> Bbox:
        """The stretches, their points, the first value and the newest; returns the newest value's box."""
        for stretch in self.panel.stretches:
            xs, ys = zip(*(self.field.place(spot) for spot in stretch), strict=True)
            if not self.panel.ribbon:
                self.sheet.area(xs, ys, self.field.bottom, self.curve.tint)
            self.sheet.line(xs, ys, self.field.pen(self.curve), level=3, name="curve")
        for how, spots in groupby(sorted(self.panel.spots, key=lambda spot: spot.how), key=lambda spot: spot.how):
            xs, ys = zip(*(self.field.place(spot) for spot in spots), strict=True)
            self.sheet.points(xs, ys, glyphs.how(self.marker, how))
        if self.panel.spots[0] != self.panel.spots[-1]:
            self._first_value()
        return self._newest_value(self.panel.spots[-1])

    def _newest_value(self, newest: series.Spot) -> Bbox:
        x, y = self.field.place(newest)
        self.sheet.points([x], [y], self.newest, level=5)
        ink = Ink(self.curve.colour, style.VALUE, bold=True, behind=self.sheet.palette.card)
        right = x + self.newest.size / 2 + GAP
        if any(gap.at > newest.at for gap in self.panel.gaps):
            y = max(y, self.field.bottom + LIFTED)
        value = self.sheet.write(newest.label, right, y, ink, down="figures").get_window_extent()
        if not self.panel.when:
            return value
        small = Ink(self.sheet.palette.quiet, style.SMALLEST, behind=self.sheet.palette.card)
        side = -56 if y - 66 > self.field.bottom else 56
        words, small = self.sheet.fitted(self.panel.when, small, width=style.WIDTH - frame.INSIDE - right)
        when = self.sheet.write(words, right, y + side, small, down="figures").get_window_extent()
        return Bbox.union([value, when])

    def _first_value(self) -> None:
        """The first value above or below its point, where nothing else is; nowhere when neither is free."""
        first, ink = self.panel.spots[0], Ink(self.curve.colour, behind=self._behind_first())
        x, y = self.field.place(first)
        reach, width, height = self.marker.size / 2, width_of(first.label, ink), style.CAP * ink.size
        left = x - width / 2 if first.at else x - reach
        for low in (y + reach + GAP, y - reach - GAP - height):
            room = Bbox.from_extents(left - 4, low - 8, left + width + 4, low + height + 8)
            if self.field.bottom <= room.y0 and room.y1 <= self.field.top + 36 and not self._crossed(room):
                self.sheet.write(first.label, left, low, ink)
                return

    def _behind_first(self) -> str | None:
        """The corridor's ground, in which the first value stands; a trajectory is still narrow there."""
        ribbon, palette = self.panel.ribbon, self.sheet.palette
        if ribbon is None:
            return None
        return palette.ground if ribbon.ground is series.Ground.CORRIDOR else palette.card

    def _crossed(self, room: Bbox) -> bool:
        """Whether the curve, a point of it or the cutoff line runs through a box."""
        reach = self.marker.size / 2
        lines = [[self.field.place(spot) for spot in stretch] for stretch in self.panel.stretches]
        if self.panel.cutoff:
            y = self.field.y(self.panel.cutoff.total)
            lines.append([(LEFT, y), (RIGHT, y)])
        near = room.padded(reach * 1.25)
        if any(near.contains(*self.field.place(spot)) for spot in self.panel.spots[1:]):
            return True
        return any(Path(line).intersects_bbox(room.padded(reach / 2), filled=False) for line in lines)

    def _cutoff_name(self, cutoff: series.Cutoff, newest: Bbox | None) -> None:
        """The cutoff's words at the end of its line; above or below the newest value where that stands there."""
        ink, width = Ink(self.sheet.palette.quiet, style.SMALLEST), style.WIDTH - frame.INSIDE - MARGIN
        words, ink = self.sheet.fitted(cutoff.label, ink, width=width, lines=2)
        text = self.sheet.write(words, MARGIN, self.field.y(cutoff.total), ink, down="center")
        box = text.get_window_extent()
        if newest and box.padded(GAP).overlaps(newest):
            away = (newest.height + box.height) / 2 + GAP / 2
            above = cutoff.total > self.panel.spots[-1].total
            text.set_y((newest.y0 + newest.y1) / 2 + (away if above else -away))


# Events under the curve


def lanes(paper: Sheet, events: Sequence[series.Sign], field: Field) -> list[Lane]:
    """Each event in the first line where mark and words have room; the newest chooses first."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(LANES)]
    return [_lane(paper, sign, field, taken) for sign in reversed(events)]


def _lane(paper: Sheet, sign: series.Sign, field: Field, taken: list[list[tuple[float, float]]]) -> Lane:
    """Words right of the mark, or left of it where the card ends. Without room for them the mark stands alone."""
    ink, at = Ink(paper.palette.quiet, style.SMALLEST), field.x(sign.at)
    words, _ = paper.fitted(sign.word, ink, width=320)
    wide = width_of(words, ink)
    fits = at + 22 + wide <= style.WIDTH - frame.INSIDE + 12
    x = at + 22 if fits else at - 22 - wide
    for begin, end, said in ((min(at - 14, x - 4), max(at + 14, x + wide + 4), words), (at - 14, at + 14, "")):
        for line, others in enumerate(taken):
            if all(end + 12 <= a or b + 12 <= begin for a, b in others):
                others.append((begin, end))
                return Lane(sign, at, line, said, x)
    return Lane(sign, at, NOWHERE, "", x)


def events(sheet: Sheet, placed: Sequence[Lane], field: Field) -> None:
    """Each event's mark with its word, and a hair through the curve above it."""
    ink = Ink(sheet.palette.quiet, style.SMALLEST)
    for lane in placed:
        if lane.line == NOWHERE:
            continue
        y = field.bottom - frame.BELOW - ROW * (lane.line + 0.5) + 4
        sheet.line([lane.at] * 2, [field.bottom, field.top], style.Pen(sheet.palette.hair, 3, dashes=(2, 8)))
        glyphs.turn(sheet, lane.sign.turn, lane.at, y)
        sheet.write(lane.words, lane.x, y, ink, down="figures")
