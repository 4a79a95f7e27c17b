"""How the program is, for those who ask from outside; no part and no figure names anybody."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot import health, metrics
from bot.config import Settings
from bot.health import Condition
from bot.listening import listening
from storage import Database
from tests.ports import free_port
from tests.stage import Play, on_stage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@asynccontextmanager
async def asked(condition: Condition, database: Database) -> AsyncIterator["Asked"]:
    app = health.application(condition, database, now=lambda: NOW)
    async with listening(app, "127.0.0.1", 0, last_words=1) as listener, aiohttp.ClientSession() as session:
        yield Asked(listener.address, session)


class Asked:
    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self._address = address
        self._session = session

    async def page(self, path: str) -> tuple[int, str]:
        async with self._session.get(self._address + path) as answer:
            return answer.status, await answer.text()

    async def ready(self) -> tuple[int, dict[str, Any]]:
        async with self._session.get(f"{self._address}/readyz") as answer:
            parts: dict[str, Any] = await answer.json()
            return answer.status, parts


# Ready


async def test_it_is_ready_while_every_part_is_ok(database: Database) -> None:
    condition = Condition()
    async with asked(condition, database) as web:
        starting = await web.ready()
        with condition.serving():
            serving = await web.ready()
        stopping = await web.ready()
    assert starting == (
        503,
        {"ready": False, "serving": "starting", "telegram": "not reached yet", "database": "ok"},
    )
    assert serving == (200, {"ready": True, "serving": "ok", "telegram": "ok", "database": "ok"})
    assert stopping == (503, {"ready": False, "serving": "stopping", "telegram": "ok", "database": "ok"})


@pytest.mark.parametrize(
    ("heard_at", "said"),
    [
        (None, "not reached yet"),
        (NOW, "ok"),
        (NOW - health.SILENCE, "ok"),
        (NOW - health.SILENCE - timedelta(seconds=1), "silent"),
    ],
)
async def test_who_polls_is_ready_while_telegram_answers(heard_at: datetime | None, said: str) -> None:
    condition = Condition(heard_at=lambda: heard_at)
    with condition.serving():
        assert condition.all(NOW) == {"serving": "ok", "telegram": said}


async def test_the_polling_bot_says_when_it_heard_telegram(play: Play) -> None:
    polling = asyncio.create_task(play.bot.serve())
    play.aino.says("/start")
    async with asyncio.timeout(5):
        while play.bot.polling.heard_at is None:
            await asyncio.sleep(0.01)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    assert play.bot.polling.heard_at == play.bot.house.now()


async def test_a_part_of_its_own_must_be_ok_too(sqlite: Database) -> None:
    condition = Condition()
    condition.parts["webhook"] = "elsewhere"
    async with asked(condition, sqlite) as web:
        with condition.serving():
            status, parts = await web.ready()
    assert (status, parts["webhook"]) == (503, "elsewhere")


async def test_a_database_that_takes_nothing_is_said(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "TRIED_SECONDS", 0.0)
    condition = Condition()
    async with asked(condition, database) as web:
        with condition.serving():
            async with database.transaction() as db:
                await db.change(text("ALTER TABLE service RENAME TO elsewhere"))
            broken = await web.ready()
            async with database.transaction() as db:
                await db.change(text("ALTER TABLE elsewhere RENAME TO service"))
            mended = await web.ready()
    assert (broken[0], broken[1]["database"][:13]) == (503, "takes nothing")
    assert (mended[0], mended[1]["database"]) == (200, "ok")


async def test_a_database_that_hangs_is_slow_and_keeps_nobody_waiting(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "DATABASE_SECONDS", 0.2)
    condition = Condition()
    async with asked(condition, sqlite) as web:
        with condition.serving():
            async with sqlite.transaction():
                parts = (await web.ready())[1]
                live, figures = await web.page("/livez"), await web.page("/metrics")
            async with asyncio.timeout(5):
                while (await web.ready())[0] != 200:
                    await asyncio.sleep(0.05)
    assert (parts["database"], live) == ("slow", (200, "ok\n"))
    assert "kuulolla_database_up 0.0\n" in figures[1]


async def test_nobody_else_is_told_anything(sqlite: Database) -> None:
    async with asked(Condition(), sqlite) as web:
        assert [(await web.page(path))[0] for path in ("/", "/state", "/telegram", "/readyz/x")] == [404] * 4


# Figures


def figure(page: str, name: str) -> float:
    """0 for what has never been counted."""
    found = re.findall(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
    return float(found[0]) if found else 0.0


def grown(before: str, name: str) -> float:
    return figure(metrics.page().decode(), name) - figure(before, name)


async def test_what_comes_in_and_what_becomes_of_it_is_counted(play: Play) -> None:
    before = metrics.page().decode()
    play.aino.says("/start")
    await play.settle()
    play.bo.says("/start")
    update = play.world.updates.waiting[-1].json()
    await play.settle()
    await play.bot.intake.taken(update)
    await play.bot.intake.quiet()
    expected = {
        'kuulolla_updates_taken_total{kind="message"}': 3.0,
        'kuulolla_updates_total{end="done"}': 2.0,
        'kuulolla_updates_total{end="repeated"}': 1.0,
        "kuulolla_update_seconds_count": 3.0,
        'kuulolla_events_total{event="update_parked"}': 0.0,
    }
    assert {name: grown(before, name) for name in expected} == expected


async def test_the_end_of_an_alert_is_counted(play: Play) -> None:
    names = ('kuulolla_alerts_total{end="sent"}', 'kuulolla_letters_total{kind="alert",outcome="sent"}')
    before = metrics.page().decode()
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 0, 0, 0, 0)
    assert [grown(before, name) for name in names] == [1.0, 1.0]


async def test_figures_hold_no_id_of_anybody(sqlite: Database) -> None:
    """After a whole story: each label has a word of a short closed list, or a number of a few digits."""
    async with on_stage(sqlite) as play:
        family = await play.family()
        await play.starts_meeting(play.nora, family)
        await play.rates(play.aino, 7, 6, 8, 9)
        async with asked(Condition(), sqlite) as web:
            status, page = await web.page("/metrics")
        ids = {family.case, *family.raters.values(), str(play.aino.id), str(play.nora.id)}
    labels = set(re.findall(r'(\w+)="([^"]*)"', page))
    assert (status, [each for each in ids if each in page]) == (200, [])
    assert {name for name, _ in labels} <= {
        *("event", "kind", "end", "outcome", "method", "status", "priority", "le", "how", "version", "python")
    }
    assert [value for _, value in labels if not re.fullmatch(r"[A-Za-z_]{1,30}|\d{1,3}|[\d.+Inf]{1,8}", value)] == []


# The listener


def settings(port: int) -> Settings:
    return replace(Settings.from_env({}), health_port=port)


async def live(port: int) -> int:
    async with aiohttp.request("GET", f"http://127.0.0.1:{port}/livez") as answer:
        return answer.status


async def test_it_is_told_where_the_settings_say_while_the_program_runs(sqlite: Database) -> None:
    port = free_port()
    async with health.told(settings(port), sqlite, now=lambda: NOW):
        during = await live(port)
    with pytest.raises(aiohttp.ClientConnectorError):
        await live(port)
    assert during == 200


async def test_a_port_that_is_taken_is_said_once_and_stops_nothing(
    sqlite: Database, logged: list[MutableMapping[str, Any]]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        async with health.told(settings(other.getsockname()[1]), sqlite, now=lambda: NOW) as condition:
            served = condition.parts
    assert (served, [line["event"] for line in logged]) == ({"serving": "starting"}, ["health_untold"])


async def test_switched_off_it_listens_nowhere(sqlite: Database, logged: list[MutableMapping[str, Any]]) -> None:
    async with health.told(settings(0), sqlite, now=lambda: NOW):
        assert logged == []
