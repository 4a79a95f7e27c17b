"""Edits and deletions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.phones import Phone
from bot.sandbox.pictures import blank_png
from bot.sandbox.world import World
from tests.sandbox.conftest import MONDAY, Ask

MARKUP = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


async def text_message(ask: Ask, aino: Phone) -> int:
    sent = await ask("sendMessage", chat_id=aino.id, text="<b>One</b>", parse_mode="HTML", reply_markup=MARKUP)
    return int(sent["message_id"])


async def photo_message(ask: Ask, aino: Phone) -> int:
    sent = await ask("sendPhoto", chat_id=aino.id, caption="One", files={"photo": blank_png(60, 40)})
    return int(sent["message_id"])


async def test_an_edit_changes_the_message_in_its_place(aino: Phone, ask: Ask, clock: Clock) -> None:
    message = await text_message(ask, aino)
    await ask("sendMessage", chat_id=aino.id, text="Later")
    clock.move(timedelta(minutes=1))
    edited = await ask("editMessageText", chat_id=aino.id, message_id=message, text="Two", reply_markup=MARKUP)
    assert [bubble.text for bubble in aino.sees] == ["/start", "Two", "Later"]
    assert (edited["date"], edited["edit_date"]) == (int(MONDAY.timestamp()), int(MONDAY.timestamp()) + 60)


async def test_an_edit_without_a_keyboard_takes_it_away(aino: Phone, ask: Ask) -> None:
    message = await text_message(ask, aino)
    edited = await ask("editMessageText", chat_id=aino.id, message_id=message, text="Two")
    assert (aino.screen.labels, "reply_markup" in edited) == ((), False)


async def test_the_keyboard_alone_can_be_changed(aino: Phone, ask: Ask) -> None:
    message = await text_message(ask, aino)
    await ask("editMessageReplyMarkup", chat_id=aino.id, message_id=message)
    assert (aino.screen.html, aino.screen.labels) == ("<b>One</b>", ())


async def test_the_same_again_is_not_modified(aino: Phone, ask: Ask) -> None:
    message = await text_message(ask, aino)
    which: dict[str, Any] = {"chat_id": aino.id, "message_id": message, "reply_markup": MARKUP}
    answers = [
        await ask("editMessageText", **which, text="<b>One</b>", parse_mode="HTML"),
        await ask("editMessageReplyMarkup", **which),
    ]
    assert answers == [NOT_MODIFIED, NOT_MODIFIED]


async def test_another_formatting_is_a_modification(aino: Phone, ask: Ask) -> None:
    message = await text_message(ask, aino)
    await ask("editMessageText", chat_id=aino.id, message_id=message, text="One", reply_markup=MARKUP)
    assert aino.screen.html == "One"


async def test_a_photo_is_replaced_in_its_place(aino: Phone, ask: Ask) -> None:
    message = await photo_message(ask, aino)
    media = {
        "type": "photo",
        "media": "attach://new",
        "caption": "<i>Two</i>",
        "parse_mode": "HTML",
        "has_spoiler": True,
    }
    edited = await ask(
        "editMessageMedia", chat_id=aino.id, message_id=message, media=media, files={"new": blank_png(80, 40)}
    )
    assert (edited["photo"][-1]["width"], edited["caption"], edited["has_media_spoiler"]) == (80, "Two", True)
    assert aino.screen.html == "<i>Two</i>"


async def test_a_text_can_become_a_photo(aino: Phone, ask: Ask) -> None:
    message = await text_message(ask, aino)
    media = {"type": "photo", "media": "attach://new"}
    edited = await ask(
        "editMessageMedia", chat_id=aino.id, message_id=message, media=media, files={"new": blank_png(80, 40)}
    )
    assert ("text" in edited, edited["photo"][-1]["width"]) == (False, 80)


async def test_the_same_photo_with_the_same_caption_is_not_modified(aino: Phone, ask: Ask) -> None:
    message = await photo_message(ask, aino)
    assert aino.screen.photo is not None
    media = {"type": "photo", "media": aino.screen.photo.picture.file_id, "caption": "One"}
    assert await ask("editMessageMedia", chat_id=aino.id, message_id=message, media=media) == NOT_MODIFIED


async def test_a_caption_can_be_changed(aino: Phone, ask: Ask) -> None:
    message = await photo_message(ask, aino)
    await ask("editMessageCaption", chat_id=aino.id, message_id=message, caption="Two")
    assert (aino.screen.text, aino.screen.kind) == ("Two", "photo")


@pytest.mark.parametrize(
    ("method", "values", "words"),
    [
        ("editMessageText", {"text": "x"}, "Bad Request: there is no text in the message to edit"),
        ("editMessageText", {"text": ""}, "Bad Request: message text is empty"),
        ("editMessageText", {"text": "x" * 4097}, "Bad Request: message is too long"),
        ("editMessageCaption", {"caption": "x" * 1025}, "Bad Request: message caption is too long"),
        (
            "editMessageMedia",
            {"media": {"type": "video", "media": "x"}},
            "Bad Request: sandbox: only photos are built, not media of type 'video'",
        ),
        (
            "editMessageMedia",
            {"media": {"type": "photo", "media": "attach://x"}},
            "Bad Request: wrong file identifier/HTTP URL specified",
        ),
        ("editMessageMedia", {"media": "no json"}, "Bad Request: can't parse media JSON object"),
    ],
)
async def test_an_edit_of_a_photo_that_cannot_be_is_refused(
    aino: Phone, ask: Ask, method: str, values: dict[str, Any], words: str
) -> None:
    message = await photo_message(ask, aino)
    assert await ask(method, chat_id=aino.id, message_id=message, **values) == words


async def test_a_text_has_no_caption_to_edit(aino: Phone, ask: Ask) -> None:
    message = await text_message(ask, aino)
    refused = await ask("editMessageCaption", chat_id=aino.id, message_id=message, caption="x")
    assert refused == "Bad Request: there is no caption in the message to edit"


async def test_a_message_that_is_gone_cannot_be_edited(aino: Phone, ask: Ask) -> None:
    message = await text_message(ask, aino)
    aino.deletes(message)
    refused = await ask("editMessageText", chat_id=aino.id, message_id=message, text="x")
    assert refused == "Bad Request: message to edit not found"


async def test_the_message_of_a_person_cannot_be_edited(aino: Phone, ask: Ask) -> None:
    refused = await ask("editMessageText", chat_id=aino.id, message_id=aino.sees[0].id, text="x")
    assert refused == "Bad Request: message can't be edited"


async def test_an_edit_needs_to_say_which_message(aino: Phone, ask: Ask) -> None:
    assert await ask("editMessageText", chat_id=aino.id, text="x") == "Bad Request: message identifier is not specified"


async def test_a_message_of_another_chat_is_not_found(aino: Phone, world: World, ask: Ask) -> None:
    message = await text_message(ask, aino)
    bo = world.phone("bo")
    bo.says("/start")
    refused = await ask("editMessageText", chat_id=bo.id, message_id=message, text="x")
    assert (refused, aino.screen.text) == ("Bad Request: message to edit not found", "One")


async def test_an_old_message_can_still_be_edited(aino: Phone, ask: Ask, clock: Clock) -> None:
    message = await text_message(ask, aino)
    clock.move(timedelta(days=30))
    await ask("editMessageText", chat_id=aino.id, message_id=message, text="Two")
    assert aino.screen.text == "Two"


async def test_a_deleted_message_is_gone(aino: Phone, ask: Ask) -> None:
    message = await text_message(ask, aino)
    assert await ask("deleteMessage", chat_id=aino.id, message_id=message) is True
    again = await ask("deleteMessage", chat_id=aino.id, message_id=message)
    assert ([bubble.text for bubble in aino.sees], again) == (["/start"], "Bad Request: message to delete not found")


async def test_the_bot_can_delete_what_a_person_wrote(aino: Phone, ask: Ask) -> None:
    code = aino.says("AB12-CD34")
    await ask("deleteMessage", chat_id=aino.id, message_id=code.id)
    assert [bubble.text for bubble in aino.sees] == ["/start"]


async def test_a_message_can_be_deleted_for_48_hours(aino: Phone, ask: Ask, clock: Clock) -> None:
    first, second = await text_message(ask, aino), await text_message(ask, aino)
    clock.move(timedelta(hours=48))
    in_time = await ask("deleteMessage", chat_id=aino.id, message_id=first)
    clock.move(timedelta(seconds=1))
    late = await ask("deleteMessage", chat_id=aino.id, message_id=second)
    assert (in_time, late) == (True, "Bad Request: message can't be deleted for everyone")


async def test_several_messages_are_deleted_and_missing_ones_passed_over(aino: Phone, ask: Ask) -> None:
    first, second = await text_message(ask, aino), await text_message(ask, aino)
    assert await ask("deleteMessages", chat_id=aino.id, message_ids=[first, 999, second, second]) is True
    assert [bubble.text for bubble in aino.sees] == ["/start"]


async def test_when_one_of_several_is_too_old_none_is_deleted(aino: Phone, ask: Ask, clock: Clock) -> None:
    old = await text_message(ask, aino)
    clock.move(timedelta(hours=49))
    new = await text_message(ask, aino)
    refused = await ask("deleteMessages", chat_id=aino.id, message_ids=[new, old])
    assert (refused, len(aino.sees)) == ("Bad Request: message can't be deleted for everyone", 3)


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ([], "Bad Request: message identifiers are not specified"),
        (list(range(101)), "Bad Request: too many message identifiers specified"),
    ],
)
async def test_at_least_1_and_at_most_100_are_deleted_at_once(
    aino: Phone, ask: Ask, ids: list[int], words: str
) -> None:
    assert await ask("deleteMessages", chat_id=aino.id, message_ids=ids) == words


async def test_an_edit_in_a_chat_that_blocked_the_bot_is_forbidden(aino: Phone, ask: Ask) -> None:
    message = await text_message(ask, aino)
    aino.blocks()
    refused = await ask("editMessageText", chat_id=aino.id, message_id=message, text="x")
    assert refused == "Forbidden: bot was blocked by the user"
