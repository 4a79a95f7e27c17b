"""P1: what is shown as saved is on disk; one writer at a time, one program a file, and servers that go silent."""

from typing import Final

from tests.faults.sabotage.rows.row import Edit, Row

DATABASE: Final = "tests/storage/test_database.py::"
SILENCE: Final = "tests/storage/test_silence.py::"

ROWS: Final = (
    Row(
        "each commit is on disk before it is shown",
        (Edit("storage/engine.py", '"synchronous=FULL"', '"synchronous=NORMAL"'),),
        (
            "tests/faults/disk/test_power_cut.py::test_no_answer_that_was_shown_as_taken_is_missing_after_a_power_cut",
            f"{DATABASE}test_each_connection_to_sqlite_is_set_up",
        ),
    ),
    Row(
        "each commit to PostgreSQL is on its disk, whatever is usual there",
        (Edit("storage/engine.py", "CASE meant WHEN 'off' THEN 'on' ELSE meant END", "meant"),),
        (
            f"{DATABASE}test_a_commit_to_postgresql_waits_for_its_disk_whatever_is_usual_there",
            f"{DATABASE}test_what_is_committed_to_postgresql_is_written_out_when_we_hear_of_it",
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
    Row(
        "one serving program for a file",
        (Edit("storage/serving.py", "fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass"),),
        ("tests/storage/test_serving.py::test_who_comes_second_is_told_by_whom_it_is_served_and_since_when",),
    ),
    Row(
        "an answer that never comes isn't waited for, and a commit without one is no commit",
        (Edit("storage/engine.py", "patience.connecting(patience.COMMAND_SECONDS, ", "patience.connecting(None, "),),
        (
            f"{SILENCE}test_a_server_that_goes_silent_in_the_middle_of_transactions_leaves_none_of_them_waiting",
            f"{SILENCE}test_a_commit_that_nobody_answers_is_no_commit_and_what_is_tried_again_happens_once",
        ),
    ),
    Row(
        "a roll back that isn't answered is left to the server",
        (Edit("storage/database.py", "answered(patience.ANSWER_SECONDS)", "contextlib.nullcontext()"),),
        (
            f"{SILENCE}test_what_a_silent_server_would_have_to_roll_back_is_not_waited_for",
            f"{SILENCE}test_who_is_cancelled_before_a_silent_server_is_let_go_as_cancelled",
        ),
    ),
    Row(
        "of a server that said nothing no old connection is used",
        (Edit("storage/patience.py", "context.is_disconnect = context.invalidate_pool_on_disconnect = True", "pass"),),
        (f"{SILENCE}test_those_who_come_after_a_silence_are_not_let_down_by_connections_of_before",),
    ),
    Row(
        "nobody stands in line for ever before a server that isn't there",
        (Edit("storage/alone.py", "timeout=WAIT_SECONDS", "timeout=1e6"),),
        (f"{SILENCE}test_who_stands_in_line_before_a_silent_server_hears_so_and_gets_in_the_next_time",),
    ),
    Row(
        "the kernel looks whether anybody is there",
        (Edit("storage/patience.py", "    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)\n", ""),),
        (f"{SILENCE}test_the_kernel_watches_each_connection_over_a_network",),
    ),
)
