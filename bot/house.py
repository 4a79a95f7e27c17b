"""What every room of the running bot shares, made once at the start."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from bot.domain.profiles import Profile
from bot.domain.times import QuietHours
from bot.domain.weighing import WEIGHING, Weighing
from bot.in_hand import InHand
from bot.messages.help_lines import HelpLine
from bot.wire import Post
from storage import Database


@dataclass(frozen=True)
class House:
    """`now` is the clock, in UTC; `letters_waiting` wakes the courier when something was put into the outbox.

    `in_hand` are the updates that Telegram must keep, until their effect is in the database.
    """

    database: Database
    post: Post
    now: Callable[[], datetime]
    zone: tzinfo
    quiet_hours: QuietHours | None
    profile: Profile
    help_lines: Sequence[HelpLine]
    alert_open_hours: int = WEIGHING.open_hours
    free_text: bool = False
    letters_waiting: asyncio.Event = field(default_factory=asyncio.Event)
    in_hand: InHand = field(default_factory=InHand)

    @property
    def weighing(self) -> Weighing:
        return Weighing(self.profile, self.alert_open_hours, self.zone)

    def writing_to(self, person_id: str) -> AbstractAsyncContextManager[None]:
        """Held while something is shown in a person's chat, from reading it to sending it, in all programs.

        Without it a letter could read a meeting card, wait for Telegram, and write over a newer one.
        """
        return self.database.alone(f"chat/{person_id}")
