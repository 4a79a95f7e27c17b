"""Draws away from the event loop, in a few warm processes that can be stopped, and the same picture only once.

A thread that draws makes everybody wait, and one that hangs can't be ended; a process can be (places.py).
"""

import asyncio
import os
import pickle
from collections.abc import Hashable
from types import TracebackType
from typing import Final, Self

from bot import metrics
from bot.charts.kept import Kept, content_key
from bot.charts.line import Line, TooLong
from bot.charts.page import Page
from bot.charts.places import LONGEST, PictureFailed, Place
from bot.charts.series import Picture

__all__ = ["PictureFailed", "Studio"]

LIMIT: Final = 5.0
"""Seconds that one drawing may take, with its second try if the process died over the first."""

WAITING: Final = 20.0
"""Seconds that a picture waits in line at most; without trouble some hundred others are drawn in that time."""

MOST_EASELS: Final = 2

KEPT_BYTES: Final = LONGEST
KEPT_SECONDS: Final = 600.0
"""Pictures are kept no longer than a person's own picture stays in their chat."""

MOST_FAILED: Final = 1000
FAILED_SECONDS: Final = 60.0
"""For so long a picture that couldn't be drawn isn't tried again: each try of one that hangs takes an easel for 5 s."""


class Studio:
    """Pictures on request, as many at once as there are easels (processes); the rest wait in line."""

    def __init__(
        self,
        easels: int | None = None,
        *,
        limit: float = LIMIT,
        waiting: float = WAITING,
        program: str = "bot.charts.easel",
    ) -> None:
        """Nothing starts before the first picture or `warm`. Without a number there is an easel for each processor, at
        most two. `program` is the module that an easel runs.
        """
        self._places = [Place(program, limit) for _ in range(easels or min(processors(), MOST_EASELS))]
        self._line = Line(self._places)
        self._waiting = waiting
        self._kept = Kept[bytes](most=KEPT_BYTES, seconds=KEPT_SECONDS, weight=len)
        self._failed = Kept[str](most=MOST_FAILED, seconds=FAILED_SECONDS)
        self._under_way: dict[bytes, asyncio.Event] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def warm(self) -> None:
        """Start all easels now, so that the first picture doesn't wait; PictureFailed when one can't start."""
        await asyncio.gather(*(place.ready() for place in self._places))

    async def png(self, picture: Picture, *, whose: Hashable = None) -> bytes:
        """The picture: kept from before, drawn for somebody else at this moment, or drawn now.

        `whose` is who gets it; of those who wait each has a picture drawn in turn. PictureFailed when it can't be
        drawn within the limit, couldn't a moment ago, or no easel gets free.
        """
        key, ours = content_key(picture), False
        while (kept := self._kept.get(key)) is None:
            if why := self._failed.get(key):
                raise PictureFailed(why)
            if under_way := self._under_way.get(key):
                await under_way.wait()
            else:
                ours = await self._in_turn(key, picture, whose)
        if not ours:
            metrics.REUSED.labels("kept").inc()
        return kept

    async def _in_turn(self, key: bytes, picture: Picture, whose: Hashable) -> bool:
        """Wait for an easel, and draw, unless somebody else has begun meanwhile; whether it was drawn here."""
        try:
            async with self._line.turn(whose, seconds=self._waiting) as place:
                if key in self._under_way or self._kept.get(key) is not None or self._failed.get(key) is not None:
                    return False
                await self._drawn(key, picture, place)
                return True
        except TooLong as error:
            raise PictureFailed("no easel was free") from error

    async def _drawn(self, key: bytes, picture: Picture, place: Place) -> None:
        """Draw and keep. Who waits for the same looks again when this has ended, however it did."""
        ended = self._under_way[key] = asyncio.Event()
        try:
            await place.ready()
            await self._tried(key, picture, place)
        finally:
            del self._under_way[key]
            ended.set()

    async def _tried(self, key: bytes, picture: Picture, place: Place) -> None:
        try:
            self._kept.keep(key, await place.drawn(pickle.dumps(picture)))
        except PictureFailed as error:
            self._failed.keep(key, str(error))
            raise
        metrics.DRAWN.inc()

    async def pdf(self, picture: Picture, *, whose: Hashable = None) -> bytes:
        """The picture as a page for print, made anew each time. PictureFailed as for a picture."""
        try:
            async with self._line.turn(whose, seconds=self._waiting) as place:
                await place.ready()
                return await place.drawn(pickle.dumps(Page(picture)))
        except TooLong as error:
            raise PictureFailed("no easel was free") from error

    async def close(self) -> None:
        """End all easels; a drawing under way may still be finished in a second. Later pictures fail."""
        await asyncio.gather(*(place.close() for place in self._places))


def processors() -> int:
    """Those that this program may use; a container often has fewer than its machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
