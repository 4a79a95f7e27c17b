"""A worker's phone in a rater's hands."""

from typing import Final

from tests.faults.sabotage.rows.row import Edit, Row

LENT: Final = "tests/journeys/test_handing_over.py::"

ROWS: Final = (
    Row(
        "what is tapped and said on a phone in somebody's hands goes through one gate",
        (
            Edit(
                "bot/chat/in_hands.py",
                "in_hands_of is None:\n            return await handle(turn)\n        theirs",
                "id:\n            return await handle(turn)\n        theirs",
            ),
            Edit(
                "bot/chat/in_hands.py",
                "in_hands_of is None:\n            return await handle(turn)\n        person",
                "id:\n            return await handle(turn)\n        person",
            ),
        ),
        (
            f"{LENT}test_start_and_text_and_pictures_lead_to_the_same_screen",
            f"{LENT}test_what_was_sent_is_not_shown_again_to_who_has_the_phone_by_now",
        ),
    ),
    Row(
        "what comes for a worker waits until their phone is taken back",
        (
            Edit("storage/outbox.py", "may_be_sent, _in_own_hands(), ", "may_be_sent, "),
            Edit("bot/courier/letters/__init__.py", "        return Held()", "        pass"),
        ),
        (
            f"{LENT}test_nothing_comes_and_nothing_rings_until_it_is_taken_back",
            f"{LENT}test_an_alert_of_a_case_with_one_worker_waits_and_comes_right_after",
        ),
    ),
    Row(
        "what a worker hasn't opened goes to the case's other workers with their phone",
        (Edit("bot/actions/handing_over.py", "    await lent.tell_others(db, worker, now=now)\n", ""),),
        (f"{LENT}test_an_alert_that_nora_has_not_opened_goes_to_the_other_worker_with_the_hand_over",),
    ),
)
