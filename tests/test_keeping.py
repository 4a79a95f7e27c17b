"""The commands that keep: one serves, the others work beside it; a backup comes back, and waits for `resume`."""

import asyncio
import json
import re
import signal
import sqlite3
import stat
from datetime import timedelta
from pathlib import Path

from bot.commands.ground import DAMAGED, ago
from tests.faults.poller import PATIENCE, Poller, polled, until
from tests.storage.rows import NOW


async def serving(poller: Poller) -> asyncio.subprocess.Process:
    """`poll` runs and has said so."""
    await poller.start()
    assert poller.process is not None
    await said(poller, "started")
    return poller.process


async def said(poller: Poller, event: str) -> None:
    """Wait until the log of `poll` has this event."""
    assert poller.process is not None
    assert poller.process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        while json.loads(await poller.process.stderr.readline())["event"] != event:
            pass


async def test_a_second_serving_program_is_refused_in_one_line_until_the_first_is_killed(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        first = await serving(poller)
        exit_code, printed, words = await poller.command("poll")
        assert (exit_code, printed) == (1, "")
        assert re.fullmatch(
            rf"kuulolla: DATABASE_URL: it is served already by `poll` \(process {first.pid}\) since [-\d]+ [\d:]+ UTC;"
            r" a SQLite file has one serving program: stop that one, or use PostgreSQL",
            words.splitlines()[-1],
        )
        await poller.kill()
        await serving(poller)
        assert await poller.end(signal.SIGTERM) == 0


async def test_one_shot_commands_work_beside_a_serving_program(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await serving(poller)
        nora = poller.world.phone("nora", language="en")
        await poller.becomes_worker(nora, "KOIVU-27")
        commands = (("backup", str(tmp_path / "copy")), ("letters",), ("migrate",), ("settings",))
        assert [(await poller.command(*command))[0] for command in commands] == [0, 0, 0, 0]
        assert (await poller.command("restore", str(tmp_path / "copy")))[2].startswith(
            "kuulolla: DATABASE_URL: it is se"
        )
        nora.says("/start")
        await until(lambda: nora.sees[-1].author is None)


async def test_a_backup_is_restored_elsewhere_and_resumed(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await poller.command("invite", "worker", "--team", "pihlaja", "--code", "KOIVU-27")
        copy = str(tmp_path / "copy")
        made = await poller.command("backup", copy)
        drilled = await poller.command("restore", "--drill", copy)
        poller.environment = {**poller.environment, "DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"}
        restored = await poller.command("restore", copy)
        held = json.loads((await poller.command("letters", "--json"))[1])
        await serving_says_that_nothing_is_sent(poller)
        resumed, again = await poller.command("resume"), await poller.command("resume")
        free = json.loads((await poller.command("letters", "--json"))[1])
    rows = r"3 rows of \d+ tables, of [-\d]+ [\d:]+ UTC"
    assert (made[0], drilled[0], restored[0], resumed) == (0, 0, 0, (0, "Letters are sent from now on.\n", ""))
    assert re.fullmatch(rf"{copy} has {rows}\. It was read back and is whole\.\n", made[1])
    assert re.match(rf"{copy} can be restored: {rows}\.\n(  [a-z]+ +1\n){{3}}It was made 0 min ago\.\n", drilled[1])
    assert re.fullmatch(
        rf"The database has {rows}\. What came .*\nNothing is sent .*`python -m bot resume`\.\n", restored[1]
    )
    assert held.pop("restored") is not None
    assert (held, free) == (NO_LETTERS, {**NO_LETTERS, "restored": None})
    assert (again[0], len(again[2].splitlines())) == (1, 1)


NO_LETTERS = {"waiting": [], "planned": 0, "dead": []}


async def serving_says_that_nothing_is_sent(poller: Poller) -> None:
    await poller.start()
    await said(poller, "not_resumed")
    await poller.kill()


async def test_a_program_says_at_its_start_that_its_server_does_not_wait_for_the_disk(
    tmp_path: Path, empty_postgresql_url: str
) -> None:
    async with polled(tmp_path, DATABASE_URL=empty_postgresql_url) as poller:
        await poller.start()
        await said(poller, "fsync_off")
        await poller.kill()


async def test_what_stands_in_the_way_is_said_in_one_line(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await poller.command("invite", "worker", "--team", "pihlaja", "--code", "KOIVU-27")
        copy, missing = str(tmp_path / "copy"), str(tmp_path / "missing" / "copy")
        await poller.command("backup", copy)
        tried = [
            await poller.command(*command)
            for command in (
                ("backup", copy),
                ("backup", missing),
                ("restore", copy),
                ("restore", missing),
                ("restore", "--drill", str(tmp_path / "kuulolla.db")),
                ("letters", "--again", "7"),
            )
        ]
    assert tried == [
        (1, "", f"kuulolla: {copy}: there is a file of this name already\n"),
        (1, "", f"kuulolla: {missing}: it can't be read or written (FileNotFoundError)\n"),
        (1, "", f"kuulolla: {copy}: the database isn't empty: there are rows in invitations, teams, workers\n"),
        (1, "", f"kuulolla: {missing}: it can't be read or written (FileNotFoundError)\n"),
        (1, "", f"kuulolla: {tmp_path / 'kuulolla.db'}: it is no backup of this program\n"),
        (1, "", "kuulolla: --again (7) is expected to be the number of a dead letter\n"),
    ]


def test_how_long_ago_is_said_in_two_units() -> None:
    said = {minutes: ago(NOW - timedelta(minutes=minutes), now=NOW) for minutes in (-1, 0, 59, 60, 1441, 3000)}
    assert said == {-1: "0 min", 0: "0 min", 59: "59 min", 60: "1 h 0 min", 1441: "1 d 0 h", 3000: "2 d 2 h"}


async def test_with_another_key_nothing_is_served_or_invited_and_one_line_says_so(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await serving(poller)
        await poller.becomes_worker(poller.world.phone("nora", language="en"), "KOIVU-27")
        assert await poller.end(signal.SIGTERM) == 0
        other = Poller(poller.world, {**poller.environment, "SECRET_KEY": "another one, and long enough for it"})
        invite = ("invite", "worker", "--team", "pihlaja", "--code", "TAMMI-5")
        for command in (("poll",), invite, ("letters",), ("backup", str(tmp_path / "copy"))):
            exit_code, _, words = await other.command(*command)
            last = words.splitlines()[-1]
            assert (exit_code, last[:9]) == (1, "kuulolla:")
            assert last.endswith("SECRET_KEY isn't the one that this database was written with")


async def test_a_damaged_file_is_not_served(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        file = tmp_path / "kuulolla.db"
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ratings'").fetchone()
            (size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.close()
        with file.open("r+b") as opened:
            opened.seek((root - 1) * size)
            opened.write(bytes(range(256)) * (size // 256))
        exit_code, _, words = await poller.command("poll")
        assert (exit_code, words.splitlines()[-1]) == (1, f"kuulolla: DATABASE_URL: {DAMAGED}")


async def test_beside_a_locked_database_a_command_says_that_it_is_busy(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        connection = sqlite3.connect(tmp_path / "kuulolla.db", isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        exit_code, _, words = await poller.command("letters")
        connection.close()
        said = "kuulolla: DATABASE_URL: the database is busy, or takes nothing now: try again"
        assert (exit_code, words.splitlines()[-1]) == (1, said)


async def test_told_to_stop_while_the_database_is_locked_it_ends_within_ten_seconds_all_the_same(
    tmp_path: Path,
) -> None:
    async with polled(tmp_path) as poller:
        await serving(poller)
        connection = sqlite3.connect(tmp_path / "kuulolla.db", isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        poller.world.phone("nora", language="en").says("/start")
        await asyncio.sleep(1)
        async with asyncio.timeout(11):
            await poller.end(signal.SIGTERM)
        connection.close()
        await serving(poller)
        await until(lambda: poller.world.phone("nora").sees[-1].author is None)


def modes_in(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


async def test_what_is_kept_is_for_nobody_elses_eyes(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await serving(poller)
        modes = modes_in(tmp_path)
        assert modes == dict.fromkeys(modes, 0o600)
