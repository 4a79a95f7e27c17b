"""Alerts: raised in the transaction of their rating, told to each worker of the case, seen through the case's door."""

from dataclasses import dataclass
from datetime import datetime

import storage
from bot.actions import undelivered
from bot.actions.access import access_case
from bot.domain.alerts import Alert
from bot.domain.alerts import is_so as holds
from bot.domain.alerts import rule_of as raised_by
from bot.domain.cases import Case, CaseState, Rater
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from bot.domain.ratings import Rating
from storage import Transaction


@dataclass(frozen=True)
class AlertView:
    """An alert with the rating that raised it, and the one before that in its series."""

    alert: Alert
    case: Case
    rater: Rater
    rating: Rating
    before: Rating | None


async def raise_for(db: Transaction, rating: Rating, *, now: datetime) -> None:
    """The alert that this rating raises, if one; raised before by the same rating, it isn't again."""
    rule = raised_by(rating, await _before(db, rating))
    if rule is None:
        return
    alert = await storage.alerts.raise_once(db, rule, case_id=rating.case_id, draft_id=rating.draft_id, now=now)
    if alert is not None:
        await _tell(db, alert, rating, now=now)


async def _before(db: Transaction, rating: Rating) -> Rating | None:
    """The newest earlier one of the rater about the same subject with the same instrument."""
    series = [
        each
        for each in await storage.ratings.of_rater(db, rating.rater_id)
        if (each.instrument, each.subject_id) == (rating.instrument, rating.subject_id)
    ]
    return next((each for each in reversed(series) if each.draft_id != rating.draft_id and each.at <= rating.at), None)


async def _tell(db: Transaction, alert: Alert, rating: Rating, *, now: datetime) -> None:
    """To all workers of the case, whoever holds the phone; where there is none, the lead hears that."""
    its = [each for each in await storage.workers.of_case(db, alert.case_id) if each.person_id is not None]
    for worker in its:
        about = {"alert": str(alert.number), "worker": worker.id}
        key, person_id = str(alert.number), worker.person_id or ""
        await storage.outbox.put(db, LetterKind.ALERT, person_id, about, key=key, now=now)
    if not its:
        await undelivered.tell_leads(db, rating.worker_id, alert.number, now=now)


async def show(db: Transaction, person: Person, number: int) -> AlertView | None:
    """None when what it was about isn't there, or isn't so, any more.

    Raises:
        Refusal: the case isn't this worker's (any more).
    """
    alert = await storage.alerts.get(db, number)
    rating = await storage.ratings.of_draft(db, alert.draft_id) if alert else None
    rater = await storage.cases.rater(db, rating.rater_id) if rating else None
    if alert is None or rating is None or rater is None:
        return None
    before = await _before(db, rating)
    if not holds(alert.rule, rating, before):
        return None
    case = await storage.cases.get(db, alert.case_id)
    asked = case is not None and case.state is CaseState.ASKED
    state = CaseState.ASKED if asked else CaseState.OPEN
    desk = await access_case(db, person, alert.case_id, state=state, hold=False)
    return AlertView(alert, desk.case, rater, rating, before)
