"""What isn't a talk with one person: a group chat, somebody who blocks the bot and comes back."""

from bot.sandbox.world import Trouble
from tests.stage import PASSING, Play, buttons

GROUP = PASSING | {"groups"}


async def test_in_a_group_the_bot_says_once_that_it_talks_in_private(play: Play) -> None:
    await play.family("mother")
    before = await play.kept(but=GROUP)
    group = play.world.group("Birches", by=play.mother)
    await play.settle()
    for who, said in ((play.mother, "hello"), (play.aino, "/start"), (play.aino, "KOIVU-27"), (play.mother, "7")):
        who.says(said, group=group)
        await play.settle()
    answers = [each.text for each in group.sees if each.author is None]
    assert answers == ["I only talk in private, one to one. Write to me there."]
    assert await play.kept(but=GROUP) == before


async def test_a_group_is_told_in_the_language_of_who_speaks_first(play: Play) -> None:
    play.mother.language = "fi"
    group = play.world.group("Koivut", by=play.mother)
    await play.settle()
    [answer] = [each.text for each in group.sees if each.author is None]
    assert answer != "I only talk in private, one to one. Write to me there."


async def test_each_group_is_told_once(play: Play) -> None:
    groups = [play.world.group(name, by=play.mother) for name in ("one", "two")]
    await play.settle()
    assert [len([each for each in group.sees if each.author is None]) for group in groups] == [1, 1]


async def test_a_group_word_that_comes_again_is_not_answered_again(play: Play) -> None:
    group = play.world.group("one", by=play.mother)
    await play.settle()
    await play.comes_again()
    assert len([each for each in group.sees if each.author is None]) == 1


async def test_who_has_blocked_the_bot_gets_nothing_and_the_meeting_goes_on(play: Play) -> None:
    family = await play.family("mother")
    play.mother.blocks()
    await play.settle()
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    assert play.mother.sees == ()
    assert [each.rater for each in await play.given()] == ["aino"]


async def test_who_comes_back_goes_on_with_what_was_asked_meanwhile(play: Play) -> None:
    family = await play.family("mother")
    play.mother.blocks()
    await play.settle()
    await play.starts_meeting(play.nora, family)
    play.mother.unblocks()
    await play.says(play.mother, "/start")
    assert "1/4" in play.mother.screen.text
    await play.rates(play.mother, 4, 4, 4, 4)
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.mother, 8, 8, 8, 8)
    assert [each.instrument for each in await play.given()] == ["ors", "srs"]


async def test_what_telegram_would_not_take_is_shown_at_the_next_tap(play: Play) -> None:
    """It asks for more patience than a person has; the answer has been kept before."""
    await play.starts_meeting(play.nora, await play.family())
    play.world.interrupt("editMessageText", Trouble(code=429, description="Too Many Requests", retry_after=60))
    await play.taps(play.aino, "7")
    assert "1/4" in play.aino.screen.text
    await play.taps_again(play.aino)
    assert "2/4" in play.aino.screen.text
    await play.taps(play.aino, "6", "8", "9", "✓ Send")
    assert (await play.given())[0].scores == (70, 60, 80, 90)


async def test_when_telegram_asks_to_wait_the_answer_is_shown_after_that(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    play.world.interrupt("editMessageText", Trouble(code=429, description="Too Many Requests", retry_after=1))
    await play.taps(play.aino, "7")
    assert "2/4" in play.aino.screen.text


async def test_a_bot_that_is_added_to_a_group_by_a_stranger_knows_nobody_by_it(play: Play) -> None:
    play.world.group("one", by=play.otto)
    await play.settle()
    assert await play.sql("SELECT id FROM persons") == []
    await play.says(play.otto, "/start")
    assert buttons(play.otto) == ["I have a code", "🌐 English"]
