"""Work that is brought to its end: what who waits for it hears of it, and of having been cancelled or let down."""

import asyncio

import pytest

from storage.ending import answered, to_the_end
from storage.trouble import SilentError


class Failed(Exception):
    """How the work ends."""


async def cancelled_meanwhile(error: Exception | None) -> list[str]:
    """What happens when the waiting task is cancelled in the middle of work that ends so."""
    happened, go_on = [], asyncio.Event()

    async def work() -> None:
        await go_on.wait()
        happened.append("worked")
        if error is not None:
            raise error

    waiting = asyncio.create_task(to_the_end(work()))
    for _ in range(2):
        await asyncio.sleep(0)
        waiting.cancel()
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.wait([waiting])
    return [*happened, "cancelled" if waiting.cancelled() else "went on"]


async def test_who_is_cancelled_hears_so_when_the_work_is_done() -> None:
    assert await cancelled_meanwhile(None) == ["worked", "cancelled"]


async def test_who_is_cancelled_hears_so_even_when_the_work_fails() -> None:
    assert await cancelled_meanwhile(Failed()) == ["worked", "cancelled"]


async def test_who_was_cancelled_before_hears_so_even_when_the_work_fails() -> None:
    async def work() -> None:
        raise Failed

    with pytest.raises(asyncio.CancelledError):
        await to_the_end(work(), after=asyncio.CancelledError())


async def test_who_is_not_cancelled_hears_why_the_work_failed() -> None:
    async def work() -> None:
        raise Failed

    with pytest.raises(Failed):
        await to_the_end(work())


async def test_who_waits_for_longer_than_an_answer_takes_hears_that_there_is_none() -> None:
    with pytest.raises(SilentError):
        async with answered(0.01):
            await asyncio.sleep(60)


async def test_who_is_answered_in_time_hears_the_answer_whatever_it_is() -> None:
    async with answered(60):
        pass
    with pytest.raises(Failed):
        async with answered(60):
            raise Failed
