"""Sent to nobody: when its time has come such a letter makes other letters."""

from collections.abc import Awaitable, Callable

from bot.actions import leave_ahead, passing_on, planned
from bot.courier.letters.reading import Ended
from bot.domain.letters import Letter, LetterKind
from bot.failpoints import at
from bot.house import House
from storage import Transaction
from storage.outbox import LetterState


async def _asking_before(db: Transaction, house: House, letter: Letter) -> Ended:
    """It makes the requests before a planned meeting."""
    zone, quiet = house.zone, house.quiet_hours
    asking = planned.ask_before(db, letter.about, now=house.now(), zone=zone, quiet=quiet)
    return Ended(LetterState.VOID, "asked" if await at("letters.ask_before", asking) else "untrue")


async def _asking_after(db: Transaction, house: House, letter: Letter) -> Ended:
    """The same after it; and the next one of a weekly meeting is planned."""
    zone, quiet, weighing = house.zone, house.quiet_hours, house.weighing
    asking = planned.ask_after(db, letter.about, weighing=weighing, now=house.now(), zone=zone, quiet=quiet)
    return Ended(LetterState.VOID, "asked" if await at("letters.ask_after", asking) else "untrue")


async def _passing_on(db: Transaction, house: House, letter: Letter) -> Ended:
    """Of an alert that nobody has opened it makes letters to others."""
    looked = passing_on.pass_on(db, letter.about, weighing=house.weighing, now=house.now())
    passed = await at("letters.unopened", looked)
    return Ended(LetterState.VOID, "passed_on" if passed else "untrue")


async def _leave_begins(db: Transaction, house: House, letter: Letter) -> Ended:
    """Who has planned it is away from now on."""
    beginning = leave_ahead.begin(db, letter.about, now=house.now(), zone=house.zone)
    return Ended(LetterState.VOID, "began" if await at("letters.leave_begins", beginning) else "untrue")


KINDS: dict[LetterKind, Callable[[Transaction, House, Letter], Awaitable[Ended]]] = {
    LetterKind.UNOPENED: _passing_on,
    LetterKind.ASK_BEFORE: _asking_before,
    LetterKind.ASK_AFTER: _asking_after,
    LetterKind.LEAVE_BEGINS: _leave_begins,
}
