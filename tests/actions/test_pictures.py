"""What a picture of a rater is drawn from."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import storage
from bot.actions import case_pictures, cases, meetings, ratings
from bot.actions.case_pictures import Today, View
from bot.actions.meetings import Card
from bot.actions.pictures import Around, Dated, Rated, TrendView
from bot.domain.errors import Reason
from bot.domain.instruments import Measure
from bot.domain.letters import PictureKind
from bot.domain.people import AgeBand, Person
from storage import Transaction
from tests.actions.asking import answered, begun, handed_in, refused
from tests.storage.family import NOW, Family, draft, rating

WEEK = timedelta(weeks=1)
TODAY = Today(NOW.date(), UTC)


async def trend(
    db: Transaction, person: Person, rater_id: str, *, session_id: str | None = None, subject_id: str | None = None
) -> TrendView:
    view = await case_pictures.of_rater(
        db, person, PictureKind.TREND, rater_id, about=session_id or "", subject_id=subject_id, today=TODAY
    )
    assert isinstance(view, TrendView)
    return view


async def after(db: Transaction, person: Person, draft_id: str) -> View | None:
    return await case_pictures.after(db, person, draft_id, today=TODAY)


async def meeting(db: Transaction, family: Family, who: Sequence[Person], *, at: datetime) -> Card:
    """A meeting that has been, in which these have rated before and after it."""
    card = await meetings.start(db, family.nora, family.case.id, [family.rater(each).id for each in who], now=at)
    for person in who:
        await handed_in(db, family, person)
    await meetings.close_up(db, family.nora, card.session.id, now=at)
    for person in who:
        await handed_in(db, family, person, 90, 90, 90, 90, measure=Measure.ALLIANCE)
    await meetings.end(db, family.nora, card.session.id, now=at, zone=UTC, quiet=None)
    return card


def totals(dated: Sequence[Dated]) -> list[tuple[datetime, int]]:
    return [(moment, each.total) for moment, each in dated]


async def test_a_raters_totals_stand_at_their_meetings(db: Transaction, family: Family) -> None:
    starts = [NOW - 2 * WEEK, NOW - WEEK, NOW]
    await meeting(db, family, [family.aino], at=starts[0])
    await meeting(db, family, [family.bo], at=starts[1])
    await meeting(db, family, [family.aino], at=starts[2])
    view = await trend(db, family.nora, family.rater(family.aino).id)
    given = await storage.ratings.of_rater(db, family.rater(family.aino).id)
    first, second, third, fourth = sorted(given, key=lambda each: (each.session_id != given[0].session_id, each.total))
    assert {each.session_id for each in (first, second)}.isdisjoint({third.session_id, fourth.session_id})
    assert view == TrendView(
        case=family.case,
        rater=family.rater(family.aino),
        subject=family.aino_as_subject,
        meetings=starts,
        outcome=view.outcome,
        alliance=view.alliance,
        around=Around(
            family.case.id,
            (
                Rated(family.rater(family.aino), family.aino_as_subject),
                Rated(family.rater(family.bo), family.bo_as_subject),
            ),
        ),
        series=view.series,
        unanswered=[],
        events=[],
    )
    assert view.series is not None
    assert view.series.totals == (300, 300)
    assert totals(view.outcome) == [(starts[0], 300), (starts[2], 300)]
    assert totals(view.alliance) == [(starts[0], 360), (starts[2], 360)]


async def test_what_stands_alone_has_its_own_time_and_is_no_meeting(db: Transaction, family: Family) -> None:
    await meeting(db, family, [family.aino], at=NOW - 2 * WEEK)
    await meeting(db, family, [family.bo], at=NOW)
    alone = draft(family.rater(family.aino), subject=family.aino_as_subject, began_at=NOW - WEEK)
    await storage.drafts.add(db, alone)
    given = rating(alone, family.worker, 10, 10, 10, 10, at=NOW - WEEK)
    await storage.ratings.put(db, given)
    view = await trend(db, family.nora, family.rater(family.aino).id)
    assert view.meetings == [NOW - 2 * WEEK, NOW]
    assert totals(view.outcome) == [(NOW - 2 * WEEK, 300), (NOW - WEEK, 40)]
    assert totals(view.alliance) == [(NOW - 2 * WEEK, 360)]


async def test_a_rater_without_ratings_has_a_picture_without_marks(db: Transaction, family: Family) -> None:
    view = await trend(db, family.nora, family.teacher.id)
    assert (view.meetings, view.outcome, view.alliance, view.around.rated) == ([], [], [], ())
    assert view.subject == family.aino_as_subject


async def test_a_draft_is_in_no_picture(db: Transaction, family: Family) -> None:
    view = await begun(db, family, family.aino)
    await answered(db, family.aino, view.draft.id)
    shown = await trend(db, family.nora, family.rater(family.aino).id)
    assert (shown.meetings, shown.outcome) == ([], [])


async def test_a_mothers_picture_is_about_the_child_that_she_rated_last(db: Transaction, family: Family) -> None:
    first = await handed_in(db, family, family.mother, 10, 10, 10, 10)
    one = await trend(db, family.nora, family.rater(family.mother).id)
    second = await begun(db, family, family.mother)
    await answered(db, family.mother, second.draft.id, 20, 20, 20, 20)
    await ratings.hand_in(db, family.mother, second.draft.id, now=NOW + WEEK)
    other = await trend(db, family.nora, family.rater(family.mother).id)
    about = [(view.subject.id, totals(view.outcome)) for view in (one, other)]
    assert about == [
        (first.draft.subject_id, [(NOW, 40)]),
        (second.draft.subject_id, [(NOW + WEEK, 80)]),
    ]


async def test_a_mother_has_a_picture_about_each_child_that_she_has_rated(db: Transaction, family: Family) -> None:
    mother, aino, bo = family.rater(family.mother), family.aino_as_subject, family.bo_as_subject
    await handed_in(db, family, family.mother, 10, 10, 10, 10)
    await handed_in(db, family, family.mother, 20, 20, 20, 20)
    views = [await trend(db, family.nora, mother.id, subject_id=each.id) for each in (aino, bo)]
    assert [(view.subject, totals(view.outcome)) for view in views] == [(aino, [(NOW, 40)]), (bo, [(NOW, 80)])]
    assert [view.around.rated for view in views] == [(Rated(mother, aino), Rated(mother, bo))] * 2


async def test_who_has_only_rated_a_meeting_has_one_picture(db: Transaction, family: Family) -> None:
    await handed_in(db, family, family.mother, measure=Measure.ALLIANCE)
    view = await cases.view(db, family.nora, family.case.id)
    assert view.rated == (Rated(family.rater(family.mother), family.aino_as_subject),)


async def test_there_is_no_picture_about_whom_somebody_does_not_rate(db: Transaction, family: Family) -> None:
    aino = family.rater(family.aino)
    for subject in (family.bo_as_subject.id, "nothing"):
        asked = trend(db, family.nora, aino.id, subject_id=subject)
        assert await refused(asked) is Reason.NOT_HERE


async def test_the_picture_after_a_rating_is_about_its_rater_subject_and_meeting(
    db: Transaction, family: Family
) -> None:
    card = await meetings.start(db, family.nora, family.case.id, [family.rater(family.mother).id], now=NOW)
    sent = await handed_in(db, family, family.mother)
    view = await after(db, family.nora, sent.draft.id)
    assert isinstance(view, TrendView)
    assert (view.rater, view.subject.id, view.around.about_id) == (
        family.rater(family.mother),
        sent.draft.subject_id,
        card.session.id,
    )


async def test_of_a_rating_that_is_gone_there_is_no_picture(db: Transaction, family: Family) -> None:
    sent = await handed_in(db, family, family.aino)
    await storage.cases.empty(db, family.rater(family.aino).id)
    assert await after(db, family.nora, sent.draft.id) is None
    assert await after(db, family.nora, "nothing") is None


async def test_a_picture_stands_for_a_meeting_of_its_own_case_only(db: Transaction, family: Family) -> None:
    card = await meeting(db, family, [family.aino], at=NOW)
    other = (await cases.open_case(db, family.nora, AgeBand.CHILD, now=NOW)).case
    foreign = await storage.sessions.add(db, case_id=other.id, worker_id=family.worker.id, rater_ids=[], now=NOW)
    aino = family.rater(family.aino).id
    views = [await trend(db, family.nora, aino, session_id=each) for each in (card.session.id, family.case.id, None)]
    assert [view.around.about_id for view in views] == [card.session.id, family.case.id, family.case.id]
    for each in (foreign, other.id, "nothing"):
        assert await refused(trend(db, family.nora, aino, session_id=each)) is Reason.NOT_HERE


async def test_otto_and_the_family_see_no_picture_of_another(db: Transaction, family: Family) -> None:
    await handed_in(db, family, family.aino)
    for person in (family.otto, family.aino, family.mother):
        asked = trend(db, person, family.rater(family.aino).id)
        assert await refused(asked) is Reason.NOT_HERE
