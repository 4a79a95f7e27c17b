"""What happens in the World, told to those who watch it: the open pages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

BACKLOG: Final = 200
"""Toasts kept for a watcher that is slow; of anything else only the last state matters."""


@dataclass(frozen=True)
class PhoneChanged:
    name: str


@dataclass(frozen=True)
class ToastShown:
    name: str
    text: str
    alert: bool


@dataclass(frozen=True)
class ClockMoved:
    pass


@dataclass(frozen=True)
class EverythingChanged:
    pass


@dataclass(frozen=True)
class WorldClosed:
    pass


Happening = PhoneChanged | ToastShown | ClockMoved | EverythingChanged | WorldClosed


class Watch:
    """One watcher's list of what it hasn't seen; repeated changes of one phone are one."""

    def __init__(self) -> None:
        self._unseen: list[Happening] = []
        self._rung = asyncio.Event()

    def tell(self, happening: Happening) -> None:
        if isinstance(happening, EverythingChanged):
            self._unseen = [seen for seen in self._unseen if isinstance(seen, ToastShown)]
        if isinstance(happening, ToastShown) or happening not in self._unseen:
            self._unseen.append(happening)
        if len(self._unseen) > BACKLOG:
            self._unseen.remove(next(seen for seen in self._unseen if isinstance(seen, ToastShown)))
        self._rung.set()

    async def next(self) -> tuple[Happening, ...]:
        """Wait for something to happen and return all that did, in order."""
        await self._rung.wait()
        self._rung.clear()
        unseen, self._unseen = self._unseen, []
        return tuple(unseen)


class Feed:
    def __init__(self) -> None:
        self._watches: list[Watch] = []

    def tell(self, happening: Happening) -> None:
        for watch in self._watches:
            watch.tell(happening)

    @contextmanager
    def watch(self) -> Iterator[Watch]:
        watch = Watch()
        self._watches.append(watch)
        try:
            yield watch
        finally:
            self._watches.remove(watch)
