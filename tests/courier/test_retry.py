"""What becomes of a letter after a try, as a table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.courier.retry import EDITS, LEFT, Fate, Finished, Postponed, fate, person_has_gone, too_late
from bot.domain.letters import HOWEVER_LATE, TO_NOBODY, Letter, LetterKind
from bot.outcomes import Again, GaveUp, Gone, Missing, Outcome, Sent, Unknown
from storage.outbox import LetterState

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOW = MADE + timedelta(minutes=1)
SENT, VOID, DEAD = (Finished(state) for state in (LetterState.SENT, LetterState.VOID, LetterState.DEAD))
OTHERS = [kind for kind in LetterKind if kind not in EDITS | LEFT]


def letter(kind: LetterKind, *, tries: int = 1) -> Letter:
    return Letter(1, "key", "aino", kind, {}, MADE, tries)


def after(seconds: float, *, unsure: bool = False, told: float | None = None) -> Postponed:
    """`told`: what Telegram itself has asked for."""
    chat_until = None if told is None else NOW + timedelta(seconds=told)
    return Postponed(NOW + timedelta(seconds=seconds), unsure, chat_until)


TABLE: list[tuple[Outcome, Fate, Fate, Fate]] = [
    # what came of it, and then: a card, a picture or reminder, anything else
    (Sent(7), SENT, SENT, SENT),
    (Again(30.0), after(30, told=30), after(30, told=30), after(30, told=30)),
    (Again(0.2), after(1, told=0.2), after(1, told=0.2), after(1, told=0.2)),
    (Unknown(), after(1), Finished(LetterState.SENT, unsure=True), after(1, unsure=True)),
    (Missing(), VOID, DEAD, DEAD),
    (Gone(), DEAD, DEAD, DEAD),
    (GaveUp(), DEAD, DEAD, DEAD),
]


@pytest.mark.parametrize(("outcome", "card", "picture", "other"), TABLE, ids=[str(row[0]) for row in TABLE])
def test_each_outcome_has_its_fate(outcome: Outcome, card: Fate, picture: Fate, other: Fate) -> None:
    fates = {kind: fate(letter(kind), outcome, now=NOW) for kind in LetterKind}
    menu = replace(card, chat_until=None) if isinstance(card, Postponed) else card
    expected = (
        dict.fromkeys(EDITS, card)
        | {LetterKind.MENU: menu}
        | dict.fromkeys(LEFT, picture)
        | dict.fromkeys(OTHERS, other)
    )
    assert fates == expected


def test_the_wait_doubles_from_a_second_to_a_quarter_of_an_hour() -> None:
    waits = [fate(letter(LetterKind.REQUEST, tries=tries), Again(0), now=NOW) for tries in (*range(1, 13), 99)]
    assert waits == [after(seconds) for seconds in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900)]


def test_telegrams_own_waiting_time_is_kept_when_it_is_longer_and_ours_otherwise() -> None:
    fates = [fate(letter(LetterKind.REQUEST, tries=5), Again(seconds), now=NOW) for seconds in (15.9, 16.1)]
    assert fates == [after(16, told=15.9), after(16.1, told=16.1)]


def test_an_alert_never_waits_longer_than_a_minute() -> None:
    waits = [fate(letter(LetterKind.ALERT, tries=tries), Again(0), now=NOW) for tries in (6, 7, 99)]
    assert waits == [after(seconds) for seconds in (32, 60, 60)]


def test_what_failed_together_comes_back_spread_over_half_of_the_wait_again() -> None:
    waits = [fate(letter(LetterKind.REQUEST, tries=3), Again(0), now=NOW, spread=each) for each in (0, 0.5, 1)]
    assert waits == [after(seconds) for seconds in (4, 5, 6)]


def test_what_may_have_arrived_once_stays_unsure_to_its_end() -> None:
    unsure = replace(letter(LetterKind.ALERT), unsure=True)
    fates = [fate(unsure, outcome, now=NOW) for outcome in (Sent(7), Again(30), GaveUp())]
    ends = (
        Finished(LetterState.SENT, unsure=True),
        after(30, unsure=True, told=30),
        Finished(LetterState.DEAD, unsure=True),
    )
    assert fates == list(ends)


def test_a_letter_for_later_has_its_24_hours_from_then() -> None:
    planned = replace(letter(LetterKind.REMINDER), not_before=MADE + timedelta(days=7))
    late = MADE + timedelta(days=7, hours=23)
    in_five = late + timedelta(seconds=5)
    assert fate(planned, Again(5), now=late) == Postponed(in_five, chat_until=in_five)


def test_after_24_hours_a_letter_is_dead() -> None:
    end = MADE + timedelta(hours=24)
    last, ended = (
        fate(letter(LetterKind.REQUEST), Again(0), now=end - each) for each in (timedelta(0, 1), timedelta(0))
    )
    assert (last, ended) == (Postponed(end), DEAD)


def test_what_makes_other_letters_and_what_takes_something_away_is_never_too_late() -> None:
    """An alert itself, and one that was passed on, are dead after a day, and flagged."""
    late = {kind: too_late(letter(kind), now=MADE + timedelta(hours=24)) for kind in LetterKind}
    assert {kind for kind, end in late.items() if end is None} == TO_NOBODY | {LetterKind.TAKE_AWAY}
    assert [late[kind] for kind in (LetterKind.ALERT, LetterKind.PASSED_ON, LetterKind.PUT_OFF)] == [DEAD, DEAD, DEAD]


TWO_DAYS_LATE = MADE + timedelta(days=2)


@pytest.mark.parametrize("outcome", [Again(1), Again(0), Unknown()], ids=str)
def test_what_is_done_however_late_is_tried_again_then_and_holds_nothing_up(outcome: Outcome) -> None:
    fates = {kind: fate(letter(kind), outcome, now=TWO_DAYS_LATE) for kind in HOWEVER_LATE}
    assert {kind for kind, end in fates.items() if isinstance(end, Postponed) and end.alone} == HOWEVER_LATE


def test_what_asks_for_meetings_and_begins_a_leave_and_takes_something_away_is_tried_for_ever() -> None:
    """Nobody would hear of its end; that it isn't known whether an alert was opened, the lead hears."""
    fates = {kind: fate(letter(kind, tries=99), Again(0), now=MADE + timedelta(days=9)) for kind in HOWEVER_LATE}
    assert {kind: end for kind, end in fates.items() if isinstance(end, Finished)} == {LetterKind.UNOPENED: DEAD}


def test_a_look_after_an_alert_that_comes_late_has_a_quarter_of_an_hour_of_tries() -> None:
    looks = [letter(LetterKind.UNOPENED, tries=tries) for tries in range(1, 21)]
    *tried, last = [fate(each, Again(0), now=TWO_DAYS_LATE) for each in looks]
    waits = [each.until - TWO_DAYS_LATE for each in tried if isinstance(each, Postponed)]
    assert (len(waits), sum(waits, timedelta(0)), last) == (19, timedelta(minutes=14, seconds=3), DEAD)


def test_in_its_day_it_has_as_many_as_it_takes() -> None:
    assert fate(letter(LetterKind.UNOPENED, tries=99), Again(0), now=NOW) == after(60)


def test_what_telegram_says_ends_what_takes_something_away_however_late() -> None:
    ends = [fate(letter(LetterKind.TAKE_AWAY), each, now=TWO_DAYS_LATE) for each in (Missing(), Gone(), Sent(7))]
    assert ends == [VOID, DEAD, SENT]


def test_only_who_can_not_be_written_to_has_gone() -> None:
    outcomes = [row[0] for row in TABLE]
    assert [each for each in outcomes if person_has_gone(each)] == [Gone()]
