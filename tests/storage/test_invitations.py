"""Invitations: found by their secrets only, for seven days, once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

import storage
from storage import Database, Transaction
from storage.invitations import Invitation
from storage.schema import invitations
from tests.storage.family import NOW, Family, add_family, known

UNTIL = NOW + timedelta(days=7)
LINK, CODE = "A" * 22, "7K3QM9TZ4X"


async def invite(db: Transaction, family: Family, *, link: str = LINK, code: str = CODE) -> None:
    await storage.invitations.add(db, rater_id=family.teacher.id, link=link, code=code, now=NOW, until=UNTIL)


async def test_an_invitation_is_found_by_its_link_and_by_its_code(db: Transaction) -> None:
    family = await add_family(db)
    await invite(db, family)
    by_link = await known(storage.invitations.find(db, link=LINK, now=NOW))
    by_code = await known(storage.invitations.find(db, code=CODE, now=NOW))
    assert by_link == by_code == Invitation(by_link.id, None, family.teacher.id)


async def test_an_invitation_of_a_worker_says_of_whom(db: Transaction) -> None:
    family = await add_family(db)
    await storage.invitations.add(db, worker_id=family.worker.id, link=LINK, code=CODE, now=NOW, until=UNTIL)
    found = await known(storage.invitations.find(db, code=CODE, now=NOW))
    assert found == Invitation(found.id, family.worker.id, None)


@pytest.mark.parametrize(("link", "code"), [("B" * 22, None), (None, "7K3QM9TZ4Y"), (CODE, None), (None, LINK)])
async def test_a_wrong_secret_finds_nothing(db: Transaction, link: str | None, code: str | None) -> None:
    await invite(db, await add_family(db))
    assert await storage.invitations.find(db, link=link, code=code, now=NOW) is None


async def test_no_secret_stands_in_clear(db: Transaction) -> None:
    await invite(db, await add_family(db))
    row = await known(db.row(select(invitations)))
    assert [value for value in row if LINK in str(value) or CODE in str(value)] == []


async def test_an_invitation_ends_after_its_time(db: Transaction) -> None:
    await invite(db, await add_family(db))
    found = await known(storage.invitations.find(db, link=LINK, now=UNTIL - timedelta(seconds=1)))
    assert await storage.invitations.find(db, link=LINK, now=UNTIL) is None
    assert not await storage.invitations.take(db, found, now=UNTIL)


async def test_a_new_invitation_ends_the_earlier_one_of_the_same_person(db: Transaction) -> None:
    family = await add_family(db)
    await invite(db, family)
    earlier = await known(storage.invitations.find(db, link=LINK, now=NOW))
    other = family.rater(family.aino).id
    await storage.invitations.add(db, rater_id=other, link="C" * 22, code="CCCCCCCCC7", now=NOW, until=UNTIL)
    await invite(db, family, link="B" * 22, code="BBBBBBBBB7")
    assert await storage.invitations.find(db, link=LINK, now=NOW) is None
    assert not await storage.invitations.take(db, earlier, now=NOW)
    assert await storage.invitations.find(db, link="B" * 22, now=NOW) is not None
    assert await storage.invitations.find(db, link="C" * 22, now=NOW) is not None


async def test_an_invitation_is_taken_once(db: Transaction) -> None:
    await invite(db, await add_family(db))
    found = await known(storage.invitations.find(db, link=LINK, now=NOW))
    assert [await storage.invitations.take(db, found, now=NOW) for _ in range(2)] == [True, False]
    assert await storage.invitations.find(db, code=CODE, now=NOW) is None


async def test_a_used_invitation_is_known_as_used_and_a_fresh_or_withdrawn_one_is_not(db: Transaction) -> None:
    family = await add_family(db)
    await invite(db, family)
    fresh = await storage.invitations.used(db, link=LINK)
    found = await known(storage.invitations.find(db, link=LINK, now=NOW))
    await storage.invitations.take(db, found, now=NOW)
    await invite(db, family, link="B" * 22, code="BBBBBBBBB7")
    await invite(db, family, link="C" * 22, code="CCCCCCCCC7")
    used = [await storage.invitations.used(db, link=LINK), await storage.invitations.used(db, code=CODE)]
    assert (fresh, used, await storage.invitations.used(db, code="BBBBBBBBB7")) == (None, [found, found], None)


async def test_of_many_who_take_an_invitation_at_once_one_does(database: Database) -> None:
    async with database.transaction() as db:
        await invite(db, await add_family(db))

    async def take() -> bool:
        async with database.transaction() as db:
            found = await storage.invitations.find(db, link=LINK, now=NOW)
            await asyncio.sleep(0.01)
            return found is not None and await storage.invitations.take(db, found, now=NOW)

    assert sorted(await asyncio.gather(*(take() for _ in range(8)))) == [False] * 7 + [True]


async def test_wrong_tries_are_counted_for_one_and_for_all_within_the_time(db: Transaction) -> None:
    family = await add_family(db)
    for person, minutes in ((family.aino, 0), (family.aino, 10), (family.aino, 20), (family.bo, 20)):
        await storage.invitations.note_wrong(db, person.id, now=NOW + timedelta(minutes=minutes))

    async def tries(minutes: int, person_id: str | None = None) -> int:
        since = NOW + timedelta(minutes=minutes)
        return await storage.invitations.wrong_tries(db, since=since, person_id=person_id)

    assert [await tries(each, family.aino.id) for each in (-1, 0, 10, 20)] == [3, 2, 1, 0]
    assert [await tries(each) for each in (-1, 0, 10, 20)] == [4, 3, 2, 0]
    assert await tries(-1, family.mother.id) == 0
