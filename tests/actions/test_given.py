"""What has been given, and deleted: by a worker of the case, or by who gave it."""

from collections.abc import Mapping

import storage
from bot.actions import closing, given, meetings
from bot.domain.acts import Act, Entry
from bot.domain.cases import Ending
from bot.domain.errors import Reason
from bot.domain.letters import LetterKind
from bot.domain.ratings import DraftState
from storage import Transaction
from tests.actions.asking import handed_in, refused, told
from tests.storage.family import NOW, Family, known


async def low(db: Transaction, family: Family) -> str:
    """Aino hands in what raises an alert; the draft."""
    return (await handed_in(db, family, family.aino, 0, 0, 0, 0)).draft.id


async def left(db: Transaction, family: Family) -> Mapping[str, int]:
    """How much of it there is."""
    return {
        "ratings": len(await storage.ratings.of_case(db, family.case.id)),
        "alerts": len(await storage.alerts.of_case(db, family.case.id)),
    }


async def test_a_worker_deletes_a_rating_with_what_it_has_raised(db: Transaction, family: Family) -> None:
    draft_id = await low(db, family)
    rating = await known(storage.ratings.of_draft(db, draft_id))
    rater, _ = await given.delete(db, family.nora, draft_id, now=NOW)
    assert rater == family.rater(family.aino)
    assert await left(db, family) == {"ratings": 0, "alerts": 0}
    noted = Entry(Act.DELETE_RATING, NOW, family.worker.id, family.case.id, rating.id)
    assert await storage.audit.of_case(db, family.case.id) == [noted]
    assert await refused(given.delete(db, family.nora, draft_id, now=NOW)) is Reason.NOT_HERE


async def test_who_gave_it_deletes_it_and_the_workers_hear_it(db: Transaction, family: Family) -> None:
    draft_id = await low(db, family)
    rating = await known(storage.ratings.of_draft(db, draft_id))
    await given.delete_own(db, family.aino, draft_id, now=NOW)
    assert await left(db, family) == {"ratings": 0, "alerts": 0}
    noted = Entry(Act.DELETE_RATING, NOW, None, family.case.id, rating.id)
    assert await storage.audit.of_case(db, family.case.id) == [noted]
    about = {"case": family.case.id, "rater": rating.rater_id}
    assert await told(db, LetterKind.RATING_DELETED) == [(family.nora.id, LetterKind.RATING_DELETED, about)]
    assert await refused(given.delete_own(db, family.aino, draft_id, now=NOW)) is Reason.NOT_HERE


async def test_nobody_else_deletes_it_and_what_was_not_sent_is_none(db: Transaction, family: Family) -> None:
    draft_id = await low(db, family)
    before = await left(db, family)
    for person in (family.otto, family.mother, family.aino):
        assert await refused(given.delete(db, person, draft_id, now=NOW)) is Reason.NOT_HERE
    for person in (family.otto, family.mother, family.nora):
        assert await refused(given.delete_own(db, person, draft_id, now=NOW)) is Reason.NOT_HERE
    assert await left(db, family) == before
    await meetings.start(db, family.nora, family.case.id, [family.rater(family.bo).id], now=NOW)
    [asked] = await storage.drafts.under_way(db, family.bo.id)
    assert asked.state is DraftState.OPEN
    assert await refused(given.delete_own(db, family.bo, asked.id, now=NOW)) is Reason.NOT_HERE


async def test_of_a_closed_case_nobody_deletes_a_single_one_by_an_old_button(db: Transaction, family: Family) -> None:
    draft_id = await low(db, family)
    before = await left(db, family)
    await closing.close(db, family.nora, family.case.id, Ending.AGREED, now=NOW)
    assert await refused(given.delete_own(db, family.aino, draft_id, now=NOW)) is Reason.NOT_HERE
    assert await refused(given.delete(db, family.nora, draft_id, now=NOW)) is Reason.NOT_HERE
    assert await left(db, family) == before


async def test_a_deleted_rating_may_be_given_anew_in_its_meeting(db: Transaction, family: Family) -> None:
    aino = family.rater(family.aino)
    await meetings.start(db, family.nora, family.case.id, [aino.id], now=NOW)
    first = await handed_in(db, family, family.aino)
    await given.delete(db, family.nora, first.draft.id, now=NOW)
    second = await handed_in(db, family, family.aino)
    assert [each.draft_id for each in await storage.ratings.of_rater(db, aino.id)] == [second.draft.id]
