"""sendMessage, sendPhoto and sendChatAction: what is shown, what is returned, what is refused."""

from __future__ import annotations

import pytest

from bot.sandbox.phones import Phone
from bot.sandbox.pictures import blank_png
from bot.sandbox.world import Call, World
from tests.sandbox.conftest import MONDAY, Ask

SENT = int(MONDAY.timestamp())
BUTTON = {"text": "Yes", "callback_data": "yes"}


async def test_a_message_comes_back_whole(aino: Phone, ask: Ask) -> None:
    markup = {"inline_keyboard": [[BUTTON, {"text": "Map", "url": "https://example.org/"}]]}
    sent = await ask(
        "sendMessage", chat_id=aino.id, text="<b>Hei</b> &amp; moi", parse_mode="HTML", reply_markup=markup
    )
    assert sent == {
        "message_id": 2,
        "from": {"id": 7000000001, "is_bot": True, "first_name": "Kuulolla", "username": "kuulolla_bot"},
        "chat": {"id": aino.id, "type": "private", "first_name": "Aino"},
        "date": SENT,
        "text": "Hei & moi",
        "entities": [{"type": "bold", "offset": 0, "length": 3}],
        "reply_markup": markup,
    }


async def test_a_message_is_on_the_screen(aino: Phone, ask: Ask) -> None:
    await ask("sendMessage", chat_id=aino.id, text="Hei", reply_markup={"inline_keyboard": [[BUTTON], [BUTTON]]})
    assert (aino.screen.text, aino.screen.labels) == ("Hei", (("Yes",), ("Yes",)))


async def test_forms_carry_the_same_as_json(aino: Phone, ask: Ask) -> None:
    sent = await ask(
        "sendMessage",
        chat_id=str(aino.id),
        text="Hei",
        reply_markup='{"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}',
        disable_notification="true",
        protect_content="True",
    )
    assert (sent["has_protected_content"], aino.screen.silent, aino.screen.labels) == (True, True, (("Yes",),))


async def test_a_photo_comes_back_whole(aino: Phone, ask: Ask, world: World) -> None:
    sent = await ask(
        "sendPhoto",
        chat_id=aino.id,
        photo="attach://trend",
        caption="<i>Trend</i>",
        parse_mode="HTML",
        has_spoiler=True,
        files={"trend": blank_png(60, 40)},
    )
    assert aino.screen.photo is not None
    photo = aino.screen.photo.picture
    assert sent == {
        "message_id": 2,
        "from": world.bot.json(),
        "chat": aino.chat.json(),
        "date": SENT,
        "photo": [
            {
                "file_id": photo.file_id,
                "file_unique_id": f"u{photo.file_id}",
                "file_size": len(photo.content),
                "width": 60,
                "height": 40,
            }
        ],
        "has_media_spoiler": True,
        "caption": "Trend",
        "caption_entities": [{"type": "italic", "offset": 0, "length": 5}],
    }


async def test_a_photo_may_be_a_part_of_its_own_name(aino: Phone, ask: Ask) -> None:
    sent = await ask("sendPhoto", chat_id=aino.id, files={"photo": blank_png(60, 40)})
    assert (sent["photo"][-1]["width"], "caption" in sent) == (60, False)


async def test_a_photo_can_be_sent_again_by_its_id(aino: Phone, ask: Ask) -> None:
    first = await ask("sendPhoto", chat_id=aino.id, files={"photo": blank_png(60, 40)})
    again = await ask("sendPhoto", chat_id=aino.id, photo=first["photo"][-1]["file_id"])
    assert again["photo"] == first["photo"]


@pytest.mark.parametrize("length", [1, 4096])
async def test_a_text_of_1_to_4096_characters_is_sent(aino: Phone, ask: Ask, length: int) -> None:
    sent = await ask("sendMessage", chat_id=aino.id, text=f"<b>{'x' * length}</b>", parse_mode="HTML")
    assert len(sent["text"]) == length


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Bad Request: message text is empty"),
        (" \n ", "Bad Request: message text is empty"),
        ("<b></b>", "Bad Request: message text is empty"),
        ("x" * 4097, "Bad Request: message is too long"),
        ("🌳" * 2049, "Bad Request: message is too long"),
        ("<br>", 'Bad Request: can\'t parse entities: Unsupported start tag "br" at byte offset 0'),
    ],
)
async def test_a_text_beyond_the_limits_is_refused(aino: Phone, ask: Ask, text: str, words: str) -> None:
    assert await ask("sendMessage", chat_id=aino.id, text=text, parse_mode="HTML") == words


async def test_a_caption_has_at_most_1024_characters(aino: Phone, ask: Ask) -> None:
    photo = {"photo": blank_png(60, 40)}
    taken = await ask("sendPhoto", chat_id=aino.id, caption="x" * 1024, files=photo)
    refused = await ask("sendPhoto", chat_id=aino.id, caption="x" * 1025, files=photo)
    assert (len(taken["caption"]), refused) == (1024, "Bad Request: message caption is too long")


