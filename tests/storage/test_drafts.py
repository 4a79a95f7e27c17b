"""Drafts: each answer once under (draft, item), one draft of a kind for a meeting."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

import storage
from bot.domain.instruments import CORS, CSRS, ORS, SRS, Instrument, Measure
from bot.domain.ratings import Draft, DraftState, SkipReason
from storage import Database, Transaction
from storage.schema import draft_items
from tests.storage.family import NOW, Family, add_family, draft, meeting

HOUR = timedelta(hours=1)


async def aino(db: Transaction) -> tuple[Family, Draft]:
    """Aino's new draft about herself, in an open meeting."""
    family = await add_family(db)
    session = await meeting(db, family, family.aino)
    new = draft(family.rater(family.aino), session=session, subject=family.aino_as_subject)
    assert await storage.drafts.add(db, new)
    return family, new


async def test_a_draft_comes_back_as_it_was_put(db: Transaction) -> None:
    _, new = await aino(db)
    assert await storage.drafts.get(db, new.id) == new


@pytest.mark.parametrize("instrument", [ORS, CORS, SRS, CSRS], ids=lambda each: each.code)
async def test_a_draft_of_each_instrument_comes_back_whatever_its_state(
    db: Transaction, instrument: Instrument
) -> None:
    family = await add_family(db)
    skipped = replace(
        draft(family.rater(family.aino), instrument=instrument),
        state=DraftState.SKIPPED,
        skip_reason=SkipReason.NO_TIME,
        present=3,
    )
    await storage.drafts.add(db, skipped)
    assert await storage.drafts.get(db, skipped.id) == skipped


async def test_each_step_is_kept(db: Transaction) -> None:
    _, before = await aino(db)
    steps: list[Callable[[Draft], Draft]] = [
        lambda draft: draft.answered(1, 70),
        lambda draft: draft.answered(2, 0),
        lambda draft: draft.stepped_back(),
        lambda draft: draft.answered(2, 100),
        lambda draft: draft.answered(3, 30),
        lambda draft: draft.answered(4, 40),
        lambda draft: draft.opened_at(1),
        lambda draft: draft.answered(1, 10),
        lambda draft: draft.handed_in(),
        lambda draft: draft.reopened(),
    ]
    for step in steps:
        after = step(before)
        await storage.drafts.save(db, before, after, now=NOW)
        assert await storage.drafts.get(db, after.id) == after
        before = after
    assert before.scores == (10, 100, 30, 40)


async def test_an_item_has_one_answer_whatever_is_repeated(db: Transaction) -> None:
    _, draft = await aino(db)
    for score in (70, 60, 60, 50):
        answered = draft.answered(1, score)
        await storage.drafts.save(db, draft, answered, now=NOW)
        draft = answered.stepped_back()
        await storage.drafts.save(db, answered, draft, now=NOW)
    assert [row.score for row in await db.rows(select(draft_items))] == [50]


async def test_a_step_from_where_the_draft_is_no_longer_changes_nothing(db: Transaction) -> None:
    _, new = await aino(db)
    saved = [await storage.drafts.save(db, new, new.answered(1, score), now=NOW) for score in (70, 60)]
    assert (saved, await storage.drafts.get(db, new.id)) == ([True, False], new.answered(1, 70))


async def test_an_item_can_have_no_second_answer(db: Transaction) -> None:
    _, new = await aino(db)
    await storage.drafts.save(db, new, new.answered(1, 70), now=NOW)
    with pytest.raises(IntegrityError):
        await db.change(insert(draft_items).values(draft_id=new.id, item=1, score=60))


async def test_there_is_one_draft_of_a_rater_and_subject_and_instrument_for_a_meeting(db: Transaction) -> None:
    _, new = await aino(db)
    assert not await storage.drafts.add(db, replace(new, id=storage.new_id()))
    assert await storage.drafts.get(db, new.id) == new


async def test_the_same_holds_for_an_alliance_draft_which_has_no_subject(db: Transaction) -> None:
    family, new = await aino(db)
    own = replace(new, id=storage.new_id(), subject_id=None, instrument=SRS)
    assert await storage.drafts.add(db, own)
    assert not await storage.drafts.add(db, replace(own, id=storage.new_id()))
    assert await storage.drafts.add(db, replace(own, id=storage.new_id(), rater_id=family.teacher.id))


