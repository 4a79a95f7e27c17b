"""Alerts: each raised once, with a number that no other has or had."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete

import storage
from bot.domain.alerts import Alert, Level, Rule
from storage import Database, Transaction
from storage.schema import drafts
from tests.storage.family import NOW, Family, add_family, draft, meeting


async def answered(db: Transaction) -> tuple[Family, str]:
    """The family, and the id of a draft of Aino's."""
    family = await add_family(db)
    new = draft(family.rater(family.aino), subject=family.aino_as_subject)
    await storage.drafts.add(db, new)
    return family, new.id


async def raised(db: Transaction, family: Family, draft_id: str, rule: Rule = Rule.VERY_LOW) -> Alert | None:
    return await storage.alerts.raise_once(db, rule, Level.ALERT, case_id=family.case.id, draft_id=draft_id, now=NOW)


async def test_an_alert_comes_back_as_it_was_raised(db: Transaction) -> None:
    family, draft_id = await answered(db)
    alert = await raised(db, family, draft_id)
    assert alert == Alert(1, family.case.id, draft_id, Rule.VERY_LOW, NOW)
    assert await storage.alerts.get(db, 1) == alert


async def test_one_rating_raises_a_rule_once_and_each_rule_for_itself(db: Transaction) -> None:
    family, draft_id = await answered(db)
    found = [await raised(db, family, draft_id, rule) for rule in (Rule.VERY_LOW, Rule.VERY_LOW, Rule.ALLIANCE_DROP)]
    assert [each.rule if each else None for each in found] == [Rule.VERY_LOW, None, Rule.ALLIANCE_DROP]


async def test_of_many_who_raise_the_same_at_once_one_does(database: Database) -> None:
    async with database.transaction() as db:
        family, draft_id = await answered(db)

    async def one() -> Alert | None:
        async with database.transaction() as db:
            return await raised(db, family, draft_id)

    found = await asyncio.gather(*(one() for _ in range(10)))
    assert sum(each is not None for each in found) == 1


async def test_a_number_is_never_given_again(db: Transaction) -> None:
    """Who has read of alert 1 would take another alert 1 for the same."""
    family, draft_id = await answered(db)
    first = await raised(db, family, draft_id)
    other = draft(family.rater(family.bo), subject=family.bo_as_subject)
    await storage.drafts.add(db, other)
    await db.change(delete(drafts).where(drafts.c.id == draft_id))
    second = await raised(db, family, other.id)
    assert (first and first.number, second and second.number) == (1, 2)


# What becomes of all that one rating has raised

LATER = NOW + timedelta(hours=3)


async def both(db: Transaction) -> tuple[Family, str]:
    """A draft of Aino's with an alert and a notice."""
    family, draft_id = await answered(db)
    await storage.alerts.raise_once(
        db, Rule.CROSSED_DOWN, Level.NOTICE, case_id=family.case.id, draft_id=draft_id, now=NOW
    )
    await raised(db, family, draft_id)
    return family, draft_id


async def test_the_gravest_comes_first_whichever_was_raised_first(db: Transaction) -> None:
    family, draft_id = await both(db)
    assert [each.rule for each in await storage.alerts.of_draft(db, draft_id)] == [Rule.VERY_LOW, Rule.CROSSED_DOWN]
    assert await storage.alerts.of_case(db, family.case.id) == await storage.alerts.of_draft(db, draft_id)


async def test_opened_twice_it_was_opened_the_first_time(db: Transaction) -> None:
    _, draft_id = await both(db)
    await storage.alerts.open_all(db, draft_id, now=NOW)
    await storage.alerts.talk_about_all(db, draft_id, now=LATER)
    await storage.alerts.talk_about_all(db, draft_id, now=LATER + timedelta(hours=1))
    found = await storage.alerts.of_draft(db, draft_id)
    assert {(each.opened_at, each.talked_at) for each in found} == {(NOW, LATER)}


async def test_it_is_put_off_once_and_not_when_it_was_talked_about(db: Transaction) -> None:
    _, draft_id = await both(db)
    assert [await storage.alerts.put_off_all(db, draft_id, until=each) for each in (LATER, NOW)] == [True, False]
    assert {each.later_at for each in await storage.alerts.of_draft(db, draft_id)} == {LATER}


async def test_what_was_talked_about_is_not_put_off(db: Transaction) -> None:
    _, draft_id = await both(db)
    await storage.alerts.talk_about_all(db, draft_id, now=NOW)
    assert not await storage.alerts.put_off_all(db, draft_id, until=LATER)


async def test_it_is_passed_on_once_and_not_when_it_was_opened(db: Transaction) -> None:
    family, draft_id = await both(db)
    otto = family.other_worker.id
    assert [await storage.alerts.pass_all_on(db, draft_id, otto) for _ in range(2)] == [True, False]
    assert {each.passed_to for each in await storage.alerts.of_draft(db, draft_id)} == {otto}


async def test_what_was_opened_is_not_passed_on(db: Transaction) -> None:
    family, draft_id = await both(db)
    await storage.alerts.open_all(db, draft_id, now=NOW)
    assert not await storage.alerts.pass_all_on(db, draft_id, family.other_worker.id)


async def test_a_correction_weighs_it_anew_under_its_number(db: Transaction) -> None:
    _, draft_id = await both(db)
    notice = (await storage.alerts.of_draft(db, draft_id))[1]
    await storage.alerts.weigh_anew(db, notice.number, Level.ALERT)
    assert await storage.alerts.get(db, notice.number) == replace(notice, level=Level.ALERT)


async def test_those_of_a_meeting_are_those_of_its_drafts(db: Transaction) -> None:
    family = await add_family(db)
    session = await meeting(db, family, family.aino)
    inside = draft(family.rater(family.aino), session=session, subject=family.aino_as_subject)
    outside = draft(family.rater(family.bo), subject=family.bo_as_subject)
    for each in (inside, outside):
        await storage.drafts.add(db, each)
        await raised(db, family, each.id)
    assert [each.draft_id for each in await storage.alerts.of_session(db, session.id)] == [inside.id]
