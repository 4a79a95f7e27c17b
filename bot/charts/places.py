"""Places where drawing processes stand, warm and waiting; when one is gone, another is put up at once.

Each easel is a process of its own (easel.py), reached by its input and output. It knows no secrets: its
environment is made anew. It is in a session of its own, so that Ctrl-C in a terminal is left to us, and
ends when we do.
"""

import asyncio
import os
import sys
from asyncio import Task
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.charts.easel import FAILED, LENGTH, PICTURE

WARMING: Final = 60.0
"""Seconds that a process may take to start; on a new machine matplotlib first looks at all fonts."""

PARTING: Final = 1.0
"""Seconds that a process gets to end by itself."""

LONGEST: Final = 1 << 23
"""Bytes of an answer at most; a picture is about 100 kB, and Telegram takes ten million."""

_WHOLE: Final = ((b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"), (b"%PDF-", b"%%EOF\n"))
"""How a PNG and a PDF begin and end."""

_ROOT: Final = Path(__file__).resolve().parents[2]
_KEPT: Final = ("HOME", "LANG", "MPLCONFIGDIR", "PATH", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")


class PictureFailed(Exception):
    """No picture came: send `series.table` instead. Tells why without anything of what was to be drawn."""


class _Nonsense(Exception):
    """What came isn't an answer of an easel."""


class Place:
    """Where an easel stands, at most one at a time."""

    def __init__(self, program: str, limit: float) -> None:
        """`program` is the module that the easel runs; `limit` the seconds that a drawing may take."""
        self._program = program
        self._limit = limit
        self._rising: Task[_Easel] | None = None
        """Puts up an easel; when it is done, the easel is its result."""
        self._closed = False

    async def ready(self) -> "_Easel":
        """The easel that stands here, put up and warmed if there is none. Error: PictureFailed."""
        if self._closed:
            raise PictureFailed("the studio is closed")
        rising = self._risen() or self._rise()
        await asyncio.wait([rising])
        if rising.cancelled():
            raise PictureFailed("the studio is closed")
        return rising.result()

    def _risen(self) -> "Task[_Easel] | None":
        """The easel that stands or is being put up."""
        rising = self._rising
        if rising is None or not rising.done():
            return rising
        failed = rising.cancelled() or rising.exception() is not None
        return None if failed or not rising.result().stands else rising

    def _rise(self) -> "Task[_Easel]":
        """Begin to put up an easel. That it failed is told to whoever needs it, if anybody does."""
        self._rising = asyncio.create_task(_Easel.put_up(self._program, self._limit))
        self._rising.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        return self._rising

    async def drawn(self, asked: bytes) -> bytes:
        """The PNG or PDF of what is pickled. When the process dies over it, it is tried once more on a fresh one.

        PictureFailed when drawing raises, dies twice, or takes longer than the limit, both tries together. An easel
        that died or hung is gone then, and another is on its way.
        """
        easel = await self.ready()
        try:
            async with asyncio.timeout(self._limit):
                try:
                    return await self._drawn_by(easel, asked)
                except (EOFError, OSError, _Nonsense):
                    return await self._drawn_by(await self.ready(), asked)
        except TimeoutError as error:
            raise PictureFailed("drawing took too long") from error
        except (EOFError, OSError, _Nonsense) as error:
            raise PictureFailed("the drawing process died twice") from error

    async def _drawn_by(self, easel: "_Easel", asked: bytes) -> bytes:
        """An easel that still owes an answer afterwards is thrown out."""
        try:
            return await easel.drawn(asked)
        finally:
            if easel.owes:
                await easel.felled()
                if not self._closed:
                    self._rise()

    async def close(self) -> None:
        """End the easel; a drawing under way may still be finished in a second. Later ones fail."""
        self._closed = True
        if self._rising is None:
            return
        if not self._rising.done():
            self._rising.cancel()
            await asyncio.wait([self._rising])
        if self._risen():
            await self._rising.result().taken_down()


class _Easel:
    """One drawing process, as seen from here."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.owes = True
        """Whether an answer is under way; its first one says that it is warm."""

    @classmethod
    async def put_up(cls, program: str, limit: float) -> "_Easel":
        """Start the process and wait until it is warm. Error: PictureFailed."""
        known = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-W", "ignore", "-m", program, str(limit + PARTING)),
                stdin=PIPE,
                stdout=PIPE,
                limit=LONGEST,
                cwd=_ROOT,
                env={**known, "OPENBLAS_NUM_THREADS": "1"},
                start_new_session=True,
            )
        except OSError as error:
            raise PictureFailed("no drawing process can be started") from error
        easel = cls(process)
        try:
            async with asyncio.timeout(WARMING):
                await easel.answer()
        except (EOFError, OSError, _Nonsense) as error:
            await easel.felled()
            raise PictureFailed("the drawing process doesn't start") from error
        except BaseException:
            await easel.felled()
            raise
        return easel

    @property
    def stands(self) -> bool:
        return self._process.returncode is None

    async def drawn(self, asked: bytes) -> bytes:
        """A picture; PictureFailed when drawing raised. The easel stands on after that."""
        assert self._process.stdin
        self.owes = True
        self._process.stdin.write(LENGTH.pack(len(asked)) + asked)
        await self._process.stdin.drain()
        return await self.answer()

    async def answer(self) -> bytes:
        assert self._process.stdout
        (length,) = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))
        answer = await self._process.stdout.readexactly(length) if length <= LONGEST else b""
        if answer.startswith(FAILED):
            self.owes = False
            raise PictureFailed(f"drawing raised {answer[1:].decode(errors='replace')}")
        if not any(answer.startswith(PICTURE + begin) and answer.endswith(end) for begin, end in _WHOLE):
            raise _Nonsense
        self.owes = False
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
