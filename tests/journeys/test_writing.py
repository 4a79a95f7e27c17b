"""A reply and a letter to the same chat at the same time: what is newer stays."""

import asyncio

import pytest

from bot.i18n import Language
from bot.messages.message import Message
from bot.outcomes import Outcome
from bot.wire import Post
from tests.stage import Play


async def test_a_card_on_its_way_does_not_write_over_a_newer_one(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """The courier has read Nora's card and waits for Telegram; meanwhile she taps *Time to close*."""
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    on_its_way, edit = asyncio.Event(), Post.edit

    async def slow_at_first(post: Post, chat: int, message_id: int, message: Message, say: Language) -> Outcome:
        if not on_its_way.is_set():
            on_its_way.set()
            await asyncio.sleep(0.2)
        return await edit(post, chat, message_id, message, say)

    play.aino.taps("7")
    await play.takes_updates()
    monkeypatch.setattr(Post, "edit", slow_at_first)
    carrying = asyncio.create_task(play.bot.courier.round())
    await on_its_way.wait()
    play.nora.taps("⏱ Time to close")
    await asyncio.gather(carrying, play.takes_updates())
    assert "🟠 Closing" in play.nora.screen.text
