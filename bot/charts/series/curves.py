"""What the pictures of ratings are made of: days on an axis, ratings in their places, gaps, lines and grounds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from bot.domain.instruments import TOTAL_MAXIMUM
from bot.i18n import Language

FULL = TOTAL_MAXIMUM
"""The highest total of every instrument, in mm; people see 40."""


class Look(StrEnum):
    """On which ground a picture is drawn. In print it is always the light one."""

    LIGHT = "light"
    DARK = "dark"


class How(StrEnum):
    """How the numbers came: the mode of a rating. All but BUTTONS have a point of another shape."""

    BUTTONS = "buttons"
    ALOUD = "aloud"
    HANDED_OVER = "handed_over"
    PAPER = "paper"
    TOTAL_ONLY = "total_only"

    @property
    def is_another(self) -> bool:
        """Than by their own buttons. Where raters are told apart by shape, these points are hollow."""
        return self is not How.BUTTONS


class Why(StrEnum):
    """Why there is no point although somebody was asked; where nobody was asked there is nothing at all."""

    SKIPPED = "skipped"
    INCOMPLETE = "incomplete"
    NOT_THERE = "not_there"


class Ground(StrEnum):
    """What a soft band behind a curve is: the way others have gone from such a beginning, or ordinary ups and downs."""

    EXPECTED = "expected"
    CORRIDOR = "corridor"


@dataclass(frozen=True)
class Mark:
    """One complete rating: the day of its meeting, its total in mm (0-400), and how the numbers came."""

    day: date
    total: int
    how: How = How.BUTTONS

    def __post_init__(self) -> None:
        if not 0 <= self.total <= FULL:
            raise ValueError(f"a total is 0-{FULL} mm, not {self.total}")


@dataclass(frozen=True)
class Missing:
    """A meeting whose rating was skipped or not finished."""

    day: date
    why: Why


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
    how: How = How.BUTTONS


@dataclass(frozen=True)
class Gap:
    """A place without a rating, and why."""

    at: int
    why: Why


@dataclass(frozen=True)
class Cutoff:
    """A line across a panel: total in mm, and its words."""

    total: int
    label: str


@dataclass(frozen=True)
class Edge:
    """Where a ribbon is at one meeting: its upper and its lower line, in mm."""

    at: int
    upper: int
    lower: int


@dataclass(frozen=True)
class Ribbon:
    """A soft band behind a curve."""

    ground: Ground
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Panel:
    """One curve, on a scale from `least` to `full` mm. Without spots, `empty` is said in their place.

    `change`: since the first, in words. `when`: what the newest point is called besides its value.
    """

    title: str
    spots: tuple[Spot, ...]
    cutoff: Cutoff | None
    empty: str
    gaps: tuple[Gap, ...] = ()
    ribbon: Ribbon | None = None
    change: str = ""
    when: str = ""
    full: int = FULL
    least: int = 0

    @property
    def stretches(self) -> tuple[tuple[Spot, ...], ...]:
        """Spots of meetings that follow one another: each stretch is a line, a gap lies between two."""
        return stretches(self.spots)


@dataclass(frozen=True)
class Key:
    """What a sign under the curve means."""

    sign: How | Why | Ground
    words: str


def stretches(spots: Sequence[Spot]) -> tuple[tuple[Spot, ...], ...]:
    """Spots of meetings that follow one another, each stretch apart."""
    numbered = groupby(enumerate(spots), key=lambda pair: pair[1].at - pair[0])
    return tuple(tuple(spot for _, spot in pairs) for _, pairs in numbered)


def axis(meetings: Iterable[date], *ratings: Iterable[date]) -> list[date]:
    """The days of the axis in order: as many places for a day as its meetings need, or any one curve's ratings."""
    places = Counter(meetings)
    for days in ratings:
        places |= Counter(days)
    return sorted(places.elements())


def meetings_of(say: Language, days: Sequence[date]) -> tuple[Meeting, ...]:
    return tuple(Meeting(day, say.date(day), str(day.year)) for day in days)


def placed(days: Sequence[date], given: Iterable[date]) -> list[int]:
    """The place of each given day: the nth of a day has the nth place of that day."""
    free = defaultdict[date, list[int]](list)
    for at, day in enumerate(days):
        free[day].append(at)
    return [free[day].pop(0) for day in given]


def spots(
    say: Language, days: Sequence[date], marks: Sequence[Mark], missing: Sequence[Missing] = ()
) -> tuple[tuple[Spot, ...], tuple[Gap, ...]]:
    """Ratings and missing ones in their places, in order. On a day with both, the ratings come first."""
    places = placed(days, [*(each.day for each in marks), *(each.day for each in missing)])
    found = [Spot(at, mark.total, say.score(mark.total), mark.how) for at, mark in zip(places, marks, strict=False)]
    gaps = [Gap(at, each.why) for at, each in zip(places[len(marks) :], missing, strict=True)]
    return tuple(sorted(found, key=lambda spot: spot.at)), tuple(sorted(gaps, key=lambda gap: gap.at))


def one_line(words: str) -> str:
    """Line breaks and tabs become spaces."""
    return " ".join(words.split())


def since_the_first(say: Language, found: Sequence[Spot]) -> str:
    """The newest total beside the first, without saying whether that is good; nothing of fewer than two."""
    if len(found) < 2:
        return ""
    difference = found[-1].total - found[0].total
    if not difference:
        return say("the same as the first")
    sign = "+" if difference > 0 else ""
    return say("{change} since the first", change=f"{sign}{say.score(difference)}")


def key(say: Language, panels: Sequence[Panel]) -> tuple[Key, ...]:
    """What is not plain from a picture of one rater, and only what is in it."""
    words: dict[How | Why | Ground, str] = {
        Ground.EXPECTED: say("expected from such a beginning"),
        Ground.CORRIDOR: say("ordinary ups and downs"),
        How.ALOUD: say("said aloud"),
        How.HANDED_OVER: say("on the worker's phone"),
        How.PAPER: say("on paper"),
        How.TOTAL_ONLY: say("total only"),
        Why.SKIPPED: say("skipped"),
        Why.INCOMPLETE: say("not finished"),
        Why.NOT_THERE: say("not there"),
    }
    used = {spot.how for panel in panels for spot in panel.spots} | {gap.why for panel in panels for gap in panel.gaps}
    grounds = {panel.ribbon.ground for panel in panels if panel.ribbon}
    return tuple(Key(sign, said) for sign, said in words.items() if sign in used | grounds)


def key_of_several(say: Language, found: Iterable[Spot]) -> tuple[Key, ...]:
    """What a hollow point is, where there is one."""
    words = say("said aloud, on paper or on the worker's phone")
    return (Key(How.ALOUD, words),) if any(spot.how.is_another for spot in found) else ()
