"""A rating from the first tap to the thanks, kept at each step."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from sqlalchemy import update

import storage
from bot.actions import meetings, ratings
from bot.actions.meetings import Card
from bot.actions.ratings import RatingView
from bot.domain.cases import CaseState
from bot.domain.errors import Reason
from bot.domain.instruments import CORS, CSRS, OF_MEETING, ORS, SRS, Measure
from bot.domain.letters import LetterKind
from bot.domain.people import AgeBand, Person
from bot.domain.ratings import REVIEW, WORKERS_REASONS, Draft, DraftState, Mode, Rating, SkipReason
from storage import Transaction
from storage.schema import cases
from tests.actions.asking import answered, begun, handed_in, refused, told
from tests.storage.family import NOW, Family, draft, known

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OUTCOME, ALLIANCE = Measure.OUTCOME, Measure.ALLIANCE


async def meeting(db: Transaction, family: Family, *who: Person) -> Card:
    here = [family.rater(each).id for each in who]
    return await meetings.start(db, family.nora, family.case.id, here, now=NOW)


async def stored(db: Transaction, view: RatingView) -> Draft:
    return await known(storage.drafts.get(db, view.draft.id))


# Beginning


async def test_before_a_meeting_a_rating_stands_by_itself_and_is_begun_once(db: Transaction, family: Family) -> None:
    aino = family.rater(family.aino)
    (view,) = await ratings.begin(db, family.aino, aino.id, OUTCOME, now=NOW)
    new = Draft(view.draft.id, family.case.id, None, aino.id, family.aino_as_subject.id, ORS, NOW)
    assert view == RatingView(new, family.case, aino)
    assert await ratings.begin(db, family.aino, aino.id, OUTCOME, now=NOW + HOUR) == [view]


@pytest.mark.parametrize(
    ("measure", "waits"), [(OUTCOME, timedelta(days=7)), (ALLIANCE, timedelta(hours=24))], ids=["outcome", "alliance"]
)
async def test_what_waits_too_long_is_begun_anew(
    db: Transaction, family: Family, measure: Measure, waits: timedelta
) -> None:
    rater_id = family.rater(family.aino).id
    found = [
        (await ratings.begin(db, family.aino, rater_id, measure, now=NOW + after))[0].draft.id
        for after in (timedelta(0), waits, waits + timedelta(seconds=1))
    ]
    assert (found[0] == found[1], found[1] == found[2]) == (True, False)


async def test_the_age_of_the_subject_and_of_the_rater_decide_what_is_asked(db: Transaction, family: Family) -> None:
    asked = {
        (name, measure): [
            (view.draft.instrument, view.draft.subject_id)
            for view in await ratings.begin(
                db, getattr(family, name), family.rater(getattr(family, name)).id, measure, now=NOW
            )
        ]
        for name in ("aino", "bo")
        for measure in OF_MEETING
    }
    assert asked == {
        ("aino", OUTCOME): [(ORS, family.aino_as_subject.id)],
        ("aino", ALLIANCE): [(SRS, None)],
        ("bo", OUTCOME): [(CORS, family.bo_as_subject.id)],
        ("bo", ALLIANCE): [(CSRS, None)],
    }


async def test_a_carer_answers_about_one_child_after_the_other(db: Transaction, family: Family) -> None:
    first = await handed_in(db, family, family.mother)
    assert first.more is not None
    second = await begun(db, family, family.mother)
    assert second.draft == first.more
    await answered(db, family.mother, second.draft.id)
    last = await ratings.hand_in(db, family.mother, second.draft.id, now=NOW)
    assert last.more is None
    assert {first.draft.subject_id, last.draft.subject_id} == set(family.rater(family.mother).subject_ids)
    rater_id = family.rater(family.mother).id
    both = await ratings.begin(db, family.mother, rater_id, OUTCOME, now=NOW)
    assert {view.draft.id for view in both} == {first.draft.id, last.draft.id}
    assert {view.draft.state for view in both} == {DraftState.SENT}


async def test_who_begins_during_the_meeting_is_in_it(db: Transaction, family: Family) -> None:
    card = await meeting(db, family, family.aino)
    before = await told(db)
    view = await begun(db, family, family.father)
    session = await known(storage.sessions.get(db, card.session.id))
    assert view.draft.session_id == session.id
    assert set(session.rater_ids) == {family.rater(family.aino).id, family.rater(family.father).id}
    assert (await told(db))[len(before) :] == [(family.nora.id, LetterKind.CARD, {"session": session.id})]


async def test_the_school_rates_from_afar_and_is_not_in_the_meeting(db: Transaction, family: Family) -> None:
    card = await meeting(db, family, family.aino)
    await storage.cases.join(db, family.teacher.id, family.otto.id)
    (view,) = await ratings.begin(db, family.otto, family.teacher.id, OUTCOME, now=NOW)
    session = await known(storage.sessions.get(db, card.session.id))
    assert (view.draft.session_id, session.rater_ids) == (session.id, (family.rater(family.aino).id,))


async def test_the_second_try_for_a_meeting_shows_the_first(db: Transaction, family: Family) -> None:
    await meeting(db, family, family.aino)
    sent = await handed_in(db, family, family.aino)
    (again,) = await ratings.begin(db, family.aino, family.rater(family.aino).id, OUTCOME, now=NOW + HOUR)
    assert again.draft == sent.draft


@pytest.mark.parametrize(("after_the_end", "belongs"), [(HOUR, True), (DAY, True), (DAY + timedelta(seconds=1), False)])
async def test_after_a_meeting_it_is_rated_until_24_hours_after_its_end(
    db: Transaction, family: Family, after_the_end: timedelta, belongs: bool
) -> None:
    card = await meeting(db, family, family.aino)
    await meetings.end(db, family.nora, card.session.id, now=NOW, zone=UTC, quiet=None)
    rater_id = family.rater(family.aino).id
    (alliance,) = await ratings.begin(db, family.aino, rater_id, ALLIANCE, now=NOW + after_the_end)
    (outcome,) = await ratings.begin(db, family.aino, rater_id, OUTCOME, now=NOW + after_the_end)
    of_meeting = [each.draft.session_id == card.session.id for each in (alliance, outcome)]
    assert of_meeting == [belongs, False]


# Steps


async def test_an_answer_is_kept_before_it_is_shown(db: Transaction, family: Family) -> None:
    view = await begun(db, family, family.aino)
    shown = await ratings.answer(db, family.aino, view.draft.id, 1, 70, now=NOW)
    assert shown.draft == await stored(db, view) == view.draft.answered(1, 70)


async def test_back_and_change_are_kept_too(db: Transaction, family: Family) -> None:
    view = await begun(db, family, family.aino)
    full = await answered(db, family.aino, view.draft.id)
    back = await ratings.step_back(db, family.aino, view.draft.id, now=NOW)
    assert back.draft == await stored(db, view) == full.draft.stepped_back()
    await ratings.answer(db, family.aino, view.draft.id, 4, 90, now=NOW)
    opened = await ratings.change_item(db, family.aino, view.draft.id, 2, now=NOW)
    assert opened.draft == await stored(db, view) == full.draft.opened_at(2)


async def test_a_step_that_is_refused_changes_nothing(db: Transaction, family: Family) -> None:
    view = await begun(db, family, family.aino)
    for item, score in ((2, 50), (1, 110), (0, 0), (5, 50)):
        assert await refused(ratings.answer(db, family.aino, view.draft.id, item, score, now=NOW)) is Reason.NO_LONGER
    assert await stored(db, view) == view.draft


async def test_the_worker_sees_on_the_card_that_somebody_has_begun_and_no_more(db: Transaction, family: Family) -> None:
    card = await meeting(db, family, family.aino)
    view = await begun(db, family, family.aino)
    before = await told(db)
    await answered(db, family.aino, view.draft.id)
    assert (await told(db))[len(before) :] == [(family.nora.id, LetterKind.CARD, {"session": card.session.id})]


# Handing in


async def test_four_answers_become_a_rating_tied_to_the_worker_of_the_meeting(db: Transaction, family: Family) -> None:
    card = await meeting(db, family, family.aino)
    view = await begun(db, family, family.aino)
    await answered(db, family.aino, view.draft.id, 70, 60, 80, 90)
    before = await told(db)
    sent = await ratings.hand_in(db, family.aino, view.draft.id, now=NOW + HOUR)
    assert (
        sent.draft
        == await stored(db, view)
        == replace(view.draft, state=DraftState.SENT, present=REVIEW, scores=(70, 60, 80, 90))
    )
    rating = await known(storage.ratings.of_draft(db, view.draft.id))
    assert rating == Rating(
        id=rating.id,
        draft_id=view.draft.id,
        case_id=family.case.id,
        worker_id=family.worker.id,
        session_id=card.session.id,
        rater_id=family.rater(family.aino).id,
        subject_id=family.aino_as_subject.id,
        instrument=ORS,
        mode=Mode.BUTTONS,
        scores=(70, 60, 80, 90),
        at=NOW + HOUR,
        band=AgeBand.ADOLESCENT,
    )
    assert (await told(db))[len(before) :] == [
        (family.nora.id, LetterKind.CARD, {"session": card.session.id}),
        (family.nora.id, LetterKind.PICTURE, {"draft": view.draft.id, "session": card.session.id}),
    ]


async def test_without_a_meeting_a_rating_is_tied_to_the_worker_of_the_case(db: Transaction, family: Family) -> None:
    sent = await handed_in(db, family, family.aino)
    rating = await known(storage.ratings.of_draft(db, sent.draft.id))
    assert (rating.worker_id, rating.session_id) == (family.worker.id, None)
    assert await told(db) == [(family.nora.id, LetterKind.PICTURE, {"draft": sent.draft.id})]


async def test_an_incomplete_one_is_not_handed_in(db: Transaction, family: Family) -> None:
    view = await begun(db, family, family.aino)
    await answered(db, family.aino, view.draft.id, 70, 60, 80)
    assert await refused(ratings.hand_in(db, family.aino, view.draft.id, now=NOW)) is Reason.INCOMPLETE
    assert (await storage.ratings.of_draft(db, view.draft.id), await told(db)) == (None, [])


async def test_handed_in_twice_is_once(db: Transaction, family: Family) -> None:
    sent = await handed_in(db, family, family.aino)
    rating, letters = await storage.ratings.of_draft(db, sent.draft.id), await told(db)
    again = await ratings.hand_in(db, family.aino, sent.draft.id, now=NOW + HOUR)
    assert again == sent
    assert await storage.ratings.of_case(db, family.case.id) == [rating]
    assert await told(db) == letters


# Changing what was handed in


async def test_a_change_takes_the_place_of_the_first_and_the_worker_hears_of_it(
    db: Transaction, family: Family
) -> None:
    sent = await handed_in(db, family, family.aino, 70, 60, 80, 90)
    first = await known(storage.ratings.of_draft(db, sent.draft.id))
    id = sent.draft.id
    await ratings.reopen(db, family.aino, id, now=NOW)
    await ratings.change_item(db, family.aino, id, 1, now=NOW)
    await ratings.answer(db, family.aino, id, 1, 10, now=NOW)
    meanwhile = await storage.ratings.of_case(db, family.case.id)
    await ratings.hand_in(db, family.aino, id, now=NOW + HOUR)
    assert meanwhile == [first]
    assert await storage.ratings.of_case(db, family.case.id) == [replace(first, scores=(10, 60, 80, 90))]
    assert await told(db) == [(family.nora.id, LetterKind.PICTURE, {"draft": id})] * 2


async def test_a_change_that_is_given_up_leaves_the_first(db: Transaction, family: Family) -> None:
    sent = await handed_in(db, family, family.aino)
    first, id = await known(storage.ratings.of_draft(db, sent.draft.id)), sent.draft.id
    await ratings.reopen(db, family.aino, id, now=NOW)
    await ratings.change_item(db, family.aino, id, 1, now=NOW)
    await ratings.answer(db, family.aino, id, 1, 0, now=NOW)
    kept = await ratings.keep_first(db, family.aino, id, now=NOW + 9 * DAY)
    assert kept == sent
    assert await stored(db, sent) == sent.draft
    assert await storage.ratings.of_case(db, family.case.id) == [first]


async def test_there_is_nothing_to_give_up_before_a_change(db: Transaction, family: Family) -> None:
    view = await begun(db, family, family.aino)
    assert await ratings.keep_first(db, family.aino, view.draft.id, now=NOW) == view
    sent = await handed_in(db, family, family.aino)
    assert await ratings.keep_first(db, family.aino, view.draft.id, now=NOW) == sent


# Not this time


async def test_a_skip_is_kept_with_its_reason_and_makes_no_rating(db: Transaction, family: Family) -> None:
    card = await meeting(db, family, family.aino)
    view = await begun(db, family, family.aino)
    await ratings.skip(db, family.aino, view.draft.id, SkipReason.NONE, now=NOW)
    told_of_the_skip = (await told(db))[-1]
    shown = await ratings.give_reason(db, family.aino, view.draft.id, SkipReason.NO_TIME, now=NOW)
    skipped = replace(view.draft, state=DraftState.SKIPPED, skip_reason=SkipReason.NO_TIME)
    assert shown.draft == await stored(db, view) == skipped
    assert told_of_the_skip == (family.nora.id, LetterKind.CARD, {"session": card.session.id})
    assert await storage.ratings.of_case(db, family.case.id) == []
    assert await told(db, LetterKind.PICTURE) == []


async def test_a_reason_that_only_a_worker_gives_is_not_taken_from_a_rater(db: Transaction, family: Family) -> None:
    view = await begun(db, family, family.aino)
    await ratings.skip(db, family.aino, view.draft.id, SkipReason.NONE, now=NOW)
    for reason in WORKERS_REASONS:
        asked = ratings.give_reason(db, family.aino, view.draft.id, reason, now=NOW)
        assert await refused(asked) is Reason.NOT_HERE


async def test_what_was_skipped_is_answered_after_all(db: Transaction, family: Family) -> None:
    view = await begun(db, family, family.aino)
    await ratings.skip(db, family.aino, view.draft.id, SkipReason.NONE, now=NOW)
    again = await ratings.reopen(db, family.aino, view.draft.id, now=NOW)
    assert again.draft == view.draft
    await answered(db, family.aino, view.draft.id)
    await ratings.hand_in(db, family.aino, view.draft.id, now=NOW)
    assert len(await storage.ratings.of_case(db, family.case.id)) == 1


async def test_what_was_handed_in_is_not_skipped(db: Transaction, family: Family) -> None:
    sent = await handed_in(db, family, family.aino)
    skip = ratings.skip(db, family.aino, sent.draft.id, SkipReason.NONE, now=NOW)
    assert await refused(skip) is Reason.NO_LONGER
    reason = ratings.give_reason(db, family.aino, sent.draft.id, SkipReason.NO_TIME, now=NOW)
    assert await refused(reason) is Reason.NO_LONGER
    assert await stored(db, sent) == sent.draft


# Too late, and not yours

Step = Callable[[Transaction, Person, str], Awaitable[object]]
LATE = NOW + DAY + timedelta(seconds=1)
STEPS: dict[str, Step] = {
    "answer": lambda db, person, id: ratings.answer(db, person, id, 1, 50, now=LATE),
    "back": lambda db, person, id: ratings.step_back(db, person, id, now=LATE),
    "change": lambda db, person, id: ratings.change_item(db, person, id, 1, now=LATE),
    "reopen": lambda db, person, id: ratings.reopen(db, person, id, now=LATE),
    "skip": lambda db, person, id: ratings.skip(db, person, id, SkipReason.NONE, now=LATE),
    "reason": lambda db, person, id: ratings.give_reason(db, person, id, SkipReason.NO_TIME, now=LATE),
    "hand in": lambda db, person, id: ratings.hand_in(db, person, id, now=LATE),
}
LOOKS: dict[str, Step] = {
    "view": lambda db, person, id: ratings.view(db, person, id, now=LATE),
    "keep first": lambda db, person, id: ratings.keep_first(db, person, id, now=LATE),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
async def test_24_hours_after_the_meeting_it_is_too_late(db: Transaction, family: Family, step: Step) -> None:
    card = await meeting(db, family, family.aino)
    view = await begun(db, family, family.aino)
    full = await answered(db, family.aino, view.draft.id)
    await meetings.end(db, family.nora, card.session.id, now=NOW, zone=UTC, quiet=None)
    assert await refused(step(db, family.aino, view.draft.id)) is Reason.TOO_LATE
    assert await stored(db, view) == full.draft
    assert await ratings.unfinished(db, family.aino, now=LATE) is None


async def test_within_24_hours_after_the_meeting_it_is_not(db: Transaction, family: Family) -> None:
    card = await meeting(db, family, family.aino)
    view = await begun(db, family, family.aino)
    full = await answered(db, family.aino, view.draft.id)
    await meetings.end(db, family.nora, card.session.id, now=NOW, zone=UTC, quiet=None)
    assert await ratings.unfinished(db, family.aino, now=NOW + DAY) == full
    sent = await ratings.hand_in(db, family.aino, view.draft.id, now=NOW + DAY)
    assert sent.draft.state is DraftState.SENT


@pytest.mark.parametrize(("after", "reason"), [(7 * DAY, None), (7 * DAY + HOUR, Reason.TOO_LATE)])
async def test_what_stands_by_itself_is_answered_within_seven_days(
    db: Transaction, family: Family, after: timedelta, reason: Reason | None
) -> None:
    view = await begun(db, family, family.aino)
    asked = ratings.answer(db, family.aino, view.draft.id, 1, 70, now=NOW + after)
    if reason is None:
        await asked
        assert await stored(db, view) == view.draft.answered(1, 70)
    else:
        assert await refused(asked) is reason


@pytest.mark.parametrize("who", ["bo", "mother", "father", "nora", "otto"])
@pytest.mark.parametrize("step", [*STEPS.values(), *LOOKS.values()], ids=[*STEPS, *LOOKS])
async def test_a_draft_is_nobody_elses(db: Transaction, family: Family, step: Step, who: str) -> None:
    view = await begun(db, family, family.aino)
    await answered(db, family.aino, view.draft.id)
    before = await stored(db, view)
    assert await refused(step(db, getattr(family, who), view.draft.id)) is Reason.NOT_HERE
    assert (await stored(db, view), await told(db)) == (before, [])


async def test_in_a_closed_case_nothing_is_begun_or_shown(db: Transaction, family: Family) -> None:
    view = await begun(db, family, family.aino)
    await db.change(update(cases).values(state=CaseState.CLOSED.value))
    assert await refused(ratings.view(db, family.aino, view.draft.id, now=NOW)) is Reason.NOT_HERE
    rater_id = family.rater(family.aino).id
    assert await refused(ratings.begin(db, family.aino, rater_id, OUTCOME, now=NOW)) is Reason.NOT_HERE


# Coming back


async def test_coming_back_goes_on_with_the_newest_that_can_still_be_answered(db: Transaction, family: Family) -> None:
    rater = family.rater(family.aino)
    nothing = await ratings.unfinished(db, family.aino, now=NOW)
    for days in (9, 3, 1):
        await storage.drafts.add(db, draft(rater, subject=family.aino_as_subject, began_at=NOW - days * DAY))
    newest = await ratings.unfinished(db, family.aino, now=NOW)
    assert newest is not None
    await answered(db, family.aino, newest.draft.id)
    await ratings.hand_in(db, family.aino, newest.draft.id, now=NOW)
    older = await ratings.unfinished(db, family.aino, now=NOW)
    assert (nothing, newest.draft.began_at, older and older.draft.began_at) == (None, NOW - DAY, NOW - 3 * DAY)
