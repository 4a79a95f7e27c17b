"""P4, P5: no alert is silent, and one that nobody opens reaches somebody else."""

from typing import Final

from tests.faults.sabotage.rows.row import Edit, Row

OUTBOX: Final = "tests/storage/test_outbox.py::"
ALERTS: Final = "tests/courier/test_alerts.py::"
TALKS: Final = "tests/journeys/test_talks.py::"
RETRY: Final = "tests/courier/test_retry.py::"
LOOP: Final = "tests/courier/test_loop.py::"
AT_ONCE: Final = "tests/actions/test_at_once.py::"
FAILED: Final = "tests/faults/failpoints/test_exceptions_on_sqlite.py::"
KILLED: Final = "tests/faults/failpoints/test_kills_on_sqlite.py::"
RESTORED: Final = "tests/journeys/test_restored.py::"
SHARING: Final = "tests/journeys/test_sharing.py::"
PHONE: Final = "tests/journeys/test_a_new_phone.py::"

ROWS: Final = (
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
        "what is done for a letter that isn't ours any more is undone",
        (Edit("bot/courier/loop.py", "            raise _LostError\n", "            return found\n"),),
        (f"{ALERTS}test_who_looks_late_after_an_alert_that_was_handed_on_meanwhile_changes_nothing",),
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
        "what was put off and goes along to a colleague is looked after there too",
        (
            Edit(
                "bot/actions/handing_on.py",
                "await passing_on.plan(db, first, [taker], since=later, weighing=weighing, now=now)",
                "pass",
            ),
        ),
        (
            f"{SHARING}test_an_alert_that_was_put_off_goes_along_and_is_looked_after_when_it_has_come_again",
            f"{SHARING}test_an_alert_that_was_put_off_and_comes_back_to_its_worker_is_looked_after_too",
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
            Edit("bot/courier/retry.py", "return too_far or _day_is_over(letter, now=now)", "return too_far"),
            Edit(
                "bot/courier/retry.py",
                "late = letter.kind not in HOWEVER_LATE and _day_is_over(letter, now=now)",
                "late = False",
            ),
        ),
        (
            f"{RETRY}test_after_24_hours_a_letter_is_dead",
            f"{LOOP}test_after_24_hours_of_trouble_a_letter_is_dead",
        ),
    ),
    Row(
        "a look after an alert that comes a day late has some tries too",
        (
            Edit(
                "bot/courier/retry.py",
                "letter.kind not in NEVER_ENDS and letter.tries >= TRIES_HOWEVER_LATE",
                "letter.kind not in NEVER_ENDS",
            ),
        ),
        (f"{RETRY}test_a_look_after_an_alert_that_comes_late_has_a_quarter_of_an_hour_of_tries",),
    ),
    Row(
        "a look after an alert that always fails ends, and the lead hears of it",
        (Edit("bot/courier/retry.py", "NEVER_ENDS = HOWEVER_LATE - NOT_SILENT", "NEVER_ENDS = HOWEVER_LATE"),),
        (f"{RETRY}test_a_look_after_an_alert_that_comes_late_has_a_quarter_of_an_hour_of_tries",),
    ),
    Row(
        "a database from a backup sends nothing until it is told to",
        (Edit("storage/outbox.py", "if await service.read(db, service.Memory.RESTORED) is not None:", "if False:"),),
        (
            f"{OUTBOX}test_a_database_from_a_backup_sends_nothing_until_it_is_told_to",
            "tests/journeys/test_restored.py::test_a_restored_database_sends_nothing_until_it_is_told_to",
        ),
    ),
    Row(
        "what may have been sent before a backup was restored goes out marked",
        (Edit("bot/actions/resuming.py", "await storage.backlog.doubt(db, until=restored_at)", "0"),),
        (f"{RESTORED}test_an_alert_that_may_have_been_sent_goes_out_marked_and_a_picture_is_left",),
    ),
    Row(
        "what waits for a worker comes on their new phone",
        (Edit("bot/actions/new_phone.py", "if each.for_worker]", "if not each.about]"),),
        (
            f"{PHONE}test_an_alert_that_was_on_its_way_comes_on_the_new_phone",
            f"{PHONE}test_a_planned_meeting_is_asked_for_though_the_old_phone_was_forgotten",
        ),
    ),
    Row(
        "what is being sent to a lost phone is held while its worker comes with another",
        (Edit("storage/backlog.py", "its.with_for_update() if hold else its", "its"),),
        (f"{AT_ONCE}test_an_alert_that_arrives_on_the_old_phone_meanwhile_comes_on_the_new_one_once[arrives]",),
    ),
    Row(
        "an alert that becomes so again meanwhile isn't taken for untrue",
        (
            Edit(
                "bot/actions/talks.py",
                "if view is None and await storage.cases.hold_of_alert(db, numbers[0]):",
                "if view is None:",
            ),
        ),
        (f"{AT_ONCE}test_an_alert_that_is_so_again_meanwhile_is_not_taken_for_untrue",),
    ),
)
