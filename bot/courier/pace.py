"""How fast letters go out over all chats: Telegram takes some 30 messages a second from a bot."""

import asyncio

A_SECOND = 25.0


class Pace:
    """Turns, so many a second; a second's worth of them at once after a rest."""

    def __init__(self, *, a_second: float = A_SECOND) -> None:
        self._between = 1 / a_second
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for the next one."""
        now = asyncio.get_running_loop().time()
        self._next = max(self._next, now - 1) + self._between
        if self._next > now:
            await asyncio.sleep(self._next - now)
