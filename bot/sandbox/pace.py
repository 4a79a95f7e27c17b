"""How fast a bot may send: about one message a second in a chat, thirty a second over all chats.

Source:
    Telegram, Bots FAQ, "My bot is hitting limits, how do I avoid this?": short bursts may pass.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Final

PER_CHAT: Final = timedelta(seconds=1)
OVER_ALL: Final = timedelta(seconds=1) / 30
BURST_OVER_ALL: Final = 30


class Pace:
    """Counts what is sent. `burst` messages may go to one chat at once."""

    def __init__(self, burst: int) -> None:
        self._slack = PER_CHAT * (burst - 1)
        self._chats: dict[int, datetime] = {}
        self._all: datetime | None = None

    def wait(self, chat: int, now: datetime) -> int:
        """Count a message to this chat, and give 0; or give the whole seconds that it must wait, and count nothing."""
        here = max(self._chats.get(chat, now), now)
        everywhere = max(self._all or now, now)
        early = max(here - now - self._slack, everywhere - now - OVER_ALL * (BURST_OVER_ALL - 1))
        if early > timedelta():
            return math.ceil(early.total_seconds())
        self._chats[chat], self._all = here + PER_CHAT, everywhere + OVER_ALL
        return 0
