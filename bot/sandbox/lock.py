"""A phone's lock screen: what its notifications show to anybody who looks at it.

A silent message is shown too, only without a sound; an edit shows nothing new; a deleted message takes its
notification along.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.chats import Bubble
from bot.sandbox.rendering import HIDDEN, as_noticed


@dataclass(frozen=True)
class Lock:
    """The newest notification and how many messages nobody has seen. `silent`: it came without a sound."""

    at: datetime
    text: str
    unread: int
    silent: bool


class LockScreen:
    def __init__(self) -> None:
        self._unseen: dict[int, tuple[datetime, str, bool]] = {}

    @property
    def shown(self) -> Lock | None:
        if not self._unseen:
            return None
        at, text, silent = list(self._unseen.values())[-1]
        return Lock(at, text, len(self._unseen), silent)

    def notify(self, bubble: Bubble) -> None:
        self._unseen[bubble.id] = (bubble.at, notification(bubble), bubble.silent)

    def withdraw(self, message_id: int) -> None:
        self._unseen.pop(message_id, None)

    def clear(self) -> None:
        self._unseen.clear()


def notification(bubble: Bubble) -> str:
    """Write the text of a notification: pictures as a camera, what is behind a spoiler as a bar."""
    text = as_noticed(bubble.formatted)
    if bubble.file is not None:
        return " ".join(part for part in (f"📄 {bubble.file.name}", text) if part)
    if bubble.photo is None:
        return text
    return " ".join(part for part in ("📷", HIDDEN if bubble.photo.spoiler else "", text) if part)
