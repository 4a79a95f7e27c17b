"""Meetings: one open at a time, closed once, ended once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import storage
from bot.domain.cases import Session, SessionState
from storage import Database, Transaction
from tests.storage.family import NOW, Family, add_family, known, meeting

WEEK = timedelta(days=7)


async def test_a_meeting_comes_back_as_it_was_put(db: Transaction) -> None:
    family = await add_family(db)
    session = await meeting(db, family, family.mother, family.aino)
    present = tuple(sorted([family.rater(family.mother).id, family.rater(family.aino).id]))
    whole = Session(session.id, family.case.id, family.worker.id, SessionState.OPEN, NOW, None, present)
    assert await storage.sessions.get(db, session.id) == whole


async def test_a_meeting_that_there_is_not_is_not_found(db: Transaction) -> None:
    family = await add_family(db)
    assert await storage.sessions.get(db, "nothing") is None
    assert await storage.sessions.newest(db, family.case.id) is None
    assert await storage.sessions.of_case(db, family.case.id) == []


async def add(db: Transaction, family: Family) -> str | None:
    return await storage.sessions.add(
        db, case_id=family.case.id, worker_id=family.worker.id, rater_ids=[], now=NOW + WEEK
    )


async def test_a_case_has_one_open_meeting(db: Transaction) -> None:
    family = await add_family(db)
    first = await meeting(db, family, family.aino)
    refused = await add(db, family)
    await storage.sessions.end(db, first.id, now=NOW)
    second = await add(db, family)
    assert (refused, [each.id for each in await storage.sessions.of_case(db, family.case.id)]) == (
        None,
        [first.id, second],
    )


async def test_of_many_who_start_a_meeting_at_once_one_does(database: Database) -> None:
    async with database.transaction() as db:
        family = await add_family(db)

    async def start() -> str | None:
        async with database.transaction() as db:
            return await add(db, family)

    started = [each for each in await asyncio.gather(*(start() for _ in range(8))) if each is not None]
    async with database.transaction() as db:
        assert [each.id for each in await storage.sessions.of_case(db, family.case.id)] == started
    assert len(started) == 1


async def test_who_comes_later_is_there_once(db: Transaction) -> None:
    family = await add_family(db)
    session = await meeting(db, family, family.aino)
    for _ in range(2):
        await storage.sessions.attend(db, session.id, family.teacher.id)
    present = tuple(sorted([*session.rater_ids, family.teacher.id]))
    assert await storage.sessions.get(db, session.id) == replace(session, rater_ids=present)


async def test_the_newest_is_the_open_one_else_the_one_that_started_last(db: Transaction) -> None:
    family = await add_family(db)
    first = await meeting(db, family, family.aino, now=NOW + WEEK)
    await storage.sessions.end(db, first.id, now=NOW + WEEK)
    before = await known(storage.sessions.newest(db, family.case.id))
    second = await meeting(db, family, family.aino, now=NOW)
    during = await known(storage.sessions.newest(db, family.case.id))
    await storage.sessions.end(db, second.id, now=NOW)
    after = await known(storage.sessions.newest(db, family.case.id))
    assert [before.id, during.id, after.id] == [first.id, second.id, first.id]


async def test_it_is_time_to_close_once(db: Transaction) -> None:
    family = await add_family(db)
    session = await meeting(db, family, family.aino)
    assert [await storage.sessions.begin_closing(db, session.id) for _ in range(2)] == [True, False]
    assert await storage.sessions.get(db, session.id) == replace(session, state=SessionState.CLOSING)


async def test_a_meeting_ends_once_and_is_not_closed_after_that(db: Transaction) -> None:
    family = await add_family(db)
    session = await meeting(db, family, family.aino)
    ended = [await storage.sessions.end(db, session.id, now=NOW + each) for each in (timedelta(hours=1), WEEK)]
    assert (ended, await storage.sessions.begin_closing(db, session.id)) == ([True, False], False)
    over = replace(session, state=SessionState.ENDED, ended_at=NOW + timedelta(hours=1))
    assert await storage.sessions.get(db, session.id) == over
