"""P6: letters come in their order, when they may, and what makes others does it whatever happens."""

from typing import Final

from tests.faults.sabotage.rows.row import Edit, Row

OUTBOX: Final = "tests/storage/test_outbox.py::"
RETRY: Final = "tests/courier/test_retry.py::"
LOOP: Final = "tests/courier/test_loop.py::"

ROWS: Final = (
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
            Edit("bot/courier/retry.py", "chat_until = now + told if rests else None", "chat_until = None"),
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
    Row(
        "what is shown in a chat is read when whoever writes there is done",
        (Edit("bot/courier/loop.py", "async with self._house.writing_to(letter.person_id):", "if True:"),),
        (f"{LOOP}test_a_letter_is_read_when_whoever_writes_in_its_chat_is_done",),
    ),
    Row(
        "what was claimed and has not left is given back",
        (Edit("storage/outbox.py", '"tries": letters.c.tries - 1}', '"tries": letters.c.tries}'),),
        (f"{OUTBOX}test_what_was_claimed_and_not_sent_is_given_back_untried",),
    ),
    Row(
        "the only one who sends takes over from the dead",
        (
            Edit(
                "storage/outbox.py",
                "letters.c.leased_until > now).values(leased_until=now)",
                "letters.c.id < 0).values(leased_until=now)",
            ),
        ),
        (f"{OUTBOX}test_the_only_one_who_sends_takes_over_from_the_dead_at_once",),
    ),
    Row(
        "what makes other letters waits for no chat",
        (Edit("storage/outbox.py", "ready = or_(letters.c.kind.in_(TO_NOBODY), reachable)", "ready = reachable"),),
        (
            f"{OUTBOX}test_what_is_sent_to_nobody_waits_for_no_chat",
            "tests/journeys/test_planned.py::test_while_the_workers_phone_is_lent_everybody_is_asked_all_the_same",
            "tests/journeys/test_settings.py::test_a_leave_begins_though_the_phone_is_lent",
        ),
    ),
    Row(
        "what makes other letters does so however late",
        (
            Edit(
                "bot/domain/letters.py",
                "HOWEVER_LATE = TO_NOBODY |",
                "HOWEVER_LATE = frozenset({LetterKind.UNOPENED}) |",
            ),
        ),
        (
            f"{RETRY}test_what_makes_other_letters_and_what_takes_something_away_is_never_too_late",
            "tests/journeys/test_restored.py::test_a_weekly_meeting_goes_on_and_a_planned_leave_begins_however_late",
            "tests/journeys/test_planned.py::test_after_days_without_us_a_weekly_one_goes_on_and_asks_nothing_old",
        ),
    ),
    Row(
        "what is done however late doesn't go to a chat that is left in peace",
        (Edit("storage/outbox.py", ", letters.c.kind.not_in(HOWEVER_LATE))", ")"),),
        (f"{OUTBOX}test_what_has_waited_for_a_day_comes_to_be_ended_and_what_is_done_however_late_waits_for_the_chat",),
    ),
    Row(
        "a meeting that can't be asked for now is asked for later",
        (
            Edit("bot/courier/retry.py", "letter.kind not in NEVER_ENDS and letter.tries", "letter.tries"),
            Edit("bot/courier/retry.py", "TRIES_HOWEVER_LATE = 20", "TRIES_HOWEVER_LATE = 1"),
        ),
        (
            f"{RETRY}test_what_asks_for_meetings_and_begins_a_leave_and_takes_something_away_is_tried_for_ever",
            "tests/chat/test_own_picture.py::test_also_after_more_than_a_day_it_goes_though_the_first_try_fails[502]",
        ),
    ),
    Row(
        "who takes a case on has what asks for its meetings",
        (Edit("bot/actions/handing_on.py", "if taker.person_id is not None:", "if taker.person_id is None:"),),
        ("tests/journeys/test_planned.py::test_who_gets_the_case_is_asked_for_by_it_though_the_giver_goes",),
    ),
    Row(
        "of programs that come after a gap one finds it",
        (Edit("storage/service.py", ".where(its).with_for_update()", ".where(its)"),),
        ("tests/test_heartbeat.py::test_of_programs_that_come_after_a_gap_one_finds_it[postgresql]",),
    ),
    Row(
        "that somebody has served is never taken back",
        (Edit("storage/service.py", "or_(service.c.at < now, ", "or_(service.c.at != now, "),),
        ("tests/test_heartbeat.py::test_a_clock_that_is_behind_makes_no_gap_for_one_that_is_ahead",),
    ),
    Row(
        "on PostgreSQL the server's clock counts",
        (Edit("storage/clock.py", "        if self._heard is None:\n", "        if True:\n"),),
        (
            "tests/storage/test_clock.py::test_a_letter_that_is_being_sent_is_left_alone_by_a_program_whose_machine_is_ahead",
        ),
    ),
    Row(
        "who comes back isn't gone because of a letter that was on its way",
        (
            Edit("bot/chat/running.py", "            await _reached(house, done.person)\n", "            pass\n"),
            Edit(
                "bot/chat/elsewhere.py", "house.writing_to(person_id) if person_id else nullcontext()", "nullcontext()"
            ),
        ),
        (f"{LOOP}test_who_comes_back_while_a_letter_still_finds_them_gone_is_here",),
    ),
)
