"""A lean Bot API server on loopback, with people who tap: the sandbox's shapes, made for speed and for nothing else.

The sandbox's own server understands and checks every call, and would be slower than the bots that are measured; this
one reads only which message is edited with what. It runs in a process of its own: `python -m bench.server`.

On standard input: `count` (how many presses were answered and edited, and what it has cost here) and `end`.
"""

import argparse
import asyncio
import json
import re
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from bench import questionnaires
from bot.keyboards import keyboard
from bot.sandbox.markup import parse

BOT: Final = {"id": 7_000_000_001, "is_bot": True, "first_name": "Kuulolla", "username": "kuulolla_bot"}
ME: Final = BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
_LENGTH: Final = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_BOT: Final = json.dumps(BOT)
FIRST_UPDATE: Final = 410_000_001
HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


@dataclass
class Person:
    """Somebody who taps through one questionnaire after another. `screen` is the text and keyboard as JSON."""

    at: int
    number: int = 0
    item: int = questionnaires.FIRST
    screen: str = ""
    waits_for: set[str] = field(default_factory=set)
    taps: int = 0

    def looks_at_next(self) -> None:
        """The next questionnaire, in a message of its own."""
        self.number, self.item = self.number + 1, questionnaires.FIRST
        self.screen = first_screen(self.at, self.number)


def first_screen(person: int, number: int) -> str:
    """The message of a questionnaire before anybody tapped on it, as JSON."""
    id, stands_for = questionnaires.draft_id(person, number), questionnaires.draft_id(person, number % 2)
    return _first(person % 4, number % 2, person, stands_for).replace(stands_for, id)


@lru_cache(maxsize=1024)
def _first(_role: int, number: int, person: int, _stands_for: str) -> str:
    shown = questionnaires.screen(person, number, questionnaires.FIRST)
    markup = keyboard(shown.buttons)
    return as_json(shown.text, markup.to_json() if markup else "{}")


def as_json(html: str, markup: str) -> str:
    """Text, entities and keyboard of a message, as they stand in its JSON."""
    return f'{_text(html)},"reply_markup":{markup}'


@lru_cache(maxsize=4096)
def _text(html: str) -> str:
    formatted = parse(html)
    found = [entity.json() for entity in formatted.entities]
    shape = {"text": formatted.text, "entities": found} if found else {"text": formatted.text}
    return json.dumps(shape, ensure_ascii=False)[1:-1]


class Crowd:
    """All people, and the updates that they cause until the bot confirms them."""

    def __init__(self, people: int, each: int) -> None:
        self.people = [Person(at, screen=first_screen(at, 0)) for at in range(people)]
        self.idle = deque(self.people)
        self.waiting: deque[tuple[int, bytes]] = deque()
        self.poll: asyncio.Future[None] | None = None
        self.tapped: dict[int, tuple[Person, int]] = {}
        self.done, self.missed = 0, 0
        self.complaints: list[str] = []
        self._each = each
        self._closed = False

    def taps(self) -> None:
        """Whoever has waited longest taps the number for what is shown; nobody, when all wait for the bot."""
        if not self.idle:
            self.missed += 1
            return
        person = self.idle.popleft()
        person.waits_for = {"answer", "edit"}
        person.taps += 1
        update_id = FIRST_UPDATE + len(self.tapped)
        self.waiting.append((update_id, _update(update_id, person)))
        self.tapped[update_id] = person, time.monotonic_ns()
        if self.poll is not None and not self.poll.done():
            self.poll.set_result(None)

    def closed(self, at_once: int) -> None:
        """So many taps are under way from now on: each press that is done makes room for the next."""
        self._closed = True
        for _ in range(at_once):
            self.taps()

    def heard(self, person: Person, what: str) -> None:
        """One half of a press arrived: its answer, or its edit."""
        person.waits_for.discard(what)
        if person.waits_for:
            return
        self.done += 1
        if person.item not in range(1, 5):
            person.looks_at_next()
        if person.number < self._each:
            self.idle.append(person)
        if self._closed:
            self.taps()

    def edited(self, given: dict[str, str]) -> Person:
        """The person's message shows this now; it must be what comes after the tap."""
        person, markup = self.people[questionnaires.person_of(int(given["chat_id"]))], given["reply_markup"]
        shown = questionnaires.after(person.item)
        draft = questionnaires.draft_id(person.at, person.number)
        if f"answer/{draft}/{shown}/0" not in markup and f"send/{draft}" not in markup:
            self.complaints.append(f"item {person.item} was not followed by {shown}")
        person.item, person.screen = shown, as_json(given["text"], markup)
        return person

    def confirm(self, offset: int) -> None:
        while self.waiting and self.waiting[0][0] < offset:
            self.waiting.popleft()


