"""A team's tags and the cases that have them."""

import storage
from bot.domain.tags import Tag
from storage import Transaction
from tests.storage.family import NOW, add_family, known


async def test_a_team_has_its_tags_in_the_order_of_their_names(db: Transaction) -> None:
    family = await add_family(db)
    team = await known(storage.tags.team_named(db, "pihlaja"))
    for name in ("School", "Evening", "school"):
        await storage.tags.add(db, team, name)
    found = await storage.tags.of_workers_team(db, family.worker.id)
    assert [each.name for each in found] == ["Evening", "school"]
    assert await storage.tags.of_workers_team(db, family.other_worker.id) == []
    assert await storage.tags.team_named(db, "koivikko") is None
    assert await storage.tags.of_workers_team(db, "nobody") == []


async def test_a_case_has_a_tag_once_and_keeps_one_that_was_ended(db: Transaction) -> None:
    family = await add_family(db)
    team = await known(storage.tags.team_named(db, "pihlaja"))
    await storage.tags.add(db, team, "Evening")
    (tag,) = await storage.tags.of_team(db, team)
    for _ in range(2):
        await storage.tags.put_on(db, family.case.id, tag.id)
    assert await storage.tags.of_cases(db, [family.case.id, "other"]) == {family.case.id: (tag,), "other": ()}
    assert await storage.tags.end(db, team, "EVENING", now=NOW)
    assert not await storage.tags.end(db, team, "Evening", now=NOW)
    assert await storage.tags.of_team(db, team) == []
    assert await storage.tags.of_cases(db, [family.case.id]) == {family.case.id: (Tag(tag.id, "Evening", ended=True),)}
    await storage.tags.take_off(db, family.case.id, tag.id)
    assert await storage.tags.of_cases(db, [family.case.id]) == {family.case.id: ()}
