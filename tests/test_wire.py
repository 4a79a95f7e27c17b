"""Telegram's errors as outcomes; and messages on their way to it, over real connections too."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import httpx
import pytest
from structlog.testing import capture_logs
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.warnings import PTBDeprecationWarning

from bot import app, metrics
from bot.charts import series
from bot.charts.qr import Code, png
from bot.charts.series import Picture
from bot.charts.studio import Studio
from bot.i18n import language
from bot.keyboards import keyboard
from bot.messages.message import Button, Document, Message
from bot.outcomes import Again, GaveUp, Gone, Missing, Outcome, Sent, Unknown, outcome_of
from bot.sandbox.api import Answer, Api
from bot.sandbox.chats import File
from bot.sandbox.clock import Clock
from bot.sandbox.phones import Phone
from bot.sandbox.pictures import blank_png
from bot.sandbox.request import WorldRequest
from bot.sandbox.world import Trouble, World
from bot.wire import Post
from tests.charts.cases import ALL, USUAL
from tests.stage import MONDAY, TOKEN, Sketches

EN, FI = language("en"), language("fi")
HELLO = Message("<b>Hello</b>", ((Button("Yes", "yes"), Button("Look", url="https://example.org")),))
PICTURE = Message("A picture", picture=USUAL)


@pytest.fixture(autouse=True)
def _times_as_the_bot_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


# Errors


def caused(error: NetworkError, cause: Exception) -> NetworkError:
    error.__cause__ = cause
    return error


TABLE: list[tuple[TelegramError, Outcome]] = [
    (RetryAfter(30), Again(30.0)),
    (RetryAfter(timedelta(seconds=2.5)), Again(2.5)),
    (Forbidden("Forbidden: bot was blocked by the user"), Gone()),
    (Forbidden("Forbidden: user is deactivated"), Gone()),
    (Forbidden("bot was kicked from the group chat"), Gone()),
    (BadRequest("Chat not found"), Gone()),
    (BadRequest("CHAT NOT FOUND"), Gone()),
    (BadRequest("PEER_ID_INVALID"), Gone()),
    (BadRequest("Message to edit not found"), Missing()),
    (BadRequest("Message can't be edited"), Missing()),
    (BadRequest("MESSAGE_ID_INVALID"), Missing()),
    (BadRequest("There is no text in the message to edit"), Missing()),
    (BadRequest("Can't parse entities: unclosed start tag"), GaveUp()),
    (BadRequest("Button_data_invalid"), GaveUp()),
    (NetworkError("Bad Gateway"), Unknown()),
    (NetworkError("httpx.ReadError: "), Unknown()),
    (TimedOut(), Unknown()),
    (caused(TimedOut(), httpx.ReadTimeout("")), Unknown()),
    (caused(TimedOut(), httpx.WriteTimeout("")), Unknown()),
    (caused(NetworkError(""), httpx.RemoteProtocolError("")), Unknown()),
    (caused(TimedOut(), httpx.PoolTimeout("")), Again(1.0)),
    (caused(TimedOut(), httpx.ConnectTimeout("")), Again(1.0)),
    (caused(NetworkError(""), httpx.ConnectError("")), Again(1.0)),
    (Conflict("terminated by other getUpdates request"), GaveUp()),
    (InvalidToken("Not Found"), GaveUp()),
    (ChatMigrated(-100), GaveUp()),
    (EndPointNotFound("Not Found"), GaveUp()),
]


@pytest.mark.parametrize(("error", "outcome"), TABLE, ids=[f"{type(e).__name__}: {e.message}" for e, _ in TABLE])
def test_each_error_means_something_for_the_message(error: TelegramError, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome


def test_a_token_that_telegram_does_not_know_says_nothing_of_the_message() -> None:
    with pytest.raises(InvalidToken):
        outcome_of(InvalidToken("Unauthorized"))


def test_a_waiting_time_in_seconds_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library says seconds, with a warning, where the environment doesn't ask for a timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "false")
    with pytest.warns(PTBDeprecationWarning):
        assert outcome_of(RetryAfter(30)) == Again(30.0)


# In a chat


@pytest.fixture
def world() -> World:
    return World(Clock.at(MONDAY))


@pytest.fixture
def aino(world: World) -> Phone:
    phone = world.phone("aino")
    phone.says("/start")
    return phone


@pytest.fixture
async def post(world: World) -> AsyncIterator[Post]:
    async with Bot(TOKEN, request=WorldRequest(world), get_updates_request=WorldRequest(world)) as bot:
        yield Post(bot, Sketches())


@pytest.fixture
async def broken(world: World) -> AsyncIterator[Post]:
    """No picture succeeds."""
    request = WorldRequest(world)
    async with (
        Bot(TOKEN, request=request, get_updates_request=request) as bot,
        Studio(program="tests.courier.broken_easel", limit=5) as studio,
    ):
        yield Post(bot, studio)


async def test_a_message_arrives_with_its_buttons_in_their_rows(post: Post, aino: Phone) -> None:
    outcome = await post.send(aino.id, HELLO, EN)
    bubble = aino.screen
    assert outcome == Sent(bubble.id)
    assert (bubble.html, bubble.labels, bubble.silent) == ("<b>Hello</b>", (("Yes", "Look"),), False)


async def test_a_picture_arrives_without_a_sound_behind_a_spoiler(post: Post, aino: Phone) -> None:
    await post.send(aino.id, PICTURE, EN, quiet=True)
    photo = aino.screen.photo
    assert (aino.screen.text, photo and photo.spoiler, aino.screen.silent) == ("A picture", True, True)


@pytest.mark.parametrize(
    "before", [HELLO, PICTURE, Message("Another picture", picture=USUAL)], ids=["text", "same", "other"]
)
async def test_a_picture_takes_the_place_of_what_stood_there(post: Post, aino: Phone, before: Message) -> None:
    await post.send(aino.id, before, EN)
    there = aino.screen.id
    assert await post.edit(aino.id, there, PICTURE, EN) == Sent(there)
    assert (aino.screen.id, aino.screen.text, aino.screen.photo is not None) == (there, "A picture", True)


async def test_an_edit_that_changes_nothing_has_succeeded(post: Post, aino: Phone) -> None:
    await post.send(aino.id, HELLO, EN)
    there = aino.screen
    assert [await post.edit(aino.id, there.id, HELLO, EN) for _ in range(2)] == [Sent(there.id)] * 2


@pytest.mark.parametrize("said", ["Bad Request: MESSAGE IS NOT MODIFIED", "message Is Not modified: exactly the same"])
async def test_in_whatever_case_telegram_says_so(post: Post, aino: Phone, world: World, said: str) -> None:
    await post.send(aino.id, HELLO, EN)
    world.interrupt("editMessageText", Trouble(400, said))
    assert await post.edit(aino.id, aino.screen.id, Message("Bye"), EN) == Sent(aino.screen.id)


async def test_what_is_not_there_or_not_a_text_can_not_be_edited(post: Post, aino: Phone) -> None:
    await post.send(aino.id, PICTURE, EN)
    outcomes = [await post.edit(aino.id, at, HELLO, EN) for at in (aino.screen.id, 99_999)]
    assert outcomes == [Missing(), Missing()]


async def test_to_who_has_blocked_the_bot_nothing_is_sent(post: Post, aino: Phone) -> None:
    aino.blocked = True
    assert await post.send(aino.id, HELLO, EN) == Gone()


async def test_to_who_never_wrote_to_the_bot_nothing_is_sent(post: Post, world: World) -> None:
    assert await post.send(world.phone("bo").id, HELLO, EN) == Gone()


async def test_a_picture_that_fails_goes_as_a_text_and_never_into_the_place_of_a_picture(
    post: Post, broken: Post, aino: Phone
) -> None:
    await post.send(aino.id, PICTURE, EN)
    assert await broken.edit(aino.id, aino.screen.id, PICTURE, EN) == Missing()
    assert isinstance(await broken.send(aino.id, PICTURE, EN), Sent)
    assert (aino.screen.photo, "19 Sept 2025 · 21.2 · 34.5" in aino.screen.text) == (None, True)
    assert [entity.kind for entity in aino.screen.formatted.entities] == ["spoiler"]


KINDS = ("rich", "family of five", "side by side", "areas", "own measures", "my picture", "summary", "team")
"""One picture of each kind."""


def test_each_kind_of_picture_is_among_them() -> None:
    assert {type(ALL[each]) for each in KINDS} == set(get_args(Picture))


@pytest.fixture
async def hanging(world: World) -> AsyncIterator[Post]:
    """Every drawing hangs and hears no signal; it is stopped after half a second instead of five."""
    request = WorldRequest(world)
    async with (
        Bot(TOKEN, request=request, get_updates_request=request) as bot,
        Studio(1, program="tests.charts.easels.hanging", limit=0.5) as studio,
    ):
        await studio.warm()
        yield Post(bot, studio)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["picture", "page"])
async def test_a_picture_of_each_kind_that_hangs_is_stopped_and_goes_as_a_text(
    hanging: Post, aino: Phone, kind: str, way: str
) -> None:
    drawn, begun = ALL[kind], time.monotonic()
    page = Document("page.pdf", drawn)
    outcome = await hanging.send(aino.id, replace(HELLO, picture=drawn) if way == "picture" else _of(page), EN)
    assert time.monotonic() - begun < 5, "half a second to draw, and what a busy machine takes to start a process"
    assert isinstance(outcome, Sent)
    assert (aino.screen.photo, aino.screen.text) == (None, f"Hello\n\n{series.table(drawn, EN)}".strip())


def _of(page: Document) -> Message:
    return replace(HELLO, document=page)


async def test_it_is_stopped_after_five_seconds(world: World, aino: Phone) -> None:
    request = WorldRequest(world)
    async with (
        Bot(TOKEN, request=request, get_updates_request=request) as bot,
        Studio(1, program="tests.charts.easels.hanging") as studio,
    ):
        await studio.warm()
        begun = time.monotonic()
        await Post(bot, studio).send(aino.id, PICTURE, EN)
        assert 5 <= time.monotonic() - begun < 9
    assert "19 Sept 2025 · 21.2 · 34.5" in aino.screen.text


async def test_a_table_that_is_too_long_for_a_message_keeps_its_newest_lines(broken: Post, aino: Phone) -> None:
    days = [date(2020, 1, 1) + timedelta(days=each) for each in range(80)]
    gone = [series.Missing(each, series.Why.NOT_THERE) for each in days]
    drawn = series.trend(
        FI,
        heading="Koivu 27",
        meetings=days,
        outcome=[],
        alliance=[],
        outcome_cutoff=280,
        alliance_cutoff=360,
        besides=series.Besides(outcome_missing=gone, alliance_missing=gone),
    )
    assert isinstance(await broken.send(aino.id, Message("x" * 1000, picture=drawn), FI), Sent)
    assert len(aino.screen.text) <= 4096
    assert FI.full_date(days[-1]) in aino.screen.text
    assert "Koivu 27" in aino.screen.text


# The same picture again

OTHER = Message("Another text", picture=USUAL)


class Uploads(Api):
    """Keeps which calls carried a file."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.carried: list[tuple[str, bool]] = []

    async def answer(self, method: str, values: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> Answer:
        if method in {"sendPhoto", "editMessageMedia"}:
            self.carried.append((method, bool(files)))
        return await super().answer(method, values, files)


@pytest.fixture
async def uploads(world: World) -> AsyncIterator[tuple[Post, Uploads]]:
    request, counted = WorldRequest(world), Uploads(world)
    request._api = counted
    async with Bot(TOKEN, request=request, get_updates_request=WorldRequest(world)) as bot:
        yield Post(bot, Sketches()), counted


def reused_so_far() -> float:
    """Pictures that went out by Telegram's id of them."""
    return metrics.REGISTRY.get_sample_value("kuulolla_pictures_reused_total", {"how": "uploaded"}) or 0


def shown(phone: Phone) -> tuple[str, bytes, bool]:
    photo = phone.screen.photo
    assert photo
    return phone.screen.text, photo.picture.content, photo.spoiler


async def test_a_code_is_carried_each_time_and_never_veiled(
    uploads: tuple[Post, Uploads], aino: Phone, world: World
) -> None:
    post, counted = uploads
    code = Code("https://t.me/kuulolla_bot?start=secret")
    await post.send(aino.id, Message("A code", picture=code), EN)
    await post.send(aino.id, Message("A code", picture=code), EN)
    assert counted.carried == [("sendPhoto", True)] * 2
    assert shown(aino) == ("A code", png(code), False)
    await post.edit(aino.id, aino.screen.id, Message("It is over", picture=Code("")), EN)
    assert shown(aino) == ("It is over", png(Code("")), False)


async def test_a_picture_that_telegram_has_goes_out_by_its_id_and_isnt_drawn_again(
    uploads: tuple[Post, Uploads], aino: Phone, world: World
) -> None:
    post, counted = uploads
    nora, before = world.phone("nora"), reused_so_far()
    nora.says("/start")
    await post.send(aino.id, PICTURE, EN)
    await post.send(nora.id, OTHER, EN)
    await post.edit(aino.id, aino.screen.id, OTHER, EN)
    assert counted.carried == [("sendPhoto", True), ("sendPhoto", False), ("editMessageMedia", False)]
    assert isinstance(post._studio, Sketches)
    assert (len(post._studio.drawn), reused_so_far() - before) == (1, 2)
    assert shown(aino) == shown(nora) == ("Another text", blank_png(320, 240), True)


async def test_what_an_edit_has_uploaded_is_known_too(uploads: tuple[Post, Uploads], aino: Phone) -> None:
    post, counted = uploads
    await post.send(aino.id, HELLO, EN)
    await post.edit(aino.id, aino.screen.id, PICTURE, EN)
    await post.send(aino.id, PICTURE, EN)
    assert counted.carried == [("editMessageMedia", True), ("sendPhoto", False)]


async def test_the_same_picture_in_its_own_place_changes_nothing_and_has_succeeded(post: Post, aino: Phone) -> None:
    await post.send(aino.id, PICTURE, EN)
    there = aino.screen.id
    assert await post.edit(aino.id, there, PICTURE, EN) == Sent(there)


@pytest.mark.parametrize("way", ["send", "edit"])
async def test_an_id_that_telegram_doesnt_know_any_more_is_forgotten_and_the_picture_uploaded(
    uploads: tuple[Post, Uploads], aino: Phone, world: World, way: str
) -> None:
    post, counted = uploads
    await post.send(aino.id, PICTURE, EN)
    world.pictures.clear()
    there = aino.screen.id
    outcome = await (post.send(aino.id, OTHER, EN) if way == "send" else post.edit(aino.id, there, OTHER, EN))
    assert outcome == Sent(aino.screen.id)
    assert [carried for _, carried in counted.carried] == [True, False, True]
    assert shown(aino)[0] == "Another text"


async def test_a_picture_that_telegram_refuses_by_id_and_by_upload_is_given_up(
    uploads: tuple[Post, Uploads], aino: Phone
) -> None:
    post, counted = uploads
    await post.send(aino.id, PICTURE, EN)
    assert await post.send(aino.id, Message("x" * 1025, picture=USUAL), EN) == GaveUp()
    assert [carried for _, carried in counted.carried] == [True, False, True]


async def test_to_who_has_gone_nothing_is_uploaded_either(uploads: tuple[Post, Uploads], aino: Phone) -> None:
    post, counted = uploads
    await post.send(aino.id, PICTURE, EN)
    aino.blocked = True
    assert await post.send(aino.id, PICTURE, EN) == Gone()
    assert [carried for _, carried in counted.carried] == [True, False]


# Documents

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.mark.parametrize(("content", "arrives"), [(USUAL, PDF), (b"Aino,28.4", b"Aino,28.4")], ids=["page", "bytes"])
async def test_a_document_arrives_under_its_name_with_its_buttons(
    post: Post, aino: Phone, content: Picture | bytes, arrives: bytes
) -> None:
    message = replace(HELLO, document=Document("summary.pdf", content))
    outcome = await post.send(aino.id, message, EN, quiet=True)
    bubble = aino.screen
    assert (outcome, bubble.kind, bubble.file) == (Sent(bubble.id), "document", File("summary.pdf", arrives))
    assert (bubble.html, bubble.labels, bubble.silent) == ("<b>Hello</b>", (("Yes", "Look"),), True)


async def test_a_document_takes_nobodys_place(post: Post, aino: Phone) -> None:
    await post.send(aino.id, HELLO, EN)
    message = Message("A summary", document=Document("summary.pdf", USUAL))
    assert await post.edit(aino.id, aino.screen.id, message, EN) == Missing()


async def test_a_page_that_cant_be_drawn_goes_as_a_text_with_the_numbers(broken: Post, aino: Phone) -> None:
    await broken.send(aino.id, Message("A summary", document=Document("summary.pdf", USUAL)), EN)
    assert (aino.screen.kind, "19 Sept 2025 · 21.2 · 34.5" in aino.screen.text) == ("text", True)
    assert [entity.kind for entity in aino.screen.formatted.entities] == ["spoiler"]


async def test_to_who_has_blocked_the_bot_no_document_is_sent(post: Post, aino: Phone) -> None:
    aino.blocked = True
    assert await post.send(aino.id, Message("A file", document=Document("a.txt", b"a")), EN) == Gone()


# Out of the chat


async def test_a_message_is_taken_out_of_the_chat_or_at_least_loses_its_buttons(
    post: Post, aino: Phone, world: World
) -> None:
    await post.send(aino.id, HELLO, EN)
    young = aino.screen.id
    await post.remove(aino.id, young)
    await post.send(aino.id, HELLO, EN)
    world.move_clock(timedelta(hours=49))
    old = aino.screen.id
    await post.remove(aino.id, old)
    await post.remove(aino.id, 99_999)
    shown = [(bubble.id, bubble.labels) for bubble in aino.sees if bubble.author is None]
    assert shown == [(old, ())]


async def test_a_tap_is_answered_and_one_that_is_too_old_is_passed_over(post: Post, aino: Phone, world: World) -> None:
    await post.send(aino.id, HELLO, EN)
    for note in ("", "n" * 250):
        aino.taps("Yes")
        await post.answer(world.unanswered[-1].id, note, alert=True)
    world.move_clock(timedelta(minutes=5))
    with capture_logs() as logged:
        await post.answer("1", "too late")
    assert logged == []
    assert [(toast.text, toast.alert) for toast in aino.toasts] == [("n" * 200, True)]


def test_the_same_keyboard_is_built_once() -> None:
    rows = tuple(replace(button) for button in HELLO.buttons[0])
    assert keyboard((rows,)) is keyboard(HELLO.buttons)
    assert keyboard(()) is None


# Over real connections

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answers(status: str, body: str) -> Behaviour:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]))
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode())
        await writer.drain()

    return answer


