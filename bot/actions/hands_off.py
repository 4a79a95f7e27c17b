"""A hand-over ends, whichever way: what was asked may be answered elsewhere, and what waited for the phone comes."""

from datetime import datetime

import storage
from bot.domain.cases import Case
from bot.domain.handing_over import HandOver
from bot.domain.ratings import Mode
from storage import Transaction


async def end(db: Transaction, found: HandOver, *, now: datetime) -> Case | None:
    """The phone is in nobody's hands any more; the case in which it was, if that is still there."""
    await storage.hand_overs.end(db, found.person_id)
    rater = await storage.cases.rater(db, found.rater_id)
    case = await storage.cases.get(db, rater.case_id) if rater is not None else None
    if case is not None:
        await _answered_elsewhere_again(db, found, case)
    await storage.outbox.let_come(db, found.person_id, held_since=found.at, now=now)
    return case


async def _answered_elsewhere_again(db: Transaction, found: HandOver, case: Case) -> None:
    """What they haven't sent they may still answer on a phone of their own."""
    for each in case.raters:
        if found.rater_id in (each.id, each.guessed_by):
            await storage.drafts.change_mode(db, each.id, found.session_id, Mode.BUTTONS, instead_of=Mode.HANDED_OVER)
