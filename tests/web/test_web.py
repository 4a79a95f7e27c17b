"""The webhook: who may post, what is taken, and 200 only when its effect is in the database."""

import asyncio
from collections.abc import AsyncIterator, Mapping, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from bot import intake, web
from bot.config import Settings
from tests.ports import free_port
from tests.stage import Play
from tests.web.door import RIGHT, SECRET, Door

Logged = list[MutableMapping[str, Any]]
JSON = {"Content-Type": "application/json"}


def without_content(logged: Logged) -> list[tuple[str, set[str]]]:
    """The events, each with what was said of it."""
    return [(line["event"], set(line) - {"event", "log_level"}) for line in logged]


def heard(door: Door, name: str) -> int:
    return sum(bubble.author is None for bubble in getattr(door.play, name).sees)


async def endless() -> AsyncIterator[bytes]:
    yield b"{"
    await asyncio.Event().wait()


# Who may


async def test_an_update_with_the_right_secret_has_its_effect_before_it_is_answered(door_on_each: Door) -> None:
    update = door_on_each.says("aino", "/start")
    assert await door_on_each.status(update) == 200
    assert await door_on_each.recorded() == {update["update_id"]: False}
    await door_on_each.play.bot.intake.quiet()
    assert heard(door_on_each, "aino") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {web.HEADER: ""},
        {web.HEADER: "wrong"},
        {web.HEADER: SECRET[:-1]},
        {web.HEADER: f"{SECRET}x"},
        {web.HEADER: SECRET.upper()},
        {web.HEADER: "sécret"},
        {"Authorization": SECRET},
    ],
)
async def test_without_the_secret_nothing_is_done(door: Door, wrong: Mapping[str, str], logged: Logged) -> None:
    update = door.says("aino", "/start")
    assert await door.status(update, {**JSON, **wrong}) == 403
    assert await door.status(update, {**JSON, **wrong}) == 403
    await door.play.bot.intake.quiet()
    assert (await door.recorded(), heard(door, "aino")) == ({}, 0)
    assert without_content(logged) == [("webhook_stranger", set())]


async def test_who_does_not_know_the_secret_is_turned_away_before_the_body_has_come(door: Door) -> None:
    """A body that never ends is never read."""
    async with asyncio.timeout(5):
        assert await door.status(endless(), JSON) == 403


# What is taken


async def test_only_a_post_to_the_one_address_is_looked_at(door: Door) -> None:
    update = door.says("aino", "/start")
    methods = {method: (await door.posted(update, method=method)).status for method in ("GET", "PUT", "DELETE", "HEAD")}
    paths = {path: (await door.posted(update, path=path)).status for path in ("/", "/telegram/", "/livez", "/metrics")}
    assert methods == dict.fromkeys(methods, 405)
    assert paths == dict.fromkeys(paths, 404)
    assert await door.recorded() == {}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
async def test_only_json_is_looked_at(door: Door, kind: str) -> None:
    assert await door.status(door.says("aino", "/start"), {**RIGHT, "Content-Type": kind}) == 415
    assert await door.recorded() == {}


async def test_json_with_its_charset_is_json(door: Door) -> None:
    named = {**RIGHT, "Content-Type": "Application/JSON; charset=utf-8"}
    assert await door.status(door.says("aino", "/start"), named) == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b"[]",
        b"null",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 7.5}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": 1' + b"0" * 5000 + b"}",
        b"[" * 200_000,
    ],
)
async def test_what_never_gets_better_is_answered_and_written_down_without_its_content(
    door: Door, body: bytes, logged: Logged
) -> None:
    """Else Telegram would post it for ever, and everything of the same person behind it."""
    assert await door.status(body) == 200
    assert await door.recorded() == {}
    assert without_content(logged) == [("update_unreadable", set())]


async def test_an_update_that_can_not_be_decoded_is_parked_and_answered(door_on_each: Door) -> None:
    assert await door_on_each.status({"update_id": 7, "message": {"text": "Aino wrote this"}}) == 200
    assert await door_on_each.recorded() == {7: True}
    await door_on_each.play.change("DELETE FROM updates")


