"""The page with the real World behind it.

What a bot sends by the Bot API is on the phone, and what is tapped there reaches the bot.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect

from bot.sandbox.server import create_server
from bot.sandbox.serving import serving
from bot.sandbox.world import World
from tests.browser import specimen
from tests.browser.conftest import OpenPage
from tests.browser.screens import Screen
from tests.sandbox.desk import EmptyDesk

TOKEN = "7000000001:sandbox"


class Caller:
    """A bot's side: calls of the Bot API over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def call(self, method: str, **facts: Any) -> Any:
        answer = await self._client.post(f"/bot{TOKEN}/{method}", json=facts)
        return answer.json()["result"]

    async def send_photo(self, chat: int, png: bytes, **facts: Any) -> None:
        form = {"chat_id": str(chat), **{name: str(value) for name, value in facts.items()}}
        answer = await self._client.post(f"/bot{TOKEN}/sendPhoto", data=form, files={"photo": ("trend.png", png)})
        assert answer.json()["ok"], answer.text


@pytest.fixture
def world() -> World:
    world = World()
    world.phone("nora", title="Nora", about="worker")
    world.phone("aino", title="Aino", about="young person, 15")
    return world


@pytest.fixture
async def address(world: World) -> AsyncIterator[str]:
    async with serving(create_server(world, token=TOKEN, desk=EmptyDesk(world)), world) as address:
        yield address


@pytest.fixture
async def caller(address: str) -> AsyncIterator[Caller]:
    async with httpx.AsyncClient(base_url=address) as client:
        yield Caller(client)


@pytest.fixture
async def page(open_page: OpenPage, address: str) -> Page:
    return await open_page(address)


async def asked(caller: Caller, world: World, page: Page) -> dict[str, Any]:
    """Let Aino start and the bot ask her; gives the message it sent."""
    await Screen(page, "aino").start()
    await Screen(page, "aino").shows_last("/start")
    keys = [[{"text": text, "callback_data": text} for text in row] for row in specimen.NUMBERS]
    return dict(
        await caller.call(
            "sendMessage", chat_id=world.phone("aino").id, text="Koulu", reply_markup={"inline_keyboard": keys}
        )
    )


async def test_a_tap_on_the_page_reaches_the_bot_and_its_edit_the_page(
    page: Page, caller: Caller, world: World
) -> None:
    message = await asked(caller, world, page)
    aino = Screen(page, "aino")
    await aino.tap("7")
    await expect(aino.key("7")).to_have_attribute("aria-busy", "true")
    updates = await caller.call("getUpdates", timeout=5)
    assert updates[-1]["callback_query"]["data"] == "7"
    chat, number = message["chat"]["id"], message["message_id"]
    await caller.call("editMessageText", chat_id=chat, message_id=number, text="<b>Kiitos</b>", parse_mode="HTML")
    await expect(aino.last_message.locator("strong")).to_have_text("Kiitos")
    await expect(aino.last_message.locator(".edited")).to_have_text("muokattu")
    await expect(aino.last_message.locator(".key")).to_have_count(0)


async def test_an_answer_to_a_tap_is_a_toast(page: Page, caller: Caller, world: World) -> None:
    await asked(caller, world, page)
    aino = Screen(page, "aino")
    await aino.tap("10")
    query = (await caller.call("getUpdates", timeout=5))[-1]["callback_query"]["id"]
    await caller.call("answerCallbackQuery", callback_query_id=query, text="Tallessa")
    await expect(aino.toast).to_have_text("Tallessa")
    await expect(aino.key("10")).not_to_have_attribute("aria-busy", "true")


async def test_a_hidden_picture_comes_with_a_notification_that_hides_it(
    page: Page, caller: Caller, world: World
) -> None:
    nora = Screen(page, "nora")
    await nora.start()
    await asked(caller, world, page)
    await caller.send_photo(
        world.phone("nora").id,
        specimen.picture(),
        caption="Aino <tg-spoiler>28,4</tg-spoiler>",
        parse_mode="HTML",
        has_spoiler=json.dumps(True),
    )
    await expect(nora.picture).to_have_class("picture veiled")
    await expect(nora.card).not_to_contain_text("28,4")
    await nora.card.click()
    await nora.picture.click()
    await expect(nora.last_message.locator(".picture.veiled")).to_have_count(0)
    assert await nora.picture.locator("img").evaluate("image => [image.naturalWidth, image.naturalHeight]") == [
        800,
        560,
    ]


async def test_otto_comes_and_goes_with_a_new_start(page: Page) -> None:
    await page.get_by_role("button", name="Add Otto").click()
    await expect(page.locator("#phone-otto")).to_be_visible()
    await page.get_by_role("button", name="Start over").click()
    await page.get_by_role("dialog").get_by_role("button", name="Start over").click()
    await expect(page.locator("#phone-otto")).to_have_count(0)
