"""What becomes of a letter after a try to send it. Pure: outcome in, fate out."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.domain.letters import HOWEVER_LATE, NOT_SILENT, OF_A_CASE, Letter, LetterKind
from bot.domain.times import QuietHours, allowed_at
from bot.outcomes import Again, Gone, Missing, Outcome, Sent, Unknown
from storage.outbox import DEAD_AFTER, LetterState

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=15)
LONGEST_WAIT_OF_ALERTS = timedelta(minutes=1)
EDITS = frozenset(
    {
        LetterKind.CARD,
        LetterKind.TAKE_AWAY,
        LetterKind.INVITATION,
        LetterKind.CLOSED,
        LetterKind.GROUP_CARD,
        LetterKind.MENU,
    }
)
"""Only ever done to what stands there: again as often as one likes."""
LEFT = frozenset({LetterKind.PICTURE, LetterKind.REMINDER, LetterKind.RATING_MISSING, LetterKind.MEETING_NEAR})
"""Left alone when they may have arrived: twice would be worse than perhaps not at all."""


REMINDERS = frozenset({LetterKind.REMINDER, LetterKind.RATING_MISSING, LetterKind.MEETING_NEAR})
"""Kept for hours at which phones may ring. An alert isn't: who works with a family now needs it now."""
CAN_WAIT = (
    REMINDERS
    | OF_A_CASE
    | {
        LetterKind.JOINED,
        LetterKind.FORGOTTEN,
        LetterKind.OFFERED,
        LetterKind.OFFER_ANSWERED,
        LetterKind.LEAVE,
        LetterKind.BACK,
    }
)
"""What isn't urgent: not in a worker's own quiet hours, unless they are in a meeting."""
PASSING = EDITS | {LetterKind.PRESENT, LetterKind.SHOWN_AGAIN, LetterKind.PICTURE, *REMINDERS}
"""What shows how something is: after a day it is past, and nobody misses it."""
NEVER_ENDS = HOWEVER_LATE - NOT_SILENT
"""Where that fails for a day it is tried on: a meeting would never be asked for, a picture that was to be seen for ten
minutes would stay, and nobody would hear of it."""
TRIES_HOWEVER_LATE = 20
"""So often, in a quarter of an hour, that is tried at least which somebody hears of at its end, when it comes late."""


@dataclass(frozen=True)
class Finished:
    """The letter's end. `unsure`: it may have arrived once more, or once less, than we know."""

    state: LetterState
    unsure: bool = False


@dataclass(frozen=True)
class Postponed:
    """Again, not before then; what comes after it in the chat and isn't more urgent waits too.

    `chat_until`: Telegram wants nothing at all for the chat before then. `alone`: it is our fault, or its own time that
    hasn't come, and nothing waits behind it.
    """

    until: datetime
    unsure: bool = False
    chat_until: datetime | None = None
    alone: bool = False


Fate = Finished | Postponed


def fate(letter: Letter, outcome: Outcome, *, now: datetime, spread: float = 0.0) -> Fate:
    """What becomes of it. `spread` (0-1, random) keeps letters that failed together from coming back together."""
    if isinstance(outcome, Sent):
        return Finished(LetterState.SENT, letter.unsure)
    if isinstance(outcome, Unknown) and letter.kind in LEFT:
        return left()
    if isinstance(outcome, Missing) and letter.kind in EDITS:
        return Finished(LetterState.VOID)
    if not isinstance(outcome, Again | Unknown):
        return Finished(LetterState.DEAD, _unsure(letter, outcome))
    told = _told(outcome)
    if _is_over(letter, told, now=now):
        return _ended(letter, _unsure(letter, outcome))
    until, rests = now + max(told, _wait(letter, spread)), bool(told) and letter.kind is not LetterKind.MENU
    chat_until = now + told if rests else None
    return Postponed(until, _unsure(letter, outcome), chat_until, alone=_day_is_over(letter, now=now))


def _is_over(letter: Letter, told: timedelta, *, now: datetime) -> bool:
    """Its day has passed, or will have; what is done however late is tried then too, for a while or without end."""
    if letter.kind in HOWEVER_LATE:
        tried = letter.kind not in NEVER_ENDS and letter.tries >= TRIES_HOWEVER_LATE
        return tried and _day_is_over(letter, now=now)
    too_far = letter.kind in NOT_SILENT and now + told >= letter.due_at + DEAD_AFTER
    return too_far or _day_is_over(letter, now=now)


def _day_is_over(letter: Letter, *, now: datetime) -> bool:
    return now - letter.due_at >= DEAD_AFTER


def too_late(letter: Letter, *, now: datetime) -> Finished | None:
    """What has waited for a day isn't sent any more, but for what is done however late."""
    late = letter.kind not in HOWEVER_LATE and _day_is_over(letter, now=now)
    return _ended(letter, letter.unsure) if late else None


def _ended(letter: Letter, unsure: bool) -> Finished:
    return Finished(LetterState.VOID if letter.kind in PASSING else LetterState.DEAD, unsure)


def rests_with_everybody(letter: Letter) -> bool:
    """Whether it keeps the quiet hours of the service: reminders do, and what a family is told of its case."""
    return letter.kind in REMINDERS or (letter.kind in OF_A_CASE and "rater" in letter.about)


def too_early(letter: Letter, *, now: datetime, quiet: QuietHours | None, zone: tzinfo) -> Postponed | None:
    """What can wait waits for the end of the quiet hours; a reminder for the service's, late after an outage."""
    allowed = allowed_at(now, quiet, zone)
    return Postponed(allowed, alone=True) if letter.kind in CAN_WAIT and allowed > now else None


def left() -> Finished:
    """It may have arrived, and is left at that."""
    return Finished(LetterState.SENT, unsure=True)


def _unsure(letter: Letter, outcome: Outcome) -> bool:
    return letter.unsure or (isinstance(outcome, Unknown) and letter.kind not in EDITS)


def _told(outcome: Outcome) -> timedelta:
    return timedelta(seconds=outcome.seconds) if isinstance(outcome, Again) else timedelta(0)


def _wait(letter: Letter, spread: float) -> timedelta:
    """1 s, 2 s, 4 s ... up to 15 minutes, an alert up to one; and up to a half longer."""
    longest = LONGEST_WAIT_OF_ALERTS if letter.kind in NOT_SILENT else LONGEST_WAIT
    return min(FIRST_WAIT * (1 << min(letter.tries - 1, 12)), longest) * (1 + spread / 2)


def person_has_gone(outcome: Outcome) -> bool:
    return isinstance(outcome, Gone)
