"""What goes along when a case goes from one worker to another: what waits for the giver, and what nobody has opened."""

from collections.abc import Iterable
from datetime import datetime

import storage
from bot.actions import alerts, passing_on
from bot.domain.alerts import Alert, Level
from bot.domain.letters import ASKING, OF_ALERTS, Letter, LetterKind
from bot.domain.people import Worker
from bot.domain.weighing import Weighing
from storage import Transaction
from storage.outbox import LetterState

TAKEN = "handed_on"


async def hand_on(
    db: Transaction, case_id: str, giver: Worker, taker: Worker, *, weighing: Weighing, now: datetime
) -> None:
    """Plans and alerts are the taker's; what still waits for the giver isn't sent."""
    await _hand_on_plans(db, case_id, giver, taker)
    raised = [each for each in await storage.alerts.of_case(db, case_id) if each.level is Level.ALERT]
    await take_back(db, giver, raised, now=now)
    for draft_id in dict.fromkeys(each.draft_id for each in raised):
        its = [each for each in raised if each.draft_id == draft_id and each.talked_at is None]
        if its:
            await _tell(db, its, taker, weighing=weighing, now=now)


async def _hand_on_plans(db: Transaction, case_id: str, giver: Worker, taker: Worker) -> None:
    """With the letters that ask for them, which would go when the giver goes."""
    await storage.offers.give_plans(db, case_id, from_id=giver.id, to_id=taker.id)
    its = {each.id for each in await storage.plans.of_case(db, case_id)}
    asking = [each for each in await _waiting_for(db, giver) if each.kind in ASKING and each.about["plan"] in its]
    if taker.person_id is not None:
        await storage.backlog.readdress(db, asking, taker.person_id)


async def take_back(db: Transaction, worker: Worker, raised: Iterable[Alert], *, now: datetime) -> None:
    """What waits for this worker about these alerts isn't sent, and nobody is told that it didn't arrive."""
    numbers = {each.number for each in raised}
    for letter in await _waiting_for(db, worker):
        if letter.kind in OF_ALERTS and numbers & set(letter.alerts):
            await storage.backlog.end(db, letter, LetterState.VOID, outcome=TAKEN, now=now)


async def _waiting_for(db: Transaction, worker: Worker) -> Iterable[Letter]:
    return await storage.backlog.of_person(db, worker.person_id) if worker.person_id is not None else ()


async def _tell(db: Transaction, its: list[Alert], taker: Worker, *, weighing: Weighing, now: datetime) -> None:
    """What nobody has opened is told at once; what was put off comes when it would have come, and has its time then."""
    first, later = its[0], its[0].later_at
    if later is not None and later > now and taker.person_id is not None:
        await _come_then(db, first, taker, later, now=now)
        if first.opened_at is None and first.passed_to is None:
            await passing_on.plan(db, first, [taker], since=later, weighing=weighing, now=now)
    elif first.opened_at is None:
        await alerts.tell_worker(db, its, taker, now=now)
        await passing_on.plan(db, first, [taker], since=now, weighing=weighing, now=now)


async def _come_then(db: Transaction, alert: Alert, taker: Worker, later: datetime, *, now: datetime) -> None:
    about, key = {"alert": str(alert.number), "worker": taker.id}, f"{alert.number}:{int(now.timestamp())}"
    await storage.outbox.put(db, LetterKind.PUT_OFF, taker.person_id or "", about, key=key, now=now, not_before=later)
