"""A rating from the first item to the total: each step alone, and laws that hold whatever somebody taps."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import ITEMS, ORS, SRS, Measure
from bot.domain.ratings import REVIEW, Draft, DraftState, Mode, Rating, SkipReason

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AT = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
NEW = Draft("draft", "case", "session", "rater", "subject", ORS, BEGAN)
FULL = replace(NEW, scores=(70, 60, 80, 90), present=REVIEW)
SENT = replace(FULL, state=DraftState.SENT)
CHANGING = replace(FULL, state=DraftState.CHANGING)
SKIPPED = replace(NEW, state=DraftState.SKIPPED, skip_reason=SkipReason.NONE)

Step = Callable[[Draft], Draft]


def refused(step: Step, draft: Draft) -> Reason:
    with pytest.raises(Refusal) as caught:
        step(draft)
    return caught.value.reason


def test_a_new_draft_is_open_at_the_first_item_and_has_no_answers() -> None:
    facts = (NEW.state, NEW.present, NEW.scores, NEW.skip_reason, NEW.under_way, NEW.begun, NEW.complete)
    assert facts == (DraftState.OPEN, 1, (None, None, None, None), None, True, False, False)


# Answering


def test_an_answer_is_kept_and_the_next_item_is_present() -> None:
    assert NEW.answered(1, 70) == replace(NEW, scores=(70, None, None, None), present=2)


def test_from_an_item_that_was_opened_in_the_review_the_way_back_leads_to_the_review() -> None:
    assert replace(FULL, present=2).stepped_back() == FULL


def test_the_fourth_answer_leads_to_the_review() -> None:
    three = replace(NEW, scores=(70, 60, 80, None), present=4)
    assert three.answered(4, 90) == FULL


def test_zero_is_an_answer() -> None:
    lowest = NEW.answered(1, 0).answered(2, 0).answered(3, 0).answered(4, 0)
    assert (lowest.begun, lowest.complete, lowest.present) == (True, True, REVIEW)
    assert lowest.handed_in().rating(id="rating", worker_id="worker", at=AT).total == 0


def test_an_item_that_is_answered_anew_leads_on_to_the_first_one_without_an_answer() -> None:
    back = replace(NEW, scores=(70, 60, None, None), present=1)
    assert back.answered(1, 10) == replace(NEW, scores=(10, 60, None, None), present=3)


def test_the_same_answer_a_second_time_changes_nothing() -> None:
    once = NEW.answered(1, 70)
    assert once.answered(1, 70) is once


def test_another_answer_from_an_old_screen_is_refused() -> None:
    assert refused(lambda draft: draft.answered(1, 60), NEW.answered(1, 70)) is Reason.NO_LONGER


@pytest.mark.parametrize("item", [0, 2, 5, -1])
def test_an_answer_to_an_item_that_is_not_the_present_one_is_refused(item: int) -> None:
    assert refused(lambda draft: draft.answered(item, 50), NEW) is Reason.NO_LONGER


@pytest.mark.parametrize("score", [-1, 101, 110, 99999])
def test_a_score_outside_0_to_100_mm_is_refused(score: int) -> None:
    assert refused(lambda draft: draft.answered(1, score), NEW) is Reason.NO_LONGER


def test_the_review_is_no_item_to_be_answered() -> None:
    assert refused(lambda draft: draft.answered(REVIEW, 50), FULL) is Reason.NO_LONGER


# Going back and changing


def test_back_goes_to_the_item_before_and_keeps_every_answer() -> None:
    assert FULL.stepped_back() == replace(FULL, present=4)


def test_back_at_the_first_item_stays_there() -> None:
    assert NEW.stepped_back() == NEW


def test_a_line_of_the_review_opens_its_item() -> None:
    assert FULL.opened_at(2) == replace(FULL, present=2)


@pytest.mark.parametrize("item", [0, 5, -1])
def test_the_review_opens_no_item_that_there_is_not(item: int) -> None:
    assert refused(lambda draft: draft.opened_at(item), FULL) is Reason.NO_LONGER


def test_an_item_is_opened_from_the_review_only() -> None:
    assert refused(lambda draft: draft.opened_at(1), NEW) is Reason.NO_LONGER


# Handing in, and changing what was handed in


@pytest.mark.parametrize("draft", [FULL, CHANGING, replace(FULL, present=2)])
def test_a_complete_draft_is_handed_in(draft: Draft) -> None:
    assert draft.handed_in() == SENT


def test_an_incomplete_draft_is_not_handed_in() -> None:
    assert refused(Draft.handed_in, replace(NEW, scores=(70, 60, 80, None), present=4)) is Reason.INCOMPLETE


def test_a_sent_draft_is_changed_from_its_review() -> None:
    assert SENT.reopened() == CHANGING


def test_a_skipped_draft_is_answered_after_all() -> None:
    assert SKIPPED.reopened() == NEW


def test_a_draft_that_is_under_way_is_not_opened_a_second_time() -> None:
    assert [draft.reopened() for draft in (NEW, CHANGING)] == [NEW, CHANGING]


def test_giving_a_change_up_brings_the_first_answers_back() -> None:
    changed = CHANGING.opened_at(1).answered(1, 0)
    assert changed.for_worker_only(True).kept(SENT.rating(id="r", worker_id="nora", at=AT)) == SENT


def test_who_gives_it_says_before_sending_whether_it_is_for_the_worker_alone() -> None:
    only = CHANGING.for_worker_only(True)
    assert (only.only_worker, only.for_worker_only(True), only.for_worker_only(False)) == (True, only, CHANGING)
    assert only.handed_in().rating(id="r", worker_id="nora", at=AT).only_worker
    with pytest.raises(Refusal):
        SENT.for_worker_only(True)


# Not this time


def test_a_skip_keeps_what_was_answered_and_its_reason() -> None:
    begun = NEW.answered(1, 70)
    skipped = replace(begun, state=DraftState.SKIPPED, skip_reason=SkipReason.NO_TIME)
    assert begun.skipped(SkipReason.NO_TIME) == skipped


def test_a_second_skip_changes_nothing() -> None:
    assert SKIPPED.skipped(SkipReason.NO_TIME) is SKIPPED


@pytest.mark.parametrize("draft", [SENT, CHANGING])
def test_what_was_handed_in_is_not_skipped_any_more(draft: Draft) -> None:
    assert refused(lambda each: each.skipped(SkipReason.NONE), draft) is Reason.NO_LONGER


def test_a_skip_is_given_a_reason_afterwards() -> None:
    assert SKIPPED.reasoned(SkipReason.NOT_IN_THE_MOOD) == replace(SKIPPED, skip_reason=SkipReason.NOT_IN_THE_MOOD)


@pytest.mark.parametrize("draft", [NEW, SENT, CHANGING])
def test_only_a_skip_is_given_a_reason(draft: Draft) -> None:
    assert refused(lambda each: each.reasoned(SkipReason.NO_TIME), draft) is Reason.NO_LONGER


@pytest.mark.parametrize("draft", [SENT, SKIPPED])
@pytest.mark.parametrize(
    "step",
    [lambda draft: draft.answered(1, 70), Draft.stepped_back, lambda draft: draft.opened_at(1), Draft.handed_in],
    ids=["answered", "stepped back", "opened at", "handed in"],
)
def test_a_draft_that_is_not_under_way_takes_no_step(step: Step, draft: Draft) -> None:
    assert refused(step, draft) is Reason.NO_LONGER


# The rating


def test_a_complete_draft_becomes_a_rating_with_all_that_the_draft_knows() -> None:
    rating = SENT.rating(id="rating", worker_id="worker", at=AT)
    scores = (70, 60, 80, 90)
    assert rating == Rating(
        "rating", "draft", "case", "worker", "session", "rater", "subject", ORS, Mode.BUTTONS, scores, AT
    )
    assert (rating.total, rating.measure) == (300, Measure.OUTCOME)


def test_an_alliance_rating_is_about_nobody_and_before_a_meeting_it_has_none() -> None:
    alone = replace(SENT, session_id=None, subject_id=None, instrument=SRS)
    rating = alone.rating(id="rating", worker_id="worker", at=AT)
    assert (rating.session_id, rating.subject_id, rating.measure) == (None, None, Measure.ALLIANCE)


@pytest.mark.parametrize("missing", ITEMS)
def test_a_draft_without_one_of_its_answers_is_never_scored(missing: int) -> None:
    scores = tuple(None if item == missing else 50 for item in ITEMS)
    draft = replace(NEW, scores=scores)
    assert refused(lambda each: each.handed_in(), draft) is Reason.INCOMPLETE
    with pytest.raises(Refusal) as caught:
        replace(draft, state=DraftState.SENT).rating(id="rating", worker_id="worker", at=AT)
    assert caught.value.reason is Reason.INCOMPLETE


# Laws: whatever is tapped, in whatever order, from whatever old screen

scores = st.integers(min_value=-10, max_value=110)
items = st.integers(min_value=0, max_value=6)
steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda item, score: lambda draft: draft.answered(item, score), items, scores),
    st.builds(lambda score: lambda draft: draft.answered(draft.present, score), scores),
    st.just(Draft.stepped_back),
    st.builds(lambda item: lambda draft: draft.opened_at(item), items),
    st.just(Draft.handed_in),
    st.just(Draft.reopened),
    st.sampled_from(SkipReason).map(lambda reason: lambda draft: draft.skipped(reason)),
    st.sampled_from(SkipReason).map(lambda reason: lambda draft: draft.reasoned(reason)),
)


def walked(taps: list[Step]) -> list[Draft]:
    """All drafts on the way, the new one first; a step that is refused changes nothing."""
    drafts = [NEW]
    for step in taps:
        with suppress(Refusal):
            drafts.append(step(drafts[-1]))
    return drafts


@given(st.lists(steps, max_size=40))
def test_no_step_loses_an_answer(taps: list[Step]) -> None:
    drafts = walked(taps)
    for before, after in pairwise(drafts):
        changed = [item for item in ITEMS if before.scores[item - 1] != after.scores[item - 1]]
        assert changed in ([], [before.present])
        assert [item for item in changed if after.scores[item - 1] is None] == []


@given(st.lists(steps, max_size=40))
def test_what_is_present_is_an_item_or_the_review_of_a_complete_draft(taps: list[Step]) -> None:
    for draft in walked(taps):
        assert draft.present in (*ITEMS, REVIEW)
        assert draft.complete or draft.present != REVIEW


@given(st.lists(steps, max_size=40))
def test_every_item_before_the_present_one_has_been_answered(taps: list[Step]) -> None:
    for draft in walked(taps):
        assert None not in draft.scores[: draft.present - 1]


@given(st.lists(steps, max_size=40))
def test_a_draft_is_complete_when_all_four_have_an_answer_and_only_then_it_is_sent(taps: list[Step]) -> None:
    for draft in walked(taps):
        answers = [score for score in draft.scores if score is not None]
        assert draft.complete == (len(answers) == 4)
        assert draft.begun == (answers != [])
        assert draft.complete or draft.state not in (DraftState.SENT, DraftState.CHANGING)
        assert all(0 <= score <= 100 for score in answers)
        assert (draft.skip_reason is not None) == (draft.state is DraftState.SKIPPED)


@given(st.lists(steps, max_size=40))
def test_the_same_tap_twice_is_the_same_as_once(taps: list[Step]) -> None:
    """Taps name their item; a second one that comes late finds it answered so already."""
    draft = walked(taps)[-1]
    if draft.under_way and draft.present in ITEMS:
        once = draft.answered(draft.present, 50)
        assert once.answered(draft.present, 50) == once


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=4, max_size=4))
def test_a_rating_is_the_sum_of_four_answers_or_it_is_none(four: list[int | None]) -> None:
    draft = replace(NEW, scores=tuple(four))
    answers = [score for score in four if score is not None]
    if len(answers) == 4:
        assert draft.rating(id="rating", worker_id="worker", at=AT).total == sum(answers)
    else:
        with pytest.raises(Refusal):
            draft.rating(id="rating", worker_id="worker", at=AT)
