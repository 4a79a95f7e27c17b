"""Draws: the data of series in; a PNG, PDF or SVG out. With style.py the only matplotlib of the house.

Slow to import and slow to run: it is called away from the event loop (studio.py).
"""

from dataclasses import replace

from bot.charts.draw import areas, family, own, side_by_side, summary, team, trend
from bot.charts.draw.sheet import Sheet
from bot.charts.page import Page
from bot.charts.series import Areas, Family, Look, Own, Picture, SideBySide, Summary, Team, Trend


def drawn(picture: Picture) -> Sheet:
    """The sheet with everything on it, before it becomes bytes."""
    match picture:
        case Trend():
            return trend.drawn(picture)
        case Family():
            return family.drawn(picture)
        case SideBySide():
            return side_by_side.drawn(picture)
        case Areas():
            return areas.drawn(picture)
        case Own():
            return own.drawn(picture)
        case Summary():
            return summary.drawn(picture)
        case Team():
            return team.drawn(picture)


def made(asked: Picture | Page) -> bytes:
    """What a drawing process is asked for: a PNG of a picture, a PDF of a page."""
    return pdf(asked.picture) if isinstance(asked, Page) else png(asked)


def png(picture: Picture) -> bytes:
    """An RGB picture of 8 bits, `style.WIDTH` pixels wide and as high as it needs."""
    return drawn(picture).png()


def pdf(picture: Picture) -> bytes:
    """The same in vectors, on one page, for print: always on light ground."""
    from bot.charts.draw import printed

    return printed.pdf(drawn(replace(picture, look=Look.LIGHT)))


def svg(picture: Picture) -> bytes:
    """The same in vectors, its letters as outlines, so that no font is needed to look at it; on light ground."""
    return drawn(replace(picture, look=Look.LIGHT)).svg()
