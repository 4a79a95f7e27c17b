"""The World: one bot, its phones, chats, pictures and the queue of updates, all in memory."""

from __future__ import annotations

import zlib
from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.sandbox import shapes
from bot.sandbox.chats import Bubble, Chat
from bot.sandbox.clock import Clock
from bot.sandbox.feed import ClockMoved, EverythingChanged, Feed, PhoneChanged, WorldClosed
from bot.sandbox.garble import garbled
from bot.sandbox.menus import Menus
from bot.sandbox.phones import Group, Phone
from bot.sandbox.pictures import Pictures
from bot.sandbox.refusals import NoAnswerError
from bot.sandbox.shapes import BotAccount
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Deliveries, Patience

if TYPE_CHECKING:
    from bot.sandbox.weather import Weather

QUERY_LIVES: Final = timedelta(seconds=150)
"""How long a tap can be answered; after that Telegram says that the query is too old."""
QUERIES_KEPT: Final = 5000
CALLS_KEPT: Final = 1000


@dataclass(frozen=True)
class Query:
    """A tap that waits for its answer."""

    id: str
    phone: Phone
    at: datetime
    answered: bool = False


@dataclass(frozen=True)
class Trouble:
    """Something that goes wrong with a coming call, for tests of what the bot makes of it.

    With `lost` the call does its work before it goes wrong: nobody can tell whether it was sent. With `dropped` no
    answer comes, the connection closes. With `unreachable` no connection is made, and no work is done.
    """

    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    lost: bool = False
    dropped: bool = False
    unreachable: bool = False


@dataclass(frozen=True)
class Call:
    """A call of the Bot API as it came in, with what was refused, if it was. No contents."""

    method: str
    chat: int | None
    refused: str | None = None


