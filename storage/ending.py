"""Work that must come to its end, whatever happens to the task that waits for it, and to the database."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from storage.trouble import SilentError


async def to_the_end(work: Coroutine[Any, Any, None], *, after: BaseException | None = None) -> None:
    """Wait for the work even when this task is cancelled meanwhile; the cancelling is said afterwards.

    It is said even when the work fails: who was told to stop must not go on because of that. `after`: what the task is
    ending with, so that it isn't forgotten that it was cancelled before.
    """
    task = asyncio.ensure_future(work)
    cancelled = after if isinstance(after, asyncio.CancelledError) else None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is None:
        return task.result()
    if not task.cancelled():
        task.exception()  # else asyncio complains that nobody has looked at it
    raise cancelled


@asynccontextmanager
async def answered(seconds: float) -> AsyncIterator[None]:
    """What is done inside has so long.

    Raises:
        SilentError: it took longer, and was broken off.
    """
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise SilentError from error
