"""Updates in: confirmed after their effect, in order for each person, people side by side, whatever else comes."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
import structlog
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from structlog.testing import capture_logs
from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import CallbackContext, TypeHandler

from bot import failpoints, intake, polling
from bot.config import Settings
from bot.heartbeat import Heartbeat
from bot.intake import TRIES, TRIES_BESIDE_OTHERS, Intake
from bot.running import running
from bot.sandbox.phones import Phone
from bot.sandbox.request import WorldRequest
from bot.sandbox.world import Trouble
from storage import Database, Vault, schema
from storage.ending import to_the_end
from tests.cable import Cable, laid, put_out_the_others
from tests.stage import TOKEN, Play, on_stage

Logged = list[MutableMapping[str, Any]]
COMMITS = frozenset({"writer.commit", "database.commit"})


@pytest.fixture
def logged() -> Iterator[Logged]:
    with capture_logs() as lines:
        yield lines
    structlog.reset_defaults()


@asynccontextmanager
async def polled(play: Play) -> AsyncIterator[asyncio.Task[None]]:
    """The intake asks the World for updates meanwhile."""
    task = asyncio.create_task(play.bot.polling.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await play.bot.intake.quiet()


async def until(happened: Callable[[], bool], seconds: float = 8.0) -> None:
    async with asyncio.timeout(seconds):
        while not happened():
            await asyncio.sleep(0.01)


def waiting(play: Play) -> list[int]:
    """Ids of the updates that Telegram still keeps for us."""
    return [each.id for each in play.world.updates.waiting]


def asked(play: Play) -> int:
    """How often the World was asked for updates."""
    return sum(call.method == "getUpdates" for call in play.world.calls)


def heard(phone: Phone) -> int:
    return sum(bubble.author is None for bubble in phone.sees)


async def recorded(play: Play) -> dict[int, bool]:
    """The updates whose effect is in the database, and whether they were parked."""
    return {row.id: row.parked for row in await play.sql(select(schema.updates))}


def before_all(play: Play, handle: Callable[[Update], Any]) -> None:
    """A handler in front of all others."""

    async def handled(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        result = handle(update)
        if result is not None:
            await result

    play.bot.application.add_handler(TypeHandler(Update, handled), group=-1)


def fails(error: Exception) -> None:
    raise error


def is_before(moment: float) -> bool:
    """So that a test that goes wrong comes to its end."""
    return asyncio.get_running_loop().time() < moment


def words(update: Update) -> str | None:
    return update.message.text if update.message else None


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = code
    return error


@asynccontextmanager
async def others_served(play: Play) -> AsyncIterator[None]:
    """Somebody writes all the time meanwhile, and the database takes it."""

    async def writes() -> None:
        while True:
            play.bo.says("/start")
            await asyncio.sleep(0.005)

    task = asyncio.create_task(writes())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def sender(update: Update) -> int | None:
    return update.effective_user.id if update.effective_user else None


# Confirmed after its effect


async def test_an_update_is_confirmed_only_when_its_effect_is_in_the_database(play: Play) -> None:
    async with polled(play):
        async with play.database.transaction():
            play.aino.says("/start")
            (id,) = waiting(play)
            times = asked(play)
            await until(lambda: asked(play) >= times + 3)
            during = waiting(play)
        await asyncio.wait_for(play.world.all_confirmed(), 5)
        await until(lambda: heard(play.aino) == 1)
    assert (during, await recorded(play)) == ([id], {id: False})


async def test_while_the_database_takes_nothing_updates_are_kept_and_then_have_their_effect(
    play: Play, logged: Logged
) -> None:
    """Longer than all tries of one update; none of it is the update's fault."""
    await play.change("ALTER TABLE updates RENAME TO elsewhere")
    async with polled(play):
        play.aino.says("/start")
        (id,) = waiting(play)
        await until(lambda: sum(line["event"] == "update_failed" for line in logged) > TRIES + 1)
        await asyncio.sleep(0.3)
        during = waiting(play)
        await play.change("ALTER TABLE elsewhere RENAME TO updates")
        await asyncio.wait_for(play.world.all_confirmed(), 20)
    await play.bot.intake.quiet()
    greetings = ["This is Kuulolla" in bubble.text for bubble in play.aino.sees if bubble.author is None]
    assert (during, await recorded(play), greetings) == ([id], {id: False}, [False, True])


