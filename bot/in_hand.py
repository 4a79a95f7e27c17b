"""Updates in hand: taken, and their effect not in the database yet. Telegram must keep them until then."""

import asyncio

from bot import metrics


class InHand:
    """Which they are, and where somebody waits for the end of one."""

    def __init__(self) -> None:
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._taken: dict[int, float] = {}
        self.changed = asyncio.Event()

    def __contains__(self, update_id: int) -> bool:
        return update_id in self._waiting

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def first(self) -> int | None:
        return min(self._waiting, default=None)

    def take(self, update_id: int) -> None:
        loop = asyncio.get_running_loop()
        self._waiting[update_id], self._taken[update_id] = loop.create_future(), loop.time()

    def settled(self, update_id: int) -> None:
        """Its effect is in the database, or it has none: Telegram may forget it. Said twice does no harm."""
        end, since = self._waiting.pop(update_id, None), self._taken.pop(update_id, 0.0)
        if end is not None and not end.done():
            metrics.COMMITTED.observe(end.get_loop().time() - since)
            end.set_result(None)
        self.changed.set()

    async def end_of(self, update_id: int) -> None:
        """Wait for it; at once when it isn't in hand."""
        end = self._waiting.get(update_id)
        if end is not None:
            await asyncio.shield(end)

    async def none(self) -> None:
        """Wait until nothing is in hand."""
        while self._waiting:
            self.changed.clear()
            await self.changed.wait()
