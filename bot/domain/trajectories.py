"""Trajectories: where people who began at an intake are expected to be at each rating number. Totals are in mm (0-400).

A table has, for each of several intakes, a target and a lower line for rating 2, 3, ... Between two intakes they are
interpolated; after the last rating number, and at an intake beside the outermost ones, the nearest value holds. No
table comes with the code: a service loads one that it has the right to, or fits one from its own closed cases.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.asked_as import can_choose
from bot.domain.instruments import CORS, Measure
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import Profile
from bot.domain.series import Series

FIRST_RATING = 2
"""The number of the rating with which a table begins: rating 1 is the intake."""


class RaterGroup(StrEnum):
    """Who has a table of their own: one group for each cutoff that a profile draws. CARER is about a minor."""

    ADULT = "adult"
    ADOLESCENT = "adolescent"
    CHILD = "child"
    CARER = "carer"


_WHO = {
    RaterGroup.ADULT: (Kind.CLIENT, AgeBand.ADULT),
    RaterGroup.ADOLESCENT: (Kind.CLIENT, AgeBand.ADOLESCENT),
    RaterGroup.CHILD: (Kind.CLIENT, AgeBand.CHILD),
    RaterGroup.CARER: (Kind.CARER, AgeBand.CHILD),
}
_OF_CLIENT = {band: group for group, (kind, band) in _WHO.items() if kind is Kind.CLIENT}
_OF_CLIENT[AgeBand.EIGHTEEN] = RaterGroup.ADULT


def group_of(series: Series) -> RaterGroup | None:
    """By who rates, and by the subject's age; None where no cutoff is drawn, and of an alliance series."""
    if series.measure is not Measure.OUTCOME:
        return None
    if series.kind is Kind.CLIENT:
        return None if _asked_as_child(series) else _OF_CLIENT.get(series.band)
    return RaterGroup.CARER if series.kind.is_carer and series.band.is_minor else None


def _asked_as_child(series: Series) -> bool:
    """By choice, at an age that has other questions: no table is known for it."""
    return series.instrument == CORS and can_choose(series.band)


def cutoff_of(group: RaterGroup, profile: Profile) -> int | None:
    """What all in the group have as cutoff, in mm."""
    kind, band = _WHO[group]
    return profile.outcome_cutoff(kind, band)


def began_below(series: Series, profile: Profile) -> bool:
    """Only who did has something to reach; False where no cutoff is drawn."""
    cutoff = series.cutoff(profile)
    return cutoff is not None and not profile.is_above(series.intake.total, cutoff)


@dataclass(frozen=True)
class Expected:
    """At one rating: `target` or more is as expected, less than `lower` is not."""

    target: int
    lower: int


@dataclass(frozen=True)
class Row:
    """What is expected from one intake on: targets and lower lines of rating 2, 3, ..., equally many.

    `n` is the number of cases it was fitted from, if it was.
    """

    intake: int
    targets: tuple[int, ...]
    lowers: tuple[int, ...]
    n: int | None = None

    def at(self, number: int) -> Expected:
        """At the rating of this number, from 2; after the last one, the last one holds."""
        place = min(number - FIRST_RATING, len(self.targets) - 1)
        return Expected(self.targets[place], self.lowers[place])


@dataclass(frozen=True)
class Trajectory:
    """The table of one group: at least one row, by rising intake.

    It is for the intakes that it `covers`, from the first to the last one of these two; None: from row to row.
    """

    rows: tuple[Row, ...]
    covers: tuple[int, int] | None = None

    @property
    def lowest(self) -> int:
        return self.covers[0] if self.covers else self.rows[0].intake

    @property
    def highest(self) -> int:
        return self.covers[1] if self.covers else self.rows[-1].intake

    def expected(self, intake: int, number: int) -> Expected | None:
        """At the rating of this number, from 2; None for an intake that the table isn't for."""
        if not self.lowest <= intake <= self.highest:
            return None
        after = bisect_left(self.rows, intake, key=lambda each: each.intake)
        before, after = max(after - 1, 0), min(after, len(self.rows) - 1)
        return _between(self.rows[before], self.rows[after], intake, number)


def _between(before: Row, after: Row, intake: int, number: int) -> Expected:
    low, high = before.at(number), after.at(number)
    way, whole = intake - before.intake, after.intake - before.intake
    if whole == 0:
        return low
    return Expected(
        target=_weighed(low.target, high.target, way, whole), lower=_weighed(low.lower, high.lower, way, whole)
    )


def _weighed(low: int, high: int, way: int, whole: int) -> int:
    """In whole mm, a half upwards; in whole numbers, so that no rounding on the way can make a line fall."""
    return (2 * (low * (whole - way) + high * way) + whole) // (2 * whole)


@dataclass(frozen=True)
class Trajectories:
    """All that one file says: its name, and the tables of the groups that have one."""

    name: str
    tables: Mapping[RaterGroup, Trajectory]

    def expected(self, series: Series, profile: Profile) -> Expected | None:
        """At the last rating of the series.

        None: there is nothing to expect yet (a single rating), no table for who rates or for this intake, no cutoff,
        or the intake is above it: then the talk is about keeping it.
        """
        group = group_of(series)
        table = self.tables.get(group) if group else None
        if table is None or len(series) < FIRST_RATING or not began_below(series, profile):
            return None
        return table.expected(series.intake.total, len(series))
