"""Every rater in one chart: lines of their own kind, and at each line's end who it is and the newest value.

The names stand in a column right of the curves, in the order of the values, and push one another apart; a thin
line leads from the last point to its name. Points that would lie on one another stand side by side.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.charts import series, style
from bot.charts.draw import frame
from bot.charts.draw.frame import OVERHANG, ROW, Field
from bot.charts.draw.sheet import Ink, Sheet, scrap, width_of

TALL: Final = 440.0
RIGHT: Final = 600.0
"""Where the last meeting is."""

NAMES: Final = RIGHT + OVERHANG + 56
"""Where the names begin, with a marker before them; the values end at the card's edge."""

APART: Final = 50.0
"""From name to name at least."""

ASIDE: Final = 11.0
"""How far points that would lie on one another stand apart, at most."""

NEAR: Final = 14
"""Points nearer than so many mm would lie on one another."""

BUNDLE: Final = 7.0
"""How far lines that would lie on one another run beside one another."""


def drawn(family: series.Family) -> Sheet:
    palette, xs = style.PALETTES[family.look], frame.places(len(family.meetings), RIGHT)
    keys = frame.entries(scrap(palette), family.key)
    under = (ROW if family.note else 0) + ROW * frame.lines_of(keys)
    low = frame.DATES + under + frame.BELOW
    lower = Field(xs, low, low + TALL, right=RIGHT)
    middle = lower.top + frame.ABOVE + frame.BETWEEN + frame.BELOW
    upper = Field(xs, middle, middle + TALL, right=RIGHT)
    sheet = Sheet(palette, upper.top + frame.ABOVE + frame.HEADING)
    frame.heading(sheet, family.heading)
    charts = ((upper, family.wellbeing), (lower, family.alliance))
    for field, chorus in charts:
        frame.card(sheet, field.bottom - frame.BELOW, field.top + frame.ABOVE)
        frame.title(sheet, chorus.title, field.top + 50, palette.ink)
        frame.scale(sheet, field, 4)
    frame.dates(sheet, family.meetings, (upper, lower), lower.bottom - 100)
    for field, chorus in charts:
        voices(sheet, field, chorus)
    frame.key(sheet, keys, 26 + under - ROW / 2)
    if family.note:
        frame.note(sheet, family.note, 26 + ROW / 2)
    return sheet


@dataclass(frozen=True)
class _Sung:
    """A voice with its look, and how far its points stand aside and above, by meeting."""

    voice: series.Voice
    curve: style.Curve
    aside: Mapping[int, float]
    above: Mapping[int, float]

    def place(self, field: Field, spot: series.Spot) -> tuple[float, float]:
        x, y = field.place(spot)
        return x + self.aside.get(spot.at, 0.0), y + self.above.get(spot.at, 0.0)


def voices(sheet: Sheet, field: Field, chorus: series.Chorus) -> None:
    if not chorus.voices:
        frame.empty(sheet, chorus.empty, field)
        return
    step = min(ASIDE, field.step / 2 / len(chorus.voices))
    aside, above = _moved(chorus.voices, NEAR, step), _moved(chorus.voices, 1, BUNDLE)
    sung = [
        _Sung(voice, sheet.palette.voices[voice.nth], aside[nth], above[nth]) for nth, voice in enumerate(chorus.voices)
    ]
    for each in sung:
        _voice(sheet, field, each)
    _names(sheet, field, sung)


def _moved(voices: Sequence[series.Voice], least: int, step: float) -> list[dict[int, float]]:
    """For each voice, by meeting: how far from its place, so that those nearer than `least` mm stand in a row."""
    found: list[dict[int, float]] = [{} for _ in voices]
    by_meeting = defaultdict[int, list[tuple[int, int]]](list)
    for nth, voice in enumerate(voices):
        for spot in voice.spots:
            by_meeting[spot.at].append((spot.total, nth))
    for at, totals in by_meeting.items():
        for group in _groups(sorted(totals), least):
            for place, nth in enumerate(sorted(group)):
                found[nth][at] = (place - (len(group) - 1) / 2) * step
    return found


def _groups(totals: Sequence[tuple[int, int]], least: int) -> list[list[int]]:
    """Voices whose totals follow one another by less than `least`."""
    groups: list[list[int]] = []
    last = None
    for total, nth in totals:
        if last is None or total - last >= least:
            groups.append([])
        groups[-1].append(nth)
        last = total
    return groups


def _voice(sheet: Sheet, field: Field, sung: _Sung) -> None:
    for stretch in sung.voice.stretches:
        xs, ys = zip(*(sung.place(field, spot) for spot in stretch), strict=True)
        pen = sung.curve.pen if field.step > frame.CLOSE / 2 else field.pen(sung.curve)
        sheet.line(xs, ys, pen, level=3, name="curve")
    marker = field.marker(sung.curve)
    for hollow in (False, True):
        places = [sung.place(field, spot) for spot in sung.voice.spots if spot.how.is_another is hollow]
        if places:
            xs, ys = zip(*places, strict=True)
            sheet.points(xs, ys, replace(marker, hollow=hollow))


def _names(sheet: Sheet, field: Field, sung: Sequence[_Sung]) -> None:
    """Marker, name and newest value at the end of each line."""
    wanted = [sung_one.place(field, sung_one.voice.spots[-1])[1] for sung_one in sung]
    for each, y in zip(sung, apart(wanted, APART, field.bottom, field.top), strict=True):
        last_x, last_y = each.place(field, each.voice.spots[-1])
        reach = each.curve.marker.size / 2
        lead = style.Pen(each.curve.colour, 2.5, dashes=(1, 7))
        sheet.line([last_x + reach, NAMES - 22 - reach], [last_y, y], lead, level=2, name="lead")
        sheet.points([NAMES - 14], [y], each.curve.marker, name="key")
        value = Ink(each.curve.colour, 36, bold=True)
        newest, edge = each.voice.spots[-1].label, style.WIDTH - frame.INSIDE + 8
        sheet.write(newest, edge, y, value, across="right", down="figures")
        room = edge - width_of(newest, value) - 16 - NAMES - 6
        words, ink = sheet.fitted(each.voice.name, Ink(each.curve.colour, style.SMALLEST), width=room)
        sheet.write(words, NAMES + 6, y, ink, down="figures")


def apart(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Heights near the wanted ones, in their order, no two nearer than `least`, all between low and high.

    There must be room for all of them. Those that are too near make a group around the middle of what they wanted.
    """
    order = sorted(range(len(wanted)), key=lambda nth: wanted[nth])
    groups: list[list[float]] = []
    for nth in order:
        groups.append([wanted[nth]])
        while len(groups) > 1 and _begin(groups[-1], least, low, high) < _end(groups[-2], least, low, high) + least:
            last = groups.pop()
            groups[-1] += last
    heights = [_begin(group, least, low, high) + least * place for group in groups for place in range(len(group))]
    found = dict(zip(order, heights, strict=True))
    return [found[nth] for nth in range(len(wanted))]


def _begin(group: Sequence[float], least: float, low: float, high: float) -> float:
    """Where a group's lowest stands."""
    whole = least * (len(group) - 1)
    return min(max(sum(group) / len(group) - whole / 2, low), high - whole)


def _end(group: Sequence[float], least: float, low: float, high: float) -> float:
    return _begin(group, least, low, high) + least * (len(group) - 1)
