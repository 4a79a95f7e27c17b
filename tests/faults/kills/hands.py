"""Hands that tap for the people of a trial: after a moment's thought, now and then twice, again when nothing comes."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from tests.stage import keys

DOUBLE_TAPS: Final = 0.1
THINKS_SECONDS: Final = (0.02, 0.2)
"""From seeing to tapping. A life is too short for them to be a flood."""
TAPS_AGAIN_SECONDS: Final = (0.3, 0.8)
ASKS_SECONDS: Final = 1.0
"""After so long with nothing to tap they say /start."""
LOOKS_AGAIN_SECONDS: Final = 0.3
LOOKS_BACK: Final = 30
"""As many of the newest messages are looked at."""

Words = tuple[str, ...]
"""What a button says, split: verb, ids, numbers."""
Wish = tuple[Words, int]
"""A button to tap, and the message that it is on."""


class Mind(Protocol):
    """Somebody who sees a phone and wants something."""

    @property
    def phone(self) -> Phone: ...

    @property
    def waits(self) -> bool:
        """Whether something should have come to tap on."""
        ...

    @property
    def stands(self) -> str:
        """How far they are in their own mind, for who looks for what has gone wrong."""
        ...

    def wants(self) -> Wish | None:
        """What they want to tap now, as they see their phone."""
        ...

    def tapped(self, words: Words) -> None:
        """It has just been done."""
        ...


class Queue(Protocol):
    """What is on its way to the bot."""

    def has_of(self, person: int) -> bool:
        """Whether something of this person's is: then the button that they tapped still shows it."""
        ...


@dataclass
class Hand:
    """`look` is called again and again, with the seconds of any clock."""

    mind: Mind
    queue: Queue
    rng: random.Random
    _wish: Wish | None = None
    _ready: float = 0.0
    _looks_at: float = 0.0
    _asks_at: float = 0.0

    def look(self, now: float, *, news: bool) -> None:
        """`news`: something has changed on the phone; without, they look again only now and then."""
        if news or now >= self._looks_at:
            self._looks_at = now + LOOKS_AGAIN_SECONDS
            self._sees(self.mind.wants(), now)
        if self._wish is not None and now >= self._ready and not self.queue.has_of(self.mind.phone.id):
            self._tap(*self._wish)
            self._ready = now + self.rng.uniform(*TAPS_AGAIN_SECONDS)

    def _sees(self, wish: Wish | None, now: float) -> None:
        if wish is None:
            self._asks_for_it(now)
        elif wish != self._wish:
            self._ready = now + self.rng.uniform(*THINKS_SECONDS)
        self._wish = wish

    def _tap(self, words: Words, message: int) -> None:
        for _ in range(2 if self.rng.random() < DOUBLE_TAPS else 1):
            self.mind.phone.forges("/".join(words), message)
        self.mind.tapped(words)

    def _asks_for_it(self, now: float) -> None:
        if self._wish is not None or not self.mind.waits:
            self._asks_at = now + ASKS_SECONDS
        elif now > self._asks_at and not self.queue.has_of(self.mind.phone.id):
            self._asks_at = now + ASKS_SECONDS
            self.mind.phone.says("/start")


def newest(phone: Phone) -> Iterator[Bubble]:
    """The bot's messages in the chat, the newest first."""
    return (each for each in reversed(phone.sees[-LOOKS_BACK:]) if each.author is None)


def seen(phone: Phone) -> str:
    """The newest messages, each with its beginning and its buttons."""
    last = list(newest(phone))[:5]
    return "; ".join(f"{each.id} {each.text[:40]!r} {shown(each)}" for each in last)


def shown(bubble: Bubble) -> list[Words]:
    """What the buttons of a message say."""
    return [tuple(key.data.split("/")) for key in keys(bubble) if key.data]
