"""Named places around each await of the database or the network, where a test may stop, break or kill the program.

In service nobody watches, and `at` gives back what it was given: it costs a call and nothing else.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import Final, Literal, TypeVar

Moment = Literal["before", "after"]
See = Callable[[str, Moment], None]
Thing = TypeVar("Thing")

_watchers: Final[list[See]] = []


def at(name: str, awaitable: Awaitable[Thing]) -> Awaitable[Thing]:
    """The awaitable, to be awaited at the place of this name. Each name is used at one place of the code."""
    return _seen(name, awaitable) if _watchers else awaitable


def within(name: str, block: AbstractAsyncContextManager[Thing]) -> AbstractAsyncContextManager[Thing]:
    """The same for `async with`: entering it and leaving it are places of their own, `name.enter` and `name.leave`."""
    return _seen_block(name, block) if _watchers else block


async def _seen(name: str, awaitable: Awaitable[Thing]) -> Thing:
    try:
        _tell(name, "before")
    except BaseException:
        _throw_away(awaitable)
        raise
    thing = await awaitable
    _tell(name, "after")
    return thing


def _throw_away(awaitable: Awaitable[Thing]) -> None:
    """It will never be awaited, and needn't complain about it."""
    if isinstance(awaitable, Coroutine):
        awaitable.close()


@asynccontextmanager
async def _seen_block(name: str, block: AbstractAsyncContextManager[Thing]) -> AsyncIterator[Thing]:
    _tell(f"{name}.enter", "before")
    async with block as thing:
        _tell(f"{name}.enter", "after")
        yield thing
        _tell(f"{name}.leave", "before")
    _tell(f"{name}.leave", "after")


def _tell(name: str, moment: Moment) -> None:
    for see in _watchers:
        see(name, moment)


@contextmanager
def watched(see: See) -> Iterator[None]:
    """Let `see(name, moment)` be called around each; what it raises comes out of the place that is awaited."""
    _watchers.append(see)
    try:
        yield
    finally:
        _watchers.remove(see)
