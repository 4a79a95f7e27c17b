"""What workers set for themselves: quiet hours, leave and deputy; and a new worker's first steps."""

from datetime import datetime

import storage
from bot.actions.access import access_worker
from bot.domain.people import Person, Worker
from bot.domain.preferences import FirstSteps
from storage import Transaction


async def first_steps(db: Transaction, person: Person) -> FirstSteps:
    worker = await access_worker(db, person)
    return await storage.preferences.first_steps(db, worker.id)


async def steps_left(db: Transaction, worker: Worker) -> FirstSteps | None:
    """None when all are done, or when they have been put away."""
    if (await storage.preferences.get(db, worker.id)).welcomed:
        return None
    steps = await storage.preferences.first_steps(db, worker.id)
    return None if steps.all_done else steps


async def put_first_steps_away(db: Transaction, person: Person, *, now: datetime) -> None:
    worker = await access_worker(db, person)
    await storage.preferences.put_first_steps_away(db, worker.id, now=now)
