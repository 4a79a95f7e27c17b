"""Chats and the message bubbles in them, as the World keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from bot.sandbox.markup import Formatted
from bot.sandbox.pictures import Picture
from bot.sandbox.rendering import to_html

KEPT: Final = 200
"""Messages a chat keeps; older ones are gone, also for edits."""


@dataclass(frozen=True)
class Key:
    """A button of an inline keyboard: with `data` for the bot or a `url` to open."""

    text: str
    data: str | None = None
    url: str | None = None

    def json(self) -> dict[str, Any]:
        """Shape: InlineKeyboardButton."""
        if self.data is not None:
            return {"text": self.text, "callback_data": self.data}
        return {"text": self.text, "url": self.url}


Keyboard = tuple[tuple[Key, ...], ...]


NO_TEXT: Final = Formatted("")


@dataclass(frozen=True)
class Photo:
    """A picture as one message shows it."""

    picture: Picture
    spoiler: bool = False


@dataclass(frozen=True)
class File:
    """A document as one message has it."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Bubble:
    """One message as it stands. An edit makes a new Bubble of the same id.

    `author` is the phone's name, or None for the bot. `formatted` is the text or the caption. `kind` is "text",
    "photo", "document", "sticker", "voice" or "contact".
    """

    id: int
    chat: int
    at: datetime
    formatted: Formatted = NO_TEXT
    author: str | None = None
    kind: str = "text"
    photo: Photo | None = None
    file: File | None = None
    keyboard: Keyboard = ()
    edited_at: datetime | None = None
    silent: bool = False
    protected: bool = False

    @property
    def text(self) -> str:
        """The text or caption without formatting, spoilers open."""
        return self.formatted.text

    @property
    def html(self) -> str:
        """The text or caption as safe HTML in Telegram's tags."""
        return to_html(self.formatted)

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """The texts of the buttons, row by row."""
        return tuple(tuple(key.text for key in row) for row in self.keyboard)

    def says_the_same_as(self, other: Bubble) -> bool:
        """Compare what people see and can press, not when it was written."""
        return replace(self, at=other.at, edited_at=other.edited_at) == other


@dataclass
class Chat:
    """A private chat of one phone with the bot, or a group with the bot in it."""

    id: int
    kind: Literal["private", "group"]
    title: str
    known: bool = False
    """Whether the bot may write there: somebody wrote first."""

    def __post_init__(self) -> None:
        self._bubbles: dict[int, Bubble] = {}

    @property
    def bubbles(self) -> tuple[Bubble, ...]:
        return tuple(self._bubbles.values())

    def get(self, message_id: int) -> Bubble | None:
        return self._bubbles.get(message_id)

    def put(self, bubble: Bubble) -> None:
        """Add a bubble at the end, or put an edited one in its place."""
        self._bubbles[bubble.id] = bubble
        if len(self._bubbles) > KEPT:
            del self._bubbles[next(iter(self._bubbles))]

    def drop(self, message_id: int) -> None:
        self._bubbles.pop(message_id, None)

    def clear(self) -> None:
        self._bubbles.clear()
        self.known = False

    def json(self) -> dict[str, Any]:
        """Shape: Chat of the Bot API."""
        name = "first_name" if self.kind == "private" else "title"
        return {"id": self.id, "type": self.kind, name: self.title}
