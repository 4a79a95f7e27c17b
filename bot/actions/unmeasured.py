"""Met without measuring: a meeting that nobody was asked to rate. It counts for coverage, and asks nobody anything."""

from datetime import datetime, timedelta

import storage
from bot.actions.access import access_case, access_session
from bot.actions.meetings import attendance
from bot.domain.cases import Case, Session
from bot.domain.errors import Reason, Refusal
from bot.domain.people import Person
from storage import Transaction

CAN_BE_TAKEN_BACK = timedelta(days=1)


async def met(db: Transaction, person: Person, case_id: str, newest: str, *, now: datetime) -> tuple[Case, Session]:
    """Just now, with who comes usually. `newest` is the meeting that was the newest when it was said; none: `-`."""
    desk = await access_case(db, person, case_id)
    before = await storage.sessions.newest(db, case_id)
    if newest != mark(before):
        raise Refusal(Reason.NO_LONGER)
    if before is not None and before.ended_at is None:
        raise Refusal(Reason.MEETING_OPEN)
    usual = await attendance(db, person, case_id)
    session = await storage.sessions.add_held(
        db, case_id=case_id, worker_id=desk.worker.id, rater_ids=usual.ticked, started_at=now, now=now
    )
    return desk.case, session


def mark(newest: Session | None) -> str:
    """Stands in a button for the meeting before: a second tap writes down no second one."""
    return newest.id if newest else "-"


async def newest_of(db: Transaction, person: Person, case_id: str) -> str:
    await access_case(db, person, case_id, hold=False)
    return mark(await storage.sessions.newest(db, case_id))


async def just_noted(db: Transaction, person: Person, case_id: str, *, now: datetime) -> tuple[Case, Session] | None:
    """The newest meeting, if it is one that can be taken back."""
    desk = await access_case(db, person, case_id, hold=False)
    newest = await storage.sessions.newest(db, case_id)
    if newest is None or newest.ended_at is None or now - newest.started_at >= CAN_BE_TAKEN_BACK:
        return None
    return None if await storage.drafts.of_session(db, newest.id) else (desk.case, newest)


async def take_back(db: Transaction, person: Person, session_id: str, *, now: datetime) -> Case:
    """It was a mistake: within a day, and while nobody has answered for it."""
    meeting = await access_session(db, person, session_id)
    fresh = now - meeting.session.started_at < CAN_BE_TAKEN_BACK
    if not fresh or not await storage.sessions.remove_unasked(db, session_id):
        raise Refusal(Reason.NO_LONGER)
    return meeting.case