async def test_an_update_whose_commit_fails_is_kept_and_has_its_effect_at_the_next_try(play_on_each: Play) -> None:
    """Whatever was done before the commit: until then nothing is."""
    play, fallen = play_on_each, list[str]()

    def see(name: str, moment: failpoints.Moment) -> None:
        if name in COMMITS and moment == "before" and not fallen:
            fallen.append(name)
            raise ConnectionResetError

    with failpoints.watched(see):
        async with polled(play):
            play.aino.says("/start")
            (id,) = waiting(play)
            await asyncio.wait_for(play.world.all_confirmed(), 10)
    greetings = ["This is Kuulolla" in bubble.text for bubble in play.aino.sees if bubble.author is None]
    assert (len(fallen), await recorded(play), greetings) == (1, {id: False}, [True])


async def test_while_a_persons_update_waits_for_the_database_their_next_one_waits_behind_it(play: Play) -> None:
    handled: list[int] = []

    def handle(update: Update) -> None:
        handled.append(update.update_id)
        if len(handled) == 1:
            raise ConnectionResetError

    before_all(play, handle)
    async with polled(play):
        play.aino.says("one")
        play.aino.says("two")
        first, second = waiting(play)
        await asyncio.wait_for(play.world.all_confirmed(), 10)
    assert handled == [first, first, second]


@asynccontextmanager
async def away(database: Database) -> AsyncIterator[None]:
    """The server lets nobody into this database meanwhile, and whoever was in is thrown out."""
    url, name = database.engine.url, database.engine.url.database
    server = create_async_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    async with server.connect() as connection:
        await connection.exec_driver_sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        throw_out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        await connection.execute(text(throw_out), {"name": name})
        try:
            yield
        finally:
            await connection.exec_driver_sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    await server.dispose()


async def test_a_database_server_that_is_away_for_a_while_costs_nobody_an_update(
    postgresql: Database, logged: Logged
) -> None:
    """She is told that something is wrong with us, and in the end answered."""
    async with on_stage(postgresql) as play, polled(play):
        async with away(postgresql):
            play.aino.says("/start")
            (id,) = waiting(play)
            await until(lambda: sum(line["event"] == "update_failed" for line in logged) > TRIES)
            during = waiting(play)
        await asyncio.wait_for(play.world.all_confirmed(), 8)
        assert (during, await recorded(play), heard(play.aino)) == ([id], {id: False}, 2)


@pytest.mark.parametrize("arrived", [True, False])
async def test_an_update_whose_commit_nobody_answers_stays_in_hand_and_has_its_effect_once(
    postgresql: Database, vault: Vault, logged: Logged, monkeypatch: pytest.MonkeyPatch, arrived: bool
) -> None:
    monkeypatch.setattr("storage.patience.COMMAND_SECONDS", 1.0)
    monkeypatch.setattr("storage.patience.ANSWER_SECONDS", 1.0)
    async with laid(postgresql.engine.url) as (cable, url), on_stage(Database(url, vault)) as play, polled(play):
        with failpoints.watched(lambda name, moment: go_silent(cable, arrived) if name in COMMITS else None):
            play.aino.says("/start")
            (id,) = waiting(play)
            await until(lambda: "update_failed" in {line["event"] for line in logged})
        during = waiting(play)
        cable.mend()
        await put_out_the_others(postgresql)
        await asyncio.wait_for(play.world.all_confirmed(), 20)
        assert (during, await recorded(play), heard(play.aino)) == ([id], {id: False}, 1)
        await play.database.close()


