"""Trajectories from a service's own closed cases: for each band of intakes, where half and a quarter of them stood.

The target is the median at each rating number and the lower line the lower quartile, over everybody who began in the
band. Who ended earlier counts with their last total, or the late ratings would tell of those alone who needed long.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median, quantiles
from types import MappingProxyType

from bot.domain.people import Kind
from bot.domain.profiles import Profile
from bot.domain.series import Series
from bot.domain.trajectories import FIRST_RATING, RaterGroup, Row, Trajectory, began_below, cutoff_of, group_of

WIDTH = 50
"""Of a band, in mm: as wide as the reliable change; a narrower one would tell noise apart."""

LEAST_CASES = 30
"""In a band that has a row."""

LEAST_SO_FAR = 5
"""The table ends with the last rating number to which so many series of the group came."""

Line = tuple[Fraction, ...]


@dataclass(frozen=True)
class Band:
    """Intakes from `lowest` to `highest`, both included, and how many closed cases began there."""

    group: RaterGroup
    lowest: int
    highest: int
    cases: int

    @property
    def is_kept(self) -> bool:
        return self.cases >= LEAST_CASES


@dataclass(frozen=True)
class Fit:
    """The tables, and all bands: those that were left out too."""

    tables: Mapping[RaterGroup, Trajectory]
    bands: tuple[Band, ...]


def fitted(series: Iterable[Series], profile: Profile) -> Fit:
    """From all series of closed cases, in any order; those that began above the cutoff have nothing to reach."""
    chosen = _chosen(series, profile)
    tables: dict[RaterGroup, Trajectory] = {}
    bands: list[Band] = []
    for group in RaterGroup:
        members = _by_band([each for each in chosen if group_of(each) is group], group, profile)
        bands += members
        kept = {band: theirs for band, theirs in members.items() if band.is_kept}
        if kept:
            tables[group] = _table(kept)
    return Fit(MappingProxyType(tables), tuple(bands))


def _chosen(series: Iterable[Series], profile: Profile) -> list[Series]:
    """Of each rater about each subject the newest series of two or more ratings: a change of instrument counts once."""
    newest: dict[tuple[str, str | None], Series] = {}
    for each in sorted(series, key=lambda each: (each.intake.at, each.intake.id)):
        if group_of(each) and len(each) >= FIRST_RATING:
            newest[_whose(each)] = each
    return [each for each in newest.values() if began_below(each, profile)]


def _whose(series: Series) -> tuple[str, str | None]:
    """A client who has joined anew, on another phone, is two raters and still one person."""
    return "" if series.kind is Kind.CLIENT else series.rater_id, series.subject_id


# Bands


def _by_band(series: Sequence[Series], group: RaterGroup, profile: Profile) -> dict[Band, list[Series]]:
    """A family counts as one case in its band, however many of them rate."""
    found: dict[Band, list[Series]] = {}
    for lowest, highest in _ranges(_last_below(group, profile)):
        theirs = [each for each in series if lowest <= each.intake.total <= highest]
        found[Band(group, lowest, highest, len({each.intake.case_id for each in theirs}))] = theirs
    return found


def _last_below(group: RaterGroup, profile: Profile) -> int:
    """The highest intake below the cutoff; -1 where there is none."""
    cutoff = cutoff_of(group, profile)
    if cutoff is None:
        return -1
    return cutoff - 1 if profile.is_above(cutoff, cutoff) else cutoff


def _ranges(last: int) -> list[tuple[int, int]]:
    """From 0 to this intake; a rest of less than half a band belongs to the band before it."""
    begins = [at for at in range(0, last + 1, WIDTH) if at == 0 or last + 1 - at >= WIDTH // 2]
    return [(at, last if at == begins[-1] else at + WIDTH - 1) for at in begins]


# A table


def _table(members: Mapping[Band, Sequence[Series]]) -> Trajectory:
    """The same cases are behind every rating number of a band. So when no row falls, and then each number is made to
    rise with the intake, no row falls afterwards either; and the lower line stays below the target.
    """
    bands, weights = list(members), [each.cases for each in members]
    count = _ratings(members.values())
    intakes = [round(median(each.intake.total for each in theirs)) for theirs in members.values()]
    lines = [_lines(theirs, count) for theirs in members.values()]
    lowers, targets = (_rising([each[at] for each in lines], weights) for at in (0, 1))
    rows = [
        Row(intake, tuple(max(round(each), intake) for each in target), tuple(map(round, lower)), n)
        for intake, target, lower, n in zip(intakes, targets, lowers, weights, strict=True)
    ]
    return Trajectory(tuple(rows), (bands[0].lowest, bands[-1].highest))


def _ratings(series: Iterable[Sequence[Series]]) -> int:
    """To which number the table goes."""
    lengths = sorted((len(each) for theirs in series for each in theirs), reverse=True)
    return lengths[LEAST_SO_FAR - 1]


def _lines(series: Sequence[Series], count: int) -> tuple[Line, Line]:
    """Lower quartile and median at rating 2, 3, ... to this number."""
    found = []
    for number in range(FIRST_RATING, count + 1):
        totals = [Fraction(each.totals[min(number, len(each)) - 1]) for each in series]
        lower, middle, _ = quantiles(totals, n=4, method="inclusive")
        found.append((lower, middle))
    return tuple(each for each, _ in found), tuple(each for _, each in found)


def _rising(lines: Sequence[Line], weights: Sequence[int]) -> list[Line]:
    """Along the ratings of each band, then along the bands at each rating."""
    along_ratings = [isotonic(each, [1] * len(each)) for each in lines]
    along_intakes = [isotonic(each, weights) for each in zip(*along_ratings, strict=True)]
    return list(zip(*along_intakes, strict=True))


@dataclass(frozen=True)
class _Pool:
    mean: Fraction
    weight: int
    size: int

    def with_next(self, other: "_Pool") -> "_Pool":
        weight = self.weight + other.weight
        mean = (self.mean * self.weight + other.mean * other.weight) / weight
        return _Pool(mean, weight, self.size + other.size)


def isotonic(values: Sequence[Fraction], weights: Sequence[int]) -> Line:
    """The nearest line to these values that doesn't fall (least squares): neighbours that fall are given their mean.

    Source:
        Pool adjacent violators: Ayer et al. (1955).
    """
    pools: list[_Pool] = []
    for value, weight in zip(values, weights, strict=True):
        pools.append(_Pool(value, weight, 1))
        while len(pools) > 1 and pools[-2].mean > pools[-1].mean:
            last = pools.pop()
            pools.append(pools.pop().with_next(last))
    return tuple(pool.mean for pool in pools for _ in range(pool.size))
