"""Letters: from when on one was to be sent."""

from datetime import UTC, datetime, timedelta

from bot.domain.letters import OF_A_CASE, Letter, LetterKind

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVENING = MADE + timedelta(hours=9)


def test_a_letter_is_due_when_it_is_made_or_at_the_time_it_is_planned_for() -> None:
    at_once = Letter(1, "key", "person", LetterKind.REMINDER, {}, MADE)
    planned = Letter(1, "key", "person", LetterKind.REMINDER, {}, MADE, not_before=EVENING)
    assert (at_once.due_at, planned.due_at) == (MADE, EVENING)


def test_a_letter_names_the_alerts_that_it_tells_of_the_gravest_first() -> None:
    alone, several = (
        Letter(1, "key", "person", LetterKind.ALERT, about, MADE)
        for about in ({"alert": "7"}, {"alert": "9", "others": "7 8"})
    )
    assert (alone.alerts, several.alerts) == ((7,), (9, 7, 8))


def test_of_every_kind_it_is_known_whether_it_follows_a_worker_to_a_new_phone() -> None:
    """These don't: they are for who rates, or about what stands in one chat."""
    letters = [Letter(1, "key", "person", kind, {"rater": "id"}, MADE) for kind in LetterKind]
    assert {each.kind for each in letters if not each.for_worker} == OF_A_CASE | {
        LetterKind.REQUEST,
        LetterKind.PRESENT,
        LetterKind.SHOWN_AGAIN,
        LetterKind.REMINDER,
        LetterKind.ACCEPTED,
        LetterKind.NOT_MINE,
        LetterKind.WAITS_AGAIN,
        LetterKind.CLOSED,
        LetterKind.CARD,
        LetterKind.GROUP_CARD,
        LetterKind.INVITATION,
        LetterKind.TAKE_AWAY,
        LetterKind.MENU,
    }


def test_what_has_become_of_a_case_is_for_its_workers_where_it_names_nobody_who_rates() -> None:
    told = [
        Letter(1, "key", "person", LetterKind.CASE_CLOSED, about, MADE) for about in ({"case": "id"}, {"rater": "id"})
    ]
    assert [each.for_worker for each in told] == [True, False]
