"""A draft that a worker writes down for somebody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import ORS
from bot.domain.ratings import ENTERED, Draft, DraftState, Mode, SkipReason

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY, OTHER_DAY = date(2026, 3, 2), date(2026, 2, 20)
NEW = Draft("draft", "case", "session", "rater", "subject", ORS, AT)
BEGUN = NEW.answered(1, 70)
ALOUD, SHEET = NEW.taken_up(Mode.ALOUD), NEW.taken_up(Mode.PAPER, rated_on=DAY)
FOUR = (75, 60, 82, 90)
FULL = SHEET.filled_in(FOUR)
SENT = FULL.handed_in()


def refused(step: Callable[[], object]) -> Reason:
    with pytest.raises(Refusal) as caught:
        step()
    return caught.value.reason


def test_what_a_worker_writes_down_says_how_it_came_and_of_which_day() -> None:
    assert (ALOUD.mode, ALOUD.rated_on, SHEET.mode, SHEET.rated_on) == (Mode.ALOUD, None, Mode.PAPER, DAY)
    assert [each.is_entered for each in (NEW, ALOUD, SHEET)] == [False, True, True]
    assert {Mode.BUTTONS, Mode.HANDED_OVER} == set(Mode) - ENTERED


def test_nothing_of_what_somebody_had_begun_themself_stays() -> None:
    assert BEGUN.taken_up(Mode.ALOUD) == ALOUD


def test_what_a_worker_had_begun_goes_on_also_in_another_way() -> None:
    heard = ALOUD.answered(1, 70)
    assert heard.taken_up(Mode.ALOUD) == heard
    assert heard.taken_up(Mode.PAPER, rated_on=DAY) == replace(heard, mode=Mode.PAPER, rated_on=DAY)
    assert SHEET.dated(OTHER_DAY).taken_up(Mode.PAPER, rated_on=DAY).rated_on == OTHER_DAY
    summed = SHEET.summed(284)
    assert summed.taken_up(Mode.PAPER, rated_on=DAY) == summed
    assert summed.taken_up(Mode.ALOUD) == ALOUD


def test_what_was_skipped_is_taken_up_and_what_was_sent_is_not() -> None:
    assert NEW.skipped(SkipReason.NO_TIME).taken_up(Mode.ALOUD) == ALOUD
    assert refused(lambda: SENT.taken_up(Mode.PAPER)) is Reason.NO_LONGER


def test_a_sheet_has_four_values_or_a_sum() -> None:
    assert (FULL.scores, FULL.complete, FULL.present) == (FOUR, True, FULL.review)
    summed = FULL.summed(284)
    assert (summed.mode, summed.total, summed.begun, summed.complete) == (Mode.TOTAL_ONLY, 284, True, True)
    assert summed.scores == NEW.scores
    assert summed.summed(None).complete is False
    assert summed.itemised() == SHEET
    assert FULL.itemised() == FULL
    rating = summed.handed_in().rating(id="rating", worker_id="nora", at=AT)
    assert (rating.scores, rating.total, rating.mode) == ((), 284, Mode.TOTAL_ONLY)


@pytest.mark.parametrize("total", [-1, 401])
def test_a_sum_beyond_the_scale_is_none(total: int) -> None:
    assert refused(lambda: SHEET.summed(total)) is Reason.NO_LONGER


@pytest.mark.parametrize("scores", [(70, 60, 80), (101, 0, 0, 0), (-1, 0, 0, 0)])
def test_values_beyond_the_scale_are_none(scores: tuple[int, ...]) -> None:
    assert refused(lambda: SHEET.filled_in(scores)) is Reason.NO_LONGER


def test_only_a_sheet_has_a_day_and_a_sum() -> None:
    for step in (lambda: ALOUD.dated(DAY), lambda: ALOUD.summed(100), ALOUD.itemised, lambda: SENT.dated(DAY)):
        assert refused(step) is Reason.NO_LONGER


def test_a_sheet_may_belong_to_a_meeting() -> None:
    assert replace(SHEET, session_id=None).for_meeting("session") == SHEET


def test_who_rates_sees_nothing_of_what_a_worker_had_begun_to_write_down() -> None:
    assert (BEGUN.own(), SENT.own()) == (BEGUN, SENT)
    assert ALOUD.answered(1, 70).own() == NEW
    assert SENT.corrected().own() == SENT


def test_what_was_written_down_is_corrected_and_what_was_given_on_a_phone_is_not() -> None:
    corrected = SENT.corrected()
    assert (corrected.state, corrected.mode, corrected.scores) == (DraftState.CHANGING, Mode.PAPER, FOUR)
    assert corrected.corrected() == corrected
    given = replace(SENT, mode=Mode.BUTTONS)
    assert given.corrected() == given
    first = SENT.rating(id="rating", worker_id="nora", at=AT)
    assert corrected.opened_at(1).answered(1, 0).kept(first) == SENT
    summed = SHEET.summed(284).handed_in()
    kept = summed.corrected().itemised().kept(summed.rating(id="rating", worker_id="nora", at=AT))
    assert (kept.total, kept.mode, kept.scores) == (284, Mode.TOTAL_ONLY, NEW.scores)


def test_who_changes_what_a_worker_had_written_down_makes_it_their_own() -> None:
    theirs = SENT.reopened()
    assert (theirs.state, theirs.mode, theirs.scores, theirs.rated_on) == (
        DraftState.CHANGING,
        Mode.BUTTONS,
        FOUR,
        None,
    )
    of_a_sum = SHEET.summed(284).handed_in().reopened()
    assert (of_a_sum.present, of_a_sum.total, of_a_sum.complete) == (1, None, False)
