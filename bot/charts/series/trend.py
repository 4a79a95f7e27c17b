"""Decides what a picture of ratings shows, as data that is already worded. Draws nothing.

A `Trend` is one rater's wellbeing and alliance over the meetings. The same `Trend` gives the
picture (`draw.png`), the words below it (`caption`) and the numbers as text (`table`), so that
the three never say different things.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from textwrap import shorten

from bot.domain.instruments import TOTAL_MAXIMUM
from bot.i18n import Language

FULL = TOTAL_MAXIMUM
"""The highest total of every instrument, in mm; people see 40."""

CAPTION_HEADING = 120
"""Characters of the heading that a caption keeps, so that the whole stays far under Telegram's 1024."""

TABLE_ROWS = 80
"""Meetings that a table lists at most, the newest: a message of Telegram ends at 4096 characters."""


@dataclass(frozen=True)
class Mark:
    """One complete rating: the day of its meeting and its total in mm (0-400)."""

    day: date
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.total <= FULL:
            raise ValueError(f"a total is 0-{FULL} mm, not {self.total}")


@dataclass(frozen=True)
class Meeting:
    """One place on the axis: the day, its short date without the year, and the year."""

    day: date
    label: str
    year: str


@dataclass(frozen=True)
class Spot:
    """One rating in its place: which meeting (0 is the first), total in mm, and the total in words."""

    at: int
    total: int
    label: str


@dataclass(frozen=True)
class Cutoff:
    """A line across a panel: total in mm, and its words."""

    total: int
    label: str


@dataclass(frozen=True)
class Panel:
    """One curve. Without spots, `empty` is said in their place."""

    title: str
    spots: tuple[Spot, ...]
    cutoff: Cutoff | None
    empty: str

    @property
    def stretches(self) -> tuple[tuple[Spot, ...], ...]:
        """Spots of meetings that follow one another: each stretch is a line, a gap lies between two."""
        numbered = groupby(enumerate(self.spots), key=lambda pair: pair[1].at - pair[0])
        return tuple(tuple(spot for _, spot in pairs) for _, pairs in numbered)


@dataclass(frozen=True)
class Trend:
    """Everything in the picture of one rater: `wellbeing` above, `alliance` below, one axis of meetings."""

    heading: str
    meetings: tuple[Meeting, ...]
    wellbeing: Panel
    alliance: Panel


def trend(
    say: Language,
    *,
    heading: str,
    meetings: Sequence[date],
    outcome: Sequence[Mark],
    alliance: Sequence[Mark],
    outcome_cutoff: int | None,
    alliance_cutoff: int | None,
) -> Trend:
    """Word the picture of one rater's ratings over all meetings of the case.

    The axis has a place for each of `meetings`, two of them on a day with two; a rating on a day
    that is no meeting gets a place of its own. The nth rating of a day belongs to its nth place.
    Order of the arguments doesn't matter between days. Cutoffs are totals in mm.
    """
    days = _places(meetings, outcome, alliance)
    return Trend(
        heading=" ".join(heading.split()),
        meetings=tuple(Meeting(day, say.date(day), str(day.year)) for day in days),
        wellbeing=Panel(
            say("Wellbeing"), _spots(say, days, outcome), _cutoff(say, outcome_cutoff), say("No answers yet")
        ),
        alliance=Panel(
            say("The meeting"), _spots(say, days, alliance), _cutoff(say, alliance_cutoff), say("No answers yet")
        ),
    )


def _places(meetings: Iterable[date], *ratings: Iterable[Mark]) -> list[date]:
    """The days of the axis in order: as many places for a day as its meetings or ratings need."""
    places = Counter(meetings)
    for marks in ratings:
        places |= Counter(mark.day for mark in marks)
    return sorted(places.elements())


def _spots(say: Language, days: Sequence[date], marks: Iterable[Mark]) -> tuple[Spot, ...]:
    free = defaultdict[date, list[int]](list)
    for at, day in enumerate(days):
        free[day].append(at)
    placed = [(free[mark.day].pop(0), mark.total) for mark in marks]
    return tuple(Spot(at, total, say.score(total)) for at, total in sorted(placed))


def _cutoff(say: Language, total: int | None) -> Cutoff | None:
    return None if total is None else Cutoff(total, say("Cutoff {score}", score=say.score(total)))


def caption(trend: Trend, say: Language) -> str:
    """Say in words what the picture shows: the heading, then a line for each curve with its newest and first value.

    Plain text of under 300 characters. It doesn't say whether that is good.
    """
    heading = shorten(trend.heading, CAPTION_HEADING, placeholder="…")
    return "\n".join([heading, *(_told(panel, say) for panel in (trend.wellbeing, trend.alliance))])


def _told(panel: Panel, say: Language) -> str:
    if not panel.spots:
        return say("{title}: no answers yet", title=panel.title)
    first, newest = panel.spots[0], panel.spots[-1]
    if first == newest:
        return say("{title} {score}", title=panel.title, score=newest.label)
    return say("{title} {score} (first {first})", title=panel.title, score=newest.label, first=first.label)


def table(trend: Trend, say: Language) -> str:
    """The numbers of the picture as plain text, one line a meeting, oldest first; a dash is no answer.

    Of more than 80 meetings the newest 80 are listed, after a line with three dots.
    """
    panels = (trend.wellbeing, trend.alliance)
    scores = [{spot.at: spot.label for spot in panel.spots} for panel in panels]
    rows = [
        " · ".join([say.full_date(meeting.day), *(score.get(at, "–") for score in scores)])
        for at, meeting in enumerate(trend.meetings)
    ]
    left_out = ["…"] if len(rows) > TABLE_ROWS else []
    cutoffs = [f"{panel.title}: {panel.cutoff.label}" for panel in panels if panel.cutoff]
    titles = " · ".join([say("Date"), *(panel.title for panel in panels)])
    return "\n".join([trend.heading, titles, *left_out, *rows[-TABLE_ROWS:], *cutoffs])