async def test_what_is_too_long_is_turned_away_whether_it_says_so_or_not(door: Door) -> None:
    long = door.says("aino", "/start") | {"padding": "x" * web.MOST_BYTES}

    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(1 + web.MOST_BYTES // 65536):
            yield b" " * 65536

    said, unsaid = await door.posted(long), await door.posted(in_pieces())
    assert (said.status, unsaid.status) == (413, 413)
    assert await door.recorded() == {}


async def test_who_says_that_it_is_too_long_is_turned_away_before_it_has_come(door: Door) -> None:
    for length in (str(web.MOST_BYTES + 1), "9" * 20):
        async with asyncio.timeout(5):
            assert await door.status(endless(), {**RIGHT, "Content-Length": length}) == 413


async def test_a_body_that_does_not_come_is_not_waited_for(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "BODY_SECONDS", 0.1)
    async with asyncio.timeout(5):
        assert await door.status(endless()) == 408


async def test_just_under_the_limit_is_taken(door: Door) -> None:
    update = door.says("aino", "/start")
    assert await door.status(update | {"padding": "x" * (web.MOST_BYTES - 2000)}) == 200


# Again


async def test_a_repeated_update_is_answered_and_changes_nothing(door_on_each: Door) -> None:
    update = door_on_each.says("aino", "/start")
    assert [await door_on_each.status(update) for _ in range(3)] == [200, 200, 200]
    assert await door_on_each.recorded() == {update["update_id"]: False}


async def test_the_same_update_posted_twice_at_once_has_its_effect_once(door_on_each: Door) -> None:
    update = door_on_each.says("aino", "/start")
    answers = await asyncio.gather(*(door_on_each.status(update) for _ in range(5)))
    await door_on_each.play.bot.intake.quiet()
    assert (answers, heard(door_on_each, "aino")) == ([200] * 5, 1)


async def test_an_update_with_a_lower_number_than_the_one_before_has_its_effect(door: Door) -> None:
    """Posted side by side they don't come in their order."""
    first, second = door.says("aino", "/start"), door.says("bo", "/start")
    assert [await door.status(second), await door.status(first)] == [200, 200]
    assert sorted(await door.recorded()) == [first["update_id"], second["update_id"]]


async def test_it_is_not_answered_before_the_effect_is_in_the_database(door: Door) -> None:
    update = door.says("aino", "/start")
    async with door.play.database.transaction():
        posting = asyncio.create_task(door.status(update))
        await asyncio.sleep(0.3)
        waiting = not posting.done()
    assert (waiting, await posting, await door.recorded()) == (True, 200, {update["update_id"]: False})


async def test_while_the_database_takes_nothing_telegram_is_told_to_come_again(door_on_each: Door) -> None:
    door = door_on_each
    update = door.says("aino", "/start")
    await door.play.change("ALTER TABLE updates RENAME TO elsewhere")
    answer = await door.posted(update)
    assert (answer.status, answer.headers.get("Retry-After")) == (503, "2")
    await door.play.change("ALTER TABLE elsewhere RENAME TO updates")
    assert await door.status(update) == 200
    await door.play.bot.intake.quiet()
    assert (await door.recorded(), heard(door, "aino")) == ({update["update_id"]: False}, 1)


async def test_what_takes_too_long_is_to_be_posted_again(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "COMMIT_SECONDS", 0.2)
    update = door.says("aino", "/start")
    async with door.play.database.transaction():
        assert await door.status(update) == 503
    assert await door.status(update) == 200
    assert await door.recorded() == {update["update_id"]: False}


# The end


async def ended(door: Door, stop: asyncio.Event) -> None:
    """The listener of the program, from its opening until it is told to stop."""
    settings = replace(Settings.from_env({}), webhook_host="127.0.0.1", port=door.port)
    async with web._open(door.play.bot.intake, settings, paths={web.PATH}, secret=SECRET):
        await stop.wait()


@asynccontextmanager
async def posting(play: Play) -> AsyncIterator[tuple[Door, asyncio.Event, asyncio.Task[None], asyncio.Task[int]]]:
    """The program's own listener, and an update of Aino's that waits for the database."""
    stop = asyncio.Event()
    async with aiohttp.ClientSession() as session:
        door = Door(play, f"http://127.0.0.1:{free_port()}", session)
        program = asyncio.create_task(ended(door, stop))
        async with asyncio.timeout(5):
            while await door.refuses():
                await asyncio.sleep(0.01)
        update = door.says("aino", "/start")
        yield door, stop, program, asyncio.create_task(door.status(update))


async def test_at_the_end_nothing_new_is_taken_and_what_is_in_hand_is_finished_and_answered(play: Play) -> None:
    async with posting(play) as (door, stop, program, answer):
        async with play.database.transaction():
            await asyncio.sleep(0.2)
            stop.set()
            await asyncio.sleep(0.5)
            during = (answer.done(), program.done(), await door.refuses())
        assert (during, await answer, len(await door.recorded())) == ((False, False, True), 200, 1)
        await program


async def test_what_can_not_be_finished_at_the_end_is_left_to_telegram(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LEAVE_SECONDS", 0.5)
    async with posting(play) as (door, stop, program, answer):
        async with play.database.transaction():
            await asyncio.sleep(0.2)
            stop.set()
            async with asyncio.timeout(5):
                status = await answer
                await program
        assert (status, await door.recorded()) == (503, {})
