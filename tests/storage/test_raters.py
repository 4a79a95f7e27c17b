"""What changes about a rater: each change says whether it was one, so that who comes second knows."""

from datetime import timedelta

import storage
from bot.domain.cases import AddedRole, Rater
from bot.domain.people import AgeBand, Kind
from storage import Transaction
from tests.storage.family import NOW, add_family, draft, known

LATER = NOW + timedelta(minutes=1)


async def as_it_is(db: Transaction, rater: Rater) -> Rater:
    return await known(storage.cases.rater(db, rater.id))


async def test_who_rates_about_whom_is_added_and_taken_away_once(db: Transaction) -> None:
    family = await add_family(db)
    teacher, bo = family.teacher, family.bo_as_subject
    await storage.raters.rate(db, teacher.id, bo.id)
    await storage.raters.rate(db, teacher.id, bo.id)
    assert set((await as_it_is(db, teacher)).subject_ids) == {family.aino_as_subject.id, bo.id}
    taken = [await storage.raters.no_longer_rate(db, teacher.id, bo.id) for _ in range(2)]
    assert taken == [True, False]
    assert (await as_it_is(db, teacher)).subject_ids == (family.aino_as_subject.id,)


async def test_of_who_has_joined_it_is_not_said_that_they_have_no_phone(db: Transaction) -> None:
    family = await add_family(db)
    said = [await storage.raters.say_phone(db, family.teacher.id, own=False) for _ in range(2)]
    assert said == [True, False]
    assert not await storage.raters.say_phone(db, family.rater(family.mother).id, own=False)
    assert not (await as_it_is(db, family.teacher)).own_phone


async def test_a_phone_goes_once_and_only_the_one_that_they_have(db: Transaction) -> None:
    family = await add_family(db)
    mother = family.rater(family.mother)
    assert not await storage.raters.let_phone_go(db, mother.id, family.father.id)
    assert await storage.raters.let_phone_go(db, mother.id, family.mother.id)
    assert not await storage.raters.let_phone_go(db, mother.id, family.mother.id)
    assert (await as_it_is(db, mother)).person_id is None


async def test_who_has_ended_is_taken_back_once(db: Transaction) -> None:
    family = await add_family(db)
    father = family.rater(family.father)
    assert [await storage.raters.end(db, father.id, now=each) for each in (NOW, LATER)] == [True, False]
    assert (await as_it_is(db, father)).ended_at == NOW
    assert [await storage.raters.take_back(db, father.id) for _ in range(2)] == [True, False]
    assert (await as_it_is(db, father)).ended_at is None


async def test_a_carer_is_a_client_too_once_and_not_after_all_once(db: Transaction) -> None:
    family = await add_family(db)
    mother = family.rater(family.mother)
    own = await storage.cases.add_subject(db, family.case.id, AgeBand.ADULT, now=LATER)
    other = await storage.cases.add_subject(db, family.case.id, AgeBand.ADULT, now=LATER)
    assert await storage.raters.become_client(db, mother.id, own.id)
    assert not await storage.raters.become_client(db, mother.id, other.id)
    assert await storage.raters.added_role(db, mother.id) is AddedRole.CLIENT
    assert not await storage.raters.no_client(db, mother.id, other.id)
    assert await storage.raters.no_client(db, mother.id, own.id)
    assert (await as_it_is(db, mother)).subject_ids == mother.subject_ids
    assert await storage.raters.added_role(db, mother.id) is None


async def test_a_client_is_a_carer_too_and_not_after_all(db: Transaction) -> None:
    family = await add_family(db)
    aino, subject = family.rater(family.aino), family.aino_as_subject
    assert await storage.raters.become_carer(db, aino.id, Kind.MOTHER, subject.id)
    assert not await storage.raters.become_carer(db, aino.id, Kind.FATHER, subject.id)
    await storage.raters.rate(db, aino.id, family.bo_as_subject.id)
    assert await storage.raters.added_role(db, aino.id) is AddedRole.CARER
    assert await storage.raters.no_carer(db, aino.id, subject.id)
    assert await as_it_is(db, aino) == aino


async def test_a_role_in_which_somebody_was_asked_is_no_mistake(db: Transaction) -> None:
    family = await add_family(db)
    mother = family.rater(family.mother)
    own = await storage.cases.add_subject(db, family.case.id, AgeBand.ADULT, now=LATER)
    await storage.raters.become_client(db, mother.id, own.id)
    await storage.drafts.add(db, draft(mother, subject=own))
    assert await storage.raters.added_role(db, mother.id) is None
