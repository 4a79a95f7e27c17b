"""What every room of the running bot shares, made once at the start."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from weakref import WeakValueDictionary

from bot.domain.profiles import Profile
from bot.messages.help_lines import HelpLine
from bot.wire import Post
from storage import Database


@dataclass(frozen=True)
class House:
    """`now` is the clock, in UTC; `letters_waiting` wakes the courier when something was put into the outbox."""

    database: Database
    post: Post
    now: Callable[[], datetime]
    zone: tzinfo
    profile: Profile
    help_lines: Sequence[HelpLine]
    letters_waiting: asyncio.Event = field(default_factory=asyncio.Event)
    _writing: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def writing_to(self, person_id: str) -> asyncio.Lock:
        """Held while something is shown in a person's chat, from reading it to sending it.

        Without it a letter could read a meeting card, wait for Telegram, and write over a newer one.
        """
        return self._writing.setdefault(person_id, asyncio.Lock())
