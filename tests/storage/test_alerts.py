"""Alerts: each raised once, with a number that no other has or had."""

import asyncio

from sqlalchemy import delete

import storage
from bot.domain.alerts import Alert, Level, Rule
from storage import Database, Transaction
from storage.schema import drafts
from tests.storage.family import NOW, Family, add_family, draft


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
