"""Delivery to a webhook: who gets what, in which order, how often, and how polling and it exclude each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.phones import Phone
from bot.sandbox.server import create_server
from bot.sandbox.serving import serving
from bot.sandbox.updates import FIRST_ID
from bot.sandbox.weather import Weather
from bot.sandbox.webhook import Patience
from bot.sandbox.world import World
from tests.sandbox.conftest import Ask
from tests.sandbox.connected import TOKEN, over_http
from tests.sandbox.desk import EmptyDesk

SECRET = "a-secret_of-the-tests"


@dataclass
class Receiver:
    """A bot's end of a webhook. `answer` gives the status of each request, or breaks the connection with None."""

    address: str = ""
    came: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    answer: Callable[[dict[str, Any]], Awaitable[int | None]] | None = None
    leads_to: str = ""

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.came.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            status = await self.answer(update) if self.answer else 200
        finally:
            self.at_once -= 1
        if status is None and request.transport is not None:
            request.transport.close()
        return web.Response(status=status or 200, headers={"Location": self.leads_to} if self.leads_to else {})

    @property
    def said(self) -> list[str]:
        """The texts of messages and the data of taps, as they came."""
        return [each["message"]["text"] if "message" in each else each["callback_query"]["data"] for each in self.came]


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        receiver.address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        yield receiver
    finally:
        await runner.cleanup()


@pytest.fixture
async def receiver(world: World) -> AsyncIterator[Receiver]:
    world.webhook_patience = Patience((0.01, 0.02))
    async with receiving() as receiver:
        yield receiver
        world.close()


async def arrived(world: World) -> None:
    await asyncio.wait_for(world.all_confirmed(), 5)


async def test_an_update_is_posted_as_json_with_the_secret(
    aino: Phone, ask: Ask, world: World, receiver: Receiver
) -> None:
    assert await ask("setWebhook", url=receiver.address, secret_token=SECRET) is True
    aino.says("Hei")
    await arrived(world)
    said = aino.sees[-1]
    assert receiver.came == [{"update_id": FIRST_ID + 1, "message": world.message_json(said)}]
    assert (receiver.secrets, world.updates.waiting, world.complaints) == ([SECRET], (), [])


async def test_what_waited_before_is_delivered_too(aino: Phone, ask: Ask, world: World, receiver: Receiver) -> None:
    aino.says("before")
    await ask("setWebhook", url=receiver.address)
    aino.says("after")
    await arrived(world)
    assert (receiver.said, receiver.secrets) == (["before", "after"], [None, None])


async def test_what_waited_before_can_be_dropped(aino: Phone, ask: Ask, world: World, receiver: Receiver) -> None:
    aino.says("before")
    await ask("setWebhook", url=receiver.address, drop_pending_updates=True, allowed_updates=["message"])
    aino.forges("tap", 1)
    aino.says("after")
    await arrived(world)
    assert receiver.said == ["after"]


@pytest.mark.parametrize("wrong", [500, 404, 302, None], ids=["500", "404", "302", "lost connection"])
async def test_an_update_that_was_not_taken_comes_again_and_the_next_of_its_chat_waits(
    aino: Phone, ask: Ask, world: World, receiver: Receiver, wrong: int | None
) -> None:
    async def answer(_update: dict[str, Any]) -> int | None:
        return wrong if len(receiver.came) <= 3 else 204

    receiver.answer = answer
    await ask("setWebhook", url=receiver.address)
    aino.says("one")
    aino.says("two")
    await arrived(world)
    assert receiver.said == ["one", "one", "one", "one", "two"]


