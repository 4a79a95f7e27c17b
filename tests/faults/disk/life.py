"""The bot that polls a World and carries letters by itself, and what its log says meanwhile."""

import asyncio
import contextlib
import io
import json
import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import structlog

from bot import log
from bot.sandbox.phones import Phone
from bot.sandbox.request import WorldRequest
from tests.stage import Play

Written = io.StringIO
NEAREST_SECONDS = 0.03


class Distant(WorldRequest):
    """As far away as Telegram is: who asks again for what is in hand isn't answered at once each time."""

    async def do_request(self, *given: Any, **named: Any) -> tuple[int, bytes]:
        await asyncio.sleep(NEAREST_SECONDS)
        return await super().do_request(*given, **named)


@contextlib.asynccontextmanager
async def alive(play: Play) -> AsyncIterator[None]:
    """It lives on while the block runs; at the end what it has in hand is done."""
    polling = replace(play.bot.polling, request=Distant(play.world))
    tasks = [asyncio.create_task(polling.run()), asyncio.create_task(play.bot.courier.run())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await play.bot.intake.quiet()


async def until(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while not happened():
            await asyncio.sleep(0.01)


@pytest.fixture
def written() -> Iterator[Written]:
    """What the log writes; everything is as before afterwards."""
    root, stream, hook = logging.getLogger(), io.StringIO(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    log.begin(stream=stream)
    yield stream
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)


def lines(written: Written) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def times(written: Written, event: log.Event) -> int:
    """How often this was said."""
    return sum(line["event"] == event.value[0] for line in lines(written))


def events(written: Written) -> set[str]:
    return {line["event"] for line in lines(written)}


def names_nobody(play: Play, written: Written) -> bool:
    """Whether the log is without ids of Telegram, without the people's names and all they wrote or saw."""
    said = written.getvalue()
    people = [word for phone in play.world.phones for word in (str(phone.id), f'"{phone.title}"')]
    texts = [line for phone in play.world.phones for bubble in phone.sees for line in bubble.text.splitlines() if line]
    return not any(word in said for word in (*people, *texts))


def heard(phone: Phone) -> list[str]:
    """The first line of each message that the bot has in this chat."""
    return [bubble.text.splitlines()[0] for bubble in phone.sees if bubble.author is None]


def waiting(play: Play) -> list[int]:
    """Ids of the updates that Telegram still keeps for us."""
    return [each.id for each in play.world.updates.waiting]
