"""What the tables keep, refuse and let go of."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import BigInteger, DateTime, LargeBinary, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from storage.database import Database
from storage.schema import (
    Moment,
    cases,
    draft_items,
    drafts,
    letters,
    metadata,
    persons,
    raters,
    ratings,
    sessions,
    updates,
)
from tests.storage.rows import DRAFT, EVERYTHING, LETTER, NOW, RATING, SESSION, add_everything

HELSINKI = timezone(timedelta(hours=2))


@pytest.fixture
async def full(database: Database) -> Database:
    """A case with everything that hangs on it."""
    async with database.transaction() as db:
        await add_everything(db)
    return database


async def add(database: Database, table: Table, row: dict[str, Any]) -> None:
    async with database.transaction() as db:
        await db.change(insert(table).values(**row))


def test_the_rows_here_fill_every_table() -> None:
    assert {table.name for table, _ in EVERYTHING} == set(metadata.tables)


async def test_every_row_comes_back_as_it_was_put(full: Database) -> None:
    async with full.transaction() as db:
        for table, given in EVERYTHING:
            columns = [table.c[name] for name in given]
            assert [row._asdict() for row in await db.rows(select(*columns))] == [given]


async def test_a_moment_of_any_zone_comes_back_in_utc(database: Database) -> None:
    await add(database, updates, {"id": 1, "seen_at": datetime(2024, 3, 1, 14, tzinfo=HELSINKI), "parked": False})
    async with database.transaction() as db:
        (row,) = await db.rows(select(updates.c.seen_at))
    assert (row.seen_at.isoformat(), row.seen_at.tzinfo) == ("2024-03-01T12:00:00+00:00", UTC)


async def test_moments_are_compared_across_zones_and_fractions_of_a_second(database: Database) -> None:
    whole = datetime(2024, 3, 1, 12, tzinfo=UTC)
    moments = [whole, whole + timedelta(microseconds=1), whole + timedelta(seconds=1)]
    for number, moment in enumerate(moments):
        await add(database, updates, {"id": number, "seen_at": moment, "parked": False})
    bound = (whole + timedelta(microseconds=1)).astimezone(HELSINKI)
    async with database.transaction() as db:
        rows = await db.rows(select(updates.c.id).where(updates.c.seen_at <= bound).order_by(updates.c.seen_at))
    assert [row.id for row in rows] == [0, 1]


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        await add(database, updates, {"id": 1, "seen_at": NOW.replace(tzinfo=None), "parked": False})


def test_every_time_is_a_moment() -> None:
    times = [column for table in metadata.tables.values() for column in table.c if column.name.endswith("_at")]
    assert {type(column.type) for column in times} == {Moment}
    assert not [column for table in metadata.tables.values() for column in table.c if type(column.type) is DateTime]


def test_what_is_sealed_is_bytes_and_nothing_else_is() -> None:
    columns = [column for table in metadata.tables.values() for column in table.c]
    sealed = {str(column) for column in columns if column.name.endswith("_sealed")}
    assert sealed == {str(column) for column in columns if isinstance(column.type, LargeBinary)}


def test_the_ids_that_telegram_gives_fit() -> None:
    assert isinstance(metadata.tables["updates"].c.id.type, BigInteger)
    assert isinstance(metadata.tables["places"].c.message_id.type, BigInteger)


@pytest.mark.parametrize(("item1", "item2", "total"), [(10, 20, 99), (10, 20, 101), (11, 20, 100)])
async def test_a_total_is_the_sum_of_its_items(full: Database, item1: int, item2: int, total: int) -> None:
    wrong = update(ratings).values(item1=item1, item2=item2, total=total)
    with pytest.raises(IntegrityError):
        await change(full, wrong)


@pytest.mark.parametrize("score", [-1, 101])
async def test_a_score_lies_between_0_and_100_mm(full: Database, score: int) -> None:
    with pytest.raises(IntegrityError):
        await add(full, draft_items, {"draft_id": "draft", "item": 2, "score": score})


async def change(database: Database, statement: Any) -> None:
    async with database.transaction() as db:
        await db.change(statement)


ONCE = [
    (draft_items, {"draft_id": "draft", "item": 2, "score": 50}),
    (drafts, DRAFT | {"id": None, "instrument": "srs"}),
    (drafts, DRAFT | {"id": None, "instrument": "srs", "subject_id": None}),
    (letters, LETTER | {"key": "another"}),
    (updates, {"id": 7, "seen_at": NOW, "parked": False}),
]


@pytest.mark.parametrize(("table", "row"), ONCE)
async def test_of_ten_at_once_one_is_kept(full: Database, table: Table, row: dict[str, Any]) -> None:
    async def add_once(number: int) -> bool:
        async with full.transaction() as db:
            return await db.add_once(table, row | ({"id": f"id {number}"} if row.get("id", "") is None else {}))

    assert sum(await asyncio.gather(*(add_once(number) for number in range(10)))) == 1


async def test_a_draft_becomes_one_rating(full: Database) -> None:
    with pytest.raises(IntegrityError):
        await add(full, ratings, RATING | {"id": "another", "instrument": "srs"})


async def test_a_case_has_one_open_meeting_and_any_number_of_ended_ones(full: Database) -> None:
    with pytest.raises(IntegrityError):
        await add(full, sessions, SESSION | {"id": "second"})
    await change(full, update(sessions).values(ended_at=NOW))
    await add(full, sessions, SESSION | {"id": "second", "ended_at": NOW})
    await add(full, sessions, SESSION | {"id": "third"})


async def test_with_a_case_goes_everything_of_it_and_nothing_else(full: Database) -> None:
    await change(full, delete(cases))
    of_people = {"teams", "persons", "workers", "letters", "places", "wrong_codes", "hand_overs"}
    left = {*of_people, "groups", "updates", "service", "trajectories", "packs", "tags", "traces", "audit"}
    assert await _filled(full) == left


async def test_with_a_person_go_their_letters_and_their_rater_stays_without_them(full: Database) -> None:
    before = await _filled(full)
    await change(full, delete(persons))
    assert before - await _filled(full) == {"persons", "letters", "places", "traces", "hand_overs"}
    async with full.transaction() as db:
        assert [row.person_id for row in await db.rows(select(raters.c.person_id))] == [None]


async def _filled(database: Database) -> set[str]:
    async with database.transaction() as db:
        return {name for name, table in metadata.tables.items() if await db.row(select(table))}
