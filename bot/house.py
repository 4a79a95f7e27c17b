"""What every room of the running bot shares, made once at the start."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

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
