"""One update from one person: its effect and its id in one transaction, and only then the reply.

A handler is a function of a `Turn` and of what its button names: `async def answer(turn, draft: str, item: int, ...)`.
What a button says is read by the handler's own annotations; anything else is a forgery, refused like what isn't there.
An update that comes again changes nothing: `again` shows how it is now.
"""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, get_type_hints

import storage
from bot.domain.errors import Reason, Refusal
from bot.domain.people import Person
from bot.house import House
from bot.i18n import Language, language
from bot.messages.message import Message
from storage import Transaction


@dataclass(frozen=True)
class Turn:
    """What a handler works with. `house` is for reading settings; sending is left to the reply.

    `wrote`: the message of the chat in which they have written.
    """

    db: Transaction
    person: Person
    now: datetime
    house: House
    wrote: int | None = None

    @property
    def say(self) -> Language:
        return language(self.person.language)

    @property
    def today(self) -> date:
        """The day on the service's clocks."""
        return self.now.astimezone(self.house.zone).date()


@dataclass(frozen=True)
class Reply:
    """What the person sees: `message` in place of the tapped one, or sent where there is none; then `more` below it.

    `below` sends it even after a tap, and leaves the tapped message as it is. `note` shows over the chat for a moment.
    `forgotten`: the person isn't known any more, so nothing may be remembered about them. `gone` are messages that are
    taken out of the chat. `unknown`: the command menu that was set for their chat goes too. `alone`: all else of ours
    goes from the chat before it is shown; when that can't be done, `otherwise` is done and shown instead, if there is
    one.
    """

    message: Message | None = None
    more: tuple[Message, ...] = ()
    note: str = ""
    below: bool = False
    forgotten: bool = False
    gone: tuple[int, ...] = ()
    unknown: bool = False
    alone: bool = False
    otherwise: "Callable[[Turn], Awaitable[Reply]] | None" = None


Handle = Callable[..., Awaitable[Reply]]


@dataclass(frozen=True)
class Press:
    """A button's verb and what it does. `changes`: whether it does more than show."""

    verb: str
    handle: Handle
    again: Handle | None
    changes: bool
    arguments: tuple[Callable[[str], Any], ...] = field(repr=False)
    required: int = 0

    def read(self, words: Sequence[str]) -> tuple[Any, ...]:
        """The button's arguments by the handler's annotations.

        Raises:
            Refusal: too few, too many, or not of the kind; nobody but a modified client sends that.
        """
        if not self.required <= len(words) <= len(self.arguments):
            raise Refusal(Reason.NOT_HERE)
        try:
            return tuple(read(word) for read, word in zip(self.arguments, words, strict=False))
        except ValueError:
            raise Refusal(Reason.NOT_HERE) from None


@dataclass(frozen=True)
class Command:
    """A command such as /start, with what stands behind it; or free text and other things (`name` is None)."""

    name: str
    handle: Handle
    again: Handle | None = None


def shows(verb: str) -> Callable[[Handle], Press]:
    """A button that shows something and changes nothing: a repeat shows it anew."""
    return lambda handle: _press(verb, handle, again=handle, changes=False)


def does(verb: str, *, again: Handle | Press | None = None) -> Callable[[Handle], Press]:
    """A button that changes something. `again`, with the same arguments, shows how it is after a repeat or late tap."""
    shown = again.handle if isinstance(again, Press) else again
    return lambda handle: _press(verb, handle, again=shown, changes=True)


def _press(verb: str, handle: Handle, *, again: Handle | None, changes: bool) -> Press:
    parameters = list(inspect.signature(handle).parameters.values())[1:]
    hints = get_type_hints(handle)
    required = sum(each.default is inspect.Parameter.empty for each in parameters)
    return Press(verb, handle, again, changes, tuple(_reader(hints[each.name]) for each in parameters), required)


def _reader(hint: Any) -> Callable[[str], Any]:
    """How a word of a button is read: as printable text, a whole number 0-99999, or one of an enumeration's values."""
    if hint in (int, int | None):
        return _small_number
    return hint if isinstance(hint, type) and hint is not str else _printable


def _printable(word: str) -> str:
    """Our words are; PostgreSQL takes no NUL, and nobody can encode half a character."""
    if not word.isprintable():
        raise ValueError("not printable")
    return word


def _small_number(word: str) -> int:
    if not word.isascii() or not word.isdigit() or len(word) > 5:
        raise ValueError(word)
    return int(word)


async def known(db: Transaction, telegram_id: int, phone_language: str | None, *, now: datetime) -> Person:
    """The person of a Telegram account, in the language of the phone until another was chosen."""
    return await storage.people.meet(db, telegram_id=telegram_id, language=language(phone_language).code, now=now)
