"""`web`, `poll` and `courier` as programs of their own, against a World behind HTTP."""

import asyncio
import contextlib
import json
import signal
import socket
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.commands import ground, serving
from bot.config import Settings
from bot.sandbox.phones import Phone
from storage import Database, Vault, clock, schema
from tests import postgres
from tests.faults.poller import PATIENCE, Poller, polled, until
from tests.ports import free_port

SECRET = "only-Telegram-and-we-know-it_1"
STOP_SECONDS = 10.0


def served_by_web(port: int, **settings: str) -> dict[str, str]:
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_HOST": "127.0.0.1",
        "PORT": str(port),
        **settings,
    }


@asynccontextmanager
async def web(folder: Path, **settings: str) -> AsyncIterator[Poller]:
    """`web` runs, and the World posts to it."""
    async with polled(folder, **served_by_web(free_port(), **settings)) as poller:
        poller.process = await poller._run("web")
        await until(lambda: poller.world.deliveries is not None)
        yield poller


@asynccontextmanager
async def beside(poller: Poller, command: str) -> AsyncIterator[Process]:
    """A second program meanwhile; it is killed at the end if it still runs."""
    process = await poller._run(command)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def asked(port: int, path: str) -> tuple[int, Any]:
    """Status and answer; (0, None) while nobody listens."""
    try:
        async with aiohttp.request("GET", f"http://127.0.0.1:{port}{path}") as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if path == "/readyz" else text
    except aiohttp.ClientError:
        return 0, None


async def answered(port: int, path: str, status: int) -> Any:
    """Ask until the status is this one."""
    async with asyncio.timeout(PATIENCE):
        while (said := await asked(port, path))[0] != status:
            await asyncio.sleep(0.05)
    return said[1]


def greeted(phone: Phone) -> bool:
    return any(bubble.author is None and "Kuulolla" in bubble.text for bubble in phone.sees)


async def recorded(poller: Poller) -> list[int]:
    """The updates whose effect is in the database."""
    database = Database(poller.environment["DATABASE_URL"].replace("sqlite:", "sqlite+aiosqlite:"), Vault(""))
    try:
        async with database.transaction() as db:
            return sorted(row.id for row in await db.rows(select(schema.updates)))
    finally:
        await database.close()


# web


async def test_web_takes_updates_that_telegram_posts_and_carries_letters_on_sqlite(tmp_path: Path) -> None:
    async with web(tmp_path) as poller:
        nora, aino = poller.world.phone("nora", language="en"), poller.world.phone("aino", language="en")
        await poller.becomes_worker(nora, "KOIVU-27")
        aino.says("KOIVU-27")
        await until(lambda: any("Young person, 13–17" in row for bubble in aino.sees for row in bubble.labels))
        aino.taps("Young person, 13–17")
        await until(lambda: any("Yes, I'll join" in row for bubble in aino.sees for row in bubble.labels))
        aino.taps("Yes, I'll join")
        await until(lambda: "wants to" in nora.screen.text)
        assert poller.world.deliveries is not None
        assert poller.world.deliveries.hook.secret == SECRET
        assert poller.world.deliveries.hook.max_connections == 100
        assert await poller.end(signal.SIGTERM) == 0


async def test_web_told_to_stop_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    """Sixty people write at once. At the end of the program each update is in the database or still Telegram's; and
    after the next start everybody has been greeted."""
    async with web(tmp_path) as poller:
        people = [poller.world.phone(f"guest{number}", language="en") for number in range(60)]
        ids = []
        for person in people:
            person.says("/start")
            ids.append(poller.world.updates.waiting[-1].id)
        await until(lambda: any(greeted(person) for person in people))
        began = asyncio.get_running_loop().time()
        assert await poller.end(signal.SIGTERM) == 0
        took = asyncio.get_running_loop().time() - began
        done, waiting = set(await recorded(poller)), {each.id for each in poller.world.updates.waiting}
        assert done, "it was stopped before anything was taken"
        assert set(ids) <= done | waiting
        assert took < STOP_SECONDS
        poller.process = await poller._run("web")
        await until(lambda: all(greeted(person) for person in people))
        await asyncio.wait_for(poller.world.all_confirmed(), PATIENCE)
        assert await recorded(poller) == sorted(ids)


async def test_web_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    async with web(tmp_path) as poller:
        people = [poller.world.phone(f"guest{number}", language="en") for number in range(60)]
        for person in people:
            person.says("/start")
        ids = [each.id for each in poller.world.updates.waiting]
        await until(lambda: any(greeted(person) for person in people))
        await poller.kill()
        waiting = {each.id for each in poller.world.updates.waiting}
        assert set(ids) <= set(await recorded(poller)) | waiting
        poller.process = await poller._run("web")
        await asyncio.wait_for(poller.world.all_confirmed(), PATIENCE)
        assert await recorded(poller) == sorted(ids)


async def test_what_waited_while_nobody_served_is_posted_after_the_start(tmp_path: Path) -> None:
    async with polled(tmp_path, **served_by_web(free_port())) as poller:
        aino = poller.world.phone("aino", language="en")
        aino.says("/start")
        poller.process = await poller._run("web")
        await until(lambda: greeted(aino))


