"""The rules of alliance ratings, each as alerts.md says it: what it finds in the newest rating. Totals are in mm."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.findings import Condition, Finding, falls_running, is_lowest, leading
from bot.domain.instruments import TOTAL_MAXIMUM
from bot.domain.profiles import Profile
from bot.domain.rules import Rule
from bot.domain.series import Series


def alliance_drop(series: Series, profile: Profile) -> Finding | None:
    """Graver at a new lowest, when it is large or not the first running.

    While falls go on it rings anew at the second one, and at a large one after small ones.
    """
    bounds, totals = profile.bounds, series.totals
    running, large = (falls_running(series, each) for each in (bounds.alliance_drop_fall, bounds.alliance_drop_large))
    if not running:
        return None
    numbers = {"total": totals[-1], "before": totals[-2], "fall": totals[-2] - totals[-1], "running": running}
    far = large > 0 and _is_below_usual(series, bounds.alliance_drop_large)
    return Finding(
        series.ratings[-running],
        {**numbers, "lowest": min(totals[:-1])},
        grave=is_lowest(series) and (far or running >= bounds.alliance_drop_running),
        rings=True if running == bounds.alliance_drop_running or large == 1 else None,
    )


def _is_below_usual(series: Series, by: int) -> bool:
    """Whether the newest total is that much below the average of all before it: the rater's own usual."""
    *before, last = series.totals
    return sum(before) - len(before) * last >= len(before) * by


def alliance_low(series: Series, profile: Profile) -> Finding | None:
    """It rings at the numbers of its bounds only, and leaves a fall to `alliance_drop`."""
    bounds, last = profile.bounds, series.last
    if len(series) < 2 or last.total > series.totals[-2] or falls_running(series, bounds.alliance_drop_fall):
        return None
    item = min(last.scores, default=None)
    low_item = item is not None and not profile.is_above(item, profile.alliance_item)
    if profile.is_above(last.total, profile.alliance) and not low_item:
        return None
    numbers = {"total": last.total, "before": series.totals[-2], "cutoff": profile.alliance, "ratings": len(series)}
    items = {} if item is None else {"item": item, "item_cutoff": profile.alliance_item}
    turn, off = divmod(len(series) - bounds.alliance_low_first, bounds.alliance_low_every)
    return Finding(last, {**numbers, **items}, rings=turn >= 0 and off == 0)


def alliance_first(series: Series, profile: Profile) -> Finding | None:
    if len(series) > 1:
        return None
    return Finding(series.intake, {"total": series.last.total, "cutoff": profile.alliance})


def alliance_ceiling(series: Series, profile: Profile) -> Finding | None:
    count = profile.bounds.alliance_ceiling_ratings
    if leading([each == TOTAL_MAXIMUM for each in reversed(series.totals)]) < count:
        return None
    return Finding(series.ratings[-count], {"total": series.last.total, "ratings": count})


ALLIANCE_RULES: Mapping[Rule, Condition] = MappingProxyType(
    {
        Rule.ALLIANCE_DROP: alliance_drop,
        Rule.ALLIANCE_LOW: alliance_low,
        Rule.ALLIANCE_CEILING: alliance_ceiling,
        Rule.ALLIANCE_FIRST: alliance_first,
    }
)
