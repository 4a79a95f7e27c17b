"""How far a series has come since its intake, beside the instrument's own noise. Totals are in mm (0-400).

Source:
    Jacobson & Truax (1991). "Crossed the cutoff", the looser measure, is OpenFIT's definition.
"""

from enum import StrEnum
from math import isfinite

from bot.domain.profiles import Profile
from bot.domain.series import Series


class Change(StrEnum):
    """NONE: fewer than two ratings. UNRELIABLE: less than the instrument's noise."""

    NONE = "none"
    IMPROVED = "improved"
    UNRELIABLE = "unreliable"
    DETERIORATED = "deteriorated"


def change(series: Series, profile: Profile) -> Change:
    """Compare the newest outcome total with the intake; a difference of exactly the reliable change counts."""
    if len(series) < 2:
        return Change.NONE
    bound = profile.reliable_change(series.instrument)
    if abs(difference(series)) < bound:
        return Change.UNRELIABLE
    return Change.IMPROVED if difference(series) > 0 else Change.DETERIORATED


def difference(series: Series) -> int:
    """Newest total minus intake, in mm; 0 of a single rating."""
    return series.last.total - series.intake.total


def began_above(series: Series, profile: Profile) -> bool:
    """Who began above the cutoff can neither cross it nor change clinically; they are counted apart."""
    return _above(series.intake.total, series, profile)


def ends_above(series: Series, profile: Profile) -> bool:
    """Whether the newest total is above the cutoff, where there is one."""
    return _above(series.last.total, series, profile)


def crossed_cutoff(series: Series, profile: Profile) -> bool:
    """Began below the cutoff and is above it now."""
    below = series.cutoff(profile) is not None and not began_above(series, profile)
    return below and ends_above(series, profile)


def clinically_significant(series: Series, profile: Profile) -> bool:
    """Began below the cutoff, is above it now, and has changed reliably."""
    return crossed_cutoff(series, profile) and change(series, profile) is Change.IMPROVED


def _above(total: int, series: Series, profile: Profile) -> bool:
    cutoff = series.cutoff(profile)
    return cutoff is not None and profile.is_above(total, cutoff)


def cutoff_between(*, clinical: tuple[float, float], general: tuple[float, float]) -> float:
    """Jacobson and Truax's cutoff c, between two groups given as (mean, standard deviation): in the unit of the means.

    Raises:
        ValueError: a standard deviation isn't a number above 0.
    """
    (low, low_sd), (high, high_sd) = clinical, general
    if not all(isfinite(sd) and sd > 0 for sd in (low_sd, high_sd)):
        raise ValueError("a standard deviation is a number above 0")
    return (low_sd * high + high_sd * low) / (low_sd + high_sd)
