"""Not this time: the worker says it for somebody, or for all who haven't begun. A full answer, never a low one."""

from datetime import datetime

import storage
from bot.actions import closing_requests, entering, meetings, ratings
from bot.actions.access import access_session
from bot.actions.meetings import Card
from bot.actions.telling import freshen_card
from bot.domain.cases import Case
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import OF_MEETING
from bot.domain.people import Person
from bot.domain.ratings import Draft, DraftState, SkipReason
from storage import Transaction


async def leave_out(
    db: Transaction, person: Person, session_id: str, rater_id: str, reason: SkipReason, *, now: datetime
) -> Card:
    """One of the meeting doesn't answer what they were asked; also in the middle of it, when they say so."""
    meeting = await access_session(db, person, session_id)
    if not (await entering.ways(db, person, session_id, rater_id)).can_skip:
        raise Refusal(Reason.NO_LONGER)
    for draft in await storage.drafts.of_session(db, session_id):
        if draft.rater_id == rater_id and draft.state is DraftState.OPEN:
            await _skip(db, meeting.case, draft, reason, now=now)
    await freshen_card(db, session_id, by=person, now=now)
    return await meetings.card(db, meeting.session)


async def _skip(db: Transaction, case: Case, draft: Draft, reason: SkipReason, *, now: datetime) -> None:
    """Where it was asked on a phone, it shows there that nothing waits any more."""
    if not await storage.drafts.save(db, draft, draft.skipped(reason), now=now):
        raise Refusal(Reason.NO_LONGER)
    await closing_requests.close(db, draft, case.rater(draft.rater_id), now=now)


async def leave_all_out(db: Transaction, person: Person, session_id: str, reason: SkipReason, *, now: datetime) -> Card:
    """The whole meeting, before and after, but who has begun: those aren't asked when it closes either."""
    meeting = await access_session(db, person, session_id)
    here = [each for each in meeting.case.raters if each.id in meeting.session.rater_ids]
    for rater in here:
        for measure in OF_MEETING:
            await ratings.ask(db, rater, meeting.session, measure, now=now)
    waiting = [each for each in await storage.drafts.of_session(db, session_id) if each.state is DraftState.OPEN]
    untouched = [each for each in waiting if not each.begun]
    if not untouched:
        raise Refusal(Reason.NO_LONGER)
    for draft in untouched:
        await _skip(db, meeting.case, draft, reason, now=now)
    await freshen_card(db, session_id, by=person, now=now)
    return await meetings.card(db, meeting.session)
