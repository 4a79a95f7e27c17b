"""Small drawings of our own: signs of gaps and of ratings, up and down, and two faces."""

from math import cos, pi, sin
from typing import Final

from bot.charts import series, style
from bot.charts.draw.sheet import Sheet

ROOM: Final = 48.0
"""How wide a sign in the key is, with the space to its words."""

SIZE: Final = 22.0


def sign(sheet: Sheet, which: series.How | series.Why | series.Ground, x: float, y: float) -> None:
    """A sign as it is in the picture, its middle at a place."""
    if isinstance(which, series.Why):
        gap(sheet, which, x, y, SIZE)
    elif isinstance(which, series.How):
        marker = style.Marker(sheet.palette.quiet, "o", SIZE)
        sheet.points([x], [y], how(marker, which), name="key")
    else:
        ribbon(sheet, [x - 18, x + 18], [y + 11] * 2, [y - 11] * 2)


def how(marker: style.Marker, which: series.How) -> style.Marker:
    """The point of a rating by how its numbers came; by buttons it is the curve's own."""
    shape, hollow = {
        series.How.BUTTONS: (marker.shape, False),
        series.How.ALOUD: (marker.shape, True),
        series.How.HANDED_OVER: (">", False),
        series.How.PAPER: ("s", False),
        series.How.TOTAL_ONLY: ("s", True),
    }[which]
    size = marker.size * (1.25 if shape == ">" else 1)
    return style.Marker(marker.colour, shape, size, marker.rim, hollow)


def gap(sheet: Sheet, why: series.Why, x: float, y: float, size: float) -> None:
    """A dash for what was skipped; three dots for what was not finished; a cross for who was not there."""
    ink = sheet.palette.quiet
    if why is series.Why.SKIPPED:
        sheet.line([x - size / 2, x + size / 2], [y, y], style.Pen(ink, 5), level=3, name="skipped")
    elif why is series.Why.NOT_THERE:
        for up in (1, -1):
            pen, reach = style.Pen(ink, 4), size / 2.6
            sheet.line([x - reach, x + reach], [y - up * reach, y + up * reach], pen, level=3, name="not there")
    else:
        dots = style.Marker(ink, "o", max(size / 3.2, 4), rim=0)
        sheet.points([x - size / 2.4, x, x + size / 2.4], [y] * 3, dots, name="incomplete")


def ribbon(sheet: Sheet, xs: list[float], upper: list[float], lower: list[float]) -> None:
    """A soft band with its two quiet lines; the upper one is solid, the lower one dotted."""
    corners = [*zip(xs, upper, strict=True), *reversed(list(zip(xs, lower, strict=True)))]
    sheet.shape(corners, sheet.palette.ground, level=0.6)
    sheet.line(xs, upper, style.Pen(sheet.palette.edge, 2.5), level=2, name="ribbon")
    sheet.line(xs, lower, style.Pen(sheet.palette.edge, 2.5, dashes=(2, 7)), level=2, name="ribbon")


def turn(sheet: Sheet, which: series.Turn, x: float, y: float, size: float = 24.0) -> None:
    """A triangle that points up or down, or a small circle; all in the same quiet colour."""
    half, ink = size / 2, sheet.palette.quiet
    if which is series.Turn.NEITHER:
        sheet.points([x], [y], style.Marker(ink, "o", size * 0.6, rim=0), name="event")
        return
    tip = half if which is series.Turn.UP else -half
    sheet.shape([(x - half, y - tip), (x + half, y - tip), (x, y + tip)], ink, level=4)


def face(sheet: Sheet, x: float, y: float, size: float, *, glad: bool) -> None:
    """A round face, sad or glad, its middle at a place; drawn alike but for the mouth."""
    ink, reach = sheet.palette.quiet, size / 2
    ring = [2 * pi * nth / 48 for nth in range(49)]
    circle = [(x + reach * cos(each), y + reach * sin(each)) for each in ring]
    sheet.shape(circle, sheet.palette.ground, level=2)
    sheet.line(*_apart(circle), style.Pen(ink, 4), level=3, name="face")
    eyes = style.Marker(ink, "o", size / 8, rim=0)
    sheet.points([x - size * 0.17, x + size * 0.17], [y + size * 0.13] * 2, eyes, name="face")
    side, middle = (-1, y - size * 0.04) if glad else (1, y - size * 0.32)
    arc = [pi * (0.17 + 0.66 * nth / 16) for nth in range(17)]
    mouth = [(x + size * 0.27 * cos(each), middle + side * size * 0.24 * sin(each)) for each in arc]
    sheet.line(*_apart(mouth), style.Pen(ink, 4), level=3, name="face")


def _apart(places: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in places], [y for _, y in places]
