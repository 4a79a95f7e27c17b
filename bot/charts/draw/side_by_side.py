"""Each rater's newest rating: a card for each area, in it a row for each rater, all on one scale from 0 to 10.

A pale line joins the raters of an area, so that one sees at once where views are near and where they part.
"""

from typing import Final

from bot.charts import series, style
from bot.charts.draw import frame
from bot.charts.draw.frame import EDGE, ROW
from bot.charts.draw.sheet import Ink, Sheet, scrap, width_of

ZERO: Final = 372.0
TEN: Final = 900.0
"""Where 0 and 10 are."""

PITCH: Final = 56.0
"""From rater to rater."""

TITLE: Final = 84.0
"""Height of an area's title."""

FULL: Final = 100
"""The highest score of an item, in mm."""


def drawn(picture: series.SideBySide) -> Sheet:
    palette = style.PALETTES[picture.look]
    who = _flowed(scrap(palette), picture)
    rows = max(len(picture.raters), 1)
    tall = TITLE + rows * PITCH + 22
    top_of_cards = 4 * (tall + 18) + 76 + (ROW if picture.note else 0)
    lines = who[-1][2] + 1 if who else 0
    sheet = Sheet(palette, top_of_cards + lines * ROW + 24 + (frame.HEADING - 20 if lines else frame.HEADING - 24))
    frame.heading(sheet, picture.heading)
    for nth, x, line in who:
        _rater(sheet, picture, nth, x, top_of_cards + 22 + (lines - line - 0.5) * ROW)
    for nth, area in enumerate(picture.areas):
        _area(sheet, area, top_of_cards - nth * (tall + 18), tall, picture.empty)
    ink = Ink(palette.quiet, style.SMALLEST)
    for points in (0, 5, 10):
        foot = top_of_cards - 4 * (tall + 18) - 14
        sheet.write(str(points), _x(points * 10), foot, ink, across="center", down="figures")
    if picture.note:
        frame.note(sheet, picture.note, 26 + ROW / 2)
    return sheet


def _x(score: float) -> float:
    return ZERO + (TEN - ZERO) * score / FULL


def _flowed(paper: Sheet, picture: series.SideBySide) -> list[tuple[int, float, int]]:
    """Raters with their dates above the cards, as many in a line as there is room for: nth, x, line."""
    found, x, line = list[tuple[int, float, int]](), frame.INSIDE, 0
    for nth in range(len(picture.raters)):
        wide = _wide(paper, picture, nth)
        if x > frame.INSIDE and x + wide > style.WIDTH - frame.INSIDE:
            x, line = frame.INSIDE, line + 1
        found.append((nth, x, line))
        x += wide + 44
    return found


def _words(sheet: Sheet, picture: series.SideBySide, nth: int) -> tuple[str, Ink, str, Ink]:
    """A rater's name and date as they are written above the cards."""
    name, day = picture.raters[nth]
    dated = Ink(sheet.palette.quiet, style.SMALLEST)
    room = style.WIDTH - 2 * frame.INSIDE - 60 - width_of(day, dated)
    words, ink = sheet.fitted(name, Ink(sheet.palette.voices[nth].colour, style.LABEL, bold=True), width=room)
    return words, ink, day, dated


def _wide(sheet: Sheet, picture: series.SideBySide, nth: int) -> float:
    words, ink, day, dated = _words(sheet, picture, nth)
    return 36 + width_of(words, ink) + 14 + width_of(day, dated)


def _rater(sheet: Sheet, picture: series.SideBySide, nth: int, x: float, y: float) -> None:
    words, ink, day, dated = _words(sheet, picture, nth)
    sheet.points([x + 12], [y], sheet.palette.voices[nth].marker, name="key")
    sheet.write(words, x + 36, y, ink, down="figures")
    sheet.write(day, x + 36 + width_of(words, ink) + 14, y, dated, down="figures")


def _area(sheet: Sheet, area: series.Area, top: float, tall: float, empty: str) -> None:
    frame.card(sheet, top - tall, top)
    frame.title(sheet, area.title, top - 54, sheet.palette.ink)
    heights = [top - TITLE - PITCH * (nth + 0.5) for nth in range(max(len(area.views), 1))]
    for points in (0, 5, 10):
        sheet.line([_x(points * 10)] * 2, [heights[-1] - 24, heights[0] + 24], sheet.palette.grid)
    if not area.views:
        words, ink = sheet.fitted(empty, Ink(sheet.palette.quiet), width=style.WIDTH - 2 * frame.INSIDE)
        frame.start(sheet, words, heights[0], ink)
    seen = [(_x(view.score), y) for view, y in zip(area.views, heights, strict=False) if view.score is not None]
    if len(seen) > 1:
        xs, ys = zip(*seen, strict=True)
        sheet.line(xs, ys, style.Pen(sheet.palette.hair, 8), level=1.5)
    for view, y in zip(area.views, heights, strict=False):
        _view(sheet, view, y)


def _view(sheet: Sheet, view: series.View, y: float) -> None:
    """The rater's name, the point on its hair, and the score at the right."""
    curve = sheet.palette.voices[view.nth]
    room = ZERO - 30 - frame.INSIDE
    words, ink = sheet.fitted(view.name, Ink(curve.colour, style.LABEL), width=room)
    sheet.write(words, frame.INSIDE, y, ink, down="figures")
    sheet.line([ZERO, TEN], [y, y], sheet.palette.grid)
    score = Ink(curve.colour, 38, bold=True)
    sheet.write(view.label, style.WIDTH - EDGE - 34, y, score, across="right", down="figures")
    if view.score is not None:
        sheet.points([_x(view.score)], [y], curve.marker.sized(curve.marker.size * 1.35))
