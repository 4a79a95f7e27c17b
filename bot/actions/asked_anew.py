"""Somebody gets other questions from now on: what waits for an answer is asked anew, where it stands.

What was begun is finished as it was begun, and nobody is asked twice in one meeting because of it. What a meeting that
takes no answers any more has asked stays as it was: there may be a sheet of it that somebody still writes down.
"""

from datetime import datetime

import storage
from bot.actions.ratings import takes_answers
from bot.domain.asked_as import asked_now, is_chosen
from bot.domain.cases import Case
from bot.domain.instruments import Measure
from bot.domain.letters import LetterKind
from bot.domain.ratings import Draft, DraftState
from storage import Transaction


async def ask_anew(db: Transaction, case: Case, *, now: datetime) -> None:
    """`case`: as it is by now. Whoever gets the same questions as before notices nothing."""
    for draft in await storage.drafts.under_way_in(db, case.id):
        if _can_change(draft) and await takes_answers(db, draft, now=now):
            await _ask(db, case, draft, now=now)


def _can_change(draft: Draft) -> bool:
    """A service's own measures know no ages; what a worker writes down was asked already."""
    if draft.instrument.measure is Measure.OWN or draft.is_entered:
        return False
    return draft.state is DraftState.OPEN and not draft.begun and not draft.complete


async def _ask(db: Transaction, case: Case, draft: Draft, *, now: datetime) -> None:
    rater = case.rater(draft.rater_id)
    instrument, chosen = asked_now(case, rater, draft.subject_id), is_chosen(case, rater, draft.subject_id)
    if (draft.instrument, draft.by_choice) == (instrument, chosen):
        return
    changed = await storage.drafts.ask_as(db, draft, instrument, by_choice=chosen)
    if changed and draft.instrument != instrument:
        await _show(db, case, draft, now=now)


async def _show(db: Transaction, case: Case, draft: Draft, *, now: datetime) -> None:
    """On the phone of who taps the numbers: for a guess that of who guesses."""
    person_id = case.answers_for(case.rater(draft.rater_id)).person_id
    if person_id is not None:
        key = f"{draft.id}:{int(now.timestamp() * 1000)}"
        await storage.outbox.put(db, LetterKind.PRESENT, person_id, {"draft": draft.id}, key=key, now=now)
