"""P3: what counts once is there once, and each door opens to whose it is."""

from typing import Final

from tests.faults.sabotage.rows.row import Edit, Row

OUTBOX: Final = "tests/storage/test_outbox.py::"
AT_ONCE: Final = "tests/actions/test_at_once.py::"
FIRST: Final = "storage/migrations/versions/0001_first.py"
SECOND: Final = "storage/migrations/versions/0002_leases_alerts_service.py"
THIRD: Final = "storage/migrations/versions/0003_alerts_talked_about_trajectories.py"

ROWS: Final = (
    Row(
        "one rating of a draft",
        (Edit(FIRST, '        sa.UniqueConstraint("draft_id", name=op.f("uq_ratings_draft_id")),\n', ""),),
        ("tests/storage/test_schema.py::test_a_draft_becomes_one_rating",),
    ),
    Row(
        "one answer of an item",
        (Edit(FIRST, 'sa.PrimaryKeyConstraint("draft_id", "item", name=op.f("pk_draft_items")),\n', ""),),
        ("tests/storage/test_drafts.py::test_an_item_can_have_no_second_answer",),
    ),
    Row(
        "one letter of a key",
        (Edit(FIRST, '        sa.UniqueConstraint("key", name=op.f("uq_letters_key")),\n', ""),),
        (f"{OUTBOX}test_the_same_cause_makes_one_letter_to_a_person",),
    ),
    Row(
        "one alert of a rating and a rule",
        (Edit(SECOND, '        sa.UniqueConstraint("draft_id", "rule", name=op.f("uq_alerts_draft_id_rule")),\n', ""),),
        (
            "tests/storage/test_alerts.py::test_one_rating_raises_a_rule_once_and_each_rule_for_itself",
            "tests/storage/test_alerts.py::test_of_many_who_raise_the_same_at_once_one_does",
        ),
    ),
    Row(
        "the number of an alert is never given again",
        (
            Edit(SECOND, "        sqlite_autoincrement=True,\n", ""),
            Edit(THIRD, ', table_kwargs={"sqlite_autoincrement": True}', ""),
        ),
        ("tests/storage/test_alerts.py::test_a_number_is_never_given_again",),
    ),
    Row(
        "the doors hold the case",
        (
            Edit(
                "storage/database.py",
                "        if isinstance(self._connection, Connection):\n            return True\n",
                "        if True:\n            return True\n",
            ),
        ),
        (
            f"{AT_ONCE}test_who_comes_in_while_it_closes_is_asked_about_the_meeting",
            f"{AT_ONCE}test_what_is_begun_while_the_meeting_starts_is_the_meetings",
        ),
    ),
    Row(
        "a door opens to the worker of the case only",
        (
            Edit(
                "bot/actions/access.py",
                "if case.state is not state or not await storage.cases.is_worker_of(db, worker.id, case_id):",
                "if case.state is not state:",
            ),
        ),
        (
            "tests/actions/test_access.py::test_each_door_opens_to_whose_it_is_and_to_nobody_else",
            "tests/chat/test_cases.py::test_otto_sees_none_of_noras_cases",
        ),
        quick=True,
    ),
)
