"""References: what change is expected of whom, from elsewhere or fitted from a service's own closed cases.

Totals and standard deviations are in mm (0-400). None is shipped: a service brings one it has the right to, or fits it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from bot.domain.figures import Lack, spread
from bot.domain.lines import Line

LEAST_CLOSED = 30
"""Source: handbook page 2. Fewer cases would fit a line to chance."""


@dataclass(frozen=True)
class Expectation:
    """The last total that is expected of a client who began with a first one: intercept + slope x first, in mm."""

    intercept: float
    slope: float

    def of(self, first: int) -> float:
        return self.intercept + self.slope * first


@dataclass(frozen=True)
class Reference:
    """What results are compared with. A part that is None is missing; what needs it isn't shown, and says so.

    `sd`: of the first totals in the reference's cases, in mm, above 0. `effect`: its own pre-post effect size.
    """

    expectation: Expectation | None = None
    sd: float | None = None
    effect: float | None = None

    def __post_init__(self) -> None:
        if self.sd is not None and not 0 < self.sd < inf:
            raise ValueError("a standard deviation is a number above 0")


@dataclass(frozen=True)
class FittedReference:
    """A service's own reference and from how many closed cases; None with the reason where there is none."""

    reference: Reference | None
    of: int
    lack: Lack | None = None


def fitted_reference(lines: Sequence[Line]) -> FittedReference:
    """Least squares of the last total on the first, over clients of closed cases with two ratings or more.

    Too few of them: TOO_FEW_CLOSED. All began alike: NO_SPREAD.
    """
    pairs = _pairs(lines)
    if len(pairs) < LEAST_CLOSED:
        return FittedReference(None, len(pairs), Lack.TOO_FEW_CLOSED)
    sd = spread([first for first, _ in pairs])
    if isinstance(sd, Lack):
        return FittedReference(None, len(pairs), sd)
    change = sum(last - first for first, last in pairs) / len(pairs)
    return FittedReference(Reference(_least_squares(pairs), sd, change / sd), len(pairs))


def _pairs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """First and last totals of the series of closed cases."""
    closed = (each.series for each in lines if each.days is not None)
    return [(each.intake.total, each.last.total) for each in closed if each is not None and len(each) >= 2]


def _least_squares(pairs: Sequence[tuple[int, int]]) -> Expectation:
    """In whole numbers up to the last division, so that the order doesn't matter. The first totals differ."""
    n = len(pairs)
    firsts, lasts = (sum(each) for each in zip(*pairs, strict=True))
    together = n * sum(first * last for first, last in pairs) - firsts * lasts
    slope = together / (n * sum(first * first for first, _ in pairs) - firsts**2)
    return Expectation((lasts - slope * firsts) / n, slope)
