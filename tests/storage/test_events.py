"""Events on the time line: they come back as they were noted, in the order of their days."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

import storage
from bot.domain.events import Event, EventKind, InReach, Turn
from storage import Transaction
from storage.schema import events
from tests.storage.family import NOW, Family, add_family


def noted(family: Family, kind: EventKind = EventKind.SCHOOL, *, days_ago: int = 0) -> Event:
    return Event(
        id=storage.new_id(),
        case_id=family.case.id,
        subject_id=family.aino_as_subject.id,
        worker_id=family.worker.id,
        kind=kind,
        turn=Turn.DOWN,
        in_reach=InReach.PARTLY,
        day=NOW.date() - timedelta(days=days_ago),
        noted_at=NOW,
    )


async def test_an_event_comes_back_as_it_was_noted(db: Transaction) -> None:
    family = await add_family(db)
    event = noted(family)
    await storage.events.add(db, event)
    assert await storage.events.get(db, event.id) == event


async def test_events_come_in_the_order_of_their_days(db: Transaction) -> None:
    family = await add_family(db)
    late, early = noted(family), replace(noted(family, EventKind.MOVE, days_ago=30), subject_id=None, in_reach=None)
    for each in (late, early):
        await storage.events.add(db, each)
    assert await storage.events.of_case(db, family.case.id) == [early, late]
    assert await storage.events.of_case(db, "another") == []


async def test_words_are_sealed_and_can_be_taken_away(db: Transaction) -> None:
    family = await add_family(db)
    event = noted(family)
    await storage.events.add(db, event)
    await storage.events.save(db, replace(event, words="a new teacher"))
    assert await storage.events.get(db, event.id) == replace(event, words="a new teacher")
    row = await db.row(select(events.c.words_sealed))
    assert row is not None
    assert b"teacher" not in row.words_sealed
    await storage.events.save(db, event)
    assert await storage.events.get(db, event.id) == event


async def test_what_is_removed_is_gone_and_the_others_stay(db: Transaction) -> None:
    family = await add_family(db)
    first, second = noted(family), noted(family, EventKind.HOME)
    for each in (first, second):
        await storage.events.add(db, each)
    await storage.events.remove(db, first.id)
    assert await storage.events.of_case(db, family.case.id) == [second]


async def test_what_is_noted_can_be_changed(db: Transaction) -> None:
    family = await add_family(db)
    event = noted(family)
    await storage.events.add(db, event)
    changed = replace(
        event, subject_id=None, turn=Turn.UP, in_reach=None, day=NOW.date() - timedelta(days=3), words="a holiday"
    )
    await storage.events.save(db, changed)
    assert await storage.events.get(db, event.id) == changed
