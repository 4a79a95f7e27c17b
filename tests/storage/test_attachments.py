"""Who joined by code and was attached: what came in by it, and that it is undone once."""

from datetime import timedelta

import storage
from bot.domain.attachments import Attachment
from bot.domain.people import AgeBand
from storage import Transaction
from tests.storage.family import NOW, Family, add_family, draft

HOUR = timedelta(hours=1)


async def attached(db: Transaction, family: Family, *, new_place: bool = False) -> Attachment:
    mother = family.rater(family.mother)
    its = (storage.new_id(), family.case.id, mother.id, family.worker.id)
    attachment = Attachment(*its, AgeBand.ADULT, new_place, NOW)
    await storage.attachments.add(db, attachment)
    return attachment


async def test_the_newest_one_that_stands_is_known_and_undone_once(db: Transaction) -> None:
    family = await add_family(db)
    mother = family.rater(family.mother)
    assert await storage.attachments.newest_of(db, mother.id) is None
    attachment = await attached(db, family)
    assert await storage.attachments.newest_of(db, mother.id) == attachment
    undone = [await storage.attachments.undo(db, attachment.id, now=NOW + HOUR) for _ in range(2)]
    assert undone == [True, False]
    assert await storage.attachments.newest_of(db, mother.id) is None


async def test_with_the_phone_goes_what_could_be_undone(db: Transaction) -> None:
    family = await add_family(db)
    await attached(db, family)
    mother = family.rater(family.mother)
    await storage.raters.let_phone_go(db, mother.id, family.mother.id)
    assert await storage.attachments.newest_of(db, mother.id) is None


async def test_what_the_phone_brought_came_by_it_and_what_was_only_asked_did_not(db: Transaction) -> None:
    family = await add_family(db)
    mother, aino = family.rater(family.mother), family.aino_as_subject
    brought = draft(mother, subject=aino, began_at=NOW - HOUR)
    await storage.drafts.add(db, brought)
    attachment = await attached(db, family)
    await storage.attachments.mark(db, mother.id, attachment.id)
    asked = draft(mother, subject=family.bo_as_subject, began_at=NOW + HOUR)
    await storage.drafts.add(db, asked)
    assert list(await storage.attachments.came_by(db, attachment)) == [brought.id]
    assert await storage.attachments.about(db, [brought.id]) == [aino.id]


async def test_a_place_closes_only_when_nothing_is_left_of_it(db: Transaction) -> None:
    family = await add_family(db)
    father = family.rater(family.father)
    await storage.drafts.add(db, draft(father, subject=family.aino_as_subject))
    assert not await storage.attachments.close_place(db, father)
    assert await storage.attachments.close_place(db, family.teacher)
    assert await storage.cases.rater(db, family.teacher.id) is None
    assert [each.id for each in (await storage.cases.get(db, family.case.id) or family.case).subjects] == [
        each.id for each in family.case.subjects
    ]
