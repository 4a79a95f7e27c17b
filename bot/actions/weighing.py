"""Ratings as they are weighed: in their series, each in its own place; and whether what was raised is still so."""

from collections.abc import Sequence

import storage
from bot.domain.alerts import Alert, Rule, furthest_apart, holds
from bot.domain.cases import Case
from bot.domain.instruments import Measure
from bot.domain.ratings import Rating
from bot.domain.series import Series, series_of
from bot.domain.weighing import Weighing
from storage import Transaction


async def series_with(db: Transaction, case: Case, rating: Rating) -> Series:
    """All of the series that this rating is in."""
    found = series_of(case, await storage.ratings.of_rater(db, rating.rater_id))
    return next(each for each in found if any(its.id == rating.id for its in each.ratings))


async def team_of(db: Transaction, rating: Rating) -> str:
    """Of the worker to whom the rating is tied."""
    worker = await storage.workers.ever(db, rating.worker_id)
    return worker.team if worker else ""


def in_meeting(series: Sequence[Series], session_id: str, subject_id: str) -> Sequence[Series]:
    """The outcome series about one subject that have a rating of this meeting, each cut to it."""
    about = (each for each in series if each.measure is Measure.OUTCOME and each.subject_id == subject_id)
    cut = (each.until(draft) for each in about for draft in _drafts(each, session_id))
    return [each for each in cut if each is not None]


def _drafts(series: Series, session_id: str) -> Sequence[str]:
    return [each.draft_id for each in series.ratings if each.session_id == session_id]


def is_so(alert: Alert, series: Sequence[Series], weighing: Weighing) -> bool:
    """Whether the rule is true at its rating, among all series of the case: a rating may have been corrected since."""
    found = place_of(alert, series)
    if found is None:
        return False
    if alert.rule is not Rule.RATERS_DIFFER:
        return holds(alert.rule, found, weighing.profile)
    meeting = in_meeting(series, found.last.session_id or "", found.subject_id or "")
    return apart(meeting, weighing) is not None


def place_of(alert: Alert, series: Sequence[Series]) -> Series | None:
    """The series of the alert's rating, cut to it; None when it isn't there any more."""
    return next((cut for cut in (each.until(alert.draft_id) for each in series) if cut is not None), None)


def apart(meeting: Sequence[Series], weighing: Weighing) -> tuple[Series, Series] | None:
    """The two of one meeting who are furthest apart, if they differ reliably; in the order given."""
    found = furthest_apart(meeting, weighing.profile)
    if found is None:
        return None
    first, second = sorted(found, key=list(meeting).index)
    return first, second
