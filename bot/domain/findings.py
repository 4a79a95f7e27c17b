"""What a rule finds in the newest rating of a series, and the sums that several rules share. Totals are in mm."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.profiles import Profile
from bot.domain.ratings import Rating
from bot.domain.series import Series


@dataclass(frozen=True)
class Finding:
    """A rule's condition is true at the newest rating: since which one, by which numbers (mm or counts).

    `rings` says whether this rating raises the rule; None: as is common, if it was not true, or not as grave, the
    time before.
    """

    began: Rating
    numbers: Mapping[str, int]
    grave: bool = False
    rings: bool | None = None


Condition = Callable[[Series, Profile], Finding | None]
"""A rule as a function: what it finds in the newest rating of a series, or None where it isn't true."""


def steps(series: Series) -> tuple[int, ...]:
    """From each total to the next."""
    return tuple(after - before for before, after in pairwise(series.totals))


def falls_running(series: Series, least: int) -> int:
    """How many of the newest steps are falls of `least` or more, without another one between."""
    return leading([-each >= least for each in reversed(steps(series))])


def is_lowest(series: Series) -> bool:
    """Whether the newest total is lower than any before it; asked of a series of two or more."""
    return series.last.total < min(series.totals[:-1])


def leading(truths: Sequence[bool]) -> int:
    """How many are true before the first that isn't."""
    return truths.index(False) if False in truths else len(truths)
