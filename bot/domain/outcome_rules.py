"""The rules of outcome ratings, each as alerts.md says it: what it finds in the newest rating. Totals are in mm."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.findings import Condition, Finding
from bot.domain.profiles import Profile
from bot.domain.rules import Rule
from bot.domain.series import Series


def very_low(series: Series, profile: Profile) -> Finding | None:
    """A rating that has a total only has no item that could be low."""
    bounds, last = profile.bounds, series.last
    lowest = min(last.scores, default=None)
    item = lowest is not None and lowest <= bounds.very_low_item
    if not item and last.total > bounds.very_low_total:
        return None
    numbers = {"total": last.total, "bound": bounds.very_low_total}
    return Finding(last, numbers if lowest is None else {**numbers, "lowest": lowest})


OUTCOME_RULES: Mapping[Rule, Condition] = MappingProxyType({Rule.VERY_LOW: very_low})
