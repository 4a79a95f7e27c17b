"""Several programs on one PostgreSQL: nothing is done twice, and what one person does has its effect in order."""

import asyncio
import json
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

import storage
from bot.config import Settings
from bot.domain.letters import LetterKind
from bot.domain.people import Role
from bot.failpoints import watched
from bot.running import Running, running
from bot.sandbox.phones import Phone
from bot.sandbox.request import WorldRequest
from storage import Database, Vault, schema
from storage.outbox import LetterState
from tests.faults.poller import ROOT, Poller, polled, until
from tests.stage import TOKEN, Play, Sketches, data, on_stage

SECRET_KEY = "only for tests, and long enough for it"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GUESTS, LETTERS_EACH = 40, 2


class Broken(Exception):
    """Something has failed, somewhere."""


@pytest.fixture
async def bots(two: tuple[Database, Database]) -> AsyncIterator[tuple[Play, Running, Running]]:
    """One stage, and two bots behind it that share the database and nothing else."""
    settings = Settings.from_env({"BOT_TOKEN": TOKEN, "SECRET_KEY": SECRET_KEY})
    async with on_stage(two[0]) as play:
        request, polling, now = WorldRequest(play.world), WorldRequest(play.world), play.world.clock.now
        async with running(settings, two[1], now=now, request=request, polling=polling, studio=Sketches()) as other:
            yield play, play.bot, other


def waiting(play: Play) -> list[dict[str, Any]]:
    """What has been tapped and said, and not been taken up."""
    found = [each.json() for each in play.world.updates.waiting]
    play.world.updates.clear()
    return found


async def taken(play: Play, *bots: Running) -> None:
    """Each in its turn takes up what comes next; then all is done."""
    for number, raw in enumerate(waiting(play)):
        bots[number % len(bots)].intake.take([raw])
        await asyncio.sleep(0.02)
    for bot in bots:
        await bot.intake.quiet()


def failing_once(place: str) -> Callable[[str, str], None]:
    left = [place]

    def see(name: str, moment: str) -> None:
        if name in left and moment == "before":
            left.remove(name)
            raise Broken

    return see


async def test_one_persons_taps_have_their_effect_in_order_whoever_takes_them_up(
    bots: tuple[Play, Running, Running],
) -> None:
    play, one, other = bots
    await play.family()
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting")
    draft, at = data(play.aino, "answer/").split("/")[1], play.aino.screen.id
    for item, score in enumerate((7, 6, 8, 5), 1):
        play.aino.forges(f"answer/{draft}/{item}/{score}", at)
    play.aino.forges(f"send/{draft}", at)
    with watched(failing_once("intake.process")):
        await taken(play, one, other)
    assert [given.scores for given in await play.given()] == [(70, 60, 80, 50)]


async def test_an_update_that_two_take_up_has_its_effect_once(bots: tuple[Play, Running, Running]) -> None:
    play, one, other = bots
    phones = [getattr(play, name) for name in ("nora", "aino", "bo", "mother", "father", "otto")]
    for phone in phones:
        phone.says("7K3QM9TZ4X")
    raws = waiting(play)
    for bot in (one, other):
        bot.intake.take(raws)
    for bot in (one, other):
        await bot.intake.quiet()
    ((tried,),) = await play.sql(select(func.count()).select_from(schema.wrong_codes))
    assert tried == len(phones)


async def test_an_update_is_tried_again_when_its_connection_is_lost_in_the_middle(
    bots: tuple[Play, Running, Running],
) -> None:
    play, one, other = bots
    play.aino.says("7K3QM9TZ4X")
    lost = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    raw = waiting(play)
    async with other.house.database.transaction() as db:
        known = await storage.updates.record(db, raw[0]["update_id"], now=play.world.clock.now())
        one.intake.take(raw)
        await asyncio.sleep(0.3)  # it waits for us now, in the middle of its transaction
        await play.sql(f"{lost} AND pid <> pg_backend_pid() AND wait_event_type = 'Lock'")
        await db.change(schema.updates.delete())
    await one.intake.quiet()
    ((tried,),) = await play.sql(select(func.count()).select_from(schema.wrong_codes))
    assert (known, tried) == (True, 1)


async def test_hundreds_at_once_wait_for_the_few_connections(two: tuple[Database, Database]) -> None:
    async def one(number: int) -> bool:
        async with two[0].transaction() as db:
            await asyncio.sleep(0.01)
            return await storage.updates.record(db, number, now=NOW)

    assert await asyncio.gather(*(one(number) for number in range(300))) == [True] * 300


# Real programs


@asynccontextmanager
async def served(folder: Path, url: str) -> AsyncIterator[tuple[Poller, Database]]:
    """A served World and a PostgreSQL, for programs to come."""
    address = url.replace("+asyncpg", "")
    database = Database(url, Vault(SECRET_KEY))
    async with polled(folder, DATABASE_URL=address, SECRET_KEY=SECRET_KEY) as poller:
        try:
            yield poller, database
        finally:
            await database.close()


