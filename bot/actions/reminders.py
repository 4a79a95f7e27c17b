"""The evening after a meeting: who was there and hasn't answered is reminded once, and the workers hear who is missing.

The letters are put when the meeting ends and worded when their time has come, if they are still true then.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo

import storage
from bot.actions import ratings
from bot.actions.access import access_draft
from bot.actions.ratings import RatingView
from bot.domain.alerts import Rule, missing
from bot.domain.cases import Case, Session
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from bot.domain.ratings import Draft, DraftState, SkipReason
from bot.domain.times import QuietHours, allowed_at, same_evening
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction


@dataclass(frozen=True)
class Waiting:
    """What somebody was asked in a meeting and can still answer: where to begin, and until when."""

    draft_id: str
    until: datetime


async def remind(
    db: Transaction,
    case: Case,
    session: Session,
    *,
    weighing: Weighing = WEIGHING,
    now: datetime,
    since: datetime | None = None,
    zone: tzinfo,
    quiet: QuietHours | None,
) -> None:
    """Letters for the evening of a meeting that ends now, when somebody who was there hasn't answered.

    `since`: they are asked about it later than now, and aren't reminded within the hour.
    One for each meeting and person, to those who are missing and to the case's workers; none when answers aren't taken
    any more by then, or when the worker's team has switched the rule off.
    """
    at = allowed_at(same_evening(since or now, zone), quiet, zone)
    asked = {each.id for each in case.present_raters if not each.is_guess}
    silent = asked & missing(session, await storage.drafts.of_session(db, session.id))
    if not silent or not session.takes_answers(now=at) or not await _is_on(db, session, weighing):
        return
    workers = await storage.workers.of_case(db, case.id)
    told = [(LetterKind.REMINDER, each.person_id) for each in case.raters if each.id in silent]
    told += [(LetterKind.RATING_MISSING, each.person_id) for each in workers]
    for kind, person_id in told:
        if person_id is not None:
            own = await storage.preferences.quiet_hours_of(db, person_id)
            when, about = allowed_at(at, own, zone), {"session": session.id}
            await storage.outbox.put(db, kind, person_id, about, key=session.id, now=now, not_before=when)


async def _is_on(db: Transaction, session: Session, weighing: Weighing) -> bool:
    worker = await storage.workers.ever(db, session.worker_id)
    return weighing.profile.terms[Rule.RATING_MISSING].on_for(worker.team if worker else "")


async def waiting(db: Transaction, person: Person, session_id: str, *, now: datetime) -> Waiting | None:
    """What still waits for this person's answers, what they have begun first; None when nothing does."""
    session = await storage.sessions.get(db, session_id)
    drafts = await _open(db, person, session_id)
    if session is None or session.answers_until is None or not drafts:
        return None
    first = next((each for each in drafts if each.begun), drafts[0])
    shown = await ratings.asked(db, person, first.id, now=now)
    return Waiting(shown.draft.id, session.answers_until) if shown else None


async def _open(db: Transaction, person: Person, session_id: str | None) -> list[Draft]:
    """What this person was asked in a meeting, and hasn't handed in or skipped, while the case isn't closed."""
    own = await storage.drafts.under_way(db, person.id)
    return [each for each in own if each.session_id == session_id and each.state is DraftState.OPEN]


async def decline(db: Transaction, person: Person, draft_id: str, *, now: datetime) -> RatingView:
    """Not this time: of the meeting of this draft, all that still waits for the person's answers is skipped."""
    named = await access_draft(db, person, draft_id)
    drafts = await _open(db, person, named.session_id)
    if not drafts:
        raise Refusal(Reason.NO_LONGER)
    for each in drafts:
        await ratings.skip(db, person, each.id, SkipReason.NONE, now=now)
    return await ratings.view(db, person, draft_id, now=now)
