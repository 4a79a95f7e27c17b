"""The four items over time: four small curves, one above the other, on one axis of meetings."""

from typing import Final

from bot.charts import series, style
from bot.charts.draw import frame
from bot.charts.draw.frame import Field
from bot.charts.draw.sheet import Sheet
from bot.charts.draw.trend import Line
from bot.domain.instruments import Measure

TALL: Final = 170.0
"""Pixels from 0 to 10."""


def drawn(areas: series.Areas) -> Sheet:
    palette, xs = style.PALETTES[areas.look], frame.places(len(areas.meetings))
    curve = palette.wellbeing if areas.measure is Measure.OUTCOME else palette.alliance
    whole = TALL + frame.ABOVE + frame.BELOW + 18
    low = frame.DATES + frame.BELOW
    fields = [Field(xs, low + whole * nth, low + whole * nth + TALL, areas.panels[0].full) for nth in (3, 2, 1, 0)]
    sheet = Sheet(palette, fields[0].top + frame.ABOVE + frame.HEADING)
    frame.heading(sheet, areas.heading)
    lines = [Line(sheet, field, panel, curve, steps=2) for field, panel in zip(fields, areas.panels, strict=True)]
    for line in lines:
        line.card()
    frame.dates(sheet, areas.meetings, fields, fields[-1].bottom - 100)
    for line in lines:
        line.draw()
    return sheet
