"""The rules of alliance ratings, each as alerts.md says it: what it finds in the newest rating. Totals are in mm."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.findings import Condition, Finding, falls_running, steps
from bot.domain.profiles import Profile
from bot.domain.rules import Rule
from bot.domain.series import Series


def alliance_drop(series: Series, profile: Profile) -> Finding | None:
    """While falls go on it rings anew at most twice: at the second one, and at a large one after small ones."""
    bounds, running = profile.bounds, falls_running(series, profile.bounds.alliance_drop_fall)
    if not running:
        return None
    falls = [-each for each in steps(series)]
    large = falls[-1] >= bounds.alliance_drop_large
    newly_large = large and not (running > 1 and falls[-2] >= bounds.alliance_drop_large)
    numbers = {"total": series.last.total, "before": series.totals[-2], "fall": falls[-1], "running": running}
    return Finding(
        series.ratings[-running],
        numbers,
        grave=large or running >= bounds.alliance_drop_running,
        rings=running in (1, bounds.alliance_drop_running) or newly_large,
    )


ALLIANCE_RULES: Mapping[Rule, Condition] = MappingProxyType({Rule.ALLIANCE_DROP: alliance_drop})
