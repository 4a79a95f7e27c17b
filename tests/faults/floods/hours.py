"""An event loop whose hours pass in moments: when nothing happens, it goes on to the next thing that is waited for."""

import asyncio
import selectors
from collections.abc import Callable
from typing import Any

GRACE_SECONDS = 0.002
"""Of real time, for what another thread does for us."""


class Hours(asyncio.SelectorEventLoop):
    """`busy` says that something is under way which takes real time; `passed` is told how many seconds were skipped."""

    def __init__(self) -> None:
        self._skipped = 0.0
        self.busy: Callable[[], bool] = lambda: False
        self.passed: Callable[[float], None] = lambda seconds: None
        super().__init__(_Hasty(self))

    def time(self) -> float:
        return super().time() + self._skipped

    def skip(self, seconds: float) -> None:
        self._skipped += seconds
        self.passed(seconds)


class _Hasty(selectors.DefaultSelector):
    def __init__(self, loop: Hours) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        found = super().select(min(timeout, GRACE_SECONDS))
        if not found and not self._loop.busy():
            self._loop.skip(timeout)
        return found


def run(story: Callable[[Hours], Any]) -> None:
    """Run the story, an async function of its loop, to its end."""
    loop = Hours()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(story(loop))
