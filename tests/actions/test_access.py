"""The doors: who comes through which. Unknown, forbidden and ended look the same."""

from collections.abc import Awaitable, Callable, Mapping

import pytest
from sqlalchemy import update

import storage
from bot.actions.access import (
    Desk,
    Meeting,
    access_case,
    access_case_draft,
    access_case_rater,
    access_case_rating,
    access_draft,
    access_rater,
    access_session,
    access_worker,
)
from bot.domain.cases import CaseState
from bot.domain.errors import Reason, Refusal
from bot.domain.people import Person
from bot.domain.ratings import Mode
from storage import Transaction
from storage.schema import case_workers, cases, workers
from tests.actions.asking import refused
from tests.storage.family import Family, draft, meeting, rating

Door = Callable[[Person], Awaitable[object]]
EVERYBODY = ("nora", "otto", "aino", "bo", "mother", "father")
MAY: dict[str, set[str]] = {
    "desk": {"nora", "otto"},
    "case": {"nora"},
    "meeting": {"nora"},
    "rater of a case": {"nora"},
    "what is written down": {"nora"},
    "a rating": {"nora"},
    "Aino's place": {"aino"},
    "Aino's draft": {"aino"},
}


async def doors(db: Transaction, family: Family) -> Mapping[str, Door]:
    """All doors, each to the same case, meeting, rater and draft."""
    aino = family.rater(family.aino)
    session = await meeting(db, family, family.aino)
    hers = draft(aino, session=session, subject=family.aino_as_subject)
    await storage.drafts.add(db, hers)
    sheet = draft(family.teacher, session=session, subject=family.aino_as_subject).taken_up(Mode.PAPER)
    await storage.drafts.add(db, sheet)
    await storage.ratings.put(db, rating(hers, family.worker))
    return {
        "what is written down": lambda person: access_case_draft(db, person, sheet.id),
        "a rating": lambda person: access_case_rating(db, person, hers.id),
        "desk": lambda person: access_worker(db, person),
        "case": lambda person: access_case(db, person, family.case.id),
        "meeting": lambda person: access_session(db, person, session.id),
        "rater of a case": lambda person: access_case_rater(db, person, aino.id),
        "Aino's place": lambda person: access_rater(db, person, aino.id),
        "Aino's draft": lambda person: access_draft(db, person, hers.id),
    }


async def who_comes_in(family: Family, doors: Mapping[str, Door]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, door in doors.items():
        found[name] = set()
        for who in EVERYBODY:
            try:
                await door(getattr(family, who))
            except Refusal as refusal:
                if refusal.reason is not Reason.NOT_HERE:
                    raise
            else:
                found[name].add(who)
    return found


async def test_each_door_opens_to_whose_it_is_and_to_nobody_else(db: Transaction, family: Family) -> None:
    assert await who_comes_in(family, await doors(db, family)) == MAY


async def test_behind_the_doors_is_what_was_asked_for(db: Transaction, family: Family) -> None:
    session = await meeting(db, family, family.aino)
    aino = family.rater(family.aino)
    hers = draft(aino, session=session, subject=family.aino_as_subject)
    await storage.drafts.add(db, hers)
    desk = Desk(family.worker, family.case)
    assert await access_worker(db, family.nora) == family.worker
    assert await access_case(db, family.nora, family.case.id) == desk
    assert await access_session(db, family.nora, session.id) == Meeting(family.worker, family.case, session)
    assert await access_case_rater(db, family.nora, aino.id) == (desk, aino)
    assert await access_rater(db, family.aino, aino.id) == (family.case, aino)
    assert await access_draft(db, family.aino, hers.id) == hers


async def test_a_role_that_has_ended_opens_no_door(db: Transaction, family: Family) -> None:
    there = await doors(db, family)
    await db.change(update(workers).where(workers.c.id == family.worker.id).values(ended_at=family.case.opened_at))
    came = await who_comes_in(family, there)
    assert came == {name: may - {"nora"} for name, may in MAY.items()}


async def test_who_has_a_case_no_more_comes_to_nothing_in_it(db: Transaction, family: Family) -> None:
    there = await doors(db, family)
    await db.change(update(case_workers).values(ended_at=family.case.opened_at))
    came = await who_comes_in(family, there)
    assert came == {name: may if name == "desk" else may - {"nora"} for name, may in MAY.items()}


@pytest.mark.parametrize(
    ("state", "raters_come_in"), [(CaseState.ASKED, True), (CaseState.CLOSED, False)], ids=["asked", "closed"]
)
async def test_a_case_that_is_not_open_is_not_open_to_its_worker(
    db: Transaction, family: Family, state: CaseState, raters_come_in: bool
) -> None:
    """Who waits for the worker's yes may answer already; in a closed case nobody may."""
    there = await doors(db, family)
    await db.change(update(cases).values(state=state.value))
    came = await who_comes_in(family, there)
    at_the_desk = {name: came[name] for name in ("desk", "case", "meeting", "rater of a case")}
    assert at_the_desk == {"desk": {"nora", "otto"}, "case": set(), "meeting": set(), "rater of a case": set()}
    assert came["Aino's place"] == ({"aino"} if raters_come_in else set())


async def test_who_waits_for_the_yes_is_seen_through_a_door_of_its_own(db: Transaction, family: Family) -> None:
    opened = await refused(access_case(db, family.nora, family.case.id, state=CaseState.ASKED))
    await db.change(update(cases).values(state=CaseState.ASKED.value))
    desk = await access_case(db, family.nora, family.case.id, state=CaseState.ASKED)
    theirs = await refused(access_case(db, family.otto, family.case.id, state=CaseState.ASKED))
    assert (opened, desk.worker, theirs) == (Reason.NOT_HERE, family.worker, Reason.NOT_HERE)


@pytest.mark.parametrize("id", ["nothing", "", "x" * 60, "'; drop table cases; --"])
async def test_what_there_is_not_is_refused_like_what_is_forbidden(db: Transaction, family: Family, id: str) -> None:
    reasons = [
        await refused(access_case(db, family.nora, id)),
        await refused(access_session(db, family.nora, id)),
        await refused(access_case_rater(db, family.nora, id)),
        await refused(access_rater(db, family.aino, id)),
        await refused(access_draft(db, family.aino, id)),
    ]
    assert reasons == [Reason.NOT_HERE] * 5


async def test_what_somebody_gives_themself_is_not_reached_as_what_is_written_down(
    db: Transaction, family: Family
) -> None:
    hers = draft(family.rater(family.aino), subject=family.aino_as_subject)
    await storage.drafts.add(db, hers)
    assert await refused(access_case_draft(db, family.nora, hers.id)) is Reason.NOT_HERE
    assert await refused(access_case_rating(db, family.nora, hers.id)) is Reason.NOT_HERE
