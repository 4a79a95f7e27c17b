"""Alerts: what in a rating the worker should hear of at once. They start a talk; they are never a diagnosis or a grade.

A rule is raised when it becomes true, and again only after it was false in between.

Source:
    very_low and alliance_drop: our own bounds, in the manner of the measures' guides; not published cutoffs.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.instruments import Measure
from bot.domain.ratings import Rating

VERY_LOW_TOTAL = 100
"""Outcome total in mm (0-400) from which down the worker hears of it, also after a first rating."""
ALLIANCE_FALL = 30
"""Fall of the alliance total in mm from one meeting to the next that rings."""


class Rule(StrEnum):
    """Why an alert was raised."""

    VERY_LOW = "very_low"
    ALLIANCE_DROP = "alliance_drop"


@dataclass(frozen=True)
class Alert:
    """One that was raised. `number` is what people call it by; `draft_id` is the rating's."""

    number: int
    case_id: str
    draft_id: str
    rule: Rule
    raised_at: datetime


def raised_by(rating: Rating, before: Rating | None) -> Rule | None:
    """The rule that this rating raises, if one; `before` is the one before it in its series.

    Very low: a total of 10.0 or less, or an item at 0. Alliance: a fall of 3.0 or more.
    """
    if rating.measure is Measure.OUTCOME:
        was = before is not None and _is_very_low(before)
        return Rule.VERY_LOW if _is_very_low(rating) and not was else None
    return Rule.ALLIANCE_DROP if _fell(rating, before) else None


def holds(rule: Rule, rating: Rating, before: Rating | None) -> bool:
    """Whether what the rule was raised by is still so: a rating may have been corrected since."""
    return _is_very_low(rating) if rule is Rule.VERY_LOW else _fell(rating, before)


def _fell(rating: Rating, before: Rating | None) -> bool:
    return before is not None and before.total - rating.total >= ALLIANCE_FALL


def _is_very_low(rating: Rating) -> bool:
    return rating.total <= VERY_LOW_TOTAL or 0 in rating.scores
