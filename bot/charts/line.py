"""A line before things of which there are few: each person in turn, so that nobody's many hold up another's one."""

import asyncio
from asyncio import Future
from collections import deque
from collections.abc import AsyncIterator, Hashable, Iterable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class TooLong(Exception):
    """None of the things came in time."""


class Line(Generic[Thing]):
    """Things to be used by one at a time. The one that was given back last is taken first: it is the warmest."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._free = list(things)
        self._waiting: dict[Hashable, deque[Future[Thing]]] = {}
        """Of each person who waits, their requests in order; the first person is the next."""

    @asynccontextmanager
    async def turn(self, whose: Hashable, *, seconds: float) -> AsyncIterator[Thing]:
        """Hold one of the things. TooLong when none came in so many seconds."""
        thing = self._free.pop() if self._free else await self._waited(whose, seconds)
        try:
            yield thing
        finally:
            self._give(thing)

    async def _waited(self, whose: Hashable, seconds: float) -> Thing:
        place: Future[Thing] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(whose, deque()).append(place)
        try:
            await asyncio.wait([place], timeout=seconds)
        except asyncio.CancelledError:
            self._left(place)
            raise
        if not place.done():
            self._left(place)
            raise TooLong
        return place.result()

    def _left(self, place: Future[Thing]) -> None:
        """Nobody stands there any more; what came at the last moment goes to the next."""
        if not place.cancel():
            self._give(place.result())

    def _give(self, thing: Thing) -> None:
        """To the first request of the next person, who then stands behind the others; to nobody if nobody waits."""
        while self._waiting:
            whose = next(iter(self._waiting))
            requests = self._waiting.pop(whose)
            request = requests.popleft()
            if requests:
                self._waiting[whose] = requests
            if not request.done():
                request.set_result(thing)
                return
        self._free.append(thing)
