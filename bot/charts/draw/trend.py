"""The picture of one rater: wellbeing above, the meeting below, one axis of meetings.

Every place is in pixels from the lower left corner. Nothing overlaps: dates are thinned, the newest
value stands right of its point, where no line goes on, and the cutoff's words make room for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.path import Path
from matplotlib.transforms import Bbox

from bot.charts import series, style
from bot.charts.draw.sheet import Ink, Sheet, width_of

EDGE: Final = 28.0
LEFT: Final = 136.0
RIGHT: Final = 812.0
"""Where the first and the last meeting are; beside them the scale, and the names of values and lines."""

OVERHANG: Final = 28.0
"""How far lines across a panel go on beyond the first and the last meeting."""

MARGIN: Final = RIGHT + OVERHANG + 8
"""Where the names of lines begin; they end at the card's edge."""

FEWEST: Final = 4
"""The axis has room for so many meetings at least: a first rating stands at the left, before what comes."""

CLOSE: Final = 50.0
"""Meetings stand close when they are no more pixels than this apart."""

GAP: Final = 16.0
"""Free pixels between a point and its value, and between neighbouring texts."""


@dataclass(frozen=True)
class Band:
    """A panel in its place: its look, where its meetings are, and the heights of the totals 0 and 40."""

    panel: series.Panel
    curve: style.Curve
    xs: Sequence[float]
    bottom: float
    top: float

    def y(self, total: int) -> float:
        return self.bottom + (self.top - self.bottom) * total / series.FULL

    def place(self, spot: series.Spot) -> tuple[float, float]:
        return self.xs[spot.at], self.y(spot.total)

    @property
    def step(self) -> float:
        """Pixels from one meeting to the next."""
        return self.xs[1] - self.xs[0] if len(self.xs) > 1 else RIGHT - LEFT

    @property
    def marker(self) -> style.Marker:
        """The curve's points: smaller where many meetings stand close."""
        most = self.curve.marker.size
        return self.curve.marker.sized(min(most, max(self.step, most / 3)))

    @property
    def newest(self) -> style.Marker:
        """The newest point: larger than the others, and never small."""
        return self.curve.marker.sized(max(self.curve.marker.size, self.marker.size * style.NEWEST))

    @property
    def pen(self) -> style.Pen:
        """The curve's line: thinner, and without dashes, where a dash has no room between two points."""
        pen = self.curve.pen
        return pen if self.step > CLOSE else style.Pen(pen.colour, pen.width * 0.75)


def drawn(trend: series.Trend) -> Sheet:
    """The whole picture on a sheet, before it becomes pixels."""
    sheet, xs = Sheet(), _places(len(trend.meetings))
    bands = (
        Band(trend.wellbeing, style.WELLBEING, xs, bottom=710, top=1050),
        Band(trend.alliance, style.ALLIANCE, xs, bottom=186, top=526),
    )
    _heading(sheet, trend.heading)
    for band in bands:
        _card(sheet, band)
    _dates(sheet, trend.meetings, bands)
    for band in bands:
        _curve(sheet, band)
    return sheet


def _places(meetings: int) -> list[float]:
    """Where each meeting stands, in pixels from the left: by order, not by calendar."""
    step = (RIGHT - LEFT) / (max(meetings, FEWEST) - 1)
    return [LEFT + at * step for at in range(meetings)]


def _heading(sheet: Sheet, heading: str) -> None:
    ink = Ink(style.HEADING, style.INK, bold=True)
    words, ink = sheet.fitted(heading, ink, width=style.WIDTH - 4 * EDGE, lines=2)
    sheet.write(words, 2 * EDGE, style.HEIGHT - 68, ink, down="center" if "\n" in words else "figures")


def _card(sheet: Sheet, band: Band) -> None:
    sheet.card(EDGE, band.bottom - 46, style.WIDTH - 2 * EDGE, band.top - band.bottom + 158)
    ink = Ink(style.TITLE, band.curve.colour, bold=True)
    words, ink = sheet.fitted(band.panel.title, ink, width=style.WIDTH - 4 * EDGE)
    sheet.write(words, 2 * EDGE, band.top + 50, ink)
    for points in range(0, 41, 10):
        y = band.y(points * 10)
        sheet.line([LEFT - OVERHANG, RIGHT + OVERHANG], [y, y], style.GRID)
        sheet.write(str(points), LEFT - OVERHANG - 12, y, Ink(), across="right", down="figures")


