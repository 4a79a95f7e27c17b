"""A team: rows from intake to latest, bars of shares, and columns of coverage by month. A dash is kept back."""

from typing import Final

from bot.charts import series, style
from bot.charts.draw import frame
from bot.charts.draw.frame import EDGE
from bot.charts.draw.sheet import Ink, Sheet, width_of

ZERO: Final = 420.0
FORTY: Final = 930.0
"""Where the totals 0 and 40 are."""

COURSE: Final = 92.0
SHARE: Final = 104.0
"""The height of a row."""

HEAD: Final = 92.0
"""The height of a card's title."""

COLUMNS: Final = 260.0
"""Pixels from 0 to 100 %."""

MONTHS: Final = 456.0
"""The height of the card of months."""


def drawn(team: series.Team) -> Sheet:
    courses = HEAD + COURSE * max(len(team.courses), 1) + (66 + frame.ROW if team.courses else 10)
    shares = HEAD + SHARE * max(len(team.shares), 1) + 10
    sheet = Sheet(style.PALETTES[team.look], EDGE + MONTHS + courses + shares + 2 * frame.BETWEEN + frame.HEADING)
    frame.heading(sheet, team.heading)
    top = sheet.height - frame.HEADING
    _card(sheet, team.titles.courses, top, courses, "" if team.courses else team.empty)
    _courses(sheet, team, top)
    top -= courses + frame.BETWEEN
    _card(sheet, team.titles.shares, top, shares, "" if team.shares else team.empty)
    for nth, bar in enumerate(team.shares):
        _share(sheet, bar, top - HEAD - SHARE * nth - 22)
    top -= shares + frame.BETWEEN
    _card(sheet, team.titles.coverage, top, MONTHS, "" if team.months else team.empty)
    _months(sheet, team.months, top - MONTHS + 104)
    return sheet


def _card(sheet: Sheet, title: str, top: float, height: float, empty: str) -> None:
    frame.card(sheet, top - height, top)
    frame.title(sheet, title, top - 58, sheet.palette.ink)
    words, ink = sheet.fitted(empty, Ink(sheet.palette.quiet), width=style.WIDTH - 2 * frame.INSIDE)
    frame.start(sheet, words, top - HEAD - 34, ink)


def _x(total: float) -> float:
    return ZERO + (FORTY - ZERO) * total / series.FULL


def _courses(sheet: Sheet, team: series.Team, top: float) -> None:
    """A row for each age band, the scale under the last one, and what the two points are."""
    look, quiet = sheet.palette.wellbeing, Ink(sheet.palette.quiet, style.SMALLEST)
    foot = top - HEAD - COURSE * len(team.courses)
    if not team.courses:
        return
    for points in (0, 10, 20, 30, 40):
        sheet.line([_x(points * 10)] * 2, [foot + 10, top - HEAD], sheet.palette.grid)
        sheet.write(str(points), _x(points * 10), foot - 18, quiet, across="center", down="figures")
    for nth, course in enumerate(team.courses):
        _course(sheet, course, look, top - HEAD - COURSE * (nth + 0.5))
    x, y = frame.INSIDE, foot - 18 - frame.ROW
    for words, marker in ((team.titles.intake, _hollow(look)), (team.titles.latest, look.marker)):
        sheet.points([x + 11], [y], marker, name="key")
        said, ink = sheet.fitted(words, quiet, width=style.WIDTH / 2 - frame.INSIDE - 60)
        sheet.write(said, x + 32, y, ink, down="figures")
        x += 32 + width_of(said, ink) + 28


def _hollow(look: style.Curve) -> style.Marker:
    return style.Marker(look.colour, look.marker.shape, look.marker.size, look.marker.rim, hollow=True)


def _course(sheet: Sheet, course: series.Course, look: style.Curve, y: float) -> None:
    words, ink = sheet.fitted(course.name, Ink(sheet.palette.ink), width=ZERO - 90 - frame.INSIDE)
    sheet.write(words, frame.INSIDE, y + 20, ink, down="figures")
    sheet.write(course.of, frame.INSIDE, y - 22, Ink(sheet.palette.quiet, style.SMALLEST), down="figures")
    sheet.line([ZERO, FORTY], [y, y], sheet.palette.grid)
    if course.intake is None or course.latest is None:
        dash = Ink(sheet.palette.quiet, style.TITLE, behind=sheet.palette.card)
        sheet.write(course.intake_label if course.intake is None else course.latest_label, (ZERO + FORTY) / 2, y, dash)
        return
    first, last = _x(course.intake), _x(course.latest)
    sheet.line([first, last], [y, y], style.Pen(look.colour, 6), level=2)
    sheet.points([first], [y], _hollow(look))
    sheet.points([last], [y], look.marker.sized(28), level=5)
    value, quiet = (
        Ink(look.colour, 36, bold=True, behind=sheet.palette.card),
        Ink(sheet.palette.quiet, style.LABEL, behind=sheet.palette.card),
    )
    rises = last >= first
    sheet.write(
        course.intake_label,
        first + (-26 if rises else 26),
        y,
        quiet,
        across="right" if rises else "left",
        down="figures",
    )
    sheet.write(
        course.latest_label,
        last + (28 if rises else -28),
        y,
        value,
        across="left" if rises else "right",
        down="figures",
    )


def _share(sheet: Sheet, bar: series.Bar, y: float) -> None:
    """The name, the percent and the count of how many; below them the bar."""
    edge, quiet = style.WIDTH - frame.INSIDE, Ink(sheet.palette.quiet, style.SMALLEST)
    sheet.write(bar.of, edge, y, quiet, across="right", down="figures")
    percent = Ink(sheet.palette.wellbeing.colour, 36, bold=True)
    right = edge - width_of(bar.of, quiet) - 22
    sheet.write(bar.label if bar.percent is not None else "", right, y, percent, across="right", down="figures")
    room = right - width_of(bar.label, percent) - 22 - frame.INSIDE
    words, ink = sheet.fitted(bar.name, Ink(sheet.palette.ink), width=room)
    sheet.write(words, frame.INSIDE, y, ink, down="figures")
    low, high, whole = y - 56, y - 34, edge - frame.INSIDE
    for part, colour in ((100, sheet.palette.hair), (bar.percent or 0, sheet.palette.wellbeing.colour)):
        end = frame.INSIDE + whole * part / 100
        sheet.shape([(frame.INSIDE, low), (end, low), (end, high), (frame.INSIDE, high)], colour, level=0.8)


def _months(sheet: Sheet, months: tuple[series.Month, ...], floor: float) -> None:
    """A column for each month with its percent above it; below it the month's number, and the year where it changes."""
    step, year = (style.WIDTH - 2 * frame.INSIDE) / 12, ""
    quiet, value = Ink(sheet.palette.quiet, style.SMALLEST), Ink(sheet.palette.wellbeing.colour, style.SMALLEST)
    for nth, month in enumerate(months):
        x = frame.INSIDE + step * (nth + 0.5)
        height = COLUMNS * (month.percent or 0) / 100 * 0.85
        left, right, high = x - step * 0.3, x + step * 0.3, floor + max(height, 3)
        colour = sheet.palette.hair if month.percent is None else sheet.palette.wellbeing.colour
        sheet.shape([(left, floor), (right, floor), (right, high), (left, high)], colour, level=0.8)
        sheet.write(month.label, x, high + 22, value, across="center", down="figures")
        sheet.write(month.number, x, floor - 30, quiet, across="center", down="figures")
        if month.year != year and month.year == months[min(nth + 1, len(months) - 1)].year:
            year = month.year
            sheet.write(year, x, floor - 72, quiet, across="center", down="figures")
