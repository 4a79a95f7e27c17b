"""The people of a trial, put into an empty database: workers with a case each, and a family of three in each case.

Everybody has joined already, and nobody has met.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import storage
from bot.actions import cases, invitations
from bot.domain.people import AgeBand, Kind, Person
from bot.sandbox.phones import Phone
from storage import Database, Transaction
from tests.faults.kills.hands import Hand, Mind
from tests.faults.kills.raters import Rater
from tests.faults.kills.telegram import Telegram
from tests.faults.kills.workers import Worker

CASES = 6
STEP = timedelta(microseconds=1)


@dataclass(frozen=True)
class Town:
    """Everybody: `hands` tap for workers and raters alike."""

    workers: tuple[Worker, ...]
    raters: tuple[Rater, ...]
    hands: tuple[Hand, ...]

    def settles(self) -> None:
        """From now on nobody begins anything new."""
        for worker in self.workers:
            worker.settling = True
        for rater in self.raters:
            rater.settling = True

    @property
    def minds(self) -> Iterator[Mind]:
        return (each.mind for each in self.hands)

    @property
    def busy(self) -> int:
        """How many still want something."""
        return sum(each.waits or each.wants() is not None for each in self.minds)


async def founded(database: Database, telegram: Telegram, *, seed: int) -> Town:
    async with database.transaction() as db:
        workers = [await _case(db, telegram, number, seed) for number in range(CASES)]
        await storage.outbox.void_all(db, now=datetime.now(UTC))
    raters = tuple(rater for worker in workers for rater, _ in worker.raters)
    minds: tuple[Mind, ...] = (*workers, *raters)
    hands = tuple(Hand(mind, telegram.queue, random.Random(f"{seed} {mind.phone.name}")) for mind in minds)
    return Town(tuple(workers), raters, hands)


async def _case(db: Transaction, telegram: Telegram, number: int, seed: int) -> Worker:
    """A worker; a young person of 15, a child of 9, and their mother, who is asked about both."""
    now = datetime.now(UTC)
    phone = telegram.phone(f"worker {number}", language="en")
    nora = await _met(db, phone, now=now)
    _, made = await invitations.invite_worker(db, team="pihlaja", code=f"KOIVU-{number + 1}", role=None, now=now)
    await invitations.read_code(db, nora, made.link, now=now)
    view = await cases.open_case(db, nora, AgeBand.ADOLESCENT, now=now)
    view = await cases.add_client(db, nora, view.case.id, AgeBand.CHILD, now=now + STEP)
    view = await cases.add_collateral(db, nora, view.case.id, Kind.MOTHER, now=now + 2 * STEP)
    raters: list[tuple[Rater, int]] = []
    for rater in view.case.raters:
        name = f"{rater.kind.value} {len(raters)} of {number}"
        rated = Rater(telegram.phone(name, language="en"), random.Random(f"{seed} answers of {name}"))
        _, _, made = await invitations.invite_rater(db, nora, rater.id, now=now)
        await invitations.take_invitation(db, await _met(db, rated.phone, now=now), made.link, now=now)
        raters.append((rated, len(rater.subject_ids)))
    return Worker(phone, view.case.id, raters)


async def _met(db: Transaction, phone: Phone, *, now: datetime) -> Person:
    phone.chat.known = True
    return await storage.people.meet(db, telegram_id=phone.id, language=phone.language, now=now)
