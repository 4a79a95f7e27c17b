"""Telegram takes no edit for a while, or doesn't say if it took one: the answer is kept, and shown a little later."""

import pytest

from bot.chat import running
from bot.sandbox.world import Trouble
from tests.stage import Play

WAIT = Trouble(429, "Too Many Requests: retry after 30", retry_after=30)


async def in_a_rating(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.aino, "7")


async def test_an_answer_that_can_not_be_shown_now_is_kept_and_shown_when_telegram_takes_it(play: Play) -> None:
    await in_a_rating(play)
    play.world.interrupt("editMessageText", WAIT)
    await play.taps(play.aino, "6")
    before = play.aino.screen.text
    play.wait(seconds=30)
    await play.settle()
    assert ("2/4" in before, "3/4" in play.aino.screen.text) == (True, True)


async def test_meanwhile_nothing_else_is_tried_in_that_chat(play: Play) -> None:
    await in_a_rating(play)
    play.world.interrupt("editMessageText", WAIT)
    await play.taps(play.aino, "6")
    calls = len(play.world.calls)
    play.wait(seconds=29)
    await play.settle()
    assert len(play.world.calls) == calls


async def test_who_has_gone_on_meanwhile_sees_where_they_are_and_no_step_back(play: Play) -> None:
    await in_a_rating(play)
    play.world.interrupt("editMessageText", WAIT)
    await play.taps(play.aino, "6")
    await play.taps(play.aino, "6")
    await play.taps(play.aino, "8")
    play.wait(seconds=30)
    await play.settle()
    assert "4/4" in play.aino.screen.text
    assert sum("/4" in bubble.text for bubble in play.aino.sees) == 1


@pytest.mark.parametrize("trouble", [Trouble(lost=True), Trouble(502)], ids=["answer lost", "502"])
async def test_an_edit_that_may_be_lost_is_made_again(
    play: Play, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "AGAIN_SECONDS", 0.01)
    await in_a_rating(play)
    play.world.interrupt("editMessageText", trouble, times=2)
    await play.taps(play.aino, "6")
    assert "3/4" in play.aino.screen.text


async def test_an_edit_that_fails_longer_is_made_by_the_courier(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "AGAIN_SECONDS", 0.01)
    await in_a_rating(play)
    play.world.interrupt("editMessageText", Trouble(502), times=4)
    await play.taps(play.aino, "6")
    before = play.aino.screen.text
    play.wait(seconds=2)
    await play.settle()
    play.wait(seconds=2)
    await play.settle()
    assert ("2/4" in before, "3/4" in play.aino.screen.text) == (True, True)


async def test_a_card_that_can_not_be_shown_now_is_shown_later(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting")
    play.world.interrupt("editMessageText", WAIT)
    await play.taps(play.nora, "▶️ Start, ask 1")
    before = play.nora.screen.text
    play.wait(seconds=30)
    await play.settle()
    assert ("asked" in before, "asked" in play.nora.screen.text) == (False, True)