async def test_nobody_waits_behind_anybody_else_nor_a_tap_behind_a_message(
    aino: Phone, ask: Ask, world: World, receiver: Receiver
) -> None:
    taken = asyncio.Event()

    async def answer(update: dict[str, Any]) -> int:
        if "one" in str(update):
            await taken.wait()
        return 200

    receiver.answer = answer
    await ask("setWebhook", url=receiver.address)
    aino.says("one")
    aino.says("two")
    aino.forges("tap", 1)
    world.phone("bo").says("three")
    while len(receiver.came) < 3:
        await asyncio.sleep(0.01)
    others = sorted(receiver.said)
    taken.set()
    await arrived(world)
    assert (others, receiver.said[-1]) == (["one", "tap", "three"], "two")


async def test_no_more_connections_than_asked_for_are_used_at_once(ask: Ask, world: World, receiver: Receiver) -> None:
    async def answer(_update: dict[str, Any]) -> int:
        await asyncio.sleep(0.02)
        return 200

    receiver.answer = answer
    await ask("setWebhook", url=receiver.address, max_connections=3)
    for number in range(12):
        world.phone(f"guest {number}").says("Hei")
    await arrived(world)
    assert (len(receiver.came), receiver.most_at_once) == (12, 3)


async def test_several_programs_behind_one_address_take_turns(aino: Phone, ask: Ask, world: World) -> None:
    async with AsyncExitStack() as stack:
        receivers = [await stack.enter_async_context(receiving()) for _ in range(3)]
        world.webhook_targets = [each.address for each in receivers]
        await ask("setWebhook", url="http://127.0.0.1:9/hook")
        for number in range(6):
            aino.says(str(number))
        await arrived(world)
        await ask("deleteWebhook")
        assert [each.said for each in receivers] == [["0", "3"], ["1", "4"], ["2", "5"]]


async def test_a_program_that_is_gone_leaves_its_turn_to_the_others(
    aino: Phone, ask: Ask, world: World, receiver: Receiver
) -> None:
    async with receiving() as gone:
        pass
    world.webhook_targets = [gone.address, receiver.address]
    await ask("setWebhook", url=receiver.address)
    for number in range(4):
        aino.says(str(number))
    await arrived(world)
    assert receiver.said == ["0", "1", "2", "3"]


async def test_an_update_that_is_too_old_is_not_delivered_any_more(
    aino: Phone, ask: Ask, world: World, receiver: Receiver
) -> None:
    async def answer(_update: dict[str, Any]) -> int:
        return 503

    receiver.answer = answer
    await ask("setWebhook", url=receiver.address)
    aino.forges("tap", 1)
    while not receiver.came:
        await asyncio.sleep(0.01)
    world.move_clock(timedelta(seconds=151))
    await arrived(world)
    before = len(receiver.came)
    await asyncio.sleep(0.1)
    assert len(receiver.came) == before


async def test_nobody_is_followed_to_another_address(aino: Phone, ask: Ask, world: World, receiver: Receiver) -> None:
    async def answer(_update: dict[str, Any]) -> int:
        return 307 if len(receiver.came) == 1 else 200

    async with receiving() as other:
        receiver.answer, receiver.leads_to = answer, other.address
        await ask("setWebhook", url=receiver.address)
        aino.says("Hei")
        await arrived(world)
    assert (receiver.said, other.said) == (["Hei", "Hei"], [])


async def test_a_duplicated_update_is_posted_again_after_it_was_taken(
    aino: Phone, ask: Ask, world: World, receiver: Receiver
) -> None:
    await ask("setWebhook", url=receiver.address)
    world.weather = Weather(duplicated=1)
    aino.says("one")
    await arrived(world)
    assert (receiver.said, receiver.came[0]) == (["one", "one"], receiver.came[1])


async def test_a_telegram_that_is_away_delivers_when_it_is_back(
    aino: Phone, ask: Ask, world: World, receiver: Receiver
) -> None:
    await ask("setWebhook", url=receiver.address)
    world.away()
    aino.says("Hei")
    await asyncio.sleep(0.1)
    before = receiver.said
    world.back()
    await arrived(world)
    assert (before, receiver.said) == ([], ["Hei"])


