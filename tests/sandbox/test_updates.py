"""getUpdates: what is confirmed, what is waited for, what gets too old."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.phones import Phone
from bot.sandbox.updates import FIRST_ID
from bot.sandbox.world import World
from tests.sandbox.conftest import Ask

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def test_a_message_is_an_update(aino: Phone, ask: Ask, world: World) -> None:
    said = aino.says("Hei")
    assert await ask("getUpdates") == [
        {
            "update_id": FIRST_ID + 1,
            "message": {
                "message_id": said.id,
                "from": {"id": aino.id, "is_bot": False, "first_name": "Aino", "language_code": "fi"},
                "chat": {"id": aino.id, "type": "private", "first_name": "Aino"},
                "date": int(said.at.timestamp()),
                "text": "Hei",
            },
        }
    ]


async def test_an_update_comes_again_until_it_is_confirmed(aino: Phone, ask: Ask) -> None:
    aino.says("one")
    aino.says("two")
    first, second = await ask("getUpdates")
    assert await ask("getUpdates", offset=first["update_id"]) == [first, second]
    assert await ask("getUpdates", offset=second["update_id"]) == [second]
    assert await ask("getUpdates", offset=second["update_id"] + 1) == []


async def test_no_more_than_the_limit_comes_at_once(aino: Phone, ask: Ask) -> None:
    for number in range(120):
        aino.says(str(number))
    assert [len(await ask("getUpdates", limit=limit)) for limit in (0, 3, 100, 500)] == [1, 3, 100, 100]


async def test_a_poll_waits_until_something_comes(aino: Phone, ask: Ask) -> None:
    poll = asyncio.create_task(ask("getUpdates", timeout=20))
    await asyncio.sleep(0.01)
    aino.says("Hei")
    (update,) = await asyncio.wait_for(poll, 1)
    assert update["message"]["text"] == "Hei"


async def test_a_poll_ends_with_nothing_after_its_time(ask: Ask) -> None:
    assert await asyncio.wait_for(ask("getUpdates", timeout=1), 3) == []


async def test_a_second_poll_ends_the_first_with_a_conflict(aino: Phone, ask: Ask) -> None:
    first = asyncio.create_task(ask("getUpdates", timeout=20))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(ask("getUpdates", timeout=20))
    assert await asyncio.wait_for(first, 1) == CONFLICT
    aino.says("Hei")
    assert len(await asyncio.wait_for(second, 1)) == 1


async def test_a_poll_that_was_cancelled_loses_nothing(aino: Phone, ask: Ask) -> None:
    poll = asyncio.create_task(ask("getUpdates", timeout=20))
    await asyncio.sleep(0.01)
    poll.cancel()
    aino.says("Hei")
    assert len(await ask("getUpdates")) == 1


async def test_a_closing_world_ends_the_poll(world: World, ask: Ask) -> None:
    poll = asyncio.create_task(ask("getUpdates", timeout=20))
    await asyncio.sleep(0.01)
    world.close()
    assert await asyncio.wait_for(poll, 1) == []


async def test_a_negative_offset_fails_loudly(ask: Ask, world: World) -> None:
    refused = await ask("getUpdates", offset=-1)
    assert (refused, world.complaints) == (
        "Bad Request: sandbox: a negative offset would forget updates",
        ["Bad Request: sandbox: a negative offset would forget updates"],
    )


@pytest.mark.parametrize(("hours", "left"), [(24, 1), (25, 0)])
async def test_a_message_waits_24_hours(aino: Phone, ask: Ask, clock: Clock, hours: int, left: int) -> None:
    aino.says("Hei")
    clock.move(timedelta(hours=hours))
    assert len(await ask("getUpdates")) == left


@pytest.mark.parametrize(("seconds", "left"), [(150, 1), (151, 0)])
async def test_a_tap_waits_150_seconds(aino: Phone, ask: Ask, clock: Clock, seconds: int, left: int) -> None:
    aino.forges("x", 1)
    clock.move(timedelta(seconds=seconds))
    assert len(await ask("getUpdates")) == left


async def test_only_the_kinds_that_were_asked_for_come(aino: Phone, ask: Ask) -> None:
    await ask("getUpdates", allowed_updates=["message"])
    aino.forges("x", 1)
    aino.says("Hei")
    assert [sorted(update) for update in await ask("getUpdates")] == [["message", "update_id"]]


async def test_what_waits_can_be_dropped(aino: Phone, ask: Ask) -> None:
    aino.says("Hei")
    waiting = (await ask("getWebhookInfo"))["pending_update_count"]
    await ask("deleteWebhook", drop_pending_updates=True)
    assert (waiting, await ask("getUpdates")) == (1, [])


async def test_ids_go_on_growing_after_a_new_beginning(aino: Phone, ask: Ask, world: World) -> None:
    aino.says("one")
    (before,) = await ask("getUpdates")
    world.empty()
    aino.says("two")
    (after,) = await ask("getUpdates", offset=before["update_id"] + 1)
    assert (after["update_id"], after["message"]["message_id"]) == (
        before["update_id"] + 1,
        before["message"]["message_id"] + 1,
    )


async def test_one_can_wait_until_everything_is_confirmed(aino: Phone, ask: Ask, world: World) -> None:
    aino.says("Hei")
    waiting = asyncio.create_task(world.all_confirmed())
    (update,) = await ask("getUpdates")
    assert not waiting.done()
    await ask("getUpdates", offset=update["update_id"] + 1)
    await asyncio.wait_for(waiting, 1)
