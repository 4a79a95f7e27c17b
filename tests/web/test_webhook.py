"""That Telegram posts to us: asked for until it is so, and looked after; who takes it from us is not fought."""

import asyncio
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from telegram import WebhookInfo

from bot import web
from bot.config import Settings
from bot.health import Condition
from bot.sandbox.world import Trouble
from tests.ports import free_port
from tests.stage import Play
from tests.web.door import SECRET

Logged = list[MutableMapping[str, Any]]


@asynccontextmanager
async def serving(play: Play, path: str = "") -> AsyncIterator[Condition]:
    port = free_port()
    settings = replace(
        Settings.from_env({}),
        webhook_url=f"http://127.0.0.1:{port}{path}",
        webhook_secret=SECRET,
        webhook_host="127.0.0.1",
        port=port,
    )
    condition = Condition()
    program = asyncio.create_task(web.serve(play.bot, settings, condition))
    try:
        yield condition
    finally:
        program.cancel()
        await asyncio.gather(program, return_exceptions=True)
        await play.bot.application.bot.delete_webhook()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(8):
        while not true():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("path", ["", "/", "/kuulolla", "/kuulolla/"])
async def test_telegram_is_told_where_to_post_and_what_to_show(play: Play, path: str) -> None:
    async with serving(play, path) as condition:
        await until(lambda: condition.parts.get("webhook") == "ok")
        assert play.world.deliveries is not None
        hook = play.world.deliveries.hook
        play.aino.says("/start")
        await until(lambda: any(bubble.author is None for bubble in play.aino.sees))
    assert hook.url.endswith(f"{path.rstrip('/')}/telegram")
    assert (hook.secret, hook.max_connections) == (SECRET, 100)
    assert play.world.updates.allowed == {"message", "callback_query", "my_chat_member"}


async def test_while_telegram_refuses_it_is_asked_again_and_nobody_is_ready(
    play: Play, logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "GREETING_SECONDS", (0.05,))
    for _ in range(3):
        play.world.interrupt("setWebhook", Trouble(400, "Bad Request: bad webhook: Failed to resolve host"))
    async with serving(play) as condition:
        await until(lambda: condition.parts.get("webhook") == "refused")
        await until(lambda: condition.parts.get("webhook") == "ok")
    told = [line for line in logged if line["event"].startswith("webhook")]
    assert [line["event"] for line in told] == ["webhook_refused", "webhook_set"]
    assert told[0]["outcome"] == "Bad webhook: failed to resolve host"


async def test_who_takes_the_webhook_away_is_noticed_and_not_fought(
    play: Play, logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "LOOK_SECONDS", 0.05)
    async with serving(play) as condition:
        await until(lambda: condition.parts.get("webhook") == "ok")
        await play.bot.application.bot.delete_webhook()
        await until(lambda: condition.parts["webhook"] == "elsewhere")
        await asyncio.sleep(0.3)
        assert (condition.parts["webhook"], play.world.deliveries) == ("elsewhere", None)
    events = [line["event"] for line in logged if line["event"].startswith("webhook")]
    assert events == ["webhook_set", "webhook_elsewhere"]


async def test_telegram_is_not_heard_while_it_has_something_that_it_could_not_post_lately(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, bot = play.world.clock.now(), play.bot.application.bot
    infos = [
        WebhookInfo("u", False, pending, last_error_date=failed)
        for pending, failed in ((0, now), (1, None), (1, now - timedelta(minutes=3)), (1, now - timedelta(minutes=2)))
    ]
    heard = []
    for info in infos:
        ear = web.Heard()
        monkeypatch.setattr(type(bot), "get_webhook_info", lambda _, info=info: asyncio.sleep(0, info))
        condition = Condition(parts={"webhook": "ok"})
        await web._Webhook(play.bot, condition, "u", SECRET, ear)._look()
        heard.append(ear.at)
    assert [at is not None for at in heard] == [True, True, True, False]
