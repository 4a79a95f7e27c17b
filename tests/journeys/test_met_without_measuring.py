"""Met without measuring: one button on a case; it asks nobody, and coverage knows of it."""

from datetime import timedelta

import storage
from bot.domain.coverage import MeetingFacts, Period, coverage
from bot.domain.errors import Reason
from bot.domain.people import Kind
from bot.i18n import language
from bot.messages import refusals
from tests.stage import Family, Play, button, buttons, data


async def facts(play: Play) -> list[MeetingFacts]:
    now = play.world.clock.now()
    async with play.database.transaction() as db:
        return list(await storage.coverage.meetings(db, since=now - timedelta(days=99), until=now + timedelta(days=1)))


async def says_so(play: Play, family: Family) -> str:
    await play.to_the_case(play.nora, family)
    return await play.taps(play.nora, button(play.nora, "attend/"), "🕊 We met without measuring")


async def test_it_is_noted_with_one_tap_and_nobody_is_asked(play: Play) -> None:
    family = await play.family("mother")
    seen = [len(each.sees) for each in (play.aino, play.mother)]
    assert "Noted: you met today, without measuring." in await says_so(play, family)
    assert [len(each.sees) for each in (play.aino, play.mother)] == seen
    assert [(each.without_measuring, each.outcome_by, each.skipped) for each in await facts(play)] == [
        (True, frozenset(), frozenset())
    ]
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, button(play.nora, "attend/"))
    assert "▶️ Start, ask 2" in buttons(play.nora)


async def test_tapped_twice_is_once_and_a_mistake_is_taken_back_once(play: Play) -> None:
    family = await play.family()
    await says_so(play, family)
    await play.taps_again(play.nora)
    assert len(await facts(play)) == 1
    wrong = data(play.nora, "notmet/")
    await play.taps(play.nora, "↩️ It was a mistake")
    assert await facts(play) == []
    assert await play.forges(play.nora, wrong) == refusals.words(language("en"), Reason.NOT_HERE)


async def test_while_a_meeting_goes_on_and_for_what_was_asked_it_is_refused(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    (session,) = await play.sql("SELECT id, case_id FROM sessions")
    forged = f"unmeasured/{session.case_id}/{session.id}"
    assert await play.forges(play.nora, forged) == refusals.words(language("en"), Reason.MEETING_OPEN)
    assert await play.forges(play.nora, f"notmet/{session.id}") == refusals.words(language("en"), Reason.NO_LONGER)
    assert len(await play.sql("SELECT id FROM sessions")) == 1


async def test_coverage_knows_who_rated_what_was_skipped_and_what_was_not_measured(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.rates(play.mother, 5, 5, 5, 5)
    await play.taps(play.nora, "⏱ Time to close")
    await play.taps(play.aino, button(play.aino, "skip/"))
    await play.taps(play.mother, button(play.mother, "skip/"))
    await play.taps(play.nora, "⏹ End the meeting")
    play.wait(days=7)
    await says_so(play, family)
    first, second = await facts(play)
    assert first.outcome_by == {Kind.CLIENT, Kind.MOTHER}
    assert (first.alliance_by, len(first.skipped), first.without_measuring) == (frozenset(), 1, False)
    assert (first.team, second.without_measuring) == ("pihlaja", True)
    async with play.database.transaction() as db:
        cases = await storage.coverage.case_facts(db)
    assert [(each.meetings, each.first_rated_meeting, each.closed_at) for each in cases] == [(2, 1, None)]
    now = play.world.clock.now()
    found = coverage([first, second], cases, period=Period(now - timedelta(days=99), now + timedelta(days=1)))
    assert found.meetings.without_measuring.count == 1
