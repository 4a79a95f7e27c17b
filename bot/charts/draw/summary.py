"""The page of a whole case: both curves of everybody, events between them, and below where each is, in words.

Who is who is told by colour, line and marker in the curves and in the words, so that grey print shows it too.
"""

from collections.abc import Sequence
from typing import Final

from bot.charts import series, style
from bot.charts.draw import frame, trend
from bot.charts.draw.family import RIGHT, voices
from bot.charts.draw.frame import ROW, Field
from bot.charts.draw.sheet import Ink, Sheet, scrap, width_of

WELLBEING: Final = 400.0
MEETING: Final = 300.0
"""Pixels from 0 to 40."""

LINE: Final = 100.0
"""The height of what is said of one rater: name and numbers, and the words below."""

NAME: Final = frame.INSIDE + 44
"""Where a name begins, after its marker."""


def drawn(page: series.Summary) -> Sheet:
    palette, xs = style.PALETTES[page.look], frame.places(len(page.meetings), RIGHT)
    lanes = trend.lanes(scrap(palette), page.events, Field(xs, 0, WELLBEING, right=RIGHT))
    events = ROW * max((lane.line + 1 for lane in lanes), default=0) + (8 if lanes else 0)
    keys = frame.entries(scrap(palette), page.key)
    words = 24 + ROW * (len(page.notes) + frame.lines_of(keys))
    told = words + (LINE * len(page.lines) + 56 if page.lines else 0)
    low = told + frame.DATES + (frame.BETWEEN if page.lines else 0)
    lower = Field(xs, low, low + MEETING, right=RIGHT)
    middle = lower.top + frame.ABOVE + frame.BETWEEN + events + frame.BELOW
    upper = Field(xs, middle, middle + WELLBEING, right=RIGHT)
    sheet = Sheet(palette, upper.top + frame.ABOVE + ROW + frame.HEADING)
    frame.heading(sheet, page.heading)
    frame.note(sheet, page.met, upper.top + frame.ABOVE + ROW)
    for field, chorus, room in ((upper, page.wellbeing, events), (lower, page.alliance, 0.0)):
        frame.card(sheet, field.bottom - frame.BELOW - room, field.top + frame.ABOVE)
        frame.title(sheet, chorus.title, field.top + 50, palette.ink)
        frame.scale(sheet, field, 4)
    frame.dates(sheet, page.meetings, (upper, lower), lower.bottom - 100)
    trend.events(sheet, lanes, upper)
    voices(sheet, upper, page.wellbeing)
    voices(sheet, lower, page.alliance)
    _in_words(sheet, page.lines, words, told)
    frame.key(sheet, keys, words - ROW / 2 - 12)
    for nth, note in enumerate(page.notes, start=frame.lines_of(keys)):
        frame.note(sheet, note, words - ROW * nth - ROW / 2 - 12)
    return sheet


def _in_words(sheet: Sheet, lines: Sequence[series.Told], bottom: float, top: float) -> None:
    """A card with one place for each rater."""
    if lines:
        frame.card(sheet, bottom, top)
    for nth, line in enumerate(lines):
        _line(sheet, line, top - 56 - LINE * nth)


def _line(sheet: Sheet, line: series.Told, y: float) -> None:
    """Marker, name, and at the right edge the numbers; the words are under the name."""
    curve, edge = sheet.palette.voices[line.nth], style.WIDTH - frame.INSIDE
    sheet.points([frame.INSIDE + 14], [y], curve.marker, name="key")
    numbers = Ink(curve.colour, 36, bold=True)
    sheet.write(line.numbers, edge, y, numbers, across="right", down="figures")
    room = edge - width_of(line.numbers, numbers) - 24 - NAME
    name, ink = sheet.fitted(line.name, Ink(curve.colour, style.LABEL, bold=True), width=room)
    sheet.write(name, NAME, y, ink, down="figures")
    words, small = sheet.fitted(line.words, Ink(sheet.palette.quiet, style.SMALLEST), width=edge - NAME)
    sheet.write(words, NAME, y - ROW, small, down="figures")
