"""What becomes of a letter after a try, as a table."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.courier.retry import Fate, Finished, Postponed, fate, person_has_gone
from bot.domain.letters import Letter, LetterKind
from bot.wire import Again, GaveUp, Gone, Missing, Outcome, Sent, Unknown
from storage.outbox import LetterState

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOW = MADE + timedelta(minutes=1)
SENT, VOID, DEAD = (Finished(state) for state in (LetterState.SENT, LetterState.VOID, LetterState.DEAD))
OTHERS = [kind for kind in LetterKind if kind not in (LetterKind.CARD, LetterKind.PICTURE)]


def letter(kind: LetterKind, *, tries: int = 1) -> Letter:
    return Letter(1, "key", "aino", kind, {}, MADE, tries)


def after(seconds: float) -> Postponed:
    return Postponed(NOW + timedelta(seconds=seconds))


TABLE: list[tuple[Outcome, Fate, Fate, Fate]] = [
    # what came of it, and then: a card, a picture, anything else
    (Sent(7), SENT, SENT, SENT),
    (Again(30.0), after(30), after(30), after(30)),
    (Again(0.2), after(1), after(1), after(1)),
    (Unknown(), after(1), SENT, after(1)),
    (Missing(), VOID, DEAD, DEAD),
    (Gone(), DEAD, DEAD, DEAD),
    (GaveUp(), DEAD, DEAD, DEAD),
]


@pytest.mark.parametrize(("outcome", "card", "picture", "other"), TABLE, ids=[str(row[0]) for row in TABLE])
def test_each_outcome_has_its_fate(outcome: Outcome, card: Fate, picture: Fate, other: Fate) -> None:
    fates = {kind: fate(letter(kind), outcome, now=NOW) for kind in LetterKind}
    expected = {LetterKind.CARD: card, LetterKind.PICTURE: picture} | dict.fromkeys(OTHERS, other)
    assert fates == expected


def test_the_wait_doubles_from_a_second_to_a_quarter_of_an_hour() -> None:
    waits = [fate(letter(LetterKind.REQUEST, tries=tries), Unknown(), now=NOW) for tries in (*range(1, 13), 99)]
    assert waits == [after(seconds) for seconds in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900)]


def test_telegrams_own_waiting_time_is_kept_when_it_is_longer_and_ours_otherwise() -> None:
    fates = [fate(letter(LetterKind.REQUEST, tries=5), Again(seconds), now=NOW) for seconds in (15.9, 16.1)]
    assert fates == [after(16), after(16.1)]


@pytest.mark.parametrize("outcome", [Again(1.0), Unknown()])
def test_after_24_hours_a_letter_is_dead(outcome: Outcome) -> None:
    end = MADE + timedelta(hours=24)
    last, too_late = (
        fate(letter(LetterKind.REQUEST), outcome, now=end - each) for each in (timedelta(0, 1), timedelta(0))
    )
    assert (last, too_late) == (Postponed(end), DEAD)


def test_only_who_can_not_be_written_to_has_gone() -> None:
    outcomes = [row[0] for row in TABLE]
    assert [each for each in outcomes if person_has_gone(each)] == [Gone()]
