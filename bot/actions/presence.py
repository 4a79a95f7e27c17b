"""Who is here, while a meeting goes on: somebody comes late, or wasn't there after all."""

from datetime import datetime

import storage
from bot.actions import closing_requests, meetings
from bot.actions.access import Meeting, access_session
from bot.actions.meetings import Card
from bot.actions.telling import freshen_card
from bot.domain.cases import Rater
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from bot.domain.ratings import Draft, DraftState, SkipReason
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction


async def come_in(
    db: Transaction, person: Person, session_id: str, rater_id: str, *, weighing: Weighing = WEIGHING, now: datetime
) -> Card:
    """A late member is here too, and is asked what is asked now; a second tap changes nothing."""
    meeting, rater = await _of_meeting(db, person, session_id, rater_id, now=now)
    if rater.id not in meeting.session.rater_ids:
        await _ask_again(db, meeting, rater, now=now)
        await meetings.come(db, meeting.session, rater, weighing=weighing, now=now)
        await freshen_card(db, session_id, by=person, now=now)
    return await meetings.show_card(db, person, session_id)


async def _of_meeting(
    db: Transaction, person: Person, session_id: str, rater_id: str, *, now: datetime
) -> tuple[Meeting, Rater]:
    """A meeting that still takes answers, and somebody of its case who can be asked."""
    meeting = await access_session(db, person, session_id)
    rater = next((each for each in meeting.case.present_raters if each.id == rater_id and each.can_meet), None)
    if rater is None:
        raise Refusal(Reason.NOT_HERE)
    if not meeting.session.takes_answers(now=now):
        raise Refusal(Reason.MEETING_OVER)
    return meeting, rater


async def _ask_again(db: Transaction, meeting: Meeting, rater: Rater, *, now: datetime) -> None:
    """What was closed because they weren't there waits for them once more."""
    for draft in await _drafts(db, meeting, rater):
        if draft.skip_reason is SkipReason.NOT_PRESENT:
            await storage.drafts.save(db, draft, draft.reopened(), now=now)
            if rater.person_id is not None:
                about, key = {"draft": draft.id}, f"{draft.id}:{int(now.timestamp() * 1000)}"
                await storage.outbox.put(db, LetterKind.PRESENT, rater.person_id, about, key=key, now=now)


async def _drafts(db: Transaction, meeting: Meeting, rater: Rater) -> list[Draft]:
    return [each for each in await storage.drafts.of_session(db, meeting.session.id) if each.rater_id == rater.id]


async def was_not_here(db: Transaction, person: Person, session_id: str, rater_id: str, *, now: datetime) -> Card:
    """They weren't there after all: what waits for their answer is closed; what they have given stays."""
    meeting, rater = await _of_meeting(db, person, session_id, rater_id, now=now)
    if rater.id in meeting.session.rater_ids:
        await storage.sessions.leave(db, session_id, rater.id)
        for draft in await _drafts(db, meeting, rater):
            if draft.state is DraftState.OPEN:
                await storage.drafts.save(db, draft, draft.skipped(SkipReason.NOT_PRESENT), now=now)
                await closing_requests.close(db, draft, rater, now=now)
        await freshen_card(db, session_id, by=person, now=now)
    return await meetings.show_card(db, person, session_id)
