"""Update ids: each has its effect once."""

import asyncio
from datetime import timedelta

import storage
from bot.heartbeat import FORGET_EVERY
from bot.polling import QUIET_SECONDS
from storage import Database, Transaction
from storage.updates import KEPT
from tests.storage.family import NOW

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


async def test_an_update_is_new_once(db: Transaction) -> None:
    recorded = [await storage.updates.record(db, each, now=NOW) for each in (7, 7, 8, 2**40)]
    assert recorded == [True, False, True, True]


async def test_a_parked_update_is_not_new_either(db: Transaction) -> None:
    assert await storage.updates.record(db, 7, now=NOW, parked=True)
    assert not await storage.updates.record(db, 7, now=NOW)


async def test_of_many_who_record_an_update_at_once_one_does(database: Database) -> None:
    async def record() -> bool:
        async with database.transaction() as db:
            return await storage.updates.record(db, 7, now=NOW)

    assert sorted(await asyncio.gather(*(record() for _ in range(8)))) == [False] * 7 + [True]


async def test_an_update_whose_effect_failed_is_new_again(database: Database) -> None:
    class EffectFailed(Exception):
        pass

    for _ in range(2):
        try:
            async with database.transaction() as db:
                fresh = await storage.updates.record(db, 7, now=NOW)
                raise EffectFailed
        except EffectFailed:
            assert fresh


async def test_an_id_is_known_again_for_three_days_and_new_after_them(db: Transaction) -> None:
    await storage.updates.record(db, 7, now=NOW)
    known = []
    for days in (1, 2, 3, 4):
        await storage.updates.forget_old(db, now=NOW + days * A_DAY)
        known.append(not await storage.updates.record(db, 7, now=NOW))
    assert known == [True, True, True, False]


async def test_the_ids_of_another_bot_are_forgotten_and_ones_own_kept(db: Transaction) -> None:
    known = []
    for bot in (1, 1, 2, 2, 1):
        await storage.updates.are_of(db, bot, now=NOW)
        known.append(not await storage.updates.record(db, 7, now=NOW))
    assert known == [False, True, False, True, False]


async def test_what_is_known_before_it_is_known_of_which_bot_is_kept(db: Transaction) -> None:
    await storage.updates.record(db, 7, now=NOW)
    await storage.updates.are_of(db, 2**52, now=NOW)
    assert not await storage.updates.record(db, 7, now=NOW)


def test_ids_are_kept_longer_than_a_server_keeps_updates_and_forgotten_before_ids_begin_anew() -> None:
    """The server keeps them for a day; after a week without any, ids begin anew, and before that we ask for any."""
    assert A_DAY < KEPT - A_DAY
    assert KEPT + FORGET_EVERY < timedelta(seconds=QUIET_SECONDS) < A_WEEK
