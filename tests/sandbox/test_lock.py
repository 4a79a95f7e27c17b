"""The lock screen: what a notification shows to anybody."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.clock import Clock
from bot.sandbox.lock import Lock
from bot.sandbox.phones import Phone
from bot.sandbox.pictures import blank_png
from tests.sandbox.conftest import MONDAY, Ask


async def test_the_newest_message_is_shown_and_the_unread_are_counted(aino: Phone, ask: Ask, clock: Clock) -> None:
    await ask("sendMessage", chat_id=aino.id, text="one")
    clock.move(timedelta(minutes=5))
    await ask("sendMessage", chat_id=aino.id, text="<b>two</b>\n\nand more", parse_mode="HTML")
    assert aino.lock == Lock(MONDAY + timedelta(minutes=5), "two and more", 2, silent=False)


async def test_spoilers_are_bars(aino: Phone, ask: Ask) -> None:
    await ask("sendMessage", chat_id=aino.id, text="Now <tg-spoiler>28,4</tg-spoiler>", parse_mode="HTML")
    assert aino.lock == Lock(MONDAY, "Now ▒▒▒", 1, silent=False)


async def test_a_picture_is_a_camera_and_a_hidden_one_a_bar(aino: Phone, ask: Ask) -> None:
    shown: list[str] = []
    for values in {}, {"caption": "Trend"}, {"has_spoiler": True}, {"has_spoiler": True, "caption": "Trend"}:
        await ask("sendPhoto", chat_id=aino.id, files={"photo": blank_png(60, 40)}, **values)
        shown.append(aino.lock.text if aino.lock else "")
    assert shown == ["📷", "📷 Trend", "📷 ▒▒▒", "📷 ▒▒▒ Trend"]


async def test_a_silent_message_is_shown_without_a_sound(aino: Phone, ask: Ask) -> None:
    await ask("sendMessage", chat_id=aino.id, text="quiet", disable_notification=True)
    assert aino.lock == Lock(MONDAY, "quiet", 1, silent=True)


async def test_an_edit_notifies_nobody(aino: Phone, ask: Ask) -> None:
    sent = await ask("sendMessage", chat_id=aino.id, text="one")
    await ask("editMessageText", chat_id=aino.id, message_id=sent["message_id"], text="secret")
    assert aino.lock == Lock(MONDAY, "one", 1, silent=False)
    aino.seen()
    await ask("editMessageText", chat_id=aino.id, message_id=sent["message_id"], text="more")
    assert aino.lock is None


async def test_a_deleted_message_takes_its_notification_along(aino: Phone, ask: Ask) -> None:
    await ask("sendMessage", chat_id=aino.id, text="one")
    second = await ask("sendMessage", chat_id=aino.id, text="two")
    await ask("deleteMessage", chat_id=aino.id, message_id=second["message_id"])
    assert aino.lock == Lock(MONDAY, "one", 1, silent=False)


async def test_who_does_something_has_seen_everything(aino: Phone, ask: Ask) -> None:
    await ask("sendMessage", chat_id=aino.id, text="one")
    aino.says("two")
    assert aino.lock is None
