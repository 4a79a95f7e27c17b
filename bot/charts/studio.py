"""Draws away from the event loop, in a few warm processes that can be stopped.

A thread that draws makes everybody wait, and one that hangs can't be ended. So each easel is a process
of its own (easel.py), reached by its input and output. It knows no secrets: its environment is made
anew. It is in a session of its own, so that Ctrl-C in a terminal is left to us, and ends when we do.
"""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bot import metrics
from bot.charts.easel import LENGTH, PICTURE
from bot.charts.series import Trend

LIMIT: Final = 5.0
"""Seconds that one drawing may take."""

WARMING: Final = 60.0
"""Seconds that a process may take to start; on a new machine matplotlib first looks at all fonts."""

PARTING: Final = 1.0
"""Seconds that a process gets to end by itself."""

LONGEST: Final = 1 << 24
"""Bytes of an answer that are taken in without making its writer wait; a picture is about 100 kB."""

_ROOT: Final = Path(__file__).resolve().parents[2]
_KEPT: Final = ("HOME", "LANG", "MPLCONFIGDIR", "PATH", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")


class PictureFailed(Exception):
    """No picture came: send `series.table` instead. Tells why without anything of what was to be drawn."""


class Studio:
    """Pictures on request, as many at once as there are easels (processes); the rest wait in line."""

    def __init__(self, easels: int = 1, *, limit: float = LIMIT, program: str = "bot.charts.easel") -> None:
        """Nothing starts before the first picture or `warm`. `program` is the module that an easel runs."""
        self._easels = easels
        self._limit = limit
        self._program = program
        self._places = asyncio.LifoQueue[_Easel | None]()
        for _ in range(easels):
            self._places.put_nowait(None)
        self._standing: set[_Easel] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def warm(self) -> None:
        """Start all easels now, so that the first picture doesn't wait; PictureFailed when one can't start."""
        await asyncio.gather(*(self._warm_one() for _ in range(self._easels)))

    async def _warm_one(self) -> None:
        async with self._easel():
            pass

    async def png(self, trend: Trend) -> bytes:
        """The picture of a trend.

        PictureFailed when drawing raises, dies, or takes longer than the limit (the wait in line isn't
        counted). An easel that died or hung is gone then, and the next picture gets a new one.
        """
        async with self._easel() as easel, asyncio.timeout(self._limit):
            drawn = await easel.drawn(trend)
        metrics.DRAWN.inc()
        return drawn

    async def close(self) -> None:
        """End all easels; a drawing under way may still be finished in a second. Later pictures fail."""
        self._closed = True
        await asyncio.gather(*(easel.taken_down() for easel in self._standing))

    @asynccontextmanager
    async def _easel(self) -> AsyncIterator["_Easel"]:
        """Hold a place with a warm easel in it. One that still owes an answer afterwards is thrown out."""
        place = await self._places.get()
        try:
            if place is None or not place.stands:
                place = await self._put_up()
            yield place
        except TimeoutError as error:
            raise PictureFailed("drawing took too long") from error
        except (EOFError, OSError) as error:
            raise PictureFailed(f"the drawing process is gone: {type(error).__name__}") from error
        finally:
            if place is not None and place.owes:
                await place.felled()
            self._places.put_nowait(place)

    async def _put_up(self) -> "_Easel":
        easel = await _Easel.started(self._program, self._limit)
        self._standing = {easel, *(other for other in self._standing if other.stands)}
        try:
            if self._closed:
                raise PictureFailed("the studio is closed")
            async with asyncio.timeout(WARMING):
                await easel.answer()
        except BaseException:
            await easel.felled()
            raise
        return easel


class _Easel:
    """One drawing process, as seen from here."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.owes = True
        """Whether an answer is under way; its first one says that it is warm."""

    @classmethod
    async def started(cls, program: str, limit: float) -> Self:
        known = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return cls(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-W", "ignore", "-m", program, str(limit + PARTING)),
                stdin=PIPE,
                stdout=PIPE,
                limit=LONGEST,
                cwd=_ROOT,
                env={**known, "OPENBLAS_NUM_THREADS": "1"},
                start_new_session=True,
            )
        )

    @property
    def stands(self) -> bool:
        return self._process.returncode is None

    async def drawn(self, trend: Trend) -> bytes:
        """A picture; PictureFailed when drawing raised. The easel stands on after that."""
        assert self._process.stdin
        asked = pickle.dumps(trend)
        self.owes = True
        self._process.stdin.write(LENGTH.pack(len(asked)) + asked)
        await self._process.stdin.drain()
        return await self.answer()

    async def answer(self) -> bytes:
        assert self._process.stdout
        head = await self._process.stdout.readexactly(LENGTH.size)
        answer = await self._process.stdout.readexactly(*LENGTH.unpack(head))
        self.owes = False
        if not answer.startswith(PICTURE):
            raise PictureFailed(f"drawing raised {answer[1:].decode()}")
        return answer.removeprefix(PICTURE)

    async def felled(self) -> None:
        """End it at once."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def taken_down(self) -> None:
        """Let it end by itself, which it does when its input ends; else end it."""
        assert self._process.stdin
        self._process.stdin.close()
        try:
            async with asyncio.timeout(PARTING):
                await self._process.wait()
        except TimeoutError:
            await self.felled()
