"""What becomes of a letter after a try to send it. Pure: outcome in, fate out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.letters import Letter, LetterKind
from bot.wire import Again, Gone, Missing, Outcome, Sent, Unknown
from storage.outbox import LetterState

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=15)
DEAD_AFTER = timedelta(hours=24)
EDITS = frozenset({LetterKind.CARD})


@dataclass(frozen=True)
class Finished:
    """The letter's end."""

    state: LetterState


@dataclass(frozen=True)
class Postponed:
    """Again, not before then."""

    until: datetime


Fate = Finished | Postponed


def fate(letter: Letter, outcome: Outcome, *, now: datetime) -> Fate:
    """What becomes of it.

    Unknown: a picture that may have arrived is left; the others go again: twice does no harm, and not at all would.
    """
    if isinstance(outcome, Sent):
        return Finished(LetterState.SENT)
    if isinstance(outcome, Unknown) and letter.kind is LetterKind.PICTURE:
        return Finished(LetterState.SENT)
    if isinstance(outcome, Missing) and letter.kind in EDITS:
        return Finished(LetterState.VOID)
    if isinstance(outcome, Again | Unknown) and now - letter.made_at < DEAD_AFTER:
        return Postponed(now + max(_told(outcome), _wait(letter.tries)))
    return Finished(LetterState.DEAD)


def _told(outcome: Outcome) -> timedelta:
    return timedelta(seconds=outcome.seconds) if isinstance(outcome, Again) else timedelta(0)


def _wait(tries: int) -> timedelta:
    """1 s, 2 s, 4 s ... up to 15 minutes."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 12)), LONGEST_WAIT)


def person_has_gone(outcome: Outcome) -> bool:
    return isinstance(outcome, Gone)
