"""Long lists, a page at a time: Telegram takes a hundred buttons, a thumb takes eight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.messages.message import Row, ask

LENGTH = 8
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list: its items, which one it is from 0, and which is the last."""

    items: Sequence[Item]
    number: int
    last: int

    @property
    def place(self) -> str:
        """` · 2/3` behind a heading; nothing where there is only one page."""
        return f" · {self.number + 1}/{self.last + 1}" if self.last else ""

    def turning(self, verb: str, *arguments: object, after: tuple[object, ...] = ()) -> tuple[Row, ...]:
        """Buttons to the pages beside it, where there are such: verb, arguments, page, and what comes `after` it."""
        back = [ask("‹", verb, *arguments, self.number - 1, *after)] if self.number > 0 else []
        on = [ask("›", verb, *arguments, self.number + 1, *after)] if self.number < self.last else []
        return ((*back, *on),) if self.last else ()


def page_of(items: Sequence[Item], number: int, length: int = LENGTH) -> Page[Item]:
    """The page of this number; beyond the end, the last."""
    last = max(0, len(items) - 1) // length
    number = min(number, last)
    return Page(items[number * length :][:length], number, last)