def _dates(sheet: Sheet, meetings: Sequence[series.Meeting], bands: Sequence[Band]) -> None:
    """Dates under the lower panel, as many as there is room for, and the year where it changes."""
    xs, line, year = bands[-1].xs, bands[-1].bottom - 94, ""
    widest = max((width_of(words, Ink()) for each in meetings for words in (each.label, each.year)), default=0.0)
    for at in _shown(xs, widest + GAP):
        sheet.write(meetings[at].label, xs[at], line, Ink(), across="center")
        if meetings[at].year != year:
            year = meetings[at].year
            sheet.write(year, xs[at], line - 42, Ink(), across="center")
        for band in bands:
            sheet.line([xs[at]] * 2, [band.bottom, band.top], style.GRID)


def _shown(xs: Sequence[float], room: float) -> list[int]:
    """Which meetings have their date said: the first, the last, and as many evenly between as have room."""
    steps = len(xs) - 1
    if steps < 1:
        return list(range(len(xs)))
    between = next(n for n in range(steps, 0, -1) if n == 1 or steps // n * (xs[1] - xs[0]) >= room)
    return [round(nth * steps / between) for nth in range(between + 1)]


def _curve(sheet: Sheet, band: Band) -> None:
    cutoff = band.panel.cutoff
    if cutoff:
        y = band.y(cutoff.total)
        sheet.line([LEFT - OVERHANG, RIGHT + OVERHANG], [y, y], style.CUTOFF, level=2)
    newest = _line(sheet, band) if band.panel.spots else _empty(sheet, band)
    if cutoff:
        _cutoff_name(sheet, band, cutoff, newest)


def _empty(sheet: Sheet, band: Band) -> Bbox:
    words, ink = sheet.fitted(band.panel.empty, Ink(behind=style.CARD), width=RIGHT - LEFT, lines=2)
    return sheet.write(words, (LEFT + RIGHT) / 2, band.y(150), ink, across="center", down="center").get_window_extent()


def _line(sheet: Sheet, band: Band) -> Bbox:
    """The stretches, their points, the first value and the newest; returns the newest value's box."""
    panel = band.panel
    for stretch in panel.stretches:
        xs, ys = zip(*(band.place(spot) for spot in stretch), strict=True)
        sheet.area(xs, ys, band.bottom, band.curve.tint)
        sheet.line(xs, ys, band.pen, level=3)
        sheet.points(xs, ys, band.marker)
    newest = panel.spots[-1]
    if panel.spots[0] != newest:
        _first_value(sheet, band)
    return _newest_value(sheet, band, newest)


def _newest_value(sheet: Sheet, band: Band, newest: series.Spot) -> Bbox:
    x, y = band.place(newest)
    sheet.points([x], [y], band.newest, level=5)
    ink = Ink(style.VALUE, band.curve.colour, bold=True, behind=style.CARD)
    return sheet.write(newest.label, x + band.newest.size / 2 + GAP, y, ink, down="figures").get_window_extent()


def _first_value(sheet: Sheet, band: Band) -> None:
    """The first value above or below its point, where nothing else is; nowhere when neither is free."""
    first, ink = band.panel.spots[0], Ink(colour=band.curve.colour)
    x, y = band.place(first)
    reach, width, height = band.marker.size / 2, width_of(first.label, ink), style.CAP * ink.size
    left = x - width / 2 if first.at else x - reach
    for low in (y + reach + GAP, y - reach - GAP - height):
        room = Bbox.from_extents(left - 4, low - 8, left + width + 4, low + height + 8)
        if band.bottom <= room.y0 and room.y1 <= band.top + 44 and not _crossed(band, room):
            sheet.write(first.label, left, low, ink)
            return


def _crossed(band: Band, room: Bbox) -> bool:
    """Whether the curve, a point of it or the cutoff line runs through a box."""
    reach = band.marker.size / 2
    lines = [[band.place(spot) for spot in stretch] for stretch in band.panel.stretches]
    if band.panel.cutoff:
        y = band.y(band.panel.cutoff.total)
        lines.append([(LEFT, y), (RIGHT, y)])
    return any(Path(line).intersects_bbox(room.padded(reach / 2), filled=False) for line in lines)


def _cutoff_name(sheet: Sheet, band: Band, cutoff: series.Cutoff, newest: Bbox) -> None:
    """The cutoff's words at the end of its line; above or below the newest value where that stands there."""
    words, ink = sheet.fitted(cutoff.label, Ink(style.SMALLEST), width=style.WIDTH - 2 * EDGE - MARGIN, lines=2)
    text = sheet.write(words, MARGIN, band.y(cutoff.total), ink, down="center")
    box = text.get_window_extent()
    if box.padded(GAP / 2).overlaps(newest):
        away = (newest.height + box.height) / 2 + GAP / 2
        above = bool(band.panel.spots) and cutoff.total > band.panel.spots[-1].total
        text.set_y((newest.y0 + newest.y1) / 2 + (away if above else -away))