async def test_polling_goes_on_with_what_the_webhook_did_not_take(
    aino: Phone, ask: Ask, world: World, receiver: Receiver
) -> None:
    async def answer(_update: dict[str, Any]) -> int:
        return 200 if len(receiver.came) == 1 else 500

    receiver.answer = answer
    await ask("setWebhook", url=receiver.address)
    aino.says("one")
    aino.says("two")
    while len(receiver.came) < 2:
        await asyncio.sleep(0.01)
    assert await ask("deleteWebhook") is True
    assert [each["message"]["text"] for each in await ask("getUpdates")] == ["two"]
    came = len(receiver.came)
    await asyncio.sleep(0.1)
    assert len(receiver.came) == came


async def test_the_webhook_can_be_asked_for(aino: Phone, ask: Ask, world: World, receiver: Receiver) -> None:
    async def answer(_update: dict[str, Any]) -> int:
        return 500

    receiver.answer = answer
    none = await ask("getWebhookInfo")
    await ask("setWebhook", url=receiver.address, max_connections=2, allowed_updates=["message", "callback_query"])
    aino.says("Hei")
    while len(receiver.came) < 2:
        await asyncio.sleep(0.01)
    assert none == {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    assert await ask("getWebhookInfo") == {
        "url": receiver.address,
        "has_custom_certificate": False,
        "pending_update_count": 1,
        "max_connections": 2,
        "allowed_updates": ["callback_query", "message"],
        "last_error_date": int(world.clock.now().timestamp()),
        "last_error_message": "Wrong response from the webhook: 500 Internal Server Error",
    }


async def test_an_empty_address_takes_the_webhook_away(ask: Ask, world: World, receiver: Receiver) -> None:
    await ask("setWebhook", url=receiver.address)
    assert await ask("setWebhook", url="") is True
    assert ((await ask("getWebhookInfo"))["url"], await ask("getUpdates")) == ("", [])


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"url": "ftp://127.0.0.1/"}, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "http://[::1"}, "Bad Request: invalid webhook URL specified"),
        (
            {"url": "http://localhost/", "secret_token": "a b"},
            "Bad Request: secret token contains unallowed characters",
        ),
        (
            {"url": "http://localhost/", "secret_token": "a" * 257},
            "Bad Request: secret token contains unallowed characters",
        ),
        ({"url": "https://example.org/"}, "Bad Request: sandbox: a webhook on another machine"),
        ({"url": "http://localhost.example.org/"}, "Bad Request: sandbox: a webhook on another machine"),
    ],
)
async def test_a_webhook_that_can_not_be_is_refused(
    ask: Ask, world: World, values: dict[str, Any], refused: str
) -> None:
    assert (await ask("setWebhook", **values), (await ask("getWebhookInfo"))["url"]) == (refused, "")


async def test_a_call_in_the_answer_is_a_complaint(aino: Phone, ask: Ask, world: World) -> None:
    async def take(_request: web.Request) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 1, "text": "x"})

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await ask("setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/")
    aino.says("Hei")
    await arrived(world)
    await ask("deleteWebhook")
    await runner.cleanup()
    assert world.complaints == ["sandbox: a call in the answer of the webhook isn't built"]


async def test_the_library_sets_a_webhook_over_http_and_it_outlives_the_server(
    aino: Phone, world: World, receiver: Receiver
) -> None:
    app = create_server(world, token=TOKEN, desk=EmptyDesk(world))
    async with serving(app, world) as address, over_http(address) as bot:
        await bot.set_webhook(receiver.address, secret_token=SECRET, max_connections=5, allowed_updates=["message"])
        assert (await bot.get_webhook_info()).url == receiver.address
        aino.says("one")
        await arrived(world)
    aino.says("two")
    async with serving(app, world) as address:
        await arrived(world)
        assert (receiver.said, receiver.secrets, world.complaints) == (["one", "two"], [SECRET] * 2, [])
