"""What was handed in becomes a rating: weighed, shown on the meeting's card, and drawn for the case's workers."""

from datetime import datetime, timedelta

import storage
from bot.actions import alerts
from bot.actions.telling import freshen_card, tell_workers
from bot.domain.asked_as import age_read
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind
from bot.domain.people import AgeBand, Person
from bot.domain.ratings import ENTERED, Draft, Rating
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction

TOO_OLD_TO_ALERT = timedelta(days=7)
"""A paper from longer ago raises nothing: what it would start was talked about then, or the family says it anew."""


async def give(
    db: Transaction,
    draft: Draft,
    *,
    by: Person,
    at: datetime | None = None,
    weighing: Weighing = WEIGHING,
    now: datetime,
) -> Rating:
    """The sent draft as a rating, and who hears of it. `at`: when it was given, if that isn't now.

    A worker who has written it down for somebody gets its picture like the others.
    """
    band, worker_id = await _band_of(db, draft), await _worker_for(db, draft)
    given = draft.rating(id=storage.new_id(), worker_id=worker_id, band=band, at=at or now)
    rating = await storage.ratings.put(db, given)
    if now - rating.at <= TOO_OLD_TO_ALERT or not draft.is_entered:
        await alerts.raise_for(db, rating, weighing=weighing, now=now)
    await show(db, rating, by=by, now=now)
    return rating


async def show(db: Transaction, rating: Rating, *, by: Person, now: datetime) -> None:
    """On the card of its meeting, and in its picture."""
    await freshen_card(db, rating.session_id, by=by, now=now)
    about = {"draft": rating.draft_id} | ({"session": rating.session_id} if rating.session_id else {})
    but = None if rating.mode in ENTERED else by
    key = f"{rating.draft_id}:{int(now.timestamp() * 1000)}"
    await tell_workers(db, rating.case_id, LetterKind.PICTURE, about, but=but, key=key, now=now)


async def _band_of(db: Transaction, draft: Draft) -> AgeBand | None:
    """The age of whom it is about: now, or that for which it was asked."""
    case = await storage.cases.get(db, draft.case_id)
    if case is None:
        return None
    return age_read(case, draft)


async def _worker_for(db: Transaction, draft: Draft) -> str:
    """Whom the rating is tied to: the worker of the meeting, else of the case."""
    session = await storage.sessions.get(db, draft.session_id) if draft.session_id else None
    if session is not None:
        return session.worker_id
    worker = await storage.workers.last_of_case(db, draft.case_id)
    if worker is None:
        raise Refusal(Reason.NOT_HERE)
    return worker.id
