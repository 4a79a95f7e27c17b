"""python-telegram-bot on a World: in memory, and over real HTTP; the same conversation both ways."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.sandbox.phones import Phone
from bot.sandbox.pictures import blank_png
from bot.sandbox.world import Trouble, World
from tests.sandbox.connected import WAYS, connected, in_memory

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])


@pytest.fixture(params=WAYS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with connected(world, request.param) as bot:
        yield bot


async def test_the_bot_knows_itself(bot: Bot) -> None:
    assert (bot.id, bot.username, bot.first_name) == (7000000001, "kuulolla_bot", "Kuulolla")


async def test_a_conversation(bot: Bot, aino: Phone, world: World) -> None:
    aino.opens("https://t.me/kuulolla_bot?start=abc")
    (started,) = await bot.get_updates(timeout=5)
    assert isinstance(started, Update)
    assert started.message is not None
    assert (started.message.text, started.message.from_user and started.message.from_user.id) == ("/start abc", aino.id)

    asked = await bot.send_message(aino.id, "<b>Ready?</b> ä &amp; 🌳", parse_mode="HTML", reply_markup=KEYS)
    assert (asked.text, asked.text_html, asked.reply_markup) == ("Ready? ä & 🌳", "<b>Ready?</b> ä &amp; 🌳", KEYS)

    aino.taps("Yes")
    (tapped,) = await bot.get_updates(offset=started.update_id + 1)
    assert tapped.callback_query is not None
    assert (tapped.callback_query.data, tapped.callback_query.message) == ("yes", asked)
    await tapped.callback_query.answer("Thank you")
    edited = await bot.edit_message_text("Thank you", aino.id, asked.message_id)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup, aino.screen.text) == ("Thank you", None, "Thank you")
    assert [toast.text for toast in aino.toasts] == ["Thank you"]

    await bot.get_updates(offset=tapped.update_id + 1)
    assert (world.updates.waiting, world.complaints) == ((), [])


async def test_a_picture_is_sent_replaced_sent_again_and_deleted(bot: Bot, aino: Phone, world: World) -> None:
    first, second = blank_png(600, 400), blank_png(500, 400)
    sent = await bot.send_photo(aino.id, first, caption="<i>One</i>", parse_mode="HTML", has_spoiler=True)
    assert (sent.photo[-1].width, sent.caption, sent.has_media_spoiler) == (600, "One", True)
    edited = await bot.edit_message_media(InputMediaPhoto(second, caption="Two"), aino.id, sent.message_id)
    assert isinstance(edited, Message)
    assert aino.screen.photo is not None
    assert (edited.photo[-1].width, edited.caption, aino.screen.photo.picture.content) == (500, "Two", second)
    again = await bot.send_photo(aino.id, edited.photo[-1].file_id)
    assert again.photo == edited.photo
    await bot.delete_messages(aino.id, [sent.message_id, again.message_id])
    assert ([bubble.text for bubble in aino.sees], world.complaints) == (["/start"], [])


async def test_menus_arrive(bot: Bot, aino: Phone, world: World) -> None:
    await bot.set_my_commands([BotCommand("start", "Aloita")], BotCommandScopeAllPrivateChats(), "fi")
    await bot.set_my_short_description("x")
    assert ([command.description for command in aino.menu], world.complaints) == (["Aloita"], [])


async def test_every_update_can_be_decoded(bot: Bot, aino: Phone, world: World) -> None:
    group = world.group("Family", by=aino)
    aino.says("Hei", group=group)
    aino.sends_photo()
    aino.sends_sticker()
    aino.sends_voice()
    aino.sends_contact()
    aino.forges("x", 999)
    aino.blocks()
    updates = await bot.get_updates()
    assert [update.update_id for update in updates] == [update.id for update in world.updates.waiting]
    tap = updates[-2].callback_query
    assert tap is not None
    assert tap.message is not None
    assert tap.message.is_accessible is False


async def test_errors_are_the_ones_that_the_library_knows(bot: Bot, aino: Phone) -> None:
    sent = await bot.send_message(aino.id, "one")
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("one", aino.id, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(1, "one")
    aino.blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(aino.id, "two")


async def test_a_second_poll_is_a_conflict(bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.2)
    second = asyncio.create_task(bot.get_updates(timeout=10))
    with pytest.raises(Conflict):
        await asyncio.wait_for(first, 3)
    second.cancel()
    await asyncio.wait([second])


async def test_a_long_poll_answers_at_once_when_something_comes(bot: Bot, aino: Phone) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.2)
    began = time.perf_counter()
    aino.says("Hei")
    assert len(await poll) == 1
    assert time.perf_counter() - began < 1


async def test_trouble_that_a_test_asks_for_arrives_once(
    bot: Bot, aino: Phone, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    world.interrupt("sendMessage", Trouble(429, "Too Many Requests: retry after 3", retry_after=3))
    with pytest.raises(RetryAfter):
        await bot.send_message(aino.id, "one")
    await bot.send_message(aino.id, "two")
    assert [bubble.text for bubble in aino.sees] == ["/start", "two"]


async def test_a_lost_answer_leaves_its_message_behind(bot: Bot, aino: Phone, world: World) -> None:
    world.interrupt("sendMessage", Trouble(lost=True))
    with pytest.raises((TimedOut, NetworkError)):
        await bot.send_message(aino.id, "one")
    assert aino.screen.text == "one"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("token", ["7000000001:wrong", "nonsense:token", "7000000002:sandbox"])
async def test_a_wrong_token_is_turned_away(world: World, way: str, token: str) -> None:
    with pytest.raises(InvalidToken):
        async with connected(world, way, token):
            pass


async def test_a_step_of_a_conversation_takes_a_few_milliseconds(aino: Phone, world: World) -> None:
    async with in_memory(world) as bot:
        offset, began = 0, time.perf_counter()
        sent = await bot.send_message(aino.id, "0", reply_markup=KEYS)
        for step in range(1, 21):
            aino.taps("Yes")
            (update,) = await bot.get_updates(offset=offset)
            assert update.callback_query is not None
            await update.callback_query.answer()
            await bot.edit_message_text(str(step), aino.id, sent.message_id, reply_markup=KEYS)
            offset = update.update_id + 1
        assert time.perf_counter() - began < 1
