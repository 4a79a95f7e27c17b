"""Bad weather: calls that go wrong by a seed, in memory and over HTTP, and a Telegram that isn't there at all."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.outcomes import Again, Outcome, Unknown, outcome_of
from bot.sandbox.clock import Clock
from bot.sandbox.phones import Phone
from bot.sandbox.server import create_server
from bot.sandbox.weather import CALLS, Weather
from bot.sandbox.world import Call, Trouble, World
from tests.sandbox.conftest import Ask
from tests.sandbox.connected import TOKEN, WAYS, connected, in_memory, over_http
from tests.sandbox.desk import EmptyDesk

PAGE = {"X-Sandbox": "1"}


@pytest.fixture(autouse=True)
def _times_as_the_bot_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture(params=WAYS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with connected(world, request.param) as bot:
        yield bot


async def error_of(bot: Bot, phone: Phone) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(phone.id, "Hei")
    return caught.value


def causes(error: BaseException | None) -> list[type[BaseException]]:
    """The error and what caused it, one after another."""
    return [] if error is None else [type(error), *causes(error.__cause__)]


# One call


@pytest.mark.parametrize(
    ("weather", "kind", "outcome", "arrived"),
    [
        (Weather(too_many=1, retry_after=7), RetryAfter, Again(7.0), 0),
        (Weather(failed_before=1), NetworkError, Unknown(), 0),
        (Weather(failed_after=1), NetworkError, Unknown(), 1),
        (Weather(dropped_before=1), TimedOut, Unknown(), 0),
        (Weather(dropped_after=1), TimedOut, Unknown(), 1),
    ],
    ids=["429", "5xx before", "5xx after", "dropped before", "dropped after"],
)
async def test_what_goes_wrong_with_a_send_is_what_the_bot_can_know_of_it(
    bot: Bot, aino: Phone, world: World, weather: Weather, kind: type[TelegramError], outcome: Outcome, arrived: int
) -> None:
    world.weather = weather
    error = await error_of(bot, aino)
    assert (type(error), outcome_of(error), len(aino.sees) - 1) == (kind, outcome, arrived)
    world.weather = None
    assert (await bot.send_message(aino.id, "again")).text == "again"
    assert world.complaints == []


async def test_a_dropped_connection_is_the_same_in_memory_and_over_http(aino: Phone, world: World) -> None:
    found = []
    for way in WAYS:
        async with connected(world, way) as bot:
            world.weather = Weather(dropped_before=1)
            found.append(causes(await error_of(bot, aino)))
            world.weather = None
    assert found[0] == found[1]


async def test_a_connection_that_can_not_be_made_is_the_same_in_memory_and_at_a_closed_port(
    aino: Phone, world: World
) -> None:
    async with in_memory(world) as bot:
        world.weather = Weather(unreachable=1)
        in_mind = await error_of(bot, aino)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    outside = over_http(address)
    with pytest.raises(NetworkError) as caught:
        await outside.initialize()
    await outside.shutdown()
    assert (causes(in_mind)[:2], outcome_of(in_mind)) == (causes(caught.value)[:2], outcome_of(caught.value))
    assert outcome_of(in_mind) == Again(1.0)


async def test_a_call_without_an_answer_is_counted_too(aino: Phone, ask: Ask, world: World) -> None:
    async with in_memory(world) as bot:
        world.calls.clear()
        world.interrupt("sendMessage", Trouble(lost=True, dropped=True))
        await error_of(bot, aino)
    assert list(world.calls) == [Call("sendMessage", aino.id, "no answer")]


async def test_a_connection_that_was_hung_up_takes_nobody_else_along(aino: Phone, world: World) -> None:
    async with connected(world, "http") as bot:
        poll = asyncio.create_task(bot.get_updates(timeout=10))
        await asyncio.sleep(0.1)
        world.weather = Weather(dropped_before=1)
        errors = await asyncio.gather(*(error_of(bot, aino) for _ in range(20)))
        world.weather = None
        aino.says("Hei")
        assert ([type(error) for error in errors], len(await poll)) == ([TimedOut] * 20, 1)


# Many calls


async def fates(ask: Ask, aino: Phone, weather: Weather, times: int) -> list[str]:
    """What became of each send: "sent", or the first word of what refused it."""
    answers = [await ask("sendMessage", chat_id=aino.id, text="x") for _ in range(times)]
    return ["sent" if isinstance(each, dict) else each.split()[0] for each in answers]


async def test_the_same_seed_gives_the_same_faults_and_another_gives_others(
    aino: Phone, ask: Ask, world: World
) -> None:
    found = []
    for seed in (1, 1, 2):
        world.weather = Weather(seed, too_many=0.1, failed_before=0.1, failed_after=0.1)
        found.append(await fates(ask, aino, world.weather, 60))
    assert (found[0] == found[1], found[0] == found[2]) == (True, False)


async def test_as_many_calls_go_wrong_as_the_shares_say(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(5, too_many=0.2, failed_before=0.1, failed_after=0.1)
    found = Counter(await fates(ask, aino, world.weather, 1000))
    assert 160 < found["Too"] < 240
    assert 160 < found["Internal"] + found["Bad"] + found["Gateway"] < 240
    assert (found["sent"] > 560, world.complaints) == (True, [])


async def test_only_the_chosen_methods_go_wrong(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(failed_before=1, methods=frozenset({"getUpdates"}))
    sent, refused = await ask("sendMessage", chat_id=aino.id, text="x"), await ask("getUpdates")
    world.weather = Weather(failed_before=1)
    assert (sent["text"], isinstance(refused, str), await ask("getUpdates"), "getUpdates" in CALLS) == (
        "x",
        True,
        [],
        False,
    )


async def test_what_a_test_asked_for_by_name_comes_before_the_weather(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(too_many=1)
    world.interrupt("sendMessage", Trouble(400, "Bad Request: no"))
    assert [await ask("sendMessage", chat_id=aino.id, text="x") for _ in range(2)] == [
        "Bad Request: no",
        "Too Many Requests: retry after 1",
    ]


@pytest.mark.parametrize("shares", [{"late": 1.1}, {"too_many": -0.1}, {"failed_before": 0.6, "dropped_after": 0.6}])
def test_shares_that_can_not_be_are_refused(shares: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="shares are 0 to 1"):
        Weather.read(shares)


# Telegram's own limits


async def test_a_chat_takes_about_one_message_a_second(aino: Phone, ask: Ask, world: World, clock: Clock) -> None:
    world.weather = Weather(paced=True, burst=2)
    other = world.phone("bo")
    other.says("/start")
    sends: dict[str, Any] = {"chat_id": aino.id, "text": "x"}
    at_once = [isinstance(await ask("sendMessage", **sends), dict) for _ in range(2)]
    refused = await ask("sendMessage", **sends)
    elsewhere = await ask("sendMessage", chat_id=other.id, text="x")
    clock.move(timedelta(seconds=0.9))
    still_refused = await ask("sendMessage", **sends)
    clock.move(timedelta(seconds=0.1))
    assert (at_once, refused, isinstance(elsewhere, dict)) == ([True] * 2, "Too Many Requests: retry after 1", True)
    assert (still_refused, isinstance(await ask("sendMessage", **sends), dict)) == (refused, True)


async def test_all_chats_together_take_thirty_messages_a_second(ask: Ask, world: World) -> None:
    world.weather = Weather(paced=True)
    phones = [world.phone(f"guest {number}") for number in range(31)]
    for phone in phones:
        phone.says("/start")
    answers = [isinstance(await ask("sendMessage", chat_id=phone.id, text="x"), dict) for phone in phones]
    assert answers == [True] * 30 + [False]


async def test_taps_are_answered_as_fast_as_they_come(aino: Phone, ask: Ask, world: World) -> None:
    world.weather = Weather(paced=True)
    for _ in range(20):
        aino.forges("x", 1)
    answers = [await ask("answerCallbackQuery", callback_query_id=query.id) for query in world.unanswered]
    assert answers == [True] * 20


# Not there at all


async def test_a_telegram_that_is_away_answers_nothing_and_loses_nothing(bot: Bot, aino: Phone, world: World) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.1)
    world.away()
    with pytest.raises(NetworkError):
        await asyncio.wait_for(poll, 2)
    error = await error_of(bot, aino)
    aino.says("Hei")
    world.back()
    assert (isinstance(error, NetworkError), len(await bot.get_updates()), len(aino.sees)) == (True, 1, 2)
    assert world.complaints == []


async def test_a_telegram_is_away_for_a_span_of_the_clock(aino: Phone, world: World) -> None:
    async with in_memory(world) as bot:
        world.away(timedelta(hours=6))
        world.move_clock(timedelta(hours=5, minutes=59))
        error = await error_of(bot, aino)
        world.move_clock(timedelta(minutes=1))
        assert (outcome_of(error), (await bot.send_message(aino.id, "Hei")).text) == (Again(1.0), "Hei")


async def test_taps_made_while_it_was_away_are_too_old_afterwards_and_messages_are_not(
    aino: Phone, world: World
) -> None:
    async with in_memory(world) as bot:
        world.away(timedelta(minutes=3))
        aino.says("Hei")
        aino.forges("x", 1)
        world.move_clock(timedelta(minutes=3))
        assert [update.message is not None for update in await bot.get_updates()] == [True]


# Two at once, and none


async def test_who_polls_while_a_webhook_is_set_is_told_so(bot: Bot, aino: Phone, world: World) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.1)
    await bot.set_webhook("http://127.0.0.1:9/nobody")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await asyncio.wait_for(poll, 2)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    aino.says("Hei")
    await bot.delete_webhook()
    assert (len(await bot.get_updates()), world.complaints) == (1, [])


# From another program


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_server(world, token=TOKEN, desk=EmptyDesk(world)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080", headers=PAGE) as client:
        yield client


async def test_the_weather_is_changed_over_http(http: httpx.AsyncClient, world: World) -> None:
    given = {"seed": 4, "failed_after": 0.1, "late_seconds": 2, "paced": True, "methods": ["getUpdates"]}
    set_ = await http.post("/weather", json={"weather": given})
    there = world.weather
    cleared = await http.post("/weather", json={"weather": None})
    assert (set_.status_code, cleared.status_code, world.weather) == (204, 204, None)
    assert there == Weather(4, failed_after=0.1, late_seconds=2, paced=True, methods=frozenset({"getUpdates"}))


async def test_telegram_is_sent_away_and_called_back_over_http(http: httpx.AsyncClient, world: World) -> None:
    found = []
    for away in (True, False, 60):
        await http.post("/weather", json={"away": away})
        found.append(world.is_away)
    world.move_clock(timedelta(seconds=60))
    assert [*found, world.is_away] == [True, False, True, False]


@pytest.mark.parametrize(
    "body",
    [
        {"weather": {"rain": 1}},
        {"weather": {"late": "1"}},
        {"weather": {"late": True}},
        {"weather": {"late": 2}},
        {"weather": {"seed": 0.5}},
        {"weather": {"paced": 1}},
        {"weather": {"methods": [1]}},
        {"weather": ["late"]},
        {"away": "long"},
        {"away": -1},
    ],
)
async def test_what_is_no_weather_is_refused(http: httpx.AsyncClient, world: World, body: dict[str, Any]) -> None:
    answer = await http.post("/weather", json=body)
    assert (answer.status_code, list(answer.json()), world.weather, world.is_away) == (400, ["error"], None, False)


async def test_another_site_can_not_change_the_weather(http: httpx.AsyncClient, world: World) -> None:
    answer = await http.post("/weather", json={"weather": {"late": 1}}, headers={"X-Sandbox": ""})
    assert (answer.status_code, world.weather) == (403, None)
