"""Figures about clients: where they began, how far they have come, and how their cases ended.

All are counted from lines (one per client and case, of their own ratings only). Totals are in mm (0-400). What may be
shown of them to whom is decided afterwards, in small_groups.py; that is why figures which tell each other's counts are
one dataclass here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from types import MappingProxyType

from bot.domain.cases import Ending
from bot.domain.change import Change, began_above, change, clinically_significant, crossed_cutoff
from bot.domain.effects import Effects, effects
from bot.domain.figures import Convention, Member, Number, Share, mean, number_of, share_of
from bot.domain.lines import Line, ReportBand
from bot.domain.profiles import Profile
from bot.domain.references import Reference
from bot.domain.series import Series
from bot.domain.trajectories import Trajectories, began_below
from bot.domain.zones import Zone, zone


@dataclass(frozen=True)
class Yardstick:
    """By what lines are weighed. `fixed_sd`: for the pre-post effect size, a standard deviation in mm if one is set."""

    profile: Profile
    trajectories: Trajectories | None = None
    reference: Reference = field(default_factory=Reference)
    fixed_sd: float | None = None

    def __post_init__(self) -> None:
        if self.fixed_sd is not None and not 0 < self.fixed_sd < inf:
            raise ValueError("a standard deviation is a number above 0")

    @property
    def zones_by(self) -> Convention:
        return Convention.TRAJECTORY if self.trajectories else Convention.CORRIDOR

    def is_in(self, wanted: Zone) -> Callable[[Series], bool]:
        """The question whether a series is in this zone."""
        return lambda series: zone(series, self.profile, self.trajectories) is wanted


@dataclass(frozen=True)
class Standing:
    """Of clients with two outcome ratings or more.

    `reaching_target`: green, with the corridor *as expected or better*; `no_change`: orange; `negative`: red.
    """

    reaching_target: Share
    no_change: Share
    negative: Share
    improved: Share
    deteriorated: Share


@dataclass(frozen=True)
class Cutoffs:
    """Who crossed the cutoff. Who began above it can't; they are counted apart.

    `crossed` and `clinically_significant` are of those with two ratings or more who began below, `began_above` of all
    with two or more. `crossed_of_all` is of all with an outcome rating: the Helsinki layout's *Clinically Significant
    Change*.
    """

    crossed: Share
    crossed_of_all: Share
    clinically_significant: Share
    began_above: Share


@dataclass(frozen=True)
class Endings:
    """How cases closed, all of clients whose case is closed; where nobody said how, it is none of the three.

    Of those who agreed and of those who stopped: how many were in the green zone, and how many outside it. Who has
    fewer than two ratings is neither.
    """

    agreed: Share
    stopped: Share
    moved_on: Share
    agreed_green: Share
    agreed_outside: Share
    stopped_green: Share
    stopped_outside: Share


@dataclass(frozen=True)
class Length:
    """Of clients whose case is closed: the mean number of meetings of the case, and of days from opening to closing."""

    meetings: Number
    days: Number


@dataclass(frozen=True)
class Figures:
    """All figures of one group of clients. The intakes are means of first own totals, in mm."""

    intake: Number
    alliance: Number
    standing: Standing
    cutoffs: Cutoffs
    effects: Effects
    length: Length
    endings: Endings


def by_band(lines: Sequence[Line]) -> Mapping[ReportBand, tuple[Line, ...]]:
    """The lines of each of the report's bands, in its order; a band may have none."""
    return MappingProxyType({band: tuple(each for each in lines if each.band is band) for band in ReportBand})


Rated = tuple[tuple[Member, Series], ...]
"""Clients, each with the series that their course is read from."""