class World:
    """A Telegram with one bot.

    `complaints` are calls that real Telegram might take but the sandbox wasn't built for, or that break our own limits:
    tests assert that there are none.
    """

    def __init__(self, clock: Clock | None = None, *, name: str = "Kuulolla", username: str = "kuulolla_bot") -> None:
        self.clock = clock or Clock()
        self.bot = BotAccount(7_000_000_001, name, username)
        self.updates = Updates(self.clock)
        self.menus = Menus()
        self.pictures = Pictures()
        self.feed = Feed()
        self.complaints: list[str] = []
        self.closed = False
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.deliveries: Deliveries | None = None
        self.webhook_targets: list[str] = []
        """Where updates go in turns instead of the webhook's own address: several programs behind one."""
        self.webhook_patience = Patience()
        self._phones: dict[str, Phone] = {}
        self._owners: dict[int, Phone] = {}
        self._groups: dict[str, Group] = {}
        self._back_at: datetime | None = None
        self._queries: dict[str, Query] = {}
        self._troubles: list[tuple[str, Trouble]] = []
        self._last_message_id = 0
        self._last_query_id = 4_100_000_000

    @property
    def phones(self) -> tuple[Phone, ...]:
        """All phones in the order in which they came."""
        return tuple(self._phones.values())

    def phone(self, name: str, *, title: str = "", about: str = "", language: str = "fi") -> Phone:
        """Find the phone of this name, or add one. The same name always has the same user id."""
        if name not in self._phones:
            number = 5_000_000_000 + zlib.crc32(name.encode())
            self._phones[name] = Phone(
                self, user_id=number, name=name, title=title or name.title(), about=about, language=language
            )
            self._owners[number] = self._phones[name]
            self.feed.tell(EverythingChanged())
        return self._phones[name]

    def find_phone(self, name: str) -> Phone | None:
        return self._phones.get(name)

    def forget(self, name: str) -> None:
        """Take a phone away with its chat."""
        if phone := self._phones.pop(name, None):
            del self._owners[phone.id]
            self.feed.tell(EverythingChanged())

    def group(self, name: str, *, by: Phone) -> Group:
        """Find a group chat, or let the phone `by` make one and add the bot."""
        if name not in self._groups:
            chat = Chat(-4_000_000_000 - zlib.crc32(name.encode()) % 1_000_000_000, "group", name, known=True)
            self._groups[name] = Group(name, chat)
            self.membership_changed(by, chat, member=True)
        return self._groups[name]

    def chat(self, chat_id: int) -> Chat | None:
        """Find a private chat or a group."""
        phone = self.owner(chat_id)
        if phone is not None:
            return phone.chat
        return next((group.chat for group in self._groups.values() if group.chat.id == chat_id), None)

    def owner(self, chat_id: int) -> Phone | None:
        """Find the phone whose private chat this is."""
        return self._owners.get(chat_id)

    @property
    def unanswered(self) -> tuple[Query, ...]:
        """Taps that the bot has not answered: phones still show them turning."""
        return tuple(query for query in self._queries.values() if not query.answered)

    def query(self, query_id: str) -> Query | None:
        """Find a tap that can still be answered."""
        query = self._queries.get(query_id)
        if query is None or query.answered or self.clock.now() - query.at > QUERY_LIVES:
            return None
        return query

    def answered(self, query: Query) -> None:
        self._queries[query.id] = replace(query, answered=True)

    def next_message_id(self) -> int:
        self._last_message_id += 1
        return self._last_message_id

    def message_json(self, bubble: Bubble, *, text: str | None = None) -> dict[str, Any]:
        """Shape: Message of the Bot API."""
        author = self._phones[bubble.author].json() if bubble.author else self.bot.json()
        return shapes.message(bubble, self._chat_of(bubble), author=author, text=text)

    def received(self, phone: Phone, bubble: Bubble, *, text: str | None = None) -> None:
        """Take what a phone wrote. `text` is what the bot gets where the chat shows less."""
        chat = self._chat_of(bubble)
        chat.known = True
        chat.put(bubble)
        self.updates.put("message", self.message_json(bubble, text=text))
        self.feed.tell(PhoneChanged(phone.name))

    def tapped(self, phone: Phone, data: str, message: dict[str, Any]) -> None:
        """Take a tap on a button of `message`."""
        self._last_query_id += 1
        late = self.weather is not None and self.weather.expires()
        at = self.clock.now() - (QUERY_LIVES + timedelta(seconds=1) if late else timedelta())
        query = Query(str(self._last_query_id), phone, at)
        self._queries[query.id] = query
        if len(self._queries) > QUERIES_KEPT:
            del self._queries[next(iter(self._queries))]
        body = {"id": query.id, "from": phone.json(), "message": message, "chat_instance": str(phone.id), "data": data}
        self.updates.put("callback_query", body)

    def membership_changed(self, phone: Phone, chat: Chat, *, member: bool) -> None:
        """Tell the bot that it was (un)blocked or added to a group."""
        body = shapes.membership(chat, user=phone.json(), bot=self.bot.json(), member=member, at=self.clock.now())
        self.updates.put("my_chat_member", body)

    def show(self, bubble: Bubble) -> None:
        """Put a new message of the bot into its chat, and on the lock screen."""
        self._chat_of(bubble).put(bubble)
        if phone := self.owner(bubble.chat):
            phone.lock_screen.notify(bubble)
            self.feed.tell(PhoneChanged(phone.name))

    def change(self, bubble: Bubble) -> None:
        """Put an edited message in the place of what it was."""
        self._chat_of(bubble).put(bubble)
        self._tell_owner(bubble.chat)

    def remove(self, bubble: Bubble) -> None:
        """Take a message out of its chat, for everyone."""
        self._chat_of(bubble).drop(bubble.id)
        if phone := self.owner(bubble.chat):
            phone.lock_screen.withdraw(bubble.id)
        self._tell_owner(bubble.chat)

    def move_clock(self, by: timedelta) -> None:
        """Move the time and tell the pages."""
        self.clock.move(by)
        self.updates.delays.look_at_the_clock()
        self.feed.tell(ClockMoved())

    def interrupt(self, method: str, trouble: Trouble, *, times: int = 1) -> None:
        """Let the next call of `method`, or the next few, go wrong."""
        self._troubles += [(method, trouble)] * times

    def trouble_with(self, method: str, chat: int | None = None) -> Trouble | None:
        """Take the next trouble that waits for this method, or what the weather has for it."""
        if self.is_away:
            return Trouble(unreachable=True)
        for number, (waiting, trouble) in enumerate(self._troubles):
            if waiting == method:
                del self._troubles[number]
                return trouble
        return self.weather.trouble(method, chat, self.clock.now()) if self.weather else None

    @property
    def weather(self) -> Weather | None:
        """Which share of calls and updates goes wrong; None is fine weather."""
        return self.updates.delays.weather

    @weather.setter
    def weather(self, weather: Weather | None) -> None:
        self.updates.delays.weather = weather

    def away(self, span: timedelta | None = None) -> None:
        """Be out of the bot's reach, for a span of the World's clock or until `back`. People write on."""
        self._back_at = self.clock.now() + span if span is not None else datetime.max.replace(tzinfo=UTC)
        self.updates.end_poll(NoAnswerError())

    def back(self) -> None:
        """Be within reach again."""
        self._back_at = None

    @property
    def is_away(self) -> bool:
        """Whether no connection can be made to Telegram now."""
        return self._back_at is not None and self.clock.now() < self._back_at

    def garble(self, phone: Phone, *, count: int = 1, seed: int = 0) -> None:
        """Queue updates of odd shapes, as if they were of this phone; the same seed gives the same ones."""
        for kind, shape in garbled(phone.json(), phone.chat.json(), self.bot.json(), seed=seed, count=count):
            self.updates.put_shape(kind, shape)

    async def all_confirmed(self) -> None:
        """Wait until the bot has confirmed every update."""
        await self.updates.all_confirmed()

    def open(self) -> None:
        """Begin to be served. A webhook that was set is still set."""
        if self.closed and self.deliveries:
            self.deliveries = Deliveries(self.deliveries.hook, self)
            self.updates.hand_to(self.deliveries.take)
        self.closed = False

    def close(self) -> None:
        """End what waits: the long poll returns with nothing, watchers are told."""
        self.closed = True
        self.updates.end_poll()
        if self.deliveries:
            self.deliveries.end()
        self.feed.tell(WorldClosed())

    def empty(self) -> None:
        """Begin anew: phones stay, with their ids and languages; message and update ids go on growing.

        Menus stay too: they belong to the bot, which sets them when it starts.
        """
        for phone in self.phones:
            phone.empty()
        self._groups.clear()
        self._queries.clear()
        self._troubles.clear()
        self.weather = None
        self.back()
        self.updates.clear()
        self.pictures.clear()
        self.complaints.clear()
        self.calls.clear()
        self.feed.tell(EverythingChanged())

    def _chat_of(self, bubble: Bubble) -> Chat:
        chat = self.chat(bubble.chat)
        if chat is None:
            raise LookupError("a message of no chat")
        return chat

    def _tell_owner(self, chat_id: int) -> None:
        if phone := self.owner(chat_id):
            self.feed.tell(PhoneChanged(phone.name))
