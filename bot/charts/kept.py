"""What was made of pictures, for when the same picture is asked for again. It is in memory, and goes with the program.

A picture is known by a keyed hash of all that it shows. The key is made anew at each start, so that nobody can try out
which ratings a hash stands for. Words and numbers of a picture are in its data, and how we draw doesn't change while a
program runs: the hash says everything that decides how a picture looks.
"""

import time
from collections.abc import Callable
from hashlib import blake2b
from secrets import token_bytes
from typing import Final, Generic, TypeVar

from bot.charts.series import Picture

Value = TypeVar("Value")

_KEY: Final = token_bytes(32)


def content_key(picture: Picture) -> bytes:
    """The same for pictures that look the same, in this program; 16 bytes."""
    return blake2b(repr(picture).encode(), key=_KEY, digest_size=16).digest()


class Kept(Generic[Value]):
    """Values by key: the newest, as long as they aren't too much and not too old."""

    def __init__(
        self,
        *,
        most: int,
        seconds: float,
        weight: Callable[[Value], int] = lambda _: 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`most` is what the kept values may weigh together; without a `weight` it is how many they may be."""
        self._most = most
        self._seconds = seconds
        self._weight = weight
        self._clock = clock
        self._kept: dict[bytes, tuple[float, Value]] = {}
        """With the moment at which each is over; the one that was used longest ago is the first."""
        self._weighs = 0

    def get(self, key: bytes) -> Value | None:
        found = self._kept.pop(key, None)
        if found is None:
            return None
        over, value = found
        if self._clock() >= over:
            self._weighs -= self._weight(value)
            return None
        self._kept[key] = found
        return value

    def keep(self, key: bytes, value: Value) -> None:
        self.forget(key)
        self._kept[key] = (self._clock() + self._seconds, value)
        self._weighs += self._weight(value)
        while self._weighs > self._most:
            self.forget(next(iter(self._kept)))

    def forget(self, key: bytes) -> None:
        _, value = self._kept.pop(key, (0.0, None))
        if value is not None:
            self._weighs -= self._weight(value)
