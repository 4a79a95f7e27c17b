"""Figures of the outbox: what waits, how long, and what is dead."""

from datetime import timedelta

import storage
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from storage import Transaction
from storage.figures import Figures
from storage.outbox import LetterState
from tests.storage.family import NOW, person

MINUTE = timedelta(minutes=1)
NONE_WAIT = {0: 0, 1: 0, 2: 0, 3: 0, 4: 0}
NONE_OLD = {0: 0.0, 1: 0.0, 2: 0.0, 3: 0.0, 4: 0.0}


async def put(
    db: Transaction, to: Person, kind: LetterKind, key: str = "cause", *, after: timedelta = timedelta(0)
) -> None:
    await storage.outbox.put(db, kind, to.id, {}, key=key, now=NOW, not_before=NOW + after)


async def test_an_empty_outbox_is_all_zeros(db: Transaction) -> None:
    assert await storage.figures.read(db, now=NOW) == Figures(NONE_WAIT, NONE_OLD, {})


async def test_what_waits_is_counted_by_priority_with_the_age_of_the_oldest(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    for to in (aino, bo):
        await put(db, to, LetterKind.ALERT)
    await put(db, aino, LetterKind.CARD, after=MINUTE)
    assert await storage.figures.read(db, now=NOW + 3 * MINUTE) == Figures(
        {**NONE_WAIT, 0: 2, 1: 1}, {**NONE_OLD, 0: 180.0, 1: 120.0}, {}
    )


async def test_what_is_not_to_be_sent_yet_does_not_wait(db: Transaction) -> None:
    await put(db, await person(db, "aino"), LetterKind.REMINDER, after=MINUTE)
    assert await storage.figures.read(db, now=NOW) == Figures(NONE_WAIT, NONE_OLD, {})


async def test_what_was_tried_waits_since_it_was_made_however_often_it_is_put_off(db: Transaction) -> None:
    await put(db, await person(db, "aino"), LetterKind.CARD)
    (letter,) = await storage.outbox.claim(db, now=NOW, most=1)
    await storage.outbox.postpone(db, letter, until=NOW + 10 * MINUTE)
    assert await storage.figures.read(db, now=NOW + 5 * MINUTE) == Figures(
        {**NONE_WAIT, 1: 1}, {**NONE_OLD, 1: 300.0}, {}
    )


async def test_a_menu_waits_since_it_was_made_as_nobody_plans_it(db: Transaction) -> None:
    await put(db, await person(db, "aino"), LetterKind.MENU)
    (letter,) = await storage.outbox.claim(db, now=NOW, most=1)
    await storage.outbox.postpone(db, letter, until=NOW + 10 * MINUTE)
    assert (await storage.figures.read(db, now=NOW + 5 * MINUTE)).oldest == {**NONE_OLD, 4: 300.0}


async def test_a_reminder_waits_since_its_time_has_come_and_not_since_it_was_made(db: Transaction) -> None:
    await put(db, await person(db, "aino"), LetterKind.REMINDER, after=10 * MINUTE)
    (letter,) = await storage.outbox.claim(db, now=NOW + 10 * MINUTE, most=1)
    assert (await storage.figures.read(db, now=NOW + 11 * MINUTE)).oldest == {**NONE_OLD, 3: 60.0}
    assert letter.kind is LetterKind.REMINDER


async def test_the_dead_are_counted_by_kind_and_wait_no_more(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    for to, kind in ((aino, LetterKind.ALERT), (bo, LetterKind.ALERT), (bo, LetterKind.CARD)):
        await put(db, to, kind)
        claimed = await storage.outbox.claim(db, now=NOW, most=1)
        await storage.outbox.finish(db, claimed[0], LetterState.DEAD, now=NOW, outcome="gave_up")
    await put(db, aino, LetterKind.PICTURE)
    (sent,) = await storage.outbox.claim(db, now=NOW, most=1)
    await storage.outbox.finish(db, sent, LetterState.SENT, now=NOW)
    assert await storage.figures.read(db, now=NOW + MINUTE) == Figures(NONE_WAIT, NONE_OLD, {"alert": 2, "card": 1})
