"""What may go wrong while Nora's phone is in somebody's hands: taps that come twice, stops, letters on their way."""

import asyncio

import pytest

from bot.actions import handing_over
from bot.sandbox.phones import Phone
from bot.sandbox.world import Trouble
from tests.journeys.test_answering_for_somebody import started_anew
from tests.journeys.test_handing_over import (
    LOW,
    NOTHING,
    PIN,
    WELL,
    alerts_in,
    hands_over,
    in_whose_hands,
    looks_at,
    meets,
    ours,
    shares,
    shows,
    takes_back,
)
from tests.stage import PASSING, Family, Play

LASTING = PASSING | {"places"}


async def with_otto(play: Play) -> Family:
    """The case is Otto's too, who is a worker of the same team."""
    family = await meets(play, "bo", "mother")
    await play.becomes_worker(play.otto, team="pihlaja", code="TAMMI-5")
    await shares(play, family, "TAMMI-5")
    return family


async def ready(play: Play, family: Family, name: str, who: Phone) -> None:
    """Up to the last screen before the phone goes."""
    if "PIN of four digits" in await looks_at(play, family, name, who):
        await play.taps(who, *PIN, *PIN)


async def test_each_tap_may_come_twice_and_the_second_changes_nothing(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await ready(play, family, "bo", play.nora)
    way = ("📱 Hand over now", "7", "8", "← Back", "8", "9", "9", "✓ Send", "📱 Give the phone back", "1", "⌫", *PIN)
    for tap in way:
        await play.taps(play.nora, tap)
        before = await play.kept(but=LASTING)
        await play.taps_again(play.nora)
        assert await play.kept(but=LASTING) == before, tap
    assert await in_whose_hands(play) == []
    assert [each.scores for each in await play.given()] == [(70, 80, 90, 90)]


async def test_two_phones_go_to_two_raters_at_once_and_an_alert_comes_with_the_first_that_is_back(play: Play) -> None:
    family = await with_otto(play)
    await ready(play, family, "bo", play.nora)
    await ready(play, family, "mother", play.otto)
    for who in (play.nora, play.otto):
        who.taps("📱 Hand over now")
    await play.settle()
    assert sorted(await in_whose_hands(play)) == sorted([family.raters["bo"], family.raters["mother"]])
    await play.rates(play.aino, *LOW)
    assert [len(ours(each)) for each in (play.nora, play.otto)] == [NOTHING, NOTHING]
    await play.rates(play.nora, *WELL)
    await play.says(play.otto, "/start")
    await play.taps(play.otto, "📱 Give the phone back", *PIN)
    assert [alerts_in(each) for each in (play.nora, play.otto)] == [0, 1]
    await takes_back(play)
    assert [alerts_in(each) for each in (play.nora, play.otto)] == [1, 1]


async def test_two_phones_for_one_rater_at_once_and_one_of_them_goes(play: Play) -> None:
    family = await with_otto(play)
    for who in (play.nora, play.otto):
        await ready(play, family, "bo", who)
    for who in (play.nora, play.otto):
        who.taps("📱 Hand over now")
    await play.settle()
    assert await in_whose_hands(play) == [family.raters["bo"]]
    assert sorted("1/4" in shows(who) for who in (play.nora, play.otto)) == [False, True]


async def test_after_a_restart_the_phone_is_as_shut_as_before_and_the_rating_goes_on(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await play.taps(play.nora, "7", "8")
    async with started_anew(play) as again:
        assert "Answered: 2 of 4" in await again.says(again.nora, "/cases")
        await again.taps(again.nora, "Go on", "9", "9", "✓ Send")
        assert len(ours(again.nora)) == NOTHING
        await takes_back(again)
        assert "The meeting is going on." in shows(again.nora)


@pytest.mark.parametrize("first", ["tap", "word"])
async def test_a_stop_before_the_chat_was_cleared_heals_with_the_first_tap_or_word(play: Play, first: str) -> None:
    """What is written down is that the phone is in other hands; the chat still shows the case."""
    family = await meets(play, "bo", "mother")
    await play.rates(play.aino, *LOW)
    await ready(play, family, "bo", play.nora)
    [session] = await play.sql("SELECT id FROM sessions")
    async with play.database.transaction() as db:
        nora, now = await play._met(db, play.nora), play.world.clock.now()
        await handing_over.hand_over(db, nora, session.id, family.raters["bo"], now=now)
    assert family.label in shows(play.nora)
    await (play.taps(play.nora, "Open") if first == "tap" else play.says(play.nora, "hello"))
    assert len(ours(play.nora)) == NOTHING
    assert "Answered: 0 of 4" in shows(play.nora)


async def test_a_second_device_that_still_shows_old_screens_opens_none_of_them(play: Play) -> None:
    """A tablet with the same account: what it taps are messages that are gone."""
    family = await meets(play, "bo", "mother")
    await play.rates(play.aino, *LOW)
    old = [(key.data, each) for each in play.nora.sees for row in each.keyboard for key in row if key.data]
    await hands_over(play, family)
    before = await play.kept(but=LASTING)
    for data, bubble in old:
        await play.forges(play.nora, data, at=bubble)
        assert len(ours(play.nora)) == NOTHING, data
        assert family.label not in shows(play.nora), data
    assert await play.kept(but=LASTING) == before


async def test_two_wrong_pins_at_once_are_one_try(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    [session] = await play.sql("SELECT id FROM sessions")
    for pin in ("1357", "2468", "9753"):
        play.nora.forges(f"phoneback/{session.id}/0/{pin}", play.nora.screen.id)
    await play.settle()
    assert await play.sql("SELECT tries FROM hand_overs") == [(1,)]


async def test_no_word_opens_the_desk_and_a_pin_that_is_written_goes_from_the_chat(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    before = await play.kept(but=LASTING)
    words = ("/cases", "/session", "/settings", "/mydata", "/help", "/perheet", "/mina_uppgifter", "/start KOIVU-27")
    for text in (*words, family.label, "KOIVU-27", "TAMMI-5", "7,5", "24.11. 14", PIN, f" {PIN} "):
        assert "Answered: 0 of 4" in await play.says(play.nora, text), text
        assert len(ours(play.nora)) == NOTHING, text
    assert await play.kept(but=LASTING) == before
    assert [each.text for each in play.nora.sees if PIN in each.text] == []


async def test_an_alert_on_its_way_when_the_phone_goes_is_not_shown_there(play: Play) -> None:
    """A courier has it in hand while the hand-over is tapped."""
    family = await meets(play, "bo", "mother")
    await ready(play, family, "bo", play.nora)
    await play.taps(play.aino, *map(str, LOW))
    play.aino.taps("✓ Send")
    await play.takes_updates()
    async with play.database.transaction() as db:
        nora = await play._met(db, play.nora)
    async with play.bot.house.writing_to(nora.id):
        carrying = asyncio.create_task(play.bot.courier.round())
        while not play.bot.courier._carrying:
            await asyncio.sleep(0.01)
        play.nora.taps("📱 Hand over now")
        going = asyncio.create_task(play.takes_updates())
        while not await in_whose_hands(play):
            await asyncio.sleep(0.01)
    await asyncio.gather(carrying, going)
    await play.settle()
    assert len(ours(play.nora)) == NOTHING
    assert alerts_in(play.nora) == 0
    await takes_back(play)
    assert alerts_in(play.nora) == 1


async def test_after_a_hand_over_that_could_not_be_an_alert_still_comes_once(play: Play) -> None:
    """The first try tells it again to Nora, and it waits while the second one goes on."""
    family = await meets(play, "bo", "mother")
    await play.rates(play.aino, *LOW)
    await ready(play, family, "bo", play.nora)
    play.world.interrupt("deleteMessages", Trouble(429, "Too Many Requests: retry after 30", retry_after=30), times=9)
    play.world.interrupt("deleteMessage", Trouble(429, "Too Many Requests: retry after 30", retry_after=30), times=99)
    play.nora.taps("📱 Hand over now")
    await play.takes_updates()
    play.world._troubles.clear()
    assert "Don't hand the phone over yet" in shows(play.nora)
    play.wait(seconds=1)
    play.nora.taps("Try again")
    await play.takes_updates()
    await play.settle()
    assert alerts_in(play.nora) == 0
    play.wait(minutes=1)
    await takes_back(play)
    assert alerts_in(play.nora) == 1
