"""Cases come back whole, are told apart by worker and state, and go with all that is in them."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import Table, select, update
from sqlalchemy.exc import IntegrityError

import storage
from bot.domain.cases import Case, CaseState, Rater, Subject
from bot.domain.instruments import SRS
from bot.domain.people import AgeBand, Kind
from bot.domain.ratings import Draft, DraftState, Rating
from storage import Database, Transaction
from storage.schema import (
    case_workers,
    cases,
    draft_items,
    drafts,
    persons,
    raters,
    ratings,
    sessions,
    subjects,
    workers,
)
from tests.storage.family import NOW, Family, add_family, draft, known, meeting, person, rating, worker

LATER = NOW + timedelta(days=1)


async def test_a_case_comes_back_as_it_was_put(db: Transaction) -> None:
    nora = await worker(db, "pihlaja", "KOIVU-27", None)
    asked = CaseState.ASKED
    id = await storage.cases.add(db, worker_id=nora.id, label="Köynnös 10", state=asked, check="Käpy 99", now=NOW)
    aino = await person(db, "aino")
    subject = await storage.cases.add_subject(db, id, AgeBand.ADOLESCENT, now=NOW)
    rater = Rater(storage.new_id(), id, Kind.CLIENT, AgeBand.ADOLESCENT, (subject.id,), aino.id)
    await storage.cases.add_rater(db, rater, now=NOW)
    whole = Case(id, "Köynnös 10", asked, NOW, (Subject(subject.id, id, AgeBand.ADOLESCENT, NOW),), (rater,), "Käpy 99")
    assert await storage.cases.get(db, id) == whole
    assert await storage.cases.rater(db, rater.id) == rater


async def test_raters_and_subjects_come_in_the_order_in_which_they_were_added(db: Transaction) -> None:
    family = await add_family(db)
    kinds = [each.kind for each in family.case.raters]
    assert kinds == [Kind.CLIENT, Kind.CLIENT, Kind.MOTHER, Kind.FATHER, Kind.SCHOOL]
    assert [each.band for each in family.case.subjects] == [AgeBand.ADOLESCENT, AgeBand.CHILD]
    assert family.rater(family.mother).subject_ids == tuple(each.id for each in family.case.subjects)


async def test_what_is_not_there_is_not_found(db: Transaction) -> None:
    assert (await storage.cases.get(db, "nothing"), await storage.cases.rater(db, "nobody")) == (None, None)


async def test_a_label_is_sealed_to_its_case(db: Transaction) -> None:
    family = await add_family(db)
    other = await storage.cases.add(
        db, worker_id=family.worker.id, label="Rain 10", state=CaseState.OPEN, check=None, now=NOW
    )
    row = await db.row(select(cases.c.label_sealed).where(cases.c.id == family.case.id))
    assert row is not None
    assert b"Birch" not in row.label_sealed
    await db.change(update(cases).where(cases.c.id == other).values(label_sealed=row.label_sealed))
    with pytest.raises(InvalidTag):
        await storage.cases.get(db, other)


async def test_a_case_gets_another_label(db: Transaction) -> None:
    family = await add_family(db)
    await storage.cases.relabel(db, family.case.id, "Rain 10")
    assert await storage.cases.get(db, family.case.id) == replace(family.case, label="Rain 10")
    assert await storage.cases.labels_of_worker(db, family.worker.id) == {"Rain 10"}


async def test_a_worker_has_their_own_cases_only_the_newest_first(db: Transaction) -> None:
    family = await add_family(db)
    add = storage.cases.add
    newer = await add(db, worker_id=family.worker.id, label="Rain 10", state=CaseState.OPEN, check=None, now=LATER)
    asked = await add(db, worker_id=family.worker.id, label="Tern 11", state=CaseState.ASKED, check="Fell 12", now=NOW)
    mine, others = family.worker.id, family.other_worker.id
    assert [each.id for each in await storage.cases.of_worker(db, mine, CaseState.OPEN)] == [newer, family.case.id]
    assert [each.id for each in await storage.cases.of_worker(db, mine, CaseState.ASKED)] == [asked]
    assert await storage.cases.of_worker(db, mine, CaseState.CLOSED) == []
    assert await storage.cases.of_worker(db, others, CaseState.OPEN) == []
    assert await storage.cases.labels_of_worker(db, mine) == {"Birch 42", "Rain 10", "Tern 11"}
    assert await storage.cases.labels_of_worker(db, others) == frozenset()


async def test_whose_case_it_is_ends_with_the_workers_part_in_it(db: Transaction) -> None:
    family = await add_family(db)
    id = family.case.id
    before = [await storage.cases.is_worker_of(db, each.id, id) for each in (family.worker, family.other_worker)]
    await db.change(update(case_workers).values(ended_at=NOW))
    assert (before, await storage.cases.is_worker_of(db, family.worker.id, id)) == ([True, False], False)
    assert await storage.cases.of_worker(db, family.worker.id, CaseState.OPEN) == []
    assert await storage.cases.labels_of_worker(db, family.worker.id) == frozenset()


async def test_a_person_rates_where_they_have_joined_unless_the_case_is_closed(db: Transaction) -> None:
    family = await add_family(db)
    assert await storage.cases.raters_of_person(db, family.mother.id) == [family.rater(family.mother)]
    assert await storage.cases.raters_of_person(db, family.nora.id) == []
    await db.change(update(cases).values(state=CaseState.CLOSED.value))
    assert await storage.cases.raters_of_person(db, family.mother.id) == []
    assert await storage.cases.all_raters_of_person(db, family.mother.id) == [family.rater(family.mother)]


async def test_a_person_is_one_rater_of_a_case_only(db: Transaction) -> None:
    family = await add_family(db)
    with pytest.raises(IntegrityError):
        await storage.cases.join(db, family.teacher.id, family.aino.id)


async def test_the_workers_yes_is_said_once_and_takes_the_check_away(db: Transaction) -> None:
    family = await add_family(db)
    asked = await storage.cases.add(
        db, worker_id=family.worker.id, label="Tern 11", state=CaseState.ASKED, check="Fell 12", now=NOW
    )
    assert [await storage.cases.open_asked(db, asked) for _ in range(2)] == [True, False]
    opened = await known(storage.cases.get(db, asked))
    assert (opened.state, opened.check) == (CaseState.OPEN, None)


async def test_a_rater_is_about_a_subject_once(db: Transaction) -> None:
    family = await add_family(db)
    for _ in range(2):
        await storage.cases.add_about(db, family.teacher.id, family.bo_as_subject.id)
    both = (family.aino_as_subject.id, family.bo_as_subject.id)
    assert await storage.cases.rater(db, family.teacher.id) == replace(family.teacher, subject_ids=both)


async def test_a_place_is_joined_once(db: Transaction) -> None:
    family = await add_family(db)
    somebody, another = await person(db, "nora"), await person(db, "otto")
    joined = [await storage.cases.join(db, family.teacher.id, each.id) for each in (somebody, another)]
    assert joined == [True, False]
    assert await storage.cases.rater(db, family.teacher.id) == replace(family.teacher, person_id=somebody.id)


async def test_of_many_who_join_a_place_at_once_one_does(database: Database) -> None:
    async with database.transaction() as db:
        family = await add_family(db)
        free = [
            await storage.people.meet(db, telegram_id=6_000_000_000 + each, language="fi", now=NOW) for each in range(9)
        ]

    async def join(person_id: str) -> bool:
        async with database.transaction() as db:
            return await storage.cases.join(db, family.teacher.id, person_id)

    joined = await asyncio.gather(*(join(each.id) for each in free))
    assert sorted(joined) == [False] * 8 + [True]
    async with database.transaction() as db:
        rater = await known(storage.cases.rater(db, family.teacher.id))
    assert rater.person_id == free[joined.index(True)].id


WITHIN = (cases, case_workers, subjects, raters, sessions, drafts, draft_items, ratings)


async def counts(db: Transaction, *tables: Table) -> list[int]:
    return [len(await db.rows(select(table))) for table in tables]


async def test_a_case_goes_with_all_that_is_in_it(db: Transaction) -> None:
    family = await add_family(db)
    session = await meeting(db, family, family.aino)
    await rated(db, family, draft(family.rater(family.aino), session=session))
    assert await counts(db, *WITHIN) == [1, 1, 2, 5, 1, 1, 4, 1]
    await storage.cases.erase(db, family.case.id)
    assert await counts(db, *WITHIN) == [0] * len(WITHIN)
    assert await counts(db, persons, workers) == [6, 2]


async def test_an_emptied_place_stays_without_a_phone_and_without_answers(db: Transaction) -> None:
    family = await add_family(db)
    await rated(db, family, draft(family.rater(family.aino), subject=family.aino_as_subject))
    bos = await rated(db, family, draft(family.rater(family.bo), subject=family.bo_as_subject))
    place = family.rater(family.aino)
    await storage.cases.empty(db, place.id)
    assert await storage.cases.rater(db, place.id) == replace(place, person_id=None)
    assert await storage.ratings.of_case(db, family.case.id) == [bos]
    assert await counts(db, drafts, draft_items) == [1, 4]


async def test_what_one_rater_has_given_becomes_anothers(db: Transaction) -> None:
    family = await add_family(db)
    giver, taker = family.rater(family.mother), family.rater(family.father)
    about, own = draft(giver, subject=family.aino_as_subject), draft(giver, instrument=SRS)
    outcome, alliance = await rated(db, family, about), await rated(db, family, own)
    fathers = await rated(db, family, draft(taker, subject=family.aino_as_subject))
    await storage.cases.turn_to(db, giver, family.aino_as_subject.id, family.bo_as_subject.id)
    await storage.cases.give_to(db, giver, taker)
    given = replace(outcome, rater_id=taker.id, subject_id=family.bo_as_subject.id)
    assert await by_id(storage.ratings.of_rater(db, giver.id)) == {}
    assert await by_id(storage.ratings.of_rater(db, taker.id)) == {
        given.id: given,
        alliance.id: replace(alliance, rater_id=taker.id),
        fathers.id: fathers,
    }
    assert await storage.drafts.of_person(db, family.mother, about.id) is None
    found = await known(storage.drafts.of_person(db, family.father, about.id))
    assert (found.rater_id, found.subject_id) == (taker.id, family.bo_as_subject.id)


async def rated(db: Transaction, family: Family, new: Draft) -> Rating:
    """A draft that has been answered and handed in."""
    await storage.drafts.add(db, new)
    await storage.drafts.save(db, new, replace(new, scores=(70, 60, 80, 90), present=5, state=DraftState.SENT), now=NOW)
    made = rating(new, family.worker)
    await storage.ratings.put(db, made)
    return made


async def by_id(ratings: Awaitable[Sequence[Rating]]) -> dict[str, Rating]:
    return {each.id: each for each in await ratings}
