"""Workers, by id, person and code; a role that has ended is none."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

import storage
from bot.domain.people import Role, Worker
from storage import Transaction
from storage.schema import case_workers, teams, workers
from tests.storage.family import NOW, add_family, person, worker


async def test_a_worker_is_found_by_id_person_and_code(db: Transaction) -> None:
    nora = await person(db, "nora")
    made = await worker(db, "pihlaja", "KOIVU-27", nora)
    assert made == Worker(made.id, "KOIVU-27", "pihlaja", Role.WORKER, nora.id)
    found = [
        await storage.workers.get(db, made.id),
        await storage.workers.of_person(db, nora.id),
        await storage.workers.by_code(db, "KOIVU-27"),
    ]
    assert found == [made, made, made]


async def test_a_worker_that_there_is_not_is_not_found(db: Transaction) -> None:
    found = [
        await storage.workers.get(db, "nobody"),
        await storage.workers.of_person(db, "nobody"),
        await storage.workers.by_code(db, "KOIVU-27"),
    ]
    assert found == [None, None, None]


async def test_two_workers_of_a_team_share_the_team(db: Transaction) -> None:
    await worker(db, "pihlaja", "KOIVU-27", None)
    await worker(db, "pihlaja", "KOIVU-28", None)
    row = await db.row(select(func.count()).select_from(teams))
    assert row == (1,)


async def test_a_code_is_one_workers_only(db: Transaction) -> None:
    first = await worker(db, "pihlaja", "KOIVU-27", None)
    assert await worker(db, "vaahtera", "KOIVU-27", None) == first


async def test_the_code_of_a_worker_whose_role_has_ended_is_nobody_elses(db: Transaction) -> None:
    ended = await worker(db, "pihlaja", "KOIVU-27", None)
    await db.change(update(workers).where(workers.c.id == ended.id).values(ended_at=NOW))
    with pytest.raises(ValueError, match="KOIVU-27 was the code of a worker"):
        await worker(db, "pihlaja", "KOIVU-27", None)


async def test_a_person_is_one_worker_only(db: Transaction) -> None:
    nora = await person(db, "nora")
    await worker(db, "pihlaja", "KOIVU-27", nora)
    with pytest.raises(IntegrityError):
        await worker(db, "pihlaja", "KOIVU-28", nora)


async def test_who_was_a_worker_before_can_become_another(db: Transaction) -> None:
    nora = await person(db, "nora")
    before, now = await worker(db, "pihlaja", "KOIVU-27", nora), await worker(db, "vaahtera", "TAMMI-5", None)
    await db.change(update(workers).where(workers.c.id == before.id).values(ended_at=NOW))
    await storage.workers.set_person(db, now.id, nora.id)
    assert await storage.workers.of_person(db, nora.id) == replace(now, person_id=nora.id)


async def test_a_role_is_changed(db: Transaction) -> None:
    made = await worker(db, "pihlaja", "KOIVU-27", None)
    changed = await storage.workers.change_role(db, made, Role.LEAD)
    assert changed == await storage.workers.get(db, made.id) == replace(made, role=Role.LEAD)


async def test_a_worker_whose_role_has_ended_is_none_any_more(db: Transaction) -> None:
    family = await add_family(db)
    await db.change(update(workers).where(workers.c.id == family.worker.id).values(ended_at=NOW))
    found = [
        await storage.workers.get(db, family.worker.id),
        await storage.workers.of_person(db, family.nora.id),
        await storage.workers.by_code(db, "KOIVU-27"),
    ]
    assert found == [None, None, None]
    assert await storage.workers.of_case(db, family.case.id) == []


async def test_a_cases_workers_are_those_who_have_it_now(db: Transaction) -> None:
    family = await add_family(db)
    assert await storage.workers.of_case(db, family.case.id) == [family.worker]
    await db.change(update(case_workers).values(ended_at=NOW))
    assert await storage.workers.of_case(db, family.case.id) == []


async def test_a_deputy_stands_in_for_who_has_or_had_the_case_in_the_same_team(db: Transaction) -> None:
    family = await add_family(db)
    colleague = await worker(db, "pihlaja", "PAJU-3", None)
    stands_in = [await storage.workers.stands_in(db, each, family.case.id) for each in (colleague, family.other_worker)]
    await storage.workers.set_deputy(db, family.worker.id, colleague.id)
    after = [await storage.workers.stands_in(db, each, family.case.id) for each in (colleague, family.other_worker)]
    await storage.workers.set_deputy(db, family.worker.id, family.other_worker.id)
    other_team = await storage.workers.stands_in(db, family.other_worker, family.case.id)
    await storage.workers.set_deputy(db, family.worker.id, None)
    assert (stands_in, after, other_team) == ([False, False], [True, False], False)