def figures(lines: Iterable[Line], yardstick: Yardstick) -> Figures:
    """Of these lines, in whichever order. Nothing is kept back here: what others see goes through `shown` first."""
    everybody = tuple(lines)
    closed = tuple(each for each in everybody if each.days is not None)
    return Figures(
        intake=_mean(everybody, lambda each: each.intake),
        alliance=_mean(everybody, lambda each: each.alliance),
        standing=_standing(_rated_twice(everybody), yardstick),
        cutoffs=_cutoffs(_rated(everybody), yardstick.profile),
        effects=_effects(_rated_twice(everybody), yardstick),
        length=Length(_mean(closed, lambda each: each.meetings), _mean(closed, lambda each: each.days)),
        endings=_endings(closed, yardstick),
    )


def _mean(lines: Iterable[Line], value: Callable[[Line], float | None]) -> Number:
    """Over those lines that have a value."""
    found = [(each.member, number) for each in lines if (number := value(each)) is not None]
    return number_of(mean([number for _, number in found]), [member for member, _ in found])


def _rated(lines: Iterable[Line]) -> Rated:
    return tuple((each.member, each.series) for each in lines if each.series is not None)


def _rated_twice(lines: Iterable[Line]) -> Rated:
    return _those(_rated(lines), lambda series: len(series) >= 2)


def _those(rated: Rated, holds: Callable[[Series], bool]) -> Rated:
    return tuple((member, series) for member, series in rated if holds(series))


def _share(rated: Rated, holds: Callable[[Series], bool], convention: Convention | None = None) -> Share:
    counted = _members(_those(rated, holds))
    return share_of(counted, _members(rated), convention=convention)


def _members(rated: Rated) -> list[Member]:
    return [member for member, _ in rated]


def _standing(rated: Rated, yardstick: Yardstick) -> Standing:
    by, profile = yardstick.zones_by, yardstick.profile
    return Standing(
        reaching_target=_share(rated, yardstick.is_in(Zone.GREEN), by),
        no_change=_share(rated, yardstick.is_in(Zone.ORANGE), by),
        negative=_share(rated, yardstick.is_in(Zone.RED), by),
        improved=_share(rated, lambda series: change(series, profile) is Change.IMPROVED),
        deteriorated=_share(rated, lambda series: change(series, profile) is Change.DETERIORATED),
    )


def _cutoffs(rated: Rated, profile: Profile) -> Cutoffs:
    twice = _those(rated, lambda series: len(series) >= 2)
    below = _those(twice, lambda series: began_below(series, profile))
    return Cutoffs(
        crossed=_share(below, lambda series: crossed_cutoff(series, profile), Convention.BEGAN_BELOW),
        crossed_of_all=_share(rated, lambda series: crossed_cutoff(series, profile), Convention.ALL_CLIENTS),
        clinically_significant=_share(below, lambda series: clinically_significant(series, profile)),
        began_above=_share(twice, lambda series: began_above(series, profile)),
    )


def _effects(rated: Rated, yardstick: Yardstick) -> Effects:
    return effects(
        [series for _, series in rated],
        _members(rated),
        reference=yardstick.reference,
        fixed_sd=yardstick.fixed_sd,
    )


# How cases ended


def _endings(closed: Sequence[Line], yardstick: Yardstick) -> Endings:
    by, is_green = yardstick.zones_by, yardstick.is_in(Zone.GREEN)

    def share(closing: Ending) -> Share:
        return share_of([each.member for each in closed if each.closing is closing], members)

    def share_in(closing: Ending, *, green: bool) -> Share:
        rated = _rated_twice(each for each in closed if each.closing is closing)
        counted = _those(rated, lambda series: is_green(series) is green)
        return share_of(_members(counted), members, convention=by)

    members = [each.member for each in closed]
    return Endings(
        agreed=share(Ending.AGREED),
        stopped=share(Ending.STOPPED),
        moved_on=share(Ending.MOVED_ON),
        agreed_green=share_in(Ending.AGREED, green=True),
        agreed_outside=share_in(Ending.AGREED, green=False),
        stopped_green=share_in(Ending.STOPPED, green=True),
        stopped_outside=share_in(Ending.STOPPED, green=False),
    )
