"""What people do on their phones, and what the bot hears of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.phones import NotPossibleError, Phone, Toast
from bot.sandbox.world import World
from tests.sandbox.conftest import MONDAY, Ask

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": f"data:{label}"} for label in labels]]}


async def asked(ask: Ask, phone: Phone, text: str, *labels: str) -> dict[str, Any]:
    sent: dict[str, Any] = await ask("sendMessage", chat_id=phone.id, text=text, reply_markup=keyboard(*labels))
    return sent


async def heard(ask: Ask) -> dict[str, Any]:
    """Take the one update that waits."""
    (update,) = await ask("getUpdates")
    await ask("getUpdates", offset=update["update_id"] + 1)
    return dict(update)


def test_a_name_always_has_the_same_id(world: World) -> None:
    assert world.phone("nora").id == World().phone("nora").id != world.phone("bo").id


async def test_a_command_is_marked_as_one(aino: Phone, ask: Ask) -> None:
    aino.says("🌳 /help@kuulolla_bot now")
    message = (await heard(ask))["message"]
    assert message["entities"] == [{"type": "bot_command", "offset": 3, "length": 18}]


async def test_a_link_shows_start_and_tells_the_bot_the_token(aino: Phone, ask: Ask) -> None:
    shown = aino.opens("https://t.me/kuulolla_bot?start=Ab_9-z")
    assert (shown.text, (await heard(ask))["message"]["text"]) == ("/start", "/start Ab_9-z")


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/another_bot?start=x",
        "https://example.org/kuulolla_bot?start=x",
        "https://t.me/kuulolla_bot?start=a.b",
        f"https://t.me/kuulolla_bot?start={'x' * 65}",
    ],
)
def test_a_link_that_telegram_would_not_open_is_not_opened(aino: Phone, link: str) -> None:
    with pytest.raises(NotPossibleError):
        aino.opens(link)


@pytest.mark.parametrize("link", ["https://t.me/kuulolla_bot?start=abc", "tg://resolve?domain=kuulolla_bot&start=abc"])
async def test_a_button_with_a_link_to_the_bot_opens_it(aino: Phone, ask: Ask, link: str) -> None:
    markup = {"inline_keyboard": [[{"text": "Join", "url": link}]]}
    await ask("sendMessage", chat_id=aino.id, text="x", reply_markup=markup)
    aino.taps("Join")
    assert (await heard(ask))["message"]["text"] == "/start abc"


async def test_a_button_with_another_link_tells_the_bot_nothing(aino: Phone, ask: Ask) -> None:
    markup = {"inline_keyboard": [[{"text": "Map", "url": "https://example.org/"}]]}
    await ask("sendMessage", chat_id=aino.id, text="x", reply_markup=markup)
    aino.taps("Map")
    assert await ask("getUpdates") == []


async def test_a_tap_carries_its_data_and_the_message_as_it_is(aino: Phone, ask: Ask) -> None:
    sent = await asked(ask, aino, "Ready?", "Yes", "No")
    aino.taps("No")
    tap = (await heard(ask))["callback_query"]
    assert tap == {
        "id": "4100000001",
        "from": aino.json(),
        "message": sent,
        "chat_instance": str(aino.id),
        "data": "data:No",
    }


async def test_the_newest_message_with_the_button_is_tapped(aino: Phone, ask: Ask) -> None:
    await asked(ask, aino, "one", "Yes")
    newest = await asked(ask, aino, "two", "Yes")
    await asked(ask, aino, "three", "Yes please")
    aino.taps("Yes")
    assert (await heard(ask))["callback_query"]["message"]["message_id"] == newest["message_id"]


async def test_an_older_message_can_be_tapped_as_it_was_seen(aino: Phone, ask: Ask) -> None:
    sent = await asked(ask, aino, "one", "Yes")
    seen = aino.screen
    await ask("editMessageText", chat_id=aino.id, message_id=sent["message_id"], text="two")
    aino.taps("Yes", message=seen)
    tap = (await heard(ask))["callback_query"]
    assert (tap["data"], tap["message"]["text"]) == ("data:Yes", "two")


async def test_a_button_is_tapped_by_its_place(aino: Phone, ask: Ask) -> None:
    sent = await asked(ask, aino, "one", "a", "b")
    aino.tap_at(sent["message_id"], 0, 1)
    assert (await heard(ask))["callback_query"]["data"] == "data:b"


@pytest.mark.parametrize(("row", "column"), [(0, 2), (1, 0), (-1, 0), (0, -1)])
async def test_a_place_without_a_button_cannot_be_tapped(aino: Phone, ask: Ask, row: int, column: int) -> None:
    sent = await asked(ask, aino, "one", "a", "b")
    with pytest.raises(NotPossibleError):
        aino.tap_at(sent["message_id"], row, column)


async def test_a_button_that_is_not_there_cannot_be_tapped(aino: Phone, ask: Ask) -> None:
    await asked(ask, aino, "one", "a", "b")
    with pytest.raises(NotPossibleError, match=r"no button 'c', only .*'a', 'b'"):
        aino.taps("c")


async def test_a_second_tap_is_a_tap_of_its_own(aino: Phone, ask: Ask) -> None:
    await asked(ask, aino, "one", "a")
    aino.taps("a")
    aino.taps_again()
    first, second = await ask("getUpdates")
    assert first["callback_query"]["id"] != second["callback_query"]["id"]
    assert first["callback_query"]["data"] == second["callback_query"]["data"]


async def test_a_modified_client_can_press_what_was_never_there(aino: Phone, ask: Ask) -> None:
    sent = await asked(ask, aino, "one", "a")
    aino.forges("data:z", sent["message_id"])
    assert (await heard(ask))["callback_query"]["data"] == "data:z"


async def test_a_tap_on_a_deleted_message_comes_without_it(aino: Phone, ask: Ask) -> None:
    sent = await asked(ask, aino, "one", "a")
    seen = aino.screen
    aino.deletes(seen)
    aino.taps("a", message=seen)
    message = (await heard(ask))["callback_query"]["message"]
    assert message == {"message_id": sent["message_id"], "chat": aino.chat.json(), "date": 0}


@pytest.mark.parametrize(("seconds", "date"), [(0, int(MONDAY.timestamp())), (1, 0)])
async def test_a_tap_on_a_message_over_48_hours_old_comes_without_it(
    aino: Phone, ask: Ask, clock: Clock, seconds: int, date: int
) -> None:
    await asked(ask, aino, "one", "a")
    clock.move(timedelta(hours=48, seconds=seconds))
    aino.taps("a")
    assert (await heard(ask))["callback_query"]["message"]["date"] == date


async def test_the_answer_to_a_tap_is_a_toast_or_an_alert(aino: Phone, ask: Ask) -> None:
    for alert in False, True:
        aino.forges("x", 1)
        query = (await heard(ask))["callback_query"]["id"]
        await ask("answerCallbackQuery", callback_query_id=query, text="Saved", show_alert=alert)
    assert aino.toasts == (Toast("Saved", False, MONDAY), Toast("Saved", True, MONDAY))


async def test_a_tap_can_be_answered_without_words_but_only_once(aino: Phone, ask: Ask, world: World) -> None:
    aino.forges("x", 1)
    query = (await heard(ask))["callback_query"]["id"]
    assert [tap.id for tap in world.unanswered] == [query]
    answers = [await ask("answerCallbackQuery", callback_query_id=query) for _ in range(2)]
    assert (answers, aino.toasts, world.unanswered) == ([True, TOO_OLD], (), ())


@pytest.mark.parametrize(("seconds", "answer"), [(150, True), (151, TOO_OLD)])
async def test_a_tap_can_be_answered_for_150_seconds(
    aino: Phone, ask: Ask, clock: Clock, seconds: int, answer: bool | str
) -> None:
    aino.forges("x", 1)
    query = (await heard(ask))["callback_query"]["id"]
    clock.move(timedelta(seconds=seconds))
    assert await ask("answerCallbackQuery", callback_query_id=query) == answer


async def test_a_tap_that_never_was_cannot_be_answered(ask: Ask) -> None:
    assert await ask("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_a_toast_has_at_most_200_characters(aino: Phone, ask: Ask) -> None:
    aino.forges("x", 1)
    query = (await heard(ask))["callback_query"]["id"]
    refused = await ask("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    taken = await ask("answerCallbackQuery", callback_query_id=query, text="x" * 200)
    assert (refused, taken) == ("Bad Request: MESSAGE_TOO_LONG", True)


async def test_a_photo_is_an_update_with_sizes(aino: Phone, ask: Ask) -> None:
    aino.sends_photo("look")
    message = (await heard(ask))["message"]
    assert (message["photo"][-1]["width"], message["caption"]) == (320, "look")


@pytest.mark.parametrize("kind", ["sticker", "voice", "contact"])
async def test_other_things_are_updates_of_their_kind(aino: Phone, ask: Ask, kind: str) -> None:
    getattr(aino, f"sends_{kind}")()
    assert kind in (await heard(ask))["message"]


async def test_blocking_and_letting_in_again_is_told_to_the_bot(aino: Phone, ask: Ask) -> None:
    aino.blocks()
    aino.blocks()
    aino.unblocks()
    changes = [update["my_chat_member"] for update in await ask("getUpdates")]
    statuses = [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_who_blocked_the_bot_cannot_write_or_tap(aino: Phone) -> None:
    aino.blocks()
    with pytest.raises(NotPossibleError):
        aino.says("Hei")
    with pytest.raises(NotPossibleError):
        aino.forges("x", 1)


async def test_a_message_in_a_group_is_of_the_group(aino: Phone, ask: Ask, world: World) -> None:
    group = world.group("Family", by=aino)
    joined = (await heard(ask))["my_chat_member"]
    aino.says("Hei", group=group)
    message = (await heard(ask))["message"]
    await ask("sendMessage", chat_id=group.chat.id, text="Only in private")
    assert joined["chat"] == message["chat"] == {"id": group.chat.id, "type": "group", "title": "Family"}
    assert group.chat.id < 0
    assert [bubble.text for bubble in group.sees] == ["Hei", "Only in private"]
    assert [bubble.text for bubble in aino.sees] == ["/start"]


async def test_the_language_of_the_phone_is_in_what_it_sends(aino: Phone, ask: Ask) -> None:
    aino.language = "sv"
    aino.says("Hej")
    assert (await heard(ask))["message"]["from"]["language_code"] == "sv"


def test_a_phone_without_messages_has_no_screen(world: World) -> None:
    with pytest.raises(NotPossibleError):
        _ = world.phone("bo").screen


async def test_after_a_new_beginning_phones_are_as_new(aino: Phone, ask: Ask, world: World) -> None:
    await asked(ask, aino, "one", "a")
    aino.taps("a")
    aino.blocks()
    world.empty()
    assert (aino.sees, aino.toasts, aino.lock, aino.blocked, aino.language) == ((), (), None, False, "fi")
    assert (world.phones, world.unanswered, await ask("getUpdates")) == ((aino,), (), [])


def test_a_phone_can_be_forgotten(aino: Phone, world: World) -> None:
    world.forget("aino")
    assert (world.phones, world.chat(aino.id)) == ((), None)
