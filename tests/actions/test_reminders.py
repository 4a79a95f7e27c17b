"""What is put into the outbox when a meeting ends: who is to be reminded, of what, and when."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

import storage
from bot.actions import meetings, ratings, reminders
from bot.actions.reminders import Waiting
from bot.domain.errors import Reason
from bot.domain.instruments import Measure
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from bot.domain.profiles import ICCE
from bot.domain.ratings import SkipReason
from bot.domain.rules import Level, Rule, Terms
from bot.domain.times import QuietHours
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction
from storage.schema import letters
from tests.actions.asking import answered, begun, handed_in, refused, told
from tests.storage.family import NOW, Family, draft

HELSINKI = ZoneInfo("Europe/Helsinki")
NIGHT = QuietHours(time(20), time(8))
SIX = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
DAY = timedelta(days=1)

Planned = tuple[str, LetterKind, datetime]


async def started(db: Transaction, family: Family, *who: Person) -> str:
    """A meeting that began at 11:00 in Helsinki, with these people in it."""
    raters = [family.rater(each).id for each in who]
    return (await meetings.start(db, family.nora, family.case.id, raters, now=NOW)).session.id


async def ended(
    db: Transaction,
    family: Family,
    session: str,
    *,
    now: datetime = NOW,
    quiet: QuietHours | None = NIGHT,
    weighing: Weighing = WEIGHING,
) -> set[Planned]:
    """The meeting ends; which reminders wait then: to whom, of what kind, not before when."""
    await meetings.end(db, family.nora, session, weighing=weighing, now=now, zone=HELSINKI, quiet=quiet)
    rows = await db.rows(select(letters).where(letters.c.kind.in_(["reminder", "rating_missing"])))
    assert {str(row.about) for row in rows} <= {str({"session": session})}
    return {(row.person_id, LetterKind(row.kind), row.not_before) for row in rows}


async def test_who_has_not_answered_and_their_worker_are_told_at_six(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.aino, family.bo, family.mother, family.father)
    await handed_in(db, family, family.aino)
    bos = await begun(db, family, family.bo)
    await ratings.skip(db, family.bo, bos.draft.id, SkipReason.NONE, now=NOW)
    assert await ended(db, family, session) == {
        (family.mother.id, LetterKind.REMINDER, SIX),
        (family.father.id, LetterKind.REMINDER, SIX),
        (family.nora.id, LetterKind.RATING_MISSING, SIX),
    }


async def test_a_meeting_that_ends_late_is_reminded_of_in_the_morning(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.aino)
    late = NOW + timedelta(hours=11)
    planned = await ended(db, family, session, now=late)
    assert {at for _, _, at in planned} == {datetime(2026, 3, 3, 6, 0, tzinfo=UTC)}


async def test_without_quiet_hours_it_is_an_hour_after_the_end(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.aino)
    late = NOW + timedelta(hours=11)
    assert {at for _, _, at in await ended(db, family, session, now=late, quiet=None)} == {late + timedelta(hours=1)}


@pytest.mark.parametrize(("off_for", "told_of"), [("own", 0), ("other", 2)])
async def test_a_team_can_switch_reminders_off(db: Transaction, family: Family, off_for: str, told_of: int) -> None:
    (nora,) = await storage.workers.of_case(db, family.case.id)
    terms = Terms(Level.NOTICE, off_for=frozenset({nora.team if off_for == "own" else "another"}))
    weighing = Weighing(replace(ICCE, terms={**ICCE.terms, Rule.RATING_MISSING: terms}))
    session = await started(db, family, family.aino)
    assert len(await ended(db, family, session, weighing=weighing)) == told_of


async def test_when_all_have_answered_nothing_is_planned(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.aino)
    await handed_in(db, family, family.aino)
    assert await ended(db, family, session) == set()


async def test_nothing_is_planned_for_when_answers_are_not_taken_any_more(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.aino)
    assert await ended(db, family, session, quiet=QuietHours(time(12), time(11, 30))) == set()


async def test_who_has_no_phone_gets_none_and_the_worker_hears_of_it(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.aino)
    await handed_in(db, family, family.aino)
    meeting = await storage.sessions.get(db, session)
    await storage.sessions.attend(db, session, family.teacher.id)
    await storage.drafts.add(db, draft(family.teacher, session=meeting, subject=family.aino_as_subject))
    assert await ended(db, family, session) == {(family.nora.id, LetterKind.RATING_MISSING, SIX)}


async def test_a_meeting_that_is_reminded_of_twice_has_one_letter_for_each(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.aino)
    once = await ended(db, family, session)
    over = await storage.sessions.get(db, session)
    assert over is not None
    await reminders.remind(db, family.case, over, now=NOW + DAY / 4, zone=HELSINKI, quiet=NIGHT)
    assert len(await told(db, LetterKind.REMINDER, LetterKind.RATING_MISSING)) == len(once) == 2


async def test_who_is_changing_what_they_sent_has_answered(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.aino)
    await ended(db, family, session)
    sent = await handed_in_for(db, family.aino, session)
    await ratings.reopen(db, family.aino, sent, now=NOW)
    assert await reminders.waiting(db, family.aino, session, now=NOW) is None
    assert (await meetings.show_card(db, family.nora, session)).missing == ()


async def handed_in_for(db: Transaction, person: Person, session: str) -> str:
    """Their first draft of the meeting, answered and sent."""
    hers = (await storage.drafts.of_session(db, session))[0]
    await answered(db, person, hers.id)
    return (await ratings.hand_in(db, person, hers.id, now=NOW)).draft.id


async def test_what_is_begun_comes_first_and_waits_until_a_day_after_the_end(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.mother)
    about_aino, about_bo = await storage.drafts.of_session(db, session)
    await ended(db, family, session)
    assert await reminders.waiting(db, family.mother, session, now=NOW) == Waiting(about_aino.id, NOW + DAY)
    await ratings.answer(db, family.mother, about_bo.id, 1, 70, now=NOW)
    assert await reminders.waiting(db, family.mother, session, now=NOW + DAY) == Waiting(about_bo.id, NOW + DAY)
    assert await reminders.waiting(db, family.mother, session, now=NOW + DAY + timedelta(seconds=1)) is None


@pytest.mark.parametrize("who", ["father", "otto", "nora"])
async def test_nobody_elses_draft_can_be_waited_for_or_declined(db: Transaction, family: Family, who: str) -> None:
    session = await started(db, family, family.mother)
    hers = (await storage.drafts.of_session(db, session))[0]
    await ended(db, family, session)
    other = getattr(family, who)
    assert await reminders.waiting(db, other, session, now=NOW) is None
    assert await refused(reminders.decline(db, other, hers.id, now=NOW)) is Reason.NOT_HERE


async def test_declining_skips_all_that_waits_of_that_meeting_once(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.mother, family.father)
    await meetings.close_up(db, family.nora, session, now=NOW)
    await ended(db, family, session)
    mother = family.rater(family.mother).id
    first = next(each for each in await storage.drafts.of_session(db, session) if each.rater_id == mother)
    view = await reminders.decline(db, family.mother, first.id, now=NOW)
    assert view.draft == first.skipped(SkipReason.NONE)
    card = await meetings.show_card(db, family.nora, session)
    assert card.missing == (family.rater(family.father),)
    assert await refused(reminders.decline(db, family.mother, first.id, now=NOW)) is Reason.NO_LONGER


async def test_declining_after_a_day_is_too_late(db: Transaction, family: Family) -> None:
    session = await started(db, family, family.aino)
    await ended(db, family, session)
    (hers,) = await storage.drafts.of_rater(
        db, family.rater(family.aino).id, session_id=session, measure=Measure.OUTCOME
    )
    assert await refused(reminders.decline(db, family.aino, hers.id, now=NOW + 2 * DAY)) is Reason.TOO_LATE
