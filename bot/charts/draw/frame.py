"""What pictures have in common: heading, cards, an axis of meetings with its dates, a note, the key of signs.

Every place is in pixels from the lower left corner.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.charts import series, style
from bot.charts.draw import glyphs
from bot.charts.draw.sheet import Ink, Sheet, right_to_left, width_of

EDGE: Final = 28.0
INSIDE: Final = 2 * EDGE
"""Where words in a card begin, and how far from the right edge they end."""

LEFT: Final = 136.0
RIGHT: Final = 766.0
"""Where the first and the last meeting are; beside them the scale, and the names of values and lines."""

OVERHANG: Final = 28.0
"""How far lines across a panel go on beyond the first and the last meeting."""

FEWEST: Final = 4
"""The axis has room for so many meetings at least: a first rating stands at the left, before what comes."""

CLOSE: Final = 50.0
"""Meetings stand close when they are no more pixels than this apart."""

GAP: Final = 16.0
"""Free pixels between a point and its value, and between neighbouring texts."""

HEADING: Final = 136.0
"""The height that a heading takes above the first card."""

BELOW: Final = 56.0
ABOVE: Final = 112.0
"""How far a card goes on below the zero line of its curve and above its top line."""

BETWEEN: Final = 26.0
"""From card to card."""

DATES: Final = 140.0
"""The height that dates and years take below the last card."""

ROW: Final = 46.0
"""The height of a line of small words."""


@dataclass(frozen=True)
class Field:
    """Where a curve is drawn: where its meetings are, and the heights of the totals `least` and `full`."""

    xs: Sequence[float]
    bottom: float
    top: float
    full: int = series.FULL
    right: float = RIGHT
    least: int = 0

    def y(self, total: float) -> float:
        return self.bottom + (self.top - self.bottom) * (total - self.least) / (self.full - self.least)

    def place(self, spot: series.Spot) -> tuple[float, float]:
        return self.xs[spot.at], self.y(spot.total)

    def x(self, at: float) -> float:
        """Also of a place between two meetings, or shortly beside the axis."""
        first = self.xs[0] if self.xs else LEFT
        return min(max(first + at * self.step, LEFT - OVERHANG), self.right + OVERHANG)

    @property
    def step(self) -> float:
        """Pixels from one meeting to the next."""
        return self.xs[1] - self.xs[0] if len(self.xs) > 1 else self.right - LEFT

    def marker(self, curve: style.Curve) -> style.Marker:
        """The curve's points: smaller where many meetings stand close."""
        most = curve.marker.size
        return curve.marker.sized(min(most, max(self.step, most / 3)))

    def pen(self, curve: style.Curve) -> style.Pen:
        """The curve's line: thinner where meetings stand close, and without dashes that have no room between points."""
        if self.step > CLOSE:
            return curve.pen
        return style.Pen(curve.pen.colour, curve.pen.width * 0.75)


def places(meetings: int, right: float = RIGHT) -> list[float]:
    """Where each meeting stands, in pixels from the left: by order, not by calendar."""
    step = (right - LEFT) / (max(meetings, FEWEST) - 1)
    return [LEFT + at * step for at in range(meetings)]


def heading(sheet: Sheet, words: str) -> None:
    """In one line; in two smaller ones where it is long, so that they keep their distance from the first card."""
    width, ink = style.WIDTH - 2 * INSIDE, Ink(sheet.palette.ink, style.HEADING, bold=True)
    said, ink = sheet.fitted(words, ink, width=width, lines=2)
    if "\n" in said:
        said, ink = sheet.fitted(words, replace(ink, size=min(ink.size, style.TITLE)), width=width, lines=2)
    start(sheet, said, sheet.height - 68, ink, middle="\n" in said)


def start(sheet: Sheet, said: str, y: float, ink: Ink, *, middle: bool = False) -> None:
    """Words where a reader begins: at the left, or at the right where their script runs to the left."""
    if right_to_left(said):
        sheet.write(said, style.WIDTH - INSIDE, y, ink, across="right", down="center" if middle else "figures")
    else:
        sheet.write(said, INSIDE, y, ink, down="center" if middle else "figures")


def card(sheet: Sheet, bottom: float, top: float) -> None:
    sheet.card(EDGE, bottom, style.WIDTH - 2 * EDGE, top - bottom)


