"""Alerts of a worker whose phone goes into somebody's hands: what is urgent mustn't wait in an emptied chat.

What they haven't opened by then is told to the other workers of each case. When they have the phone back it comes to
them once more, as the message was taken out of the chat.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import storage
from bot.actions import alerts
from bot.domain.alerts import Alert
from bot.domain.cases import CaseState
from bot.domain.letters import LetterKind
from bot.domain.people import Worker
from storage import Transaction
from storage.outbox import LetterState

STILL_URGENT = timedelta(days=7)
"""By then an alert was passed on, or the lead has heard of it."""
_TOLD = frozenset({LetterState.WAITING, LetterState.SENDING, LetterState.SENT})
_SHOWN = frozenset({LetterState.SENT})
_ON_ITS_WAY = _TOLD - _SHOWN
_NOT_HERE = _SHOWN | {LetterState.DEAD}
"""Of another phone: what stands there, and what didn't reach it."""


async def tell_others(db: Transaction, worker: Worker, *, now: datetime) -> None:
    """Whoever of a case has heard of it already doesn't hear it twice."""
    for its in await _unopened(db, worker, _TOLD, now=now):
        others = [each for each in await storage.workers.of_case(db, its[0].case_id) if each.id != worker.id]
        for each in others:
            if not await _told(db, each, its):
                await alerts.tell_worker(db, its, each, now=now)


async def tell_again(db: Transaction, worker: Worker, *, at: str | None = None, now: datetime) -> None:
    """What was sent before and hasn't been opened by anybody; what is on its way comes by itself.

    `at`: the phone that is theirs by now, as a person's id, where it is another one. What didn't reach the one before
    comes there too.
    """
    to, states = (replace(worker, person_id=at), _NOT_HERE) if at is not None else (worker, _SHOWN)
    for its in await _unopened(db, worker, states, now=now):
        if not await _told(db, worker, its, _ON_ITS_WAY):
            await alerts.tell_worker(db, its, to, once_more=True, now=now)


async def _unopened(
    db: Transaction, worker: Worker, states: frozenset[LetterState], *, now: datetime
) -> Sequence[Sequence[Alert]]:
    """What this worker was told of and nobody has opened or put off, by ratings: each came in one letter."""
    cases = await storage.cases.of_worker(db, worker.id, CaseState.OPEN)
    found = await storage.alerts.untalked(db, [each.id for each in cases])
    urgent = [each for each in found if _is_urgent(each, worker, now=now)]
    drafts = dict.fromkeys(each.draft_id for each in urgent)
    by_rating = [[each for each in urgent if each.draft_id == draft] for draft in drafts]
    return [each for each in by_rating if await _told(db, worker, each, states)]


def _is_urgent(alert: Alert, worker: Worker, *, now: datetime) -> bool:
    answered = alert.opened_at or alert.later_at or alert.passed_to not in (None, worker.id)
    return not answered and alert.raised_at > now - STILL_URGENT


async def _told(db: Transaction, worker: Worker, its: Sequence[Alert], states: frozenset[LetterState] = _TOLD) -> bool:
    """Whether a letter about one of them is to this worker."""
    if worker.person_id is None:
        return False
    found: set[LetterState] = set()
    for each in its:
        for kind in (LetterKind.ALERT, LetterKind.PASSED_ON):
            found |= set(await storage.outbox.states_of(db, kind, str(each.number), to=worker.person_id))
    return bool(states & found)
