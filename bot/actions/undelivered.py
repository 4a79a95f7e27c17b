"""What didn't reach a worker, or was opened by nobody: flagged to the leads of the team, by number, worker and time;
never a case or a rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import storage
from bot import log
from bot.actions.access import LEADS, access_lead
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import OF_ALERTS, Letter, LetterKind
from bot.domain.people import Person, Role, Worker
from storage import Transaction

SHOWN = timedelta(days=30)
UNOPENED = "unopened"


@dataclass(frozen=True)
class Flagged:
    """An alert that didn't reach its worker; or did, and nobody has opened it (`unopened`)."""

    number: int
    worker: Worker
    raised_at: datetime
    unopened: bool = False


@dataclass(frozen=True)
class Lost:
    """A letter that didn't reach a worker; `alert` is its number where it was one."""

    alert: int | None
    worker: str
    at: datetime


async def flag(db: Transaction, letter: Letter, *, now: datetime) -> None:
    """An alert that is dead isn't silent, nor is what a lead should have heard of one."""
    worker_id = letter.about.get("worker")
    if letter.kind in OF_ALERTS:
        for number in letter.alerts:
            await _flag_one(db, letter, number, now=now)
    elif letter.kind is LetterKind.UNDELIVERED:
        admins = await storage.workers.admins_but(db, letter.person_id)
        why = letter.about.get("why") == UNOPENED
        await _tell(db, admins, worker_id or "", letter.alerts[0], unopened=why, now=now)


async def _flag_one(db: Transaction, letter: Letter, number: int, *, now: datetime) -> None:
    """Where it was only to be looked whether somebody has opened it, and somebody has, there is nothing to flag."""
    looks = letter.kind is LetterKind.UNOPENED
    alert = await storage.alerts.get(db, number) if looks else None
    if not looks or (alert is not None and alert.opened_at is None):
        await tell_leads(db, letter.about.get("worker"), number, unopened=looks, now=now)


async def tell_leads(
    db: Transaction, worker_id: str | None, number: int, *, unopened: bool = False, now: datetime
) -> None:
    """Whose role has ended has leads too. Where nobody can be told, the log and the figures still have it."""
    worker = await storage.workers.ever(db, worker_id) if worker_id else None
    leads, its = await storage.workers.leads_of(db, worker), worker.id if worker else ""
    await _tell(db, leads, its, number, unopened=unopened, now=now)


async def _tell(
    db: Transaction, leads: Sequence[Worker], worker_id: str, number: int, *, unopened: bool, now: datetime
) -> None:
    """Told once of each alert and worker: who knows that it didn't arrive needn't hear that nobody has opened it."""
    about = {"alert": str(number), "worker": worker_id} | ({"why": UNOPENED} if unopened else {})
    for lead in leads:
        if lead.person_id is not None:
            key = f"{number}:{worker_id}"
            await storage.outbox.put(db, LetterKind.UNDELIVERED, lead.person_id, about, key=key, now=now)
    event = log.Event.ALERT_UNOPENED if unopened else log.Event.ALERT_UNDELIVERABLE
    log.event(event, alert=number, count=len(leads))


async def show(db: Transaction, person: Person, about: Mapping[str, str]) -> Flagged | None:
    """For a lead of the worker's team, or an admin.

    Raises:
        Refusal: they are neither (any more).
    """
    reader = await access_lead(db, person)
    worker = await storage.workers.ever(db, about["worker"])
    alert = await storage.alerts.get(db, int(about["alert"]))
    if worker is None or alert is None:
        return None
    if reader.role is not Role.ADMIN and reader.team != worker.team:
        raise Refusal(Reason.NOT_HERE)
    return Flagged(alert.number, worker, alert.raised_at, about.get("why") == UNOPENED)


async def listed(db: Transaction, person: Person, *, now: datetime) -> Sequence[Lost]:
    """Of the last 30 days, the newest first: for a lead of the team's workers, for an admin of everybody.

    Raises:
        Refusal: they are neither (any more).
    """
    reader = await access_lead(db, person)
    team = None if reader.role is Role.ADMIN else reader.team
    dead = await storage.dead_letters.of_workers(db, team=team, since=now - SHOWN)
    return [Lost(each.alert, each.worker or "", each.died_at) for each in reversed(dead)]


async def count(db: Transaction, worker: Worker, *, now: datetime) -> int:
    """How many there are for this worker to see; none for who leads nobody."""
    if worker.role not in LEADS:
        return 0
    team = None if worker.role is Role.ADMIN else worker.team
    return len(await storage.dead_letters.of_workers(db, team=team, since=now - SHOWN))