def title(sheet: Sheet, words: str, y: float, colour: str, *, aside: str = "", until: float = 0) -> None:
    """A card's title, and beside it, in quiet ink, `aside`. It ends at `until`, without one at the card's edge."""
    whole, small = (until or style.WIDTH - INSIDE) - INSIDE, Ink(sheet.palette.quiet, style.SMALLEST)
    beside = width_of(aside, small) + 24 if aside else 0.0
    said, ink = sheet.fitted(words, Ink(colour, style.TITLE, bold=True), width=max(whole - beside, whole / 2))
    rest = whole - width_of(said, ink) - 24
    aside = sheet.fitted(aside, small, width=rest)[0] if aside else ""
    if right_to_left(said):
        edge = style.WIDTH - INSIDE
        sheet.write(said, edge, y, ink, across="right")
        sheet.write(aside, edge - width_of(said, ink) - 24, y, small, across="right")
    else:
        sheet.write(said, INSIDE, y, ink)
        sheet.write(aside, INSIDE + width_of(said, ink) + 24, y, small)


def scale(sheet: Sheet, field: Field, steps: int, *, figures: bool = True) -> None:
    """Lines across a field and their numbers, as people see them."""
    values = [field.least + (field.full - field.least) * nth // steps for nth in range(steps + 1)]
    sheet.grid([((LEFT - OVERHANG, field.y(mm)), (field.right + OVERHANG, field.y(mm))) for mm in values])
    ink = Ink(sheet.palette.quiet)
    for mm in values if figures else ():
        sheet.write(str(mm // 10), LEFT - OVERHANG - 12, field.y(mm), ink, across="right", down="figures")


def dates(sheet: Sheet, meetings: Sequence[series.Meeting], fields: Sequence[Field], y: float) -> None:
    """Dates in a line at y, as many as there is room for, and below the year where it changes."""
    xs, year, ink = fields[-1].xs, "", Ink(sheet.palette.quiet)
    widest = max((width_of(words, ink) for each in meetings for words in (each.label, each.year)), default=0.0)
    dated = shown(xs, widest + GAP)
    sheet.grid([((xs[at], field.bottom), (xs[at], field.top)) for field in fields for at in dated])
    for at in dated:
        sheet.write(meetings[at].label, xs[at], y, ink, across="center")
        if meetings[at].year != year:
            year = meetings[at].year
            sheet.write(year, xs[at], y - 42, ink, across="center")


def shown(xs: Sequence[float], room: float) -> list[int]:
    """Which meetings have their date said: the first, the last, and as many evenly between as have room."""
    steps = len(xs) - 1
    if steps < 1:
        return list(range(len(xs)))
    between = next(n for n in range(steps, 0, -1) if n == 1 or steps // n * (xs[1] - xs[0]) >= room)
    return [round(nth * steps / between) for nth in range(between + 1)]


def empty(sheet: Sheet, words: str, field: Field) -> None:
    """What is said where there is no curve."""
    ink = Ink(sheet.palette.quiet, behind=sheet.palette.card)
    said, ink = sheet.fitted(words, ink, width=field.right - LEFT, lines=2)
    middle = field.bottom + (field.top - field.bottom) * 3 / 8
    sheet.write(said, (LEFT + field.right) / 2, middle, ink, across="center", down="center")


def note(sheet: Sheet, words: str, y: float) -> None:
    """A quiet line below everything."""
    said, ink = sheet.fitted(words, Ink(sheet.palette.quiet, style.SMALLEST), width=style.WIDTH - 2 * INSIDE)
    start(sheet, said, y, ink)


# The key: what signs under the curves mean


@dataclass(frozen=True)
class Entry:
    """One sign with its words, and where it begins: x, and which line."""

    key: series.Key
    words: str
    x: float
    line: int


def entries(sheet: Sheet, keys: Sequence[series.Key]) -> list[Entry]:
    """The key in lines, as many entries in each as there is room for."""
    found, x, line = list[Entry](), INSIDE, 0
    for key in keys:
        ink = Ink(sheet.palette.quiet, style.SMALLEST)
        words, _ = sheet.fitted(key.words, ink, width=style.WIDTH - 2 * INSIDE - glyphs.ROOM)
        wide = glyphs.ROOM + width_of(words, ink)
        if x > INSIDE and x + wide > style.WIDTH - INSIDE:
            x, line = INSIDE, line + 1
        found.append(Entry(key, words, x, line))
        x += wide + 36
    return found


def key(sheet: Sheet, found: Sequence[Entry], top: float) -> None:
    """Draw the key, its first line at `top`."""
    ink = Ink(sheet.palette.quiet, style.SMALLEST)
    for each in found:
        y = top - each.line * ROW
        glyphs.sign(sheet, each.key.sign, each.x + glyphs.ROOM / 2 - 6, y)
        sheet.write(each.words, each.x + glyphs.ROOM, y, ink, down="figures")


def lines_of(found: Sequence[Entry]) -> int:
    return found[-1].line + 1 if found else 0
