"""Somebody gets other questions from now on: what waits for an answer is asked anew, where it stands.

What was begun is finished as it was begun, and nobody is asked twice in one meeting because of it.
"""

from datetime import datetime

import storage
from bot.domain.asked_as import asked_now
from bot.domain.cases import Case
from bot.domain.instruments import Instrument, Measure
from bot.domain.letters import LetterKind
from bot.domain.ratings import Draft, DraftState
from storage import Transaction


async def ask_anew(db: Transaction, case: Case, *, now: datetime) -> None:
    """`case`: as it is by now. Whoever gets the same questions as before notices nothing."""
    for draft in await storage.drafts.under_way_in(db, case.id):
        await _ask(db, case, draft, now=now)


async def _ask(db: Transaction, case: Case, draft: Draft, *, now: datetime) -> None:
    rater = case.rater(draft.rater_id)
    instrument = asked_now(case, rater, draft.subject_id, draft.instrument.measure)
    if not _can_change(draft, instrument) or not await storage.drafts.ask_as(db, draft, instrument):
        return
    if rater.person_id is not None:
        key = f"{draft.id}:{int(now.timestamp() * 1000)}"
        await storage.outbox.put(db, LetterKind.PRESENT, rater.person_id, {"draft": draft.id}, key=key, now=now)


def _can_change(draft: Draft, instrument: Instrument) -> bool:
    """A service's own measures know no ages."""
    if draft.instrument.measure is Measure.OWN or draft.instrument == instrument:
        return False
    return draft.state is DraftState.OPEN and not draft.begun and not draft.complete