@asynccontextmanager
async def programs(poller: Poller, *commands: tuple[str, dict[str, str]]) -> AsyncIterator[None]:
    """These programs, until the block ends; each has said that it has started."""
    started = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", command, cwd=ROOT, env={**poller.environment, **more},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )
        for command, more in commands
    ]  # fmt: skip
    try:
        await asyncio.gather(*(_has_started(each) for each in started))
        yield
    finally:
        for each in started:
            each.send_signal(signal.SIGTERM)
        ends = await asyncio.gather(*(asyncio.wait_for(each.communicate(), 20) for each in started))
    problems = [line for _, said in ends for line in said.decode().splitlines() if '"level": "error"' in line]
    assert ([each.returncode for each in started], problems) == ([0] * len(started), [])


async def _has_started(program: asyncio.subprocess.Process) -> None:
    assert program.stderr is not None
    async with asyncio.timeout(30):
        while line := await program.stderr.readline():
            if json.loads(line)["event"] == "started":
                return
    raise AssertionError("it has ended")


async def test_two_couriers_send_each_letter_once(tmp_path: Path, empty_postgresql_url: str) -> None:
    async with served(tmp_path, empty_postgresql_url) as (poller, database):
        world = poller.world
        guests = [world.phone(f"guest {number}", language="en") for number in range(GUESTS)]
        async with programs(poller, ("courier", {}), ("courier", {})):
            await _put_letters(database, guests)
            await until(lambda: all(len(heard(guest)) >= LETTERS_EACH for guest in guests))
            await _all_are_done(database)
        assert Counter(len(heard(guest)) for guest in guests) == {LETTERS_EACH: GUESTS}


def heard(phone: Phone) -> list[str]:
    return [bubble.text for bubble in phone.sees if bubble.author is None]


async def _put_letters(database: Database, guests: list[Phone]) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as db:
        worker = await storage.workers.add(db, team="pihlaja", code="KOIVU-27", role=Role.WORKER, now=now)
        for guest in guests:
            guest.chat.known = True
            person = await storage.people.meet(db, telegram_id=guest.id, language="en", now=now)
            for number in range(LETTERS_EACH):
                about, key = {"worker": worker.id}, f"{number}"
                await storage.outbox.put(db, LetterKind.ACCEPTED, person.id, about, key=key, now=now)


async def _all_are_done(database: Database) -> None:
    sent = select(func.count()).select_from(schema.letters).where(schema.letters.c.state == LetterState.SENT.value)
    async with asyncio.timeout(20):
        while True:
            async with database.transaction() as db:
                row = await db.row(sent)
            if row is not None and row[0] == GUESTS * LETTERS_EACH:
                return
            await asyncio.sleep(0.05)


async def test_two_webs_and_two_couriers_serve_people_side_by_side(tmp_path: Path, empty_postgresql_url: str) -> None:
    async with served(tmp_path, empty_postgresql_url) as (poller, database):
        world, webs = poller.world, [_web(), _web()]
        world.webhook_targets = [each["WEBHOOK_URL"] + "/telegram" for each in webs]
        async with programs(poller, *(("web", each) for each in webs), ("courier", {}), ("courier", {})):
            nora = world.phone("nora", language="en")
            await poller.becomes_worker(nora, "KOIVU-27")
            people = [world.phone(f"guest {number}", language="en") for number in range(4)]
            await asyncio.gather(*(_joins_and_rates(phone) for phone in people))
            await until(lambda: asked(nora) >= len(people))
        async with database.transaction() as db:
            totals = [row.total for row in await db.rows(select(schema.ratings.c.total))]
            (twice,) = (await db.rows(select(func.count()).select_from(schema.cases)))[0]
        assert (totals, twice, asked(nora)) == ([260] * len(people), len(people), len(people))


def asked(nora: Phone) -> int:
    """How many messages ask her for a yes."""
    return sum(
        any(key.data and key.data.startswith("yes/") for row in each.keyboard for key in row) for each in nora.sees
    )


def _web() -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    secret = {"WEBHOOK_SECRET": "only-Telegram-and-we-know-it"}
    return {"PORT": str(port), "WEBHOOK_HOST": "127.0.0.1", "WEBHOOK_URL": f"http://127.0.0.1:{port}", **secret}


async def _joins_and_rates(phone: Phone) -> None:
    phone.says("KOIVU-27")
    await _taps(phone, "Young person, 13–17", then="Before you begin")
    await _taps(phone, "Yes, I'll join", then="Thank you")
    await _taps(phone, "Before the meeting", then="1/4")
    for score, then in (("7", "2/4"), ("6", "3/4"), ("8", "4/4"), ("5", "Your answers")):
        await _taps(phone, score, then=then)
    await _taps(phone, "✓ Send", then="Thank you")


async def _taps(phone: Phone, button: str, *, then: str) -> None:
    await until(lambda: any(button in row for bubble in phone.sees for row in bubble.labels))
    phone.taps(button)
    await until(lambda: then in phone.screen.text)