async def test_another_subject_rater_instrument_or_meeting_is_another_draft(db: Transaction) -> None:
    family, new = await aino(db)
    others = [
        replace(new, id=storage.new_id(), subject_id=family.bo_as_subject.id),
        replace(new, id=storage.new_id(), rater_id=family.teacher.id),
        replace(new, id=storage.new_id(), instrument=CORS),
        replace(new, id=storage.new_id(), session_id=None),
    ]
    assert [await storage.drafts.add(db, each) for each in others] == [True] * 4


async def test_of_many_who_ask_the_same_at_once_one_is_kept(database: Database) -> None:
    async with database.transaction() as db:
        _, new = await aino(db)
    own = replace(new, subject_id=None, instrument=SRS)

    async def ask() -> bool:
        async with database.transaction() as db:
            return await storage.drafts.add(db, replace(own, id=storage.new_id()))

    assert sorted(await asyncio.gather(*(ask() for _ in range(8)))) == [False] * 7 + [True]


async def test_a_draft_is_its_raters_only(db: Transaction) -> None:
    family, new = await aino(db)
    found = [
        await storage.drafts.of_person(db, each, new.id)
        for each in (family.aino, family.bo, family.mother, family.nora, family.otto)
    ]
    assert found == [new, None, None, None, None]
    assert await storage.drafts.of_person(db, family.aino, "nothing") is None


async def test_a_raters_drafts_are_found_by_measure_and_meeting_in_the_order_of_their_beginning(
    db: Transaction,
) -> None:
    family = await add_family(db)
    session, mother = await meeting(db, family, family.mother), family.rater(family.mother)
    about_aino = draft(mother, session=session, subject=family.aino_as_subject, began_at=NOW + HOUR)
    about_bo = draft(mother, session=session, subject=family.bo_as_subject, instrument=CORS)
    own, alone = draft(mother, session=session, instrument=SRS), draft(mother, subject=family.bo_as_subject)
    for each in (about_aino, about_bo, own, alone):
        await storage.drafts.add(db, each)
    of_rater, id = storage.drafts.of_rater, mother.id
    assert await of_rater(db, id, session_id=session.id, measure=Measure.OUTCOME) == [about_bo, about_aino]
    assert await of_rater(db, id, session_id=session.id, measure=Measure.ALLIANCE) == [own]
    assert await of_rater(db, id, session_id=None, measure=Measure.OUTCOME) == [alone]
    assert await of_rater(db, id, session_id=None, measure=Measure.ALLIANCE) == []
    assert {each.id for each in await storage.drafts.of_session(db, session.id)} == {
        about_aino.id,
        about_bo.id,
        own.id,
    }


async def test_what_is_under_way_is_what_is_open_or_being_changed_the_newest_last(db: Transaction) -> None:
    family = await add_family(db)
    mine = family.rater(family.aino)
    newest, changing = draft(mine, began_at=NOW + HOUR), replace(draft(mine), state=DraftState.CHANGING)
    over = [replace(draft(mine), state=each) for each in (DraftState.SENT, DraftState.SKIPPED)]
    for each in (newest, changing, *over, draft(family.rater(family.bo))):
        await storage.drafts.add(db, each)
    assert await storage.drafts.under_way(db, family.aino.id) == [changing, newest]


async def test_what_waits_for_a_meeting_is_what_is_not_older_than_asked(db: Transaction) -> None:
    family, bound = await aino(db)
    mine = family.rater(family.aino)
    old, just, new = (draft(mine, began_at=NOW + each * HOUR) for each in range(3))
    for each in (old, just, new):
        await storage.drafts.add(db, each)
    since = NOW + HOUR
    waiting = await storage.drafts.began_since(db, mine.id, measure=Measure.OUTCOME, since=since)
    assert (waiting, await storage.drafts.get(db, bound.id)) == ([just, new], bound)


async def test_a_meeting_takes_drafts_in(db: Transaction) -> None:
    family = await add_family(db)
    mine = family.rater(family.aino)
    one, other = draft(mine), draft(mine)
    for each in (one, other):
        await storage.drafts.add(db, each)
    session = await meeting(db, family, family.aino)
    await storage.drafts.adopt(db, [one.id], session.id)
    found = [await storage.drafts.get(db, each.id) for each in (one, other)]
    assert found == [replace(one, session_id=session.id), other]
