"""Phones: people who say, tap, send, block and delete, each in one private chat with the bot.

Each verb puts a proper Update into the World's queue, and counts as having looked at the phone.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from bot.sandbox import shapes
from bot.sandbox.chats import Bubble, Chat, Key, Photo
from bot.sandbox.feed import PhoneChanged, ToastShown
from bot.sandbox.lock import Lock, LockScreen
from bot.sandbox.markup import plain
from bot.sandbox.menus import Command
from bot.sandbox.pictures import blank_png

if TYPE_CHECKING:
    from bot.sandbox.world import World

INACCESSIBLE_AFTER: Final = timedelta(hours=48)
TOASTS_KEPT: Final = 50
_START: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class NotPossibleError(LookupError):
    """A person can't do that on this phone now: no such button or message, the bot is blocked, a wrong link."""


@dataclass(frozen=True)
class Toast:
    """What answers a tap at the top of the chat, or as an alert that must be closed."""

    text: str
    alert: bool
    at: datetime


@dataclass(frozen=True)
class Tap:
    data: str
    message_id: int


@dataclass(frozen=True)
class Group:
    """A group chat with the bot in it."""

    name: str
    chat: Chat

    @property
    def sees(self) -> tuple[Bubble, ...]:
        return self.chat.bubbles


class Phone:
    """A person's phone. Made by `World.phone`."""

    def __init__(self, world: World, *, user_id: int, name: str, title: str, about: str, language: str) -> None:
        self.id = user_id
        self.name = name
        self.title = title
        self.about = about
        self.blocked = False
        self.chat = Chat(user_id, "private", title)
        self.lock_screen = LockScreen()
        self._world = world
        self._language = language
        self._toasts: deque[Toast] = deque(maxlen=TOASTS_KEPT)
        self._last_tap: Tap | None = None

    def __repr__(self) -> str:
        return f"Phone({self.name!r})"

    @property
    def language(self) -> str:
        """The language the phone itself speaks, an IETF tag; the bot sees it in each update."""
        return self._language

    @language.setter
    def language(self, code: str) -> None:
        self._language = code
        self._changed()

    @property
    def sees(self) -> tuple[Bubble, ...]:
        """All messages that are in the chat now, oldest first."""
        return self.chat.bubbles

    @property
    def screen(self) -> Bubble:
        """The newest message of the bot. Error: NotPossibleError when there is none."""
        for bubble in reversed(self.sees):
            if bubble.author is None:
                return bubble
        raise NotPossibleError(f"{self.name} sees no message of the bot")

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """The answers to taps, oldest first."""
        return tuple(self._toasts)

    @property
    def menu(self) -> tuple[Command, ...]:
        """The commands this phone offers, by scope and language."""
        return self._world.menus.shown_in(self.chat, self.language)

    @property
    def lock(self) -> Lock | None:
        """What the lock screen shows; None when everything has been seen."""
        return self.lock_screen.shown

    def says(self, text: str, *, group: Group | None = None) -> Bubble:
        """Write a message, in the private chat or in a group."""
        if not text.strip():
            raise NotPossibleError("an empty message can't be sent")
        return self._sends(self._bubble("text", text=text.strip(), group=group))

    def opens(self, link: str) -> Bubble:
        """Open a link to the bot and press Start: the chat shows /start, the bot gets the token too."""
        token = self._start_token(link)
        return self._sends(self._bubble("text", text="/start"), text=f"/start {token}" if token else "/start")

    def sends_photo(self, caption: str = "") -> Bubble:
        """Send a photo, which nothing asked for."""
        return self._sends(
            self._bubble("photo", text=caption, photo=Photo(self._world.pictures.add(blank_png(320, 240))))
        )

    def sends_sticker(self) -> Bubble:
        return self._sends(self._bubble("sticker"))

    def sends_voice(self) -> Bubble:
        return self._sends(self._bubble("voice"))

    def sends_contact(self) -> Bubble:
        return self._sends(self._bubble("contact"))

    def taps(self, text: str, *, message: Bubble | None = None) -> None:
        """Press the button with this text: on the newest message that has one, or on `message` as it was seen then.

        Error:
            NotPossibleError, which lists the buttons there are.
        """
        seen = [message] if message else list(reversed(self.sees))
        for bubble in seen:
            for key in _keys(bubble):
                if key.text == text:
                    return self._presses(key, bubble.id)
        raise NotPossibleError(
            f"{self.name} sees no button {text!r}, only {[bubble.labels for bubble in seen if bubble.keyboard][:3]}"
        )

    def double_taps(self, text: str, *, message: Bubble | None = None) -> None:
        """Press the button with this text twice, faster than the bot can answer."""
        self.taps(text, message=message)
        self.taps_again()

    def tap_at(self, message_id: int, row: int, column: int) -> None:
        """Press a button by its place, both counted from 0, on a message that is in the chat."""
        bubble = self.chat.get(message_id)
        if bubble is None or not 0 <= row < len(bubble.keyboard) or not 0 <= column < len(bubble.keyboard[row]):
            raise NotPossibleError("there is no such button any more")
        self._presses(bubble.keyboard[row][column], message_id)

    def taps_again(self) -> None:
        """Press the last pressed button once more, whatever became of its message."""
        if self._last_tap is None:
            raise NotPossibleError(f"{self.name} has not tapped anything")
        self.forges(self._last_tap.data, self._last_tap.message_id)

    def forges(self, callback_data: str, message_id: int) -> None:
        """Press a button that was never there, as a modified client can."""
        self._may_write()
        self._last_tap = Tap(callback_data, message_id)
        self.seen()
        self._world.tapped(self, callback_data, self._message_of_tap(message_id))

    def blocks(self) -> None:
        """Stop the bot."""
        if not self.blocked:
            self._sets_blocked(True)

    def unblocks(self) -> None:
        """Let the bot write again (most people do it by sending /start, which is another verb)."""
        if self.blocked:
            self._sets_blocked(False)

    def deletes(self, message: Bubble | int) -> None:
        """Take a message out of the chat; the bot isn't told."""
        message_id = message if isinstance(message, int) else message.id
        self.chat.drop(message_id)
        self.lock_screen.withdraw(message_id)
        self._changed()

    def seen(self) -> None:
        """Look at the chat: the lock screen is empty after that."""
        self.lock_screen.clear()
        self._changed()

    def shows_toast(self, text: str, *, alert: bool) -> None:
        """Show the bot's answer to a tap; an empty one only lets the button go."""
        if text:
            self._toasts.append(Toast(text, alert, self._world.clock.now()))
        self._world.feed.tell(ToastShown(self.name, text, alert))

    def json(self) -> dict[str, Any]:
        """Shape: User of the Bot API."""
        return {"id": self.id, "is_bot": False, "first_name": self.title, "language_code": self.language}

    def empty(self) -> None:
        """Go back to how a new phone is, language apart."""
        self.chat.clear()
        self.lock_screen.clear()
        self._toasts.clear()
        self.blocked = False
        self._last_tap = None

    def _bubble(self, kind: str, *, text: str = "", photo: Photo | None = None, group: Group | None = None) -> Bubble:
        chat = group.chat if group else self.chat
        return Bubble(
            self._world.next_message_id(),
            chat.id,
            self._world.clock.now(),
            plain(text),
            author=self.name,
            kind=kind,
            photo=photo,
        )

    def _sends(self, bubble: Bubble, *, text: str | None = None) -> Bubble:
        if bubble.chat == self.id:
            self._may_write()
        self.seen()
        self._world.received(self, bubble, text=text)
        return bubble

    def _may_write(self) -> None:
        if self.blocked:
            raise NotPossibleError(f"{self.name} has blocked the bot")

    def _leads_to_the_bot(self, link: str) -> bool:
        parts = urlsplit(link)
        if parts.scheme == "tg":
            name = "".join(parse_qs(parts.query).get("domain", []))
        else:
            name = parts.path.strip("/") if parts.netloc in ("t.me", "telegram.me") else ""
        return name.lower() == self._world.bot.username.lower()

    def _start_token(self, link: str) -> str:
        if not self._leads_to_the_bot(link):
            raise NotPossibleError("that link doesn't lead to this bot")
        token = "".join(parse_qs(urlsplit(link).query).get("start", []))
        if token and not _START.fullmatch(token):
            raise NotPossibleError("a start token is 1-64 of A-Z a-z 0-9 _ -")
        return token

    def _presses(self, key: Key, message_id: int) -> None:
        if key.data is not None:
            self.forges(key.data, message_id)
        elif key.url is not None and self._leads_to_the_bot(key.url):
            self.opens(key.url)

    def _message_of_tap(self, message_id: int) -> dict[str, Any]:
        bubble = self.chat.get(message_id)
        if bubble is None or self._world.clock.now() - bubble.at > INACCESSIBLE_AFTER:
            return shapes.inaccessible(message_id, self.chat)
        return self._world.message_json(bubble)

    def _sets_blocked(self, blocked: bool) -> None:
        self.blocked = blocked
        self._world.membership_changed(self, self.chat, member=not blocked)
        self._changed()

    def _changed(self) -> None:
        self._world.feed.tell(PhoneChanged(self.name))


def _keys(bubble: Bubble) -> list[Key]:
    return [key for row in bubble.keyboard for key in row]
