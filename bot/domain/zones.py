"""Where a series stands: a colour of the corridor around its intake, or of a loaded trajectory. Totals are in mm.

It is for the worker's own view of many cases, and for figures; nobody is shown it as a grade.
"""

from enum import StrEnum

from bot.domain.change import Change, change, ends_above
from bot.domain.profiles import Profile
from bot.domain.series import Series
from bot.domain.trajectories import Trajectories


class Zone(StrEnum):
    """GREY: fewer than two ratings, nothing can be said yet."""

    GREY = "grey"
    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


def zone(series: Series, profile: Profile, trajectories: Trajectories | None = None) -> Zone:
    """By the trajectory for who rates, if one is loaded and the intake was below the cutoff; else by the corridor."""
    if len(series) < 2:
        return Zone.GREY
    return _on_trajectory(series, profile, trajectories) or _in_corridor(series, profile)


def _on_trajectory(series: Series, profile: Profile, trajectories: Trajectories | None) -> Zone | None:
    expected = trajectories.expected(series, profile) if trajectories else None
    if expected is None:
        return None
    if series.last.total >= expected.target:
        return Zone.GREEN
    return Zone.RED if series.last.total < expected.lower else Zone.ORANGE


def _in_corridor(series: Series, profile: Profile) -> Zone:
    """Green is also who is above the cutoff, and hasn't fallen reliably."""
    changed = change(series, profile)
    if changed is Change.DETERIORATED:
        return Zone.RED
    is_above = ends_above(series, profile)
    return Zone.GREEN if changed is Change.IMPROVED or is_above else Zone.ORANGE
