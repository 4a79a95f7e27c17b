"""The audit: lines are only added, and a chain that somebody has touched is found out."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

import storage
from bot.domain.acts import Act, Entry
from storage import Database, Transaction
from storage.schema import audit
from tests.storage.family import NOW, Family, add_family

MINUTE = timedelta(minutes=1)
THREE = ("first", "second", "third")


async def noted(db: Transaction) -> Family:
    """Three acts in the family's case, and one of its worker in none."""
    family = await add_family(db)
    for number, about in enumerate(THREE):
        await storage.audit.note(
            db,
            Act.DELETE_RATING,
            worker_id=family.worker.id,
            case_id=family.case.id,
            about_id=about,
            now=NOW + number * MINUTE,
        )
    await storage.audit.note(db, Act.CORRECT_RATING, worker_id=family.worker.id, now=NOW)
    return family


async def test_who_did_what_in_which_case_and_when_is_kept_in_order(db: Transaction) -> None:
    family = await noted(db)
    assert await storage.audit.of_case(db, family.case.id) == [
        Entry(Act.DELETE_RATING, NOW + number * MINUTE, family.worker.id, family.case.id, about)
        for number, about in enumerate(THREE)
    ]
    assert await storage.audit.of_worker(db, family.worker.id) == [Entry(Act.CORRECT_RATING, NOW, family.worker.id)]


async def test_a_chain_that_nobody_has_touched_is_intact(db: Transaction) -> None:
    family = await noted(db)
    assert await storage.audit.intact(db, family.case.id)
    assert await storage.audit.intact_of_worker(db, family.worker.id)
    assert await storage.audit.intact(db, "of which nothing is noted")


@pytest.mark.parametrize(
    "changed",
    [
        {"at": NOW},
        {"worker_id": "somebody"},
        {"act": "correct_rating"},
        {"act": "no act of ours"},
        {"about_id": "another"},
        {"about_id": None},
        {"chain": "0" * 64},
    ],
)
async def test_a_line_that_was_changed_is_found_out(db: Transaction, changed: dict[str, object]) -> None:
    family = await noted(db)
    await db.change(update(audit).where(audit.c.about_id == "second").values(**changed))
    assert not await storage.audit.intact(db, family.case.id)


@pytest.mark.parametrize("about", THREE[:2])
async def test_a_line_that_was_taken_out_is_found_out(db: Transaction, about: str) -> None:
    family = await noted(db)
    await db.change(delete(audit).where(audit.c.about_id == about))
    assert not await storage.audit.intact(db, family.case.id)


async def test_a_line_that_was_put_in_or_comes_from_another_case_is_found_out(db: Transaction) -> None:
    family = await noted(db)
    await storage.audit.note(db, Act.DELETE_RATING, worker_id=family.worker.id, case_id="elsewhere", now=NOW)
    await db.change(update(audit).where(audit.c.case_id == "elsewhere").values(case_id=family.case.id))
    assert not await storage.audit.intact(db, family.case.id)


async def test_without_the_key_nobody_continues_a_chain(db: Transaction) -> None:
    family = await noted(db)
    last = await db.row(select(audit).where(audit.c.about_id == "third"))
    assert last is not None
    row = dict(last._mapping) | {"number": 99}
    await db.change(insert(audit).values(**row))
    assert not await storage.audit.intact(db, family.case.id)


async def test_what_neither_a_worker_did_nor_is_of_a_case_is_no_line(db: Transaction) -> None:
    with pytest.raises(ValueError, match="somebody did it"):
        await storage.audit.note(db, Act.DELETE_RATING, now=NOW)


async def test_of_many_at_once_each_follows_another(database: Database) -> None:
    async with database.transaction() as db:
        family = await add_family(db)

    async def one(number: int) -> None:
        async with database.transaction() as db:
            its = {"worker_id": family.worker.id, "case_id": family.case.id if number % 2 else None}
            await storage.audit.note(db, Act.DELETE_RATING, **its, now=NOW + number * MINUTE)

    await asyncio.gather(*(one(number) for number in range(8)))
    async with database.transaction() as db:
        assert len(await storage.audit.of_case(db, family.case.id)) == 4
        assert await storage.audit.intact(db, family.case.id)
        assert await storage.audit.intact_of_worker(db, family.worker.id)