def _update(update_id: int, person: Person) -> bytes:
    draft, score = questionnaires.draft_id(person.at, person.number), person.taps % 11
    user = questionnaires.user_id(person.at)
    return (
        f'{{"update_id":{update_id},"callback_query":{{"id":"{update_id}","from":{{"id":{user},"is_bot":false,'
        f'"first_name":"Aino","language_code":"fi"}},"message":{_message(person)},"chat_instance":"{user}",'
        f'"data":"answer/{draft}/{person.item}/{score}"}}}}'
    ).encode()


def _message(person: Person) -> str:
    user, moment = questionnaires.user_id(person.at), int(time.time())
    return (
        f'{{"message_id":{questionnaires.message_id(person.number)},"from":{_BOT},"chat":{{"id":{user},"type":'
        f'"private","first_name":"Aino"}},"date":{moment},"edit_date":{moment},{person.screen}}}'
    )


class Connection(asyncio.Protocol):
    """HTTP/1.1 as far as a bot's client speaks it: requests with a length, one after another."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._polling: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        if self._polling is not None:
            self._polling.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _length(head)
            if len(self._buffer) < end + 4 + length:
                return
            body, self._buffer = self._buffer[end + 4 : end + 4 + length], self._buffer[end + 4 + length :]
            self._called(head.split(b" ", 2)[1].rsplit(b"/", 1)[1].decode(), dict(parse_qsl(body.decode())))

    def _called(self, method: str, given: dict[str, str]) -> None:
        if method == "editMessageText":
            person = self._crowd.edited(given)
            self._answer(f'{{"ok":true,"result":{_message(person)}}}'.encode())
            self._crowd.heard(person, "edit")
        elif method == "answerCallbackQuery":
            self._answer(b'{"ok":true,"result":true}')
            self._crowd.heard(self._crowd.tapped[int(given["callback_query_id"])][0], "answer")
        elif method == "getUpdates":
            self._polling = asyncio.ensure_future(self._poll(given))
        elif method == "getMe":
            self._answer(json.dumps({"ok": True, "result": ME}).encode())
        elif method in ("setMyCommands", "deleteWebhook"):
            self._answer(b'{"ok":true,"result":true}')
        else:
            self._crowd.complaints.append(method)
            self._answer(b'{"ok":true,"result":true}')

    async def _poll(self, given: dict[str, str]) -> None:
        """What waits; when nothing does, wait for it, and a turn of the loop more for what comes together."""
        crowd = self._crowd
        crowd.confirm(int(given.get("offset", 0)))
        if not crowd.waiting and int(given.get("timeout", 0)):
            crowd.poll = asyncio.get_running_loop().create_future()
            await asyncio.wait([crowd.poll], timeout=int(given["timeout"]))
        found = [update for _, (_, update) in zip(range(int(given.get("limit", 100))), crowd.waiting, strict=False)]
        self._answer(b'{"ok":true,"result":[' + b",".join(found) + b"]}")

    def _answer(self, body: bytes) -> None:
        if self._transport is not None:
            self._transport.write(HEAD % len(body) + body)


def _length(head: bytes) -> int:
    found = _LENGTH.search(head)
    return int(found[1]) if found else 0


# The program


async def _taps(crowd: Crowd, per_second: float) -> None:
    """An open loop: so many taps a second, whether the bot keeps up or not."""
    clock = asyncio.get_running_loop().time
    due = clock()
    while True:
        crowd.taps()
        due += 1 / per_second
        await asyncio.sleep(due - clock())


async def _serve(asked: argparse.Namespace) -> None:
    crowd, loop = Crowd(asked.people, asked.each), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(crowd), "127.0.0.1", 0, backlog=1024)
    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    _print({"port": server.sockets[0].getsockname()[1]})
    tapping: set[asyncio.Task[None]] = set()
    while line := (await commands.readline()).decode().split():
        if line[0] == "closed":
            crowd.closed(int(line[1]))
        elif line[0] == "open":
            tapping.add(asyncio.create_task(_taps(crowd, float(line[1]))))
        else:
            _print(_counted(crowd, with_taps=line[0] == "end"))


def _counted(crowd: Crowd, *, with_taps: bool) -> dict[str, object]:
    counted = {"done": crowd.done, "clock": time.monotonic(), "cpu": time.process_time(), "missed": crowd.missed}
    taps = {update_id: at for update_id, (_, at) in crowd.tapped.items()} if with_taps else {}
    return counted | {"complaints": crowd.complaints, "taps": taps}


def _print(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    program = argparse.ArgumentParser(prog="python -m bench.server", description=__doc__)
    program.add_argument("--people", type=int, required=True)
    program.add_argument("--each", type=int, required=True, help="questionnaires that each person has")
    asyncio.run(_serve(program.parse_args()))


if __name__ == "__main__":
    main()
