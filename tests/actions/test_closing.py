"""Closing a case: what ends with it, that nobody closes over something unseen, and opening it again."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import storage
from bot.actions import closing, meetings, plans
from bot.domain.acts import Act
from bot.domain.cases import CaseState, Ending
from bot.domain.errors import Reason
from bot.domain.letters import LetterKind
from storage import Transaction
from tests.actions.asking import refused, told
from tests.storage.family import NOW, Family, known

ZONE = ZoneInfo("Europe/Helsinki")
NOTHING = closing.StillOpen(meeting=False, unanswered=0, alerts=0, plans=0, offers=0)


async def test_what_is_still_open_is_counted_and_ends_with_it(db: Transaction, family: Family) -> None:
    await meetings.start(db, family.nora, family.case.id, [family.rater(family.aino).id], now=NOW)
    tomorrow = (NOW + timedelta(days=1)).date()
    view = await plans.choose_day(db, family.nora, family.case.id, tomorrow, zone=ZONE, now=NOW)
    await plans.keep(db, family.nora, view.plan.id, now=NOW, zone=ZONE, quiet=None)
    _, found = await closing.still_open(db, family.nora, family.case.id, now=NOW)
    assert found == closing.StillOpen(meeting=True, unanswered=1, alerts=0, plans=1, offers=0)
    await closing.close(db, family.nora, family.case.id, Ending.AGREED, mark=found.mark, now=NOW)
    case = await known(storage.cases.get(db, family.case.id))
    assert (case.state, case.closed_at) == (CaseState.CLOSED, NOW)
    assert await storage.plans.of_case(db, case.id) == []
    assert (await known(storage.sessions.newest(db, case.id))).ended_at == NOW


async def test_nobody_closes_over_something_that_they_have_not_seen(db: Transaction, family: Family) -> None:
    await meetings.start(db, family.nora, family.case.id, [family.rater(family.aino).id], now=NOW)
    closed = closing.close(db, family.nora, family.case.id, Ending.AGREED, mark=NOTHING.mark, now=NOW)
    assert await refused(closed) is Reason.NO_LONGER
    assert (await known(storage.cases.get(db, family.case.id))).state is CaseState.OPEN


async def test_otto_closes_nothing_and_a_second_close_is_refused(db: Transaction, family: Family) -> None:
    assert await refused(closing.close(db, family.otto, family.case.id, Ending.STOPPED, now=NOW)) is Reason.NOT_HERE
    await closing.close(db, family.nora, family.case.id, Ending.STOPPED, now=NOW)
    assert await refused(closing.close(db, family.nora, family.case.id, Ending.STOPPED, now=NOW)) is Reason.NOT_HERE
    assert await refused(closing.reopen(db, family.otto, family.case.id, now=NOW)) is Reason.NOT_HERE


async def test_the_family_hears_of_both_and_so_does_the_audit(db: Transaction, family: Family) -> None:
    await closing.close(db, family.nora, family.case.id, Ending.AGREED, now=NOW)
    later = NOW + timedelta(days=1)
    case, uninvited = await closing.reopen(db, family.nora, family.case.id, now=later)
    everybody = {family.aino.id, family.bo.id, family.mother.id, family.father.id}
    for kind in (LetterKind.CASE_CLOSED, LetterKind.CASE_REOPENED):
        assert {person for person, _, _ in await told(db, kind)} == everybody
    acts = [each.act for each in await storage.audit.of_case(db, case.id)]
    assert acts == [Act.CLOSE_CASE, Act.REOPEN_CASE]
    assert [each.id for each in uninvited] == [family.teacher.id]


async def test_closed_cases_are_listed_for_their_workers_and_nobody_else(db: Transaction, family: Family) -> None:
    assert await closing.closed(db, family.nora) == []
    await closing.close(db, family.nora, family.case.id, Ending.AGREED, now=NOW)
    assert [each.id for each in await closing.closed(db, family.nora)] == [family.case.id]
    assert await closing.closed(db, family.otto) == []
