"""Each mechanism that keeps a promise, how it is switched off, and the tests that must fail then.

The texts are those of the code as it stands: a row whose text isn't there any more fails, so that none is forgotten.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Edit:
    """In this file, `old` (there exactly once) becomes `new`."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Row:
    """`quick`: it is tried in the short form too."""

    mechanism: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
    quick: bool = False


DATABASE: Final = "tests/storage/test_database.py::"
OUTBOX: Final = "tests/storage/test_outbox.py::"
INTAKE: Final = "tests/test_intake.py::"
ALERTS: Final = "tests/courier/test_alerts.py::"
TALKS: Final = "tests/journeys/test_talks.py::"
LOOP: Final = "tests/courier/test_loop.py::"
AT_ONCE: Final = "tests/actions/test_at_once.py::"
FAILED: Final = "tests/faults/failpoints/test_exceptions_on_sqlite.py::"
KILLED: Final = "tests/faults/failpoints/test_kills_on_sqlite.py::"
LENT: Final = "tests/journeys/test_handing_over.py::"
WEB: Final = "tests/web/test_web.py::"
FIRST: Final = "storage/migrations/versions/0001_first.py"
SECOND: Final = "storage/migrations/versions/0002_leases_alerts_service.py"
THIRD: Final = "storage/migrations/versions/0003_alerts_talked_about_trajectories.py"

