"""A meeting from the worker's side."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

import storage
from bot.actions import meetings, ratings
from bot.actions.meetings import Attendance, Card, CardLine, Progress
from bot.domain.cases import Rater, SessionState
from bot.domain.errors import Reason
from bot.domain.instruments import CORS, CSRS, ORS, SRS, Measure
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from bot.domain.ratings import DraftState, SkipReason
from storage import Transaction
from tests.actions.asking import answered, begun, handed_in, refused, told
from tests.storage.family import NOW, Family, draft, known

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def start(db: Transaction, family: Family, *who: Person) -> Card:
    here = [family.rater(each).id for each in who]
    return await meetings.start(db, family.nora, family.case.id, here, now=NOW)


async def progress(db: Transaction, family: Family, session_id: str) -> dict[str, tuple[Progress, Progress]]:
    """How far everybody on the card is, by what they are called in tests."""
    names = {family.rater(getattr(family, name)).id: name for name in ("aino", "bo", "mother", "father")}
    card = await meetings.show_card(db, family.nora, session_id)
    return {names.get(each.rater.id, "teacher"): (each.outcome, each.alliance) for each in card.lines}


# Who is here


async def test_at_the_first_meeting_everybody_with_a_phone_is_ticked(db: Transaction, family: Family) -> None:
    everybody = frozenset(each.id for each in family.case.raters[:4])
    asked = await meetings.attendance(db, family.nora, family.case.id)
    assert asked == Attendance(family.case, family.case.raters, everybody)


async def test_later_those_of_the_last_time_are_ticked(db: Transaction, family: Family) -> None:
    card = await start(db, family, family.aino, family.mother)
    await meetings.end(db, family.nora, card.session.id, now=NOW + HOUR, zone=UTC, quiet=None)
    asked = await meetings.attendance(db, family.nora, family.case.id)
    assert asked.ticked == {family.rater(family.aino).id, family.rater(family.mother).id}
    assert asked.can_come == family.case.raters


async def test_while_a_meeting_goes_on_nobody_is_ticked_for_another(db: Transaction, family: Family) -> None:
    await start(db, family, family.aino)
    assert await refused(meetings.attendance(db, family.nora, family.case.id)) is Reason.MEETING_OPEN


# Starting


async def test_a_meeting_starts_with_who_is_here_and_asks_each_of_them(db: Transaction, family: Family) -> None:
    card = await start(db, family, family.aino, family.bo)
    aino, bo = family.rater(family.aino), family.rater(family.bo)
    asked, not_asked = Progress.ASKED, Progress.NOT_ASKED
    assert card.lines == (CardLine(aino, asked, not_asked), CardLine(bo, asked, not_asked))
    facts = (card.session.state, card.session.started_at, card.session.worker_id, set(card.session.rater_ids))
    assert facts == (SessionState.OPEN, NOW, family.worker.id, {aino.id, bo.id})
    drafts = {each.rater_id: each for each in await storage.drafts.of_session(db, card.session.id)}
    assert {id: (each.instrument, each.subject_id) for id, each in drafts.items()} == {
        aino.id: (ORS, family.aino_as_subject.id),
        bo.id: (CORS, family.bo_as_subject.id),
    }
    assert await told(db) == [
        (family.aino.id, LetterKind.REQUEST, {"draft": drafts[aino.id].id}),
        (family.bo.id, LetterKind.REQUEST, {"draft": drafts[bo.id].id}),
    ]


async def test_a_carer_of_two_is_asked_about_each_and_gets_one_request(db: Transaction, family: Family) -> None:
    card = await start(db, family, family.mother)
    drafts = await storage.drafts.of_session(db, card.session.id)
    assert {(each.instrument, each.subject_id) for each in drafts} == {
        (ORS, family.aino_as_subject.id),
        (CORS, family.bo_as_subject.id),
    }
    assert [(person, kind) for person, kind, _ in await told(db)] == [(family.mother.id, LetterKind.REQUEST)]


async def test_a_meeting_without_anybody_who_can_be_asked_is_none(db: Transaction, family: Family) -> None:
    for here in ([], ["nobody"]):
        asked = meetings.start(db, family.nora, family.case.id, here, now=NOW)
        assert await refused(asked) is Reason.NOBODY_HERE
    assert await storage.sessions.of_case(db, family.case.id) == []


async def test_who_has_no_phone_here_is_in_the_meeting_and_gets_no_letter(db: Transaction, family: Family) -> None:
    card = await meetings.start(db, family.nora, family.case.id, [family.teacher.id], now=NOW)
    assert card.lines == (CardLine(family.teacher, Progress.ASKED, Progress.NOT_ASKED),)
    closing = await meetings.close_up(db, family.nora, card.session.id, now=NOW)
    assert closing.lines == (CardLine(family.teacher, Progress.ASKED, Progress.ASKED),)
    assert await told(db) == []


async def test_a_meeting_that_goes_on_is_not_started_again(db: Transaction, family: Family) -> None:
    card = await start(db, family, family.aino)
    before = await told(db)
    assert await refused(start(db, family, family.bo)) is Reason.MEETING_OPEN
    assert await meetings.show_card(db, family.nora, card.session.id) == card
    assert await told(db) == before


async def test_what_was_handed_in_before_the_meeting_belongs_to_it_and_is_not_asked_again(
    db: Transaction, family: Family
) -> None:
    early = await handed_in(db, family, family.aino)
    card = await start(db, family, family.aino, family.bo)
    assert await progress(db, family, card.session.id) == {
        "aino": (Progress.ANSWERED, Progress.NOT_ASKED),
        "bo": (Progress.ASKED, Progress.NOT_ASKED),
    }
    rating = await known(storage.ratings.of_draft(db, early.draft.id))
    assert rating.session_id == card.session.id
    assert [person for person, _, _ in await told(db, LetterKind.REQUEST)] == [family.bo.id]


async def test_what_was_begun_before_the_meeting_goes_on_in_it(db: Transaction, family: Family) -> None:
    early = await begun(db, family, family.aino)
    await ratings.answer(db, family.aino, early.draft.id, 1, 70, now=NOW)
    card = await start(db, family, family.aino)
    (drafted,) = await storage.drafts.of_session(db, card.session.id)
    assert (drafted.id, drafted.scores, drafted.state) == (early.draft.id, (70, None, None, None), DraftState.OPEN)
    assert await told(db, LetterKind.REQUEST) == [(family.aino.id, LetterKind.REQUEST, {"draft": early.draft.id})]


async def test_of_several_before_the_meeting_the_newest_of_the_last_seven_days_is_taken(
    db: Transaction, family: Family
) -> None:
    rater, subject = family.rater(family.aino), family.aino_as_subject
    own = {ago: draft(rater, subject=subject, began_at=NOW - ago) for ago in (8 * DAY, 7 * DAY, DAY)}
    alliance = draft(rater, instrument=SRS)
    for each in (*own.values(), alliance):
        await storage.drafts.add(db, each)
    card = await start(db, family, family.aino)
    assert [each.id for each in await storage.drafts.of_session(db, card.session.id)] == [own[DAY].id]
    left = [await known(storage.drafts.get(db, each.id)) for each in (own[8 * DAY], own[7 * DAY], alliance)]
    assert [each.session_id for each in left] == [None, None, None]


async def test_what_is_older_than_seven_days_stands_alone_and_is_asked_anew(db: Transaction, family: Family) -> None:
    rater = family.rater(family.aino)
    await storage.drafts.add(db, draft(rater, subject=family.aino_as_subject, began_at=NOW - 8 * DAY))
    card = await start(db, family, family.aino)
    assert await progress(db, family, card.session.id) == {"aino": (Progress.ASKED, Progress.NOT_ASKED)}
    assert len(await told(db, LetterKind.REQUEST)) == 1


# The card


async def test_the_card_says_how_far_everybody_is(db: Transaction, family: Family) -> None:
    everybody = (family.aino, family.bo, family.mother, family.father)
    card = await start(db, family, *everybody)
    await handed_in(db, family, family.aino)
    bo, mother = await begun(db, family, family.bo), await handed_in(db, family, family.mother)
    await ratings.answer(db, family.bo, bo.draft.id, 1, 0, now=NOW)
    father = await begun(db, family, family.father)
    await ratings.skip(db, family.father, father.draft.id, SkipReason.NONE, now=NOW)
    assert mother.more is not None
    not_asked = Progress.NOT_ASKED
    assert await progress(db, family, card.session.id) == {
        "aino": (Progress.ANSWERED, not_asked),
        "bo": (Progress.UNDER_WAY, not_asked),
        "mother": (Progress.UNDER_WAY, not_asked),
        "father": (Progress.UNDER_WAY, not_asked),
    }
    await handed_in(db, family, family.mother)
    father = await begun(db, family, family.father)
    await ratings.skip(db, family.father, father.draft.id, SkipReason.NONE, now=NOW)
    there = await progress(db, family, card.session.id)
    assert (there["mother"], there["father"]) == ((Progress.ANSWERED, not_asked), (Progress.SKIPPED, not_asked))


async def test_who_changes_what_they_sent_has_answered(db: Transaction, family: Family) -> None:
    card = await start(db, family, family.aino)
    sent = await handed_in(db, family, family.aino)
    await ratings.reopen(db, family.aino, sent.draft.id, now=NOW)
    assert await progress(db, family, card.session.id) == {"aino": (Progress.ANSWERED, Progress.NOT_ASKED)}


async def test_the_card_of_the_meeting_that_goes_on_is_found_by_its_case(db: Transaction, family: Family) -> None:
    before = await meetings.open_card(db, family.nora, family.case.id)
    card = await start(db, family, family.aino)
    during = await meetings.open_card(db, family.nora, family.case.id)
    await meetings.end(db, family.nora, card.session.id, now=NOW, zone=UTC, quiet=None)
    assert (before, during, await meetings.open_card(db, family.nora, family.case.id)) == (None, card, None)


async def test_a_card_of_a_case_that_is_no_more_is_refused(db: Transaction, family: Family) -> None:
    card = await start(db, family, family.aino)
    await storage.cases.erase(db, family.case.id)
    assert await refused(meetings.card(db, card.session)) is Reason.NOT_HERE


# Closing and ending


async def test_at_the_closing_everybody_who_is_here_is_asked_how_the_meeting_was(
    db: Transaction, family: Family
) -> None:
    card = await start(db, family, family.aino, family.bo, family.mother)
    before = await told(db)
    closing = await meetings.close_up(db, family.nora, card.session.id, now=NOW + HOUR)
    assert closing.session == replace(card.session, state=SessionState.CLOSING)
    drafts = [
        each
        for each in await storage.drafts.of_session(db, card.session.id)
        if each.instrument.measure is Measure.ALLIANCE
    ]
    assert {(each.rater_id, each.instrument, each.subject_id) for each in drafts} == {
        (family.rater(family.aino).id, SRS, None),
        (family.rater(family.bo).id, CSRS, None),
        (family.rater(family.mother).id, SRS, None),
    }
    requests = (await told(db))[len(before) :]
    assert [(person, kind) for person, kind, _ in requests] == [
        (each.id, LetterKind.REQUEST) for each in (family.aino, family.bo, family.mother)
    ]
    assert {about["draft"] for _, _, about in requests} == {each.id for each in drafts}


async def test_who_came_during_the_meeting_is_asked_at_its_closing(db: Transaction, family: Family) -> None:
    card = await start(db, family, family.aino)
    await begun(db, family, family.father)
    await meetings.close_up(db, family.nora, card.session.id, now=NOW + HOUR)
    there = await progress(db, family, card.session.id)
    assert there["father"] == (Progress.ASKED, Progress.ASKED)


async def test_closing_a_second_time_changes_nothing(db: Transaction, family: Family) -> None:
    card = await start(db, family, family.aino)
    closing = await meetings.close_up(db, family.nora, card.session.id, now=NOW)
    before = await told(db)
    again = meetings.close_up(db, family.nora, card.session.id, now=NOW + HOUR)
    assert await refused(again) is Reason.NO_LONGER
    assert await meetings.show_card(db, family.nora, card.session.id) == closing
    assert await told(db) == before


async def test_a_meeting_that_is_over_is_not_closed(db: Transaction, family: Family) -> None:
    card = await start(db, family, family.aino)
    await meetings.end(db, family.nora, card.session.id, now=NOW, zone=UTC, quiet=None)
    assert await refused(meetings.close_up(db, family.nora, card.session.id, now=NOW)) is Reason.MEETING_OVER


async def test_a_meeting_ends_once(db: Transaction, family: Family) -> None:
    card = await start(db, family, family.aino)
    over = await meetings.end(db, family.nora, card.session.id, now=NOW + HOUR, zone=UTC, quiet=None)
    assert over.session == replace(card.session, state=SessionState.ENDED, ended_at=NOW + HOUR)
    assert (
        await refused(meetings.end(db, family.nora, card.session.id, now=NOW + DAY, zone=UTC, quiet=None))
        is Reason.MEETING_OVER
    )
    assert await meetings.show_card(db, family.nora, card.session.id) == over


async def test_after_the_end_of_one_meeting_the_next_one_starts(db: Transaction, family: Family) -> None:
    first = await start(db, family, family.aino)
    await handed_in(db, family, family.aino)
    await meetings.end(db, family.nora, first.session.id, now=NOW, zone=UTC, quiet=None)
    second = await start(db, family, family.aino)
    assert await progress(db, family, second.session.id) == {"aino": (Progress.ASKED, Progress.NOT_ASKED)}


async def test_a_carer_who_answers_about_a_new_child_too_is_still_at_it(db: Transaction, family: Family) -> None:
    """What is still to come says more than what is done."""
    card = await start(db, family, family.mother)
    first = await handed_in(db, family, family.mother)
    await answered(db, family.mother, first.more.id if first.more else "")
    assert await progress(db, family, card.session.id) == {"mother": (Progress.UNDER_WAY, Progress.NOT_ASKED)}


# Otto

Doing = Callable[[Transaction, Family, Rater, str], Awaitable[object]]
DOINGS: dict[str, Doing] = {
    "attendance": lambda db, family, rater, _: meetings.attendance(db, family.otto, family.case.id),
    "start": lambda db, family, rater, _: meetings.start(db, family.otto, family.case.id, [rater.id], now=NOW),
    "show card": lambda db, family, rater, session: meetings.show_card(db, family.otto, session),
    "open card": lambda db, family, rater, _: meetings.open_card(db, family.otto, family.case.id),
    "close up": lambda db, family, rater, session: meetings.close_up(db, family.otto, session, now=NOW),
    "end": lambda db, family, rater, session: meetings.end(db, family.otto, session, now=NOW, zone=UTC, quiet=None),
}


@pytest.mark.parametrize("doing", DOINGS.values(), ids=DOINGS)
async def test_otto_has_no_part_in_the_meeting(db: Transaction, family: Family, doing: Doing) -> None:
    card = await start(db, family, family.aino)
    before = await told(db)
    reason = await refused(doing(db, family, family.rater(family.aino), card.session.id))
    assert (reason, await told(db)) == (Reason.NOT_HERE, before)
    assert await meetings.show_card(db, family.nora, card.session.id) == card
