"""Update ids: each has its effect once."""

import asyncio

import storage
from storage import Database, Transaction
from tests.storage.family import NOW


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
