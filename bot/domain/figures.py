"""Figures over many cases: a share or a number, each with how many it is of; where there is none, with the reason."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import fsum, isfinite, sqrt
from typing import NamedTuple


class Lack(StrEnum):
    """Why there is no figure.

    NOBODY: it is of no client at all. ONE: a spread needs two. NO_SPREAD: all are alike, and nothing is divided by 0.
    NO_EXPECTATION, NO_REFERENCE_SD, NO_REFERENCE_EFFECT: that part of a reference is missing. TOO_FEW_CLOSED: too few
    closed cases for a reference of one's own. NOT_ASKED: nobody has said how many clients there are, or fewer than have
    a case here. SMALL_GROUP: it is kept back, and not said for which reason.
    """

    NOBODY = "nobody"
    ONE = "one"
    NO_SPREAD = "no_spread"
    NO_EXPECTATION = "no_expectation"
    NO_REFERENCE_SD = "no_reference_sd"
    NO_REFERENCE_EFFECT = "no_reference_effect"
    TOO_FEW_CLOSED = "too_few_closed"
    NOT_ASKED = "not_asked"
    SMALL_GROUP = "small_group"


class Convention(StrEnum):
    """Which of several ways to count a figure follows; its name is shown beside it.

    CORRIDOR, TRAJECTORY: of zones. ALL_CLIENTS (the Helsinki layout) or BEGAN_BELOW: of whom *crossed the cutoff* is a
    share. OWN_SD, FIXED_SD: by which standard deviation a change is divided. OLDER, NEWER: the severity-adjusted effect
    size with the reference's own effect added, and without.
    """

    CORRIDOR = "corridor"
    TRAJECTORY = "trajectory"
    ALL_CLIENTS = "all_clients"
    BEGAN_BELOW = "began_below"
    OWN_SD = "own_sd"
    FIXED_SD = "fixed_sd"
    OLDER = "older"
    NEWER = "newer"


class Member(NamedTuple):
    """What a figure counts (a client's line, a meeting, a case), and one of the clients whom it tells something of."""

    unit: str
    client: str


@dataclass(frozen=True)
class Share:
    """`count` of `of`; both None where it is kept back.

    `base` are those it is of and `counted` those it counts, so that small groups can be kept back; `counted` is None
    where what is counted says nothing about how a client is (meetings, cases). Neither is part of the figure.
    """

    count: int | None
    of: int | None
    convention: Convention | None = None
    lack: Lack | None = None
    base: frozenset[Member] = field(default=frozenset(), compare=False, repr=False)
    counted: frozenset[Member] | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.count is not None and self.of is not None and not 0 <= self.count <= self.of:
            raise ValueError(f"{self.count} of {self.of} is no share")

    @property
    def percent(self) -> int | None:
        """In whole percent, a half upwards; None where it is of nobody or kept back. Parts of one whole may make 99."""
        if self.count is None or not self.of:
            return None
        return (200 * self.count + self.of) // (2 * self.of)

    def kept_back(self) -> "Share":
        return Share(None, None, self.convention, Lack.SMALL_GROUP)

    def bare(self) -> "Share":
        """Without the ids of whom it is."""
        return replace(self, base=frozenset(), counted=None)


def share_of(counted: Collection[Member], base: Collection[Member], *, convention: Convention | None = None) -> Share:
    """How many lines of clients of how many: one member a line, `counted` among `base`."""
    lack = None if base else Lack.NOBODY
    return Share(len(counted), len(base), convention, lack, frozenset(base), frozenset(counted))


def share_of_units(count: int, of: int, base: Iterable[Member]) -> Share:
    """How many meetings or cases of how many; `base` has each with its clients."""
    return Share(count, of, lack=None if of else Lack.NOBODY, base=frozenset(base))


@dataclass(frozen=True)
class Number:
    """A mean, a spread or an effect size, and of how many; the value is None with a reason, and never NaN.

    `of` is None only where it is kept back. `base`: as in a Share.
    """

    value: float | None
    of: int | None
    convention: Convention | None = None
    lack: Lack | None = None
    base: frozenset[Member] = field(default=frozenset(), compare=False, repr=False)

    def __post_init__(self) -> None:
        if (self.value is None) is (self.lack is None):
            raise ValueError("a number has a value or says why not")
        if self.value is not None and not isfinite(self.value):
            raise ValueError(f"{self.value} is no number")

    def rounded(self, places: int) -> Decimal | None:
        """To so many decimals, a half away from zero; None where there is no value."""
        return None if self.value is None else _rounded(Decimal(repr(self.value)), places)

    def in_points(self, places: int) -> Decimal | None:
        """A value in mm as people see totals (0-40), rounded in the same way."""
        return None if self.value is None else _rounded(Decimal(repr(self.value)).scaleb(-1), places)

    def kept_back(self) -> "Number":
        return Number(None, None, self.convention, Lack.SMALL_GROUP)

    def bare(self) -> "Number":
        """Without the ids of whom it is."""
        return replace(self, base=frozenset())


def _rounded(exact: Decimal, places: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


Figure = Share | Number


def number_of(value: float | Lack, base: Collection[Member], *, convention: Convention | None = None) -> Number:
    """A number of these; of nobody there is none, whatever else is missing."""
    found = value if base else Lack.NOBODY
    if isinstance(found, Lack):
        return Number(None, len(base), convention, found, frozenset(base))
    return Number(found, len(base), convention, None, frozenset(base))


def mean(values: Sequence[float]) -> float | Lack:
    """The same in whichever order; Lack.NOBODY of none."""
    return fsum(values) / len(values) if values else Lack.NOBODY


def spread(values: Sequence[int]) -> float | Lack:
    """The standard deviation of a sample (n - 1), exact up to its root; it needs two that differ.

    NOBODY of none, ONE of one, NO_SPREAD where all are alike.
    """
    n = len(values)
    if n < 2:
        return Lack.ONE if values else Lack.NOBODY
    squares = n * sum(each * each for each in values) - sum(values) ** 2
    return sqrt(squares / (n * (n - 1))) if squares else Lack.NO_SPREAD
