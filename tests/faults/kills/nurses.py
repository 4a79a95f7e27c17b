"""A nurse looks after a nursery from outside: has a life born, kills it, hears how it ended."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from signal import SIGKILL

from tests.faults.kills.life import Order

ROOT = Path(__file__).parents[3]


class Nurse:
    """Looks after one life at a time, which serves as `role`."""

    def __init__(self, program: asyncio.subprocess.Process, role: str) -> None:
        self._program = program
        self._child: int | None = None
        self._ended: asyncio.Future[int] | None = None
        self.role = role
        self.falls = False

    @property
    def has_child(self) -> bool:
        return self._child is not None

    async def bear(self, order: Order) -> None:
        self._say(order.line())
        self.falls = order.falls_at > 0
        self._child = await self._hear()
        self._ended = asyncio.ensure_future(self._hear())

    def _say(self, line: str) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(f"{line}\n".encode())

    async def _hear(self) -> int:
        assert self._program.stdout is not None
        return int(await self._program.stdout.readline())

    async def end(self, seconds: float) -> int | None:
        """How the life has ended, by itself within so many seconds or killed then; None: there was none."""
        if self._child is None or self._ended is None:
            return None
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._ended), seconds)
        if not self._ended.done():
            os.kill(self._child, SIGKILL)
        how, self._child = await self._ended, None
        self._say("heard")
        return how


@contextlib.asynccontextmanager
async def nursery(log: Path, role: str) -> AsyncIterator[Nurse]:
    """A nursery while the block runs; what its lives say goes to the log."""
    pipe = asyncio.subprocess.PIPE
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.kills.nursery", str(log), cwd=ROOT, stdin=pipe, stdout=pipe
    )
    at_work = Nurse(program, role)
    try:
        yield at_work
    finally:
        await at_work.end(0.0)
        program.kill()
        await program.wait()
