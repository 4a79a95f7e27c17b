"""Ratings: complete ones, each once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

import storage
from bot.domain.instruments import SRS, Instrument
from bot.domain.ratings import Rating
from storage import Database, Transaction
from storage.schema import ratings
from tests.storage.family import NOW, Family, add_family, draft, meeting, rating

HOUR = timedelta(hours=1)


async def aino(db: Transaction, *, instrument: Instrument | None = None) -> tuple[Family, Rating]:
    """What Aino has handed in, in an open meeting: about herself, or with an instrument about the meeting."""
    family = await add_family(db)
    session = await meeting(db, family, family.aino)
    rater = family.rater(family.aino)
    new = draft(rater, session=session, subject=family.aino_as_subject)
    if instrument is not None:
        new = draft(rater, session=session, instrument=instrument)
    await storage.drafts.add(db, new)
    given = rating(new, family.worker)
    await storage.ratings.put(db, given)
    return family, given


@pytest.mark.parametrize("instrument", [None, SRS])
async def test_a_rating_comes_back_as_it_was_put(db: Transaction, instrument: Instrument | None) -> None:
    family, given = await aino(db, instrument=instrument)
    assert await storage.ratings.of_draft(db, given.draft_id) == given
    assert await storage.ratings.of_rater(db, given.rater_id) == [given]
    assert await storage.ratings.of_case(db, family.case.id) == [given]


async def test_what_is_not_there_is_not_found(db: Transaction) -> None:
    assert await storage.ratings.of_draft(db, "nothing") is None
    assert await storage.ratings.of_rater(db, "nobody") == []


async def test_a_rating_that_is_handed_in_again_has_new_scores_and_its_first_id_and_time(db: Transaction) -> None:
    _, first = await aino(db)
    await storage.ratings.put(db, replace(first, id=storage.new_id(), scores=(0, 10, 20, 30), at=NOW + HOUR))
    row = await db.row(select(ratings.c.total))
    assert await storage.ratings.of_draft(db, first.draft_id) == replace(first, scores=(0, 10, 20, 30))
    assert row == (60,)


async def test_of_many_who_hand_in_at_once_one_rating_is_kept(database: Database) -> None:
    async with database.transaction() as db:
        _, given = await aino(db)

    async def hand_in() -> None:
        async with database.transaction() as db:
            await storage.ratings.put(db, replace(given, id=storage.new_id()))

    await asyncio.gather(*(hand_in() for _ in range(8)))
    async with database.transaction() as db:
        assert await storage.ratings.of_case(db, given.case_id) == [given]


@pytest.mark.parametrize("instrument", [None, SRS])
async def test_a_rater_has_one_rating_of_a_kind_for_a_meeting(db: Transaction, instrument: Instrument | None) -> None:
    """Also of another draft, and for an alliance rating, which is about nobody."""
    family, given = await aino(db, instrument=instrument)
    stray = replace(draft(family.rater(family.aino)), id="stray")
    await storage.drafts.add(db, stray)
    row = await db.row(select(ratings))
    assert row is not None
    with pytest.raises(IntegrityError):
        await db.change(insert(ratings).values({**row._mapping, "id": "other", "draft_id": "stray"}))
    assert given.session_id is not None


async def test_ratings_come_in_the_order_in_which_they_were_given(db: Transaction) -> None:
    family = await add_family(db)
    rater = family.rater(family.aino)
    given = []
    for hours in (2, 0, 1):
        new = draft(rater)
        await storage.drafts.add(db, new)
        given.append(rating(new, family.worker, at=NOW + hours * HOUR))
        await storage.ratings.put(db, given[-1])
    assert await storage.ratings.of_rater(db, rater.id) == [given[1], given[2], given[0]]


async def test_a_meeting_takes_ratings_in(db: Transaction) -> None:
    family = await add_family(db)
    given = []
    for _ in range(2):
        new = draft(family.rater(family.aino))
        await storage.drafts.add(db, new)
        given.append(rating(new, family.worker))
        await storage.ratings.put(db, given[-1])
    session = await meeting(db, family, family.aino)
    await storage.ratings.adopt(db, [given[0].draft_id], session.id)
    found = [await storage.ratings.of_draft(db, each.draft_id) for each in given]
    assert found == [replace(given[0], session_id=session.id), given[1]]
