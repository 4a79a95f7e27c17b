"""P2, P3: each update has its effect once, in its order, and is confirmed after that."""

from typing import Final

from tests.faults.sabotage.rows.row import Edit, Row

ELSEWHERE: Final = "tests/faults/floods/test_polled_elsewhere.py::"
INTAKE: Final = "tests/test_intake.py::"
FAILED: Final = "tests/faults/failpoints/test_exceptions_on_sqlite.py::"
WEB: Final = "tests/web/test_web.py::"

ROWS: Final = (
    Row(
        "the id of an update is recorded with its effect",
        (
            Edit(
                "bot/chat/running.py",
                "fresh = await storage.updates.record(db, update.update_id, now=now)",
                "fresh = True",
            ),
        ),
        ("tests/journeys/test_repeated.py::test_a_first_answer_that_comes_again_does_not_undo_the_changed_one",),
        quick=True,
    ),
    Row(
        "the offset moves only past what is settled",
        (Edit("bot/intake.py", "return self._next if first is None else min(first, self._next)", "return self._next"),),
        (f"{INTAKE}test_an_update_is_confirmed_only_when_its_effect_is_in_the_database",),
        quick=True,
    ),
    Row(
        "an update is settled after its commit",
        (
            Edit(
                "bot/chat/running.py",
                "            fresh = await storage.updates.record(db, update.update_id, now=now)\n",
                "            fresh = await storage.updates.record(db, update.update_id, now=now)\n"
                "            house.in_hand.settled(update.update_id)\n",
            ),
        ),
        (
            f"{INTAKE}test_an_update_whose_commit_fails_is_kept_and_has_its_effect_at_the_next_try",
            f"{FAILED}test_a_fault_at_any_failpoint_changes_nothing_of_what_comes_of_a_scene[alert]",
        ),
    ),
    Row(
        "one chain for each person",
        (Edit("bot/intake.py", "_after(self._chains.get(key), work)", "_after(None, work)"),),
        (f"{INTAKE}test_while_a_persons_update_waits_for_the_database_their_next_one_waits_behind_it",),
    ),
    Row(
        "one at a time under a name in the whole database",
        (Edit("storage/alone.py", "            if self._locks is None:\n", "            if True:\n"),),
        ("tests/storage/test_alone.py::test_of_several_programs_one_is_in_at_a_time",),
    ),
    Row(
        "an update that fails three times is parked",
        (
            Edit(
                "bot/intake.py",
                "        return await self._given_up(raw)\n\n    async def _tried(",
                "        return False\n\n    async def _tried(",
            ),
        ),
        (f"{INTAKE}test_behind_an_update_that_is_parked_the_same_persons_next_one_comes",),
    ),
    Row(
        "nobody floods the others",
        (Edit("bot/intake.py", "not self._flood.allows(person, ", "not Flood().allows(person, "),),
        (
            "tests/faults/floods/test_flooded.py::test_while_one_person_floods_ten_others_answer_and_all_of_theirs_is_kept",
        ),
    ),
    Row(
        "the webhook's secret",
        (
            Edit(
                "bot/web.py",
                'return hmac.compare_digest(request.headers.get(HEADER, "").encode("latin-1"), self._secret)',
                "return True",
            ),
        ),
        (f"{WEB}test_without_the_secret_nothing_is_done",),
    ),
    Row(
        "200 after the commit",
        (
            Edit(
                "bot/web.py",
                "taken = await self._intake.taken(raw)",
                "taken = self._intake.take([raw]) >= 0",
            ),
        ),
        (
            f"{WEB}test_it_is_not_answered_before_the_effect_is_in_the_database",
            f"{WEB}test_while_the_database_takes_nothing_telegram_is_told_to_come_again",
        ),
    ),
    Row(
        "a body that is too long is not read",
        (Edit("bot/web.py", "if len(body) > MOST_BYTES:", "if False:"),),
        (f"{WEB}test_what_is_too_long_is_turned_away_whether_it_says_so_or_not",),
    ),
    Row(
        "after a quiet week the ids of updates begin anew",
        (Edit("bot/polling.py", "self.intake.begin_anew()", "pass"),),
        (f"{INTAKE}test_after_a_quiet_week_ids_may_begin_anew_lower",),
    ),
    Row(
        "a second poller elsewhere is not fought",
        (
            Edit(
                "bot/polling.py",
                "self.times = self.times + 1 if now - self.last < APART_SECONDS else 1",
                "self.times = 1",
            ),
        ),
        (f"{ELSEWHERE}test_a_second_poller_elsewhere_is_left_in_peace_longer_each_time",),
    ),
    Row(
        "an id that comes anew after a quiet week isn't taken for a repeat",
        (Edit("storage/updates.py", "KEPT = timedelta(days=3)", "KEPT = timedelta(days=14)"),),
        (f"{INTAKE}test_an_id_that_comes_anew_after_a_quiet_week_has_its_effect",),
    ),
    Row(
        "an update that fails as if the database couldn't, while others are served, is parked",
        (Edit("bot/intake.py", "return vain.proved_by(error) and await", "return False and await"),),
        (f"{INTAKE}test_an_update_that_fails_as_if_the_database_could_not_while_others_are_served_is_parked",),
    ),
    Row(
        "while the database takes nothing no update is parked",
        (Edit("bot/intake.py", "self._kept > before and not others_fault", "not isinstance(error, TimeoutError)"),),
        (
            f"{INTAKE}test_while_the_database_takes_nothing_no_update_is_parked_however_often_others_read",
            f"{INTAKE}test_where_there_is_no_room_or_another_one_holds_it_others_who_are_served_are_no_sign_that_the_database_can",
        ),
    ),
)
