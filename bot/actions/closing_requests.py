"""A request whose time is over is closed where it stands: once, kindly and without a sound."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import storage
from bot.domain.cases import BEFORE_MEETING, Case, Rater, Session
from bot.domain.letters import LetterKind
from bot.domain.ratings import Draft
from storage import Transaction

_A_MOMENT = timedelta(seconds=1)
"""Answers are taken until the last moment, and that one too."""


async def close(
    db: Transaction, draft: Draft, rater: Rater, *, now: datetime, not_before: datetime | None = None
) -> None:
    """The message on the rater's phone shows, now or not before then, that nothing waits there any more."""
    if rater.person_id is not None:
        about, at = {"draft": draft.id}, not_before or now
        key = f"{draft.id}:{int(at.timestamp() * 1000)}"
        await storage.outbox.put(db, LetterKind.CLOSED, rater.person_id, about, key=key, now=now, not_before=not_before)


async def after_the_meeting(db: Transaction, case: Case, session: Session, *, now: datetime) -> None:
    """What nobody has handed in by the time that a meeting which is over takes no more answers."""
    if session.answers_until is None:
        return
    for draft in await storage.drafts.of_session(db, session.id):
        if draft.under_way:
            await close(db, draft, case.rater(draft.rater_id), now=now, not_before=session.answers_until + _A_MOMENT)


async def of_no_meeting(db: Transaction, drafts: Sequence[Draft], rater: Rater, *, now: datetime) -> None:
    """What was asked before a meeting that never came: after a week."""
    for draft in drafts:
        await close(db, draft, rater, now=now, not_before=draft.began_at + BEFORE_MEETING + _A_MOMENT)
