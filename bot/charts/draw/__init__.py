"""Draws: the data of series.py in, a PNG out. With style.py the only matplotlib of the house.

Slow to import and slow to run: it is called away from the event loop (studio.py).
"""

from bot.charts.draw import trend
from bot.charts.draw.sheet import Sheet
from bot.charts.series import Picture


def drawn(picture: Picture) -> Sheet:
    """The sheet with everything on it, before it becomes bytes."""
    return trend.drawn(picture)


def png(picture: Picture) -> bytes:
    """An RGB picture of 8 bits, `style.WIDTH` pixels wide."""
    return drawn(picture).png()


def pdf(picture: Picture) -> bytes:
    """The same in vectors, on one page, for print."""
    return drawn(picture).pdf()


def svg(picture: Picture) -> bytes:
    """The same in vectors, its letters as outlines, so that no font is needed to look at it."""
    return drawn(picture).svg()
