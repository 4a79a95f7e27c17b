"""Live updates, over a real socket."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox.feed import BACKLOG, EverythingChanged, PhoneChanged, ToastShown, Watch
from bot.sandbox.phones import Phone
from bot.sandbox.server import create_server
from bot.sandbox.serving import serving
from bot.sandbox.world import World
from tests.sandbox.conftest import Ask
from tests.sandbox.desk import EmptyDesk

TOKEN = "7000000001:sandbox"


class Page:
    """A page that listens."""

    def __init__(self, lines: aiohttp.StreamReader) -> None:
        self._lines = lines

    async def hears(self) -> tuple[str, Any]:
        """Take the next event; a heartbeat is ("", None)."""
        block = (await asyncio.wait_for(self._lines.readuntil(b"\n\n"), 5)).decode()
        if block.startswith(":"):
            return "", None
        name, content = block.strip().split("\n")
        return name.removeprefix("event: "), json.loads(content.removeprefix("data: "))


@asynccontextmanager
async def listening(world: World, *, heartbeat: float = 15) -> AsyncIterator[Page]:
    app = create_server(world, token=TOKEN, desk=EmptyDesk(world), heartbeat=heartbeat)
    async with (
        serving(app, world) as address,
        aiohttp.ClientSession() as client,
        client.get(f"{address}/events") as answer,
    ):
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield Page(answer.content)


async def test_the_whole_state_comes_first(aino: Phone, world: World) -> None:
    async with listening(world) as page:
        name, state = await page.hears()
    assert (name, [phone["name"] for phone in state["phones"]]) == ("state", ["aino"])


async def test_each_change_is_told(aino: Phone, world: World, ask: Ask) -> None:
    async with listening(world) as page:
        await page.hears()
        await ask("sendMessage", chat_id=aino.id, text="Hei")
        name, phone = await page.hears()
        assert (name, phone["messages"][-1]["html"], phone["lock"]["text"]) == ("phone", "Hei", "Hei")

        aino.forges("x", 1)
        assert (await page.hears())[0] == "phone"
        (query,) = world.unanswered
        await ask("answerCallbackQuery", callback_query_id=query.id, text="Saved", show_alert=True)
        assert await page.hears() == ("toast", {"phone": "aino", "text": "Saved", "alert": True})

        world.move_clock(timedelta(hours=1))
        assert await page.hears() == ("clock", {"now": "2026-03-02T12:00:00.000+02:00"})

        world.phone("bo")
        name, state = await page.hears()
        assert (name, [phone["name"] for phone in state["phones"]]) == ("state", ["aino", "bo"])

        world.empty()
        name, state = await page.hears()
        assert (name, [phone["messages"] for phone in state["phones"]]) == ("state", [[], []])


async def test_a_heartbeat_comes_when_nothing_happens(world: World) -> None:
    async with listening(world, heartbeat=0.05) as page:
        await page.hears()
        assert await page.hears() == ("", None)


async def test_the_server_stops_soon_although_a_page_and_a_bot_wait(world: World) -> None:
    app = create_server(world, token=TOKEN, desk=EmptyDesk(world))
    async with aiohttp.ClientSession() as client:
        async with serving(app, world) as address:
            events = await client.get(f"{address}/events")
            poll = asyncio.create_task(client.get(f"{address}/bot{TOKEN}/getUpdates?timeout=50"))
            await asyncio.sleep(0.2)
            began = time.perf_counter()
        assert time.perf_counter() - began < 2
        assert (await (await poll).json())["result"] == []
        assert (await events.content.read()).startswith(b"event: state")


async def test_a_taken_port_is_an_error(world: World) -> None:
    app = create_server(world, token=TOKEN, desk=EmptyDesk(world))
    async with serving(app, world) as address:
        with pytest.raises(OSError, match="in use"):
            async with serving(app, world, port=int(address.rpartition(":")[2])):
                pass


async def test_changes_of_one_phone_are_one_and_toasts_are_not() -> None:
    watch = Watch()
    toast = ToastShown("aino", "Saved", alert=False)
    for happening in PhoneChanged("aino"), toast, PhoneChanged("aino"), toast:
        watch.tell(happening)
    assert await watch.next() == (PhoneChanged("aino"), toast, toast)


async def test_a_change_of_everything_stands_for_all_others() -> None:
    watch = Watch()
    for happening in PhoneChanged("aino"), EverythingChanged():
        watch.tell(happening)
    assert await watch.next() == (EverythingChanged(),)


async def test_a_page_that_is_slow_keeps_a_bounded_list() -> None:
    watch = Watch()
    watch.tell(PhoneChanged("aino"))
    for number in range(2 * BACKLOG):
        watch.tell(ToastShown("aino", str(number), alert=False))
    told = await watch.next()
    assert (len(told), told[0], told[-1]) == (
        BACKLOG,
        PhoneChanged("aino"),
        ToastShown("aino", str(2 * BACKLOG - 1), alert=False),
    )


async def test_after_a_page_is_gone_nothing_is_kept_for_it(world: World) -> None:
    with world.feed.watch() as watch:
        pass
    world.phone("bo")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(watch.next(), 0.01)
