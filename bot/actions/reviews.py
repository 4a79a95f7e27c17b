"""Looking back together: what has come of it since the case was opened, or since the last time, and how to go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import storage
from bot.actions.access import access_case
from bot.domain.cases import Case, Rater, Session, Subject
from bot.domain.events import Event
from bot.domain.instruments import Measure
from bot.domain.people import Person
from bot.domain.reviews import Decided, Review, due_at
from bot.domain.series import Series, series_of
from storage import Transaction

SAME_REVIEW = timedelta(hours=24)
"""Decided again within a day is another mind about the same review."""


@dataclass(frozen=True)
class Way:
    """How far one rater's view of one subject has come: the outcome series, of two ratings or more, or of one."""

    rater: Rater
    subject: Subject
    series: Series


@dataclass(frozen=True)
class ReviewView:
    """A case looked back at: how often it met and what happened since it was opened or last looked back at (`since`).

    `ways` are of the whole time. `decided`: what was decided today, if it was. `meeting`: the one that is going on.
    """

    case: Case
    since: datetime
    meetings: int
    ways: Sequence[Way]
    events: Sequence[Event]
    decided: Review | None = None
    meeting: Session | None = None


async def show(db: Transaction, person: Person, case_id: str, *, now: datetime, zone: tzinfo) -> ReviewView:
    desk = await access_case(db, person, case_id, hold=False)
    return await _view(db, desk.case, await storage.reviews.last(db, case_id), now=now, zone=zone)


async def _view(db: Transaction, case: Case, last: Review | None, *, now: datetime, zone: tzinfo) -> ReviewView:
    decided = last if last is not None and now - last.at < SAME_REVIEW else None
    before = await storage.reviews.last(db, case.id, before=decided.at) if decided else last
    since = before.at if before else case.opened_at
    held = await storage.sessions.of_case(db, case.id)
    meetings = [each for each in held if each.started_at >= since]
    first = since.astimezone(zone).date()
    events = [each for each in await storage.events.of_case(db, case.id) if each.day >= first]
    series = series_of(case, await storage.ratings.of_case(db, case.id))
    open_now = next((each for each in held if each.ended_at is None), None)
    return ReviewView(case, since, len(meetings), _ways(case, series), events, decided, open_now)


def _ways(case: Case, found: Sequence[Series]) -> Sequence[Way]:
    """In the order of the raters; what one only thinks that another would say isn't among them."""
    subjects = {each.id: each for each in case.subjects}
    outcome = [each for each in found if each.measure is Measure.OUTCOME and each.subject_id in subjects]
    ways = [Way(case.rater(each.rater_id), subjects[each.subject_id or ""], each) for each in outcome]
    return sorted((each for each in ways if not each.rater.is_guess), key=lambda each: case.raters.index(each.rater))


async def decide(
    db: Transaction, person: Person, case_id: str, decided: Decided, *, now: datetime, zone: tzinfo
) -> ReviewView:
    """What came of it; said again on the same day it is another mind about the same."""
    desk = await access_case(db, person, case_id)
    last = await storage.reviews.last(db, case_id)
    if last is not None and now - last.at < SAME_REVIEW:
        await storage.reviews.change(db, last.id, decided)
    else:
        await storage.reviews.add(db, case_id=case_id, worker_id=desk.worker.id, decided=decided, now=now)
    return await _view(db, desk.case, await storage.reviews.last(db, case_id), now=now, zone=zone)


# When it is time


async def is_due(db: Transaction, case: Case, *, at: datetime) -> bool:
    """Whether a case that meets at this moment is to be looked back at, and hasn't been since."""
    return due_at(case.opened_at, await storage.reviews.last(db, case.id)) <= at
