"""A service's own measures: loaded, ended, switched on for a case; their drafts and ratings come back whole."""

from dataclasses import replace

import storage
from bot.domain.pack_files import parsed
from bot.domain.ratings import Draft
from storage import Transaction
from tests.domain.test_pack_files import ENERGY
from tests.storage.family import NOW, add_family, known, rating

OTHER = ENERGY.replace('"energy"', '"another"')


async def test_what_was_loaded_is_in_force_until_it_is_ended(db: Transaction) -> None:
    for text in (ENERGY, OTHER):
        await storage.packs.put(db, text, now=NOW)
    assert [each.code for each in await storage.packs.in_force(db)] == ["another", "energy"]
    assert await storage.packs.end(db, "energy", now=NOW)
    assert not await storage.packs.end(db, "energy", now=NOW)
    assert [each.code for each in await storage.packs.in_force(db)] == ["another"]
    assert await storage.packs.of_code(db, "energy") == parsed(ENERGY)
    assert await storage.packs.of_code(db, "nothing") is None


async def test_a_case_has_those_that_are_switched_on_and_still_in_force(db: Transaction) -> None:
    family = await add_family(db)
    for text in (ENERGY, OTHER):
        await storage.packs.put(db, text, now=NOW)
    for code in ("energy", "energy", "another"):
        await storage.packs.switch_on(db, family.case.id, code)
    await storage.packs.switch_off(db, family.case.id, "another")
    assert await storage.packs.of_case(db, family.case.id) == [parsed(ENERGY)]
    await storage.packs.end(db, "energy", now=NOW)
    assert await storage.packs.of_case(db, family.case.id) == []


async def test_a_draft_of_it_and_its_rating_come_back_whole(db: Transaction) -> None:
    family = await add_family(db)
    await storage.packs.put(db, ENERGY, now=NOW)
    instrument, aino = parsed(ENERGY).instrument, family.rater(family.aino)
    new = Draft(storage.new_id(), family.case.id, None, aino.id, family.aino_as_subject.id, instrument, NOW)
    await storage.drafts.add(db, new)
    answered = new.answered(1, 50).answered(2, 10)
    assert await storage.drafts.save(db, new, answered, now=NOW)
    assert await known(storage.drafts.get(db, new.id)) == answered
    assert (answered.present, answered.review) == (3, 3)
    given = await storage.ratings.put(db, rating(new, family.worker, 50, 10))
    assert await storage.ratings.of_draft(db, new.id) == given
    assert (given.scores, given.total) == ((50, 10), 60)
    assert replace(given, instrument=instrument).instrument.words is not None
