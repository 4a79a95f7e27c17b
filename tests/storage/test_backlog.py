"""What waits and what is dead, for who looks after the service."""

from datetime import timedelta

from sqlalchemy import select

import storage
from bot.domain.letters import Letter, LetterKind
from bot.domain.people import Person
from storage import Transaction
from storage.backlog import Waiting
from storage.dead_letters import DeadLetter
from storage.outbox import LEASE, LetterState
from storage.schema import letters
from tests.storage.family import NOW, add_family, person

HOUR = timedelta(hours=1)


async def put(
    db: Transaction, to: Person, kind: LetterKind, key: str = "", *, hours: int = 0, planned: int = 0
) -> None:
    """A letter made so many hours after now, and planned for so many hours later."""
    at = NOW + hours * HOUR
    about = {"alert": "12"} if kind is LetterKind.ALERT else {"case": "a case", "rater": "a rater"}
    later = at + planned * HOUR if planned else None
    assert await storage.outbox.put(db, kind, to.id, about, key=key, now=at, not_before=later)


async def claim(db: Transaction, *, hours: int = 0) -> Letter:
    (letter,) = await storage.outbox.claim(db, now=NOW + hours * HOUR, most=1)
    return letter


async def dies(db: Transaction, letter: Letter, outcome: str, *, unsure: bool = False) -> None:
    await storage.outbox.finish(db, letter, LetterState.DEAD, now=NOW + HOUR, outcome=outcome, unsure=unsure)


async def test_what_waits_is_counted_by_kind_the_most_urgent_first_and_what_is_for_later_apart(db: Transaction) -> None:
    aino = await person(db, "aino")
    await put(db, aino, LetterKind.REMINDER, planned=3)
    await put(db, aino, LetterKind.REMINDER, "another", planned=1)
    for hours in range(3):
        await put(db, aino, LetterKind.CARD, str(hours), hours=hours)
    await put(db, aino, LetterKind.ALERT, hours=1)
    now = NOW + 2 * HOUR
    assert await storage.backlog.waiting(db, now=now) == [
        Waiting(LetterKind.ALERT, 1, NOW + HOUR),
        Waiting(LetterKind.CARD, 3, NOW),
        Waiting(LetterKind.REMINDER, 1, NOW + HOUR),
    ]
    assert await storage.backlog.planned(db, now=now) == 1


async def test_what_is_tried_again_waits_since_it_was_first_to_be_sent(db: Transaction) -> None:
    await put(db, await person(db, "aino"), LetterKind.REQUEST)
    await storage.outbox.postpone(db, await claim(db), until=NOW + 9 * HOUR)
    waits = [Waiting(LetterKind.REQUEST, 1, NOW)]
    assert (await storage.backlog.waiting(db, now=NOW), await storage.backlog.planned(db, now=NOW)) == (waits, 0)


async def test_what_is_sent_void_or_dead_does_not_wait(db: Transaction) -> None:
    aino = await person(db, "aino")
    for state in (LetterState.SENT, LetterState.VOID, LetterState.DEAD):
        await put(db, aino, LetterKind.REQUEST, state)
        await storage.outbox.finish(db, await claim(db), state, now=NOW)
    assert (await storage.backlog.waiting(db, now=NOW), await storage.backlog.due(db, until=NOW)) == ([], [])


async def test_what_was_to_be_sent_by_then_is_doubted_also_what_was_being_sent_and_nothing_later(
    db: Transaction,
) -> None:
    aino = await person(db, "aino")
    await put(db, aino, LetterKind.REQUEST, "first")
    await storage.outbox.begin_sending(db, await claim(db), now=NOW)
    await put(db, aino, LetterKind.REQUEST, "second", hours=2)
    await put(db, aino, LetterKind.REMINDER, "third", planned=2)
    assert await storage.backlog.doubt(db, until=NOW + HOUR) == 1
    found = []
    for _ in range(3):
        letter = await claim(db, hours=3)
        found.append((letter.key.split(":")[1], letter.unsure))
        await storage.outbox.finish(db, letter, LetterState.SENT, now=NOW)
    assert found == [("first", True), ("second", False), ("third", False)]


async def test_one_that_was_ended_is_no_longer_its_carriers(db: Transaction) -> None:
    await put(db, await person(db, "aino"), LetterKind.REQUEST)
    carried = await claim(db)
    (waiting,) = await storage.backlog.due(db, until=NOW)
    await storage.backlog.end(db, waiting, LetterState.VOID, outcome="restored", now=NOW)
    assert not await storage.outbox.begin_sending(db, carried, now=NOW)
    assert await storage.outbox.claim(db, now=NOW + 2 * LEASE, most=1) == []


async def test_the_dead_are_told_by_number_kind_and_worker_and_with_no_client(db: Transaction) -> None:
    family = await add_family(db)
    for to, kind, outcome in ((family.nora, LetterKind.ALERT, "gone"), (family.aino, LetterKind.REQUEST, "refused")):
        await put(db, to, kind)
        await dies(db, await claim(db), outcome)
    alert, request = await storage.dead_letters.all_of_them(db)
    assert alert == DeadLetter(alert.id, LetterKind.ALERT, 12, "KOIVU-27", NOW + HOUR, "gone")
    assert request == DeadLetter(request.id, LetterKind.REQUEST, None, None, NOW + HOUR, "refused")


async def test_a_dead_one_gets_another_try_of_a_whole_day_and_stays_unsure(db: Transaction) -> None:
    await put(db, await person(db, "aino"), LetterKind.ALERT)
    letter = await claim(db)
    await dies(db, letter, "unknown", unsure=True)
    assert await storage.outbox.claim(db, now=NOW, most=1) == []
    assert await storage.dead_letters.again(db, letter.id, now=NOW + 30 * HOUR)
    tried = await claim(db, hours=30)
    assert (tried.id, tried.tries, tried.unsure, tried.due_at) == (letter.id, 1, True, NOW + 30 * HOUR)
    assert await storage.dead_letters.all_of_them(db) == []


async def test_only_the_dead_get_another_try(db: Transaction) -> None:
    await put(db, await person(db, "aino"), LetterKind.REQUEST)
    letter = await claim(db)
    assert not await storage.dead_letters.again(db, letter.id, now=NOW)
    assert not await storage.dead_letters.again(db, letter.id + 1, now=NOW)


async def test_what_has_come_to_its_end_meanwhile_follows_nobody(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    await storage.outbox.put(db, LetterKind.ALERT, aino.id, {"alert": "1"}, key="1", now=NOW)
    waiting = await storage.backlog.of_person(db, aino.id)
    (letter,) = await storage.outbox.claim(db, now=NOW, most=1)
    await storage.outbox.finish(db, letter, LetterState.SENT, now=NOW)
    await storage.backlog.readdress(db, waiting, bo.id)
    rows = await db.rows(select(letters.c.person_id, letters.c.state))
    assert [(row.person_id, row.state) for row in rows] == [(aino.id, "sent")]
