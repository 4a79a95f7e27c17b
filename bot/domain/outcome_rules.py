"""The rules of outcome ratings, each as alerts.md says it: what it finds in the newest rating. Totals are in mm."""

from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType

from bot.domain.change import difference, ends_above
from bot.domain.findings import Condition, Finding, falls_running, is_lowest, leading, steps
from bot.domain.profiles import Profile
from bot.domain.rules import Rule
from bot.domain.series import Series

ANY = 1
"""The smallest fall there is, in mm."""


def very_low(series: Series, profile: Profile) -> Finding | None:
    """A rating that has a total only has no item that could be low."""
    bounds, last = profile.bounds, series.last
    item = min(last.scores, default=None)
    low_item = item is not None and item <= bounds.very_low_item
    if not low_item and last.total > bounds.very_low_total:
        return None
    numbers = {"total": last.total, "bound": bounds.very_low_total}
    return Finding(last, numbers if item is None else {**numbers, "item": item})


def outcome_drop(series: Series, profile: Profile) -> Finding | None:
    """Graver when it is far, or from the intake to a new lowest. It rings anew at each new lowest."""
    if len(series) < 2:
        return None
    bound, step, change = profile.reliable_change(series.instrument), steps(series)[-1], difference(series)
    if step > -bound and change > -bound:
        return None
    below = leading([each <= series.intake.total - bound for each in reversed(series.totals)])
    numbers = {"total": series.last.total, "before": series.totals[-2], "intake": series.intake.total}
    return Finding(
        series.ratings[-max(below, 1)],
        {**numbers, "fall": -step, "change": change, "bound": bound},
        grave=(below > 0 and is_lowest(series)) or step <= -profile.bounds.outcome_drop_large,
        rings=True if is_lowest(series) else None,
    )


def sliding(series: Series, profile: Profile) -> Finding | None:
    """Of a longer slide the newest falls count."""
    bound, falls = profile.reliable_change(series.instrument), profile.bounds.sliding_falls
    if falls_running(series, ANY) < falls:
        return None
    before, last = series.totals[-falls - 1], series.last.total
    numbers = {"total": last, "before": before, "fall": before - last, "falls": falls, "bound": bound}
    return Finding(series.ratings[-falls], numbers) if before - last >= bound else None


def no_change(series: Series, profile: Profile) -> Finding | None:
    """It rings at the numbers of its bounds only; `count` says how many times that makes."""
    at = profile.bounds.no_change_at
    cutoff, bound = series.cutoff(profile), profile.reliable_change(series.instrument)
    if cutoff is None or len(series) < min(at) or not _is_stuck(series, profile):
        return None
    count = sum(_is_stuck(series.first(each), profile) for each in at if each <= len(series))
    numbers = {"total": series.last.total, "intake": series.intake.total, "change": difference(series), "bound": bound}
    counts = {"cutoff": cutoff, "ratings": len(series), "count": count}
    return Finding(series.intake, {**numbers, **counts}, rings=len(series) in at)


def _is_stuck(series: Series, profile: Profile) -> bool:
    small = abs(difference(series)) < profile.reliable_change(series.instrument)
    return small and not ends_above(series, profile)


def crossed_up(series: Series, profile: Profile) -> Finding | None:
    return _crossed(series, profile, up=True)


def crossed_down(series: Series, profile: Profile) -> Finding | None:
    return _crossed(series, profile, up=False)


def _crossed(series: Series, profile: Profile, *, up: bool) -> Finding | None:
    cutoff = series.cutoff(profile)
    if cutoff is None or len(series) < 2:
        return None
    before, last = series.totals[-2:]
    if (profile.is_above(before, cutoff), profile.is_above(last, cutoff)) != (not up, up):
        return None
    return Finding(series.last, {"total": last, "before": before, "cutoff": cutoff})


def seesaw(series: Series, profile: Profile) -> Finding | None:
    """Once true it stays true, so it rings once in a series."""
    bounds = profile.bounds
    large = [each > 0 for each in steps(series) if abs(each) >= bounds.seesaw_step]
    moves = len(list(groupby(large)))
    if moves < bounds.seesaw_moves or len(series) < bounds.seesaw_ratings:
        return None
    numbers = {"moves": moves, "ratings": len(series), "bound": bounds.seesaw_step}
    return Finding(series.intake, numbers)


def plateau_above(series: Series, profile: Profile) -> Finding | None:
    count, bound = profile.bounds.plateau_above_ratings, profile.reliable_change(series.instrument)
    cutoff, newest = series.cutoff(profile), series.totals[-count:]
    if cutoff is None or len(series) < count or not all(profile.is_above(each, cutoff) for each in newest):
        return None
    spread = max(newest) - min(newest)
    numbers = {"total": newest[-1], "spread": spread, "bound": bound, "cutoff": cutoff, "ratings": count}
    return Finding(series.ratings[-count], numbers) if spread < bound else None


def intake_high(series: Series, profile: Profile) -> Finding | None:
    bound = profile.bounds.intake_high_total
    if len(series) > 1 or series.last.total <= bound:
        return None
    return Finding(series.intake, {"total": series.last.total, "bound": bound})


OUTCOME_RULES: Mapping[Rule, Condition] = MappingProxyType(
    {
        Rule.VERY_LOW: very_low,
        Rule.OUTCOME_DROP: outcome_drop,
        Rule.SLIDING: sliding,
        Rule.NO_CHANGE: no_change,
        Rule.CROSSED_DOWN: crossed_down,
        Rule.SEESAW: seesaw,
        Rule.CROSSED_UP: crossed_up,
        Rule.PLATEAU_ABOVE: plateau_above,
        Rule.INTAKE_HIGH: intake_high,
    }
)