def go_silent(cable: Cable, arrived: bool) -> None:
    """What is said last arrives at the server, or doesn't; it isn't answered."""
    (cable.lose_answers if arrived else cable.cut)()


async def test_what_was_not_confirmed_comes_again_after_a_restart_and_changes_nothing(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.aino, "7")
    before, screen = await play.kept(), play.aino.screen.text
    await play.comes_again()
    assert (await play.kept(), play.aino.screen.text) == (before, screen)
    assert "2/4" in screen


async def test_the_same_update_is_taken_in_once(play: Play) -> None:
    play.aino.says("/start")
    raws = [each.json() for each in play.world.updates.waiting]
    taken = [play.bot.intake.take(raws), play.bot.intake.take(raws)]
    await play.bot.intake.quiet()
    taken.append(play.bot.intake.take(raws))
    assert (taken, heard(play.aino)) == ([1, 0, 0], 1)


async def test_after_a_quiet_week_ids_may_begin_anew_lower(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Telegram's do; the week is a moment here."""
    monkeypatch.setattr(polling, "QUIET_SECONDS", 0.05)
    async with polled(play):
        play.aino.says("/start")
        await asyncio.wait_for(play.world.all_confirmed(), 5)
        await asyncio.sleep(0.1)
        play.world.updates.end_poll()
        await until(lambda: play.bot.intake.offset == 0)
        play.world.updates._next_id = 5
        play.bo.says("/start")
        await until(lambda: heard(play.bo) == 1)
    assert 5 in await recorded(play)


async def test_an_id_that_comes_anew_after_a_quiet_week_has_its_effect(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as before it: somebody else's by now."""
    monkeypatch.setattr(polling, "QUIET_SECONDS", 0.05)
    await play.family()
    await play.says(play.aino, "/start")
    begin, heart = play.aino.screen, Heartbeat(play.bot.house, play.world.clock.now)
    async with polled(play):
        play.bo.says("/start")
        (id,) = waiting(play)
        await asyncio.wait_for(play.world.all_confirmed(), 5)
        for _ in range(7):
            play.wait(days=1)
            await heart.beat()
        await asyncio.sleep(0.1)
        play.world.updates.end_poll()
        await until(lambda: play.bot.intake.offset == 0)
        play.world.updates._next_id = id - 1
        play.aino.taps("Before the meeting", message=begin)
        await until(lambda: "1/4" in play.aino.screen.text)
        play.aino.taps("7")
        await asyncio.wait_for(play.world.all_confirmed(), 5)
        await until(lambda: "2/4" in play.aino.screen.text)


async def test_an_id_that_another_bot_has_used_before_has_its_effect(play: Play) -> None:
    """The token of another bot on the same database."""
    await play.says(play.aino, "/start")
    (used,) = play.came
    play.world.bot = replace(play.world.bot, id=7_000_000_002)
    settings = Settings.from_env({"BOT_TOKEN": TOKEN.replace("001:", "002:"), "SECRET_KEY": "s" * 32})
    line, now = WorldRequest(play.world), play.world.clock.now
    async with running(settings, play.database, now=now, request=line, polling=line, studio=play.studio) as other:
        play.world.updates._next_id = used["update_id"]
        play.bo.says("7K3QM9TZ4X")
        other.intake.take([each.json() for each in play.world.updates.waiting])
        await other.intake.quiet()
    assert len(await play.sql(select(schema.wrong_codes))) == 1


async def test_a_server_that_goes_on_showing_what_is_done_is_not_answered_again(play: Play) -> None:
    """It leaves out only what is before the offset, and forgets nothing by itself."""
    play.aino.says("/start")
    old = [each.json() for each in play.world.updates.waiting]
    async with polled(play):
        await asyncio.wait_for(play.world.all_confirmed(), 5)
        play.world.updates.end_poll()
        await asyncio.sleep(0.1)
        assert (play.bot.intake.offset, play.bot.intake.take(old)) == (old[-1]["update_id"] + 1, 0)
    assert heard(play.aino) == 1


# One after another, side by side


async def test_one_persons_updates_are_handled_in_their_order(play: Play) -> None:
    """The first one takes longest."""
    order: list[str] = []

    async def slowly(update: Update) -> None:
        said = update.message.text if update.message else ""
        await asyncio.sleep(0.05 if said == "one" else 0)
        order.append(said or "")

    before_all(play, slowly)
    for word in ("one", "two", "three"):
        play.aino.says(word)
    raws = [each.json() for each in play.world.updates.waiting]
    play.bot.intake.take(list(reversed(raws)))
    await play.bot.intake.quiet()
    assert order == ["one", "two", "three"]


async def test_somebody_whose_handler_hangs_holds_nobody_else_up(play: Play) -> None:
    go_on = asyncio.Event()
    before_all(play, lambda update: go_on.wait() if sender(update) == play.aino.id else None)
    async with polled(play):
        for phone in (play.aino, play.aino, play.bo, play.mother, play.father):
            phone.says("/start")
        hers = waiting(play)[:2]
        await until(lambda: [heard(each) for each in (play.bo, play.mother, play.father)] == [1, 1, 1])
        during = (heard(play.aino), waiting(play)[:2])
        go_on.set()
        await asyncio.wait_for(play.world.all_confirmed(), 5)
    assert (during, heard(play.aino)) == ((0, hers), 2)


async def test_what_comes_while_somebody_hangs_is_taken_in_too(play: Play) -> None:
    go_on = asyncio.Event()
    before_all(play, lambda update: go_on.wait() if sender(update) == play.aino.id else None)
    async with polled(play):
        play.aino.says("/start")
        await asyncio.sleep(0.2)
        play.bo.says("/start")
        await until(lambda: heard(play.bo) == 1, seconds=2)
        go_on.set()
        await asyncio.wait_for(play.world.all_confirmed(), 5)
    assert heard(play.aino) == 1


# Updates that fail


async def test_an_update_that_nobody_can_decode_is_parked_and_stops_nobody(play: Play, logged: Logged) -> None:
    async with polled(play):
        play.world.updates.put("message", {"from": play.aino.json(), "text": "Aino's secret"})
        play.bo.says("/start")
        odd, bos = waiting(play)
        began = time.monotonic()
        await until(lambda: heard(play.bo) == 1)
        passed = time.monotonic() - began
        await asyncio.wait_for(play.world.all_confirmed(), 8)
    assert await recorded(play) == {odd: True, bos: False}
    assert passed < 1
    events = [line["event"] for line in logged if line.get("update_id") == odd]
    assert events == ["update_unreadable", "update_parked"]
    assert "secret" not in str([{**line, "error": ""} for line in logged])
    await play.change("DELETE FROM updates")


async def test_an_update_that_fails_twice_has_its_effect_at_the_third_try(play: Play, logged: Logged) -> None:
    tries = 0

    def fails(update: Update) -> None:
        nonlocal tries
        tries += 1
        if tries < TRIES:
            raise RuntimeError

    before_all(play, fails)
    play.aino.says("/start")
    (id,) = waiting(play)
    await play.settle()
    assert (tries, heard(play.aino), await recorded(play)) == (TRIES, 1, {id: False})


@pytest.mark.parametrize(
    "error", [OSError(), DBAPIError("SELECT", None, sqlite_error(sqlite3.SQLITE_CORRUPT))], ids=["system", "database"]
)
async def test_an_update_that_fails_as_if_the_database_could_not_while_others_are_served_is_parked(
    play: Play, logged: Logged, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Else the offset would stay where it is, and behind a hundred more nobody would be served."""
    monkeypatch.setattr(intake, "DATABASE_SECONDS", (0.02,))
    end = asyncio.get_running_loop().time() + 5
    before_all(play, lambda update: fails(error) if words(update) == "odd" and is_before(end) else None)
    async with polled(play):
        play.aino.says("odd")
        play.aino.says("/start")
        odd, hers = waiting(play)
        async with others_served(play):
            while odd not in await recorded(play):
                await asyncio.sleep(0.01)
        await asyncio.wait_for(play.world.all_confirmed(), 8)
    known = await recorded(play)
    assert (known[odd], known[hers], sum(known.values())) == (True, False, 1)
    failures = [line["event"] for line in logged if line.get("update_id") == odd]
    assert (failures[TRIES_BESIDE_OTHERS - 1], failures[-1]) == ("update_failed", "update_parked")
    said = ["went wrong with us" in bubble.text for bubble in play.aino.sees if bubble.author is None]
    assert said == [True, False]
    await play.change("DELETE FROM updates")


async def test_while_the_database_takes_nothing_no_update_is_parked_however_often_others_read(
    play: Play, logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "DATABASE_SECONDS", (0.01,))
    before_all(play, lambda update: fails(OSError()) if len(logged) < 6 * TRIES_BESIDE_OTHERS else None)
    async with polled(play):
        play.aino.says("/start")
        (id,) = waiting(play)
        while not await recorded(play):
            await asyncio.sleep(0.005)
    assert await recorded(play) == {id: False}


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY], ids=["no room", "held by another"])
async def test_where_there_is_no_room_or_another_one_holds_it_others_who_are_served_are_no_sign_that_the_database_can(
    play: Play, logged: Logged, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Who wants less, or something else, may be let in meanwhile."""
    monkeypatch.setattr(intake, "DATABASE_SECONDS", (0.01,))
    error = DBAPIError("INSERT", None, sqlite_error(code))
    before_all(
        play,
        lambda update: (
            fails(error) if sender(update) == play.aino.id and len(logged) < 6 * TRIES_BESIDE_OTHERS else None
        ),
    )
    async with polled(play), others_served(play):
        play.aino.says("much")
        id = waiting(play)[-1]
        await until(lambda: heard(play.aino) > 1)
    assert not (await recorded(play))[id]


async def test_behind_an_update_that_is_parked_the_same_persons_next_one_comes(play: Play, logged: Logged) -> None:
    def fails(update: Update) -> None:
        if update.message and update.message.text == "odd":
            raise RuntimeError

    before_all(play, fails)
    play.aino.says("odd")
    play.aino.says("/start")
    first, second = waiting(play)
    async with asyncio.timeout(20):
        await play.settle()
    said = [each.text.splitlines()[0] for each in play.aino.sees if each.author is None]
    assert said[0].startswith("Something went wrong with us.")
    assert (len(said), await recorded(play)) == (2, {first: True, second: False})
    await play.change("DELETE FROM updates")


async def test_what_fails_beside_the_showing_leaves_nothing_running_behind_it(play: Play, logged: Logged) -> None:
    """Else a stop would close the database below it."""

    def see(name: str, moment: failpoints.Moment) -> None:
        if (name, moment) == ("wire.answer", "before"):
            raise RuntimeError

    await play.starts_meeting(play.nora, await play.family())
    play.aino.taps("7")
    with failpoints.watched(see):
        await play.takes_updates()
    assert ("2/4" in play.aino.screen.text, {line["event"] for line in logged}) == (True, {"reply_failed"})
    await play.settle()


async def test_what_is_no_update_is_passed_over(play: Play) -> None:
    assert play.bot.intake.take([{}, {"update_id": "7"}, {"update_id": None}]) == 0


# Telegram's moods


async def test_a_second_poller_elsewhere_is_noticed_and_not_fought(play: Play, logged: Logged) -> None:
    conflict = Trouble(409, "Conflict: terminated by other getUpdates request")
    play.world.interrupt("getUpdates", conflict)
    async with polled(play):
        await asyncio.sleep(1.5)
    assert asked(play) == 1
    assert [line["event"] for line in logged] == ["polled_elsewhere"]


@pytest.mark.parametrize("trouble", [Trouble(502, "Bad Gateway"), Trouble(lost=True)], ids=["502", "lost"])
async def test_a_server_that_can_not_be_reached_is_waited_for(play: Play, logged: Logged, trouble: Trouble) -> None:
    play.world.interrupt("getUpdates", trouble)
    play.aino.says("/start")
    async with polled(play):
        await asyncio.wait_for(play.world.all_confirmed(), 5)
        await until(lambda: len(logged) >= 2)
    assert [line["event"] for line in logged] == ["telegram_unreachable", "telegram_reached"]
    assert heard(play.aino) == 1


async def test_a_passing_404_is_no_word_about_our_token(
    play: Play, logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "BACKOFF_SECONDS", (0.01,) * 4)
    play.world.interrupt("getUpdates", Trouble(404, "Not Found"))
    play.aino.says("/start")
    async with polled(play):
        await asyncio.wait_for(play.world.all_confirmed(), 5)
    assert [line["event"] for line in logged] == ["telegram_unreachable", "telegram_reached"]


async def test_a_server_that_has_lost_our_token_ends_the_poll(play: Play) -> None:
    play.world.interrupt("getUpdates", Trouble(401, "Unauthorized"))
    with pytest.raises(InvalidToken):
        await asyncio.wait_for(play.bot.polling.run(), 2)


# Stopping


async def test_what_runs_is_finished_before_we_leave(play: Play) -> None:
    go_on = asyncio.Event()
    before_all(play, lambda update: go_on.wait())
    play.aino.says("/start")
    play.bot.intake.take([each.json() for each in play.world.updates.waiting])
    leaving = asyncio.create_task(play.bot.intake.leave())
    await asyncio.sleep(0.1)
    left_early = leaving.done()
    go_on.set()
    await leaving
    assert (left_early, heard(play.aino)) == (False, 1)


async def test_another_intake_begins_where_nothing_is_confirmed(play: Play) -> None:
    play.aino.says("/start")
    await play.settle()
    assert Intake(play.bot.application, play.bot.house).offset == 0


async def test_who_has_to_leave_in_the_middle_leaves_nothing_running(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LEAVE_SECONDS", 0.05)
    before = asyncio.all_tasks()
    before_all(play, lambda _: asyncio.sleep(60))
    for words in ("/start", "/privacy", "/start"):
        play.aino.says(words)
    play.bot.intake.take([each.json() for each in play.world.updates.waiting])
    await asyncio.sleep(0)
    await play.bot.intake.leave()
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() - before == set()
    assert play.bot.house.in_hand.first == waiting(play)[0]


async def test_what_can_not_be_broken_off_is_not_waited_for_longer_than_a_stop_leaves(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a transaction that waits for a database that somebody else has locked."""
    monkeypatch.setattr(intake, "LEAVE_SECONDS", 0.05)
    monkeypatch.setattr(intake, "GIVE_UP_SECONDS", 0.05)
    go_on = asyncio.Event()

    async def locked() -> None:
        await go_on.wait()

    before_all(play, lambda _: to_the_end(locked()))
    play.aino.says("/start")
    play.bot.intake.take([each.json() for each in play.world.updates.waiting])
    leaving = asyncio.create_task(play.bot.intake.leave())
    await asyncio.wait([leaving], timeout=2)
    left = leaving.done()
    go_on.set()
    await asyncio.wait([leaving])
    assert left


async def test_what_is_broken_off_has_ended_before_we_leave(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LEAVE_SECONDS", 0.05)
    ended = asyncio.Event()

    async def slow_to_end(_: object) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            ended.set()

    before_all(play, slow_to_end)
    play.aino.says("/start")
    play.bot.intake.take([each.json() for each in play.world.updates.waiting])
    await asyncio.sleep(0)
    await play.bot.intake.leave()
    assert ended.is_set()