async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """After the whole request has come in."""
    await reader.readuntil(b"\r\n\r\n")


async def breaks_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """In the middle of the answer."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"ok": true, ')
    await writer.drain()


async def resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The connection is reset when the request has come in."""
    await reader.readuntil(b"\r\n\r\n")
    writer.transport.abort()


@asynccontextmanager
async def serving(behaviour: Behaviour) -> AsyncIterator[str]:
    """The address of a server that does this with every connection."""

    served: list[asyncio.Future[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        done = asyncio.get_running_loop().create_future()
        served.append(done)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await behaviour(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        done.set_result(None)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await asyncio.gather(*served)


@asynccontextmanager
async def posting(address: str, *, connections: int = 4, seconds: float = 5.0) -> AsyncIterator[Post]:
    """A Post over the transport of the bot; nobody asks who it is first."""
    requests = [app.transport(connections=connections, read_seconds=seconds) for _ in range(2)]
    bot = app.create_bot(TOKEN, address, request=requests[0], polling=requests[1])
    for request in requests:
        await request.initialize()
    yield Post(bot, Sketches())
    for request in requests:
        await request.shutdown()


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (answers("502 Bad Gateway", "<html>"), Unknown()),
        (answers("500 Internal Server Error", '{"ok": false, "error_code": 500, "description": "x"}'), Unknown()),
        (
            answers(
                "429 Too Many Requests",
                '{"ok": false, "error_code": 429, "description": "x", "parameters": {"retry_after": 7}}',
            ),
            Again(7.0),
        ),
        (answers("403 Forbidden", '{"ok": false, "error_code": 403, "description": "Forbidden: x"}'), Gone()),
        (answers("403 Forbidden", "<html>a proxy's page</html>"), Unknown()),
        (answers("403 Forbidden", '{"error": "not by this proxy"}'), Unknown()),
        (answers("400 Bad Request", "<html>a proxy's page</html>"), Unknown()),
        (answers("200 OK", "<html>a proxy's page</html>"), Unknown()),
        (hangs, Unknown()),
        (hangs_up, Unknown()),
        (breaks_off, Unknown()),
        (resets, Unknown()),
    ],
    ids=[
        "502",
        "500",
        "429",
        "403",
        "403 of a proxy",
        "403 of a proxy in JSON",
        "400 of a proxy",
        "200 of a proxy",
        "hangs",
        "hangs up",
        "breaks off",
        "resets",
    ],
)
async def test_what_a_server_does_with_a_message(behaviour: Behaviour, outcome: Outcome) -> None:
    async with serving(behaviour) as address, posting(address, seconds=0.3) as post:
        assert await post.send(1, HELLO, EN) == outcome


async def test_where_no_server_is_nothing_has_been_sent() -> None:
    async with serving(hangs) as address:
        pass
    async with posting(address) as post:
        assert await post.send(1, HELLO, EN) == Again(1.0)


async def test_where_no_connection_is_free_nothing_has_been_sent() -> None:
    async with serving(hangs) as address, posting(address, connections=1, seconds=1.0) as post:
        first = asyncio.create_task(post.send(1, HELLO, EN))
        await asyncio.sleep(0)
        second = await post.send(1, HELLO, EN)
        assert (await first, second) == (Unknown(), Again(1.0))


async def test_as_many_connections_are_open_at_once_as_asked_for() -> None:
    at_once, everybody = 0, asyncio.Event()

    async def counted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal at_once
        at_once += 1
        if at_once == 150:
            everybody.set()
        await everybody.wait()

    async with serving(counted) as address, posting(address, connections=150) as post:
        sending = [asyncio.create_task(post.send(1, HELLO, EN)) for _ in range(150)]
        with suppress(TimeoutError):
            await asyncio.wait_for(everybody.wait(), 5)
        most = at_once
        everybody.set()
        assert {type(each) for each in await asyncio.gather(*sending)} == {Unknown}
        assert most == 150
