"""A backup: everything of one moment, taken beside those who write; good, or not there at all."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import insert

from storage import Database, Vault, copies
from storage.copies import CopyError, writing
from storage.migrations import migrate
from storage.schema import teams, updates, workers
from tests.storage.copies.places import Opening, everything, filled
from tests.storage.rows import NOW, WORKER

ROOT = Path(__file__).parents[3]
MANY = 8000


async def fill_between(database: Database) -> None:
    """A table that is read between teams and workers, and takes a while."""
    async with database.transaction() as db:
        for first in range(0, MANY, 500):
            rows = [{"id": first + number, "seen_at": NOW, "parked": False} for number in range(500)]
            await db.change(insert(updates).values(rows))


async def a_team_and_its_worker(database: Database, name: str) -> None:
    async with database.transaction() as db:
        await db.change(insert(teams).values(id=name, name=name))
        await db.change(insert(workers).values(**{**WORKER, "id": name, "team_id": name, "code": name}))


async def test_a_backup_taken_while_others_write_is_of_one_moment(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    written: list[str] = []

    async def go_on(who: str) -> None:
        for number in range(100_000):
            await a_team_and_its_worker(database, f"{who}{number}")
            written.append(f"{who}{number}")

    await fill_between(database)
    others = [asyncio.create_task(go_on(who)) for who in "abcd"]
    while len(written) < 8:
        await asyncio.sleep(0)
    before = len(written)
    contents = await copies.back_up(database, vault, tmp_path / "copy", now=NOW)
    after = len(written)
    for other in others:
        other.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    drilled = await copies.drill(vault, tmp_path / "copy", now=NOW)
    copied = contents.parts["teams"].rows
    assert (contents.parts["workers"].rows, contents.parts["updates"].rows) == (copied, MANY)
    assert before <= copied < after
    assert drilled.contents == contents


async def test_a_backup_beside_another_program_that_is_writing(sqlite: Database, vault: Vault, tmp_path: Path) -> None:
    """The other one is in the middle of its transaction: what it hasn't committed isn't there."""
    await filled(sqlite)
    with contextlib.closing(sqlite3.connect(str(sqlite.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO teams VALUES ('half', 'half')")
        contents = await copies.back_up(sqlite, vault, tmp_path / "copy", now=NOW)
        other.execute("ROLLBACK")
    assert contents.parts["teams"].rows == 1


async def test_the_file_is_its_owners_only_and_nothing_else_is_left(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    await filled(database)
    (folder := tmp_path / "copies").mkdir()
    await copies.back_up(database, vault, folder / "copy", now=NOW)
    assert {file.name: file.stat().st_mode & 0o777 for file in files(folder)} == {"copy": 0o600}


async def test_a_file_that_is_there_is_not_written_over(database: Database, vault: Vault, tmp_path: Path) -> None:
    (folder := tmp_path / "copies").mkdir()
    write(folder / "copy", b"what was there")
    (folder / "link").symlink_to("nowhere")
    for name in ("copy", "link"):
        with pytest.raises(CopyError, match="a file of this name already"):
            await copies.back_up(database, vault, folder / name, now=NOW)
    assert (read(folder / "copy"), len(files(folder))) == (b"what was there", 2)


async def test_of_two_to_the_same_name_one_is_there(database: Database, vault: Vault, tmp_path: Path) -> None:
    (folder := tmp_path / "copies").mkdir()
    two = (copies.back_up(database, vault, folder / "copy", now=NOW) for _ in range(2))
    ends = await asyncio.gather(*two, return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == ["Contents", "CopyError"]
    assert [file.name for file in files(folder)] == ["copy"]


async def test_a_database_without_tables_is_not_copied(emptied: Opening, vault: Vault, tmp_path: Path) -> None:
    for kind in ("sqlite", "postgresql"):
        with pytest.raises(CopyError, match="nothing to copy"):
            await copies.back_up(await emptied(kind), vault, tmp_path / "copy", now=NOW)
    assert [file for file in files(tmp_path) if "copy" in file.name] == []


async def test_another_secret_than_the_databases_is_refused(database: Database, tmp_path: Path) -> None:
    await filled(database)
    with pytest.raises(CopyError, match="SECRET_KEY isn't the one"):
        await copies.back_up(database, Vault("another secret"), tmp_path / "copy", now=NOW)
    assert [file for file in files(tmp_path) if "copy" in file.name] == []


async def test_a_damaged_database_is_not_called_copied(sqlite: Database, vault: Vault, tmp_path: Path) -> None:
    """An index that doesn't hold what its table does: every row can be read, and the file is damaged."""
    await filled(sqlite)
    with contextlib.closing(sqlite3.connect(str(sqlite.engine.url.database))) as other:
        other.executescript(
            "PRAGMA writable_schema=ON; DELETE FROM sqlite_master WHERE name = 'ix_raters_case_id';"
            " PRAGMA writable_schema=OFF;"
        )
    await sqlite.close()
    with pytest.raises(CopyError, match="is damaged"):
        await copies.back_up(sqlite, vault, tmp_path / "copy", now=NOW)
    assert [file for file in files(tmp_path) if "copy" in file.name] == []


async def test_rows_that_refer_to_nothing_are_not_called_copied(sqlite: Database, vault: Vault, tmp_path: Path) -> None:
    await filled(sqlite)
    with contextlib.closing(sqlite3.connect(str(sqlite.engine.url.database))) as other:
        other.executescript("DELETE FROM teams")
    with pytest.raises(CopyError, match="refer to others"):
        await copies.back_up(sqlite, vault, tmp_path / "copy", now=NOW)


async def test_a_disk_that_keeps_something_else_than_it_was_given_is_noticed(
    database: Database, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = writing._flush

    def flush_falsely(opened: BinaryIO) -> None:
        flush(opened)
        os.pwrite(opened.fileno(), b"other", 60)

    monkeypatch.setattr(writing, "_flush", flush_falsely)
    with pytest.raises(CopyError, match="damaged"):
        await copies.back_up(database, vault, tmp_path / "copy", now=NOW)
    assert [file for file in files(tmp_path) if "copy" in file.name] == []


async def test_a_backup_killed_in_the_middle_is_not_there(vault: Vault, tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'kuulolla.sqlite'}", vault)
    await migrate(database)
    await fill_between(database)
    program = (
        "import asyncio, sys, storage; from datetime import *; from pathlib import Path; from storage import copies\n"
        "vault = storage.Vault('a secret'); database = storage.Database(sys.argv[1], vault)\n"
        "asyncio.run(copies.back_up(database, vault, Path(sys.argv[2]), now=datetime.now(UTC)))"
    )
    command = (sys.executable, "-c", program, str(database.engine.url), str(tmp_path / "copy"))
    other = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    while not partial(tmp_path):
        await asyncio.sleep(0.001)
    other.send_signal(signal.SIGKILL)
    await other.wait()
    assert (tmp_path / "copy") not in files(tmp_path)
    await database.close()


def partial(folder: Path) -> list[Path]:
    return list(folder.glob("copy.*.partial"))


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def read(file: Path) -> bytes:
    return file.read_bytes()


async def test_everything_is_as_before(database: Database, vault: Vault, tmp_path: Path) -> None:
    await filled(database)
    before = await everything(database)
    await copies.back_up(database, vault, tmp_path / "copy", now=NOW)
    assert await everything(database) == before
