"""After a gap of more than 150 seconds whoever was in the middle of something is shown where they are, once."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import structlog
from structlog.testing import capture_logs

import storage
from bot.actions import outages
from bot.heartbeat import Heartbeat
from bot.sandbox.phones import Phone
from storage.service import Memory
from tests.journeys.test_as_whom import begins, guessing
from tests.journeys.test_handing_over import hands_over, meets, takes_back
from tests.stage import Play

AWAY = "We were away"


def beating(play: Play) -> Heartbeat:
    return Heartbeat(play.bot.house, play.world.clock.now)


async def beat(play: Play) -> None:
    await beating(play).beat()
    await play.settle()


def shown_again(who: Phone) -> list[str]:
    """What those messages say below their first line."""
    return [bubble.text.partition("\n\n")[2] for bubble in who.sees if AWAY in bubble.text]


async def in_the_middle(play: Play) -> None:
    """Aino has answered two of four, her mother none; the service lives."""
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.aino, "7", "6")
    await beat(play)


async def test_after_a_gap_each_is_shown_their_present_item_below(play: Play) -> None:
    await in_the_middle(play)
    before = play.aino.screen.text
    play.wait(seconds=151)
    await beat(play)
    assert "3/4" in before
    assert shown_again(play.aino) == [before]
    assert "1/4" in shown_again(play.mother)[0]


async def test_it_comes_without_a_sound_for_it_may_be_night(play: Play) -> None:
    await in_the_middle(play)
    play.wait(seconds=151)
    await beat(play)
    assert [bubble.silent for bubble in play.aino.sees if AWAY in bubble.text] == [True]


async def test_the_message_where_it_stood_before_goes(play: Play) -> None:
    await in_the_middle(play)
    play.wait(seconds=151)
    await beat(play)
    assert sum("3/4" in bubble.text for bubble in play.aino.sees) == 1


async def test_a_gap_of_150_seconds_is_none(play: Play) -> None:
    await in_the_middle(play)
    play.wait(seconds=150)
    await beat(play)
    assert shown_again(play.aino) == []


async def test_it_is_shown_once_for_a_gap_however_many_programs_notice(play: Play) -> None:
    await in_the_middle(play)
    since = play.world.clock.now()
    play.wait(seconds=151)
    await beat(play)
    async with play.database.transaction() as db:
        await outages.show_again(db, since=since, now=play.world.clock.now())
    await play.settle()
    await beat(play)
    put = await play.sql("SELECT id FROM letters WHERE kind = 'shown_again'")
    assert (len(shown_again(play.aino)), len(put)) == (1, 2)


async def test_of_programs_that_come_after_a_gap_one_finds_it(play_on_each: Play) -> None:
    play = play_on_each
    await in_the_middle(play)
    play.wait(seconds=151)
    with capture_logs() as logged:
        await asyncio.gather(*(beating(play).beat() for _ in range(4)))
    structlog.reset_defaults()
    assert [(line["event"], line["count"]) for line in logged] == [("outage_over", 2)]


async def test_a_clock_that_is_behind_makes_no_gap_for_one_that_is_ahead(play_on_each: Play) -> None:
    """By more than a gap is long: it is taken for one when they meet, and not at each beat."""
    play = play_on_each
    await in_the_middle(play)
    found = []
    for _ in range(4):
        await with_clock(play, timedelta(seconds=200)).beat()
        await beat(play)
        found.append(len(await play.sql("SELECT id FROM letters WHERE kind = 'shown_again'")))
        play.wait(seconds=15)
    assert found == [2, 2, 2, 2]


def with_clock(play: Play, ahead: timedelta) -> Heartbeat:
    """Of a program whose clock shows another time."""

    def now() -> datetime:
        return play.world.clock.now() + ahead

    return Heartbeat(replace(play.bot.house, now=now), now)


@pytest.mark.parametrize(("ahead", "shown"), [(timedelta(days=365), 1), (timedelta(minutes=59), 0)])
async def test_a_moment_from_a_clock_that_was_wrong_by_more_than_an_hour_is_not_believed(
    play_on_each: Play, ahead: timedelta, shown: int
) -> None:
    """Or no gap would be found for a year."""
    play = play_on_each
    await in_the_middle(play)
    async with play.database.transaction() as db:
        await storage.service.write(db, Memory.ALIVE, now=play.world.clock.now() + ahead)
    await beat(play)
    at_once = len(shown_again(play.aino))
    play.wait(seconds=151)
    await beat(play)
    assert (at_once, len(shown_again(play.aino))) == (0, shown)


async def test_who_has_finished_meanwhile_is_shown_nothing(play: Play) -> None:
    await in_the_middle(play)
    play.wait(seconds=151)
    await beating(play).beat()
    for button in ("8", "9", "✓ Send"):
        play.aino.taps(button)
        await play.takes_updates()
    await play.settle()
    assert shown_again(play.aino) == []


async def lives(play: Play, *, hours: int) -> None:
    for _ in range(hours * 60 // 2):
        play.wait(minutes=2)
        await beating(play).beat()


async def test_who_was_asked_more_than_a_day_ago_and_answers_today_is_shown_it(play: Play) -> None:
    await in_the_middle(play)
    await lives(play, hours=25)
    await play.taps(play.aino, "8")
    play.wait(seconds=151)
    await beat(play)
    assert ["4/4" in each for each in shown_again(play.aino)] == [True]
    assert shown_again(play.mother) == []


async def test_who_was_asked_more_than_a_day_ago_is_left_in_peace(play: Play) -> None:
    await in_the_middle(play)
    await lives(play, hours=25)
    play.wait(seconds=151)
    await beat(play)
    assert shown_again(play.aino) == []


async def test_who_guesses_for_somebody_else_is_shown_where_they_are(play: Play) -> None:
    family = await guessing(play)
    await begins(play, family, guess=True)
    await play.rates(play.aino, 7, 7, 7, 7)
    await play.taps(play.aino, "Next: 💭 the teacher →", "6")
    await beat(play)
    play.wait(seconds=151)
    await beat(play)
    assert [("your teacher" in each, "2/4" in each) for each in shown_again(play.aino)] == [(True, True)]


async def test_on_a_lent_phone_who_has_it_in_hand_is_shown_it_and_nothing_else(play_on_each: Play) -> None:
    play = play_on_each
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await play.taps(play.nora, "7", "6")
    before = play.nora.screen
    await beat(play)
    play.wait(seconds=151)
    await beat(play)
    assert (shown_again(play.nora), play.nora.screen.labels) == ([before.text], before.labels)
    await takes_back(play)
    play.wait(seconds=151)
    await beat(play)
    assert shown_again(play.nora) == []


async def test_what_goes_on_is_gone_on_with_from_there(play: Play) -> None:
    await in_the_middle(play)
    play.wait(seconds=151)
    await beat(play)
    await play.taps(play.aino, "8", "9", "✓ Send")
    assert [each.scores for each in await play.given()] == [(70, 60, 80, 90)]


async def test_a_service_that_does_not_hear_telegram_does_not_live(play: Play) -> None:
    await in_the_middle(play)
    heard: list[datetime | None] = [play.world.clock.now()]
    heart = Heartbeat(play.bot.house, lambda: heard[0])
    for _ in range(20):
        play.wait(seconds=30)
        await heart.beat()
    await play.settle()
    deaf = shown_again(play.aino)
    heard[0] = play.world.clock.now()
    await heart.beat()
    await play.settle()
    assert (deaf, len(shown_again(play.aino))) == ([], 1)


async def test_before_the_first_word_of_telegram_nobody_lives(play: Play) -> None:
    await in_the_middle(play)
    play.wait(seconds=151)
    await Heartbeat(play.bot.house, lambda: None).beat()
    await play.settle()
    assert shown_again(play.aino) == []


async def test_a_first_start_shows_nothing_to_anybody(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await beat(play)
    assert shown_again(play.aino) == []


async def test_once_a_day_what_is_older_than_three_days_is_forgotten(play: Play) -> None:
    heart = beating(play)
    async with play.database.transaction() as db:
        await storage.updates.record(db, 1, now=play.world.clock.now() - timedelta(days=2, hours=12))
        await storage.updates.record(db, 2, now=play.world.clock.now())
    kept = []
    for hours in (23, 1):
        play.wait(hours=hours)
        await heart.beat()
        kept.append([row.id for row in await play.sql("SELECT id FROM updates ORDER BY id")])
    assert kept == [[1, 2], [2]]
