"""What is asked of all cases of a worker at once."""

from datetime import datetime, timedelta

from sqlalchemy import insert

import storage
from bot.domain.alerts import Level, Rule
from bot.domain.cases import Case, CaseState
from bot.domain.people import AgeBand
from bot.domain.reviews import Decided
from storage import Transaction
from storage.caseload import Met
from storage.schema import plans
from tests.storage.family import NOW, Family, add_family, draft, known, meeting, rating

DAY = timedelta(days=1)


async def another(db: Transaction, family: Family) -> Case:
    worker = family.worker.id
    id = await storage.cases.add(db, worker_id=worker, label="Fell 1", state=CaseState.OPEN, check=None, now=NOW)
    await storage.cases.add_subject(db, id, AgeBand.CHILD, now=NOW)
    return await known(storage.cases.get(db, id))


async def test_all_cases_of_a_worker_are_read_as_each_alone(db: Transaction) -> None:
    family = await add_family(db)
    added = await another(db, family)
    found = await storage.cases.of_worker(db, family.worker.id, CaseState.OPEN)
    assert {each.id: each for each in found} == {family.case.id: family.case, added.id: added}
    assert await storage.cases.of_worker(db, family.other_worker.id, CaseState.OPEN) == []


async def test_a_case_has_met_when_its_newest_meeting_began(db: Transaction) -> None:
    family = await add_family(db)
    quiet = await another(db, family)
    first = await meeting(db, family, family.aino, now=NOW - 7 * DAY)
    await storage.sessions.end(db, first.id, now=NOW - 6 * DAY)
    ids = [family.case.id, quiet.id]
    assert await storage.caseload.met(db, ids) == {family.case.id: Met(NOW - 7 * DAY, going_on=False)}
    await meeting(db, family, family.aino)
    assert await storage.caseload.met(db, ids) == {family.case.id: Met(NOW, going_on=True)}
    assert await storage.caseload.met(db, []) == {}


async def plan(db: Transaction, family: Family, at: datetime, **more: object) -> None:
    row = {"case_id": family.case.id, "worker_id": family.worker.id, "at": at, "weekly": False, "made_at": NOW}
    await db.change(insert(plans).values(id=storage.new_id(), **{**row, **more}))


async def test_a_case_is_planned_while_a_meeting_is_before_it(db: Transaction) -> None:
    family = await add_family(db)
    id = family.case.id
    await plan(db, family, NOW - DAY)
    await plan(db, family, NOW + DAY, ended_at=NOW)
    assert await storage.caseload.planned(db, [id], now=NOW) == frozenset()
    await plan(db, family, NOW)
    assert await storage.caseload.planned(db, [id], now=NOW) == {id}


async def test_a_weekly_plan_is_always_before_it(db: Transaction) -> None:
    family = await add_family(db)
    await plan(db, family, NOW - 30 * DAY, weekly=True)
    assert await storage.caseload.planned(db, [family.case.id], now=NOW) == {family.case.id}


async def test_the_newest_review_counts(db: Transaction) -> None:
    family = await add_family(db)
    quiet = await another(db, family)
    made = [
        await storage.reviews.add(
            db, case_id=family.case.id, worker_id=family.worker.id, decided=Decided.GO_ON, now=NOW - days * DAY
        )
        for days in (100, 9, 200)
    ]
    assert await storage.caseload.reviewed(db, [family.case.id, quiet.id]) == {family.case.id: made[1]}


async def test_ratings_and_alerts_of_several_cases_come_at_once(db: Transaction) -> None:
    family = await add_family(db)
    quiet = await another(db, family)
    drafts = [draft(family.rater(each), subject=family.aino_as_subject) for each in (family.aino, family.mother)]
    for each in drafts:
        await storage.drafts.add(db, each)
        await storage.ratings.put(db, rating(each, family.worker))
    found = await storage.ratings.of_cases(db, [family.case.id, quiet.id])
    assert found == await storage.ratings.of_case(db, family.case.id)
    assert {each.draft_id for each in found} == {each.id for each in drafts}
    assert await storage.ratings.of_cases(db, [quiet.id]) == []

    for each, rule, level in zip(drafts, (Rule.VERY_LOW, Rule.NO_CHANGE), (Level.ALERT, Level.NOTICE), strict=True):
        await storage.alerts.raise_once(db, rule, level, case_id=family.case.id, draft_id=each.id, now=NOW)
    waiting = await storage.alerts.untalked(db, [family.case.id, quiet.id])
    assert [each.rule for each in waiting] == [Rule.VERY_LOW]
    await storage.alerts.talk_about_all(db, drafts[0].id, now=NOW)
    assert await storage.alerts.untalked(db, [family.case.id]) == []
