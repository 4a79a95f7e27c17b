"""A leave that begins on a later day: planned, begun by itself on that morning, or taken back before."""

from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo

import storage
from bot.actions.access import access_worker
from bot.actions.preferences import LONGEST_LEAVE, Desk, ask_when_back, hand_to_deputy, tell_deputy, view
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from bot.domain.times import WORK_BEGINS, on
from storage import Transaction

MIDNIGHT = time(0)


async def plan(db: Transaction, person: Person, begins: date, until: date, *, now: datetime, zone: tzinfo) -> Desk:
    """From the beginning of one day on, to be back on another; instead of what was planned before. The deputy hears it.

    Raises:
        Refusal: they are away already, or the days are past, too far away, or the wrong way round.
    """
    worker, today = await access_worker(db, person), now.astimezone(zone).date()
    if worker.away_since is not None or not today < begins < until <= today + LONGEST_LEAVE:
        raise Refusal(Reason.NO_LONGER)
    leaves_at, back_at = on(begins, MIDNIGHT, zone), on(until, WORK_BEGINS, zone)
    if leaves_at is None or back_at is None:
        raise Refusal(Reason.NO_SUCH_DAY)
    await storage.leave.plan(db, worker.id, leaves_at=leaves_at, until=back_at)
    about = {"worker": worker.id, "at": str(int(leaves_at.timestamp()))}
    key = f"{worker.id}:{about['at']}:{storage.new_id()}"
    await storage.outbox.put(db, LetterKind.LEAVE_BEGINS, person.id, about, key=key, now=now, not_before=leaves_at)
    after = await view(db, person)
    await tell_deputy(db, after.deputy, worker, now=now)
    return after


async def begin(db: Transaction, about: Mapping[str, str], *, now: datetime, zone: tzinfo) -> bool:
    """Its day has come; False when it isn't planned any more, they have gone already, or their role has ended."""
    worker = await storage.workers.get(db, about["worker"])
    if worker is None or worker.person_id is None or worker.away_since is not None:
        return False
    own = await storage.preferences.get(db, worker.id)
    if own.leaves_at is None or own.away_until is None or int(own.leaves_at.timestamp()) != int(about["at"]):
        return False
    await storage.leave.go_away(db, worker.id, until=own.away_until, now=now)
    await ask_when_back(db, worker, worker.person_id, own.away_until, now=now, zone=zone)
    await hand_to_deputy(db, Desk(worker, own, await storage.workers.deputy_of(db, worker)), now=now, zone=zone)
    return True


async def unplan(db: Transaction, person: Person, begins: date, *, now: datetime, zone: tzinfo) -> Desk:
    """No leave on that day after all; who would have stood in hears it."""
    before, leaves_at = await view(db, person), on(begins, MIDNIGHT, zone)
    if leaves_at is None or not await storage.leave.unplan(db, before.worker.id, leaves_at):
        raise Refusal(Reason.NO_LONGER)
    await tell_deputy(db, before.deputy, before.worker, now=now)
    return await view(db, person)
