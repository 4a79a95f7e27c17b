"""What workers set for themselves: quiet hours, leave and deputy; and a new worker's first steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

import storage
from bot.actions import planned
from bot.actions.access import access_worker
from bot.domain.cases import CaseState
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind
from bot.domain.people import Person, Worker
from bot.domain.preferences import NEVER_QUIET, FirstSteps, Preferences
from bot.domain.times import WORK_BEGINS, QuietHours, on
from storage import Transaction

LONGEST_LEAVE = timedelta(days=400)


@dataclass(frozen=True)
class Desk:
    """A worker with what they have set, and who stands in when they are away."""

    worker: Worker
    preferences: Preferences
    deputy: Worker | None


async def view(db: Transaction, person: Person) -> Desk:
    worker = await access_worker(db, person)
    deputy = await storage.workers.deputy_of(db, worker)
    return Desk(worker, await storage.preferences.get(db, worker.id), deputy)


# Quiet hours


async def set_quiet_hours(db: Transaction, person: Person, quiet: QuietHours | None) -> Desk:
    """The worker's own; None: those of the service again."""
    worker = await access_worker(db, person)
    await storage.preferences.set_quiet_hours(db, worker.id, quiet)
    return await view(db, person)


async def quiet_hours(db: Transaction, person_id: str) -> QuietHours | None:
    """When what can wait isn't told to this worker. In a meeting they have the phone in the hand: then it is."""
    own = await storage.preferences.quiet_hours_of(db, person_id)
    worker = await storage.workers.of_person(db, person_id) if own else None
    if worker is not None and await storage.sessions.open_of_worker(db, worker.id):
        return NEVER_QUIET
    return own


# Leave


async def could_stand_in(db: Transaction, person: Person) -> Sequence[Worker]:
    """The others of the team who have a phone here and aren't away themselves."""
    worker = await access_worker(db, person)
    return [each for each in await storage.workers.colleagues_of(db, worker) if each.away_since is None]


async def choose_deputy(db: Transaction, person: Person, deputy_id: str | None, *, now: datetime, zone: tzinfo) -> Desk:
    """Who stands in from now on; when the worker is away, or soon is, both hear of it.

    Raises:
        Refusal: they aren't of this team any more, or are away by now.
    """
    before = await view(db, person)
    if deputy_id is not None and deputy_id not in {each.id for each in await could_stand_in(db, person)}:
        raise Refusal(Reason.COLLEAGUE_LEFT)
    await storage.workers.set_deputy(db, before.worker.id, deputy_id)
    after = await view(db, person)
    leave = before.worker.away_since is not None or before.preferences.leaves_at is not None
    if leave and before.deputy != after.deputy:
        for deputy in (before.deputy, after.deputy):
            await tell_deputy(db, deputy, before.worker, now=now)
    if before.worker.away_since is not None and before.deputy != after.deputy:
        await _show_cards(db, after, now=now, zone=zone)
    return after


async def go_away(db: Transaction, person: Person, until: date, *, now: datetime, zone: tzinfo) -> Desk:
    """On leave from now on, to be back on that day. In its morning they are asked whether they are.

    Raises:
        Refusal: the day isn't after today, or is too far away.
    """
    worker, back_at = await access_worker(db, person), on(until, WORK_BEGINS, zone)
    today = now.astimezone(zone).date()
    if back_at is None or not today < until <= today + LONGEST_LEAVE:
        raise Refusal(Reason.NO_LONGER)
    began = await storage.leave.go_away(db, worker.id, until=back_at, now=now)
    await storage.leave.plan_return(db, worker.id, back_at)
    await ask_when_back(db, worker, person.id, back_at, now=now, zone=zone)
    after = await view(db, person)
    if began:
        await hand_to_deputy(db, after, now=now, zone=zone)
    return after


async def ask_when_back(
    db: Transaction, worker: Worker, person_id: str, back_at: datetime, *, now: datetime, zone: tzinfo
) -> None:
    """In the morning of the day on which they plan to be back."""
    about, key = {"worker": worker.id}, f"{worker.id}:{back_at.astimezone(zone).date().isoformat()}"
    await storage.outbox.put(db, LetterKind.BACK, person_id, about, key=key, now=now, not_before=back_at)


async def hand_to_deputy(db: Transaction, desk: Desk, *, now: datetime, zone: tzinfo) -> None:
    """The leave has begun."""
    await tell_deputy(db, desk.deputy, desk.worker, now=now)
    await _show_cards(db, desk, now=now, zone=zone)


async def _show_cards(db: Transaction, desk: Desk, *, now: datetime, zone: tzinfo) -> None:
    """Who stands in sees what there was before each planned meeting; who is back by then sees it alone."""
    if desk.deputy is not None:
        cases = await storage.cases.of_worker(db, desk.worker.id, CaseState.OPEN)
        await planned.show_cards_to(db, desk.deputy, [each.id for each in cases], now=now, zone=zone)


async def come_back(db: Transaction, person: Person, *, now: datetime) -> Desk:
    """At work again; who stood in hears it. Twice is as good as once."""
    before = await view(db, person)
    if await storage.leave.come_back(db, before.worker.id):
        await tell_deputy(db, before.deputy, before.worker, now=now)
    return await view(db, person)


async def tell_deputy(db: Transaction, deputy: Worker | None, worker: Worker, *, now: datetime) -> None:
    """Whether they stand in, now or soon, is looked up when it is sent."""
    if deputy is not None and deputy.person_id is not None:
        about, key = {"worker": worker.id}, storage.new_id()
        await storage.outbox.put(db, LetterKind.LEAVE, deputy.person_id, about, key=key, now=now)


@dataclass(frozen=True)
class Leave:
    """What a colleague is told: whose leave it is, until when, and whether they stand in now, or from `begins` on."""

    worker: Worker
    until: datetime | None
    stands_in: bool
    begins: datetime | None = None


async def leave_of(db: Transaction, person: Person, worker_id: str) -> Leave | None:
    """None when one of the two isn't a worker any more, or they aren't of one team."""
    own, worker = await access_worker(db, person), await storage.workers.get(db, worker_id)
    if worker is None or worker.team != own.team:
        return None
    its, deputy = await storage.preferences.get(db, worker.id), worker.deputy_id == own.id
    stands_in = worker.away_since is not None and deputy
    return Leave(worker, its.away_until, stands_in, its.leaves_at if deputy else None)


async def due_back(db: Transaction, person: Person, *, now: datetime) -> Desk | None:
    """The worker, if the morning has come on which they planned to be back, and they haven't said so."""
    desk = await view(db, person)
    until = desk.preferences.away_until
    return desk if desk.worker.away_since is not None and until is not None and until <= now else None


# First steps


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
