"""People: found again by a mark, written to by a sealed chat id, gone and back."""

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import delete, select, update

import storage
from bot.domain.people import Person
from storage import Transaction
from storage.schema import groups, persons
from tests.storage.family import CHATS, NOW, person

AINO = CHATS["aino"]


async def test_somebody_is_met_once_and_known_again(db: Transaction) -> None:
    first, again = await person(db, "aino"), await person(db, "aino")
    assert (again, await storage.people.get(db, first.id)) == (first, first)


async def test_two_people_are_two(db: Transaction) -> None:
    assert (await person(db, "aino")).id != (await person(db, "bo")).id


async def test_nobody_is_known_by_an_id_that_nobody_has(db: Transaction) -> None:
    assert (await storage.people.get(db, "nobody"), await storage.people.chat(db, "nobody")) == (None, None)


async def test_a_persons_language_is_the_phones_until_they_choose_one(db: Transaction) -> None:
    first = await person(db, "aino", language="fi")
    other_phone = await person(db, "aino", language="sv")
    await storage.people.choose_language(db, first.id, "en")
    chosen = await person(db, "aino", language="fi")
    assert [each.language for each in (first, other_phone, chosen)] == ["fi", "sv", "en"]
    assert await storage.people.get(db, first.id) == Person(first.id, "en")


async def test_the_chat_to_write_to_is_the_persons_own(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    assert [await storage.people.chat(db, each.id) for each in (aino, bo)] == [AINO, CHATS["bo"]]


async def test_no_telegram_id_stands_in_clear(db: Transaction) -> None:
    await person(db, "aino")
    await storage.people.tell_group(db, -AINO, now=NOW)
    rows = [*await db.rows(select(persons)), *await db.rows(select(groups))]
    assert [value for row in rows for value in row if str(AINO) in str(value)] == []
    assert [value for row in rows for value in row if isinstance(value, bytes) and str(AINO).encode() in value] == []


async def test_a_sealed_chat_id_opens_in_its_own_row_only(db: Transaction) -> None:
    """Somebody who can write to the database could otherwise have another's messages sent to themself."""
    aino, bo = await person(db, "aino"), await person(db, "bo")
    row = await db.row(select(persons.c.chat_sealed).where(persons.c.id == aino.id))
    assert row is not None
    await db.change(update(persons).where(persons.c.id == bo.id).values(chat_sealed=row.chat_sealed))
    with pytest.raises(InvalidTag):
        await storage.people.chat(db, bo.id)


async def test_who_has_gone_is_not_written_to_until_they_are_back(db: Transaction) -> None:
    aino = await person(db, "aino")
    await storage.people.mark_gone(db, aino.id, now=NOW)
    gone = await storage.people.chat(db, aino.id)
    await person(db, "aino")
    assert (gone, await storage.people.chat(db, aino.id)) == (None, AINO)


async def test_who_is_found_to_be_there_is_back_if_they_had_gone(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    await storage.people.mark_gone(db, bo.id, now=NOW)
    back = [await storage.people.mark_back(db, each) for each in (aino.id, bo.id, bo.id, "nobody")]
    assert (back, await storage.people.gone_among(db, [aino.id, bo.id])) == ([False, True, False, False], frozenset())


async def test_who_is_forgotten_is_somebody_new_the_next_time(db: Transaction) -> None:
    aino = await person(db, "aino")
    await storage.people.forget(db, aino.id)
    assert await storage.people.get(db, aino.id) is None
    assert (await person(db, "aino")).id != aino.id


async def test_asking_whether_somebody_is_known_makes_nobody_known(db: Transaction) -> None:
    bo = await person(db, "bo")
    known = [await storage.people.find(db, CHATS[name]) for name in ("aino", "aino", "bo")]
    assert known == [None, None, bo.id]


async def test_a_group_is_told_once(db: Transaction) -> None:
    moments = (NOW, NOW + timedelta(days=300))
    assert [await storage.people.tell_group(db, -1, now=each) for each in moments] == [True, False]
    assert await storage.people.tell_group(db, -2, now=NOW)
    await db.change(delete(groups))
    assert await storage.people.tell_group(db, -1, now=NOW)
