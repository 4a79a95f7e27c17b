"""Updates in bad weather: twice, late, in another order, too old to be answered; and updates of odd shapes."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from telegram import Update

from bot.sandbox.clock import Clock
from bot.sandbox.phones import Phone
from bot.sandbox.weather import Weather
from bot.sandbox.world import World
from tests.sandbox.conftest import Ask
from tests.sandbox.connected import in_memory

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def said(updates: list[dict[str, Any]]) -> list[str]:
    """The texts of messages and the data of taps."""
    return [each["message"]["text"] if "message" in each else each["callback_query"]["data"] for each in updates]


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [each["update_id"] for each in updates]


async def everything(ask: Ask) -> list[dict[str, Any]]:
    """Poll and confirm until nothing comes any more."""
    found: list[dict[str, Any]] = []
    while updates := await ask("getUpdates", offset=max(ids(found), default=0) + 1):
        found += updates
    return found


# Twice


async def test_a_duplicated_update_comes_once_more_after_it_was_confirmed(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(duplicated=1)
    aino.says("one")
    (first,) = await ask("getUpdates")
    world.weather = None
    aino.says("two")
    again = await ask("getUpdates", offset=first["update_id"] + 1)
    assert again[0] == first
    assert (said(again), said(await ask("getUpdates", offset=first["update_id"] + 1))) == (["one", "two"], ["two"])


async def test_all_is_confirmed_when_the_second_one_was_too(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(duplicated=1)
    aino.says("one")
    (first,) = await ask("getUpdates")
    waiting = asyncio.create_task(world.all_confirmed())
    for done in (False, True):
        await ask("getUpdates", offset=first["update_id"] + 1)
        await asyncio.sleep(0)
        assert waiting.done() == done


# Late, and in another order


async def test_a_late_update_comes_when_the_clock_says_so(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(late=1, late_seconds=30)
    aino.says("Hei")
    before = await ask("getUpdates"), world.updates.waiting, world.updates.pending
    world.move_clock(timedelta(seconds=29))
    still = await ask("getUpdates")
    world.move_clock(timedelta(seconds=1))
    assert (before, still, said(await ask("getUpdates"))) == (([], (), 1), [], ["Hei"])


async def test_a_late_update_wakes_the_poll_that_waits() -> None:
    world = World(Clock())
    world.weather = Weather(late=1, late_seconds=0.05)
    async with in_memory(world) as bot:
        poll = asyncio.create_task(bot.get_updates(timeout=10))
        await asyncio.sleep(0)
        world.phone("aino").says("Hei")
        assert len(await asyncio.wait_for(poll, 5)) == 1


async def test_a_move_of_the_clock_wakes_the_poll_that_waits_for_a_late_update(
    aino: Phone, ask: Ask, world: World
) -> None:
    world.weather = Weather(late=1, late_seconds=30)
    aino.says("Hei")
    poll = asyncio.create_task(ask("getUpdates", timeout=20))
    await asyncio.sleep(0.01)
    world.move_clock(timedelta(seconds=30))
    assert said(await asyncio.wait_for(poll, 5)) == ["Hei"]


async def test_what_the_same_person_says_later_stays_behind_a_late_update(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(late=1, late_seconds=5)
    aino.says("one")
    world.weather = None
    aino.says("two")
    aino.forges("tap", 1)
    found = [said(await ask("getUpdates"))]
    world.move_clock(timedelta(seconds=5))
    updates = await ask("getUpdates")
    assert [*found, said(updates)] == [["tap"], ["tap", "one", "two"]]
    assert ids(updates) == sorted(ids(updates))


async def test_a_message_and_the_tap_after_it_change_places(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(swapped=1)
    aino.says("one")
    world.weather = None
    aino.forges("two", 1)
    aino.says("three")
    assert said(await ask("getUpdates")) == ["two", "one", "three"]


async def test_a_swapped_update_that_nothing_passes_is_only_late(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(swapped=1, late_seconds=2)
    aino.says("one")
    aino.says("two")
    before = await ask("getUpdates")
    world.move_clock(timedelta(seconds=2))
    assert (before, said(await ask("getUpdates"))) == ([], ["one", "two"])


async def test_in_any_weather_each_queue_keeps_its_order_and_nothing_is_lost(
    aino: Phone, ask: Ask, world: World
) -> None:
    phones = [aino, world.phone("bo"), world.phone("nora")]
    world.weather = Weather(3, duplicated=0.2, late=0.2, swapped=0.3, late_seconds=3)
    for number in range(120):
        phone = phones[number % 3]
        phone.says(f"{number:03}") if number % 2 else phone.forges(f"{number:03}", 1)
        world.move_clock(timedelta(seconds=1))
    world.updates.delays.let_all_go()
    found = await everything(ask)
    first_time = list({each["update_id"]: each for each in sorted(found, key=lambda each: each["update_id"])}.values())
    assert sorted(said(first_time)) == [f"{number:03}" for number in range(120)]
    assert said(first_time) != sorted(said(first_time))
    assert 10 < len(found) - len(first_time) < 40
    for start in range(6):
        line = [each for each in said(first_time) if int(each) % 6 == start]
        assert line == sorted(line)


# Too old


async def test_a_tap_that_waited_too_long_can_not_be_answered(aino: Phone, ask: Ask, clock: Clock) -> None:
    answers = []
    for seconds in (150, 151):
        aino.forges("x", 1)
        (update,) = await everything(ask)
        clock.move(timedelta(seconds=seconds))
        answers.append(await ask("answerCallbackQuery", callback_query_id=update["callback_query"]["id"]))
    assert answers == [True, TOO_OLD]


async def test_an_expired_tap_arrives_and_can_not_be_answered(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(expired=1)
    aino.forges("x", 1)
    (update,) = await ask("getUpdates")
    answer = await ask("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    assert (update["callback_query"]["data"], answer, world.complaints) == ("x", TOO_OLD, [])


async def test_a_double_tap_is_two_taps_of_one_button(aino: Phone, ask: Ask) -> None:
    rows = [[{"text": "Yes", "callback_data": "yes"}]]
    await ask("sendMessage", chat_id=aino.id, text="?", reply_markup={"inline_keyboard": rows})
    aino.double_taps("Yes")
    first, second = (each["callback_query"] for each in await ask("getUpdates"))
    assert first["id"] != second["id"]
    assert {**first, "id": ""} == {**second, "id": ""}


# Odd shapes


async def test_a_thousand_garbled_updates_are_all_different_and_the_same_for_the_same_seed(
    aino: Phone, ask: Ask, world: World
) -> None:
    found = []
    for seed in (1, 1, 2):
        world.garble(aino, count=1000, seed=seed)
        updates = await everything(ask)
        found.append([json.dumps({**update, "update_id": 0}, sort_keys=True) for update in updates])
    assert [len(set(each)) for each in found] == [1000] * 3
    assert (found[0] == found[1], found[0] == found[2], world.complaints) == (True, False, [])


async def test_most_garbled_updates_can_not_be_read_and_each_has_its_id(aino: Phone, ask: Ask, world: World) -> None:
    world.garble(aino, count=1000)
    outcomes: Counter[str] = Counter()
    async with in_memory(world) as bot:
        for raw in await everything(ask):
            assert isinstance(raw.pop("update_id"), int)
            try:
                Update.de_json({"update_id": 1, **raw}, bot)
            except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
                outcomes[type(error).__name__] += 1
    assert 400 < outcomes.total() < 1000
    assert len(outcomes) >= 3


@pytest.mark.parametrize("way", ["missing", "unknown", "sender", "bare"])
async def test_garbled_updates_are_odd_in_many_ways(aino: Phone, ask: Ask, world: World, way: str) -> None:
    world.garble(aino, count=1000)
    known = {"update_id", "message", "edited_message", "callback_query", "my_chat_member", "poll", "inline_query"}
    ways = Counter[str]()
    for raw in await everything(ask):
        bodies = [body for kind, body in raw.items() if kind != "update_id"]
        ways["bare"] += not any(isinstance(body, dict) for body in bodies)
        ways["unknown"] += bool(raw.keys() - known)
        ways["sender"] += all(isinstance(body, dict) and "from" not in body for body in bodies)
        ways["missing"] += any(isinstance(body, dict) and "chat" not in body for body in bodies)
    assert ways[way] > 20
