"""A letter that is being worded, and what can come of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.letters import Letter, LetterKind
from bot.domain.people import Person
from bot.house import House
from bot.i18n import Language, language
from bot.messages.commands import Menus
from bot.messages.message import Message
from storage import Transaction
from storage.outbox import LetterState


@dataclass(frozen=True)
class Reading:
    """A letter being worded, for the person who gets it."""

    db: Transaction
    house: House
    person: Person
    letter: Letter

    @property
    def say(self) -> Language:
        return language(self.person.language)

    def id(self, name: str) -> str:
        return self.letter.about[name]


@dataclass(frozen=True)
class Worded:
    """What is to be sent, and where: into `chat`, in the place of message `at` if that shows the same already.

    `stale` are messages that go from the chat before it.
    """

    message: Message
    person: Person
    say: Language
    chat: int
    at: int | None
    stale: Sequence[int]


@dataclass(frozen=True)
class ToSet:
    """The command menu of a chat, which is no message."""

    menus: Menus
    chat: int


@dataclass(frozen=True)
class Ended:
    """Nothing is sent: VOID when it isn't true any more, DEAD when it can't reach anybody, and why in one word."""

    state: LetterState
    why: str


@dataclass(frozen=True)
class Held:
    """The phone went into somebody's hands a moment ago: the letter waits until it is taken back."""


Kinds = Mapping[LetterKind, Callable[[Reading], Awaitable[Message | None]]]
"""None: it isn't true any more. A Refusal: what it is about isn't the person's any more."""
