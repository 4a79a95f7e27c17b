"""Small curves, one above the other, on one axis of meetings: the four items, or the service's own measures."""

from typing import Final

from bot.charts import series, style
from bot.charts.draw import frame
from bot.charts.draw.frame import ROW, Field
from bot.charts.draw.sheet import Sheet, scrap
from bot.charts.draw.trend import Line
from bot.domain.instruments import STEP_MM, Measure

TALL: Final = 170.0
"""Pixels from the lowest value to the highest."""


def drawn(areas: series.Areas) -> Sheet:
    palette, xs = style.PALETTES[areas.look], frame.places(len(areas.meetings))
    keys = frame.entries(scrap(palette), areas.key)
    under = ROW * frame.lines_of(keys) + (ROW if areas.note else 0)
    fields = _fields(areas, xs, frame.DATES + under + frame.BELOW)
    sheet = Sheet(palette, fields[0].top + frame.ABOVE + frame.HEADING)
    frame.heading(sheet, areas.heading)
    lines = [
        Line(sheet, field, panel, _curve(palette, areas.measure), steps=_steps(panel))
        for field, panel in zip(fields, areas.panels, strict=True)
    ]
    for line in lines:
        line.card()
    frame.dates(sheet, areas.meetings, fields, fields[-1].bottom - 100)
    for line in lines:
        line.draw()
    frame.key(sheet, keys, 26 + under - ROW / 2)
    if areas.note:
        frame.note(sheet, areas.note, 26 + ROW / 2)
    return sheet


def _fields(areas: series.Areas, xs: list[float], low: float) -> list[Field]:
    """From the uppermost down."""
    whole = TALL + frame.ABOVE + frame.BELOW + 18
    bottoms = [low + whole * nth for nth in reversed(range(len(areas.panels)))]
    return [
        Field(xs, bottom, bottom + TALL, panel.full, least=panel.least)
        for bottom, panel in zip(bottoms, areas.panels, strict=True)
    ]


def _curve(palette: style.Palette, measure: Measure) -> style.Curve:
    return {Measure.OUTCOME: palette.wellbeing, Measure.ALLIANCE: palette.alliance, Measure.OWN: palette.own}[measure]


def _steps(panel: series.Panel) -> int:
    """Into how many parts the scale is divided, so that a whole point stands at each line."""
    points = (panel.full - panel.least) // STEP_MM
    return next((each for each in (2, 3) if points % each == 0), 1)
