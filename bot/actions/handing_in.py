"""What a worker has written down for somebody is handed in, in its place in the series; and corrected later."""

from datetime import UTC, datetime, time, tzinfo

import storage
from bot.actions import entering
from bot.actions.access import Desk
from bot.actions.entering import Entry
from bot.actions.giving import give
from bot.domain import times
from bot.domain.acts import Act
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import Measure
from bot.domain.people import Person
from bot.domain.ratings import Draft, DraftState, Rating
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction

NOON = time(12)
"""Of a day of which nobody knows the hour."""


async def send(
    db: Transaction, person: Person, draft_id: str, *, weighing: Weighing = WEIGHING, now: datetime, zone: tzinfo
) -> Entry:
    """It becomes a rating, in its place in the series by its day. Sent twice is sent once."""
    desk, before = await entering.usable(db, person, draft_id, now=now)
    if before.state is not DraftState.SENT:
        after = before.handed_in()
        if before.state is DraftState.OPEN and before.session_id is None:
            after = await _for_its_meeting(db, after, zone=zone)
        await entering.save(db, before, after, now=now)
        at = await _at(db, after, now=now, zone=zone)
        if before.state is DraftState.CHANGING:
            await _note_correction(db, desk, after, at, now=now, zone=zone)
        await give(db, after, by=person, at=at, weighing=weighing, now=now)
        before = after
    return await entering.entry(db, person, desk.case, before, now=now, zone=zone)


async def _for_its_meeting(db: Transaction, draft: Draft, *, zone: tzinfo) -> Draft:
    """A sheet of the day of a meeting is the meeting's, in place of what wasn't answered there.

    There are never two of one day: the second is refused.
    """
    given = [each for each in await storage.ratings.of_rater(db, draft.rater_id) if _alike(draft, each)]
    if any(each.at.astimezone(zone).date() == draft.rated_on for each in given):
        raise Refusal(Reason.SAME_DAY)
    sessions = await storage.sessions.of_case(db, draft.case_id)
    met = [each for each in sessions if each.started_at.astimezone(zone).date() == draft.rated_on]
    if len(met) != 1:
        return draft
    measure = draft.instrument.asked_with
    there = await storage.drafts.of_rater(db, draft.rater_id, session_id=met[0].id, measure=measure)
    asked = [each for each in there if _alike(draft, each)]
    if any(each.state not in entering.NOT_SENT for each in asked):
        raise Refusal(Reason.SAME_DAY)
    for each in asked:
        await storage.drafts.erase(db, each.id)
    await storage.drafts.adopt(db, [draft.id], met[0].id)
    return draft.for_meeting(met[0].id)


def _alike(draft: Draft, other: Draft | Rating) -> bool:
    return (draft.subject_id, draft.instrument) == (other.subject_id, other.instrument)


async def _at(db: Transaction, draft: Draft, *, now: datetime, zone: tzinfo) -> datetime:
    """When it was given: of the meeting's day the meeting's beginning or end, of today now, of another day its noon."""
    session = await storage.sessions.get(db, draft.session_id) if draft.session_id else None
    day = draft.rated_on
    if day is None:
        return now
    if session is not None and session.started_at.astimezone(zone).date() == day:
        return session.started_at if draft.instrument.asked_with is Measure.OUTCOME else session.ended_at or now
    if now.astimezone(zone).date() == day:
        return now
    return times.on(day, NOON, zone) or datetime.combine(day, NOON, UTC)


async def _note_correction(
    db: Transaction, desk: Desk, draft: Draft, at: datetime, *, now: datetime, zone: tzinfo
) -> None:
    """Who has corrected which, for the audit; and the day, where that was wrong."""
    rating = await storage.ratings.of_draft(db, draft.id)
    if rating is None:
        return
    if draft.rated_on is not None and rating.at.astimezone(zone).date() != draft.rated_on:
        await storage.ratings.redate(db, draft.id, at)
    its = {"worker_id": desk.worker.id, "case_id": desk.case.id, "about_id": rating.id}
    await storage.audit.note(db, Act.CORRECT_RATING, **its, now=now)


# Correcting


async def correct(db: Transaction, person: Person, draft_id: str, *, now: datetime, zone: tzinfo) -> Entry:
    """What was written down and sent, to be corrected. Until it is sent again the first counts."""
    return await entering.move(db, person, draft_id, Draft.corrected, now=now, zone=zone)


async def keep_first(db: Transaction, person: Person, draft_id: str, *, now: datetime, zone: tzinfo) -> Entry:
    """Give a correction up."""
    rating = await storage.ratings.of_draft(db, draft_id)

    def kept(draft: Draft) -> Draft:
        if rating is None or draft.state is not DraftState.CHANGING:
            return draft
        day = rating.at.astimezone(zone).date() if draft.rated_on is not None else None
        return draft.kept(rating).on_day(day)

    return await entering.move(db, person, draft_id, kept, now=now, zone=zone)
