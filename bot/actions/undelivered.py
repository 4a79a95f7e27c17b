"""What didn't reach a worker: flagged to the leads of the team, by number, worker and time; never a case or a rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import storage
from bot import log
from bot.actions.access import access_worker
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import Letter, LetterKind
from bot.domain.people import Person, Role, Worker
from storage import Transaction


@dataclass(frozen=True)
class Flagged:
    """An alert that didn't reach its worker."""

    number: int
    worker: Worker
    raised_at: datetime


async def flag(db: Transaction, letter: Letter, *, now: datetime) -> None:
    """An alert that is dead isn't silent."""
    worker = await storage.workers.of_person(db, letter.person_id)
    if letter.kind is LetterKind.ALERT:
        await tell_leads(db, worker.id if worker else None, int(letter.about["alert"]), now=now)


async def tell_leads(db: Transaction, worker_id: str | None, number: int, *, now: datetime) -> None:
    """Where nobody can be told, the log and the figures still have it."""
    worker = await storage.workers.get(db, worker_id) if worker_id else None
    leads = await storage.workers.leads_of(db, worker) if worker else []
    about = {"alert": str(number), "worker": worker.id if worker else ""}
    for lead in leads:
        if lead.person_id is not None:
            key = f"{number}:{about['worker']}"
            await storage.outbox.put(db, LetterKind.UNDELIVERED, lead.person_id, about, key=key, now=now)
    log.event(log.Event.ALERT_UNDELIVERABLE, alert=number, count=len(leads))


async def show(db: Transaction, person: Person, about: Mapping[str, str]) -> Flagged | None:
    """For a lead of the worker's team, or an admin.

    Raises:
        Refusal: they are neither (any more).
    """
    reader = await access_worker(db, person)
    worker = await storage.workers.get(db, about["worker"])
    alert = await storage.alerts.get(db, int(about["alert"]))
    if worker is None or alert is None:
        return None
    if reader.role is not Role.ADMIN and (reader.role is not Role.LEAD or reader.team != worker.team):
        raise Refusal(Reason.NOT_HERE)
    return Flagged(alert.number, worker, alert.raised_at)
