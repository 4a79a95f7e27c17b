"""A person's own curve: the ends of its axis in their words, or as two faces, and nothing that judges."""

from typing import Final

from bot.charts import series, style
from bot.charts.draw import frame, glyphs
from bot.charts.draw.frame import LEFT, OVERHANG, Field
from bot.charts.draw.sheet import Ink, Sheet

TALL: Final = 400.0
RIGHT: Final = 860.0
FACE: Final = 76.0
ENDS: Final = 72.0
"""The height that an end of the axis in words takes above the top line and below the zero line."""


MOUTHS: Final = 16.0
"""What faces at the ends take there."""


def drawn(own: series.Own) -> Sheet:
    palette, xs = style.PALETTES[own.look], frame.places(len(own.meetings), RIGHT)
    words = MOUTHS if own.faces else ENDS
    fields, bottom = list[Field](), frame.DATES
    for _ in own.curves:
        low = bottom + frame.BELOW + words
        fields.append(Field(xs, low, low + TALL, right=RIGHT))
        bottom = low + TALL + words + frame.ABOVE + frame.BETWEEN
    sheet = Sheet(palette, bottom - frame.BETWEEN + frame.HEADING)
    frame.heading(sheet, own.heading)
    curves = list(zip(reversed(fields), own.curves, (palette.wellbeing, palette.alliance), strict=False))
    for field, each, look in curves:
        frame.card(sheet, field.bottom - words - frame.BELOW, field.top + words + frame.ABOVE)
        frame.title(sheet, each.panel.title, field.top + words + 50, look.colour)
        frame.scale(sheet, field, 2, figures=False)
    frame.dates(sheet, own.meetings, fields[::-1], fields[0].bottom - words - 100)
    for field, each, look in curves:
        _curve(sheet, field, each, look, faces=own.faces)
    return sheet


def _curve(sheet: Sheet, field: Field, own: series.OwnCurve, look: style.Curve, *, faces: bool) -> None:
    if faces:
        middle = (frame.INSIDE + LEFT - OVERHANG) / 2 - 6
        glyphs.face(sheet, middle, field.top, FACE, glad=True)
        glyphs.face(sheet, middle, field.bottom, FACE, glad=False)
    else:
        _end(sheet, own.high, field.top + 56)
        _end(sheet, own.low, field.bottom - 56)
    if not own.panel.spots:
        frame.empty(sheet, own.panel.empty, field)
        return
    for stretch in own.panel.stretches:
        xs, ys = zip(*(field.place(spot) for spot in stretch), strict=True)
        sheet.area(xs, ys, field.bottom, look.tint)
        sheet.line(xs, ys, field.pen(look), level=3, name="curve")
    xs, ys = zip(*(field.place(spot) for spot in own.panel.spots), strict=True)
    marker = field.marker(look)
    sheet.points(xs, ys, marker)
    newest = look.marker.sized(max(look.marker.size, marker.size * style.NEWEST))
    sheet.points(xs[-1:], ys[-1:], newest, level=5)
    if not faces:
        ink = Ink(look.colour, style.VALUE, bold=True, behind=sheet.palette.card)
        label = own.panel.spots[-1].label
        sheet.write(label, xs[-1] + newest.size / 2 + frame.GAP, ys[-1], ink, down="figures")


def _end(sheet: Sheet, words: str, y: float) -> None:
    """An end of the axis in words, where a reader begins."""
    said, ink = sheet.fitted(words, Ink(sheet.palette.quiet), width=style.WIDTH - 2 * frame.INSIDE)
    frame.start(sheet, said, y, ink)