@pytest.mark.parametrize("name", ["WEBHOOK_URL", "WEBHOOK_SECRET", "SECRET_KEY", "BOT_TOKEN"])
async def test_what_web_can_not_do_without_is_named_in_one_line(tmp_path: Path, name: str) -> None:
    async with polled(tmp_path, **served_by_web(free_port())) as poller:
        poller.environment = {**poller.environment, name: ""}
        exit_code, printed, said = await poller.command("web")
        assert (exit_code, printed, said.count("\n")) == (1, "", 1)
        assert f"{name} is missing" in said


async def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        async with polled(tmp_path, **served_by_web(port)) as poller:
            exit_code, _, said = await poller.command("web")
            assert (exit_code, said.splitlines()[-1]) == (
                1,
                f"kuulolla: PORT ({port}) can't be listened on: Address already in use",
            )


async def test_poll_takes_over_from_web(tmp_path: Path) -> None:
    async with web(tmp_path) as poller:
        aino, bo = poller.world.phone("aino", language="en"), poller.world.phone("bo", language="en")
        aino.says("/start")
        await until(lambda: greeted(aino))
        await poller.end(signal.SIGTERM)
        await poller.start()
        bo.says("/start")
        await until(lambda: greeted(bo))
        assert poller.world.deliveries is None


# Health


async def test_web_tells_that_it_is_ready_and_that_it_stops(tmp_path: Path) -> None:
    """It stops while another program holds the database, so that an update is in hand until the end."""
    port = free_port()
    async with web(tmp_path, HEALTH_PORT=str(port)) as poller:
        ready = await answered(port, "/readyz", 200)
        live, figures = await asked(port, "/livez"), await asked(port, "/metrics")
        database = Database(poller.environment["DATABASE_URL"].replace("sqlite:", "sqlite+aiosqlite:"), Vault(""))
        async with database.transaction():
            poller.world.phone("aino", language="en").says("/start")
            await asyncio.sleep(0.5)
            assert poller.process is not None
            poller.process.send_signal(signal.SIGTERM)
            stopping = await answered(port, "/readyz", 503)
        await database.close()
        assert await asyncio.wait_for(poller.process.wait(), STOP_SECONDS) == 0
        poller.process = None
        assert ready == {"ready": True, "serving": "ok", "webhook": "ok", "telegram": "ok", "database": "ok"}
        assert (live, stopping["serving"]) == ((200, "ok\n"), "stopping")
        assert 'kuulolla_telegram_calls_total{method="setWebhook",outcome="ok"} 1.0' in figures[1]


async def test_poll_tells_its_health_on_loopback(tmp_path: Path) -> None:
    port = free_port()
    async with polled(tmp_path, HEALTH_PORT=str(port)) as poller:
        await poller.start()
        ready = await answered(port, "/readyz", 200)
        assert ready == {"ready": True, "serving": "ok", "telegram": "ok", "database": "ok"}
        assert await poller.end(signal.SIGTERM) == 0
        assert await asked(port, "/livez") == (0, None)


# On PostgreSQL


async def test_on_postgresql_the_courier_works_beside_web_and_leaves_its_webhook_alone(
    tmp_path: Path, postgres_template: postgres.Server
) -> None:
    port = free_port()
    url = postgres_template.fresh(template="template")
    async with web(tmp_path, DATABASE_URL=url) as poller:
        poller.environment = {**poller.environment, "HEALTH_PORT": str(port)}
        async with beside(poller, "courier") as courier:
            ready = await answered(port, "/readyz", 200)
            assert poller.world.deliveries is not None
            courier.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(courier.wait(), STOP_SECONDS) == 0
        assert ready == {"ready": True, "serving": "ok", "telegram": "ok", "database": "ok"}
        assert await poller.end(signal.SIGTERM) == 0


async def test_on_postgresql_a_program_goes_by_the_servers_clock_also_when_its_own_is_set_meanwhile(
    tmp_path: Path, postgres_template: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = timedelta(minutes=5)
    monkeypatch.setattr(clock, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(serving, "settle", lambda: None)
    monkeypatch.setattr(ground, "now", lambda: datetime.now(UTC) + ahead)
    async with polled(tmp_path, DATABASE_URL=postgres_template.fresh(template="template")) as poller:
        with capture_logs() as logged:
            async with serving._served(Settings.from_env(poller.environment), "courier") as served:
                running = asyncio.create_task(serving._together(served))
                first, ahead = served.bot.house.now() - datetime.now(UTC), timedelta()
                await asyncio.sleep(0.2)
                ahead = timedelta(minutes=-5)
                await until(lambda: sum(line["event"] == "clock_differs" for line in logged) == 2)
                then = served.bot.house.now() - datetime.now(UTC)
                running.cancel()
                await asyncio.wait([running])
        structlog.reset_defaults()
    assert [abs(each) < timedelta(seconds=2) for each in (first, then)] == [True, True]


async def test_a_token_that_the_server_does_not_know_ends_every_command_with_one_line(
    tmp_path: Path, postgres_template: postgres.Server
) -> None:
    url = postgres_template.fresh(template="template")
    settings = served_by_web(free_port(), DATABASE_URL=url)
    async with polled(tmp_path, **settings) as poller:
        poller.environment = {**poller.environment, "BOT_TOKEN": "7000000001:not-the-one-it-knows"}
        for command in ("courier", "web"):
            exit_code, _, said = await poller.command(command)
            assert (exit_code, said.splitlines()[-1]) == (1, "kuulolla: BOT_TOKEN isn't known to the Bot API server")