@pytest.mark.parametrize(
    ("photo", "files", "words"),
    [
        ("", {}, "Bad Request: there is no photo in the request"),
        ("nowhere", {}, "Bad Request: wrong file identifier/HTTP URL specified"),
        ("attach://nowhere", {}, "Bad Request: wrong file identifier/HTTP URL specified"),
        ("attach://x", {"x": b"no photo"}, "Bad Request: IMAGE_PROCESS_FAILED"),
        ("attach://x", {"x": blank_png(9000, 1001)}, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_a_photo_that_is_none_is_refused(
    aino: Phone, ask: Ask, photo: str, files: dict[str, bytes], words: str
) -> None:
    assert await ask("sendPhoto", chat_id=aino.id, photo=photo, files=files) == words


async def test_nobody_can_be_written_to_who_never_wrote(world: World, ask: Ask) -> None:
    bo = world.phone("bo")
    assert await ask("sendMessage", chat_id=bo.id, text="Hei") == "Bad Request: chat not found"


@pytest.mark.parametrize(
    ("chat", "words"),
    [(12, "Bad Request: chat not found"), ("@x", "Bad Request: chat not found"), ("", "Bad Request: chat_id is empty")],
)
async def test_a_chat_that_is_not_there_is_not_found(ask: Ask, chat: int | str, words: str) -> None:
    assert await ask("sendMessage", chat_id=chat, text="Hei") == words


@pytest.mark.parametrize("method", ["sendMessage", "sendPhoto", "sendChatAction"])
async def test_who_blocked_the_bot_hears_nothing(aino: Phone, ask: Ask, method: str) -> None:
    aino.blocks()
    assert await ask(method, chat_id=aino.id) == "Forbidden: bot was blocked by the user"


async def test_who_blocked_the_bot_can_let_it_write_again(aino: Phone, ask: Ask) -> None:
    aino.blocks()
    aino.unblocks()
    assert (await ask("sendMessage", chat_id=aino.id, text="Hei"))["text"] == "Hei"


async def test_a_chat_action_is_one_of_telegrams(aino: Phone, ask: Ask) -> None:
    assert await ask("sendChatAction", chat_id=aino.id, action="upload_photo") is True
    assert (
        await ask("sendChatAction", chat_id=aino.id, action="dance") == "Bad Request: wrong parameter action in request"
    )


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": ""}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "ä" * 32 + "x"}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"callback_data": "x"}, "Bad Request: can't parse inline keyboard button: Can't find field \"text\""),
        (
            {"text": "x"},
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "url": "nowhere"},
            "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        ({"text": " ", "callback_data": "x"}, "Bad Request: sandbox: a button has no text"),
        ({"text": "x", "pay": True}, "Bad Request: sandbox: buttons are not built for ['pay']"),
    ],
)
async def test_a_button_beyond_the_limits_is_refused(
    aino: Phone, ask: Ask, button: dict[str, object], words: str
) -> None:
    assert await ask("sendMessage", chat_id=aino.id, text="x", reply_markup={"inline_keyboard": [[button]]}) == words


async def test_callback_data_of_64_bytes_is_taken(aino: Phone, ask: Ask) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "ä" * 32}]]}
    assert (await ask("sendMessage", chat_id=aino.id, text="x", reply_markup=markup))["reply_markup"] == markup


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        (1, 9, "Bad Request: sandbox: 9 buttons in a row can't be hit on a phone; 8 at most"),
        (101, 1, "Bad Request: reply markup is too long"),
    ],
)
async def test_a_keyboard_has_its_limits(aino: Phone, ask: Ask, rows: int, columns: int, words: str) -> None:
    markup = {"inline_keyboard": [[BUTTON] * columns] * rows}
    assert await ask("sendMessage", chat_id=aino.id, text="x", reply_markup=markup) == words


async def test_a_keyboard_of_100_buttons_and_8_in_a_row_is_taken(aino: Phone, ask: Ask) -> None:
    await ask(
        "sendMessage", chat_id=aino.id, text="x", reply_markup={"inline_keyboard": [[BUTTON] * 8] * 12 + [[BUTTON] * 4]}
    )
    assert sum(len(row) for row in aino.screen.labels) == 100


async def test_what_is_not_built_fails_loudly_and_is_remembered(aino: Phone, ask: Ask, world: World) -> None:
    await ask("sendMessage", chat_id=aino.id, text="x", message_thread_id=3)
    await ask("sendMessage", chat_id=aino.id, text="x", parse_mode="MarkdownV2")
    await ask("sendMessage", chat_id=aino.id, text="x", reply_markup={"remove_keyboard": True})
    await ask("sendDice", chat_id=aino.id)
    assert world.complaints == [
        "Bad Request: sandbox: sendMessage is not built for the parameter 'message_thread_id'",
        "Bad Request: sandbox: only HTML is built, not the parse mode 'MarkdownV2'",
        "Bad Request: sandbox: only inline keyboards are built, not ['remove_keyboard']",
        "Not Found: sandbox: there is no method sendDice",
    ]


async def test_what_telegram_itself_refuses_is_no_complaint(aino: Phone, ask: Ask, world: World) -> None:
    await ask("sendMessage", chat_id=aino.id, text="")
    assert world.complaints == []


async def test_calls_are_counted_without_what_they_carried(aino: Phone, ask: Ask, world: World) -> None:
    await ask("sendMessage", chat_id=aino.id, text="secret")
    await ask("sendMessage", chat_id=str(aino.id), text="")
    await ask("getMe")
    assert list(world.calls) == [
        Call("sendMessage", aino.id),
        Call("sendMessage", aino.id, "Bad Request: message text is empty"),
        Call("getMe", None),
    ]


async def test_a_chat_keeps_its_last_200_messages(aino: Phone, ask: Ask) -> None:
    for number in range(205):
        await ask("sendMessage", chat_id=aino.id, text=str(number))
    assert [len(aino.sees), aino.sees[0].text, aino.sees[-1].text] == [200, "5", "204"]