ROWS: Final = (
    # P1: what is shown as saved is on disk
    Row(
        "each commit is on disk before it is shown",
        (Edit("storage/engine.py", '"synchronous=FULL"', '"synchronous=NORMAL"'),),
        (
            "tests/faults/disk/test_power_cut.py::test_no_answer_that_was_shown_as_taken_is_missing_after_a_power_cut",
            f"{DATABASE}test_each_connection_to_sqlite_is_set_up",
        ),
    ),
    Row(
        "a reply comes after its commit: the transaction is brought to its end when its task is cancelled",
        (Edit("storage/ending.py", "await asyncio.wait([task])", "await task"),),
        (f"{DATABASE}test_one_that_had_come_to_its_commit_when_it_was_cancelled_is_committed",),
    ),
    Row(
        "who is told to stop stops, even when the database fails at that moment",
        (
            Edit(
                "storage/ending.py",
                "cancelled = after if isinstance(after, asyncio.CancelledError) else None",
                "cancelled = None",
            ),
        ),
        (
            f"{DATABASE}test_one_cancelled_in_the_middle_says_so_also_when_its_connection_breaks_then",
            "tests/storage/test_ending.py::test_who_was_cancelled_before_hears_so_even_when_the_work_fails",
        ),
    ),
    # One writer, and nothing that refers to nothing
    Row(
        "rows refer to rows",
        (Edit("storage/engine.py", '"foreign_keys=ON"', '"foreign_keys=OFF"'),),
        (f"{DATABASE}test_a_row_cannot_refer_to_nothing",),
        quick=True,
    ),
    Row(
        "BEGIN IMMEDIATE",
        (Edit("storage/writer.py", 'opened.driver.execute("BEGIN IMMEDIATE")', 'opened.driver.execute("BEGIN")'),),
        (f"{DATABASE}test_a_transaction_on_sqlite_is_the_writer_before_it_writes",),
        quick=True,
    ),
    Row(
        "BEGIN IMMEDIATE of who changes tables",
        (Edit("storage/engine.py", '"BEGIN" if reads else "BEGIN IMMEDIATE"', '"BEGIN"'),),
        ("tests/storage/test_migrations.py::test_several_programs_that_start_at_once_migrate_once",),
    ),
    Row(
        "the turn of SQLite's writers",
        (
            Edit(
                "storage/writer.py",
                "            async with self._turn:\n                leads",
                "            async with asyncio.Lock():\n                leads",
            ),
        ),
        (f"{DATABASE}test_two_hundred_changes_at_once_lose_none",),
    ),
    Row(
        "of transactions that are committed together one that fails leaves nothing",
        (Edit("storage/writer.py", 'sqlite.execute("ROLLBACK TO one")', "pass"),),
        ("tests/storage/test_writer.py::test_one_that_ends_badly_takes_none_of_the_others_along",),
    ),
    Row(
        "what is deleted is overwritten",
        (Edit("storage/engine.py", '"secure_delete=ON"', '"secure_delete=OFF"'),),
        (f"{DATABASE}test_what_is_deleted_is_overwritten_on_disk",),
    ),
    # P2, P3: updates
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
    # P3: what counts once is there once
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
    # P4: no alert is silent
    Row(
        "who holds a letter's lease no longer neither sends nor ends it",
        (
            Edit(
                "storage/outbox.py",
                "return (letters.c.id == letter.id) & (letters.c.lease == letter.lease)",
                "return letters.c.id == letter.id",
            ),
        ),
        (f"{OUTBOX}test_whose_lease_has_run_out_can_neither_send_it_nor_end_it",),
    ),
    Row(
        "couriers leave alone what another one is claiming",
        (Edit("storage/outbox.py", ".with_for_update(skip_locked=True)", ""),),
        (f"{AT_ONCE}test_what_one_courier_has_claimed_another_leaves_alone",),
    ),
    Row(
        "what is claimed is looked at once more when it is locked",
        (Edit("storage/outbox.py", ".where(letters.c.id.in_(first), due)", ".where(letters.c.id.in_(first))"),),
        (f"{OUTBOX}test_what_another_courier_has_claimed_meanwhile_is_not_claimed_again",),
    ),
    Row(
        "that a letter is being sent is written down before it is",
        (
            Edit(
                "bot/courier/loop.py",
                'mine = await at("courier.begin_sending", storage.outbox.begin_sending(db, letter, now=now))',
                "mine = True",
            ),
        ),
        (
            f"{ALERTS}test_when_its_courier_died_right_after_sending_it_comes_again_marked",
            f"{KILLED}test_a_kill_at_any_failpoint_changes_nothing_of_what_comes_of_a_scene[alert]",
        ),
    ),
    Row(
        "what failed after its sending had begun may have arrived",
        (
            Edit(
                "bot/courier/loop.py",
                "await self._put_off(letter, Unknown())",
                "await self._put_off(letter, Again(0))",
            ),
        ),
        (
            f"{ALERTS}test_when_it_fails_here_after_sending_it_comes_again_marked",
            f"{FAILED}test_a_fault_at_any_failpoint_changes_nothing_of_what_comes_of_a_scene[alert]",
        ),
    ),
    Row(
        "what became of a letter is remembered until the database takes it",
        (Edit("bot/courier/loop.py", "if not took_too_long_or_can_not(error):\n                    raise", "raise"),),
        ("tests/faults/disk/test_full.py::test_a_message_that_was_sent_while_the_disk_became_full_is_not_sent_again",),
    ),
    Row(
        "what comes again says so",
        (
            Edit(
                "bot/courier/letters/alerts.py",
                "view, repeated=reading.letter.unsure) if view",
                "view, repeated=False) if view",
            ),
        ),
        (f"{ALERTS}test_what_may_have_arrived_is_sent_once_more_and_marked_with_its_number",),
    ),
    Row(
        "what doesn't arrive is flagged to the lead",
        (
            Edit(
                "bot/actions/undelivered.py",
                "    if letter.kind in OF_ALERTS:\n",
                "    if False:\n",
            ),
        ),
        (
            f"{ALERTS}test_a_worker_who_has_gone_is_flagged_to_the_lead_by_number_code_and_time_only",
            f"{ALERTS}test_a_day_without_telegram_ends_in_a_flag_and_not_in_silence",
        ),
    ),
    # P5: an alert that nobody opens reaches somebody else
    Row(
        "whether an alert was opened is looked at in time",
        (
            Edit(
                "bot/actions/alerts.py",
                "await passing_on.plan(db, alerts[0], told, since=now, weighing=weighing, now=now)",
                "pass",
            ),
        ),
        (
            f"{TALKS}test_what_nobody_opens_goes_to_the_other_worker_of_the_case",
            f"{TALKS}test_a_deputy_sees_the_alert_and_not_the_case",
            f"{TALKS}test_with_nobody_to_pass_it_on_to_the_lead_hears_number_worker_and_time",
        ),
    ),
    Row(
        "what was opened meanwhile is passed on to nobody",
        (Edit("bot/actions/passing_on.py", "if alert is None or alert.opened_at or (", "if alert is None or ("),),
        (f"{TALKS}test_with_nobody_else_what_was_opened_is_told_to_no_lead",),
    ),
    Row(
        "an alert opens to the case's workers and to who stands in",
        (
            Edit(
                "bot/actions/access.py",
                "    if case.state is CaseState.CLOSED or not (its or stands_in):\n",
                "    if case.state is CaseState.CLOSED:\n",
            ),
        ),
        (
            f"{TALKS}test_a_deputy_sees_the_alert_and_not_the_case",
            "tests/chat/test_doors.py::test_a_button_opens_for_whom_it_is_and_for_nobody_else[alert]",
        ),
    ),
    Row(
        "a letter is dead after a day",
        (
            Edit("bot/courier/retry.py", "if too_far or now - letter.due_at >= DEAD_AFTER:", "if too_far:"),
            Edit(
                "bot/courier/retry.py",
                "late = letter.kind not in TO_NOBODY and now - letter.due_at >= DEAD_AFTER",
                "late = False",
            ),
        ),
        (
            "tests/courier/test_retry.py::test_after_24_hours_a_letter_is_dead",
            f"{LOOP}test_after_24_hours_of_trouble_a_letter_is_dead",
        ),
    ),
    Row(
        "a database from a backup sends nothing until it is told to",
        (Edit("storage/outbox.py", "if await service.read(db, service.Memory.RESTORED) is not None:", "if False:"),),
        (
            f"{OUTBOX}test_a_database_from_a_backup_sends_nothing_until_it_is_told_to",
            "tests/journeys/test_restored.py::test_a_restored_database_sends_nothing_until_it_is_told_to",
        ),
    ),
    # P6: order in a chat
    Row(
        "while something is being sent to somebody their next letter waits",
        (Edit("storage/outbox.py", "letters.c.person_id.not_in(busy), ", ""),),
        (f"{OUTBOX}test_a_letter_that_is_being_carried_is_not_claimed_before_its_lease_ends",),
    ),
    Row(
        "one letter of a person at a time",
        (Edit("storage/outbox.py", ".where(ranked.c.turn == 1)", ".where(ranked.c.turn >= 1)"),),
        (f"{OUTBOX}test_a_persons_letters_come_one_after_another_in_their_order",),
    ),
    Row(
        "behind a letter that is to be tried again the person's next ones wait",
        (Edit("storage/outbox.py", "_in_own_hands(), ~_behind_another(now))", "_in_own_hands())"),),
        (f"{OUTBOX}test_behind_one_that_is_to_be_tried_again_only_what_is_more_urgent_goes",),
    ),
    Row(
        "a chat that Telegram wants to be left in peace is",
        (Edit("storage/outbox.py", "or_(~resting, ", "or_(letters.c.id > 0, "),),
        (f"{OUTBOX}test_a_chat_that_is_left_in_peace_keeps_its_order_and_holds_nobody_elses",),
    ),
    Row(
        "Telegram's waiting time is obeyed",
        (
            Edit("bot/courier/retry.py", "max(told, _wait(letter, spread))", "_wait(letter, spread)"),
            Edit("bot/courier/retry.py", "chat_until=now + told if rests else None", "chat_until=None"),
        ),
        (f"{LOOP}test_429_is_waited_for_as_long_as_told",),
    ),
    Row(
        "alerts before pictures before reminders",
        (Edit("bot/domain/letters.py", "return _PRIORITIES.get(self, 1)", "return 1"),),
        (
            f"{OUTBOX}test_alerts_come_before_what_was_put_earlier_then_pictures_then_reminders",
            f"{OUTBOX}test_of_all_who_wait_those_with_an_alert_are_claimed_first",
        ),
    ),
    Row(
        "reminders keep the quiet hours",
        (
            Edit(
                "bot/courier/retry.py",
                "return Postponed(allowed, alone=True) if letter.kind in CAN_WAIT and allowed > now else None",
                "return None",
            ),
        ),
        ("tests/journeys/test_reminders.py::test_a_reminder_that_was_kept_back_by_an_outage_comes_in_the_morning",),
    ),
    Row(
        "an outage is told of once",
        (Edit("bot/actions/outages.py", 'key = f"{since.timestamp():.0f}"', "key = storage.new_id()"),),
        ("tests/test_heartbeat.py::test_it_is_shown_once_for_a_gap_however_many_programs_notice",),
    ),
    # A worker's phone in a rater's hands
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
    # One program for a file
    Row(
        "one serving program for a file",
        (Edit("storage/serving.py", "fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass"),),
        ("tests/storage/test_serving.py::test_who_comes_second_is_told_by_whom_it_is_served_and_since_when",),
    ),
)
