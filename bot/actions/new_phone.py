"""A worker comes with another phone than before: what waits for them comes there, and the old one opens nothing.

The old phone may be lost, and in somebody's hands at that: whoever has it can't give it back.
"""

from datetime import datetime

import storage
from bot.actions import hands_off, lent, menus
from bot.domain.people import Person, Worker
from storage import Transaction


async def comes(db: Transaction, worker: Worker, person: Person, *, now: datetime) -> None:
    """From now on the worker is the person with this phone."""
    await storage.workers.set_person(db, worker.id, person.id)
    before = worker.person_id
    if before is not None and before != person.id:
        await _follow(db, worker, before, person.id, now=now)
        await menus.follow(db, before, now=now)
    await menus.follow(db, person.id, now=now)


async def _follow(db: Transaction, worker: Worker, before: str, after: str, *, now: datetime) -> None:
    """What waits, and once more what was sent there and nobody has opened.

    What is being sent there is held first: else it could arrive between the look at what was sent and the one at what
    waits, and be in neither.
    """
    found = await storage.hand_overs.of_person(db, before)
    if found is not None:
        await hands_off.end(db, found, now=now)
    waiting = await storage.backlog.of_person(db, before, hold=True)
    await lent.tell_again(db, worker, at=after, now=now)
    await storage.backlog.readdress(db, [each for each in waiting if each.for_worker], after)
